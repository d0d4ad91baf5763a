//! What is outstanding, and what is left out because it is not.

use needmatch_domain::area::ComponentType;
use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::problem::{Obstacle, Problem};
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario;

use crate::freeze::{Covered, FreezeReport, freeze};
use crate::test_scenario::{ScenarioBuilder, id, one_pair, window};

fn frozen(scenario: ScenarioBuilder) -> (Problem, FreezeReport) {
    let frozen = freeze(&scenario.build()).expect("can be frozen");
    (frozen.problem, frozen.report)
}

fn outstanding(problem: &Problem) -> Vec<(&str, i64, i64)> {
    let rows = problem.components.iter();
    rows.map(|component| (component.id.as_str(), component.outstanding, component.minimum)).collect()
}

#[test]
fn what_was_received_is_not_asked_again_and_the_minimum_never_passes_what_is_left() {
    let received = |received, minimum, divisible| {
        one_pair().with(move |scenario| {
            let component = &mut scenario.components[0];
            (component.received, component.minimum, component.divisible) = (received, minimum, divisible);
        })
    };
    assert_eq!(outstanding(&received(4, 3, true).problem()), [("C1", 6, 3)]);
    assert_eq!(outstanding(&received(8, 3, true).problem()), [("C1", 2, 2)]);
    assert_eq!(outstanding(&received(4, 3, false).problem()), [("C1", 6, 6)], "indivisible: all or nothing");
}

#[test]
fn a_request_with_nothing_outstanding_is_left_out_and_what_it_had_counts_as_served() {
    let scenario = one_pair()
        .request("R2", |request| request.state = id("KEN"))
        .component("C2", "R2", |component| component.received = 10)
        .component("C3", "R1", |component| {
            component.received = 11;
            component.sustainability_points = 25;
        })
        .with(|scenario| {
            scenario.requests[0].sustainability = 30;
            scenario.components[0].requires = [id("C2"), id("C3")].into();
            let mitigated = |code: &str, by: &str| scenario::Obstacle { code: code.into(), mitigation: Some(id(by)) };
            scenario.requests[0].obstacles = vec![mitigated("no_power", "C3"), mitigated("no_law", "C1")];
        });
    let (problem, report) = frozen(scenario);
    assert_eq!(outstanding(&problem), [("C1", 10, 1)]);
    assert_eq!(problem.components[0].requires, []);
    assert_eq!(problem.requests.len(), 1);
    assert_eq!(problem.requests[0].sustainability, 55);
    assert_eq!(
        problem.requests[0].obstacles,
        [Obstacle { code: "no_law".into(), mitigation: Some(ComponentIndex(0)) }]
    );
    assert_eq!(problem.states.len(), 1, "a state without a request has no row");
    assert_eq!(report.met, [id("C2"), id("C3")]);
    assert_eq!(report.requests_left_out, [id("R2")]);
}

/// 1,050 dollars cover ten places at 100 in C1 by one programme; the next has 250 for C2, which has five left.
#[test]
fn programmes_take_their_part_in_order_of_id_over_components_in_order_of_id() {
    let scenario = one_pair()
        .component("C2", "R1", |component| component.received = 2)
        .component("C3", "R1", |component| component.window = window(3, 3))
        .programme("G2", |programme| {
            programme.amount = Some(250);
            programme.window = window(1, 1);
        })
        .programme("G1", |programme| programme.amount = Some(1350));
    let (problem, report) = frozen(scenario.clone());
    assert_eq!(outstanding(&problem), [("C2", 3, 1), ("C3", 10, 1)]);
    let covered = |programme: &str, component: &str, units, deducted| Covered {
        programme: id(programme),
        component: id(component),
        units,
        deducted,
    };
    assert_eq!(
        report.covered,
        [covered("G1", "C1", 10, true), covered("G1", "C2", 3, true), covered("G2", "C2", 2, true)]
    );

    let (problem, report) = frozen(scenario.clone().mode(Rule::Duplication, Mode::Warn));
    assert_eq!(outstanding(&problem), [("C1", 10, 1), ("C2", 8, 1), ("C3", 10, 1)], "a warning takes nothing");
    assert_eq!(report.covered[0], covered("G1", "C1", 10, false));

    let (problem, report) = frozen(scenario.mode(Rule::Duplication, Mode::Off));
    assert_eq!(outstanding(&problem), [("C1", 10, 1), ("C2", 8, 1), ("C3", 10, 1)]);
    assert_eq!(report.covered, []);
}

