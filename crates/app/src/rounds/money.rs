//! Between an offer's own currency, in which it is promised, and the accounting currency of a problem, in which a plan
//! draws on it.

use needmatch_domain::money::{MAX_AMOUNT, Rate};
use needmatch_domain::scenario::{Form, Settings};
use needmatch_store::register::Offer;

/// The unit of money that stands for the accounting currency.
const ACCOUNTING_UNIT: &str = "currency";

/// How an offer's unit converts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exchange(Rate);

impl Exchange {
    /// As the settings say; goods and services, and money of the accounting currency, stay as they are.
    pub(crate) fn of(settings: &Settings, offer: &Offer) -> Self {
        let unit = offer.content.unit.as_str();
        let is_own = offer.content.form == Form::InKind || unit == ACCOUNTING_UNIT || unit == settings.currency;
        let rate = if is_own { None } else { settings.rates.get(unit).copied() };
        Self(rate.unwrap_or(Rate::ONE))
    }

    /// The least of the offer's unit that is worth so much accounting currency.
    pub(crate) fn back(self, accounting: i64) -> i64 {
        let (mut low, mut high) = (0, MAX_AMOUNT);
        while low < high {
            let middle = low + (high - low) / 2;
            // Above the bound is enough, too.
            if self.0.convert_down(middle).is_ok_and(|worth| worth < accounting) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use needmatch_domain::money::Rate;

    use super::Exchange;

    #[test]
    fn what_comes_back_is_the_least_that_is_worth_as_much() {
        for text in ["1", "1.09", "0.0065", "3.25", "655.957", "0.000000001"] {
            let rate: Rate = text.parse().unwrap();
            for accounting in [0, 1, 2, 99, 1000, 65_400] {
                let own = Exchange(rate).back(accounting);
                let worth = rate.convert_down(own).unwrap_or(i64::MAX);
                let reached = worth >= accounting || own == needmatch_domain::money::MAX_AMOUNT;
                assert!(
                    reached && (own == 0 || rate.convert_down(own - 1).unwrap() < accounting),
                    "{text} {accounting}"
                );
            }
        }
    }

    #[test]
    fn what_is_given_in_whole_comes_back_in_whole() {
        let rate: Rate = "1.09".parse().unwrap();
        for own in 1..500 {
            assert!(Exchange(rate).back(rate.convert_down(own).unwrap()) <= own);
        }
    }
}
