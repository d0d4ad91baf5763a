//! From the smallest change upwards, until one is shown to serve the component.
//!
//! Two ways of showing it. *Re-solving*: the changed problem is solved as the run was, and the plan serves the
//! component. *Agreeing*: the changes make room for it beside everything the plan gives, and a lock keeps that room for
//! it; a lock is a rule, so every plan serves the component as soon as one plan exists, and the plan made without the
//! optimiser, from which every run starts, is that plan. That costs milliseconds, whatever the size; where that plan
//! does not come about, a run may be asked for any plan at all.

use std::collections::BTreeSet;

use needmatch_domain::ids::{ComponentId, ComponentIndex};
use needmatch_domain::plan::Plan;
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::{Change, Unlock};
use needmatch_domain::rule::Rule;
use needmatch_domain::scenario::Scenario;

use super::edit::{Class, Edit, size};
use super::members::members;
use super::steps::{Step, steps};
use super::world::{Given, World};
use crate::construct::greedy;
use crate::model::{Incidence, Model};

/// Agreed matches tried for one component.
const MOST_GIVEN_UP: usize = 3;

/// A run whose components are to be unlocked.
#[derive(Debug, Clone)]
pub struct Unlocker {
    world: World,
    plan: Vec<Given>,
    received: Vec<i64>,
}

/// How a changed problem is solved, and how often.
pub struct Attempts<'a> {
    /// Solves a problem exactly as the run was; `None` when it has no plan, or there was none in time.
    pub solve: &'a mut dyn FnMut(&Problem) -> Option<Plan>,
    /// How often it may be called.
    pub most: usize,
    /// Whether a run of the problem comes to any plan at all, as near to the best as it may be.
    pub exists: &'a mut dyn FnMut(&Problem) -> bool,
    /// How often that may be asked.
    pub most_asked: usize,
    /// Whether to give up.
    pub stopped: &'a dyn Fn() -> bool,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The smallest change that serves the component; `None`: none of those considered does.
    pub unlock: Option<Unlock>,
    /// Sets of changes looked at.
    pub considered: usize,
    /// Problems solved again.
    pub solved: usize,
    /// Rules that stand in the way and that no change considered argues with, such as an embargo.
    pub barred: Vec<Rule>,
}

/// Changes, with what they let be given.
struct Candidate {
    edits: Vec<Edit>,
    /// The plan, with what is new.
    given: Vec<Given>,
    /// What is new.
    fresh: Vec<Given>,
}

impl Unlocker {
    /// For a plan of a scenario; `problem` is the one it was frozen to.
    pub fn of_scenario(scenario: &Scenario, problem: &Problem, plan: &Plan) -> Self {
        Self::of(World { scenario: Some(scenario.clone()), problem: problem.clone() }, plan)
    }

    /// For a plan of a frozen problem: only what its own tables can express is considered.
    pub fn of_problem(problem: &Problem, plan: &Plan) -> Self {
        Self::of(World { scenario: None, problem: problem.clone() }, plan)
    }

    fn of(world: World, plan: &Plan) -> Self {
        let mut received = vec![0; world.problem.components.len()];
        for found in &plan.matches {
            received[found.component.at()] += found.quantity;
        }
        Self { plan: world.given(plan), received, world }
    }

    /// Components with nothing, in order: those worth a search.
    pub fn without(&self) -> Vec<ComponentIndex> {
        (0..self.received.len()).filter(|&at| self.received[at] == 0).map(ComponentIndex::of).collect()
    }

    /// The smallest change that serves the component.
    pub fn unlock(&self, component: ComponentIndex, attempts: &mut Attempts<'_>) -> Found {
        let mut barred = BTreeSet::new();
        let mut found = Found { unlock: None, considered: 0, solved: 0, barred: Vec::new() };
        let candidates = self.candidates(component, &mut barred);
        let mut asked = 0;
        let mut ranked = self.by_rank(component);
        let given_up = self.by_giving_up(component);
        for candidate in candidates {
            let class = size(&candidate.edits, |_| 0).0;
            // A higher priority costs others their help, but is less to ask for than an offer nobody has made.
            if class > Class::Rank && found.unlock.is_none() {
                for edits in std::mem::take(&mut ranked) {
                    found.unlock = found.unlock.take().or_else(|| self.solved(component, &edits, attempts, &mut found));
                }
            }
            if found.unlock.is_some() || (attempts.stopped)() {
                break;
            }
            found.considered += 1;
            found.unlock = self.tried(component, &candidate, attempts, &mut found, &mut asked);
        }
        for edits in ranked.into_iter().chain(given_up) {
            found.unlock = found.unlock.take().or_else(|| self.solved(component, &edits, attempts, &mut found));
        }
        found.barred = barred.into_iter().collect();
        found
    }

