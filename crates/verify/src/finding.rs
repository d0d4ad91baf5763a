//! One thing that is wrong with a run, with the identifiers and amounts that say exactly what.

use std::fmt;

use needmatch_domain::goal::GoalName;
use needmatch_domain::problem::Problem;
use needmatch_domain::rule::Rule;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::code::Code;
use crate::name::name;
use crate::report::Breakage;

/// Longest text taken over from a run file into a finding, in characters.
const MAX_TEXT: usize = 200;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub code: Code,
    /// The goal whose witness it is about; `None` for the final plan and for the run as a whole.
    pub witness: Option<GoalName>,
    /// Identifiers of what is concerned, in the order of the sentence.
    pub entities: Vec<String>,
    /// What was found and what would be right, in the unit of the sentence.
    pub amounts: Vec<i128>,
}

impl Finding {
    /// The rule that is broken, if it is one of the plan's.
    pub fn rule(&self) -> Option<Rule> {
        self.code.rule()
    }

    fn amount(&self, position: usize) -> String {
        self.amounts.get(position).map_or_else(String::new, |amount| grouped(*amount))
    }

    pub(crate) fn about(code: Code, entities: &[&dyn fmt::Display], amounts: &[i128]) -> Self {
        let entities = entities.iter().map(|entity| shortened(&entity.to_string())).collect();
        Self { code, witness: None, entities, amounts: amounts.to_vec() }
    }

    pub(crate) fn of(problem: &Problem, broken: &Breakage) -> Self {
        let tables = broken.code.entities();
        let entities = tables.iter().zip(&broken.entities).map(|(table, position)| name(problem, *table, *position));
        Self {
            code: broken.code,
            witness: None,
            entities: entities.collect(),
            amounts: vec![broken.given, broken.right],
        }
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Digits in groups of three.
fn grouped(amount: i128) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut text = String::new();
    if amount < 0 {
        text.push('−');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(goal) = self.witness {
            write!(formatter, "witness of {goal}: ")?;
        }
        let heading = self.rule().map_or(self.code.name(), Rule::name);
        write!(formatter, "{heading}: ")?;
        let mut rest = self.code.sentence();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((place, following)) = after.split_once('}') else { break };
            formatter.write_str(before)?;
            match place {
                "a" => formatter.write_str(&self.amount(0))?,
                "b" => formatter.write_str(&self.amount(1))?,
                digit => {
                    let entity = digit.parse().ok().and_then(|position: usize| self.entities.get(position));
                    formatter.write_str(entity.map_or("", String::as_str))?;
                }
            }
            rest = following;
        }
        formatter.write_str(rest)
    }
}

/// Amounts that fit 64 bits are numbers in JSON, larger ones text, so that every reader keeps them exact.
struct Exact(i128);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match i64::try_from(self.0) {
            Ok(fits) => serializer.serialize_i64(fits),
            Err(_) => serializer.collect_str(&self.0),
        }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_struct("Finding", 6)?;
        members.serialize_field("code", &self.code)?;
        members.serialize_field("rule", &self.rule())?;
        members.serialize_field("witness", &self.witness)?;
        members.serialize_field("entities", &self.entities)?;
        members.serialize_field("amounts", &self.amounts.iter().map(|amount| Exact(*amount)).collect::<Vec<_>>())?;
        members.serialize_field("sentence", &self.to_string())?;
        members.end()
    }
}
