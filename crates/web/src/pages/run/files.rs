//! Files of a run: the run itself, its problem, its plan, and its charts with their figures.

use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use needmatch_app::store::keys::RunKey;
use needmatch_app::{AppError, runs};
use needmatch_charts::{Chart, Destination, Table};
use needmatch_domain::plan;

use super::drawing::{Subject, frame};
use super::reading::{self, Whole};
use super::words::Words;
use super::{coverage, flow, key, offers, unserved};
use crate::visit::Visit;

/// A file of a run.
pub(crate) async fn download(visit: Visit, Path((id, file)): Path<(String, String)>) -> Response {
    visit
        .answer(Box::pin(async {
            let key: RunKey = key("run", &id)?;
            let mut session = visit.app.read().await?;
            match file.as_str() {
                "run.json" => {
                    let run = runs::export(&mut session, &visit.principal, key).await?;
                    Ok(attached(&file, "application/json", serde_json::to_vec(&run).map_err(|_| AppError::Internal)?))
                }
                "problem.json" => {
                    let bytes = runs::problem_bytes(&mut session, &visit.principal, key).await?;
                    Ok(attached(&file, "application/json", bytes))
                }
                _ => {
                    drop(session);
                    let reading = reading::read(&visit, key).await?;
                    let whole = reading.whole.ok_or_else(|| AppError::not_found("file", &file))?;
                    drawn(&visit, &whole, &file)
                }
            }
        }))
        .await
}

fn drawn(visit: &Visit, whole: &Whole, file: &str) -> Result<Response, AppError> {
    let words = whole.words(visit.locale);
    let csv = |table: Table| Ok(attached(file, "text/csv; charset=utf-8", table.csv().into_bytes()));
    match file {
        "plan.csv" => return csv(plan_table(whole)),
        "unserved.csv" => return csv(unserved::table(&words, &whole.outcome)),
        "offers.csv" => return csv(offers::table(&words, &whole.outcome)),
        _ => {}
    }
    for subject in Subject::ALL {
        match file.strip_prefix(subject.name()) {
            Some(".csv") => return csv(chart(&words, whole, subject).0.table()),
            Some(".svg") => {
                let (chart, description) = chart(&words, whole, subject);
                return Ok(svg(chart.svg(&frame(visit.locale, subject, description, Destination::File))));
            }
            _ => {}
        }
    }
    Err(AppError::not_found("file", file))
}

fn chart(words: &Words<'_>, whole: &Whole, subject: Subject) -> (Box<dyn Chart>, String) {
    match subject {
        Subject::Flow => {
            let (chart, description) = flow::flow(words, &whole.outcome.plan);
            (Box::new(chart), description)
        }
        Subject::Coverage => {
            (Box::new(coverage::coverage(words, &whole.outcome.plan)), words.say("chart-heat-description"))
        }
        Subject::Offers => (Box::new(offers::bars(words, &whole.outcome)), words.say("chart-use-description")),
    }
}

/// The plan with the columns that `needmatch match --plan` writes, so that it can be the baseline of a later scenario.
fn plan_table(whole: &Whole) -> Table {
    let headers = ["component", "offer", "period", "quantity", "draw", "cost", "score"].map(str::to_owned);
    let rows = plan::rows(&whole.problem, &whole.outcome.plan).into_iter().map(|row| {
        let numbers = [row.quantity, row.draw, row.cost, row.score].map(|number| number.to_string());
        [row.component, row.offer, row.period].into_iter().chain(numbers).collect()
    });
    Table { headers: headers.to_vec(), rows: rows.collect() }
}

fn attached(name: &str, media_type: &'static str, body: Vec<u8>) -> Response {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let mut response = ([(header::CONTENT_TYPE, media_type)], body).into_response();
    if let Ok(disposition) = disposition {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// A chart as a file carries its stylesheet, and may do nothing but use it.
fn svg(body: String) -> Response {
    let headers: [(HeaderName, &str); 2] = [
        (header::CONTENT_TYPE, "image/svg+xml; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ];
    (headers, body).into_response()
}
