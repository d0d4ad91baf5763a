//! Findings and scores.

use needmatch_domain::area::ComponentType;
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Form, Obstacle, Offer, Scenario, Thresholds};

use super::{Assessment, Draft, Finding, FindingCode, Severity, Surroundings, Unfilled, assess, findings};
use crate::test_scenario::{ScenarioBuilder, id, one_pair, window};

/// A request that leaves nothing to find.
fn good() -> ScenarioBuilder {
    one_pair().with(|scenario| {
        let request = &mut scenario.requests[0];
        request.source = "National report 2025, section 4".into();
        request.action_plan_date = Some(id("2024-06-01"));
        request.report_year = Some(2025);
        request.contribution_percent = 10;
        request.sustainability = 50;
        scenario.components[0].window = window(1, 2);
    })
}

/// The assessment of `R1`, with all offers visible.
fn assessed(scenario: &Scenario) -> Assessment {
    let offers: Vec<&Offer> = scenario.offers.iter().collect();
    let found = findings(scenario, &offers).into_iter().find(|found| found.request.as_str() == "R1");
    found.expect("the scenario holds R1")
}

/// The assessment of `R1` with fields emptied.
fn drafted(scenario: &Scenario, unfilled: &[Unfilled]) -> Assessment {
    let surroundings = Surroundings::of(scenario);
    let mut draft = Draft::of(&surroundings, &scenario.requests[0]);
    draft.unfilled.extend(unfilled.iter().cloned());
    assess(&surroundings, &draft, &scenario.offers.iter().collect::<Vec<_>>())
}

#[track_caller]
fn only(assessment: &Assessment, code: FindingCode, severity: Severity) -> Finding {
    let codes: Vec<_> = assessment.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [code]);
    assert_eq!(assessment.findings[0].severity, severity);
    assert_eq!(assessment.score, 100 - severity.cost());
    assert_eq!(assessment.matchable, severity != Severity::Blocking);
    assessment.findings[0].clone()
}

fn described(finding: &Finding) -> (&str, &str, u32) {
    (&finding.value, &finding.example, finding.opens)
}

#[test]
fn a_good_request_has_full_marks() {
    let assessment = assessed(&good().build());
    assert_eq!(assessment.findings, []);
    assert_eq!((assessment.score, assessment.matchable, assessment.offers_now), (100, true, 1));
}

#[test]
fn a_vague_request_learns_what_it_lacks_and_what_each_gap_costs_it() {
    let scenario = good()
        .offer("O2", "D2", |offer| offer.types = [ComponentType::Training].into())
        .offer("O3", "D3", |offer| offer.types = [ComponentType::Legal].into())
        .offer("O4", "D4", |offer| offer.types = [ComponentType::Training].into())
        .offer("O5", "D5", |offer| {
            offer.form = Form::InKind;
            offer.unit = id("seat");
        })
        .offer("O6", "D6", |offer| offer.states = [id("KEN")].into())
        .build();
    let part = || id("C1");
    let gaps = [Unfilled::Type(part()), Unfilled::Unit(part()), Unfilled::Quantity(part()), Unfilled::UnitCost(part())];
    let assessment = drafted(&scenario, &gaps);
    let found: Vec<_> =
        assessment.findings.iter().map(|finding| (finding.code, finding.example.as_str(), finding.opens)).collect();
    assert_eq!(
        found,
        [
            (FindingCode::NoType, "training", 5),
            (FindingCode::NoUnit, "seat", 5),
            (FindingCode::NoQuantity, "10", 5),
            (FindingCode::NoUnitCost, "1000", 5),
        ]
    );
    assert!(assessment.findings.iter().all(|finding| finding.component == Some(part())));
    assert_eq!((assessment.score, assessment.matchable, assessment.offers_now), (0, false, 0));
    let quantity = only(&drafted(&scenario, &gaps[2..3]), FindingCode::NoQuantity, Severity::Blocking);
    assert_eq!(quantity.opens, 3, "the unit and type given, two offers are out");
}

#[test]
fn a_request_without_area_learns_where_most_offers_are() {
    let area = |name: &'static str| move |offer: &mut Offer| offer.areas = [id(name)].into();
    let scenario = good()
        .with(|scenario| scenario.offers.clear())
        .offer("O1", "D1", area("tracing"))
        .offer("O2", "D1", area("tracing"))
        .offer("O3", "D1", area("border"))
        .build();
    let finding = only(&drafted(&scenario, &[Unfilled::Area]), FindingCode::NoArea, Severity::Blocking);
    assert_eq!(described(&finding), ("", "tracing", 3));
}

#[test]
fn a_request_without_components_asks_for_nothing() {
    let scenario = good().with(|scenario| scenario.components.clear()).build();
    only(&assessed(&scenario), FindingCode::NoComponents, Severity::Blocking);
}