#[test]
fn a_programme_for_another_state_area_type_or_time_takes_nothing() {
    let changes: [fn(&mut scenario::Programme); 4] = [
        |programme| programme.state = id("KEN"),
        |programme| programme.area = id("tracing"),
        |programme| programme.r#type = Some(ComponentType::Equipment),
        |programme| programme.window = window(3, 3),
    ];
    for change in changes {
        let scenario = one_pair()
            .with(|scenario| scenario.components[0].window = window(1, 2))
            .programme("G1", |programme| programme.amount = Some(1000))
            .with(|scenario| change(&mut scenario.programmes[0]));
        assert_eq!(outstanding(&scenario.problem()), [("C1", 10, 1)]);
    }
}

#[test]
fn an_obstacle_is_left_out_when_a_programme_of_the_state_mitigates_it_in_time() {
    let left = |state: &str, window_of_programme| {
        let scenario = one_pair()
            .programme("G1", |programme| {
                programme.state = id(state);
                programme.area = id("legislation");
                programme.window = window_of_programme;
                programme.mitigates = ["no_power".to_owned()].into();
            })
            .with(|scenario| {
                scenario.components[0].window = window(1, 2);
                let obstacle = |code: &str| scenario::Obstacle { code: code.into(), mitigation: None };
                scenario.requests[0].obstacles = vec![obstacle("no_power"), obstacle("other:no road")];
            });
        let problem = scenario.problem();
        problem.requests[0].obstacles.iter().map(|obstacle| obstacle.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(left("SEN", window(2, 3)), ["other:no road"]);
    assert_eq!(left("SEN", window(3, 3)), ["no_power", "other:no road"]);
    assert_eq!(left("KEN", window(1, 3)), ["no_power", "other:no road"]);
}

#[test]
fn a_choice_with_one_alternative_met_is_settled() {
    let scenario = one_pair()
        .component("C2", "R1", |component| component.choice = Some(id("A")))
        .component("C3", "R1", |component| {
            component.choice = Some(id("A"));
            component.received = 10;
        })
        .component("C4", "R1", |component| component.requires = [id("C2")].into())
        .component("C5", "R1", |component| component.requires = [id("C4")].into())
        .component("C6", "R1", |component| component.choice = Some(id("B")));
    let (problem, report) = frozen(scenario);
    assert_eq!(outstanding(&problem), [("C1", 10, 1), ("C6", 10, 1)]);
    assert_eq!(report.met, [id("C3")]);
    assert_eq!(report.settled, [id("C2"), id("C4"), id("C5")]);
}

#[test]
fn equipment_that_nobody_maintains_is_reported_and_kept() {
    let scenario = one_pair().with(|scenario| scenario.components[0].r#type = ComponentType::Equipment);
    let (problem, report) = frozen(scenario.offer("O2", "D1", |_| {}));
    assert_eq!(problem.components[0].pairs.len(), 2);
    assert_eq!(report.warned.iter().map(|row| (row.rule, row.offers)).collect::<Vec<_>>(), [(Rule::BareEquipment, 2)]);
    assert_eq!(report.pairs, 2);
}

#[test]
fn a_component_no_offer_may_serve_stays_and_is_reported() {
    let (problem, report) = frozen(one_pair().with(|scenario| scenario.offers[0].states = [id("KEN")].into()));
    assert_eq!(problem.components.len(), 1);
    assert_eq!(problem.offers.len(), 1, "an offer nobody may use stays too");
    assert_eq!(report.without_offer, [id("C1")]);
}
