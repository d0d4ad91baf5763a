//! Proposals: matches of a published run, answered by both sides. Decisions need an `Idempotency-Key`.

use axum::response::Response;
use needmatch_app::store::agreements::{Proposal as Row, ProposalFilter, Subject};
use needmatch_app::store::keys::{OfferKey, ProposalKey, RequestKey, RoundKey};
use needmatch_app::store::{AuditedTransaction, BY_TIME, Cursor, Session};
use needmatch_app::{App, AppError, proposals};
use serde::{Deserialize, Serialize};
use serde_json::Value;
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

/// A proposal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Proposal {
    /// Its identifier.
    id: String,
    /// The round.
    round: String,
    /// The published run it comes from.
    run: String,
    /// The request.
    request: String,
    /// Its reference.
    request_reference: String,
    /// Reference of the component served.
    component: String,
    /// Type of help.
    component_type: String,
    /// Unit of `quantity`.
    component_unit: String,
    /// The offer that serves it.
    offer: String,
    /// Its reference.
    offer_reference: String,
    /// Unit or currency of `draw`.
    offer_unit: String,
    /// The state's party.
    state_party: String,
    /// The provider's party.
    provider_party: String,
    /// When.
    period: String,
    /// In the component's unit.
    quantity: i64,
    /// What it takes from the offer, in the offer's own unit.
    draw: i64,
    /// Accounting currency, without delivery.
    cost: i64,
    /// `proposed`, `agreed`, `declined` or `lapsed`; what was called off is `declined`.
    lifecycle: String,
    /// When the state accepted these terms.
    state_accepted_at: Option<String>,
    /// When the provider accepted these terms.
    provider_accepted_at: Option<String>,
    /// The recorded assessment of suitability and sustainability (¶101).
    suitability: Option<Value>,
    /// Party that declined it, called it off, or took back what it was about.
    declined_by: Option<String>,
    /// Why it ended, in the words of who ended it; absent where nobody gave any.
    reason: Option<String>,
    /// How it ended: `declined`, `called_off` (after both had agreed), `deadline` (nobody answered in time),
    /// `request_withdrawn`, `offer_withdrawn`, `request_expired` or `offer_expired`.
    ending: Option<String>,
    /// Until when it can be answered.
    deadline_at: String,
    /// Rises with every change.
    version: i64,
    /// When it was made.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// A page of proposals.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProposalPage {
    items: Vec<Proposal>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl Proposal {
    fn of(row: &Row, subject: &Subject) -> Self {
        let time = |at: jiff::Timestamp| at.to_string();
        Self {
            id: row.key.to_string(),
            round: row.round.to_string(),
            run: row.run.to_string(),
            request: subject.request.to_string(),
            request_reference: subject.request_reference.clone(),
            component: subject.component.clone(),
            component_type: subject.component_type.clone(),
            component_unit: subject.component_unit.clone(),
            offer: row.offer.to_string(),
            offer_reference: subject.offer.clone(),
            offer_unit: subject.offer_unit.clone(),
            state_party: row.state_party.to_string(),
            provider_party: row.provider_party.to_string(),
            period: row.terms.period.clone(),
            quantity: row.terms.quantity,
            draw: row.terms.draw,
            cost: row.terms.cost,
            lifecycle: row.lifecycle.to_string(),
            state_accepted_at: row.state_accepted_at.map(time),
            provider_accepted_at: row.provider_accepted_at.map(time),
            suitability: row.suitability.clone(),
            declined_by: row.declined_by.map(|party| party.to_string()),
            reason: row.reason.clone(),
            ending: row.ending.map(|ending| ending.to_string()),
            deadline_at: time(row.deadline_at),
            version: row.version,
            created_at: time(row.created_at),
            updated_at: time(row.updated_at),
        }
    }

    async fn shown(session: &mut Session, row: &Row) -> Result<Self, AppError> {
        Ok(Self::of(row, &proposals::subject(session, row).await?))
    }
}

