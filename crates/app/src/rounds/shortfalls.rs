//! Why components of a published run go without, in names instead of positions; and how much of that a party is told:
//! what it may not see is never named.

use std::collections::BTreeSet;

use needmatch_domain::ids::{ComponentIndex, OfferIndex};
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::{Explanations, Reason, UnservedReason};
use needmatch_store::Session;
use needmatch_store::keys::{RequestKey, RoundKey, RunKey};
use needmatch_store::rounds::{LeftOut, NewShortfall};
use serde_json::{Value, json};

use crate::error::AppError;
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::requests;

/// Why a request went without, as far as the reader may know.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The last published run that left something of it unserved, and its round.
    pub run: Option<(RoundKey, RunKey)>,
    /// Component, what is missing, chain of reasons, smallest change that helps.
    pub components: Vec<Value>,
    /// Rounds that it took no part in, or not with all of its components, the latest first.
    pub left_out: Vec<LeftOut>,
}

/// The shortfalls of a run, each with its reasons in names.
pub(super) fn of(problem: &Problem, explanations: &Explanations) -> Vec<NewShortfall> {
    let unserved = explanations.unserved.iter().filter(|reason| reason.missing > 0);
    let shortfall = |reason: &UnservedReason| NewShortfall {
        component: problem.components[reason.component.at()].id.to_string(),
        missing: reason.missing,
        body: json!({
            "chain": reason.chain.iter().map(|link| named(problem, reason.component, link)).collect::<Vec<_>>(),
            "unlock": reason.unlock,
        }),
    };
    unserved.map(shortfall).collect()
}

/// A reason of a component with names, which still hold when the request is revised. References of offers stand under
/// `offer`, of requests under `request`.
fn named(problem: &Problem, component: ComponentIndex, reason: &Reason) -> Value {
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
        Reason::ObstacleUnmitigated { obstacle } => {
            // The position is among the obstacles that no programme mitigates, which only the problem knows.
            let request = &problem.requests[problem.components[component.at()].request.at()];
            let code = usize::try_from(*obstacle).ok().and_then(|position| request.obstacles.get(position));
            json!({ "code": "obstacle_unmitigated", "obstacle": code.map(|obstacle| &obstacle.code) })
        }
        Reason::SustainabilityShort { missing } => json!({ "code": "sustainability_short", "missing": missing }),
        Reason::MinimumUnreachable { reachable } => json!({ "code": "minimum_unreachable", "reachable": reachable }),
        Reason::Absorption { state, period } => json!({
            "code": "absorption", "state": problem.states[state.at()].code, "period": problem.periods[period.at()],
        }),
        Reason::RuleBinds { rule } => json!({ "code": "rule_binds", "rule": rule }),
    }
}

/// Why a request went without in the last published run that held it, and why rounds left it out: told to its state and
/// to coordinators. Offers and requests that the reader may not see are left unnamed, without what it took to be served
/// by them and however many they are, and a change of such an offer is not told.
pub async fn told(session: &mut Session, principal: &Principal, key: RequestKey) -> Result<Told, AppError> {
    let request = requests::get(session, principal, key).await?;
    allow(principal, Action::ReadShortfalls, Some(request.party))?;
    let found = session.shortfalls(key).await?;
    let run = found.first().map(|first| (first.round, first.run));
    let left_out = session.left_out_of(key).await?;
    let viewer = principal.viewer();
    let bodies: Vec<&Value> = found.iter().map(|shortfall| &shortfall.body).collect();
    let offers: BTreeSet<String> = session
        .visible_offers(&viewer, &references(&bodies, "offer", &["offers.csv", "offer_periods.csv"]))
        .await?
        .into_iter()
        .collect();
    let requests: BTreeSet<String> = session
        .visible_requests(&viewer, &references(&bodies, "request", &["requests.csv"]))
        .await?
        .into_iter()
        .collect();
    let seen = Seen { offers, requests, all: viewer.sees_all() };
    let components = found.into_iter().map(|shortfall| {
        let mut body = shortfall.body;
        let chain = seen.links(body["chain"].as_array().map(Vec::as_slice).unwrap_or_default());
        if !changes(&body).all(|change| seen.admits(change, &shortfall.component)) {
            body["unlock"] = Value::Null;
        }
        json!({
            "component": shortfall.component, "missing": shortfall.missing,
            "chain": chain, "unlock": body["unlock"],
        })
    });
    Ok(Told { run, components: components.collect(), left_out })
}

/// The changes that together unlock a component.
fn changes(body: &Value) -> impl Iterator<Item = &Value> {
    body["unlock"]["changes"].as_array().into_iter().flatten()
}

/// The row that a change is about; of a key in parts the first.
fn row_of(change: &Value) -> &str {
    let id = change["id"].as_str().unwrap_or_default();
    id.split_once('@').map_or(id, |(row, _)| row)
}

