//! Clarifications of proposals, asked and answered by both sides.

use axum::response::Response;
use needmatch_app::store::agreements::ProposalMessage;
use needmatch_app::store::keys::ProposalKey;
use needmatch_app::{App, proposals};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::Answer;
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::mutation::Mutation;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// A question or an answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Message {
    /// From 1, in order.
    number: i64,
    /// Who wrote.
    party: String,
    /// What was written.
    text: String,
    /// When.
    at: String,
}

/// What was asked and answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Messages {
    items: Vec<Message>,
}

impl From<&ProposalMessage> for Message {
    fn from(row: &ProposalMessage) -> Self {
        let (party, at) = (row.party.to_string(), row.at.to_string());
        Self { number: row.number, party, text: row.body.clone(), at }
    }
}

/// Clarifications asked and answered, in order
#[utoipa::path(get, path = "/proposals/{id}/messages", tag = "proposals", params(("id" = String, Path)), responses(
    (status = 200, content((Messages = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn messages(
    Reading { principal, mut session }: Reading,
    Key(key): Key<ProposalKey>,
    wish: Wish,
) -> Result<Response, Problem> {
    let rows = proposals::messages(&mut session, &principal, key).await?;
    wish.page(Messages { items: rows.iter().map(Message::from).collect() })
}

/// A question or an answer as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessageBody {
    /// At most 4000 characters.
    #[schema(example = "Which months would suit you?")]
    text: String,
    /// `state` or `provider`, for those who act for both.
    side: Option<String>,
}

/// Ask for a clarification, or answer one
#[utoipa::path(post, path = "/proposals/{id}/messages", tag = "proposals", params(("id" = String, Path)),
    request_body = MessageBody, responses((status = 201, body = Message), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn write(mutation: Mutation, Key(key): Key<ProposalKey>, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let message = proposals::write_message(transaction, principal, key, &value).await?;
            Answer::made(format!("/api/v1/proposals/{key}/messages"), &Message::from(&message))
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(messages, write))
}
