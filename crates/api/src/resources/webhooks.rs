//! Webhooks of a party's systems, and the messages they were sent.

use axum::response::Response;
use needmatch_app::store::keys::{DeliveryKey, PartyKey, WebhookKey};
use needmatch_app::store::messages::{Delivery as DeliveryRow, Webhook as Row};
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, webhooks};
use serde::{Deserialize, Serialize};
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

/// A webhook to be registered.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WebhookBody {
    /// Where messages go: `https://` and a public host, or what the operator allows by name.
    #[schema(example = "https://example.org/needmatch")]
    url: String,
    /// `proposal.opened`, `proposal.message`, `proposal.changed`, `proposal.accepted`, `proposal.agreed`,
    /// `proposal.declined`, `proposal.called_off`, `proposal.lapsed`, `proposal.due`, `round.published`,
    /// `request.unmatched`, `request.left_out`, `package.invited`, `package.joined`, `package.declined`, `package.left`,
    /// `package.withdrawn`, `webhook.test`; everything when none is named.
    #[serde(default)]
    #[schema(example = json!(["proposal.opened", "proposal.due"]))]
    kinds: Vec<String>,
}

/// A webhook without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Webhook {
    /// Its identifier.
    id: String,
    /// Whose it is.
    party: String,
    /// Where messages go.
    url: String,
    /// What it is told of; empty: everything.
    kinds: Vec<String>,
    /// When it was registered.
    created_at: String,
    /// When it was stopped.
    stopped_at: Option<String>,
    /// Rises when it is stopped.
    version: i64,
    /// What messages are signed with (Standard Webhooks): shown once, in the first answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "whsec_…")]
    secret: Option<String>,
}

/// Webhooks of a party, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Webhooks {
    items: Vec<Webhook>,
}

/// A message to a webhook.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Delivery {
    /// Its identifier, as in `webhook-id`: the same however often it is sent.
    id: String,
    /// The webhook.
    webhook: String,
    /// What it tells of.
    kind: String,
    /// What is sent, as it is sent.
    body: String,
    /// `waiting`, `delivered` or `failed`.
    lifecycle: String,
    /// How often it was tried since it was last asked for.
    tries: i64,
    /// HTTP status of the last answer.
    status: Option<i64>,
    /// Why the last try failed: `not_taken`, `unreachable`, `too_slow`, `refused_address`, `unsigned` or `stopped`.
    failure: Option<String>,
    /// When it was written.
    created_at: String,
    /// When it was taken or given up.
    ended_at: Option<String>,
    /// Rises with every attempt, and with what ends it.
    version: i64,
}

/// A page of messages to a webhook.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeliveryPage {
    items: Vec<Delivery>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

impl From<&Row> for Webhook {
    fn from(row: &Row) -> Self {
        Self {
            id: row.key.to_string(),
            party: row.party.to_string(),
            url: row.url.clone(),
            kinds: row.kinds.iter().map(ToString::to_string).collect(),
            created_at: row.created_at.to_string(),
            stopped_at: row.stopped_at.map(|at| at.to_string()),
            version: row.version(),
            secret: None,
        }
    }
}

impl From<&DeliveryRow> for Delivery {
    fn from(row: &DeliveryRow) -> Self {
        Self {
            id: row.key.to_string(),
            webhook: row.webhook.to_string(),
            kind: row.kind.to_string(),
            body: row.body.clone(),
            lifecycle: row.lifecycle.to_string(),
            tries: row.tries,
            status: row.status,
            failure: row.failure.clone(),
            created_at: row.created_at.to_string(),
            ended_at: row.ended_at.map(|at| at.to_string()),
            version: row.version,
        }
    }
}

