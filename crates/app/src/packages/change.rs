//! Opens packages and takes the steps of packages and of their states.

use needmatch_store::keys::{PackageKey, PartyKey, RequestKey};
use needmatch_store::register::{NewPackage, Package, RequestFilter};
use needmatch_store::words::{MessageKind, PackageLifecycle, PackageStatus};
use needmatch_store::{AuditedTransaction, Cursor, MAX_PAGE, Move, Order, Page, Viewer};
use serde_json::{Value, json};

use super::document::{self, PackageDocument, Step};
use super::get;
use crate::app::new_key;
use crate::error::{AppError, Fault, Faults};
use crate::lifecycle::{PACKAGE, PACKAGE_MEMBER, REQUEST_STANDS, check, not_allowed, row};
use crate::messages::tell_package;
use crate::names::name_under;
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::requests;

/// Opens a package of the state the document names, or of the one the principal acts for, and invites others to it.
pub async fn open(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    document: &Value,
) -> Result<Package, AppError> {
    if !principal.is_signed_in() {
        return Err(AppError::Unauthenticated);
    }
    let key: PackageKey = new_key();
    let mut faults = Faults::default();
    let state = document.get("state").and_then(Value::as_str);
    let opener = requests::party_of(transaction, principal, state, "", &mut faults).await?;
    if let Some(opener) = &opener {
        allow(principal, Action::OpenPackage, Some(opener.key))?;
        if opener.is_sandbox {
            faults.push("/state", Some(&opener.code), Fault::UnknownParty { kind: "state" });
        }
    }
    let read = document::read(document, &code_of(key), &mut faults);
    let mut invited = Vec::new();
    if let (Some(opener), Some(read)) = (&opener, &read) {
        let on_behalf = !principal.is_operator() && principal.mandate_for(opener.key).is_none();
        if on_behalf && read.evidence.is_none() {
            faults.push("/evidence", None, Fault::Missing {});
        }
        invited = document::states(transaction, opener.key, &read.invited, &mut faults).await?;
    }
    let (opener, PackageDocument { code, title, evidence, .. }) = faults.finish(opener.zip(read))?;
    let code = name_under(&opener.code, &code);
    let body = evidence.map_or_else(|| json!({}), |evidence| json!({ "evidence": evidence }));
    let others = invited.iter().map(|party| (*party, PackageStatus::Invited)).collect();
    let new = NewPackage { key, party: opener.key, code, title, body, others };
    let package = transaction.add_package(&new).await?;
    tell_package(transaction, &package, opener.key, &invited, MessageKind::PackageInvited, None).await?;
    Ok(package)
}

/// Takes a step: `invite` and `withdraw` of who opened the package, `join`, `decline` and `leave` of each state in it.
pub async fn take_step(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: PackageKey,
    expected: i64,
    name: &str,
    document: &Value,
) -> Result<Package, AppError> {
    match name {
        "invite" => invite(transaction, principal, key, expected, document).await,
        "withdraw" => withdraw(transaction, principal, key, expected, document).await,
        _ => answer(transaction, principal, key, expected, name, document).await,
    }
}

async fn invite(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: PackageKey,
    expected: i64,
    document: &Value,
) -> Result<Package, AppError> {
    let step = row("package", PACKAGE, "invite")?;
    let before = get(transaction, principal, key).await?;
    allow(principal, step.action, Some(before.party))?;
    check("package", PACKAGE, step, before.lifecycle)?;
    let mut faults = Faults::default();
    let read = Step::read(step.step, document, &mut faults);
    let named = read.as_ref().map(|read| read.invited.as_slice()).unwrap_or_default();
    let invited = document::states(transaction, before.party, named, &mut faults).await?;
    let read = faults.finish(read)?;
    for status in invited.iter().filter_map(|party| before.member(*party)).map(|member| member.status) {
        if matches!(status, PackageStatus::Invited | PackageStatus::Joined) {
            return Err(not_allowed("membership", PACKAGE_MEMBER, step.step, status));
        }
    }
    let reason = read.reason.as_deref();
    let after = transaction.invite_to_package(key, expected, &invited, reason).await?;
    tell_package(transaction, &after, before.party, &invited, MessageKind::PackageInvited, reason).await?;
    Ok(after)
}

async fn withdraw(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: PackageKey,
    expected: i64,
    document: &Value,
) -> Result<Package, AppError> {
    let step = row("package", PACKAGE, "withdraw")?;
    let before = get(transaction, principal, key).await?;
    allow(principal, step.action, Some(before.party))?;
    check("package", PACKAGE, step, before.lifecycle)?;
    let mut faults = Faults::default();
    let read = Step::read(step.step, document, &mut faults);
    let reason = faults.finish(read)?.reason;
    let reason = reason.as_deref();
    let after = transaction.withdraw_package(key, expected, step.step, reason).await?;
    check_undecided(transaction, &after).await?;
    release(transaction, &before.code, None, step.step, reason).await?;
    let told = in_it(&before);
    tell_package(transaction, &after, before.party, &told, MessageKind::PackageWithdrawn, reason).await?;
    Ok(after)
}

