//! From a [`Scenario`] to a folder that reads back equal.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use csv::StringRecord;
use needmatch_domain::scenario::Scenario;

use super::chain::SETTINGS_FILE;
use super::settings;
use super::table::is_tag_row;
use super::tables::Table;
use super::tables::absorption::AbsorptionLimits;
use super::tables::baseline::BaselineRows;
use super::tables::channels::Channels;
use super::tables::components::Components;
use super::tables::locks::Locks;
use super::tables::offer_periods::OfferPeriods;
use super::tables::offers::Offers;
use super::tables::periods::{ONLY_PERIOD, Periods};
use super::tables::programmes::Programmes;
use super::tables::requests::Requests;
use super::tables::states::States;
use super::tables::suitability::SuitabilityRows;
use super::text::{clean, guard};

/// Why a scenario was not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The system refused.
    #[error("{file} cannot be written: {source}")]
    Io {
        /// The file.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// A value that would not read back as it is: a list item with `;`, spaces around a text, a control character.
    #[error("{file}, column {column}: {value:?} cannot be written so that it reads back the same")]
    Unwritable {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// The value.
        value: String,
    },
}

/// Writes a scenario into a folder, which is made if need be. Files of a scenario that stand there are replaced;
/// tables without rows are written only where one stands already. `notes` become comments at the head of
/// `scenario.toml`: where the figures come from.
///
/// # Errors
/// When the system refuses, or a text cannot be represented; the folder may then be half written.
pub fn write_folder(scenario: &Scenario, path: &Path, notes: &str) -> Result<(), WriteError> {
    fs::create_dir_all(path).map_err(|source| WriteError::Io { file: path.display().to_string(), source })?;
    check_lists(scenario)?;
    let text = settings::write::text(&scenario.settings, notes)?;
    fs::write(path.join(SETTINGS_FILE), text).map_err(|source| io_error(SETTINGS_FILE, source))?;

    let folder = Folder { path, scenario };
    folder.write::<Requests>(&scenario.requests)?;
    folder.write::<Components>(&scenario.components)?;
    folder.write::<Offers>(&scenario.offers)?;
    let states: Vec<_> = scenario.states.iter().map(|(code, profile)| (code.clone(), profile.clone())).collect();
    folder.write::<States>(&states)?;
    let only = scenario.periods.len() == 1 && scenario.periods[0].as_str() == ONLY_PERIOD;
    folder.write::<Periods>(if only { &[] } else { &scenario.periods })?;
    folder.write::<OfferPeriods>(&scenario.offer_periods)?;
    folder.write::<AbsorptionLimits>(&scenario.absorption)?;
    folder.write::<Channels>(&scenario.channels)?;
    folder.write::<Programmes>(&scenario.programmes)?;
    folder.write::<SuitabilityRows>(&scenario.suitability)?;
    folder.write::<Locks>(&scenario.locks)?;
    folder.write::<BaselineRows>(&scenario.baseline)
}

fn io_error(file: &str, source: io::Error) -> WriteError {
    WriteError::Io { file: file.to_owned(), source }
}

pub(crate) fn unwritable(file: &str, column: &str, value: &str) -> WriteError {
    WriteError::Unwritable { file: file.to_owned(), column: column.to_owned(), value: value.to_owned() }
}

/// Identifiers cannot hold what separates lists; other texts in lists are checked here.
fn check_lists(scenario: &Scenario) -> Result<(), WriteError> {
    let check = |file: &str, column: &str, item: &str| {
        let whole = !item.is_empty() && item.trim() == item && !item.contains([';', '@']);
        if whole { Ok(()) } else { Err(unwritable(file, column, item)) }
    };
    for request in &scenario.requests {
        request.contribution_kinds.iter().try_for_each(|kind| check("requests.csv", "contribution_kinds", kind))?;
        request.obstacles.iter().try_for_each(|obstacle| check("requests.csv", "obstacles", &obstacle.code))?;
    }
    for programme in &scenario.programmes {
        programme.mitigates.iter().try_for_each(|code| check("programmes.csv", "mitigates", code))?;
    }
    Ok(())
}

struct Folder<'a> {
    path: &'a Path,
    scenario: &'a Scenario,
}

impl Folder<'_> {
    fn write<T: Table>(&self, items: &[T::Item]) -> Result<(), WriteError> {
        let file = T::SPEC.file;
        let target = self.path.join(file);
        if items.is_empty() && !T::SPEC.required && !target.exists() {
            return Ok(());
        }
        // Columns that hold nothing but their default are left out, so that a small scenario stays readable.
        let mut used: Vec<bool> = T::SPEC.columns.iter().map(|column| column.required).collect();
        for item in items {
            for (at, cell) in T::write(item, &self.scenario.periods).iter().enumerate() {
                used[at] |= !cell.is_empty() && cell != T::SPEC.columns[at].default;
            }
        }
        let output = File::create(&target).map_err(|source| io_error(file, source))?;
        let mut writer = csv::Writer::from_writer(BufWriter::new(output));
        let pick = |cells: Vec<String>| -> StringRecord {
            cells.iter().zip(&used).filter(|(_, used)| **used).map(|(cell, _)| guard(cell).into_owned()).collect()
        };
        let header: StringRecord = pick(T::SPEC.columns.iter().map(|column| column.name.to_owned()).collect());
        write_record(&mut writer, file, &header)?;
        for (position, item) in items.iter().enumerate() {
            let cells = T::write(item, &self.scenario.periods);
            for (cell, column) in cells.iter().zip(T::SPEC.columns) {
                check_cell(file, column.name, cell)?;
            }
            let record = pick(cells);
            if position == 0 && is_tag_row(&record) {
                // A first row that looks like HXL tags is kept from being skipped by tags above it.
                write_record(&mut writer, file, &header.iter().map(|_| "#meta").collect())?;
            }
            write_record(&mut writer, file, &record)?;
        }
        let buffer = writer.into_inner().map_err(|error| io_error(file, error.into_error()))?;
        let mut output = buffer.into_inner().map_err(|error| io_error(file, error.into_error()))?;
        output.flush().map_err(|source| io_error(file, source))
    }
}

fn write_record(
    writer: &mut csv::Writer<BufWriter<File>>,
    file: &str,
    record: &StringRecord,
) -> Result<(), WriteError> {
    writer.write_record(record).map_err(|error| io_error(file, error.into()))
}

fn check_cell(file: &str, column: &str, cell: &str) -> Result<(), WriteError> {
    let guarded = guard(cell);
    match clean(&guarded) {
        Ok(read) if read == cell && guarded.len() <= super::MAX_FIELD_BYTES => Ok(()),
        _ => Err(unwritable(file, column, cell)),
    }
}
