//! Why components of a published run go without, in names instead of positions; and how much of that a party is told:
//! what it may not see is never named.

use std::collections::BTreeSet;

use needmatch_domain::ids::OfferIndex;
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::{Explanations, Reason, UnservedReason};
use needmatch_store::Session;
use needmatch_store::keys::{RequestKey, RoundKey, RunKey};
use needmatch_store::rounds::NewShortfall;
use serde_json::{Value, json};

use crate::error::AppError;
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::requests;

/// Why a request went without, as far as the reader may know.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The round.
    pub round: RoundKey,
    /// Its published run.
    pub run: RunKey,
    /// Component, what is missing, chain of reasons, smallest change that helps.
    pub components: Vec<Value>,
}

/// The shortfalls of a run, each with its reasons in names.
pub(super) fn of(problem: &Problem, explanations: &Explanations) -> Vec<NewShortfall> {
    let unserved = explanations.unserved.iter().filter(|reason| reason.missing > 0);
    let shortfall = |reason: &UnservedReason| NewShortfall {
        component: problem.components[reason.component.at()].id.to_string(),
        missing: reason.missing,
        body: json!({
            "chain": reason.chain.iter().map(|link| named(problem, link)).collect::<Vec<_>>(),
            "unlock": reason.unlock,
        }),
    };
    unserved.map(shortfall).collect()
}

/// A reason with names. References of offers stand under `offer`, of requests under `request`.
fn named(problem: &Problem, reason: &Reason) -> Value {
    let offer = |index: &OfferIndex| problem.offers[index.at()].id.as_str();
    match reason {
        Reason::NoEligibleOffer { refused } => json!({ "code": "no_eligible_offer", "refused": refused }),
        Reason::Outbid { offer: index, price, winning_priority } => {
            json!({ "code": "outbid", "offer": offer(index), "price": price, "winning_priority": winning_priority })
        }
        Reason::RequiredUnserved { required } => {
            json!({ "code": "required_unserved", "component": problem.components[required.at()].id })
        }
        Reason::AlternativeServed { alternative } => {
            json!({ "code": "alternative_served", "component": problem.components[alternative.at()].id })
        }
        Reason::PackageUnserved { request } => {
            json!({ "code": "package_unserved", "request": problem.requests[request.at()].id })
        }
        Reason::ObstacleUnmitigated { obstacle } => json!({ "code": "obstacle_unmitigated", "position": obstacle }),
        Reason::SustainabilityShort { missing } => json!({ "code": "sustainability_short", "missing": missing }),
        Reason::MinimumUnreachable { reachable } => json!({ "code": "minimum_unreachable", "reachable": reachable }),
        Reason::Absorption { state, period } => json!({
            "code": "absorption", "state": problem.states[state.at()].code, "period": problem.periods[period.at()],
        }),
        Reason::RuleBinds { rule } => json!({ "code": "rule_binds", "rule": rule }),
    }
}

/// Why a request went without in the last published run that held it: told to its state and to coordinators. Offers and
/// requests that the reader may not see are left unnamed, and a change of such an offer is not told.
pub async fn told(session: &mut Session, principal: &Principal, key: RequestKey) -> Result<Option<Told>, AppError> {
    let request = requests::get(session, principal, key).await?;
    allow(principal, Action::ReadShortfalls, Some(request.party))?;
    let found = session.shortfalls(key).await?;
    let Some(first) = found.first() else { return Ok(None) };
    let (round, run) = (first.round, first.run);
    let viewer = principal.viewer();
    let bodies: Vec<&Value> = found.iter().map(|shortfall| &shortfall.body).collect();
    let offers: BTreeSet<String> =
        session.visible_offers(&viewer, &references(&bodies, "offer", "offers.csv")).await?.into_iter().collect();
    let requests: BTreeSet<String> =
        session.visible_requests(&viewer, &references(&bodies, "request", "requests.csv")).await?.into_iter().collect();
    let components = found.into_iter().map(|shortfall| {
        let mut body = shortfall.body;
        for link in body["chain"].as_array_mut().into_iter().flatten() {
            for (name, visible) in [("offer", &offers), ("request", &requests)] {
                if link[name].as_str().is_some_and(|reference| !visible.contains(reference)) {
                    link[name] = Value::Null;
                }
            }
        }
        let unlock = &body["unlock"]["change"];
        let id = unlock["id"].as_str().unwrap_or_default();
        let is_hidden = match unlock["file"].as_str() {
            Some("offers.csv" | "offer_periods.csv") => !offers.contains(id),
            Some("requests.csv") => !requests.contains(id),
            _ => false,
        };
        if is_hidden {
            body["unlock"] = Value::Null;
        }
        json!({
            "component": shortfall.component, "missing": shortfall.missing,
            "chain": body["chain"], "unlock": body["unlock"],
        })
    });
    Ok(Some(Told { round, run, components: components.collect() }))
}

/// References named in the chains under `member`, and by unlocking changes of `file`.
fn references(bodies: &[&Value], member: &str, file: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    for body in bodies {
        let links = body["chain"].as_array().into_iter().flatten();
        found.extend(links.filter_map(|link| link[member].as_str()).map(ToOwned::to_owned));
        let change = &body["unlock"]["change"];
        if change["file"].as_str() == Some(file)
            && let Some(id) = change["id"].as_str()
        {
            found.insert(id.to_owned());
        }
    }
    found.into_iter().collect()
}
