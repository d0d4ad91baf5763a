//! Which offers may serve which components, without trying every pair (cost: see [`super`]).

use std::collections::{BTreeMap, HashMap};

use needmatch_domain::area::ComponentType;
use needmatch_domain::ids::{AreaCode, OfferIndex, StateIndex, UnitCode};
use needmatch_domain::problem::{self, Pair};
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Form, Offer};
use rayon::prelude::*;

use super::error::FreezeError;
use super::outstanding::Open;
use super::references::Tables;
use super::report::Warned;
use super::score;
use crate::eligibility::{Verdict, accepts_area, accepts_type, judge_by, reaches};

/// Pairs per component of the problem, and what they break that only warns.
pub(super) struct Found {
    pub(super) pairs: Vec<Vec<Pair>>,
    pub(super) warned: Vec<Warned>,
}

/// Components that the same offers can come into question for.
struct Group<'a> {
    area: &'a AreaCode,
    kind: ComponentType,
    unit: &'a UnitCode,
    state: StateIndex,
    /// Positions in the problem.
    members: Vec<usize>,
}

/// What was found for one component.
struct Judged {
    member: usize,
    pairs: Vec<Pair>,
    warned: BTreeMap<Rule, u32>,
    error: Option<Box<FreezeError>>,
}

pub(super) fn find(
    tables: &Tables<'_>,
    open: &Open<'_>,
    requests: &[problem::Request],
    errors: &mut Vec<FreezeError>,
) -> Found {
    let groups = groups(open, requests);
    let accepting = accepting(tables, &groups);
    let reached = reached(tables, open, requests);
    let settled = [Rule::Area, Rule::Type, Rule::Earmark].map(|rule| (rule, enforced(tables, rule)));
    let rules: Vec<Rule> = Rule::eligibility().filter(|rule| !settled.contains(&(*rule, true))).collect();
    let mut judged: Vec<Judged> = groups
        .par_iter()
        .flat_map_iter(|group| {
            let earmarked = &reached[&group.state];
            let candidates: Vec<usize> = accepting[&(group.area, group.kind)]
                .iter()
                .copied()
                .filter(|at| earmarked[*at] && has_unit(tables.offers[*at], group.unit))
                .collect();
            let judge = |&member: &usize| judge_one(tables, open, requests, member, &candidates, &rules);
            group.members.par_iter().map(judge).collect::<Vec<_>>()
        })
        .collect();
    judged.par_sort_unstable_by_key(|found| found.member);

    let mut found = Found { pairs: Vec::with_capacity(judged.len()), warned: Vec::new() };
    for judged in judged {
        let component = &open.components[judged.member].component.id;
        let warned = judged.warned.into_iter();
        found.warned.extend(warned.map(|(rule, offers)| Warned { component: component.clone(), rule, offers }));
        found.pairs.push(judged.pairs);
        errors.extend(judged.error.map(|error| *error));
    }
    found
}

fn groups<'a>(open: &Open<'a>, requests: &[problem::Request]) -> Vec<Group<'a>> {
    let mut members: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, found) in open.components.iter().enumerate() {
        let area = &open.requests[found.request.at()].area;
        let state = requests[found.request.at()].state;
        members.entry((area, found.component.r#type, &found.component.unit, state)).or_default().push(at);
    }
    let groups = members.into_iter();
    groups.map(|((area, kind, unit, state), members)| Group { area, kind, unit, state, members }).collect()
}

/// Offers that accept each area and type in question.
fn accepting<'a>(tables: &Tables<'_>, groups: &[Group<'a>]) -> HashMap<(&'a AreaCode, ComponentType), Vec<usize>> {
    let (by_area, by_type) = (enforced(tables, Rule::Area), enforced(tables, Rule::Type));
    let mut asked: Vec<_> = groups.iter().map(|group| (group.area, group.kind)).collect();
    asked.dedup();
    let accepting = asked.into_par_iter().map(|(area, kind)| {
        let accepts =
            |offer: &Offer| (!by_area || accepts_area(offer, area)) && (!by_type || accepts_type(offer, kind));
        ((area, kind), (0..tables.offers.len()).filter(|at| accepts(tables.offers[*at])).collect())
    });
    accepting.collect()
}

/// For each requesting state, whether each offer's earmark reaches it.
fn reached(tables: &Tables<'_>, open: &Open<'_>, requests: &[problem::Request]) -> HashMap<StateIndex, Vec<bool>> {
    let by_earmark = enforced(tables, Rule::Earmark);
    let codes: BTreeMap<_, _> =
        requests.iter().zip(&open.requests).map(|(request, asked)| (request.state, &asked.state)).collect();
    let reached = codes.into_par_iter().filter_map(|(state, code)| {
        let profile = tables.lookup.profile(code)?;
        let reaches = |offer: &&Offer| !by_earmark || reaches(tables.lookup, offer, code, profile);
        Some((state, tables.offers.iter().map(reaches).collect()))
    });
    reached.collect()
}

fn enforced(tables: &Tables<'_>, rule: Rule) -> bool {
    tables.lookup.mode(rule) == Mode::Enforce
}

/// Part of `unit_and_item`, which is always enforced.
fn has_unit(offer: &Offer, unit: &UnitCode) -> bool {
    offer.form == Form::Money || offer.unit == *unit
}

fn judge_one(
    tables: &Tables<'_>,
    open: &Open<'_>,
    requests: &[problem::Request],
    member: usize,
    candidates: &[usize],
    rules: &[Rule],
) -> Judged {
    let mut judged = Judged { member, pairs: Vec::new(), warned: BTreeMap::new(), error: None };
    let found = &open.components[member];
    let Some(subject) = tables.lookup.subject(&found.component.id) else { return judged };
    let weight = requests[found.request.at()].weight;
    for &at in candidates {
        let offer = tables.offers[at];
        let Verdict::Eligible { ranges, warned } = judge_by(rules.iter().copied(), &subject, offer) else { continue };
        match score::draw_and_score(&subject, offer, weight) {
            Ok((draw_permille, score)) => judged.pairs.extend(ranges.into_iter().map(|range| Pair {
                offer: OfferIndex::of(at),
                first: range.first,
                last: range.last,
                draw_permille,
                score,
            })),
            Err(error) => judged.error = judged.error.or(Some(error)),
        }
        for rule in warned {
            *judged.warned.entry(rule).or_default() += 1;
        }
    }
    judged
}
