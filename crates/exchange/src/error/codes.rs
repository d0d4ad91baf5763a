//! The registry of error codes: name, values, what is wrong, what to do.
//!
//! The sentence of a code continues the value it is about ("12 is above quantity 10"); codes without a value stand
//! alone. To add one, add it here with both sentences; translations go by the names.

use super::Near;
use super::near::Written;

macro_rules! codes {
    ($($(#[$doc:meta])+ $variant:ident $name:literal { $($field:ident: $kind:ty),* } $message:literal; $action:literal,)+) => {
        /// What is wrong, with the values the sentence needs.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum ErrorCode {
            $(
                $(#[$doc])+
                $variant {
                    $(
                        #[doc = concat!("The `", stringify!($field), "` of the sentence.")]
                        $field: $kind,
                    )*
                },
            )+
        }

        impl ErrorCode {
            /// Name of every code, in the order of the registry.
            pub const NAMES: &'static [&'static str] = &[$($name,)+];

            /// The name by which translations and tools know the code.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $name,)+ }
            }

            /// The values of the sentence, by name, for translation: of a near match the word alone, empty without one.
            pub fn arguments(&self) -> Vec<(&'static str, String)> {
                match self { $(Self::$variant { $($field),* } => vec![$((stringify!($field), $field.written())),*],)+ }
            }

            /// What is wrong, in English.
            pub fn message(&self) -> String {
                match self { $(Self::$variant { $($field),* } => { $(let _ = $field;)* format!($message) })+ }
            }

            /// What to do, in English.
            pub fn action(&self) -> String {
                match self { $(Self::$variant { $($field),* } => { $(let _ = $field;)* format!($action) })+ }
            }
        }
    };
}

