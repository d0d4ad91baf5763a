//! One effect for each key a client sends, however often it sends it. The answer is kept in the transaction of the
//! change, so that a client who lost the line during a commit learns by asking again whether it lasted.

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::bounds;
use crate::dialect::lock;
use crate::error::StoreError;
use crate::forgetting::Old;
use crate::statement::Statement;
use crate::store::Store;
use crate::transaction::AuditedTransaction;

/// Answers that no client will ask for again.
pub(crate) const ANSWERS: Old = Old { table: "idempotency_keys", key: "principal, route, key", age: "created_at < " };

/// Longest key a client may send, in bytes.
pub const MAX_KEY: usize = 255;

/// Whose key, for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The person or service: one client's keys mean nothing to another.
    pub principal: Uuid,
    /// Method and path pattern.
    pub route: String,
    /// As the client sent it.
    pub key: String,
    /// SHA-256 of method, path and body, so that a key used for something else is noticed.
    pub body_hash: String,
}

/// An answer as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// HTTP status.
    pub status: u16,
    /// Headers to repeat, such as `Location` and `ETag`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recall {
    /// Nothing: make the change, then [`AuditedTransaction::remember`] its answer.
    Fresh,
    /// The change was made: repeat the answer.
    Replay(KeptAnswer),
    /// The key was used for another body.
    OtherBody,
    /// The change is being made at this moment.
    InFlight,
}

impl AuditedTransaction {
    /// What is known of a key. A fresh one is this transaction's until it ends.
    ///
    /// One statement takes the key and looks for its answer: where another transaction gives it back in between, the answer
    /// that it kept is not seen, and what is fresh here meets it later. Ask anew before telling somebody of a failure.
    pub async fn recall(&mut self, key: &IdempotencyKey) -> Result<Recall, StoreError> {
        bounds::at_most("idempotency key (bytes)", key.key.len(), MAX_KEY)?;
        bounds::texts([key.route.as_str()])?;
        let mut select = Statement::of("SELECT l.taken, k.body_hash, k.status, k.headers, k.response FROM ");
        lock::try_exclusive(&mut select, self.engine(), lock_number(key));
        select.push(" LEFT JOIN idempotency_keys k ON k.principal = ").value(key.principal);
        select.push(" AND k.route = ").value(&key.route).push(" AND k.key = ").value(&key.key);
        let Some(row) = self.fetch_optional(select).await? else { return Ok(Recall::InFlight) };
        if row.get::<i64>("taken")? == 0 {
            return Ok(Recall::InFlight);
        }
        let Some(body_hash) = row.get::<Option<String>>("body_hash")? else { return Ok(Recall::Fresh) };
        if body_hash != key.body_hash {
            return Ok(Recall::OtherBody);
        }
        let status: i64 = row.get("status")?;
        let status = u16::try_from(status)
            .map_err(|_| StoreError::Corrupt { column: "status".to_owned(), value: status.to_string() })?;
        let headers = crate::engine::from_json("headers", &row.get::<String>("headers")?)?;
        Ok(Recall::Replay(KeptAnswer { status, headers, body: row.get("response")? }))
    }

    /// Keeps the answer to a key that was fresh.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another transaction has kept one since.
    pub async fn remember(&mut self, key: &IdempotencyKey, answer: &KeptAnswer) -> Result<(), StoreError> {
        let insert = Statement::of(
            "INSERT INTO idempotency_keys (principal, route, key, body_hash, status, headers, response, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        );
        let headers = json!(answer.headers).to_string();
        let insert = insert.bind(key.principal).bind(&key.route).bind(&key.key).bind(&key.body_hash);
        let insert = insert.bind(i64::from(answer.status)).bind(headers).bind(&answer.body[..]).bind(self.at());
        self.execute(insert).await.map(drop).map_err(|error| match error {
            StoreError::Duplicate { .. } => StoreError::Busy,
            other => other,
        })
    }
}

impl Store {
    /// Forgets answers kept before a moment, at most so many. Answers how many.
    pub async fn forget_answers(&self, before: Timestamp, most: u32) -> Result<u64, StoreError> {
        self.forget(&ANSWERS, before, most).await
    }
}

/// The lock of a key. Two keys with one number wait for nothing but a needless "in flight".
fn lock_number(key: &IdempotencyKey) -> i64 {
    lock::number_of(&[key.principal.as_bytes(), key.route.as_bytes(), key.key.as_bytes()])
}
