//! Each rule: a plan at its limit stands, one step beyond falls with the sentence people read, and mode counts.

use needmatch_domain::ids::{ComponentIndex, StateIndex};
use needmatch_domain::plan::Match;
use needmatch_domain::problem::{Absorption, Channel, Obstacle, Problem, RegionShare, Step};
use needmatch_domain::rule::{Mode, Rule};

use super::builder::{component, give, id, plan, problem, request};
use crate::{Code, breaches, findings};

/// Two states with a request each, two components in the first, one in the second; two offers; two periods.
fn two_states() -> Problem {
    let mut problem = problem(2, 2, 2);
    for state in 0..2 {
        request(&mut problem, state);
    }
    for owner in [0, 0, 1] {
        component(&mut problem, owner, 10);
    }
    problem
}

fn sentences(problem: &Problem, matches: &[Match]) -> Vec<String> {
    findings(problem, &plan(matches)).iter().map(ToString::to_string).collect()
}

#[track_caller]
fn holds(mut problem: Problem, rule: Rule, good: &[Match], bad: &[Match], sentence: &str, amount: i64) {
    problem.rules.insert(rule, Mode::Enforce);
    assert_eq!(problem.faults(), []);
    assert_eq!(sentences(&problem, good), Vec::<String>::new(), "the plan at the limit stands");
    assert_eq!(sentences(&problem, bad), [sentence], "the plan beyond falls for this alone");
    assert_eq!(breaches(&problem, &plan(bad)), [], "an enforced rule is no warning");
    if rule.is_always_enforced() {
        return;
    }
    problem.rules.insert(rule, Mode::Warn);
    assert_eq!(sentences(&problem, bad), Vec::<String>::new());
    let told = breaches(&problem, &plan(bad));
    assert_eq!(told.iter().map(|breach| (breach.rule, breach.amount)).collect::<Vec<_>>(), [(rule, amount)]);
    problem.rules.insert(rule, Mode::Off);
    assert_eq!(sentences(&problem, bad), Vec::<String>::new());
    assert_eq!(breaches(&problem, &plan(bad)), []);
}

#[test]
fn demand_in_all() {
    let good = [give(0, 0, 0, 6), give(0, 1, 1, 4)];
    let bad = [give(0, 0, 0, 7), give(0, 1, 1, 4)];
    holds(two_states(), Rule::Demand, &good, &bad, "demand: component C0 receives 11 of 10 outstanding", 1);
}

#[test]
fn demand_in_a_period() {
    let mut problem = two_states();
    problem.components[0].period_max = Some(5);
    let good = [give(0, 0, 0, 3), give(0, 1, 0, 2), give(0, 1, 1, 5)];
    let bad = [give(0, 0, 0, 3), give(0, 1, 0, 3), give(0, 1, 1, 4)];
    holds(problem, Rule::Demand, &good, &bad, "demand: component C0 receives 6 in P0, where 5 can be used", 1);
}

#[test]
fn demand_of_the_indivisible() {
    let mut problem = two_states();
    problem.components[0].divisible = false;
    problem.components[0].minimum = 10;
    let sentence = "demand: component C0 comes whole or not at all: offer O0 gives 9 of 10 in P1";
    assert_eq!(sentences(&problem, &[give(0, 0, 1, 10)]), Vec::<String>::new());
    let found = sentences(&problem, &[give(0, 0, 1, 9)]);
    assert_eq!(found, [sentence, "minimum: component C0 receives 9; less than 10 is of no use"]);
}

#[test]
fn minimum() {
    let mut problem = two_states();
    problem.components[0].minimum = 5;
    let (good, bad) = ([give(0, 0, 0, 3), give(0, 1, 0, 2)], [give(0, 0, 0, 3), give(0, 1, 0, 1)]);
    holds(problem, Rule::Minimum, &good, &bad, "minimum: component C0 receives 4; less than 5 is of no use", 1);
}

