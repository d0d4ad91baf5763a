//! Writes the joined table as Rust source.

use std::fmt::Write as _;

use super::join::{Country, Joined, Region};

const HEADER: &str = "\
//! Regions by code and countries by alpha-3 code.
//!
//! Generated from the tables in `crates/domain/data` by `cargo xtask geography`. Edit those, not this file.
//! A row: codes, finest region, groups, income group, names in Arabic, Chinese, English, French, Russian, Spanish.

use super::country::{Country, Income, row};
use super::group::{Group, GroupSet};
use super::region::Region;

const NONE: GroupSet = GroupSet::EMPTY;
";

/// The whole file. The tables keep one row a line, which the formatter would break into pieces.
pub(super) fn render(joined: &Joined) -> String {
    let mut text = String::from(HEADER);
    push_line(&mut text, "\n#[rustfmt::skip]");
    push_line(&mut text, &format!("pub(super) static REGIONS: [Region; {}] = [", joined.regions.len()));
    for (code, region) in &joined.regions {
        push_line(&mut text, &region_row(*code, region));
    }
    push_line(&mut text, "];\n\n#[rustfmt::skip]");
    push_line(&mut text, &format!("pub(super) static COUNTRIES: [Country; {}] = [", joined.countries.len()));
    for (code, country) in &joined.countries {
        push_line(&mut text, &country_row(code, country));
    }
    push_line(&mut text, "];");
    text
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn region_row(code: u16, region: &Region) -> String {
    format!("    Region {{ code: {code}, name: {:?}, parent: {:?} }},", region.name, region.parent)
}

fn country_row(code: &str, country: &Country) -> String {
    let groups = country.groups.iter().fold(String::from("NONE"), |mut set, group| {
        // Writing to a string cannot fail.
        let _ = write!(set, ".with(Group::{group})");
        set
    });
    let income = country.income.map_or_else(|| "None".to_owned(), |income| format!("Some(Income::{income})"));
    let names = country.names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    format!(
        "    row((\"{code}\", \"{}\", {}), {:?}, {groups}, {income}, [{names}]),",
        country.alpha2, country.m49, country.place
    )
}
