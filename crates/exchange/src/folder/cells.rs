//! Typed access to the cells of one row. Each reading checks its cell, reports what is wrong with it and goes on, so
//! that one pass over a row finds everything wrong with it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use csv::StringRecord;
use jiff::civil::Date;
use needmatch_domain::area::UnknownWord;
use needmatch_domain::geography::Group;
use needmatch_domain::ids::{AreaCode, IdError, PeriodIndex, RegionName, StateCode};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::Window;

use super::known::{Ids, Known};
use super::number::{NumberFault, whole_in};
use super::table::{Column, Positions};
use super::text::clean;
use crate::error::{ErrorCode, Errors, FileError};

/// The cells of one row.
pub(crate) struct Cells<'a> {
    pub(crate) label: &'a str,
    pub(crate) row: u64,
    pub(crate) columns: &'static [Column],
    pub(crate) positions: &'a Positions,
    pub(crate) record: &'a StringRecord,
    pub(crate) known: &'a Known,
    pub(crate) errors: &'a mut Errors,
    /// Column read last: readers go through the columns in order, so the next one is usually the one wanted.
    pub(crate) cursor: usize,
}

impl<'a> Cells<'a> {
    pub(crate) fn refuse(&mut self, column: &str, value: Option<&str>, code: ErrorCode) {
        let error = FileError::of_file(self.label, code).at_row(self.row).in_column(column);
        self.errors.push(match value {
            Some(value) => error.with_value(value),
            None => error,
        });
    }

    fn column(&mut self, name: &str) -> Option<usize> {
        let count = self.columns.len();
        let found = (0..count).map(|step| (self.cursor + step) % count).find(|at| self.columns[*at].name == name)?;
        self.cursor = found + 1;
        Some(found)
    }

