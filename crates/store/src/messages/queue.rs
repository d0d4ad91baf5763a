//! How workers take messages and tell what became of them. At least once: a worker that falls silent loses the message to
//! another when its time is over, and what it says afterwards is not written. Only the database's clock counts.

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::Delivery;
use crate::dialect::{clock, queue};
use crate::engine::Row;
use crate::error::StoreError;
use crate::forgetting::Old;
use crate::keys::DeliveryKey;
use crate::session::Session;
use crate::statement::Statement;
use crate::store::Store;

/// Messages that ended long ago.
pub(crate) const DELIVERIES: Old = Old { table: "deliveries", key: "id", age: "ended_at < " };
/// Letters that ended long ago.
pub(crate) const MAILS: Old = Old { table: "mails", key: "id", age: "ended_at < " };

/// A message taken, with what is needed to send it.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The message.
    pub delivery: Delivery,
    /// Guards what is written of this attempt.
    pub attempt: i64,
    /// Where it goes.
    pub url: String,
    /// The secret it is signed with, sealed.
    pub sealed_secret: Vec<u8>,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver took it.
    Delivered {
        /// Its status: of HTTP, or of SMTP.
        status: u16,
    },
    /// To be tried again after a while; `None`: given up.
    Failed {
        /// Its status, if there was an answer.
        status: Option<u16>,
        /// Why, in a word.
        failure: String,
        /// When to try again, from now.
        again: Option<Duration>,
    },
}

/// A table whose rows are places in a queue.
#[derive(Debug, Clone, Copy)]
pub(super) enum Queue {
    Deliveries,
    Mails,
}

impl Queue {
    fn table(self) -> &'static str {
        match self {
            Self::Deliveries => "deliveries",
            Self::Mails => "mails",
        }
    }

    /// What is forgotten of a row that has ended.
    fn forgotten(self) -> &'static str {
        match self {
            Self::Deliveries => "",
            Self::Mails => ", secret = NULL",
        }
    }
}

impl Store {
    /// Takes up to so many messages that are due, for so long.
    pub async fn claim_deliveries(&self, most: usize, lease: Duration) -> Result<Vec<Claimed>, StoreError> {
        let mut session = self.begin_unaudited().await?;
        let mut claimed = Vec::new();
        for row in claim(&mut session, Queue::Deliveries, most, lease).await? {
            let delivery = Delivery::read(&row)?;
            let select = Statement::of("SELECT url, secret FROM webhooks WHERE id = $1").bind(delivery.webhook);
            let webhook = session.fetch_optional(select).await?.ok_or(StoreError::BrokenReference)?;
            let (url, sealed_secret) = (webhook.get("url")?, webhook.get("secret")?);
            claimed.push(Claimed { delivery, attempt: row.get("attempt")?, url, sealed_secret });
        }
        session.commit().await?;
        Ok(claimed)
    }

    /// Notes what became of an attempt. Answers whether it still was this worker's to tell.
    pub async fn settle_delivery(&self, key: DeliveryKey, attempt: i64, outcome: &Outcome) -> Result<bool, StoreError> {
        settle(self, Queue::Deliveries, key.uuid(), attempt, outcome).await
    }

    /// Forgets messages to webhooks that ended before a moment, taken or given up, at most so many. Answers how many.
    pub async fn forget_deliveries(&self, before: Timestamp, most: u32) -> Result<u64, StoreError> {
        self.forget(&DELIVERIES, before, most).await
    }

    /// Forgets letters that ended before a moment, taken or given up, at most so many. Answers how many.
    pub async fn forget_mails(&self, before: Timestamp, most: u32) -> Result<u64, StoreError> {
        self.forget(&MAILS, before, most).await
    }
}

/// Takes up to so many rows that are due, for so long.
pub(super) async fn claim(
    session: &mut Session,
    from: Queue,
    most: usize,
    lease: Duration,
) -> Result<Vec<Row>, StoreError> {
    let (table, now) = (from.table(), clock::now(session.engine()));
    // Materialized: a choice made anew for each row that is looked at would take more than it is asked for.
    let mut claim = Statement::of("WITH due AS MATERIALIZED (SELECT id FROM ");
    claim.push(table).push(" WHERE lifecycle = 'waiting' AND due_at <= ").push(now);
    claim.push(" ORDER BY due_at LIMIT ").value(i64::try_from(most).unwrap_or(1));
    claim.push(queue::skip_locked(session.engine()));
    claim.push(") UPDATE ").push(table).push(" SET attempt = attempt + 1, tries = tries + 1, due_at = ");
    claim.push(now).push(" + ").value(microseconds(lease));
    claim.push(" WHERE id IN (SELECT id FROM due) RETURNING *");
    session.fetch_all(claim).await
}

/// Notes what became of an attempt. Answers whether the row still was this worker's.
pub(super) async fn settle(
    store: &Store,
    queue: Queue,
    key: Uuid,
    attempt: i64,
    outcome: &Outcome,
) -> Result<bool, StoreError> {
    let mut session = store.begin_unaudited().await?;
    let now = clock::now(session.engine());
    let mut update = Statement::of("UPDATE ");
    update.push(queue.table()).push(" SET ");
    match outcome {
        Outcome::Delivered { status } => {
            update.push("lifecycle = 'delivered', failure = NULL, status = ").value(i64::from(*status));
            update.push(", ended_at = ").push(now).push(queue.forgotten());
        }
        Outcome::Failed { status, failure, again } => {
            update.push("status = ").value(status.map(i64::from)).push(", failure = ").value(failure);
            match again {
                Some(wait) => update.push(", due_at = ").push(now).push(" + ").value(microseconds(*wait)),
                None => update.push(", lifecycle = 'failed', ended_at = ").push(now).push(queue.forgotten()),
            };
        }
    }
    update.push(" WHERE lifecycle = 'waiting' AND id = ").value(key).push(" AND attempt = ").value(attempt);
    let settled = session.execute(update).await?;
    session.commit().await?;
    Ok(settled == 1)
}

fn microseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX / 4).min(i64::MAX / 4)
}
