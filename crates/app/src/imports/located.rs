//! What is wrong with tables: table, row, column and value, with what was probably meant.

use needmatch_domain::geography;
use needmatch_exchange::error::Candidates;

use crate::error::{Fault, FieldError};

/// Most faults told of at once.
const MOST: usize = 200;

/// Something wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The table.
    pub table: &'static str,
    /// As a spreadsheet counts, the header being row 1.
    pub row: u64,
    /// The column, where one is meant.
    pub column: Option<String>,
    /// What stands there, cut when long.
    pub value: Option<String>,
    /// What is wrong.
    pub fault: Fault,
    /// What was probably meant.
    pub near: Option<String>,
}

impl RowFault {
    /// Something wrong at a place.
    pub(super) fn at(table: &'static str, row: u64, column: &str, value: Option<&str>, fault: Fault) -> Self {
        let (column, value) = ((!column.is_empty()).then(|| column.to_owned()), value.map(ToOwned::to_owned));
        Self { table, row, column, value, fault, near: None }
    }

    /// As an error of a document, its pointer naming table, row and column.
    #[must_use]
    pub fn into_field(self) -> FieldError {
        let column = self.column.map(|column| format!("/{column}")).unwrap_or_default();
        FieldError { pointer: format!("/{}/{}{column}", self.table, self.row), value: self.value, fault: self.fault }
    }
}

/// Sorts faults by place, cuts them, and says what was probably meant.
pub(super) fn finish(faults: &mut Vec<RowFault>) {
    faults.sort_by(|left, right| (left.table, left.row).cmp(&(right.table, right.row)));
    if faults.len() > MOST {
        faults.truncate(MOST);
        if let Some(last) = faults.last_mut() {
            let (table, row) = (last.table, last.row);
            *last = RowFault::at(table, row, "", None, Fault::TooManyErrors {});
        }
    }
    let candidates = Candidates::default();
    for fault in faults.iter_mut() {
        let Some(value) = fault.value.as_deref() else { continue };
        let near = match &fault.fault {
            Fault::UnknownWord { allowed }
            | Fault::UnknownField { allowed }
            | Fault::UnknownArea { allowed }
            | Fault::UnknownObstacle { allowed }
            | Fault::UnknownPeriod { allowed } => candidates.nearest(value, allowed.split(", ")),
            Fault::UnknownState {} => {
                candidates.nearest(value, geography::countries().iter().map(|country| country.code))
            }
            _ => continue,
        };
        fault.near = near.0;
    }
}
