//! The frozen problem: everything that decides a plan, and nothing else. Its canonical JSON is hashed; solver,
//! verifier and recount read only this.
//!
//! Tables are sorted by identifier; indices point into them. Money is in whole units of the accounting currency.
//! Limits that do not change rows, goals or order (gap, seconds, threads) stay outside.

mod check;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::area::Family;
use crate::canonical;
use crate::goal::Goal;
use crate::ids::{
    ChannelId, ChoiceId, ComponentId, ComponentIndex, OfferId, OfferIndex, PackageId, PeriodIndex, PeriodLabel,
    ProviderId, ProviderIndex, RegionName, RequestId, RequestIndex, SdgTarget, StateCode, StateIndex,
};
use crate::rule::{Mode, Rule};

pub use check::ProblemFault;

/// Name and version of the format, its first member.
pub const FORMAT: &str = "needmatch-problem-1";

/// A frozen problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// [`FORMAT`].
    pub format: String,
    /// Name of the scenario.
    pub name: String,
    /// Accounting currency.
    pub currency: String,
    /// Seed of the order in which equals are taken.
    pub seed: u64,
    /// The horizon, in order.
    pub periods: Vec<PeriodLabel>,
    /// States with a request, by code.
    pub states: Vec<State>,
    /// Providers with an offer, by id.
    pub providers: Vec<ProviderId>,
    /// Requests with something outstanding, by id.
    pub requests: Vec<Request>,
    /// Components with something outstanding, by id.
    pub components: Vec<Component>,
    /// Offers, by id.
    pub offers: Vec<Offer>,
    /// Limits of channels, by id, then period.
    pub channels: Vec<Channel>,
    /// Least shares of regions, by name.
    pub regional_floors: Vec<RegionShare>,
    /// Largest shares of regions, by name.
    pub regional_ceilings: Vec<RegionShare>,
    /// Mode of every rule that acts on the plan.
    pub rules: BTreeMap<Rule, Mode>,
    /// Goals in order.
    pub goals: Vec<Goal>,
    /// Matches that must be, sorted; the quantity is exact.
    pub locks: Vec<Fixed>,
    /// An earlier plan, sorted, for `stability`.
    pub baseline: Vec<Fixed>,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Its code.
    pub code: StateCode,
    /// Regions it lies in, finest first.
    pub regions: Vec<RegionName>,
    /// What it can take in, in order of period; a period not listed has no limit.
    pub absorption: Vec<Absorption>,
}

/// What a state can take in during a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absorption {
    /// The period.
    pub period: PeriodIndex,
    /// Most cost that can arrive.
    pub amount: Option<i64>,
    /// Most requests that can run.
    pub requests: Option<u32>,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// Whose it is.
    pub state: StateIndex,
    /// The area's code, kept for reports.
    pub area: String,
    /// Family of its area (¶97).
    pub family: Option<Family>,
    /// Its place in the order law, register, marking; only while `precedence` is on.
    pub step: Option<Step>,
    /// Weight of its priority, for `completed`.
    pub priority_weight: i64,
    /// Priority, area, context and group weight together: factor of every score.
    pub weight: i64,
    /// Static sustainability, with the points of components already received.
    pub sustainability: i64,
    /// What static score and points must reach once served.
    pub sustainability_threshold: i64,
    /// Most distinct providers.
    pub max_providers: Option<u32>,
    /// Joint requests.
    pub package: Option<PackageId>,
    /// SDG targets, sorted.
    pub sdg_targets: Vec<SdgTarget>,
    /// Obstacles no programme mitigates, in the order given.
    pub obstacles: Vec<Obstacle>,
}

/// Steps that build on one another in a state (`precedence`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Law.
    Legislation,
    /// Register.
    RecordKeeping,
    /// Marking.
    Marking,
}

/// An obstacle to be mitigated by a component, or never.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obstacle {
    /// Its code.
    pub code: String,
    /// The component that removes it; `None`: nothing does.
    pub mitigation: Option<ComponentIndex>,
}

/// A component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Its id.
    pub id: ComponentId,
    /// The request it belongs to.
    pub request: RequestIndex,
    /// Quantity − received − duplication; at least 1.
    pub outstanding: i64,
    /// Least useful quantity, at most `outstanding`.
    pub minimum: i64,
    /// Whether several offers or periods may share it.
    pub divisible: bool,
    /// Accounting currency per unit.
    pub unit_cost: i64,
    /// Most in one period.
    pub period_max: Option<i64>,
    /// Components that must be served with it, sorted.
    pub requires: Vec<ComponentIndex>,
    /// Alternatives.
    pub choice: Option<ChoiceId>,
    /// Points its delivery adds.
    pub sustainability_points: i64,
    /// Offers that may serve it, by offer, then first period; ranges of one offer do not overlap.
    pub pairs: Vec<Pair>,
}

