//! The rules of the plan, each alone: how much of the pair's ten places the best plan gives.

use needmatch_domain::area::ComponentType;
use needmatch_domain::ids::PeriodIndex;
use needmatch_domain::rule::Rule;
use needmatch_domain::run::Status;
use needmatch_domain::scenario::{Absorption, ChannelLimit, Obstacle, Scenario};

use crate::alone::{Case, hold, solve, written};
use crate::pair::{component, id, lock, offer, pair, request, window};

const SIX: &str = "C1 O1 P1 6";
const ALL: &str = "C1 O1 P1 10";

/// A second request with five places each, of which the second weighs more.
fn two_requests(scenario: &mut Scenario) {
    scenario.components[0].quantity = 5;
    request(scenario, "R2", "SEN", |request| request.priority = 1);
    component(scenario, "C2", "R2", |component| component.quantity = 5);
}

/// A second component, of another type than the only offer serves.
fn upkeep(scenario: &mut Scenario) {
    scenario.components[0].requires = [id("C2")].into();
    component(scenario, "C2", "R1", |component| {
        (component.r#type, component.quantity) = (ComponentType::Maintenance, 1);
    });
    scenario.offers[0].types = [ComponentType::Training].into();
}

fn two_courses(scenario: &mut Scenario) {
    scenario.offers[0].quantity = 2000;
    component(scenario, "C2", "R1", |component| component.unit_cost = 90);
}

fn absorbs(scenario: &mut Scenario, amount: Option<i64>, requests: Option<u32>) {
    scenario.absorption.push(Absorption { state: id("SEN"), period: PeriodIndex(0), amount, requests });
}

fn through_a_fund(scenario: &mut Scenario, amount: i64) {
    scenario.offers[0].channel = Some(id("fund"));
    let amount = Some(amount);
    scenario.channels.push(ChannelLimit { id: id("fund"), regions: [].into(), period: None, amount });
}

fn kenya_too(scenario: &mut Scenario, quantity: i64) {
    scenario.requests[0].priority = 1;
    request(scenario, "R2", "KEN", |request| request.priority = 5);
    component(scenario, "C2", "R2", |component| component.quantity = quantity);
}

fn joint(scenario: &mut Scenario) {
    scenario.requests[0].package = Some(id("joint"));
    request(scenario, "R2", "KEN", |request| request.package = Some(id("joint")));
    component(scenario, "C2", "R2", |component| component.r#type = ComponentType::Maintenance);
}

fn register(scenario: &mut Scenario, from: u32) {
    scenario.offers[0].areas = [id("marking")].into();
    scenario.offers[0].window = window(1, 1);
    request(scenario, "R2", "SEN", |request| request.area = id("record_keeping"));
    component(scenario, "C2", "R2", |_| {});
    offer(scenario, "O2", |offer| {
        offer.areas = [id("record_keeping")].into();
        offer.window = window(from, from);
    });
}

fn no_power(scenario: &mut Scenario, mitigation: Option<&str>) {
    scenario.requests[0].obstacles.push(Obstacle { code: "no_power".to_owned(), mitigation: mitigation.map(id) });
}

pub(crate) const CASES: [Case; 18] = [
    Case {
        rule: Rule::Demand,
        periods: 1,
        binds: |scenario| scenario.offers[0].quantity = 5000,
        bound: ALL,
        spares: |scenario| scenario.offers[0].quantity = 700,
        spared: "C1 O1 P1 7",
        off: ALL,
        reason: None,
    },
    Case {
        rule: Rule::Minimum,
        periods: 1,
        binds: |scenario| (scenario.components[0].minimum, scenario.offers[0].quantity) = (8, 700),
        bound: "",
        spares: |scenario| (scenario.components[0].minimum, scenario.offers[0].quantity) = (7, 700),
        spared: "C1 O1 P1 7",
        off: "",
        reason: Some("minimum_unreachable"),
    },
    Case {
        rule: Rule::Capacity,
        periods: 1,
        binds: |scenario| scenario.offers[0].quantity = 700,
        bound: "C1 O1 P1 7",
        spares: |_| {},
        spared: ALL,
        off: "C1 O1 P1 7",
        reason: Some("outbid"),
    },
    Case {
        rule: Rule::Ticket,
        periods: 1,
        binds: |scenario| scenario.offers[0].ticket_max = Some(600),
        bound: SIX,
        spares: |scenario| scenario.offers[0].ticket_max = Some(1000),
        spared: ALL,
        off: ALL,
        reason: Some("rule_binds ticket"),
    },
    Case {
        rule: Rule::StateLimit,
        periods: 1,
        binds: |scenario| scenario.offers[0].state_max = Some(600),
        bound: SIX,
        spares: |scenario| scenario.offers[0].state_max = Some(1000),
        spared: ALL,
        off: ALL,
        reason: Some("rule_binds state_limit"),
    },
    Case {
        rule: Rule::Reach,
        periods: 1,
        binds: |scenario| {
            two_requests(scenario);
            scenario.offers[0].max_requests = Some(1);
        },
        bound: "C2 O1 P1 5",
        spares: |scenario| {
            two_requests(scenario);
            scenario.offers[0].max_requests = Some(2);
        },
        spared: "C1 O1 P1 5, C2 O1 P1 5",
        off: "C1 O1 P1 5, C2 O1 P1 5",
        reason: Some("rule_binds reach"),
    },
    Case {
        rule: Rule::Fragmentation,
        periods: 1,
        binds: |scenario| {
            scenario.offers[0].quantity = 600;
            offer(scenario, "O2", |offer| offer.quantity = 400);
            scenario.requests[0].max_providers = Some(1);
        },
        bound: SIX,
        spares: |scenario| {
            scenario.offers[0].quantity = 600;
            offer(scenario, "O2", |offer| offer.quantity = 400);
            scenario.requests[0].max_providers = Some(2);
        },
        spared: "C1 O1 P1 6, C1 O2 P1 4",
        off: "C1 O1 P1 6, C1 O2 P1 4",
        reason: Some("rule_binds fragmentation"),
    },
    Case {
        rule: Rule::Bundle,
        periods: 1,
        binds: upkeep,
        bound: "",
        spares: |scenario| {
            upkeep(scenario);
            offer(scenario, "O2", |offer| offer.types = [ComponentType::Maintenance].into());
        },
        spared: "C1 O1 P1 10, C2 O2 P1 1",
        off: ALL,
        reason: Some("required_unserved"),
    },
    Case {
        rule: Rule::Choice,
        periods: 1,
        binds: |scenario| {
            two_courses(scenario);
            scenario.components.iter_mut().for_each(|component| component.choice = Some(id("either")));
        },
        bound: ALL,
        spares: two_courses,
        spared: "C1 O1 P1 10, C2 O1 P1 10",
        off: "C1 O1 P1 10, C2 O1 P1 10",
        reason: Some("alternative_served"),
    },
    Case {
        rule: Rule::Sustainability,
        periods: 1,
        binds: |scenario| {
            scenario.settings.rules.sustainability.threshold = 40;
            scenario.requests[0].sustainability = 30;
        },
        bound: "",
        spares: |scenario| {
            scenario.settings.rules.sustainability.threshold = 40;
            scenario.requests[0].sustainability = 40;
        },
        spared: ALL,
        off: ALL,
        reason: Some("sustainability_short"),
    },
    Case {
        rule: Rule::Obstacle,
        periods: 1,
        binds: |scenario| no_power(scenario, None),
        bound: "",
        spares: |scenario| {
            no_power(scenario, Some("C2"));
            component(scenario, "C2", "R1", |generator| generator.quantity = 1);
            scenario.offers[0].quantity = 1100;
        },
        spared: "C1 O1 P1 10, C2 O1 P1 1",
        off: ALL,
        reason: Some("obstacle_unmitigated"),
    },
    Case {
        rule: Rule::Absorption,
        periods: 1,
        binds: |scenario| absorbs(scenario, Some(600), None),
        bound: SIX,
        spares: |scenario| absorbs(scenario, Some(1000), None),
        spared: ALL,
        off: ALL,
        reason: Some("absorption"),
    },
    Case {
        rule: Rule::Channel,
        periods: 1,
        binds: |scenario| through_a_fund(scenario, 600),
        bound: SIX,
        spares: |scenario| through_a_fund(scenario, 1000),
        spared: ALL,
        off: ALL,
        reason: Some("rule_binds channel"),
    },
    Case {
        rule: Rule::RegionalFloor,
        periods: 1,
        binds: |scenario| {
            kenya_too(scenario, 10);
            scenario.settings.rules.regional_floor = [(id("Eastern Africa"), 300)].into();
        },
        bound: "C1 O1 P1 7, C2 O1 P1 3",
        spares: |scenario| {
            kenya_too(scenario, 10);
            scenario.settings.rules.regional_floor = [(id("Eastern Africa"), 300)].into();
            scenario.offers[0].quantity = 2000;
        },
        spared: "C1 O1 P1 10, C2 O1 P1 10",
        off: ALL,
        reason: None,
    },
    Case {
        rule: Rule::RegionalCeiling,
        periods: 1,
        binds: |scenario| {
            kenya_too(scenario, 4);
            scenario.settings.rules.regional_ceiling = [(id("Western Africa"), 600)].into();
            scenario.offers[0].quantity = 2000;
        },
        bound: "C1 O1 P1 6, C2 O1 P1 4",
        spares: |scenario| {
            kenya_too(scenario, 4);
            scenario.settings.rules.regional_ceiling = [(id("Western Africa"), 800)].into();
            scenario.offers[0].quantity = 2000;
        },
        spared: "C1 O1 P1 10, C2 O1 P1 4",
        off: "C1 O1 P1 10, C2 O1 P1 4",
        reason: Some("rule_binds regional_ceiling"),
    },
    Case {
        rule: Rule::Package,
        periods: 1,
        binds: |scenario| {
            joint(scenario);
            scenario.offers[0].types = [ComponentType::Training].into();
        },
        bound: "",
        spares: |scenario| {
            joint(scenario);
            scenario.offers[0].quantity = 2000;
        },
        spared: "C1 O1 P1 10, C2 O1 P1 10",
        off: ALL,
        reason: Some("package_unserved"),
    },
    Case {
        rule: Rule::Precedence,
        periods: 2,
        binds: |scenario| register(scenario, 2),
        bound: "C2 O2 P2 10",
        spares: |scenario| register(scenario, 1),
        spared: "C1 O1 P1 10, C2 O2 P1 10",
        off: "C1 O1 P1 10, C2 O2 P2 10",
        reason: Some("rule_binds precedence"),
    },
    Case {
        rule: Rule::Locked,
        periods: 1,
        binds: |scenario| lock(scenario, "C1", "O1", 4),
        bound: "C1 O1 P1 4",
        spares: |scenario| lock(scenario, "C1", "O1", 10),
        spared: ALL,
        off: "C1 O1 P1 4",
        reason: Some("rule_binds locked"),
    },
];

#[test]
fn every_rule_of_the_plan_binds_spares_and_follows_its_mode() {
    assert!(CASES.iter().map(|case| case.rule).eq(Rule::rows()), "one case a rule, in their order");
    CASES.iter().for_each(hold);
}

#[test]
fn the_other_limits_of_rules_with_two() {
    let plan = |change: fn(&mut Scenario)| {
        let mut scenario = pair(2);
        change(&mut scenario);
        written(&solve(&scenario))
    };
    assert_eq!(plan(|scenario| scenario.offers[0].ticket_min = Some(1001)), "");
    assert_eq!(plan(|scenario| (0..2).for_each(|period| no_request_runs(scenario, period))), "");
    let per_period = plan(|scenario| scenario.components[0].period_max = Some(5));
    assert_eq!(per_period, "C1 O1 P1 5, C1 O1 P2 5");
    let points = plan(|scenario| {
        scenario.settings.rules.sustainability.threshold = 40;
        scenario.requests[0].sustainability = 30;
        scenario.components[0].sustainability_points = 10;
        scenario.components[0].window = window(1, 1);
    });
    assert_eq!(points, ALL);
    let whole = plan(|scenario| {
        (scenario.components[0].divisible, scenario.offers[0].quantity) = (false, 999);
    });
    assert_eq!(whole, "", "what cannot be divided comes whole");
}

fn no_request_runs(scenario: &mut Scenario, period: u32) {
    let state = id("SEN");
    scenario.absorption.push(Absorption { state, period: PeriodIndex(period), amount: None, requests: Some(0) });
}

#[test]
fn a_lock_that_no_plan_can_keep_makes_the_run_infeasible() {
    let mut scenario = pair(1);
    lock(&mut scenario, "C1", "O1", 11);
    assert_eq!(solve(&scenario).run().outcome.status, Status::Infeasible);
}
