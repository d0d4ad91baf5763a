//! Absorption, channels, regions, steps and modes.

use needmatch_domain::ids::{PeriodIndex, StateIndex};
use needmatch_domain::problem::Step;
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Absorption, Baseline, ChannelLimit};

use crate::freeze::freeze;
use crate::test_scenario::{ScenarioBuilder, id, matched, one_pair};

fn three_states() -> ScenarioBuilder {
    one_pair()
        .request("R2", |request| request.state = id("KEN"))
        .component("C2", "R2", |_| {})
        .request("R3", |request| request.state = id("FJI"))
        .component("C3", "R3", |_| {})
}

#[test]
fn states_are_sorted_and_carry_their_regions_and_limits_in_order_of_period() {
    let row = |state: &str, period, amount, requests| Absorption {
        state: id(state),
        period: PeriodIndex(period),
        amount,
        requests,
    };
    let problem = three_states()
        .with(|scenario| {
            scenario.absorption = vec![
                row("SEN", 2, Some(5), None),
                row("SEN", 0, None, Some(1)),
                row("SEN", 1, None, None),
                row("TUV", 0, Some(9), None),
            ];
        })
        .problem();
    let codes: Vec<_> = problem.states.iter().map(|state| state.code.as_str()).collect();
    assert_eq!(codes, ["FJI", "KEN", "SEN"]);
    let limits: Vec<_> =
        problem.states[2].absorption.iter().map(|limit| (limit.period.0, limit.amount, limit.requests)).collect();
    assert_eq!(limits, [(0, None, Some(1)), (2, Some(5), None)], "a row without limits limits nothing");
    assert_eq!(problem.states[2].regions.first(), Some(&id("Western Africa")), "finest first");
}

#[test]
fn a_channel_limit_counts_the_union_of_its_regions_at_any_level() {
    let row = |name: &str, regions: &[&str], period: Option<u32>, amount| ChannelLimit {
        id: id(name),
        regions: regions.iter().map(|region| id(region)).collect(),
        period: period.map(PeriodIndex),
        amount,
    };
    let problem = three_states()
        .with(|scenario| {
            scenario.channels = vec![
                row("F2", &[], None, Some(7)),
                row("F1", &["Western Africa", "Oceania"], Some(1), Some(8)),
                row("F1", &["Asia"], None, Some(9)),
                row("F3", &["Africa"], None, None),
            ];
        })
        .problem();
    let limits: Vec<_> = problem
        .channels
        .iter()
        .map(|limit| (limit.id.as_str(), limit.period.map(|period| period.0), limit.states.clone(), limit.amount))
        .collect();
    let states = |positions: &[u32]| Some(positions.iter().copied().map(StateIndex).collect::<Vec<_>>());
    assert_eq!(limits, [("F1", None, states(&[]), 9), ("F1", Some(1), states(&[0, 2]), 8), ("F2", None, None, 7)]);
}

#[test]
fn a_share_counts_the_states_of_its_region_and_a_floor_nobody_asks_under_is_reported() {
    let scenario = three_states().with(|scenario| {
        scenario.settings.rules.regional_floor = [(id("Oceania"), 100), (id("Africa"), 50), (id("Asia"), 10)].into();
        scenario.settings.rules.regional_ceiling = [(id("Eastern Africa"), 500)].into();
        scenario.offers[0].excluded_states = [id("FJI")].into();
    });
    let frozen = freeze(&scenario.build()).unwrap();
    let floors: Vec<_> = frozen
        .problem
        .regional_floors
        .iter()
        .map(|floor| (floor.region.as_str(), floor.states.len(), floor.share_permille))
        .collect();
    assert_eq!(floors, [("Africa", 2, 50), ("Asia", 0, 10), ("Oceania", 1, 100)]);
    assert_eq!(frozen.problem.regional_ceilings[0].states, [StateIndex(1)]);
    assert_eq!(frozen.report.floors_without_demand, [id("Asia"), id("Oceania")]);
}

#[test]
fn steps_are_known_only_while_precedence_is_looked_at() {
    let step = |area: &str, mode| {
        let scenario = one_pair().with(|scenario| scenario.requests[0].area = id(area));
        scenario.mode(Rule::Precedence, mode).problem().requests[0].step
    };
    assert_eq!(step("marking", Mode::Off), None);
    assert_eq!(step("marking", Mode::Enforce), Some(Step::Marking));
    assert_eq!(step("record_keeping", Mode::Warn), Some(Step::RecordKeeping));
    assert_eq!(step("legislation", Mode::Enforce), Some(Step::Legislation));
    assert_eq!(step("tracing", Mode::Enforce), None);
}

#[test]
fn the_problem_states_the_mode_of_every_rule_of_the_plan_and_of_no_other() {
    let problem = one_pair().mode(Rule::Bundle, Mode::Off).mode(Rule::Capacity, Mode::Off).problem();
    assert_eq!(problem.rules.len(), Rule::rows().count());
    assert_eq!(problem.rules[&Rule::Bundle], Mode::Off);
    assert_eq!(problem.rules[&Rule::Capacity], Mode::Enforce, "cannot be relaxed");
    assert_eq!(problem.rules[&Rule::Precedence], Mode::Off);
}

#[test]
fn an_earlier_plan_is_kept_as_far_as_it_is_still_asked_for() {
    let row = |component: &str, period, quantity| Baseline {
        component: id(component),
        offer: id("O1"),
        period: PeriodIndex(period),
        quantity,
    };
    let problem = one_pair()
        .component("C0", "R1", |component| component.received = 10)
        .with(|scenario| scenario.baseline = vec![row("C1", 2, 3), row("C1", 0, 4), row("C0", 0, 5), row("C1", 1, 0)])
        .problem();
    assert_eq!(problem.baseline, [matched(0, 0, 0, 4), matched(0, 0, 2, 3)]);
}
