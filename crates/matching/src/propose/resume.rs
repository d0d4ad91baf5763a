//! A goal that begins where an earlier run ended: its plans mended, its proofs recounted. Hundredths of a second instead of the whole search, with the gap that is then proved.

use needmatch_domain::certificate::Proof;
use needmatch_domain::plan::Plan;
use needmatch_domain::progress::Phase;
use needmatch_verify::Recount;

use super::stage::{Incumbent, Reached, Stage};
use super::start::Start;
use super::{Watch, held_at};
use crate::certify::{Certified, without_solver};
use crate::construct::relink;
use crate::model::{Assignment, Incidence, Model};

/// What goals that begin with an earlier run share.
pub(super) struct Resumed<'r> {
    /// What the earlier run knew.
    pub(super) start: &'r Start,
    /// The problem, to recount proofs.
    pub(super) recount: &'r Recount<'r>,
    /// What earlier goals are held at.
    pub(super) held: &'r [i64],
}

impl Stage<'_> {
    /// The best plan at hand and what the earlier proof shows of it; `None` when no plan keeps the rules as they are
    /// now.
    pub(super) fn resume(
        &self,
        model: &Model<'_>,
        before: Option<&Plan>,
        resumed: &Resumed<'_>,
        watch: &mut Watch<'_>,
    ) -> Option<Reached> {
        watch.report(Phase::Greedy, Some(self.goal), None, None);
        let incidence = Incidence::of(model);
        let mut incumbent = Incumbent::of(model, &incidence, self.objective);
        let start = resumed.start;
        for plan in before.into_iter().chain(start.plan_of(self.goal)).chain([&start.plan]) {
            let assignment = Assignment::of_plan(model, &incidence, plan);
            if !incumbent.offer(&assignment) || self.position == 0 {
                incumbent.offer_mended(assignment);
            }
        }
        watch.report(Phase::Certify, Some(self.goal), incumbent.value(), None);
        let best = incumbent.value()?;
        let proven = self.recount(model, resumed, best);
        watch.report(Phase::Certify, Some(self.goal), Some(best), Some(proven.bound));
        Some(incumbent.reached(proven))
    }

    /// The plan an earlier run ended with, mended. Where that is too far from the best known of the first goal for later
    /// goals to build on it, it is moved toward that best as far as they need.
    ///
    /// Where that fails, the best known is forgotten: one plan that serves all goals, with the larger gap that is then
    /// proved, says more of what a change does than the best of the first goal alone.
    pub(super) fn adapt(&self, model: &Model<'_>, start: &mut Start) {
        let incidence = Incidence::of(model);
        let of_plan = |plan: &Plan| Assignment::of_plan(model, &incidence, plan);
        let mended = |plan: &Plan| {
            let mut incumbent = Incumbent::of(model, &incidence, self.objective);
            let assignment = of_plan(plan);
            if !incumbent.offer(&assignment) {
                incumbent.offer_mended(assignment);
            }
            incumbent
        };
        let mut adapted = mended(&start.plan);
        let best = start.plan_of(self.goal).map(mended);
        let enough = best
            .as_ref()
            .and_then(Incumbent::value)
            .map_or(i64::MIN, |value| held_at(model.problem, self.position, model.problem.goals.len() - 1, value));
        if let (Some(from), Some(toward)) = (adapted.plan(), best.as_ref().and_then(Incumbent::plan)) {
            let moved = relink(model, of_plan(from), &of_plan(toward), self.objective, enough);
            adapted.offer(&moved);
        }
        let short = adapted.value() < Some(enough);
        if let Some(plan) = adapted.plan() {
            start.plan = plan.clone();
            if short {
                start.forget_plan_of(self.goal);
            }
        }
    }

    /// The least bound that the earlier proofs show now.
    fn recount(&self, model: &Model<'_>, resumed: &Resumed<'_>, best: i64) -> Certified {
        let simple = without_solver(model, self.objective, best);
        let proofs = resumed.start.proofs_of(model.problem, self.position);
        let bounded = proofs.into_iter().filter_map(|proof| {
            let bound = bound_of(resumed, self.position, &proof)?;
            Some(Certified { bound: bound.max(best), proof, nodes: 0 })
        });
        bounded.chain([simple]).min_by_key(|proven| proven.bound).expect("there is the simple one")
    }
}

/// What a proof shows; `None` when that is nothing, or that no plan is left though there is one.
fn bound_of(resumed: &Resumed<'_>, position: usize, proof: &Proof) -> Option<i64> {
    let bound = resumed.recount.bound(position, resumed.held, proof).ok()??;
    i64::try_from(bound).ok()
}
