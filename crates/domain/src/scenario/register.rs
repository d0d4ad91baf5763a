//! Requests, offers and what surrounds them: one struct a table of the scenario folder, columns in the order of
//! `docs/scenario.md`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::area::{ComponentType, Context, UnknownWord};
use crate::geography::Group;
use crate::ids::{
    AreaCode, ChannelId, ChoiceId, ComponentId, ItemCode, OfferId, PackageId, PeriodIndex, ProgrammeId, ProviderId,
    RegionName, RequestId, SdgTarget, StateCode, UnitCode,
};

/// First and last period, both included; `first <= last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Window {
    /// First period.
    pub first: PeriodIndex,
    /// Last period.
    pub last: PeriodIndex,
}

impl Window {
    /// The periods two windows share.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Self { first, last })
    }

    /// Whether the period lies inside.
    pub fn contains(self, period: PeriodIndex) -> bool {
        self.first <= period && period <= self.last
    }
}

/// What stands in the way of a lasting result (¶88), and the component of the same request that removes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Obstacle {
    /// `no_budget`, `staff_turnover`, `no_maintenance`, `no_power`, `no_site`, `no_law`, `insecurity` or `other:<text>`.
    pub code: String,
    /// The component that mitigates it.
    pub mitigation: Option<ComponentId>,
}

/// Obstacles with a code of their own; anything else is written `other:<text>`.
pub const OBSTACLES: [&str; 7] =
    ["no_budget", "staff_turnover", "no_maintenance", "no_power", "no_site", "no_law", "insecurity"];

/// A row of `requests.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Unique among requests.
    pub id: RequestId,
    /// The requesting state.
    pub state: StateCode,
    /// The authority that speaks for it.
    pub authority: String,
    /// One line for people.
    pub title: String,
    /// The area of work.
    pub area: AreaCode,
    /// 1 (highest) to 5 (¶106).
    pub priority: u8,
    /// Conflict or post-conflict (¶96).
    pub context: Context,
    /// Date of the national action plan (¶91).
    pub action_plan_date: Option<Date>,
    /// Year of the latest national report (¶87).
    pub report_year: Option<i16>,
    /// What the state itself puts in, percent of the full cost (¶105). Compared, never deducted.
    pub contribution_percent: u8,
    /// `financial`, `administrative`, `in_kind`.
    pub contribution_kinds: BTreeSet<String>,
    /// Static sustainability score, 0 to 100 (¶83).
    pub sustainability: u8,
    /// Most distinct providers; `None` = no limit (¶103).
    pub max_providers: Option<u32>,
    /// Providers the state does not accept (¶104).
    pub excluded_providers: BTreeSet<ProviderId>,
    /// Providers the state would rather have.
    pub preferred_providers: BTreeSet<ProviderId>,
    /// Providers who may see it; empty = all.
    pub circulated_to: BTreeSet<ProviderId>,
    /// SDG targets (¶90).
    pub sdg_targets: BTreeSet<SdgTarget>,
    /// Served together with the others of the same package (¶95).
    pub package: Option<PackageId>,
    /// Obstacles named at design stage (¶88).
    pub obstacles: Vec<Obstacle>,
    /// Where the figures come from.
    pub source: String,
}

/// A row of `components.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Unique among components.
    pub id: ComponentId,
    /// The request it belongs to.
    pub request: RequestId,
    /// What kind of help.
    pub r#type: ComponentType,
    /// Catalogue item, if named.
    pub item: Option<ItemCode>,
    /// `currency` for money, else a unit code.
    pub unit: UnitCode,
    /// Asked, in units; at least 1.
    pub quantity: i64,
    /// Already had.
    pub received: i64,
    /// Least useful quantity, 1 to `quantity`.
    pub minimum: i64,
    /// Accounting currency per unit; at least 1.
    pub unit_cost: i64,
    /// False: the whole quantity from one offer in one period.
    pub divisible: bool,
    /// When it can be used.
    pub window: Window,
    /// Most that can be used in one period.
    pub period_max: Option<i64>,
    /// Components that must be served whenever this one is (¶85, 100–102).
    pub requires: BTreeSet<ComponentId>,
    /// Alternatives share a choice; at most one is served.
    pub choice: Option<ChoiceId>,
    /// Who covers training and upkeep of equipment when no component does: `national` or a programme id.
    pub covered_by: Option<String>,
    /// Points its delivery adds to the request's sustainability.
    pub sustainability_points: u8,
}

/// Money or goods and services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Serves components of any unit, at their cost.
    Money,
    /// Serves components of its own unit and item.
    InKind,
}

/// How firm an offer is. A pledge is an intention, a commitment a written obligation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Firmness {
    /// Firm and written.
    #[default]
    Commitment,
    /// Intended.
    Pledge,
}

/// Who may see an offer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Coordinators only.
    Confidential,
    /// Parties to the round.
    Parties,
    /// Everybody.
    #[default]
    Public,
}

/// Whether a listed match must be or must not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LockKind {
    /// Must be, with exactly this quantity.
    Lock,
    /// Must not be.
    Forbid,
}

macro_rules! words {
    ($($name:ident { $($variant:ident $word:literal),+ })+) => {$(
        impl $name {
            /// The word as written in files.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.name())
            }
        }
        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { given: text.to_owned(), allowed: vec![$($word),+] }),
                }
            }
        }
    )+};
}

