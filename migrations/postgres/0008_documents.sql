-- Documents: PDF files that belong to a request, offer, proposal or commitment, and are as private as that.

CREATE TABLE documents (
    id UUID NOT NULL PRIMARY KEY,
    subject_kind TEXT NOT NULL CHECK (subject_kind IN ('request', 'offer', 'proposal', 'commitment')),
    subject UUID NOT NULL,
    party UUID REFERENCES parties (id),
    kind TEXT NOT NULL CHECK (kind IN ('project_proposal', 'endorsement', 'assessment', 'evidence', 'report', 'other')),
    title TEXT NOT NULL,
    size BIGINT NOT NULL CHECK (size BETWEEN 1 AND 4194304),
    sha256 TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX documents_subject ON documents (subject, id);
