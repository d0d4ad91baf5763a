//! Settings of a scenario: the tables of `scenario.toml`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::DeclaredArea;
use crate::area::{ComponentType, Context};
use crate::geography::Group;
use crate::goal::{Gap, Goal, GoalName};
use crate::ids::{AreaCode, RegionName, StateCode};
use crate::money::Rate;
use crate::rule::{Mode, Rule};

/// All settings, defaults filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The scenario's name.
    pub name: String,
    /// Accounting currency, ISO 4217.
    pub currency: String,
    /// The day against which action plans are dated.
    pub as_of: Date,
    /// Accounting currency per unit, by ISO 4217 code.
    pub rates: BTreeMap<String, Rate>,
    /// Modes and settings of rules.
    pub rules: RuleSettings,
    /// Goals in order, at least one.
    pub goals: Vec<Goal>,
    /// Weights of the score.
    pub weights: Weights,
    /// Limits of the run.
    pub limits: Limits,
    /// Areas beside the built-in ones.
    pub areas: Vec<DeclaredArea>,
}

/// A number that may be lower for some groups; a state in several groups has the lowest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// For everybody.
    pub threshold: u32,
    /// Instead, by group.
    pub by_group: BTreeMap<Group, u32>,
}

impl Thresholds {
    /// What holds for a state of these groups.
    pub fn of(&self, groups: &[Group]) -> u32 {
        groups.iter().filter_map(|group| self.by_group.get(group)).copied().min().unwrap_or(self.threshold)
    }
}

/// Modes of all rules and the settings some have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleSettings {
    /// Modes the scenario states; see [`RuleSettings::mode`].
    pub modes: BTreeMap<Rule, Mode>,
    /// `sustainability`: least static score and points.
    pub sustainability: Thresholds,
    /// `contribution`: least national contribution, percent.
    pub contribution: Thresholds,
    /// `regional_floor`: permille of what the region asked.
    pub regional_floor: BTreeMap<RegionName, u32>,
    /// `regional_ceiling`: permille of the plan's cost.
    pub regional_ceiling: BTreeMap<RegionName, u32>,
    /// `embargo`: states; nothing is under embargo while empty.
    pub embargo_states: BTreeSet<StateCode>,
    /// `embargo`: types; empty = all.
    pub embargo_types: BTreeSet<ComponentType>,
    /// `action_plan`: years after which a plan is stale; default [`DEFAULT_ACTION_PLAN_YEARS`].
    pub action_plan_years: Option<u32>,
}

/// Years after which a national action plan is stale when the scenario says nothing.
pub const DEFAULT_ACTION_PLAN_YEARS: u32 = 5;

impl RuleSettings {
    /// The mode that holds: always `Enforce` where the rule cannot be relaxed, else what is stated, else the default.
    pub fn mode(&self, rule: Rule) -> Mode {
        if rule.is_always_enforced() {
            return Mode::Enforce;
        }
        self.modes.get(&rule).copied().unwrap_or_else(|| rule.default_mode())
    }
}

/// Weights of the score in permille, and of priorities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// One integer per rank, priority 1 first.
    pub priority: [u32; 5],
    /// By area.
    pub area: BTreeMap<AreaCode, u32>,
    /// By context.
    pub context: BTreeMap<Context, u32>,
    /// By group; the largest counts.
    pub group: BTreeMap<Group, u32>,
}

impl Default for Weights {
    fn default() -> Self {
        Self { priority: [16, 8, 4, 2, 1], area: BTreeMap::new(), context: BTreeMap::new(), group: BTreeMap::new() }
    }
}

/// Limits of a run. They never change what is best, only how near to it a run must come and how long it may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The gap at which a run may stop.
    pub gap_permille: Gap,
    /// Seconds after which a run is stopped.
    pub seconds: u32,
    /// Threads; 0 = as many as there are processors.
    pub threads: u32,
    /// Seed of the order in which equals are taken. Part of the frozen problem.
    pub seed: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { gap_permille: Gap { thousandths: 1000 }, seconds: 60, threads: 0, seed: 1 }
    }
}

impl Settings {
    /// Default settings for a name, currency and day.
    pub fn new(name: &str, currency: &str, as_of: Date) -> Self {
        Self {
            name: name.to_owned(),
            currency: currency.to_owned(),
            as_of,
            rates: BTreeMap::new(),
            rules: RuleSettings::default(),
            goals: vec![Goal::plain(GoalName::Coverage)],
            weights: Weights::default(),
            limits: Limits::default(),
            areas: Vec::new(),
        }
    }
}
