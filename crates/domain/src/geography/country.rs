//! Countries and areas with an ISO 3166-1 code.

use serde::{Deserialize, Serialize};

use super::group::GroupSet;
use super::language::Language;
use super::region::{Region, find};
use super::table::COUNTRIES;

/// Income group on the OECD DAC list of recipients. Countries that are no recipients have none there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Income {
    /// Least developed country. The DAC's list may differ from [`super::Group::Ldc`] by a recent graduation.
    LeastDeveloped,
    /// Another country of low income.
    OtherLow,
    /// Lower middle income.
    LowerMiddle,
    /// Upper middle income.
    UpperMiddle,
}

/// A country or area with an ISO 3166-1 code. Being listed says nothing about status, borders or recognition.
#[derive(Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-3 code.
    pub code: &'static str,
    /// ISO 3166-1 alpha-2 code.
    pub alpha2: &'static str,
    /// M49 code, the same as the ISO 3166-1 numeric code.
    pub m49: u16,
    /// Region of the first level, such as Africa. Antarctica has none.
    pub region: Option<&'static Region>,
    /// Sub-region, such as Sub-Saharan Africa. Antarctica has none.
    pub subregion: Option<&'static Region>,
    /// Intermediate region, such as Western Africa, where M49 has that level.
    pub intermediate: Option<&'static Region>,
    /// Groups the country is in.
    pub groups: GroupSet,
    /// Income group, for recipients of official development assistance.
    pub income: Option<Income>,
    /// Short names in the order of [`Language::ALL`], without articles and footnote marks.
    pub names: [&'static str; 6],
}

impl Country {
    /// Short name in a language.
    pub const fn name(&self, language: Language) -> &'static str {
        self.names[language as usize]
    }
}

/// Every country, by alpha-3 code.
pub fn countries() -> &'static [Country] {
    &COUNTRIES
}

/// The country of that alpha-3 code, in capitals.
pub fn country(code: &str) -> Option<&'static Country> {
    COUNTRIES.binary_search_by(|country| country.code.cmp(code)).ok().map(|index| &COUNTRIES[index])
}

/// The country of that alpha-2 code, in capitals.
pub fn country_by_alpha2(alpha2: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.alpha2 == alpha2)
}

/// One row of the table. `place` is the code of the finest region; the coarser ones follow from it.
pub(super) const fn row(
    codes: (&'static str, &'static str, u16),
    place: Option<u16>,
    groups: GroupSet,
    income: Option<Income>,
    names: [&'static str; 6],
) -> Country {
    let (region, subregion, intermediate) = match place {
        None => (None, None, None),
        Some(finest) => levels(find(finest)),
    };
    Country { code: codes.0, alpha2: codes.1, m49: codes.2, region, subregion, intermediate, groups, income, names }
}

type Level = Option<&'static Region>;

const fn levels(finest: &'static Region) -> (Level, Level, Level) {
    let Some(above) = finest.parent else { return (Some(finest), None, None) };
    let above = find(above);
    match above.parent {
        None => (Some(above), Some(finest), None),
        Some(top) => (Some(find(top)), Some(above), Some(finest)),
    }
}
