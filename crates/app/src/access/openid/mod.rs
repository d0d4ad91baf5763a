//! Coming in by the provider of one's organisation (OpenID Connect: authorization code with PKCE, state and nonce).
//!
//! The provider vouches for an account; which person that is stands in the register. An account is taken for a person
//! once: when the provider has verified the address that the person was registered with, may vouch for its domain, and
//! has not vouched for them under another account before. From then on the account's name alone counts. Nobody is
//! registered here: whoever is unknown is told whom to ask.

mod exchange;
mod flow;
mod provider;

use std::fmt;
use std::net::IpAddr;

use jiff::SignedDuration;
use needmatch_store::AuditedTransaction;
use needmatch_store::keys::PersonKey;
use needmatch_store::parties::{Credential, Holder, NewIdentity, Person, Secret};
use needmatch_store::words::MembershipStatus;
use url::Url;

use super::session::{self, SecondFactor, SignedIn, is_half};
use super::{second_factor, tries};
use crate::app::{App, Surface, new_key};
use crate::error::AppError;
use crate::principal::Principal;
use crate::sign_in::{accept_first, fresh_secret};
use exchange::Vouched;
use flow::Flow;
use provider::Provider;

pub use provider::{ProviderSettings, Providers};

/// Minutes until a browser has to be back from the provider.
const JOURNEY_MINUTES: i64 = 10;

/// Longest code that is passed on to a provider, in bytes.
const MOST_CODE: usize = 4_096;

/// Why somebody does not come in by a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The provider vouches for nobody who has a place here.
    NotInvited,
    /// It was not begun in this browser, took too long, was broken off, or what came back is not to be believed.
    NotFinished,
    /// The provider has asked them for a second factor before, and not this time.
    OneFactor,
    /// The provider does not answer as it should.
    Down,
}

/// A journey as begun.
#[derive(Debug)]
pub struct Begun {
    /// Where the provider signs people in.
    pub address: Url,
    /// What the browser keeps until it is back.
    pub secret: Secret,
}

/// What a browser brings back. It is never printed.
#[derive(Default)]
pub struct Returned {
    /// What it kept.
    pub secret: Option<String>,
    /// What the provider was given to give back.
    pub state: Option<String>,
    /// What the provider vouches with; `None`: it does not.
    pub code: Option<String>,
    /// Who the provider says it is (RFC 9207).
    pub issuer: Option<String>,
}

impl fmt::Debug for Returned {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Returned(…)")
    }
}

/// What became of a journey.
#[derive(Debug)]
pub enum Arrived {
    /// A session.
    SignedIn(SignedIn),
    /// Half a session: the second factor is still to be shown, with this.
    NeedsCode(Secret),
    /// Nothing.
    Refused(Refusal),
}

