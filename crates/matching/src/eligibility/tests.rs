//! What every rule of eligibility has in common; each rule's own tests stand in its file.

use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::Scenario;

use super::{Lookup, Verdict, judge, pair_detail, refusals};
use crate::test_scenario::{ScenarioBuilder, id, one_pair, window};

/// The verdict on `C1` and `O1`.
pub(super) fn verdict(scenario: &Scenario) -> Verdict {
    let lookup = Lookup::of(scenario);
    let subject = lookup.subject(&id("C1")).expect("the scenario holds C1");
    let offer = scenario.offers.iter().find(|offer| offer.id.as_str() == "O1").expect("the scenario holds O1");
    let verdict = judge(&subject, offer);
    let detail = pair_detail(&subject, offer);
    match &verdict {
        Verdict::Eligible { ranges, .. } => {
            assert!(detail.is_empty(), "an eligible pair fails {detail:?}");
            assert!(!ranges.is_empty(), "an eligible pair has a period");
        }
        Verdict::Refused { first } => assert_eq!(detail.first(), Some(first), "the first of all failing rules"),
    }
    verdict
}

/// The rule enforced refuses `C1` from `O1` and nothing else does.
#[track_caller]
pub(super) fn refuses(rule: Rule, scenario: ScenarioBuilder) {
    let scenario = scenario.mode(rule, Mode::Enforce).build();
    assert_eq!(verdict(&scenario), Verdict::Refused { first: rule });
    let lookup = Lookup::of(&scenario);
    let counted = refusals(&lookup.subject(&id("C1")).unwrap());
    assert_eq!(counted.iter().map(|count| (count.rule, count.offers, count.only)).collect::<Vec<_>>(), [(rule, 1, 1)]);
}

/// The rule enforced lets `C1` have `O1`.
#[track_caller]
pub(super) fn allows(rule: Rule, scenario: ScenarioBuilder) {
    let eligible = Verdict::Eligible { ranges: vec![window(1, 3)], warned: vec![] };
    assert_eq!(verdict(&scenario.mode(rule, Mode::Enforce).build()), eligible);
}

/// The rule refuses the pair when enforced, warns in mode `warn` and is silent when off.
#[track_caller]
pub(super) fn follows_mode(rule: Rule, broken: &ScenarioBuilder) {
    refuses(rule, broken.clone());
    for (mode, expected) in [(Mode::Warn, vec![rule]), (Mode::Off, vec![])] {
        match verdict(&broken.clone().mode(rule, mode).build()) {
            Verdict::Eligible { warned, .. } => assert_eq!(warned, expected, "{rule} in mode {mode:?}"),
            refused @ Verdict::Refused { .. } => panic!("{rule} in mode {mode:?}: {refused:?}"),
        }
    }
}

/// The rule refuses the pair whatever mode the scenario states.
#[track_caller]
pub(super) fn ignores_mode(rule: Rule, broken: &ScenarioBuilder) {
    for mode in [Mode::Enforce, Mode::Warn, Mode::Off] {
        assert_eq!(verdict(&broken.clone().mode(rule, mode).build()), Verdict::Refused { first: rule });
    }
}

#[test]
fn the_plain_pair_breaks_no_rule() {
    for rule in Rule::eligibility() {
        allows(rule, one_pair());
    }
}

#[test]
fn the_first_failing_rule_is_reported_and_all_are_on_demand() {
    let scenario = one_pair()
        .offer("O2", "D2", |offer| offer.areas = [id("tracing")].into())
        .offer("O3", "D3", |offer| {
            offer.areas = [id("tracing")].into();
            offer.excluded_states = [id("SEN")].into();
            offer.min_sustainability = 1;
        })
        .offer("O4", "D4", |offer| offer.min_sustainability = 1)
        .build();
    let lookup = Lookup::of(&scenario);
    let subject = lookup.subject(&id("C1")).unwrap();
    assert_eq!(judge(&subject, &scenario.offers[2]), Verdict::Refused { first: Rule::Area });
    let all = [Rule::Area, Rule::Earmark, Rule::SustainabilityRequired];
    assert_eq!(pair_detail(&subject, &scenario.offers[2]), all);
    let counts: Vec<_> = refusals(&subject).iter().map(|count| (count.rule, count.offers, count.only)).collect();
    assert_eq!(counts, [(Rule::Area, 2, 1), (Rule::SustainabilityRequired, 1, 1)]);
}

#[test]
fn a_component_the_scenario_does_not_hold_has_no_subject() {
    assert!(Lookup::of(&one_pair().build()).subject(&id("C9")).is_none());
    let stateless = one_pair().with(|scenario| scenario.requests[0].state = id("QQQ")).build();
    assert!(Lookup::of(&stateless).subject(&id("C1")).is_none());
}

#[test]
fn every_rule_has_the_mode_that_the_scenario_gives_it() {
    let scenario = one_pair().mode(Rule::Window, Mode::Warn).mode(Rule::Bundle, Mode::Off).build();
    let lookup = Lookup::of(&scenario);
    for rule in Rule::ALL {
        assert_eq!(lookup.mode(*rule), scenario.settings.rules.mode(*rule), "{rule}");
    }
}
