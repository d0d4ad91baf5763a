//! What somebody may see of the register as tables, with the columns of a scenario folder: a page at a time, so that a
//! table of any length is written in little memory. What is one's own is named by one's own keys, as an import takes it.

mod cells;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use needmatch_exchange::folder::tables::TABLES;
use needmatch_exchange::folder::{cell_writer, guard};
use needmatch_store::keys::PartyKey;
use needmatch_store::register::{OfferFilter, ProgrammeFilter, RequestFilter};
use needmatch_store::words::PartyKind;
use needmatch_store::{Cursor, Order, Page, Session};
use uuid::Uuid;

use crate::error::AppError;
use crate::names::name_without;
use crate::principal::Principal;
use crate::{offers, programmes, requests};

/// Rows read at once.
const PAGE: u32 = 200;

/// A table that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Requests.
    Requests,
    /// Their components.
    Components,
    /// Offers.
    Offers,
    /// What offers hold in single periods.
    OfferPeriods,
    /// Programmes.
    Programmes,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 5] = [Self::Requests, Self::Components, Self::Offers, Self::OfferPeriods, Self::Programmes];

    /// Its name, that of its file without the ending.
    pub fn name(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Components => "components",
            Self::Offers => "offers",
            Self::OfferPeriods => "offer_periods",
            Self::Programmes => "programmes",
        }
    }

    /// The table of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.name() == name)
    }
}

/// The lines of a table, from the first to the last.
#[derive(Debug)]
pub struct Lines {
    table: Table,
    principal: Principal,
    after: Option<Uuid>,
    has_begun: bool,
    has_ended: bool,
    /// Codes of parties met so far.
    codes: BTreeMap<PartyKey, String>,
}

impl Lines {
    /// The lines of a table as somebody may see it.
    pub fn of(table: Table, principal: Principal) -> Self {
        Self { table, principal, after: None, has_begun: false, has_ended: false, codes: BTreeMap::new() }
    }

    /// The next lines, as bytes; the first are the header. `None`: there are no more.
    pub async fn next(&mut self, session: &mut Session) -> Result<Option<Vec<u8>>, AppError> {
        if self.has_ended {
            return Ok(None);
        }
        let mut rows = Vec::new();
        if !self.has_begun {
            let spec = TABLES.iter().find(|spec| spec.name() == self.table.name()).ok_or(AppError::Internal)?;
            rows.push(spec.columns.iter().map(|column| column.name.to_owned()).collect());
        }
        let (found, last) = self.page(session, &mut rows).await?;
        (self.has_begun, self.has_ended, self.after) = (true, found < PAGE as usize, last);
        write(&rows).map(Some)
    }

    /// Adds the rows of the next page; answers how many it held of what the table is made of, and the last key.
    async fn page(
        &mut self,
        session: &mut Session,
        rows: &mut Vec<Vec<String>>,
    ) -> Result<(usize, Option<Uuid>), AppError> {
        let after = self.after.map(|key| Cursor { key, rank: None });
        let page = Page { order: Order::Oldest, after, limit: PAGE };
        let principal = self.principal.clone();
        match self.table {
            Table::Requests | Table::Components => {
                let found = requests::list(session, &principal, &RequestFilter::default(), &page).await?;
                for row in &found {
                    let names = self.names(session, row.party).await?;
                    if self.table == Table::Requests {
                        rows.push(cells::request(row, &names)?);
                    } else {
                        rows.extend(cells::components(row, &names)?);
                    }
                }
                Ok((found.len(), found.last().map(|row| row.key.uuid())))
            }
            Table::Offers | Table::OfferPeriods => {
                let found = offers::list(session, &principal, &OfferFilter::default(), &page).await?;
                for row in &found {
                    let names = self.names(session, row.party).await?;
                    if self.table == Table::Offers {
                        rows.push(cells::offer(row, &names)?);
                    } else {
                        rows.extend(cells::offer_periods(row, &names)?);
                    }
                }
                Ok((found.len(), found.last().map(|row| row.key.uuid())))
            }
            Table::Programmes => {
                let found = programmes::list(session, &principal, &ProgrammeFilter::default(), &page).await?;
                for row in &found {
                    let names = self.names(session, row.party).await?;
                    rows.push(cells::programme(row, &names)?);
                }
                Ok((found.len(), found.last().map(|row| row.key.uuid())))
            }
        }
    }

    async fn names(&mut self, session: &mut Session, party: PartyKey) -> Result<Names, AppError> {
        let code = match self.codes.entry(party) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => new.insert(session.party(party).await?.code).clone(),
        };
        // Whoever sees all may find the same key with two owners.
        let is_own = self.principal.mandate_for(party).is_some()
            && self.principal.mandates.len() == 1
            && self.principal.mandate_of(PartyKind::Coordinator).is_none();
        Ok(Names { code, is_own })
    }
}

/// How rows of a party are named.
#[derive(Debug, Clone)]
struct Names {
    code: String,
    is_own: bool,
}

impl Names {
    /// What a row is called: by its owner's own key where they look, else by its reference.
    fn of(&self, reference: &str, external_id: Option<&str>) -> String {
        match external_id {
            Some(own) if self.is_own => own.to_owned(),
            _ => self.part(reference),
        }
    }

    /// What a part of a row is called.
    fn part(&self, reference: &str) -> String {
        let name = if self.is_own { name_without(&self.code, reference) } else { reference };
        name.to_owned()
    }
}

/// Rows as CSV that no spreadsheet computes.
fn write(rows: &[Vec<String>]) -> Result<Vec<u8>, AppError> {
    let mut writer = cell_writer();
    for row in rows {
        writer.write_record(row.iter().map(|cell| guard(cell).into_owned())).map_err(|error| {
            tracing::error!(%error, "a table cannot be written");
            AppError::Internal
        })?;
    }
    writer.into_inner().map_err(|_| AppError::Internal)
}
