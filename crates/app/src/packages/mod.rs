//! Packages of joint requests (¶95, 103): a state opens one and invites others; each joins, declines and leaves by its own
//! manager. States that have joined see each other's requests of the package once these are endorsed and as long as they ask
//! for something, and nothing else of each other: no documents, and not how a request fares. That a state circulates its request circulates nobody else's.

mod change;
mod document;
mod incomplete;
mod naming;

use needmatch_store::keys::PackageKey;
use needmatch_store::register::{Package, PackageFilter, PackageMember, Request, RequestFilter};
use needmatch_store::{MAX_PAGE, Order, Page, Session};

use crate::error::AppError;
use crate::principal::Principal;

pub use change::{open, take_step};
pub use document::PACKAGE_FIELDS;
pub use incomplete::{Incomplete, Standing, incomplete};
pub(crate) use naming::check_named;

/// A package the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: PackageKey) -> Result<Package, AppError> {
    Ok(session.package(&principal.viewer(), key).await?)
}

/// Packages the principal may see, a page at a time.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    filter: &PackageFilter,
    page: &Page,
) -> Result<Vec<Package>, AppError> {
    Ok(session.packages(&principal.viewer(), filter, page).await?)
}

/// Requests of a package that the principal may see, oldest first; of very many the first.
pub async fn requests(
    session: &mut Session,
    principal: &Principal,
    package: &Package,
) -> Result<Vec<Request>, AppError> {
    let filter = RequestFilter { package: Some(package.code.clone()), ..RequestFilter::default() };
    let page = Page { order: Order::Oldest, after: None, limit: MAX_PAGE };
    Ok(session.requests(&principal.viewer(), &filter, &page).await?)
}

/// Why a state declined or left, as far as the principal is to know: it is said to whoever opened the package.
pub fn reason_told<'a>(principal: &Principal, package: &Package, member: &'a PackageMember) -> Option<&'a str> {
    let viewer = principal.viewer();
    let is_said_to = |party| viewer.parties().iter().any(|(own, _)| *own == party);
    let is_told = viewer.sees_all() || is_said_to(package.party) || is_said_to(member.party);
    member.reason.as_deref().filter(|_| is_told)
}
