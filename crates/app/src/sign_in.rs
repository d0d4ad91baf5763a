//! One-time links and the browser sessions they become. The link is shown once, to whoever asked for it; what is kept
//! is its hash.

use jiff::SignedDuration;
use needmatch_store::AuditedTransaction;
use needmatch_store::keys::PartyKey;
use needmatch_store::parties::{Holder, NewCredential, NewPerson, Secret};
use needmatch_store::words::{CredentialKind, MembershipStatus, Role};

use crate::app::{App, Surface, new_key};
use crate::error::AppError;
use crate::policy::{Action, allow};
use crate::principal::Principal;

/// Hours a link can wait to be used.
const LINK_HOURS: i64 = 24;

/// Hours a browser stays signed in.
pub const SESSION_HOURS: i64 = 12;

/// A person to be invited.
#[derive(Debug, Clone, Copy)]
pub struct Invitation<'a> {
    /// Their address.
    pub email: &'a str,
    /// As shown.
    pub name: &'a str,
    /// What they may do for the party.
    pub role: Role,
}

/// Registers a person as an active member of a party and gives a link that signs them in once.
pub async fn invite(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    invitation: Invitation<'_>,
) -> Result<Secret, AppError> {
    allow(principal, Action::ManageMembers, Some(party))?;
    let person = if let Some(known) = transaction.person_by_email(invitation.email).await? {
        known.key
    } else {
        let new = NewPerson {
            key: new_key(),
            email: invitation.email.to_owned(),
            name: invitation.name.to_owned(),
            language: "en".to_owned(),
            password_hash: None,
        };
        transaction.add_person(&new).await?.key
    };
    transaction.set_membership(party, person, invitation.role, MembershipStatus::Active, None).await?;
    let secret = fresh_secret()?;
    let new = NewCredential {
        key: new_key(),
        kind: CredentialKind::Link,
        holder: Holder::Person(person),
        label: "sign-in link".to_owned(),
        scopes: Vec::new(),
        expires_at: transaction.at() + SignedDuration::from_hours(LINK_HOURS),
    };
    transaction.add_credential(&new, &secret).await?;
    Ok(secret)
}

/// Turns a link into a session: the link is used up in the same transaction.
///
/// # Errors
/// [`AppError::Unauthenticated`] when the link is none of ours, was used, taken back or has expired.
pub async fn redeem(app: &App, surface: &Surface, link: &str) -> Result<Secret, AppError> {
    let link = Secret::parse(link).map_err(|_| AppError::Unauthenticated)?;
    let mut transaction = app.begin(&Principal::public(), surface).await?;
    let used = transaction.use_link(&link).await?.ok_or(AppError::Unauthenticated)?;
    let secret = fresh_secret()?;
    let new = NewCredential {
        key: new_key(),
        kind: CredentialKind::Session,
        holder: used.holder,
        label: "browser".to_owned(),
        scopes: Vec::new(),
        expires_at: transaction.at() + SignedDuration::from_hours(SESSION_HOURS),
    };
    transaction.add_credential(&new, &secret).await?;
    transaction.commit().await?;
    Ok(secret)
}

/// Ends the session that the principal acts with. Its secret opens nothing any more.
pub async fn leave(transaction: &mut AuditedTransaction, principal: &Principal) -> Result<(), AppError> {
    if let Some(session) = principal.credential {
        transaction.revoke_credential(session, Some("signed out")).await?;
    }
    Ok(())
}

fn fresh_secret() -> Result<Secret, AppError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| {
        tracing::error!(%error, "no random numbers");
        AppError::Internal
    })?;
    Ok(Secret::from_random(random))
}
