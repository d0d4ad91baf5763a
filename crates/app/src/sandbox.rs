//! Sandboxes: parties with which a developer tries the service, on the real server and against every rule of it, without
//! touching the register.
//!
//! What a sandbox registers is seen by itself and by coordinators, and takes part in no round, count, list or export of
//! anybody else (`store::viewer`). Of everything else it sees what the public sees. Its managers take the steps that are
//! a coordinator's elsewhere (`policy`), for its own alone. Names it gives stand under its code, so that none is taken in
//! the register: `sandbox-nor/O-1`. Nothing is proposed to a sandbox, but its webhooks can be told as if.

use needmatch_store::keys::{PackageKey, PartyKey, ProposalKey, RequestKey, RoundKey, RunKey};
use needmatch_store::parties::{Party, Wiped};
use needmatch_store::words::{LeftOutReason, MessageKind, PackageLifecycle};
use needmatch_store::{AuditedTransaction, Session};
use serde_json::{Value, json};

use crate::app::new_key;
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::messages;
use crate::names;
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::Principal;

/// What the code of a sandbox begins with, and no other party's.
pub const CODE: &str = "sandbox-";

/// Days until a proposal that was not made would lapse.
const DAYS: i64 = 14;

/// The document with its names under the code of its party, where that is a sandbox.
pub(crate) fn named(party: &Party, document: &Value) -> Value {
    let mut document = document.clone();
    if party.is_sandbox {
        names::put_under(&party.code, &mut document);
    }
    document
}

async fn managed(session: &mut Session, principal: &Principal, party: PartyKey) -> Result<Party, AppError> {
    let found = parties::get(session, principal, party).await?;
    allow(principal, Action::TrySandbox, Some(party))?;
    if found.is_sandbox {
        return Ok(found);
    }
    Err(AppError::broken("this is for sandboxes alone"))
}

/// Wipes what a sandbox registered, and what its webhooks were told.
pub async fn reset(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
) -> Result<Wiped, AppError> {
    managed(transaction, principal, party).await?;
    Ok(transaction.wipe_sandbox(party).await?)
}

/// Tells the webhooks of a sandbox of something that did not happen, in the form in which it would be told. Answers what
/// they are told, and how many of them.
pub async fn simulate(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    document: &Value,
) -> Result<(MessageKind, Value, usize), AppError> {
    managed(transaction, principal, party).await?;
    let mut faults = Faults::default();
    let kind = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let kind = fields.required_word::<MessageKind>("kind");
        if kind == Some(MessageKind::WebhookTest) {
            let known = MessageKind::ALL.iter().filter(|kind| **kind != MessageKind::WebhookTest);
            let allowed = known.map(|kind| kind.name()).collect::<Vec<_>>().join(", ");
            fields.refuse("kind", Some(MessageKind::WebhookTest.name()), Fault::UnknownWord { allowed });
        }
        fields.finish();
        kind
    });
    let kind = faults.finish(kind)?;
    let data = made_up(transaction, kind);
    let mut told = 0;
    for webhook in transaction.webhooks_of(party).await?.iter().filter(|webhook| webhook.wants(kind)) {
        transaction.add_delivery(&messages::message(transaction, webhook, kind, &data)).await?;
        told += 1;
    }
    transaction.note_simulation(party);
    Ok((kind, data, told))
}

/// What would be told, about what is not there; `sandbox` says so.
fn made_up(transaction: &AuditedTransaction, kind: MessageKind) -> Value {
    let round: RoundKey = new_key();
    let proposed = |lifecycle: &str, version: u32| {
        let proposal: ProposalKey = new_key();
        let deadline = transaction.at() + jiff::SignedDuration::from_hours(24 * DAYS);
        json!({
            "proposal": proposal.to_string(), "href": format!("/api/v1/proposals/{proposal}"),
            "round": round.to_string(), "lifecycle": lifecycle, "version": version,
            "deadline_at": deadline.to_string(), "sandbox": true,
        })
    };
    let joint = |lifecycle: PackageLifecycle| {
        let (package, by): (PackageKey, PartyKey) = (new_key(), new_key());
        json!({
            "package": package.to_string(), "href": format!("/api/v1/packages/{package}"), "by": by.to_string(),
            "lifecycle": lifecycle, "version": 1, "sandbox": true,
        })
    };
    match kind {
        MessageKind::RoundPublished => {
            let run: RunKey = new_key();
            let href = format!("/api/v1/rounds/{round}");
            json!({ "round": round.to_string(), "href": href, "run": run.to_string(), "sandbox": true })
        }
        MessageKind::RequestUnmatched => {
            let request: RequestKey = new_key();
            let href = format!("/api/v1/requests/{request}/explanations");
            json!({ "request": request.to_string(), "href": href, "round": round.to_string(), "sandbox": true })
        }
        MessageKind::RequestLeftOut => {
            let request: RequestKey = new_key();
            let (href, reason) = (format!("/api/v1/requests/{request}/explanations"), LeftOutReason::NotCirculated);
            json!({
                "request": request.to_string(), "href": href, "round": round.to_string(), "reason": reason,
                "sandbox": true,
            })
        }
        MessageKind::PackageInvited
        | MessageKind::PackageJoined
        | MessageKind::PackageDeclined
        | MessageKind::PackageLeft => joint(PackageLifecycle::Open),
        MessageKind::PackageWithdrawn => joint(PackageLifecycle::Withdrawn),
        MessageKind::ProposalAgreed => proposed("agreed", 3),
        MessageKind::ProposalDeclined => proposed("declined", 2),
        MessageKind::ProposalCalledOff => proposed("declined", 4),
        MessageKind::ProposalLapsed => proposed("lapsed", 2),
        MessageKind::ProposalChanged | MessageKind::ProposalAccepted => proposed("proposed", 2),
        MessageKind::ProposalOpened
        | MessageKind::ProposalMessage
        | MessageKind::ProposalDue
        | MessageKind::WebhookTest => proposed("proposed", 1),
    }
}
