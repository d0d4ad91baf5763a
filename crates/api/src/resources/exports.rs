//! What you may see of the register as tables of any length.

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use futures_util::{Stream, stream};
use needmatch_app::exports::{Lines, Table};
use needmatch_app::{App, AppError};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::Caller;
use crate::http::problem::{Problem, ProblemDocument};

/// The lines, a page at a time. A connection is held only while a page is read: whoever reads slowly keeps none.
fn lines(app: App, lines: Lines) -> impl Stream<Item = Result<Bytes, AppError>> {
    stream::try_unfold((app, lines), |(app, mut lines)| async move {
        let mut session = app.read().await?;
        let next = lines.next(&mut session).await?;
        drop(session);
        Ok(next.map(|bytes| (Bytes::from(bytes), (app, lines))))
    })
}

/// Everything you may see of one kind, as a table with the columns of a scenario folder
///
/// `requests`, `components`, `offers`, `offer_periods` or `programmes`. What is your own is named by your own keys, so
/// that it can be imported again. An answer that breaks off is not whole.
#[utoipa::path(get, path = "/exports/{name}", tag = "exports", params(("name" = String, Path)), responses(
    (status = 200, body = String, content_type = "text/csv",
        headers(("Content-Disposition" = String, description = "A name to keep it under."))),
    (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn export(
    State(app): State<App>,
    Caller(principal): Caller,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let shown: String = name.chars().take(80).collect();
    let table = Table::named(&name).ok_or_else(|| AppError::not_found("table", shown))?;
    let mut response = Response::new(Body::from_stream(lines(app, Lines::of(table, principal))));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present"));
    let named = format!("attachment; filename=\"{}.csv\"", table.name());
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&named).map_err(|_| AppError::Internal)?);
    Ok(response)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(export))
}
