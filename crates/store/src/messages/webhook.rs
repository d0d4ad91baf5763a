//! Addresses at which a party's own systems wish to be told. Only the party's managers see them.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use crate::audit::Entry;
use crate::bounds;
use crate::engine::{Row, from_json};
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::{PartyKey, WebhookKey};
use crate::limits::Counted;
use crate::session::Session;
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;
use crate::words::MessageKind;

/// Most webhooks of a party that are in force.
pub const MAX_WEBHOOKS: usize = 20;

/// A webhook without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Webhook {
    /// Its key.
    pub key: WebhookKey,
    /// Whose it is.
    pub party: PartyKey,
    /// Where messages go.
    pub url: String,
    /// What it wishes to be told of; empty: everything.
    pub kinds: Vec<MessageKind>,
    /// When it was stopped.
    pub stopped_at: Option<Timestamp>,
    /// When it was registered.
    pub created_at: Timestamp,
}

/// A webhook to be registered.
#[derive(Debug, Clone)]
pub struct NewWebhook {
    /// Its key.
    pub key: WebhookKey,
    /// Whose it is.
    pub party: PartyKey,
    /// Where messages go.
    pub url: String,
    /// What it wishes to be told of; empty: everything.
    pub kinds: Vec<MessageKind>,
    /// The secret its messages are signed with, sealed.
    pub sealed_secret: Vec<u8>,
}

impl Webhook {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            party: row.get("party")?,
            url: row.get("url")?,
            kinds: from_json("kinds", &row.get::<String>("kinds")?)?,
            stopped_at: row.time_optional("stopped_at")?,
            created_at: row.time("created_at")?,
        })
    }

    /// Rises with every change: it is stopped once.
    pub fn version(&self) -> i64 {
        1 + i64::from(self.stopped_at.is_some())
    }

    /// Whether it wishes to be told of that.
    pub fn wants(&self, kind: MessageKind) -> bool {
        self.stopped_at.is_none() && (self.kinds.is_empty() || self.kinds.contains(&kind))
    }
}

impl Session {
    /// A webhook. The caller decides who may know of it.
    pub async fn webhook(&mut self, key: WebhookKey) -> Result<Webhook, StoreError> {
        let row = self.fetch_optional(Statement::of("SELECT * FROM webhooks WHERE id = $1").bind(key)).await?;
        Webhook::read(&row.ok_or_else(|| not_found("webhook", key))?)
    }

    /// Webhooks of a party, newest first, those that were stopped as well.
    pub async fn webhooks_of(&mut self, party: PartyKey) -> Result<Vec<Webhook>, StoreError> {
        let select = Statement::of("SELECT * FROM webhooks WHERE party = $1 ORDER BY id DESC LIMIT 500").bind(party);
        self.fetch_all(select).await?.iter().map(Webhook::read).collect()
    }
}

impl AuditedTransaction {
    /// Registers a webhook.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] when the party has [`MAX_WEBHOOKS`] already.
    pub async fn add_webhook(&mut self, new: &NewWebhook) -> Result<Webhook, StoreError> {
        bounds::texts([new.url.as_str()])?;
        self.count_alone(Counted::Webhooks(new.party.uuid())).await?;
        let count = "SELECT COUNT(*) AS counted FROM webhooks WHERE party = $1 AND stopped_at IS NULL";
        let held = self.number(Statement::of(count).bind(new.party), "counted").await?;
        bounds::at_most("webhooks", usize::try_from(held).unwrap_or(usize::MAX).saturating_add(1), MAX_WEBHOOKS)?;
        let webhook = Webhook {
            key: new.key,
            party: new.party,
            url: new.url.clone(),
            kinds: new.kinds.clone(),
            stopped_at: None,
            created_at: self.at(),
        };
        let insert = Statement::of(
            "INSERT INTO webhooks (id, party, url, kinds, secret, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        );
        let insert = insert.bind(new.key).bind(new.party).bind(&new.url).bind(json!(new.kinds).to_string());
        let insert = insert.bind(&new.sealed_secret[..]).bind(self.at());
        let entry = Entry::of(new.party, "webhook.create", "webhook", new.key.uuid()).after(&webhook);
        self.change(insert, entry).await?;
        Ok(webhook)
    }

    /// Stops a webhook, at once: its secret is forgotten and what waits is not sent. Answers whether it was in force.
    pub async fn stop_webhook(&mut self, key: WebhookKey) -> Result<bool, StoreError> {
        let before = self.webhook(key).await?;
        let update =
            Statement::of("UPDATE webhooks SET stopped_at = $2, secret = $3 WHERE id = $1 AND stopped_at IS NULL");
        let update = update.bind(key).bind(self.at()).bind(Vec::<u8>::new());
        let entry = Entry::of(before.party, "webhook.stop", "webhook", key.uuid()).before(&before);
        if self.change(update, entry).await? == 0 {
            return Ok(false);
        }
        let waiting = Statement::of(
            "UPDATE deliveries SET lifecycle = 'failed', failure = 'stopped', attempt = attempt + 1, ended_at = $2 \
             WHERE webhook = $1 AND lifecycle = 'waiting'",
        );
        let waiting = waiting.bind(key).bind(self.at());
        self.execute(waiting).await?;
        Ok(true)
    }
}