#[test]
fn capacity_in_all() {
    let mut problem = two_states();
    problem.offers[0].quantity = 1200;
    problem.components[2].outstanding = 10_000;
    for pair in &mut problem.components[0].pairs {
        pair.draw_permille = 20_001;
    }
    let good = [give(0, 0, 0, 10), give(2, 0, 0, 999)];
    let bad = [give(0, 0, 0, 10), give(2, 0, 0, 1000)];
    holds(problem, Rule::Capacity, &good, &bad, "capacity: offer O0 gives 1,201 of 1,200", 1);
}

#[test]
fn capacity_in_a_period() {
    let mut problem = two_states();
    problem.offers[0].per_period = Some(vec![4, 0]);
    let bad = [give(0, 0, 0, 4), give(2, 0, 1, 1)];
    holds(problem, Rule::Capacity, &[give(0, 0, 0, 4)], &bad, "capacity: offer O0 gives 1 of 0 in P1", 1);
}

#[test]
fn ticket() {
    let mut problem = two_states();
    (problem.offers[0].ticket_min, problem.offers[0].ticket_max) = (Some(4), Some(12));
    let good = [give(0, 0, 0, 10), give(1, 0, 0, 2), give(2, 0, 0, 2), give(2, 0, 1, 2)];
    let bad = [give(0, 0, 0, 10), give(1, 0, 0, 3), give(2, 0, 0, 4)];
    let sentence = "ticket: offer O0 gives 13 to request R0, at most 12 allowed";
    holds(problem.clone(), Rule::Ticket, &good, &bad, sentence, 1);
    let bad = [give(0, 0, 0, 10), give(2, 0, 0, 3)];
    let sentence = "ticket: offer O0 gives 3 to request R1, at least 4 wanted";
    holds(problem, Rule::Ticket, &good, &bad, sentence, 1);
}

#[test]
fn state_limit() {
    let mut problem = two_states();
    problem.offers[0].state_max = Some(12);
    let good = [give(0, 0, 0, 10), give(1, 0, 1, 2), give(2, 0, 0, 10)];
    let bad = [give(0, 0, 0, 10), give(1, 0, 1, 3)];
    holds(problem, Rule::StateLimit, &good, &bad, "state_limit: offer O0 gives 13 to S0, at most 12 allowed", 1);
}

#[test]
fn reach() {
    let mut problem = two_states();
    problem.offers[0].max_requests = Some(1);
    let good = [give(0, 0, 0, 1), give(1, 0, 0, 1), give(2, 1, 0, 1)];
    let bad = [give(0, 0, 0, 1), give(2, 0, 0, 1)];
    holds(problem, Rule::Reach, &good, &bad, "reach: offer O0 takes part in 2 requests, at most 1 allowed", 1);
}

#[test]
fn fragmentation_counts_providers_not_offers() {
    let mut problem = two_states();
    problem.requests[0].max_providers = Some(1);
    let bad = [give(0, 0, 0, 1), give(1, 1, 0, 1)];
    let sentence = "fragmentation: request R0 has 2 providers, at most 1 allowed";
    holds(problem.clone(), Rule::Fragmentation, &[give(0, 0, 0, 1), give(2, 1, 0, 1)], &bad, sentence, 1);
    problem.offers[1].provider = problem.offers[0].provider;
    assert_eq!(findings(&problem, &plan(&bad)), []);
}

#[test]
fn bundle() {
    let mut problem = two_states();
    problem.components[0].requires = vec![ComponentIndex(1)];
    let sentence = "bundle: component C0 is served without component C1, which it requires";
    holds(problem, Rule::Bundle, &[give(0, 0, 0, 1), give(1, 0, 0, 1)], &[give(0, 0, 0, 1)], sentence, 1);
}

#[test]
fn choice() {
    let mut problem = two_states();
    problem.components[0].choice = Some(id("either"));
    problem.components[1].choice = Some(id("either"));
    let bad = [give(0, 0, 0, 1), give(1, 0, 0, 1)];
    let sentence = "choice: 2 alternatives of component C0 are served together, at most 1 allowed";
    holds(problem, Rule::Choice, &[give(1, 0, 0, 1)], &bad, sentence, 1);
}

