//! What came in after a moment: the log of changes tells when a state first let others see a request, and when an offer
//! was confirmed. What is sent back to circulation when a round is closed came in when it was circulated.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::error::StoreError;
use crate::keys::{OfferKey, RequestKey};
use crate::session::Session;
use crate::statement::Statement;

/// Requests and offers that came in after a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CameLate {
    /// Circulated after it.
    pub requests: BTreeSet<RequestKey>,
    /// Confirmed after it.
    pub offers: BTreeSet<OfferKey>,
}

/// Found by an index of its own: these steps are few among all that was ever done.
pub(crate) fn came_after(moment: Timestamp) -> Statement {
    Statement::of(
        "SELECT subject_kind, subject FROM audit_rows WHERE step IN ('circulate', 'confirm') AND at > $1 \
         AND ((subject_kind = 'request' AND state_from = 'authenticated') OR subject_kind = 'offer')",
    )
    .bind(moment)
}

impl Session {
    /// What came in after a moment. The caller is the program itself.
    pub async fn came_after(&mut self, moment: Timestamp) -> Result<CameLate, StoreError> {
        let mut late = CameLate::default();
        for row in self.fetch_all(came_after(moment)).await? {
            if row.get::<String>("subject_kind")? == "request" {
                late.requests.insert(row.get("subject")?);
            } else {
                late.offers.insert(row.get("subject")?);
            }
        }
        Ok(late)
    }
}
