//! Names that rows have already, so that a list of new ones can be told all at once which of them are taken.

use std::collections::BTreeSet;

use crate::error::StoreError;
use crate::keys::PartyKey;
use crate::session::Session;
use crate::statement::{Condition, Statement};

/// Most names asked about at once.
pub(super) const MOST: usize = 500;

/// What a name is unique among.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unique {
    /// References of requests.
    Request,
    /// References of components, and of lines that will be.
    Component,
    /// References of offers.
    Offer,
    /// References of programmes.
    Programme,
    /// Keys of a party's own for its requests.
    RequestOf(PartyKey),
    /// Keys of a party's own for its offers.
    OfferOf(PartyKey),
    /// Keys of a party's own for its programmes.
    ProgrammeOf(PartyKey),
}

impl Unique {
    fn select(self) -> (Statement, &'static str) {
        let of = |party: PartyKey, text: &'static str| {
            let mut select = Statement::of(text);
            select.value(party).push(" AND ");
            (select, "external_id IN ")
        };
        match self {
            Self::Request => (Statement::of("SELECT reference AS name FROM requests WHERE "), "reference IN "),
            Self::Component => (Statement::of("SELECT reference AS name FROM components WHERE "), "reference IN "),
            Self::Offer => (Statement::of("SELECT reference AS name FROM offers WHERE "), "reference IN "),
            Self::Programme => (Statement::of("SELECT reference AS name FROM programmes WHERE "), "reference IN "),
            Self::RequestOf(party) => of(party, "SELECT external_id AS name FROM requests WHERE party = "),
            Self::OfferOf(party) => of(party, "SELECT external_id AS name FROM offers WHERE party = "),
            Self::ProgrammeOf(party) => of(party, "SELECT external_id AS name FROM programmes WHERE party = "),
        }
    }
}

impl Session {
    /// Of these names those that are taken.
    ///
    /// Cost: one look at an index a name, in a statement for every 500 of them.
    pub async fn taken(&mut self, unique: Unique, names: &[&str]) -> Result<BTreeSet<String>, StoreError> {
        let mut taken = BTreeSet::new();
        for some in names.chunks(MOST) {
            let (mut select, among) = unique.select();
            select.condition(&Condition::of(among).list(some.iter().copied()));
            for row in self.fetch_all(select).await? {
                taken.insert(row.get("name")?);
            }
        }
        Ok(taken)
    }
}
