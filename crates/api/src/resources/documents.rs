//! Documents: PDF files that belong to a request, offer, proposal or commitment.

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use needmatch_app::documents::NewDocument;
use needmatch_app::store::keys::DocumentKey;
use needmatch_app::store::register::{Document as Row, DocumentSubject};
use needmatch_app::store::words::{DocumentKind, SubjectKind};
use needmatch_app::{App, documents};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::http::answer::Answer;
use crate::http::body::Document as Body;
use crate::http::caller::Reading;
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key, key, word};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// Words of `kind`.
const KINDS: &str = "project_proposal, endorsement, assessment, evidence, report, other";

/// The bytes of a PDF file.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
struct PdfFile(#[expect(dead_code, reason = "describes a body; none is made of it")] Vec<u8>);

/// A document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Document {
    /// Its identifier.
    id: String,
    /// `request`, `offer`, `proposal` or `commitment`.
    subject_kind: String,
    /// What it belongs to.
    subject: String,
    /// Who filed it.
    party: Option<String>,
    /// What it is.
    kind: String,
    /// As shown.
    title: String,
    /// In bytes.
    size: i64,
    /// SHA-256 of its bytes.
    sha256: String,
    /// When it was filed.
    created_at: String,
}

/// Documents of something.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Documents {
    items: Vec<Document>,
}

impl From<&Row> for Document {
    fn from(row: &Row) -> Self {
        let (kind, subject) = row.subject.parts();
        Self {
            id: row.key.to_string(),
            subject_kind: kind.to_string(),
            subject: subject.to_string(),
            party: row.party.map(|party| party.to_string()),
            kind: row.kind.to_string(),
            title: row.title.clone(),
            size: row.size,
            sha256: row.sha256.clone(),
            created_at: row.created_at.to_string(),
        }
    }
}

/// Whose documents, and which of them: exactly one of the four must be there.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DocumentFilters {
    /// A request.
    request: Option<String>,
    /// An offer.
    offer: Option<String>,
    /// A proposal.
    proposal: Option<String>,
    /// A commitment.
    commitment: Option<String>,
    /// Only `project_proposal`, `endorsement`, `assessment`, `evidence`, `report` or `other`.
    kind: Option<String>,
}

/// What is filed, and with what: exactly one of the four must be there.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FilingParameters {
    /// A request.
    request: Option<String>,
    /// An offer.
    offer: Option<String>,
    /// A proposal.
    proposal: Option<String>,
    /// A commitment.
    commitment: Option<String>,
    /// `project_proposal`, `endorsement`, `assessment`, `evidence`, `report` or `other`, which it is when not given.
    kind: Option<String>,
    /// As shown.
    title: Option<String>,
}

/// The one subject that is named, of a request, an offer, a proposal and a commitment.
fn subject([request, offer, proposal, commitment]: [&Option<String>; 4]) -> Result<DocumentSubject, Problem> {
    let given = [
        (SubjectKind::Request, request),
        (SubjectKind::Offer, offer),
        (SubjectKind::Proposal, proposal),
        (SubjectKind::Commitment, commitment),
    ];
    let mut given = given.into_iter().filter_map(|(kind, text)| Some((kind, text.as_deref()?)));
    match (given.next(), given.next()) {
        (Some((kind, text)), None) => Ok(DocumentSubject::of(kind, key::<Uuid>(kind.name(), text)?)),
        _ => Err(Problem::parameter("query", "", "exactly one of request, offer, proposal and commitment")),
    }
}

/// Documents of something that you may see
#[utoipa::path(get, path = "/documents", tag = "documents", params(DocumentFilters), responses(
    (status = 200, content((Documents = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<DocumentFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let of = subject([&filters.request, &filters.offer, &filters.proposal, &filters.commitment])?;
    let kind: Option<DocumentKind> = word("kind", filters.kind.as_deref(), KINDS)?;
    let rows = documents::list(&mut session, &principal, of, kind).await?;
    wish.page(Documents { items: rows.iter().map(Document::from).collect() })
}

/// File a document: a PDF file of at most 4 MiB
#[utoipa::path(post, path = "/documents", tag = "documents", params(FilingParameters),
    request_body(content = inline(PdfFile), content_type = "application/pdf"), responses(
    (status = 201, body = Document), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn file(
    mutation: Mutation,
    Filters(parameters): Filters<FilingParameters>,
    request: Request,
) -> Result<Response, Problem> {
    let subject = subject([&parameters.request, &parameters.offer, &parameters.proposal, &parameters.commitment])?;
    let kind: Option<DocumentKind> = word("kind", parameters.kind.as_deref(), KINDS)?;
    let body = Body::of_bytes(request).await?;
    let title = parameters.title.unwrap_or_default();
    let new = NewDocument { subject, kind: kind.unwrap_or(DocumentKind::Other), title, bytes: body.bytes.to_vec() };
    let effect = mutation.run(&body, move |transaction, principal| {
        Box::pin(async move {
            let row = documents::file(transaction, principal, &new).await?;
            Answer::made(format!("/api/v1/documents/{}", row.key), &Document::from(&row))
        })
    });
    effect.await
}

/// A document
#[utoipa::path(get, path = "/documents/{id}", tag = "documents", params(("id" = String, Path)), responses(
    (status = 200, body = Document), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(
    Reading { principal, mut session }: Reading,
    Key(key): Key<DocumentKey>,
) -> Result<Json<Document>, Problem> {
    Ok(Json(Document::from(&documents::get(&mut session, &principal, key).await?)))
}

/// The file of a document
#[utoipa::path(get, path = "/documents/{id}/content", tag = "documents", params(("id" = String, Path)), responses(
    (status = 200, body = inline(PdfFile), content_type = "application/pdf",
        headers(("Content-Disposition" = String, description = "A name to keep it under."))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn content(Reading { principal, mut session }: Reading, Key(key): Key<DocumentKey>) -> Result<Response, Problem> {
    let (row, bytes) = documents::content(&mut session, &principal, key).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    // Kept out of the page it is linked from: what others filed is shown by the reader's own program.
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{}.pdf\"", row.key)) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, file)).routes(routes!(read)).routes(routes!(content))
}
