//! What is wrong with a field of a document. The sentence of a fault continues the value it is about; it stands with the
//! messages of the six languages, under `fault-` and its name.

use needmatch_exchange::ErrorCode;
use needmatch_i18n::message::has;
use needmatch_i18n::vocabulary::phrase;
use needmatch_i18n::{Locale, Value, plain};

macro_rules! faults {
    ($($(#[$doc:meta])+ $variant:ident $name:literal { $($field:ident: $kind:ty),* },)+) => {
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

            /// One of each, with values of its own.
            #[cfg(test)]
            fn samples() -> Vec<Self> {
                vec![$(Self::$variant { $($field: tests::Sample::sample()),* },)+]
            }

            /// The values of the sentence, by name.
            pub fn values(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(Self::$variant { $($field),* } => vec![$((stringify!($field), $field.to_string())),*],)+
                    Self::Setting(code) => code.arguments(),
                }
            }
        }
    };
}

faults! {
    /// A field without default that is absent or null.
    Missing "missing" {},
    /// A field that the document does not have.
    UnknownField "unknown_field" { allowed: String },
    /// Text where a number is expected, and the like.
    WrongType "wrong_type" { expected: &'static str },
    /// A number with a fraction, or in text.
    NotWhole "not_whole" {},
    /// A number outside its bounds.
    OutOfRange "out_of_range" { least: i64, most: i64 },
    /// No day of the calendar.
    NotADate "not_a_date" {},
    /// No moment.
    NotAMoment "not_a_moment" {},
    /// A moment that is over.
    InThePast "in_the_past" {},
    /// None of a few words.
    UnknownWord "unknown_word" { allowed: String },
    /// A text that is no identifier.
    BadIdentifier "bad_identifier" { reason: String },
    /// A row of a table that is longer or shorter than its header.
    RowLength "row_length" { found: u64, expected: u64 },
    /// Rows that cannot be told apart, or text that is not UTF-8.
    NotATable "not_a_table" {},
    /// A key that is no UUID.
    NotAKey "not_a_key" {},
    /// A run without a plan where one is needed.
    NoPlan "no_plan" {},
    /// Longer than is kept.
    TooLong "too_long" { most: usize },
    /// A text below its bound.
    TooShort "too_short" { least: usize },
    /// Control and direction characters.
    ForbiddenCharacter "forbidden_character" { character: String },
    /// Nothing but white space where something is expected.
    Blank "blank" {},
    /// A state neither in the reference table nor registered.
    UnknownState "unknown_state" {},
    /// An area that is not built in.
    UnknownArea "unknown_area" { allowed: String },
    /// A region neither of M49 nor of a registered state.
    UnknownRegion "unknown_region" {},
    /// A party that is not registered.
    UnknownParty "unknown_party" { kind: &'static str },
    /// A component that the request does not have.
    UnknownComponent "unknown_component" {},
    /// A package that the state has neither opened nor joined.
    UnknownPackage "unknown_package" { near: String },
    /// The same reference twice in one document.
    Twice "twice" {},
    /// Something that is registered has this name.
    Taken "taken" {},
    /// `from` after `to`.
    WindowUpsideDown "window_upside_down" { to: String },
    /// The least useful quantity is more than all.
    MinimumAboveQuantity "minimum_above_quantity" { quantity: i64 },
    /// More was received than asked.
    ReceivedAboveQuantity "received_above_quantity" { quantity: i64 },
    /// A component that requires itself.
    RequiresItself "requires_itself" {},
    /// An obstacle nobody knows.
    UnknownObstacle "unknown_obstacle" { allowed: String },
    /// Not an ISO 4217 code.
    UnitOfMoney "unit_of_money" {},
    /// Goods counted in money.
    CurrencyInKind "currency_in_kind" {},
    /// A unit of money that costs more or less than 1.
    UnitCostOfCurrency "unit_cost_of_currency" {},
    /// The smallest share of a request is larger than the largest.
    TicketsUpsideDown "tickets_upside_down" { ticket_max: i64 },
    /// A period that is not in the horizon.
    UnknownPeriod "unknown_period" { allowed: String },
    /// More errors than are listed.
    TooManyErrors "too_many_errors" {},
}

impl Fault {
    /// The message that says what is wrong; its key with `-action` behind it says what to do. A setting shares the
    /// message of a field where the same is wrong with both.
    pub fn key(&self) -> String {
        let key = |prefix: &str| format!("{prefix}{}", self.name());
        match self {
            Self::Setting(_) if has(&key("setting-")) => key("setting-"),
            _ => key("fault-"),
        }
    }

    /// The values of the sentence, for its message.
    pub fn arguments(&self) -> Vec<(&'static str, Value)> {
        self.values().into_iter().map(|(name, written)| (name, argument(name, written))).collect()
    }

    /// What is wrong, in English.
    pub fn message(&self) -> String {
        match self {
            Self::Setting(code) => code.message(),
            _ => plain(Locale::English, &self.key(), &self.arguments()),
        }
    }

    /// What to do, in English.
    pub fn action(&self) -> String {
        match self {
            Self::Setting(code) => code.action(),
            _ => plain(Locale::English, &format!("{}-action", self.key()), &self.arguments()),
        }
    }
}

/// A value for its sentence. A name means the same in every fault: numbers are grouped, lists joined and phrases
/// translated; what has to be typed as it stands stays so.
fn argument(name: &'static str, written: String) -> Value {
    match name {
        "least" | "most" | "quantity" | "ticket_max" | "found" | "expected" | "left_out" if is_whole(&written) => {
            written.parse().map_or(Value::Text(written), Value::Count)
        }
        "expected" => phrase("expected-", &written),
        "kind" => phrase("thing-", &written),
        "allowed" => Value::List(written.split(", ").map(|word| phrase("expected-", word)).collect()),
        "reason" => reason(&written),
        "near" if !written.is_empty() => Value::message("setting-near", vec![("word", Value::from(written))]),
        _ => Value::Text(written),
    }
}

fn is_whole(written: &str) -> bool {
    written.strip_prefix('-').unwrap_or(written).bytes().all(|byte| byte.is_ascii_digit())
}

/// Why a text is no identifier.
fn reason(written: &str) -> Value {
    let character = written.strip_prefix("holds ").and_then(|rest| rest.split_once(", which an identifier"));
    match character {
        Some((character, _)) => Value::message("part-character", vec![("character", Value::from(character))]),
        None => phrase("because-", written),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use needmatch_exchange::{ErrorCode, Near};
    use needmatch_i18n::message::{has, values};
    use needmatch_i18n::{Locale, plain};

    use super::Fault;

    /// A value for a field of a fault.
    pub(super) trait Sample {
        fn sample() -> Self;
    }

    impl Sample for String {
        fn sample() -> Self {
            "X".to_owned()
        }
    }

    impl Sample for &'static str {
        fn sample() -> Self {
            "state"
        }
    }

    macro_rules! numbers {
        ($($number:ty),+) => { $(impl Sample for $number { fn sample() -> Self { 7 } })+ };
    }

    numbers!(i64, u64, usize);

    /// Settings that a client can get wrong.
    fn settings() -> Vec<ErrorCode> {
        let near = || Near(Some("word".to_owned()));
        let name = || "X".to_owned();
        vec![
            ErrorCode::BadIdentifier { reason: "is empty".to_owned() },
            ErrorCode::BadRate {},
            ErrorCode::DropUnknown { near: near() },
            ErrorCode::ForbiddenCharacter { character: name() },
            ErrorCode::GoalTwice {},
            ErrorCode::GoalsEmpty {},
            ErrorCode::NotADate {},
            ErrorCode::NothingVaried {},
            ErrorCode::NotWhole {},
            ErrorCode::OutOfRange { least: 1, most: 5 },
            ErrorCode::RateOfAccountingCurrency {},
            ErrorCode::RuleNotRelaxable { rule: "capacity" },
            ErrorCode::SettingMissing { example: "seed = 1" },
            ErrorCode::SettingOfOtherGoal { goal: "equity" },
            ErrorCode::TomlSyntax { reason: name() },
            ErrorCode::TooManyErrors { left_out: 7 },
            ErrorCode::TooManySettings { found: 7, most: 5 },
            ErrorCode::UnknownArea { near: near() },
            ErrorCode::UnknownCurrency { near: Near(None) },
            ErrorCode::UnknownGoal { allowed: "a, b".to_owned(), near: near() },
            ErrorCode::UnknownRegion { near: near() },
            ErrorCode::UnknownRule { near: near() },
            ErrorCode::UnknownSetting { near: near() },
            ErrorCode::UnknownState { near: near() },
            ErrorCode::UnknownWord { allowed: "a, b".to_owned(), near: near() },
            ErrorCode::VariedInParts {},
            ErrorCode::VariedTwice {},
            ErrorCode::WrongType { expected: "a list" },
        ]
    }

    #[test]
    fn every_fault_has_its_message_with_exactly_its_values() {
        let samples = Fault::samples();
        assert_eq!(samples.len(), Fault::NAMES.len());
        for fault in samples.into_iter().chain(settings().into_iter().map(Fault::Setting)) {
            let (key, advice) = (fault.key(), format!("{}-action", fault.key()));
            assert!(has(&key) && has(&advice), "{key}");
            let given: BTreeSet<&str> = fault.arguments().into_iter().map(|(name, _)| name).collect();
            let said: BTreeSet<&str> = values(&key).union(&values(&advice)).copied().collect();
            assert_eq!(said, given, "{key}");
            for locale in Locale::ALL {
                for key in [&key, &advice] {
                    let sentence = plain(locale, key, &fault.arguments());
                    assert!(!sentence.contains(['⟦', '$']) && !sentence.is_empty(), "{locale}: {key}: {sentence}");
                }
            }
        }
    }

    #[test]
    fn why_a_text_is_no_identifier_is_translated() {
        let refused = |text: &str| text.parse::<needmatch_domain::ids::StateCode>().unwrap_err().to_string();
        assert_eq!(refused(&"x".repeat(101)), "is longer than 100 characters");
        for text in ["", &"x".repeat(101), "a;b", " a"] {
            let fault = Fault::BadIdentifier { reason: refused(text) };
            assert_eq!(fault.message(), refused(text));
            let arabic = plain(Locale::Arabic, &fault.key(), &fault.arguments());
            assert!(arabic.contains(|letter: char| ('\u{600}'..='\u{6ff}').contains(&letter)), "{arabic}");
        }
    }

    /// English of settings is written twice, here and for the terminal: the two say the same.
    #[test]
    fn english_of_settings_is_what_the_terminal_says() {
        for code in settings() {
            let fault = Fault::Setting(code.clone());
            let english = |key: &str| plain(Locale::English, key, &fault.arguments());
            assert_eq!(english(&fault.key()), code.message());
            assert_eq!(english(&format!("{}-action", fault.key())), code.action());
        }
    }

    #[test]
    fn every_code_that_the_reader_of_settings_tells_is_translated() {
        let known: BTreeSet<String> = settings().iter().map(|code| code.name().replace('_', "")).collect();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exchange/src/folder");
        let files = std::fs::read_dir(folder.join("settings")).unwrap().map(|entry| entry.unwrap().path());
        for path in files.chain([folder.join("known.rs"), folder.join("../vary/mod.rs")]) {
            let source = std::fs::read_to_string(&path).unwrap();
            for said in source.split("ErrorCode::").skip(1) {
                let name: String = said.chars().take_while(char::is_ascii_alphanumeric).collect();
                let is_code = name.starts_with(|letter: char| letter.is_ascii_uppercase());
                assert!(!is_code || known.contains(&name.to_lowercase()), "{}: {name}", path.display());
            }
        }
    }
}
