//! Why: reasons as codes with values. Sentences are made at the edges, in six languages.

use serde::{Deserialize, Serialize};

use crate::ids::{ChannelId, ComponentIndex, OfferIndex, PeriodIndex, RegionName, RequestIndex, StateIndex};

use crate::rule::Rule;

/// All reasons of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanations {
    /// One per match, in the order of the plan.
    pub matches: Vec<MatchReason>,
    /// One per component that is not, or only partly, served.
    pub unserved: Vec<UnservedReason>,
    /// One per offer.
    pub offers: Vec<OfferUse>,
    /// Rows that the plan fills to the brim.
    pub binding: Vec<RowKeyText>,
    /// Breaches of rules in mode `warn`.
    pub warnings: Vec<Breach>,
    /// Infeasible runs: rules, locks and floors that cannot hold together; taking back any one of them leaves a plan.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub conflict: Vec<Demand>,
}

/// Something a scenario insists on, and could take back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code", deny_unknown_fields)]
pub enum Demand {
    /// A lock of `locks.csv`.
    Lock {
        /// The component.
        component: ComponentIndex,
        /// The offer.
        offer: OfferIndex,
        /// The period.
        period: PeriodIndex,
        /// The quantity it insists on.
        quantity: i64,
    },
    /// The least share of a region.
    Floor {
        /// The region.
        region: RegionName,
    },
    /// The largest share of a region.
    Ceiling {
        /// The region.
        region: RegionName,
    },
    /// What a state can take in during a period.
    Absorption {
        /// The state.
        state: StateIndex,
        /// The period.
        period: PeriodIndex,
    },
    /// What a channel can carry.
    Channel {
        /// The channel.
        channel: ChannelId,
    },
    /// The limits an offer sets per request and state: tickets, most for a state, most requests.
    OfferTerms {
        /// The offer.
        offer: OfferIndex,
    },
    /// The most providers on a request.
    Providers {
        /// The request.
        request: RequestIndex,
    },
    /// A rule as a whole.
    Rule {
        /// The rule.
        rule: Rule,
    },
}

/// A row's key as text, such as `capacity.total[3]`.
pub type RowKeyText = String;

/// Why a match is worth what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchReason {
    /// The component.
    pub component: ComponentIndex,
    /// The offer.
    pub offer: OfferIndex,
    /// The period.
    pub period: PeriodIndex,
    /// Score of one unit = weight · worth · fit.
    pub score: i64,
    /// Priority, area, context and group weight together.
    pub weight: i64,
    /// Worth of one unit.
    pub worth: i64,
    /// Suitability and preference, of 1000.
    pub fit: i64,
    /// Rules that keep the quantity from being larger.
    pub bound_by: Vec<Rule>,
}

/// Why a component is not, or not wholly, served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnservedReason {
    /// The component.
    pub component: ComponentIndex,
    /// What is missing.
    pub missing: i64,
    /// The chain, most immediate reason first.
    pub chain: Vec<Reason>,
    /// The smallest change found that unlocks it, checked by re-solving.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unlock: Option<Unlock>,
}

/// A link of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code", deny_unknown_fields)]
pub enum Reason {
    /// No offer may serve it; how many each rule refuses.
    NoEligibleOffer {
        /// Offers refused, by the first rule that refuses them.
        refused: Vec<Refusals>,
    },
    /// An eligible offer went to components that weigh more.
    Outbid {
        /// The offer.
        offer: OfferIndex,
        /// Score per thousandth of the offer's unit that the last winner brings, times 1000.
        price: i64,
        /// The priority at which this request would win, if any of 1 to 5 does.
        winning_priority: Option<u8>,
    },
    /// A component it requires is not served.
    RequiredUnserved {
        /// The missing part.
        required: ComponentIndex,
    },
    /// An alternative was taken instead.
    AlternativeServed {
        /// The alternative.
        alternative: ComponentIndex,
    },
    /// A joint request is not served.
    PackageUnserved {
        /// The request that fails.
        request: RequestIndex,
    },
    /// The obstacle has no mitigation that is served.
    ObstacleUnmitigated {
        /// Position of the obstacle in the request.
        obstacle: u32,
    },
    /// The sustainability threshold is not reached.
    SustainabilityShort {
        /// Points missing.
        missing: i64,
    },
    /// What eligible offers can give stays below the least useful quantity.
    MinimumUnreachable {
        /// Most that could be given.
        reachable: i64,
    },
    /// The state can take in no more.
    Absorption {
        /// The state.
        state: StateIndex,
        /// The period.
        period: PeriodIndex,
    },
    /// Another rule of the plan binds.
    RuleBinds {
        /// The rule.
        rule: Rule,
    },
}

/// How many offers a rule refuses first, and how many it alone refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusals {
    /// The rule.
    pub rule: Rule,
    /// Offers it is the first to refuse.
    pub offers: u32,
    /// Offers that nothing else refuses.
    pub only: u32,
}

/// What unlocks a component: changes that belong together, each of them needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// The changes.
    pub changes: Vec<Change>,
    /// What the component would receive.
    pub quantity: i64,
}

/// A change of one cell of the scenario folder. Changes of one row that does not exist yet make it; a cell that is not
/// named keeps its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Table or file, such as `offers.csv`.
    pub file: String,
    /// Row by its key, the parts joined by `@`; a period that is empty in the file is `*`.
    pub id: String,
    /// Column or setting.
    pub field: String,
    /// Value now, as the folder means it; empty where the row is new.
    pub from: String,
    /// Value that unlocks; `-` in the column `*` takes the row away.
    pub to: String,
}

/// How an offer is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferUse {
    /// The offer.
    pub offer: OfferIndex,
    /// Drawn, in its unit, rounded up.
    pub used: i64,
    /// Left.
    pub left: i64,
    /// Why something is left; empty when nothing is.
    pub why_left: Vec<Rule>,
    /// Score that one more unit would add, from the certificate of the first goal, rounded down.
    pub marginal_value: i64,
}

/// A rule in mode `warn` that the plan breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breach {
    /// The rule.
    pub rule: Rule,
    /// The entities: positions in the tables of the row's key.
    pub entities: Vec<u32>,
    /// By how much.
    pub amount: i64,
}
