//! Offers of providers.

use axum::extract::Path;
use axum::response::Response;
use needmatch_app::requests::Step;
use needmatch_app::store::keys::{OfferKey, PartyKey};
use needmatch_app::store::register::{Offer as Row, OfferFilter};
use needmatch_app::store::{Cursor, OFFER_ORDERS};
use needmatch_app::{App, AppError, offers};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::wire;
use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::cursor::{self, OfferOrder};
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key, day, key, word, words};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::{IfMatch, MaybeIfMatch};

/// What an offer holds in a period.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeriodQuantity {
    /// The period.
    #[schema(example = "2027")]
    period: String,
    /// What it holds then, in the offer's unit.
    quantity: i64,
}

/// An offer as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct OfferBody {
    /// Name used by people and frozen problems, unique among offers under the code of its party, as in
    /// `Norland/tracing-courses`; made when not given.
    #[schema(example = "tracing-courses")]
    reference: Option<String>,
    /// The owner's own key, unique within the party.
    external_id: Option<String>,
    /// Code of the provider; the caller's own when not given, where they act for one alone.
    #[schema(example = "Halvorland")]
    provider: Option<String>,
    /// One line for people.
    #[schema(example = "Marking, registers and tracing")]
    title: String,
    /// `money` or `in_kind`.
    #[schema(example = "money")]
    form: String,
    /// Component types it serves; empty = any.
    #[serde(default)]
    types: Vec<String>,
    /// Areas it serves; empty = any.
    #[serde(default)]
    #[schema(example = json!(["marking", "record_keeping"]))]
    areas: Vec<String>,
    /// In kind: the item, if named.
    item: Option<String>,
    /// Money: ISO 4217 code or `currency`; in kind: the unit.
    #[schema(example = "EUR")]
    unit: String,
    /// How much, in its unit; at least 1.
    #[schema(example = 120_000, minimum = 1)]
    quantity: i64,
    /// In kind: worth of a unit in accounting currency.
    unit_value: Option<i64>,
    /// `commitment` or `pledge`.
    #[serde(default)]
    firmness: Option<String>,
    /// Earmark: states.
    #[serde(default)]
    states: Vec<String>,
    /// Earmark: regions.
    #[serde(default)]
    regions: Vec<String>,
    /// Earmark: groups.
    #[serde(default)]
    groups: Vec<String>,
    /// Never these states.
    #[serde(default)]
    excluded_states: Vec<String>,
    /// Contexts it accepts; empty = any.
    #[serde(default)]
    contexts: Vec<String>,
    /// First period in which it is available.
    from: Option<String>,
    /// Last period in which it is available.
    to: Option<String>,
    /// What it holds in single periods; none listed = the quantity at any time.
    #[serde(default)]
    periods: Vec<PeriodQuantity>,
    /// Least for one request, in its unit.
    ticket_min: Option<i64>,
    /// Most for one request, in its unit.
    ticket_max: Option<i64>,
    /// Most for one state, in its unit.
    state_max: Option<i64>,
    /// Most requests taken part in.
    max_requests: Option<u32>,
    /// Least national contribution, percent (¶105).
    #[serde(default)]
    min_contribution_percent: u8,
    /// Least static sustainability score.
    #[serde(default)]
    min_sustainability: u8,
    /// Wants a current national action plan (¶91).
    #[serde(default)]
    requires_action_plan: bool,
    /// Wants a national report of this year or later (¶87).
    report_since: Option<i16>,
    /// Funding channel it flows through (¶109).
    channel: Option<String>,
    /// What a unit delivered draws, permille of its cost; 1000 when not given.
    #[serde(default)]
    delivery_permille: Option<i64>,
    /// Areas the provider would rather serve.
    #[serde(default)]
    preferred_areas: Vec<String>,
    /// SDG targets (¶90).
    #[serde(default)]
    sdg_targets: Vec<String>,
    /// `confidential`, `parties` or `public`.
    #[serde(default)]
    visibility: Option<String>,
    /// The last day on which it is valid, until midnight UTC: then it expires, and its open proposals with it. It can be
    /// changed to a later day as long as the offer has not ended.
    #[schema(example = "2028-12-31")]
    valid_until: Option<String>,
}

/// An offer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Offer {
    /// Its identifier.
    id: String,
    /// The provider's party.
    party: String,
    /// Where it stands.
    lifecycle: String,
    #[serde(flatten)]
    body: OfferBody,
    /// Promised so far, in its unit; told to its provider and to coordinators alone.
    committed: Option<i64>,
    /// Rises with every change.
    version: i64,
    /// When it was registered.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// An offer as it is sent, or a list of them that is registered as a whole.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum OfferBodies {
    One(Box<OfferBody>),
    Many(Vec<OfferBody>),
}

/// What was registered: one offer where one was sent, a page of them where a list was.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum OffersMade {
    One(Box<Offer>),
    Many(OfferPage),
}

