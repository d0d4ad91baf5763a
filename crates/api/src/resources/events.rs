//! What a run tells while it works, as server-sent events. A listener who lost the line resumes after the last number.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream, StreamExt};
use needmatch_app::store::Listener;
use needmatch_app::store::keys::RunKey;
use needmatch_app::{App, AppError, Principal, runs};
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::Caller;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};

/// How often a run is looked at when nothing rings, for a ring may be lost.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Events read at a time.
const BATCH: u32 = 100;

/// Where a listener stands.
struct Listening {
    app: App,
    bell: Listener,
    principal: Principal,
    run: RunKey,
    after: i64,
    /// Whether something was told since the stream began: the first look does not wait.
    has_looked: bool,
    has_ended: bool,
}

/// What a run tells while it works
///
/// Events are numbered from 1 without gaps; send the last number as `Last-Event-ID` to resume. The last event is `end`, with
/// the run's lifecycle.
#[utoipa::path(get, path = "/runs/{id}/events", tag = "runs",
    params(("id" = String, Path), ("Last-Event-ID" = Option<i64>, Header)), responses(
    (status = 200, body = serde_json::Value, content_type = "text/event-stream"),
    (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn listen(
    State(app): State<App>,
    Caller(principal): Caller,
    Key(run): Key<RunKey>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let after = match headers.get("last-event-id").map(|value| value.to_str().unwrap_or_default()) {
        None => 0,
        Some(text) => text
            .parse()
            .ok()
            .filter(|number| *number >= 0)
            .ok_or_else(|| Problem::parameter("Last-Event-ID", text, "the number of an event"))?,
    };
    runs::get(&mut app.read().await?, &principal, run).await?;
    // Listening begins before the first look: what rings between the two is not lost.
    let bell = app.store().listen();
    let start = Listening { app, bell, principal, run, after, has_looked: false, has_ended: false };
    let told = stream::unfold(start, |listening| async move {
        if listening.has_ended {
            return None;
        }
        Some(look(listening).await)
    });
    Ok(Sse::new(told.flat_map(|events| stream::iter(events.into_iter().map(Ok)))).keep_alive(KeepAlive::default()))
}

async fn look(mut listening: Listening) -> (Vec<Event>, Listening) {
    if listening.has_looked {
        listening.bell.run(listening.run, LOOK_EVERY).await;
    }
    listening.has_looked = true;
    let events = match news(&mut listening).await {
        Ok(events) => events,
        Err(error) => {
            // The line ends; whoever listens comes back with the last number.
            tracing::warn!(%error, "events of a run cannot be read");
            listening.has_ended = true;
            Vec::new()
        }
    };
    (events, listening)
}

async fn news(listening: &mut Listening) -> Result<Vec<Event>, AppError> {
    let mut session = listening.app.read().await?;
    let (run, rows) = runs::events(&mut session, &listening.principal, listening.run, listening.after, BATCH).await?;
    drop(session);
    let mut events = Vec::with_capacity(rows.len() + 1);
    let is_all = rows.len() < BATCH as usize;
    for row in rows {
        listening.after = row.number;
        let data = json!({ "at": row.at.to_string(), "body": row.body });
        events.push(Event::default().id(row.number.to_string()).event("progress").data(data.to_string()));
    }
    if is_all && run.lifecycle.has_ended() {
        listening.has_ended = true;
        events.push(Event::default().event("end").data(json!({ "lifecycle": run.lifecycle.name() }).to_string()));
    }
    Ok(events)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(listen))
}