#[test]
fn sustainability() {
    let mut problem = two_states();
    problem.requests[0].sustainability_threshold = 55;
    problem.components[1].sustainability_points = 5;
    let good = [give(0, 0, 0, 1), give(1, 0, 0, 1)];
    let sentence = "sustainability: request R0 reaches 50 points of sustainability, 55 wanted";
    holds(problem, Rule::Sustainability, &good, &[give(0, 0, 0, 1)], sentence, 5);
}

#[test]
fn obstacle() {
    let mut problem = two_states();
    let obstacle = |mitigation| Obstacle { code: "no_power".to_owned(), mitigation };
    problem.requests[0].obstacles = vec![obstacle(Some(ComponentIndex(1)))];
    let sentence = "obstacle: request R0 is served although nothing removes its obstacle 0";
    holds(problem, Rule::Obstacle, &[give(0, 0, 0, 1), give(1, 0, 0, 1)], &[give(0, 0, 0, 1)], sentence, 1);
    let mut hopeless = two_states();
    hopeless.requests[0].obstacles = vec![obstacle(None)];
    holds(hopeless, Rule::Obstacle, &[give(2, 0, 0, 1)], &[give(0, 0, 0, 1)], sentence, 1);
}

#[test]
fn absorption() {
    let mut problem = two_states();
    problem.components[0].unit_cost = 3;
    problem.states[0].absorption =
        vec![Absorption { period: needmatch_domain::ids::PeriodIndex(1), amount: Some(7), requests: None }];
    let bad = [give(0, 0, 1, 2), give(1, 0, 1, 2)];
    let sentence = "absorption: S0 receives 8 in P1, where it can take in 7";
    holds(problem.clone(), Rule::Absorption, &[give(0, 0, 1, 2), give(1, 0, 1, 1)], &bad, sentence, 1);
    problem.states[0].absorption[0].amount = None;
    problem.states[0].absorption[0].requests = Some(1);
    let other = request(&mut problem, 0);
    component(&mut problem, other, 10);
    let good = [give(0, 0, 1, 2), give(1, 0, 1, 2), give(3, 0, 0, 1)];
    let bad = [give(0, 0, 1, 2), give(3, 0, 1, 1)];
    holds(problem, Rule::Absorption, &good, &bad, "absorption: S0 runs 2 requests in P1, where it can run 1", 1);
}

#[test]
fn channel() {
    let mut problem = two_states();
    problem.offers[0].channel = Some(id("fund"));
    let limit = |period, states, amount| Channel { id: id("fund"), period, states, amount };
    problem.channels = vec![limit(None, Some(vec![StateIndex(0)]), 5)];
    let good = [give(0, 0, 0, 5), give(0, 1, 0, 5), give(2, 0, 0, 9)];
    let bad = [give(0, 0, 0, 5), give(0, 0, 1, 1), give(2, 0, 0, 9)];
    holds(problem.clone(), Rule::Channel, &good, &bad, "channel: channel fund carries 6 of 5", 1);
    problem.channels = vec![limit(Some(needmatch_domain::ids::PeriodIndex(1)), None, 5)];
    let (good, bad) = ([give(0, 0, 0, 9), give(2, 0, 1, 5)], [give(0, 0, 1, 1), give(2, 0, 1, 5)]);
    holds(problem, Rule::Channel, &good, &bad, "channel: channel fund carries 6 of 5", 1);
}

#[test]
fn regional_floor_rounds_up_and_counts_only_what_can_be_served() {
    let mut problem = two_states();
    problem.components[1].pairs.clear();
    problem.regional_floors =
        vec![RegionShare { region: id("North"), states: vec![StateIndex(0)], share_permille: 401 }];
    let sentence = "regional_floor: region North receives 4, at least 5 due";
    holds(problem, Rule::RegionalFloor, &[give(0, 0, 0, 5)], &[give(0, 0, 0, 4)], sentence, 1);
}

