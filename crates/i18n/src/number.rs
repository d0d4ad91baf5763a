//! Figures as each language writes them, from the data of Unicode CLDR. All amounts are integers.

use std::sync::LazyLock;

use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::locale;

use crate::locale::Locale;
use crate::message::text;
use crate::value::Value;

const NO_BREAK_SPACE: char = '\u{a0}';
const NARROW_NO_BREAK_SPACE: char = '\u{202f}';

static FORMATTERS: LazyLock<[Option<DecimalFormatter>; Locale::ALL.len()]> = LazyLock::new(|| {
    Locale::ALL.map(|locale| DecimalFormatter::try_new(preferences(locale), DecimalFormatterOptions::default()).ok())
});

/// Arabic documents of the United Nations write European digits.
fn preferences(locale: Locale) -> DecimalFormatterPreferences {
    match locale {
        Locale::Arabic => locale!("ar-u-nu-latn").into(),
        Locale::Chinese => locale!("zh").into(),
        Locale::English => locale!("en").into(),
        Locale::French => locale!("fr").into(),
        Locale::Russian => locale!("ru").into(),
        Locale::Spanish => locale!("es").into(),
    }
}

fn written(locale: Locale, number: &Decimal) -> String {
    match &FORMATTERS[locale.position()] {
        Some(formatter) => formatter.format(number).to_string(),
        None => number.to_string(),
    }
}

/// An integer with its groups of digits: `12,500` in English, `12 500` in French.
pub fn grouped(locale: Locale, number: i64) -> String {
    written(locale, &Decimal::from(number))
}

/// `number` · 10^−`decimals`, without zeros at the end: `decimal(en, 2150, 2)` is `21.5`.
pub fn decimal(locale: Locale, number: i64, decimals: u8) -> String {
    let mut value = Decimal::from(number);
    value.multiply_pow10(-i16::from(decimals));
    value.absolute.trim_end();
    written(locale, &value)
}

/// A share in permille as a percentage: `percent(fr, 684)` is `68,4 %`.
pub fn percent(locale: Locale, permille: i64) -> String {
    with_sign(locale, &decimal(locale, permille, 1), '%')
}

/// A gap in thousandths of a permille, as permille: `permille(en, 400)` is `0.4‰`.
pub fn permille(locale: Locale, thousandths: u64) -> String {
    let thousandths = i64::try_from(thousandths).unwrap_or(i64::MAX);
    with_sign(locale, &decimal(locale, thousandths, 3), '‰')
}

fn with_sign(locale: Locale, number: &str, sign: char) -> String {
    match locale {
        Locale::Arabic | Locale::Chinese | Locale::English => format!("{number}{sign}"),
        Locale::French => format!("{number}{NARROW_NO_BREAK_SPACE}{sign}"),
        Locale::Russian | Locale::Spanish => format!("{number}{NO_BREAK_SPACE}{sign}"),
    }
}

/// An amount in whole units of a currency, which is named by its ISO 4217 code: one dollar sign means many currencies.
pub fn money(locale: Locale, amount: i64, currency: &str) -> String {
    beside(locale, &grouped(locale, amount), currency)
}

/// An amount shortened to thousands, millions or milliards: `USD 12.5 M`, `12,5 млн USD`, `USD 1,250 万`.
pub fn short_money(locale: Locale, amount: i64, currency: &str) -> String {
    beside(locale, &short(locale, amount), currency)
}

fn beside(locale: Locale, amount: &str, currency: &str) -> String {
    match locale {
        Locale::Chinese | Locale::English => format!("{currency}{NO_BREAK_SPACE}{amount}"),
        _ => format!("{amount}{NO_BREAK_SPACE}{currency}"),
    }
}

/// Steps of the short form: the power of ten, and the message that names it. Chinese counts in ten thousands.
fn steps(locale: Locale) -> &'static [(u32, &'static str)] {
    match locale {
        Locale::Chinese => &[(8, "figure-milliard"), (4, "figure-thousand")],
        _ => &[(9, "figure-milliard"), (6, "figure-million"), (3, "figure-thousand")],
    }
}

