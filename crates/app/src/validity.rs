//! Requests and offers may say until which day they are valid. The day is over when it is over in UTC; what was handed in
//! by then and not ended otherwise expires, and its open proposals with it, whether or not anybody looks. Drafts and what
//! was returned stay: their owner writes another day before handing them in.

use std::fmt::Display;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use needmatch_store::agreements::ProposalFilter;
use needmatch_store::audit::Origin;
use needmatch_store::keys::{OfferKey, RequestKey};
use needmatch_store::register::Overdue;
use needmatch_store::words::{Ending, OfferLifecycle, RequestLifecycle};
use needmatch_store::{AuditedTransaction, Move};

use crate::app::App;
use crate::error::{AppError, Fault, Faults};
use crate::proposals::end_open;

/// Rows ended at a look, each in a transaction of its own: it may end many proposals and tell of them, and holds up no
/// other.
const AT_A_LOOK: usize = 20;

/// Rows that may fail at a look before it is given up: they are passed over, and the next look tries them again.
pub(crate) const FAILURES: usize = 100;

/// The step, as for those that a coordinator finds too old.
const EXPIRE: &str = "expire";

/// The day of a moment, by UTC.
pub(crate) fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// Whether a last day of validity is over.
pub(crate) fn is_over(valid_until: Option<Date>, at: Timestamp) -> bool {
    is_past(valid_until, day_of(at))
}

/// Whether a last day of validity lies before another day.
pub(crate) fn is_past(valid_until: Option<Date>, today: Date) -> bool {
    valid_until.is_some_and(|day| day < today)
}

/// Notes where a document is valid until a day that is over.
pub(crate) fn check(valid_until: Option<Date>, at: Timestamp, pointer: &str, faults: &mut Faults) {
    if let Some(day) = valid_until.filter(|_| is_over(valid_until, at)) {
        faults.push(format!("{pointer}/valid_until"), Some(&day.to_string()), Fault::InThePast {});
    }
}

/// As [`check`], where nothing else can be wrong with what is kept already.
pub(crate) fn refuse_over(valid_until: Option<Date>, at: Timestamp) -> Result<(), AppError> {
    let mut faults = Faults::default();
    check(valid_until, at, "", &mut faults);
    faults.finish(Some(()))
}

/// Whether a day comes later than the one before, or never.
pub(crate) fn is_later(before: Option<Date>, after: Option<Date>) -> bool {
    match (before, after) {
        (Some(_), None) => true,
        (Some(before), Some(after)) => after > before,
        (None, _) => false,
    }
}

/// Ends what is past its day, in the name of nobody. Answers how many; those beyond a batch are left for the next call.
/// Any number of workers may do so at once: each takes what no other holds.
pub async fn expire_overdue(app: &App) -> Result<usize, AppError> {
    Ok(expire_requests(app).await? + expire_offers(app).await?)
}

async fn expire_requests(app: &App) -> Result<usize, AppError> {
    let (mut expired, mut failed) = (0, Vec::new());
    while expired < AT_A_LOOK && failed.len() < FAILURES {
        let mut transaction = begin(app).await?;
        let found = transaction.hold_overdue_requests(day_of(app.now()), &failed, 1).await?;
        let Some(row) = found.first() else { break };
        match expire_request(transaction, row).await {
            Ok(()) => expired += 1,
            Err(error) => failed.push(passed_over("request", row.key, error)?),
        }
    }
    Ok(expired)
}

async fn expire_request(mut transaction: AuditedTransaction, row: &Overdue<RequestKey>) -> Result<(), AppError> {
    let reason = reason(row.valid_until);
    let taken = Move::by(EXPIRE, RequestLifecycle::Expired).because(Some(&reason));
    transaction.move_request(row.key, row.version, taken, None).await?;
    let filter = ProposalFilter { request: Some(row.key), ..ProposalFilter::default() };
    end_open(&mut transaction, filter, Ending::RequestExpired, None).await?;
    Ok(transaction.commit().await?)
}

async fn expire_offers(app: &App) -> Result<usize, AppError> {
    let (mut expired, mut failed) = (0, Vec::new());
    while expired < AT_A_LOOK && failed.len() < FAILURES {
        let mut transaction = begin(app).await?;
        let found = transaction.hold_overdue_offers(day_of(app.now()), &failed, 1).await?;
        let Some(row) = found.first() else { break };
        match expire_offer(transaction, row).await {
            Ok(()) => expired += 1,
            Err(error) => failed.push(passed_over("offer", row.key, error)?),
        }
    }
    Ok(expired)
}

async fn expire_offer(mut transaction: AuditedTransaction, row: &Overdue<OfferKey>) -> Result<(), AppError> {
    let reason = reason(row.valid_until);
    let taken = Move::by(EXPIRE, OfferLifecycle::Expired).because(Some(&reason));
    transaction.move_offer(row.key, row.version, taken).await?;
    let filter = ProposalFilter { offer: Some(row.key), ..ProposalFilter::default() };
    end_open(&mut transaction, filter, Ending::OfferExpired, None).await?;
    Ok(transaction.commit().await?)
}

/// A row that could not be ended, to be passed over at this look so that it holds up no other.
///
/// # Errors
/// What concerns every row alike: another transaction in the way, or a register that cannot be reached.
pub(crate) fn passed_over<Key: Display>(kind: &str, key: Key, error: AppError) -> Result<Key, AppError> {
    if matches!(error, AppError::Busy | AppError::Unavailable | AppError::StorageFull) {
        return Err(error);
    }
    tracing::error!(%error, kind, %key, "what is over could not be ended");
    Ok(key)
}

async fn begin(app: &App) -> Result<AuditedTransaction, AppError> {
    Ok(app.store().begin(Origin::machine("worker", "validity", app.now())).await?)
}

/// What the audit log says: the field and its day, which need no language.
fn reason(valid_until: Date) -> String {
    format!("valid_until {valid_until}")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::{Date, date};

    use super::{is_later, is_over};

    #[test]
    fn a_day_is_over_when_it_is_over_everywhere_by_utc() {
        let at = |text: &str| -> Timestamp { text.parse().unwrap() };
        let day = Some(date(2027, 3, 31));
        assert!(!is_over(day, at("2027-03-31T23:59:59.999999Z")));
        assert!(is_over(day, at("2027-04-01T00:00:00Z")));
        assert!(!is_over(None, at("2027-04-01T00:00:00Z")));
        assert!(!is_over(day, at("2027-04-01T01:00:00+02:00")), "it is still March in UTC");
    }

    #[test]
    fn to_prolong_is_a_later_day_or_none() {
        let day = |day| -> Option<Date> { Some(date(2027, 3, day)) };
        assert!(is_later(day(1), day(2)) && is_later(day(1), None));
        assert!(!is_later(day(2), day(1)) && !is_later(day(1), day(1)) && !is_later(None, day(1)));
    }
}
