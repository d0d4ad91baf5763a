//! What a run or a round was made from, as far as it decides whether everybody may read all of it.

use needmatch_domain::scenario::Scenario;
use needmatch_store::{Session, Viewer};

use crate::error::AppError;

/// References of all that takes part.
#[derive(Debug)]
pub(super) struct Sources {
    pub(super) requests: Vec<String>,
    pub(super) offers: Vec<String>,
    pub(super) programmes: Vec<String>,
    /// Whether coordinators put something into it that nobody else is shown: what states can take in, limits of channels
    /// beside those of the register, judgements, an earlier plan, or decisions that bind it.
    pub(super) has_inputs: bool,
}

impl Sources {
    pub(super) fn of(scenario: &Scenario, has_channels: bool) -> Self {
        let tables_are_empty = scenario.absorption.is_empty()
            && scenario.suitability.is_empty()
            && scenario.locks.is_empty()
            && scenario.baseline.is_empty();
        Self {
            requests: scenario.requests.iter().map(|request| request.id.to_string()).collect(),
            offers: scenario.offers.iter().map(|offer| offer.id.to_string()).collect(),
            programmes: scenario.programmes.iter().map(|programme| programme.id.to_string()).collect(),
            has_inputs: !tables_are_empty || has_channels,
        }
    }

    /// Whether everybody may see all of it now. A round that nothing takes part in has nothing to show.
    pub(super) async fn are_seen_by_all(&self, session: &mut Session) -> Result<bool, AppError> {
        let Self { requests, offers, programmes, has_inputs } = self;
        if *has_inputs || requests.is_empty() {
            return Ok(false);
        }
        let public = Viewer::public();
        Ok(session.visible_requests(&public, requests).await?.len() == requests.len()
            && session.visible_offers(&public, offers).await?.len() == offers.len()
            && session.visible_programmes(&public, programmes).await?.len() == programmes.len())
    }

    /// As [`Self::are_seen_by_all`], and nothing of it was promised before: that stands in what is outstanding and in what
    /// offers have left.
    pub(super) async fn are_public(&self, session: &mut Session) -> Result<bool, AppError> {
        let is_seen = self.are_seen_by_all(session).await?;
        Ok(is_seen && !session.is_anything_promised(&self.requests, &self.offers).await?)
    }
}
