//! What stands between a request and a match (¶87, 106), as its own state may know it: nothing that the reader may not
//! see is looked at.

use std::collections::BTreeSet;

use needmatch_matching::quality;
pub use needmatch_matching::quality::{Assessment, Finding, FindingCode, Severity};
use needmatch_store::Session;
use needmatch_store::keys::RequestKey;
use needmatch_store::register::Request;

use crate::apart::apart;
use crate::error::AppError;
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::requests;
use crate::rounds::Surroundings;

/// Findings, score, and how many offers each finding keeps away, of a request the principal may see and has to do with.
pub async fn findings(
    session: &mut Session,
    principal: &Principal,
    key: RequestKey,
    today: jiff::civil::Date,
) -> Result<Assessment, AppError> {
    let request = requests::get(session, principal, key).await?;
    allow(principal, Action::ReadFindings, Some(request.party))?;
    let mut found = assess(session, principal, std::slice::from_ref(&request), today).await?;
    found.pop().ok_or(AppError::Internal)
}

/// Assesses requests of one state together.
pub(crate) async fn assess(
    session: &mut Session,
    principal: &Principal,
    requests: &[Request],
    today: jiff::civil::Date,
) -> Result<Vec<Assessment>, AppError> {
    let Some(first) = requests.first() else { return Ok(Vec::new()) };
    let collection = requests::details(first)?.collection;
    let areas: BTreeSet<String> = requests.iter().map(|request| request.content.area.clone()).collect();
    let viewer = principal.viewer();
    let around = Surroundings::read(session, &viewer, first.party, &areas, collection, today).await?;
    let drafts = requests.iter().map(|request| around.draft(request)).collect::<Result<Vec<_>, _>>()?;
    let assess = move || {
        let indexed = quality::Surroundings::of(&around.scenario);
        let offers: Vec<_> = around.scenario.offers.iter().collect();
        drafts.iter().map(|draft| quality::assess(&indexed, draft, &offers)).collect()
    };
    apart("an assessment", assess).await
}
