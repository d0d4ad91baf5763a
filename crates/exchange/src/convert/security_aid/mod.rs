//! Security aid to Pacific states, one year each, from the OECD's Creditor Reporting System.
//!
//! What a state received for a purpose stands in for its need, which nobody published; what a provider disbursed that
//! year is its offer, earmarked to the purposes it is known to serve; who paid whom is the earlier plan. A second year
//! is written as changes to the first.

mod flow;
mod readme;
mod tables;
#[cfg(test)]
mod tests;
mod year;

use std::fmt::Write as _;

use super::folder::quoted;
use super::{ConvertError, Folder};
pub use flow::{Flows, read_flows};
use tables::{BASELINE, COMPONENTS, OFFERS, REQUESTS, Tables};
use year::Year;

/// The one period: the year, whichever it is, so that a later year can be written as changes to an earlier one.
const PERIOD: &str = "year";

/// The folder of a year that stands alone.
pub fn first_year(flows: &Flows, year: i16) -> Result<Folder, ConvertError> {
    let year = disbursed(flows, year)?;
    let tables = Tables::of(&year);
    let mut folder = Folder::new(name(year.number));
    let mut settings = head(&year);
    settings.push_str("\n[areas] # purposes of the Creditor Reporting System\n");
    for (code, purpose) in &year.purpose_names {
        let _ = writeln!(settings, "{} = {}", tables::area(code), quoted(purpose));
    }
    settings.push_str(
        "\n[goals]\norder = [\n  { goal = \"coverage\" },\n  { goal = \"economy\", give = 0 },\n  \
         { goal = \"stability\", give = 0 },\n]\n",
    );
    folder.text("scenario.toml", settings);
    folder.table("periods.csv", &["period"], &[vec![PERIOD.to_owned()]]);
    folder.table("requests.csv", &REQUESTS, &tables.requests.rows());
    folder.table("components.csv", &COMPONENTS, &tables.components.rows());
    folder.table("offers.csv", &OFFERS, &tables.offers.rows());
    folder.table("baseline.csv", &BASELINE, &tables.baseline.rows());
    folder.text("README.md", readme::first(flows, &year));
    Ok(folder)
}

/// The folder of a year as changes to the folder of an earlier one: rows that are new or different, and what is dropped.
pub fn following_year(flows: &Flows, base: i16, year: i16) -> Result<Folder, ConvertError> {
    let (base, year) = (disbursed(flows, base)?, disbursed(flows, year)?);
    let (before, after) = (Tables::of(&base), Tables::of(&year));
    let mut folder = Folder::new(name(year.number));
    let mut settings = format!("base = \"../{}\"\n", name(base.number));
    settings.push_str(&head(&year));
    settings.push_str("\n[drop] # what the base holds and this year does not\n");
    let dropped = [
        ("requests", before.requests.missing_in(&after.requests)),
        ("components", before.components.missing_in(&after.components)),
        ("offers", before.offers.missing_in(&after.offers)),
        ("baseline", before.baseline.missing_in(&after.baseline)),
    ];
    for (table, keys) in dropped {
        let keys: Vec<_> = keys.iter().map(|key| quoted(key)).collect();
        let _ = writeln!(settings, "{table} = [{}]", keys.join(", "));
    }
    folder.text("scenario.toml", settings);
    folder.table("requests.csv", &REQUESTS, &after.requests.different_from(&before.requests));
    folder.table("components.csv", &COMPONENTS, &after.components.different_from(&before.components));
    folder.table("offers.csv", &OFFERS, &after.offers.different_from(&before.offers));
    folder.table("baseline.csv", &BASELINE, &after.baseline.different_from(&before.baseline));
    folder.text("README.md", readme::following(flows, &base, &year));
    Ok(folder)
}

fn disbursed(flows: &Flows, year: i16) -> Result<Year, ConvertError> {
    let result = Year::of(flows, year);
    if result.needs.is_empty() {
        return Err(ConvertError::Malformed {
            source_name: "security aid",
            place: format!("year {year}"),
            problem: "there is no row".to_owned(),
        });
    }
    Ok(result)
}

fn name(year: i16) -> String {
    format!("pacific-security-{year}")
}

fn head(year: &Year) -> String {
    let year = year.number;
    format!("name = \"Security aid to Pacific states, {year}\"\ncurrency = \"USD\"\nas_of = \"{year}-12-31\"\n")
}