async fn changed(transaction: &mut AuditedTransaction, row: &Row) -> Result<Answer, AppError> {
    Answer::ok(row.version, &Proposal::shown(transaction, row).await?)
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProposalFilters {
    /// Of this round.
    round: Option<String>,
    /// Where it stands.
    lifecycle: Option<String>,
    /// For this request.
    request: Option<String>,
    /// From this offer.
    offer: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Proposals that you may see: those you are a side of; coordinators see all
#[utoipa::path(get, path = "/proposals", tag = "proposals", params(ProposalFilters), responses(
    (status = 200, content((ProposalPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<ProposalFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let filter = ProposalFilter {
        round: filters.round.as_deref().map(|text| key::<RoundKey>("round", text)).transpose()?,
        lifecycle: word("lifecycle", filters.lifecycle.as_deref(), "proposed, agreed, declined, lapsed")?,
        request: filters.request.as_deref().map(|text| key::<RequestKey>("request", text)).transpose()?,
        offer: filters.offer.as_deref().map(|text| key::<OfferKey>("offer", text)).transpose()?,
    };
    let rows = proposals::list(&mut session, &principal, &filter, &page).await?;
    let subjects = proposals::subjects(&mut session, &rows).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    let items = rows.iter().filter_map(|row| Some(Proposal::of(row, subjects.get(&row.key)?))).collect();
    wish.page(ProposalPage { items, next })
}

/// A proposal
#[utoipa::path(get, path = "/proposals/{id}", tag = "proposals", params(("id" = String, Path)), responses(
    (status = 200, body = Proposal), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<ProposalKey>) -> Result<Response, Problem> {
    let row = proposals::get(&mut session, &principal, key).await?;
    answer::read(row.version, &Proposal::shown(&mut session, &row).await?)
}

/// An answer to a proposal.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerBody {
    /// In the words of who decides; needed to decline and to call off.
    #[schema(example = "Another programme covers it by now.")]
    reason: Option<String>,
    /// `state` or `provider`, for those who act for both.
    side: Option<String>,
}

/// Accept the terms for your side; both sides' acceptance makes it agreed
#[utoipa::path(post, path = "/proposals/{id}/accept", tag = "proposals",
    params(("id" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = String, Header)),
    request_body = AnswerBody, responses((status = 200, body = Proposal), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn accept(
    mutation: Mutation,
    Key(key): Key<ProposalKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.decision().run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = proposals::accept(transaction, principal, key, version, &value).await?;
            changed(transaction, &row).await
        })
    });
    effect.await
}

/// Decline a proposal, with a reason; later runs do not propose the match again
#[utoipa::path(post, path = "/proposals/{id}/decline", tag = "proposals",
    params(("id" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = String, Header)),
    request_body = AnswerBody, responses((status = 200, body = Proposal), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn decline(
    mutation: Mutation,
    Key(key): Key<ProposalKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.decision().run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = proposals::decline(transaction, principal, key, version, &value).await?;
            changed(transaction, &row).await
        })
    });
    effect.await
}

/// Call off what both sides agreed, with a reason, as long as it is not written down as a commitment
///
/// What it held is free again; later runs do not propose the match again. A commitment that stands is cancelled instead.
#[utoipa::path(post, path = "/proposals/{id}/call-off", tag = "proposals",
    params(("id" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = String, Header)),
    request_body = AnswerBody, responses((status = 200, body = Proposal), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn call_off(
    mutation: Mutation,
    Key(key): Key<ProposalKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.decision().run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = proposals::call_off(transaction, principal, key, version, &value).await?;
            changed(transaction, &row).await
        })
    });
    effect.await
}

/// Other terms for a proposal.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TermsBody {
    /// Another period of the round.
    period: Option<String>,
    /// Another quantity, in the component's unit.
    #[schema(example = 12)]
    quantity: Option<i64>,
    /// Why.
    reason: Option<String>,
    /// `state` or `provider`, for those who act for both.
    side: Option<String>,
}

/// Change quantity or period, for both sides to accept anew; the plan must keep its rules
#[utoipa::path(post, path = "/proposals/{id}/change", tag = "proposals",
    params(("id" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = String, Header)),
    request_body = TermsBody, responses((status = 200, body = Proposal), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn change(
    mutation: Mutation,
    Key(key): Key<ProposalKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    // A key that was used already needs no second recount, which other terms would now fail.
    let prepared = proposals::prepare_change(&mutation.app, &mutation.principal, key, &document.value).await;
    let effect = mutation.decision().run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = proposals::change(transaction, principal, version, &prepared?).await?;
            changed(transaction, &row).await
        })
    });
    effect.await
}

/// An assessment of suitability and sustainability (¶101).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssessmentBody {
    /// Whether it suits the conditions of the state.
    suitable: bool,
    /// Whether the state can keep it working.
    sustainable: bool,
    /// Who assessed.
    #[schema(example = "National commission on small arms")]
    assessor: String,
    /// What was found.
    #[schema(example = "Fits the depot; two technicians are trained and upkeep is budgeted.")]
    findings: String,
}

/// Record the assessment that equipment, technology and software need before they are accepted
#[utoipa::path(post, path = "/proposals/{id}/assess", tag = "proposals",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = AssessmentBody, responses(
    (status = 200, body = Proposal), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn assess(
    mutation: Mutation,
    Key(key): Key<ProposalKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = proposals::assess(transaction, principal, key, version, &value).await?;
            changed(transaction, &row).await
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(read))
        .routes(routes!(accept))
        .routes(routes!(decline))
        .routes(routes!(call_off))
        .routes(routes!(change))
        .routes(routes!(assess))
}
