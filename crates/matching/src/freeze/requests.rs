//! Requests and components of the problem.

use std::collections::HashMap;

use needmatch_domain::area;
use needmatch_domain::ids::{RequestId, StateCode, StateIndex};
use needmatch_domain::problem::{self, Pair, Step};
use needmatch_domain::rule::{Mode, Rule};
use needmatch_domain::scenario::{Programme, Request, StateProfile, Window};

use super::error::FreezeError;
use super::outstanding::Open;
use super::references::Tables;
use super::score;

pub(super) fn convert(
    tables: &Tables<'_>,
    open: &Open<'_>,
    states: &[problem::State],
    errors: &mut Vec<FreezeError>,
) -> Vec<problem::Request> {
    let settings = &tables.lookup.scenario.settings;
    let gathered = gather(tables, open);
    let steps = settings.rules.mode(Rule::Precedence) != Mode::Off;
    let mut requests = Vec::with_capacity(open.requests.len());
    for request in &open.requests {
        let Some((state, profile)) = place(tables, states, request) else { continue };
        let weight = score::request_weight(&settings.weights, request, profile).unwrap_or_else(|weight| {
            errors.push(score::too_heavy(&request.id, weight));
            0
        });
        let received = gathered.points.get(&request.id).copied().unwrap_or(0);
        requests.push(problem::Request {
            id: request.id.clone(),
            state,
            area: request.area.to_string(),
            family: area::family(&request.area),
            step: if steps { step(request.area.as_str()) } else { None },
            priority_weight: score::priority_weight(&settings.weights, request),
            weight,
            sustainability: i64::from(request.sustainability) + received,
            sustainability_threshold: settings.rules.sustainability.of(&profile.groups).into(),
            max_providers: request.max_providers,
            package: request.package.clone(),
            sdg_targets: request.sdg_targets.iter().cloned().collect(),
            obstacles: obstacles(open, &gathered, request),
        });
    }
    requests
}

pub(super) fn components(open: &Open<'_>, pairs: Vec<Vec<Pair>>) -> Vec<problem::Component> {
    let converted = open.components.iter().zip(pairs).map(|(found, pairs)| {
        let (component, outstanding) = (found.component, found.outstanding);
        problem::Component {
            id: component.id.clone(),
            request: found.request,
            outstanding,
            minimum: if component.divisible { component.minimum.min(outstanding) } else { outstanding },
            divisible: component.divisible,
            unit_cost: component.unit_cost,
            period_max: component.period_max,
            requires: found.requires.clone(),
            choice: component.choice.clone(),
            sustainability_points: component.sustainability_points.into(),
            pairs,
        }
    });
    converted.collect()
}

fn place<'a>(
    tables: &'a Tables<'_>,
    states: &[problem::State],
    request: &Request,
) -> Option<(StateIndex, &'a StateProfile)> {
    let at = states.binary_search_by(|state| state.code.cmp(&request.state)).ok()?;
    Some((StateIndex::of(at), tables.lookup.profile(&request.state)?))
}

/// What requests need to know of other tables.
struct Gathered<'a> {
    /// Sustainability points of components that are met.
    points: HashMap<&'a RequestId, i64>,
    /// Windows of all components.
    windows: HashMap<&'a RequestId, Vec<Window>>,
    /// Programmes that mitigate something.
    mitigating: HashMap<&'a StateCode, Vec<&'a Programme>>,
}

fn gather<'a>(tables: &Tables<'a>, open: &Open<'_>) -> Gathered<'a> {
    let mut gathered = Gathered { points: HashMap::new(), windows: HashMap::new(), mitigating: HashMap::new() };
    for component in &tables.components {
        gathered.windows.entry(&component.request).or_default().push(component.window);
        if open.met.contains(&component.id) {
            *gathered.points.entry(&component.request).or_default() += i64::from(component.sustainability_points);
        }
    }
    for programme in tables.programmes.iter().filter(|programme| !programme.mitigates.is_empty()) {
        gathered.mitigating.entry(&programme.state).or_default().push(programme);
    }
    gathered
}

/// Obstacles that neither a programme nor a component already met removes, in the order given.
fn obstacles(open: &Open<'_>, gathered: &Gathered<'_>, request: &Request) -> Vec<problem::Obstacle> {
    let windows = gathered.windows.get(&request.id).map_or(&[][..], Vec::as_slice);
    let programmes = gathered.mitigating.get(&request.state).map_or(&[][..], Vec::as_slice);
    let removed = |code: &String| programmes.iter().any(|programme| mitigates(programme, code, windows));
    request
        .obstacles
        .iter()
        .filter(|obstacle| !removed(&obstacle.code))
        .filter(|obstacle| obstacle.mitigation.as_ref().is_none_or(|id| !open.met.contains(id)))
        .map(|obstacle| problem::Obstacle {
            code: obstacle.code.clone(),
            mitigation: obstacle.mitigation.as_ref().and_then(|id| open.component(id)),
        })
        .collect()
}

/// Whether a programme removes an obstacle in a period it shares with one of the windows (¶88).
pub(crate) fn mitigates(programme: &Programme, code: &str, windows: &[Window]) -> bool {
    programme.mitigates.contains(code) && windows.iter().any(|window| window.intersection(programme.window).is_some())
}

fn step(area: &str) -> Option<Step> {
    match area {
        "legislation" => Some(Step::Legislation),
        "record_keeping" => Some(Step::RecordKeeping),
        "marking" => Some(Step::Marking),
        _ => None,
    }
}
