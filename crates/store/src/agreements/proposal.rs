//! Proposals: matches of a published run, for both sides to answer.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

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

/// Rows written by one statement.
const ROWS: usize = 200;

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
        for some in proposals.chunks(ROWS) {
            self.insert_proposals(round, run, deadline_at, some).await?;
        }
        for new in proposals {
            let entry = Entry::of(coordinator, "proposal.create", "proposal", new.key.uuid()).after(&new.terms);
            self.note(entry.step("propose", None, ProposalLifecycle::Proposed));
        }
        Ok(())
    }

    async fn insert_proposals(
        &mut self,
        round: RoundKey,
        run: RunKey,
        deadline_at: Timestamp,
        proposals: &[NewProposal],
    ) -> Result<(), StoreError> {
        let states = Statement::of("SELECT c.id, r.party FROM components c JOIN requests r ON r.id = c.request WHERE ");
        let components = Condition::of("c.id IN ").list(proposals.iter().map(|new| new.component));
        let states: BTreeMap<ComponentKey, PartyKey> = self.parties_of(states, &components).await?;
        let offers = Condition::of("o.id IN ").list(proposals.iter().map(|new| new.offer));
        let providers = Statement::of("SELECT o.id, o.party FROM offers o WHERE ");
        let providers: BTreeMap<OfferKey, PartyKey> = self.parties_of(providers, &offers).await?;
        let at = self.at();
        let mut insert = Statement::of(
            "INSERT INTO proposals (id, round, run, component, offer, state_party, provider_party, period, quantity, \
             draw, cost, lifecycle, deadline_at, version, created_at, updated_at) VALUES ",
        )
        .of_rows(proposals.len());
        for (place, new) in proposals.iter().enumerate() {
            let NewProposal { key, component, offer, terms } = new;
            bounds::texts([terms.period.as_str()])?;
            let (Some(state), Some(provider)) = (states.get(component), providers.get(offer)) else {
                return Err(not_found("component or offer of proposal", key));
            };
            insert.push(if place == 0 { "(" } else { ", (" });
            insert.value(*key).push(", ").value(round).push(", ").value(run).push(", ");
            insert.value(*component).push(", ").value(*offer).push(", ");
            insert.value(*state).push(", ").value(*provider).push(", ").value(&terms.period).push(", ");
            insert.value(terms.quantity).push(", ").value(terms.draw).push(", ").value(terms.cost);
            insert.push(", 'proposed', ").value(deadline_at).push(", 1, ").value(at).push(", ").value(at).push(")");
        }
        self.execute(insert).await.map(drop)
    }

    /// Whose the rows are that a condition names.
    async fn parties_of<K: From<Uuid> + Ord>(
        &mut self,
        mut select: Statement,
        named: &Condition,
    ) -> Result<BTreeMap<K, PartyKey>, StoreError> {
        select.condition(named);
        let rows = self.fetch_all(select).await?;
        rows.iter().map(|row| Ok((row.get::<Uuid>("id")?.into(), row.get("party")?))).collect()
    }
}
