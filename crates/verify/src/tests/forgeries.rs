//! Every edit of a run is refused by its digest. With the digest made right again it is refused exactly when it makes a
//! claim false.

use needmatch_domain::certificate::{Leaf, Proof};
use needmatch_domain::goal::Gap;
use needmatch_domain::ids::OfferIndex;
use needmatch_domain::plan::Plan;
use needmatch_domain::reason::OfferUse;
use needmatch_domain::row::{Multiplier, Row, RowKey};
use needmatch_domain::run::{Outcome, Run, Status, Totals};
use serde_json::Value;

use super::brute_force::{best, run, two_components};
use super::builder::{give, plan};
use crate::{Code, Finding, Recount, verify, verify_run};

fn sealed(mut run: Run) -> Run {
    run.digest = run.computed_digest();
    run
}

/// Codes that a run earns with its digest made right again.
fn codes(run: Run) -> Vec<Code> {
    verify_run(sealed(run)).err().unwrap_or_default().iter().map(|found| found.code).collect()
}

/// What an edit of the outcome earns.
fn edited(edit: impl FnOnce(&mut Outcome)) -> Vec<Code> {
    let mut run = run();
    edit(&mut run.outcome);
    codes(run)
}

#[test]
fn a_false_plan_is_refused() {
    assert_eq!(edited(|outcome| outcome.plan.matches[0].quantity += 9)[0], Code::DemandTotal);
    let worse = edited(|outcome| outcome.plan = plan(&[give(1, 0, 0, 1)]));
    assert!(worse.contains(&Code::GoalHeld) && worse.contains(&Code::GoalValue), "{worse:?}");
    let empty = edited(|outcome| outcome.plan = Plan::default());
    assert!(empty.contains(&Code::GoalHeld) && empty.contains(&Code::Totals), "{empty:?}");
}

#[test]
fn false_goals_are_refused() {
    assert_eq!(edited(|outcome| outcome.goals[0].value += 1), [Code::GoalValue]);
    assert_eq!(edited(|outcome| outcome.goals[0].gap_permille = Gap { thousandths: 1 }), [Code::GoalGap]);
    let more = edited(|outcome| outcome.goals[0].best += 1);
    assert_eq!(more, [Code::GoalBelow, Code::GoalBest, Code::Status]);
    let both = edited(|outcome| (outcome.goals[0].best, outcome.goals[0].bound) = (17, 17));
    assert_eq!(both, [Code::GoalBest], "a better best is claimed than any plan in the run reaches");
    let less = edited(|outcome| {
        outcome.goals[2].bound = -1;
        outcome.goals[2].gap_permille = Gap::between(outcome.goals[2].best, -1);
    });
    assert_eq!(less, [Code::GoalBound]);
    assert_eq!(edited(|outcome| outcome.goals.swap(0, 1)), [Code::GoalList]);
    assert_eq!(edited(|outcome| outcome.goals.truncate(2)), [Code::GoalList]);
    assert_eq!(edited(|outcome| outcome.certificate.stages.truncate(2)), [Code::GoalList]);
}

#[test]
fn what_is_claimed_less_boldly_is_still_true() {
    let weaker = edited(|outcome| {
        outcome.goals[1].bound = 7;
        outcome.goals[1].gap_permille = Gap::between(outcome.goals[1].best, 7);
    });
    assert_eq!(weaker, []);
    let modest = edited(|outcome| {
        outcome.goals[0].bound = 17;
        outcome.goals[0].gap_permille = Gap::between(16, 17);
        outcome.status = Status::Limit;
    });
    assert_eq!(modest, []);
    let boasting = edited(|outcome| {
        outcome.goals[0].bound = 17;
        outcome.goals[0].gap_permille = Gap::between(16, 17);
    });
    assert_eq!(boasting, [Code::Status]);
}

