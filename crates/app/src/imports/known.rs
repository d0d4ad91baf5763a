//! Rows of tables that are registered already: found by the owner's own key, else by reference, among the owner's own.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use needmatch_domain::ids::IdError;
use needmatch_store::parties::Party;
use uuid::Uuid;

use super::read::Row;
use crate::document::kept_key;
use crate::names::name_under;

/// Names under which rows may be registered.
pub(super) struct Names {
    /// The owner's own keys.
    pub(super) keys: Vec<String>,
    /// References, as given and under the owner's code.
    pub(super) references: Vec<String>,
}

/// The names under which the rows of an owner may be registered.
pub(super) fn names_of<I: FromStr<Err = IdError> + Display>(owner: &Party, rows: &[&Row]) -> Names {
    let keys: Vec<String> = rows.iter().filter_map(|row| kept_key::<I>(&row.id)).collect();
    let references = keys.iter().flat_map(|key| [key.clone(), name_under(&owner.code, key)]).collect();
    Names { keys, references }
}

/// Rows that are registered, each until it is taken.
#[derive(Debug)]
pub(super) struct Known<R> {
    rows: BTreeMap<Uuid, Option<R>>,
    by_key: BTreeMap<String, Uuid>,
    by_reference: BTreeMap<String, Uuid>,
}

impl<R> Default for Known<R> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), by_key: BTreeMap::new(), by_reference: BTreeMap::new() }
    }
}

/// What a row of a table is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found<R> {
    New,
    Registered(R),
    /// The same registered row as one before it.
    Twice,
}

impl<R> Known<R> {
    /// Adds a row of the owner's.
    pub(super) fn add(&mut self, key: Uuid, external_id: Option<String>, reference: String, row: R) {
        self.rows.insert(key, Some(row));
        self.by_key.extend(external_id.map(|name| (name, key)));
        self.by_reference.insert(reference, key);
    }

    /// What the row of this id is.
    pub(super) fn take<I: FromStr<Err = IdError> + Display>(&mut self, owner: &Party, id: &str) -> Found<R> {
        let named = kept_key::<I>(id).and_then(|key| {
            let by_reference = |name: &str| self.by_reference.get(name);
            let found = self.by_key.get(&key).or_else(|| by_reference(&key));
            found.or_else(|| by_reference(&name_under(&owner.code, &key))).copied()
        });
        match named.and_then(|key| self.rows.get_mut(&key)) {
            None => Found::New,
            Some(row) => row.take().map_or(Found::Twice, Found::Registered),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use needmatch_domain::ids::RequestId;
    use needmatch_store::parties::Party;
    use needmatch_store::words::PartyKind;
    use serde_json::json;
    use uuid::Uuid;

    use super::{Found, Known};

    #[test]
    fn a_row_is_found_by_its_owners_key_before_its_reference_and_once() {
        let owner = Party {
            key: Uuid::now_v7().into(),
            kind: PartyKind::State,
            code: "KEN".to_owned(),
            name: "Kenya".to_owned(),
            body: json!({}),
            is_sandbox: false,
            version: 1,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        };
        let mut known = Known::default();
        known.add(Uuid::now_v7(), Some("a".to_owned()), "KEN/b".to_owned(), 1);
        known.add(Uuid::now_v7(), None, "a".to_owned(), 2);
        known.add(Uuid::now_v7(), None, "KEN/c".to_owned(), 3);
        let mut take = |id| known.take::<RequestId>(&owner, id);
        assert_eq!(take(" a "), Found::Registered(1));
        assert_eq!([take("b"), take("a")], [Found::Twice, Found::Twice], "both are the row that was taken");
        assert_eq!(take("c"), Found::Registered(3));
        assert_eq!([take("d"), take("")], [Found::New, Found::New]);
    }
}
