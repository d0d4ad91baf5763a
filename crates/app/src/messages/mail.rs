//! Mail to the people of the parties that a change concerns. What is written here are the facts of that moment; the text
//! is made of them when the mail is sent. A mail that signs somebody in carries its link sealed.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use needmatch_store::agreements::Proposal;
use needmatch_store::keys::{ComponentKey, MailKey, PartyKey, PersonKey, RequestKey, RoundKey, RunKey};
use needmatch_store::messages::{ClaimedMail, NewMail};
use needmatch_store::parties::{Party, Secret};
use needmatch_store::register::Package;
use needmatch_store::words::{Ending, LeftOutReason, MailKind, MessageKind};
use needmatch_store::{AuditedTransaction, Viewer};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::access::Seal;
use crate::app::{App, new_key};
use crate::error::AppError;

/// What a text is made of; empty where the kind of mail does not say it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Title of the request or of the package.
    pub title: String,
    /// Who would help.
    pub provider: String,
    /// Whom.
    pub recipient: String,
    /// Who decided, or who invites.
    pub party: String,
    /// Why, in the words of who decided; of a request that was left out the word of the reason.
    pub reason: String,
    /// How it ended, where it did.
    pub ending: Option<Ending>,
    /// Until when, as RFC 3339 has it.
    pub deadline: String,
    /// Name of the round.
    pub round: String,
    /// How long the link is good for.
    pub minutes: i64,
    /// Where more is to be read: a path of this site. Empty: the sealed link leads there.
    pub path: String,
}

/// Writes mail of one transaction; asks for names and members once.
#[derive(Debug, Default)]
pub(super) struct Mailing {
    members: BTreeMap<PartyKey, Vec<PersonKey>>,
    names: BTreeMap<PartyKey, String>,
    titles: BTreeMap<RequestKey, String>,
    subjects: BTreeMap<ComponentKey, RequestKey>,
    rounds: BTreeMap<RoundKey, String>,
}

impl Mailing {
    /// Writes to everybody on both sides of a proposal; to whoever acts for both, once.
    pub(super) async fn write_to_sides(
        &mut self,
        transaction: &mut AuditedTransaction,
        proposal: &Proposal,
        kind: MessageKind,
    ) -> Result<(), AppError> {
        let Some(kind) = mailed(kind) else { return Ok(()) };
        let mut addressees = Vec::new();
        let mut known = BTreeSet::new();
        for party in [proposal.state_party, proposal.provider_party] {
            let members = self.members(transaction, party).await?;
            addressees.extend(members.iter().filter(|person| known.insert(**person)).map(|person| (party, *person)));
        }
        if addressees.is_empty() {
            return Ok(());
        }
        self.learn_subjects(transaction, &[proposal.component]).await?;
        let request = *self.subjects.get(&proposal.component).ok_or(AppError::Internal)?;
        let party = match decided_by(proposal, kind) {
            Some(party) => self.name(transaction, party).await?,
            None => String::new(),
        };
        let facts = Facts {
            title: self.title(transaction, request).await?,
            provider: self.name(transaction, proposal.provider_party).await?,
            recipient: self.name(transaction, proposal.state_party).await?,
            party,
            reason: proposal.reason.clone().unwrap_or_default(),
            ending: proposal.ending,
            deadline: proposal.deadline_at.to_string(),
            path: format!("/rounds/{}", proposal.round),
            ..Facts::default()
        };
        write(transaction, &addressees, kind, &facts).await
    }

    /// Writes to the members of a party whose request went without.
    pub(super) async fn write_of_unmatched(
        &mut self,
        transaction: &mut AuditedTransaction,
        party: PartyKey,
        request: RequestKey,
        round: RoundKey,
        run: RunKey,
    ) -> Result<(), AppError> {
        let members = self.members(transaction, party).await?;
        let addressees: Vec<_> = members.iter().map(|person| (party, *person)).collect();
        if addressees.is_empty() {
            return Ok(());
        }
        let facts = Facts {
            title: self.title(transaction, request).await?,
            round: self.round(transaction, round).await?,
            path: format!("/runs/{run}"),
            ..Facts::default()
        };
        write(transaction, &addressees, MailKind::Unmatched, &facts).await
    }

