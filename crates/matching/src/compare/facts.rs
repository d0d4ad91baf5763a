//! What a problem says, as named facts: table, entity and member, with positions replaced by names.

use std::collections::BTreeMap;

use needmatch_domain::problem::Problem;
use serde::Serialize;
use serde_json::Value;

/// Table, entity, member.
pub(super) type Place = (&'static str, String, String);

struct Facts(BTreeMap<Place, String>);

impl Facts {
    fn say(&mut self, table: &'static str, id: &str, field: &str, value: &impl ToString) {
        self.0.insert((table, id.to_owned(), field.to_owned()), value.to_string());
    }

    /// Every member of an entity but those left to be named.
    fn say_all(&mut self, table: &'static str, id: &str, entity: &impl Serialize, except: &[&str]) {
        let Ok(Value::Object(members)) = serde_json::to_value(entity) else { return };
        for (field, value) in members.iter().filter(|(field, _)| !except.contains(&field.as_str())) {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            self.say(table, id, field, &text);
        }
    }
}

fn joined<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(";")
}

/// Everything that decides a plan, by name. A change of tables elsewhere changes no fact about an entity.
pub(super) fn of(problem: &Problem) -> BTreeMap<Place, String> {
    let mut facts = Facts(BTreeMap::new());
    facts.say("settings", "", "currency", &problem.currency);
    facts.say("settings", "", "seed", &problem.seed);
    facts.say("settings", "", "periods", &joined(&problem.periods));
    for (rule, mode) in &problem.rules {
        facts.say("settings", "rules", rule.name(), &format!("{mode:?}").to_lowercase());
    }
    for (at, goal) in problem.goals.iter().enumerate() {
        let place = format!("goal {}", at + 1);
        facts.say_all("settings", &place, goal, &[]);
    }
    for (table, shares) in
        [("regional_floor", &problem.regional_floors), ("regional_ceiling", &problem.regional_ceilings)]
    {
        for share in shares {
            facts.say("settings", table, share.region.as_str(), &share.share_permille);
        }
    }
    for channel in &problem.channels {
        let period = channel.period.map_or_else(|| "*".to_owned(), |period| problem.periods[period.at()].to_string());
        facts.say("settings", &format!("channel {}", channel.id), &period, &channel.amount);
    }
    states_and_requests(problem, &mut facts);
    components_and_offers(problem, &mut facts);
    facts.0
}

fn states_and_requests(problem: &Problem, facts: &mut Facts) {
    for state in &problem.states {
        facts.say("states", state.code.as_str(), "regions", &joined(&state.regions));
        for limit in &state.absorption {
            let period = problem.periods[limit.period.at()].as_str();
            if let Some(amount) = limit.amount {
                facts.say("states", state.code.as_str(), &format!("amount {period}"), &amount);
            }
            if let Some(requests) = limit.requests {
                facts.say("states", state.code.as_str(), &format!("requests {period}"), &requests);
            }
        }
    }
    for request in &problem.requests {
        let id = request.id.as_str();
        facts.say_all("requests", id, request, &["id", "state", "obstacles"]);
        facts.say("requests", id, "state", &problem.states[request.state.at()].code);
        let obstacles = request.obstacles.iter().map(|obstacle| {
            let by = obstacle.mitigation.map(|component| problem.components[component.at()].id.to_string());
            format!("{}@{}", obstacle.code, by.unwrap_or_default())
        });
        facts.say("requests", id, "obstacles", &joined(obstacles));
    }
}

fn components_and_offers(problem: &Problem, facts: &mut Facts) {
    let period = |index: needmatch_domain::ids::PeriodIndex| problem.periods[index.at()].as_str();
    for component in &problem.components {
        let id = component.id.as_str();
        facts.say_all("components", id, component, &["id", "request", "requires", "pairs"]);
        facts.say("components", id, "request", &problem.requests[component.request.at()].id);
        let requires = component.requires.iter().map(|required| &problem.components[required.at()].id);
        facts.say("components", id, "requires", &joined(requires));
        for pair in &component.pairs {
            let place = format!("{id}@{}", problem.offers[pair.offer.at()].id);
            facts.say("pairs", &place, &format!("periods from {}", period(pair.first)), &period(pair.last));
            facts.say("pairs", &place, "draw_permille", &pair.draw_permille);
            facts.say("pairs", &place, "score", &pair.score);
        }
    }
    for offer in &problem.offers {
        facts.say_all("offers", offer.id.as_str(), offer, &["id", "provider"]);
        facts.say("offers", offer.id.as_str(), "provider", &problem.providers[offer.provider.at()]);
    }
    for (table, fixed) in [("locks", &problem.locks), ("baseline", &problem.baseline)] {
        for one in fixed {
            let component = &problem.components[one.component.at()].id;
            let offer = &problem.offers[one.offer.at()].id;
            facts.say(table, &format!("{component}@{offer}"), period(one.period), &one.quantity);
        }
    }
}
