//! A new password by a link that is mailed: for who has forgotten theirs, and for who is to have a place in a further party.
//! Whoever uses one reads the mail of the address, and has chosen what they come in by from then on: that proves it.
//!
//! A mailbox proves less than a password with a second factor: whoever has a second factor shows it beside the link, and
//! whoever needs one and has not set it up yet is mailed none for a forgotten password, and opens nothing by one to a place
//! while they decide or coordinate for another party, since the mailbox alone would be enough to set up one. Nor is a
//! forgotten password mailed to who never had one: they come in by their organisation's provider, or by an invitation. Who
//! holds the machine may pass on a link that asks for nothing of this and forgets the second factor.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use jiff::SignedDuration;
use needmatch_store::keys::{PartyKey, PersonKey};
use needmatch_store::parties::{ByInvitation, Credential, Holder, NewCredential, Person, Secret};
use needmatch_store::words::{CredentialKind, MembershipStatus};
use needmatch_store::{AuditedTransaction, Session};
use serde_json::Value;
use tokio::sync::Semaphore;

use super::session::{self, SecondFactor, SignedIn, needs_second_factor, weighs};
use super::{password, second_factor, tries};
use crate::app::{App, Surface, new_key};
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::messages::mail::write_recovery;
use crate::principal::Principal;
use crate::sign_in::{accept, fresh_secret, is_address};

/// What a link is for that serves to set a new password, and for nothing else.
const RECOVER: &str = "recover";

/// What such a link is for beside, if who holds the machine passed it on: it asks for no second factor, and forgets it.
const ANEW: &str = "anew";

/// Minutes a link can wait to be used.
const LINK_MINUTES: i64 = 60;

/// Askers seen to at once; further ones are told to come again, whoever they ask for.
static PLACES: std::sync::LazyLock<Arc<Semaphore>> = std::sync::LazyLock::new(|| Arc::new(Semaphore::new(64)));

/// Reads the address in a document: `email`.
pub fn asked_for(document: &Value) -> Result<String, AppError> {
    let mut faults = Faults::default();
    let email = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let email = fields.required_text("email");
        if let Some(address) = email.as_deref().filter(|address| !is_address(address)) {
            fields.refuse("email", Some(address), Fault::UnknownWord { allowed: "an address of mail".to_owned() });
        }
        fields.finish();
        email
    });
    faults.finish(email)
}

/// Has a link mailed to whom an address belongs to, if anybody. What is answered, and when, is the same whoever it is:
/// they are looked for after the answer.
///
/// # Errors
/// [`AppError::TooManyTries`] and [`AppError::Busy`], whomever it was asked for.
pub fn ask(app: &App, surface: &Surface, email: &str, source: Option<IpAddr>) -> Result<(), AppError> {
    tries::letter(email, source)?;
    let place = PLACES.clone().try_acquire_owned().map_err(|_| AppError::Busy)?;
    let (app, surface, email) = (app.clone(), surface.clone(), email.to_owned());
    tokio::spawn(async move {
        if let Err(error) = write(&app, &surface, &email).await {
            tracing::error!(%error, request = surface.request_id, "a link for a new password cannot be written");
        }
        drop(place);
    });
    Ok(())
}

async fn write(app: &App, surface: &Surface, email: &str) -> Result<(), AppError> {
    let Ok(seal) = app.seal() else {
        tracing::warn!("a forgotten password cannot be replaced by mail: name a key (access.key_file)");
        return Ok(());
    };
    let mut session = app.read().await?;
    let Some(person) = session.person_by_email(email).await? else { return Ok(()) };
    let Some(party) = place_of(&mut session, person.key).await? else { return Ok(()) };
    if !may_recover(&mut session, &person).await? {
        return Ok(());
    }
    drop(session);
    let mut transaction = app.begin(&Principal::public(), surface).await?;
    let lasting = SignedDuration::from_mins(LINK_MINUTES);
    let secret = new_password_link(&mut transaction, person.key, None, Passed::ByMail, lasting).await?;
    write_recovery(&mut transaction, seal, party, person.key, &secret, LINK_MINUTES).await?;
    Ok(transaction.commit().await?)
}

/// How a link for a new password reaches whom it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Passed {
    ByMail,
    ByOperator,
}

/// A link for a new password; where a party is named, it accepts the place in it as well.
pub(crate) async fn new_password_link(
    transaction: &mut AuditedTransaction,
    person: PersonKey,
    party: Option<PartyKey>,
    passed: Passed,
    lasting: SignedDuration,
) -> Result<Secret, AppError> {
    // The last link alone is good: those before it may lie in a mailbox for others to find.
    transaction.revoke_mailed_links(person, party, Some("another was asked for")).await?;
    let scopes = match passed {
        Passed::ByMail => vec![RECOVER.to_owned()],
        Passed::ByOperator => vec![RECOVER.to_owned(), ANEW.to_owned()],
    };
    let secret = fresh_secret()?;
    let new = NewCredential {
        key: new_key(),
        kind: CredentialKind::Link,
        holder: Holder::Person(person),
        label: "link for a new password".to_owned(),
        scopes,
        invitation: party.map(|party| ByInvitation { party, was_shown: false }),
        expires_at: transaction.at() + lasting,
    };
    transaction.add_credential(&new, &secret).await?;
    Ok(secret)
}

/// A party the person still has a place in: mail goes to members.
async fn place_of(session: &mut Session, person: PersonKey) -> Result<Option<PartyKey>, AppError> {
    let memberships = session.memberships_of(person).await?;
    let held = memberships.into_iter().find(|held| held.membership.status == MembershipStatus::Active);
    Ok(held.map(|held| held.membership.party))
}

