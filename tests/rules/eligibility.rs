//! The rules of eligibility, each alone: the pair is out, or it is in.

use needmatch_domain::area::{ComponentType, Context};
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Firmness, Form, Scenario, Suitability};

use crate::alone::{Case, hold, solve, written};
use crate::pair::{Change, forbid, id, offer, pair, programme, set, window};

/// A rule that leaves nothing, or all ten places.
const fn case(rule: Rule, reason: &'static str, binds: Change, spares: Change) -> Case {
    let (bound, all) = ("", "C1 O1 P1 10");
    Case { rule, periods: 1, binds, bound, spares, spared: all, off: all, reason: Some(reason) }
}

fn judged(scenario: &mut Scenario, eligible: bool) {
    let (component, offer) = (id("C1"), id("O1"));
    let reason = String::new();
    let judgement = Suitability { component, offer, fit: None, draw_permille: None, eligible: Some(eligible), reason };
    scenario.suitability.push(judgement);
}

fn in_kind(scenario: &mut Scenario, unit: &str) {
    let offer = &mut scenario.offers[0];
    (offer.form, offer.unit, offer.quantity) = (Form::InKind, id(unit), 10);
}

pub(crate) const CASES: [Case; 17] = [
    case(
        Rule::Area,
        "no_eligible_offer area",
        |scenario| scenario.offers[0].areas = [id("tracing")].into(),
        |scenario| scenario.offers[0].areas = [id("tracing"), id("marking")].into(),
    ),
    case(
        Rule::Type,
        "no_eligible_offer type",
        |scenario| scenario.offers[0].types = [ComponentType::Equipment].into(),
        |scenario| scenario.offers[0].types = [ComponentType::Training].into(),
    ),
    Case {
        off: "",
        ..case(
            Rule::UnitAndItem,
            "no_eligible_offer unit_and_item",
            |scenario| in_kind(scenario, "machine"),
            |scenario| in_kind(scenario, "place"),
        )
    },
    case(
        Rule::Earmark,
        "no_eligible_offer earmark",
        |scenario| scenario.offers[0].states = [id("KEN")].into(),
        |scenario| scenario.offers[0].regions = [id("Western Africa")].into(),
    ),
    case(
        Rule::Context,
        "no_eligible_offer context",
        |scenario| scenario.offers[0].contexts = [Context::Conflict].into(),
        |scenario| {
            scenario.offers[0].contexts = [Context::Conflict].into();
            scenario.requests[0].context = Context::Conflict;
        },
    ),
    Case {
        periods: 2,
        ..case(
            Rule::Window,
            "no_eligible_offer window",
            |scenario| {
                scenario.components[0].window = window(1, 1);
                scenario.offers[0].window = window(2, 2);
            },
            |scenario| scenario.components[0].window = window(1, 1),
        )
    },
    case(
        Rule::Embargo,
        "no_eligible_offer embargo",
        |scenario| scenario.settings.rules.embargo_states = [id("SEN")].into(),
        |scenario| scenario.settings.rules.embargo_states = [id("KEN")].into(),
    ),
    case(
        Rule::Consent,
        "no_eligible_offer consent",
        |scenario| scenario.requests[0].excluded_providers = [id("D1")].into(),
        |scenario| scenario.requests[0].excluded_providers = [id("D2")].into(),
    ),
    case(
        Rule::Contribution,
        "no_eligible_offer contribution",
        |scenario| scenario.offers[0].min_contribution_percent = 5,
        |scenario| {
            scenario.offers[0].min_contribution_percent = 5;
            scenario.requests[0].contribution_percent = 5;
        },
    ),
    case(
        Rule::SustainabilityRequired,
        "no_eligible_offer sustainability_required",
        |scenario| scenario.offers[0].min_sustainability = 20,
        |scenario| {
            scenario.offers[0].min_sustainability = 20;
            scenario.requests[0].sustainability = 20;
        },
    ),
    case(
        Rule::ActionPlan,
        "no_eligible_offer action_plan",
        |scenario| scenario.offers[0].requires_action_plan = true,
        |scenario| {
            scenario.offers[0].requires_action_plan = true;
            scenario.requests[0].action_plan_date = Some(id("2025-06-30"));
        },
    ),
    case(
        Rule::Report,
        "no_eligible_offer report",
        |scenario| {
            scenario.offers[0].report_since = Some(2024);
            scenario.requests[0].report_year = Some(2023);
        },
        |scenario| {
            scenario.offers[0].report_since = Some(2024);
            scenario.requests[0].report_year = Some(2024);
        },
    ),
    case(
        Rule::FirmOnly,
        "no_eligible_offer firm_only",
        |scenario| scenario.offers[0].firmness = Firmness::Pledge,
        |scenario| scenario.offers[0].firmness = Firmness::Commitment,
    ),
    case(
        Rule::Duplication,
        "no_eligible_offer duplication",
        |scenario| programme(scenario, |_| {}),
        |scenario| programme(scenario, |programme| programme.area = id("tracing")),
    ),
    case(
        Rule::BareEquipment,
        "no_eligible_offer bare_equipment",
        |scenario| scenario.components[0].r#type = ComponentType::Equipment,
        |scenario| {
            scenario.components[0].r#type = ComponentType::Equipment;
            scenario.components[0].covered_by = Some("national".to_owned());
        },
    ),
    case(
        Rule::Suitability,
        "no_eligible_offer suitability",
        |scenario| judged(scenario, false),
        |scenario| judged(scenario, true),
    ),
    Case {
        off: "",
        ..case(
            Rule::Forbidden,
            "no_eligible_offer forbidden",
            |scenario| forbid(scenario, "C1", "O1"),
            |scenario| {
                // Of a second offer in the unit of nobody, so that the plan stays one.
                offer(scenario, "O2", |other| {
                    (other.form, other.unit, other.quantity) = (Form::InKind, id("year"), 1);
                });
                forbid(scenario, "C1", "O2");
            },
        )
    },
];

#[test]
fn every_rule_of_eligibility_binds_spares_and_follows_its_mode() {
    assert!(CASES.iter().map(|case| case.rule).eq(Rule::eligibility()), "one case a rule, in their order");
    CASES.iter().for_each(hold);
}

#[test]
fn a_programme_with_an_amount_takes_its_part_and_no_more() {
    let mut scenario = pair(1);
    programme(&mut scenario, |programme| programme.amount = Some(499));
    assert_eq!(written(&solve(&scenario)), "C1 O1 P1 6");
    set(&mut scenario, Rule::Duplication, Mode::Off);
    assert_eq!(written(&solve(&scenario)), "C1 O1 P1 10");
}

#[test]
fn rules_have_the_modes_they_start_with() {
    let unset = |rule| pair(1).settings.rules.mode(rule);
    for rule in Rule::ALL {
        let expected = match rule {
            Rule::BareEquipment => Mode::Warn,
            Rule::FirmOnly | Rule::Precedence => Mode::Off,
            _ => Mode::Enforce,
        };
        assert_eq!(unset(*rule), expected, "{rule}");
    }
}
