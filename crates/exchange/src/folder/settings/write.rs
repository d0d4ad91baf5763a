//! Settings as the text of `scenario.toml`. What equals its default is left out.

use needmatch_domain::goal::{EquityBy, Goal, GoalName, default_provider_cost};
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Limits, RuleSettings, Settings, Thresholds, Weights};
use toml::{Table, Value};

use crate::folder::text::{is_forbidden, normalize};
use crate::folder::write::{WriteError, unwritable};

pub(crate) fn text(settings: &Settings, notes: &str) -> Result<String, WriteError> {
    let file = "scenario.toml";
    let whole =
        |text: &str| !text.is_empty() && text.trim() == text && normalize(text) == text && !text.contains(is_forbidden);
    let names =
        settings.areas.iter().map(|area| ("areas", area.name.as_str())).chain([("name", settings.name.as_str())]);
    for (column, name) in names {
        if !whole(name) {
            return Err(unwritable(file, column, name));
        }
    }
    let mut root = Table::new();
    root.insert("name".to_owned(), Value::from(settings.name.as_str()));
    root.insert("currency".to_owned(), Value::from(settings.currency.as_str()));
    root.insert("as_of".to_owned(), Value::from(settings.as_of.to_string()));
    let rates = settings.rates.iter().map(|(code, rate)| (code.clone(), Value::from(rate.to_string()))).collect();
    let areas = settings.areas.iter().map(|area| (area.code.to_string(), Value::from(area.name.as_str()))).collect();
    put(&mut root, "areas", areas);
    put(&mut root, "rates", rates);
    put(&mut root, "rules", rules(&settings.rules));
    root.insert("goals".to_owned(), goals(&settings.goals));
    put(&mut root, "weights", weights(&settings.weights));
    put(&mut root, "limits", limits(&settings.limits));
    let body = toml::to_string(&root).map_err(|_| unwritable(file, "", &settings.name))?;
    let comment = |line: &str| format!("# {}", line.replace(char::is_control, " ").trim_end());
    let lines: Vec<String> = notes.lines().map(comment).chain([body]).collect();
    Ok(lines.join("\n"))
}

fn put(table: &mut Table, key: &str, member: Table) {
    if !member.is_empty() {
        table.insert(key.to_owned(), Value::Table(member));
    }
}

fn mode(mode: Mode) -> Value {
    Value::from(match mode {
        Mode::Enforce => "enforce",
        Mode::Warn => "warn",
        Mode::Off => "off",
    })
}

fn rules(rules: &RuleSettings) -> Table {
    let mut table = Table::new();
    for rule in Rule::ALL {
        let mut entry = match rule {
            Rule::Sustainability => thresholds(&rules.sustainability),
            Rule::Contribution => thresholds(&rules.contribution),
            Rule::RegionalFloor => shares(&rules.regional_floor),
            Rule::RegionalCeiling => shares(&rules.regional_ceiling),
            Rule::Embargo => embargo(rules),
            Rule::ActionPlan => rules
                .action_plan_years
                .map(|years| ("max_years".to_owned(), Value::from(i64::from(years))))
                .into_iter()
                .collect(),
            _ => Table::new(),
        };
        let stated = rules.modes.get(rule).map(|stated| mode(*stated));
        match stated {
            Some(stated) if entry.is_empty() => {
                table.insert(rule.name().to_owned(), stated);
            }
            stated => {
                if let Some(stated) = stated {
                    entry.insert("mode".to_owned(), stated);
                }
                put(&mut table, rule.name(), entry);
            }
        }
    }
    table
}

fn numbers<K: ToString>(entries: impl IntoIterator<Item = (K, u32)>) -> Table {
    entries.into_iter().map(|(key, number)| (key.to_string(), Value::from(i64::from(number)))).collect()
}

fn thresholds(thresholds: &Thresholds) -> Table {
    let mut table = Table::new();
    if thresholds.threshold > 0 {
        table.insert("threshold".to_owned(), Value::from(i64::from(thresholds.threshold)));
    }
    put(&mut table, "by_group", numbers(thresholds.by_group.iter().map(|(group, number)| (group, *number))));
    table
}

fn shares(shares: &std::collections::BTreeMap<needmatch_domain::ids::RegionName, u32>) -> Table {
    let mut table = Table::new();
    put(&mut table, "share_permille", numbers(shares.iter().map(|(region, share)| (region, *share))));
    table
}

fn embargo(rules: &RuleSettings) -> Table {
    let mut table = Table::new();
    let states: Vec<Value> = rules.embargo_states.iter().map(|state| Value::from(state.as_str())).collect();
    let types: Vec<Value> = rules.embargo_types.iter().map(|kind| Value::from(kind.name())).collect();
    for (key, list) in [("states", states), ("types", types)] {
        if !list.is_empty() {
            table.insert(key.to_owned(), Value::Array(list));
        }
    }
    table
}

fn goals(goals: &[Goal]) -> Value {
    let order = goals.iter().map(|goal| {
        let mut entry = Table::new();
        entry.insert("goal".to_owned(), Value::from(goal.goal.name()));
        if goal.give > 0 {
            entry.insert("give".to_owned(), Value::from(i64::from(goal.give)));
        }
        if goal.goal == GoalName::Equity && goal.by == EquityBy::Region {
            entry.insert("by".to_owned(), Value::from("region"));
        }
        if goal.goal == GoalName::Economy && goal.provider_cost != default_provider_cost() {
            entry.insert("provider_cost".to_owned(), Value::from(goal.provider_cost));
        }
        Value::Table(entry)
    });
    Value::Table(Table::from_iter([("order".to_owned(), Value::Array(order.collect()))]))
}

fn weights(weights: &Weights) -> Table {
    let mut table = Table::new();
    if weights.priority != Weights::default().priority {
        let ranks = weights.priority.iter().map(|weight| Value::from(i64::from(*weight))).collect();
        table.insert("priority".to_owned(), Value::Array(ranks));
    }
    put(&mut table, "area", numbers(weights.area.iter().map(|(key, number)| (key, *number))));
    put(&mut table, "context", numbers(weights.context.iter().map(|(key, number)| (key, *number))));
    put(&mut table, "group", numbers(weights.group.iter().map(|(key, number)| (key, *number))));
    table
}

fn limits(limits: &Limits) -> Table {
    let default = Limits::default();
    let mut table = Table::new();
    if limits.gap_permille != default.gap_permille {
        table.insert("gap_permille".to_owned(), Value::from(limits.gap_permille.permille()));
    }
    if limits.seconds != default.seconds {
        table.insert("seconds".to_owned(), Value::from(i64::from(limits.seconds)));
    }
    if limits.threads != default.threads {
        table.insert("threads".to_owned(), Value::from(i64::from(limits.threads)));
    }
    if limits.seed != default.seed {
        let seed = i64::try_from(limits.seed).map_or_else(|_| Value::from(limits.seed.to_string()), Value::from);
        table.insert("seed".to_owned(), seed);
    }
    table
}
