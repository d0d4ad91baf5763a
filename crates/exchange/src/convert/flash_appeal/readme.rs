//! The README of the appeal's folder: origin, licence, choices and counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::convert::ConvertError;
use crate::convert::folder::{filled, grouped};

use super::activity::{Appeal, Status};
use super::offers::Money;
use super::{clusters, rates, requests};

/// The sum the United Nations published when the appeal was launched in its revised form, US dollars.
const PUBLISHED_SUM: i64 = 1_441_547_920;

/// Asked and received, US dollars, and the number of requests, by cluster.
#[derive(Default)]
struct Line {
    requests: usize,
    asked: i64,
    received: i64,
    earmarked: i64,
}

/// The text.
pub(super) fn readme(appeal: &Appeal, money: &Money) -> Result<String, ConvertError> {
    let asked: i64 = requests(appeal).map(|activity| activity.cost).sum();
    let received: i64 = money.payments.iter().map(|(_, _, dollars)| dollars).sum();
    let worth = |pledge: bool| -> i64 {
        let offers = money.offers.iter().filter(|(key, _)| key.pledge == pledge);
        offers.filter_map(|(key, offer)| rates::in_dollars(offer.quantity, &key.currency)).sum()
    };
    let flows = |status: Status| flows(appeal).filter(|flow| flow.status == status).count();
    let count = |pledge: bool| money.offers.keys().filter(|key| key.pledge == pledge).count();
    let open = money.offers.iter().filter(|(key, _)| key.cluster.is_none());
    let open_worth: i64 =
        open.clone().filter_map(|(key, offer)| rates::in_dollars(offer.quantity, &key.currency)).sum();
    let providers: BTreeSet<_> = money.offers.values().map(|offer| &offer.provider).collect();
    let (committed, pledged) = (worth(false), worth(true));
    let lines = by_cluster(appeal, money)?;
    let matches_published = if asked == PUBLISHED_SUM {
        "That is to the dollar the sum published when the revised appeal was launched on 18 February 2010"
    } else {
        "The sum published when the revised appeal was launched on 18 February 2010 was USD 1,441,547,920"
    };
    Ok(filled(
        include_str!("readme.md"),
        &[
            ("requests", (requests(appeal).count()).to_string()),
            ("providers", (providers.len()).to_string()),
            ("listed", (appeal.listed).to_string()),
            ("listed_with_cost", (appeal.listed_with_cost).to_string()),
            ("listed_cost", grouped(appeal.listed_cost)),
            ("repeated", grouped(appeal.listed_cost - asked)),
            ("repetitions", (appeal.listed_with_cost - requests(appeal).count()).to_string()),
            ("repeated_flows", (appeal.listed_flows - self::flows(appeal).count()).to_string()),
            ("listed_flows", (appeal.listed_flows).to_string()),
            ("asked", grouped(asked)),
            ("clusters", (clusters::all().count()).to_string()),
            ("offers", (money.offers.len()).to_string()),
            ("pledges", (count(true)).to_string()),
            ("commitments", (count(false)).to_string()),
            ("open_offers", (open.count()).to_string()),
            ("open_worth", grouped(open_worth)),
            ("status_pledge", (flows(Status::Pledge)).to_string()),
            ("status_commitment", (flows(Status::Commitment)).to_string()),
            ("status_paid", (flows(Status::Paid)).to_string()),
            ("without_rate", without_rate(money)),
            ("above_cost", grouped(money.above_cost)),
            ("committed", grouped(committed)),
            ("pledged", grouped(pledged)),
            ("payments", (money.payments.len()).to_string()),
            ("received", grouped(received)),
            ("share", percent(received, asked)),
            ("funded", (funded_in_full(appeal, money)).to_string()),
            ("known_optimum", known_optimum(&lines, asked, committed + pledged)),
            ("lines", cluster_lines(&lines)),
            ("rate_lines", rate_lines()),
            ("matches_published", matches_published.to_owned()),
        ],
    ))
}

fn flows(appeal: &Appeal) -> impl Iterator<Item = &super::activity::Flow> {
    appeal.activities.iter().flat_map(|activity| &activity.flows)
}

fn without_rate(money: &Money) -> String {
    let left_out: Vec<_> = money
        .without_rate
        .iter()
        .map(|(id, currency, amount)| format!("flow {id}, {currency} {}", grouped(*amount)))
        .collect();
    match left_out.len() {
        0 => "Every currency has a rate.".to_owned(),
        count => format!("Left out for want of a reference rate: {count} ({}).", left_out.join("; ")),
    }
}

/// Requests whose earlier payments reach their cost.
fn funded_in_full(appeal: &Appeal, money: &Money) -> usize {
    let mut paid: BTreeMap<&str, i64> = BTreeMap::new();
    for (activity, _, dollars) in &money.payments {
        *paid.entry(activity).or_default() += dollars;
    }
    requests(appeal).filter(|activity| paid.get(activity.id.as_str()) == Some(&activity.cost)).count()
}

/// What every plan of most coverage delivers, where that can be said without solving.
fn known_optimum(lines: &BTreeMap<&str, Line>, asked: i64, offered: i64) -> String {
    if offered <= asked && lines.values().all(|line| line.earmarked <= line.asked) {
        let offered = grouped(offered);
        format!(
            "Every cluster asked for more than is\noffered to it, so all USD {offered} can be matched: that is the best `coverage`, known without\n\
             solving. What a plan can still choose is how many requests are met in full (`completed`) and how much of what\n\
             really happened it keeps (`stability`)."
        )
    } else {
        String::new()
    }
}

fn by_cluster(appeal: &Appeal, money: &Money) -> Result<BTreeMap<&'static str, Line>, ConvertError> {
    let mut lines: BTreeMap<&'static str, Line> = BTreeMap::new();
    let mut cluster_of = BTreeMap::new();
    for activity in requests(appeal) {
        let name = clusters::name(&activity.cluster)?;
        cluster_of.insert(activity.id.as_str(), name);
        let line = lines.entry(name).or_default();
        line.requests += 1;
        line.asked += activity.cost;
    }
    for (activity, _, dollars) in &money.payments {
        if let Some(name) = cluster_of.get(activity.as_str()) {
            lines.entry(name).or_default().received += dollars;
        }
    }
    for (key, offer) in &money.offers {
        if let Some(cluster) = &key.cluster {
            lines.entry(clusters::name(cluster)?).or_default().earmarked +=
                rates::in_dollars(offer.quantity, &key.currency).unwrap_or_default();
        }
    }
    Ok(lines)
}

fn cluster_lines(lines: &BTreeMap<&str, Line>) -> String {
    let mut text = String::new();
    for (name, line) in lines {
        let (asked, received, earmarked) = (grouped(line.asked), grouped(line.received), grouped(line.earmarked));
        let _ = writeln!(text, "| {name} | {} | {asked} | {received} | {earmarked} |", line.requests);
    }
    text
}

fn rate_lines() -> String {
    let mut text = String::new();
    for (currency, units) in rates::published() {
        let rate = rates::rates().find(|(code, _)| *code == currency).map_or(1_000_000, |(_, rate)| rate);
        let _ = writeln!(text, "| {currency} | {units} | {} |", rates::as_decimal(rate));
    }
    text
}

/// A share in percent with one decimal, rounded down.
fn percent(part: i64, whole: i64) -> String {
    let permille = part * 1000 / whole.max(1);
    format!("{}.{}", permille / 10, permille % 10)
}
