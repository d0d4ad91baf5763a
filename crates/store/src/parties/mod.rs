//! Parties, the people who act for them, and what they sign in with.

mod bearer;
mod credentials;
mod identities;
mod memberships;
mod party;
mod people;
mod sandbox;
mod secret;

pub use bearer::{Bearer, PartyOfBearer};
#[cfg(test)]
pub(crate) use credentials::ENDED;
pub use credentials::{ByInvitation, Credential, Holder, NewCredential};
pub use identities::NewIdentity;
#[cfg(test)]
pub(crate) use identities::OPENID_SIGN_INS;
pub use memberships::{Membership, MembershipOfPerson};
pub use party::{NewParty, Party, PartyFilter};
pub use people::{NewPerson, Person};
#[cfg(test)]
pub(crate) use sandbox::found as found_in_sandbox;
pub use sandbox::{Wiped, Wiping};
pub use secret::{Secret, SecretError};
