//! One-time links and the browser sessions they become. A link is shown once, to whoever asked for it, or mailed to whom it
//! signs in; what is kept is its hash.

use jiff::SignedDuration;
use needmatch_i18n::Locale;
use needmatch_store::keys::{PartyKey, PersonKey};
use needmatch_store::parties::{ByInvitation, Holder, Membership, NewCredential, NewPerson, Party, Secret};
use needmatch_store::words::{CredentialKind, MembershipStatus, Role};
use needmatch_store::{AuditedTransaction, Session};
use serde_json::Value;

use crate::access::recovery::{Passed, new_password_link};
use crate::access::{ENROL, is_recovery, scopes_of_members, weighs};
use crate::app::{App, Surface, new_key};
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::messages::mail::{write_invitation, write_place};
use crate::parties;
use crate::people;
use crate::policy::{Action, allow};
use crate::principal::Principal;

/// Hours a link can wait to be used.
const LINK_HOURS: i64 = 24;

/// Hours a browser stays signed in.
pub const SESSION_HOURS: i64 = 12;

/// An invitation as made.
#[derive(Debug)]
pub struct Invited {
    /// The place in the party.
    pub membership: Membership,
    /// What whoever invited passes on; shown to them and to nobody again.
    pub link: Option<Link>,
}

/// What opens an invitation, once.
#[derive(Debug)]
pub enum Link {
    /// Signs in, behind `/sign-in/`.
    SignIn(Secret),
    /// Sets a password first, behind `/new-password/`.
    NewPassword(Secret),
}

impl Link {
    /// The link in the clear.
    pub fn reveal(&self) -> &str {
        match self {
            Self::SignIn(secret) | Self::NewPassword(secret) => secret.reveal(),
        }
    }
}

/// A person to be invited.
#[derive(Debug, Clone, Copy)]
pub struct Invitation<'a> {
    /// Their address.
    pub email: &'a str,
    /// As shown.
    pub name: &'a str,
    /// What they may do for the party.
    pub role: Role,
    /// Language of their mail until they choose another; who is known already keeps theirs.
    pub language: Locale,
}

/// Invites a person by the word of who holds the machine, who passes the link on: one that signs in, or, where the person
/// has a place elsewhere, one that sets a password anew. Nothing is mailed.
///
/// # Errors
/// [`AppError::Forbidden`] for everybody else.
pub async fn invite(
    transaction: &mut AuditedTransaction,
    operator: &Principal,
    party: PartyKey,
    invitation: Invitation<'_>,
) -> Result<Invited, AppError> {
    if !operator.is_operator() {
        return Err(AppError::Forbidden { action: Action::ManageMembers.name() });
    }
    let party = parties::get(transaction, operator, party).await?;
    let membership = place(transaction, operator, &party, invitation).await?;
    let link = if has_place_elsewhere(transaction, &membership).await? {
        Link::NewPassword(further_link(transaction, &membership, Passed::ByOperator).await?)
    } else {
        Link::SignIn(sign_in_link(transaction, &membership, Vec::new()).await?)
    };
    Ok(Invited { membership, link: Some(link) })
}

/// Invites the person a document names: `email`, `name`, `role` and, where it is not English, `language`; see
/// [`open_place`].
pub async fn invite_by(
    app: &App,
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    document: &Value,
) -> Result<Invited, AppError> {
    let party = parties::get(transaction, principal, party).await?;
    allow(principal, Action::ManageMembers, Some(party.key))?;
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let (email, name) = (fields.required_text("email"), fields.required_text("name"));
        let role = fields.required_word::<Role>("role");
        let language = people::language(&mut fields).unwrap_or_default();
        if let Some(address) = email.as_deref().filter(|address| !is_address(address)) {
            fields.refuse("email", Some(address), Fault::UnknownWord { allowed: "an address of mail".to_owned() });
        }
        fields.finish();
        Some((email?, name?, role?, language))
    });
    let (email, name, role, language) = faults.finish(read)?;
    let invitation = Invitation { email: &email, name: &name, role, language };
    let membership = place(transaction, principal, &party, invitation).await?;
    open_place(app, transaction, &party, membership).await
}

