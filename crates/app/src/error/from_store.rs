//! What a refusal of the store means to a user.

use needmatch_store::StoreError;

use super::{AppError, Fault, FieldError};

/// What a unique value is to people, by table and column. To add a unique value: a row here, and its phrase in six
/// languages under `what-`.
const UNIQUE: &[(&str, &str, &str)] = &[
    ("requests", "external_id", "the external_id of a request"),
    ("requests", "reference", "the reference of a request"),
    ("components", "reference", "the reference of a component"),
    ("offers", "external_id", "the external_id of an offer"),
    ("offers", "reference", "the reference of an offer"),
    ("programmes", "external_id", "the external_id of a programme"),
    ("programmes", "reference", "the reference of a programme"),
    ("channels", "code", "the code of a channel"),
    ("items", "code", "the code of an item"),
    ("parties", "code", "the code of a party"),
    ("people", "email", "the address of a person"),
    ("scenarios", "name", "the name of a scenario in its round"),
    ("runs", "round", "the published run of a round"),
    ("proposals", "run", "the proposal of this match"),
    ("commitments", "proposal", "the commitment of a proposal"),
    ("outcomes", "commitment", "the outcome of a commitment"),
    ("national_reports", "year", "the report of a state for this year"),
    ("identities", "issuer", "the account of a person at their sign-in service"),
];

/// What else is taken.
const OTHER: &str = "a value that must be unique";

/// What a constraint of either engine keeps unique: SQLite names `table.column` of each, PostgreSQL the constraint, made of
/// table and columns.
fn taken(constraint: &str) -> &'static str {
    let columns = constraint.rsplit(": ").next().unwrap_or(constraint);
    let of_table = |table: &str| {
        columns.strip_prefix(table).is_some_and(|rest| rest.starts_with(['.', '_'])).then(|| &columns[table.len()..])
    };
    let found = UNIQUE.iter().find(|(table, column, _)| of_table(table).is_some_and(|rest| rest.contains(column)));
    // The one index that bears a name of its own.
    let published = || (columns == "runs_published").then_some("the published run of a round");
    found.map(|(_, _, what)| *what).or_else(published).unwrap_or(OTHER)
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { kind, key } => Self::NotFound { kind: kind.to_owned(), key },
            StoreError::VersionMismatch { expected, actual, .. } => Self::VersionMismatch { expected, actual },
            StoreError::WrongState { kind, expected, actual, .. } => Self::NotAllowedNow {
                kind,
                step: format!("a step from {expected}"),
                state: actual,
                allowed: Vec::new(),
            },
            StoreError::Duplicate { constraint } => Self::Taken { what: taken(&constraint).to_owned() },
            StoreError::RuleBroken { constraint } => Self::RuleBroken { rule: constraint },
            StoreError::TooLarge { what, actual, limit } => {
                Self::TooLarge { what: what.to_owned(), actual: actual as u64, limit: limit as u64 }
            }
            // Whatever reads a document says where; this is for what nothing has read.
            StoreError::NotKept => {
                let fault = Fault::ForbiddenCharacter { character: "U+0000".to_owned() };
                Self::Invalid { fields: vec![FieldError { pointer: String::new(), value: None, fault }] }
            }
            StoreError::BadPage { .. } => Self::BadPage,
            StoreError::Busy => Self::Busy,
            StoreError::StorageFull => Self::StorageFull,
            StoreError::Unavailable(_) => {
                tracing::error!(%error, "the register cannot be reached");
                Self::Unavailable
            }
            other => {
                tracing::error!(error = ?other, "the register failed");
                Self::Internal
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use needmatch_i18n::message::has;
    use needmatch_i18n::vocabulary::phrase_key;

    use super::{OTHER, UNIQUE, taken};

    #[test]
    fn what_is_taken_is_said_in_words_whichever_engine_says_so() {
        for (sqlite, postgres, what) in [
            ("UNIQUE constraint failed: requests.reference", "requests_reference_key", "the reference of a request"),
            (
                "UNIQUE constraint failed: offers.party, offers.external_id",
                "offers_party_external_id_key",
                "the external_id of an offer",
            ),
            ("components.reference", "components_reference_key", "the reference of a component"),
            ("UNIQUE constraint failed: parties.kind, parties.code", "parties_kind_code_key", "the code of a party"),
            ("UNIQUE constraint failed: runs.round", "runs_published", "the published run of a round"),
            ("UNIQUE constraint failed: commitments.proposal", "commitments_proposal_key", UNIQUE[14].2),
            ("UNIQUE constraint failed: runs.id", "runs_pkey", OTHER),
        ] {
            assert_eq!([taken(sqlite), taken(postgres)], [what, what]);
        }
    }

    #[test]
    fn every_one_has_its_phrase() {
        for what in UNIQUE.iter().map(|(_, _, what)| *what).chain([OTHER]) {
            assert!(has(&phrase_key("what-", what)), "{what}");
        }
    }
}
