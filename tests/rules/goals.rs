//! Each goal's example in `docs/rules.md`: the value of the best plan.

use needmatch_domain::goal::{Goal, GoalName};
use needmatch_domain::scenario::Scenario;

use crate::alone::solve;
use crate::pair::{Change, baseline, id, pair};

/// The value of a goal in the plan of most coverage.
fn value(goal: GoalName, change: Change) -> i64 {
    let mut scenario = pair(1);
    change(&mut scenario);
    scenario.settings.goals = if goal == GoalName::Coverage {
        vec![Goal::plain(goal)]
    } else {
        [GoalName::Coverage, goal].map(Goal::plain).into()
    };
    let plan = solve(&scenario);
    let results = &plan.run().outcome.goals;
    let result = results.last().expect("a goal has a result");
    assert_eq!((result.goal, result.best, result.bound), (goal, result.value, result.value));
    result.value
}

fn places(scenario: &mut Scenario, number: i64) {
    scenario.offers[0].quantity = 100 * number;
}

#[test]
fn examples_of_goals() {
    assert_eq!(value(GoalName::Coverage, |_| {}), 4_000_000_000);
    assert_eq!(value(GoalName::Completed, |_| {}), 4);
    assert_eq!(value(GoalName::Completed, |scenario| places(scenario, 9)), 0);
    assert_eq!(value(GoalName::Equity, |_| {}), 5_500);
    assert_eq!(value(GoalName::Equity, |scenario| places(scenario, 5)), 4_000);
    let shared = |scenario: &mut Scenario| {
        scenario.requests[0].sdg_targets = [id("16.4")].into();
        scenario.offers[0].sdg_targets = [id("16.4")].into();
    };
    assert_eq!(value(GoalName::Synergy, shared), 1);
    let lasting = |scenario: &mut Scenario| {
        scenario.requests[0].sustainability = 30;
        scenario.components[0].sustainability_points = 10;
    };
    assert_eq!(value(GoalName::Sustainability, lasting), 40);
    assert_eq!(value(GoalName::Stability, |scenario| baseline(scenario, "C1", "O1", 6)), 600);
    assert_eq!(value(GoalName::Economy, |scenario| scenario.offers[0].delivery_permille = 1200), -1_160);
}