/// An offer that may serve a component in a range of periods: `[offer, first, last, draw_permille, score]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(u32, u32, u32, i64, i64)", into = "(u32, u32, u32, i64, i64)")]
pub struct Pair {
    /// The offer.
    pub offer: OfferIndex,
    /// First period.
    pub first: PeriodIndex,
    /// Last period.
    pub last: PeriodIndex,
    /// Thousandths of the offer's unit that one unit of the component takes; at least 1.
    pub draw_permille: i64,
    /// Score of one unit.
    pub score: i64,
}

impl From<(u32, u32, u32, i64, i64)> for Pair {
    fn from((offer, first, last, draw_permille, score): (u32, u32, u32, i64, i64)) -> Self {
        Self { offer: OfferIndex(offer), first: PeriodIndex(first), last: PeriodIndex(last), draw_permille, score }
    }
}

impl From<Pair> for (u32, u32, u32, i64, i64) {
    fn from(pair: Pair) -> Self {
        (pair.offer.0, pair.first.0, pair.last.0, pair.draw_permille, pair.score)
    }
}

impl Pair {
    /// The periods of the range.
    pub fn periods(&self) -> impl Iterator<Item = PeriodIndex> + use<> {
        (self.first.0..=self.last.0).map(PeriodIndex)
    }
}

/// An offer. Quantities are in its unit: accounting currency for money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Its id.
    pub id: OfferId,
    /// Who gives.
    pub provider: ProviderIndex,
    /// How much in all.
    pub quantity: i64,
    /// How much in each period, one entry a period; `None` = no limit per period.
    pub per_period: Option<Vec<i64>>,
    /// Least for one request.
    pub ticket_min: Option<i64>,
    /// Most for one request.
    pub ticket_max: Option<i64>,
    /// Most for one state.
    pub state_max: Option<i64>,
    /// Most requests taken part in.
    pub max_requests: Option<u32>,
    /// Channel it flows through.
    pub channel: Option<ChannelId>,
    /// Permille of cost a delivered unit draws, for `economy`.
    pub delivery_permille: i64,
    /// In kind: worth of a unit, where given (kept to explain scores).
    pub unit_value: Option<i64>,
    /// Pledge or commitment (kept for stress tests).
    pub pledge: bool,
    /// SDG targets, sorted.
    pub sdg_targets: Vec<SdgTarget>,
}

/// A limit of a funding channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// The channel.
    pub id: ChannelId,
    /// The period; `None` = the whole horizon.
    pub period: Option<PeriodIndex>,
    /// States the limit counts, sorted; `None` = all.
    pub states: Option<Vec<StateIndex>>,
    /// Most cost carried.
    pub amount: i64,
}

/// A share a region must reach or must not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionShare {
    /// The region.
    pub region: RegionName,
    /// Its states, sorted.
    pub states: Vec<StateIndex>,
    /// Permille.
    pub share_permille: i64,
}

/// A match given from outside: `[component, offer, period, quantity]`.
pub type Fixed = crate::plan::Match;

impl Problem {
    /// The hash that names the problem: SHA-256 of its canonical JSON.
    ///
    /// # Panics
    /// Never: every member can be written as JSON.
    pub fn sha256(&self) -> String {
        canonical::digest(self).expect("a problem has text keys only")
    }

    /// The mode of a rule that acts on the plan.
    pub fn mode(&self, rule: Rule) -> Mode {
        self.rules.get(&rule).copied().unwrap_or_else(|| rule.default_mode())
    }

    /// Whether plans that break the rule are refused.
    pub fn enforces(&self, rule: Rule) -> bool {
        self.mode(rule) == Mode::Enforce
    }

    /// The state a component's request belongs to.
    pub fn state_of(&self, component: ComponentIndex) -> StateIndex {
        self.requests[self.components[component.at()].request.at()].state
    }

    /// Components of each request, in order.
    pub fn components_by_request(&self) -> Vec<Vec<ComponentIndex>> {
        let mut lists = vec![Vec::new(); self.requests.len()];
        for (position, component) in self.components.iter().enumerate() {
            lists[component.request.at()].push(ComponentIndex::of(position));
        }
        lists
    }
}

impl Component {
    /// The pair that lets the offer serve this component in the period. Cost: a binary search.
    pub fn pair(&self, offer: OfferIndex, period: PeriodIndex) -> Option<&Pair> {
        let after = self.pairs.partition_point(|pair| (pair.offer, pair.first) <= (offer, period));
        let pair = self.pairs.get(after.checked_sub(1)?)?;
        (pair.offer == offer && pair.last >= period).then_some(pair)
    }
}
