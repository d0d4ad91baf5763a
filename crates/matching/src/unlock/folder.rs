//! Changes made to a scenario: what each writes into which cell of the folder.

use needmatch_domain::ids::{OfferId, RequestId};
use needmatch_domain::reason::Change;
use needmatch_domain::scenario::{
    Absorption, Firmness, Lock, LockKind, Offer, OfferPeriod, Programme, Request, Scenario, Window,
};

use super::addition;
use super::edit::{Edit, Scope};
use super::money::raised;

/// Makes a change; what it writes, or `None` when it says nothing to this scenario.
pub(super) fn apply(scenario: &mut Scenario, edit: &Edit) -> Option<Vec<Change>> {
    match edit {
        Edit::ActionPlan(id) => {
            let today = scenario.settings.as_of;
            let request = request(scenario, id)?;
            let from = request.action_plan_date.replace(today);
            Some(vec![on_request(id, "action_plan_date", shown(from), today)])
        }
        Edit::Report(id, year) => {
            let from = request(scenario, id)?.report_year.replace(*year);
            Some(vec![on_request(id, "report_year", shown(from), year)])
        }
        Edit::Contribution(id, percent) => {
            let held = &mut request(scenario, id)?.contribution_percent;
            let to = (*percent).max(*held);
            Some(vec![on_request(id, "contribution_percent", std::mem::replace(held, to), to)])
        }
        Edit::Sustainability(id, score) => {
            let held = &mut request(scenario, id)?.sustainability;
            let to = (*score).max(*held);
            Some(vec![on_request(id, "sustainability", std::mem::replace(held, to), to)])
        }
        Edit::Priority(id, priority) => {
            let from = std::mem::replace(&mut request(scenario, id)?.priority, *priority);
            Some(vec![on_request(id, "priority", from, priority)])
        }
        Edit::MaxProviders(id, most) => {
            let from = request(scenario, id)?.max_providers.replace(*most);
            Some(vec![on_request(id, "max_providers", shown(from), most)])
        }
        Edit::Circulate(id, offer) => {
            let provider = scenario.offers.iter().find(|found| found.id == *offer)?.provider.clone();
            let request = request(scenario, id)?;
            let from = joined(&request.circulated_to);
            request.circulated_to.insert(provider);
            Some(vec![on_request(id, "circulated_to", from, joined(&request.circulated_to))])
        }
        Edit::Mitigation(id, code) => mitigation(scenario, id, code),
        Edit::Upkeep(..) | Edit::ComponentWindow(..) | Edit::PeriodMax(..) => component(scenario, edit),
        Edit::AbsorptionAmount(..) | Edit::AbsorptionRequests(..) | Edit::Channel(..) => limit(scenario, edit),
        Edit::Agree(..) | Edit::Unlocked(..) => lock(scenario, edit),
        Edit::NewOffer(id, component, units) => addition::offer(scenario, id, component, *units),
        _ => offer(scenario, edit),
    }
}

fn request<'s>(scenario: &'s mut Scenario, id: &RequestId) -> Option<&'s mut Request> {
    scenario.requests.iter_mut().find(|request| request.id == *id)
}

#[expect(clippy::needless_pass_by_value, reason = "most values are written where they are made")]
pub(super) fn change(file: &str, id: &str, field: &str, from: impl ToString, to: impl ToString) -> Change {
    let (file, id, field) = (file.to_owned(), id.to_owned(), field.to_owned());
    Change { file, id, field, from: from.to_string(), to: to.to_string() }
}

fn on_request(id: &RequestId, field: &str, from: impl ToString, to: impl ToString) -> Change {
    change("requests.csv", id.as_str(), field, from, to)
}

fn shown(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

pub(super) fn joined<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(";")
}

/// Cells `from` and `to` of a window that changes.
fn window(scenario: &Scenario, file: &str, id: &str, before: Window, after: Window) -> Vec<Change> {
    let label = |period: needmatch_domain::ids::PeriodIndex| scenario.periods[period.at()].to_string();
    let ends = [("from", before.first, after.first), ("to", before.last, after.last)];
    let changed = ends.into_iter().filter(|(_, before, after)| before != after);
    changed.map(|(field, before, after)| change(file, id, field, label(before), label(after))).collect()
}

