//! A round as a JSON document: horizon, settings, and what stands beside requests and offers.

use needmatch_domain::ids::{ChannelId, ComponentId, OfferId, PeriodIndex, PeriodLabel, RegionName, StateCode};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::LockKind;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::document::Fields;
use crate::error::{Fault, Faults};

/// What the settings column of a round holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundDocument {
    /// The horizon, in order; at least one.
    pub periods: Vec<PeriodLabel>,
    /// The tables of `scenario.toml` as JSON; what its scenarios start from.
    pub settings: Value,
    /// Takes what is of this collection; `None`: what is of none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// What states can take in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absorption: Vec<AbsorptionRow>,
    /// Limits of funding channels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<ChannelRow>,
    /// Expert judgement on single pairs (¶101).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suitability: Vec<SuitabilityRow>,
    /// Matches that must or must not be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locks: Vec<LockRow>,
    /// An earlier plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub baseline: Vec<BaselineRow>,
}

/// What a state can take in during a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AbsorptionRow {
    /// The state.
    pub state: StateCode,
    /// The period.
    pub period: PeriodLabel,
    /// Most cost that can arrive, accounting currency.
    pub amount: Option<i64>,
    /// Most requests that can run.
    pub requests: Option<u32>,
}

/// A limit of a funding channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChannelRow {
    /// The channel.
    pub id: ChannelId,
    /// One limit over the union of these; empty = everywhere.
    #[serde(default)]
    pub regions: Vec<RegionName>,
    /// The period; `None` = the whole horizon.
    pub period: Option<PeriodLabel>,
    /// Most cost carried; `None` = regions only.
    pub amount: Option<i64>,
}

/// Expert judgement on a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuitabilityRow {
    /// The component.
    pub component: ComponentId,
    /// The offer.
    pub offer: OfferId,
    /// 0 to 1000.
    pub fit: Option<u32>,
    /// Replaces the computed draw, delivery included.
    pub draw_permille: Option<i64>,
    /// `false` = out.
    pub eligible: Option<bool>,
    /// In the expert's words.
    #[serde(default)]
    pub reason: String,
}

/// A match that must or must not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockRow {
    /// The component.
    pub component: ComponentId,
    /// The offer.
    pub offer: OfferId,
    /// The period; `None` only for a forbid, and then all.
    pub period: Option<PeriodLabel>,
    /// Quantity of a lock.
    #[serde(default)]
    pub quantity: i64,
    /// `lock` or `forbid`.
    pub kind: LockKind,
}

/// A match of an earlier plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineRow {
    /// The component.
    pub component: ComponentId,
    /// The offer.
    pub offer: OfferId,
    /// The period.
    pub period: PeriodLabel,
    /// Quantity.
    pub quantity: i64,
}

impl RoundDocument {
    /// The position of a period.
    pub(super) fn period(&self, label: &PeriodLabel) -> Option<PeriodIndex> {
        self.periods.iter().position(|period| period == label).map(PeriodIndex::of)
    }

    /// Reads the fields that make a round beside its name and cut-off. What is left out is taken from `before`.
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        let periods: Vec<PeriodLabel> = fields.ids("periods");
        if periods.is_empty() {
            fields.refuse("periods", None, Fault::Missing {});
        }
        for (position, period) in periods.iter().enumerate() {
            if periods[..position].contains(period) {
                fields.refuse("periods", Some(period.as_str()), Fault::Twice {});
            }
        }
        let settings = fields.value("settings").cloned().unwrap_or_else(|| json!({}));
        Self {
            settings,
            collection: fields.text("collection"),
            absorption: fields.list("absorption", |item, at, faults| absorption(item, at, &periods, faults)),
            channels: fields.list("channels", |item, at, faults| channel(item, at, &periods, faults)),
            suitability: fields.list("suitability", suitability),
            locks: fields.list("locks", |item, at, faults| lock(item, at, &periods, faults)),
            baseline: fields.list("baseline", |item, at, faults| baseline(item, at, &periods, faults)),
            periods,
        }
    }
}

