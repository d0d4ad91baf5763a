//! `[rules]`: the mode of each rule and the settings some have.

use needmatch_domain::area::ComponentType;
use needmatch_domain::geography::Group;
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{RuleSettings, Thresholds};

use super::reader::{Reader, join};
use super::tree::{Setting, Tree};
use crate::error::ErrorCode;
use crate::folder::known::Known;

/// Largest threshold of `sustainability`: static score and the points of many components together.
pub(crate) const MAX_SUSTAINABILITY_THRESHOLD: i64 = 10_000;
/// Largest `max_years` of `action_plan`.
pub(crate) const MAX_ACTION_PLAN_YEARS: i64 = 200;

/// Settings that rules have beside their mode.
pub const RULE_SETTINGS: [(Rule, &[&str]); 6] = [
    (Rule::Sustainability, &["threshold", "by_group"]),
    (Rule::Contribution, &["threshold", "by_group"]),
    (Rule::RegionalFloor, &["share_permille"]),
    (Rule::RegionalCeiling, &["share_permille"]),
    (Rule::Embargo, &["states", "types"]),
    (Rule::ActionPlan, &["max_years"]),
];

fn settings_of(rule: Rule) -> &'static [&'static str] {
    RULE_SETTINGS.iter().find(|(known, _)| *known == rule).map_or(&[], |(_, names)| names)
}

pub(super) fn read(tree: &Tree, reader: &mut Reader<'_>) -> RuleSettings {
    let mut settings = RuleSettings::default();
    for (name, setting) in reader.table_at(tree, "", "rules").into_iter().flatten() {
        let path = join("rules", name);
        if let Ok(rule) = name.parse::<Rule>() {
            read_rule(rule, setting, &path, &mut settings, reader);
        } else {
            let near = reader.known.candidates.nearest(name, Rule::ALL.iter().map(|rule| rule.name()));
            reader.refuse(setting, &path, name, ErrorCode::UnknownRule { near });
        }
    }
    settings
}

fn read_rule(rule: Rule, setting: &Setting, path: &str, settings: &mut RuleSettings, reader: &mut Reader<'_>) {
    let Some(table) = reader.table(setting, path) else { return };
    let allowed: Vec<&str> = ["mode"].iter().chain(settings_of(rule)).copied().collect();
    reader.only(table, path, &allowed);
    if let Some(mode) = table.get("mode").and_then(|mode| read_mode(rule, mode, path, reader)) {
        settings.modes.insert(rule, mode);
    }
    match rule {
        Rule::Sustainability => settings.sustainability = thresholds(table, path, MAX_SUSTAINABILITY_THRESHOLD, reader),
        Rule::Contribution => settings.contribution = thresholds(table, path, 100, reader),
        Rule::RegionalFloor => {
            settings.regional_floor = reader.numbers(table, path, "share_permille", &(0..=1000), region);
        }
        Rule::RegionalCeiling => {
            settings.regional_ceiling = reader.numbers(table, path, "share_permille", &(0..=1000), region);
        }
        Rule::Embargo => read_embargo(table, path, settings, reader),
        Rule::ActionPlan => {
            settings.action_plan_years = reader.whole_at(table, path, "max_years", &(0..=MAX_ACTION_PLAN_YEARS));
        }
        _ => {}
    }
}

fn read_mode(rule: Rule, setting: &Setting, path: &str, reader: &mut Reader<'_>) -> Option<Mode> {
    let word = reader.text(setting, path)?;
    let mode = match word {
        "enforce" => Mode::Enforce,
        "warn" => Mode::Warn,
        "off" => Mode::Off,
        _ => {
            let near = reader.known.candidates.nearest(word, ["enforce", "warn", "off"]);
            let code = ErrorCode::UnknownWord { allowed: "enforce, warn, off".to_owned(), near };
            reader.refuse(setting, path, word, code);
            return None;
        }
    };
    if rule.is_always_enforced() && mode != Mode::Enforce {
        reader.refuse(setting, path, word, ErrorCode::RuleNotRelaxable { rule: rule.name() });
    }
    Some(mode)
}

pub(super) fn group(known: &Known, name: &str) -> Result<Group, ErrorCode> {
    name.parse().map_err(|_| {
        let codes = Group::ALL.map(Group::code);
        let near = known.candidates.nearest(name, codes);
        ErrorCode::UnknownWord { allowed: codes.join(", "), near }
    })
}

fn region(known: &Known, name: &str) -> Result<needmatch_domain::ids::RegionName, ErrorCode> {
    known.region(name).map_err(|near| ErrorCode::UnknownRegion { near })
}

fn thresholds(table: &Tree, path: &str, most: i64, reader: &mut Reader<'_>) -> Thresholds {
    Thresholds {
        threshold: reader.whole_at(table, path, "threshold", &(0..=most)).unwrap_or(0),
        by_group: reader.numbers(table, path, "by_group", &(0..=most), group),
    }
}

fn read_embargo(table: &Tree, path: &str, settings: &mut RuleSettings, reader: &mut Reader<'_>) {
    let states_path = join(path, "states");
    for (item, code) in table.get("states").map(|list| reader.texts(list, &states_path)).unwrap_or_default() {
        match reader.known.state(code) {
            Ok(state) => {
                settings.embargo_states.insert(state);
            }
            Err(near) => reader.refuse(item, &states_path, code, ErrorCode::UnknownState { near }),
        }
    }
    let types_path = join(path, "types");
    for (item, word) in table.get("types").map(|list| reader.texts(list, &types_path)).unwrap_or_default() {
        if let Ok(kind) = word.parse::<ComponentType>() {
            settings.embargo_types.insert(kind);
        } else {
            let names = ComponentType::ALL.map(ComponentType::name);
            let near = reader.known.candidates.nearest(word, names);
            reader.refuse(item, &types_path, word, ErrorCode::UnknownWord { allowed: names.join(", "), near });
        }
    }
}
