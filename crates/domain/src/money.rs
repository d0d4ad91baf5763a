//! Whole amounts and exact conversion. Money is counted in whole units of a currency; a rate is an exact decimal.

use std::fmt;
use std::str::FromStr;

/// Largest quantity, amount or unit cost accepted anywhere. Far above any real round, and low enough that the
/// products the rules form stay inside 64 bits (sums are checked when a problem is frozen).
pub const MAX_AMOUNT: i64 = 1_000_000_000_000;

/// Accounting currency per unit of another, as an exact decimal with at most nine places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate {
    /// The rate times 10^9.
    billionths: i64,
}

const SCALE: i64 = 1_000_000_000;

/// Why a text is no rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no exchange rate: write a positive decimal such as 1.09, at most nine places, at most 1000000")]
pub struct RateError(pub String);

impl Rate {
    /// The rate of a currency to itself.
    pub const ONE: Self = Self { billionths: SCALE };

    /// An amount in accounting currency, rounded down: what a provider gives is never overstated.
    ///
    /// # Errors
    /// The converted amount, when it passes [`MAX_AMOUNT`].
    pub fn convert_down(self, amount: i64) -> Result<i64, i128> {
        bounded(i128::from(amount) * i128::from(self.billionths) / i128::from(SCALE))
    }

    /// An amount in accounting currency, rounded up: what a provider insists on is never understated.
    ///
    /// # Errors
    /// The converted amount, when it passes [`MAX_AMOUNT`].
    pub fn convert_up(self, amount: i64) -> Result<i64, i128> {
        let product = i128::from(amount) * i128::from(self.billionths);
        bounded((product + i128::from(SCALE) - 1).div_euclid(i128::from(SCALE)))
    }
}

fn bounded(amount: i128) -> Result<i64, i128> {
    match i64::try_from(amount) {
        Ok(fits) if fits <= MAX_AMOUNT => Ok(fits),
        _ => Err(amount),
    }
}

impl FromStr for Rate {
    type Err = RateError;
    fn from_str(text: &str) -> Result<Self, RateError> {
        let refuse = || RateError(text.to_owned());
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 7 || fraction.len() > 9 || !digits(whole) || !digits(fraction) {
            return Err(refuse());
        }
        let whole: i64 = whole.parse().map_err(|_| refuse())?;
        let fraction: i64 = format!("{fraction:0<9}").parse().map_err(|_| refuse())?;
        let billionths = whole * SCALE + fraction;
        if billionths == 0 || billionths > 1_000_000 * SCALE {
            return Err(refuse());
        }
        Ok(Self { billionths })
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.billionths / SCALE, self.billionths % SCALE);
        let fraction = format!("{fraction:09}");
        match fraction.trim_end_matches('0') {
            "" => write!(formatter, "{whole}"),
            places => write!(formatter, "{whole}.{places}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversion_is_exact_and_rounds_against_the_giver_of_the_number() {
        let rate: Rate = "1.09".parse().unwrap();
        assert_eq!(rate.convert_down(100), Ok(109));
        assert_eq!(rate.convert_down(1), Ok(1));
        assert_eq!(rate.convert_up(1), Ok(2));
        assert_eq!(rate.convert_up(0), Ok(0));
        assert_eq!("0.000000001".parse::<Rate>().unwrap().convert_up(1), Ok(1));
        assert!("1000000".parse::<Rate>().unwrap().convert_down(MAX_AMOUNT).is_err());
    }

    #[test]
    fn a_rate_reads_back_as_written_and_nonsense_is_refused() {
        for text in ["1.09", "0.0075", "655.957", "1"] {
            assert_eq!(text.parse::<Rate>().unwrap().to_string(), text);
        }
        for text in ["", "0", "-1", "1e5", "1,09", ".5", "1.0000000001", "9999999", "NaN", "0.0"] {
            assert!(text.parse::<Rate>().is_err(), "{text:?}");
        }
    }
}
