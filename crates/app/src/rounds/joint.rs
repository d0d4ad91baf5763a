//! Joint requests of a round: only the states of an open package that have joined it are held together by it, and a
//! package that lacks one of its requests takes no part.

use std::collections::BTreeSet;

use needmatch_domain::ids::{PackageId, RequestId};
use needmatch_store::register::{OpenPackage, RequestFilter};
use needmatch_store::rounds::NewLeftOut;
use needmatch_store::words::LeftOutReason;
use needmatch_store::{Cursor, MAX_PAGE, Order, Page, Session, Viewer};

use super::document::RoundDocument;
use super::gather::Gathered;
use super::left_out::LeftOut;
use super::rows::reference;
use crate::error::AppError;
use crate::lifecycle::{REQUEST_TAKES_PART, REQUEST_WAITS};
use crate::packages::{Incomplete, Standing, incomplete};
use crate::requests;

/// Holds together what is joint of the requests that were gathered, and leaves out what would be half of a package.
pub(super) async fn join(
    session: &mut Session,
    round: &RoundDocument,
    gathered: &mut Gathered,
) -> Result<(), AppError> {
    let open = session.open_packages(&named(gathered)).await?;
    for request in &mut gathered.scenario.requests {
        let has_joined = |package: &PackageId| {
            open.get(package.as_str()).is_some_and(|package| package.joined.contains(request.state.as_str()))
        };
        request.package = request.package.take().filter(has_joined);
    }
    let mut standing = Vec::new();
    for code in named(gathered) {
        let package = open.get(&code).ok_or(AppError::Internal)?;
        standing.extend(standing_of(session, round, &code, package).await?);
    }
    let could_take_part = gathered.scenario.requests.iter().map(|request| request.id.clone()).collect();
    leave_out(gathered, &incomplete(&standing, &could_take_part));
    gathered.packages = named(gathered)
        .iter()
        .filter_map(|code| open.get(code))
        .map(|package| (package.key, package.version))
        .collect();
    Ok(())
}

/// Packages that requests name, each once, in order.
fn named(gathered: &Gathered) -> Vec<String> {
    let named = gathered.scenario.requests.iter().filter_map(|request| request.package.as_ref());
    named.map(ToString::to_string).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Requests of a package that its states have handed in, of the round's collection.
async fn standing_of(
    session: &mut Session,
    round: &RoundDocument,
    code: &str,
    package: &OpenPackage,
) -> Result<Vec<Standing>, AppError> {
    let lifecycles = [REQUEST_TAKES_PART, REQUEST_WAITS].concat();
    let filter = RequestFilter { package: Some(code.to_owned()), lifecycles, ..RequestFilter::default() };
    let mut page = Page { order: Order::Oldest, after: None, limit: MAX_PAGE };
    let mut standing = Vec::new();
    loop {
        let found = session.requests(&Viewer::system(), &filter, &page).await?;
        page.after = found.last().map(|request| Cursor { key: request.key.uuid(), rank: None });
        for row in found.iter().filter(|row| package.joined.contains(&row.content.state)) {
            if requests::details(row)?.collection == round.collection {
                let request = reference(&row.content.reference)?;
                standing.push(Standing { request, package: reference(code)? });
            }
        }
        if found.len() < MAX_PAGE as usize {
            return Ok(standing);
        }
    }
}

fn leave_out(gathered: &mut Gathered, left_out: &[(RequestId, Incomplete)]) {
    let ids: BTreeSet<&RequestId> = left_out.iter().map(|(request, _)| request).collect();
    let scenario = &mut gathered.scenario;
    scenario.requests.retain(|request| !ids.contains(&request.id));
    scenario.components.retain(|component| !ids.contains(&component.request));
    let reason = LeftOutReason::PackageIncomplete;
    for id in ids {
        gathered.left_out.push(LeftOut { kind: "request", reference: id.to_string(), reason: reason.name() });
        if let Some(request) = gathered.keys.remove(id) {
            gathered.entering.retain(|(key, _)| *key != request);
            // What was left out in part is so wholly now.
            gathered.told.retain(|told| told.request != request);
            gathered.told.push(NewLeftOut { request, reason, components: Vec::new() });
        }
    }
}
