//! Where a run can be changed: one of its proofs, nodes, leaves, multipliers; one of the problem's unknowns.

use needmatch_domain::certificate::{Cut, Leaf, Proof};
use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::problem::Problem;
use needmatch_domain::row::{Multiplier, Row};
use needmatch_domain::run::Run;

use crate::random::Random;

/// A position in a list; `None` in an empty one.
pub(crate) fn position(length: usize, random: &mut Random) -> Option<usize> {
    let last = i64::try_from(length).ok()?.checked_sub(1).filter(|last| *last >= 0)?;
    usize::try_from(random.between(0, last)).ok()
}

pub(crate) fn small(random: &mut Random) -> u32 {
    u32::try_from(random.between(0, 2)).unwrap_or_default()
}

/// One of the proofs of a run.
pub(crate) fn a_proof<'r>(run: &'r mut Run, random: &mut Random) -> Option<&'r mut Proof> {
    let certificate = &mut run.outcome.certificate;
    let mut proofs: Vec<_> = certificate.stages.iter_mut().map(|stage| &mut stage.proof).collect();
    proofs.extend(certificate.infeasible.as_mut());
    let chosen = position(proofs.len(), random)?;
    proofs.into_iter().nth(chosen)
}

/// One node of a proof: a split, or what is none.
pub(crate) fn a_node<'p>(proof: &'p mut Proof, random: &mut Random, split: bool) -> Option<&'p mut Proof> {
    let mut place = position(count(proof, split), random)?;
    nth(proof, split, &mut place)
}

fn count(proof: &Proof, split: bool) -> usize {
    match proof {
        Proof::Split { below, above, .. } => count(below, split) + count(above, split) + usize::from(split),
        Proof::Strengthened { proof, .. } => count(proof, split),
        _ => usize::from(!split),
    }
}

fn nth<'p>(proof: &'p mut Proof, split: bool, place: &mut usize) -> Option<&'p mut Proof> {
    if let Proof::Strengthened { proof, .. } = proof {
        return nth(proof, split, place);
    }
    if matches!(proof, Proof::Split { .. }) == split {
        if *place == 0 {
            return Some(proof);
        }
        *place -= 1;
    }
    match proof {
        Proof::Split { below, above, .. } => {
            let inside = count(below, split);
            if *place < inside {
                return nth(below, split, place);
            }
            *place -= inside;
            nth(above, split, place)
        }
        _ => None,
    }
}

pub(crate) fn a_leaf<'r>(run: &'r mut Run, random: &mut Random) -> Option<&'r mut Leaf> {
    let node = a_node(a_proof(run, random)?, random, false)?;
    if let Proof::Leaf(leaf) | Proof::Infeasible(leaf) = node { Some(leaf) } else { None }
}

pub(crate) fn a_multiplier<'r>(run: &'r mut Run, random: &mut Random) -> Option<&'r mut Multiplier> {
    let leaf = a_leaf(run, random)?;
    let at = position(leaf.multipliers.len(), random)?;
    leaf.multipliers.get_mut(at)
}

/// A cut from rows that the proof names somewhere, and unknowns of all kinds.
pub(crate) fn a_cut(proof: &mut Proof, problem: &Problem, random: &mut Random) -> Option<Cut> {
    let mut keys = Vec::new();
    for _ in 0..random.between(1, 4) {
        if let Proof::Leaf(leaf) | Proof::Infeasible(leaf) = a_node(proof, random, false)?
            && let Some(at) = position(leaf.multipliers.len(), random)
        {
            keys.push(leaf.multipliers[at].key);
        }
    }
    keys.retain(|key| key.row != Row::Cut || random.once_in(9));
    keys.sort_unstable();
    keys.dedup();
    let rows = keys.into_iter().map(|key| Multiplier { key, value: random.between(-3, 3) }).collect();
    let mut from_above: Vec<_> = (0..random.between(0, 3)).filter_map(|_| a_column(problem, random)).collect();
    from_above.sort_unstable();
    from_above.dedup();
    Some(Cut { rows, from_above, divisor: random.between(2, 9) })
}

pub(crate) fn a_column(problem: &Problem, random: &mut Random) -> Option<ColumnKey> {
    if random.once_in(2) {
        let component = u32::try_from(position(problem.components.len(), random)?).ok()?;
        return Some(ColumnKey::of(Column::ServedComponent, &[component]));
    }
    let column = Column::ALL[position(Column::ALL.len(), random)?];
    let entities: Vec<u32> = (0..column.arity()).map(|_| small(random)).collect();
    Some(ColumnKey::of(column, &entities))
}
