//! From a folder to a [`Scenario`].

use std::path::Path;

use needmatch_domain::scenario::Scenario;

use super::chain::{Chain, SETTINGS_FILE};
use super::check;
use super::known::{Ids, Known};
use super::settings::{self, reader::Reader};
use super::table::{RawTable, TableSpec};
use super::tables::absorption::AbsorptionLimits;
use super::tables::baseline::BaselineRows;
use super::tables::channels::Channels;
use super::tables::components::{Components, fill_minima};
use super::tables::locks::Locks;
use super::tables::offer_periods::OfferPeriods;
use super::tables::offers::Offers;
use super::tables::periods::{ONLY_PERIOD, Periods};
use super::tables::programmes::Programmes;
use super::tables::requests::Requests;
use super::tables::states::{States, by_code};
use super::tables::suitability::SuitabilityRows;
use super::tables::{Located, TABLES, Table, read_all};
use crate::error::{Errors, FileError};

/// Reads the scenario in a folder: `scenario.toml`, `requests.csv`, `components.csv`, `offers.csv` and whichever
/// optional tables are there, over those of the folders it inherits from.
///
/// Defaults are filled, references resolved, tables sorted by their keys.
///
/// # Errors
/// Everything wrong with the folder, up to [`crate::error::MAX_ERRORS`], sorted by file and row. A scenario with any
/// error is none.
pub fn read_folder(path: &Path) -> Result<Scenario, Vec<FileError>> {
    let mut errors = Errors::default();
    let scenario = read(path, &mut errors);
    match scenario {
        Some(scenario) if errors.is_empty() => Ok(scenario),
        _ => Err(errors.into_sorted(rank)),
    }
}

/// Order in which files are reported.
fn rank(file: &str) -> usize {
    let name = file.rsplit('/').next().unwrap_or(file);
    let table = TABLES.iter().position(|table| table.file == name);
    if name == SETTINGS_FILE { 0 } else { table.map_or(TABLES.len() + 1, |at| at + 1) }
}

fn read(path: &Path, errors: &mut Errors) -> Option<Scenario> {
    let mut known = Known::default();
    let mut chain = Chain::follow(path, &known.candidates, errors)?;
    let labels = chain.labels(SETTINGS_FILE);
    let tree = chain.settings();

    let areas = settings::read_areas(&tree, &mut Reader { labels: &labels, known: &known, errors });
    known.set_areas(&areas);
    let periods = items::<Periods>(&chain, &known, errors);
    known.set_periods(if periods.is_empty() { ONLY_PERIOD.parse().into_iter().collect() } else { periods });
    let states = table_of::<States>(&chain, &known, errors);
    known.set_states(by_code(read_all::<States>(&states, &known, errors)));

    let requests = table_of::<Requests>(&chain, &known, errors);
    let components = table_of::<Components>(&chain, &known, errors);
    let offers = table_of::<Offers>(&chain, &known, errors);
    let channels = table_of::<Channels>(&chain, &known, errors);
    let programmes = table_of::<Programmes>(&chain, &known, errors);
    known.requests = Ids::of(&requests);
    known.components = Ids::of(&components);
    known.offers = Ids::of(&offers);
    known.channels = Ids::of(&channels);
    known.programmes = Ids::of(&programmes);

    let folder_name = chain.folder_name();
    let mut reader = Reader { labels: &labels, known: &known, errors };
    let settings = settings::read(&tree, areas, &folder_name, &mut reader);

    let request_rows = read_all::<Requests>(&requests, &known, errors);
    let mut component_rows = read_all::<Components>(&components, &known, errors);
    let offer_rows = read_all::<Offers>(&offers, &known, errors);
    fill_minima(&mut component_rows);
    check::requirements(&components, &component_rows, &request_rows, errors);
    check::mitigations(&requests, &request_rows, &component_rows, errors);
    if let Some(settings) = &settings {
        check::rates(&labels[0], &tree, settings, &offer_rows, errors);
    }

    let channel_rows = read_all::<Channels>(&channels, &known, errors);
    let programme_rows = read_all::<Programmes>(&programmes, &known, errors);
    Some(Scenario {
        requests: sorted(request_rows, |row| row.id.clone()),
        components: sorted(component_rows, |row| row.id.clone()),
        offers: sorted(offer_rows, |row| row.id.clone()),
        offer_periods: sorted(rows::<OfferPeriods>(&chain, &known, errors), |row| (row.offer.clone(), row.period)),
        absorption: sorted(rows::<AbsorptionLimits>(&chain, &known, errors), |row| (row.state.clone(), row.period)),
        channels: sorted(channel_rows, |row| (row.id.clone(), row.period)),
        programmes: sorted(programme_rows, |row| row.id.clone()),
        suitability: sorted(rows::<SuitabilityRows>(&chain, &known, errors), |row| {
            (row.component.clone(), row.offer.clone())
        }),
        locks: sorted(rows::<Locks>(&chain, &known, errors), |row| {
            (row.component.clone(), row.offer.clone(), row.period)
        }),
        baseline: sorted(rows::<BaselineRows>(&chain, &known, errors), |row| {
            (row.component.clone(), row.offer.clone(), row.period)
        }),
        settings: settings?,
        periods: known.periods,
        states: known.states,
    })
}

fn table_of<T: Table>(chain: &Chain, known: &Known, errors: &mut Errors) -> RawTable {
    const { assert!(!T::SPEC.key.is_empty(), "every table has a key") };
    let spec: TableSpec = T::SPEC;
    chain.table(&spec, &known.candidates, errors)
}

fn rows<T: Table>(chain: &Chain, known: &Known, errors: &mut Errors) -> Vec<Located<T::Item>> {
    let table = table_of::<T>(chain, known, errors);
    read_all::<T>(&table, known, errors)
}

fn items<T: Table>(chain: &Chain, known: &Known, errors: &mut Errors) -> Vec<T::Item> {
    rows::<T>(chain, known, errors).into_iter().map(|row| row.item).collect()
}

fn sorted<T, K: Ord>(rows: Vec<Located<T>>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut items: Vec<T> = rows.into_iter().map(|row| row.item).collect();
    items.sort_by_cached_key(key);
    items
}
