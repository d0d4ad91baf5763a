//! What is still to be given: quantity less what was received and what programmes cover (¶94), and what that leaves of
//! the tables.

use std::collections::{BTreeSet, HashMap};

use needmatch_domain::ids::{ChoiceId, ComponentId, ComponentIndex, RequestId, RequestIndex};
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Component, Request};

use super::references::Tables;
use super::report::Covered;
use crate::eligibility::covers_type;

/// What is left of requests and components, in order of id.
pub(super) struct Open<'a> {
    pub(super) requests: Vec<&'a Request>,
    pub(super) components: Vec<OpenComponent<'a>>,
    /// Components with nothing outstanding.
    pub(super) met: BTreeSet<&'a ComponentId>,
    /// Components whose choice is settled by one that is met, and what requires them.
    pub(super) settled: BTreeSet<&'a ComponentId>,
    pub(super) covered: Vec<Covered>,
    component_at: HashMap<&'a ComponentId, ComponentIndex>,
}

/// A component with something outstanding.
pub(super) struct OpenComponent<'a> {
    pub(super) component: &'a Component,
    pub(super) request: RequestIndex,
    pub(super) outstanding: i64,
    /// What it requires, without what is met.
    pub(super) requires: Vec<ComponentIndex>,
}

impl Open<'_> {
    /// Where a component stands in the problem; `None` when it was left out.
    pub(super) fn component(&self, id: &ComponentId) -> Option<ComponentIndex> {
        self.component_at.get(id).copied()
    }
}

pub(super) fn compute<'a>(tables: &Tables<'a>) -> Open<'a> {
    let mut outstanding: Vec<i64> =
        tables.components.iter().map(|component| (component.quantity - component.received).max(0)).collect();
    let covered = cover(tables, &mut outstanding);
    let left = |at: &usize| outstanding[*at] == 0;
    let met: BTreeSet<_> = (0..outstanding.len()).filter(left).map(|at| &tables.components[at].id).collect();
    let settled = settle(&tables.components, &met);

    let stays = |id: &ComponentId| !met.contains(id) && !settled.contains(id);
    let kept: Vec<(&Component, i64)> = tables
        .components
        .iter()
        .zip(&outstanding)
        .filter(|(component, _)| stays(&component.id))
        .map(|(component, outstanding)| (*component, *outstanding))
        .collect();
    let asking: BTreeSet<&RequestId> = kept.iter().map(|(component, _)| &component.request).collect();
    let requests: Vec<&Request> =
        tables.requests.iter().copied().filter(|request| asking.contains(&request.id)).collect();
    let request_at: HashMap<_, _> =
        requests.iter().enumerate().map(|(at, request)| (&request.id, RequestIndex::of(at))).collect();
    let component_at: HashMap<_, _> =
        kept.iter().enumerate().map(|(at, (component, _))| (&component.id, ComponentIndex::of(at))).collect();
    let components = kept
        .into_iter()
        .map(|(component, outstanding)| OpenComponent {
            component,
            request: request_at[&component.request],
            outstanding,
            requires: component.requires.iter().filter_map(|id| component_at.get(id).copied()).collect(),
        })
        .collect();
    Open { requests, components, met, settled, covered, component_at }
}

/// Takes what programmes with an amount cover: programmes in order of id, each over its components in order of id. In
/// mode `warn` nothing is taken and what would have been is reported.
fn cover(tables: &Tables<'_>, outstanding: &mut [i64]) -> Vec<Covered> {
    let mode = tables.lookup.mode(Rule::Duplication);
    if mode == Mode::Off {
        return Vec::new();
    }
    let mut places: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, component) in tables.components.iter().enumerate() {
        if let Some(request) = tables.lookup.request(&component.request) {
            places.entry((&request.state, &request.area)).or_default().push(at);
        }
    }
    let mut open = outstanding.to_vec();
    let mut covered = Vec::new();
    for programme in &tables.programmes {
        let Some(mut remaining) = programme.amount else { continue };
        for &at in places.get(&(&programme.state, &programme.area)).map_or(&[][..], Vec::as_slice) {
            let component = tables.components[at];
            let meets =
                covers_type(programme, component.r#type) && component.window.intersection(programme.window).is_some();
            let units = if meets { open[at].min(remaining.max(0) / component.unit_cost) } else { 0 };
            if units > 0 {
                open[at] -= units;
                remaining -= units * component.unit_cost;
                covered.push(Covered {
                    programme: programme.id.clone(),
                    component: component.id.clone(),
                    units,
                    deducted: mode == Mode::Enforce,
                });
            }
        }
    }
    if mode == Mode::Enforce {
        outstanding.copy_from_slice(&open);
    }
    covered
}

/// The other alternatives of every choice with one that is met, and, again and again, what requires one of those.
fn settle<'a>(components: &[&'a Component], met: &BTreeSet<&'a ComponentId>) -> BTreeSet<&'a ComponentId> {
    let chosen: BTreeSet<&ChoiceId> = components
        .iter()
        .filter(|component| met.contains(&component.id))
        .filter_map(|component| component.choice.as_ref())
        .collect();
    if chosen.is_empty() {
        return BTreeSet::new();
    }
    let mut required_by: HashMap<&ComponentId, Vec<&'a ComponentId>> = HashMap::new();
    for component in components.iter().filter(|component| !met.contains(&component.id)) {
        for required in &component.requires {
            required_by.entry(required).or_default().push(&component.id);
        }
    }
    let alternative = |component: &&&'a Component| {
        !met.contains(&component.id) && component.choice.as_ref().is_some_and(|choice| chosen.contains(choice))
    };
    let mut waiting: Vec<&'a ComponentId> = components.iter().filter(alternative).map(|found| &found.id).collect();
    let mut settled = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if settled.insert(id) {
            waiting.extend(required_by.get(id).into_iter().flatten());
        }
    }
    settled
}
