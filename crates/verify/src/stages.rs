//! What a run claims of its goals: values, what was reached and held at each stage, bounds, gaps, status.

use needmatch_domain::certificate::StageProof;
use needmatch_domain::goal::{Gap, Goal, GoalName};
use needmatch_domain::plan::Match;
use needmatch_domain::run::{GoalResult, Outcome, Run, Status, Totals};

use crate::code::Code;
use crate::finding::Finding;
use crate::goals;
use crate::recount::{Recount, saturated};
use crate::report::Report;
use crate::tally::Tally;

/// The values at which the goals before the k-th are held while it is maximised.
pub(crate) fn held(goals: &[Goal], results: &[GoalResult], stage: usize) -> Vec<i64> {
    let given = |earlier: usize| goals[earlier + 1..=stage].iter().map(|goal| i128::from(goal.give)).sum::<i128>();
    let value = |(earlier, result): (usize, &GoalResult)| {
        let best = i128::from(result.best);
        saturated(best - best.abs() * given(earlier) / 1000)
    };
    results[..stage].iter().enumerate().map(value).collect()
}

/// Checks a run that says there is no plan.
pub(crate) fn check_infeasible(recount: &Recount<'_>, outcome: &Outcome, report: &mut Report) {
    let empty = outcome.plan.matches.is_empty()
        && outcome.goals.is_empty()
        && outcome.totals == Totals::default()
        && outcome.certificate.stages.is_empty();
    report.unless(empty, || Finding::about(Code::InfeasiblePlan, &[], &[]));
    match &outcome.certificate.infeasible {
        None => report.add(|| Finding::about(Code::InfeasibleMissing, &[], &[])),
        Some(proof) => {
            if let Err(finding) = recount.proves_infeasible(proof) {
                report.add(|| finding);
            }
        }
    }
}

/// Checks a run with a plan.
pub(crate) fn check(recount: &Recount<'_>, run: &Run, report: &mut Report) {
    let outcome = &run.outcome;
    let tally = recount.examine(&outcome.plan.matches, report);
    report.unless(outcome.certificate.infeasible.is_none(), || Finding::about(Code::InfeasibleStray, &[], &[]));
    check_totals(&tally.totals(), &outcome.totals, report);
    let goals = &recount.problem.goals;
    let names = |list: &mut dyn Iterator<Item = GoalName>| list.map(GoalName::name).collect::<Vec<_>>().join(", ");
    let listed = names(&mut outcome.goals.iter().map(|result| result.goal).take(goals.len() + 1));
    let wanted = names(&mut goals.iter().map(|goal| goal.goal));
    if listed != wanted || outcome.certificate.stages.len() != goals.len() {
        report.add(|| Finding::about(Code::GoalList, &[&listed, &wanted], &[]));
        return;
    }
    let values: Vec<i64> = goals.iter().map(|goal| saturated(goals::value(&tally, goal))).collect();
    for (stage, proof) in outcome.certificate.stages.iter().enumerate() {
        let held = held(goals, &outcome.goals, stage);
        check_result(&outcome.goals[stage], values[stage], report);
        check_reached(recount, outcome, (stage, proof, &held), &values, report);
        let claimed = &outcome.goals[stage];
        match recount.bound(stage, &held, &proof.proof) {
            Err(finding) => report.add(|| finding),
            Ok(Some(proved)) if proved > i128::from(claimed.bound) => {
                report.add(|| Finding::about(Code::GoalBound, &[&claimed.goal], &[claimed.bound.into(), proved]));
            }
            Ok(_) => {}
        }
    }
    // The final plan is that of the last stage: it keeps what that stage holds, even where a witness stands for it.
    if outcome.certificate.stages.last().is_some_and(|stage| stage.witness.is_some()) {
        let last = held(goals, &outcome.goals, goals.len() - 1);
        check_held(recount, &last, &values, None, report);
    }
    if let Some(first) = outcome.goals.first() {
        let status = Status::judge(first.best, first.bound, run.settings.gap_permille);
        report.unless(status == outcome.status, || {
            Finding::about(Code::Status, &[&outcome.status.name(), &status.name()], &[])
        });
    }
}

fn check_totals(counted: &Totals, claimed: &Totals, report: &mut Report) {
    let rows = [
        ("matches", i128::from(counted.matches), i128::from(claimed.matches)),
        ("requests served", counted.requests_served.into(), claimed.requests_served.into()),
        ("requests met in full", counted.requests_completed.into(), claimed.requests_completed.into()),
        ("components served", counted.components_served.into(), claimed.components_served.into()),
        ("accounting currency of cost", counted.cost.into(), claimed.cost.into()),
    ];
    for (what, counted, claimed) in rows {
        report.unless(counted == claimed, || Finding::about(Code::Totals, &[&what], &[counted, claimed]));
    }
}

fn check_result(claimed: &GoalResult, value: i64, report: &mut Report) {
    let goal = claimed.goal;
    report.unless(value == claimed.value, || {
        Finding::about(Code::GoalValue, &[&goal], &[value.into(), claimed.value.into()])
    });
    report.unless(claimed.bound >= claimed.best, || {
        Finding::about(Code::GoalBelow, &[&goal], &[claimed.bound.into(), claimed.best.into()])
    });
    let gap = Gap::between(claimed.best, claimed.bound);
    report.unless(gap == claimed.gap_permille, || {
        Finding::about(Code::GoalGap, &[&goal, &gap, &claimed.gap_permille], &[])
    });
}

/// Whether the best of a stage is reached by its witness, or without one by the final plan, under what the stage holds.
fn check_reached(
    recount: &Recount<'_>,
    outcome: &Outcome,
    (stage, proof, held): (usize, &StageProof, &[i64]),
    final_values: &[i64],
    report: &mut Report,
) {
    let claimed = &outcome.goals[stage];
    let unreached = |value: i64| Finding::about(Code::GoalBest, &[&claimed.goal], &[value.into(), claimed.best.into()]);
    let Some(witness) = &proof.witness else {
        let value = final_values[stage];
        // The last stage made the final plan. An earlier one may have seen a later stage come across a better plan.
        let last = stage + 1 == final_values.len();
        report.unless(value == claimed.best || (value > claimed.best && !last), || unreached(value));
        check_held(recount, held, final_values, None, report);
        return;
    };
    let values = check_witness(recount, witness, stage, claimed.goal, report);
    report.unless(values[stage] == claimed.best, || unreached(values[stage]));
    check_held(recount, held, &values, Some(claimed.goal), report);
}

/// The values of a witness, up to its own stage; what it breaks is told as its own.
fn check_witness(
    recount: &Recount<'_>,
    witness: &[Match],
    stage: usize,
    goal: GoalName,
    report: &mut Report,
) -> Vec<i64> {
    let mut inner = Report::default();
    let tally: Tally<'_> = recount.examine(witness, &mut inner);
    for finding in inner.into_findings() {
        report.add(|| Finding { witness: Some(goal), ..finding });
    }
    recount.problem.goals[..=stage].iter().map(|goal| saturated(goals::value(&tally, goal))).collect()
}

fn check_held(recount: &Recount<'_>, held: &[i64], values: &[i64], witness: Option<GoalName>, report: &mut Report) {
    for ((goal, held), value) in recount.problem.goals.iter().zip(held).zip(values) {
        report.unless(value >= held, || {
            let finding = Finding::about(Code::GoalHeld, &[&goal.goal], &[(*value).into(), (*held).into()]);
            Finding { witness, ..finding }
        });
    }
}
