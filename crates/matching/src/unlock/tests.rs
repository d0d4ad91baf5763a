//! Each change considered, on a scenario in which it is the one that helps; and what is never proposed.

use needmatch_domain::goal::Gap;
use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::plan::Plan;
use needmatch_domain::problem::Problem;
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Absorption, Obstacle, Thresholds};

use super::{Attempts, Found, Unlocker};
use crate::propose::{Options, Watch, propose};
use crate::test_scenario::{ScenarioBuilder, id, one_pair, scenario, window};

fn solve(problem: &Problem) -> Option<Plan> {
    let mut watch = Watch { elapsed: &|| 0.0, cancelled: &|| false, progress: &mut |_| {} };
    Some(propose(problem, &Options::new(Gap::default(), 60.0), &mut watch).ok()?.plan)
}

fn never(_: &Problem) -> bool {
    false
}

fn attempts<'a>(solve: &'a mut dyn FnMut(&Problem) -> Option<Plan>, most: usize) -> Attempts<'a> {
    Attempts { solve, most, exists: Box::leak(Box::new(never)), most_asked: 0, stopped: &|| false }
}

/// What unlocks the first component, re-solving so often.
fn unlock(builder: ScenarioBuilder, most: usize) -> Found {
    let scenario = builder.clone().build();
    let problem = builder.problem();
    let plan = solve(&problem).expect("there is a plan");
    let unlocker = Unlocker::of_scenario(&scenario, &problem, &plan);
    assert!(unlocker.without().contains(&ComponentIndex(0)), "the test is about an unserved component: {plan:?}");
    let mut solve = |problem: &Problem| solve(problem);
    unlocker.unlock(ComponentIndex(0), &mut attempts(&mut solve, most))
}

/// The change found, as `file id field to`, by re-solving.
fn changes(builder: ScenarioBuilder) -> Vec<String> {
    let found = unlock(builder, 20).unlock.expect("a change is found");
    assert!(found.quantity > 0);
    found.changes.iter().map(|one| format!("{} {} {} {}", one.file, one.id, one.field, one.to)).collect()
}

#[test]
fn the_one_rule_that_refuses_the_offer_is_answered() {
    let request = |change: fn(&mut needmatch_domain::scenario::Request)| {
        one_pair().with(move |scenario| change(&mut scenario.requests[0]))
    };
    let offer = |change: fn(&mut needmatch_domain::scenario::Offer)| {
        one_pair().with(move |scenario| change(&mut scenario.offers[0]))
    };
    for (builder, expected) in [
        (offer(|offer| offer.states = [id("KEN")].into()), "offers.csv O1 states KEN;SEN"),
        (offer(|offer| offer.areas = [id("tracing")].into()), "offers.csv O1 areas marking;tracing"),
        (offer(|offer| offer.requires_action_plan = true), "requests.csv R1 action_plan_date 2026-01-01"),
        (offer(|offer| offer.report_since = Some(2024)), "requests.csv R1 report_year 2024"),
        (offer(|offer| offer.min_contribution_percent = 7), "requests.csv R1 contribution_percent 7"),
        (offer(|offer| offer.min_sustainability = 30), "requests.csv R1 sustainability 30"),
        (request(|request| request.circulated_to = [id("D9")].into()), "requests.csv R1 circulated_to D1;D9"),
        (offer(|offer| offer.ticket_min = Some(5000)), "offers.csv O1 ticket_min"),
        (offer(|offer| offer.max_requests = Some(0)), "offers.csv O1 max_requests 1"),
        (request(|request| request.max_providers = Some(0)), "requests.csv R1 max_providers 1"),
        (offer(|offer| offer.quantity = 40), "offers.csv O1 quantity 100"),
    ] {
        let found = changes(builder);
        assert!(found.len() == 1 && found[0].starts_with(expected), "{expected}: {found:?}");
    }
}

#[test]
fn a_date_is_moved_no_further_than_needed() {
    let builder = one_pair().with(|scenario| {
        scenario.components[0].window = window(1, 1);
        scenario.offers[0].window = window(2, 3);
    });
    assert_eq!(changes(builder), ["components.csv C1 to P2"]);
}

#[test]
fn what_a_state_can_take_in_is_raised_to_what_arrives() {
    let builder = one_pair().with(|scenario| {
        scenario.components[0].window = window(1, 1);
        let period = scenario.components[0].window.first;
        let row = Absorption { state: id("SEN"), period, amount: Some(50), requests: None };
        scenario.absorption = vec![row];
    });
    assert_eq!(changes(builder), ["absorption.csv SEN@P1 amount 100"]);
}

#[test]
fn a_missing_part_of_the_bundle_is_unlocked_with_it() {
    let builder = one_pair().component("C2", "R1", |component| component.unit = id("machine")).with(|scenario| {
        scenario.components[0].requires = [id("C2")].into();
        scenario.components[1].r#type = needmatch_domain::area::ComponentType::Equipment;
        scenario.components[1].covered_by = Some("national".into());
        scenario.offers[0].quantity = 2000;
        scenario.offers[0].types = [needmatch_domain::area::ComponentType::Training].into();
    });
    assert_eq!(changes(builder), ["offers.csv O1 types equipment;training"]);
}

