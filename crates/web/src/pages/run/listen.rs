//! What a run tells while it works, in words ready to be shown: the script of the page only puts them in place.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use axum::extract::Path;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use needmatch_app::runs;
use needmatch_app::store::Listener;
use needmatch_app::store::keys::RunKey;
use needmatch_domain::progress::Progress;
use needmatch_i18n::{Locale, number, vocabulary};
use serde::Serialize;
use serde_json::Value;

use super::figures::permille;
use super::key;
use crate::visit::Visit;

/// How often a run is looked at when nothing rings, for a ring may be lost.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How long one line stays open; the browser comes back by itself.
const OPEN: Duration = Duration::from_mins(5);

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

/// Where a page that follows a run stands.
struct Following {
    visit: Visit,
    bell: Listener,
    run: RunKey,
    /// Number of the last event that was told; `None` before the first look, which does not wait.
    known: Option<i64>,
    until: Instant,
    has_ended: bool,
}

/// Follows a run: `told` whenever something new is known, `end` when it is over.
pub(crate) async fn listen(visit: Visit, Path(id): Path<String>) -> Response {
    let follower = visit.clone();
    visit
        .answer(async {
            let run: RunKey = key("run", &id)?;
            runs::get(&mut follower.app.read().await?, &follower.principal, run).await?;
            // Listening begins before the first look: what rings between the two is not lost.
            let bell = follower.app.store().listen();
            let until = Instant::now() + OPEN;
            let start = Following { visit: follower, bell, run, known: None, until, has_ended: false };
            let looks = stream::unfold(start, |mut following| async move {
                if following.has_ended || Instant::now() >= following.until {
                    return None;
                }
                if following.known.is_some() {
                    following.bell.run(following.run, LOOK_EVERY).await;
                }
                Some((look(&mut following).await, following))
            });
            let events = looks.filter_map(|event| async move { event.map(Ok::<_, Infallible>) });
            Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
        })
        .await
}

/// Looks once; after the end nothing more is looked at.
async fn look(following: &mut Following) -> Option<Event> {
    let Following { visit, run, .. } = following;
    let found = match visit.app.read().await {
        Ok(mut session) => runs::get(&mut session, &visit.principal, *run).await,
        Err(error) => Err(error),
    };
    let run = match found {
        Ok(run) => run,
        Err(error) => {
            tracing::warn!(%error, "a run cannot be followed");
            following.has_ended = true;
            return None;
        }
    };
    following.has_ended = run.lifecycle.has_ended();
    if following.has_ended {
        return Some(Event::default().event("end").data("end"));
    }
    if following.known.replace(run.last_event) == Some(run.last_event) {
        return None;
    }
    let told = serde_json::to_string(&Told::of(visit.locale, run.progress.as_ref())).unwrap_or_default();
    Some(Event::default().event("told").data(told))
}
