//! `docs/scenario.md` names every table, column, default, key and setting as the code has them.

use std::fs;
use std::path::Path;

use needmatch_domain::area::{BUILT_IN_AREAS, ComponentType};
use needmatch_domain::goal::GoalName;
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::register::OBSTACLES;
use needmatch_exchange::folder::settings::{KEYS, RULE_SETTINGS};
use needmatch_exchange::folder::{
    MAX_CHAIN, MAX_FIELD_BYTES, MAX_RECORD_BYTES, MAX_ROWS, MAX_TABLE_BYTES, tables::TABLES,
};
use needmatch_exchange::read_folder;

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/scenario.md")).unwrap()
}

/// The text between a heading and the next one.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let start =
        page.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no heading {heading:?}")) + heading.len() + 2;
    let end = page[start..].find("\n#").map_or(page.len(), |end| start + end);
    &page[start..end]
}

/// First two cells of each row of the table in a section.
fn rows(section: &str) -> Vec<(String, String)> {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect::<Vec<_>>();
    let table = section.lines().filter(|line| line.starts_with('|')).skip(2).map(cells);
    table.map(|cells| (cells[1].clone(), cells[2].clone())).collect()
}

#[test]
fn every_table_is_described_with_its_columns_defaults_and_key() {
    let page = page();
    for table in TABLES {
        let text = section(&page, &format!("### {}", table.file));
        let columns: Vec<(String, String)> = table
            .columns
            .iter()
            .map(|column| (column.name, if column.required { "required" } else { column.default }))
            .map(|(name, default)| (name.to_owned(), default.to_owned()))
            .collect();
        assert_eq!(rows(text), columns, "{}", table.file);
        let key = table.key.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
        assert!(text.contains(&format!("Key: {key}.")), "{}: Key: {key}.", table.file);
    }
    let required: Vec<_> =
        TABLES.iter().filter(|table| table.required).map(|table| format!("`{}`", table.file)).collect();
    assert!(page.contains(&format!("{}, {} and {} are required", required[0], required[1], required[2])));
}

#[test]
fn settings_words_and_bounds_are_those_of_the_code() {
    let page = page();
    let settings = section(&page, "## Settings");
    for key in KEYS {
        assert!(settings.contains(&format!("\n{key} = ")) || settings.contains(&format!("\n[{key}]")), "{key}");
    }
    let described: Vec<(String, String)> = rows(settings);
    let known: Vec<(String, String)> = RULE_SETTINGS
        .iter()
        .flat_map(|(rule, names)| names.iter().map(|name| (rule.name().to_owned(), (*name).to_owned())))
        .collect();
    assert_eq!(described, known);
    for rule in Rule::ALL.iter().filter(|rule| rule.is_always_enforced() || rule.default_mode() != Mode::Enforce) {
        assert!(settings.contains(&format!("`{}`", rule.name())), "{rule}");
    }
    for goal in GoalName::ALL {
        assert!(settings.contains(&format!("`{}`", goal.name())), "{goal}");
    }
    let words = section(&page, "## Words");
    let types = ComponentType::ALL.map(ComponentType::name);
    for word in BUILT_IN_AREAS.iter().chain(&types).chain(&OBSTACLES) {
        assert!(words.contains(&format!("`{word}`")), "{word}");
    }
    assert!(page.contains(&format!("at most {MAX_CHAIN} folders")));
    let bounds = section(&page, "## Bounds");
    assert_eq!((MAX_ROWS, MAX_RECORD_BYTES, MAX_FIELD_BYTES), (2_000_000, 1 << 20, 64 << 10));
    assert!(bounds.contains(&format!("{} MiB, 2,000,000 rows, 1 MiB a row and 64 KiB a cell", MAX_TABLE_BYTES >> 20)));
}

/// Code blocks of the page: kind and text.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    page.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n')).collect()
}

#[test]
fn the_example_and_the_settings_shown_can_be_read() {
    let page = page();
    let blocks = blocks(&page);
    let folder = tempfile::tempdir().unwrap();
    let example = folder.path().join("example");
    fs::create_dir(&example).unwrap();
    for ((_, text), file) in blocks.iter().zip(["scenario.toml", "requests.csv", "components.csv", "offers.csv"]) {
        fs::write(example.join(file), text).unwrap();
    }
    let scenario = read_folder(&example).unwrap();
    assert_eq!((scenario.components.len(), scenario.offers.len()), (2, 2));

    let settings = blocks.iter().filter(|(kind, _)| *kind == "toml").nth(1).unwrap().1;
    let base = folder.path().join("round-2025");
    fs::rename(&example, &base).unwrap();
    fs::write(base.join("offers.csv"), format!("{}O7,Norway,money,currency,1,\n", blocks[3].1)).unwrap();
    let next = folder.path().join("next");
    fs::create_dir(&next).unwrap();
    fs::write(next.join("scenario.toml"), settings).unwrap();
    fs::write(next.join("states.csv"), "code\nXXA\n").unwrap();
    let scenario = read_folder(&next)
        .unwrap_or_else(|errors| panic!("{:#?}", errors.iter().map(ToString::to_string).collect::<Vec<_>>()));
    assert_eq!((scenario.offers.len(), scenario.settings.goals.len()), (2, 4));
}