/// An integer shortened to at most one decimal, for labels where space is short: the exact figure belongs beside it in
/// a table. Rounded half away from zero.
pub fn short(locale: Locale, number: i64) -> String {
    let size = i128::from(number.unsigned_abs());
    let steps = steps(locale);
    if steps.last().is_none_or(|(power, _)| size < 10_i128.pow(*power)) {
        return grouped(locale, number);
    }
    for (power, key) in steps {
        let tenth = 10_i128.pow(*power) / 10;
        let tenths = (size + tenth / 2) / tenth;
        if tenths < 10 {
            continue;
        }
        // From one hundred on, a decimal says nothing more.
        let unit = tenth * 10;
        let shown = if tenths >= 1000 { (size + unit / 2) / unit * 10 } else { tenths };
        let signed = i64::try_from(shown * i128::from(number.signum())).unwrap_or(i64::MAX);
        return text(locale, key, &[("value", Value::Text(decimal(locale, signed, 1)))])
            .replace(['\u{2068}', '\u{2069}'], "");
    }
    grouped(locale, number)
}

/// A duration in seconds with two decimals at most: `0.21 s`.
pub fn seconds(locale: Locale, milliseconds: u64) -> String {
    let hundredths = i64::try_from(milliseconds.saturating_add(5) / 10).unwrap_or(i64::MAX);
    text(locale, "figure-seconds", &[("value", Value::Text(decimal(locale, hundredths, 2)))])
        .replace(['\u{2068}', '\u{2069}'], "")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn in_all(write: impl Fn(Locale) -> String) -> [String; 6] {
        Locale::ALL.map(write)
    }

    #[test]
    fn integers_are_grouped_as_each_language_does() {
        let million = in_all(|locale| grouped(locale, 12_500_000));
        let expected = [
            "12,500,000",
            "12,500,000",
            "12,500,000",
            "12\u{202f}500\u{202f}000",
            "12\u{a0}500\u{a0}000",
            "12.500.000",
        ];
        assert_eq!(million, expected);
        assert_eq!(grouped(Locale::French, -1), "-1");
    }

    #[test]
    fn percentages_come_from_permille() {
        let share = in_all(|locale| percent(locale, 684));
        assert_eq!(share, ["68.4%", "68.4%", "68.4%", "68,4\u{202f}%", "68,4\u{a0}%", "68,4\u{a0}%"]);
        assert_eq!(percent(Locale::English, 220), "22%");
        assert_eq!(percent(Locale::English, 0), "0%");
        assert_eq!(percent(Locale::English, 1000), "100%");
        assert_eq!(permille(Locale::English, 401), "0.401‰");
        assert_eq!(permille(Locale::Spanish, 3100), "3,1\u{a0}‰");
    }

    #[test]
    fn money_names_its_currency() {
        assert_eq!(money(Locale::English, 4_200_000, "USD"), "USD\u{a0}4,200,000");
        assert_eq!(money(Locale::French, 4_200_000, "USD"), "4\u{202f}200\u{202f}000\u{a0}USD");
    }

    #[test]
    fn short_figures_round_to_one_decimal_and_climb_in_time() {
        let short = |number| short(Locale::English, number);
        assert_eq!(short(999), "999");
        assert_eq!(short(12_500_000), "12.5\u{a0}M");
        assert_eq!(short(-12_500_000), "-12.5\u{a0}M");
        assert_eq!(short(123_456), "123\u{a0}k");
        assert_eq!(short(999_999), "1\u{a0}M");
        assert_eq!(short(1_443_517_192), "1.4\u{a0}bn");
        assert_eq!(super::short(Locale::Chinese, 12_500_000), "1,250\u{a0}万");
        assert_eq!(super::short(Locale::Chinese, 120_000_000), "1.2\u{a0}亿");
        assert_eq!(super::short(Locale::Russian, 12_500_000), "12,5\u{a0}млн");
    }

    #[test]
    fn seconds_keep_two_decimals() {
        assert_eq!(seconds(Locale::English, 214), "0.21\u{a0}s");
        assert_eq!(seconds(Locale::Russian, 60_000), "60\u{a0}с");
    }

    proptest! {
        #[test]
        fn grouping_keeps_every_digit(number: i64, position in 0_usize..6) {
            let written = grouped(Locale::ALL[position], number);
            let digits: String = written.chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(digits, number.unsigned_abs().to_string());
        }

        #[test]
        fn every_figure_can_be_shortened(number: i64, position in 0_usize..6) {
            prop_assert!(!short(Locale::ALL[position], number).contains('⟦'));
        }
    }
}
