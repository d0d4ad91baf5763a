//! The whole-number program through `good_lp`: a plan, not a proof.

use good_lp::solvers::highs::highs;
use good_lp::{Expression, ResolutionError, Solution, SolverModel, Variable, constraint, variable, variables};

use needmatch_domain::row::Row;

use super::scaling::{Scaling, float};
use crate::model::{Model, ModelColumn, ModelRow, Objective};

/// One part in so many of an earlier goal's value: far below a thousandth, the least that a goal can give.
const MARGIN: i128 = 50_000;

/// Below so many nodes, trying out branches before choosing one costs more than the choice can save.
const NODES_WORTH_TRIALS: i32 = 50;

/// Trials of a column before its history is trusted, where there are nodes enough; the solver's default.
const TRIALS: i32 = 8;

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

/// What the solver is to decide; everything else stays as it is.
struct Part {
    columns: Vec<ModelColumn>,
    rows: Vec<ModelRow>,
    objective: Objective,
    /// The model's column behind each.
    behind: Vec<usize>,
}

impl Part {
    /// The columns that are free, in the rows that look at them, with what the others fill already taken off.
    fn of(model: &Model<'_>, objective: &Objective, stays: &[Option<i64>]) -> Self {
        let mut place = vec![usize::MAX; model.columns.len()];
        let mut behind = Vec::new();
        for column in (0..model.columns.len()).filter(|column| stays.get(*column).copied().flatten().is_none()) {
            place[column] = behind.len();
            behind.push(column);
        }
        let moved = |terms: &[(usize, i64)]| {
            let free = terms.iter().filter(|term| place[term.0] != usize::MAX);
            free.map(|&(column, value)| (place[column], value)).collect::<Vec<_>>()
        };
        let mut rows = Vec::new();
        for row in &model.rows {
            let terms = moved(&row.terms);
            if terms.is_empty() {
                continue;
            }
            let filled: i128 = row
                .terms
                .iter()
                .filter_map(|&(column, value)| Some(i128::from(value) * i128::from((*stays.get(column)?)?)))
                .sum();
            let right = i128::from(row.right) - filled - margin(model, row);
            let right = right.clamp(i64::MIN.into(), i64::MAX.into());
            let right = i64::try_from(right).expect("clamped");
            rows.push(ModelRow { key: row.key, terms, right, equality: row.equality });
        }
        let columns = behind.iter().map(|&column| model.columns[column]).collect();
        Self { columns, rows, objective: Objective { terms: moved(&objective.terms) }, behind }
    }
}

/// What rounding may lose of an earlier goal is asked of the solver on top, where that goal gives way at all.
fn margin(model: &Model<'_>, row: &ModelRow) -> i128 {
    if row.key.row != Row::Held {
        return 0;
    }
    let stage = model.rows.iter().filter(|row| row.key.row == Row::Held).count();
    let goals = &model.problem.goals[row.key.entities()[0] as usize + 1..=stage];
    if goals.iter().any(|goal| goal.give > 0) { i128::from(row.right).abs() / MARGIN } else { 0 }
}

/// Solves the program over the columns that do not stay at a value, starting from whole-number values where given.
/// The answer has a value for every column.
pub fn solve_mixed(
    model: &Model<'_>,
    objective: &Objective,
    stays: &[Option<i64>],
    start: Option<&[i64]>,
    limits: MixedLimits,
) -> Answer {
    let part = Part::of(model, objective, stays);
    let scaling = Scaling::of(&part.columns, &part.rows, &part.objective);
    let mut values: Vec<f64> =
        (0..model.columns.len()).map(|column| float(stays.get(column).copied().flatten().unwrap_or(0))).collect();
    if part.columns.is_empty() {
        return Answer::Values(values);
    }
    let mut unknowns = variables!();
    let handles: Vec<Variable> = (0..part.columns.len())
        .map(|column| {
            let mut definition = variable().min(0.0).max(scaling.upper(&part.columns, column));
            if scaling.whole[column] {
                definition = definition.integer();
            }
            if let Some(start) = start {
                definition = definition.initial(float(start[part.behind[column]]) / scaling.columns[column]);
            }
            unknowns.add(definition)
        })
        .collect();
    let mut gain = Expression::with_capacity(part.objective.terms.len());
    for &(column, value) in &part.objective.terms {
        gain.add_mul(scaling.gain(column, value), handles[column]);
    }
    let mut program = unknowns.maximise(gain).using(highs);
    for (row, details) in part.rows.iter().enumerate().filter(|(_, row)| Scaling::can_bind(&part.columns, row)) {
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
        .set_option("mip_pscost_minreliable", if limits.nodes < NODES_WORTH_TRIALS { 0 } else { TRIALS })
        .set_option("mip_detect_symmetry", false)
        .set_option("mip_allow_restart", false)
        .set_option("time_limit", limits.seconds)
        .set_option("presolve", if limits.presolve { "on" } else { "off" });
    match program.solve() {
        Ok(solution) => {
            for (column, handle) in handles.into_iter().enumerate() {
                values[part.behind[column]] = solution.value(handle) * scaling.columns[column];
            }
            Answer::Values(values)
        }
        Err(ResolutionError::Infeasible) => Answer::ClaimsInfeasible,
        Err(error) => Answer::Nothing(error.to_string()),
    }
}
