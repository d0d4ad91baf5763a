//! What follows on a frozen round: a run published, proposals decided, the round closed; and who may read all of it.

use axum::response::Response;
use needmatch_app::requests::Step;
use needmatch_app::store::keys::RoundKey;
use needmatch_app::store::parties::Party;
use needmatch_app::{App, rounds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::rounds::Round;
use crate::http::answer::Answer;
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::mutation::Mutation;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::IfMatch;

/// The run to be published.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishBody {
    /// Its identifier.
    run: String,
    /// Until when both sides can answer; in 30 days when not given.
    deadline: Option<String>,
}

/// Publish one finished run of a frozen round: its matches become proposals
#[utoipa::path(post, path = "/rounds/{id}/publish", tag = "rounds",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = PublishBody, responses(
    (status = 200, body = Round), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn publish(
    mutation: Mutation,
    Key(key): Key<RoundKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let prepared = rounds::prepare_publication(&mutation.app, &mutation.principal, key, &document.value).await;
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = rounds::publish(transaction, principal, version, &prepared?).await?;
            Answer::ok(row.version, &Round::of(&row, true)?)
        })
    });
    effect.await
}

/// End the answers to a published round: every proposal is answered, or its deadline has passed
#[utoipa::path(post, path = "/rounds/{id}/decide", tag = "rounds",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Round), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn decide(
    mutation: Mutation,
    Key(key): Key<RoundKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    step(mutation, key, version, document, "decide").await
}

/// Close a decided round: requests that nothing was agreed for are circulated again
#[utoipa::path(post, path = "/rounds/{id}/close", tag = "rounds",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Round), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn close(
    mutation: Mutation,
    Key(key): Key<RoundKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    step(mutation, key, version, document, "close").await
}

async fn step(
    mutation: Mutation,
    key: RoundKey,
    version: i64,
    document: Document,
    name: &'static str,
) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let reason = Step::read("", &value)?.reason;
            let row = rounds::take_step(transaction, principal, key, version, name, reason.as_deref()).await?;
            Answer::ok(row.version, &Round::of(&row, true)?)
        })
    });
    effect.await
}

/// An observer to be admitted.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AdmitBody {
    /// Its code.
    #[schema(example = "Audit")]
    observer: String,
}

/// An observer that may read all of a round.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Observer {
    /// Its party.
    party: String,
    /// Its code.
    code: String,
    /// As shown.
    name: String,
}

/// Observers that may read all of a round.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Observers {
    items: Vec<Observer>,
}

impl Observers {
    fn of(parties: Vec<Party>) -> Self {
        let shown = |party: Party| Observer { party: party.key.to_string(), code: party.code, name: party.name };
        Self { items: parties.into_iter().map(shown).collect() }
    }
}

/// Observers admitted to the whole of a round
#[utoipa::path(get, path = "/rounds/{id}/observers", tag = "rounds", params(("id" = String, Path)), responses(
    (status = 200, content((Observers = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn observers(
    Reading { principal, mut session }: Reading,
    Key(key): Key<RoundKey>,
    wish: Wish,
) -> Result<Response, Problem> {
    wish.page(Observers::of(rounds::observers(&mut session, &principal, key).await?))
}

/// Admit an observer to the whole of a round: problem, proof and reasons of its published run
#[utoipa::path(post, path = "/rounds/{id}/observers", tag = "rounds", params(("id" = String, Path)),
    request_body = AdmitBody, responses((status = 201, body = Observers), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn admit(mutation: Mutation, Key(key): Key<RoundKey>, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let parties = rounds::admit(transaction, principal, key, &value).await?;
            Answer::made(format!("/api/v1/rounds/{key}/observers"), &Observers::of(parties))
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(publish))
        .routes(routes!(decide))
        .routes(routes!(close))
        .routes(routes!(observers, admit))
}
