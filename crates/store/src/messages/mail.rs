//! Mail to people: written with the change it tells of, sent to the address and in the language that the person has when
//! it is sent, and to nobody who has left the party meanwhile.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::Outcome;
use super::outgoing::MOST_AT_ONCE;
use super::queue::{Queue, claim, settle};
use crate::bounds;
use crate::engine::{Row, from_json};
use crate::error::StoreError;
use crate::keys::{MailKey, PartyKey, PersonKey};
use crate::session::Session;
use crate::statement::Statement;
use crate::store::Store;
use crate::transaction::AuditedTransaction;
use crate::words::{MailKind, PartyKind};

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMail {
    /// Its key.
    pub key: MailKey,
    /// The party it concerns.
    pub party: PartyKey,
    /// To whom.
    pub person: PersonKey,
    /// What it tells of.
    pub kind: MailKind,
    /// What its text is made of.
    pub body: Value,
    /// What only the person may read, sealed.
    pub sealed_secret: Option<Vec<u8>>,
}

/// A mail taken, with what is needed to send it. Printed without address and secret.
#[derive(Clone)]
pub struct ClaimedMail {
    /// Its key.
    pub key: MailKey,
    /// Guards what is written of this attempt.
    pub attempt: i64,
    /// How often it was tried, this time included.
    pub tries: i64,
    /// What it tells of.
    pub kind: MailKind,
    /// What its text is made of.
    pub body: Value,
    /// What only the person may read, sealed.
    pub sealed_secret: Option<Vec<u8>>,
    /// To whom; `None`: nobody any more, since they were shut out or have left the party.
    pub addressee: Option<Addressee>,
}

/// Whom a mail reaches.
#[derive(Clone)]
pub struct Addressee {
    /// Their address.
    pub email: String,
    /// As shown.
    pub name: String,
    /// Their language, such as `fr`.
    pub language: String,
    /// What their party is.
    pub party_kind: PartyKind,
}

impl fmt::Debug for ClaimedMail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ClaimedMail").field("key", &self.key).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl fmt::Debug for Addressee {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Addressee").field("party_kind", &self.party_kind).finish_non_exhaustive()
    }
}

impl Session {
    /// Whom mail of a party goes to: its active members who have not been shut out.
    pub async fn mail_recipients(&mut self, party: PartyKey) -> Result<Vec<PersonKey>, StoreError> {
        let select = Statement::of(
            "SELECT m.person FROM memberships m JOIN people p ON p.id = m.person \
             WHERE m.party = $1 AND m.status = 'active' AND p.disabled_at IS NULL AND p.email <> '' ORDER BY m.person",
        );
        self.fetch_all(select.bind(party)).await?.iter().map(|row| row.get("person")).collect()
    }

    async fn addressee(&mut self, party: PartyKey, person: PersonKey) -> Result<Option<Addressee>, StoreError> {
        // Invited people are told of nothing but their invitation.
        let select = Statement::of(
            "SELECT p.email, p.name, p.language, q.kind FROM memberships m JOIN people p ON p.id = m.person \
             JOIN parties q ON q.id = m.party WHERE m.party = $1 AND m.person = $2 AND m.status <> 'suspended' \
             AND p.disabled_at IS NULL",
        );
        let read = |row: &Row| {
            Ok(Addressee {
                email: row.get("email")?,
                name: row.get("name")?,
                language: row.get("language")?,
                party_kind: row.parse("kind")?,
            })
        };
        self.fetch_optional(select.bind(party).bind(person)).await?.as_ref().map(read).transpose()
    }
}

impl AuditedTransaction {
    /// Writes mails, in few statements. The audit rows are those of the changes they tell of.
    pub(crate) async fn add_mails(&mut self, new: &[NewMail]) -> Result<(), StoreError> {
        let at = self.at();
        for some in new.chunks(MOST_AT_ONCE) {
            let mut insert = Statement::of(
                "INSERT INTO mails (id, party, person, kind, body, secret, lifecycle, tries, attempt, due_at, created_at) \
                 VALUES ",
            )
            .of_rows(some.len());
            for (place, new) in some.iter().enumerate() {
                insert.push(if place == 0 { "(" } else { ", (" });
                insert.value(new.key).push(", ").value(new.party).push(", ").value(new.person).push(", ");
                insert.value(new.kind).push(", ").value(bounds::body(&new.body)?).push(", ");
                insert.value(new.sealed_secret.clone()).push(", 'waiting', 0, 0, 0, ").value(at).push(")");
            }
            self.execute(insert).await?;
        }
        Ok(())
    }
}

impl Store {
    /// Takes up to so many mails that are due, for so long.
    pub async fn claim_mails(&self, most: usize, lease: Duration) -> Result<Vec<ClaimedMail>, StoreError> {
        let mut session = self.begin_unaudited().await?;
        let mut claimed = Vec::new();
        for row in claim(&mut session, Queue::Mails, most, lease).await? {
            claimed.push(ClaimedMail {
                key: row.get("id")?,
                attempt: row.get("attempt")?,
                tries: row.get("tries")?,
                kind: row.parse("kind")?,
                body: from_json("body", &row.get::<String>("body")?)?,
                sealed_secret: row.get("secret")?,
                addressee: session.addressee(row.get("party")?, row.get("person")?).await?,
            });
        }
        session.commit().await?;
        Ok(claimed)
    }

    /// Notes what became of an attempt. Answers whether it still was this worker's to tell.
    pub async fn settle_mail(&self, key: MailKey, attempt: i64, outcome: &Outcome) -> Result<bool, StoreError> {
        settle(self, Queue::Mails, key.uuid(), attempt, outcome).await
    }
}
