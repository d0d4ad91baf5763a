//! What is wrong with a field of a document. The sentence of a fault continues the value it is about.

use std::fmt;

use needmatch_exchange::ErrorCode;

/// Most errors reported of one document.
pub const MAX_FIELD_ERRORS: usize = 100;

/// Longest value quoted, in characters.
const MAX_VALUE_CHARS: usize = 80;

/// Something wrong with a document: where, what stands there, what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON pointer into the document, such as `/components/2/minimum`.
    pub pointer: String,
    /// What stands there, cut when long; absent when nothing does.
    pub value: Option<String>,
    /// What is wrong.
    pub fault: Fault,
}

macro_rules! faults {
    ($($(#[$doc:meta])+ $variant:ident $name:literal { $($field:ident: $kind:ty),* } $message:literal; $action:literal,)+) => {
        /// What is wrong, with the values the sentence needs.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Fault {
            $(
                $(#[$doc])+
                $variant {
                    $(
                        #[doc = concat!("The `", stringify!($field), "` of the sentence.")]
                        $field: $kind,
                    )*
                },
            )+
            /// A setting that the reader of scenario files refuses.
            Setting(ErrorCode),
        }

        impl Fault {
            /// Names of the faults told of here; those of settings are [`ErrorCode::NAMES`].
            pub const NAMES: &'static [&'static str] = &[$($name,)+];

            /// The name by which clients and translations know it.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $name,)+
                    Self::Setting(code) => code.name(),
                }
            }

            /// The values of the sentence, by name.
            pub fn values(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(Self::$variant { $($field),* } => vec![$((stringify!($field), $field.to_string())),*],)+
                    Self::Setting(code) => code.arguments(),
                }
            }

            /// What is wrong, in English.
            pub fn message(&self) -> String {
                match self {
                    $(Self::$variant { $($field),* } => { $(let _ = $field;)* format!($message) })+
                    Self::Setting(code) => code.message(),
                }
            }

            /// What to do, in English.
            pub fn action(&self) -> String {
                match self {
                    $(Self::$variant { $($field),* } => { $(let _ = $field;)* format!($action) })+
                    Self::Setting(code) => code.action(),
                }
            }
        }
    };
}

