//! Proposals together: what they are about, how those of a run stand, and what was decided for later runs.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Proposal, Terms};
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::{ComponentKey, OfferKey, ProposalKey, RequestKey, RoundKey, RunKey};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::words::ProposalLifecycle;

/// What a proposal is about, in the words of users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// The request.
    pub request: RequestKey,
    /// Its reference.
    pub request_reference: String,
    /// Reference of the component.
    pub component: String,
    /// Type of help.
    pub component_type: String,
    /// Unit of the component.
    pub component_unit: String,
    /// Reference of the offer.
    pub offer: String,
    /// Unit or currency of the offer.
    pub offer_unit: String,
}

/// A proposal of a run that may still come to something, or has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// Its key.
    pub key: ProposalKey,
    /// Its version.
    pub version: i64,
    /// Reference of the component.
    pub component: String,
    /// Reference of the offer.
    pub offer: String,
    /// As they stand.
    pub terms: Terms,
}

/// What was decided about a match: what later runs take as given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Agreed, or declined.
    pub is_agreed: bool,
    /// Reference of the component.
    pub component: String,
    /// Reference of the offer.
    pub offer: String,
    /// Period label.
    pub period: String,
    /// In the component's unit.
    pub quantity: i64,
}

/// What is still held to of a match that was agreed, delivered or placed at disposal: the sum of its ledger entries.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Reference of the component.
    pub component: String,
    /// What the component says beside its columns.
    pub component_body: Value,
    /// Reference of the request.
    pub request: String,
    /// State code of the request.
    pub state: String,
    /// Reference of the offer.
    pub offer: String,
    /// What the offer says beside its columns.
    pub offer_body: Value,
    /// Code of the provider.
    pub provider: String,
    /// Period label.
    pub period: String,
    /// In the component's unit.
    pub quantity: i64,
    /// In the offer's unit.
    pub draw: i64,
    /// Accounting currency, of that quantity; rounded up.
    pub cost: i64,
}

pub(super) const LIVE: &str = "SELECT p.id, p.version, c.reference AS component, o.reference AS offer, p.period, \
     p.quantity, p.draw, p.cost FROM proposals p JOIN components c ON c.id = p.component JOIN offers o ON o.id = p.offer \
     WHERE p.run = $1 AND p.lifecycle IN ('proposed', 'agreed') ORDER BY p.id";

impl Live {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            version: row.get("version")?,
            component: row.get("component")?,
            offer: row.get("offer")?,
            terms: Terms {
                period: row.get("period")?,
                quantity: row.get("quantity")?,
                draw: row.get("draw")?,
                cost: row.get("cost")?,
            },
        })
    }
}

impl Session {
    /// What proposals are about. The caller has found them visible.
    pub async fn subjects(&mut self, proposals: &[Proposal]) -> Result<BTreeMap<ProposalKey, Subject>, StoreError> {
        let mut found = BTreeMap::new();
        if proposals.is_empty() {
            return Ok(found);
        }
        let mut select = Statement::of(
            "SELECT p.id, c.request, c.reference AS component, c.type AS component_type, c.unit AS component_unit, \
             r.reference AS request_reference, o.reference AS offer, o.unit AS offer_unit FROM proposals p \
             JOIN components c ON c.id = p.component JOIN requests r ON r.id = c.request \
             JOIN offers o ON o.id = p.offer WHERE ",
        );
        select.condition(&Condition::of("p.id IN ").list(proposals.iter().map(|proposal| proposal.key)));
        for row in self.fetch_all(select).await? {
            let subject = Subject {
                request: row.get("request")?,
                request_reference: row.get("request_reference")?,
                component: row.get("component")?,
                component_type: row.get("component_type")?,
                component_unit: row.get("component_unit")?,
                offer: row.get("offer")?,
                offer_unit: row.get("offer_unit")?,
            };
            found.insert(row.get("id")?, subject);
        }
        Ok(found)
    }

    /// Proposals of a run that are open or agreed, in order.
    pub async fn live_proposals(&mut self, run: RunKey) -> Result<Vec<Live>, StoreError> {
        let select = Statement::of(LIVE).bind(run);
        self.fetch_all(select).await?.iter().map(Live::read).collect()
    }

    /// How many proposals of a round wait for an answer.
    pub async fn open_proposals(&mut self, round: RoundKey) -> Result<i64, StoreError> {
        let count = Statement::of("SELECT COUNT(*) AS open FROM proposals WHERE round = $1 AND lifecycle = 'proposed'");
        self.number(count.bind(round), "open").await
    }

