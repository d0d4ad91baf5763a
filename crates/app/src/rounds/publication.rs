//! Publishes a run: its matches become proposals, whoever goes without can read why, and everybody where one more unit
//! would serve most.
//!
//! As freezing does, it takes two steps: [`prepare_publication`] reads the run and the register, [`publish`] keeps it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::{SignedDuration, Timestamp};
use needmatch_domain::scenario::Settings;
use needmatch_store::agreements::{NewProposal, Terms};
use needmatch_store::keys::{OfferKey, RoundKey, RunKey};
use needmatch_store::rounds::{NewShortfall, Round};
use needmatch_store::runs::StoredPlanRow;
use needmatch_store::words::RunLifecycle;
use needmatch_store::{AuditedTransaction, MAX_PAGE, Session, StoreError, Viewer};
use serde_json::Value;

use super::money::Exchange;
use super::sources::Sources;
use super::{get, shortfalls};
use crate::apart::apart;
use crate::app::{App, new_key};
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::insights::{self, Insights};
use crate::lifecycle::{ROUND, check, row};
use crate::messages::tell_publication;
use crate::policy::allow;
use crate::principal::Principal;
use crate::runs::read_problem;
use crate::scenarios;

/// Days both sides have for their answers when nothing else is said.
const DAYS: i64 = 30;

/// A run that can be published, and what that makes.
#[derive(Debug)]
pub struct PreparedPublication {
    round: RoundKey,
    run: RunKey,
    deadline_at: Timestamp,
    proposals: Vec<NewProposal>,
    shortfalls: Vec<NewShortfall>,
    insights: Insights,
    sources: Sources,
}

fn read(document: &Value, now: Timestamp) -> Result<(RunKey, Timestamp), AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let text = fields.required_text("run");
        let run = text.as_deref().and_then(|text| text.parse().ok());
        if let (Some(text), None) = (&text, run) {
            fields.refuse("run", Some(text), Fault::NotAKey {});
        }
        let usual = now.checked_add(SignedDuration::from_hours(24 * DAYS)).unwrap_or(now);
        let deadline = fields.moment("deadline").unwrap_or(usual);
        if deadline <= now {
            fields.refuse("deadline", Some(&deadline.to_string()), Fault::InThePast {});
        }
        fields.finish();
        Some((run?, deadline))
    });
    faults.finish(read)
}

/// Reads everything the publication of a run makes. What is read is large: that is done apart from the threads that serve.
pub async fn prepare_publication(
    app: &App,
    principal: &Principal,
    key: RoundKey,
    document: &Value,
) -> Result<PreparedPublication, AppError> {
    let (app, principal, document) = (app.clone(), principal.clone(), document.clone());
    let handle = tokio::runtime::Handle::current();
    let preparing = async move { prepare(&app, &principal, key, &document).await };
    apart("a publication", move || handle.block_on(preparing)).await?
}

async fn prepare(
    app: &App,
    principal: &Principal,
    key: RoundKey,
    document: &Value,
) -> Result<PreparedPublication, AppError> {
    let mut session = app.read().await?;
    let step = row("round", ROUND, "publish")?;
    let round = get(&mut session, principal, key).await?;
    allow(principal, step.action, Some(round.party))?;
    check("round", ROUND, step, round.lifecycle)?;
    let (run, deadline_at) = read(document, app.now())?;
    let found = session.run(&principal.viewer(), run).await;
    let Some(found) = found.ok().filter(|found| found.round == key) else {
        let mut faults = Faults::default();
        faults.push("/run", Some(&run.to_string()), Fault::NotAKey {});
        return faults.finish(None);
    };
    if !matches!(found.lifecycle, RunLifecycle::Succeeded | RunLifecycle::Limit) {
        return Err(AppError::RuleBroken { rule: "only a run with a plan is published".to_owned() });
    }
    let problem = read_problem(&session.snapshot(&found.problem).await?.ok_or(AppError::Internal)?)?;
    let outcome = session.run_file(run).await?.outcome;
    let scenario = scenarios::load_of(&mut session, &found).await?;
    let sources = Sources::of(&scenario, !super::document(&round)?.channels.is_empty());
    let proposals = proposals(&mut session, run, &scenario.settings).await?;
    let lumped = insights::lumped(&mut session, &scenario).await?;
    drop(session);
    let shortfalls = shortfalls::of(&problem, &outcome.explanations);
    let insights = insights::of(scenario, problem, outcome, lumped).await?;
    Ok(PreparedPublication { round: key, run, deadline_at, proposals, shortfalls, insights, sources })
}

/// Publishes a prepared run.
pub async fn publish(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    expected: i64,
    prepared: &PreparedPublication,
) -> Result<Round, AppError> {
    let step = row("round", ROUND, "publish")?;
    let before = get(transaction, principal, prepared.round).await?;
    allow(principal, step.action, Some(before.party))?;
    check("round", ROUND, step, before.lifecycle)?;
    let PreparedPublication { round, run, deadline_at, proposals, shortfalls, insights, sources } = prepared;
    let published = transaction.publish_round(*round, expected, *run).await.map_err(|error| match error {
        StoreError::NotFound { .. } => AppError::RuleBroken { rule: "only a run with a plan is published".to_owned() },
        other => other.into(),
    })?;
    // What ended since the run was read is proposed to nobody.
    let standing = transaction.hold_plan_targets(*run).await?;
    let stands = |proposal: &&NewProposal| standing.contains(&(proposal.component, proposal.offer));
    let proposals: Vec<NewProposal> = proposals.iter().filter(stands).cloned().collect();
    transaction.add_proposals(*round, *run, *deadline_at, &proposals).await?;
    let is_open = sources.are_public(transaction).await?;
    transaction.keep_publication(*run, is_open, shortfalls, &insights.currency, &insights.lacks).await?;
    tell_publication(transaction, *round, *run).await?;
    Ok(published)
}

/// Every match whose request and offer still stand, as a proposal. What a plan draws in accounting currency is promised
/// in the offer's own; rounding is spread over the matches of an offer, so that together they take no more than it holds.
async fn proposals(session: &mut Session, run: RunKey, settings: &Settings) -> Result<Vec<NewProposal>, AppError> {
    let targets = session.plan_targets(run).await?;
    let mut exchanges: BTreeMap<OfferKey, (Exchange, i64)> = BTreeMap::new();
    let mut proposals = Vec::new();
    for StoredPlanRow { position, row } in plan_rows(session, run).await? {
        let Some((component, offer)) = targets.get(&position).copied() else { continue };
        let (exchange, drawn) = match exchanges.entry(offer) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let registered = session.offer(&Viewer::system(), offer).await?;
                new.insert((Exchange::of(settings, &registered), 0))
            }
        };
        let before = exchange.back(*drawn);
        *drawn += row.draw;
        let draw = (exchange.back(*drawn) - before).max(1);
        let terms = Terms { period: row.period, quantity: row.quantity, draw, cost: row.cost };
        proposals.push(NewProposal { key: new_key(), component, offer, terms });
    }
    Ok(proposals)
}

async fn plan_rows(session: &mut Session, run: RunKey) -> Result<Vec<StoredPlanRow>, AppError> {
    let mut rows: Vec<StoredPlanRow> = Vec::new();
    loop {
        let after = rows.last().map(|row| row.position);
        let found = session.plan_rows(&Viewer::system(), run, after, MAX_PAGE).await?;
        let is_last = found.len() < MAX_PAGE as usize;
        rows.extend(found);
        if is_last {
            return Ok(rows);
        }
    }
}