/// A period of the horizon.
fn period(fields: &mut Fields<'_>, periods: &[PeriodLabel]) -> Option<PeriodLabel> {
    let label: PeriodLabel = fields.id("period")?;
    if periods.contains(&label) {
        return Some(label);
    }
    let allowed = periods.iter().map(PeriodLabel::as_str).collect::<Vec<_>>().join(", ");
    fields.refuse("period", Some(label.as_str()), Fault::UnknownPeriod { allowed });
    None
}

/// A period of the horizon that must be there.
fn required_period(fields: &mut Fields<'_>, periods: &[PeriodLabel]) -> Option<PeriodLabel> {
    if fields.value("period").is_none() {
        fields.refuse("period", None, Fault::Missing {});
    }
    period(fields, periods)
}

fn absorption(item: &Value, at: &str, periods: &[PeriodLabel], faults: &mut Faults) -> Option<AbsorptionRow> {
    let mut fields = Fields::of(item, at, faults)?;
    let state = fields.required_id("state");
    let period = required_period(&mut fields, periods);
    let amount = fields.whole("amount", 0..=MAX_AMOUNT);
    let requests = fields.whole("requests", 0..=1_000_000);
    fields.finish();
    Some(AbsorptionRow { state: state?, period: period?, amount, requests })
}

fn channel(item: &Value, at: &str, periods: &[PeriodLabel], faults: &mut Faults) -> Option<ChannelRow> {
    let mut fields = Fields::of(item, at, faults)?;
    let id = fields.required_id("id");
    let regions = fields.ids("regions");
    let period = period(&mut fields, periods);
    let amount = fields.whole("amount", 0..=MAX_AMOUNT);
    fields.finish();
    Some(ChannelRow { id: id?, regions, period, amount })
}

fn suitability(item: &Value, at: &str, faults: &mut Faults) -> Option<SuitabilityRow> {
    let mut fields = Fields::of(item, at, faults)?;
    let component = fields.required_id("component");
    let offer = fields.required_id("offer");
    let fit = fields.whole("fit", 0..=1000);
    let draw_permille = fields.whole("draw_permille", 1..=MAX_AMOUNT);
    let eligible = fields.value("eligible").is_some().then(|| fields.flag("eligible", true));
    let reason = fields.text("reason").unwrap_or_default();
    fields.finish();
    Some(SuitabilityRow { component: component?, offer: offer?, fit, draw_permille, eligible, reason })
}

fn lock(item: &Value, at: &str, periods: &[PeriodLabel], faults: &mut Faults) -> Option<LockRow> {
    let mut fields = Fields::of(item, at, faults)?;
    let component = fields.required_id("component");
    let offer = fields.required_id("offer");
    let kind = fields.required_word::<LockKind>("kind");
    let is_lock = kind == Some(LockKind::Lock);
    let period = if is_lock { required_period(&mut fields, periods) } else { period(&mut fields, periods) };
    let quantity = if is_lock {
        fields.required_whole("quantity", 1..=MAX_AMOUNT)
    } else {
        Some(fields.whole("quantity", 0..=MAX_AMOUNT).unwrap_or(0))
    };
    fields.finish();
    Some(LockRow { component: component?, offer: offer?, period, quantity: quantity?, kind: kind? })
}

fn baseline(item: &Value, at: &str, periods: &[PeriodLabel], faults: &mut Faults) -> Option<BaselineRow> {
    let mut fields = Fields::of(item, at, faults)?;
    let component = fields.required_id("component");
    let offer = fields.required_id("offer");
    let period = required_period(&mut fields, periods);
    let quantity = fields.required_whole("quantity", 1..=MAX_AMOUNT);
    fields.finish();
    Some(BaselineRow { component: component?, offer: offer?, period: period?, quantity: quantity? })
}
