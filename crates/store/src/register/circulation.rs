//! Who may see a request: the consent of its state.

use std::collections::BTreeMap;

use super::requests::Request;
use crate::bounds;
use crate::error::StoreError;
use crate::guard::changed_one;
use crate::keys::{PartyKey, RequestKey};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::words::Circulation;

impl Session {
    /// The parties a request is circulated to by name. The caller has found it visible.
    pub async fn circulated_to(
        &mut self,
        requests: &[RequestKey],
    ) -> Result<BTreeMap<RequestKey, Vec<PartyKey>>, StoreError> {
        let mut named: BTreeMap<RequestKey, Vec<PartyKey>> = BTreeMap::new();
        if requests.is_empty() {
            return Ok(named);
        }
        let mut select = Statement::of("SELECT request, party FROM request_circulations WHERE ");
        select.condition(&Condition::of("request IN ").list(requests.iter().copied()));
        select.push(" ORDER BY request, party");
        for row in self.fetch_all(select).await? {
            named.entry(row.get("request")?).or_default().push(row.get("party")?);
        }
        Ok(named)
    }
}

impl AuditedTransaction {
    /// Decides who may see a request, as part of the step of that name. `named` counts only with
    /// [`Circulation::Named`].
    pub async fn circulate_request(
        &mut self,
        key: RequestKey,
        expected: i64,
        step: &'static str,
        circulation: Circulation,
        named: &[PartyKey],
        reason: Option<&str>,
    ) -> Result<Request, StoreError> {
        bounds::at_most("parties named", named.len(), bounds::MAX_LIST)?;
        let before = self.request_at(key, expected).await?;
        let update = Statement::of(
            "UPDATE requests SET circulation = $3, updated_at = $4, version = version + 1 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(circulation).bind(self.at());
        changed_one(self.execute(update).await?)?;
        self.execute(Statement::of("DELETE FROM request_circulations WHERE request = $1").bind(key)).await?;
        if circulation == Circulation::Named && !named.is_empty() {
            let mut insert = Statement::of("INSERT INTO request_circulations (party, request) VALUES ");
            for (position, party) in named.iter().enumerate() {
                insert.push(if position == 0 { "(" } else { ", (" });
                insert.value(*party).push(", ").value(key).push(")");
            }
            insert.push(" ON CONFLICT DO NOTHING");
            self.execute(insert).await?;
        }
        self.note_request("request.circulate", &before, Some(step), reason).await
    }
}
