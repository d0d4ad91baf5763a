//! Sessions as they begin, whatever somebody came in by: whole, or as far as a second factor is still owed.

use jiff::{SignedDuration, Timestamp};
use needmatch_store::keys::{CredentialKey, PersonKey};
use needmatch_store::parties::{Credential, Holder, NewCredential, Secret};
use needmatch_store::words::{CredentialKind, MembershipStatus, PartyKind, Role};
use needmatch_store::{AuditedTransaction, Session};

use crate::app::new_key;
use crate::error::AppError;
use crate::principal::{Principal, Scope};
use crate::sign_in::{SESSION_HOURS, fresh_secret};

/// What a session is for whose holder still owes a second factor: to set one up, and for nothing else.
pub(crate) const ENROL: &str = "enrol";

/// What a session is for whose holder has shown no second factor, and needs none: what members do. Should they come to
/// decide or coordinate meanwhile, they do so in the session after it.
pub(crate) fn scopes_of_members() -> Vec<String> {
    [Scope::Read, Scope::Write].map(|scope| scope.name().to_owned()).to_vec()
}

/// What a credential is for whose holder still has to show their second factor: it is no session before they have.
const CODE: &str = "code";

/// What is refused to who shows only one factor where their provider asks for two.
const ELSEWHERE: &str = "come in without the second factor that your organisation has asked for";

/// Minutes in which the code has to be shown.
const CODE_MINUTES: i64 = 10;

/// A session as begun: its secret is shown here and never again.
#[derive(Debug)]
pub struct SignedIn {
    /// What to sign in with from here on.
    pub secret: Secret,
    /// Until when.
    pub expires_at: Timestamp,
    /// Whether the session serves only to set up a second factor.
    pub owes_second_factor: bool,
}

/// What somebody has shown beside what they came in by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SecondFactor {
    Shown,
    NotShown,
}

/// Begins a session. Who needs a second factor and has shown none gets one that serves to set it up.
///
/// # Errors
/// [`AppError::Forbidden`] when a provider was seen to ask them for one: it is to be shown there, not set up anew by
/// whoever holds the first.
pub(super) async fn begin(
    transaction: &mut AuditedTransaction,
    person: PersonKey,
    label: String,
    second_factor: SecondFactor,
) -> Result<SignedIn, AppError> {
    let owes = second_factor == SecondFactor::NotShown && needs_second_factor(transaction, person).await?;
    if owes && transaction.has_second_factor_elsewhere(person).await? {
        return Err(AppError::Forbidden { action: ELSEWHERE });
    }
    let scopes = match second_factor {
        SecondFactor::Shown => Vec::new(),
        SecondFactor::NotShown if owes => vec![ENROL.to_owned()],
        SecondFactor::NotShown => scopes_of_members(),
    };
    let lasting = SignedDuration::from_hours(if owes { 1 } else { SESSION_HOURS });
    let (_, secret, expires_at) = add(transaction, person, label, scopes, lasting).await?;
    Ok(SignedIn { secret, expires_at, owes_second_factor: owes })
}

/// Begins what becomes a session once the second factor was shown.
pub(super) async fn begin_half(
    transaction: &mut AuditedTransaction,
    person: PersonKey,
    label: String,
) -> Result<(CredentialKey, Secret), AppError> {
    let lasting = SignedDuration::from_mins(CODE_MINUTES);
    let (key, secret, _) = add(transaction, person, label, vec![CODE.to_owned()], lasting).await?;
    Ok((key, secret))
}

/// Whether a credential waits for the second factor of its holder.
pub(crate) fn is_half(credential: &Credential) -> bool {
    credential.scopes.iter().any(|scope| scope == CODE)
}

async fn add(
    transaction: &mut AuditedTransaction,
    person: PersonKey,
    label: String,
    scopes: Vec<String>,
    lasting: SignedDuration,
) -> Result<(CredentialKey, Secret, Timestamp), AppError> {
    let secret = fresh_secret()?;
    let expires_at = transaction.at() + lasting;
    let (key, holder) = (new_key(), Holder::Person(person));
    let new = NewCredential { key, kind: CredentialKind::Session, holder, label, scopes, invitation: None, expires_at };
    transaction.add_credential(&new, &secret).await?;
    Ok((key, secret, expires_at))
}

/// Whether a person acts for a party in a way that needs a second factor.
pub(super) async fn needs_second_factor(session: &mut Session, person: PersonKey) -> Result<bool, AppError> {
    let memberships = session.memberships_of(person).await?;
    let active = memberships.iter().filter(|held| held.membership.status == MembershipStatus::Active);
    Ok(active.into_iter().any(|held| weighs(held.kind, held.membership.role)))
}

/// Whether a second factor may be set up by who acts: not by a session that has shown none where a provider was seen to
/// ask for one.
pub(super) async fn may_set_up(
    session: &mut Session,
    principal: &Principal,
    person: PersonKey,
) -> Result<(), AppError> {
    if !principal.may(Scope::Manage) && session.has_second_factor_elsewhere(person).await? {
        return Err(AppError::Forbidden { action: ELSEWHERE });
    }
    Ok(())
}

/// Whoever decides in a party's name, and whoever sees what all parties hide, needs a second factor.
pub(crate) fn weighs(kind: PartyKind, role: Role) -> bool {
    role == Role::Manager || kind == PartyKind::Coordinator
}