    /// What was agreed and is still held to, and what was declined, in a round.
    pub async fn decisions_of(&mut self, round: RoundKey) -> Result<Vec<Decision>, StoreError> {
        let select = Statement::of(
            "SELECT p.lifecycle, c.reference AS component, o.reference AS offer, p.period, p.quantity FROM proposals p \
             JOIN components c ON c.id = p.component JOIN offers o ON o.id = p.offer \
             LEFT JOIN commitments m ON m.proposal = p.id \
             WHERE p.round = $1 AND (p.lifecycle = 'declined' \
             OR (p.lifecycle = 'agreed' AND (m.lifecycle IS NULL OR m.lifecycle <> 'cancelled'))) ORDER BY p.id",
        );
        self.fetch_all(select.bind(round)).await?.iter().map(decision).collect()
    }

    /// What was declined in any round, of requests and offers that may still take part in one.
    pub async fn declined_matches(&mut self) -> Result<Vec<Decision>, StoreError> {
        let select = Statement::of(
            "SELECT p.lifecycle, c.reference AS component, o.reference AS offer, p.period, p.quantity FROM proposals p \
             JOIN components c ON c.id = p.component JOIN requests r ON r.id = c.request \
             JOIN offers o ON o.id = p.offer WHERE p.lifecycle = 'declined' \
             AND r.lifecycle NOT IN ('met', 'withdrawn', 'expired') \
             AND o.lifecycle NOT IN ('exhausted', 'withdrawn', 'expired') ORDER BY p.id",
        );
        self.fetch_all(select).await?.iter().map(decision).collect()
    }

    /// What stands of everything that was ever agreed. The caller is the program itself.
    pub async fn standing_matches(&mut self) -> Result<Vec<Standing>, StoreError> {
        let select = Statement::of(
            "SELECT c.reference AS component, c.body AS component_body, r.reference AS request, r.state, \
             o.reference AS offer, o.body AS offer_body, a.code AS provider, p.period, p.quantity AS agreed, p.cost, \
             l.quantity, l.draw FROM (SELECT proposal, CAST(SUM(quantity) AS BIGINT) AS quantity, \
             CAST(SUM(draw) AS BIGINT) AS draw FROM ledger_entries GROUP BY proposal) l \
             JOIN proposals p ON p.id = l.proposal JOIN components c ON c.id = p.component \
             JOIN requests r ON r.id = c.request JOIN offers o ON o.id = p.offer \
             JOIN parties a ON a.id = o.party WHERE l.quantity > 0 OR l.draw > 0 ORDER BY p.id",
        );
        self.fetch_all(select).await?.iter().map(standing).collect()
    }

    /// Keys of component and offer of each match of a plan, by position, where both still stand. The caller is the
    /// program itself.
    pub async fn plan_targets(&mut self, run: RunKey) -> Result<BTreeMap<i64, (ComponentKey, OfferKey)>, StoreError> {
        let rows = self.fetch_all(Statement::of(PLAN_TARGETS).bind(run)).await?;
        rows.iter().map(|row| Ok((row.get("position")?, targets(row)?))).collect()
    }
}

/// Where a request may be agreed on: one that its state is rewriting is nobody else's to answer.
pub(super) const PLAN_TARGETS: &str = "SELECT p.position, c.id AS component, o.id AS offer FROM plan_rows p \
     JOIN components c ON c.reference = p.component JOIN requests r ON r.id = c.request \
     JOIN offers o ON o.reference = p.offer WHERE p.run = $1 AND c.retired_at IS NULL \
     AND r.lifecycle IN ('circulated', 'in_round', 'partly_met', 'met') \
     AND o.lifecycle NOT IN ('withdrawn', 'expired')";

pub(super) fn targets(row: &Row) -> Result<(ComponentKey, OfferKey), StoreError> {
    Ok((row.get("component")?, row.get("offer")?))
}

fn standing(row: &Row) -> Result<Standing, StoreError> {
    let (quantity, agreed, cost): (i64, i64, i64) = (row.get("quantity")?, row.get("agreed")?, row.get("cost")?);
    let whole = i128::from(agreed.max(1));
    // The areas of an offer stand beside its body: see `register::offers`.
    let mut offer_body: Value = row.json("offer_body")?;
    let part = (i128::from(cost) * i128::from(quantity) + whole - 1) / whole;
    Ok(Standing {
        component: row.get("component")?,
        component_body: row.json("component_body")?,
        request: row.get("request")?,
        state: row.get("state")?,
        offer: row.get("offer")?,
        offer_body: offer_body.get_mut("body").map(Value::take).unwrap_or_default(),
        provider: row.get("provider")?,
        period: row.get("period")?,
        quantity,
        draw: row.get("draw")?,
        cost: i64::try_from(part).unwrap_or(cost),
    })
}

fn decision(row: &Row) -> Result<Decision, StoreError> {
    Ok(Decision {
        is_agreed: row.parse::<ProposalLifecycle>("lifecycle")? == ProposalLifecycle::Agreed,
        component: row.get("component")?,
        offer: row.get("offer")?,
        period: row.get("period")?,
        quantity: row.get("quantity")?,
    })
}
