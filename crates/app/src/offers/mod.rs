//! Offers of providers: registered, mirrored by their owner's key, moved along their life.

mod change;
mod document;

use std::collections::BTreeSet;

use needmatch_domain::area::{ComponentType, Context};
use needmatch_domain::geography::Group;
use needmatch_domain::ids::{AreaCode, ChannelId, ItemCode, PeriodLabel, RegionName, SdgTarget, StateCode};
use needmatch_domain::scenario::Firmness;
use needmatch_store::keys::{OfferKey, PartyKey};
use needmatch_store::register::{Offer, OfferFilter};
use needmatch_store::{Page, Session};
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::principal::Principal;

pub use change::{create, create_many, put, rewrite, take_step};
pub(crate) use change::{create_for, rewrite_found};
pub(crate) use document::Declared;
pub use document::OFFER_FIELDS;

/// What an offer says beside its columns: the body the store keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferDetails {
    /// Component types it serves; empty = any.
    pub types: BTreeSet<ComponentType>,
    /// In kind: the item, if named.
    pub item: Option<ItemCode>,
    /// In kind: worth of a unit in accounting currency.
    pub unit_value: Option<i64>,
    /// Commitment or pledge.
    pub firmness: Firmness,
    /// Earmark: states.
    pub states: BTreeSet<StateCode>,
    /// Earmark: regions, by canonical name.
    pub regions: BTreeSet<RegionName>,
    /// Earmark: groups.
    pub groups: BTreeSet<Group>,
    /// Never these states.
    pub excluded_states: BTreeSet<StateCode>,
    /// Contexts it accepts; empty = any.
    pub contexts: BTreeSet<Context>,
    /// First period in which it is available; `None` = from the start of the round.
    pub from: Option<PeriodLabel>,
    /// Last period in which it is available; `None` = to the end of the round.
    pub to: Option<PeriodLabel>,
    /// What it holds in single periods; none listed = the quantity at any time.
    pub periods: Vec<PeriodQuantity>,
    /// Least for one request, in its unit.
    pub ticket_min: Option<i64>,
    /// Most for one request, in its unit.
    pub ticket_max: Option<i64>,
    /// Most for one state, in its unit.
    pub state_max: Option<i64>,
    /// Most requests taken part in.
    pub max_requests: Option<u32>,
    /// Least national contribution, percent (¶105).
    pub min_contribution_percent: u8,
    /// Least static sustainability score.
    pub min_sustainability: u8,
    /// Wants a current national action plan (¶91).
    pub requires_action_plan: bool,
    /// Wants a national report of this year or later (¶87).
    pub report_since: Option<i16>,
    /// Funding channel it flows through (¶109).
    pub channel: Option<ChannelId>,
    /// What a unit delivered draws, permille of its cost.
    pub delivery_permille: i64,
    /// Areas the provider would rather serve.
    pub preferred_areas: BTreeSet<AreaCode>,
    /// SDG targets (¶90).
    pub sdg_targets: BTreeSet<SdgTarget>,
    /// The collection it belongs to; rounds take what is of their own collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
}

/// What an offer holds in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodQuantity {
    /// The period.
    pub period: PeriodLabel,
    /// What it holds then, in the offer's unit.
    pub quantity: i64,
}

/// The details of a stored offer.
///
/// # Errors
/// [`AppError::Internal`] when what is stored is not what was written.
pub fn details(offer: &Offer) -> Result<OfferDetails, AppError> {
    crate::requests::stored("offer", &offer.content.body)
}

/// An offer the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: OfferKey) -> Result<Offer, AppError> {
    Ok(session.offer(&principal.viewer(), key).await?)
}

/// An offer the principal may see, by its owner's own key.
pub async fn get_by_external_id(
    session: &mut Session,
    principal: &Principal,
    party: PartyKey,
    external_id: &str,
) -> Result<Offer, AppError> {
    let found = session.offer_by_external_id(&principal.viewer(), party, external_id).await?;
    found.ok_or_else(|| AppError::not_found("offer", external_id))
}

/// Offers the principal may see, a page at a time.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    filter: &OfferFilter,
    page: &Page,
) -> Result<Vec<Offer>, AppError> {
    Ok(session.offers(&principal.viewer(), filter, page).await?)
}
