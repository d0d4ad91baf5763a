//! Changes made to a frozen problem, for runs read without their folder: those that need no table but its own.

use needmatch_domain::problem::Problem;
use needmatch_domain::reason::Change;

use super::edit::Edit;
use super::folder::change;

/// Makes a change; `None` when a frozen problem cannot express it.
pub(super) fn apply(problem: &mut Problem, edit: &Edit) -> Option<Vec<Change>> {
    let periods = problem.periods.clone();
    let label = |period: needmatch_domain::ids::PeriodIndex| periods[period.at()].to_string();
    let shown = |value: Option<String>| value.unwrap_or_default();
    match edit {
        Edit::TicketMin(id, _)
        | Edit::TicketMax(id, _)
        | Edit::StateMax(id, _)
        | Edit::MaxRequests(id, _)
        | Edit::More(id, ..) => {
            let offer = problem.offers.iter_mut().find(|offer| offer.id == *id)?;
            let on = |field: &str, from: Option<String>, to: String| {
                change("problem.json", id.as_str(), &format!("offers.{field}"), shown(from), to)
            };
            let text = |value: Option<i64>| value.map(|value| value.to_string());
            match edit {
                Edit::TicketMin(_, to) => {
                    Some(vec![on("ticket_min", text(offer.ticket_min.replace(*to)), to.to_string())])
                }
                Edit::TicketMax(_, to) => {
                    Some(vec![on("ticket_max", text(offer.ticket_max.replace(*to)), to.to_string())])
                }
                Edit::StateMax(_, to) => {
                    Some(vec![on("state_max", text(offer.state_max.replace(*to)), to.to_string())])
                }
                Edit::MaxRequests(_, to) => {
                    let from = offer.max_requests.replace(*to).map(|from| from.to_string());
                    Some(vec![on("max_requests", from, to.to_string())])
                }
                Edit::More(_, period, by) => {
                    let from = offer.quantity;
                    offer.quantity = from.checked_add(*by)?;
                    let mut changes = vec![on("quantity", Some(from.to_string()), offer.quantity.to_string())];
                    if let (Some(period), Some(held)) = (period, &mut offer.per_period) {
                        let held = &mut held[period.at()];
                        let field = format!("per_period.{}", label(*period));
                        changes.push(on(&field, Some(held.to_string()), (*held + by).to_string()));
                        *held += by;
                    }
                    Some(changes)
                }
                _ => None,
            }
        }
        Edit::MaxProviders(id, to) => {
            let request = problem.requests.iter_mut().find(|request| request.id == *id)?;
            let from = request.max_providers.replace(*to).map(|from| from.to_string());
            Some(vec![change("problem.json", id.as_str(), "requests.max_providers", shown(from), to)])
        }
        Edit::PeriodMax(id, to) => {
            let component = problem.components.iter_mut().find(|component| component.id == *id)?;
            let from = component.period_max.replace(*to).map(|from| from.to_string());
            Some(vec![change("problem.json", id.as_str(), "components.period_max", shown(from), to)])
        }
        Edit::AbsorptionAmount(code, period, to) => {
            let state = problem.states.iter_mut().find(|state| state.code == *code)?;
            let limit = state.absorption.iter_mut().find(|limit| limit.period == *period)?;
            let from = limit.amount.replace(*to).map(|from| from.to_string());
            let field = format!("states.absorption.{}.amount", label(*period));
            Some(vec![change("problem.json", code.as_str(), &field, shown(from), to)])
        }
        Edit::AbsorptionRequests(code, period, to) => {
            let state = problem.states.iter_mut().find(|state| state.code == *code)?;
            let limit = state.absorption.iter_mut().find(|limit| limit.period == *period)?;
            let from = limit.requests.replace(*to).map(|from| from.to_string());
            let field = format!("states.absorption.{}.requests", label(*period));
            Some(vec![change("problem.json", code.as_str(), &field, shown(from), to)])
        }
        Edit::Channel(id, period, by) => {
            let rows = problem.channels.iter_mut().filter(|row| row.id == *id && row.period == *period);
            let changes: Vec<_> = rows
                .map(|row| {
                    let from = row.amount;
                    row.amount = from.saturating_add(*by);
                    change("problem.json", id.as_str(), "channels.amount", from, row.amount)
                })
                .collect();
            (!changes.is_empty()).then_some(changes)
        }
        Edit::Agree(component, offer, period, quantity) => {
            let found = |id: &str| format!("{id}@{offer}@{}", label(*period));
            let key = found(component.as_str());
            let component = problem.components.iter().position(|one| one.id == *component)?;
            let offer = problem.offers.iter().position(|one| one.id == *offer)?;
            problem.locks.push(needmatch_domain::plan::Match {
                component: needmatch_domain::ids::ComponentIndex::of(component),
                offer: needmatch_domain::ids::OfferIndex::of(offer),
                period: *period,
                quantity: *quantity,
            });
            problem.locks.sort_unstable();
            Some(vec![change("problem.json", &key, "locks.quantity", "", quantity)])
        }
        _ => None,
    }
}
