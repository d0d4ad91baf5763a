//! The projects of an appeal and the money that came in for them, as the OCHA sample in the early IATI syntax holds them.
//!
//! A project of two agencies has two identifiers, and the file lists each agency under each of them: four activities
//! for two requests. They are told apart here, so that nothing is counted twice; what remains adds up to the sum the
//! United Nations published for the appeal.

use std::collections::{BTreeMap, BTreeSet};

use crate::convert::ConvertError;
use crate::convert::element::{self, Element};

/// Name of the source in messages.
pub(super) const SOURCE: &str = "flash appeal";

/// A project that asks for money, or a place where money waits (cost 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Activity {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) organisation: String,
    pub(super) country: String,
    pub(super) cluster: String,
    /// US dollars.
    pub(super) cost: i64,
    pub(super) flows: Vec<Flow>,
}

/// Money of one provider for one activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) id: String,
    pub(super) provider: String,
    pub(super) provider_ref: String,
    pub(super) currency: String,
    pub(super) amount: i64,
    pub(super) status: Status,
}

/// What the source says of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    /// 20: announced.
    Pledge,
    /// 30: contracted.
    Commitment,
    /// 40: transferred.
    Paid,
}

/// Everything the appeal holds.
#[derive(Debug)]
pub(super) struct Appeal {
    /// Activities, each once, in the order of the file.
    pub(super) activities: Vec<Activity>,
    /// Activities in the file.
    pub(super) listed: usize,
    /// Activities in the file with a cost.
    pub(super) listed_with_cost: usize,
    /// Sum of all costs in the file.
    pub(super) listed_cost: i64,
    /// Flows in the file.
    pub(super) listed_flows: usize,
}

/// Reads the appeal.
pub(super) fn read(xml: &str) -> Result<Appeal, ConvertError> {
    let root = element::parse(SOURCE, xml)?;
    let all = root.named("iati-activity").map(activity).collect::<Result<Vec<_>, _>>()?;
    let listed_flows = all.iter().map(|activity| activity.flows.len()).sum();
    let listed_cost = all.iter().map(|activity| activity.cost).sum();
    let listed_with_cost = all.iter().filter(|activity| activity.cost > 0).count();
    let listed = all.len();
    Ok(Appeal { activities: each_once(all), listed, listed_with_cost, listed_cost, listed_flows })
}

/// Leaves out the repetitions of joint projects: an identifier seen before, or, among identifiers listed more than
/// once, a title, organisation and cost seen before. Flows seen before are left out too.
fn each_once(all: Vec<Activity>) -> Vec<Activity> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for activity in &all {
        *times.entry(activity.id.clone()).or_default() += 1;
    }
    let (mut ids, mut shares, mut flows) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut kept = Vec::new();
    for mut activity in all {
        let joint = times.get(&activity.id).is_some_and(|times| *times > 1);
        let share = (activity.title.clone(), activity.organisation.clone(), activity.cost);
        if ids.contains(&activity.id) || (joint && shares.contains(&share)) {
            continue;
        }
        ids.insert(activity.id.clone());
        shares.insert(share);
        activity.flows.retain(|flow| flows.insert(flow.id.clone()));
        kept.push(activity);
    }
    kept
}

fn activity(element: &Element) -> Result<Activity, ConvertError> {
    let id = text(element, "(unknown)", "other-identifier", &[])?;
    let attribute = |name: &str, key: &str| {
        element
            .child(name, &[])
            .and_then(|child| child.attribute(key))
            .map(str::to_owned)
            .ok_or_else(|| fault(&id, format!("<{name}> has no {key}")))
    };
    let currency = attribute("total-cost", "currency")?;
    if currency != "USD" {
        return Err(fault(&id, format!("the cost is in {currency}, not in US dollars")));
    }
    let flows = element.named("transaction").map(|transaction| flow(&id, transaction)).collect::<Result<_, _>>()?;
    Ok(Activity {
        title: text(element, &id, "title", &[])?,
        organisation: text(element, &id, "reporting-org", &[])?,
        country: attribute("recipient-country", "code")?,
        cluster: text(element, &id, "sector", &[("type", "cluster")])?,
        cost: amount(&id, &text(element, &id, "total-cost", &[])?)?,
        flows,
        id,
    })
}

fn flow(activity: &str, element: &Element) -> Result<Flow, ConvertError> {
    let missing = |what: &str| fault(activity, format!("a transaction has no {what}"));
    let id = element.attribute("ref").ok_or_else(|| missing("ref"))?.to_owned();
    let value = element.child("value", &[]).ok_or_else(|| missing("value"))?;
    let provider = element.child("provider-org", &[]).ok_or_else(|| missing("provider-org"))?;
    let status = element.child("status", &[]).and_then(|status| status.attribute("code"));
    Ok(Flow {
        provider: provider.line(),
        provider_ref: provider.attribute("ref").ok_or_else(|| missing("provider-org ref"))?.to_owned(),
        currency: value.attribute("currency").ok_or_else(|| missing("currency"))?.to_owned(),
        amount: amount(&id, &value.line())?,
        status: match status {
            Some("20") => Status::Pledge,
            Some("30") => Status::Commitment,
            Some("40") => Status::Paid,
            other => return Err(fault(&id, format!("status {other:?} is none of 20, 30, 40"))),
        },
        id,
    })
}

fn text(element: &Element, place: &str, name: &str, attributes: &[(&str, &str)]) -> Result<String, ConvertError> {
    let child = element.child(name, attributes).ok_or_else(|| fault(place, format!("there is no <{name}>")))?;
    Ok(child.line())
}

fn amount(place: &str, text: &str) -> Result<i64, ConvertError> {
    text.parse().ok().filter(|amount| *amount >= 0).ok_or_else(|| fault(place, format!("{text:?} is no whole amount")))
}

fn fault(place: &str, problem: String) -> ConvertError {
    ConvertError::Malformed { source_name: SOURCE, place: format!("activity or flow {place}"), problem }
}
