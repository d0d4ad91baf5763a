//! One identifier type per entity, so that a request can never be looked up among offers, and one index type per
//! table of the frozen problem.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

/// Longest identifier accepted, in characters.
pub const MAX_ID_CHARS: usize = 100;

/// Why a text is no identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing was given.
    #[error("is empty")]
    Empty,
    /// More than [`MAX_ID_CHARS`] characters.
    #[error("is longer than {MAX_ID_CHARS} characters")]
    TooLong,
    /// A character that separates lists or cannot be seen.
    #[error(
        "holds {0:?}, which an identifier may not hold (no spaces at the ends, control or direction characters, `;` or `@`)"
    )]
    Character(char),
}

/// Checks what every identifier must satisfy: 1 to [`MAX_ID_CHARS`] characters, no `;` or `@` (they separate lists
/// and obstacles from their mitigation), no control or bidirectional formatting characters, no space at either end.
pub fn check_identifier(text: &str) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.chars().count() > MAX_ID_CHARS {
        return Err(IdError::TooLong);
    }
    let forbidden = |c: &char| {
        c.is_control()
            || matches!(c, ';' | '@' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if let Some(character) = text.chars().find(forbidden) {
        return Err(IdError::Character(character));
    }
    let ends = [text.chars().next(), text.chars().next_back()];
    match ends.into_iter().flatten().find(|c| c.is_whitespace()) {
        Some(space) => Err(IdError::Character(space)),
        None => Ok(()),
    }
}

macro_rules! identifier {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The identifier as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                check_identifier(text)?;
                Ok(Self(text.to_owned()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(|error| serde::de::Error::custom(format!("{text:?} {error}")))
            }
        }
    )+};
}

identifier! {
    /// A state: ISO 3166-1 alpha-3, or a code the scenario declares in `states.csv`.
    StateCode,
    /// A request of a state.
    RequestId,
    /// One line of a request.
    ComponentId,
    /// A provider's offer.
    OfferId,
    /// Who gives.
    ProviderId,
    /// Requests served together or not at all.
    PackageId,
    /// Alternatives, of which at most one is served.
    ChoiceId,
    /// A funding channel.
    ChannelId,
    /// An existing programme that may duplicate or complement a request.
    ProgrammeId,
    /// A period's label, such as `2027` or `2027-Q1`.
    PeriodLabel,
    /// An area of work: built in (see [`crate::area`]) or declared by the scenario.
    AreaCode,
    /// A unit such as `machine`, `place`, `expert_day`, or `currency` for money.
    UnitCode,
    /// A catalogue item, such as `marking_machine`.
    ItemCode,
    /// A target of the Sustainable Development Goals, such as `16.4`.
    SdgTarget,
    /// A region by name: an M49 region, or one declared in `states.csv`.
    RegionName,
}

macro_rules! index {
    ($(#[$doc:meta] $name:ident),+ $(,)?) => {$(
        #[$doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The index as a position in its table.
            pub fn at(self) -> usize {
                self.0 as usize
            }

            /// The index of a position.
            ///
            /// # Panics
            /// When the position does not fit 32 bits; tables are bounded far below that.
            pub fn of(position: usize) -> Self {
                Self(u32::try_from(position).expect("tables hold fewer than 2^32 rows"))
            }
        }
    )+};
}

index! {
    /// Position in [`crate::problem::Problem::states`].
    StateIndex,
    /// Position in [`crate::problem::Problem::requests`].
    RequestIndex,
    /// Position in [`crate::problem::Problem::components`].
    ComponentIndex,
    /// Position in [`crate::problem::Problem::offers`].
    OfferIndex,
    /// Position in [`crate::problem::Problem::providers`].
    ProviderIndex,
    /// Position in [`crate::problem::Problem::periods`].
    PeriodIndex,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_refuse_what_would_break_lists_or_deceive_the_eye() {
        for bad in ["", " a", "a ", "a;b", "a@b", "a\u{202e}b", "a\0b", "a\nb"] {
            assert!(bad.parse::<OfferId>().is_err(), "{bad:?} should be refused");
        }
        assert!("x".repeat(MAX_ID_CHARS + 1).parse::<OfferId>().is_err());
        for good in ["R-1", "Côte d'Ivoire", "请求一", "a b", "2027-Q1", "16.4"] {
            assert!(good.parse::<OfferId>().is_ok(), "{good:?} should be accepted");
        }
    }

    #[test]
    fn identifiers_are_checked_when_read_from_json() {
        assert!(serde_json::from_str::<OfferId>("\"a;b\"").is_err());
        assert_eq!(serde_json::from_str::<OfferId>("\"O1\"").unwrap().as_str(), "O1");
    }
}
