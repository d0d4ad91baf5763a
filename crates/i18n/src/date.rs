//! Dates as each language writes them, in the Gregorian calendar, which every report and plan uses.

use std::sync::LazyLock;

use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{M, YMD};
use icu_locale_core::locale;

use crate::locale::Locale;
use crate::message::text;
use crate::value::Value;

type Formatter<Fields> = Option<FixedCalendarDateTimeFormatter<Gregorian, Fields>>;

static LONG: LazyLock<[Formatter<YMD>; Locale::ALL.len()]> = LazyLock::new(|| {
    Locale::ALL.map(|locale| {
        let preferences = match locale {
            Locale::Arabic => locale!("ar-u-nu-latn").into(),
            Locale::Chinese => locale!("zh").into(),
            // Day before month, as in the English of the United Nations.
            Locale::English => locale!("en-GB").into(),
            Locale::French => locale!("fr").into(),
            Locale::Russian => locale!("ru").into(),
            Locale::Spanish => locale!("es").into(),
        };
        FixedCalendarDateTimeFormatter::try_new(preferences, YMD::long()).ok()
    })
});

/// Names of the months in the Mashriq and in the rest of the Arabic-speaking world.
static ARABIC_MONTHS: LazyLock<[Formatter<M>; 2]> = LazyLock::new(|| {
    [locale!("ar-LB"), locale!("ar")]
        .map(|locale| FixedCalendarDateTimeFormatter::try_new(locale.into(), M::long()).ok())
});

/// A date in full, such as `14 November 2026`; `None` where there is no such day.
///
/// Arabic names the month twice, `14 تشرين الثاني/نوفمبر 2026`, as documents of the United Nations do: each name alone
/// is foreign to half of the readers.
pub fn long(locale: Locale, year: i32, month: u8, day: u8) -> Option<String> {
    let date = Date::try_new_gregorian(year, month, day).ok()?;
    if let (Locale::Arabic, [Some(first), Some(second)]) = (locale, &*ARABIC_MONTHS) {
        return Some(format!("{day} {}/{} {year}", first.format(&date), second.format(&date)));
    }
    LONG[locale.position()].as_ref().map(|formatter| formatter.format(&date).to_string())
}

/// A moment in Coordinated Universal Time, such as `14 November 2026, 15:04 UTC`; `None` where there is none such.
pub fn moment(locale: Locale, year: i32, month: u8, day: u8, hour: u8, minute: u8) -> Option<String> {
    if hour > 23 || minute > 59 {
        return None;
    }
    let date = long(locale, year, month, day)?;
    let time = format!("{hour:02}:{minute:02}");
    Some(text(locale, "figure-moment", &[("date", Value::Text(date)), ("time", Value::Text(time))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_in_full() {
        let written = Locale::ALL.map(|locale| long(locale, 2026, 11, 14).unwrap());
        let expected = [
            "14 تشرين الثاني/نوفمبر 2026",
            "2026年11月14日",
            "14 November 2026",
            "14 novembre 2026",
            "14 ноября 2026\u{202f}г.",
            "14 de noviembre de 2026",
        ];
        assert_eq!(written, expected);
    }

    #[test]
    fn days_and_hours_that_do_not_exist_are_refused() {
        assert_eq!(long(Locale::English, 2026, 2, 29), None);
        assert_eq!(long(Locale::English, 2026, 13, 1), None);
        assert_eq!(moment(Locale::English, 2026, 2, 28, 24, 0), None);
        let moment = moment(Locale::English, 2026, 11, 14, 15, 4).unwrap();
        assert_eq!(moment.replace(['\u{2068}', '\u{2069}'], ""), "14 November 2026, 15:04 UTC");
    }
}
