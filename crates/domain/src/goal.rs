//! What a plan strives for, in order. `docs/rules.md` gives the formula of each goal.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::area::UnknownWord;

/// A goal by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalName {
    /// Weighted help delivered.
    Coverage,
    /// Requests met in full, by priority.
    Completed,
    /// The first tenth of everybody's need counts most (¶72, 92).
    Equity,
    /// Tracing with stockpile management in one state (¶97), shared SDG targets (¶90).
    Synergy,
    /// Lasting results (¶83, 88).
    Sustainability,
    /// Little change from an earlier plan.
    Stability,
    /// Few providers a request, little spent on delivery (¶103).
    Economy,
}

impl GoalName {
    /// Every goal.
    pub const ALL: [Self; 7] = [
        Self::Coverage,
        Self::Completed,
        Self::Equity,
        Self::Synergy,
        Self::Sustainability,
        Self::Stability,
        Self::Economy,
    ];

    /// The name used everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coverage => "coverage",
            Self::Completed => "completed",
            Self::Equity => "equity",
            Self::Synergy => "synergy",
            Self::Sustainability => "sustainability",
            Self::Stability => "stability",
            Self::Economy => "economy",
        }
    }
}

impl fmt::Display for GoalName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for GoalName {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|goal| goal.name() == text).ok_or_else(|| UnknownWord {
            given: text.to_owned(),
            allowed: Self::ALL.iter().map(|goal| goal.name()).collect(),
        })
    }
}

/// Between whom `equity` compares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EquityBy {
    /// States.
    #[default]
    State,
    /// Regions, each state counted in its finest one.
    Region,
}

/// A goal with its settings, as the scenario orders it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Which goal.
    pub goal: GoalName,
    /// Permille of each earlier goal's value that this goal may cost.
    #[serde(default)]
    pub give: u32,
    /// `equity`: between whom.
    #[serde(default)]
    pub by: EquityBy,
    /// `economy`: what one more provider on a request weighs, in accounting currency.
    #[serde(default = "default_provider_cost")]
    pub provider_cost: i64,
}

/// Accounting currency that one more provider on a request weighs in `economy` when the scenario says nothing.
pub fn default_provider_cost() -> i64 {
    1000
}

impl Goal {
    /// A goal with default settings.
    pub fn plain(goal: GoalName) -> Self {
        Self { goal, give: 0, by: EquityBy::default(), provider_cost: default_provider_cost() }
    }
}

/// How far a value may be from the best possible: thousandths of a permille, rounded up, at least zero. Written in
/// files as a number in permille with at most three decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Gap {
    /// The gap in thousandths of a permille.
    pub thousandths: u64,
}

impl Gap {
    /// Largest gap written: everything above is as useless.
    pub const MAX: Self = Self { thousandths: 1_000_000_000_000 };

    /// `(bound − best) / max(1, |best|)`, rounded up (`docs/rules.md`, Goals).
    pub fn between(best: i64, bound: i64) -> Self {
        let distance = (i128::from(bound) - i128::from(best)).max(0) * 1_000_000;
        let base = i128::from(best).abs().max(1);
        let thousandths = u64::try_from((distance + base - 1) / base).unwrap_or(u64::MAX);
        Self { thousandths }.min(Self::MAX)
    }

    /// A gap from permille, as users write it; rounded to the nearest thousandth.
    ///
    /// Returns `None` for a negative, infinite or undefined number.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the check before")]
    pub fn from_permille(permille: f64) -> Option<Self> {
        let thousandths = (permille * 1000.0).round();
        (thousandths.is_finite() && (0.0..=1e12).contains(&thousandths))
            .then_some(Self { thousandths: thousandths as u64 })
    }

    /// The gap in permille, for display and files.
    #[expect(clippy::cast_precision_loss, reason = "at most 10^12, exact in a double")]
    pub fn permille(self) -> f64 {
        self.thousandths as f64 / 1000.0
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{:03}", self.thousandths / 1000, self.thousandths % 1000)
    }
}

impl Serialize for Gap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.permille())
    }
}

impl<'de> Deserialize<'de> for Gap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let permille = f64::deserialize(deserializer)?;
        Self::from_permille(permille)
            .ok_or_else(|| serde::de::Error::custom(format!("{permille} is no gap: write permille from 0 upwards")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_round_up_and_survive_small_and_negative_values() {
        assert_eq!(Gap::between(1000, 1001).to_string(), "1.000");
        assert_eq!(Gap::between(3_000_000, 3_000_001).to_string(), "0.001");
        assert_eq!(Gap::between(0, 2).to_string(), "2000.000");
        assert_eq!(Gap::between(-1000, -999).to_string(), "1.000");
        assert_eq!(Gap::between(5, 5), Gap::default());
    }

    #[test]
    fn a_gap_is_a_json_number_in_permille() {
        let gap = Gap { thousandths: 1001 };
        assert_eq!(serde_json::to_string(&gap).unwrap(), "1.001");
        assert_eq!(serde_json::from_str::<Gap>("1.001").unwrap(), gap);
        assert!(serde_json::from_str::<Gap>("-1").is_err());
    }
}
