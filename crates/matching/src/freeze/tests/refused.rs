//! Scenarios that cannot be frozen, and what their author is told.

use needmatch_domain::goal::Goal;
use needmatch_domain::ids::PeriodIndex;
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::{Form, Obstacle, OfferPeriod};

use crate::freeze::{FreezeFault, freeze};
use crate::test_scenario::{ScenarioBuilder, id, one_pair, window};

/// File, row and column of each error, and its sentence.
fn errors(scenario: ScenarioBuilder) -> Vec<(String, String)> {
    let errors = freeze(&scenario.build()).expect_err("must be refused");
    let place = |error: &crate::freeze::FreezeError| format!("{}:{}:{}", error.file, error.row, error.column);
    errors.iter().map(|error| (place(error), error.to_string())).collect()
}

#[track_caller]
fn refused_at(scenario: ScenarioBuilder, place: &str, sentence: &str) {
    let errors = errors(scenario);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(errors[0].0, place);
    assert!(errors[0].1.contains(sentence), "{:?} does not say {sentence:?}", errors[0].1);
}

#[test]
fn a_missing_rate_names_the_offer_and_the_currency() {
    let scenario = one_pair().with(|scenario| scenario.offers[0].unit = id("CHF"));
    refused_at(scenario, "offers.csv:O1:unit", "add CHF to [rates]");
}

#[test]
fn a_lock_on_what_is_already_met_names_its_row() {
    let scenario = one_pair().lock("C1", "O1", 1, 1).with(|scenario| scenario.components[0].received = 10);
    refused_at(scenario, "locks.csv:C1/O1/P1:", "already met");
    let settled = one_pair()
        .with(|scenario| scenario.components[0].choice = Some(id("A")))
        .component("C2", "R1", |component| {
            component.choice = Some(id("A"));
            component.received = 10;
        })
        .lock("C1", "O1", 1, 1);
    refused_at(settled, "locks.csv:C1/O1/P1:", "another alternative");
}

#[test]
fn a_pair_cannot_be_locked_and_forbidden_in_one_period() {
    refused_at(one_pair().lock("C1", "O1", 2, 1).forbid("C1", "O1", Some(2)), "locks.csv:C1/O1/P2:", "both locked and");
    refused_at(one_pair().lock("C1", "O1", 2, 1).forbid("C1", "O1", None), "locks.csv:C1/O1/P2:", "both locked and");
}

#[test]
fn a_lock_without_quantity_or_period_is_refused() {
    refused_at(one_pair().lock("C1", "O1", 1, 0), "locks.csv:C1/O1/P1:quantity", "0 is outside 1 to");
    let timeless = one_pair().lock("C1", "O1", 1, 1).with(|scenario| scenario.locks[0].period = None);
    refused_at(timeless, "locks.csv:C1/O1/*:period", "names its period");
}

#[test]
fn amounts_that_would_overflow_are_refused_with_what_to_do() {
    let converted = one_pair().with(|scenario| {
        scenario.settings.rates.insert("EUR".into(), id("2"));
        scenario.offers[0].unit = id("EUR");
        scenario.offers[0].quantity = MAX_AMOUNT;
        let row = OfferPeriod { offer: id("O1"), period: PeriodIndex(0), quantity: MAX_AMOUNT };
        scenario.offer_periods = vec![row];
    });
    let places: Vec<_> = errors(converted).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["offers.csv:O1:quantity", "offer_periods.csv:O1:quantity"]);

    let draw = one_pair().with(|scenario| {
        scenario.components[0].unit_cost = MAX_AMOUNT;
        scenario.offers[0].delivery_permille = 1001;
    });
    refused_at(draw, "components.csv:C1:unit_cost", "would draw");

    let score = one_pair().with(|scenario| {
        scenario.components[0].unit_cost = MAX_AMOUNT;
        scenario.settings.weights.priority = [1_000_000; 5];
        scenario.offers[0].form = Form::InKind;
        scenario.offers[0].unit = id("place");
    });
    refused_at(score, "components.csv:C1:unit_cost", "would score");

    let weight = one_pair().with(|scenario| {
        scenario.settings.weights.priority = [u32::MAX; 5];
        scenario.settings.weights.area = [(id("marking"), u32::MAX)].into();
    });
    refused_at(weight, "scenario.toml::weights", "smaller weights");
}

#[test]
fn totals_that_would_overflow_are_refused_with_what_to_do() {
    let total = one_pair().with(|scenario| {
        scenario.components[0].quantity = MAX_AMOUNT;
        scenario.components[0].unit_cost = 1_000_000;
    });
    let errors = errors(total);
    assert!(errors.iter().all(|(place, _)| place == "scenario.toml::"), "{errors:?}");
    assert!(errors.iter().any(|(_, sentence)| sentence.contains("the sum of score passes")), "{errors:?}");
    let give =
        one_pair().with(|scenario| scenario.settings.goals.push(Goal { give: 1001, ..scenario.settings.goals[0] }));
    refused_at(give, "scenario.toml::", "give 0 to 1000");
}

#[test]
fn references_to_nothing_are_all_named_at_once() {
    let scenario = one_pair()
        .lock("C1", "O8", 1, 1)
        .component("C2", "R7", |component| component.requires = [id("C9")].into())
        .with(|scenario| {
            scenario.requests[0].state = id("QQQ");
            scenario.requests[0].priority = 6;
            scenario.components[0].window = window(1, 4);
            scenario.requests[0].obstacles = vec![
                Obstacle { code: "no_law".into(), mitigation: Some(id("C2")) },
                Obstacle { code: "no_law".into(), mitigation: Some(id("C5")) },
            ];
        });
    let places: Vec<_> = errors(scenario).into_iter().map(|(place, _)| place).collect();
    assert_eq!(
        places,
        [
            "requests.csv:R1:state",
            "requests.csv:R1:priority",
            "requests.csv:R1:obstacles",
            "requests.csv:R1:obstacles",
            "components.csv:C1:to",
            "components.csv:C2:request",
            "components.csv:C2:requires",
            "locks.csv:C1/O8/P1:offer",
        ]
    );
}

#[test]
fn rows_that_stand_twice_are_refused() {
    let scenario =
        one_pair().request("R1", |_| {}).offer("O1", "D2", |_| {}).lock("C1", "O1", 1, 1).lock("C1", "O1", 1, 2);
    let errors = freeze(&scenario.build()).expect_err("must be refused");
    let duplicates = errors.iter().filter(|error| error.fault == FreezeFault::Duplicate);
    let files: Vec<_> = duplicates.map(|error| error.file).collect();
    assert_eq!(files, ["requests.csv", "offers.csv", "locks.csv"]);
}
