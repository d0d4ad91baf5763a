//! The branching tree: best bound first, until the bound asked for is proved or the budget is spent.

use std::collections::BinaryHeap;

use needmatch_domain::certificate::{MAX_DEPTH, Proof};

use super::bound::{Boxes, LeafRows, bound_of, scaled_leaf};
use super::branch::Switches;
use super::root::Root;
use super::steps::InSteps;
use super::strengthen::with_cuts;
use crate::model::{Model, Objective};
use crate::solve::Relaxation;

/// How much work a proof may take. Nodes are the deterministic limit; `spent` is the backstop.
pub struct Budget<'a> {
    /// Nodes of the tree.
    pub nodes: usize,
    /// Seconds for one relaxation.
    pub seconds: f64,
    /// Whether time is up or the run was cancelled.
    pub spent: &'a dyn Fn() -> bool,
}

/// A bound with its proof.
#[derive(Debug)]
pub struct Certified {
    /// No plan passes this.
    pub bound: i64,
    /// Why.
    pub proof: Proof,
    /// Nodes looked at.
    pub nodes: usize,
}

enum State {
    Open,
    Closed,
    Infeasible(LeafRows),
    Split { column: usize, at: i64, below: usize, above: usize },
}

/// Columns with the ends of their boxes, from the root to a node.
type Path = Vec<(usize, i64, i64)>;

struct Node {
    bound: i128,
    leaf: LeafRows,
    state: State,
    path: Vec<(usize, i64, i64)>,
    branch: Option<(usize, i64)>,
}

struct Tree<'t, 'p> {
    model: &'t Model<'p>,
    objective: &'t Objective,
    /// Units in a step of each column: branches are told in units.
    units: &'t [i64],
    switches: Switches,
    /// Absent where only breaches are looked for.
    relaxation: Option<&'t mut Relaxation>,
    breach: Option<Relaxation>,
    boxes: Boxes,
    applied: Vec<(usize, i64, i64)>,
    breach_applied: Vec<(usize, i64, i64)>,
    nodes: Vec<Node>,
    seconds: f64,
}

/// Proves a bound on the objective. `target` gives, for a plan's value, the bound that is good enough; `found` is
/// told whole-number solutions met on the way, in units, and answers with the best value known.
///
/// Cost: a relaxation a node.
pub fn certify(
    root: &mut Root<'_>,
    target: &dyn Fn(i64) -> i64,
    found: &mut dyn FnMut(&[f64]) -> i64,
    best: i64,
    budget: &Budget<'_>,
) -> Certified {
    let Root { steps, recipes, relaxation, bound, .. } = root;
    let mut found = |values: &[f64]| found(&steps.in_units(values));
    let found: &mut dyn FnMut(&[f64]) -> i64 = &mut found;
    let mut tree = Tree::of(&steps.model, &steps.objective, &steps.units, Some(relaxation), budget.seconds);
    let mut best = best;
    let root = tree.look(Vec::new(), None, &mut best, found);
    if let Some((bound, leaf)) = bound.take_if(|(bound, _)| *bound < tree.nodes[root].bound) {
        (tree.nodes[root].bound, tree.nodes[root].leaf) = (bound, leaf);
    }
    let mut heap = BinaryHeap::from([(tree.nodes[root].bound, std::cmp::Reverse(root))]);
    while let Some((bound, std::cmp::Reverse(index))) = heap.pop() {
        let enough = bound <= i128::from(target(best));
        let Some((column, at)) =
            tree.nodes[index].branch.filter(|_| !enough && tree.nodes.len() + 2 <= budget.nodes && !(budget.spent)())
        else {
            break;
        };
        let parent = &tree.nodes[index];
        if parent.path.len() + 1 >= MAX_DEPTH {
            tree.nodes[index].branch = None;
            heap.push((bound, std::cmp::Reverse(index)));
            continue;
        }
        let [below, above] = tree.divide(index, column, at, &mut best, found);
        for child in [below, above] {
            if matches!(tree.nodes[child].state, State::Open) {
                heap.push((tree.nodes[child].bound, std::cmp::Reverse(child)));
            }
        }
    }
    let certified = tree.finish(best);
    Certified { proof: with_cuts(certified.proof, recipes, &steps.model), ..certified }
}

