//! The front page: rounds with what came of them, and how to recount it.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use needmatch_app::rounds;
use needmatch_app::store::Page;
use needmatch_app::store::rounds::Round;
use needmatch_app::store::runs::RunFilter;
use needmatch_app::store::words::RoundLifecycle;
use needmatch_i18n::{Locale, text};

use super::run_list::{RunRow, moment, newest};
use crate::layout::Layout;
use crate::visit::{Visit, render};

/// Rounds shown.
const MOST_ROUNDS: u32 = 20;

/// Runs shown of each.
const MOST_RUNS: u32 = 3;

/// A round with its newest runs.
struct RoundCard {
    name: String,
    address: String,
    state: String,
    cut_off: String,
    runs: Vec<RunRow>,
}

#[derive(Template)]
#[template(path = "front.html")]
struct FrontPage {
    layout: Layout,
    rounds: Vec<RoundCard>,
}

/// Where a round stands.
pub(crate) fn state(locale: Locale, lifecycle: RoundLifecycle) -> String {
    let key = match lifecycle {
        RoundLifecycle::Open => "round-open",
        RoundLifecycle::Frozen => "round-frozen",
        RoundLifecycle::Published => "round-published",
        RoundLifecycle::Decided => "round-decided",
        RoundLifecycle::Closed => "round-closed",
    };
    text(locale, key, &[])
}

/// Until when a round took requests and offers.
pub(crate) fn cut_off(locale: Locale, round: &Round) -> String {
    text(locale, "round-cut_off", &[("date", moment(locale, round.cut_off_at).into())])
}

/// The front page.
pub(crate) async fn show(visit: Visit) -> Response {
    visit
        .answer(async {
            let mut session = visit.app.read().await?;
            let mut cards = Vec::new();
            for round in rounds::list(&mut session, &visit.principal, None, &Page::first(MOST_ROUNDS)).await? {
                let filter = RunFilter { round: Some(round.key), ..RunFilter::default() };
                cards.push(RoundCard {
                    address: visit.link(&format!("/rounds/{}", round.key)),
                    state: state(visit.locale, round.lifecycle),
                    cut_off: cut_off(visit.locale, &round),
                    runs: newest(&mut session, &visit, &filter, MOST_RUNS).await?,
                    name: round.name,
                });
            }
            let layout = Layout::of(&visit, text(visit.locale, "front-title", &[]));
            render(StatusCode::OK, &FrontPage { layout, rounds: cards })
        })
        .await
}
