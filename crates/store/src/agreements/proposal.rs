//! Proposals: matches of a published run, for both sides to answer.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::{ComponentKey, OfferKey, PartyKey, ProposalKey, RequestKey, RoundKey, RunKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, visible_to};
use crate::words::{Ending, ProposalLifecycle};

const LISTED: Listed = Listed { table: "proposals", orders: BY_TIME };

/// A proposal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Proposal {
    /// Its key.
    pub key: ProposalKey,
    /// The round.
    pub round: RoundKey,
    /// The published run it comes from.
    pub run: RunKey,
    /// The component served.
    pub component: ComponentKey,
    /// The offer that serves it.
    pub offer: OfferKey,
    /// Whose component it is.
    pub state_party: PartyKey,
    /// Whose offer it is.
    pub provider_party: PartyKey,
    /// What is proposed.
    pub terms: Terms,
    /// Where it stands.
    pub lifecycle: ProposalLifecycle,
    /// When the state accepted these terms.
    pub state_accepted_at: Option<Timestamp>,
    /// When the provider accepted these terms.
    pub provider_accepted_at: Option<Timestamp>,
    /// The recorded assessment of suitability and sustainability (¶101).
    pub suitability: Option<Value>,
    /// Who declined it, called it off, or took back what it was about.
    pub declined_by: Option<PartyKey>,
    /// Why it ended, in the words of who ended it.
    pub reason: Option<String>,
    /// How it ended. Left out where that is not known, so that older rows hash as they did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ending: Option<Ending>,
    /// Until when it can be answered.
    pub deadline_at: Timestamp,
    /// Rises with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// What is proposed: either side may change it until both have accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Terms {
    /// Period label.
    pub period: String,
    /// In the component's unit; at least 1.
    pub quantity: i64,
    /// What it takes from the offer, in the offer's unit; at least 1.
    pub draw: i64,
    /// Accounting currency.
    pub cost: i64,
}

/// A proposal to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewProposal {
    /// Its key.
    pub key: ProposalKey,
    /// The component served.
    pub component: ComponentKey,
    /// The offer that serves it.
    pub offer: OfferKey,
    /// What is proposed.
    pub terms: Terms,
}

/// What a list is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProposalFilter {
    /// Of this round.
    pub round: Option<RoundKey>,
    /// Where it stands.
    pub lifecycle: Option<ProposalLifecycle>,
    /// For components of this request.
    pub request: Option<RequestKey>,
    /// From this offer.
    pub offer: Option<OfferKey>,
}

impl ProposalFilter {
    pub(crate) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.round.map(|round| Condition::of("t.round = ").value(round)));
        conditions.extend(self.lifecycle.map(|word| Condition::of("t.lifecycle = ").value(word)));
        conditions.extend(self.offer.map(|offer| Condition::of("t.offer = ").value(offer)));
        conditions.extend(self.request.map(|request| {
            let components = Condition::of("t.component IN (SELECT c.id FROM components c WHERE c.request = ");
            components.value(request).text(")")
        }));
        conditions
    }
}

impl Proposal {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            round: row.get("round")?,
            run: row.get("run")?,
            component: row.get("component")?,
            offer: row.get("offer")?,
            state_party: row.get("state_party")?,
            provider_party: row.get("provider_party")?,
            terms: Terms {
                period: row.get("period")?,
                quantity: row.get("quantity")?,
                draw: row.get("draw")?,
                cost: row.get("cost")?,
            },
            lifecycle: row.parse("lifecycle")?,
            state_accepted_at: row.time_optional("state_accepted_at")?,
            provider_accepted_at: row.time_optional("provider_accepted_at")?,
            suitability: row.json_optional("suitability")?,
            declined_by: row.get("declined_by")?,
            reason: row.get("reason")?,
            ending: row.get::<Option<String>>("ending")?.map(|_| row.parse("ending")).transpose()?,
            deadline_at: row.time("deadline_at")?,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl Session {
    /// A proposal the viewer may see.
    pub async fn proposal(&mut self, viewer: &Viewer, key: ProposalKey) -> Result<Proposal, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM proposals t WHERE t.id = $1 AND ").bind(key);
        page::any(&mut select, &visible_to(viewer, TenantTable::Proposals));
        let row = self.fetch_optional(select).await?;
        Proposal::read(&row.ok_or_else(|| not_found("proposal", key))?)
    }

    /// Proposals the viewer may see, a page at a time.
    pub async fn proposals(
        &mut self,
        viewer: &Viewer,
        filter: &ProposalFilter,
        page: &Page,
    ) -> Result<Vec<Proposal>, StoreError> {
        let branches = visible_to(viewer, TenantTable::Proposals);
        let rows = self.fetch_all(page::select(&LISTED, &branches, &filter.conditions(), page)?).await?;
        rows.iter().map(Proposal::read).collect()
    }
}

impl AuditedTransaction {
    /// Makes the proposals of a published run. Both sides are read from the register.
    pub async fn add_proposals(
        &mut self,
        round: RoundKey,
        run: RunKey,
        deadline_at: Timestamp,
        proposals: &[NewProposal],
    ) -> Result<(), StoreError> {
        let coordinator = self.round(&Viewer::system(), round).await?.party;
        for new in proposals {
            bounds::texts([new.terms.period.as_str()])?;
            let insert = Statement::of(
                "INSERT INTO proposals (id, round, run, component, offer, state_party, provider_party, period, quantity, \
                 draw, cost, lifecycle, deadline_at, version, created_at, updated_at) \
                 SELECT $1, $2, $3, c.id, o.id, r.party, o.party, $6, $7, $8, $9, 'proposed', $10, 1, $11, $11 \
                 FROM components c JOIN requests r ON r.id = c.request JOIN offers o ON o.id = $5 WHERE c.id = $4",
            );
            let insert = insert.bind(new.key).bind(round).bind(run).bind(new.component).bind(new.offer);
            let insert = insert.bind(&new.terms.period).bind(new.terms.quantity).bind(new.terms.draw);
            let insert = insert.bind(new.terms.cost).bind(deadline_at).bind(self.at());
            let entry = Entry::of(coordinator, "proposal.create", "proposal", new.key.uuid()).after(&new.terms);
            let entry = entry.step("propose", None, ProposalLifecycle::Proposed);
            if self.change(insert, entry).await? == 0 {
                return Err(not_found("component or offer of proposal", new.key));
            }
        }
        Ok(())
    }
}
