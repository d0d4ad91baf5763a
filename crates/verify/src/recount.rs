//! A problem read once, for as many plans and proofs as anybody wants to have recounted.

use std::sync::OnceLock;

use needmatch_domain::certificate::Proof;
use needmatch_domain::column::ColumnKey;
use needmatch_domain::goal::Goal;
use needmatch_domain::plan::Match;
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::Breach;
use needmatch_domain::row::RowKey;
use needmatch_domain::rule::Mode;
use needmatch_domain::run::Totals;

use crate::boxes;
use crate::code::Code;
use crate::columns::{self, Columns};
use crate::finding::Finding;
use crate::goals;
use crate::goals::equity::Needs;
use crate::index::Index;
use crate::proof;
use crate::report::Report;
use crate::row::{self, DerivedRow};
use crate::rules;
use crate::structure;
use crate::tally::Tally;

/// Most unknowns of a problem that is recounted.
pub const MAX_COLUMNS: u128 = 1 << 25;

/// A problem without faults, and what the rules look up in it.
#[derive(Debug)]
pub struct Recount<'p> {
    pub(crate) problem: &'p Problem,
    pub(crate) index: Index,
    model: OnceLock<Model>,
}

/// The unknowns and their box, needed by proofs alone.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) columns: Columns,
    pub(crate) upper: Vec<i64>,
    /// Whom `equity` compares.
    pub(crate) needs: Needs,
}

impl<'p> Recount<'p> {
    /// Reads a problem.
    ///
    /// # Errors
    /// Its faults, or that it is too large.
    pub fn of(problem: &'p Problem) -> Result<Self, Vec<Finding>> {
        let mut report = Report::default();
        for fault in problem.faults() {
            report.add(|| Finding::about(Code::ProblemFault, &[&fault.place, &fault.what], &[]));
        }
        for (position, goal) in problem.goals.iter().enumerate() {
            let first = problem.goals[..position.min(100)].iter().all(|earlier| earlier.goal != goal.goal);
            report.unless(first, || Finding::about(Code::GoalTwice, &[&goal.goal], &[]));
        }
        if report.count == 0 {
            let count = columns::count(problem);
            let amounts = [i128::try_from(count).unwrap_or(i128::MAX), MAX_COLUMNS.cast_signed()];
            report.unless(count <= MAX_COLUMNS, || Finding::about(Code::ProblemSize, &[], &amounts));
        }
        match report.count {
            0 => Ok(Self { problem, index: Index::of(problem), model: OnceLock::new() }),
            _ => Err(report.into_findings()),
        }
    }

    /// The problem.
    pub fn problem(&self) -> &'p Problem {
        self.problem
    }

    pub(crate) fn model(&self) -> &Model {
        self.model.get_or_init(|| {
            let columns = Columns::of(self.problem);
            let needs = Needs::of(self.problem, &self.index);
            let upper = boxes::upper_bounds(self.problem, &self.index, &columns, &needs);
            Model { columns, upper, needs }
        })
    }

    pub(crate) fn examine(&self, matches: &[Match], report: &mut Report) -> Tally<'_> {
        let tally = Tally::of(self, structure::sound(self.problem, matches, report));
        rules::check(&tally, Mode::Enforce, &mut |broken| report.add(|| Finding::of(self.problem, &broken)));
        tally
    }

    /// What is wrong with a plan: its structure and every enforced rule it breaks. Cost: near linear in the plan.
    pub fn findings(&self, matches: &[Match]) -> Vec<Finding> {
        let mut report = Report::default();
        self.examine(matches, &mut report);
        report.into_findings()
    }

    /// What a plan breaks of the rules in mode `warn`, rule by rule in their order.
    pub fn breaches(&self, matches: &[Match]) -> Vec<Breach> {
        let tally = self.tally(matches);
        let mut breaches = Vec::new();
        rules::check(&tally, Mode::Warn, &mut |broken| {
            let Some(rule) = broken.code.rule() else { return };
            breaches.push(Breach {
                rule,
                entities: broken.entities.iter().map(|at| u32::try_from(*at).unwrap_or(u32::MAX)).collect(),
                amount: saturated((broken.given - broken.right).abs()),
            });
        });
        breaches
    }

    pub(crate) fn tally(&self, matches: &[Match]) -> Tally<'_> {
        Tally::of(self, structure::sound(self.problem, matches, &mut Report::default()))
    }

    /// The value of a goal. Matches of pairs that the problem does not hold count nothing.
    pub fn evaluate(&self, matches: &[Match], goal: &Goal) -> i64 {
        saturated(goals::value(&self.tally(matches), goal))
    }

    /// Counts and sums of a plan.
    pub fn totals(&self, matches: &[Match]) -> Totals {
        self.tally(matches).totals()
    }

    /// The bound that a proof gives for the goal at a position, every earlier goal i held at `held[i]` or more. `None`
    /// when the proof shows that no plan is left at all.
    ///
    /// # Errors
    /// Why the proof shows nothing.
    pub fn bound(&self, goal: usize, held: &[i64], proof: &Proof) -> Result<Option<i128>, Finding> {
        proof::bound(self, goal, held, proof)
    }

    /// Whether a proof shows that no plan satisfies the rules.
    ///
    /// # Errors
    /// Why it does not.
    pub fn proves_infeasible(&self, proof: &Proof) -> Result<(), Finding> {
        proof::infeasible(self, proof)
    }

    /// Position of a column in the recount's numbering; `None` where the problem does not have it.
    pub fn column(&self, key: &ColumnKey) -> Option<usize> {
        let model = self.model();
        model.columns.find(self.problem, &self.index, model.needs.asked.len(), key)
    }

    /// The most a column can be; the least is 0.
    pub fn upper(&self, key: &ColumnKey) -> Option<i64> {
        self.column(key).map(|column| self.model().upper[column])
    }

    /// The row behind a name; `None` where the problem does not have it. `held` are the values at which earlier goals
    /// are held.
    pub fn row(&self, held: &[i64], key: &RowKey) -> Option<DerivedRow> {
        row::derive(self, held, key)
    }
}

impl Model {
    /// The x of `[component, offer, period]` and its pair.
    pub(crate) fn x(&self, recount: &Recount<'_>, entities: &[usize]) -> Option<(usize, usize)> {
        let pair = self.columns.find_pair(recount.problem, entities[0], entities[1], entities[2])?;
        Some((self.columns.x(recount.problem, pair, entities[2]), pair))
    }

    /// The x of a component that lie in a period, or in any.
    pub(crate) fn x_of_component(
        &self,
        recount: &Recount<'_>,
        component: usize,
        period: Option<usize>,
    ) -> impl Iterator<Item = usize> {
        self.columns.pairs_of_component(component).flat_map(move |pair| self.x_within(recount, pair, period))
    }

    /// The x of a pair that lie in a period, or in any.
    pub(crate) fn x_within(&self, recount: &Recount<'_>, pair: usize, period: Option<usize>) -> std::ops::Range<usize> {
        let all = self.columns.x_of_pair(pair);
        let Some(period) = period else { return all };
        let found = self.columns.pair(recount.problem, pair);
        if found.first.at() <= period && period <= found.last.at() {
            let x = all.start + period - found.first.at();
            x..x + 1
        } else {
            all.end..all.end
        }
    }
}

/// Sums that pass 64 bits belong to plans no problem allows; they stay as far out as can be written.
pub(crate) fn saturated(sum: i128) -> i64 {
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}
