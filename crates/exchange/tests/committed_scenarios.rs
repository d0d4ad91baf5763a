//! Every scenario that is committed can be read, and holds what its README says.

use std::fs;
use std::path::{Path, PathBuf};

use needmatch_domain::goal::GoalName::{self, Coverage, Economy, Equity, Sustainability, Synergy};
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Firmness, Form, LockKind, Scenario};
use needmatch_exchange::read_folder;

fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}

fn read(name: &str) -> Scenario {
    read_folder(&scenarios().join(name)).unwrap_or_else(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{name}:\n{}", lines.join("\n"))
    })
}

/// Outstanding cost of everything asked for.
fn asked(scenario: &Scenario) -> i64 {
    scenario.components.iter().map(|component| (component.quantity - component.received) * component.unit_cost).sum()
}

#[test]
fn every_folder_can_be_read_and_says_where_it_comes_from() {
    let mut names = Vec::new();
    for entry in fs::read_dir(scenarios()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            read(&name);
            assert!(path.join("README.md").is_file(), "{name} has no README.md");
            names.push(name);
        }
    }
    assert!(names.len() >= 5, "{names:?}");
}

#[test]
fn the_flash_appeal_adds_up_to_what_was_published() {
    let scenario = read("haiti-2010-flash-appeal");
    assert_eq!(scenario.requests.len(), 233);
    assert_eq!(asked(&scenario), 1_441_547_920);
    assert_eq!(scenario.offers.len(), 301);
    assert_eq!(scenario.offers.iter().filter(|offer| offer.firmness == Firmness::Pledge).count(), 18);
    let worth = |offer: &needmatch_domain::scenario::Offer| match scenario.settings.rates.get(offer.unit.as_str()) {
        Some(rate) => rate.convert_down(offer.quantity).unwrap(),
        None => offer.quantity,
    };
    assert_eq!(scenario.offers.iter().map(worth).sum::<i64>(), 704_734_434);
    assert_eq!(scenario.baseline.iter().map(|paid| paid.quantity).sum::<i64>(), 441_791_745);
    for offer in &scenario.offers {
        let used: i64 = scenario.baseline.iter().filter(|paid| paid.offer == offer.id).map(|paid| paid.quantity).sum();
        assert!(used <= worth(offer), "the earlier plan asks too much of {}", offer.id);
    }
    for component in &scenario.components {
        let paid = scenario.baseline.iter().filter(|paid| paid.component == component.id).map(|paid| paid.quantity);
        assert!(paid.sum::<i64>() <= component.quantity, "the earlier plan gives too much to {}", component.id);
    }
}

#[test]
fn in_a_year_of_pacific_aid_offers_needs_and_payments_are_the_same_money() {
    for (name, requests, offers, payments, dollars) in
        [("pacific-security-2023", 18, 10, 32, 11_775_689), ("pacific-security-2024", 28, 11, 41, 19_532_904)]
    {
        let scenario = read(name);
        assert_eq!(scenario.requests.len(), requests, "{name}");
        assert_eq!(scenario.offers.len(), offers, "{name}");
        assert_eq!(scenario.baseline.len(), payments, "{name}");
        assert_eq!(asked(&scenario), dollars, "{name}");
        assert_eq!(scenario.offers.iter().map(|offer| offer.quantity).sum::<i64>(), dollars, "{name}");
        assert_eq!(scenario.baseline.iter().map(|paid| paid.quantity).sum::<i64>(), dollars, "{name}");
    }
}

#[test]
fn the_illustrative_round_uses_everything_a_scenario_can_say() {
    let scenario = read("bms6-illustrative");
    let rules = &scenario.settings.rules;
    for rule in [Rule::Embargo, Rule::RegionalFloor, Rule::RegionalCeiling, Rule::Precedence, Rule::BareEquipment] {
        assert_eq!(rules.mode(rule), Mode::Enforce, "{rule}");
    }
    assert!(!rules.embargo_states.is_empty() && !rules.regional_floor.is_empty() && !rules.regional_ceiling.is_empty());
    assert!(!rules.sustainability.by_group.is_empty() && !rules.contribution.by_group.is_empty());
    let goals: Vec<GoalName> = scenario.settings.goals.iter().map(|goal| goal.goal).collect();
    assert_eq!(goals, [Coverage, Equity, Synergy, Sustainability, Economy]);
    let offers = &scenario.offers;
    assert!(offers.iter().any(|offer| offer.form == Form::InKind) && scenario.settings.rates.len() >= 4);
    let uses: [(&str, bool); 22] = [
        ("ticket_min", offers.iter().any(|offer| offer.ticket_min.is_some())),
        ("ticket_max", offers.iter().any(|offer| offer.ticket_max.is_some())),
        ("state_max", offers.iter().any(|offer| offer.state_max.is_some())),
        ("max_requests", offers.iter().any(|offer| offer.max_requests.is_some())),
        ("channel", offers.iter().any(|offer| offer.channel.is_some())),
        ("groups", offers.iter().any(|offer| !offer.groups.is_empty())),
        ("contexts", offers.iter().any(|offer| !offer.contexts.is_empty())),
        ("excluded_states", offers.iter().any(|offer| !offer.excluded_states.is_empty())),
        ("action plan", offers.iter().any(|offer| offer.requires_action_plan)),
        ("report_since", offers.iter().any(|offer| offer.report_since.is_some())),
        ("min_sustainability", offers.iter().any(|offer| offer.min_sustainability > 0)),
        ("package", scenario.requests.iter().any(|request| request.package.is_some())),
        ("max_providers", scenario.requests.iter().any(|request| request.max_providers.is_some())),
        ("obstacle", scenario.requests.iter().any(|request| !request.obstacles.is_empty())),
        ("consent", scenario.requests.iter().any(|request| !request.circulated_to.is_empty())),
        ("choice", scenario.components.iter().any(|component| component.choice.is_some())),
        ("indivisible", scenario.components.iter().any(|component| !component.divisible)),
        ("received", scenario.components.iter().any(|component| component.received > 0)),
        ("covered_by", scenario.components.iter().any(|component| component.covered_by.is_some())),
        ("offer_periods", !scenario.offer_periods.is_empty() && scenario.periods.len() == 4),
        ("programmes", scenario.programmes.iter().any(|programme| !programme.mitigates.is_empty())),
        ("suitability", !scenario.suitability.is_empty() && !scenario.absorption.is_empty()),
    ];
    let unused: Vec<_> = uses.iter().filter(|(_, used)| !used).map(|(name, _)| *name).collect();
    assert!(unused.is_empty(), "{unused:?}");
    for kind in [LockKind::Lock, LockKind::Forbid] {
        assert!(scenario.locks.iter().any(|lock| lock.kind == kind), "{kind}");
    }
}
