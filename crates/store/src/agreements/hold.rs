//! What several transactions may want at once is held in one order by all: package, request, offer, proposal; of one kind
//! in the order of keys. A run is held before its proposals.

use std::collections::BTreeSet;

use super::live::{self, LIVE};
use super::{Live, Proposal};
use crate::dialect::lock;
use crate::engine::EngineKind;
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::{ComponentKey, OfferKey, ProposalKey, RunKey};
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;

/// What a plan matches, in the order of keys.
const MATCHED: [&str; 2] = [
    "SELECT r.id FROM requests r WHERE r.id IN (SELECT c.request FROM plan_rows p \
     JOIN components c ON c.reference = p.component WHERE p.run = $1) ORDER BY r.id",
    "SELECT o.id FROM offers o WHERE o.reference IN (SELECT p.offer FROM plan_rows p WHERE p.run = $1) ORDER BY o.id",
];

/// What a proposal is about, the request first.
const ABOUT: [&str; 2] = [
    "SELECT id FROM requests WHERE id = (SELECT c.request FROM proposals p JOIN components c ON c.id = p.component \
     WHERE p.id = $1)",
    "SELECT id FROM offers WHERE id = (SELECT offer FROM proposals WHERE id = $1)",
];

impl AuditedTransaction {
    /// A proposal as it stands, and as it stays until this transaction ends.
    pub async fn hold_proposal(&mut self, key: ProposalKey) -> Result<Proposal, StoreError> {
        let mut select = Statement::of("SELECT * FROM proposals WHERE id = $1").bind(key);
        select.push(lock::for_no_key_update(self.engine()));
        let row = self.fetch_optional(select).await?;
        Proposal::read(&row.ok_or_else(|| not_found("proposal", key))?)
    }

    /// As [`Self::hold_proposal`], with the request and the offer it is about: for steps that move all three.
    pub async fn hold_with_subject(&mut self, key: ProposalKey) -> Result<Proposal, StoreError> {
        for text in ABOUT {
            self.hold(text, key.uuid(), lock::for_no_key_update).await?;
        }
        self.hold_proposal(key).await
    }

    /// Proposals of a run that are open or agreed, in order. They stay so until this transaction ends, and nobody else
    /// changes any terms of the run meanwhile: whoever compares all of them, compares what stands.
    pub async fn hold_live_proposals(&mut self, run: RunKey) -> Result<Vec<Live>, StoreError> {
        self.hold("SELECT id FROM runs WHERE id = $1", run.uuid(), lock::for_no_key_update).await?;
        let mut select = Statement::of(LIVE).bind(run);
        select.push(lock::for_share_of_p(self.engine()));
        self.fetch_all(select).await?.iter().map(Live::read).collect()
    }

    /// Components and offers that a plan matches and that both still stand; neither their requests nor the offers end
    /// before this transaction does.
    pub async fn hold_plan_targets(&mut self, run: RunKey) -> Result<BTreeSet<(ComponentKey, OfferKey)>, StoreError> {
        for text in MATCHED {
            self.hold(text, run.uuid(), lock::for_share).await?;
        }
        let select = Statement::of(live::PLAN_TARGETS).bind(run);
        self.fetch_all(select).await?.iter().map(live::targets).collect()
    }

    /// Holds what a statement of one argument finds, in its order.
    pub(crate) async fn hold(
        &mut self,
        text: &'static str,
        argument: uuid::Uuid,
        lock: fn(EngineKind) -> &'static str,
    ) -> Result<(), StoreError> {
        let mut select = Statement::of(text).bind(argument);
        select.push(lock(self.engine()));
        self.fetch_all(select).await.map(drop)
    }
}
