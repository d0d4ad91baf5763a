//! Tables looked at, and then taken as a whole.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use axum::response::Response;
use needmatch_app::error::FieldError;
use needmatch_app::imports::{self, Done, Looked, RowFault, TABLES, Tables};
use needmatch_app::store::keys::ImportKey;
use needmatch_app::store::register::Import as Row;
use needmatch_app::{App, AppError};
use needmatch_i18n::Locale;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::Answer;
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::expected::Expected;
use crate::http::language::Language;
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::sentence;

/// Tables as text, with the columns of a scenario folder. `requests` and `components` come together; `offer_periods` with
/// `offers`.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportBody {
    /// CSV by the name of its table: `requests`, `components`, `offers`, `offer_periods`, `programmes`.
    #[schema(example = json!({ "offers": "id,provider,title,form,unit,quantity\nO-1,Norway,Training,money,EUR,40000\n" }))]
    tables: BTreeMap<String, String>,
}

/// An import.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Import {
    /// Its identifier.
    id: String,
    /// In whose name it was handed in.
    party: String,
    /// SHA-256 of all its tables together.
    sha256: String,
    /// What was found: rows and SHA-256 of each table, totals, what would become of the rows, and every error.
    preview: Value,
    /// When it was handed in.
    created_at: String,
    /// Until when it can be confirmed.
    expires_at: String,
    /// When it was taken.
    confirmed_at: Option<String>,
    /// What became of its rows; in the answer to its confirmation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>, example = json!({ "created": 2, "changed": 1, "unchanged": 0 }))]
    done: Option<Done>,
}

impl From<&Row> for Import {
    fn from(row: &Row) -> Self {
        Self {
            id: row.key.to_string(),
            party: row.party.to_string(),
            sha256: row.sha256.clone(),
            preview: row.preview.clone(),
            created_at: row.created_at.to_string(),
            expires_at: row.expires_at.to_string(),
            confirmed_at: row.confirmed_at.map(|at| at.to_string()),
            done: None,
        }
    }
}

/// What is shown of tables before they are confirmed.
fn preview(looked: &Looked, locale: Locale) -> Result<Value, AppError> {
    let error = |fault: &RowFault| {
        let field: FieldError = fault.clone().into_field();
        let (message, action) = sentence::of_field(locale, &field);
        json!({
            "table": fault.table, "row": fault.row, "column": fault.column, "value": field.value,
            "code": field.fault.name(), "message": message, "action": action, "near": fault.near,
        })
    };
    let mut shown = serde_json::to_value(looked).map_err(|_| AppError::Internal)?;
    shown["errors"] = looked.faults.iter().map(error).collect();
    Ok(shown)
}

/// Which table a body of `text/csv` is.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportParameters {
    /// With `text/csv`: `offers` or `programmes`.
    table: Option<String>,
}

async fn tables_of(request: Request, parameters: ImportParameters) -> Result<(Document, Tables), Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.trim_start().to_ascii_lowercase().starts_with("text/csv") {
        let document = Document::from_request(request, &()).await?;
        let tables = imports::read_document(&document.value)?;
        return Ok((document, tables));
    }
    let document = Document::of_bytes(request).await?;
    let name = parameters.table.unwrap_or_default();
    if !TABLES.contains(&name.as_str()) {
        return Err(Problem::parameter("table", &name, Expected::OneOf("offers, programmes")));
    }
    let text = String::from_utf8(document.bytes.to_vec());
    let text = text.map_err(|_| Problem::from(imports::not_a_table(&name)))?;
    Ok((document, Tables::of(BTreeMap::from([(name, text)]))?))
}

/// Hand tables in: they are looked at and kept for a day, and nothing else happens until they are confirmed
///
/// As JSON with the text of each table, or one table as `text/csv`. Every row is found again by its `id`, which becomes
/// the owner's own key. At most 2000 rows a table.
#[utoipa::path(post, path = "/imports", tag = "imports", params(ImportParameters), request_body = ImportBody, responses(
    (status = 201, body = Import), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn hand_in(
    mutation: Mutation,
    Filters(parameters): Filters<ImportParameters>,
    Language(locale): Language,
    request: Request,
) -> Result<Response, Problem> {
    // Who may not import is told that before what is wrong with the tables.
    imports::may(&mutation.principal)?;
    let (document, tables) = tables_of(request, parameters).await?;
    let looked = imports::look(&mutation.app, &mutation.principal, &mutation.surface, &tables).await?;
    let preview = preview(&looked, locale)?;
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let row = imports::keep(transaction, principal, &tables, preview).await?;
            Answer::made(format!("/api/v1/imports/{}", row.key), &Import::from(&row))
        })
    });
    effect.await
}

/// An import, as it was looked at
#[utoipa::path(get, path = "/imports/{id}", tag = "imports", params(("id" = String, Path)), responses(
    (status = 200, body = Import), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading, Key(key): Key<ImportKey>) -> Result<Json<Import>, Problem> {
    Ok(Json(Import::from(&imports::get(&mut session, &principal, key).await?)))
}

/// Take the tables of an import, all rows or none, as the register now stands
///
/// Errors name table, row and column, as in `/components/3/quantity`.
#[utoipa::path(post, path = "/imports/{id}/confirm", tag = "imports", params(("id" = String, Path)), responses(
    (status = 200, body = Import), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn confirm(mutation: Mutation, Key(key): Key<ImportKey>, document: Document) -> Result<Response, Problem> {
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let (row, done) = imports::confirm(transaction, principal, key).await?;
            Answer::done(&Import { done: Some(done), ..Import::from(&row) })
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(hand_in)).routes(routes!(read)).routes(routes!(confirm))
}
