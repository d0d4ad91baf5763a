//! Rows of the published table: what a provider disbursed to a state for a purpose in a year.

use std::collections::BTreeMap;

use needmatch_domain::geography;

use crate::convert::ConvertError;
use crate::convert::element::one_line;

const SOURCE: &str = "security aid";

/// The provider that stands for all United Nations organisations together. The table lists them one by one as well,
/// so counting it would count their money twice.
const AGGREGATE: &str = "CRS_1UN0";

/// Codes of the organisations the aggregate adds up begin like this.
const MEMBERS: &str = "CRS_1UN";

/// A disbursement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flow {
    /// ISO 3166-1 alpha-3.
    pub(super) state: String,
    pub(super) state_name: String,
    pub(super) provider: String,
    pub(super) year: i16,
    /// CRS purpose code.
    pub(super) purpose: String,
    pub(super) purpose_name: String,
    /// Whole US dollars.
    pub(super) dollars: i64,
}

/// The published table, aggregates left out.
#[derive(Debug, Clone)]
pub struct Flows {
    pub(super) rows: Vec<Flow>,
    /// Rows of the published table.
    pub(super) listed: usize,
    /// Their sum, US dollars.
    pub(super) listed_dollars: i64,
    /// Rows of the aggregate.
    pub(super) aggregate_rows: usize,
}

impl Flows {
    /// Flows of a year.
    pub(super) fn of(&self, year: i16) -> impl Iterator<Item = &Flow> {
        self.rows.iter().filter(move |flow| flow.year == year)
    }
}

/// Reads the table. Refused when an aggregate is not the sum of its members, because then it cannot be left out.
pub fn read_flows(text: &str) -> Result<Flows, ConvertError> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| fault("header".to_owned(), error.to_string()))?.clone();
    let column = |name: &str| {
        let position = header.iter().position(|cell| cell == name);
        position.ok_or_else(|| fault("header".to_owned(), format!("there is no column {name}")))
    };
    let columns = Columns {
        state: column("pacific_code")?,
        provider: column("counterpart_code")?,
        provider_name: column("counterpart_name")?,
        year: column("year")?,
        purpose: column("sector_code")?,
        purpose_name: column("sector_name")?,
        value: column("value_usd")?,
    };
    let mut rows = Vec::new();
    for (position, record) in reader.records().enumerate() {
        let place = format!("row {}", position + 2);
        let record = record.map_err(|error| fault(place.clone(), error.to_string()))?;
        rows.push(columns.flow(&place, &record)?);
    }
    check_aggregates(&rows)?;
    let (listed, listed_dollars) = (rows.len(), rows.iter().map(|(_, flow)| flow.dollars).sum());
    let kept: Vec<_> = rows.into_iter().filter(|(code, _)| code != AGGREGATE).map(|(_, flow)| flow).collect();
    Ok(Flows { aggregate_rows: listed - kept.len(), rows: kept, listed, listed_dollars })
}

struct Columns {
    state: usize,
    provider: usize,
    provider_name: usize,
    year: usize,
    purpose: usize,
    purpose_name: usize,
    value: usize,
}

impl Columns {
    /// The provider's code and the flow.
    fn flow(&self, place: &str, record: &csv::StringRecord) -> Result<(String, Flow), ConvertError> {
        let cell = |column: usize| one_line(record.get(column).unwrap_or_default());
        let fault = |problem: String| fault(place.to_owned(), problem);
        let alpha2 = cell(self.state);
        let country =
            geography::country_by_alpha2(&alpha2).ok_or_else(|| fault(format!("{alpha2:?} is no country")))?;
        let value = cell(self.value);
        let year = cell(self.year);
        let flow = Flow {
            state: country.code.to_owned(),
            state_name: country.name(geography::Language::English).to_owned(),
            provider: cell(self.provider_name),
            year: year.parse().map_err(|_| fault(format!("{year:?} is no year")))?,
            purpose: cell(self.purpose),
            purpose_name: cell(self.purpose_name),
            dollars: whole_dollars(&value).ok_or_else(|| fault(format!("{value:?} is no positive amount")))?,
        };
        Ok((cell(self.provider), flow))
    }
}

/// A decimal amount in whole dollars, halves rounded up; `None` unless it is at least one.
fn whole_dollars(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let rounded =
        whole.parse::<i64>().ok()? + i64::from(fraction.as_bytes().first().is_some_and(|digit| *digit >= b'5'));
    (rounded >= 1).then_some(rounded)
}

fn check_aggregates(rows: &[(String, Flow)]) -> Result<(), ConvertError> {
    let mut sums: BTreeMap<(&str, i16, &str), (i64, i64)> = BTreeMap::new();
    for (code, flow) in rows.iter().filter(|(code, _)| code.starts_with(MEMBERS)) {
        let (aggregate, members) = sums.entry((&flow.state, flow.year, &flow.purpose)).or_default();
        *(if code == AGGREGATE { aggregate } else { members }) += flow.dollars;
    }
    match sums.into_iter().find(|(_, (aggregate, members))| aggregate != members) {
        None => Ok(()),
        Some(((state, year, purpose), (aggregate, members))) => Err(fault(
            format!("{state} {year} {purpose}"),
            format!("United Nations together are {aggregate}, but one by one {members}"),
        )),
    }
}

fn fault(place: String, problem: String) -> ConvertError {
    ConvertError::Malformed { source_name: SOURCE, place, problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_up_and_nothing_below_one_dollar_is_kept() {
        assert_eq!(whole_dollars("46135.0"), Some(46_135));
        assert_eq!(whole_dollars("2.5"), Some(3));
        assert_eq!(whole_dollars("2.49"), Some(2));
        for bad in ["", "0.4", "-3", "1e5", "1.x", "a"] {
            assert_eq!(whole_dollars(bad), None, "{bad:?}");
        }
    }
}
