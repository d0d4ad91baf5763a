//! Requests of states: registered, rewritten, moved along their life, circulated with consent. A draft may be incomplete
//! ([`lines`]); from its endorsement on, a request is whole.

mod change;
mod document;
mod lines;
mod steps;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;
use needmatch_domain::area::Context;
use needmatch_domain::ids::{ChoiceId, ComponentId, ItemCode, PackageId, PeriodLabel, ProviderId, SdgTarget};
use needmatch_domain::scenario::Obstacle;
use needmatch_store::keys::{PartyKey, ReportKey, RequestKey};
use needmatch_store::register::{Component, Request, RequestFilter};
use needmatch_store::{Page, Session};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::AppError;
use crate::principal::Principal;

pub use change::{create, create_many, put, rewrite};
pub(crate) use change::{create_drafts, create_for, party_of, rewrite_found};
pub use document::REQUEST_FIELDS;
pub use lines::{COMPONENT_FIELDS, DraftLine, lines};
pub(crate) use lines::{all_lines, read_unit_cost};
pub use steps::{Step, circulate, take_step};

/// What a request says beside its columns: the body the store keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDetails {
    /// The authority that speaks for the state.
    pub authority: String,
    /// Conflict or post-conflict (¶96).
    pub context: Context,
    /// Date of the national action plan (¶91).
    pub action_plan_date: Option<Date>,
    /// Year of the latest national report (¶87).
    pub report_year: Option<i16>,
    /// What the state itself puts in, percent of the full cost (¶105).
    pub contribution_percent: u8,
    /// `financial`, `administrative`, `in_kind`.
    pub contribution_kinds: BTreeSet<String>,
    /// Static sustainability score, 0 to 100 (¶83).
    pub sustainability: u8,
    /// Most distinct providers (¶103).
    pub max_providers: Option<u32>,
    /// Providers the state does not accept (¶104).
    pub excluded_providers: BTreeSet<ProviderId>,
    /// Providers the state would rather have.
    pub preferred_providers: BTreeSet<ProviderId>,
    /// SDG targets (¶90).
    pub sdg_targets: BTreeSet<SdgTarget>,
    /// Served together with the others of the same package (¶95).
    pub package: Option<PackageId>,
    /// Obstacles named at design stage (¶88).
    pub obstacles: Vec<Obstacle>,
    /// Where the figures come from.
    pub source: String,
    /// What shows the state's wish, where a coordinator registered the request on its behalf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The national report it was drafted from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<ReportLink>,
    /// The collection it belongs to; rounds take what is of their own collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
}

/// The place of a national report that a request was drafted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLink {
    /// The report.
    pub report: ReportKey,
    /// Its year.
    pub year: i16,
    /// Its section.
    pub section: String,
}

/// What a component says beside its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentDetails {
    /// Catalogue item, if named.
    pub item: Option<ItemCode>,
    /// Already had.
    pub received: i64,
    /// Least useful quantity.
    pub minimum: i64,
    /// Accounting currency per unit.
    pub unit_cost: i64,
    /// False: the whole quantity from one offer in one period.
    pub divisible: bool,
    /// First period in which it can be used; `None` = from the start of the round.
    pub from: Option<PeriodLabel>,
    /// Last period in which it can be used; `None` = to the end of the round.
    pub to: Option<PeriodLabel>,
    /// Most that can be used in one period.
    pub period_max: Option<i64>,
    /// Components that must be served whenever this one is (¶85, 100–102).
    pub requires: BTreeSet<ComponentId>,
    /// Alternatives share a choice.
    pub choice: Option<ChoiceId>,
    /// Who covers training and upkeep when no component does: `national` or a programme.
    pub covered_by: Option<String>,
    /// Points its delivery adds to the request's sustainability.
    pub sustainability_points: u8,
    /// What is asked for, in the words of who asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The details of a stored request.
///
/// # Errors
/// [`AppError::Internal`] when what is stored is not what was written.
pub fn details(request: &Request) -> Result<RequestDetails, AppError> {
    stored("request", &request.content.body)
}

/// The details of a stored component.
///
/// # Errors
/// As [`details`].
pub fn component_details(component: &Component) -> Result<ComponentDetails, AppError> {
    stored("component", &component.body)
}

/// A stored body as what was written.
pub(crate) fn stored<T: serde::de::DeserializeOwned>(kind: &str, body: &Value) -> Result<T, AppError> {
    serde_json::from_value(body.clone()).map_err(|error| {
        tracing::error!(%error, kind, "a stored body cannot be read");
        AppError::Internal
    })
}

/// A request the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: RequestKey) -> Result<Request, AppError> {
    Ok(session.request(&principal.viewer(), key).await?)
}

/// A request the principal may see, by its owner's own key.
pub async fn get_by_external_id(
    session: &mut Session,
    principal: &Principal,
    party: PartyKey,
    external_id: &str,
) -> Result<Request, AppError> {
    let found = session.request_by_external_id(&principal.viewer(), party, external_id).await?;
    found.ok_or_else(|| AppError::not_found("request", external_id))
}

/// Requests the principal may see, a page at a time.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    filter: &RequestFilter,
    page: &Page,
) -> Result<Vec<Request>, AppError> {
    Ok(session.requests(&principal.viewer(), filter, page).await?)
}
