//! Commitments: agreed proposals written down (¶104), followed to their outcome. Decisions need an `Idempotency-Key`.

use axum::extract::Path;
use axum::response::Response;
use needmatch_app::store::agreements::{Commitment as Row, CommitmentFilter};
use needmatch_app::store::keys::{CommitmentKey, ProposalKey};
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, AppError, commitments};
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
use crate::http::parameters::{Filters, Key, key, word};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::IfMatch;

/// What success is measured by.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Indicator {
    /// What is counted.
    #[schema(example = "Records in the register")]
    name: String,
    /// In which unit.
    #[schema(example = "record")]
    unit: String,
    /// Where it stood before.
    #[serde(default)]
    baseline: i64,
    /// Where it should come to.
    target: i64,
}

/// A commitment as it is written.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct CommitmentBody {
    /// The national authority (¶104).
    #[schema(example = "National commission on small arms")]
    authority: String,
    /// The national procedure it follows.
    #[schema(example = "Decree 2024-17, article 4")]
    procedure: String,
    /// Number of the written instrument, if it has one.
    #[serde(default)]
    instrument: Option<String>,
    /// What success is measured by (¶107).
    #[serde(default)]
    indicators: Vec<Indicator>,
}

/// A delivery that the state confirmed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ConfirmedDelivery)]
pub(crate) struct Delivery {
    /// In the component's unit.
    quantity: i64,
    /// In the state's words.
    note: Option<String>,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = OutcomeReport)]
pub(crate) struct Report {
    /// In a few sentences.
    summary: String,
    /// Where the indicators came to, in their order.
    results: Vec<i64>,
    /// What others can learn from it (¶108).
    lessons: Vec<String>,
}

/// A commitment.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Commitment {
    /// Its identifier.
    id: String,
    /// The agreed proposal.
    proposal: String,
    /// The state's party.
    state_party: String,
    /// The provider's party.
    provider_party: String,
    /// `committed`, `disbursing`, `delivered`, `evaluated` or `cancelled`.
    lifecycle: String,
    #[serde(flatten)]
    body: CommitmentBody,
    /// Promised, in the offer's unit.
    promised: i64,
    /// Placed at disposal so far, in the offer's unit.
    disbursed: i64,
    /// What the state confirmed.
    delivery: Option<Delivery>,
    /// What came of it.
    report: Option<Report>,
    /// Whether the state has signed the report.
    state_signed: bool,
    /// Whether the provider has signed the report.
    provider_signed: bool,
    /// Rises with every change.
    version: i64,
    /// When it was written.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// A page of commitments.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommitmentPage {
    items: Vec<Commitment>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl TryFrom<&Row> for Commitment {
    type Error = AppError;

    fn try_from(row: &Row) -> Result<Self, AppError> {
        let columns = json!({
            "id": row.key.to_string(), "proposal": row.proposal.to_string(),
            "state_party": row.state_party.to_string(), "provider_party": row.provider_party.to_string(),
            "lifecycle": row.lifecycle.name(), "authority": row.authority, "procedure": row.procedure,
            "promised": row.promised, "disbursed": row.disbursed, "version": row.version,
            "created_at": row.created_at.to_string(), "updated_at": row.updated_at.to_string(),
        });
        wire(&row.body, columns)
    }
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CommitmentFilters {
    /// Where it stands.
    lifecycle: Option<String>,
    /// From this round.
    round: Option<String>,
    /// With this party on either side.
    party: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Commitments that you may see: those you are a side of; coordinators see all
#[utoipa::path(get, path = "/commitments", tag = "commitments", params(CommitmentFilters), responses(
    (status = 200, content((CommitmentPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<CommitmentFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let allowed = "committed, disbursing, delivered, evaluated, cancelled";
    let filter = CommitmentFilter {
        lifecycle: word("lifecycle", filters.lifecycle.as_deref(), allowed)?,
        round: filters.round.as_deref().map(|text| key("round", text)).transpose()?,
        party: filters.party.as_deref().map(|text| key("party", text)).transpose()?,
    };
    let rows = commitments::list(&mut session, &principal, &filter, &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(CommitmentPage { items: rows.iter().map(Commitment::try_from).collect::<Result<_, _>>()?, next })
}

/// A commitment
#[utoipa::path(get, path = "/commitments/{id}", tag = "commitments", params(("id" = String, Path)), responses(
    (status = 200, body = Commitment), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<CommitmentKey>) -> Result<Response, Problem> {
    let row = commitments::get(&mut session, &principal, key).await?;
    answer::read(row.version, &Commitment::try_from(&row)?)
}

/// Write an agreed proposal down
#[utoipa::path(post, path = "/proposals/{id}/commitment", tag = "commitments",
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), request_body = CommitmentBody, responses(
    (status = 201, body = Commitment), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn create(mutation: Mutation, Key(proposal): Key<ProposalKey>, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.decision().run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = commitments::create(transaction, principal, proposal, &value).await?;
            Answer::created(format!("/api/v1/commitments/{}", row.key), row.version, &Commitment::try_from(&row)?)
        })
    });
    effect.await
}

/// What goes with a step.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommitmentStepBody {
    /// With `disburse`: placed at disposal now, in the offer's unit.
    amount: Option<i64>,
    /// With `deliver`: what arrived, in the component's unit; all of it when not given.
    quantity: Option<i64>,
    /// With `deliver`: in the state's words.
    note: Option<String>,
    /// With `evaluate`: the report; left out to sign the one that stands.
    summary: Option<String>,
    /// With `evaluate`: where the indicators came to, in their order.
    #[schema(nullable = false)]
    results: Option<Vec<i64>>,
    /// With `evaluate`: what others can learn.
    #[schema(nullable = false)]
    lessons: Option<Vec<String>>,
    /// With `disburse`; with `cancel` it must be there.
    reason: Option<String>,
}

/// Take a step: disburse (provider), deliver (state), evaluate (each side once, the same report), cancel
#[utoipa::path(post, path = "/commitments/{id}/{step}", tag = "commitments",
    params(("id" = String, Path), ("step" = String, Path), ("If-Match" = String, Header),
        ("Idempotency-Key" = String, Header)),
    request_body = CommitmentStepBody, responses((status = 200, body = Commitment), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn step(
    mutation: Mutation,
    Path((id, step)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let key: CommitmentKey = key("commitment", &id)?;
    let value = document.value.clone();
    let effect = mutation.decision().run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = commitments::take_step(transaction, principal, key, version, &step, &value).await?;
            Answer::ok(row.version, &Commitment::try_from(&row)?)
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read)).routes(routes!(create)).routes(routes!(step))
}
