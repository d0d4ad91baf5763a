//! `[goals]`: what a plan strives for, in order.

use needmatch_domain::goal::{EquityBy, Goal, GoalName};
use needmatch_domain::money::MAX_AMOUNT;

use super::reader::Reader;
use super::tree::{Setting, Tree, Value};
use crate::error::ErrorCode;

const KEYS: [&str; 4] = ["goal", "give", "by", "provider_cost"];

/// Settings that only one goal has.
const OWN_SETTINGS: [(&str, GoalName); 2] = [("by", GoalName::Equity), ("provider_cost", GoalName::Economy)];

pub(super) fn read(tree: &Tree, reader: &mut Reader<'_>) -> Vec<Goal> {
    let default = vec![Goal::plain(GoalName::Coverage)];
    let Some(table) = reader.table_at(tree, "", "goals") else { return default };
    reader.only(table, "goals", &["order"]);
    let Some(order) = table.get("order") else { return default };
    let Value::List(items) = &order.value else {
        reader.wrong_type(order, "goals.order", "a list of goals");
        return default;
    };
    if items.is_empty() {
        reader.refuse(order, "goals.order", "[]", ErrorCode::GoalsEmpty {});
    }
    let mut goals: Vec<Goal> = Vec::new();
    for (position, item) in items.iter().enumerate() {
        let path = format!("goals.order[{}]", position + 1);
        if let Some(goal) = read_goal(item, &path, reader) {
            if goals.iter().any(|earlier| earlier.goal == goal.goal) {
                reader.refuse(item, &path, goal.goal.name(), ErrorCode::GoalTwice {});
            }
            goals.push(goal);
        }
    }
    goals
}

/// `"coverage"`, or a table with the goal and its settings.
fn read_goal(item: &Setting, path: &str, reader: &mut Reader<'_>) -> Option<Goal> {
    let table = match &item.value {
        Value::Text(name) => return read_name(item, name, path, reader).map(Goal::plain),
        Value::Table(table) => table,
        _ => {
            reader.wrong_type(item, path, "a goal such as { goal = \"coverage\" }");
            return None;
        }
    };
    reader.only(table, path, &KEYS);
    let Some(name) = table.get("goal") else {
        reader.refuse(
            item,
            path,
            &item.shown(),
            ErrorCode::WrongType { expected: "a goal such as { goal = \"coverage\" }" },
        );
        return None;
    };
    let place = format!("{path}.goal");
    let text = reader.text(name, &place)?;
    let goal = read_name(name, text, &place, reader);
    let mut read = Goal::plain(goal.unwrap_or(GoalName::Coverage));
    for (key, owner) in OWN_SETTINGS {
        if let Some(setting) = table.get(key)
            && goal.is_some_and(|goal| goal != owner)
        {
            let code = ErrorCode::SettingOfOtherGoal { goal: owner.name() };
            reader.refuse(setting, &format!("{path}.{key}"), key, code);
        }
    }
    read.give = reader.whole_at(table, path, "give", &(0..=1000)).unwrap_or(0);
    if let Some(cost) = reader.whole_at(table, path, "provider_cost", &(0..=MAX_AMOUNT)) {
        read.provider_cost = cost;
    }
    if let Some(setting) = table.get("by") {
        read.by = read_by(setting, &format!("{path}.by"), reader).unwrap_or_default();
    }
    goal.map(|_| read)
}

fn read_name(setting: &Setting, name: &str, path: &str, reader: &mut Reader<'_>) -> Option<GoalName> {
    let goal = name.parse().ok();
    if goal.is_none() {
        let names = GoalName::ALL.map(GoalName::name);
        let near = reader.known.candidates.nearest(name, names);
        reader.refuse(setting, path, name, ErrorCode::UnknownGoal { allowed: names.join(", "), near });
    }
    goal
}

fn read_by(setting: &Setting, path: &str, reader: &mut Reader<'_>) -> Option<EquityBy> {
    match reader.text(setting, path)? {
        "state" => Some(EquityBy::State),
        "region" => Some(EquityBy::Region),
        other => {
            let near = reader.known.candidates.nearest(other, ["state", "region"]);
            reader.refuse(setting, path, other, ErrorCode::UnknownWord { allowed: "state, region".to_owned(), near });
            None
        }
    }
}