fn component(scenario: &mut Scenario, edit: &Edit) -> Option<Vec<Change>> {
    let (Edit::Upkeep(id) | Edit::ComponentWindow(id, _) | Edit::PeriodMax(id, _)) = edit else { return None };
    let found = scenario.components.iter_mut().find(|component| component.id == *id)?;
    let on = |field, from: String, to: String| change("components.csv", id.as_str(), field, from, to);
    match edit {
        Edit::Upkeep(_) => {
            let from = found.covered_by.replace("national".to_owned());
            Some(vec![on("covered_by", from.unwrap_or_default(), "national".to_owned())])
        }
        Edit::PeriodMax(_, most) => {
            let from = found.period_max.replace(*most);
            Some(vec![on("period_max", shown(from), most.to_string())])
        }
        Edit::ComponentWindow(_, after) => {
            let before = std::mem::replace(&mut found.window, *after);
            Some(window(scenario, "components.csv", id.as_str(), before, *after))
        }
        _ => None,
    }
}

fn offer_of(edit: &Edit) -> Option<&OfferId> {
    match edit {
        Edit::Scope(id, ..)
        | Edit::Earmark(id, _)
        | Edit::Firm(id)
        | Edit::TicketMin(id, _)
        | Edit::TicketMax(id, _)
        | Edit::StateMax(id, _)
        | Edit::MaxRequests(id, _)
        | Edit::More(id, ..) => Some(id),
        _ => None,
    }
}

fn offer(scenario: &mut Scenario, edit: &Edit) -> Option<Vec<Change>> {
    let id = offer_of(edit)?;
    let at = scenario.offers.iter().position(|offer| offer.id == *id)?;
    let settings = scenario.settings.clone();
    let on = |field, from: String, to: String| change("offers.csv", id.as_str(), field, from, to);
    let amount = |offer: &Offer, wanted: i64| raised(&settings, offer, wanted);
    match edit {
        Edit::Scope(_, component, scope) => widen(scenario, at, component, *scope),
        Edit::Earmark(_, state) => {
            let groups = scenario.state(state)?.groups;
            let offer = &mut scenario.offers[at];
            let mut changes = Vec::new();
            if !offer.groups.is_empty() && !groups.iter().any(|group| offer.groups.contains(group)) {
                let from = joined(&offer.groups);
                offer.groups.insert(*groups.first()?);
                changes.push(on("groups", from, joined(&offer.groups)));
            }
            if !offer.states.is_empty() || !offer.regions.is_empty() {
                let from = joined(&offer.states);
                if offer.states.insert(state.clone()) {
                    changes.push(on("states", from, joined(&offer.states)));
                }
            }
            Some(changes)
        }
        Edit::Firm(_) => {
            scenario.offers[at].firmness = Firmness::Commitment;
            Some(vec![on("firmness", "pledge".to_owned(), "commitment".to_owned())])
        }
        Edit::TicketMin(_, least) => {
            let offer = &mut scenario.offers[at];
            let from = offer.ticket_min;
            // Rounded down in the offer's own currency, since freezing rounds up; 0 asks for nothing.
            offer.ticket_min = Some(super::money::lowered(&settings, offer, *least));
            Some(vec![on("ticket_min", shown(from), shown(offer.ticket_min))])
        }
        Edit::TicketMax(_, most) => {
            let offer = &mut scenario.offers[at];
            let to = amount(offer, *most)?;
            let from = offer.ticket_max.replace(to);
            Some(vec![on("ticket_max", shown(from), to.to_string())])
        }
        Edit::StateMax(_, most) => {
            let offer = &mut scenario.offers[at];
            let to = amount(offer, *most)?;
            let from = offer.state_max.replace(to);
            Some(vec![on("state_max", shown(from), to.to_string())])
        }
        Edit::MaxRequests(_, most) => {
            let from = scenario.offers[at].max_requests.replace(*most);
            Some(vec![on("max_requests", shown(from), most.to_string())])
        }
        Edit::More(_, period, by) => {
            let by = amount(&scenario.offers[at], *by)?;
            let offer = &mut scenario.offers[at];
            let from = offer.quantity;
            offer.quantity = from.checked_add(by)?;
            let mut changes = vec![on("quantity", from.to_string(), offer.quantity.to_string())];
            if let Some(period) = period {
                let label = scenario.periods[period.at()].clone();
                let key = format!("{id}@{label}");
                let row = scenario.offer_periods.iter_mut().find(|row| row.offer == *id && row.period == *period);
                if let Some(row) = row {
                    changes.push(change("offer_periods.csv", &key, "quantity", row.quantity, row.quantity + by));
                    row.quantity += by;
                } else {
                    changes.push(change("offer_periods.csv", &key, "quantity", "", by));
                    let (offer, period) = (id.clone(), *period);
                    scenario.offer_periods.push(OfferPeriod { offer, period, quantity: by });
                }
            }
            Some(changes)
        }
        _ => None,
    }
}

