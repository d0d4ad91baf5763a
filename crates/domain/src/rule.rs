//! The rules by name. One name is used in the row builder, the verifier, the reasons, the documentation and the
//! translations; `docs/rules.md` gives the formula and the paragraph of each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::area::UnknownWord;

/// How strictly a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// A plan that breaks the rule is refused.
    Enforce,
    /// The plan may break the rule; every breach is reported.
    Warn,
    /// The rule is not looked at.
    Off,
}

/// Where a rule acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It decides whether an offer may serve a component at all.
    Eligibility,
    /// It constrains the plan as a whole.
    Row,
}

macro_rules! rules {
    ($($(#[$doc:meta])+ $variant:ident $name:literal $stage:ident $mode:ident,)+) => {
        /// A rule of eligibility or of the plan. Eligibility rules stand in the order in which the first refusal counts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Rule { $($(#[$doc])+ #[serde(rename = $name)] $variant,)+ }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name used everywhere.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Where the rule acts.
            pub fn stage(self) -> Stage {
                match self { $(Self::$variant => Stage::$stage,)+ }
            }

            /// The mode when the scenario says nothing.
            pub fn default_mode(self) -> Mode {
                match self { $(Self::$variant => Mode::$mode,)+ }
            }
        }
    };
}

rules! {
    /// The offer covers the request's area.
    Area "area" Eligibility Enforce,
    /// The offer covers the component's type.
    Type "type" Eligibility Enforce,
    /// In kind: same unit, and same item where both name one. Money: any unit.
    UnitAndItem "unit_and_item" Eligibility Enforce,
    /// The state is inside the offer's earmark and its channel's regions.
    Earmark "earmark" Eligibility Enforce,
    /// The offer accepts the request's context (¶96).
    Context "context" Eligibility Enforce,
    /// Component and offer have a period in common.
    Window "window" Eligibility Enforce,
    /// No embargo on the state for this type.
    Embargo "embargo" Eligibility Enforce,
    /// The state accepts the provider and let it see the request (¶104).
    Consent "consent" Eligibility Enforce,
    /// The state's own contribution reaches what offer and scenario require (¶105).
    Contribution "contribution" Eligibility Enforce,
    /// The request's static sustainability reaches the offer's minimum (¶83, 88).
    SustainabilityRequired "sustainability_required" Eligibility Enforce,
    /// A current national action plan where the offer requires one (¶91).
    ActionPlan "action_plan" Eligibility Enforce,
    /// A national report recent enough for the offer (¶87).
    Report "report" Eligibility Enforce,
    /// Only commitments count, pledges do not.
    FirmOnly "firm_only" Eligibility Off,
    /// No existing programme covers state, area, type and period already (¶94).
    Duplication "duplication" Eligibility Enforce,
    /// Equipment and technology come with training and maintenance, or with somebody named to cover them (¶85, 100–102).
    BareEquipment "bare_equipment" Eligibility Warn,
    /// Expert judgement on the pair (¶101).
    Suitability "suitability" Eligibility Enforce,
    /// A coordinator's or a party's veto on the pair.
    Forbidden "forbidden" Eligibility Enforce,

    /// Never more than is outstanding; served only through a served request; indivisible parts come whole.
    Demand "demand" Row Enforce,
    /// Never less than the least useful quantity.
    Minimum "minimum" Row Enforce,
    /// Never more than the offer holds, in all and per period.
    Capacity "capacity" Row Enforce,
    /// Between the offer's smallest and largest share of one request.
    Ticket "ticket" Row Enforce,
    /// The offer's most for one state.
    StateLimit "state_limit" Row Enforce,
    /// The most requests an offer takes part in.
    Reach "reach" Row Enforce,
    /// The most providers on one request (¶103).
    Fragmentation "fragmentation" Row Enforce,
    /// What a component requires is served with it (¶85, 100–102).
    Bundle "bundle" Row Enforce,
    /// At most one of several alternatives.
    Choice "choice" Row Enforce,
    /// Static score and the points of served components reach the threshold (¶88, 101, 105).
    Sustainability "sustainability" Row Enforce,
    /// An obstacle is mitigated before the request is served (¶88).
    Obstacle "obstacle" Row Enforce,
    /// What a state can take in per period (¶83).
    Absorption "absorption" Row Enforce,
    /// What a funding channel can carry (¶109).
    Channel "channel" Row Enforce,
    /// A region's least share of what it asked for.
    RegionalFloor "regional_floor" Row Enforce,
    /// A region's largest share of the plan.
    RegionalCeiling "regional_ceiling" Row Enforce,
    /// Joint requests are served together or not at all (¶95).
    Package "package" Row Enforce,
    /// Law before register before marking.
    Precedence "precedence" Row Off,
    /// A coordinator's or an agreed match is kept.
    Locked "locked" Row Enforce,
}

impl Rule {
    /// Rules no scenario may relax: without them a plan would mean nothing.
    pub fn is_always_enforced(self) -> bool {
        matches!(
            self,
            Self::Demand | Self::Minimum | Self::Capacity | Self::UnitAndItem | Self::Locked | Self::Forbidden
        )
    }

    /// The rules that decide on pairs, in the order in which the first refusal counts.
    pub fn eligibility() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|rule| rule.stage() == Stage::Eligibility)
    }

    /// The rules that constrain the plan.
    pub fn rows() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|rule| rule.stage() == Stage::Row)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Rule {
    type Err = UnknownWord;
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.iter().copied().find(|rule| rule.name() == text).ok_or_else(|| UnknownWord {
            given: text.to_owned(),
            allowed: Self::ALL.iter().map(|rule| rule.name()).collect(),
        })
    }
}
