//! Requests of states.

use axum::extract::Path;
use axum::response::Response;
use needmatch_app::requests::{self, Step};
use needmatch_app::store::keys::{PartyKey, RequestKey};
use needmatch_app::store::register::{Request as Row, RequestFilter};
use needmatch_app::store::{Cursor, REQUEST_ORDERS};
use needmatch_app::{App, AppError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::components::{Component, ComponentBody};
use super::wire;
use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::cursor::{self, RequestOrder};
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key, day, key, words};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::{IfMatch, MaybeIfMatch};

/// What stands in the way of a lasting result (¶88).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Obstacle {
    /// `no_budget`, `staff_turnover`, `no_maintenance`, `no_power`, `no_site`, `no_law`, `insecurity` or `other:<text>`.
    #[schema(example = "no_maintenance")]
    code: String,
    /// The component of the same request that removes it.
    mitigation: Option<String>,
}

/// A request as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct RequestBody {
    #[serde(flatten)]
    head: RequestHead,
    /// The lines of the request, in order. Those of a draft may be incomplete: what they lack is among its findings.
    components: Vec<ComponentBody>,
}

/// What a request says, its components apart.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct RequestHead {
    /// Name used by people and frozen problems, unique among requests under the code of its party, as in
    /// `SEN/registry`; made when not given.
    #[schema(example = "registry")]
    reference: Option<String>,
    /// The owner's own key, unique within the party.
    external_id: Option<String>,
    /// State code; that of the caller's own state when not given.
    #[schema(example = "SEN")]
    state: Option<String>,
    /// One line for people.
    #[schema(example = "National register of firearms")]
    title: String,
    /// Area of work.
    #[schema(example = "record_keeping")]
    area: String,
    /// 1 (highest) to 5; 3 when not given (¶106). A coordinator confirms it.
    #[serde(default)]
    priority: Option<i64>,
    /// The authority that speaks for the state.
    #[serde(default)]
    authority: String,
    /// `none`, `conflict` or `post_conflict` (¶96).
    #[serde(default)]
    context: Option<String>,
    /// Date of the national action plan (¶91).
    #[schema(example = "2025-06-30")]
    action_plan_date: Option<String>,
    /// Year of the latest national report (¶87).
    report_year: Option<i16>,
    /// What the state itself puts in, percent of the full cost (¶105).
    #[serde(default)]
    contribution_percent: u8,
    /// `financial`, `administrative`, `in_kind`.
    #[serde(default)]
    contribution_kinds: Vec<String>,
    /// Static sustainability score, 0 to 100 (¶83).
    #[serde(default)]
    sustainability: u8,
    /// Most distinct providers (¶103).
    max_providers: Option<u32>,
    /// Providers the state does not accept (¶104).
    #[serde(default)]
    excluded_providers: Vec<String>,
    /// Providers the state would rather have.
    #[serde(default)]
    preferred_providers: Vec<String>,
    /// SDG targets (¶90).
    #[serde(default)]
    #[schema(example = json!(["16.4"]))]
    sdg_targets: Vec<String>,
    /// Served together with the others of the same package (¶95), which the state has opened or joined.
    package: Option<String>,
    /// The last day on which it is valid, until midnight UTC: once handed in, it expires then, and its open proposals with
    /// it. A manager of the state can change it to a later day as long as the request has not ended.
    #[schema(example = "2028-12-31")]
    valid_until: Option<String>,
    /// Obstacles named at design stage (¶88).
    #[serde(default)]
    obstacles: Vec<Obstacle>,
    /// Where the figures come from.
    #[serde(default)]
    source: String,
    /// What shows the state's wish; needed where a coordinator registers on its behalf. Not told of what a package alone
    /// shows you.
    evidence: Option<String>,
}

/// A request.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Request {
    /// Its identifier.
    id: String,
    /// The state's party.
    party: String,
    /// Where it stands; of what a package alone shows you, no further than `circulated`.
    lifecycle: String,
    /// Who may see it: `private`, `named`, `providers` or `public`.
    circulation: String,
    /// Why it was sent back, while it is `returned`; what else stands between it and a match is among its findings.
    returned_for: Option<String>,
    #[serde(flatten)]
    head: RequestHead,
    /// The place of the national report it was drafted from: report, year and section. Not told of what a package alone
    /// shows you.
    report: Option<Value>,
    /// Its lines, in order.
    components: Vec<Component>,
    /// Rises with every change, of its components too.
    version: i64,
    /// When it was registered.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// A request as it is sent, or a list of them that is registered as a whole.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum RequestBodies {
    One(Box<RequestBody>),
    Many(Vec<RequestBody>),
}

/// What was registered: one request where one was sent, a page of them where a list was.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum RequestsMade {
    One(Box<Request>),
    Many(RequestPage),
}

/// A page of requests.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RequestPage {
    items: Vec<Request>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl TryFrom<&Row> for Request {
    type Error = AppError;

    fn try_from(row: &Row) -> Result<Self, AppError> {
        let content = &row.content;
        let columns = json!({
            "reference": content.reference, "external_id": content.external_id, "state": content.state,
            "area": content.area, "priority": content.priority, "title": content.title,
            "valid_until": content.valid_until,
        });
        Ok(Self {
            id: row.key.to_string(),
            party: row.party.to_string(),
            lifecycle: row.lifecycle.to_string(),
            circulation: row.circulation.to_string(),
            returned_for: row.returned_for.clone(),
            head: wire(&content.body, columns)?,
            report: content.body.get("report").cloned(),
            components: Component::all_of(row)?,
            version: row.version,
            created_at: row.created_at.to_string(),
            updated_at: row.updated_at.to_string(),
        })
    }
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RequestFilters {
    /// Of this party.
    party: Option<String>,
    /// Of this state.
    state: Option<String>,
    /// In this area.
    area: Option<String>,
    /// Of this priority.
    priority: Option<i64>,
    /// Of this package of joint requests (¶95).
    package: Option<String>,
    /// Handed in, not yet met, and valid until a day before this one: what ends first, and what to prolong.
    valid_before: Option<String>,
    /// Words that title or reference begin words with; all of them.
    q: Option<String>,
    /// Where it stands, one or more separated by commas.
    lifecycle: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default), `oldest` or `priority`.
    #[param(inline, value_type = Option<RequestOrder>)]
    order: Option<String>,
}

