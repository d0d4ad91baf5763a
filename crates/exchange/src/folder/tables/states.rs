//! `states.csv`: states the reference table lacks, and what a scenario sees otherwise.

use std::collections::BTreeMap;

use needmatch_domain::geography;
use needmatch_domain::ids::{PeriodLabel, RegionName, StateCode};
use needmatch_domain::scenario::{StateProfile, reference_profile};

use super::{Located, Table};
use crate::error::ErrorCode;
use crate::folder::cells::{Cells, join};
use crate::folder::table::{TableSpec, optional, required};

/// Written where a state lies in no region or belongs to no group although the reference table says otherwise.
const NONE: &str = "none";

pub(crate) struct States;

impl Table for States {
    type Item = (StateCode, StateProfile);

    const SPEC: TableSpec = TableSpec {
        file: "states.csv",
        columns: &[required("code"), optional("name"), optional("region"), optional("groups")],
        key: &["code"],
        required: false,
    };

    fn read(cells: &mut Cells<'_>) -> Option<Self::Item> {
        let code = cells.id::<StateCode>("code");
        let reference = code.as_ref().and_then(reference_profile);
        let name = cells.text("name");
        let region_parts = cells.parts("region");
        let regions = match region_parts.as_slice() {
            [] => reference.as_ref().map(|profile| profile.regions.clone()).unwrap_or_default(),
            [word] if word == NONE => Vec::new(),
            parts => read_regions(cells, parts),
        };
        let groups = match cells.parts("groups").as_slice() {
            [] => reference.as_ref().map(|profile| profile.groups.clone()).unwrap_or_default(),
            [word] if word == NONE => Vec::new(),
            _ => cells.groups("groups").into_iter().collect(),
        };
        let code = code?;
        let name = match (name.is_empty(), reference) {
            (false, _) => name,
            (true, Some(profile)) => profile.name,
            (true, None) => code.to_string(),
        };
        Some((code, StateProfile { name, regions, groups }))
    }

    fn write((code, profile): &Self::Item, _: &[PeriodLabel]) -> Vec<String> {
        let or_none = |list: String| if list.is_empty() { NONE.to_owned() } else { list };
        vec![code.to_string(), profile.name.clone(), or_none(join(&profile.regions)), or_none(join(&profile.groups))]
    }
}

/// Regions finest first. An M49 region brings those that hold it; any other name declares a region.
fn read_regions(cells: &mut Cells<'_>, parts: &[String]) -> Vec<RegionName> {
    let mut regions: Vec<RegionName> = Vec::new();
    for part in parts {
        let names: Vec<&str> = if let Some(region) = geography::region(part) {
            region.chain().iter().map(|region| region.name).collect()
        } else {
            let twin = geography::regions().iter().find(|region| strsim::osa_distance(region.name, part) == 1);
            if let Some(region) = twin {
                cells.refuse("region", Some(part), ErrorCode::RegionMisspelt { region: region.name.to_owned() });
            }
            vec![part]
        };
        for name in names {
            if let Some(region) = cells.parse_id("region", name)
                && !regions.contains(&region)
            {
                regions.push(region);
            }
        }
    }
    regions
}

/// Profiles by code.
pub(crate) fn by_code(rows: Vec<Located<(StateCode, StateProfile)>>) -> BTreeMap<StateCode, StateProfile> {
    rows.into_iter().map(|row| row.item).collect()
}
