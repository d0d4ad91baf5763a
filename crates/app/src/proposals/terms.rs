//! Other terms for a proposal: a changed quantity or period, which the verifier must find to keep every rule of the
//! round that the plan kept before.
//!
//! It takes two steps, because recounting a large problem takes long and a writing transaction must not:
//! [`prepare_change`] recounts, [`change`] keeps the terms if nothing has moved meanwhile.

use std::collections::BTreeSet;

use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::problem::Problem;
use needmatch_domain::rule::Rule;
use needmatch_store::agreements::{Live, Proposal, Side, Terms};
use needmatch_store::keys::ProposalKey;
use needmatch_store::words::MessageKind;
use needmatch_store::{AuditedTransaction, Viewer};
use needmatch_verify::{Finding, Recount};
use serde_json::Value;

use super::answer::in_time;
use super::{get, named_side, side_field, side_of, subject};
use crate::apart::apart;
use crate::app::App;
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::lifecycle::{PROPOSAL, check, row};
use crate::messages::tell_sides;
use crate::policy::allow;
use crate::principal::Principal;
use crate::rounds::Exchange;
use crate::runs::read_problem;
use crate::scenarios;

/// Most broken rules named in a refusal.
const MAX_NAMED: usize = 10;

/// Terms that keep the rules, and what stood when that was found.
#[derive(Debug)]
pub struct PreparedTerms {
    key: ProposalKey,
    side: Side,
    terms: Terms,
    reason: Option<String>,
    /// Every live proposal of the run with its version.
    stood: Vec<(ProposalKey, i64)>,
}

/// A wish for other terms.
struct Wish {
    period: Option<String>,
    quantity: Option<i64>,
    reason: Option<String>,
}

fn read(document: &Value) -> Result<Wish, AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).map(|mut fields| {
        side_field(&mut fields);
        let (period, quantity) = (fields.text("period"), fields.whole("quantity", 1..=MAX_AMOUNT));
        if period.is_none() && quantity.is_none() && !fields.has("period") && !fields.has("quantity") {
            fields.refuse("quantity", None, Fault::Missing {});
        }
        let reason = fields.text("reason");
        fields.finish();
        Wish { period, quantity, reason }
    });
    faults.finish(read)
}

/// Has the plan recounted with other terms.
///
/// # Errors
/// [`AppError::RuleBroken`] with the names of the rules that would be broken and were not.
pub async fn prepare_change(
    app: &App,
    principal: &Principal,
    key: ProposalKey,
    document: &Value,
) -> Result<PreparedTerms, AppError> {
    let mut session = app.read().await?;
    let before = get(&mut session, principal, key).await?;
    let step = row("proposal", PROPOSAL, "change")?;
    let side = side_of(principal, &before, named_side(document), step.action)?;
    allow(principal, step.action, Some(before.party(side)))?;
    check("proposal", PROPOSAL, step, before.lifecycle)?;
    let wish = read(document)?;
    in_time(&before, app.now(), step.step)?;
    let subject = subject(&mut session, &before).await?;
    let run = session.run(&Viewer::system(), before.run).await?;
    let problem = read_problem(&session.snapshot(&run.problem).await?.ok_or(AppError::Internal)?)?;
    let live = session.live_proposals(run.key).await?;
    let offer = session.offer(&Viewer::system(), before.offer).await?;
    let settings = scenarios::load(&mut session, run.scenario).await?.settings;
    drop(session);
    let exchange = Exchange::of(&settings, &offer);
    let period = wish.period.unwrap_or_else(|| before.terms.period.clone());
    let quantity = wish.quantity.unwrap_or(before.terms.quantity);
    let stood = live.iter().map(|proposal| (proposal.key, proposal.version)).collect();
    let others: i64 = live
        .iter()
        .filter(|other| other.offer == subject.offer && other.key != key)
        .map(|other| other.terms.draw)
        .sum();
    let recount = move || recounted(&problem, &live, key, &period, quantity);
    let recounted = apart("a recount", recount).await??;
    let draw = exchange.back(recounted.draw).min(offer.content.quantity.saturating_sub(others)).max(1);
    let terms = Terms { draw, ..recounted };
    Ok(PreparedTerms { key, side, terms, reason: wish.reason, stood })
}

