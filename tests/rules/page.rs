//! `docs/rules.md` has a section for every rule, goal and reason of the code, complete, in the code's order, with its
//! default mode, and with columns, settings, rows and findings by the names that the code gives them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use needmatch_domain::certificate::MAX_DEPTH;
use needmatch_domain::column::Column;
use needmatch_domain::goal::GoalName;
use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex, RequestIndex, StateIndex};
use needmatch_domain::reason::Reason;
use needmatch_domain::row::Row;
use needmatch_domain::rule::{Mode, Rule, Stage};
use needmatch_exchange::folder::settings::{KEYS, RULE_SETTINGS};
use needmatch_exchange::folder::tables::TABLES;
use needmatch_verify::Code;

use crate::alone::code;

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules.md")).expect("docs/rules.md")
}

/// The part of the page under a heading of the second level.
fn part<'a>(page: &'a str, heading: &str) -> &'a str {
    let opening = format!("\n## {heading}\n");
    let from = page.find(&opening).unwrap_or_else(|| panic!("no part {heading:?}")) + opening.len();
    let to = page[from..].find("\n## ").map_or(page.len(), |length| from + length);
    &page[from..to]
}

/// Sections of a part: name and text.
fn sections(part: &str) -> Vec<(&str, &str)> {
    let mut sections = Vec::new();
    for section in part.split("\n### ").skip(1) {
        let (heading, text) = section.split_once('\n').expect("a section has text");
        sections.push((heading.trim_matches('`'), text));
    }
    sections
}

/// The text behind `- **Field:**`.
fn field<'a>(name: &str, section: &'a str, of: &str) -> &'a str {
    let opening = format!("- **{name}:** ");
    let line = section.lines().find_map(|line| line.strip_prefix(opening.as_str()));
    let text = line.unwrap_or_else(|| panic!("{of} has no {name}"));
    assert!(text.ends_with('.') || text.contains(" **Mode:** "), "{of}: {name} ends as a sentence does");
    text
}

/// Words in code quotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

const FIELDS: [&str; 7] = ["Paragraph", "Meaning", "Formula", "Settings", "Example", "Reasons", "What to do"];

/// The fields of a section stand there in order, nothing else does.
fn complete(name: &str, section: &str, fields: &[&str]) {
    let found: Vec<_> = section
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.strip_prefix("- **").and_then(|line| line.split_once(":**")).map(|(field, _)| field))
        .collect();
    assert_eq!(found, fields.iter().map(|field| Some(*field)).collect::<Vec<_>>(), "fields of {name}");
}

fn mode_in_words(rule: Rule) -> &'static str {
    match rule.default_mode() {
        _ if rule.is_always_enforced() => "always enforced",
        Mode::Enforce => "`enforce` by default",
        Mode::Warn => "`warn` by default",
        Mode::Off => "`off` by default",
    }
}

/// Every column stands in the table it is said to be of, every setting in the settings; what a rule has to set is all
/// named.
fn names_settings(name: &str, text: &str, own: &[&str]) {
    let mut columns: Option<Vec<&str>> = None;
    let mut settings = false;
    for word in quoted(text) {
        if let Some(table) = TABLES.iter().find(|table| table.file == word) {
            (columns, settings) = (Some(table.columns.iter().map(|column| column.name).collect()), false);
        } else if word == "scenario.toml" {
            (columns, settings) = (None, true);
        } else if settings {
            let known =
                KEYS.contains(&word) || ["by", "provider_cost"].contains(&word) || own.contains(&word) || word == name;
            assert!(known, "{name}: {word} is no setting");
        } else {
            let columns = columns.as_ref().unwrap_or_else(|| panic!("{name}: {word} before any table"));
            assert!(columns.contains(&word), "{name}: {word} is no column of its table");
        }
    }
    for setting in own {
        assert!(quoted(text).contains(setting), "{name} does not name its setting {setting}");
    }
}

#[test]
fn every_rule_has_its_section() {
    let page = page();
    for (stage, heading) in [(Stage::Eligibility, "Eligibility"), (Stage::Row, "Rules of the plan")] {
        let sections = sections(part(&page, heading));
        let rules: Vec<Rule> = Rule::ALL.iter().copied().filter(|rule| rule.stage() == stage).collect();
        let names: Vec<_> = sections.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, rules.iter().map(|rule| rule.name()).collect::<Vec<_>>(), "{heading}");
        for (rule, (name, section)) in rules.into_iter().zip(sections) {
            complete(name, section, &FIELDS);
            let paragraph = field("Paragraph", section, name);
            assert!(paragraph.ends_with(&format!(" **Mode:** {}.", mode_in_words(rule))), "{name}: {paragraph}");
            assert!(paragraph.starts_with('¶') || rule == Rule::Precedence, "{name}: {paragraph}");
            let own = RULE_SETTINGS.iter().find(|(known, _)| *known == rule).map_or(&[][..], |(_, names)| names);
            names_settings(name, field("Settings", section, name), own);
            let formula: BTreeSet<&str> = quoted(field("Formula", section, name)).into_iter().collect();
            for row in Row::ALL.iter().filter(|row| row.rule() == Some(rule)) {
                let opening = format!("{}[", row.name());
                assert!(formula.iter().any(|word| word.starts_with(&opening)), "{name}: no row {}", row.name());
            }
            let reasons = quoted(field("Reasons", section, name));
            for finding in Code::ALL.iter().filter(|code| code.rule() == Some(rule)) {
                assert!(reasons.contains(&finding.name()), "{name}: no finding {}", finding.name());
            }
            if stage == Stage::Eligibility {
                assert_eq!(reasons[..2], ["no_eligible_offer", name]);
            }
        }
    }
}