#[test]
fn regional_ceiling() {
    let mut problem = two_states();
    problem.regional_ceilings =
        vec![RegionShare { region: id("North"), states: vec![StateIndex(0)], share_permille: 500 }];
    let (good, bad) = ([give(0, 0, 0, 5), give(2, 0, 0, 5)], [give(0, 0, 0, 6), give(2, 0, 0, 5)]);
    let sentence = "regional_ceiling: region North receives 6, at most 5 of this plan allowed";
    holds(problem, Rule::RegionalCeiling, &good, &bad, sentence, 1);
}

#[test]
fn package() {
    let mut problem = two_states();
    problem.requests[0].package = Some(id("joint"));
    problem.requests[1].package = Some(id("joint"));
    let sentence = "package: requests R1 and R0 stand in one package, but only one of them is served";
    holds(problem, Rule::Package, &[give(0, 0, 0, 1), give(2, 0, 0, 1)], &[give(0, 0, 0, 1)], sentence, 1);
}

#[test]
fn precedence_looks_at_the_same_state_and_at_what_has_arrived() {
    let mut problem = two_states();
    problem.requests[0].step = Some(Step::Marking);
    let register = request(&mut problem, 0);
    problem.requests[register].step = Some(Step::RecordKeeping);
    let register = component(&mut problem, register, 10);
    let sentence =
        "precedence: component C0 receives from offer O0 in P0 before anything of the step before it has arrived";
    let good = [give(0, 0, 0, 1), give(0, 0, 1, 1), give(register, 0, 0, 1)];
    let bad = [give(0, 0, 0, 1), give(0, 0, 1, 1), give(register, 0, 1, 1)];
    holds(problem.clone(), Rule::Precedence, &good, &bad, sentence, 1);
    problem.components[register].pairs.clear();
    problem.rules.insert(Rule::Precedence, Mode::Enforce);
    assert_eq!(findings(&problem, &plan(&[give(0, 0, 0, 1)])), [], "where no register can be had none is awaited");
}

#[test]
fn locked() {
    let mut problem = two_states();
    problem.locks = vec![give(0, 0, 1, 5)];
    let sentence = "locked: the lock of C0 from O0 in P1 asks for 5, the plan gives 4";
    holds(problem, Rule::Locked, &[give(0, 0, 1, 5)], &[give(0, 0, 1, 4)], sentence, 1);
}

#[test]
fn what_is_no_plan_is_told_match_by_match() {
    let mut problem = two_states();
    problem.components[0].pairs.remove(1);
    let matches = vec![
        give(1, 0, 0, 1),
        give(0, 1, 0, 1),
        give(1, 0, 0, 1),
        give(1, 0, 0, 1),
        give(1, 1, 0, 0),
        give(2, 9, 0, 1),
        give(7, 0, 0, 1),
        give(7, 0, 5, i64::MAX),
    ];
    let codes: Vec<_> =
        findings(&problem, &needmatch_domain::plan::Plan { matches }).iter().map(|found| found.code).collect();
    let expected = [
        Code::MatchOrder,
        Code::MatchIneligible,
        Code::MatchOrder,
        Code::MatchQuantity,
        Code::MatchUnknown,
        Code::MatchUnknown,
        Code::MatchUnknown,
    ];
    assert_eq!(codes, expected);
}

#[test]
fn findings_are_many_but_bounded() {
    let problem = two_states();
    let matches = vec![give(0, 0, 0, 1); 1000];
    let found = findings(&problem, &needmatch_domain::plan::Plan { matches });
    assert_eq!(found.len(), crate::MAX_FINDINGS + 1);
    assert_eq!(found.last().unwrap().to_string(), "more: and 800 more findings");
}

#[test]
fn a_faulty_problem_is_told_before_anything_else() {
    let mut problem = two_states();
    problem.components[0].request = needmatch_domain::ids::RequestIndex(9);
    let found = findings(&problem, &plan(&[]));
    assert_eq!(found[0].code, Code::ProblemFault);
    assert!(found[0].to_string().contains("components[0]"), "{}", found[0]);
}
