//! Tells parties what happened, in the transaction in which it happens: a change that is undone tells nobody, and one that
//! lasts is told though the process ends at that moment.
//!
//! A message goes to the parties it concerns and says no more than identifiers, addresses of the API and the state of what
//! it is about: whoever receives it reads the rest with their own rights. Mail to the parties' people says in words what
//! happened, and where to read more: [`mail`].

pub mod mail;
pub mod shown;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use needmatch_store::agreements::{Proposal, ProposalFilter};
use needmatch_store::keys::{ComponentKey, PartyKey, RoundKey, RunKey};
use needmatch_store::messages::{NewDelivery, Webhook};
use needmatch_store::register::Package;
use needmatch_store::words::MessageKind;
use needmatch_store::{AuditedTransaction, Cursor, MAX_PAGE, Order, Page, Viewer};
use serde_json::{Value, json};

use crate::app::new_key;
use crate::error::AppError;

/// Writes messages of one transaction; asks for the webhooks and the people of each party once.
#[derive(Debug, Default)]
pub(crate) struct Telling {
    mailing: mail::Mailing,
    webhooks: BTreeMap<PartyKey, Vec<Webhook>>,
}

impl Telling {
    /// Tells a party's systems.
    pub(crate) async fn tell(
        &mut self,
        transaction: &mut AuditedTransaction,
        party: PartyKey,
        kind: MessageKind,
        data: &Value,
    ) -> Result<(), AppError> {
        let webhooks = match self.webhooks.entry(party) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(transaction.webhooks_of(party).await?),
        };
        for webhook in webhooks.iter().filter(|webhook| webhook.wants(kind)) {
            transaction.tell(message(transaction, webhook, kind, data)).await?;
        }
        Ok(())
    }

    /// Asks what these proposals are about, all together, before they are told of one by one.
    async fn learn_subjects(
        &mut self,
        transaction: &mut AuditedTransaction,
        proposals: &[&Proposal],
    ) -> Result<(), AppError> {
        let components: Vec<ComponentKey> = proposals.iter().map(|proposal| proposal.component).collect();
        self.mailing.learn_subjects(transaction, &components).await
    }

    /// Tells both sides of a proposal.
    pub(crate) async fn tell_sides(
        &mut self,
        transaction: &mut AuditedTransaction,
        proposal: &Proposal,
        kind: MessageKind,
    ) -> Result<(), AppError> {
        let data = json!({
            "proposal": proposal.key.to_string(),
            "href": format!("/api/v1/proposals/{}", proposal.key),
            "round": proposal.round.to_string(),
            "lifecycle": proposal.lifecycle,
            "ending": proposal.ending,
            "version": proposal.version,
            "deadline_at": proposal.deadline_at.to_string(),
        });
        self.tell(transaction, proposal.state_party, kind, &data).await?;
        if proposal.provider_party != proposal.state_party {
            self.tell(transaction, proposal.provider_party, kind, &data).await?;
        }
        self.mailing.write_to_sides(transaction, proposal, kind).await
    }
}

/// Tells both sides of one proposal.
pub(crate) async fn tell_sides(
    transaction: &mut AuditedTransaction,
    proposal: &Proposal,
    kind: MessageKind,
) -> Result<(), AppError> {
    Telling::default().tell_sides(transaction, proposal, kind).await
}

/// Tells what the publication of a run brings: proposals to their sides, the round to whoever has one, and to those whose
/// requests went without, or were left out of the round, that they can read why.
pub(crate) async fn tell_publication(
    transaction: &mut AuditedTransaction,
    round: RoundKey,
    run: RunKey,
) -> Result<(), AppError> {
    let mut telling = Telling::default();
    let mut concerned = BTreeSet::new();
    let filter = ProposalFilter { round: Some(round), ..ProposalFilter::default() };
    let mut page = Page { order: Order::Oldest, after: None, limit: MAX_PAGE };
    loop {
        let found = transaction.proposals(&Viewer::system(), &filter, &page).await?;
        let of_run: Vec<&Proposal> = found.iter().filter(|proposal| proposal.run == run).collect();
        telling.learn_subjects(transaction, &of_run).await?;
        for proposal in of_run {
            telling.tell_sides(transaction, proposal, MessageKind::ProposalOpened).await?;
            concerned.insert(proposal.state_party);
            concerned.insert(proposal.provider_party);
        }
        match found.last() {
            Some(last) if found.len() >= MAX_PAGE as usize => {
                page.after = Some(Cursor { key: last.key.uuid(), rank: None });
            }
            _ => break,
        }
    }
    let round_href = format!("/api/v1/rounds/{round}");
    let unmatched = transaction.unmatched_requests(run).await?;
    let left_out = transaction.left_out_requests(round).await?;
    let requests = unmatched.iter().map(|(request, _)| *request).chain(left_out.iter().map(|(request, ..)| *request));
    telling.mailing.learn_titles(transaction, &requests.collect::<Vec<_>>()).await?;
    for (request, party) in unmatched {
        let data = json!({
            "request": request.to_string(),
            "href": format!("/api/v1/requests/{request}/explanations"),
            "round": round.to_string(),
        });
        telling.tell(transaction, party, MessageKind::RequestUnmatched, &data).await?;
        telling.mailing.write_of_unmatched(transaction, party, request, round, run).await?;
        concerned.insert(party);
    }
    for (request, party, reason) in left_out {
        let data = json!({
            "request": request.to_string(),
            "href": format!("/api/v1/requests/{request}/explanations"),
            "round": round.to_string(),
            "reason": reason,
        });
        telling.tell(transaction, party, MessageKind::RequestLeftOut, &data).await?;
        telling.mailing.write_of_left_out(transaction, party, request, round, reason).await?;
        concerned.insert(party);
    }
    let data = json!({ "round": round.to_string(), "href": round_href, "run": run.to_string() });
    for party in concerned {
        telling.tell(transaction, party, MessageKind::RoundPublished, &data).await?;
    }
    Ok(())
}

/// Tells these states of a step of a package: who took it, and why where a reason is given.
pub(crate) async fn tell_package(
    transaction: &mut AuditedTransaction,
    package: &Package,
    by: PartyKey,
    told: &[PartyKey],
    kind: MessageKind,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let mut telling = Telling::default();
    let data = json!({
        "package": package.key.to_string(),
        "href": format!("/api/v1/packages/{}", package.key),
        "by": by.to_string(),
        "lifecycle": package.lifecycle,
        "version": package.version,
    });
    for party in told {
        telling.tell(transaction, *party, kind, &data).await?;
        telling.mailing.write_of_package(transaction, package, by, *party, kind, reason).await?;
    }
    Ok(())
}

/// A message to a webhook, to be written.
pub(crate) fn message(
    transaction: &AuditedTransaction,
    webhook: &Webhook,
    kind: MessageKind,
    data: &Value,
) -> NewDelivery {
    let body = json!({ "type": kind.name(), "timestamp": transaction.at().to_string(), "data": data });
    NewDelivery { key: new_key(), webhook: webhook.key, kind, body }
}
