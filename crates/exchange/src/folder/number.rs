//! Whole numbers and dates, written in one way only.

use std::ops::RangeInclusive;

use jiff::civil::Date;

/// Why a text is no acceptable number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberFault {
    /// A sign, fraction, exponent, separator, or no number at all.
    NotWhole,
    /// Whole, but outside the bounds.
    OutOfRange,
}

/// A whole number of ASCII digits only, inside its bounds.
pub(crate) fn whole_in(text: &str, bounds: &RangeInclusive<i64>) -> Result<i64, NumberFault> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberFault::NotWhole);
    }
    // Digits that do not fit 64 bits are whole all the same.
    text.parse().ok().filter(|number| bounds.contains(number)).ok_or(NumberFault::OutOfRange)
}

/// A day written `2026-01-31`.
pub(crate) fn date(text: &str) -> Option<Date> {
    let shape = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if shape { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_make_a_whole_number() {
        let bounds = 0..=1000;
        for (text, expected) in [("0", 0), ("007", 7), ("1000", 1000)] {
            assert_eq!(whole_in(text, &bounds), Ok(expected));
        }
        for text in ["", "-1", "+1", "1.5", "1e30", "1,000", "1 000", "٣", "0x10", "NaN"] {
            assert_eq!(whole_in(text, &bounds), Err(NumberFault::NotWhole), "{text:?}");
        }
        for text in ["1001", "99999999999999999999999"] {
            assert_eq!(whole_in(text, &bounds), Err(NumberFault::OutOfRange), "{text:?}");
        }
    }

    #[test]
    fn dates_are_days_of_the_calendar() {
        assert_eq!(date("2024-02-29").map(|day| day.to_string()).as_deref(), Some("2024-02-29"));
        for text in ["2023-02-29", "2024-2-29", "20240229", "2024-02-29T00:00", "29.02.2024", ""] {
            assert_eq!(date(text), None, "{text:?}");
        }
    }
}
