//! Sandboxes: parties with which a developer tries the service, on the real server and against every rule of it, without
//! touching the register.
//!
//! What a sandbox registers is seen by itself and by coordinators, and takes part in no round, count, list or export of
//! anybody else (`store::viewer`). Of everything else it sees what the public sees. Its managers take the steps that are
//! a coordinator's elsewhere (`policy`), for its own alone. Nothing is proposed to a sandbox, but its webhooks can be told as if.

use std::time::Duration;

use needmatch_store::keys::{PackageKey, PartyKey, ProposalKey, RequestKey, RoundKey, RunKey};
use needmatch_store::parties::{Party, Wiped, Wiping};
use needmatch_store::words::{LeftOutReason, MessageKind, PackageLifecycle};
use needmatch_store::{AuditedTransaction, Session, Store, StoreError};
use serde_json::{Value, json};

use crate::app::new_key;
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::messages;
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::Principal;

/// What the code of a sandbox begins with, and no other party's.
pub const CODE: &str = "sandbox-";

/// Days until a proposal that was not made would lapse.
const DAYS: i64 = 14;

/// Between two transactions that wipe.
const PAUSE: Duration = Duration::from_millis(5);

/// How often in a row nothing can be wiped before the rest is left to others.
const MOST_HELD: u32 = 400;

async fn managed(session: &mut Session, principal: &Principal, party: PartyKey) -> Result<Party, AppError> {
    let found = parties::get(session, principal, party).await?;
    allow(principal, Action::TrySandbox, Some(party))?;
    if found.is_sandbox {
        return Ok(found);
    }
    Err(AppError::broken("this is for sandboxes alone"))
}

/// Resets a sandbox: what it registered, and what its webhooks were told, is counted, and wiped by [`wipe`] once this
/// lasts. What it registers later stays.
pub async fn reset(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
) -> Result<Wiped, AppError> {
    managed(transaction, principal, party).await?;
    Ok(transaction.reset_sandbox(party, new_key()).await?)
}

/// Wipes what a sandbox held when it was reset, some rows at a time with a pause between, in which others write. Answers
/// how many rows went; nothing goes where no reset is open. What others hold all the while is left to the next call.
///
/// # Errors
/// Those of the store; what went until then is gone, the rest is left to the next call.
pub async fn wipe(store: &Store, party: PartyKey) -> Result<u64, StoreError> {
    let (mut wiped, mut held) = (0, 0);
    loop {
        match store.wipe_some(party).await? {
            Wiping::Some(rows) => (wiped, held) = (wiped + rows, 0),
            Wiping::Held if held < MOST_HELD => held += 1,
            Wiping::Held | Wiping::Over => return Ok(wiped),
        }
        tokio::time::sleep(PAUSE).await;
    }
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
        transaction.tell(messages::message(transaction, webhook, kind, &data)).await?;
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
