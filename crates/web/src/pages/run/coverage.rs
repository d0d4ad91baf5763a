//! What share of what was asked for is given, by area and region, in money.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_charts::{Cell, Heat, HeatRow, Level};
use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::plan::Plan;
use needmatch_i18n::{number, sort_by_name};

use super::words::{Words, permille};

/// Regions shown; scenarios of one's own may declare any number.
const MOST_REGIONS: usize = 12;

/// Areas by row, regions by column.
pub(crate) fn coverage(words: &Words<'_>, plan: &Plan) -> Heat {
    let problem = words.problem;
    let served = served(problem.components.len(), plan);
    let mut sums: BTreeMap<(&str, String), (i64, i64)> = BTreeMap::new();
    let mut weights: BTreeMap<String, i64> = BTreeMap::new();
    for (position, component) in problem.components.iter().enumerate() {
        let index = ComponentIndex::of(position);
        let area = problem.requests[component.request.at()].area.as_str();
        let region = words.region(problem.state_of(index));
        let asked = component.unit_cost * component.outstanding;
        *weights.entry(region.clone()).or_default() += asked;
        let sum = sums.entry((area, region)).or_default();
        sum.0 += component.unit_cost * served[position];
        sum.1 += asked;
    }
    let mut regions: Vec<(String, i64)> = weights.into_iter().collect();
    regions.sort_by_key(|(_, asked)| std::cmp::Reverse(*asked));
    regions.truncate(MOST_REGIONS);
    sort_by_name(words.locale, &mut regions, |(name, _)| name);
    let rows = areas(words).into_iter().map(|area| {
        let label = words.area(area);
        let cells = regions.iter().map(|(region, _)| match sums.get(&(area, region.clone())) {
            None | Some((_, 0)) => Cell::default(),
            Some((given, asked)) => cell(words, &label, region, *given, *asked),
        });
        HeatRow { cells: cells.collect(), label }
    });
    Heat {
        corner: words.say("chart-column-area"),
        rows: rows.collect(),
        columns: regions.iter().map(|(name, _)| name.clone()).collect(),
        legend: ["0–20", "20–40", "40–60", "60–80", "80–100"].map(|range| format!("\u{2066}{range}\u{2069}")).to_vec(),
    }
}

fn cell(words: &Words<'_>, area: &str, region: &str, given: i64, asked: i64) -> Cell {
    let share = permille(given, asked);
    Cell {
        text: number::grouped(words.locale, share / 10),
        level: Some(Level::of_permille(u32::try_from(share).unwrap_or(0))),
        title: format!(
            "{area}, {region}: {} ({} / {})",
            number::percent(words.locale, share),
            words.short_money(given),
            words.short_money(asked)
        ),
    }
}

/// Areas with a request: the built-in ones in their usual order, then those of the scenario.
fn areas<'a>(words: &Words<'a>) -> Vec<&'a str> {
    let asked: BTreeSet<&str> = words.problem.requests.iter().map(|request| request.area.as_str()).collect();
    let known = needmatch_i18n::vocabulary::AREAS;
    let mut areas: Vec<&str> = known.iter().filter_map(|area| asked.get(area).copied()).collect();
    areas.extend(asked.iter().filter(|area| !known.contains(area)));
    areas
}

/// What the plan gives to each component.
pub(crate) fn served(components: usize, plan: &Plan) -> Vec<i64> {
    let mut served = vec![0; components];
    for found in &plan.matches {
        served[found.component.at()] += found.quantity;
    }
    served
}
