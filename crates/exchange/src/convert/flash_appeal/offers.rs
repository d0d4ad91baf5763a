//! The flows of an appeal as offers, and what they paid for as an earlier plan.

use std::collections::BTreeMap;

use super::activity::{Activity, Appeal, Flow, Status};
use super::rates;

/// What flows are added up by: provider, cluster (`None` = any), firmness, currency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) provider_ref: String,
    pub(super) cluster: Option<String>,
    pub(super) pledge: bool,
    pub(super) currency: String,
}

/// Flows of one key together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) provider: String,
    /// In its own currency.
    pub(super) quantity: i64,
    pub(super) flows: usize,
}

/// Money of an offer that went to a project: activity, offer, US dollars.
pub(super) type Payment = (String, Key, i64);

/// Offers and earlier plan of an appeal.
#[derive(Debug, Default)]
pub(super) struct Money {
    pub(super) offers: BTreeMap<Key, Offer>,
    pub(super) payments: Vec<Payment>,
    /// US dollars of flows above the cost of the project they were for.
    pub(super) above_cost: i64,
    /// Flows in a currency without a rate: identifier, currency, amount.
    pub(super) without_rate: Vec<(String, String, i64)>,
}

/// The cluster an activity's money is bound to: none where the source says that none is specified yet.
fn cluster(activity: &Activity) -> Option<String> {
    (activity.cluster != "CLUSTER NOT SPECIFIED").then(|| activity.cluster.clone())
}

impl Key {
    fn of(activity: &Activity, flow: &Flow) -> Self {
        Self {
            provider_ref: flow.provider_ref.clone(),
            cluster: cluster(activity),
            pledge: flow.status == Status::Pledge,
            currency: flow.currency.clone(),
        }
    }
}

/// Adds up the flows. A project receives at most its cost in the earlier plan, in the order of its flows in the file;
/// what lies above stays with the offer. Each flow is converted and rounded down by itself, so that the plan never
/// asks more of an offer than its sum is worth.
pub(super) fn money(appeal: &Appeal) -> Money {
    let mut money = Money::default();
    for activity in &appeal.activities {
        let mut open = activity.cost;
        let mut paid: BTreeMap<Key, i64> = BTreeMap::new();
        for flow in &activity.flows {
            let Some(dollars) = rates::in_dollars(flow.amount, &flow.currency) else {
                money.without_rate.push((flow.id.clone(), flow.currency.clone(), flow.amount));
                continue;
            };
            let key = Key::of(activity, flow);
            let offer = money.offers.entry(key.clone()).or_insert_with(|| Offer {
                provider: flow.provider.clone(),
                quantity: 0,
                flows: 0,
            });
            offer.quantity += flow.amount;
            offer.flows += 1;
            if activity.cost > 0 {
                let taken = dollars.min(open);
                open -= taken;
                money.above_cost += dollars - taken;
                *paid.entry(key).or_default() += taken;
            }
        }
        let served = paid.into_iter().filter(|(_, dollars)| *dollars > 0);
        money.payments.extend(served.map(|(key, dollars)| (activity.id.clone(), key, dollars)));
    }
    money
}