    /// The cell cleaned; empty when the column is absent, the cell empty, or its text refused (and reported).
    fn cell(&mut self, name: &str) -> Cow<'a, str> {
        let record: &'a StringRecord = self.record;
        let Some(position) = self.column(name).and_then(|at| self.positions[at]) else { return Cow::Borrowed("") };
        let cell = record.get(position).unwrap_or("");
        clean(cell).unwrap_or_else(|character| {
            self.refuse(name, Some(cell), ErrorCode::ForbiddenCharacter { character });
            Cow::Borrowed("")
        })
    }

    /// A cell that must be filled. Nothing is said where the whole column is absent: the header's error says it.
    fn required(&mut self, name: &str) -> Option<Cow<'a, str>> {
        let present = self.column(name).is_some_and(|at| self.positions[at].is_some());
        let before = self.errors.count();
        let cell = self.cell(name);
        if cell.is_empty() {
            if present && self.errors.count() == before {
                self.refuse(name, None, ErrorCode::ValueMissing {});
            }
            return None;
        }
        Some(cell)
    }

    pub(crate) fn text(&mut self, name: &str) -> String {
        self.cell(name).into_owned()
    }

    pub(crate) fn parse_id<T: FromStr<Err = IdError>>(&mut self, name: &str, text: &str) -> Option<T> {
        match text.parse() {
            Ok(id) => Some(id),
            Err(fault) => {
                self.refuse(name, Some(text), ErrorCode::BadIdentifier { reason: fault.to_string() });
                None
            }
        }
    }

    pub(crate) fn id<T: FromStr<Err = IdError>>(&mut self, name: &str) -> Option<T> {
        let text = self.required(name)?;
        self.parse_id(name, &text)
    }

    pub(crate) fn optional_id<T: FromStr<Err = IdError>>(&mut self, name: &str) -> Option<T> {
        let text = self.cell(name);
        if text.is_empty() { None } else { self.parse_id(name, &text) }
    }

    pub(crate) fn check_reference<T: FromStr<Err = IdError>>(
        &mut self,
        name: &str,
        text: &str,
        ids: &Ids,
    ) -> Option<T> {
        if !ids.accepts(text) {
            let near = ids.nearest(text, &self.known.candidates);
            self.refuse(name, Some(text), ErrorCode::UnknownReference { table: ids.file, near });
            return None;
        }
        self.parse_id(name, text)
    }

    /// An id that must stand in another table.
    pub(crate) fn reference<T: FromStr<Err = IdError>>(&mut self, name: &str, ids: &Ids) -> Option<T> {
        let text = self.required(name)?;
        self.check_reference(name, &text, ids)
    }

    pub(crate) fn optional_reference<T: FromStr<Err = IdError>>(&mut self, name: &str, ids: &Ids) -> Option<T> {
        let text = self.cell(name);
        if text.is_empty() { None } else { self.check_reference(name, &text, ids) }
    }

    /// The parts of a list cell, in order.
    pub(crate) fn parts(&mut self, name: &str) -> Vec<String> {
        let cell = self.cell(name);
        cell.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    fn set<T: Ord>(&mut self, name: &str, mut read: impl FnMut(&mut Self, &str) -> Option<T>) -> BTreeSet<T> {
        self.parts(name).into_iter().filter_map(|part| read(self, &part)).collect()
    }

    pub(crate) fn ids<T: FromStr<Err = IdError> + Ord>(&mut self, name: &str) -> BTreeSet<T> {
        self.set(name, |cells, part| cells.parse_id(name, part))
    }

    pub(crate) fn references<T: FromStr<Err = IdError> + Ord>(&mut self, name: &str, ids: &Ids) -> BTreeSet<T> {
        self.set(name, |cells, part| cells.check_reference(name, part, ids))
    }

    fn parse_word<T: FromStr<Err = UnknownWord>>(&mut self, name: &str, text: &str) -> Option<T> {
        match text.parse() {
            Ok(word) => Some(word),
            Err(UnknownWord { allowed, .. }) => {
                self.refuse_word(name, text, &allowed);
                None
            }
        }
    }

    pub(crate) fn refuse_word(&mut self, name: &str, text: &str, allowed: &[&str]) {
        let near = self.known.candidates.nearest(text, allowed.iter().copied());
        self.refuse(name, Some(text), ErrorCode::UnknownWord { allowed: allowed.join(", "), near });
    }

    pub(crate) fn word<T: FromStr<Err = UnknownWord>>(&mut self, name: &str) -> Option<T> {
        let text = self.required(name)?;
        self.parse_word(name, &text)
    }

    pub(crate) fn optional_word<T: FromStr<Err = UnknownWord>>(&mut self, name: &str) -> Option<T> {
        let text = self.cell(name);
        if text.is_empty() { None } else { self.parse_word(name, &text) }
    }

    pub(crate) fn words<T: FromStr<Err = UnknownWord> + Ord>(&mut self, name: &str) -> BTreeSet<T> {
        self.set(name, |cells, part| cells.parse_word(name, part))
    }

    pub(crate) fn groups(&mut self, name: &str) -> BTreeSet<Group> {
        self.set(name, |cells, part| {
            let group = part.parse().ok();
            if group.is_none() {
                cells.refuse_word(name, part, &Group::ALL.map(Group::code));
            }
            group
        })
    }

    fn parse_area(&mut self, name: &str, text: &str) -> Option<AreaCode> {
        let found = self.known.area(text);
        self.accept(name, text, found, |near| ErrorCode::UnknownArea { near })
    }

    fn parse_state(&mut self, name: &str, text: &str) -> Option<StateCode> {
        let found = self.known.state(text);
        self.accept(name, text, found, |near| ErrorCode::UnknownState { near })
    }

    fn accept<T, F>(
        &mut self,
        name: &str,
        text: &str,
        found: Result<T, F>,
        code: impl Fn(F) -> ErrorCode,
    ) -> Option<T> {
        found.map_err(|fault| self.refuse(name, Some(text), code(fault))).ok()
    }

    pub(crate) fn area(&mut self, name: &str) -> Option<AreaCode> {
        let text = self.required(name)?;
        self.parse_area(name, &text)
    }

    pub(crate) fn areas(&mut self, name: &str) -> BTreeSet<AreaCode> {
        self.set(name, |cells, part| cells.parse_area(name, part))
    }

    pub(crate) fn state(&mut self, name: &str) -> Option<StateCode> {
        let text = self.required(name)?;
        self.parse_state(name, &text)
    }

    pub(crate) fn states(&mut self, name: &str) -> BTreeSet<StateCode> {
        self.set(name, |cells, part| cells.parse_state(name, part))
    }

    pub(crate) fn regions(&mut self, name: &str) -> BTreeSet<RegionName> {
        self.set(name, |cells, part| {
            let found = cells.known.region(part);
            cells.accept(name, part, found, |near| ErrorCode::UnknownRegion { near })
        })
    }

    fn parse_period(&mut self, name: &str, text: &str) -> Option<PeriodIndex> {
        let found = self.known.period(text);
        self.accept(name, text, found, |near| ErrorCode::UnknownPeriod { near })
    }

    pub(crate) fn period(&mut self, name: &str) -> Option<PeriodIndex> {
        let text = self.required(name)?;
        self.parse_period(name, &text)
    }

    pub(crate) fn optional_period(&mut self, name: &str) -> Option<PeriodIndex> {
        let text = self.cell(name);
        if text.is_empty() { None } else { self.parse_period(name, &text) }
    }

    /// Columns `from` and `to`; empty = first and last period.
    pub(crate) fn window(&mut self) -> Window {
        let first = self.optional_period("from").unwrap_or(PeriodIndex(0));
        let last = self.optional_period("to").unwrap_or_else(|| self.known.last_period());
        if first > last {
            let label = |period: PeriodIndex| self.known.periods[period.at()].to_string();
            let (from, to) = (label(first), label(last));
            self.refuse("from", Some(&from), ErrorCode::WindowUpsideDown { to });
        }
        Window { first, last }
    }

    fn parse_whole(&mut self, name: &str, text: &str, bounds: &RangeInclusive<i64>) -> Option<i64> {
        match whole_in(text, bounds) {
            Ok(number) => Some(number),
            Err(NumberFault::NotWhole) => {
                self.refuse(name, Some(text), ErrorCode::NotWhole {});
                None
            }
            Err(NumberFault::OutOfRange) => {
                let (least, most) = (*bounds.start(), *bounds.end());
                self.refuse(name, Some(text), ErrorCode::OutOfRange { least, most });
                None
            }
        }
    }

    pub(crate) fn whole(&mut self, name: &str, bounds: RangeInclusive<i64>) -> Option<i64> {
        let text = self.required(name)?;
        self.parse_whole(name, &text, &bounds)
    }

    pub(crate) fn optional_whole<T: TryFrom<i64>>(&mut self, name: &str, bounds: RangeInclusive<i64>) -> Option<T> {
        let text = self.cell(name);
        if text.is_empty() {
            return None;
        }
        self.parse_whole(name, &text, &bounds).and_then(|number| T::try_from(number).ok())
    }

    /// An amount that may be left empty: 0 to [`MAX_AMOUNT`].
    pub(crate) fn optional_amount(&mut self, name: &str) -> Option<i64> {
        self.optional_whole(name, 0..=MAX_AMOUNT)
    }

    /// A percentage or score, 0 when empty.
    pub(crate) fn percent(&mut self, name: &str) -> u8 {
        self.optional_whole(name, 0..=100).unwrap_or(0)
    }

    pub(crate) fn optional_boolean(&mut self, name: &str) -> Option<bool> {
        let text = self.cell(name);
        match text.to_ascii_lowercase().as_str() {
            "" => None,
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                self.refuse(name, Some(&text), ErrorCode::NotABoolean {});
                None
            }
        }
    }

    pub(crate) fn optional_date(&mut self, name: &str) -> Option<Date> {
        let text = self.cell(name);
        if text.is_empty() {
            return None;
        }
        let date = super::number::date(&text);
        self.accept(name, &text, date.ok_or(()), |()| ErrorCode::NotADate {})
    }
}

/// A list as one cell.
pub(crate) fn join<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(";")
}

/// An optional value as a cell.
pub(crate) fn show<T: Display>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
