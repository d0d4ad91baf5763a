//! A change over HTTP: made once for each idempotency key, in a task of its own, so that a client who hangs up stops
//! nothing half way.

use std::pin::Pin;

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;
use axum::response::Response;
use needmatch_app::store::AuditedTransaction;
use needmatch_app::store::idempotency::{IdempotencyKey, MAX_KEY, Recall};
use needmatch_app::{App, AppError, Code, Principal, Surface};
use needmatch_domain::canonical;
use serde_json::json;

use super::answer::{Answer, send};
use super::body::Document;
use super::caller::Caller;
use super::expected::Expected;
use super::guard::Admitted;
use super::problem::Problem;
use super::request_id::RequestId;

/// What a change does inside its transaction.
pub(crate) type Effect<'t> = Pin<Box<dyn Future<Output = Result<Answer, AppError>> + Send + 't>>;

/// A change about to be made.
#[derive(Debug)]
pub(crate) struct Mutation {
    pub(crate) app: App,
    pub(crate) principal: Principal,
    pub(crate) surface: Surface,
    key: Option<String>,
    is_decision: bool,
    route: String,
    target: String,
    admitted: Option<Admitted>,
}

impl FromRequestParts<App> for Mutation {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Caller(principal) = Caller::from_request_parts(parts, app).await?;
        let request_id = parts.extensions.get::<RequestId>().map_or_else(String::new, |id| id.0.clone());
        let pattern = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        let if_match = parts.headers.get("if-match").and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self {
            app: app.clone(),
            principal,
            surface: Surface { name: "api", request_id },
            key: key(parts)?,
            is_decision: false,
            route: format!("{} {pattern}", parts.method),
            target: format!("{} {} {if_match}", parts.method, parts.uri),
            admitted: parts.extensions.get::<Admitted>().cloned(),
        })
    }
}

fn key(parts: &Parts) -> Result<Option<String>, Problem> {
    let Some(given) = parts.headers.get("idempotency-key") else { return Ok(None) };
    let text = given.to_str().unwrap_or_default();
    if text.is_empty() || text.len() > MAX_KEY {
        return Err(Problem::parameter("Idempotency-Key", text, Expected::Characters(MAX_KEY)));
    }
    Ok(Some(text.to_owned()))
}

impl Mutation {
    /// A decision: whoever lost the line must be able to ask what came of it, so it needs an idempotency key. Who may not
    /// decide is told that first.
    pub(crate) fn decision(self) -> Self {
        Self { is_decision: true, ..self }
    }

    /// Makes the change, or repeats the answer it had.
    pub(crate) async fn run<F>(self, document: &Document, effect: F) -> Result<Response, Problem>
    where
        F: for<'t> FnOnce(&'t mut AuditedTransaction, &'t Principal) -> Effect<'t> + Send + 'static,
    {
        let mut hashed = self.target.clone().into_bytes();
        hashed.push(b'\n');
        hashed.extend_from_slice(&document.bytes);
        let body_hash = canonical::sha256(&hashed);
        let change = tokio::spawn(self.make(body_hash, effect));
        change.await.map_err(|error| {
            tracing::error!(%error, "a change broke off");
            Problem::from(AppError::Internal)
        })?
    }

    async fn make<F>(self, body_hash: String, effect: F) -> Result<Response, Problem>
    where
        F: for<'t> FnOnce(&'t mut AuditedTransaction, &'t Principal) -> Effect<'t> + Send + 'static,
    {
        if !self.principal.is_signed_in() {
            return Err(AppError::Unauthenticated.into());
        }
        let key = self.key.map(|key| IdempotencyKey {
            principal: self.principal.identity(),
            route: self.route,
            key,
            body_hash,
        });
        let change = Change { app: self.app, principal: self.principal, surface: self.surface, key };
        let answer = change.make(self.is_decision, effect).await;
        // Whoever hung up has left: the place is free once the change is over.
        drop(self.admitted);
        answer
    }
}

/// A change with what it takes to make it once.
struct Change {
    app: App,
    principal: Principal,
    surface: Surface,
    key: Option<IdempotencyKey>,
}

impl Change {
    async fn make<F>(&self, is_decision: bool, effect: F) -> Result<Response, Problem>
    where
        F: for<'t> FnOnce(&'t mut AuditedTransaction, &'t Principal) -> Effect<'t> + Send + 'static,
    {
        let mut transaction = self.app.begin(&self.principal, &self.surface).await?;
        if let Some(answer) = self.recalled(&mut transaction).await? {
            transaction.rollback().await?;
            return answer;
        }
        let failed = match effect(&mut transaction, &self.principal).await {
            Ok(_) if is_decision && self.key.is_none() => {
                transaction.rollback().await?;
                return Err(Problem::parameter(
                    "Idempotency-Key",
                    "",
                    "a key of your own choice, needed for decisions",
                ));
            }
            Ok(answer) => match self.keep(transaction, &answer).await {
                Ok(()) => return Ok(send(answer.shown, false)),
                Err(error) => error,
            },
            Err(refused) => {
                transaction.rollback().await?;
                refused
            }
        };
        // What stood in the way may be what the same key did a moment ago.
        match self.done_meanwhile().await {
            Some(answer) => answer,
            None => Err(failed.into()),
        }
    }

    /// What is answered without making the change.
    async fn recalled(
        &self,
        transaction: &mut AuditedTransaction,
    ) -> Result<Option<Result<Response, Problem>>, AppError> {
        let Some(key) = &self.key else { return Ok(None) };
        Ok(match transaction.recall(key).await? {
            Recall::Fresh => None,
            Recall::Replay(answer) => Some(Ok(send(answer, true))),
            Recall::OtherBody => Some(Err(Problem::of(Code::KeyReused, json!({})))),
            Recall::InFlight => Some(Err(Problem::of(Code::InFlight, json!({})))),
        })
    }

    /// Makes the change last, and what is answered to whoever asks again.
    async fn keep(&self, mut transaction: AuditedTransaction, answer: &Answer) -> Result<(), AppError> {
        if let Some(key) = &self.key {
            transaction.remember(key, answer.kept.as_ref().unwrap_or(&answer.shown)).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// What is answered by now, where transactions meet and this one has failed.
    async fn done_meanwhile(&self) -> Option<Result<Response, Problem>> {
        if self.key.is_none() || !self.app.store().is_shared() {
            return None;
        }
        let mut transaction = self.app.begin(&self.principal, &self.surface).await.ok()?;
        let answer = self.recalled(&mut transaction).await;
        transaction.rollback().await.ok()?;
        answer.ok()?
    }
}
