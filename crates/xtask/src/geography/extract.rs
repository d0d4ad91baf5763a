//! Keeps the needed columns of the published tables, so that the repository can regenerate its table alone.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::tables::{COUNTRIES, COUNTRY_COLUMNS, RECIPIENT_COLUMNS, RECIPIENTS};

/// Reads the published files below `published` and writes the shortened ones to `data`.
pub(super) fn keep_needed_columns(published: &Path, data: &Path) -> Result<()> {
    shorten(&published.join("geo/country-codes.csv"), &data.join(COUNTRIES), &COUNTRY_COLUMNS)?;
    shorten(&published.join("oecd_dac/recipients.csv"), &data.join(RECIPIENTS), &RECIPIENT_COLUMNS)
}

fn shorten(from: &Path, to: &Path, columns: &[&str]) -> Result<()> {
    let mut reader = csv::Reader::from_path(from).with_context(|| format!("opening {}", from.display()))?;
    let header = reader.headers()?.clone();
    let places = columns
        .iter()
        .map(|column| {
            header
                .iter()
                .position(|name| name.trim_start_matches('\u{feff}') == *column)
                .with_context(|| format!("{}: no column `{column}`", from.display()))
        })
        .collect::<Result<Vec<_>>>()?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns)?;
    for record in reader.records() {
        let record = record.with_context(|| format!("reading {}", from.display()))?;
        writer.write_record(places.iter().map(|place| record.get(*place).unwrap_or_default()))?;
    }
    let text = writer.into_inner().context("finishing the table")?;
    fs::write(to, text).with_context(|| format!("writing {}", to.display()))
}
