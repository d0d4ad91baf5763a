//! Areas of work and types of help (Programme of Action; A/CONF.192/BMS/2016/WP.1 ¶69–100).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::AreaCode;

/// Areas that stand without being declared, in the order they are shown.
pub const BUILT_IN_AREAS: [&str; 18] = [
    "marking",
    "record_keeping",
    "tracing",
    "stockpile_norms",
    "stockpile_procedures",
    "stockpile_training",
    "stockpile_personnel",
    "stockpile_finance",
    "stockpile_infrastructure",
    "destruction",
    "border",
    "conflict_tracing",
    "transfer_controls",
    "legislation",
    "reporting",
    "ballistics",
    "illicit_manufacture",
    "community",
];

/// Two groups of areas whose measures are worth more together (¶97).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Marking, record-keeping and tracing.
    Tracing,
    /// The six elements of the stockpile life cycle (¶93).
    Stockpile,
}

/// The family a built-in area belongs to, if any.
pub fn family(area: &AreaCode) -> Option<Family> {
    match area.as_str() {
        "marking" | "record_keeping" | "tracing" => Some(Family::Tracing),
        "stockpile_norms"
        | "stockpile_procedures"
        | "stockpile_training"
        | "stockpile_personnel"
        | "stockpile_finance"
        | "stockpile_infrastructure" => Some(Family::Stockpile),
        _ => None,
    }
}

/// Whether the area needs no declaration in the scenario.
pub fn is_built_in(area: &AreaCode) -> bool {
    BUILT_IN_AREAS.contains(&area.as_str())
}

/// What kind of help a component asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComponentType {
    /// Money to be spent by the recipient.
    Funds,
    /// Machines and goods.
    Equipment,
    /// Technology transfer (¶85).
    Technology,
    /// Courses and places on them.
    Training,
    /// Expert time.
    Expertise,
    /// Buildings and sites.
    Infrastructure,
    /// Upkeep, spare parts and running costs.
    Maintenance,
    /// Drafting and advice on laws and procedures.
    Legal,
    /// Programs and their licences.
    Software,
}

impl ComponentType {
    /// Every type, in the order they are shown.
    pub const ALL: [Self; 9] = [
        Self::Funds,
        Self::Equipment,
        Self::Technology,
        Self::Training,
        Self::Expertise,
        Self::Infrastructure,
        Self::Maintenance,
        Self::Legal,
        Self::Software,
    ];

    /// The type as written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Funds => "funds",
            Self::Equipment => "equipment",
            Self::Technology => "technology",
            Self::Training => "training",
            Self::Expertise => "expertise",
            Self::Infrastructure => "infrastructure",
            Self::Maintenance => "maintenance",
            Self::Legal => "legal",
            Self::Software => "software",
        }
    }
}

impl fmt::Display for ComponentType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A word that stands for none of the values it could.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is none of {}", allowed.join(", "))]
pub struct UnknownWord {
    /// What was written.
    pub given: String,
    /// What could have been written.
    pub allowed: Vec<&'static str>,
}

impl FromStr for ComponentType {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| UnknownWord {
            given: text.to_owned(),
            allowed: Self::ALL.iter().map(|kind| kind.name()).collect(),
        })
    }
}

/// Circumstances of the request (¶96).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// Neither of the others.
    #[default]
    None,
    /// Armed conflict.
    Conflict,
    /// After armed conflict.
    PostConflict,
}

impl Context {
    /// Every context.
    pub const ALL: [Self; 3] = [Self::None, Self::Conflict, Self::PostConflict];

    /// The context as written in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Conflict => "conflict",
            Self::PostConflict => "post_conflict",
        }
    }
}

impl fmt::Display for Context {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Context {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|context| context.name() == text).ok_or_else(|| UnknownWord {
            given: text.to_owned(),
            allowed: Self::ALL.iter().map(|context| context.name()).collect(),
        })
    }
}
