//! What `explain` prints for people.

use std::fmt::Write;

use super::{grouped, sentence, table};
use crate::commands::explain_report::{ComponentReport, MatchReport, OfferReport, Report, RequestReport, Unlocking};

/// Rows of a long list shown before the reader is sent to `--format json`.
const SHOWN: usize = 60;

/// The whole report, or with `part` only the request or offer that is left in it.
pub(crate) fn text(report: &Report, part: bool) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}: {}", report.name, report.status);
    if !part {
        plan(report, &mut text);
    }
    for request in &report.requests {
        if part {
            of_request(request, &mut text);
        }
    }
    if !part {
        without(report, &mut text);
    }
    offers(report, part, &mut text);
    if let Some(unlocking) = report.unlocking {
        summary(unlocking, &mut text);
    }
    text
}

fn plan(report: &Report, text: &mut String) {
    if !report.conflict.is_empty() {
        let _ = writeln!(text, "\nThere is no plan. These cannot hold together; taking back any one leaves what can:");
        for demand in &report.conflict {
            let _ = writeln!(text, "  {demand}");
        }
    }
    let _ = writeln!(text, "\nGoals, in order; each may cost those before it no more than the scenario lets it");
    let rows = report.goals.iter().map(|goal| {
        let cost: Vec<_> =
            goal.cost_to.iter().map(|cost| format!("{} of {}", grouped(cost.amount), cost.goal)).collect();
        let gap = format!("{:.3}", goal.gap_permille);
        let (best, bound, value) = (grouped(goal.best), grouped(goal.bound), grouped(goal.value));
        vec![goal.goal.to_owned(), best, bound, gap, value, cost.join("; ")]
    });
    let _ = writeln!(text, "{}", table::of(&["goal", "best", "at most", "gap ‰", "in the plan", "cost"], 1, rows));
    for (title, shares) in [("region", &report.regions), ("area", &report.areas)] {
        let served = format!("served, {}", report.currency);
        let header = [title, "components", "served", "asked", &served, "%"];
        let rows = shares.iter().map(|share| {
            let percent = i128::from(share.served) * 100 / i128::from(share.asked.max(1));
            vec![
                share.name.clone(),
                share.components.to_string(),
                share.components_served.to_string(),
                grouped(share.asked),
                grouped(share.served),
                percent.to_string(),
            ]
        });
        let _ = writeln!(text, "\n{}", table::of(&header, 1, rows));
    }
    let _ = writeln!(text, "\nRules that bind: what is filled to the brim");
    for binding in &report.binding {
        let first: Vec<_> = binding.of.iter().take(5).map(String::as_str).collect();
        let more = binding.of.len().saturating_sub(5);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let _ = writeln!(text, "  {} ({}): {}{more}", binding.rule, binding.of.len(), first.join(" · "));
    }
}

fn without(report: &Report, text: &mut String) {
    let missing: Vec<(&RequestReport, &ComponentReport)> = report
        .requests
        .iter()
        .flat_map(|request| request.components.iter().map(move |component| (request, component)))
        .filter(|(_, component)| component.received < component.asked)
        .collect();
    if missing.is_empty() {
        let _ = writeln!(text, "\nEverything asked for is served.");
        return;
    }
    let _ = writeln!(text, "\nNot, or not wholly, served: {} components", missing.len());
    let searched = report.unlocking.is_some();
    let shown = if searched { missing.len() } else { SHOWN };
    for (request, component) in missing.iter().take(shown) {
        let title = if request.title.is_empty() { String::new() } else { format!(" — {}", request.title) };
        let _ = writeln!(text, "{} ({}, {}){title}", component.id, request.state, request.area);
        of_component(component, text);
    }
    if missing.len() > shown {
        let _ = writeln!(text, "and {} more: see --request ID, or --format json for all", missing.len() - shown);
    }
}