async fn may_recover(session: &mut Session, person: &Person) -> Result<bool, AppError> {
    if person.disabled_at.is_some() || person.password_hash.is_none() {
        return Ok(false);
    }
    Ok(person.second_factor_at.is_some() || !needs_second_factor(session, person.key).await?)
}

/// Whether a link for a new password still opens something for its holder.
async fn still_opens(session: &mut Session, person: &Person, link: &Credential) -> Result<bool, AppError> {
    let Some(invitation) = link.invitation else { return may_recover(session, person).await };
    if person.disabled_at.is_some() {
        return Ok(false);
    }
    if person.second_factor_at.is_some() || forgets_second_factor(link) {
        return Ok(true);
    }
    // Whoever invites decides who comes to decide for that party, and for no other.
    let places = session.memberships_of(person.key).await?;
    let mut elsewhere = places.iter().filter(|held| held.membership.party != invitation.party);
    let weighs = elsewhere
        .any(|held| held.membership.status == MembershipStatus::Active && weighs(held.kind, held.membership.role));
    Ok(!weighs)
}

/// Whether a link serves to set a new password.
pub(crate) fn is_recovery(credential: &Credential) -> bool {
    credential.scopes.iter().any(|scope| scope == RECOVER)
}

fn forgets_second_factor(link: &Credential) -> bool {
    link.scopes.iter().any(|scope| scope == ANEW)
}

/// What is shown to set a new password. It is never printed.
pub struct Replacement {
    link: Secret,
    password: password::Password,
    code: Option<String>,
}

impl fmt::Debug for Replacement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Replacement(…)")
    }
}

impl Replacement {
    /// Reads `link`, `password` and, where there is a second factor, `code`.
    ///
    /// # Errors
    /// [`AppError::Invalid`], and [`AppError::Unauthenticated`] when the link is none of ours.
    pub fn read(document: &Value) -> Result<Self, AppError> {
        let mut faults = Faults::default();
        let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
            let (link, code) = (fields.required_text("link"), fields.text("code"));
            let password = password::read_new(&mut fields);
            fields.finish();
            Some((link?, password?, code))
        });
        let (link, password, code) = faults.finish(read)?;
        Ok(Self { link: Secret::parse(&link).map_err(|_| AppError::Unauthenticated)?, password, code })
    }
}

/// Whether a link is good, and its holder has to show a second factor beside it.
async fn asks_for_code(app: &App, link: &Secret) -> Result<bool, AppError> {
    let mut session = app.read().await?;
    let credential = session.credential_by_secret(link).await?.ok_or(AppError::Unauthenticated)?;
    let is_good = credential.kind == CredentialKind::Link && credential.is_valid(app.now()) && is_recovery(&credential);
    match credential.holder {
        Holder::Person(person) if is_good => {
            let person = session.person(person).await?;
            if !still_opens(&mut session, &person, &credential).await? {
                return Err(AppError::Unauthenticated);
            }
            Ok(person.second_factor_at.is_some() && !forgets_second_factor(&credential))
        }
        _ => Err(AppError::Unauthenticated),
    }
}

/// Whether a link is good, and its holder has to show a second factor beside it. The link is not used up.
///
/// # Errors
/// [`AppError::Unauthenticated`] when it is none of ours, was used, taken back or has expired.
pub async fn needs_code(app: &App, link: &str) -> Result<bool, AppError> {
    let link = Secret::parse(link).map_err(|_| AppError::Unauthenticated)?;
    asks_for_code(app, &link).await
}

/// Sets a new password by a link, which is used up; the place it was made for is accepted, everything the person was signed
/// in with ends, other links too, and one session begins.
///
/// # Errors
/// [`AppError::Unauthenticated`] when the link is none of ours, was used, taken back or has expired, or the code is wrong;
/// [`AppError::Invalid`] at `/code` when only the second factor's code is missing. Neither uses up the link.
pub async fn replace(app: &App, surface: &Surface, shown: Replacement) -> Result<SignedIn, AppError> {
    asks_for_code(app, &shown.link).await?;
    tries::link(&shown.link)?;
    let hash = shown.password.hash().await?;
    let mut transaction = app.begin(&Principal::public(), surface).await?;
    let used = transaction.use_link(&shown.link).await?.filter(is_recovery).ok_or(AppError::Unauthenticated)?;
    let Holder::Person(key) = used.holder else { return Err(AppError::Unauthenticated) };
    // What was looked at before may have changed meanwhile.
    let person = transaction.person(key).await?;
    if !still_opens(&mut transaction, &person, &used).await? {
        return Err(AppError::Unauthenticated);
    }
    let is_anew = forgets_second_factor(&used);
    let second_factor = if person.second_factor_at.is_some() && !is_anew {
        second_factor::require(&mut transaction, app.seal()?, key, shown.code.as_deref()).await?;
        SecondFactor::Shown
    } else {
        SecondFactor::NotShown
    };
    let mut person = transaction.person(key).await?;
    person.password_hash = Some(hash);
    person.address_proved_at = Some(transaction.at());
    if is_anew {
        (person.second_factor, person.second_factor_at) = (None, None);
    }
    transaction.change_person(&person, "person.recover_password").await?;
    transaction.revoke_all_of(key, None).await?;
    if let Some(invitation) = used.invitation {
        accept(&mut transaction, key, invitation.party).await?;
    }
    let begun = session::begin(&mut transaction, key, "signed in by a new password".to_owned(), second_factor).await?;
    transaction.commit().await?;
    Ok(begun)
}
