//! A solved problem: one component of 3 units, one offer that can serve it, optimal with the bound of the boxes alone.

use std::str::FromStr;

use needmatch_domain::canonical;
use needmatch_domain::certificate::{Certificate, Leaf, Proof, StageProof};
use needmatch_domain::goal::{Gap, Goal, GoalName};
use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex, ProviderIndex, RequestIndex, StateIndex};
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::problem::{Component, FORMAT, Offer, Pair, Problem, Request, State};
use needmatch_domain::reason::Explanations;
use needmatch_domain::rule::Rule;
use needmatch_domain::run::{GoalResult, Outcome, Run, RunSettings, Status, Totals};
use needmatch_verify::{VerifiedPlan, verify_run};

fn id<T: FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// The problem, for a component and an offer of these names.
pub(super) fn problem(component: &str, offer: &str) -> Problem {
    let pair =
        Pair { offer: OfferIndex(0), first: PeriodIndex(0), last: PeriodIndex(0), draw_permille: 1000, score: 2 };
    Problem {
        format: FORMAT.to_owned(),
        name: "small".to_owned(),
        currency: "USD".to_owned(),
        seed: 1,
        periods: vec![id("2027")],
        states: vec![State { code: id("KEN"), regions: Vec::new(), absorption: Vec::new() }],
        providers: vec![id("NOR")],
        requests: vec![Request {
            id: id("R1"),
            state: StateIndex(0),
            area: "marking".to_owned(),
            family: None,
            step: None,
            priority_weight: 1,
            weight: 1,
            sustainability: 50,
            sustainability_threshold: 0,
            max_providers: None,
            package: None,
            sdg_targets: Vec::new(),
            obstacles: Vec::new(),
        }],
        components: vec![Component {
            id: id(component),
            request: RequestIndex(0),
            outstanding: 3,
            minimum: 1,
            divisible: true,
            unit_cost: 5,
            period_max: None,
            requires: Vec::new(),
            choice: None,
            sustainability_points: 0,
            pairs: vec![pair],
        }],
        offers: vec![Offer {
            id: id(offer),
            provider: ProviderIndex(0),
            quantity: 100,
            per_period: None,
            ticket_min: None,
            ticket_max: None,
            state_max: None,
            max_requests: None,
            channel: None,
            delivery_permille: 1000,
            unit_value: None,
            pledge: false,
            sdg_targets: Vec::new(),
        }],
        channels: Vec::new(),
        regional_floors: Vec::new(),
        regional_ceilings: Vec::new(),
        rules: Rule::rows().map(|rule| (rule, rule.default_mode())).collect(),
        goals: vec![Goal::plain(GoalName::Coverage)],
        locks: Vec::new(),
        baseline: Vec::new(),
    }
}

/// Its bytes, as they are kept.
pub(super) fn bytes(problem: &Problem) -> Vec<u8> {
    canonical::to_bytes(problem).unwrap()
}

/// Its best plan, verified.
pub(super) fn verified(problem: Problem) -> VerifiedPlan {
    let found = Match { component: ComponentIndex(0), offer: OfferIndex(0), period: PeriodIndex(0), quantity: 3 };
    let leaf = Proof::Leaf(Leaf { scale: 0, multipliers: Vec::new() });
    let outcome = Outcome {
        status: Status::Optimal,
        plan: Plan::of(vec![found]),
        goals: vec![GoalResult { goal: GoalName::Coverage, best: 6, bound: 6, gap_permille: Gap::default(), value: 6 }],
        totals: Totals { matches: 1, requests_served: 1, requests_completed: 1, components_served: 1, cost: 15 },
        certificate: Certificate { stages: vec![StageProof { witness: None, proof: leaf }], infeasible: None },
        explanations: Explanations::default(),
    };
    let settings = RunSettings { gap_permille: Gap::default(), seconds: 60, threads: 1 };
    verify_run(Run::seal(problem, settings, outcome, "0.1.0")).unwrap()
}
