//! Requests that were handed in and take no part in a frozen round, or not with all of their components, and why: for
//! their states and coordinators to read.

use jiff::Timestamp;
use serde_json::json;

use crate::bounds;
use crate::engine::{Row, from_json};
use crate::error::StoreError;
use crate::keys::{PartyKey, RequestKey, RoundKey};
use crate::session::Session;
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;
use crate::words::LeftOutReason;

/// Rounds of which a request is told at once, the latest.
const TOLD: i64 = 20;

/// Rows in one statement.
const BATCH: usize = 500;

/// A request that was left out of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The round.
    pub round: RoundKey,
    /// Its name.
    pub round_name: String,
    /// Why.
    pub reason: LeftOutReason,
    /// References of the components that take no part; empty: none of the request does.
    pub components: Vec<String>,
    /// When the round was frozen.
    pub at: Timestamp,
}

/// A request that a round leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLeftOut {
    /// The request.
    pub request: RequestKey,
    /// Why.
    pub reason: LeftOutReason,
    /// References of the components that take no part; empty: none of the request does.
    pub components: Vec<String>,
}

impl Session {
    /// The rounds that left a request out, the latest first. The caller has decided that the reader may be told. That
    /// nothing is outstanding may come of programmes that the reader may not see: it is told once the round is published.
    pub async fn left_out_of(&mut self, request: RequestKey) -> Result<Vec<LeftOut>, StoreError> {
        let select = Statement::of(
            "SELECT l.round, l.reason, l.components, l.at, r.name FROM left_out l JOIN rounds r ON r.id = l.round \
             WHERE l.request = $1 AND (l.reason <> 'nothing_outstanding' OR r.lifecycle <> 'frozen') ORDER BY l.at DESC, l.round DESC LIMIT $2",
        );
        let read = |row: &Row| {
            Ok(LeftOut {
                round: row.get("round")?,
                round_name: row.get("name")?,
                reason: row.parse("reason")?,
                components: from_json("components", &row.get::<String>("components")?)?,
                at: row.time("at")?,
            })
        };
        self.fetch_all(select.bind(request).bind(TOLD)).await?.iter().map(read).collect()
    }

    /// Requests that a round left out, with whose they are and why.
    pub async fn left_out_requests(
        &mut self,
        round: RoundKey,
    ) -> Result<Vec<(RequestKey, PartyKey, LeftOutReason)>, StoreError> {
        let select = Statement::of(
            "SELECT r.id, r.party, l.reason FROM left_out l JOIN requests r ON r.id = l.request \
             WHERE l.round = $1 ORDER BY r.id",
        );
        let rows = self.fetch_all(select.bind(round)).await?;
        rows.iter().map(|row| Ok((row.get("id")?, row.get("party")?, row.parse("reason")?))).collect()
    }
}

impl AuditedTransaction {
    /// Keeps whom a round leaves out. The audit row is that of the freezing, whose snapshot tells who takes part.
    pub async fn keep_left_out(&mut self, round: RoundKey, left_out: &[NewLeftOut]) -> Result<(), StoreError> {
        for batch in left_out.chunks(BATCH) {
            let mut insert = Statement::of("INSERT INTO left_out (round, request, reason, components, at) VALUES ");
            for (position, new) in batch.iter().enumerate() {
                insert.push(if position == 0 { "(" } else { ", (" });
                insert.value(round).push(", ").value(new.request).push(", ").value(new.reason).push(", ");
                insert.value(bounds::body(&json!(new.components))?).push(", ").value(self.at()).push(")");
            }
            self.execute(insert).await?;
        }
        Ok(())
    }
}
