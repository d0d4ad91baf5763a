//! National reports (¶87): what a state told of its needs, and the draft requests made from that. A report is seen by its
//! state and by coordinators, as the drafts are.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::{PartyKey, ReportKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, listed_to, visible_to};

const LISTED: Listed = Listed { table: "national_reports", orders: BY_TIME };

/// A national report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Its key.
    pub key: ReportKey,
    /// The state.
    pub party: PartyKey,
    /// The year it is of; one a year.
    pub year: i64,
    /// As shown.
    pub title: String,
    /// Its sections, as they were handed in.
    pub body: Value,
    /// When it was taken in.
    pub created_at: Timestamp,
}

/// What a list is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportFilter {
    /// Of the state of this code.
    pub state: Option<String>,
    /// Of this year.
    pub year: Option<i64>,
}

impl ReportFilter {
    pub(crate) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.state.as_ref().map(|code| {
            let party = Condition::of("t.party = (SELECT p.id FROM parties p WHERE p.kind = 'state' AND p.code = ");
            party.value(code).text(")")
        }));
        conditions.extend(self.year.map(|year| Condition::of("t.year = ").value(year)));
        conditions
    }
}

impl Report {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            party: row.get("party")?,
            year: row.get("year")?,
            title: row.get("title")?,
            body: row.json("body")?,
            created_at: row.time("created_at")?,
        })
    }
}

impl Session {
    /// A report the viewer may see.
    pub async fn report(&mut self, viewer: &Viewer, key: ReportKey) -> Result<Report, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM national_reports t WHERE t.id = $1 AND ").bind(key);
        page::any(&mut select, &visible_to(viewer, TenantTable::Reports));
        let row = self.fetch_optional(select).await?;
        Report::read(&row.ok_or_else(|| not_found("report", key))?)
    }

    /// Reports the viewer may see, a page at a time.
    pub async fn reports(
        &mut self,
        viewer: &Viewer,
        filter: &ReportFilter,
        page: &Page,
    ) -> Result<Vec<Report>, StoreError> {
        let branches = listed_to(viewer, TenantTable::Reports, None);
        let rows = self.fetch_all(page::select(&LISTED, &branches, &filter.conditions(), page)?).await?;
        rows.iter().map(Report::read).collect()
    }
}

impl AuditedTransaction {
    /// Takes a report in.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the state's report of the year was taken in before.
    pub async fn add_report(&mut self, new: &Report) -> Result<(), StoreError> {
        bounds::texts([new.title.as_str()])?;
        let insert = Statement::of(
            "INSERT INTO national_reports (id, party, year, title, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        );
        let insert = insert.bind(new.key).bind(new.party).bind(new.year).bind(&new.title);
        let insert = insert.bind(bounds::body(&new.body)?).bind(new.created_at);
        let entry = Entry::of(new.party, "report.create", "report", new.key.uuid()).after(new);
        self.change(insert, entry).await.map(drop)
    }
}