words! {
    Form { Money "money", InKind "in_kind" }
    Firmness { Commitment "commitment", Pledge "pledge" }
    Visibility { Confidential "confidential", Parties "parties", Public "public" }
    LockKind { Lock "lock", Forbid "forbid" }
}

/// A row of `offers.csv`. Quantities of money are still in the offer's own currency; freezing converts them once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Unique among offers.
    pub id: OfferId,
    /// Who gives.
    pub provider: ProviderId,
    /// One line for people.
    pub title: String,
    /// Money or in kind.
    pub form: Form,
    /// Component types it serves; empty = any.
    pub types: BTreeSet<ComponentType>,
    /// Areas it serves; empty = any.
    pub areas: BTreeSet<AreaCode>,
    /// In kind: the item, if named.
    pub item: Option<ItemCode>,
    /// Money: ISO 4217 code or `currency`; in kind: the unit.
    pub unit: UnitCode,
    /// How much, in `unit`; at least 1.
    pub quantity: i64,
    /// In kind: worth of a unit in accounting currency, used for its score.
    pub unit_value: Option<i64>,
    /// Commitment or pledge.
    pub firmness: Firmness,
    /// Earmark: states.
    pub states: BTreeSet<StateCode>,
    /// Earmark: regions, by canonical name.
    pub regions: BTreeSet<RegionName>,
    /// Earmark: groups.
    pub groups: BTreeSet<Group>,
    /// Never these states.
    pub excluded_states: BTreeSet<StateCode>,
    /// Contexts it accepts; empty = any.
    pub contexts: BTreeSet<Context>,
    /// When it is available.
    pub window: Window,
    /// Least for one request, in `unit`.
    pub ticket_min: Option<i64>,
    /// Most for one request, in `unit`.
    pub ticket_max: Option<i64>,
    /// Most for one state, in `unit`.
    pub state_max: Option<i64>,
    /// Most requests taken part in.
    pub max_requests: Option<u32>,
    /// Least national contribution, percent (¶105).
    pub min_contribution_percent: u8,
    /// Least static sustainability score.
    pub min_sustainability: u8,
    /// Wants a current national action plan (¶91).
    pub requires_action_plan: bool,
    /// Wants a national report of this year or later (¶87).
    pub report_since: Option<i16>,
    /// Funding channel it flows through (¶109).
    pub channel: Option<ChannelId>,
    /// What a unit delivered draws, permille of its cost; at least 1.
    pub delivery_permille: i64,
    /// Areas the provider would rather serve.
    pub preferred_areas: BTreeSet<AreaCode>,
    /// SDG targets (¶90).
    pub sdg_targets: BTreeSet<SdgTarget>,
    /// Who may see it.
    pub visibility: Visibility,
}

/// A row of `offer_periods.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferPeriod {
    /// The offer.
    pub offer: OfferId,
    /// The period.
    pub period: PeriodIndex,
    /// What it holds then, in the offer's unit.
    pub quantity: i64,
}

/// A row of `absorption.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absorption {
    /// The state.
    pub state: StateCode,
    /// The period.
    pub period: PeriodIndex,
    /// Most cost that can arrive, accounting currency.
    pub amount: Option<i64>,
    /// Most requests that can run.
    pub requests: Option<u32>,
}

/// A row of `channels.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelLimit {
    /// The channel.
    pub id: ChannelId,
    /// One limit over the union of these; empty = everywhere.
    pub regions: BTreeSet<RegionName>,
    /// The period; `None` = the whole horizon.
    pub period: Option<PeriodIndex>,
    /// Most cost carried, accounting currency; `None` = regions only.
    pub amount: Option<i64>,
}

/// A row of `programmes.csv`: help that is under way already (¶94).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// Unique among programmes.
    pub id: ProgrammeId,
    /// Where.
    pub state: StateCode,
    /// In which area.
    pub area: AreaCode,
    /// Which type; `None` = any.
    pub r#type: Option<ComponentType>,
    /// When.
    pub window: Window,
    /// How much it covers, accounting currency; `None` = all of it.
    pub amount: Option<i64>,
    /// Obstacles it removes (¶88).
    pub mitigates: BTreeSet<String>,
    /// SDG targets (¶90).
    pub sdg_targets: BTreeSet<SdgTarget>,
    /// Where the entry comes from.
    pub source: String,
}

/// A row of `suitability.csv`: expert judgement on one pair (¶101).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suitability {
    /// The component.
    pub component: ComponentId,
    /// The offer.
    pub offer: OfferId,
    /// 0 to 1000.
    pub fit: Option<u32>,
    /// Replaces the computed draw, delivery included; at least 1.
    pub draw_permille: Option<i64>,
    /// `Some(false)` = out; `Some(true)` never overrides another rule.
    pub eligible: Option<bool>,
    /// In the expert's words.
    pub reason: String,
}

/// A row of `locks.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    /// The component.
    pub component: ComponentId,
    /// The offer.
    pub offer: OfferId,
    /// The period; `None` only for a forbid, and then all.
    pub period: Option<PeriodIndex>,
    /// Quantity of a lock; a forbid ignores it.
    pub quantity: i64,
    /// Lock or forbid.
    pub kind: LockKind,
}

/// A row of `baseline.csv`: an earlier plan's match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// The component.
    pub component: ComponentId,
    /// The offer.
    pub offer: OfferId,
    /// The period.
    pub period: PeriodIndex,
    /// Quantity.
    pub quantity: i64,
}