#[test]
fn the_threshold_and_the_obstacle_of_the_request_are_met_first() {
    let builder = one_pair().with(|scenario| {
        scenario.settings.rules.sustainability = Thresholds { threshold: 25, by_group: [].into() };
        scenario.requests[0].obstacles = vec![Obstacle { code: "no_power".into(), mitigation: None }];
    });
    let found = changes(builder);
    assert!(found.contains(&"requests.csv R1 sustainability 25".to_owned()), "{found:?}");
    assert!(found.contains(&"programmes.csv R1-mitigation mitigates no_power".to_owned()), "{found:?}");
}

/// Two requests for one offer that can pay one of them.
fn rivals() -> ScenarioBuilder {
    scenario()
        .request("R1", |request| request.priority = 4)
        .request("R2", |request| request.priority = 1)
        .component("C1", "R1", |component| component.divisible = false)
        .component("C2", "R2", |component| component.divisible = false)
        .offer("O1", "D1", |_| {})
}

#[test]
fn an_outbid_component_gets_as_much_more_as_it_needs() {
    assert_eq!(changes(rivals()), ["offers.csv O1 quantity 2000"]);
}

#[test]
fn without_solving_again_the_help_is_kept_for_it_by_a_lock() {
    let found = unlock(rivals(), 0);
    assert_eq!(found.solved, 0);
    let unlock = found.unlock.expect("room can be made");
    let files: Vec<_> = unlock.changes.iter().map(|change| change.file.as_str()).collect();
    assert_eq!(files, ["offers.csv", "locks.csv", "locks.csv"]);
    assert_eq!(unlock.quantity, 10);
}

#[test]
fn an_offer_nobody_made_is_the_last_resort() {
    let builder = one_pair().with(|scenario| {
        scenario.offers[0].form = needmatch_domain::scenario::Form::InKind;
        scenario.offers[0].unit = id("machine");
    });
    let found = changes(builder);
    assert!(found.contains(&"offers.csv for-C1 quantity 1".to_owned()), "{found:?}");
    assert!(found.contains(&"offers.csv for-C1 states SEN".to_owned()), "{found:?}");
}

#[test]
fn an_embargo_a_veto_and_a_refused_provider_are_named_and_left_alone() {
    let embargo = one_pair().with(|scenario| scenario.settings.rules.embargo_states = [id("SEN")].into());
    let found = unlock(embargo, 20);
    assert_eq!((found.unlock, found.barred), (None, vec![Rule::Embargo]));

    let forbidden = unlock(one_pair().forbid("C1", "O1", None), 20);
    assert!(forbidden.barred.contains(&Rule::Forbidden));
    let written = forbidden.unlock.map(|unlock| unlock.changes).unwrap_or_default();
    assert!(written.iter().all(|change| change.file != "locks.csv" || change.id.contains("for-C1")), "{written:?}");

    let excluded = unlock(one_pair().with(|scenario| scenario.requests[0].excluded_providers = [id("D1")].into()), 20);
    let written = excluded.unlock.map(|unlock| unlock.changes).unwrap_or_default();
    assert!(written.iter().all(|change| change.field != "excluded_providers"), "{written:?}");
}

#[test]
fn a_frozen_problem_gets_changes_of_its_own_tables() {
    let problem = rivals().problem();
    let plan = solve(&problem).unwrap();
    let unlocker = Unlocker::of_problem(&problem, &plan);
    let mut solve = |problem: &Problem| solve(problem);
    let found =
        unlocker.unlock(ComponentIndex(0), &mut attempts(&mut solve, 5)).unlock.expect("more of the offer serves it");
    assert_eq!(found.changes.len(), 1);
    let change = &found.changes[0];
    assert_eq!(
        (change.file.as_str(), change.field.as_str(), change.to.as_str()),
        ("problem.json", "offers.quantity", "2000")
    );
}

#[test]
fn nothing_is_solved_once_somebody_asked_to_stop() {
    let (scenario, problem) = (rivals().build(), rivals().problem());
    let plan = solve(&problem).unwrap();
    let mut never = |_: &Problem| -> Option<Plan> { panic!("it was stopped") };
    let mut stopped = Attempts { stopped: &|| true, ..attempts(&mut never, 5) };
    let found = Unlocker::of_scenario(&scenario, &problem, &plan).unlock(ComponentIndex(0), &mut stopped);
    assert_eq!(found.unlock, None);
}

#[test]
fn pledges_are_made_firm_where_only_commitments_count() {
    let builder = one_pair()
        .mode(Rule::FirmOnly, Mode::Enforce)
        .with(|scenario| scenario.offers[0].firmness = needmatch_domain::scenario::Firmness::Pledge);
    assert_eq!(changes(builder), ["offers.csv O1 firmness commitment"]);
}
