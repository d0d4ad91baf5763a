//! Programmes: help that is under way already (¶94).

use axum::extract::Path;
use axum::response::Response;
use needmatch_app::requests::Step;
use needmatch_app::store::keys::{PartyKey, ProgrammeKey};
use needmatch_app::store::register::{Programme as Row, ProgrammeFilter};
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, AppError, programmes};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire;
use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::cursor::{self, TimeOrder};
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key, key};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::{IfMatch, MaybeIfMatch};

/// A programme as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ProgrammeBody {
    /// Name used by people and frozen problems, unique among programmes under the code of its party, as in
    /// `Norland/regional-marking`; made when not given.
    #[schema(example = "regional-marking")]
    reference: Option<String>,
    /// The owner's own key, unique within the party.
    external_id: Option<String>,
    /// One line for people.
    #[schema(example = "Regional marking project")]
    title: String,
    /// State code.
    #[schema(example = "SEN")]
    state: String,
    /// Area of work.
    #[schema(example = "marking")]
    area: String,
    /// Component type; any when not given.
    r#type: Option<String>,
    /// First period in which it runs.
    #[schema(example = "2027")]
    from: Option<String>,
    /// Last period in which it runs.
    to: Option<String>,
    /// How much it covers, accounting currency; all of it when not given.
    amount: Option<i64>,
    /// Obstacles it removes (¶88).
    #[serde(default)]
    mitigates: Vec<String>,
    /// SDG targets (¶90).
    #[serde(default)]
    sdg_targets: Vec<String>,
    /// Where the entry comes from.
    #[serde(default)]
    source: String,
    /// `confidential`, `parties` or `public`.
    #[serde(default)]
    visibility: Option<String>,
}

/// A programme.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Programme {
    /// Its identifier.
    id: String,
    /// Who registered it.
    party: String,
    #[serde(flatten)]
    body: ProgrammeBody,
    /// When the state it is for, or a coordinator, stood by it: absent until then, and not counted in any round.
    confirmed_at: Option<String>,
    /// When it was retired.
    retired_at: Option<String>,
    /// Rises with every change.
    version: i64,
    /// When it was registered.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// A page of programmes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProgrammePage {
    items: Vec<Programme>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl TryFrom<&Row> for Programme {
    type Error = AppError;

    fn try_from(row: &Row) -> Result<Self, AppError> {
        let content = &row.content;
        let columns = json!({
            "reference": content.reference, "external_id": content.external_id, "title": content.title,
            "state": content.state, "area": content.area, "visibility": content.visibility.name(),
        });
        Ok(Self {
            id: row.key.to_string(),
            party: row.party.to_string(),
            body: wire(&content.body, columns)?,
            confirmed_at: row.confirmed_at.map(|at| at.to_string()),
            retired_at: row.retired_at.map(|at| at.to_string()),
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
pub(crate) struct ProgrammeFilters {
    /// Of this party.
    party: Option<String>,
    /// In this state.
    state: Option<String>,
    /// In this area.
    area: Option<String>,
    /// `true`: retired ones too.
    retired: Option<bool>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Programmes that you may see
#[utoipa::path(get, path = "/programmes", tag = "programmes", params(ProgrammeFilters), responses(
    (status = 200, content((ProgrammePage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<ProgrammeFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let filter = ProgrammeFilter {
        party: filters.party.as_deref().map(|text| key::<PartyKey>("party", text)).transpose()?,
        state: filters.state,
        area: filters.area,
        with_retired: filters.retired.unwrap_or(false),
    };
    let rows = programmes::list(&mut session, &principal, &filter, &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(ProgrammePage { items: rows.iter().map(Programme::try_from).collect::<Result<_, _>>()?, next })
}

/// Register a programme
#[utoipa::path(post, path = "/programmes", tag = "programmes", request_body = ProgrammeBody, responses(
    (status = 201, body = Programme), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn create(mutation: Mutation, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = programmes::create(transaction, principal, &value).await?;
            Answer::created(format!("/api/v1/programmes/{}", row.key), row.version, &Programme::try_from(&row)?)
        })
    });
    effect.await
}

/// A programme
#[utoipa::path(get, path = "/programmes/{id}", tag = "programmes", params(("id" = String, Path)), responses(
    (status = 200, body = Programme), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<ProgrammeKey>) -> Result<Response, Problem> {
    let row = programmes::get(&mut session, &principal, key).await?;
    answer::read(row.version, &Programme::try_from(&row)?)
}

/// Rewrite a programme
#[utoipa::path(put, path = "/programmes/{id}", tag = "programmes",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = ProgrammeBody, responses(
    (status = 200, body = Programme), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn rewrite(
    mutation: Mutation,
    Key(key): Key<ProgrammeKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = programmes::rewrite(transaction, principal, key, version, &value).await?;
            Answer::ok(row.version, &Programme::try_from(&row)?)
        })
    });
    effect.await
}

/// Stand by a programme, as the state that it is for or as a coordinator: rounds that are frozen from now on count it
#[utoipa::path(post, path = "/programmes/{id}/confirm", tag = "programmes",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Programme), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn confirm(
    mutation: Mutation,
    Key(key): Key<ProgrammeKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let reason = Step::read("", &value)?.reason;
            let row = programmes::confirm(transaction, principal, key, version, reason.as_deref()).await?;
            Answer::ok(row.version, &Programme::try_from(&row)?)
        })
    });
    effect.await
}

/// Take a programme out of use
#[utoipa::path(post, path = "/programmes/{id}/retire", tag = "programmes",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Programme), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn retire(
    mutation: Mutation,
    Key(key): Key<ProgrammeKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let reason = Step::read("", &value)?.reason;
            let row = programmes::retire(transaction, principal, key, version, reason.as_deref()).await?;
            Answer::ok(row.version, &Programme::try_from(&row)?)
        })
    });
    effect.await
}

/// Mirror a programme under the party's own key: registered if there was none, rewritten if it differs
#[utoipa::path(put, path = "/parties/{id}/programmes/{external_id}", tag = "programmes",
    params(("id" = String, Path), ("external_id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = ProgrammeBody, responses(
    (status = 200, body = Programme), (status = 201, body = Programme), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
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
            let (row, is_new) = programmes::put(transaction, principal, party, &external_id, version, &value).await?;
            let shown = Programme::try_from(&row)?;
            if is_new {
                return Answer::created(format!("/api/v1/programmes/{}", row.key), row.version, &shown);
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
        .routes(routes!(confirm))
        .routes(routes!(retire))
        .routes(routes!(put))
}