/// What a reader may see of what reasons name.
struct Seen {
    offers: BTreeSet<String>,
    requests: BTreeSet<String>,
    /// What coordinators alone have put into the round, too.
    all: bool,
}

impl Seen {
    /// The links of a chain as the reader may know them. What is hidden has neither name nor figure, and links that then
    /// say the same are one: their number would tell of it.
    fn links(&self, chain: &[Value]) -> Vec<Value> {
        let mut told: Vec<Value> = Vec::new();
        for link in chain {
            let mut link = link.clone();
            for (name, visible) in [("offer", &self.offers), ("request", &self.requests)] {
                if link[name].as_str().is_some_and(|reference| !visible.contains(reference)) {
                    link[name] = Value::Null;
                    for figure in ["price", "winning_priority"] {
                        if let Some(figure) = link.get_mut(figure) {
                            *figure = Value::Null;
                        }
                    }
                }
            }
            if !told.contains(&link) {
                told.push(link);
            }
        }
        told
    }

    /// Whether the reader may know of a change: what names a row of somebody else's is told only to who may see that row.
    fn admits(&self, change: &Value, component: &str) -> bool {
        let row = row_of(change);
        match change["file"].as_str() {
            Some("offers.csv" | "offer_periods.csv") => self.offers.contains(row),
            Some("requests.csv") => self.requests.contains(row),
            Some("components.csv") => row == component,
            Some("scenario.toml" | "states.csv" | "absorption.csv" | "periods.csv") => true,
            Some("channels.csv") => self.all,
            _ => false,
        }
    }
}

/// References named in the chains under `member`, and by unlocking changes of the files.
fn references(bodies: &[&Value], member: &str, files: &[&str]) -> Vec<String> {
    let mut found = BTreeSet::new();
    for body in bodies {
        let links = body["chain"].as_array().into_iter().flatten();
        found.extend(links.filter_map(|link| link[member].as_str()).map(ToOwned::to_owned));
        let of_file = |change: &&Value| change["file"].as_str().is_some_and(|named| files.contains(&named));
        found.extend(changes(body).filter(of_file).map(|change| row_of(change).to_owned()));
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::{Seen, references};

    fn seen(all: bool) -> Seen {
        Seen { offers: BTreeSet::from(["O1".to_owned()]), requests: BTreeSet::from(["R1".to_owned()]), all }
    }

    #[test]
    fn a_change_of_a_row_that_the_reader_may_not_see_is_not_told() {
        let reader = seen(false);
        for (file, id, is_told) in [
            ("offers.csv", "O1", true),
            ("offers.csv", "O2", false),
            ("offer_periods.csv", "O1@2027", true),
            ("offer_periods.csv", "O2@2027", false),
            ("requests.csv", "R1", true),
            ("requests.csv", "R2", false),
            ("components.csv", "C1", true),
            ("components.csv", "C2", false),
            ("locks.csv", "C1@O2@2027", false),
            ("programmes.csv", "P1", false),
            ("absorption.csv", "KEN@2027", true),
            ("channels.csv", "trust@2027", false),
        ] {
            let change = json!({ "file": file, "id": id, "field": "x", "from": "", "to": "" });
            assert_eq!(reader.admits(&change, "C1"), is_told, "{file} {id}");
        }
        let change = json!({ "file": "channels.csv", "id": "trust@2027", "field": "amount", "from": "1", "to": "2" });
        assert!(seen(true).admits(&change, "C1"), "coordinators put it there");
    }

    #[test]
    fn hidden_winners_have_neither_figures_nor_a_number() {
        let outbid = |offer: &str, price: i64| json!({ "code": "outbid", "offer": offer, "price": price, "winning_priority": 1 });
        let told = seen(false).links(&[outbid("O1", 7), outbid("O2", 8), outbid("O3", 9)]);
        let unnamed = json!({ "code": "outbid", "offer": null, "price": null, "winning_priority": null });
        assert_eq!(told, [outbid("O1", 7), unnamed]);
        let package = json!({ "code": "package_unserved", "request": "R2" });
        assert_eq!(seen(false).links(&[package]), [json!({ "code": "package_unserved", "request": null })]);
    }

    #[test]
    fn rows_named_by_changes_are_asked_about() {
        let body = json!({ "chain": [{ "code": "outbid", "offer": "O3" }], "unlock": { "quantity": 1, "changes": [
            { "file": "offer_periods.csv", "id": "O2@2027", "field": "quantity", "from": "1", "to": "2" },
            { "file": "offers.csv", "id": "O1", "field": "areas", "from": "", "to": "marking" },
        ] } });
        assert_eq!(references(&[&body], "offer", &["offers.csv", "offer_periods.csv"]), ["O1", "O2", "O3"]);
    }
}
