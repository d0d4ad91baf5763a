//! Ways to serve one component beside what a plan serves already: with what is left, by an offer that is changed, by
//! one that is let in, by one that does not exist yet.

use std::collections::BTreeSet;

use needmatch_domain::ids::{ComponentIndex, OfferId, OfferIndex, PeriodIndex};
use needmatch_domain::problem::Pair;
use needmatch_domain::rule::Rule;

use super::edit::{Class, Edit, size};
use super::relax::relax;
use super::room::Usage;
use super::world::{Given, World};
use crate::eligibility::{Lookup, Verdict, judge};

/// Ways kept for one component.
const MOST_STEPS: usize = 6;

/// Refused offers tried for one component.
const MOST_RELAXED: usize = 6;

/// A way: changes, and what is given once they are made.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) edits: Vec<Edit>,
    pub(super) given: Vec<Given>,
    /// Accounting currency of help that does not exist yet.
    pub(super) value: i64,
}

impl Step {
    pub(super) fn size(&self) -> (Class, usize, i64) {
        let (class, count, _) = size(&self.edits, |_| 0);
        (class, count, self.value)
    }
}

/// The ways to serve a component, smallest first.
pub(super) fn steps(
    world: &World,
    plan: &[Given],
    component: ComponentIndex,
    barred: &mut BTreeSet<Rule>,
    beyond: bool,
) -> Vec<Step> {
    let usage = Usage::of(&world.problem, &world.plan(plan));
    let mut found = within(world, &usage, component);
    let enough = !beyond && found.iter().any(|step| step.size().0 <= Class::Terms);
    if !enough && world.scenario.is_some() {
        found.extend(let_in(world, plan, component, barred));
        found.extend(added(world, plan, component, barred));
    }
    found.sort_by_key(Step::size);
    found.truncate(MOST_STEPS);
    found
}

/// How much is asked for: the least useful quantity; all of it where any single unit of money would count as useful.
fn wanted(world: &World, component: ComponentIndex) -> i64 {
    let details = &world.problem.components[component.at()];
    let any_coin = details.minimum == 1 && details.unit_cost == 1;
    if any_coin || !details.divisible { details.outstanding } else { details.minimum }
}

/// By offers that may serve it already.
fn within(world: &World, usage: &Usage<'_>, component: ComponentIndex) -> Vec<Step> {
    let problem = &world.problem;
    let details = &problem.components[component.at()];
    let wanted = wanted(world, component);
    let mut cells: Vec<(&Pair, PeriodIndex)> =
        details.pairs.iter().flat_map(|pair| pair.periods().map(move |period| (pair, period))).collect();
    cells.sort_by_key(|(pair, period)| (std::cmp::Reverse(pair.score), pair.offer, *period));
    let mut free = Vec::new();
    let mut after = usage.clone();
    let mut rest = wanted;
    for (pair, period) in cells.iter().filter(|_| details.divisible) {
        let units = if rest > 0 { after.fits(component, pair.offer, *period, rest) } else { 0 };
        if units > 0 {
            after.add(component, pair.offer, *period, units);
            free.push(given(world, component, pair.offer, *period, units));
            rest -= units;
        }
    }
    if rest == 0 {
        return vec![Step { edits: Vec::new(), given: free, value: 0 }];
    }
    let mut steps: Vec<Step> = Vec::new();
    for (pair, period) in cells {
        if let Some(step) = by(world, &after, component, (pair.offer, period), rest, &free) {
            steps.push(step);
        }
    }
    steps.sort_by_key(Step::size);
    steps
}

fn by(
    world: &World,
    usage: &Usage<'_>,
    component: ComponentIndex,
    (offer, period): (OfferIndex, PeriodIndex),
    units: i64,
    free: &[Given],
) -> Option<Step> {
    let edits = usage.needed(component, offer, period, units, true)?;
    let more = edits.iter().any(|edit| matches!(edit, Edit::More(..)));
    let value = if more { world.problem.components[component.at()].unit_cost.saturating_mul(units) } else { 0 };
    let mut all = free.to_vec();
    all.push(given(world, component, offer, period, units));
    Some(Step { edits, given: all, value })
}

fn given(world: &World, component: ComponentIndex, offer: OfferIndex, period: PeriodIndex, quantity: i64) -> Given {
    let component = world.problem.components[component.at()].id.clone();
    Given { component, offer: world.problem.offers[offer.at()].id.clone(), period, quantity }
}

/// By offers that a rule of eligibility refuses.
fn let_in(world: &World, plan: &[Given], component: ComponentIndex, barred: &mut BTreeSet<Rule>) -> Vec<Step> {
    let Some(scenario) = &world.scenario else { return Vec::new() };
    let lookup = Lookup::of(scenario);
    let id = &world.problem.components[component.at()].id;
    let Some(subject) = lookup.subject(id) else { return Vec::new() };
    let mut options: Vec<(OfferId, Vec<Edit>)> = Vec::new();
    for offer in scenario.offers.iter().filter(|offer| matches!(judge(&subject, offer), Verdict::Refused { .. })) {
        if let Some(edits) = relax(&subject, offer, barred) {
            options.push((offer.id.clone(), edits));
        }
    }
    let usage = Usage::of(&world.problem, &world.plan(plan));
    let left = |offer: &OfferId| world.offer(offer).map_or(0, |offer| usage.left(offer));
    options.sort_by_key(|(offer, edits)| (left(offer) <= 0, size(edits, |_| 0), std::cmp::Reverse(left(offer))));
    options.truncate(MOST_RELAXED);
    options.into_iter().filter_map(|(offer, edits)| through(world, plan, component, &offer, edits, 0)).collect()
}

/// By an offer nobody has made yet.
fn added(world: &World, plan: &[Given], component: ComponentIndex, barred: &mut BTreeSet<Rule>) -> Option<Step> {
    let details = &world.problem.components[component.at()];
    let units = wanted(world, component);
    let offer: OfferId = format!("for-{}", details.id).parse().ok()?;
    if world.offer(&offer).is_some() {
        return None;
    }
    let mut edits = vec![Edit::NewOffer(offer.clone(), details.id.clone(), units)];
    let (with, _) = world.with(&edits)?;
    let scenario = with.scenario.as_ref()?;
    let lookup = Lookup::of(scenario);
    let subject = lookup.subject(&details.id)?;
    let made = scenario.offers.iter().find(|found| found.id == offer)?;
    edits.extend(relax(&subject, made, barred)?);
    through(world, plan, component, &offer, edits, details.unit_cost.saturating_mul(units))
}

/// By one offer, once some changes are made.
fn through(
    world: &World,
    plan: &[Given],
    component: ComponentIndex,
    offer: &OfferId,
    mut edits: Vec<Edit>,
    value: i64,
) -> Option<Step> {
    let id = &world.problem.components[component.at()].id;
    let (changed, _) = world.with(&edits)?;
    let (component, offer) = (changed.component(id)?, changed.offer(offer)?);
    let usage = Usage::of(&changed.problem, &changed.plan(plan));
    let pairs = changed.problem.components[component.at()].pairs.iter().filter(|pair| pair.offer == offer);
    let units = wanted(&changed, component);
    let steps =
        pairs.flat_map(Pair::periods).filter_map(|period| by(&changed, &usage, component, (offer, period), units, &[]));
    let mut step = steps.min_by_key(Step::size)?;
    edits.append(&mut step.edits);
    Some(Step { edits, given: step.given, value: value.saturating_add(step.value) })
}
