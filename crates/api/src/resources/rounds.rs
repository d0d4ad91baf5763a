//! Rounds: requests and offers brought together up to a cut-off.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use needmatch_app::store::keys::RoundKey;
use needmatch_app::store::rounds::Round as Row;
use needmatch_app::store::words::RoundLifecycle;
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, AppError, rounds};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::cursor::{self, TimeOrder};
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key, word};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::IfMatch;

fn settings() -> Object {
    let told = "The tables of `scenario.toml` as JSON: `currency` and `as_of` must be there; `rates`, `rules`, `goals`, \
                `weights`, `limits` and `areas` may be.";
    let example = json!({ "currency": "USD", "as_of": "2026-11-22", "rates": { "EUR": "1.09" } });
    ObjectBuilder::new().schema_type(Type::Object).description(Some(told)).examples([example]).build()
}

/// A round as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct RoundBody {
    /// As shown.
    #[schema(example = "Round 2027")]
    name: String,
    /// Until when requests and offers come in: it cannot be frozen before, and what is circulated or confirmed later takes
    /// no part. When not given it is that of before, or now, and then everything takes part that has come in by the
    /// freezing.
    cut_off_at: Option<String>,
    /// The horizon, in order.
    #[schema(example = json!(["2027", "2028"]))]
    periods: Vec<String>,
    #[schema(schema_with = settings)]
    settings: Value,
    /// Takes what is of this collection; what is of none when not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    collection: Option<String>,
    /// What states can take in: rows of `absorption.csv`.
    #[serde(default)]
    absorption: Vec<Value>,
    /// Limits of funding channels: rows of `channels.csv`.
    #[serde(default)]
    channels: Vec<Value>,
    /// Expert judgement on single pairs: rows of `suitability.csv`.
    #[serde(default)]
    suitability: Vec<Value>,
    /// Matches that must or must not be: rows of `locks.csv`.
    #[serde(default)]
    locks: Vec<Value>,
    /// An earlier plan: rows of `baseline.csv`.
    #[serde(default)]
    baseline: Vec<Value>,
}

/// A round.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Round {
    /// Its identifier.
    id: String,
    /// The coordinator's party.
    party: String,
    /// `open`, `frozen`, `published`, `decided` or `closed`.
    lifecycle: String,
    /// SHA-256 of what it was frozen to; before publication for coordinators only.
    snapshot_sha256: Option<String>,
    #[serde(flatten)]
    body: RoundBody,
    /// Rises with every change.
    version: i64,
    /// When it was opened.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// A page of rounds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoundPage {
    items: Vec<Round>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

/// A frozen round, and what freezing decided on the way.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FrozenRound {
    #[serde(flatten)]
    round: Round,
    /// SHA-256 of the problem that the round's own settings make.
    problem_sha256: String,
    /// Rows that take no part: kind, reference, reason.
    left_out: Value,
    /// Locks that override a rule, pairs that break one in mode `warn`, what programmes cover, what is met already.
    report: Value,
}

impl Round {
    /// What everybody sees who may see the round; the rest is the coordinator's.
    pub(super) fn of(row: &Row, is_coordinator: bool) -> Result<Self, AppError> {
        let document = rounds::document(row)?;
        let is_published = !matches!(row.lifecycle, RoundLifecycle::Open | RoundLifecycle::Frozen);
        let rows = |rows: Value| match rows {
            Value::Array(rows) if is_coordinator => rows,
            _ => Vec::new(),
        };
        Ok(Self {
            id: row.key.to_string(),
            party: row.party.to_string(),
            lifecycle: row.lifecycle.to_string(),
            // Until something is published it would tell whether a hidden offer has come or gone.
            snapshot_sha256: row.snapshot.clone().filter(|_| is_coordinator || is_published),
            body: RoundBody {
                name: row.name.clone(),
                cut_off_at: Some(row.cut_off_at.to_string()),
                periods: document.periods.iter().map(ToString::to_string).collect(),
                settings: document.settings.clone(),
                collection: document.collection.clone(),
                absorption: rows(shown(&document.absorption)?),
                channels: rows(shown(&document.channels)?),
                suitability: rows(shown(&document.suitability)?),
                locks: rows(shown(&document.locks)?),
                baseline: rows(shown(&document.baseline)?),
            },
            version: row.version,
            created_at: row.created_at.to_string(),
            updated_at: row.updated_at.to_string(),
        })
    }
}