faults! {
    /// A field without default that is absent or null.
    Missing "missing" {}
        "a value is required"; "add the field",
    /// A field that the document does not have.
    UnknownField "unknown_field" { allowed: String }
        "is no field here"; "remove it, or write one of {allowed}",
    /// Text where a number is expected, and the like.
    WrongType "wrong_type" { expected: &'static str }
        "is not {expected}"; "write {expected}",
    /// A number with a fraction, or in text.
    NotWhole "not_whole" {}
        "is no whole number"; "write digits only, without quotation marks, fraction or exponent",
    /// A number outside its bounds.
    OutOfRange "out_of_range" { least: i64, most: i64 }
        "is outside {least} to {most}"; "write a whole number in that range",
    /// No day of the calendar.
    NotADate "not_a_date" {}
        "is no date"; "write year-month-day, such as 2026-01-31",
    /// No moment.
    NotAMoment "not_a_moment" {}
        "is no moment"; "write date, time and zone, such as 2026-01-31T12:00:00Z",
    /// A moment that is over.
    InThePast "in_the_past" {}
        "is over already"; "write a moment to come",
    /// None of a few words.
    UnknownWord "unknown_word" { allowed: String }
        "is none of {allowed}"; "write one of them",
    /// A text that is no identifier.
    BadIdentifier "bad_identifier" { reason: String }
        "{reason}"; "write 1 to 100 visible characters",
    /// A key that is no UUID.
    NotAKey "not_a_key" {}
        "is no identifier of this register"; "write it as this register gave it",
    /// Longer than is kept.
    TooLong "too_long" { most: usize }
        "is longer than {most}"; "shorten it",
    /// A text below its bound.
    TooShort "too_short" { least: usize }
        "is shorter than {least} characters"; "write a longer one",
    /// Control and direction characters.
    ForbiddenCharacter "forbidden_character" { character: String }
        "holds the character {character}"; "remove it, control and direction characters deceive the eye",
    /// Nothing but white space where something is expected.
    Blank "blank" {}
        "is blank"; "write something, or leave the field out",
    /// A state neither in the reference table nor registered.
    UnknownState "unknown_state" {}
        "is no state known here"; "write an ISO 3166-1 alpha-3 code, such as SEN, or register the state first",
    /// An area that is not built in.
    UnknownArea "unknown_area" { allowed: String }
        "is no area of work"; "write one of {allowed}",
    /// A region neither of M49 nor of a registered state.
    UnknownRegion "unknown_region" {}
        "is no region known here"; "write an M49 region, such as Western Africa",
    /// A party that is not registered.
    UnknownParty "unknown_party" { kind: &'static str }
        "is no {kind} registered here"; "correct it, or register the party first",
    /// A component that the request does not have.
    UnknownComponent "unknown_component" {}
        "is no component of this request"; "name one of its components",
    /// The same reference twice in one document.
    Twice "twice" {}
        "stands twice"; "keep one of the two",
    /// `from` after `to`.
    WindowUpsideDown "window_upside_down" { to: String }
        "comes after to, which is {to}"; "swap from and to",
    /// The least useful quantity is more than all.
    MinimumAboveQuantity "minimum_above_quantity" { quantity: i64 }
        "is above quantity {quantity}"; "lower minimum or raise quantity",
    /// More was received than asked.
    ReceivedAboveQuantity "received_above_quantity" { quantity: i64 }
        "is above quantity {quantity}"; "lower received or raise quantity",
    /// A component that requires itself.
    RequiresItself "requires_itself" {}
        "is this component itself"; "remove it from requires",
    /// An obstacle nobody knows.
    UnknownObstacle "unknown_obstacle" { allowed: String }
        "is none of {allowed} or other:<text>"; "write one of them, or other: and a few words",
    /// Not an ISO 4217 code.
    UnitOfMoney "unit_of_money" {}
        "is no ISO 4217 currency"; "write a code such as EUR, or currency for the accounting currency",
    /// Goods counted in money.
    CurrencyInKind "currency_in_kind" {}
        "is the unit of money"; "write the unit that is given, or set form to money",
    /// A unit of money that costs more or less than 1.
    UnitCostOfCurrency "unit_cost_of_currency" {}
        "is not 1, the cost of a unit of currency"; "leave it out or write 1",
    /// The smallest share of a request is larger than the largest.
    TicketsUpsideDown "tickets_upside_down" { ticket_max: i64 }
        "is above ticket_max {ticket_max}"; "lower ticket_min or raise ticket_max",
    /// A period that is not in the horizon.
    UnknownPeriod "unknown_period" { allowed: String }
        "is no period of this round"; "write one of {allowed}",
    /// More errors than are listed.
    TooManyErrors "too_many_errors" {}
        "there are more errors than are listed"; "correct those listed and send it again",
}

impl fmt::Display for FieldError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = if self.pointer.is_empty() { "/" } else { &self.pointer };
        write!(formatter, "{pointer}: ")?;
        if let Some(value) = &self.value {
            write!(formatter, "{value:?} ")?;
        }
        write!(formatter, "{}; {}", self.fault.message(), self.fault.action())
    }
}

/// Collects errors, up to [`MAX_FIELD_ERRORS`].
#[derive(Debug, Default)]
pub struct Faults {
    found: Vec<FieldError>,
}

impl Faults {
    /// Notes an error; the value is cut when long.
    pub fn push(&mut self, pointer: impl Into<String>, value: Option<&str>, fault: Fault) {
        let value = value.map(|value| match value.char_indices().nth(MAX_VALUE_CHARS) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.to_owned(),
        });
        match self.found.len() {
            length if length < MAX_FIELD_ERRORS => {
                self.found.push(FieldError { pointer: pointer.into(), value, fault });
            }
            MAX_FIELD_ERRORS => {
                self.found.push(FieldError { pointer: String::new(), value: None, fault: Fault::TooManyErrors {} });
            }
            _ => {}
        }
    }

    /// How many were found.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// The value, unless anything was found.
    ///
    /// # Errors
    /// [`super::AppError::Invalid`] with everything that was found.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, super::AppError> {
        match value {
            Some(value) if self.found.is_empty() => Ok(value),
            _ => Err(super::AppError::Invalid { fields: self.found }),
        }
    }
}
