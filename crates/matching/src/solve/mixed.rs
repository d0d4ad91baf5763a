//! The whole-number program through `good_lp`: a plan, not a proof.

use good_lp::solvers::highs::highs;
use good_lp::{Expression, ResolutionError, Solution, SolverModel, Variable, constraint, variable, variables};

use super::scaling::{Scaling, float};
use crate::model::{Model, Objective};

/// Deterministic and other limits of one solve.
#[derive(Debug, Clone, Copy)]
pub struct MixedLimits {
    /// Relative gap at which to stop.
    pub relative_gap: f64,
    /// Backstop in seconds.
    pub seconds: f64,
    /// Branching nodes.
    pub nodes: i32,
    /// Seed of the solver's own ordering.
    pub seed: i32,
    /// Whether the solver may presolve.
    pub presolve: bool,
}

/// What the solver said.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Values of the columns, unscaled and not yet rounded.
    Values(Vec<f64>),
    /// It claims that nothing satisfies the rows. Not believed without proof.
    ClaimsInfeasible,
    /// It found nothing, for the reason given.
    Nothing(String),
}

/// Solves the program, starting from whole-number values where given.
pub fn solve_mixed(model: &Model<'_>, objective: &Objective, start: Option<&[i64]>, limits: MixedLimits) -> Answer {
    if model.columns.is_empty() {
        return Answer::Values(Vec::new());
    }
    let scaling = Scaling::of(model, objective);
    let mut unknowns = variables!();
    let handles: Vec<Variable> = (0..model.columns.len())
        .map(|column| {
            let mut definition = variable().min(0.0).max(scaling.upper(model, column));
            if scaling.whole[column] {
                definition = definition.integer();
            }
            if let Some(start) = start {
                definition = definition.initial(float(start[column]) / scaling.columns[column]);
            }
            unknowns.add(definition)
        })
        .collect();
    let mut gain = Expression::with_capacity(objective.terms.len());
    for &(column, value) in &objective.terms {
        gain.add_mul(scaling.gain(column, value), handles[column]);
    }
    let mut program = unknowns.maximise(gain).using(highs);
    for (row, details) in model.rows.iter().enumerate().filter(|(row, _)| scaling.can_bind(model, *row)) {
        let mut sum = Expression::with_capacity(details.terms.len());
        for &(column, value) in &details.terms {
            sum.add_mul(scaling.coefficient(row, column, value), handles[column]);
        }
        let right = scaling.right(row, details.right);
        let bound = if details.equality { constraint::eq(sum, right) } else { constraint::leq(sum, right) };
        program.add_constraint(bound);
    }
    let program = program
        .set_option("output_flag", false)
        .set_option("threads", 1)
        .set_option("parallel", "off")
        .set_option("random_seed", limits.seed)
        .set_option("mip_rel_gap", limits.relative_gap)
        .set_option("mip_abs_gap", 1e-9)
        .set_option("mip_max_nodes", limits.nodes)
        .set_option("time_limit", limits.seconds)
        .set_option("presolve", if limits.presolve { "on" } else { "off" });
    match program.solve() {
        Ok(solution) => Answer::Values(
            handles.iter().zip(&scaling.columns).map(|(handle, factor)| solution.value(*handle) * factor).collect(),
        ),
        Err(ResolutionError::Infeasible) => Answer::ClaimsInfeasible,
        Err(error) => Answer::Nothing(error.to_string()),
    }
}
