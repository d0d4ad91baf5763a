//! Ways to change a run: its proofs, what it claims of goals, its plan and witnesses. One entry of [`MUTATIONS`] each;
//! the seal is put right by the caller. A mutation may happen to leave a true claim true.

use needmatch_domain::certificate::{Certificate, Cut, Leaf, Proof};
use needmatch_domain::goal::Gap;
use needmatch_domain::plan::{Match, Plan};
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::Explanations;
use needmatch_domain::row::{Multiplier, Row, RowKey};
use needmatch_domain::run::{Outcome, Run, Status, Totals};
use needmatch_verify::Recount;
use serde_json::Value;

use crate::places::{a_column, a_cut, a_leaf, a_multiplier, a_node, a_proof, position, small};
use crate::random::Random;

/// A change with its name; `None` where the run has nothing to change so.
pub(crate) type Mutation = (&'static str, fn(&mut Run, &Problem, &mut Random) -> Option<()>);

/// All kinds of change.
pub(crate) const MUTATIONS: [Mutation; 30] = [
    ("multiplier changed", |run, _, random| {
        let multiplier = a_multiplier(run, random)?;
        multiplier.value = changed(multiplier.value, random);
        Some(())
    }),
    ("multiplier of another row", |run, _, random| {
        let leaf = a_leaf(run, random)?;
        let at = position(leaf.multipliers.len(), random)?;
        let key = leaf.multipliers[at].key;
        let mut entities = key.entities().to_vec();
        let which = position(entities.len(), random)?;
        entities[which] = entities[which].wrapping_add(if random.once_in(2) { 1 } else { u32::MAX });
        leaf.multipliers[at].key = RowKey::of(key.row, &entities);
        perhaps_sorted(leaf, random);
        Some(())
    }),
    ("multiplier dropped", |run, _, random| {
        let leaf = a_leaf(run, random)?;
        let at = position(leaf.multipliers.len(), random)?;
        leaf.multipliers.remove(at);
        Some(())
    }),
    ("multiplier doubled", |run, _, random| {
        let leaf = a_leaf(run, random)?;
        let at = position(leaf.multipliers.len(), random)?;
        leaf.multipliers.insert(at, leaf.multipliers[at]);
        Some(())
    }),
    ("multiplier added", |run, _, random| {
        let row = Row::ALL[position(Row::ALL.len(), random)?];
        let entities: Vec<u32> = (0..row.arity()).map(|_| small(random)).collect();
        let value = random.between(-2, 900);
        let leaf = a_leaf(run, random)?;
        leaf.multipliers.push(Multiplier { key: RowKey::of(row, &entities), value });
        perhaps_sorted(leaf, random);
        Some(())
    }),
    ("scale", |run, _, random| {
        let leaf = a_leaf(run, random)?;
        leaf.scale = [leaf.scale + 1, leaf.scale.saturating_sub(1), 41][position(3, random)?];
        Some(())
    }),
    ("kind of leaf", |run, _, random| {
        let proof = a_proof(run, random)?;
        let node = a_node(proof, random, false)?;
        if let Proof::Leaf(leaf) = node {
            *node = Proof::Infeasible(std::mem::take(leaf));
        } else if let Proof::Infeasible(leaf) = node {
            *node = Proof::Leaf(std::mem::take(leaf));
        } else {
            return None;
        }
        Some(())
    }),
    ("place of a split", |run, _, random| {
        let step = if random.once_in(2) { 1 } else { -1 };
        match a_node(a_proof(run, random)?, random, true)? {
            Proof::Split { at, .. } => *at += step,
            _ => return None,
        }
        Some(())
    }),
    ("sides of a split exchanged", |run, _, random| match a_node(a_proof(run, random)?, random, true)? {
        Proof::Split { below, above, .. } => {
            std::mem::swap(below, above);
            Some(())
        }
        _ => None,
    }),
    ("one side of a split", |run, _, random| {
        let node = a_node(a_proof(run, random)?, random, true)?;
        let Proof::Split { below, above, .. } = node else { return None };
        let side = if random.once_in(2) { below.as_ref().clone() } else { above.as_ref().clone() };
        *node = side;
        Some(())
    }),
    ("leaf split", |run, problem, random| {
        let column = a_column(problem, random)?;
        let at = if random.once_in(4) { random.between(-1, 2) } else { 0 };
        let node = a_node(a_proof(run, random)?, random, false)?;
        let whole = Box::new(node.clone());
        *node = Proof::Split { column, at, below: whole.clone(), above: whole };
        Some(())
    }),
    ("proofs exchanged", |run, _, _| {
        let [first, second, ..] = run.outcome.certificate.stages.as_mut_slice() else { return None };
        std::mem::swap(&mut first.proof, &mut second.proof);
        Some(())
    }),
    ("any number of the certificate", |run, _, random| {
        let mut certificate = serde_json::to_value(&run.outcome.certificate).ok()?;
        let mut pointers = Vec::new();
        numbers(&certificate, "", &mut pointers);
        let pointer = pointers.get(position(pointers.len(), random)?)?;
        let number = certificate.pointer(pointer)?.as_i64()?;
        *certificate.pointer_mut(pointer)? = changed(number, random).into();
        run.outcome.certificate = serde_json::from_value::<Certificate>(certificate).ok()?;
        Some(())
    }),
    ("recipe of a cut", |run, problem, random| {
        let Proof::Strengthened { cuts, .. } = a_proof(run, random)? else { return None };
        let at = position(cuts.len(), random)?;
        recook(&mut cuts[at], problem, random)
    }),
    ("cut dropped", |run, _, random| {
        let Proof::Strengthened { cuts, .. } = a_proof(run, random)? else { return None };
        let at = position(cuts.len(), random)?;
        cuts.remove(at);
        Some(())
    }),
    ("cut added", |run, problem, random| {
        let proof = a_proof(run, random)?;
        let cut = a_cut(proof, problem, random)?;
        if !matches!(proof, Proof::Strengthened { .. }) {
            let inner = Box::new(std::mem::replace(proof, Proof::Leaf(Leaf::default())));
            *proof = Proof::Strengthened { cuts: Vec::new(), proof: inner };
        }
        let Proof::Strengthened { cuts, .. } = proof else { return None };
        cuts.push(cut);
        let place = u32::try_from(cuts.len() - 1).ok()?;
        let node = a_node(proof, random, false)?;
        let (Proof::Leaf(leaf) | Proof::Infeasible(leaf)) = node else { return None };
        let value = random.between(0, 3) << leaf.scale.min(40);
        leaf.multipliers.push(Multiplier { key: RowKey::of(Row::Cut, &[place]), value });
        Some(())
    }),
    ("bound", |run, _, random| {
        let goal = position(run.outcome.goals.len(), random)?;
        run.outcome.goals[goal].bound += step(random);
        mend_claims(run, random);
        Some(())
    }),
    ("best", |run, _, random| {
        let goal = position(run.outcome.goals.len(), random)?;
        let step = step(random);
        run.outcome.goals[goal].best += step;
        if random.once_in(2) {
            run.outcome.goals[goal].bound += step;
        }
        mend_claims(run, random);
        Some(())
    }),
    ("value", |run, _, random| {
        let goal = position(run.outcome.goals.len(), random)?;
        run.outcome.goals[goal].value += step(random);
        Some(())
    }),
    ("gap", |run, _, random| {
        let goal = position(run.outcome.goals.len(), random)?;
        run.outcome.goals[goal].gap_permille = Gap { thousandths: random.between(0, 3).unsigned_abs() };
        Some(())
    }),
    ("totals", |run, _, random| {
        let Totals { matches, requests_served, requests_completed, components_served, cost } = &mut run.outcome.totals;
        let counts = [matches, requests_served, requests_completed, components_served];
        match counts.into_iter().nth(position(5, random)?) {
            Some(count) => *count += 1,
            None => *cost += step(random),
        }
        Some(())
    }),
    ("status", |run, _, random| {
        let all = [Status::Optimal, Status::WithinGap, Status::Limit, Status::Infeasible];
        run.outcome.status = all[position(4, random)?];
        Some(())
    }),
    ("gap asked for", |run, _, random| {
        run.settings.gap_permille = Gap { thousandths: random.between(0, 2_000_000).unsigned_abs() };
        mend_claims(run, random);
        Some(())
    }),
    ("plan", |run, problem, random| {
        let edited = edited(&run.outcome.plan.matches, problem, random)?;
        run.outcome.plan = if random.once_in(8) { Plan { matches: edited } } else { Plan::of(edited) };
        mend_plan(run, problem, random);
        Some(())
    }),
    ("witness", |run, problem, random| {
        let stage = position(run.outcome.certificate.stages.len(), random)?;
        let witness = &mut run.outcome.certificate.stages[stage].witness;
        *witness = Some(edited(witness.as_ref().unwrap_or(&run.outcome.plan.matches), problem, random)?);
        Some(())
    }),
    ("witness given or taken", |run, _, random| {
        let stage = position(run.outcome.certificate.stages.len(), random)?;
        let witness = &mut run.outcome.certificate.stages[stage].witness;
        *witness = if witness.is_some() { None } else { Some(run.outcome.plan.matches.clone()) };
        Some(())
    }),
    ("goal or stage left out", |run, _, random| {
        if random.once_in(2) {
            run.outcome.goals.pop().map(drop)
        } else {
            run.outcome.certificate.stages.pop().map(drop)
        }
    }),
    ("said to be infeasible", |run, _, random| {
        let proof = run.outcome.certificate.stages.first()?.proof.clone();
        if random.once_in(2) {
            run.outcome.certificate.infeasible = Some(proof);
        } else {
            run.outcome = Outcome {
                status: Status::Infeasible,
                plan: Plan::default(),
                goals: Vec::new(),
                totals: Totals::default(),
                certificate: Certificate { stages: Vec::new(), infeasible: Some(proof) },
                explanations: Explanations::default(),
            };
        }
        Some(())
    }),
    (NO_CLAIM, |run, _, random| {
        run.settings.seconds = run.settings.seconds.wrapping_add(small(random));
        run.software.version.push('x');
        Some(())
    }),
    (NO_CLAIM, |run, _, _| {
        run.outcome.explanations = Explanations::default();
        Some(())
    }),
];

/// The name of changes that touch no claim.
pub(crate) const NO_CLAIM: &str = "what claims nothing";

fn step(random: &mut Random) -> i64 {
    random.between(1, 3) * if random.once_in(2) { 1 } else { -1 }
}

fn changed(number: i64, random: &mut Random) -> i64 {
    match random.between(0, 7) {
        0 => number.saturating_add(1),
        1 => number.saturating_sub(1),
        2 => number.saturating_mul(2),
        3 => number / 2,
        4 => number.saturating_neg(),
        5 => 0,
        6 => number.saturating_add(number / 1000 + 1),
        _ => number.saturating_add(1 << 40),
    }
}

/// Changes a cut in one place.
fn recook(cut: &mut Cut, problem: &Problem, random: &mut Random) -> Option<()> {
    match random.between(0, 3) {
        0 => cut.divisor = changed(cut.divisor, random),
        1 => {
            let at = position(cut.rows.len(), random)?;
            cut.rows[at].value = changed(cut.rows[at].value, random);
        }
        2 => {
            let at = position(cut.from_above.len(), random)?;
            cut.from_above.remove(at);
        }
        _ => {
            cut.from_above.push(a_column(problem, random)?);
            cut.from_above.sort_unstable();
        }
    }
    Some(())
}

/// Mostly, so that a multiplier out of place is not all that is ever found.
fn perhaps_sorted(leaf: &mut Leaf, random: &mut Random) {
    if !random.once_in(4) {
        leaf.multipliers.sort_unstable();
    }
}

fn numbers(value: &Value, pointer: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, member)| numbers(member, &format!("{pointer}/{key}"), into));
        }
        Value::Array(members) => {
            members.iter().enumerate().for_each(|(at, member)| numbers(member, &format!("{pointer}/{at}"), into));
        }
        Value::Number(_) => into.push(pointer.to_owned()),
        _ => {}
    }
}

