//! The page of a run: figures first, then the flow of help, its coverage and price, what is not served, every match, and
//! how to recount it. While the run works, the page shows how far it is.

mod coverage;
mod drawing;
mod figures;
mod files;
mod flow;
mod listen;
mod matches;
mod offers;
mod reading;
mod unserved;
mod words;

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use needmatch_app::policy::{Action, allow};
use needmatch_app::store::keys::RunKey;
use needmatch_app::store::runs::RunSummary;
use needmatch_app::store::words::RunLifecycle;
use needmatch_app::{AppError, runs};
use needmatch_charts::Destination;
use needmatch_i18n::{Locale, Value, number, text, vocabulary};

use self::drawing::{Drawing, Subject, frame};
use self::figures::{Figure, Price};
use self::listen::Told;
use self::matches::{MOST_MATCHES, MatchRow};
use self::reading::{Reading, Whole};
use self::unserved::UnservedRow;
use super::run_list::moment;
use crate::form::from_this_site;
use crate::layout::Layout;
use crate::visit::{Visit, render};

pub(crate) use self::figures::{gap, milliseconds};
pub(crate) use self::files::download;
pub(crate) use self::listen::listen;
pub(crate) use self::reading::key;

/// What stands above everything else.
struct Head {
    round: String,
    round_address: String,
    scenario: String,
    /// Requests, components and offers; empty where they may not be told.
    size: String,
    status: String,
    /// `ok`, `warn` or `bad`.
    tone: &'static str,
    problem: String,
    /// The problem's hash, short.
    problem_short: String,
    started: String,
    started_at: String,
    has_plan: bool,
    /// Where the form that runs the scenario again is sent, for those who may.
    again: Option<String>,
    /// Where the form that cancels is sent, for those who may.
    cancel: Option<String>,
}

#[derive(Template)]
#[template(path = "run.html")]
struct RunPage {
    layout: Layout,
    head: Head,
    address: String,
    figures: Vec<Figure>,
    whole: Option<Sections>,
    matches: Vec<MatchRow>,
    all_matches: Option<String>,
    is_infeasible: bool,
    digest: String,
    hash_sentence: String,
}

/// What only those see who may read the whole run.
struct Sections {
    /// Whether there are so many regions that their chart needs the whole width.
    is_wide: bool,
    flow: Drawing,
    coverage: Drawing,
    offers: Drawing,
    prices: Vec<Price>,
    unserved: Vec<UnservedRow>,
    has_changes: bool,
    all_unserved: Option<String>,
}

#[derive(Template)]
#[template(path = "run_progress.html")]
struct ProgressPage {
    layout: Layout,
    head: Head,
    events: String,
    told: Told,
    is_queued: bool,
    failure: Option<String>,
}

/// The page of a run.
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Response {
    visit
        .answer(Box::pin(async {
            let reading = reading::read(&visit, key("run", &id)?).await?;
            match &reading.summary {
                Some(summary) => result(&visit, &reading, summary).await,
                None => progress(&visit, &reading),
            }
        }))
        .await
}

async fn result(visit: &Visit, reading: &Reading, summary: &RunSummary) -> Result<Response, AppError> {
    let locale = visit.locale;
    let run = &reading.run;
    let address = visit.link(&format!("/runs/{}", run.key));
    let words = reading.whole.as_ref().map(|whole| whole.words(locale));
    let matches = if let (Some(words), Some(whole)) = (&words, &reading.whole) {
        matches::named(words, &whole.outcome)
    } else {
        let mut session = visit.app.read().await?;
        let most = u32::try_from(MOST_MATCHES).unwrap_or(u32::MAX);
        matches::bare(locale, runs::plan(&mut session, &visit.principal, run.key, None, most).await?)
    };
    let total = usize::try_from(summary.totals.matches).unwrap_or(usize::MAX);
    let page = RunPage {
        layout: Layout::of(visit, title(reading, locale)),
        head: head(visit, reading, Some(summary)),
        figures: figures::figures(locale, run, summary, words.as_ref()),
        whole: reading.whole.as_ref().map(|whole| sections(whole, locale, &address)),
        all_matches: (reading.whole.is_some() && total > matches.len()).then(|| all(locale, total)),
        matches,
        is_infeasible: summary.status == "infeasible",
        digest: summary.digest.clone(),
        hash_sentence: text(locale, "run-verify-hash", &[("hash", Value::from(&run.problem))]),
        address,
    };
    render(StatusCode::OK, &page)
}

fn sections(whole: &Whole, locale: Locale, address: &str) -> Sections {
    let words = whole.words(locale);
    let [flow, coverage, mut offers] = Subject::ALL.map(|subject| draw(whole, locale, subject, address));
    offers.table = offers::table(&words, &whole.outcome);
    let unserved = unserved::rows(&words, &whole.outcome);
    let total = whole.outcome.explanations.unserved.len();
    Sections {
        is_wide: coverage.table.headers.len() > 8,
        flow,
        coverage,
        offers,
        prices: figures::prices(locale, &whole.outcome.goals),
        all_unserved: (total > unserved.len()).then(|| all(locale, total)),
        has_changes: unserved::searched(&whole.outcome),
        unserved,
    }
}