codes! {
    /// The path names nothing, or no folder.
    NoFolder "no_folder" {}
        "there is no such folder"; "give the path of a folder that holds scenario.toml",
    /// A required file is absent.
    FileMissing "file_missing" {}
        "the file is missing"; "add it, every scenario needs it",
    /// The system refuses to read.
    NotReadable "not_readable" { reason: String }
        "the file cannot be read ({reason})"; "check that it exists and may be read",
    /// A folder, device or pipe in place of a file.
    NotARegularFile "not_a_regular_file" {}
        "this is no regular file"; "put a file in its place",
    /// A symbolic link that leads elsewhere.
    LinkLeavesFolder "link_leaves_folder" {}
        "this is a link that leaves the folder"; "put the file itself in its place",
    /// More bytes than are read.
    FileTooLarge "file_too_large" { bytes: u64, most: u64 }
        "the file has {bytes} bytes, at most {most} are read"; "split the scenario or remove what is not needed",
    /// A byte that is not part of UTF-8 text.
    NotUtf8 "not_utf8" { byte: u64 }
        "the text is not UTF-8 at byte {byte}"; "save the file as UTF-8 (in a spreadsheet: CSV UTF-8)",
    /// U+0000 in a text file.
    NulCharacter "nul_character" { byte: u64 }
        "the text holds a NUL character at byte {byte}"; "save the file as UTF-8 text",
    /// A row that does not end.
    RecordTooLong "record_too_long" { most: u64 }
        "the row is longer than {most} bytes"; "shorten it, or close the quotation mark that was left open",
    /// A cell too long to be meant.
    FieldTooLong "field_too_long" { most: u64 }
        "is longer than {most} bytes"; "shorten the text",
    /// More rows than are read.
    TooManyRows "too_many_rows" { most: u64 }
        "the table has more than {most} rows"; "split the scenario",
    /// A table that nobody reads, named almost like one that is.
    UnknownFile "unknown_file" { near: Near }
        "the file is no table of a scenario{near}"; "rename it, or move it elsewhere",
    /// Quotation marks that do not pair, and the like.
    CsvSyntax "csv_syntax" { reason: String }
        "the table cannot be read ({reason})"; "save it as comma-separated values",
    /// No first row.
    HeaderMissing "header_missing" {}
        "the file has no header row"; "write the names of the columns into the first row",
    /// A column that the table does not have.
    UnknownColumn "unknown_column" { near: Near }
        "is no column of this table{near}"; "rename or remove it",
    /// A column that stands twice.
    ColumnTwice "column_twice" {}
        "stands twice in the header"; "remove one of the two columns",
    /// A header cell that is empty.
    ColumnUnnamed "column_unnamed" { position: usize }
        "column {position} has no name"; "name or remove it",
    /// A column without default that is absent.
    ColumnMissing "column_missing" {}
        "the column is missing"; "add it, it has no default",
    /// A row that is longer or shorter than the header.
    FieldCount "field_count" { found: usize, expected: usize }
        "the row has {found} cells where the header has {expected}"; "put text with commas between quotation marks",
    /// An empty cell without default.
    ValueMissing "value_missing" {}
        "a value is required"; "fill the cell",
    /// Control and direction characters.
    ForbiddenCharacter "forbidden_character" { character: String }
        "holds the character {character}"; "remove it, control and direction characters deceive the eye",
    /// A text that is no identifier.
    BadIdentifier "bad_identifier" { reason: String }
        "{reason}"; "write 1 to 100 visible characters",
    /// A number that is not whole, or no number.
    NotWhole "not_whole" {}
        "is no whole number"; "write digits only, without sign, fraction, exponent or separator",
    /// A number outside its bounds.
    OutOfRange "out_of_range" { least: i64, most: i64 }
        "is outside {least} to {most}"; "write a whole number in that range",
    /// Neither true nor false.
    NotABoolean "not_a_boolean" {}
        "is neither true nor false"; "write true or false",
    /// No day of the calendar.
    NotADate "not_a_date" {}
        "is no date"; "write year-month-day, such as 2026-01-31",
    /// None of a few words.
    UnknownWord "unknown_word" { allowed: String, near: Near }
        "is none of {allowed}{near}"; "write one of them",
    /// An area neither built in nor declared.
    UnknownArea "unknown_area" { near: Near }
        "is no known area{near}"; "correct it or declare it under [areas] in scenario.toml",
    /// A state neither in the reference table nor declared.
    UnknownState "unknown_state" { near: Near }
        "is neither an ISO 3166-1 alpha-3 code nor in states.csv{near}"; "correct it or add the state to states.csv",
    /// A region neither of M49 nor declared.
    UnknownRegion "unknown_region" { near: Near }
        "is neither an M49 region nor a region of states.csv{near}"; "correct it or give states that region in states.csv",
    /// A region in `states.csv` that differs from an M49 region by one letter.
    RegionMisspelt "region_misspelt" { region: String }
        "differs from the M49 region {region} by one letter"; "write {region}, or choose a name that cannot be mistaken for it",
    /// A period that is not in the horizon.
    UnknownPeriod "unknown_period" { near: Near }
        "is no period of this scenario{near}"; "correct it or add it to periods.csv",
    /// An id that its table does not hold.
    UnknownReference "unknown_reference" { table: &'static str, near: Near }
        "is not in {table}{near}"; "correct it or add it to {table}",
    /// The same id twice in one file.
    DuplicateKey "duplicate_key" { first_row: u64 }
        "stands in row {first_row} already"; "keep one of the two rows",
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
    /// A component that requires one of another state and package.
    RequiresElsewhere "requires_elsewhere" {}
        "belongs to another state, and to no package of this one"; "require components of the same state or package only",
    /// An obstacle's mitigation that is no component of the request.
    MitigationElsewhere "mitigation_elsewhere" { request: String }
        "is no component of request {request}"; "name one of its components, or remove the part from @ on",
    /// An obstacle nobody knows.
    UnknownObstacle "unknown_obstacle" { allowed: String, near: Near }
        "is none of {allowed} or other:<text>{near}"; "write one of them, or other: and a few words",
    /// A cover that is neither national nor a programme.
    UnknownCover "unknown_cover" { near: Near }
        "is neither national nor a programme of programmes.csv{near}"; "correct it or add the programme",
    /// Not an ISO 4217 code.
    UnknownCurrency "unknown_currency" { near: Near }
        "is no ISO 4217 currency{near}"; "write a code such as EUR",
    /// Money offered in a unit that is no currency.
    UnitOfMoney "unit_of_money" { near: Near }
        "is no ISO 4217 currency{near}"; "write a code such as EUR, or currency for the accounting currency",
    /// Goods counted in money.
    CurrencyInKind "currency_in_kind" {}
        "is the unit of money"; "write the unit that is given, or set form to money",
    /// A unit of money that costs more or less than 1.
    UnitCostOfCurrency "unit_cost_of_currency" {}
        "is not 1, the cost of a unit of currency"; "leave it empty or write 1",
    /// The smallest share of a request is larger than the largest.
    TicketsUpsideDown "tickets_upside_down" { ticket_max: i64 }
        "is above ticket_max {ticket_max}"; "lower ticket_min or raise ticket_max",
    /// A lock that does not say when.
    LockWithoutPeriod "lock_without_period" {}
        "a lock needs a period"; "write the period, only a forbid may leave it empty",
    /// A lock that does not say how much.
    LockWithoutQuantity "lock_without_quantity" {}
        "a lock needs a quantity"; "write the quantity that must be matched",
    /// A TOML file that cannot be read.
    TomlSyntax "toml_syntax" { reason: String }
        "this is no TOML ({reason})"; "correct the line, text values stand between quotation marks",
    /// A setting that does not exist there.
    UnknownSetting "unknown_setting" { near: Near }
        "is no setting here{near}"; "rename or remove it",
    /// A setting without default that is absent.
    SettingMissing "setting_missing" { example: &'static str }
        "the setting is missing"; "add a line such as {example}",
    /// Text where a number is expected, and the like.
    WrongType "wrong_type" { expected: &'static str }
        "is not {expected}"; "write {expected}",
    /// No rule of that name.
    UnknownRule "unknown_rule" { near: Near }
        "is no rule{near}"; "write the name of a rule or remove the line",
    /// A rule that every plan must keep.
    RuleNotRelaxable "rule_not_relaxable" { rule: &'static str }
        "cannot be the mode of {rule}, which every plan must keep"; "remove the line or write enforce",
    /// No goal of that name.
    UnknownGoal "unknown_goal" { allowed: String, near: Near }
        "is no goal{near}"; "write one of {allowed}",
    /// A goal that stands twice.
    GoalTwice "goal_twice" {}
        "stands twice in the order of goals"; "keep one of the two",
    /// No goal at all.
    GoalsEmpty "goals_empty" {}
        "names no goal"; "name at least one goal, such as coverage",
    /// A setting that only another goal has.
    SettingOfOtherGoal "setting_of_other_goal" { goal: &'static str }
        "is a setting of the goal {goal} only"; "remove it here",
    /// Not a positive decimal.
    BadRate "bad_rate" {}
        "is no exchange rate"; "write a positive decimal such as \"1.09\", at most nine places, at most 1000000",
    /// The accounting currency against itself.
    RateOfAccountingCurrency "rate_of_accounting_currency" {}
        "is not 1, the rate of the accounting currency to itself"; "remove the line",
    /// Offers in a currency without rate.
    RateMissing "rate_missing" { currency: String, offers: String }
        "there is no rate for {currency}, the currency of {offers}"; "add {currency} = \"…\" under [rates], accounting currency per unit",
    /// A base that is no relative path.
    BaseNotRelative "base_not_relative" {}
        "is no relative path"; "write the path of the base from this folder, such as ../other",
    /// A base that is its own base.
    BaseCycle "base_cycle" {}
        "leads back to a folder that inherits from it"; "break the circle of bases",
    /// A chain of bases too long to follow.
    BaseTooDeep "base_too_deep" { most: usize }
        "makes the chain of folders longer than {most}"; "inherit from a folder nearer to the first",
    /// A base that is not there.
    BaseMissing "base_missing" {}
        "is no folder with a scenario.toml"; "correct the path of the base",
    /// A removal of what is not there.
    DropUnknown "drop_unknown" { near: Near }
        "is not inherited{near}"; "correct it or remove it from [drop]",
    /// More settings than a sweep may have.
    TooManySettings "too_many_settings" { found: usize, most: usize }
        "{found} settings are more than the {most} a sweep may have"; "take values away, or make two sweeps of it",
    /// A sweep of nothing.
    NothingVaried "nothing_varied" {}
        "there is nothing to run"; "write vary or run",
    /// A value or name that would give two equal lines of a sweep's table.
    VariedTwice "varied_twice" {}
        "stands twice in the sweep"; "keep one of the two",
    /// A setting and a part of it as two axes.
    VariedInParts "varied_in_parts" {}
        "is varied both as a whole and in parts"; "keep one of the two",
    /// A JSON file that does not hold what it should.
    JsonInvalid "json_invalid" { column: usize, reason: String }
        "the content is refused at character {column} ({reason})"; "use the file as needmatch wrote it",
    /// A JSON file of another kind or version.
    WrongFormat "wrong_format" { expected: &'static str }
        "is not the format {expected}"; "use a file written by this version",
    /// A problem that contradicts itself.
    ProblemFault "problem_fault" { what: String }
        "must be: {what}"; "freeze the problem again",
    /// A run without the problem it solves.
    ProblemMissing "problem_missing" {}
        "the run neither holds its problem nor names its file"; "use the run file as it was written",
    /// A run whose problem file lies elsewhere.
    ProblemFileElsewhere "problem_file_elsewhere" {}
        "is no plain file name"; "keep the problem in the folder of the run",
    /// A problem other than the one that was solved.
    ProblemHash "problem_hash" { expected: String, found: String }
        "the problem's SHA-256 is {found}, the run was made from {expected}"; "use the problem the run was made from",
    /// More errors than are listed.
    TooManyErrors "too_many_errors" { left_out: u64 }
        "{left_out} more errors are not listed"; "correct those listed and read again",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_arguments_carry_the_values() {
        let names: std::collections::BTreeSet<_> = ErrorCode::NAMES.iter().collect();
        assert_eq!(names.len(), ErrorCode::NAMES.len());
        let code = ErrorCode::OutOfRange { least: 1, most: 5 };
        assert_eq!(code.name(), "out_of_range");
        assert_eq!(code.arguments(), [("least", "1".to_owned()), ("most", "5".to_owned())]);
        assert_eq!(ErrorCode::UnknownRule { near: Near::default() }.message(), "is no rule");
        let near = ErrorCode::UnknownRule { near: Near(Some("channel".to_owned())) };
        assert_eq!(near.message(), "is no rule (did you mean channel?)");
        assert_eq!(near.arguments(), [("near", "channel".to_owned())]);
    }
}
