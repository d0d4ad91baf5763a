//! Whatever a run file holds, the verdict comes without a panic, and what it accepts is so.

use needmatch_domain::run::Run;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::brute_force::{run, two_components};
use super::forgeries::is_true;
use super::random::random;
use crate::{Recount, verify, verify_run};

/// Pointers to every value, whole tables included.
fn values(value: &Value, pointer: &str, into: &mut Vec<String>) {
    into.push(pointer.to_owned());
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, member)| values(member, &format!("{pointer}/{key}"), into));
        }
        Value::Array(members) => {
            members.iter().enumerate().for_each(|(at, member)| values(member, &format!("{pointer}/{at}"), into));
        }
        _ => {}
    }
}

fn wild() -> impl Strategy<Value = Value> {
    let row = prop::sample::select(needmatch_domain::row::Row::ALL);
    let entity = prop_oneof![0..3_u32, Just(u32::MAX)];
    prop_oneof![
        3 => (-3..9_i64).prop_map(Value::from),
        2 => prop::sample::select(vec![i64::MIN, i64::MAX, 1 << 40, 1_000_000_000_000]).prop_map(Value::from),
        1 => Just(json!(u64::MAX)),
        1 => Just(Value::Null),
        1 => Just(json!([])),
        1 => prop::sample::select(vec!["", "C0", "limit", "infeasible", "equity", "off", "x"]).prop_map(Value::from),
        1 => Just(json!({"leaf": {"scale": 40, "multipliers": []}})),
        1 => Just(json!({"infeasible": {"scale": 0, "multipliers": []}})),
        3 => (row, prop::collection::vec(entity, 3), any::<i64>()).prop_map(|(row, entities, value)| {
            json!({"leaf": {"scale": 7, "multipliers": [[row.name(), entities[..row.arity()], value]]}})
        }),
    ]
}

/// A copy with some values replaced, doubled or taken away.
fn mutated(mut file: Value, edits: &[(usize, Value, u8)]) -> Value {
    for (place, value, how) in edits {
        let mut pointers = Vec::new();
        values(&file, "", &mut pointers);
        let pointer = &pointers[place % pointers.len()];
        let Some(found) = file.pointer_mut(pointer) else { continue };
        match (how % 4, found) {
            (0, Value::Array(members)) if !members.is_empty() => {
                members.remove(place % members.len());
            }
            (1, Value::Array(members)) if !members.is_empty() => {
                let copy = members[place % members.len()].clone();
                members.push(copy);
            }
            (_, found) => *found = value.clone(),
        }
    }
    file
}

fn sealed(mut run: Run) -> Run {
    if let Some(problem) = &run.problem {
        run.problem_sha256 = problem.sha256();
    }
    run.digest = run.computed_digest();
    run
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6000, ..ProptestConfig::default() })]

    #[test]
    fn any_run_file_gets_a_verdict(edits in prop::collection::vec((any::<usize>(), wild(), any::<u8>()), 1..4)) {
        let file = mutated(serde_json::to_value(run()).unwrap(), &edits);
        if let Ok(forged) = serde_json::from_value::<Run>(file) {
            let forged = sealed(forged);
            let problem = forged.problem.clone().unwrap_or_else(two_components);
            let verdict = verify(&forged, &problem);
            for finding in &verdict.findings {
                prop_assert!(!finding.to_string().contains('{'), "{finding}");
            }
            if verdict.is_accepted() && problem == two_components() {
                prop_assert!(is_true(&forged));
            }
        }
    }

    #[test]
    fn any_problem_is_read_or_refused(
        seed in 0..500_u64,
        edits in prop::collection::vec((any::<usize>(), wild(), any::<u8>()), 1..4),
    ) {
        let problem = random(seed);
        let edited = mutated(serde_json::to_value(&problem).unwrap(), &edits);
        let Ok(problem) = serde_json::from_value::<needmatch_domain::problem::Problem>(edited) else { return Ok(()) };
        let mut forged = run();
        forged.problem = Some(problem.clone());
        let _ = verify_run(sealed(forged));
        if let Ok(recount) = Recount::of(&problem) {
            let plan = [super::builder::give(0, 0, 0, 1), super::builder::give(1, 0, 0, i64::MAX)];
            recount.findings(&plan);
            recount.breaches(&plan);
            for goal in &problem.goals {
                recount.evaluate(&plan, goal);
            }
            super::readings::rows(&recount, &[]);
        }
    }
}
