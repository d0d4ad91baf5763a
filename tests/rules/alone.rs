//! Each rule alone, in the best plan of the pair with one thing changed: a problem where the rule binds, one where it
//! does not, and what the plan is where the rule only warns or is off.

use std::fmt::Write;

use needmatch_domain::goal::Gap;
use needmatch_domain::plan::rows;
use needmatch_domain::reason::Reason;
use needmatch_domain::rule::{Mode, Rule, Stage};
use needmatch_domain::run::{Run, RunSettings};
use needmatch_domain::scenario::Scenario;
use needmatch_matching::explain::enrich;
use needmatch_matching::freeze::freeze;
use needmatch_matching::propose::{Options, Watch, propose};
use needmatch_verify::{VerifiedPlan, breaches, verify_run};

use crate::pair::{Change, pair, set};

/// A rule with a problem on either side of it. Plans are written `component offer period quantity`, in order.
pub(crate) struct Case {
    pub(crate) rule: Rule,
    pub(crate) periods: u32,
    /// What makes the rule bind, and the best plan under it.
    pub(crate) binds: Change,
    pub(crate) bound: &'static str,
    /// What leaves the rule in force without binding, and the best plan.
    pub(crate) spares: Change,
    pub(crate) spared: &'static str,
    /// The best plan with what makes the rule bind, but the rule off; for a rule that is always enforced, as bound.
    pub(crate) off: &'static str,
    /// Code of a reason that the bound plan gives for what goes without.
    pub(crate) reason: Option<&'static str>,
}

/// The best plan of a scenario as `match` finds it: frozen, solved, verified, explained.
pub(crate) fn solve(scenario: &Scenario) -> VerifiedPlan {
    let problem = freeze(scenario).unwrap_or_else(|errors| panic!("{}", errors[0])).problem;
    let settings = RunSettings { gap_permille: Gap::default(), seconds: 60, threads: 1 };
    let mut watch = Watch { elapsed: &|| 0.0, cancelled: &|| false, progress: &mut |_| {} };
    let mut outcome = propose(&problem, &Options::new(Gap::default(), 60.0), &mut watch).expect("a plan or a proof");
    enrich(&mut outcome.explanations, scenario, &problem);
    verify_run(Run::seal(problem, settings, outcome, "test")).unwrap_or_else(|findings| panic!("{}", findings[0]))
}

/// A plan as the cases write it.
pub(crate) fn written(plan: &VerifiedPlan) -> String {
    let mut text = String::new();
    for row in rows(plan.problem(), plan.plan()) {
        let separator = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{separator}{} {} {} {}", row.component, row.offer, row.period, row.quantity);
    }
    text
}

fn changed(case: &Case, change: Change, mode: Mode) -> Scenario {
    let mut scenario = pair(case.periods);
    change(&mut scenario);
    set(&mut scenario, case.rule, mode);
    scenario
}

/// Holds a rule to its case.
pub(crate) fn hold(case: &Case) {
    let rule = case.rule;
    let bound = solve(&changed(case, case.binds, Mode::Enforce));
    assert_eq!(written(&bound), case.bound, "{rule}: where it binds");
    assert_eq!(written(&solve(&changed(case, case.spares, Mode::Enforce))), case.spared, "{rule}: where it does not");
    assert_ne!(case.bound, case.spared, "{rule}: the two problems differ by what the rule does");
    if let Some(reason) = case.reason {
        let codes = codes(&bound);
        assert!(codes.iter().any(|code| code == reason), "{rule}: {reason} among {codes:?}");
    }
    for mode in [Mode::Warn, Mode::Off] {
        let scenario = changed(case, case.binds, mode);
        let relaxed = solve(&scenario);
        assert_eq!(written(&relaxed), case.off, "{rule} in mode {mode:?}");
        if rule.is_always_enforced() {
            assert_eq!(case.off, case.bound, "{rule} has one mode");
            continue;
        }
        assert_ne!(case.off, case.bound, "{rule}: the mode changes the plan");
        let told = match rule.stage() {
            Stage::Eligibility => {
                let report = freeze(&scenario).expect("it was frozen before").report;
                report.warned.iter().any(|warned| warned.rule == rule)
            }
            Stage::Row => breaches(relaxed.problem(), relaxed.plan()).iter().any(|breach| breach.rule == rule),
        };
        assert_eq!(told, mode == Mode::Warn, "{rule} in mode {mode:?}: what is breached is told");
    }
}

/// Codes of the reasons for what is not, or not wholly, served; a rule behind `rule_binds` and `no_eligible_offer`.
fn codes(plan: &VerifiedPlan) -> Vec<String> {
    let chains = plan.run().outcome.explanations.unserved.iter().flat_map(|unserved| &unserved.chain);
    chains
        .flat_map(|reason| match reason {
            Reason::RuleBinds { rule } => vec![format!("rule_binds {rule}")],
            Reason::NoEligibleOffer { refused } => {
                refused.iter().map(|refused| format!("no_eligible_offer {}", refused.rule)).collect()
            }
            other => vec![code(other)],
        })
        .collect()
}

/// The code of a reason, as files write it.
pub(crate) fn code(reason: &Reason) -> String {
    let written = serde_json::to_value(reason).expect("a reason is JSON");
    written["code"].as_str().expect("a reason has a code").to_owned()
}