#[test]
fn false_totals_and_status_are_refused() {
    for edit in [
        |totals: &mut Totals| totals.matches += 1,
        |totals: &mut Totals| totals.requests_served += 1,
        |totals: &mut Totals| totals.requests_completed += 1,
        |totals: &mut Totals| totals.components_served += 1,
        |totals: &mut Totals| totals.cost += 1,
    ] {
        assert_eq!(edited(|outcome| edit(&mut outcome.totals)), [Code::Totals]);
    }
    for status in [Status::WithinGap, Status::Limit] {
        assert_eq!(edited(|outcome| outcome.status = status), [Code::Status]);
    }
    assert_eq!(edited(|outcome| outcome.status = Status::Infeasible), [Code::InfeasiblePlan, Code::InfeasibleMissing]);
    let stray = Some(Proof::Infeasible(Leaf::default()));
    assert_eq!(edited(|outcome| outcome.certificate.infeasible = stray), [Code::InfeasibleStray]);
}

#[test]
fn false_witnesses_and_proofs_are_refused() {
    assert_eq!(edited(|outcome| outcome.certificate.stages[0].witness = None), [Code::GoalBest]);
    let mut forged = run();
    forged.outcome.certificate.stages[0].witness = Some(vec![give(0, 0, 0, 2), give(1, 0, 0, 3)]);
    let found = verify_run(sealed(forged)).unwrap_err();
    let sentences: Vec<_> = found.iter().map(ToString::to_string).collect();
    let expected = [
        "witness of coverage: capacity: offer O0 gives 5 of 4",
        "goals.best: no plan in the run reaches the best of goal coverage: 19 is reached, 16 is claimed",
    ];
    assert_eq!(sentences, expected);
    let leaf = |outcome: &mut Outcome, proof| outcome.certificate.stages[0].proof = proof;
    assert_eq!(edited(|outcome| leaf(outcome, Proof::Leaf(Leaf::default()))), [Code::GoalBound]);
    assert_eq!(edited(|outcome| leaf(outcome, Proof::Infeasible(Leaf::default()))), [Code::ProofOpen]);
}

#[test]
fn another_problem_or_format_is_refused() {
    let mut other = two_components();
    other.offers[0].quantity = 5;
    let found: Vec<_> = verify(&run(), &other).findings.iter().map(|found| found.code).collect();
    assert!(found.contains(&Code::ProblemHash) && found.contains(&Code::ProblemDiffers), "{found:?}");
    let mut changed = run();
    changed.problem = Some(other);
    assert!(codes(changed).contains(&Code::ProblemHash));
    let mut changed = run();
    changed.format = "needmatch-run-2".to_owned();
    assert_eq!(codes(changed), [Code::Format]);
    let mut changed = run();
    changed.software.rules_version += 1;
    assert_eq!(codes(changed), [Code::RulesVersion]);
}

#[test]
fn explanations_may_not_point_outside_the_problem() {
    let used = OfferUse { offer: OfferIndex(7), used: 0, left: 0, why_left: Vec::new(), marginal_value: 0 };
    assert_eq!(edited(|outcome| outcome.explanations.offers.push(used)), [Code::Explanation]);
}

#[test]
fn infeasible_is_accepted_with_a_proof_and_only_then() {
    let mut problem = two_components();
    problem.locks = vec![give(0, 0, 0, 2), give(1, 0, 0, 3)];
    let multiplier = |row, entities: &[u32], value| Multiplier { key: RowKey::of(row, entities), value };
    // The locks want 5, the offer holds 4: 4000 − 1000 · 2 − 1000 · 3 is below 0.
    let multipliers = vec![
        multiplier(Row::CapacityTotal, &[0], 1),
        multiplier(Row::Locked, &[0], -1000),
        multiplier(Row::Locked, &[1], -1000),
    ];
    let outcome = |multipliers| Outcome {
        status: Status::Infeasible,
        plan: Plan::default(),
        goals: Vec::new(),
        totals: Totals::default(),
        certificate: needmatch_domain::certificate::Certificate {
            stages: Vec::new(),
            infeasible: Some(Proof::Infeasible(Leaf { scale: 0, multipliers })),
        },
        explanations: needmatch_domain::reason::Explanations::default(),
    };
    let settings = run().settings;
    let seal = |problem: &needmatch_domain::problem::Problem, multipliers| {
        verify_run(Run::seal(problem.clone(), settings, outcome(multipliers), "0.1.0")).map(|_| ())
    };
    assert_eq!(seal(&problem, multipliers.clone()), Ok(()));
    assert_eq!(seal(&problem, multipliers[..2].to_vec()).unwrap_err()[0].code, Code::ProofOpen);
    problem.offers[0].quantity = 5;
    assert_eq!(seal(&problem, multipliers).unwrap_err()[0].code, Code::ProofOpen);
}

