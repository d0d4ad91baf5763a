//! The audit log: rows of a party for who may see them, signed heads for everybody.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use needmatch_app::store::audit::{AuditFilter, AuditRow as Row, Signed};
use needmatch_app::store::keys::PartyKey;
use needmatch_app::{App, audit};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::Reading;
use crate::http::expected::Expected;
use crate::http::parameters::{Filters, Key, key};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// Most rows in a page.
const MOST: u32 = 500;

/// Checkpoints shown.
const CHECKPOINTS: u32 = 100;

/// A row of a party's chain.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditRow {
    /// Place in the chain, from 1.
    number: i64,
    /// When.
    at: String,
    /// The person, if one acted.
    person: Option<String>,
    /// With which credential.
    credential: Option<String>,
    /// Through what: `api`, `web`, `cli`, `worker`.
    origin: String,
    /// Identifier of the request that caused it.
    request_id: String,
    /// What was done, such as `request.create`.
    action: String,
    /// To what kind of row.
    subject_kind: String,
    /// To which row.
    subject: String,
    /// SHA-256 of what was.
    before_hash: Option<String>,
    /// SHA-256 of what is.
    after_hash: Option<String>,
    /// In the words of who decided.
    reason: Option<String>,
    /// The step of a lifecycle that it tells of, such as `endorse`; absent where it tells of none.
    step: Option<String>,
    /// Where the step began; absent where it began what the row tells of.
    state_from: Option<String>,
    /// Where the step led.
    state_to: Option<String>,
    /// Hash of the row before.
    previous_hash: String,
    /// Hash of this row.
    hash: String,
}

/// A part of a party's chain.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditRows {
    items: Vec<AuditRow>,
    /// `after` of the next page; absent on the last.
    next: Option<i64>,
}

/// Which part of the chain. With any filter rows come in the order of time, else in that of the chain.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditFilters {
    /// `next` of the page before.
    #[param(minimum = 0)]
    after: Option<i64>,
    /// Rows in a page, at most 500.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// What was done to the row of this identifier.
    subject: Option<String>,
    /// Its kind, such as `request`; only together with `subject`.
    subject_kind: Option<String>,
    /// Of this action, such as `request.move`.
    action: Option<String>,
    /// At this moment or later, as RFC 3339 has it.
    since: Option<String>,
    /// Before this moment, as RFC 3339 has it.
    before: Option<String>,
}

impl AuditFilters {
    fn filter(&self) -> Result<AuditFilter, Problem> {
        if let (None, Some(kind)) = (&self.subject, &self.subject_kind) {
            return Err(Problem::parameter("subject_kind", kind, "the kind of the subject that is named"));
        }
        Ok(AuditFilter {
            subject: self.subject.as_deref().map(|text| key("resource", text)).transpose()?,
            subject_kind: self.subject_kind.clone(),
            action: self.action.clone(),
            since: moment("since", self.since.as_deref())?,
            before: moment("before", self.before.as_deref())?,
        })
    }
}

fn moment(name: &str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let read =
        |text: &str| text.parse().map_err(|_| Problem::parameter(name, text, "a moment such as 2026-01-15T09:00:00Z"));
    text.map(read).transpose()
}

/// The heads of all chains at a moment, signed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Checkpoint {
    /// Its identifier.
    id: String,
    /// When.
    at: String,
    /// SHA-256 of the canonical JSON of the heads: what is signed, as hexadecimal text.
    heads_sha256: String,
    /// Ed25519 signature, hexadecimal.
    signature: String,
    /// The key to check it with, hexadecimal.
    public_key: String,
}

/// The last checkpoints, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Checkpoints {
    items: Vec<Checkpoint>,
}

impl From<Row> for AuditRow {
    fn from(row: Row) -> Self {
        Self {
            number: row.number,
            at: row.at.to_string(),
            person: row.person.map(|key| key.to_string()),
            credential: row.credential.map(|key| key.to_string()),
            origin: row.origin,
            request_id: row.request_id,
            action: row.action,
            subject_kind: row.subject_kind,
            subject: row.subject.to_string(),
            before_hash: row.before_hash,
            after_hash: row.after_hash,
            reason: row.reason,
            step: row.step,
            state_from: row.state_from,
            state_to: row.state_to,
            previous_hash: row.previous_hash,
            hash: row.hash,
        }
    }
}

impl From<Signed> for Checkpoint {
    fn from(row: Signed) -> Self {
        Self {
            id: row.key.to_string(),
            at: row.at.to_string(),
            heads_sha256: row.heads_sha256,
            signature: row.signature,
            public_key: row.public_key,
        }
    }
}

/// What was done to what is a party's
///
/// Without a filter rows come in the order in which they are written, so that whoever asks for what comes after the last
/// one misses none. With a filter they come in the order of time: a row that is written later may still come before one
/// that was read.
#[utoipa::path(get, path = "/parties/{id}/audit", tag = "audit", params(("id" = String, Path), AuditFilters), responses(
    (status = 200, content((AuditRows = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn rows(
    Reading { principal, mut session }: Reading,
    Key(party): Key<PartyKey>,
    Filters(filters): Filters<AuditFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let limit = filters.limit.unwrap_or(100);
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::parameter("limit", &limit.to_string(), Expected::Number(MOST)));
    }
    let after = filters.after;
    if let Some(after) = after.filter(|after| *after < 0) {
        return Err(Problem::parameter("after", &after.to_string(), "the `next` of a page"));
    }
    let filter = filters.filter()?;
    let rows = audit::rows_of(&mut session, &principal, party, &filter, after, limit).await?;
    let next = rows.last().filter(|_| rows.len() >= limit as usize).map(|row| row.number);
    wish.page(AuditRows { items: rows.into_iter().map(AuditRow::from).collect(), next })
}

/// Signed heads of the audit log: keep them elsewhere
#[utoipa::path(get, path = "/audit/checkpoints", tag = "audit", security(()), responses(
    (status = 200, content((Checkpoints = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn checkpoints(State(app): State<App>, wish: Wish) -> Result<Response, Problem> {
    let rows = audit::checkpoints(&mut app.read().await?, CHECKPOINTS).await?;
    wish.page(Checkpoints { items: rows.into_iter().map(Checkpoint::from).collect() })
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(rows)).routes(routes!(checkpoints))
}
