//! Observers admitted to the whole of a round that holds something not public.

use crate::audit::Entry;
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::{PartyKey, RoundKey};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::Viewer;
use crate::words::PartyKind;

impl Session {
    /// Parties admitted to a round, in the order of their keys.
    pub async fn round_observers(&mut self, round: RoundKey) -> Result<Vec<PartyKey>, StoreError> {
        let select = Statement::of("SELECT party FROM round_observers WHERE round = $1 ORDER BY party").bind(round);
        self.fetch_all(select).await?.iter().map(|row| row.get("party")).collect()
    }

    /// Whether the viewer acts for a party that is admitted to the round.
    pub async fn is_admitted(&mut self, viewer: &Viewer, round: RoundKey) -> Result<bool, StoreError> {
        let observers: Vec<PartyKey> =
            viewer.parties().iter().filter(|(_, kind)| *kind == PartyKind::Observer).map(|(party, _)| *party).collect();
        if observers.is_empty() {
            return Ok(false);
        }
        let mut select =
            Statement::of("SELECT COUNT(*) AS admitted FROM round_observers WHERE round = $1 AND ").bind(round);
        select.condition(&Condition::of("party IN ").list(observers));
        Ok(self.number(select, "admitted").await? > 0)
    }
}

impl AuditedTransaction {
    /// Admits an observer to the whole of a round.
    pub async fn admit_observer(&mut self, round: RoundKey, observer: PartyKey) -> Result<(), StoreError> {
        let coordinator = self.round(&Viewer::system(), round).await?.party;
        if self.party(observer).await?.kind != PartyKind::Observer {
            return Err(not_found("observer", observer));
        }
        let insert = Statement::of(
            "INSERT INTO round_observers (round, party, admitted_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        );
        let insert = insert.bind(round).bind(observer).bind(self.at());
        let entry = Entry::of(coordinator, "round.admit", "round", round.uuid()).after(&observer);
        self.change(insert, entry).await.map(drop)
    }
}
