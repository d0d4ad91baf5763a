//! Why there is no plan: demands of the scenario that cannot hold together, none of them too many.
//!
//! Without locks and floors the empty plan always stands, so what conflicts is always some of those with the limits they
//! run into. Found by dividing (`QuickXplain`, Junker 2004): about k·log(n/k) proofs for k of n demands. Demands stand in
//! [`demand`] in the order in which a coordinator would rather hear of them; earlier ones are preferred.

mod demand;

use needmatch_domain::problem::Problem;
use needmatch_domain::reason::Demand;

use crate::certify::{Budget, prove_infeasible};
use crate::construct::greedy;
use crate::model::{Incidence, Model};

/// Branching nodes of one proof.
const NODES: usize = 200;

/// Demands that cannot hold together, such that taking back any one of them leaves what can: irreducible. Empty when no
/// conflict could be proved within the time.
///
/// `seconds` is for one proof, `spent` tells when to give up on all of them.
pub fn conflict(problem: &Problem, seconds: f64, spent: &dyn Fn() -> bool) -> Vec<Demand> {
    let all = demand::of(problem);
    let impossible = |kept: &[&Demand]| {
        let without: Vec<&Demand> = all.iter().filter(|demand| !kept.contains(demand)).collect();
        !spent() && is_impossible(&demand::without(problem, &without), seconds, spent)
    };
    let everything: Vec<&Demand> = all.iter().collect();
    if !impossible(&everything) {
        return Vec::new();
    }
    let mut found = explain(&[], false, &everything, &impossible);
    // A proof that did not come in time may have left more than needed.
    let mut position = 0;
    while position < found.len() {
        let mut fewer = found.clone();
        fewer.remove(position);
        if impossible(&fewer) {
            found = fewer;
        } else {
            position += 1;
        }
    }
    if spent() { Vec::new() } else { found.into_iter().cloned().collect() }
}

/// Takes demands back. The conflict is irreducible when the problem without any one of them has a plan.
pub fn without(problem: &Problem, demands: &[&Demand]) -> Problem {
    demand::without(problem, demands)
}

fn explain<'d>(
    background: &[&'d Demand],
    grown: bool,
    candidates: &[&'d Demand],
    impossible: &dyn Fn(&[&Demand]) -> bool,
) -> Vec<&'d Demand> {
    if grown && impossible(background) {
        return Vec::new();
    }
    if candidates.len() <= 1 {
        return candidates.to_vec();
    }
    let (first, second) = candidates.split_at(candidates.len() / 2);
    let with = |extra: &[&'d Demand]| -> Vec<&'d Demand> { background.iter().chain(extra).copied().collect() };
    let later = explain(&with(first), true, second, impossible);
    let mut found = explain(&with(&later), !later.is_empty(), first, impossible);
    found.extend(later);
    found
}

/// Whether it is proved that no plan satisfies the rules.
fn is_impossible(problem: &Problem, seconds: f64, spent: &dyn Fn() -> bool) -> bool {
    if problem.locks.is_empty() && problem.regional_floors.is_empty() {
        return false;
    }
    let model = Model::of(problem);
    let incidence = Incidence::of(&model);
    if greedy(&model, &incidence).broken().is_empty() {
        return false;
    }
    prove_infeasible(&model, &Budget { nodes: NODES, seconds, spent }).is_some()
}

#[cfg(test)]
mod tests {
    use needmatch_domain::reason::Demand;
    use needmatch_domain::rule::{Mode, Rule};

    use super::{conflict, without};
    use crate::test_scenario::{ScenarioBuilder, id, scenario};

    fn irreducible(builder: ScenarioBuilder) -> Vec<Demand> {
        let problem = builder.problem();
        let found = conflict(&problem, 10.0, &|| false);
        for demand in &found {
            let left = conflict(&without(&problem, &[demand]), 10.0, &|| false);
            assert!(left.is_empty(), "without {demand:?} there is still {left:?}");
        }
        found
    }

    fn two_requests() -> ScenarioBuilder {
        scenario()
            .request("R1", |_| {})
            .request("R2", |_| {})
            .component("C1", "R1", |_| {})
            .component("C2", "R2", |_| {})
            .offer("O1", "D1", |_| {})
            .offer("O2", "D2", |_| {})
    }

    #[test]
    fn two_locks_that_want_more_than_the_offer_has_are_the_conflict_and_a_third_is_not() {
        let found = irreducible(two_requests().lock("C1", "O1", 1, 6).lock("C2", "O1", 2, 6).lock("C2", "O2", 1, 2));
        assert!(found.iter().all(|demand| matches!(demand, Demand::Lock { quantity: 6, .. })), "{found:?}");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_lock_against_a_term_of_its_offer_names_both() {
        let found = irreducible(
            two_requests().lock("C1", "O1", 1, 6).with(|scenario| scenario.offers[0].ticket_max = Some(500)),
        );
        assert!(matches!(found[..], [Demand::Lock { quantity: 6, .. }, Demand::OfferTerms { .. }]), "{found:?}");
    }

    #[test]
    fn a_lock_whose_bundle_cannot_be_served_names_the_rule() {
        let found = irreducible(two_requests().lock("C1", "O1", 1, 6).with(|scenario| {
            scenario.components[0].requires = [id("C3")].into();
            let mut third = scenario.components[0].clone();
            (third.id, third.requires, third.unit_cost) = (id("C3"), [].into(), 5000);
            scenario.components.push(third);
        }));
        assert!(matches!(found[..], [Demand::Lock { .. }, Demand::Rule { rule: Rule::Bundle }]), "{found:?}");
    }

    #[test]
    fn a_floor_nobody_can_reach_is_a_conflict_on_its_own() {
        let floor = |scenario: &mut needmatch_domain::scenario::Scenario| {
            scenario.settings.rules.regional_floor = [(id("Western Africa"), 900)].into();
            scenario.offers.truncate(1);
        };
        let found = irreducible(two_requests().with(floor).mode(Rule::RegionalFloor, Mode::Enforce));
        assert!(matches!(found[..], [Demand::Floor { .. }]), "{found:?}");
    }

    #[test]
    fn what_has_a_plan_has_no_conflict() {
        assert!(irreducible(two_requests().lock("C1", "O1", 1, 6)).is_empty());
    }
}