/// A page of offers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfferPage {
    items: Vec<Offer>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl TryFrom<&Row> for Offer {
    type Error = AppError;

    fn try_from(row: &Row) -> Result<Self, AppError> {
        let content = &row.content;
        let columns = json!({
            "reference": content.reference, "external_id": content.external_id, "title": content.title,
            "form": content.form.name(), "unit": content.unit, "quantity": content.quantity,
            "visibility": content.visibility.name(), "areas": content.areas,
            "valid_until": content.valid_until,
        });
        Ok(Self {
            id: row.key.to_string(),
            party: row.party.to_string(),
            lifecycle: row.lifecycle.to_string(),
            body: wire(&content.body, columns)?,
            committed: row.committed,
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
pub(crate) struct OfferFilters {
    /// Of this party.
    party: Option<String>,
    /// Serving this area, if only because it serves any.
    area: Option<String>,
    /// `money` or `in_kind`.
    form: Option<String>,
    /// Submitted, available or reserved, and valid until a day before this one: what ends first, and what to prolong.
    valid_before: Option<String>,
    /// Words that title or reference begin words with; all of them.
    q: Option<String>,
    /// Where it stands, one or more separated by commas.
    lifecycle: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default), `oldest` or `quantity` (largest first, whatever its unit).
    #[param(inline, value_type = Option<OfferOrder>)]
    order: Option<String>,
}

/// Offers that you may see
#[utoipa::path(get, path = "/offers", tag = "offers", params(OfferFilters), responses(
    (status = 200, content((OfferPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<OfferFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), OFFER_ORDERS)?;
    let filter = OfferFilter {
        party: filters.party.as_deref().map(|text| key::<PartyKey>("party", text)).transpose()?,
        area: filters.area,
        form: word("form", filters.form.as_deref(), "money, in_kind")?,
        valid_before: filters.valid_before.as_deref().map(|text| day("valid_before", text)).transpose()?,
        text: filters.q,
        lifecycles: words(
            "lifecycle",
            filters.lifecycle.as_deref(),
            "draft, submitted, available, reserved, exhausted, withdrawn, expired",
        )?,
    };
    let rows = offers::list(&mut session, &principal, &filter, &page).await?;
    let next = cursor::next(&page, &rows, |row| {
        let rank = page.order.has_rank().then_some(row.content.quantity);
        Cursor { key: row.key.uuid(), rank }
    });
    wish.page(OfferPage { items: rows.iter().map(Offer::try_from).collect::<Result<_, _>>()?, next })
}

/// Register an offer, as a draft
///
/// A list of offers registers all of them or none.
#[utoipa::path(post, path = "/offers", tag = "offers", request_body = OfferBodies, responses(
    (status = 201, body = OffersMade), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn create(mutation: Mutation, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            if let Value::Array(documents) = &value {
                let rows = offers::create_many(transaction, principal, documents).await?;
                let items = rows.iter().map(Offer::try_from).collect::<Result<_, _>>()?;
                return Answer::made("/api/v1/offers".to_owned(), &OffersMade::Many(OfferPage { items, next: None }));
            }
            let row = offers::create(transaction, principal, &value).await?;
            let made = OffersMade::One(Box::new(Offer::try_from(&row)?));
            Answer::created(format!("/api/v1/offers/{}", row.key), row.version, &made)
        })
    });
    effect.await
}

/// An offer
#[utoipa::path(get, path = "/offers/{id}", tag = "offers", params(("id" = String, Path)), responses(
    (status = 200, body = Offer), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<OfferKey>) -> Result<Response, Problem> {
    let row = offers::get(&mut session, &principal, key).await?;
    answer::read(row.version, &Offer::try_from(&row)?)
}

/// Rewrite an offer
#[utoipa::path(put, path = "/offers/{id}", tag = "offers", params(("id" = String, Path), ("If-Match" = String, Header)),
    request_body = OfferBody, responses(
    (status = 200, body = Offer), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn rewrite(
    mutation: Mutation,
    Key(key): Key<OfferKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = offers::rewrite(transaction, principal, key, version, &value).await?;
            Answer::ok(row.version, &Offer::try_from(&row)?)
        })
    });
    effect.await
}

/// Take a step: submit, confirm, withdraw, expire
#[utoipa::path(post, path = "/offers/{id}/{step}", tag = "offers",
    params(("id" = String, Path), ("step" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Offer), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn step(
    mutation: Mutation,
    Path((id, step)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let key: OfferKey = key("offer", &id)?;
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let reason = Step::read("", &value)?.reason;
            let row = offers::take_step(transaction, principal, key, version, &step, reason.as_deref()).await?;
            Answer::ok(row.version, &Offer::try_from(&row)?)
        })
    });
    effect.await
}

/// Mirror an offer under the provider's own key: registered if there was none, rewritten if it differs
#[utoipa::path(put, path = "/parties/{id}/offers/{external_id}", tag = "offers",
    params(("id" = String, Path), ("external_id" = String, Path), ("If-Match" = Option<String>, Header)), request_body = OfferBody, responses(
    (status = 200, body = Offer), (status = 201, body = Offer),
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
            let (row, is_new) = offers::put(transaction, principal, party, &external_id, version, &value).await?;
            let shown = Offer::try_from(&row)?;
            if is_new {
                return Answer::created(format!("/api/v1/offers/{}", row.key), row.version, &shown);
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