#[test]
fn a_missing_window_or_source_costs_little() {
    let anytime = good().with(|scenario| scenario.components[0].window = window(1, 3)).build();
    let finding = only(&assessed(&anytime), FindingCode::NoWindow, Severity::Minor);
    assert_eq!((finding.field, described(&finding)), ("from", ("", "P1", 0)));
    let unsourced = good().with(|scenario| scenario.requests[0].source = " ".into()).build();
    only(&assessed(&unsourced), FindingCode::NoEvidence, Severity::Minor);
}

#[test]
fn a_cost_far_from_the_median_of_its_kind_stands_out() {
    let costing = |cost: i64| {
        let scenario = [90, 100, 110, 120].iter().enumerate().fold(good(), |scenario, (at, usual)| {
            scenario.request(&format!("K{at}"), |request| request.state = id("KEN")).component(
                &format!("K{at}"),
                &format!("K{at}"),
                |component| component.unit_cost = *usual,
            )
        });
        assessed(&scenario.with(|scenario| scenario.components[0].unit_cost = cost).build())
    };
    let dear = only(&costing(331), FindingCode::UnusualUnitCost, Severity::Major);
    assert_eq!(described(&dear), ("110", "110", 0));
    only(&costing(33), FindingCode::UnusualUnitCost, Severity::Major);
    assert_eq!(costing(330).findings, []);
    assert_eq!(costing(34).findings, []);
    let few = good().with(|scenario| scenario.components[0].unit_cost = 1_000_000).build();
    assert_eq!(assessed(&few).findings, [], "one of a kind has no median");
}

