//! Generated scenarios are of the size asked for, the same for the same seed, and valid.

use std::collections::{BTreeSet, HashMap};
use std::time::Instant;

use needmatch_domain::scenario::{Component, Form, Offer, Request, Scenario};
use needmatch_exchange::generate::{Size, SizeError, generate};
use needmatch_exchange::{read_folder, write_folder};
use rstest::rstest;

/// Whether the offer may serve the component, by the rules that a generated scenario can break: area, type, unit,
/// earmark and window.
fn is_eligible(
    scenario: &Scenario,
    regions: &BTreeSet<String>,
    request: &Request,
    component: &Component,
    offer: &Offer,
) -> bool {
    let earmarked = offer.states.is_empty() && offer.regions.is_empty();
    let inside = earmarked
        || offer.states.contains(&request.state)
        || offer.regions.iter().any(|region| regions.contains(region.as_str()));
    assert!(component.window.intersection(offer.window).is_some(), "windows decide on no pair");
    assert!(scenario.settings.rules.embargo_states.is_empty() && request.excluded_providers.is_empty());
    inside
        && (offer.areas.is_empty() || offer.areas.contains(&request.area))
        && (offer.types.is_empty() || offer.types.contains(&component.r#type))
        && (offer.form == Form::Money || offer.unit == component.unit)
}

fn count_pairs(scenario: &Scenario) -> u64 {
    let requests: HashMap<_, _> = scenario.requests.iter().map(|request| (&request.id, request)).collect();
    let mut regions: HashMap<_, BTreeSet<String>> = HashMap::new();
    for request in &scenario.requests {
        regions.entry(&request.state).or_insert_with(|| {
            let profile = scenario.state(&request.state).expect("a known state");
            profile.regions.iter().map(ToString::to_string).collect()
        });
    }
    let mut pairs = 0;
    for component in &scenario.components {
        let request = requests[&component.request];
        let reach = scenario
            .offers
            .iter()
            .filter(|offer| is_eligible(scenario, &regions[&request.state], request, component, offer));
        pairs += reach.count() as u64;
    }
    pairs
}

#[rstest]
#[case(1, 1, 1, 1)]
#[case(1, 1, 1, 0)]
#[case(12, 5, 3, 60)]
#[case(60, 20, 5, 100)]
#[case(600, 120, 30, 839)]
#[case(600, 120, 30, 30_000)]
#[case(2_000, 300, 80, 7_408)]
#[case(2_000, 300, 400, 20_000)]
#[case(5_000, 600, 120, 60_000)]
fn pairs_are_as_many_as_asked_for(
    #[case] components: usize,
    #[case] offers: usize,
    #[case] states: usize,
    #[case] pairs: u64,
) {
    for seed in 0..4 {
        let size = Size { components, offers, states, pairs };
        let scenario = generate(size, seed).unwrap();
        assert_eq!((scenario.components.len(), scenario.offers.len()), (components, offers));
        let asking: BTreeSet<_> = scenario.requests.iter().map(|request| &request.state).collect();
        assert_eq!(asking.len(), states.min(scenario.requests.len()));
        let found = count_pairs(&scenario);
        assert!(found.abs_diff(pairs) * 10 <= pairs.max(10), "{size:?} with seed {seed} has {found} pairs");
    }
}

#[test]
fn a_seed_names_a_scenario_and_its_folder_reads_back_equal() {
    let size = Size { components: 400, offers: 80, states: 300, pairs: 2_000 };
    let scenario = generate(size, 7).unwrap();
    assert_eq!(generate(size, 7).unwrap(), scenario);
    assert_ne!(generate(size, 8).unwrap(), scenario);
    let folder = tempfile::tempdir().unwrap();
    write_folder(&scenario, folder.path(), "").unwrap();
    let read = read_folder(folder.path()).unwrap_or_else(|errors| panic!("{:#?}", errors[0].to_string()));
    assert_eq!(read, scenario);
}

#[test]
fn the_shape_is_that_of_aid() {
    let scenario = generate(Size { components: 3_000, offers: 300, states: 100, pairs: 30_000 }, 1).unwrap();
    let share = |part: usize, whole: usize| part * 100 / whole;
    let money = scenario.offers.iter().filter(|offer| offer.form == Form::Money).count();
    assert!((50..95).contains(&share(money, 300)), "{money}");
    assert!(scenario.offers.iter().filter(|offer| !offer.regions.is_empty()).count() > 3);
    assert!(scenario.offers.iter().filter(|offer| offer.ticket_min.is_some()).count() > 10);
    assert!(scenario.components.iter().filter(|component| !component.requires.is_empty()).count() > 300);
    assert!(scenario.requests.iter().any(|request| request.package.is_some()));
    assert!(!scenario.absorption.is_empty() && !scenario.offer_periods.is_empty() && scenario.channels.len() == 2);
    let asked: i64 = scenario.components.iter().map(|line| (line.quantity - line.received) * line.unit_cost).sum();
    let offered: i64 =
        scenario.offers.iter().filter(|offer| offer.unit.as_str() == "currency").map(|offer| offer.quantity).sum();
    assert!((10..100).contains(&(offered * 100 / asked)), "{offered} of {asked}");
}

#[test]
fn the_largest_size_takes_seconds() {
    let start = Instant::now();
    let scenario = generate(Size { components: 200_000, offers: 10_000, states: 190, pairs: 4_000_000 }, 1).unwrap();
    assert_eq!(scenario.components.len(), 200_000);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn impossible_sizes_are_refused() {
    let size = Size { components: 10, offers: 2, states: 1, pairs: 20 };
    assert!(generate(size, 0).is_ok());
    assert_eq!(generate(Size { pairs: 21, ..size }, 0), Err(SizeError::TooManyPairs { given: 21, most: 20 }));
    let error = generate(Size { offers: 0, ..size }, 0).unwrap_err();
    assert_eq!(error.to_string(), "offers is 0, choose 1 to 200000");
}