fn of_request(request: &RequestReport, text: &mut String) {
    let _ = writeln!(text, "\nRequest {} of {}, {} {}", request.id, request.state, request.area, request.title);
    for component in &request.components {
        let _ = writeln!(text, "\n{}", component.id);
        for found in &component.matches {
            of_match(found, &found.offer, text);
        }
        of_component(component, text);
    }
}

fn of_match(found: &MatchReport, with: &str, text: &mut String) {
    let fit = if found.fit == 1000 { String::new() } else { format!(" × fit {}/1000", found.fit) };
    let _ = writeln!(
        text,
        "  {} in {}: {}; score {} a unit = weight {} × worth {}{fit}; no more because of {}",
        with,
        found.period,
        grouped(found.quantity),
        grouped(found.score),
        grouped(found.weight),
        grouped(found.worth),
        if found.bound_by_words.is_empty() { "the plan as a whole" } else { &found.bound_by_words }
    );
}

fn of_component(component: &ComponentReport, text: &mut String) {
    let _ = writeln!(text, "  asked {}, receives {}", grouped(component.asked), grouped(component.received));
    for reason in &component.reasons {
        let _ = writeln!(text, "  - {reason}");
    }
    match (&component.unlock, &component.search) {
        (Some(unlock), search) => {
            let _ = writeln!(text, "  What would serve it:");
            for change in sentence::by_row(&unlock.changes) {
                let _ = writeln!(text, "    {change}");
            }
            let kept = unlock.changes.iter().any(|change| change.file == "locks.csv" && change.field == "kind");
            let how = if kept {
                "kept for it by a lock, so every plan serves it"
            } else if search.is_some() {
                "checked by solving again"
            } else {
                "checked when the run was made"
            };
            let _ = writeln!(text, "    It then receives {} ({how}).", grouped(unlock.quantity));
        }
        (None, Some(search)) => {
            let barred = if search.barred.is_empty() {
                String::new()
            } else {
                format!("; not proposed, since it is for others to decide: lifting {}", search.barred.join(", "))
            };
            let _ = writeln!(
                text,
                "  None of the changes considered serves it ({} looked at, {} solved again){barred}.",
                search.considered, search.solved
            );
        }
        (None, None) => {}
    }
}

fn offers(report: &Report, part: bool, text: &mut String) {
    if report.offers.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\nOffers; what one more unit would add to the first goal, by the prices of the certificate unless marked exact"
    );
    let left: Vec<&OfferReport> = report.offers.iter().collect();
    let rows = left.iter().take(SHOWN).map(|offer| {
        let value = if offer.exact {
            format!("{} (exact)", grouped(offer.marginal_value))
        } else {
            grouped(offer.marginal_value)
        };
        vec![
            offer.id.clone(),
            offer.provider.clone(),
            grouped(offer.quantity),
            grouped(offer.used),
            grouped(offer.left),
            value,
        ]
    });
    let header = ["offer", "provider", "holds", "used", "left", "one more unit"];
    let _ = writeln!(text, "{}", table::of(&header, 2, rows));
    if left.len() > SHOWN {
        let _ = writeln!(text, "and {} more: see --offer ID, or --format json for all", left.len() - SHOWN);
    }
    for offer in left.iter().filter(|offer| offer.left > 0) {
        let why = if offer.why_left_words.is_empty() { "nothing it may serve is left" } else { &offer.why_left_words };
        let _ = writeln!(text, "  {}: {} left because of {why}", offer.id, grouped(offer.left));
    }
    if part {
        for offer in left {
            for found in &offer.matches {
                of_match(found, &found.component, text);
            }
        }
    }
}

fn summary(unlocking: Unlocking, text: &mut String) {
    let _ = write!(
        text,
        "\n{} components with nothing: {} have a change that serves them, {} have none among those considered",
        unlocking.components, unlocking.with_change, unlocking.without_change
    );
    let _ = match unlocking.not_reached {
        0 => writeln!(text),
        left => writeln!(text, ", {left} were not reached before the search was stopped"),
    };
}
