//! One-time links and the browser sessions they become. The link is shown once, to whoever asked for it; what is kept
//! is its hash.

use jiff::SignedDuration;
use needmatch_i18n::Locale;
use needmatch_store::AuditedTransaction;
use needmatch_store::keys::{PartyKey, PersonKey};
use needmatch_store::parties::{Holder, Membership, NewCredential, NewPerson, Secret};
use needmatch_store::words::{CredentialKind, MembershipStatus, Role};
use serde_json::Value;

use crate::access::{ENROL, is_recovery, scopes_of_members, weighs};
use crate::app::{App, Surface, new_key};
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::messages::mail::write_invitation;
use crate::parties;
use crate::people;
use crate::policy::{Action, allow};
use crate::principal::Principal;

/// Hours a link can wait to be used.
const LINK_HOURS: i64 = 24;

/// Hours a browser stays signed in.
pub const SESSION_HOURS: i64 = 12;

/// Label of sessions begun by a link.
pub(crate) const LINK_SESSION: &str = "signed in by link";

/// An invitation as made.
#[derive(Debug)]
pub struct Invited {
    /// The place in the party.
    pub membership: Membership,
    /// What signs in once; shown to whoever invited and to nobody again.
    pub link: Option<Secret>,
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

/// Registers a person as an invited member of a party and gives a link that signs them in once and accepts.
///
/// There is no link where the person acts for another party already: whoever holds a link is that person, for all their
/// parties. They accept once they have come in on their own. Inviting a member again gives a new link, which is how a
/// forgotten password is replaced.
pub async fn invite(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    invitation: Invitation<'_>,
) -> Result<Invited, AppError> {
    let kind = parties::get(transaction, principal, party).await?.kind;
    allow(principal, Action::ManageMembers, Some(party))?;
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
    let memberships = transaction.memberships_of(person).await?;
    let held = memberships.iter().find(|held| held.membership.party == party);
    let status = match held.map(|held| held.membership.status) {
        Some(MembershipStatus::Active) => MembershipStatus::Active,
        _ => MembershipStatus::Invited,
    };
    let membership = transaction.set_membership(party, person, invitation.role, status, None).await?;
    if memberships.iter().any(|held| held.membership.party != party) {
        return Ok(Invited { membership, link: None });
    }
    // Who holds the machine may let in whom they like; a manager's link leaves the second factor to be set up.
    let scopes = match principal.is_operator() {
        true => Vec::new(),
        false if weighs(kind, invitation.role) => vec![ENROL.to_owned()],
        false => scopes_of_members(),
    };
    let secret = fresh_secret()?;
    let new = NewCredential {
        key: new_key(),
        kind: CredentialKind::Link,
        holder: Holder::Person(person),
        label: "sign-in link".to_owned(),
        scopes,
        expires_at: transaction.at() + SignedDuration::from_hours(LINK_HOURS),
    };
    transaction.add_credential(&new, &secret).await?;
    Ok(Invited { membership, link: Some(secret) })
}

/// Invites the person a document names: `email`, `name`, `role` and, where it is not English, `language`; the link is
/// mailed to them too.
pub async fn invite_by(
    app: &App,
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    document: &Value,
) -> Result<Invited, AppError> {
    parties::get(transaction, principal, party).await?;
    allow(principal, Action::ManageMembers, Some(party))?;
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
    let invited = invite(transaction, principal, party, invitation).await?;
    if let Some(link) = &invited.link {
        write_invitation(app, transaction, party, invited.membership.person, link).await?;
    }
    Ok(invited)
}

/// Whether a text can be an address of mail; only mail itself shows whether it is one.
pub(crate) fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(who, host)| {
        !who.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(char::is_whitespace)
    })
}

/// Turns a link into a session: the link is used up, and invitations are accepted, in the same transaction.
///
/// # Errors
/// [`AppError::Unauthenticated`] when the link is none of ours, was used, taken back or has expired.
pub async fn redeem(app: &App, surface: &Surface, link: &str) -> Result<Secret, AppError> {
    let link = Secret::parse(link).map_err(|_| AppError::Unauthenticated)?;
    let mut transaction = app.begin(&Principal::public(), surface).await?;
    // A link for a new password opens nothing else.
    let used = transaction.use_link(&link).await?.filter(|used| !is_recovery(used));
    let used = used.ok_or(AppError::Unauthenticated)?;
    if let Holder::Person(person) = used.holder {
        for held in transaction.memberships_of(person).await? {
            let Membership { party, role, status, .. } = held.membership;
            if status == MembershipStatus::Invited {
                transaction.set_membership(party, person, role, MembershipStatus::Active, None).await?;
            }
        }
    }
    let secret = fresh_secret()?;
    let new = NewCredential {
        key: new_key(),
        kind: CredentialKind::Session,
        holder: used.holder,
        label: LINK_SESSION.to_owned(),
        scopes: used.scopes.clone(),
        expires_at: transaction.at() + SignedDuration::from_hours(SESSION_HOURS),
    };
    transaction.add_credential(&new, &secret).await?;
    transaction.commit().await?;
    Ok(secret)
}

/// Accepts the one invitation of who acts for nobody yet and comes in on their own for the first time: that stands for the
/// link of the invitation. Who has a place elsewhere was given none, and accepts by themselves.
pub(crate) async fn accept_first(transaction: &mut AuditedTransaction, person: PersonKey) -> Result<(), AppError> {
    if let [held] = transaction.memberships_of(person).await?.as_slice() {
        let Membership { party, role, status, .. } = held.membership;
        if status == MembershipStatus::Invited {
            transaction.set_membership(party, person, role, MembershipStatus::Active, None).await?;
        }
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
