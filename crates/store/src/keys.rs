//! One key type per table, so that a request can never be looked up among offers. Keys are UUIDs of version 7, made by
//! the caller: their order is that of creation, which is what lists page by.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::statement::Argument;

macro_rules! keys {
    ($($(#[$doc:meta])+ $name:ident,)+) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The UUID.
            pub fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl From<$name> for Argument {
            fn from(key: $name) -> Self {
                Self::Uuid(Some(key.0))
            }
        }

        impl From<Option<$name>> for Argument {
            fn from(key: Option<$name>) -> Self {
                Self::Uuid(key.map(|key| key.0))
            }
        }
    )+};
}

keys! {
    /// A party.
    PartyKey,
    /// A person.
    PersonKey,
    /// A session, token or sign-in link.
    CredentialKey,
    /// An account of a person at a provider of OpenID Connect.
    IdentityKey,
    /// A registered request.
    RequestKey,
    /// A component of a registered request.
    ComponentKey,
    /// A package of joint requests.
    PackageKey,
    /// A registered offer.
    OfferKey,
    /// A programme.
    ProgrammeKey,
    /// A funding channel.
    ChannelKey,
    /// An item of the catalogue.
    ItemKey,
    /// A national report.
    ReportKey,
    /// A document.
    DocumentKey,
    /// Tables handed in to be looked at.
    ImportKey,
    /// A round.
    RoundKey,
    /// A scenario of a round.
    ScenarioKey,
    /// A run of a scenario.
    RunKey,
    /// A sweep: one scenario under many settings.
    SweepKey,
    /// A proposal.
    ProposalKey,
    /// A commitment.
    CommitmentKey,
    /// A result in the public catalogue.
    OutcomeKey,
    /// A webhook of a party.
    WebhookKey,
    /// A message on its way to a webhook.
    DeliveryKey,
    /// A mail to a person.
    MailKey,
    /// A signed checkpoint of the audit chains.
    CheckpointKey,
}
