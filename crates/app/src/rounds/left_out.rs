//! Requests that were handed in and take no part in a round, each with the reason that its state is told. Drafts and
//! endorsed requests are nobody's business yet; what belongs to another collection is no part of the round's reach.
//!
//! To add a reason: its word in the store, where it arises here or in [`super::gather`], and its sentence, `left-out-` with
//! its name, in `reasons.ftl`.

use std::collections::BTreeMap;

use needmatch_domain::ids::RequestId;
use needmatch_store::keys::RequestKey;
use needmatch_store::register::{Request, RequestFilter};
use needmatch_store::rounds::NewLeftOut;
use needmatch_store::words::{LeftOutReason, RequestLifecycle};
use needmatch_store::{Cursor, MAX_PAGE, Order, Page, Session, Viewer};
use serde::Serialize;

use super::document::RoundDocument;
use crate::error::AppError;
use crate::lifecycle::REQUEST_WAITS;
use crate::requests;

/// A row that takes no part, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// `request`, `component` or `offer`.
    pub kind: &'static str,
    /// Its reference.
    pub reference: String,
    /// `window_outside_horizon`, `no_component`, `nothing_left`, `no_longer_valid`, `after_cut_off`, `package_incomplete`,
    /// or where a request that was handed in still stands: `not_authenticated`, `returned`, `not_circulated`.
    pub reason: &'static str,
}

/// Whom a round leaves out: for the coordinator who freezes it, and for the states.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    pub(super) shown: Vec<LeftOut>,
    pub(super) kept: Vec<NewLeftOut>,
}

/// Requests that wait for their authentication, for being mended or for consent to circulation.
pub(super) async fn waiting(session: &mut Session, round: &RoundDocument) -> Result<Waiting, AppError> {
    let filter = RequestFilter { lifecycles: REQUEST_WAITS.to_vec(), ..RequestFilter::default() };
    let mut page = Page { order: Order::Oldest, after: None, limit: MAX_PAGE };
    let mut waiting = Waiting::default();
    loop {
        let found = session.requests(&Viewer::system(), &filter, &page).await?;
        page.after = found.last().map(|request| Cursor { key: request.key.uuid(), rank: None });
        for request in &found {
            let Some(reason) = reason_of(request) else { continue };
            if requests::details(request)?.collection != round.collection {
                continue;
            }
            let reference = request.content.reference.clone();
            waiting.shown.push(LeftOut { kind: "request", reference, reason: reason.name() });
            waiting.kept.push(NewLeftOut { request: request.key, reason, components: Vec::new() });
        }
        if found.len() < MAX_PAGE as usize {
            return Ok(waiting);
        }
    }
}

fn reason_of(request: &Request) -> Option<LeftOutReason> {
    match request.lifecycle {
        RequestLifecycle::Submitted => Some(LeftOutReason::NotAuthenticated),
        RequestLifecycle::Returned => Some(LeftOutReason::Returned),
        RequestLifecycle::Authenticated => Some(LeftOutReason::NotCirculated),
        _ => None,
    }
}

/// Adds requests of which freezing found nothing outstanding. One that is left out in part already is now wholly, for
/// the reason it has.
pub(super) fn add_settled(
    left_out: &mut Vec<NewLeftOut>,
    keys: &BTreeMap<RequestId, RequestKey>,
    settled: &[RequestId],
) {
    let known: BTreeMap<RequestKey, usize> = left_out.iter().map(|new| new.request).zip(0..).collect();
    for request in settled.iter().filter_map(|id| keys.get(id).copied()) {
        if let Some(at) = known.get(&request) {
            left_out[*at].components.clear();
        } else {
            let reason = LeftOutReason::NothingOutstanding;
            left_out.push(NewLeftOut { request, reason, components: Vec::new() });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use needmatch_domain::ids::RequestId;
    use needmatch_store::keys::RequestKey;
    use needmatch_store::rounds::NewLeftOut;
    use needmatch_store::words::LeftOutReason;

    use super::add_settled;
    use crate::app::new_key;

    #[test]
    fn a_request_is_left_out_once_and_for_its_first_reason() {
        let ids: Vec<RequestId> = ["R1", "R2"].into_iter().map(|id| id.parse().unwrap()).collect();
        let keys: BTreeMap<RequestId, RequestKey> = ids.iter().map(|id| (id.clone(), new_key())).collect();
        let reason = LeftOutReason::OutsideHorizon;
        let mut left_out = vec![NewLeftOut { request: keys[&ids[0]], reason, components: vec!["C1".to_owned()] }];
        add_settled(&mut left_out, &keys, &ids);
        let settled = |at: usize, reason| NewLeftOut { request: keys[&ids[at]], reason, components: Vec::new() };
        assert_eq!(left_out, [settled(0, reason), settled(1, LeftOutReason::NothingOutstanding)]);
    }
}
