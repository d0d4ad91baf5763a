//! A round: its scenarios, each with its runs.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use needmatch_app::policy::{Action, allow};
use needmatch_app::store::keys::{RoundKey, ScenarioKey};
use needmatch_app::store::runs::RunFilter;
use needmatch_app::store::words::RoundLifecycle;
use needmatch_app::{rounds, runs, scenarios};
use needmatch_i18n::{Value, text};
use serde_json::json;

use super::front::{cut_off, state};
use super::run::key;
use super::run_list::{RunRow, newest};
use crate::form::from_this_site;
use crate::layout::Layout;
use crate::visit::{Visit, render};

/// Runs shown of each scenario.
const MOST_RUNS: u32 = 20;

/// A scenario with its runs.
struct ScenarioCard {
    name: String,
    based_on: Option<String>,
    /// Where the form that runs it is sent, for those who may.
    again: Option<String>,
    runs: Vec<RunRow>,
}

#[derive(Template)]
#[template(path = "round.html")]
struct RoundPage {
    layout: Layout,
    state: String,
    cut_off: String,
    scenarios: Vec<ScenarioCard>,
}

/// The page of a round.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Response {
    visit
        .answer(async {
            let key: RoundKey = key("round", &id)?;
            let mut session = visit.app.read().await?;
            let round = rounds::get(&mut session, &visit.principal, key).await?;
            let found = scenarios::list(&mut session, &visit.principal, key).await?;
            let may_run = round.lifecycle != RoundLifecycle::Open
                && allow(&visit.principal, Action::Run, Some(round.party)).is_ok();
            let mut cards = Vec::new();
            for scenario in &found {
                let filter = RunFilter { round: Some(key), scenario: Some(scenario.key), ..RunFilter::default() };
                let base = found.iter().find(|other| Some(other.key) == scenario.base);
                let based_on = |base: &needmatch_app::store::rounds::Scenario| {
                    text(visit.locale, "run-based_on", &[("scenario", Value::from(&base.name))])
                };
                cards.push(ScenarioCard {
                    name: scenario.name.clone(),
                    based_on: base.map(based_on),
                    again: may_run.then(|| visit.link(&format!("/scenarios/{}/runs", scenario.key))),
                    runs: newest(&mut session, &visit, &filter, MOST_RUNS).await?,
                });
            }
            let page = RoundPage {
                state: state(visit.locale, round.lifecycle),
                cut_off: cut_off(visit.locale, &round),
                layout: Layout::of(&visit, round.name),
                scenarios: cards,
            };
            render(StatusCode::OK, &page)
        })
        .await
}

/// Starts a run of a scenario.
pub(crate) async fn run_again(visit: Visit, Path(id): Path<String>, headers: HeaderMap) -> Response {
    visit
        .answer(async {
            from_this_site(&headers)?;
            let key: ScenarioKey = key("scenario", &id)?;
            let prepared = runs::prepare(&visit.app, &visit.principal, key, &json!({})).await?;
            let mut transaction = visit.app.begin(&visit.principal, &visit.surface()).await?;
            let run = runs::start(&mut transaction, &visit.principal, &prepared).await?;
            transaction.commit().await?;
            Ok(Redirect::to(&visit.link(&format!("/runs/{}", run.key))).into_response())
        })
        .await
}
