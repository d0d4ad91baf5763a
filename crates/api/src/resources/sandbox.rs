//! What only a party to try the service with has: it is wiped, and told of what did not happen.

use std::collections::BTreeMap;

use axum::response::Response;
use needmatch_app::store::keys::PartyKey;
use needmatch_app::{App, sandbox};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::Answer;
use crate::http::body::Document;
use crate::http::mutation::Mutation;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};

/// What went, by kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Wiped {
    /// Rows of each kind.
    #[schema(value_type = std::collections::HashMap<String, u64>, example = json!({ "offers": 3, "messages": 1 }))]
    wiped: BTreeMap<&'static str, u64>,
}

/// Wipe a sandbox: its requests, offers, programmes, reports, documents and messages
///
/// Members, tokens and webhooks stay, and the audit log keeps what was done. What is registered meanwhile or later stays
/// too, whether or not the same key is sent again. Should the server stop before all is gone, the rest goes soon after.
#[utoipa::path(post, path = "/parties/{id}/sandbox/reset", tag = "sandbox", params(("id" = String, Path)), responses(
    (status = 200, body = Wiped), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn reset(mutation: Mutation, Key(party): Key<PartyKey>, document: Document) -> Result<Response, Problem> {
    let store = mutation.app.store().clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let wiped = sandbox::reset(transaction, principal, party).await?;
            Answer::done(&Wiped { wiped: wiped.rows.into_iter().collect() })
        })
    });
    let answer = effect.await?;
    // Goes on should the client hang up. The reset lasts already: what is left of it is wiped when workers tidy.
    let wiping = tokio::spawn(async move { sandbox::wipe(&store, party).await });
    if let Ok(Err(error)) = wiping.await {
        tracing::warn!(%error, %party, "a sandbox is not wiped yet");
    }
    Ok(answer)
}

/// What the webhooks of a sandbox are to be told.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SimulatedBody {
    /// As in the `kinds` of a webhook.
    #[schema(example = "proposal.opened")]
    kind: String,
}

/// What the webhooks of a sandbox were told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Simulated {
    /// The kind.
    kind: String,
    /// The data of the message. What it names is not there.
    data: Value,
    /// Webhooks that are told.
    webhooks: usize,
}

/// Tell the webhooks of a sandbox of something that did not happen, such as a proposal
///
/// The message has the form, the signature and the retries of any other; its data say `"sandbox": true`.
#[utoipa::path(post, path = "/parties/{id}/sandbox/messages", tag = "sandbox", params(("id" = String, Path)),
    request_body = SimulatedBody, responses(
    (status = 202, body = Simulated), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn simulate(mutation: Mutation, Key(party): Key<PartyKey>, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let (kind, data, webhooks) = sandbox::simulate(transaction, principal, party, &value).await?;
            let told = Simulated { kind: kind.to_string(), data, webhooks };
            Answer::accepted(format!("/api/v1/parties/{party}/webhooks"), &told)
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(reset)).routes(routes!(simulate))
}
