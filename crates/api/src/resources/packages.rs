//! Packages: joint requests of several states (¶95).

use axum::extract::Path;
use axum::response::Response;
use needmatch_app::store::keys::{PackageKey, PartyKey};
use needmatch_app::store::register::{Package as Row, PackageFilter, PackageMember as MemberRow, Request};
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, Principal, packages};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::cursor::{self, TimeOrder};
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key, key, word};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::IfMatch;

/// A package as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackageBody {
    /// Name that requests give as `package`, unique; made when not given.
    #[schema(example = "northern-road")]
    code: Option<String>,
    /// One line for people.
    #[schema(example = "Control of the northern road")]
    title: String,
    /// The state that opens it; the caller's own when not given, where they act for one alone.
    #[schema(example = "SEN")]
    state: Option<String>,
    /// Codes of the states that are asked to join.
    #[serde(default)]
    #[schema(example = json!(["GMB"]))]
    invited: Vec<String>,
    /// What shows the state's wish; needed where a coordinator opens a package on its behalf.
    evidence: Option<String>,
}

/// A state of a package.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackageMember {
    /// The state's party.
    party: String,
    /// Its code.
    state: String,
    /// `invited`, `joined`, `declined`, `left`, or `ended` with the package.
    status: String,
    /// Why it declined or left; said to the state itself, to the one that opened the package and to coordinators.
    reason: Option<String>,
    /// Since when it stands so.
    since: String,
}

/// A package.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Package {
    /// Its identifier.
    id: String,
    /// The party of the state that opened it.
    party: String,
    /// Name that requests give as `package`, under the code of who opened it, as in `SEN/border-posts`.
    code: String,
    /// One line for people.
    title: String,
    /// `open` or `withdrawn`.
    lifecycle: String,
    /// Its states, the one that opened it among them.
    members: Vec<PackageMember>,
    /// Rises with every change and every answer.
    version: i64,
    /// When it was opened.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// A request of a package.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackageRequest {
    /// Its identifier.
    id: String,
    /// Name used by people and frozen problems.
    reference: String,
    /// The state that asks.
    state: String,
    /// One line for people.
    title: String,
    /// Where it stands; another state's no further than `circulated`, unless it is circulated to you.
    lifecycle: String,
}

/// A package with its requests.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharedPackage {
    #[serde(flatten)]
    package: Package,
    /// Those of its requests that you may see, oldest first, at most 500; all of them with
    /// `GET /api/v1/requests?package=…`.
    requests: Vec<PackageRequest>,
}

/// A page of packages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackagePage {
    items: Vec<Package>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl Package {
    fn shown(row: &Row, principal: &Principal) -> Self {
        let member = |member: &MemberRow| PackageMember {
            party: member.party.to_string(),
            state: member.state.clone(),
            status: member.status.to_string(),
            reason: packages::reason_told(principal, row, member).map(ToOwned::to_owned),
            since: member.updated_at.to_string(),
        };
        Self {
            id: row.key.to_string(),
            party: row.party.to_string(),
            code: row.code.clone(),
            title: row.title.clone(),
            lifecycle: row.lifecycle.to_string(),
            members: row.members.iter().map(member).collect(),
            version: row.version,
            created_at: row.created_at.to_string(),
            updated_at: row.updated_at.to_string(),
        }
    }
}

impl From<&Request> for PackageRequest {
    fn from(row: &Request) -> Self {
        Self {
            id: row.key.to_string(),
            reference: row.content.reference.clone(),
            state: row.content.state.clone(),
            title: row.content.title.clone(),
            lifecycle: row.lifecycle.to_string(),
        }
    }
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PackageFilters {
    /// Opened by this party.
    party: Option<String>,
    /// `open` or `withdrawn`.
    lifecycle: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Packages that your state is asked to join or has joined; coordinators see all
#[utoipa::path(get, path = "/packages", tag = "packages", params(PackageFilters), responses(
    (status = 200, content((PackagePage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<PackageFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let filter = PackageFilter {
        party: filters.party.as_deref().map(|text| key::<PartyKey>("party", text)).transpose()?,
        lifecycle: word("lifecycle", filters.lifecycle.as_deref(), "open, withdrawn")?,
    };
    let rows = packages::list(&mut session, &principal, &filter, &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(PackagePage { items: rows.iter().map(|row| Package::shown(row, &principal)).collect(), next })
}

/// Open a package and invite states to it
#[utoipa::path(post, path = "/packages", tag = "packages", request_body = PackageBody, responses(
    (status = 201, body = Package), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn create(mutation: Mutation, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = packages::open(transaction, principal, &value).await?;
            Answer::created(format!("/api/v1/packages/{}", row.key), row.version, &Package::shown(&row, principal))
        })
    });
    effect.await
}

/// A package, with those of its requests that you may see
///
/// States that have joined see each other's requests of the package once these are endorsed and as long as they ask for
/// something: what is asked for, and neither what is filed with it nor how it fares.
#[utoipa::path(get, path = "/packages/{id}", tag = "packages", params(("id" = String, Path)), responses(
    (status = 200, body = SharedPackage), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<PackageKey>) -> Result<Response, Problem> {
    let row = packages::get(&mut session, &principal, key).await?;
    let requests = packages::requests(&mut session, &principal, &row).await?;
    let requests = requests.iter().map(PackageRequest::from).collect();
    answer::read(row.version, &SharedPackage { package: Package::shown(&row, &principal), requests })
}

/// What goes with a step.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackageStep {
    /// With `invite`: codes of the states that are asked to join.
    #[schema(nullable = false)]
    invited: Option<Vec<String>>,
    /// With `join`, `decline` and `leave`: the state that is answered for; the caller's own when not given.
    state: Option<String>,
    /// In the words of who decides; needed with `decline`.
    reason: Option<String>,
}

/// Take a step: invite, withdraw (who opened it), join, decline, leave (each state)
///
/// A package that is withdrawn and a state that leaves release their requests: these stand alone again. Neither is
/// possible while a round that is not decided holds requests of the package.
#[utoipa::path(post, path = "/packages/{id}/{step}", tag = "packages",
    params(("id" = String, Path), ("step" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = String, Header)),
    request_body = PackageStep, responses(
    (status = 200, body = Package), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn step(
    mutation: Mutation,
    Path((id, step)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let key: PackageKey = key("package", &id)?;
    let value = document.value.clone();
    let effect = mutation.decision().run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = packages::take_step(transaction, principal, key, version, &step, &value).await?;
            Answer::ok(row.version, &Package::shown(&row, principal))
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(read)).routes(routes!(step))
}