/// Requests that you may see
#[utoipa::path(get, path = "/requests", tag = "requests", params(RequestFilters), responses(
    (status = 200, content((RequestPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<RequestFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), REQUEST_ORDERS)?;
    let filter = RequestFilter {
        party: filters.party.as_deref().map(|text| key::<PartyKey>("party", text)).transpose()?,
        state: filters.state,
        area: filters.area,
        priority: filters.priority,
        package: filters.package,
        valid_before: filters.valid_before.as_deref().map(|text| day("valid_before", text)).transpose()?,
        text: filters.q,
        lifecycles: words(
            "lifecycle",
            filters.lifecycle.as_deref(),
            "draft, endorsed, submitted, returned, authenticated, circulated, in_round, partly_met, met, withdrawn, expired",
        )?,
    };
    let rows = requests::list(&mut session, &principal, &filter, &page).await?;
    let next = cursor::next(&page, &rows, |row| {
        let rank = page.order.has_rank().then_some(row.content.priority);
        Cursor { key: row.key.uuid(), rank }
    });
    wish.page(RequestPage { items: rows.iter().map(Request::try_from).collect::<Result<_, _>>()?, next })
}

/// Register a request, as a private draft
///
/// A list of requests registers all of them or none.
#[utoipa::path(post, path = "/requests", tag = "requests", request_body = RequestBodies, responses(
    (status = 201, body = RequestsMade), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn create(mutation: Mutation, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            if let Value::Array(documents) = &value {
                let rows = requests::create_many(transaction, principal, documents).await?;
                let items = rows.iter().map(Request::try_from).collect::<Result<_, _>>()?;
                return Answer::made(
                    "/api/v1/requests".to_owned(),
                    &RequestsMade::Many(RequestPage { items, next: None }),
                );
            }
            let row = requests::create(transaction, principal, &value).await?;
            let made = RequestsMade::One(Box::new(Request::try_from(&row)?));
            Answer::created(format!("/api/v1/requests/{}", row.key), row.version, &made)
        })
    });
    effect.await
}

/// A request
#[utoipa::path(get, path = "/requests/{id}", tag = "requests", params(("id" = String, Path)), responses(
    (status = 200, body = Request), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<RequestKey>) -> Result<Response, Problem> {
    let row = requests::get(&mut session, &principal, key).await?;
    answer::read(row.version, &Request::try_from(&row)?)
}

/// Rewrite a request that is a draft or was returned, its components with it
#[utoipa::path(put, path = "/requests/{id}", tag = "requests", params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = RequestBody, responses(
    (status = 200, body = Request), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn rewrite(
    mutation: Mutation,
    Key(key): Key<RequestKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = requests::rewrite(transaction, principal, key, version, &value).await?;
            Answer::ok(row.version, &Request::try_from(&row)?)
        })
    });
    effect.await
}

/// What goes with a step.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepBody {
    /// In the words of who decides; needed with `return`, where the state reads it in `returned_for`.
    reason: Option<String>,
    /// With `authenticate`: the priority that is confirmed.
    priority: Option<i64>,
    /// With `circulate`: `named`, `providers` or `public`.
    circulation: Option<String>,
    /// With `circulate` and `named`: codes of the providers who may see it.
    #[schema(nullable = false)]
    providers: Option<Vec<String>>,
}

/// Take a step: endorse, submit, return, authenticate, circulate, revise, withdraw, expire
#[utoipa::path(post, path = "/requests/{id}/{step}", tag = "requests",
    params(("id" = String, Path), ("step" = String, Path), ("If-Match" = String, Header)),
    request_body = StepBody, responses(
    (status = 200, body = Request), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn step(
    mutation: Mutation,
    Path((id, step)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let key: RequestKey = key("request", &id)?;
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = if step == "circulate" {
                requests::circulate(transaction, principal, key, version, &value).await?
            } else {
                let with = Step::read(&step, &value)?;
                requests::take_step(transaction, principal, key, version, &step, &with).await?
            };
            Answer::ok(row.version, &Request::try_from(&row)?)
        })
    });
    effect.await
}

/// Mirror a request under the state's own key: registered if there was none, rewritten if it differs
#[utoipa::path(put, path = "/parties/{id}/requests/{external_id}", tag = "requests",
    params(("id" = String, Path), ("external_id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = RequestBody, responses(
    (status = 200, body = Request), (status = 201, body = Request),
    (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn put(
    mutation: Mutation,
    Path((party, external_id)): Path<(String, String)>,
    MaybeIfMatch(version): MaybeIfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let party: PartyKey = key("party", &party)?;
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let (row, is_new) = requests::put(transaction, principal, party, &external_id, version, &value).await?;
            let shown = Request::try_from(&row)?;
            if is_new {
                return Answer::created(format!("/api/v1/requests/{}", row.key), row.version, &shown);
            }
            Answer::ok(row.version, &shown)
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(read, rewrite))
        .routes(routes!(step))
        .routes(routes!(put))
}