#[test]
fn bare_equipment_is_found_and_opens_what_the_rule_closes() {
    let bare = |mode| {
        let scenario = good().mode(Rule::BareEquipment, mode);
        assessed(&scenario.with(|scenario| scenario.components[0].r#type = ComponentType::Equipment).build())
    };
    let warned = only(&bare(Mode::Warn), FindingCode::BareEquipment, Severity::Major);
    assert_eq!(described(&warned), ("", "national", 0));
    let refused = only(&bare(Mode::Enforce), FindingCode::BareEquipment, Severity::Blocking);
    assert_eq!(described(&refused), ("", "national", 1));
    assert_eq!(bare(Mode::Off).findings, []);
    let drawn_up = good().component("C2", "R1", |component| component.window = window(1, 2));
    let drawn_up = drawn_up.component("C3", "R1", |component| {
        component.r#type = ComponentType::Maintenance;
        component.window = window(1, 2);
    });
    let covered = drawn_up.with(|scenario| {
        scenario.components[0].r#type = ComponentType::Equipment;
        scenario.components[0].requires = [id("C2"), id("C3")].into();
    });
    assert_eq!(assessed(&covered.build()).findings, []);
}

#[test]
fn plans_reports_and_contributions_open_the_offers_that_want_them() {
    let wanting = |scenario: ScenarioBuilder| {
        scenario
            .offer("O2", "D2", |offer| {
                offer.requires_action_plan = true;
                offer.report_since = Some(2024);
            })
            .offer("O3", "D3", |offer| offer.requires_action_plan = true)
            .offer("O4", "D4", |offer| offer.report_since = Some(2025))
            .offer("O5", "D5", |offer| offer.min_contribution_percent = 15)
            .with(|scenario| scenario.requests[0].contribution_percent = 15)
    };
    let scenario = wanting(good()).with(|scenario| scenario.requests[0].action_plan_date = Some(id("2019-01-01")));
    let plan = only(&assessed(&scenario.build()), FindingCode::StaleActionPlan, Severity::Minor);
    assert_eq!(described(&plan), ("2019-01-01", "2026-01-01", 2));

    let scenario = wanting(good()).with(|scenario| scenario.requests[0].report_year = Some(2022));
    let report = only(&assessed(&scenario.build()), FindingCode::OldReport, Severity::Minor);
    assert_eq!(described(&report), ("2022", "2025", 2));

    let scenario = wanting(good()).with(|scenario| scenario.requests[0].contribution_percent = 10);
    let short = only(&assessed(&scenario.build()), FindingCode::ContributionShort, Severity::Minor);
    assert_eq!(described(&short), ("10", "15", 1));

    let scenario = wanting(good()).with(|scenario| scenario.requests[0].contribution_percent = 0);
    let unsaid = only(&assessed(&scenario.build()), FindingCode::NoContribution, Severity::Minor);
    assert_eq!(described(&unsaid), ("", "15", 1));

    let both = wanting(good()).with(|scenario| {
        scenario.requests[0].action_plan_date = None;
        scenario.requests[0].report_year = None;
    });
    let assessment = assessed(&both.build());
    let opens: Vec<_> = assessment.findings.iter().map(|finding| (finding.code, finding.opens)).collect();
    assert_eq!(opens, [(FindingCode::StaleActionPlan, 1), (FindingCode::OldReport, 1)], "O2 wants both at once");
}

#[test]
fn thresholds_of_the_scenario_block() {
    let threshold = |threshold| Thresholds { threshold, by_group: [].into() };
    let contribution = good().with(|scenario| scenario.settings.rules.contribution = threshold(20)).build();
    let short = only(&assessed(&contribution), FindingCode::ContributionShort, Severity::Blocking);
    assert_eq!(described(&short), ("10", "20", 1));

    let sustainability = good().with(|scenario| {
        scenario.settings.rules.sustainability = threshold(70);
        scenario.components[0].sustainability_points = 5;
    });
    let short = only(&assessed(&sustainability.clone().build()), FindingCode::SustainabilityShort, Severity::Blocking);
    assert_eq!(described(&short), ("50", "65", 1));
    let enough = sustainability.with(|scenario| scenario.components[0].sustainability_points = 20);
    assert_eq!(assessed(&enough.build()).findings, []);
}

#[test]
fn an_obstacle_needs_a_component_or_a_programme() {
    let obstacle = |mitigation: Option<&str>| {
        let obstacle = Obstacle { code: "no_power".into(), mitigation: mitigation.map(id) };
        good().with(|scenario| scenario.requests[0].obstacles = vec![obstacle])
    };
    let standing = only(&assessed(&obstacle(None).build()), FindingCode::ObstacleUnmitigated, Severity::Blocking);
    assert_eq!(described(&standing), ("no_power", "no_power@C1", 1));
    let relaxed = obstacle(None).mode(Rule::Obstacle, Mode::Warn).build();
    only(&assessed(&relaxed), FindingCode::ObstacleUnmitigated, Severity::Major);
    assert_eq!(assessed(&obstacle(Some("C1")).build()).findings, []);
    let programme = obstacle(None).programme("G1", |programme| {
        programme.area = id("legislation");
        programme.mitigates = ["no_power".to_owned()].into();
    });
    assert_eq!(assessed(&programme.build()).findings, []);
}

#[test]
fn overlaps_with_programmes_and_other_requests_are_named() {
    let whole = good().programme("G1", |_| {}).build();
    let found = only(&assessed(&whole), FindingCode::OverlapsProgramme, Severity::Major);
    assert_eq!(described(&found), ("G1", "", 1));
    let part = good().programme("G1", |programme| programme.amount = Some(5)).build();
    only(&assessed(&part), FindingCode::OverlapsProgramme, Severity::Minor);

    let other = |change: fn(&mut Scenario)| {
        let scenario = good().request("R2", |_| {}).component("C2", "R2", |_| {}).with(change);
        assessed(&scenario.build())
    };
    let found = only(&other(|_| {}), FindingCode::OverlapsRequest, Severity::Minor);
    assert_eq!(described(&found), ("R2", "", 0));
    let apart: [fn(&mut Scenario); 5] = [
        |scenario| scenario.requests[1].state = id("KEN"),
        |scenario| scenario.requests[1].area = id("tracing"),
        |scenario| scenario.components[1].unit = id("seat"),
        |scenario| scenario.components[1].window = window(3, 3),
        |scenario| scenario.components[1].received = 10,
    ];
    for change in apart {
        assert_eq!(other(change).findings, []);
    }
}

#[test]
fn not_everything_can_come_first() {
    let share = |first: i64, rest: i64| {
        let scenario = good()
            .request("R2", |request| request.area = id("border"))
            .component("C2", "R2", |component| component.quantity = rest)
            .with(|scenario| {
                scenario.requests[0].priority = 1;
                scenario.components[0].quantity = first;
            });
        assessed(&scenario.build())
    };
    let excess = only(&share(334, 666), FindingCode::FirstPriorityExcess, Severity::Major);
    assert_eq!(described(&excess), ("334", "2", 0));
    assert_eq!(share(1, 2).findings, [], "a third is not more than a third");
    let alone = good().with(|scenario| scenario.requests[0].priority = 1).build();
    assert_eq!(assessed(&alone).findings, [], "one request has nothing to rank");
}

#[test]
fn offers_the_reader_may_not_see_change_nothing() {
    let with = good().offer("HIDDEN", "D2", |offer| offer.requires_action_plan = true).build();
    let without = good().build();
    let visible = |scenario: &Scenario| {
        let offers: Vec<&Offer> = scenario.offers.iter().filter(|offer| offer.id.as_str() != "HIDDEN").collect();
        serde_json::to_string(&findings(scenario, &offers)).unwrap()
    };
    assert_eq!(visible(&with), visible(&without));
}

#[test]
fn a_draft_is_judged_in_place_of_what_the_scenario_holds_of_it() {
    let scenario = good().build();
    let surroundings = Surroundings::of(&scenario);
    let mut draft = Draft::of(&surroundings, &scenario.requests[0]);
    draft.request.source = String::new();
    draft.components[0].unit = id("seat");
    draft.components[0].id = id("NEW");
    let offers: Vec<&Offer> = scenario.offers.iter().collect();
    only(&assess(&surroundings, &draft, &offers), FindingCode::NoEvidence, Severity::Minor);
}

#[test]
fn every_code_is_documented() {
    let page = include_str!("../../../../docs/quality.md");
    for code in FindingCode::ALL {
        assert!(page.contains(&format!("| `{code}` | `{}` |", code.field())), "docs/quality.md has no row for {code}");
    }
}
