//! A finding: a code with values. Sentences are made at the edges, in six languages.

use std::fmt;

use needmatch_domain::ids::ComponentId;
use serde::{Serialize, Serializer};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It would help.
    Minor,
    /// It keeps many offers away, or speaks against a lasting result.
    Major,
    /// Without it there is no match.
    Blocking,
}

impl Severity {
    /// The word used in files and interfaces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Blocking => "blocking",
        }
    }

    /// Points a code of this severity takes off the score.
    pub(super) fn cost(self) -> u8 {
        match self {
            Self::Minor => 4,
            Self::Major => 10,
            Self::Blocking => 25,
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])+ $variant:ident $name:literal $field:literal,)+) => {
        /// What can be found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingCode { $($(#[$doc])+ $variant,)+ }

        impl FindingCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name used in files, interfaces and translations.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Column to change: of `components.csv` where the finding names a component, else of `requests.csv`.
            pub fn field(self) -> &'static str {
                match self { $(Self::$variant => $field,)+ }
            }
        }
    };
}

codes! {
    /// No component: nothing is asked for.
    NoComponents "no_components" "components",
    /// No area of work.
    NoArea "no_area" "area",
    /// No type of help.
    NoType "no_type" "type",
    /// No unit.
    NoUnit "no_unit" "unit",
    /// No quantity.
    NoQuantity "no_quantity" "quantity",
    /// No cost of a unit.
    NoUnitCost "no_unit_cost" "unit_cost",
    /// A cost of a unit more than three times the median of its kind, or less than a third; the value is the median.
    UnusualUnitCost "unusual_unit_cost" "unit_cost",
    /// No window: help is expected at any time.
    NoWindow "no_window" "from",
    /// Equipment without training and upkeep, and nobody named to cover them (¶85, 100–102).
    BareEquipment "bare_equipment" "covered_by",
    /// No source of the figures.
    NoEvidence "no_evidence" "source",
    /// No national action plan, or one that is too old (¶91); the value is its date.
    StaleActionPlan "stale_action_plan" "action_plan_date",
    /// No national report, or one too old for an offer that is otherwise open (¶87); the value is its year.
    OldReport "old_report" "report_year",
    /// Nothing said about what the state puts in itself (¶105).
    NoContribution "no_contribution" "contribution_percent",
    /// Less than the scenario asks of the state, or than an offer that is otherwise open (¶105).
    ContributionShort "contribution_short" "contribution_percent",
    /// Less than the scenario asks, or than an offer that is otherwise open (¶83, 88).
    SustainabilityShort "sustainability_short" "sustainability",
    /// Neither a component nor a programme removes the obstacle; the value is its code (¶88).
    ObstacleUnmitigated "obstacle_unmitigated" "obstacles",
    /// A programme is there already; the value is its id (¶94).
    OverlapsProgramme "overlaps_programme" "quantity",
    /// Another request of the state asks for the same at the same time; the value is its id.
    OverlapsRequest "overlaps_request" "quantity",
    /// More than a third of the cost that the state requests is at priority 1 (¶106); the value is the permille.
    FirstPriorityExcess "first_priority_excess" "priority",
}

impl fmt::Display for FindingCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Serialize for FindingCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Something that stands between a request and a match, or that would make the match better.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// The component; `None` for the request as a whole.
    pub component: Option<ComponentId>,
    /// Column to change.
    pub field: &'static str,
    /// What the finding is about, as the code says; empty where there is nothing to name.
    pub value: String,
    /// A value of the column that would do, as it is written in a cell; empty where only the author can know.
    pub example: String,
    /// Visible offers that it would open: those that cannot serve the request now, and that nothing else keeps away.
    /// What a component lacks is counted as filled together, since no part of it opens anything alone.
    pub opens: u32,
}

impl Finding {
    pub(super) fn new(code: FindingCode, severity: Severity) -> Self {
        let (value, example) = (String::new(), String::new());
        Self { code, severity, component: None, field: code.field(), value, example, opens: 0 }
    }

    pub(super) fn about(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    pub(super) fn such_as(mut self, example: impl Into<String>) -> Self {
        self.example = example.into();
        self
    }

    pub(super) fn opening(mut self, offers: u32) -> Self {
        self.opens = offers;
        self
    }

    pub(super) fn of(mut self, component: &ComponentId) -> Self {
        self.component = Some(component.clone());
        self
    }
}
