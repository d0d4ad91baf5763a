//! M49 regions at three levels: regions, sub-regions and, in some, intermediate regions.

use super::country::Country;
use super::table::REGIONS;

/// A region, sub-region or intermediate region of the UN's M49 standard.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    /// M49 code. Printed with three digits: Africa is `002`.
    pub code: u16,
    /// English name, unique among regions.
    pub name: &'static str,
    /// Code of the region one level up; none for a region of the first level.
    pub parent: Option<u16>,
}

impl Region {
    /// The region one level up.
    pub fn parent(&self) -> Option<&'static Self> {
        self.parent.map(find)
    }

    /// This region and those that hold it, the finest first.
    pub fn chain(&'static self) -> Vec<&'static Self> {
        std::iter::successors(Some(self), |region| region.parent()).collect()
    }
}

/// Every region, by code.
pub fn regions() -> &'static [Region] {
    &REGIONS
}

/// The region of that English name, in any letter case, or of that M49 code, with or without leading zeros.
pub fn region(name_or_code: &str) -> Option<&'static Region> {
    let text = name_or_code.trim();
    if (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let code = text.parse().ok()?;
        return REGIONS.binary_search_by_key(&code, |region| region.code).ok().map(|index| &REGIONS[index]);
    }
    REGIONS.iter().find(|region| region.name.eq_ignore_ascii_case(text))
}

/// Names of the regions a country lies in, the finest first; empty for Antarctica, which lies in none.
pub fn region_chain(country: &Country) -> Vec<&'static str> {
    [country.intermediate, country.subregion, country.region].into_iter().flatten().map(|region| region.name).collect()
}

/// The region of a code known to be in the table. The table is built at compile time, where a wrong code stops the build.
pub(super) const fn find(code: u16) -> &'static Region {
    let mut index = 0;
    while index < REGIONS.len() {
        if REGIONS[index].code == code {
            return &REGIONS[index];
        }
        index += 1;
    }
    panic!("the table names a region that it does not define")
}
