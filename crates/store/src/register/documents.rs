//! Documents: PDF files that belong to something. Whoever may see that may see them, and nobody else.

use jiff::Timestamp;
use needmatch_domain::canonical;
use serde::Serialize;
use uuid::Uuid;

use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::{CommitmentKey, DocumentKey, OfferKey, PartyKey, ProposalKey, RequestKey};
use crate::limits::Counted;
use crate::page;
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, visible_to};
use crate::words::{DocumentKind, SubjectKind};

/// Most documents of one thing.
pub const MAX_DOCUMENTS: i64 = 100;

/// What a document belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum DocumentSubject {
    /// A request.
    Request(RequestKey),
    /// An offer.
    Offer(OfferKey),
    /// A proposal.
    Proposal(ProposalKey),
    /// A commitment.
    Commitment(CommitmentKey),
}

impl DocumentSubject {
    /// The subject of a kind under a key.
    pub fn of(kind: SubjectKind, key: Uuid) -> Self {
        match kind {
            SubjectKind::Request => Self::Request(key.into()),
            SubjectKind::Offer => Self::Offer(key.into()),
            SubjectKind::Proposal => Self::Proposal(key.into()),
            SubjectKind::Commitment => Self::Commitment(key.into()),
        }
    }

    /// Its kind and key.
    pub fn parts(self) -> (SubjectKind, Uuid) {
        match self {
            Self::Request(key) => (SubjectKind::Request, key.uuid()),
            Self::Offer(key) => (SubjectKind::Offer, key.uuid()),
            Self::Proposal(key) => (SubjectKind::Proposal, key.uuid()),
            Self::Commitment(key) => (SubjectKind::Commitment, key.uuid()),
        }
    }
}

/// A document without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Its key.
    pub key: DocumentKey,
    /// What it belongs to.
    pub subject: DocumentSubject,
    /// Who filed it; `None`: the operator.
    pub party: Option<PartyKey>,
    /// What it is.
    pub kind: DocumentKind,
    /// As shown.
    pub title: String,
    /// In bytes.
    pub size: i64,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// When it was filed.
    pub created_at: Timestamp,
}

impl Document {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            subject: DocumentSubject::of(row.parse("subject_kind")?, row.get("subject")?),
            party: row.get("party")?,
            kind: row.parse("kind")?,
            title: row.get("title")?,
            size: row.get("size")?,
            sha256: row.get("sha256")?,
            created_at: row.time("created_at")?,
        })
    }
}

impl Session {
    /// The parties a subject belongs to, if the viewer may see it. A package shows what is asked for, and nothing that is
    /// filed with it.
    pub async fn owners(&mut self, viewer: &Viewer, subject: DocumentSubject) -> Result<Vec<PartyKey>, StoreError> {
        Ok(match subject {
            DocumentSubject::Request(key) => vec![self.owner_of_circulated(viewer, key).await?],
            DocumentSubject::Offer(key) => vec![self.offer(viewer, key).await?.party],
            DocumentSubject::Proposal(key) => {
                let proposal = self.proposal(viewer, key).await?;
                vec![proposal.state_party, proposal.provider_party]
            }
            DocumentSubject::Commitment(key) => {
                let commitment = self.commitment(viewer, key).await?;
                vec![commitment.state_party, commitment.provider_party]
            }
        })
    }

    async fn owner_of_circulated(&mut self, viewer: &Viewer, key: RequestKey) -> Result<PartyKey, StoreError> {
        let mut select = Statement::of("SELECT t.party FROM requests t WHERE ");
        select.condition(&Condition::of("t.id = ").value(key)).push(" AND ");
        page::any(&mut select, &visible_to(viewer, TenantTable::CirculatedRequests));
        self.fetch_optional(select).await?.ok_or_else(|| not_found("request", key))?.get("party")
    }

    /// A document the viewer may see.
    pub async fn document(&mut self, viewer: &Viewer, key: DocumentKey) -> Result<Document, StoreError> {
        let select = Statement::of(
            "SELECT id, subject_kind, subject, party, kind, title, size, sha256, created_at FROM documents WHERE id = $1",
        );
        let missing = || not_found("document", key);
        let document = Document::read(&self.fetch_optional(select.bind(key)).await?.ok_or_else(missing)?)?;
        // What it belongs to decides; that it is there is not told otherwise.
        self.owners(viewer, document.subject).await.map_err(|error| match error {
            StoreError::NotFound { .. } => missing(),
            other => other,
        })?;
        Ok(document)
    }

    /// The bytes of a document the viewer may see.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when they no longer have their hash.
    pub async fn document_bytes(
        &mut self,
        viewer: &Viewer,
        key: DocumentKey,
    ) -> Result<(Document, Vec<u8>), StoreError> {
        let document = self.document(viewer, key).await?;
        let select = Statement::of("SELECT bytes FROM documents WHERE id = $1").bind(key);
        let row = self.fetch_optional(select).await?.ok_or_else(|| not_found("document", key))?;
        let bytes: Vec<u8> = row.get("bytes")?;
        let found = canonical::sha256(&bytes);
        if found != document.sha256 {
            return Err(StoreError::Corrupt { column: "documents.bytes".to_owned(), value: found });
        }
        Ok((document, bytes))
    }

    /// Documents of something the viewer may see, of one kind or all, oldest first.
    pub async fn documents_of(
        &mut self,
        viewer: &Viewer,
        subject: DocumentSubject,
        of: Option<DocumentKind>,
    ) -> Result<Vec<Document>, StoreError> {
        self.owners(viewer, subject).await?;
        let (kind, key) = subject.parts();
        let mut select = Statement::of(
            "SELECT id, subject_kind, subject, party, kind, title, size, sha256, created_at FROM documents \
             WHERE subject = $1 AND subject_kind = $2",
        );
        select = select.bind(key).bind(kind);
        if let Some(of) = of {
            select.push(" AND kind = ").value(of);
        }
        select.push(" ORDER BY id LIMIT 500");
        self.fetch_all(select).await?.iter().map(Document::read).collect()
    }
}

impl AuditedTransaction {
    /// Files a document. The caller has found its subject visible; `chain` is the party whose log tells of it.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`] when its subject has [`MAX_DOCUMENTS`] already.
    pub async fn add_document(&mut self, document: &Document, chain: PartyKey, bytes: &[u8]) -> Result<(), StoreError> {
        bounds::texts([document.title.as_str()])?;
        let (kind, key) = document.subject.parts();
        self.count_alone(Counted::Documents(key)).await?;
        let count = Statement::of("SELECT COUNT(*) AS filed FROM documents WHERE subject = $1").bind(key);
        let filed = self.number(count, "filed").await?;
        if filed >= MAX_DOCUMENTS {
            let (actual, limit) = (filed + 1, MAX_DOCUMENTS);
            let fits = |count: i64| usize::try_from(count).unwrap_or(usize::MAX);
            return Err(StoreError::TooLarge { what: "documents", actual: fits(actual), limit: fits(limit) });
        }
        let insert = Statement::of(
            "INSERT INTO documents (id, subject_kind, subject, party, kind, title, size, sha256, bytes, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        );
        let insert = insert.bind(document.key).bind(kind).bind(key).bind(document.party).bind(document.kind);
        let insert = insert.bind(&document.title).bind(document.size).bind(&document.sha256);
        let insert = insert.bind(bytes).bind(document.created_at);
        let entry = Entry::of(chain, "document.create", "document", document.key.uuid()).after(document);
        self.change(insert, entry).await.map(drop)
    }
}
