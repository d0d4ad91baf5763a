//! What is past the last day of its validity: handed in, not yet ended, and found by an index that holds nothing else.
//! Several workers share the work, for each skips what another is about to end.

use jiff::civil::Date;

use crate::days;
use crate::dialect::queue;
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::{OfferKey, RequestKey};
use crate::page::limit;
use crate::statement::{Argument, Condition, Statement};
use crate::transaction::AuditedTransaction;

pub(crate) const OVERDUE_REQUESTS: &str = "SELECT id, version, valid_until FROM requests WHERE valid_until < $1 \
     AND lifecycle IN ('submitted', 'authenticated', 'circulated', 'in_round', 'partly_met')";

pub(crate) const OVERDUE_OFFERS: &str = "SELECT id, version, valid_until FROM offers WHERE valid_until < $1 \
     AND lifecycle IN ('submitted', 'available', 'reserved')";

/// A row past its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdue<Key> {
    /// Its key.
    pub key: Key,
    /// Its version.
    pub version: i64,
    /// The day that is over.
    pub valid_until: Date,
}

impl AuditedTransaction {
    /// Requests valid until a day before this one, other than some, at most so many; nobody else moves them before this
    /// transaction ends.
    pub async fn hold_overdue_requests(
        &mut self,
        today: Date,
        except: &[RequestKey],
        most: u32,
    ) -> Result<Vec<Overdue<RequestKey>>, StoreError> {
        self.hold_overdue(OVERDUE_REQUESTS, today, except, most).await
    }

    /// Offers valid until a day before this one, other than some, at most so many; nobody else moves them before this
    /// transaction ends.
    pub async fn hold_overdue_offers(
        &mut self,
        today: Date,
        except: &[OfferKey],
        most: u32,
    ) -> Result<Vec<Overdue<OfferKey>>, StoreError> {
        self.hold_overdue(OVERDUE_OFFERS, today, except, most).await
    }

    async fn hold_overdue<Key: From<uuid::Uuid> + Into<Argument> + Copy>(
        &mut self,
        text: &'static str,
        today: Date,
        except: &[Key],
        most: u32,
    ) -> Result<Vec<Overdue<Key>>, StoreError> {
        let mut select = Statement::of(text).bind(days::number(today));
        if !except.is_empty() {
            select.push(" AND ").condition(&Condition::of("id NOT IN ").list(except.iter().copied()));
        }
        select.push(" LIMIT ").value(limit(most));
        select.push(queue::skip_locked(self.engine()));
        let overdue = |row: &Row| {
            let day = row.day_optional("valid_until")?;
            let missing = || StoreError::Corrupt { column: "valid_until".to_owned(), value: String::new() };
            let key = Key::from(row.get("id")?);
            Ok(Overdue { key, version: row.get("version")?, valid_until: day.ok_or_else(missing)? })
        };
        self.fetch_all(select).await?.iter().map(overdue).collect()
    }
}