/// Proves that no plan satisfies the rows; `None` when the budget does not suffice or a plan exists.
pub fn prove_infeasible(model: &Model<'_>, budget: &Budget<'_>) -> Option<Proof> {
    let nothing = Objective { terms: Vec::new() };
    let steps = InSteps::of(model, &nothing);
    let mut tree = Tree::of(&steps.model, &nothing, &steps.units, None, budget.seconds);
    let mut open = vec![tree.look_for_breach(Vec::new())];
    while let Some(index) = open.pop() {
        if matches!(tree.nodes[index].state, State::Infeasible(_)) {
            continue;
        }
        if tree.nodes.len() + 2 > budget.nodes || (budget.spent)() || tree.nodes[index].path.len() + 1 >= MAX_DEPTH {
            return None;
        }
        let (column, at) = tree.nodes[index].branch?;
        let (below, above) = tree.children(index, column, at);
        let (below, above) = (tree.look_for_breach(below), tree.look_for_breach(above));
        tree.nodes[index].state = State::Split { column, at, below, above };
        open.extend([above, below]);
    }
    Some(tree.proof(0))
}

impl<'t, 'p> Tree<'t, 'p> {
    fn of(
        model: &'t Model<'p>,
        objective: &'t Objective,
        units: &'t [i64],
        relaxation: Option<&'t mut Relaxation>,
        seconds: f64,
    ) -> Self {
        Self {
            model,
            objective,
            units,
            switches: Switches::of(model, objective),
            relaxation,
            breach: None,
            boxes: Boxes::of(model),
            applied: Vec::new(),
            breach_applied: Vec::new(),
            nodes: Vec::new(),
            seconds,
        }
    }

    fn children(&self, index: usize, column: usize, at: i64) -> (Path, Path) {
        let path = &self.nodes[index].path;
        let (low, high) = path
            .iter()
            .rev()
            .find(|(other, _, _)| *other == column)
            .map_or((0, self.model.columns[column].upper), |&(_, low, high)| (low, high));
        let with = |low: i64, high: i64| {
            let (low, high) = Boxes::narrowed(self.model, column, low, high);
            let mut path: Vec<_> = path.iter().copied().filter(|(other, _, _)| *other != column).collect();
            path.push((column, low, high));
            path
        };
        (with(low, at), with(at + 1, high))
    }

    fn divide(
        &mut self,
        index: usize,
        column: usize,
        at: i64,
        best: &mut i64,
        found: &mut dyn FnMut(&[f64]) -> i64,
    ) -> [usize; 2] {
        let (below, above) = self.children(index, column, at);
        let below = self.look(below, Some(index), best, found);
        let above = self.look(above, Some(index), best, found);
        self.nodes[index].state = State::Split { column, at, below, above };
        [below, above]
    }

    /// Solves the relaxation in a box and keeps what it proves there.
    fn look(
        &mut self,
        path: Vec<(usize, i64, i64)>,
        parent: Option<usize>,
        best: &mut i64,
        found: &mut dyn FnMut(&[f64]) -> i64,
    ) -> usize {
        self.enter(&path);
        let solved = self.relaxation.as_mut().and_then(|open| open.solve(self.model.rows.len(), self.seconds));
        let mut candidates: Vec<LeafRows> = parent.map(|parent| self.nodes[parent].leaf.clone()).into_iter().collect();
        let mut branch = None;
        match solved {
            Some(solved) => {
                candidates.push(scaled_leaf(self.model, &solved.multipliers));
                branch = self.switches.choose(self.model, &solved.values);
                if branch.is_none() {
                    *best = (*best).max(found(&solved.values));
                }
            }
            None => {
                if let Some(leaf) = self.breach_here(&path) {
                    let state = State::Infeasible(leaf);
                    self.nodes.push(Node { bound: i128::MIN, leaf: LeafRows::default(), state, path, branch: None });
                    return self.nodes.len() - 1;
                }
            }
        }
        candidates.push(LeafRows::default());
        let bounded = candidates
            .into_iter()
            .filter_map(|leaf| bound_of(self.model, self.objective, &leaf, &self.boxes).map(|bound| (bound, leaf)))
            .min_by_key(|(bound, _)| *bound);
        let (bound, leaf) = bounded.unwrap_or((i128::MAX, LeafRows::default()));
        self.nodes.push(Node { bound, leaf, state: State::Open, path, branch });
        self.nodes.len() - 1
    }

