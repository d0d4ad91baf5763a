//! What a person has to come in by and what they still owe, for pages that lead them from a link that is not used up yet to
//! a session that is worth all they may do.

use needmatch_store::parties::{Holder, MembershipOfPerson, Person, Secret};
use needmatch_store::words::CredentialKind;
use needmatch_store::{AuditedTransaction, Session};
use serde_json::json;

use super::session::{self, SecondFactor, SignedIn};
use super::{
    Enrolment, acting, begin_second_factor, confirm_second_factor, invited_to, is_recovery, me, person_of, replaces,
    second_factor,
};
use crate::app::App;
use crate::error::AppError;
use crate::principal::{Principal, Scope};

/// The person who acts, as far as coming in goes.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Who they are.
    pub person: Person,
    /// Their places in parties, whether in force or not.
    pub places: Vec<MembershipOfPerson>,
    /// Whether they came in by the link of an invitation, have no place elsewhere, and may choose another password and second factor without showing those in use.
    pub came_by_link: bool,
    /// Whether they decide or coordinate somewhere.
    pub needs_second_factor: bool,
    /// Whether a second factor is to be set up before they do, now or when they come in the next time.
    pub owes_second_factor: bool,
}

impl Standing {
    /// Whether the password in use is asked for before another is set.
    pub fn asks_password(&self) -> bool {
        self.person.password_hash.is_some() && !self.came_by_link
    }

    /// Whether a code of the second factor in use is asked for before another is set up.
    pub fn asks_code(&self) -> bool {
        self.person.second_factor_at.is_some() && !self.came_by_link
    }
}

/// Whom a link lets in, and the place it was made for. The link is not used up: programs that look at mail open
/// links too.
///
/// # Errors
/// [`AppError::Unauthenticated`] when it is none of ours, was used, taken back or has expired.
pub async fn behind_link(app: &App, link: &str) -> Result<(Person, Vec<MembershipOfPerson>), AppError> {
    let link = Secret::parse(link).map_err(|_| AppError::Unauthenticated)?;
    let mut session = app.read().await?;
    let credential = session.credential_by_secret(&link).await?.ok_or(AppError::Unauthenticated)?;
    let is_good = credential.kind == CredentialKind::Link && credential.is_valid(app.now());
    match credential.holder {
        Holder::Person(key) if is_good && !is_recovery(&credential) => {
            let person = session.person(key).await?;
            let places = session.memberships_of(key).await?;
            // As `sign_in::redeem` has it: who has come to have another place comes in by a link that was mailed.
            let is_its_own = |party| matches!(places.as_slice(), [place] if place.membership.party == party);
            let opens = credential.invitation.is_some_and(|invitation| is_its_own(invitation.party));
            if person.disabled_at.is_some() || !opens {
                return Err(AppError::Unauthenticated);
            }
            Ok((person, places))
        }
        _ => Err(AppError::Unauthenticated),
    }
}

/// What the person who acts has to come in by, and what they still owe.
pub async fn standing(session: &mut Session, principal: &Principal) -> Result<Standing, AppError> {
    let (person, places) = me(session, principal).await?;
    let invited_to = invited_to(session, principal).await?;
    let came_by_link = replaces(session, person.key, invited_to).await?;
    let needs_second_factor = session::needs_second_factor(session, person.key).await?;
    let has_one = person.second_factor_at.is_some() || session.has_second_factor_elsewhere(person.key).await?;
    Ok(Standing {
        owes_second_factor: needs_second_factor && !(has_one && principal.may(Scope::Manage)),
        needs_second_factor,
        came_by_link,
        person,
        places,
    })
}

/// A second factor as begun.
#[derive(Debug)]
pub struct Begun {
    /// What the person puts into the program that makes the codes.
    pub enrolment: Enrolment,
    /// Where another takes the place of the one in use: what is shown beside its code.
    pub renewal: Option<String>,
}

/// Begins to set up a second factor. Where one is in use and a code of it is shown, another in its place, which it takes
/// once that is confirmed.
///
/// # Errors
/// [`AppError::Invalid`] at `/code` when one is asked for and none was shown; [`AppError::Unauthenticated`] when it is not
/// that of the moment; as [`begin_second_factor`] has them otherwise.
pub async fn begin_or_renew_second_factor(
    app: &App,
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    code: Option<&str>,
) -> Result<Begun, AppError> {
    let standing = standing(transaction, principal).await?;
    if !standing.asks_code() {
        let enrolment = begin_second_factor(app, transaction, principal, standing.person.version).await?;
        return Ok(Begun { enrolment, renewal: None });
    }
    second_factor::require(transaction, app.seal()?, standing.person.key, code).await?;
    let person = transaction.person(standing.person.key).await?;
    let (enrolment, renewal) = second_factor::offer(app.seal()?, &person)?;
    Ok(Begun { enrolment, renewal: Some(renewal) })
}

/// Puts a second factor into use. Whoever could do less without it gets a session that is worth all they may do, in place of
/// the one they acted with: both factors have been shown.
///
/// # Errors
/// [`AppError::Unauthenticated`] when the renewal, or its code, is not or no longer good; as [`confirm_second_factor`] has
/// them otherwise.
pub async fn confirm_and_go_on(
    app: &App,
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    renewal: Option<&str>,
    code: &str,
) -> Result<Option<SignedIn>, AppError> {
    let person = acting(transaction, principal).await?;
    let key = person.key;
    session::may_set_up(transaction, principal, key).await?;
    if let Some(renewal) = renewal {
        second_factor::replace(transaction, app.seal()?, person, renewal, code).await?;
    } else {
        confirm_second_factor(app, transaction, principal, person.version, &json!({ "code": code })).await?;
    }
    if principal.may(Scope::Manage) {
        return Ok(None);
    }
    if let Some(earlier) = principal.credential {
        transaction.revoke_credential(earlier, Some("went on with a second factor")).await?;
    }
    let label = "signed in with a new second factor".to_owned();
    Ok(Some(session::begin(transaction, key, label, SecondFactor::Shown).await?))
}

/// Takes back everything the person who acts could come in by, but for what they act with.
pub async fn end_others(transaction: &mut AuditedTransaction, principal: &Principal) -> Result<u64, AppError> {
    let person = person_of(principal)?;
    Ok(transaction.revoke_all_of(person, principal.credential).await?)
}