fn widen(
    scenario: &mut Scenario,
    at: usize,
    component: &needmatch_domain::ids::ComponentId,
    scope: Scope,
) -> Option<Vec<Change>> {
    let component = scenario.components.iter().find(|found| found.id == *component)?;
    let request = scenario.requests.iter().find(|found| found.id == component.request)?;
    let (kind, area, context) = (component.r#type, request.area.clone(), request.context);
    let offer = &mut scenario.offers[at];
    let (field, from, to) = match scope {
        Scope::Area => {
            let from = joined(&offer.areas);
            offer.areas.insert(area);
            ("areas", from, joined(&offer.areas))
        }
        Scope::Type => {
            let from = joined(&offer.types);
            offer.types.insert(kind);
            ("types", from, joined(&offer.types))
        }
        Scope::Context => {
            let from = joined(&offer.contexts);
            offer.contexts.insert(context);
            ("contexts", from, joined(&offer.contexts))
        }
    };
    Some(vec![change("offers.csv", offer.id.as_str(), field, from, to)])
}

fn limit(scenario: &mut Scenario, edit: &Edit) -> Option<Vec<Change>> {
    match edit {
        Edit::AbsorptionAmount(state, period, _) | Edit::AbsorptionRequests(state, period, _) => {
            let key = format!("{state}@{}", scenario.periods[period.at()]);
            let same = |row: &&mut Absorption| row.state == *state && row.period == *period;
            let row = scenario.absorption.iter_mut().find(same)?;
            let (field, from, to) = match edit {
                Edit::AbsorptionAmount(.., most) => ("amount", shown(row.amount.replace(*most)), most.to_string()),
                Edit::AbsorptionRequests(.., most) => {
                    ("requests", shown(row.requests.replace(*most)), most.to_string())
                }
                _ => return None,
            };
            Some(vec![change("absorption.csv", &key, field, from, to)])
        }
        Edit::Channel(id, period, by) => {
            let label = period.map_or_else(|| "*".to_owned(), |period| scenario.periods[period.at()].to_string());
            let key = format!("{id}@{label}");
            let rows = scenario.channels.iter_mut().filter(|row| row.id == *id && row.period == *period);
            let changes = rows.filter_map(|row| {
                let from = row.amount?;
                row.amount = Some(from.saturating_add(*by));
                Some(change("channels.csv", &key, "amount", from, from.saturating_add(*by)))
            });
            let changes: Vec<_> = changes.collect();
            (!changes.is_empty()).then_some(changes)
        }
        _ => None,
    }
}

fn lock(scenario: &mut Scenario, edit: &Edit) -> Option<Vec<Change>> {
    let (Edit::Agree(component, offer, period, _) | Edit::Unlocked(component, offer, period)) = edit else {
        return None;
    };
    let key = format!("{component}@{offer}@{}", scenario.periods[period.at()]);
    if let Edit::Agree(.., quantity) = edit {
        let (component, offer, period) = (component.clone(), offer.clone(), Some(*period));
        scenario.locks.push(Lock { component, offer, period, quantity: *quantity, kind: LockKind::Lock });
        let on = |field, to: String| change("locks.csv", &key, field, "", to);
        return Some(vec![on("quantity", quantity.to_string()), on("kind", "lock".to_owned())]);
    }
    let same = |lock: &Lock| {
        lock.kind == LockKind::Lock && (&lock.component, &lock.offer, lock.period) == (component, offer, Some(*period))
    };
    let before = scenario.locks.len();
    scenario.locks.retain(|lock| !same(lock));
    (scenario.locks.len() < before).then(|| vec![change("locks.csv", &key, "*", "lock", "-")])
}

fn mitigation(scenario: &mut Scenario, id: &RequestId, code: &str) -> Option<Vec<Change>> {
    let found = scenario.requests.iter().find(|request| request.id == *id)?;
    let (state, area) = (found.state.clone(), found.area.clone());
    let name = format!("{id}-mitigation");
    if scenario.programmes.iter().any(|programme| programme.id.as_str() == name) {
        return None;
    }
    let last = needmatch_domain::ids::PeriodIndex::of(scenario.periods.len() - 1);
    let window = Window { first: needmatch_domain::ids::PeriodIndex(0), last };
    let on = |field, to: String| change("programmes.csv", &name, field, "", to);
    let changes = vec![
        on("state", state.to_string()),
        on("area", area.to_string()),
        // Nothing of what is asked for: a programme without an amount would count as covering all of it.
        on("amount", "0".to_owned()),
        on("mitigates", code.to_owned()),
    ];
    scenario.programmes.push(Programme {
        id: name.parse().ok()?,
        state,
        area,
        r#type: None,
        window,
        amount: Some(0),
        mitigates: [code.to_owned()].into(),
        sdg_targets: [].into(),
        source: String::new(),
    });
    Some(changes)
}