    /// Multipliers that prove the box empty, if there are such.
    fn breach_here(&mut self, path: &[(usize, i64, i64)]) -> Option<LeafRows> {
        let solved = self.solve_breach(path)?;
        let leaf = scaled_leaf(self.model, &solved.multipliers);
        let nothing = Objective { terms: Vec::new() };
        bound_of(self.model, &nothing, &leaf, &self.boxes).is_some_and(|bound| bound < 0).then_some(leaf)
    }

    fn solve_breach(&mut self, path: &[(usize, i64, i64)]) -> Option<crate::solve::Solved> {
        let breach = self.breach.get_or_insert_with(|| Relaxation::least_breach(self.model));
        move_to(self.model, breach, &mut self.breach_applied, path);
        breach.solve(self.model.rows.len(), self.seconds)
    }

    fn look_for_breach(&mut self, path: Vec<(usize, i64, i64)>) -> usize {
        self.enter(&path);
        let solved = self.solve_breach(&path);
        let nothing = Objective { terms: Vec::new() };
        let (state, branch) = match solved {
            Some(solved) => {
                let leaf = scaled_leaf(self.model, &solved.multipliers);
                match bound_of(self.model, &nothing, &leaf, &self.boxes) {
                    Some(bound) if bound < 0 => (State::Infeasible(leaf), None),
                    _ => (State::Open, self.switches.choose(self.model, &solved.values)),
                }
            }
            None => (State::Open, None),
        };
        self.nodes.push(Node { bound: i128::MAX, leaf: LeafRows::default(), state, path, branch });
        self.nodes.len() - 1
    }

    fn enter(&mut self, path: &[(usize, i64, i64)]) {
        for &(column, _, _) in &self.applied {
            self.boxes.low[column] = 0;
            self.boxes.high[column] = self.model.columns[column].upper;
        }
        for &(column, low, high) in path {
            self.boxes.low[column] = low;
            self.boxes.high[column] = high;
        }
        if let Some(relaxation) = &mut self.relaxation {
            move_to(self.model, relaxation, &mut self.applied, path);
        } else {
            path.clone_into(&mut self.applied);
        }
    }

    fn finish(mut self, best: i64) -> Certified {
        let mut bound = i128::from(best);
        for node in &mut self.nodes {
            if matches!(node.state, State::Open) {
                bound = bound.max(node.bound);
                node.state = State::Closed;
            }
        }
        let bound = i64::try_from(bound).unwrap_or(i64::MAX);
        Certified { bound, proof: self.proof(0), nodes: self.nodes.len() }
    }

    fn proof(&self, index: usize) -> Proof {
        let node = &self.nodes[index];
        match &node.state {
            State::Open | State::Closed => Proof::Leaf(node.leaf.named(self.model)),
            State::Infeasible(leaf) => Proof::Infeasible(leaf.named(self.model)),
            State::Split { column, at, below, above } => Proof::Split {
                column: self.model.columns[*column].key,
                at: *at * self.units[*column],
                below: Box::new(self.proof(*below)),
                above: Box::new(self.proof(*above)),
            },
        }
    }
}

/// Moves a relaxation from one box to another.
fn move_to(
    model: &Model<'_>,
    relaxation: &mut Relaxation,
    applied: &mut Vec<(usize, i64, i64)>,
    path: &[(usize, i64, i64)],
) {
    if !relaxation.is_open() {
        return;
    }
    for &(column, _, _) in applied.iter() {
        if !path.iter().any(|(other, _, _)| *other == column) {
            relaxation.set_box(column, 0, model.columns[column].upper);
        }
    }
    for &change in path {
        if !applied.contains(&change) {
            relaxation.set_box(change.0, change.1, change.2);
        }
    }
    path.clone_into(applied);
}
