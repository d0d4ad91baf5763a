//! Rows of a party by the names in a list, in few statements.

use super::offers::Offer;
use super::programmes::Programme;
use super::requests::Request;
use super::shared;
use super::taken::MOST;
use crate::dialect::nested;
use crate::error::StoreError;
use crate::keys::PartyKey;
use crate::page;
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::viewer::{TenantTable, Viewer, visible_to};

/// What rows of a party are found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedBy {
    /// The party's own keys.
    ExternalId,
    /// References.
    Reference,
}

impl NamedBy {
    /// That a row has one of these names. A reference is one party's alone, and found by nothing else: an engine that is
    /// told of the party as well may look through all that the party has.
    fn among(self, party: PartyKey, names: &[String]) -> Condition {
        match self {
            Self::ExternalId => Condition::of("t.party = ").value(party).text(" AND t.external_id IN ").list(names),
            Self::Reference => Condition::of("t.reference IN ").list(names),
        }
    }
}

impl Session {
    /// Requests of a party that the viewer may see, of these names.
    ///
    /// Cost: one look at an index a name, in two statements at most for every 500 of them.
    pub async fn requests_named(
        &mut self,
        viewer: &Viewer,
        party: PartyKey,
        by: NamedBy,
        names: &[String],
    ) -> Result<Vec<Request>, StoreError> {
        let mut named = Vec::new();
        for some in names.chunks(MOST) {
            let mut select = Statement::of("SELECT t.*, ");
            select.push(nested::components(self.engine())).push(" FROM requests t WHERE ");
            select.condition(&by.among(party, some)).push(" AND ");
            page::any(&mut select, &visible_to(viewer, TenantTable::Requests));
            let rows = self.fetch_all(select).await?;
            let mut found = rows.iter().map(Request::read).collect::<Result<Vec<_>, _>>()?;
            shared::keep_to_what_is_told(self, viewer, &mut found).await?;
            named.extend(found.into_iter().filter(|row| row.party == party));
        }
        Ok(named)
    }

    /// Offers of a party that the viewer may see, of these names.
    ///
    /// Cost: one look at an index a name, in a statement for every 500 of them.
    pub async fn offers_named(
        &mut self,
        viewer: &Viewer,
        party: PartyKey,
        by: NamedBy,
        names: &[String],
    ) -> Result<Vec<Offer>, StoreError> {
        let mut named = Vec::new();
        for some in names.chunks(MOST) {
            let mut select = Statement::of("SELECT t.* FROM offers t WHERE ");
            select.condition(&by.among(party, some)).push(" AND ");
            page::any(&mut select, &visible_to(viewer, TenantTable::Offers));
            let rows = self.fetch_all(select).await?;
            let found = rows.iter().map(|row| Offer::read(row, viewer)).collect::<Result<Vec<_>, _>>()?;
            named.extend(found.into_iter().filter(|row| row.party == party));
        }
        Ok(named)
    }

    /// Programmes of a party that the viewer may see, of these names.
    ///
    /// Cost: one look at an index a name, in a statement for every 500 of them.
    pub async fn programmes_named(
        &mut self,
        viewer: &Viewer,
        party: PartyKey,
        by: NamedBy,
        names: &[String],
    ) -> Result<Vec<Programme>, StoreError> {
        let mut named = Vec::new();
        for some in names.chunks(MOST) {
            let mut select = Statement::of("SELECT t.* FROM programmes t WHERE ");
            select.condition(&by.among(party, some)).push(" AND ");
            page::any(&mut select, &visible_to(viewer, TenantTable::Programmes));
            let rows = self.fetch_all(select).await?;
            let found = rows.iter().map(Programme::read).collect::<Result<Vec<_>, _>>()?;
            named.extend(found.into_iter().filter(|row| row.party == party));
        }
        Ok(named)
    }
}
