//! What must be served with a component, and what else must hold before it can be: the recursion through bundles,
//! packages, obstacles and the order of law, register and marking.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::ids::{ComponentIndex, RequestIndex, StateIndex};
use needmatch_domain::problem::{Problem, Step};
use needmatch_domain::rule::Rule;

use super::edit::Edit;
use super::world::World;

/// Components that go without and must be served together, the one asked for first, and changes without which none of
/// them can be.
pub(super) struct Members {
    pub(super) components: Vec<ComponentIndex>,
    pub(super) before: Vec<Edit>,
    /// Alternatives that are served and would have to give way.
    pub(super) instead: BTreeSet<ComponentIndex>,
}

/// Gathers them; `None` when something must hold that no change considered brings about.
pub(super) fn members(world: &World, received: &[i64], target: ComponentIndex) -> Option<Members> {
    let problem = &world.problem;
    let served = |component: &ComponentIndex| received[component.at()] > 0;
    let by_request = problem.components_by_request();
    let running = |request: RequestIndex| by_request[request.at()].iter().any(served);
    let mut found = Members { components: Vec::new(), before: Vec::new(), instead: BTreeSet::new() };
    let mut waiting = vec![target];
    let mut requests = BTreeSet::new();
    while let Some(component) = waiting.pop() {
        if found.components.contains(&component) {
            continue;
        }
        found.components.push(component);
        let details = &problem.components[component.at()];
        if let Some(choice) = details.choice.as_ref().filter(|_| problem.enforces(Rule::Choice)) {
            let others = (0..problem.components.len()).map(ComponentIndex::of).filter(|other| {
                *other != component && served(other) && problem.components[other.at()].choice.as_ref() == Some(choice)
            });
            found.instead.extend(others);
        }
        if problem.enforces(Rule::Bundle) {
            waiting.extend(details.requires.iter().filter(|required| !served(required)));
        }
        if !requests.insert(details.request) || running(details.request) {
            continue;
        }
        let request = &problem.requests[details.request.at()];
        if problem.enforces(Rule::Obstacle) {
            for obstacle in &request.obstacles {
                match obstacle.mitigation {
                    Some(mitigation) if served(&mitigation) => {}
                    Some(mitigation) => waiting.push(mitigation),
                    None => found.before.push(Edit::Mitigation(request.id.clone(), obstacle.code.clone())),
                }
            }
        }
        if let Some(package) = request.package.as_ref().filter(|_| problem.enforces(Rule::Package)) {
            for other in (0..problem.requests.len()).map(RequestIndex::of) {
                let joint = problem.requests[other.at()].package.as_ref() == Some(package);
                if joint && other != details.request && !running(other) && !requests.contains(&other) {
                    waiting.push(cheapest(problem, &by_request[other.at()])?);
                }
            }
        }
        if problem.enforces(Rule::Precedence) {
            let earlier = [(Step::Marking, Step::RecordKeeping), (Step::RecordKeeping, Step::Legislation)];
            let wanted = earlier.iter().find(|(step, _)| request.step == Some(*step)).map(|(_, before)| *before);
            waiting.extend(wanted.and_then(|step| predecessor(problem, request.state, step, received)));
        }
    }
    sustainability(world, received, &mut found)?;
    Some(found)
}

fn cheapest(problem: &Problem, components: &[ComponentIndex]) -> Option<ComponentIndex> {
    let cost = |component: &ComponentIndex| {
        let details = &problem.components[component.at()];
        (details.pairs.is_empty(), details.requires.len(), details.minimum.saturating_mul(details.unit_cost))
    };
    components.iter().copied().min_by_key(cost)
}

/// The component of an earlier step to serve first, where there are such with an eligible offer and none is served.
fn predecessor(problem: &Problem, state: StateIndex, step: Step, received: &[i64]) -> Option<ComponentIndex> {
    let of_step: Vec<ComponentIndex> = (0..problem.components.len())
        .map(ComponentIndex::of)
        .filter(|component| {
            let details = &problem.components[component.at()];
            let request = &problem.requests[details.request.at()];
            request.state == state && request.step == Some(step) && !details.pairs.is_empty()
        })
        .collect();
    if of_step.iter().any(|component| received[component.at()] > 0) {
        return None;
    }
    cheapest(problem, &of_step)
}

/// Raises the static score of each request that would still be short of its threshold.
fn sustainability(world: &World, received: &[i64], found: &mut Members) -> Option<()> {
    let problem = &world.problem;
    if !problem.enforces(Rule::Sustainability) {
        return Some(());
    }
    let mut reached: BTreeMap<RequestIndex, i64> = BTreeMap::new();
    for component in &found.components {
        let request = problem.components[component.at()].request;
        reached.entry(request).or_insert(problem.requests[request.at()].sustainability);
    }
    for (at, component) in problem.components.iter().enumerate() {
        let counts = received[at] > 0 || found.components.contains(&ComponentIndex::of(at));
        if let Some(points) = reached.get_mut(&component.request).filter(|_| counts) {
            *points += component.sustainability_points;
        }
    }
    for (request, points) in reached {
        let details = &problem.requests[request.at()];
        let missing = details.sustainability_threshold - points;
        if missing > 0 {
            let own = world.scenario.as_ref()?.requests.iter().find(|one| one.id == details.id)?.sustainability;
            let raised = u8::try_from(i64::from(own) + missing).ok().filter(|score| *score <= 100)?;
            found.before.push(Edit::Sustainability(details.id.clone(), raised));
        }
    }
    Some(())
}