/// Gives a link to a place in a party.
///
/// Who has no other place is mailed one that signs them in once and accepts; whoever invited is shown it too, and may give
/// it to a member again, which is how a forgotten password is replaced. Who has a place elsewhere is mailed one that
/// nobody else is shown: whoever invited them there first may hold what they come in by, and not their mail.
pub(crate) async fn open_place(
    app: &App,
    transaction: &mut AuditedTransaction,
    party: &Party,
    membership: Membership,
) -> Result<Invited, AppError> {
    if has_place_elsewhere(transaction, &membership).await? {
        // Without a key nothing is mailed: the operator passes a link on.
        match app.seal() {
            Ok(seal) => {
                let link = further_link(transaction, &membership, Passed::ByMail).await?;
                write_place(transaction, seal, party, membership.person, &link).await?;
            }
            Err(_) => end_shown_links(transaction, membership.person).await?,
        }
        return Ok(Invited { membership, link: None });
    }
    let scopes = if weighs(party.kind, membership.role) { vec![ENROL.to_owned()] } else { scopes_of_members() };
    let link = sign_in_link(transaction, &membership, scopes).await?;
    write_invitation(app, transaction, party, membership.person, &link).await?;
    Ok(Invited { membership, link: Some(Link::SignIn(link)) })
}

/// The place of whom an invitation names, made where there is none. One that is in force stays as it is: its role is
/// changed, and somebody suspended restored, by a change of the membership, which holds its own rules.
async fn place(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: &Party,
    invitation: Invitation<'_>,
) -> Result<Membership, AppError> {
    let person = if let Some(known) = transaction.person_by_email(invitation.email).await? {
        known.key
    } else {
        let new = NewPerson {
            key: new_key(),
            email: invitation.email.to_owned(),
            name: invitation.name.to_owned(),
            language: invitation.language.to_string(),
            password_hash: None,
        };
        transaction.add_person(&new).await?.key
    };
    let held = transaction.membership(party.key, person).await?;
    let (role, status) = match &held {
        None => (invitation.role, MembershipStatus::Invited),
        Some(held) if held.status == MembershipStatus::Invited => (invitation.role, held.status),
        Some(held) if principal.is_operator() && held.status == MembershipStatus::Active => {
            (invitation.role, held.status)
        }
        Some(held) if held.status == MembershipStatus::Active => (held.role, held.status),
        Some(_) if principal.is_operator() => (invitation.role, MembershipStatus::Invited),
        Some(held) => return Err(not_now("invite", held.status)),
    };
    match held {
        Some(held) if (held.role, held.status) == (role, status) => Ok(held),
        _ => Ok(transaction.set_membership(party.key, person, role, status, None).await?),
    }
}

/// The refusal of a step of a membership.
pub(crate) fn not_now(step: &str, status: MembershipStatus) -> AppError {
    let (step, state) = (step.to_owned(), status.to_string());
    AppError::NotAllowedNow { kind: "membership", step, state, allowed: Vec::new() }
}

/// Whether the person of a membership has a place in another party, in force or not.
async fn has_place_elsewhere(session: &mut Session, membership: &Membership) -> Result<bool, AppError> {
    Ok(!is_alone(session, membership.person, membership.party).await?)
}

/// Whether a person has a place in this party and in no other, in force or not.
pub(crate) async fn is_alone(session: &mut Session, person: PersonKey, party: PartyKey) -> Result<bool, AppError> {
    let places = session.memberships_of(person).await?;
    Ok(matches!(places.as_slice(), [place] if place.membership.party == party))
}

/// Ends links and sessions that whoever invited a person before was shown: they would open a further place too.
async fn end_shown_links(transaction: &mut AuditedTransaction, person: PersonKey) -> Result<(), AppError> {
    transaction.revoke_shown_links(person, Some("a place in a further party")).await?;
    Ok(())
}

/// A link to a place of somebody who has another.
async fn further_link(
    transaction: &mut AuditedTransaction,
    membership: &Membership,
    passed: Passed,
) -> Result<Secret, AppError> {
    let (person, party) = (membership.person, membership.party);
    end_shown_links(transaction, person).await?;
    new_password_link(transaction, person, Some(party), passed, SignedDuration::from_hours(LINK_HOURS)).await
}