/// Pointers to every scalar of a value.
pub(super) fn scalars(value: &Value, pointer: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, member)| scalars(member, &format!("{pointer}/{key}"), into));
        }
        Value::Array(members) => {
            members.iter().enumerate().for_each(|(at, member)| scalars(member, &format!("{pointer}/{at}"), into));
        }
        _ => into.push(pointer.to_owned()),
    }
}

fn neighbours(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(number) if number.is_i64() => {
            let number = number.as_i64().unwrap();
            [-1, 1, 1000].map(|step: i64| number.saturating_add(step).into()).to_vec()
        }
        Value::Number(number) => vec![Value::from(number.as_f64().unwrap_or_default() + 1.0)],
        Value::String(text) => vec![format!("{text}x").into(), "".into()],
        Value::Bool(truth) => vec![(!truth).into()],
        _ => vec![0.into(), "x".into()],
    }
}

/// Whether what a run of the problem of [`two_components`] claims is so, by looking at every plan.
pub(super) fn is_true(run: &Run) -> bool {
    let problem = two_components();
    let recount = Recount::of(&problem).unwrap();
    let goals = &run.outcome.goals;
    let held = |stage: usize| -> Vec<i64> {
        let given = |from: usize| problem.goals[from + 1..=stage].iter().map(|goal| i64::from(goal.give)).sum::<i64>();
        (0..stage).map(|from| goals[from].best - goals[from].best.abs() * given(from) / 1000).collect()
    };
    run.outcome.status != Status::Infeasible
        && recount.findings(&run.outcome.plan.matches).is_empty()
        && goals.len() == problem.goals.len()
        && goals.iter().zip(&problem.goals).all(|(found, goal)| {
            found.goal == goal.goal && found.value == recount.evaluate(&run.outcome.plan.matches, goal)
        })
        && goals.iter().enumerate().all(|(stage, goal)| {
            best(&recount, stage, &held(stage)).is_some_and(|(most, _)| goal.best <= most && most <= goal.bound)
        })
        && run.outcome.totals == recount.totals(&run.outcome.plan.matches)
        && run.outcome.status == Status::judge(goals[0].best, goals[0].bound, run.settings.gap_permille)
}

#[test]
fn every_changed_value_is_refused_by_the_digest_and_every_false_one_without_it() {
    let original = run();
    let file = serde_json::to_value(&original).unwrap();
    let mut pointers = Vec::new();
    scalars(&file, "", &mut pointers);
    assert!(pointers.len() > 150, "a run has more values than {}", pointers.len());
    let mut accepted = Vec::new();
    for pointer in &pointers {
        for neighbour in neighbours(file.pointer(pointer).unwrap()) {
            let mut forged = file.clone();
            *forged.pointer_mut(pointer).unwrap() = neighbour;
            let Ok(forged) = serde_json::from_value::<Run>(forged) else { continue };
            if forged == original {
                continue;
            }
            let found = verify_run(forged.clone()).err().unwrap_or_default();
            let refused = found.iter().any(|found: &Finding| found.code == Code::Digest);
            assert!(refused, "{pointer} was changed unseen");
            if pointer != "/digest" && verify_run(sealed(forged.clone())).is_ok() {
                assert!(is_true(&forged), "{pointer} makes a claim false");
                accepted.push(pointer.as_str());
            }
        }
    }
    accepted.dedup();
    let free = |pointer: &&&str| {
        ["/settings/", "/software/name", "/software/version", "/outcome/certificate/stages/"]
            .iter()
            .any(|free| pointer.starts_with(free))
    };
    let others: Vec<_> = accepted.iter().filter(|pointer| !free(pointer)).collect();
    assert!(others.is_empty(), "{others:?} claim something, but any value is accepted");
    assert!(accepted.iter().any(|pointer| pointer.starts_with("/settings/seconds")));
}
