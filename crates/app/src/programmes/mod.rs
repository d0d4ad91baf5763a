//! Programmes: help that is under way already (¶94), registered by whoever knows of it, taken into account by every
//! round that is frozen while they are in use and confirmed. What the state that a programme is for, or a coordinator,
//! registers is confirmed at once; what others register once either of them stands by it, since what is covered is not
//! matched.

mod change;
mod document;

use std::collections::BTreeSet;

use needmatch_domain::area::ComponentType;
use needmatch_domain::ids::{PeriodLabel, SdgTarget};
use needmatch_store::keys::ProgrammeKey;
use needmatch_store::register::{Programme, ProgrammeFilter};
use needmatch_store::{Page, Session};
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::principal::Principal;

pub use change::{confirm, create, put, retire, rewrite};
pub(crate) use change::{create_for, rewrite_found};
pub use document::PROGRAMME_FIELDS;

/// What a programme says beside its columns: the body the store keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeDetails {
    /// Which type of help; `None` = any.
    pub r#type: Option<ComponentType>,
    /// First period in which it runs; `None` = from the start of the round.
    pub from: Option<PeriodLabel>,
    /// Last period in which it runs; `None` = to the end of the round.
    pub to: Option<PeriodLabel>,
    /// How much it covers, accounting currency; `None` = all of it.
    pub amount: Option<i64>,
    /// Obstacles it removes (¶88).
    pub mitigates: BTreeSet<String>,
    /// SDG targets (¶90).
    pub sdg_targets: BTreeSet<SdgTarget>,
    /// Where the entry comes from.
    pub source: String,
    /// The collection it belongs to; rounds take what is of their own collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
}

/// The details of a stored programme.
///
/// # Errors
/// [`AppError::Internal`] when what is stored is not what was written.
pub fn details(programme: &Programme) -> Result<ProgrammeDetails, AppError> {
    crate::requests::stored("programme", &programme.content.body)
}

/// A programme the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: ProgrammeKey) -> Result<Programme, AppError> {
    Ok(session.programme(&principal.viewer(), key).await?)
}

/// Programmes the principal may see, a page at a time.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    filter: &ProgrammeFilter,
    page: &Page,
) -> Result<Vec<Programme>, AppError> {
    Ok(session.programmes(&principal.viewer(), filter, page).await?)
}