/// Webhooks of a party
#[utoipa::path(get, path = "/parties/{id}/webhooks", tag = "webhooks", params(("id" = String, Path)), responses(
    (status = 200, content((Webhooks = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Key(party): Key<PartyKey>,
    wish: Wish,
) -> Result<Response, Problem> {
    let rows = webhooks::list(&mut session, &principal, party).await?;
    wish.page(Webhooks { items: rows.iter().map(Webhook::from).collect() })
}

/// Register a webhook
///
/// The secret is in the first answer only: an answer repeated for the same `Idempotency-Key` comes without it.
#[utoipa::path(post, path = "/parties/{id}/webhooks", tag = "webhooks", params(("id" = String, Path)),
    request_body = WebhookBody, responses(
    (status = 201, body = Webhook), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn register(mutation: Mutation, Key(party): Key<PartyKey>, document: Document) -> Result<Response, Problem> {
    let (app, value) = (mutation.app.clone(), document.value.clone());
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let registered = webhooks::register(&app, transaction, principal, party, &value).await?;
            let kept = Webhook::from(&registered.webhook);
            let shown = Webhook { secret: Some(registered.secret), ..Webhook::from(&registered.webhook) };
            Answer::created(format!("/api/v1/webhooks/{}", kept.id), kept.version, &shown)?.keeping(&kept)
        })
    });
    effect.await
}

/// A webhook
#[utoipa::path(get, path = "/webhooks/{id}", tag = "webhooks", params(("id" = String, Path)), responses(
    (status = 200, body = Webhook), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<WebhookKey>) -> Result<Response, Problem> {
    let row = webhooks::get(&mut session, &principal, key).await?;
    answer::read(row.version(), &Webhook::from(&row))
}

/// Whether a webhook was still in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Stopped {
    was_in_force: bool,
    /// The webhook's, from now on.
    version: i64,
}

/// Stop a webhook, at once
///
/// Its secret is forgotten, what waits is not sent, and what was sent can still be read.
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "webhooks",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Stopped), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn stop(
    mutation: Mutation,
    Key(key): Key<WebhookKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let (was_in_force, version) = webhooks::stop(transaction, principal, key, version).await?;
            Answer::ok(version, &Stopped { was_in_force, version })
        })
    });
    effect.await
}

/// Send a webhook a message that tells of nothing
#[utoipa::path(post, path = "/webhooks/{id}/test", tag = "webhooks", params(("id" = String, Path)), responses(
    (status = 202, body = Delivery), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn test(mutation: Mutation, Key(key): Key<WebhookKey>, document: Document) -> Result<Response, Problem> {
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = webhooks::test(transaction, principal, key).await?;
            Answer::begun(format!("/api/v1/deliveries/{}", row.key), row.version, &Delivery::from(&row))
        })
    });
    effect.await
}

/// Which messages.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeliveryFilters {
    /// `waiting`, `delivered` or `failed`.
    lifecycle: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Messages to a webhook
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", tag = "webhooks",
    params(("id" = String, Path), DeliveryFilters), responses(
    (status = 200, content((DeliveryPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn deliveries(
    Reading { principal, mut session }: Reading,
    Key(key): Key<WebhookKey>,
    Filters(filters): Filters<DeliveryFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let lifecycle = word("lifecycle", filters.lifecycle.as_deref(), "waiting, delivered, failed")?;
    let rows = webhooks::deliveries(&mut session, &principal, key, lifecycle, &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(DeliveryPage { items: rows.iter().map(Delivery::from).collect(), next })
}

/// A message to a webhook
#[utoipa::path(get, path = "/deliveries/{id}", tag = "webhooks", params(("id" = String, Path)), responses(
    (status = 200, body = Delivery), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn delivery(
    Reading { principal, mut session }: Reading,
    Key(key): Key<DeliveryKey>,
) -> Result<Response, Problem> {
    let row = webhooks::delivery(&mut session, &principal, key).await?;
    answer::read(row.version, &Delivery::from(&row))
}

/// Send a message again that was delivered or given up
#[utoipa::path(post, path = "/deliveries/{id}/redeliver", tag = "webhooks",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 202, body = Delivery), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn redeliver(
    mutation: Mutation,
    Key(key): Key<DeliveryKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = webhooks::redeliver(transaction, principal, key, version).await?;
            Answer::begun(format!("/api/v1/deliveries/{}", row.key), row.version, &Delivery::from(&row))
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, register))
        .routes(routes!(read, stop))
        .routes(routes!(test))
        .routes(routes!(deliveries))
        .routes(routes!(delivery))
        .routes(routes!(redeliver))
}
