//! Exchange rates of the appeal's weeks.
//!
//! Euro foreign exchange reference rates of the European Central Bank, average of the 20 daily rates of January 2010:
//! three of four flows are dated in that month. A currency without a reference rate has no rate here.

/// Currency units per euro, average of January 2010, as the ECB publishes it, in hundred-thousandths.
const UNITS_PER_EURO: [(&str, u64); 9] = [
    ("AUD", 156_240),
    ("CAD", 148_790),
    ("CHF", 147_650),
    ("DKK", 744_240),
    ("EUR", 100_000),
    ("GBP", 88_305),
    ("NOK", 818_170),
    ("NZD", 196_460),
    ("SEK", 1_019_390),
];

/// US dollars per euro, in the same unit.
const DOLLARS_PER_EURO: u64 = 142_720;

/// Millionths in one.
const SCALE: u64 = 1_000_000;

/// US dollars per unit of every currency that has a rate, in millionths, rounded to the nearest: dollars per euro
/// divided by units per euro.
pub(super) fn rates() -> impl Iterator<Item = (&'static str, u64)> {
    UNITS_PER_EURO.into_iter().map(|(currency, units)| (currency, (DOLLARS_PER_EURO * SCALE + units / 2) / units))
}

/// What the ECB publishes, for the README: currency and units per euro.
pub(super) fn published() -> impl Iterator<Item = (&'static str, String)> {
    [("USD", DOLLARS_PER_EURO)].into_iter().chain(UNITS_PER_EURO).map(|(currency, units)| (currency, decimal(units, 5)))
}

/// US dollars for an amount, rounded down as the engine does when it freezes a scenario; `None` without a rate.
pub(super) fn in_dollars(amount: i64, currency: &str) -> Option<i64> {
    if currency == "USD" {
        return Some(amount);
    }
    let (_, rate) = rates().find(|(code, _)| *code == currency)?;
    i64::try_from(i128::from(amount) * i128::from(rate) / i128::from(SCALE)).ok()
}

/// A rate as a decimal.
pub(super) fn as_decimal(millionths: u64) -> String {
    decimal(millionths, 6)
}

fn decimal(number: u64, places: u32) -> String {
    let scale = 10_u64.pow(places);
    let fraction = format!("{:0width$}", number % scale, width = places as usize);
    format!("{}.{}", number / scale, fraction.trim_end_matches('0')).trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_times_units_per_euro_gives_dollars_per_euro() {
        for ((currency, rate), (_, units)) in rates().zip(UNITS_PER_EURO) {
            let product = rate * units / SCALE;
            assert!(product.abs_diff(DOLLARS_PER_EURO) <= 5, "{currency}: {product}");
        }
        assert_eq!(rates().find(|(code, _)| *code == "EUR"), Some(("EUR", 1_427_200)));
    }

    #[test]
    fn amounts_are_rounded_down_and_a_currency_without_a_rate_has_no_value() {
        assert_eq!(in_dollars(1, "EUR"), Some(1));
        assert_eq!(in_dollars(1000, "EUR"), Some(1427));
        assert_eq!(in_dollars(7, "USD"), Some(7));
        assert_eq!(in_dollars(50_000, "UGX"), None);
    }
}