    /// Writes to the members of a party whose request the round left out.
    pub(super) async fn write_of_left_out(
        &mut self,
        transaction: &mut AuditedTransaction,
        party: PartyKey,
        request: RequestKey,
        round: RoundKey,
        reason: LeftOutReason,
    ) -> Result<(), AppError> {
        let members = self.members(transaction, party).await?;
        let addressees: Vec<_> = members.iter().map(|person| (party, *person)).collect();
        if addressees.is_empty() {
            return Ok(());
        }
        let facts = Facts {
            title: self.title(transaction, request).await?,
            round: self.round(transaction, round).await?,
            reason: reason.name().to_owned(),
            path: format!("/rounds/{round}"),
            ..Facts::default()
        };
        write(transaction, &addressees, MailKind::LeftOut, &facts).await
    }

    /// Writes to the members of a state of a step of a package. Why another state declined or left is said to who opened it.
    pub(super) async fn write_of_package(
        &mut self,
        transaction: &mut AuditedTransaction,
        package: &Package,
        by: PartyKey,
        party: PartyKey,
        kind: MessageKind,
        reason: Option<&str>,
    ) -> Result<(), AppError> {
        let Some(kind) = mailed(kind) else { return Ok(()) };
        let members = self.members(transaction, party).await?;
        let addressees: Vec<_> = members.iter().map(|person| (party, *person)).collect();
        if addressees.is_empty() {
            return Ok(());
        }
        let is_told = by == package.party || [package.party, by].contains(&party);
        let facts = Facts {
            title: package.title.clone(),
            party: self.name(transaction, by).await?,
            reason: reason.filter(|_| is_told).unwrap_or_default().to_owned(),
            ..Facts::default()
        };
        write(transaction, &addressees, kind, &facts).await
    }

    /// Asks which requests these components belong to, and for the titles of those, unless that is known.
    pub(super) async fn learn_subjects(
        &mut self,
        transaction: &mut AuditedTransaction,
        components: &[ComponentKey],
    ) -> Result<(), AppError> {
        let is_new = |component: &&ComponentKey| !self.subjects.contains_key(component);
        let new: Vec<ComponentKey> = components.iter().filter(is_new).copied().collect();
        for (component, request, title) in transaction.subjects_of(&new).await? {
            self.subjects.insert(component, request);
            self.titles.insert(request, title);
        }
        Ok(())
    }

    /// Asks for the titles of requests, unless they are known.
    pub(super) async fn learn_titles(
        &mut self,
        transaction: &mut AuditedTransaction,
        requests: &[RequestKey],
    ) -> Result<(), AppError> {
        let is_new = |request: &&RequestKey| !self.titles.contains_key(request);
        let new: Vec<RequestKey> = requests.iter().filter(is_new).copied().collect();
        self.titles.extend(transaction.titles_of(&new).await?);
        Ok(())
    }

    async fn title(&mut self, transaction: &mut AuditedTransaction, request: RequestKey) -> Result<String, AppError> {
        self.learn_titles(transaction, &[request]).await?;
        self.titles.get(&request).cloned().ok_or_else(|| AppError::not_found("request", request))
    }

    async fn round(&mut self, transaction: &mut AuditedTransaction, round: RoundKey) -> Result<String, AppError> {
        Ok(match self.rounds.entry(round) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(new) => new.insert(transaction.round(&Viewer::system(), round).await?.name).clone(),
        })
    }

    async fn members(
        &mut self,
        transaction: &mut AuditedTransaction,
        party: PartyKey,
    ) -> Result<&[PersonKey], AppError> {
        Ok(match self.members.entry(party) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(transaction.mail_recipients(party).await?),
        })
    }

    async fn name(&mut self, transaction: &mut AuditedTransaction, party: PartyKey) -> Result<String, AppError> {
        if let Some(name) = self.names.get(&party) {
            return Ok(name.clone());
        }
        let name = transaction.party(party).await?.name;
        self.names.insert(party, name.clone());
        Ok(name)
    }
}

/// Writes the link of an invitation to whom it signs in. Without a key of the operator's it cannot wait sealed, and is not
/// written: whoever invited passes it on.
pub(crate) async fn write_invitation(
    app: &App,
    transaction: &mut AuditedTransaction,
    party: &Party,
    person: PersonKey,
    link: &Secret,
) -> Result<(), AppError> {
    let Ok(seal) = app.seal() else { return Ok(()) };
    let facts = Facts { party: party.name.clone(), ..Facts::default() };
    write_sealed(transaction, seal, (party.key, person), MailKind::Invitation, &facts, link).await
}

