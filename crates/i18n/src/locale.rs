//! The languages needmatch speaks.

use std::fmt;
use std::str::FromStr;

/// An official language of the United Nations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    /// العربية
    Arabic,
    /// 中文
    Chinese,
    /// English, spoken where nothing else was asked for.
    #[default]
    English,
    /// Français
    French,
    /// Русский
    Russian,
    /// Español
    Spanish,
}

/// The side on which a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// `ltr`
    LeftToRight,
    /// `rtl`
    RightToLeft,
}

/// A code that stands for none of the six languages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is no language needmatch speaks: write one of ar, zh, en, fr, ru, es")]
pub struct UnknownLocale {
    /// What was written.
    pub given: String,
}

impl Locale {
    /// All six, in the order in which they are offered to readers.
    pub const ALL: [Self; 6] = [Self::Arabic, Self::Chinese, Self::English, Self::French, Self::Russian, Self::Spanish];

    /// ISO 639-1 code, for paths and the `lang` attribute: `ar`, `zh`, `en`, `fr`, `ru` or `es`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::Chinese => "zh",
            Self::English => "en",
            Self::French => "fr",
            Self::Russian => "ru",
            Self::Spanish => "es",
        }
    }

    /// The language's name in itself, for the choice of language.
    pub const fn native_name(self) -> &'static str {
        match self {
            Self::Arabic => "العربية",
            Self::Chinese => "中文",
            Self::English => "English",
            Self::French => "Français",
            Self::Russian => "Русский",
            Self::Spanish => "Español",
        }
    }

    /// The direction of its lines.
    pub const fn direction(self) -> Direction {
        match self {
            Self::Arabic => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }

    /// Whether lines begin on the right.
    pub const fn is_right_to_left(self) -> bool {
        matches!(self.direction(), Direction::RightToLeft)
    }

    /// Position in [`Locale::ALL`].
    pub(crate) const fn position(self) -> usize {
        self as usize
    }
}

impl Direction {
    /// Value of the `dir` attribute.
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl FromStr for Locale {
    type Err = UnknownLocale;
    fn from_str(text: &str) -> Result<Self, UnknownLocale> {
        Self::ALL
            .into_iter()
            .find(|locale| locale.code() == text)
            .ok_or_else(|| UnknownLocale { given: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_back_and_others_are_refused() {
        for (position, locale) in Locale::ALL.into_iter().enumerate() {
            assert_eq!(locale.to_string().parse(), Ok(locale));
            assert_eq!(locale.position(), position);
        }
        for wrong in ["", "EN", "de", "en-GB", "../en"] {
            assert_eq!(wrong.parse::<Locale>(), Err(UnknownLocale { given: wrong.to_owned() }));
        }
    }

    #[test]
    fn only_arabic_runs_from_the_right() {
        let from_the_right: Vec<_> = Locale::ALL.into_iter().filter(|locale| locale.is_right_to_left()).collect();
        assert_eq!(from_the_right, [Locale::Arabic]);
        assert_eq!(Locale::Arabic.direction().attribute(), "rtl");
    }
}
