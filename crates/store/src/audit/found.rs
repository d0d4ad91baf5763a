//! Finds rows of a chain by what they tell of. They come in the order of time, and those of one moment in the order of the
//! chain: that is how the indexes hold them. A row may be written later than one of a later moment, behind which it is then
//! found: whoever follows a chain reads all of it by number ([`Session::audit_rows`]), in which order rows are written.

use jiff::Timestamp;
use uuid::Uuid;

use super::{AuditRow, Chain};
use crate::bounds;
use crate::error::StoreError;
use crate::page::limit;
use crate::session::Session;
use crate::statement::{Condition, Statement};

/// What rows are narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// About this row.
    pub subject: Option<Uuid>,
    /// Of this kind, such as `request`. It only narrows what a subject names: no index serves it alone.
    pub subject_kind: Option<String>,
    /// Of this action, such as `request.move`.
    pub action: Option<String>,
    /// At this moment or later.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub before: Option<Timestamp>,
}

impl AuditFilter {
    fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.subject.map(|subject| Condition::of("t.subject = ").value(subject)));
        conditions.extend(self.subject_kind.as_ref().map(|kind| Condition::of("t.subject_kind = ").value(kind)));
        conditions.extend(self.action.as_ref().map(|action| Condition::of("t.action = ").value(action)));
        conditions.extend(self.since.map(|since| Condition::of("t.at >= ").value(since)));
        conditions.extend(self.before.map(|before| Condition::of("t.at < ").value(before)));
        conditions
    }

    /// The statement behind [`Session::audit_found`]. `after` are moment and number of the last row of the page before.
    pub(crate) fn select(&self, chain: Chain, after: Option<(Timestamp, i64)>, count: u32) -> Statement {
        let mut select = Statement::of("SELECT t.* FROM audit_rows t WHERE t.chain = ");
        select.value(chain.0);
        for condition in self.conditions() {
            select.push(" AND ").condition(&condition);
        }
        if let Some((at, number)) = after {
            select.push(" AND (t.at, t.number) > (").value(at).push(", ").value(number).push(")");
        }
        select.push(" ORDER BY t.at, t.number LIMIT ").value(limit(count));
        select
    }
}

impl Session {
    /// Rows of a chain that the filter lets through, oldest first, after the row of that number. After a row that the
    /// chain does not have, there are none.
    pub async fn audit_found(
        &mut self,
        chain: Chain,
        filter: &AuditFilter,
        after: Option<i64>,
        count: u32,
    ) -> Result<Vec<AuditRow>, StoreError> {
        bounds::texts(filter.subject_kind.as_deref().into_iter().chain(filter.action.as_deref()))?;
        let mut begins = None;
        if let Some(number) = after {
            let last = Statement::of("SELECT at FROM audit_rows WHERE chain = $1 AND number = $2");
            let Some(last) = self.fetch_optional(last.bind(chain.0).bind(number)).await? else { return Ok(Vec::new()) };
            begins = Some((last.time("at")?, number));
        }
        let rows = self.fetch_all(filter.select(chain, begins, count)).await?;
        rows.iter().map(AuditRow::read).collect()
    }
}