fn shown<T: Serialize>(value: &T) -> Result<Value, AppError> {
    serde_json::to_value(value).map_err(|_| AppError::Internal)
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RoundFilters {
    /// Where it stands.
    lifecycle: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Rounds that you may see
#[utoipa::path(get, path = "/rounds", tag = "rounds", params(RoundFilters), responses(
    (status = 200, content((RoundPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<RoundFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let lifecycle: Option<RoundLifecycle> =
        word("lifecycle", filters.lifecycle.as_deref(), "open, frozen, published, decided, closed")?;
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let rows = rounds::list(&mut session, &principal, lifecycle, &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    let all = principal.viewer().sees_all();
    wish.page(RoundPage { items: rows.iter().map(|row| Round::of(row, all)).collect::<Result<_, _>>()?, next })
}

/// Open a round
#[utoipa::path(post, path = "/rounds", tag = "rounds", request_body = RoundBody, responses(
    (status = 201, body = Round), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn open(mutation: Mutation, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = rounds::open(transaction, principal, &value).await?;
            Answer::created(format!("/api/v1/rounds/{}", row.key), row.version, &Round::of(&row, true)?)
        })
    });
    effect.await
}

/// A round
#[utoipa::path(get, path = "/rounds/{id}", tag = "rounds", params(("id" = String, Path)), responses(
    (status = 200, body = Round), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<RoundKey>) -> Result<Response, Problem> {
    let row = rounds::get(&mut session, &principal, key).await?;
    answer::read(row.version, &Round::of(&row, principal.viewer().sees_all())?)
}

/// Rewrite an open round
#[utoipa::path(put, path = "/rounds/{id}", tag = "rounds", params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = RoundBody, responses(
    (status = 200, body = Round), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn rewrite(
    mutation: Mutation,
    Key(key): Key<RoundKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = rounds::rewrite(transaction, principal, key, version, &value).await?;
            Answer::ok(row.version, &Round::of(&row, true)?)
        })
    });
    effect.await
}

/// Freeze a round to what the register holds
#[utoipa::path(post, path = "/rounds/{id}/freeze", tag = "rounds",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = FrozenRound), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn freeze(
    mutation: Mutation,
    Key(key): Key<RoundKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    // A key that was used already needs no second preparation, which the round would now refuse.
    let prepared = rounds::prepare(&mutation.app, &mutation.principal, key).await;
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let prepared = prepared?;
            let row = rounds::freeze(transaction, principal, version, &prepared).await?;
            let frozen = FrozenRound {
                round: Round::of(&row, true)?,
                problem_sha256: prepared.problem_sha256.clone(),
                left_out: shown(&prepared.left_out)?,
                report: shown(&prepared.report)?,
            };
            Answer::ok(row.version, &frozen)
        })
    });
    effect.await
}

/// What a round was frozen to, as the bytes that `snapshot_sha256` is of: for coordinators, observers admitted to the
/// round, and everybody once a run is published and nothing in it is hidden
#[utoipa::path(get, path = "/rounds/{id}/snapshot", tag = "rounds", params(("id" = String, Path)), responses(
    (status = 200, body = Value), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn snapshot(Reading { principal, mut session }: Reading, Key(key): Key<RoundKey>) -> Result<Response, Problem> {
    let bytes = rounds::snapshot(&mut session, &principal, key).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}

pub(super) fn routes() -> OpenApiRouter<App> {
    let rounds = OpenApiRouter::new().routes(routes!(list, open)).routes(routes!(read, rewrite));
    rounds.routes(routes!(freeze)).routes(routes!(snapshot))
}