/// A chart of a run for a page.
fn draw(whole: &Whole, locale: Locale, subject: Subject, address: &str) -> Drawing {
    let words = whole.words(locale);
    let framed = |description| frame(locale, subject, description, Destination::Page);
    match subject {
        Subject::Flow => {
            let (chart, description) = flow::flow(&words, &whole.outcome.plan);
            Drawing::of(&chart, &framed(description), subject, address)
        }
        Subject::Coverage => {
            let chart = coverage::coverage(&words, &whole.outcome.plan);
            Drawing::of(&chart, &framed(words.say("chart-heat-description")), subject, address)
        }
        Subject::Offers => {
            let chart = offers::bars(&words, &whole.outcome);
            Drawing::of(&chart, &framed(words.say("chart-use-description")), subject, address)
        }
    }
}

fn progress(visit: &Visit, reading: &Reading) -> Result<Response, AppError> {
    let locale = visit.locale;
    let run = &reading.run;
    let mut layout = Layout::of(visit, title(reading, locale));
    layout.follows = !run.lifecycle.has_ended();
    let failure = match (run.lifecycle, &run.failure) {
        (RunLifecycle::Cancelled, _) => Some(text(locale, "run-cancelled", &[])),
        (_, Some(failure)) => Some(text(locale, "run-failed", &[("reason", Value::from(&failure.code))])),
        _ => None,
    };
    let page = ProgressPage {
        layout,
        head: head(visit, reading, None),
        events: visit.link(&format!("/runs/{}/events", run.key)),
        told: Told::of(locale, run.progress.as_ref()),
        is_queued: run.lifecycle == RunLifecycle::Queued,
        failure,
    };
    render(StatusCode::OK, &page)
}

fn title(reading: &Reading, locale: Locale) -> String {
    format!(
        "{} · {}",
        reading.round.name,
        text(locale, "run-title", &[("scenario", Value::from(&reading.scenario.name))])
    )
}

fn head(visit: &Visit, reading: &Reading, summary: Option<&RunSummary>) -> Head {
    let locale = visit.locale;
    let run = &reading.run;
    let status = summary.map_or_else(|| run.lifecycle.to_string(), |summary| summary.status.clone());
    let may_run = allow(&visit.principal, Action::Run, Some(reading.round.party)).is_ok();
    let size = reading.whole.as_ref().map_or_else(String::new, |whole| {
        let values = [
            ("requests", Value::from(whole.problem.requests.len())),
            ("components", Value::from(whole.problem.components.len())),
            ("offers", Value::from(whole.problem.offers.len())),
        ];
        text(locale, "run-size", &values)
    });
    Head {
        round: reading.round.name.clone(),
        round_address: visit.link(&format!("/rounds/{}", run.round)),
        scenario: text(locale, "run-title", &[("scenario", Value::from(&reading.scenario.name))]),
        size,
        status: vocabulary::status(locale, &status),
        tone: tone(&status),
        problem: run.problem.clone(),
        problem_short: short_hash(&run.problem),
        started: moment(locale, run.created_at),
        started_at: run.created_at.to_string(),
        has_plan: summary.is_some_and(|summary| summary.status != "infeasible"),
        again: (may_run && run.lifecycle.has_ended()).then(|| visit.link(&format!("/scenarios/{}/runs", run.scenario))),
        cancel: (may_run && !run.lifecycle.has_ended()).then(|| visit.link(&format!("/runs/{}/cancel", run.key))),
    }
}

/// How good news a status is.
pub(crate) fn tone(status: &str) -> &'static str {
    match status {
        "optimal" | "within_gap" | "succeeded" => "ok",
        "infeasible" | "failed" => "bad",
        "limit" | "cancelled" => "warn",
        _ => "plain",
    }
}

fn short_hash(hash: &str) -> String {
    match (hash.get(..4), hash.get(hash.len().saturating_sub(4)..)) {
        (Some(first), Some(last)) => format!("{first}…{last}"),
        _ => hash.to_owned(),
    }
}

fn all(locale: Locale, total: usize) -> String {
    let total = number::grouped(locale, i64::try_from(total).unwrap_or(i64::MAX));
    text(locale, "run-all", &[("number", Value::from(total))])
}

/// Wishes a run to end.
pub(crate) async fn cancel(visit: Visit, Path(id): Path<String>, headers: HeaderMap) -> Response {
    visit
        .answer(async {
            from_this_site(&headers)?;
            let key: RunKey = key("run", &id)?;
            let mut transaction = visit.app.begin(&visit.principal, &visit.surface()).await?;
            // As it stands by now: whoever presses the button wishes it to end wherever it is.
            let version = runs::get(&mut transaction, &visit.principal, key).await?.version;
            runs::cancel(&mut transaction, &visit.principal, key, version, None).await?;
            transaction.commit().await?;
            Ok(Redirect::to(&visit.link(&format!("/runs/{key}"))).into_response())
        })
        .await
}
