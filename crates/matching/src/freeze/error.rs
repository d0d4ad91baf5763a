//! Why a scenario cannot be frozen: codes with values, and a sentence of each in English for logs and the terminal.

use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::problem::{Problem, ProblemFault};

/// Something that keeps a scenario from being frozen: where it stands and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}{}: {fault}", if row.is_empty() { String::new() } else { format!(", row {row}") },
    if column.is_empty() { String::new() } else { format!(", column {column}") })]
pub struct FreezeError {
    /// File of the scenario folder.
    pub file: &'static str,
    /// Id of the row; of rows without one, its key columns joined by `/`. Empty for the whole file.
    pub row: String,
    /// Column or setting; empty for the whole row.
    pub column: &'static str,
    /// What is wrong, and what to do.
    pub fault: FreezeFault,
}

/// What is wrong, with the values at fault. The text of each ends with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FreezeFault {
    /// A reference to nothing.
    #[error("{value:?} is not in the scenario: correct it, or add the row it refers to")]
    Unknown {
        /// What was referred to.
        value: String,
    },
    /// Two rows with one key.
    #[error("stands there twice: remove one of the rows")]
    Duplicate,
    /// A value outside its range.
    #[error("{value} is outside {least} to {most}: correct it")]
    OutOfRange {
        /// The value.
        value: i128,
        /// Smallest allowed.
        least: i64,
        /// Largest allowed.
        most: i64,
    },
    /// A component that mitigates an obstacle of another request.
    #[error("component {component:?} belongs to another request: name one of the same request")]
    ForeignMitigation {
        /// The component.
        component: String,
    },
    /// An offer in a currency without a rate.
    #[error("no rate for {currency:?}: add {currency} to [rates] in scenario.toml")]
    MissingRate {
        /// The currency.
        currency: String,
    },
    /// A money amount that is too large in the accounting currency.
    #[error(
        "is {converted} in the accounting currency, more than {MAX_AMOUNT}: correct amount or rate, or account in a larger unit"
    )]
    ConvertedTooLarge {
        /// What the conversion gave.
        converted: i128,
    },
    /// The weights of a request multiply to too much.
    #[error("request {request:?} would weigh {weight}, more than {MAX_AMOUNT}: use smaller weights")]
    WeightTooLarge {
        /// The request.
        request: String,
        /// Its weight.
        weight: u128,
    },
    /// A unit of the component takes too much of the offer.
    #[error(
        "one unit would draw {draw} thousandths from offer {offer:?}, more than 1000 times {MAX_AMOUNT}: use a smaller unit with a lower cost, or a lower delivery_permille"
    )]
    DrawTooLarge {
        /// The offer.
        offer: String,
        /// The draw.
        draw: i128,
    },
    /// A unit of the component scores too much.
    #[error(
        "one unit from offer {offer:?} would score {score}, more than fits 64 bits: use smaller weights, a lower unit_value, or a smaller unit"
    )]
    ScoreTooLarge {
        /// The offer.
        offer: String,
        /// The score.
        score: i128,
    },
    /// A lock without a period.
    #[error("a lock names its period: fill it in")]
    LockWithoutPeriod,
    /// A lock on a component with nothing outstanding.
    #[error(
        "the component is already met, by what was received or by a programme: remove the lock, or correct received or the programme's amount"
    )]
    LockOnMet,
    /// A lock on a component whose choice is settled.
    #[error(
        "another alternative of the component's choice is already met: remove the lock, or correct what was received of the other"
    )]
    LockOnSettled,
    /// A pair both locked and forbidden in a period.
    #[error("the pair is both locked and forbidden in this period: remove the lock or the forbid")]
    LockedAndForbidden,
    /// Anything else that the problem's own check finds.
    #[error("{place}: {what}")]
    Problem {
        /// Where in the problem.
        place: String,
        /// What is wrong and what would be right.
        what: String,
    },
}

impl FreezeError {
    pub(super) fn new(
        file: &'static str,
        row: &(impl ToString + ?Sized),
        column: &'static str,
        fault: FreezeFault,
    ) -> Self {
        Self { file, row: row.to_string(), column, fault }
    }

    /// Names the table and row a fault of the problem comes from.
    pub(super) fn of_fault(problem: &Problem, fault: ProblemFault) -> Self {
        let (table, rest) = fault.place.split_once(['[', '.']).unwrap_or((&fault.place, ""));
        let position = rest.split_once(']').and_then(|(number, _)| number.parse::<usize>().ok());
        let (file, row) = match (table, position) {
            ("states", Some(at)) => ("absorption.csv", problem.states.get(at).map(|state| state.code.to_string())),
            ("requests", Some(at)) => ("requests.csv", problem.requests.get(at).map(|request| request.id.to_string())),
            ("components", Some(at)) => ("components.csv", problem.components.get(at).map(|part| part.id.to_string())),
            ("offers", Some(at)) => ("offers.csv", problem.offers.get(at).map(|offer| offer.id.to_string())),
            ("channels", Some(at)) => ("channels.csv", problem.channels.get(at).map(|channel| channel.id.to_string())),
            ("periods", _) => ("periods.csv", None),
            ("locks", _) => ("locks.csv", None),
            ("baseline", _) => ("baseline.csv", None),
            _ => ("scenario.toml", None),
        };
        let fault = FreezeFault::Problem { place: fault.place, what: fault.what };
        Self { file, row: row.unwrap_or_default(), column: "", fault }
    }
}
