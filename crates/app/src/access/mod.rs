//! How people come in: by a link good for one use, by password, or by the provider of their organisation; with a second
//! factor for those who decide or coordinate. Whatever they came in by becomes a session, a credential like a service's
//! token: listed and revoked alike.

pub mod openid;
mod password;
pub mod recovery;
mod seal;
mod second_factor;
mod session;
mod standing;
mod tries;

use std::net::IpAddr;

use needmatch_store::keys::{CredentialKey, PartyKey, PersonKey};
use needmatch_store::parties::{Credential, Holder, MembershipOfPerson, Person};
use needmatch_store::words::MembershipStatus;
use needmatch_store::{AuditedTransaction, Page, Session};
use serde_json::Value;

pub use seal::{Seal, SealError};
pub use second_factor::Enrolment;
pub use session::SignedIn;
pub use standing::{
    Begun, Standing, begin_or_renew_second_factor, behind_link, confirm_and_go_on, end_others, standing,
};

pub(crate) use recovery::is_recovery;
pub(crate) use session::{ENROL, is_half, scopes_of_members, weighs};

use crate::app::{App, Surface};
use crate::document::Fields;
use crate::error::{AppError, Faults};
use crate::principal::Principal;
use crate::sign_in::{is_alone, not_now};
use password::Password;
use session::SecondFactor;

/// What is shown to come in by password.
#[derive(Debug)]
pub struct Shown {
    /// The address.
    pub email: String,
    password: Password,
    code: Option<String>,
}

impl Shown {
    /// Reads `email`, `password` and, where there is a second factor, `code`.
    pub fn read(document: &Value) -> Result<Self, AppError> {
        let mut faults = Faults::default();
        let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
            let (email, code) = (fields.required_text("email"), fields.text("code"));
            let password = password::read(&mut fields, "password");
            fields.finish();
            Some(Self { email: email?, password: password?, code })
        });
        faults.finish(read)
    }
}

/// Begins a session by password.
///
/// # Errors
/// [`AppError::Unauthenticated`] whatever was wrong; [`AppError::Invalid`] at `/code` when only the second factor's code
/// is missing; [`AppError::TooManyTries`].
pub async fn sign_in(app: &App, surface: &Surface, shown: Shown, source: Option<IpAddr>) -> Result<SignedIn, AppError> {
    tries::password(&shown.email, source)?;
    let person = app.read().await?.person_by_email(&shown.email).await?;
    let hash = person.as_ref().and_then(|person| person.password_hash.clone());
    // An unknown address takes as long as a wrong password.
    if !shown.password.matches(hash.clone()).await? {
        return Err(AppError::Unauthenticated);
    }
    let known = person.ok_or(AppError::Unauthenticated)?.key;
    let mut transaction = app.begin(&Principal::public(), surface).await?;
    // The password may have been replaced, and the person shut out, while it was being compared.
    let person = transaction.person(known).await?;
    if person.password_hash != hash || person.disabled_at.is_some() {
        return Err(AppError::Unauthenticated);
    }
    let second_factor = if person.second_factor_at.is_some() {
        second_factor::require(&mut transaction, app.seal()?, person.key, shown.code.as_deref()).await?;
        SecondFactor::Shown
    } else {
        SecondFactor::NotShown
    };
    let label = "signed in by password".to_owned();
    let begun = session::begin(&mut transaction, person.key, label, second_factor).await?;
    transaction.commit().await?;
    Ok(begun)
}

/// The person who acts, with their memberships.
pub async fn me(session: &mut Session, principal: &Principal) -> Result<(Person, Vec<MembershipOfPerson>), AppError> {
    let key = person_of(principal)?;
    Ok((session.person(key).await?, session.memberships_of(key).await?))
}

/// Sets or changes the password of the person who acts; every other session of theirs ends. The current one is asked
/// for, except after coming in by the link of an invitation, of who has no place elsewhere: that is how a forgotten one is
/// replaced.
pub async fn set_password(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    expected: i64,
    document: &Value,
) -> Result<Person, AppError> {
    let mut person = acting(transaction, principal).await?;
    AppError::unless_at(expected, person.version)?;
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let current = fields.value("current").is_some().then(|| password::read(&mut fields, "current")).flatten();
        let password = password::read_new(&mut fields);
        fields.finish();
        Some((current, password?))
    });
    let (current, password) = faults.finish(read)?;
    let invited_to = invited_to(transaction, principal).await?;
    if person.password_hash.is_some() && !replaces(transaction, person.key, invited_to).await? {
        let known = current.unwrap_or_default().matches(person.password_hash.clone()).await?;
        if !known {
            return Err(AppError::Forbidden { action: "change a password without the current one" });
        }
    }
    person.password_hash = Some(password.hash().await?);
    if invited_to.is_some() {
        person.address_proved_at = None;
    }
    let changed = transaction.change_person(&person, "person.change_password").await?;
    transaction.revoke_all_of(person.key, principal.credential).await?;
    Ok(changed)
}