    /// Sets of changes that make room for the component and all that must be served with it, smallest first.
    fn candidates(&self, component: ComponentIndex, barred: &mut BTreeSet<Rule>) -> Vec<Candidate> {
        let world = &self.world;
        let Some(members) = members(world, &self.received, component) else { return Vec::new() };
        let names: Vec<ComponentId> =
            members.components.iter().map(|one| world.problem.components[one.at()].id.clone()).collect();
        let gone: BTreeSet<&ComponentId> =
            members.instead.iter().map(|one| &world.problem.components[one.at()].id).collect();
        let plan: Vec<Given> = self.plan.iter().filter(|one| !gone.contains(&one.component)).cloned().collect();
        let Some((before, _)) = world.with(&members.before) else { return Vec::new() };
        let Some((first, others)) = names.split_first() else { return Vec::new() };
        let Some(at) = before.component(first) else { return Vec::new() };
        let mut candidates: Vec<Candidate> = steps(&before, &plan, at, barred, true)
            .into_iter()
            .filter_map(|step| complete(&before, &members.before, &plan, step, others, barred))
            .collect();
        candidates.sort_by_key(|candidate| size(&candidate.edits, |_| 0));
        candidates
    }

    /// Higher priorities, the least first.
    fn by_rank(&self, component: ComponentIndex) -> Vec<Vec<Edit>> {
        let details = &self.world.problem.components[component.at()];
        let Some(scenario) = &self.world.scenario else { return Vec::new() };
        let id = &self.world.problem.requests[details.request.at()].id;
        let Some(request) = scenario.requests.iter().find(|request| request.id == *id) else { return Vec::new() };
        let weight = |priority: u8| scenario.settings.weights.priority[usize::from(priority) - 1];
        let higher = (1..request.priority).filter(|&other| weight(other) > weight(request.priority));
        let mut ranks: Vec<u8> = [higher.clone().next_back(), higher.min()].into_iter().flatten().collect();
        ranks.dedup();
        if details.pairs.is_empty() {
            Vec::new()
        } else {
            ranks.into_iter().map(|rank| vec![Edit::Priority(id.clone(), rank)]).collect()
        }
    }

    /// Agreed matches given up: those that hold an offer which may serve the component.
    fn by_giving_up(&self, component: ComponentIndex) -> Vec<Vec<Edit>> {
        let problem = &self.world.problem;
        let pairs = &problem.components[component.at()].pairs;
        let holds = |lock: &&needmatch_domain::problem::Fixed| pairs.iter().any(|pair| pair.offer == lock.offer);
        let locks = problem.locks.iter().filter(holds).take(MOST_GIVEN_UP);
        let named = |lock: &needmatch_domain::problem::Fixed| {
            let component = problem.components[lock.component.at()].id.clone();
            vec![Edit::Unlocked(component, problem.offers[lock.offer.at()].id.clone(), lock.period)]
        };
        locks.map(named).collect()
    }

    /// Whether a candidate serves the component: by re-solving while there are attempts left, else by agreeing.
    fn tried(
        &self,
        component: ComponentIndex,
        candidate: &Candidate,
        attempts: &mut Attempts<'_>,
        found: &mut Found,
        asked: &mut usize,
    ) -> Option<Unlock> {
        let unlock = if candidate.edits.is_empty() {
            None
        } else {
            let feasible = self.world.with(&candidate.edits).is_some_and(|(world, _)| {
                needmatch_verify::findings(&world.problem, &world.plan(&candidate.given)).is_empty()
            });
            if feasible { self.solved(component, &candidate.edits, attempts, found) } else { None }
        };
        unlock.or_else(|| self.agreed(component, candidate, attempts, asked))
    }

