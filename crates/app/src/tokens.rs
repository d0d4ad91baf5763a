//! Tokens of services: issued once, shown once, listed, revoked at once.

use jiff::{SignedDuration, Timestamp};
use needmatch_store::keys::{CredentialKey, PartyKey};
use needmatch_store::parties::{Credential, Holder, NewCredential, Secret};
use needmatch_store::words::CredentialKind;
use needmatch_store::{AuditedTransaction, Page, Session};
use serde_json::Value;

use crate::app::new_key;
use crate::document::{Fields, MAX_LINE, text};
use crate::error::{AppError, Fault, Faults};
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::{Principal, Scope};

/// How long a token lasts when nothing is said, in days.
const DEFAULT_DAYS: i64 = 365;

/// A token as issued: the secret is shown here and never again.
#[derive(Debug, Clone)]
pub struct Issued {
    /// What is kept.
    pub credential: Credential,
    /// What the service signs in with.
    pub secret: Secret,
}

/// Issues a token to a party.
pub async fn issue(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    document: &Value,
) -> Result<Issued, AppError> {
    parties::get(transaction, principal, party).await?;
    allow(principal, Action::ManageTokens, Some(party))?;
    let now = transaction.at();
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).map(|mut fields| {
        let label = fields.required_text("label");
        let scopes = fields.list("scopes", |item, pointer, faults| {
            let name = text(item, pointer, MAX_LINE, faults)?;
            let scope = Scope::named(&name).filter(|scope| principal.may(*scope));
            if scope.is_none() {
                let own = Scope::ALL.into_iter().filter(|scope| principal.may(*scope)).map(Scope::name);
                faults.push(pointer, Some(&name), Fault::UnknownWord { allowed: own.collect::<Vec<_>>().join(", ") });
            }
            scope
        });
        let days = fields.whole("days", 1..=3650).unwrap_or(DEFAULT_DAYS);
        fields.finish();
        (label, scopes, days)
    });
    let (label, scopes, days) = faults.finish(read.and_then(|(label, scopes, days)| Some((label?, scopes, days))))?;
    let scopes = if scopes.is_empty() { vec![Scope::Read] } else { scopes };
    add(transaction, party, &label, &scopes, now + SignedDuration::from_hours(24 * days)).await
}

/// Issues a token on the machine's own authority, as `demo` and the first set-up do.
pub async fn issue_to(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    label: &str,
    scopes: &[Scope],
) -> Result<Issued, AppError> {
    allow(principal, Action::ManageTokens, Some(party))?;
    let expires_at = transaction.at() + SignedDuration::from_hours(24 * DEFAULT_DAYS);
    add(transaction, party, label, scopes, expires_at).await
}

async fn add(
    transaction: &mut AuditedTransaction,
    party: PartyKey,
    label: &str,
    scopes: &[Scope],
    expires_at: Timestamp,
) -> Result<Issued, AppError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| {
        tracing::error!(%error, "no random numbers");
        AppError::Internal
    })?;
    let secret = Secret::from_random(random);
    let new = NewCredential {
        key: new_key(),
        kind: CredentialKind::Token,
        holder: Holder::Party(party),
        label: label.to_owned(),
        scopes: scopes.iter().map(|scope| scope.name().to_owned()).collect(),
        invitation: None,
        expires_at,
    };
    let credential = transaction.add_credential(&new, &secret).await?;
    Ok(Issued { credential, secret })
}

/// Tokens of a party, without their secrets, a page at a time: all of them, or those in force at a moment.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    party: PartyKey,
    in_force_at: Option<Timestamp>,
    page: &Page,
) -> Result<Vec<Credential>, AppError> {
    parties::get(session, principal, party).await?;
    allow(principal, Action::ManageTokens, Some(party))?;
    Ok(session.credentials_of(Holder::Party(party), in_force_at, page).await?)
}

/// A token of a party whose tokens the principal manages, without its secret.
pub async fn get(session: &mut Session, principal: &Principal, key: CredentialKey) -> Result<Credential, AppError> {
    if !principal.is_signed_in() {
        return Err(AppError::Unauthenticated);
    }
    let credential = session.credential(key).await?;
    let Holder::Party(party) = credential.holder else {
        return Err(AppError::not_found("token", key));
    };
    allow(principal, Action::ManageTokens, Some(party)).map_err(|refused| match refused {
        // Whose tokens there are is nobody else's to know.
        AppError::Forbidden { .. } if principal.mandate_for(party).is_none() => AppError::not_found("token", key),
        other => other,
    })?;
    Ok(credential)
}

/// Takes a token back, at once. Answers whether it was still in force, and its version from now on.
pub async fn revoke(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: CredentialKey,
    expected: i64,
    reason: Option<&str>,
) -> Result<(bool, i64), AppError> {
    let credential = get(transaction, principal, key).await?;
    AppError::unless_at(expected, credential.version())?;
    let was_in_force = transaction.revoke_credential(key, reason).await?;
    Ok((was_in_force, transaction.credential(key).await?.version()))
}
