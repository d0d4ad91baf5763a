//! Values of goals, by numbers worked out by hand.

use needmatch_domain::area::Family;
use needmatch_domain::goal::{EquityBy, Goal, GoalName};
use needmatch_domain::plan::Match;
use needmatch_domain::problem::Problem;
use needmatch_domain::run::GoalResult;

use super::builder::{component, give, id, problem, request};
use crate::{evaluate, stages};

/// Two states; a request each; components of 10 (cost 3), 4 (cost 1) and 8 (cost 2).
fn two_states() -> Problem {
    let mut problem = problem(1, 2, 2);
    for state in 0..2 {
        request(&mut problem, state);
    }
    for (owner, outstanding, cost) in [(0, 10, 3), (0, 4, 1), (1, 8, 2)] {
        let position = component(&mut problem, owner, outstanding);
        problem.components[position].unit_cost = cost;
    }
    problem
}

fn value(problem: &Problem, matches: &[Match], name: GoalName) -> i64 {
    evaluate(problem, matches, &Goal::plain(name))
}

#[test]
fn coverage_sums_scores_and_leaves_out_what_is_no_pair() {
    let mut problem = two_states();
    problem.components[0].pairs[1].score = 7;
    assert_eq!(value(&problem, &[give(0, 0, 0, 2), give(0, 1, 0, 3), give(0, 2, 0, 9)], GoalName::Coverage), 23);
}

#[test]
fn completed_wants_every_component_but_only_one_alternative() {
    let mut problem = two_states();
    problem.requests[1].priority_weight = 16;
    let most = [give(0, 0, 0, 10), give(2, 0, 0, 8)];
    assert_eq!(value(&problem, &most, GoalName::Completed), 16);
    problem.components[0].choice = Some(id("either"));
    problem.components[1].choice = Some(id("either"));
    assert_eq!(value(&problem, &most, GoalName::Completed), 20);
    assert_eq!(value(&problem, &[give(0, 0, 0, 9), give(1, 0, 0, 3)], GoalName::Completed), 0);
}

#[test]
fn equity_weighs_the_first_tenths_most() {
    let mut problem = two_states();
    // 17 of 34 in S0 is 500 permille: (10 + 9 + 8 + 7 + 6) · 100. 2 of 16 in S1 is 125: 1000 + 25 · 9.
    let half = [give(0, 0, 0, 5), give(1, 0, 0, 2), give(2, 0, 0, 1)];
    assert_eq!(value(&problem, &half, GoalName::Equity), 4000 + 1225);
    let all = [give(0, 0, 0, 10), give(1, 0, 0, 4), give(2, 0, 0, 8)];
    assert_eq!(value(&problem, &all, GoalName::Equity), 11_000);
    problem.states[0].regions = vec![id("North"), id("World")];
    problem.states[1].regions = vec![id("North")];
    let by_region = Goal { by: EquityBy::Region, ..Goal::plain(GoalName::Equity) };
    // 19 of 50 is 380 permille.
    assert_eq!(evaluate(&problem, &half, &by_region), 1000 + 900 + 800 + 80 * 7);
    problem.states[1].regions.clear();
    assert_eq!(evaluate(&problem, &half, &by_region), 4000, "a state without region is left out");
}

#[test]
fn synergy_counts_states_with_both_families_and_shared_targets() {
    let mut problem = two_states();
    problem.requests[0].family = Some(Family::Tracing);
    let second = request(&mut problem, 0);
    problem.requests[second].family = Some(Family::Stockpile);
    let stockpile = component(&mut problem, second, 1);
    problem.requests[1].sdg_targets = vec![id("16.1"), id("16.4")];
    problem.offers[0].sdg_targets = vec![id("16.4"), id("16.6")];
    let both = [give(0, 0, 0, 1), give(2, 0, 0, 1), give(2, 1, 0, 1), give(stockpile, 1, 0, 1)];
    assert_eq!(value(&problem, &both, GoalName::Synergy), 11);
    assert_eq!(value(&problem, &both[..3], GoalName::Synergy), 1);
}

#[test]
fn sustainability_counts_served_requests_and_components() {
    let mut problem = two_states();
    problem.requests[0].sustainability = 30;
    problem.components[1].sustainability_points = 4;
    assert_eq!(value(&problem, &[give(0, 0, 0, 1)], GoalName::Sustainability), 30);
    assert_eq!(value(&problem, &[give(0, 0, 0, 1), give(1, 0, 0, 1)], GoalName::Sustainability), 34);
}

#[test]
fn stability_counts_what_is_kept_and_no_more() {
    let mut problem = two_states();
    problem.baseline = vec![give(0, 0, 0, 4), give(2, 1, 0, 4)];
    let later = [give(0, 0, 0, 9), give(2, 0, 0, 4), give(2, 1, 0, 1)];
    assert_eq!(value(&problem, &later, GoalName::Stability), 4 * 3 + 2);
}

#[test]
fn economy_counts_providers_once_a_request_and_rounds_delivery_up() {
    let mut problem = two_states();
    problem.offers[1].delivery_permille = 1001;
    problem.offers[0].delivery_permille = 900;
    let goal = Goal { provider_cost: 50, ..Goal::plain(GoalName::Economy) };
    let matches = [give(0, 0, 0, 1), give(0, 1, 0, 1), give(1, 1, 0, 1), give(2, 0, 0, 1)];
    assert_eq!(evaluate(&problem, &matches, &goal), -(3 * 50 + 1));
    problem.offers[1].provider = problem.offers[0].provider;
    assert_eq!(evaluate(&problem, &matches, &goal), -(2 * 50 + 1));
    assert_eq!(evaluate(&problem, &[], &goal), 0);
}

#[test]
fn what_is_held_counts_the_gives_of_later_goals_alone() {
    let gives = [(GoalName::Coverage, 100), (GoalName::Economy, 50), (GoalName::Synergy, 500)];
    let goals = gives.map(|(goal, give)| Goal { give, ..Goal::plain(goal) });
    let results = [(GoalName::Coverage, 1001), (GoalName::Economy, -1001), (GoalName::Synergy, 7)];
    let results = results.map(|(goal, best)| {
        let gap_permille = needmatch_domain::goal::Gap::default();
        GoalResult { goal, best, bound: best, gap_permille, value: best }
    });
    let held = |stage| stages::held(&goals, &results, stage);
    assert_eq!(held(0), [0_i64; 0]);
    // ⌊1001 · 50 / 1000⌋ = 50 and ⌊1001 · 550 / 1000⌋ = 550; what is negative gives way downwards too.
    assert_eq!(held(1), [951]);
    assert_eq!(held(2), [451, -1501]);
}
