//! The READMEs of the folders: origin, licence, choices and counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::convert::folder::grouped;

use super::flow::Flows;
use super::year::{SINCE, Year};

/// What `cargo xtask history` fills in.
const HISTORY: &str = include_str!("history.md");

/// The README of a year that stands alone.
pub(super) fn first(flows: &Flows, year: &Year) -> String {
    let number = year.number;
    format!(
        "# Security aid to Pacific states, {number}

Real figures. In {number}, {providers} providers disbursed USD {total} to {states} Pacific states for conflict, peace and
security: reform of security systems, peace-building, small arms control, clearance of explosive remnants of war. The
scenario asks whether the same money could have reached the same purposes with fewer hands on each. Who really paid
whom is the earlier plan (`baseline.csv`).

**The needs are a stand-in.** Nobody publishes what these states needed. What a state received for a purpose stands in
for its need, so the whole need can be met, and the most that can be delivered is known beforehand: USD {total}. Read nothing
else into the requests; they are no state's own statement. Nothing was added: no priorities, no national contributions.

## Origin and licence

- Source: OECD, Creditor Reporting System (CRS), purpose codes 15210 to 15261, disbursements in current US dollars,
  {since} to 2024, as collected by J-King-Dottie/pacific-links (retrieved from the OECD on 27 June 2026). The OECD's data
  are under Creative Commons Attribution 4.0 since 2024, within its terms and conditions. Changes: those below.
- Made by `cargo xtask scenarios --from DIR`, where DIR holds `crs/pacific_security_assistance_by_provider_year.csv`. Edit
  the converter, not these files.

## Choices

{choices}
## Counts

{counts}
{HISTORY}",
        providers = year.providers.len(),
        total = grouped(year.total()),
        states = states(year),
        since = SINCE,
        choices = choices(flows, year),
        counts = counts(year),
    )
}

/// The README of a year written as changes to another.
pub(super) fn following(flows: &Flows, base: &Year, year: &Year) -> String {
    let (before, number) = (base.number, year.number);
    format!(
        "# Security aid to Pacific states, {number}

Real figures, as in [`pacific-security-{before}`](../pacific-security-{before}/README.md), one year later. The folder holds only what differs:
rows that are new or changed, and under `[drop]` in `scenario.toml` what {before} had and {number} has not. All else is inherited
(`base`). Origin, licence and warning are the same: **what a state received stands in for its need**.

Compare the two plans with `needmatch compare`: providers come and go, and earmarks grow with what a provider has served.

## Choices

{choices}
## Counts

{counts}
{HISTORY}",
        choices = choices(flows, year),
        counts = counts(year),
    )
}

fn choices(flows: &Flows, year: &Year) -> String {
    let kept = flows.rows.iter().map(|flow| flow.dollars).sum::<i64>();
    format!(
        "1. **Counted once.** The table lists the United Nations together ({aggregate} rows) and its organisations one by one. The
   former are left out; each was checked to be the sum of the latter. Of {listed} rows (USD {listed_dollars}), {rows} (USD {kept}) are real.
2. **Requests.** One for each state and purpose with a disbursement in {number}: {needs}. One component each: funds, its quantity the
   sum received, divisible.
3. **Areas.** CRS purposes, declared as `crs_15210` and so on.
4. **Offers.** One for each provider, its quantity all it disbursed in {number}. It serves the purposes the provider served in any of the
   states from {since} to {number}, and any of the {all_states} states of the table: providers are free to move between them, which in
   reality each decides for itself.
5. **Dollars.** Values are whole US dollars in the source (halves would be rounded up). All disbursements are commitments.
6. **Period.** One, named `year`, so that another year can inherit from this one.
",
        aggregate = flows.aggregate_rows,
        listed = flows.listed,
        listed_dollars = grouped(flows.listed_dollars),
        rows = flows.rows.len(),
        kept = grouped(kept),
        number = year.number,
        needs = year.needs.len(),
        since = SINCE,
        all_states = year.state_names.len(),
    )
}

fn counts(year: &Year) -> String {
    let mut by_purpose: BTreeMap<&str, (usize, usize, i64)> = BTreeMap::new();
    for ((_, purpose), dollars) in &year.needs {
        let line = by_purpose.entry(purpose).or_default();
        line.0 += 1;
        line.2 += dollars;
    }
    for ((_, purpose), _) in year.payments.keys() {
        by_purpose.entry(purpose).or_default().1 += 1;
    }
    let mut text = String::from("| purpose | requests | matches in the earlier plan | USD |\n|---|--:|--:|--:|\n");
    for (purpose, (requests, payments, dollars)) in by_purpose {
        let name = &year.purpose_names[purpose];
        let _ = writeln!(text, "| {purpose} {name} | {requests} | {payments} | {} |", grouped(dollars));
    }
    let (needs, payments, total) = (year.needs.len(), year.payments.len(), grouped(year.total()));
    let _ = writeln!(text, "| all | {needs} | {payments} | {total} |");
    text.push_str("\n| provider | purposes served | USD |\n|---|---|--:|\n");
    for (name, provider) in &year.providers {
        let purposes: Vec<_> = provider.purposes.iter().map(String::as_str).collect();
        let _ = writeln!(text, "| {name} | {} | {} |", purposes.join(", "), grouped(provider.dollars));
    }
    text
}

fn states(year: &Year) -> usize {
    year.needs.keys().map(|(state, _)| state).collect::<BTreeSet<_>>().len()
}
