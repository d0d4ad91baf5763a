//! Which requests take part in which rounds. A request that a round has not decided on stays in it.

use crate::dialect::lock;
use crate::error::StoreError;
use crate::keys::{RequestKey, RoundKey};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;

/// References in one statement.
const BATCH: usize = 500;

/// Whether a round that is not decided, or a proposal that waits for an answer, holds the request `t`. What was agreed
/// shows in the request's components.
const IS_HELD: &str = "(EXISTS (SELECT 1 FROM round_requests h JOIN rounds u ON u.id = h.round \
     WHERE h.request = t.id AND u.lifecycle IN ('frozen', 'published')) \
     OR EXISTS (SELECT 1 FROM proposals p JOIN components c ON c.id = p.component \
     WHERE c.request = t.id AND p.lifecycle = 'proposed'))";

impl Session {
    /// Whether a round that is not decided, or a proposal that waits for an answer, holds a request. The caller is the
    /// program itself.
    pub async fn is_request_held(&mut self, request: RequestKey) -> Result<bool, StoreError> {
        let mut select = Statement::of("SELECT COUNT(*) AS counted FROM requests t WHERE t.id = $1 AND ").bind(request);
        select.push(IS_HELD);
        Ok(self.number(select, "counted").await? > 0)
    }
}

impl AuditedTransaction {
    /// Notes which requests take part in a round that is being frozen, by their references. The audit row is that of the
    /// freezing, whose snapshot says the same.
    pub async fn enter_round(&mut self, round: RoundKey, references: &[String]) -> Result<(), StoreError> {
        for batch in references.chunks(BATCH) {
            let mut insert = Statement::of("INSERT INTO round_requests (round, request) SELECT ");
            insert.value(round).push(", r.id FROM requests r WHERE ");
            insert.condition(&Condition::of("r.reference IN ").list(batch.iter()));
            self.execute(insert).await?;
        }
        Ok(())
    }

    /// Requests in a round that nothing else holds, each with its version, in the order of keys; nobody else moves them
    /// before this transaction ends. The round has been decided.
    pub async fn hold_released(&mut self, round: RoundKey) -> Result<Vec<(RequestKey, i64)>, StoreError> {
        let mut select = Statement::of(
            "SELECT t.id, t.version FROM requests t WHERE t.lifecycle = 'in_round' \
             AND t.id IN (SELECT l.request FROM round_requests l WHERE l.round = $1) AND NOT ",
        );
        select = select.bind(round);
        select.push(IS_HELD).push(" ORDER BY t.id").push(lock::for_no_key_update(self.engine()));
        self.fetch_all(select).await?.iter().map(|row| Ok((row.get("id")?, row.get("version")?))).collect()
    }
}
