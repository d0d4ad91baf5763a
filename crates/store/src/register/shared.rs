//! How much of a request is told to whom. Its state and coordinators are told all of it. Others are not told what is
//! promised to it, and those whom a package alone shows it are told what is asked for, and not how it fares with others.

use std::collections::BTreeSet;

use super::requests::Request;
use crate::error::StoreError;
use crate::keys::RequestKey;
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::viewer::{Viewer, shared};
use crate::words::RequestLifecycle;

/// Members of the body that are between a state and coordinators.
const KEPT: [&str; 2] = ["evidence", "report"];

/// Where a request is said to stand to those whom a package alone shows it: whether a round holds it, and whether
/// something was agreed about it, is nothing that its state shares.
fn told_as(lifecycle: RequestLifecycle) -> RequestLifecycle {
    match lifecycle {
        RequestLifecycle::InRound | RequestLifecycle::PartlyMet => RequestLifecycle::Circulated,
        other => other,
    }
}

/// What packages alone show the viewer, of what is told to stand in one of these states; empty: in any.
pub(super) fn branches(viewer: &Viewer, lifecycles: &[RequestLifecycle]) -> Vec<Condition> {
    let Some(shared) = shared(viewer) else { return Vec::new() };
    if lifecycles.is_empty() {
        return vec![shared];
    }
    let states = RequestLifecycle::ALL.iter().filter(|state| lifecycles.contains(&told_as(**state)));
    states.map(|state| shared.clone().and(&Condition::of("t.lifecycle = ").value(*state))).collect()
}

/// Leaves out of requests, read with their components, what the viewer is not told of them.
pub(super) async fn keep_to_what_is_told(
    session: &mut Session,
    viewer: &Viewer,
    requests: &mut [Request],
) -> Result<(), StoreError> {
    let alone = shown_by_a_package_alone(session, viewer, requests).await?;
    for request in requests.iter_mut().filter(|request| !viewer.answers_for(request.party)) {
        for component in &mut request.components {
            component.committed = None;
        }
        if alone.contains(&request.key) {
            request.lifecycle = told_as(request.lifecycle);
            request.returned_for = None;
            if let Some(members) = request.content.body.as_object_mut() {
                members.retain(|name, _| !KEPT.contains(&name.as_str()));
            }
        }
    }
    Ok(())
}

async fn shown_by_a_package_alone(
    session: &mut Session,
    viewer: &Viewer,
    requests: &[Request],
) -> Result<BTreeSet<RequestKey>, StoreError> {
    let Some(shared) = shared(viewer) else { return Ok(BTreeSet::new()) };
    let of_others = requests.iter().filter(|row| row.content.package.is_some() && !viewer.answers_for(row.party));
    let of_others: Vec<RequestKey> = of_others.map(|row| row.key).collect();
    if of_others.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut select = Statement::of("SELECT t.id FROM requests t WHERE ");
    select.condition(&Condition::of("t.id IN ").list(of_others)).push(" AND ").condition(&shared);
    session.fetch_all(select).await?.iter().map(|row| row.get("id")).collect()
}