async fn sign_in_link(
    transaction: &mut AuditedTransaction,
    membership: &Membership,
    scopes: Vec<String>,
) -> Result<Secret, AppError> {
    let secret = fresh_secret()?;
    let new = NewCredential {
        key: new_key(),
        kind: CredentialKind::Link,
        holder: Holder::Person(membership.person),
        label: "sign-in link".to_owned(),
        scopes,
        invitation: Some(ByInvitation { party: membership.party, was_shown: true }),
        expires_at: transaction.at() + SignedDuration::from_hours(LINK_HOURS),
    };
    transaction.add_credential(&new, &secret).await?;
    Ok(secret)
}

/// Whether a text can be an address of mail; only mail itself shows whether it is one.
pub(crate) fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(who, host)| {
        !who.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(char::is_whitespace)
    })
}

/// Turns a link into a session: the link is used up, and the invitation it was made for is accepted, in the same
/// transaction.
///
/// # Errors
/// [`AppError::Unauthenticated`] when the link is none of ours, was used, taken back or has expired, or its holder was shut
/// out, is suspended or has come to have a place elsewhere.
pub async fn redeem(app: &App, surface: &Surface, link: &str) -> Result<Secret, AppError> {
    let link = Secret::parse(link).map_err(|_| AppError::Unauthenticated)?;
    let mut transaction = app.begin(&Principal::public(), surface).await?;
    // A link for a new password opens nothing else.
    let used = transaction.use_link(&link).await?.filter(|used| !is_recovery(used));
    let used = used.ok_or(AppError::Unauthenticated)?;
    let (Holder::Person(person), Some(invitation)) = (used.holder, used.invitation) else {
        return Err(AppError::Unauthenticated);
    };
    let is_shut_out = transaction.person(person).await?.disabled_at.is_some();
    if is_shut_out || !is_alone(&mut transaction, person, invitation.party).await? {
        return Err(AppError::Unauthenticated);
    }
    accept(&mut transaction, person, invitation.party).await?;
    let secret = fresh_secret()?;
    let new = NewCredential {
        key: new_key(),
        kind: CredentialKind::Session,
        holder: used.holder,
        label: "signed in by link".to_owned(),
        scopes: used.scopes.clone(),
        invitation: Some(invitation),
        expires_at: transaction.at() + SignedDuration::from_hours(SESSION_HOURS),
    };
    transaction.add_credential(&new, &secret).await?;
    transaction.commit().await?;
    Ok(secret)
}

/// Accepts a place that a link was made for; one accepted already stays as it is.
///
/// # Errors
/// [`AppError::Unauthenticated`] where there is none any more, or it is suspended.
pub(crate) async fn accept(
    transaction: &mut AuditedTransaction,
    person: PersonKey,
    party: PartyKey,
) -> Result<(), AppError> {
    let held = transaction.membership(party, person).await?.ok_or(AppError::Unauthenticated)?;
    match held.status {
        MembershipStatus::Active => {}
        MembershipStatus::Invited => {
            transaction.set_membership(party, person, held.role, MembershipStatus::Active, None).await?;
        }
        MembershipStatus::Suspended => return Err(AppError::Unauthenticated),
    }
    Ok(())
}

/// Accepts the one invitation of who acts for nobody yet and comes in on their own for the first time: that stands for the
/// link of the invitation. Who has a place elsewhere was given none, and accepts by themselves.
pub(crate) async fn accept_first(transaction: &mut AuditedTransaction, person: PersonKey) -> Result<(), AppError> {
    if let [held] = transaction.memberships_of(person).await?.as_slice()
        && held.membership.status == MembershipStatus::Invited
    {
        accept(transaction, person, held.membership.party).await?;
    }
    Ok(())
}

/// Ends the session that the principal acts with. Its secret opens nothing any more.
pub async fn leave(transaction: &mut AuditedTransaction, principal: &Principal) -> Result<(), AppError> {
    if let Some(session) = principal.credential {
        transaction.revoke_credential(session, Some("signed out")).await?;
    }
    Ok(())
}

pub(crate) fn fresh_secret() -> Result<Secret, AppError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| {
        tracing::error!(%error, "no random numbers");
        AppError::Internal
    })?;
    Ok(Secret::from_random(random))
}
