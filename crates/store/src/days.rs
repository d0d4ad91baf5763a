//! Days as columns hold them: whole days since 1970, which both engines compare as numbers.

use jiff::ToSpan;
use jiff::civil::{Date, date};

const FIRST: Date = date(1970, 1, 1);

/// The number that stands for a day.
pub(crate) fn number(day: Date) -> i64 {
    i64::from((day - FIRST).get_days())
}

/// The day a number stands for, if it is one of the calendar.
pub(crate) fn of_number(days: i64) -> Option<Date> {
    FIRST.checked_add(days.clamp(-5_000_000, 5_000_000).days()).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Date, number, of_number};

    #[test]
    fn every_day_comes_back_and_no_other_number_is_one() {
        for day in [Date::MIN, date(1969, 12, 31), date(2028, 2, 29), Date::MAX] {
            assert_eq!(of_number(number(day)), Some(day));
        }
        assert_eq!((number(date(1970, 1, 2)), number(date(2000, 3, 1))), (1, 11_017));
        assert_eq!([of_number(i64::MAX), of_number(number(Date::MAX) + 1)], [None, None]);
    }
}
