//! The first relaxation, strengthened by cuts until they bring no more.

use super::bound::{Boxes, LeafRows, bound_of, scaled_leaf};
use super::cut::Recipe;
use super::separate::Separator;
use super::steps::InSteps;
use crate::model::{Model, Objective};
use crate::solve::{Relaxation, Solved};

/// Rounds of cuts.
const ROUNDS: usize = 10;

/// Cuts a round adds at most.
const CUTS: usize = 400;

/// Rounds that bring less than this part of the value end the search.
const PROGRESS: f64 = 1e-6;

/// A model in steps with its cuts behind its rows, and the relaxation that knows them all.
pub struct Root<'p> {
    /// The model in steps.
    pub steps: InSteps<'p>,
    /// How each cut is made; their rows stand behind the others, in this order.
    pub recipes: Vec<Recipe>,
    /// The relaxation, boxes as the model has them.
    pub relaxation: Relaxation,
    /// Its solution, where it has one.
    pub solved: Option<Solved>,
    /// The bound it proves, with its multipliers.
    pub bound: Option<(i128, LeafRows)>,
}

impl<'p> Root<'p> {
    /// Solves the relaxation and cuts it until its bound is `enough` or cuts bring no more.
    ///
    /// Cost: a warm-started relaxation and a walk over the rows a round.
    pub fn of(model: &Model<'p>, objective: &Objective, enough: i64, seconds: f64, spent: &dyn Fn() -> bool) -> Self {
        let steps = InSteps::of(model, objective);
        let relaxation = Relaxation::open(&steps.model, &steps.objective);
        let mut root = Self { steps, recipes: Vec::new(), relaxation, solved: None, bound: None };
        root.solve(seconds);
        let separator = Separator::of(&root.steps.model);
        let mut value = f64::INFINITY;
        for _ in 0..ROUNDS {
            let Some(solved) = &root.solved else { break };
            let reached = root.value(solved);
            if root.proven() <= enough || spent() || value - reached < PROGRESS * (1.0 + reached.abs()) {
                break;
            }
            value = reached;
            let found = separator.separate(&root.steps.model, &solved.values);
            let before = root.recipes.len();
            for (_, recipe) in found.into_iter().take(CUTS) {
                root.add(recipe);
            }
            if root.recipes.len() == before {
                break;
            }
            root.solve(seconds);
        }
        root
    }

    /// What no plan passes.
    pub fn proven(&self) -> i64 {
        self.bound.as_ref().map_or(i64::MAX, |(bound, _)| i64::try_from(*bound).unwrap_or(i64::MAX))
    }

    #[expect(clippy::cast_precision_loss, reason = "to see progress, never a claim")]
    fn value(&self, solved: &Solved) -> f64 {
        self.steps.objective.terms.iter().map(|&(column, gain)| gain as f64 * solved.values[column]).sum()
    }

    fn add(&mut self, recipe: Recipe) {
        if self.recipes.contains(&recipe) {
            return;
        }
        let position = u32::try_from(self.recipes.len()).unwrap_or(u32::MAX);
        if let Some(row) = recipe.row(&self.steps.model, position).filter(|row| !row.terms.is_empty()) {
            self.relaxation.add_row(&row, self.steps.model.rows.len());
            self.steps.model.rows.push(row);
            self.recipes.push(recipe);
        }
    }

    fn solve(&mut self, seconds: f64) {
        let model = &self.steps.model;
        self.solved = self.relaxation.solve(model.rows.len(), seconds);
        let boxes = Boxes::of(model);
        let leaves = self.solved.iter().map(|solved| scaled_leaf(model, &solved.multipliers));
        let proven = leaves
            .chain([LeafRows::default()])
            .filter_map(|leaf| bound_of(model, &self.steps.objective, &leaf, &boxes).map(|bound| (bound, leaf)));
        self.bound = proven.chain(self.bound.take()).min_by_key(|(bound, _)| *bound);
    }
}
