//! National reports (¶87, 106): the assistance sections of a report become draft requests of its state, each linked to
//! report, year and section, with what stands between it and a match.

mod document;
mod table;

use needmatch_matching::quality::Assessment;
use needmatch_store::keys::{PartyKey, ReportKey};
use needmatch_store::register::{Report, ReportFilter, Request};
use needmatch_store::words::PartyKind;
use needmatch_store::{AuditedTransaction, Page, Session};
use serde_json::Value;

use crate::app::new_key;
use crate::error::{AppError, Fault, Faults};
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::{parties, quality, requests};

pub use document::{REPORT_FIELDS, SECTIONS};
pub use table::{COLUMNS, read_table};

/// A report that was taken in, and what was made from it.
#[derive(Debug, Clone)]
pub struct TakenIn {
    /// The report.
    pub report: Report,
    /// The draft requests, in the order of its sections.
    pub requests: Vec<Request>,
    /// What stands between each and a match.
    pub findings: Vec<Assessment>,
}

/// Takes a report in. Its sections become drafts, however incomplete their lines are: findings say what is missing.
pub async fn take_in(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    document: &Value,
) -> Result<TakenIn, AppError> {
    if !principal.is_signed_in() {
        return Err(AppError::Unauthenticated);
    }
    let key: ReportKey = new_key();
    let mut faults = Faults::default();
    let read = document::read(document, key, &mut faults);
    let state = document.get("state").and_then(Value::as_str);
    let party = state_of(transaction, principal, state, &mut faults).await?;
    if let Some(party) = party {
        allow(principal, Action::ReportNeeds, Some(party))?;
    }
    let read = faults.finish(read)?;
    let party = party.ok_or(AppError::Internal)?;
    let report =
        Report { key, party, year: read.year, title: read.title, body: read.body, created_at: transaction.at() };
    transaction.add_report(&report).await?;
    let requests = requests::create_drafts(transaction, principal, &read.drafts, &read.links).await?;
    let today = transaction.at().to_zoned(jiff::tz::TimeZone::UTC).date();
    let findings = quality::assess(transaction, principal, &requests, today).await?;
    Ok(TakenIn { report, requests, findings })
}

async fn state_of(
    session: &mut Session,
    principal: &Principal,
    code: Option<&str>,
    faults: &mut Faults,
) -> Result<Option<PartyKey>, AppError> {
    let Some(code) = code else {
        let own = principal.only_mandate_of(PartyKind::State).map(|mandate| mandate.party);
        if own.is_none() {
            faults.push("/state", None, Fault::Missing {});
        }
        return Ok(own);
    };
    let party = parties::by_code(session, principal, PartyKind::State, code).await?;
    if party.is_none() {
        faults.push("/state", Some(code), Fault::UnknownParty { kind: "state" });
    }
    Ok(party.map(|party| party.key))
}

/// A report the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: ReportKey) -> Result<Report, AppError> {
    Ok(session.report(&principal.viewer(), key).await?)
}

/// Reports the principal may see, a page at a time.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    filter: &ReportFilter,
    page: &Page,
) -> Result<Vec<Report>, AppError> {
    Ok(session.reports(&principal.viewer(), filter, page).await?)
}
