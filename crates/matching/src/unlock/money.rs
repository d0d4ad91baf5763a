//! Amounts of the accounting currency in an offer's own.

use needmatch_domain::money::{MAX_AMOUNT, Rate};
use needmatch_domain::scenario::{Form, Offer, Settings};

/// The least amount of the offer's unit that freezes to `wanted` or more; `None` when no amount allowed does.
pub(super) fn raised(settings: &Settings, offer: &Offer, wanted: i64) -> Option<i64> {
    let rate = rate(settings, offer);
    let (mut low, mut high) = (0, MAX_AMOUNT);
    while low < high {
        let middle = low + (high - low) / 2;
        // An amount too large to convert is large enough.
        if rate.convert_down(middle).is_ok_and(|converted| converted < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    rate.convert_down(low).is_ok_and(|converted| converted >= wanted).then_some(low)
}

/// The largest amount of the offer's unit that freezes, rounded up, to `wanted` or less.
pub(super) fn lowered(settings: &Settings, offer: &Offer, wanted: i64) -> i64 {
    let rate = rate(settings, offer);
    let (mut low, mut high) = (0, MAX_AMOUNT);
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if rate.convert_up(middle).is_ok_and(|converted| converted <= wanted) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

fn rate(settings: &Settings, offer: &Offer) -> Rate {
    let unit = offer.unit.as_str();
    if offer.form == Form::InKind || unit == "currency" || unit == settings.currency {
        return Rate::ONE;
    }
    settings.rates.get(unit).copied().unwrap_or(Rate::ONE)
}