/// The party whose invitation the session of who acts began with, by a link that whoever invited was shown. What is set up
/// in it may be theirs: it shows nobody's address.
async fn invited_to(session: &mut Session, principal: &Principal) -> Result<Option<PartyKey>, AppError> {
    let Some(credential) = principal.credential else { return Ok(None) };
    let invitation = session.credential(credential).await?.invitation;
    Ok(invitation.filter(|invitation| invitation.was_shown).map(|invitation| invitation.party))
}

/// Whether a session that began with the invitation of a party replaces password and second factor without showing them: a
/// party answers for its own people, and for nobody who has a place elsewhere.
async fn replaces(session: &mut Session, person: PersonKey, invited_to: Option<PartyKey>) -> Result<bool, AppError> {
    match invited_to {
        Some(party) => is_alone(session, person, party).await,
        None => Ok(false),
    }
}

/// Begins to set up a second factor: its secret is shown here and never again. Until [`confirm_second_factor`] the one
/// before, if any, stays out of use as well.
pub async fn begin_second_factor(
    app: &App,
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    expected: i64,
) -> Result<Enrolment, AppError> {
    let mut person = acting(transaction, principal).await?;
    AppError::unless_at(expected, person.version)?;
    let invited_to = invited_to(transaction, principal).await?;
    if person.second_factor_at.is_some() && !replaces(transaction, person.key, invited_to).await? {
        return Err(AppError::NotAllowedNow {
            kind: "second factor",
            step: "set up".to_owned(),
            state: "in use".to_owned(),
            allowed: Vec::new(),
        });
    }
    session::may_set_up(transaction, principal, person.key).await?;
    if invited_to.is_some() {
        person.address_proved_at = None;
    }
    second_factor::begin(transaction, app.seal()?, person).await
}

/// Puts a second factor into use, once its code was shown to be right.
pub async fn confirm_second_factor(
    app: &App,
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    expected: i64,
    document: &Value,
) -> Result<Person, AppError> {
    let person = acting(transaction, principal).await?;
    AppError::unless_at(expected, person.version)?;
    let mut faults = Faults::default();
    let code = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let code = fields.required_text("code");
        fields.finish();
        code
    });
    let code = faults.finish(code)?;
    second_factor::use_code(transaction, app.seal()?, person.key, &code).await.map_err(|error| match error {
        AppError::Unauthenticated => AppError::RuleBroken { rule: "this is not the code of the moment".to_owned() },
        other => other,
    })?;
    let mut person = transaction.person(person.key).await?;
    person.second_factor_at = Some(transaction.at());
    Ok(transaction.change_person(&person, "person.confirm_second_factor").await?)
}

/// What is said to who has not shown yet whose their address is.
const NOT_PROVED: &str = "a place in a further party is accepted once a link that was mailed to your address was used";

/// Accepts an invitation of a party.
///
/// # Errors
/// [`AppError::RuleBroken`] before it was shown that whoever acts reads the mail of the address that was invited: who
/// invited somebody first may have set up all they come in by.
pub async fn accept_invitation(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    expected: i64,
) -> Result<needmatch_store::parties::Membership, AppError> {
    let person = acting(transaction, principal).await?;
    let held = transaction.membership(party, person.key).await?;
    let held = held.ok_or_else(|| AppError::not_found("membership", party))?;
    AppError::unless_at(expected, held.version)?;
    if held.status != MembershipStatus::Invited {
        return Err(not_now("accept", held.status));
    }
    if person.address_proved_at.is_none() || invited_to(transaction, principal).await?.is_some() {
        return Err(AppError::broken(NOT_PROVED));
    }
    let (place, status) = ((party, person.key), MembershipStatus::Active);
    Ok(transaction.change_membership(place, expected, held.role, status, None).await?)
}

/// Everything the person who acts can sign in with, without secrets, a page at a time.
pub async fn credentials(
    session: &mut Session,
    principal: &Principal,
    page: &Page,
) -> Result<Vec<Credential>, AppError> {
    let key = person_of(principal)?;
    Ok(session.credentials_of(Holder::Person(key), None, page).await?)
}

/// A credential of the person who acts, without its secret.
pub async fn credential(
    session: &mut Session,
    principal: &Principal,
    key: CredentialKey,
) -> Result<Credential, AppError> {
    let person = person_of(principal)?;
    let credential = session.credential(key).await?;
    if credential.holder != Holder::Person(person) {
        return Err(AppError::not_found("credential", key));
    }
    Ok(credential)
}

/// Takes back a credential of the person who acts. Answers whether it was still in force, and its version from now on.
pub async fn revoke(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: CredentialKey,
    expected: i64,
) -> Result<(bool, i64), AppError> {
    let held = credential(transaction, principal, key).await?;
    AppError::unless_at(expected, held.version())?;
    let was_in_force = transaction.revoke_credential(key, None).await?;
    Ok((was_in_force, transaction.credential(key).await?.version()))
}

async fn acting(transaction: &mut AuditedTransaction, principal: &Principal) -> Result<Person, AppError> {
    Ok(transaction.person(person_of(principal)?).await?)
}

fn person_of(principal: &Principal) -> Result<PersonKey, AppError> {
    match principal.person {
        Some(person) => Ok(person),
        None if principal.is_signed_in() => Err(AppError::Forbidden { action: "act as a person" }),
        None => Err(AppError::Unauthenticated),
    }
}