/// Begins a journey to a provider.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such provider; [`AppError::TooManyTries`].
pub async fn begin(app: &App, provider: &str, source: Option<IpAddr>) -> Result<Result<Begun, Refusal>, AppError> {
    let (providers, provider) = find(app, provider)?;
    tries::beginning(source)?;
    let secret = fresh_secret()?;
    let address = match providers.address(provider, &Flow(&secret)).await {
        Ok(address) => address,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let until = app.now() + SignedDuration::from_mins(JOURNEY_MINUTES);
    app.store().begin_openid_sign_in(&secret, &provider.name, app.now(), until).await?;
    Ok(Ok(Begun { address, secret }))
}

/// Ends a journey. Whatever comes of it, it cannot be ended again; a refusal leaves nothing behind.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such provider.
pub async fn come_back(app: &App, surface: &Surface, provider: &str, returned: Returned) -> Result<Arrived, AppError> {
    let (providers, provider) = find(app, provider)?;
    let Some(secret) = returned.secret.as_deref().and_then(|secret| Secret::parse(secret).ok()) else {
        return Ok(Arrived::Refused(Refusal::NotFinished));
    };
    let flow = Flow(&secret);
    let is_ours = returned.state.is_some_and(|state| flow.has_state(&state))
        && returned.issuer.is_none_or(|issuer| issuer == provider.issuer.as_str());
    if !is_ours || !app.store().end_openid_sign_in(&secret, &provider.name, app.now()).await? {
        return Ok(Arrived::Refused(Refusal::NotFinished));
    }
    let Some(code) = returned.code.filter(|code| code.len() <= MOST_CODE) else {
        return Ok(Arrived::Refused(Refusal::NotFinished));
    };
    match providers.vouch(provider, code, &flow).await {
        Ok(vouched) => enter(app, surface, provider, &vouched).await,
        Err(refusal) => Ok(Arrived::Refused(refusal)),
    }
}

/// Lets in whom a provider vouches for.
async fn enter(app: &App, surface: &Surface, provider: &Provider, vouched: &Vouched) -> Result<Arrived, AppError> {
    let mut transaction = app.begin(&Principal::public(), surface).await?;
    let Some(Known { person, is_new }) = person_of(&mut transaction, provider, vouched).await? else {
        transaction.rollback().await?;
        tracing::info!(provider = provider.name, request = surface.request_id, "a provider vouched for nobody known");
        return Ok(Arrived::Refused(Refusal::NotInvited));
    };
    let label = format!("signed in at {}", provider.name);
    let issuer = provider.issuer.as_str();
    // Until somebody has shown whose the address is, whoever invited them may have set up the second factor too.
    let is_first_proof = is_new && person.address_proved_at.is_none();
    let shows_code = person.second_factor_at.is_some() && !is_first_proof;
    // A provider's own factor stands for the one shown here only of an account that is linked already: an address given
    // to another comes with a factor of that other.
    let arrived = if shows_code && (is_new || !vouched.second_factor) {
        let (credential, half) = session::begin_half(&mut transaction, person.key, label).await?;
        if is_new {
            // Whoever was given the address of another stops at the code: nothing is theirs before it.
            transaction.add_identity_to_confirm(credential, issuer, &vouched.subject).await?;
        }
        Arrived::NeedsCode(half)
    } else {
        if is_new {
            if !shows_code {
                forget_other_ways_in(&mut transaction, &person).await?;
            }
            link(&mut transaction, person.key, issuer, &vouched.subject).await?;
        }
        if vouched.second_factor {
            transaction.note_second_factor_elsewhere(person.key, issuer).await?;
        }
        let shown = if vouched.second_factor { SecondFactor::Shown } else { SecondFactor::NotShown };
        match session::begin(&mut transaction, person.key, label, shown).await {
            Ok(begun) => Arrived::SignedIn(begun),
            Err(AppError::Forbidden { .. }) => {
                transaction.rollback().await?;
                return Ok(Arrived::Refused(Refusal::OneFactor));
            }
            Err(other) => return Err(other),
        }
    };
    transaction.commit().await?;
    Ok(arrived)
}

/// The person an account stands for.
struct Known {
    person: Person,
    /// Whether they come by this account for the first time.
    is_new: bool,
}

/// The account becomes the person's for good; the provider has verified their address.
async fn link(
    transaction: &mut AuditedTransaction,
    person: PersonKey,
    issuer: &str,
    subject: &str,
) -> Result<(), AppError> {
    let (issuer, subject) = (issuer.to_owned(), subject.to_owned());
    transaction.add_identity(&NewIdentity { key: new_key(), person, issuer, subject }).await?;
    let proved = Person { address_proved_at: Some(transaction.at()), ..transaction.person(person).await? };
    transaction.change_person(&proved, "person.prove_address").await?;
    accept_first(transaction, person).await
}

/// Ends what a person could come in by before, password, second factor and sessions: only the provider has shown whose the
/// address is, and whoever invited them under it may have set up the rest.
async fn forget_other_ways_in(transaction: &mut AuditedTransaction, person: &Person) -> Result<(), AppError> {
    let without = Person { password_hash: None, second_factor: None, second_factor_at: None, ..person.clone() };
    if without != *person {
        transaction.change_person(&without, "person.forget_password").await?;
    }
    transaction.revoke_all_of(person.key, None).await?;
    Ok(())
}

/// The person an account stands for, if they have a place here.
async fn person_of(
    transaction: &mut AuditedTransaction,
    provider: &Provider,
    vouched: &Vouched,
) -> Result<Option<Known>, AppError> {
    let issuer = provider.issuer.as_str();
    if let Some(known) = transaction.person_by_identity(issuer, &vouched.subject).await? {
        let person = transaction.person(known).await?;
        let has_place = has_place(transaction, &person).await?;
        return Ok(has_place.then_some(Known { person, is_new: false }));
    }
    let email = vouched.verified_email.as_deref().filter(|email| provider.may_vouch_for(email));
    let Some(email) = email else { return Ok(None) };
    let Some(person) = transaction.person_by_email(email).await? else { return Ok(None) };
    // An address that was given to somebody else does not make them the person who had it.
    if transaction.has_identity(person.key, issuer).await? || !has_place(transaction, &person).await? {
        return Ok(None);
    }
    Ok(Some(Known { person, is_new: true }))
}

/// Whether somebody may come in at all: not shut out, and neither suspended by nor gone from every party.
async fn has_place(transaction: &mut AuditedTransaction, person: &Person) -> Result<bool, AppError> {
    let memberships = transaction.memberships_of(person.key).await?;
    let is_suspended = |status| status == MembershipStatus::Suspended;
    Ok(person.disabled_at.is_none() && memberships.iter().any(|held| !is_suspended(held.membership.status)))
}

/// Whether half a session waits for its second factor.
///
/// # Errors
/// [`AppError::Unauthenticated`] when there is none, or it took too long.
pub async fn waits_for_code(app: &App, half: &str) -> Result<(), AppError> {
    half_of(app, half).await.map(drop)
}

async fn half_of(app: &App, half: &str) -> Result<(Credential, PersonKey), AppError> {
    let secret = Secret::parse(half).map_err(|_| AppError::Unauthenticated)?;
    let mut session = app.read().await?;
    let credential = session.credential_by_secret(&secret).await?.ok_or(AppError::Unauthenticated)?;
    let waits = is_half(&credential) && credential.is_valid(app.now());
    match credential.holder {
        Holder::Person(person) if waits && session.person(person).await?.disabled_at.is_none() => {
            Ok((credential, person))
        }
        _ => Err(AppError::Unauthenticated),
    }
}

fn find<'app>(app: &'app App, name: &str) -> Result<(&'app Providers, &'app Provider), AppError> {
    let providers = app.providers().ok_or_else(|| AppError::not_found("provider", name))?;
    Ok((providers, providers.find(name).ok_or_else(|| AppError::not_found("provider", name))?))
}

/// Turns half a session into a whole one by the code of the second factor. `None`: the code is wrong.
///
/// # Errors
/// [`AppError::Unauthenticated`] when there is no half session, or it took too long; [`AppError::TooManyTries`].
pub async fn show_code(app: &App, surface: &Surface, half: &str, code: &str) -> Result<Option<SignedIn>, AppError> {
    let (credential, person) = half_of(app, half).await?;
    let mut transaction = app.begin(&Principal::public(), surface).await?;
    match second_factor::use_code(&mut transaction, app.seal()?, person, code.trim()).await {
        Ok(()) => {}
        Err(AppError::Unauthenticated) => return Ok(None),
        Err(other) => return Err(other),
    }
    if !transaction.revoke_credential(credential.key, Some("the second factor was shown")).await? {
        return Err(AppError::Unauthenticated);
    }
    if let Some((issuer, subject)) = transaction.identity_to_confirm(credential.key).await? {
        if transaction.has_identity(person, &issuer).await? {
            return Err(AppError::Unauthenticated);
        }
        link(&mut transaction, person, &issuer, &subject).await?;
    }
    let begun = session::begin(&mut transaction, person, credential.label, SecondFactor::Shown).await?;
    transaction.commit().await?;
    Ok(Some(begun))
}