    /// Solves with the changes, as often as may still be.
    fn solved(
        &self,
        component: ComponentIndex,
        edits: &[Edit],
        attempts: &mut Attempts<'_>,
        found: &mut Found,
    ) -> Option<Unlock> {
        if found.solved >= attempts.most || (attempts.stopped)() {
            return None;
        }
        let (world, changes) = self.world.with(edits)?;
        found.solved += 1;
        let plan = (attempts.solve)(&world.problem)?;
        self.unlocked(component, &world, &plan, changes)
    }

    /// Locks what the candidate gives: one match of the component; where the plan made without the optimiser does not
    /// keep that, every match; where it does not keep those either, one match again, if a run comes to a plan.
    fn agreed(
        &self,
        component: ComponentIndex,
        candidate: &Candidate,
        attempts: &mut Attempts<'_>,
        asked: &mut usize,
    ) -> Option<Unlock> {
        let id = &self.world.problem.components[component.at()].id;
        let one = candidate.fresh.iter().filter(|one| one.component == *id).max_by_key(|one| one.quantity)?;
        let single = self.locked(candidate, std::slice::from_ref(one))?;
        if let Some(plan) = plan_at_once(&single.0.problem) {
            return self.unlocked(component, &single.0, &plan, single.1);
        }
        if candidate.fresh.len() > 1
            && let Some((world, changes)) = self.locked(candidate, &merged(&candidate.fresh))
            && let Some(plan) = plan_at_once(&world.problem)
        {
            return self.unlocked(component, &world, &plan, changes);
        }
        if *asked >= attempts.most_asked || (attempts.stopped)() {
            return None;
        }
        *asked += 1;
        let plan = single.0.plan(std::slice::from_ref(one));
        (attempts.exists)(&single.0.problem).then(|| self.unlocked(component, &single.0, &plan, single.1)).flatten()
    }

    fn locked(&self, candidate: &Candidate, given: &[Given]) -> Option<(World, Vec<Change>)> {
        let mut edits = candidate.edits.clone();
        let locks = given.iter().cloned().map(|one| Edit::Agree(one.component, one.offer, one.period, one.quantity));
        edits.extend(locks);
        self.world.with(&edits)
    }

    fn unlocked(&self, component: ComponentIndex, world: &World, plan: &Plan, changes: Vec<Change>) -> Option<Unlock> {
        let at = world.component(&self.world.problem.components[component.at()].id)?;
        let quantity = plan.matches.iter().filter(|found| found.component == at).map(|found| found.quantity).sum();
        (quantity > self.received[component.at()]).then_some(Unlock { changes, quantity })
    }
}

/// The plan made without the optimiser, where it keeps every rule.
fn plan_at_once(problem: &Problem) -> Option<Plan> {
    let model = Model::of(problem);
    let incidence = Incidence::of(&model);
    let assignment = greedy(&model, &incidence);
    assignment.broken().is_empty().then(|| assignment.plan())
}

/// Quantities of the same pair and period as one.
fn merged(given: &[Given]) -> Vec<Given> {
    let mut all: Vec<Given> = Vec::new();
    for one in given {
        let same = |other: &&mut Given| {
            (&other.component, &other.offer, other.period) == (&one.component, &one.offer, one.period)
        };
        match all.iter_mut().find(same) {
            Some(found) => found.quantity += one.quantity,
            None => all.push(one.clone()),
        }
    }
    all
}

/// Serves everything else that must be served with the first component; `None` when that cannot be.
fn complete(
    before: &World,
    made: &[Edit],
    plan: &[Given],
    step: Step,
    others: &[ComponentId],
    barred: &mut BTreeSet<Rule>,
) -> Option<Candidate> {
    let mut edits = made.to_vec();
    let mut given = plan.to_vec();
    let mut world = before.clone();
    let mut next = Some(step);
    for other in others.iter().map(Some).chain([None]) {
        let step = next.take()?;
        (world, _) = world.with(&step.edits)?;
        edits.extend(step.edits);
        given.extend(step.given);
        if let Some(other) = other {
            next = steps(&world, &given, world.component(other)?, barred, false).into_iter().next();
        }
    }
    let fresh = given[plan.len()..].to_vec();
    Some(Candidate { edits, given, fresh })
}