#[test]
fn every_goal_has_its_section() {
    let page = page();
    let sections = sections(part(&page, "Goals"));
    let names: Vec<_> = sections.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, GoalName::ALL.map(GoalName::name));
    for (name, section) in sections {
        complete(name, section, &FIELDS);
        names_settings(name, field("Settings", section, name), &[]);
        field("Example", section, name);
    }
    let goals = part(&page, "Goals");
    for row in Row::ALL.iter().filter(|row| row.rule().is_none()) {
        let opening = format!("`{}[", row.name());
        let everywhere = [goals, part(&page, "Rules of the plan"), part(&page, "Proof")];
        assert!(everywhere.iter().any(|part| part.contains(&opening)), "no row {}", row.name());
    }
}

/// One of each reason; the compiler asks for what is new.
fn reasons() -> Vec<Reason> {
    let known = |reason: &Reason| match reason {
        Reason::NoEligibleOffer { .. }
        | Reason::Outbid { .. }
        | Reason::RequiredUnserved { .. }
        | Reason::AlternativeServed { .. }
        | Reason::PackageUnserved { .. }
        | Reason::ObstacleUnmitigated { .. }
        | Reason::SustainabilityShort { .. }
        | Reason::MinimumUnreachable { .. }
        | Reason::Absorption { .. }
        | Reason::RuleBinds { .. } => (),
    };
    let all = vec![
        Reason::NoEligibleOffer { refused: Vec::new() },
        Reason::Outbid { offer: OfferIndex(0), price: 0, winning_priority: Some(1) },
        Reason::RequiredUnserved { required: ComponentIndex(0) },
        Reason::AlternativeServed { alternative: ComponentIndex(0) },
        Reason::PackageUnserved { request: RequestIndex(0) },
        Reason::ObstacleUnmitigated { obstacle: 0 },
        Reason::SustainabilityShort { missing: 0 },
        Reason::MinimumUnreachable { reachable: 0 },
        Reason::Absorption { state: StateIndex(0), period: PeriodIndex(0) },
        Reason::RuleBinds { rule: Rule::Demand },
    ];
    all.iter().for_each(known);
    all
}

#[test]
fn every_reason_has_its_section_with_its_values() {
    let page = page();
    let sections = sections(part(&page, "Reasons"));
    let reasons = reasons();
    let names: Vec<_> = sections.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names, reasons.iter().map(code).collect::<Vec<_>>());
    for (reason, (name, section)) in reasons.iter().zip(sections) {
        complete(name, section, &["Values", "Meaning", "What to do"]);
        let written = serde_json::to_value(reason).expect("a reason is JSON");
        let values = quoted(field("Values", section, name));
        for value in written.as_object().expect("a reason has members").keys().filter(|key| *key != "code") {
            assert!(values.contains(&value.as_str()), "{name}: no value {value}");
        }
    }
    for section in ["Eligibility", "Rules of the plan", "Goals"].map(|heading| part(&page, heading)) {
        for line in section.lines().filter_map(|line| line.strip_prefix("- **Reasons:** ")) {
            let known = |word: &&str| {
                names.iter().any(|name| name == word)
                    || Code::ALL.iter().any(|code| code.name() == *word)
                    || Rule::ALL.iter().any(|rule| rule.name() == *word)
                    || ["infeasible", "why_left", "only"].contains(word)
                    || word.starts_with("needmatch ")
            };
            let unknown: Vec<_> = quoted(line).into_iter().filter(|word| !known(word)).collect();
            assert!(unknown.is_empty(), "{unknown:?} in {line}");
        }
    }
}

#[test]
fn rows_and_columns_of_a_proof_are_listed_as_the_code_orders_them() {
    let page = page();
    let proof = part(&page, "Proof");
    let order = proof.split("in this order, and by entities within it: ").nth(1).expect("the order of rows");
    let listed = quoted(order.split(". ").next().expect("a sentence"));
    assert_eq!(listed, Row::ALL.iter().map(|row| row.name()).collect::<Vec<_>>());
    let recount =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("recount/recount.py")).expect("recount.py");
    let rows = recount.split("\nROWS = (").nth(1).and_then(|rest| rest.split(").split()").next()).expect("its rows");
    let rows: Vec<_> = rows.split('"').skip(1).step_by(2).flat_map(str::split_whitespace).collect();
    assert_eq!(rows, listed, "the recount lists rows as the page does");
    let unknowns = quoted(proof.split("A column is ").nth(1).expect("the order of columns"));
    let unknowns = unknowns.into_iter().filter_map(|word| word.split_once('[')).map(|(name, _)| name);
    let unknowns: Vec<_> = unknowns.filter(|name| !name.is_empty()).collect();
    assert_eq!(unknowns, Column::ALL.iter().map(|column| column.name()).collect::<Vec<_>>());
    assert!(proof.contains(&format!("at most {MAX_DEPTH} splits")), "the depth of a tree");
    assert!(recount.contains(&format!("\nMOST_DEPTH = {MAX_DEPTH} ")), "the recount reads trees as deep");
}
