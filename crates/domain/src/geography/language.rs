//! The six official languages of the United Nations.

/// An official language of the United Nations, in which names of states are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// العربية
    Arabic,
    /// 中文
    Chinese,
    /// English
    English,
    /// Français
    French,
    /// Русский
    Russian,
    /// Español
    Spanish,
}

impl Language {
    /// All six, in the order of the names in the table.
    pub const ALL: [Self; 6] = [Self::Arabic, Self::Chinese, Self::English, Self::French, Self::Russian, Self::Spanish];

    /// ISO 639-1 code: `ar`, `zh`, `en`, `fr`, `ru` or `es`.
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

    /// The language of that ISO 639-1 code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}