/// Writes the link to a place in a further party, by which a person sets a password.
pub(crate) async fn write_place(
    transaction: &mut AuditedTransaction,
    seal: &Seal,
    party: &Party,
    person: PersonKey,
    link: &Secret,
) -> Result<(), AppError> {
    let facts = Facts { party: party.name.clone(), ..Facts::default() };
    write_sealed(transaction, seal, (party.key, person), MailKind::Place, &facts, link).await
}

/// Writes the link by which a person sets a new password, as a member of one of their parties.
pub(crate) async fn write_recovery(
    transaction: &mut AuditedTransaction,
    seal: &Seal,
    party: PartyKey,
    person: PersonKey,
    link: &Secret,
    minutes: i64,
) -> Result<(), AppError> {
    let facts = Facts { minutes, ..Facts::default() };
    write_sealed(transaction, seal, (party, person), MailKind::Recovery, &facts, link).await
}

async fn write_sealed(
    transaction: &mut AuditedTransaction,
    seal: &Seal,
    (party, person): (PartyKey, PersonKey),
    kind: MailKind,
    facts: &Facts,
    link: &Secret,
) -> Result<(), AppError> {
    let key: MailKey = new_key();
    let sealed_secret = Some(seal.close(key.uuid().as_bytes(), link.reveal().as_bytes())?);
    let new = NewMail { key, party, person, kind, body: json!(facts), sealed_secret };
    Ok(transaction.write_to(new).await?)
}

/// The path that a mail leads to, with the link it carries opened.
///
/// # Errors
/// [`AppError::RuleBroken`] when the operator has named no key, or another than the link was sealed with.
pub fn path_of(app: &App, mail: &ClaimedMail, facts: &Facts) -> Result<String, AppError> {
    let Some(sealed) = &mail.sealed_secret else { return Ok(facts.path.clone()) };
    let opened = app.seal()?.open(mail.key.uuid().as_bytes(), sealed).and_then(|link| String::from_utf8(link).ok());
    let rule = || "the link was sealed with another key (access.key_file)".to_owned();
    let page = match mail.kind {
        MailKind::Recovery | MailKind::Place => "new-password",
        _ => "sign-in",
    };
    opened.map(|link| format!("/{page}/{link}")).ok_or_else(|| AppError::RuleBroken { rule: rule() })
}

async fn write(
    transaction: &mut AuditedTransaction,
    addressees: &[(PartyKey, PersonKey)],
    kind: MailKind,
    facts: &Facts,
) -> Result<(), AppError> {
    for (party, person) in addressees {
        let (key, body) = (new_key(), json!(facts));
        let new = NewMail { key, party: *party, person: *person, kind, body, sealed_secret: None };
        transaction.write_to(new).await?;
    }
    Ok(())
}

/// What people are written of what systems are told.
fn mailed(kind: MessageKind) -> Option<MailKind> {
    Some(match kind {
        MessageKind::ProposalOpened => MailKind::Proposal,
        MessageKind::ProposalMessage => MailKind::Message,
        MessageKind::ProposalChanged => MailKind::Changed,
        MessageKind::ProposalAccepted | MessageKind::ProposalAgreed => MailKind::Accepted,
        MessageKind::ProposalDeclined => MailKind::Declined,
        MessageKind::ProposalCalledOff => MailKind::CalledOff,
        MessageKind::ProposalLapsed => MailKind::Lapsed,
        MessageKind::ProposalDue => MailKind::Due,
        MessageKind::RequestUnmatched => MailKind::Unmatched,
        MessageKind::RequestLeftOut => MailKind::LeftOut,
        MessageKind::PackageInvited => MailKind::PackageInvited,
        MessageKind::PackageJoined => MailKind::PackageJoined,
        MessageKind::PackageDeclined => MailKind::PackageDeclined,
        MessageKind::PackageLeft => MailKind::PackageLeft,
        MessageKind::PackageWithdrawn => MailKind::PackageWithdrawn,
        // What it brought is written of already.
        MessageKind::RoundPublished | MessageKind::WebhookTest => return None,
    })
}

/// Whose decision a mail tells of: the one who ended it, or the last who accepted.
fn decided_by(proposal: &Proposal, kind: MailKind) -> Option<PartyKey> {
    match kind {
        MailKind::Declined | MailKind::CalledOff => proposal.declined_by,
        MailKind::Accepted if proposal.state_accepted_at > proposal.provider_accepted_at => Some(proposal.state_party),
        MailKind::Accepted => Some(proposal.provider_party),
        _ => None,
    }
}
