//! The committed tables, read whole.

use std::path::Path;

use anyhow::{Context, Result};

pub(super) const COUNTRIES: &str = "countries.csv";
pub(super) const RECIPIENTS: &str = "oda_recipients.csv";
const JOIN: &str = "recipient_join.csv";
const CORRECTIONS: &str = "name_corrections.csv";

/// Columns kept of the published country table, under their published names.
pub(super) const COUNTRY_COLUMNS: [&str; 25] = [
    "ISO3166-1-Alpha-3",
    "ISO3166-1-Alpha-2",
    "M49",
    "Region Code",
    "Region Name",
    "Sub-region Code",
    "Sub-region Name",
    "Intermediate Region Code",
    "Intermediate Region Name",
    "Least Developed Countries (LDC)",
    "Land Locked Developing Countries (LLDC)",
    "Small Island Developing States (SIDS)",
    "UNTERM Arabic Short",
    "UNTERM Chinese Short",
    "UNTERM English Short",
    "UNTERM French Short",
    "UNTERM Russian Short",
    "UNTERM Spanish Short",
    "official_name_ar",
    "official_name_cn",
    "official_name_en",
    "official_name_fr",
    "official_name_ru",
    "official_name_es",
    "CLDR display name",
];

/// Columns kept of the published list of recipients.
pub(super) const RECIPIENT_COLUMNS: [&str; 3] = ["code", "name_en", "income_group"];

/// Rows of one table, each as its fields in the order of the columns asked for.
pub(super) type Rows = Vec<Vec<String>>;

/// The four tables.
pub(super) struct Tables {
    pub(super) countries: Rows,
    pub(super) recipients: Rows,
    /// `dac_code, dac_name, alpha3, reason`
    pub(super) join: Rows,
    /// `alpha3, language, source, correction, reason`
    pub(super) corrections: Rows,
}

/// Reads the committed tables.
pub(super) fn read(data: &Path) -> Result<Tables> {
    Ok(Tables {
        countries: rows(&data.join(COUNTRIES), &COUNTRY_COLUMNS)?,
        recipients: rows(&data.join(RECIPIENTS), &RECIPIENT_COLUMNS)?,
        join: rows(&data.join(JOIN), &["dac_code", "dac_name", "alpha3", "reason"])?,
        corrections: rows(&data.join(CORRECTIONS), &["alpha3", "language", "source", "correction", "reason"])?,
    })
}

fn rows(path: &Path, columns: &[&str]) -> Result<Rows> {
    let mut reader = csv::Reader::from_path(path).with_context(|| format!("opening {}", path.display()))?;
    let header = reader.headers()?;
    anyhow::ensure!(header.iter().eq(columns.iter().copied()), "{}: the columns must be {columns:?}", path.display());
    reader
        .records()
        .map(|record| Ok(record?.iter().map(str::to_owned).collect()))
        .collect::<Result<_>>()
        .with_context(|| format!("reading {}", path.display()))
}