async fn answer(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: PackageKey,
    expected: i64,
    name: &str,
    document: &Value,
) -> Result<Package, AppError> {
    let step = row("package", PACKAGE_MEMBER, name)?;
    let before = get(transaction, principal, key).await?;
    let party = acting(principal, &before, document.get("state").and_then(Value::as_str), step.action)?;
    allow(principal, step.action, Some(party))?;
    if before.lifecycle != PackageLifecycle::Open {
        return Err(not_allowed("package", PACKAGE, step.step, before.lifecycle));
    }
    let status = before.member(party).ok_or(AppError::Internal)?.status;
    check("membership", PACKAGE_MEMBER, step, status)?;
    let mut faults = Faults::default();
    let read = Step::read(step.step, document, &mut faults);
    let reason = faults.finish(read)?.reason;
    let reason = reason.as_deref();
    if step.to == PackageStatus::Left && party == before.party {
        return Err(AppError::broken("who opened a package withdraws it instead of leaving it"));
    }
    let after =
        transaction.move_package_member(key, expected, party, Move::by(step.step, step.to).because(reason)).await?;
    let kind = match step.to {
        PackageStatus::Joined => MessageKind::PackageJoined,
        PackageStatus::Left => MessageKind::PackageLeft,
        _ => MessageKind::PackageDeclined,
    };
    if step.to == PackageStatus::Left {
        check_undecided(transaction, &after).await?;
        release(transaction, &before.code, Some(party), step.step, reason).await?;
    }
    // Whoever declined shares nothing: that is between the two.
    let told = if step.to == PackageStatus::Declined { vec![before.party, party] } else { joined(&after, party) };
    tell_package(transaction, &after, party, &told, kind, reason).await?;
    Ok(after)
}

/// The state the principal answers for: the one it names, else the one it belongs to.
fn acting(principal: &Principal, package: &Package, named: Option<&str>, action: Action) -> Result<PartyKey, AppError> {
    let mut members = package.members.iter();
    let found = match named {
        Some(code) => members.find(|member| member.state == code),
        None => members.find(|member| principal.mandate_for(member.party).is_some()),
    };
    found.map(|member| member.party).ok_or(AppError::Forbidden { action: action.name() })
}

/// What a round holds of a package stays as it is until the round is decided. Asked once the step is taken: a round that is
/// being frozen meanwhile has then either ended or is told of another version.
async fn check_undecided(transaction: &mut AuditedTransaction, package: &Package) -> Result<(), AppError> {
    if transaction.is_package_in_round(&package.code).await? {
        return Err(AppError::broken("a round that is not decided yet holds requests of the package"));
    }
    Ok(())
}

/// Requests of a package that still ask for something stand alone again: those of one state, or all.
async fn release(
    transaction: &mut AuditedTransaction,
    code: &str,
    party: Option<PartyKey>,
    step: &'static str,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let package = Some(code.to_owned());
    let filter = RequestFilter { party, package, lifecycles: REQUEST_STANDS.to_vec(), ..RequestFilter::default() };
    let mut page = Page { order: Order::Oldest, after: None, limit: MAX_PAGE };
    loop {
        let found = transaction.requests(&Viewer::system(), &filter, &page).await?;
        let keys: Vec<RequestKey> = found.iter().map(|request| request.key).collect();
        page.after = keys.last().map(|key| Cursor { key: key.uuid(), rank: None });
        for key in &keys {
            transaction.release_request(*key, step, reason).await?;
        }
        if keys.len() < MAX_PAGE as usize {
            return Ok(());
        }
    }
}

/// States that are asked to take part or do.
fn in_it(package: &Package) -> Vec<PartyKey> {
    let is_in = |status| matches!(status, PackageStatus::Invited | PackageStatus::Joined);
    package.members.iter().filter(|member| is_in(member.status)).map(|member| member.party).collect()
}

/// States that take part, and the one whose step this was.
fn joined(package: &Package, party: PartyKey) -> Vec<PartyKey> {
    let is_told = |member: &&needmatch_store::register::PackageMember| {
        member.status == PackageStatus::Joined || member.party == party
    };
    package.members.iter().filter(is_told).map(|member| member.party).collect()
}

/// A code for a package that names none: short, and unique because the key is.
fn code_of(key: PackageKey) -> String {
    let text = key.to_string();
    format!("J-{}", text.get(24..).unwrap_or(&text))
}