/// The terms with what they draw, in the unit of the problem, if the plan keeps the rules with them.
fn recounted(
    problem: &Problem,
    live: &[Live],
    key: ProposalKey,
    period: &str,
    quantity: i64,
) -> Result<Terms, AppError> {
    let Some(index) = problem.periods.iter().position(|label| label.as_str() == period).map(PeriodIndex::of) else {
        let allowed =
            problem.periods.iter().map(needmatch_domain::ids::PeriodLabel::as_str).collect::<Vec<_>>().join(", ");
        let mut faults = Faults::default();
        faults.push("/period", Some(period), Fault::UnknownPeriod { allowed });
        return faults.finish(None);
    };
    let placed: Vec<(ProposalKey, Match)> =
        live.iter().filter_map(|other| Some((other.key, place(problem, other)?))).collect();
    let own = placed.iter().find(|(other, _)| *other == key).map(|(_, own)| *own).ok_or(AppError::Internal)?;
    let wished = Match { period: index, quantity, ..own };
    let same = |(other, found): &(ProposalKey, Match)| {
        *other != key && (found.component, found.offer, found.period) == (wished.component, wished.offer, wished.period)
    };
    if placed.iter().any(same) {
        return Err(AppError::RuleBroken { rule: "another proposal of the round is for that period".to_owned() });
    }
    let standing = Plan::of(placed.iter().map(|(_, found)| *found).collect());
    let changed = Plan::of(placed.iter().map(|(other, found)| if *other == key { wished } else { *found }).collect());
    let recount = Recount::of(problem).map_err(|_| AppError::Internal)?;
    let before = recount.findings(&standing.matches);
    let known = |finding: &Finding| {
        before.iter().any(|other| (other.code, &other.entities) == (finding.code, &finding.entities))
    };
    let broken = recount.findings(&changed.matches);
    // A finding names offers, requests and totals of others: which rules it is about is all that either side is told.
    let rules: BTreeSet<&str> = broken.iter().filter(|finding| !known(finding)).map(rule_of).collect();
    if !rules.is_empty() {
        let rules = rules.into_iter().take(MAX_NAMED).collect::<Vec<_>>().join("; ");
        return Err(AppError::RuleBroken { rule: format!("with these terms the plan breaks: {rules}") });
    }
    let component = &problem.components[wished.component.at()];
    let pair = component.pair(wished.offer, wished.period).ok_or(AppError::Internal)?;
    Ok(Terms {
        period: period.to_owned(),
        quantity,
        draw: (pair.draw_permille * quantity + 999) / 1000,
        cost: component.unit_cost * quantity,
    })
}

fn rule_of(finding: &Finding) -> &'static str {
    finding.rule().map_or(finding.code.name(), Rule::name)
}

/// A proposal as a match of the problem.
fn place(problem: &Problem, live: &Live) -> Option<Match> {
    let component = problem.components.binary_search_by(|other| other.id.as_str().cmp(&live.component)).ok()?;
    let offer = problem.offers.binary_search_by(|other| other.id.as_str().cmp(&live.offer)).ok()?;
    let period = problem.periods.iter().position(|label| label.as_str() == live.terms.period)?;
    Some(Match {
        component: ComponentIndex::of(component),
        offer: OfferIndex::of(offer),
        period: PeriodIndex::of(period),
        quantity: live.terms.quantity,
    })
}

/// Keeps terms that were prepared. Both sides accept them anew.
///
/// # Errors
/// [`AppError::Busy`] when another proposal of the round has moved since: prepared again, it may still hold.
pub async fn change(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    expected: i64,
    prepared: &PreparedTerms,
) -> Result<Proposal, AppError> {
    // Held before anything is compared: of two changes that each keep the rules alone, the second is to see the first.
    let seen = get(transaction, principal, prepared.key).await?;
    let live = transaction.hold_live_proposals(seen.run).await?;
    let before = get(transaction, principal, prepared.key).await?;
    let step = row("proposal", PROPOSAL, "change")?;
    allow(principal, step.action, Some(before.party(prepared.side)))?;
    check("proposal", PROPOSAL, step, before.lifecycle)?;
    AppError::unless_at(expected, before.version)?;
    if !live.iter().map(|proposal| (proposal.key, proposal.version)).eq(prepared.stood.iter().copied()) {
        return Err(AppError::Busy);
    }
    let reason = prepared.reason.as_deref();
    let changed = transaction.change_proposal(prepared.key, expected, prepared.side, &prepared.terms, reason).await?;
    tell_sides(transaction, &changed, MessageKind::ProposalChanged).await?;
    Ok(changed)
}
