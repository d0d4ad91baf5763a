//! National reports (¶87): their assistance sections become draft requests.

use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use axum::response::Response;
use needmatch_app::store::keys::ReportKey;
use needmatch_app::store::register::{Report as Row, ReportFilter};
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, reports};
use needmatch_i18n::Locale;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::findings::Findings;
use crate::http::answer::Answer;
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::cursor::{self, TimeOrder};
use crate::http::language::Language;
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// A line of a section, as far as it is known.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportLine {
    /// Component type.
    r#type: Option<String>,
    /// Catalogue item.
    item: Option<String>,
    /// Unit.
    unit: Option<String>,
    /// How much.
    quantity: Option<i64>,
    /// Accounting currency per unit.
    unit_cost: Option<i64>,
    /// First period in which it can be used.
    from: Option<String>,
    /// Last period in which it can be used.
    to: Option<String>,
    /// What is asked for, as the report says it.
    note: Option<String>,
}

/// An assistance section of a report.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportSection {
    /// Such as `marking`, `record_keeping`, `tracing`, `stockpile_management`; any text where `area` is given.
    #[schema(example = "marking")]
    section: String,
    /// What the report asks for, as it says it.
    #[schema(example = "Technical and financial assistance for marking")]
    ask: String,
    /// Area of work; that of the section when not given.
    area: Option<String>,
    /// 1 (highest) to 5.
    priority: Option<i64>,
    /// Its lines, as far as they are known.
    #[serde(default)]
    components: Vec<ReportLine>,
}

/// A report as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ReportBody {
    /// State code; that of the caller's own state when not given.
    state: Option<String>,
    /// The year it is of.
    #[schema(example = 2026)]
    year: i64,
    /// As shown.
    title: Option<String>,
    /// What shows the state's wish; needed where a coordinator takes it in on its behalf.
    evidence: Option<String>,
    /// Its assistance sections; each becomes a draft request.
    sections: Vec<ReportSection>,
}

/// A report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Report {
    /// Its identifier.
    id: String,
    /// The state's party.
    party: String,
    /// The year it is of.
    year: i64,
    /// As shown.
    title: String,
    /// Its sections, as they were handed in.
    sections: Value,
    /// When it was taken in.
    created_at: String,
}

impl From<&Row> for Report {
    fn from(row: &Row) -> Self {
        Self {
            id: row.key.to_string(),
            party: row.party.to_string(),
            year: row.year,
            title: row.title.clone(),
            sections: row.body["sections"].clone(),
            created_at: row.created_at.to_string(),
        }
    }
}

/// A page of reports.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportPage {
    items: Vec<Report>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

/// A draft made from a section.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportDraft {
    /// The request.
    id: String,
    /// Its reference.
    reference: String,
    /// The section it comes from.
    section: String,
    /// What stands between it and a match, in the language you wish.
    findings: Findings,
}

/// A report that was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TakenIn {
    #[serde(flatten)]
    report: Report,
    /// The drafts made from it.
    requests: Vec<ReportDraft>,
}

impl TakenIn {
    fn of(taken: &reports::TakenIn, locale: Locale) -> Self {
        let draft = |(request, findings): (&needmatch_app::store::register::Request, _)| ReportDraft {
            id: request.key.to_string(),
            reference: request.content.reference.clone(),
            section: request.content.body["report"]["section"].as_str().unwrap_or_default().to_owned(),
            findings: Findings::of(findings, locale),
        };
        Self {
            report: Report::from(&taken.report),
            requests: taken.requests.iter().zip(&taken.findings).map(draft).collect(),
        }
    }
}

/// What a table cannot say of itself.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportParameters {
    /// With a table: state code; that of the caller's own state when not given.
    state: Option<String>,
    /// With a table: the year the report is of.
    year: Option<i64>,
    /// With a table: as shown.
    title: Option<String>,
    /// With a table: what shows the state's wish, where a coordinator takes it in.
    evidence: Option<String>,
}

/// Take a national report in: each assistance section becomes a draft request
///
/// What its lines lack stays open in the draft; an ask without lines is one line with nothing but a `note`.
///
/// As JSON, or as a table (`text/csv`) with the columns `section`, `ask`, `area`, `priority`, `type`, `item`, `unit`,
/// `quantity`, `unit_cost`, `from`, `to`, `note`; errors then name line and column.
#[utoipa::path(post, path = "/reports", tag = "reports", params(ReportParameters), request_body = ReportBody, responses(
    (status = 201, body = TakenIn), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn take_in(
    mutation: Mutation,
    Filters(parameters): Filters<ReportParameters>,
    Language(locale): Language,
    request: Request,
) -> Result<Response, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.trim_start().to_ascii_lowercase().starts_with("text/csv") {
        let document = Document::from_request(request, &()).await?;
        let value = document.value.clone();
        let effect = mutation.run(&document, move |transaction, principal| {
            Box::pin(async move {
                let taken = reports::take_in(transaction, principal, &value).await?;
                Answer::made(format!("/api/v1/reports/{}", taken.report.key), &TakenIn::of(&taken, locale))
            })
        });
        return effect.await;
    }
    let document = Document::of_bytes(request).await?;
    let table = reports::read_table(&document.bytes)?;
    let ReportParameters { state, year, title, evidence } = parameters;
    let value = json!({
        "state": state, "year": year, "title": title, "evidence": evidence, "sections": table.sections,
    });
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let taken = reports::take_in(transaction, principal, &value).await.map_err(|error| table.located(error))?;
            Answer::made(format!("/api/v1/reports/{}", taken.report.key), &TakenIn::of(&taken, locale))
        })
    });
    effect.await
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportFilters {
    /// Of the state of this code.
    state: Option<String>,
    /// The year it is of.
    year: Option<i64>,
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// National reports that you may see
#[utoipa::path(get, path = "/reports", tag = "reports", params(ReportFilters), responses(
    (status = 200, content((ReportPage = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<ReportFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(filters.after.as_deref(), filters.limit, filters.order.as_deref(), BY_TIME)?;
    let filter = ReportFilter { state: filters.state, year: filters.year };
    let rows = reports::list(&mut session, &principal, &filter, &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(ReportPage { items: rows.iter().map(Report::from).collect(), next })
}

/// A national report
#[utoipa::path(get, path = "/reports/{id}", tag = "reports", params(("id" = String, Path)), responses(
    (status = 200, body = Report), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<ReportKey>) -> Result<Json<Report>, Problem> {
    Ok(Json(Report::from(&reports::get(&mut session, &principal, key).await?)))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, take_in)).routes(routes!(read))
}