/// Matches with one of them more, less, gone, moved, or one added.
fn edited(matches: &[Match], problem: &Problem, random: &mut Random) -> Option<Vec<Match>> {
    let mut matches = matches.to_vec();
    let how = random.between(0, 4);
    if how == 4 || matches.is_empty() {
        let component = position(problem.components.len(), random)?;
        let pairs = &problem.components[component].pairs;
        let pair = pairs[position(pairs.len(), random)?];
        let component = u32::try_from(component).ok()?;
        matches.push(Match::from((component, pair.offer.0, pair.first.0, random.between(0, 3))));
        return Some(matches);
    }
    let at = position(matches.len(), random)?;
    match how {
        0 => matches[at].quantity += 1,
        1 => matches[at].quantity -= 1,
        2 => matches[at] = Match::from((matches[at].component.0, small(random), small(random), matches[at].quantity)),
        _ => drop(matches.remove(at)),
    }
    Some(matches)
}

/// Makes gaps and status follow from the claims again, mostly.
fn mend_claims(run: &mut Run, random: &mut Random) {
    if random.once_in(4) {
        return;
    }
    for goal in &mut run.outcome.goals {
        goal.gap_permille = Gap::between(goal.best, goal.bound);
    }
    if let Some(first) = run.outcome.goals.first() {
        run.outcome.status = Status::judge(first.best, first.bound, run.settings.gap_permille);
    }
}

/// Makes totals and values follow from the plan again, mostly; and takes the plan for the best of the last goal,
/// sometimes.
fn mend_plan(run: &mut Run, problem: &Problem, random: &mut Random) {
    let Ok(recount) = Recount::of(problem) else { return };
    if random.once_in(6) || run.outcome.status == Status::Infeasible {
        return;
    }
    let matches = &run.outcome.plan.matches;
    run.outcome.totals = recount.totals(matches);
    for (result, goal) in run.outcome.goals.iter_mut().zip(&problem.goals) {
        result.value = recount.evaluate(matches, goal);
    }
    if let Some(last) = run.outcome.goals.last_mut()
        && random.once_in(2)
    {
        last.best = last.value;
        last.bound = last.bound.max(last.best);
    }
    mend_claims(run, random);
}
