//! Messages to webhooks: written with the change they tell of, listed for those whose webhook it is.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::Webhook;
use super::outgoing::MOST_AT_ONCE;
use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, not_found, same_version};
use crate::keys::{DeliveryKey, WebhookKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::words::{DeliveryLifecycle, MessageKind};

const LISTED: Listed = Listed { table: "deliveries", orders: BY_TIME };

/// A message on its way to a webhook.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Delivery {
    /// Its key, by which a receiver tells that a message came twice.
    pub key: DeliveryKey,
    /// Where it goes.
    pub webhook: WebhookKey,
    /// What it tells of.
    pub kind: MessageKind,
    /// The bytes that are sent, always the same.
    pub body: String,
    /// How far it has come.
    pub lifecycle: DeliveryLifecycle,
    /// How often it was sent since it was last asked for.
    pub tries: i64,
    /// HTTP status of the last answer.
    pub status: Option<i64>,
    /// Why the last try failed.
    pub failure: Option<String>,
    /// Rises with every attempt, and with what ends it.
    pub version: i64,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was taken or given up.
    pub ended_at: Option<Timestamp>,
}

/// A message to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDelivery {
    /// Its key.
    pub key: DeliveryKey,
    /// Where it goes.
    pub webhook: WebhookKey,
    /// What it tells of.
    pub kind: MessageKind,
    /// What it says.
    pub body: Value,
}

impl Delivery {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            webhook: row.get("webhook")?,
            kind: row.parse("kind")?,
            body: row.get("body")?,
            lifecycle: row.parse("lifecycle")?,
            tries: row.get("tries")?,
            status: row.get("status")?,
            failure: row.get("failure")?,
            // Each attempt ends once at most.
            version: 1 + 2 * row.get::<i64>("attempt")? + i64::from(row.time_optional("ended_at")?.is_some()),
            created_at: row.time("created_at")?,
            ended_at: row.time_optional("ended_at")?,
        })
    }
}

impl Session {
    /// A message. The caller decides who may know of it.
    pub async fn delivery(&mut self, key: DeliveryKey) -> Result<Delivery, StoreError> {
        let row = self.fetch_optional(Statement::of("SELECT * FROM deliveries WHERE id = $1").bind(key)).await?;
        Delivery::read(&row.ok_or_else(|| not_found("delivery", key))?)
    }

    /// Messages to a webhook, a page at a time. The caller decides who may know of them.
    pub async fn deliveries(
        &mut self,
        webhook: WebhookKey,
        lifecycle: Option<DeliveryLifecycle>,
        page: &Page,
    ) -> Result<Vec<Delivery>, StoreError> {
        let filters: Vec<_> = lifecycle.map(|word| Condition::of("t.lifecycle = ").value(word)).into_iter().collect();
        let branches = [Condition::of("t.webhook = ").value(webhook)];
        let rows = self.fetch_all(page::select(&LISTED, &branches, &filters, page)?).await?;
        rows.iter().map(Delivery::read).collect()
    }
}

impl AuditedTransaction {
    /// Writes a message. The audit row is that of the change it tells of.
    pub(crate) async fn add_delivery(&mut self, new: &NewDelivery) -> Result<(), StoreError> {
        self.add_deliveries(std::slice::from_ref(new)).await
    }

    /// Writes messages, in few statements.
    pub(crate) async fn add_deliveries(&mut self, new: &[NewDelivery]) -> Result<(), StoreError> {
        let at = self.at();
        for some in new.chunks(MOST_AT_ONCE) {
            let mut insert = Statement::of(
                "INSERT INTO deliveries (id, webhook, kind, body, lifecycle, tries, attempt, due_at, created_at) VALUES ",
            )
            .of_rows(some.len());
            for (place, new) in some.iter().enumerate() {
                insert.push(if place == 0 { "(" } else { ", (" });
                insert.value(new.key).push(", ").value(new.webhook).push(", ").value(new.kind).push(", ");
                insert.value(bounds::body(&new.body)?).push(", 'waiting', 0, 0, 0, ").value(at).push(")");
            }
            self.execute(insert).await?;
        }
        Ok(())
    }

    /// Writes a message that tells of nothing: asking for it is what is done.
    pub async fn add_test_delivery(&mut self, webhook: &Webhook, new: &NewDelivery) -> Result<(), StoreError> {
        self.add_delivery(new).await?;
        self.note(Entry::of(webhook.party, "webhook.test", "webhook", webhook.key.uuid()).after(&new.key));
        Ok(())
    }

    /// Sends a message again that was delivered or given up, under the same key.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] while it waits; [`StoreError::VersionMismatch`] when it was tried since it was read.
    pub async fn redeliver(
        &mut self,
        webhook: &Webhook,
        key: DeliveryKey,
        expected: i64,
    ) -> Result<Delivery, StoreError> {
        let before = self.delivery(key).await?;
        same_version("delivery", key, expected, before.version)?;
        if before.lifecycle == DeliveryLifecycle::Waiting {
            let (expected, actual) = ("delivered or failed".to_owned(), before.lifecycle.to_string());
            return Err(StoreError::WrongState { kind: "delivery", key: key.to_string(), expected, actual });
        }
        let update = Statement::of(
            "UPDATE deliveries SET lifecycle = 'waiting', tries = 0, attempt = attempt + 1, due_at = 0, status = NULL, \
             failure = NULL, ended_at = NULL WHERE id = $1 AND lifecycle <> 'waiting'",
        );
        let entry = Entry::of(webhook.party, "delivery.repeat", "delivery", key.uuid());
        changed_one(self.change(update.bind(key), entry).await?)?;
        self.delivery(key).await
    }
}
