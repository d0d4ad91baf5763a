//! Documents (project proposals, endorsements, assessments, reports): PDF files, bounded and hashed, as private as what
//! they belong to.

use needmatch_domain::canonical;
use needmatch_store::keys::{DocumentKey, PartyKey};
use needmatch_store::register::{Document, DocumentSubject};
use needmatch_store::words::DocumentKind;
use needmatch_store::{AuditedTransaction, Session};
use serde_json::json;

use crate::app::new_key;
use crate::document::{MAX_LINE, text};
use crate::error::{AppError, Fault, Faults};
use crate::policy::{Action, allow};
use crate::principal::Principal;

/// Most bytes of a document.
pub const MAX_BYTES: usize = 4 << 20;

/// How far from its end a PDF file says that it ends.
const TAIL: usize = 1024;

/// A document to be filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// What it belongs to.
    pub subject: DocumentSubject,
    /// What it is.
    pub kind: DocumentKind,
    /// As shown.
    pub title: String,
    /// A PDF file.
    pub bytes: Vec<u8>,
}

/// Files a document with something the principal may see and has to do with.
pub async fn file(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    new: &NewDocument,
) -> Result<Document, AppError> {
    let owners = transaction.owners(&principal.viewer(), new.subject).await?;
    let own = owners.iter().copied().find(|party| principal.mandate_for(*party).is_some());
    let chain: PartyKey = own.or(owners.first().copied()).ok_or(AppError::Internal)?;
    allow(principal, Action::FileDocument, Some(chain))?;
    let mut faults = Faults::default();
    let title = text(&json!(new.title), "/title", MAX_LINE, &mut faults);
    if !is_pdf(&new.bytes) {
        faults.push("", None, Fault::WrongType { expected: "a PDF file, from %PDF- to %%EOF" });
    }
    if new.bytes.len() > MAX_BYTES {
        let (actual, limit) = (new.bytes.len() as u64, MAX_BYTES as u64);
        return Err(AppError::TooLarge { what: "document (bytes)".to_owned(), actual, limit });
    }
    let title = faults.finish(title)?;
    let party = own.or_else(|| principal.mandates.first().map(|mandate| mandate.party));
    let document = Document {
        key: new_key(),
        subject: new.subject,
        party,
        kind: new.kind,
        title,
        size: i64::try_from(new.bytes.len()).map_err(|_| AppError::Internal)?,
        sha256: canonical::sha256(&new.bytes),
        created_at: transaction.at(),
    };
    transaction.add_document(&document, chain, &new.bytes).await?;
    Ok(document)
}

/// Whether the bytes begin and end as a PDF file does.
fn is_pdf(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    bytes.starts_with(b"%PDF-") && tail.windows(5).any(|window| window == b"%%EOF")
}

/// A document the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: DocumentKey) -> Result<Document, AppError> {
    Ok(session.document(&principal.viewer(), key).await?)
}

/// A document with its bytes.
pub async fn content(
    session: &mut Session,
    principal: &Principal,
    key: DocumentKey,
) -> Result<(Document, Vec<u8>), AppError> {
    Ok(session.document_bytes(&principal.viewer(), key).await?)
}

/// Documents of something the principal may see, of one kind or all, oldest first.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    subject: DocumentSubject,
    kind: Option<DocumentKind>,
) -> Result<Vec<Document>, AppError> {
    Ok(session.documents_of(&principal.viewer(), subject, kind).await?)
}

#[cfg(test)]
mod tests {
    use super::is_pdf;

    #[test]
    fn a_pdf_file_begins_and_ends_as_one() {
        assert!(is_pdf(b"%PDF-1.7\n1 0 obj\n%%EOF\n"));
        assert!(!is_pdf(b"%PDF-1.7\n") && !is_pdf(b"<html>%%EOF") && !is_pdf(b""));
    }
}
