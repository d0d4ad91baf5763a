//! What a run tells while it works, in words ready to be shown: the script of the page only puts them in place.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::Path;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use needmatch_app::runs;
use needmatch_app::store::keys::RunKey;
use needmatch_domain::progress::Progress;
use needmatch_i18n::{Locale, number, vocabulary};
use serde::Serialize;
use serde_json::Value;

use super::figures::permille;
use super::key;
use crate::visit::Visit;

/// How often a run is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(400);

/// How long one line stays open; the browser comes back by itself.
const LOOKS: usize = 750;

/// How far a run is, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Told {
    pub(crate) goal: String,
    pub(crate) best: String,
    pub(crate) bound: String,
    pub(crate) gap: String,
    pub(crate) seconds: String,
}

impl Told {
    /// What a run last told; empty before it told anything.
    pub(crate) fn of(locale: Locale, progress: Option<&Value>) -> Self {
        let step = progress.and_then(|body| serde_json::from_value::<Progress>(body.clone()).ok());
        let Some(step) = step else { return Self::default() };
        let short = |value: Option<i64>| value.map(|value| number::short(locale, value)).unwrap_or_default();
        Self {
            goal: step.goal.map(|goal| vocabulary::goal(locale, goal.name())).unwrap_or_default(),
            best: short(step.best),
            bound: short(step.bound),
            gap: step.gap_permille.map(|gap| permille(locale, gap.thousandths)).unwrap_or_default(),
            seconds: number::seconds(locale, step.elapsed_ms),
        }
    }
}

/// Follows a run: `told` whenever something new is known, `end` when it is over.
pub(crate) async fn listen(visit: Visit, Path(id): Path<String>) -> Response {
    let follower = visit.clone();
    visit
        .answer(async {
            let key: RunKey = key("run", &id)?;
            runs::get(&mut follower.app.read().await?, &follower.principal, key).await?;
            let looks = stream::unfold((follower.clone(), -1, 0), move |(visit, known, looks)| async move {
                if looks >= LOOKS {
                    return None;
                }
                if looks > 0 {
                    tokio::time::sleep(LOOK_EVERY).await;
                }
                let (event, known, looks) = look(&visit, key, known, looks).await;
                Some((event, (visit, known, looks)))
            });
            let events = looks.filter_map(|event| async move { event.map(Ok::<_, Infallible>) });
            Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
        })
        .await
}

/// Looks once; after the end nothing more is looked at.
async fn look(visit: &Visit, key: RunKey, known: i64, looks: usize) -> (Option<Event>, i64, usize) {
    let run = match visit.app.read().await {
        Ok(mut session) => runs::get(&mut session, &visit.principal, key).await,
        Err(error) => Err(error),
    };
    match run {
        Err(error) => {
            tracing::warn!(%error, "a run cannot be followed");
            (None, known, LOOKS)
        }
        Ok(run) if run.lifecycle.has_ended() => (Some(Event::default().event("end").data("end")), known, LOOKS),
        Ok(run) if run.last_event == known => (None, known, looks + 1),
        Ok(run) => {
            let told = serde_json::to_string(&Told::of(visit.locale, run.progress.as_ref())).unwrap_or_default();
            (Some(Event::default().event("told").data(told)), run.last_event, looks + 1)
        }
    }
}
