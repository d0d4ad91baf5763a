//! Money, draw and score.

use needmatch_domain::area::{ComponentType, Context};
use needmatch_domain::geography::Group;
use needmatch_domain::ids::PeriodIndex;
use needmatch_domain::scenario::{Form, OfferPeriod, Suitability};

use crate::test_scenario::{id, one_pair};

#[test]
fn what_a_provider_gives_is_rounded_down_and_what_it_insists_on_up() {
    let problem = one_pair()
        .with(|scenario| {
            scenario.settings.rates.insert("EUR".into(), id("1.09"));
            let offer = &mut scenario.offers[0];
            offer.unit = id("EUR");
            offer.quantity = 1;
            offer.ticket_min = Some(1);
            offer.ticket_max = Some(99);
            offer.state_max = Some(50);
            let row = |period, quantity| OfferPeriod { offer: id("O1"), period: PeriodIndex(period), quantity };
            scenario.offer_periods = vec![row(2, 11), row(0, 100)];
        })
        .problem();
    let offer = &problem.offers[0];
    assert_eq!(
        (offer.quantity, offer.ticket_min, offer.ticket_max, offer.state_max),
        (1, Some(2), Some(107), Some(54))
    );
    assert_eq!(offer.per_period, Some(vec![109, 0, 11]), "nothing in a period that is not listed");
}

#[test]
fn the_accounting_currency_and_goods_are_not_converted() {
    for unit in ["currency", "USD"] {
        let problem = one_pair().with(|scenario| scenario.offers[0].unit = id(unit)).problem();
        assert_eq!(problem.offers[0].quantity, 1000);
        assert_eq!(problem.offers[0].per_period, None);
    }
    let goods = one_pair().with(|scenario| {
        scenario.offers[0].form = Form::InKind;
        scenario.offers[0].unit = id("place");
        scenario.settings.rates.insert("place".into(), id("2"));
    });
    assert_eq!(goods.problem().offers[0].quantity, 1000);
}

#[test]
fn money_draws_the_cost_with_delivery_goods_draw_themselves_and_an_expert_overrides_both() {
    let drawn = |form: Form, judged: Option<i64>| {
        let scenario = one_pair().with(|scenario| {
            scenario.offers[0].form = form;
            scenario.offers[0].unit = id(if form == Form::Money { "currency" } else { "place" });
            scenario.offers[0].delivery_permille = 1150;
            scenario.suitability = vec![Suitability {
                component: id("C1"),
                offer: id("O1"),
                fit: None,
                draw_permille: judged,
                eligible: None,
                reason: String::new(),
            }];
        });
        scenario.problem().components[0].pairs[0].draw_permille
    };
    assert_eq!(drawn(Form::Money, None), 115_000);
    assert_eq!(drawn(Form::InKind, None), 1000);
    assert_eq!(drawn(Form::Money, Some(90_000)), 90_000);
    assert_eq!(drawn(Form::InKind, Some(1500)), 1500);
}

/// By hand: priority 2 weighs 8, marking 1100, conflict 1250, the larger of LDC 1200 and ODA 1300, so the weight is
/// ⌊8 · 1100 · 1250 · 1300 / 10⁶⌋ = 14300. The fit is ⌊777 · 900 · 950 / 10⁶⌋ = ⌊664.335⌋ = 664.
#[test]
fn the_score_is_weight_times_worth_times_fit() {
    let scenario = one_pair().with(|scenario| {
        scenario.settings.weights.area = [(id("marking"), 1100)].into();
        scenario.settings.weights.context = [(Context::Conflict, 1250)].into();
        scenario.settings.weights.group = [(Group::Ldc, 1200), (Group::Oda, 1300), (Group::Sids, 9000)].into();
        let request = &mut scenario.requests[0];
        request.priority = 2;
        request.context = Context::Conflict;
        request.preferred_providers = [id("D9")].into();
        scenario.offers[0].preferred_areas = [id("tracing")].into();
        scenario.suitability = vec![Suitability {
            component: id("C1"),
            offer: id("O1"),
            fit: Some(777),
            draw_permille: None,
            eligible: None,
            reason: String::new(),
        }];
    });
    let problem = scenario.clone().problem();
    assert_eq!((problem.requests[0].priority_weight, problem.requests[0].weight), (8, 14_300));
    assert_eq!(problem.components[0].pairs[0].score, 14_300 * 100 * 664);

    let in_kind = scenario.with(|scenario| {
        scenario.offers[0].form = Form::InKind;
        scenario.offers[0].unit = id("place");
        scenario.offers[0].unit_value = Some(7);
    });
    assert_eq!(in_kind.problem().components[0].pairs[0].score, 14_300 * 7 * 664, "the provider's value counts");
}

#[test]
fn without_weights_and_preferences_the_score_is_priority_times_cost() {
    let pair = one_pair().problem().components[0].pairs[0];
    assert_eq!(pair.score, 4 * 1000 * 100 * 1000);
    let groups_without_weight = one_pair().with(|scenario| {
        scenario.settings.weights.group = [(Group::Sids, 3000)].into();
    });
    assert_eq!(groups_without_weight.problem().requests[0].weight, 4000);
    let lighter_group = one_pair().with(|scenario| {
        scenario.settings.weights.group = [(Group::Ldc, 500)].into();
    });
    assert_eq!(lighter_group.problem().requests[0].weight, 2000, "a group may weigh less than none");
}

#[test]
fn a_preferred_area_or_provider_that_is_named_costs_nothing() {
    let scenario = one_pair().with(|scenario| {
        scenario.requests[0].preferred_providers = [id("D1"), id("D9")].into();
        scenario.offers[0].preferred_areas = [id("marking"), id("tracing")].into();
    });
    assert_eq!(scenario.problem().components[0].pairs[0].score, 4 * 1000 * 100 * 1000);
}

#[test]
fn a_fit_of_nothing_is_a_pair_without_score() {
    let scenario = one_pair().with(|scenario| {
        scenario.components[0].r#type = ComponentType::Legal;
        scenario.suitability = vec![Suitability {
            component: id("C1"),
            offer: id("O1"),
            fit: Some(0),
            draw_permille: None,
            eligible: Some(true),
            reason: String::new(),
        }];
    });
    assert_eq!(scenario.problem().components[0].pairs[0].score, 0);
}
