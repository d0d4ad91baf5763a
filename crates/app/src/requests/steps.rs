//! Moves requests along their life.

use needmatch_store::agreements::ProposalFilter;
use needmatch_store::keys::{PartyKey, RequestKey};
use needmatch_store::register::Request;
use needmatch_store::words::{Circulation, Ending, PartyKind, RequestLifecycle};
use needmatch_store::{AuditedTransaction, Move};
use serde_json::Value;

use super::get;
use super::lines::check_complete;
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::lifecycle::{REQUEST, check, row};
use crate::parties;
use crate::policy::allow;
use crate::principal::Principal;
use crate::proposals::end_open;
use crate::validity;

/// A step with what goes with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// The priority a coordinator confirms; only with `authenticate`.
    pub priority: Option<i64>,
    /// In the words of who decides; needed with `return`.
    pub reason: Option<String>,
}

impl Step {
    /// Reads what goes with a step: `{}` or `{"reason": "…"}`, for `authenticate` also `priority`.
    pub fn read(step: &str, document: &Value) -> Result<Self, AppError> {
        let mut faults = Faults::default();
        let read = Fields::of(document, "", &mut faults).map(|mut fields| {
            let priority = if step == "authenticate" { fields.whole("priority", 1..=5) } else { None };
            let read = Self { priority, reason: fields.text("reason") };
            fields.finish();
            read
        });
        faults.finish(read)
    }
}

/// Takes a step other than circulation. Whatever leads on wants the whole of the request: every line complete.
pub async fn take_step(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: RequestKey,
    expected: i64,
    name: &str,
    with: &Step,
) -> Result<Request, AppError> {
    let row = row("request", REQUEST, name)?;
    let before = get(transaction, principal, key).await?;
    allow(principal, row.action, Some(before.party))?;
    check("request", REQUEST, row, before.lifecycle)?;
    match row.to {
        // The state is to know what to mend.
        RequestLifecycle::Returned if with.reason.is_none() => {
            let mut faults = Faults::default();
            faults.push("/reason", None, Fault::Missing {});
            return faults.finish(None);
        }
        RequestLifecycle::Returned
        | RequestLifecycle::Draft
        | RequestLifecycle::Withdrawn
        | RequestLifecycle::Expired => {}
        _ => check_complete(&before)?,
    }
    if row.to == RequestLifecycle::Submitted {
        validity::refuse_over(before.content.valid_until, transaction.at())?;
    }
    let ending = match row.to {
        RequestLifecycle::Withdrawn => Some(Ending::RequestWithdrawn),
        RequestLifecycle::Expired => Some(Ending::RequestExpired),
        _ => None,
    };
    let taken = Move::by(row.step, row.to).because(with.reason.as_deref());
    if row.to == RequestLifecycle::Draft && before.circulation != Circulation::Private {
        // What is being rewritten is nobody else's to read; consent is given anew for what it then says.
        let private = Circulation::Private;
        let hidden = transaction.circulate_request(key, expected, row.step, private, &[], taken.reason).await?;
        return Ok(transaction.move_request(key, hidden.version, taken, None).await?);
    }
    let moved = transaction.move_request(key, expected, taken, with.priority).await?;
    // Once it is moved, no round that is being published proposes it any more.
    if let Some(ending) = ending {
        let filter = ProposalFilter { request: Some(key), ..ProposalFilter::default() };
        end_open(transaction, filter, ending, with.reason.as_deref()).await?;
    }
    Ok(moved)
}

/// Records the state's consent to who may see a request, and circulates it: `circulation` is `named` (with the codes of
/// `providers`), `providers` or `public`.
pub async fn circulate(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: RequestKey,
    expected: i64,
    document: &Value,
) -> Result<Request, AppError> {
    let row = row("request", REQUEST, "circulate")?;
    let before = get(transaction, principal, key).await?;
    allow(principal, row.action, Some(before.party))?;
    check("request", REQUEST, row, before.lifecycle)?;
    check_complete(&before)?;
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).map(|mut fields| {
        let circulation = fields.required_word::<Circulation>("circulation");
        let reason = fields.text("reason");
        let providers: Vec<(String, String)> = fields.list("providers", |item, pointer, faults| {
            let code = crate::document::text(item, pointer, crate::document::MAX_LINE, faults)?;
            Some((pointer.to_owned(), code))
        });
        if circulation == Some(Circulation::Private) {
            let fault = Fault::UnknownWord { allowed: "named, providers, public".to_owned() };
            fields.refuse("circulation", Some("private"), fault);
        }
        if circulation == Some(Circulation::Named) && providers.is_empty() {
            fields.refuse("providers", None, Fault::Missing {});
        }
        fields.finish();
        (circulation, reason, providers)
    });
    let mut named: Vec<PartyKey> = Vec::new();
    for (pointer, code) in read.iter().flat_map(|(_, _, providers)| providers) {
        match parties::by_code(transaction, principal, PartyKind::Provider, code).await? {
            Some(party) => named.push(party.key),
            None => faults.push(pointer, Some(code), Fault::UnknownParty { kind: "provider" }),
        }
    }
    let (circulation, reason) =
        faults.finish(read.and_then(|(circulation, reason, _)| Some((circulation?, reason))))?;
    let reason = reason.as_deref();
    let request = transaction.circulate_request(key, expected, row.step, circulation, &named, reason).await?;
    if request.lifecycle == row.to {
        return Ok(request);
    }
    Ok(transaction.move_request(key, request.version, Move::by(row.step, row.to).because(reason), None).await?)
}
