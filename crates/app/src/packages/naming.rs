//! Whether a request may name a package.

use needmatch_exchange::Near;
use needmatch_store::AuditedTransaction;
use needmatch_store::keys::PartyKey;

use crate::error::{AppError, Fault, Faults};

/// Refuses a package that the state has neither opened nor joined. One that others have opened is unknown to it like one
/// that nobody has, and the nearest match is one of its own. Until the transaction ends the state does not leave it: who
/// leaves finds the request and releases it.
pub(crate) async fn check_named(
    transaction: &mut AuditedTransaction,
    state: PartyKey,
    code: Option<&str>,
    pointer: &str,
    faults: &mut Faults,
) -> Result<(), AppError> {
    let Some(code) = code else { return Ok(()) };
    if transaction.hold_joined(state, code).await? {
        return Ok(());
    }
    let own = transaction.joined_packages(state).await?;
    let behind = own.iter().find(|own| own.split_once('/').is_some_and(|(_, name)| name == code)).cloned();
    let near = behind.or_else(|| Near::of(code, own.iter().map(String::as_str)).0).unwrap_or_default();
    faults.push(format!("{pointer}/package"), Some(code), Fault::UnknownPackage { near });
    Ok(())
}
