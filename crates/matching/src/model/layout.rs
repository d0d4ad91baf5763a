//! Where each unknown of the model stands. Unknowns that no rule or goal looks at are left out: a row's coefficient
//! on a missing `takes_part` then counts as if it were 1, which is what its box would give.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::goal::GoalName;
use needmatch_domain::ids::{ComponentIndex, OfferIndex, PeriodIndex, ProviderIndex, RequestIndex};
use needmatch_domain::problem::{Problem, Step};
use needmatch_domain::rule::Rule;

use super::cells::{Cell, absorption_of, cells};
use super::{ModelColumn, goals};

/// Positions of the unknowns. The cells' columns stand first, in their order.
#[derive(Debug, Clone)]
pub struct Layout {
    /// One x a cell.
    pub cells: Vec<Cell>,
    /// Cells of each component.
    pub by_component: Vec<Range<usize>>,
    /// Cells of each offer.
    pub by_offer: Vec<Vec<usize>>,
    /// `served(c)`, where c has a cell.
    pub served_component: Vec<Option<usize>>,
    /// `served(r)`, where r has a cell.
    pub served_request: Vec<Option<usize>>,
    /// `takes_part(o,r)`, where something looks at it.
    pub takes_part: BTreeMap<(OfferIndex, RequestIndex), usize>,
    /// Cells of each `takes_part` that could be.
    pub parts: BTreeMap<(OfferIndex, RequestIndex), Vec<usize>>,
    /// `helps(p,r)`, where something looks at it.
    pub helps: BTreeMap<(ProviderIndex, RequestIndex), usize>,
    /// `runs(r,t)`, where the number of requests is limited.
    pub runs: BTreeMap<(RequestIndex, PeriodIndex), usize>,
    /// `arrived(c,t)`, for steps that another waits for.
    pub arrived: BTreeMap<(ComponentIndex, PeriodIndex), usize>,
    /// Components of each request.
    pub components_by_request: Vec<Vec<ComponentIndex>>,
}

impl Layout {
    pub(super) fn of(problem: &Problem) -> (Self, Vec<ModelColumn>) {
        let cells = cells(problem);
        let mut columns = Vec::with_capacity(cells.len() * 2);
        let mut push = |column: Column, entities: &[u32], upper: i64, step: i64| {
            columns.push(ModelColumn { key: ColumnKey::of(column, entities), upper, step });
            columns.len() - 1
        };
        let mut by_offer = vec![Vec::new(); problem.offers.len()];
        let mut by_component = vec![0..0; problem.components.len()];
        let mut parts: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (position, cell) in cells.iter().enumerate() {
            let step = if problem.components[cell.component.at()].divisible { 1 } else { cell.upper };
            push(Column::X, &[cell.component.0, cell.offer.0, cell.period.0], cell.upper, step);
            by_offer[cell.offer.at()].push(position);
            let range = &mut by_component[cell.component.at()];
            *range = if range.start == range.end { position..position + 1 } else { range.start..position + 1 };
            parts.entry((cell.offer, cell.request)).or_default().push(position);
        }
        let served_component: Vec<_> = (0_u32..)
            .zip(&by_component)
            .map(|(component, range)| (!range.is_empty()).then(|| push(Column::ServedComponent, &[component], 1, 1)))
            .collect();
        let components_by_request = problem.components_by_request();
        let served_request: Vec<_> = (0_u32..)
            .zip(&components_by_request)
            .map(|(request, components)| {
                let any = components.iter().any(|component| served_component[component.at()].is_some());
                any.then(|| push(Column::ServedRequest, &[request], 1, 1))
            })
            .collect();
        let wanted = wanted_parts(problem, parts.keys().copied());
        let takes_part: BTreeMap<_, _> = wanted
            .iter()
            .map(|&(offer, request)| ((offer, request), push(Column::TakesPart, &[offer.0, request.0], 1, 1)))
            .collect();
        let helpers: BTreeSet<_> = wanted
            .iter()
            .filter(|(_, request)| counts_providers(problem, *request))
            .map(|&(offer, request)| (problem.offers[offer.at()].provider, request))
            .collect();
        let helps = helpers
            .into_iter()
            .map(|(provider, request)| ((provider, request), push(Column::Helps, &[provider.0, request.0], 1, 1)))
            .collect();
        let running: BTreeSet<_> = cells
            .iter()
            .filter(|cell| limits_requests(problem, cell))
            .map(|cell| (cell.request, cell.period))
            .collect();
        let runs = running
            .into_iter()
            .map(|(request, period)| ((request, period), push(Column::Runs, &[request.0, period.0], 1, 1)))
            .collect();
        let mut arrived = BTreeMap::new();
        for component in awaited(problem) {
            for period in (0..problem.periods.len()).map(PeriodIndex::of) {
                arrived.insert((component, period), push(Column::Arrived, &[component.0, period.0], 1, 1));
            }
        }
        let layout = Self {
            cells,
            by_component,
            by_offer,
            served_component,
            served_request,
            takes_part,
            parts,
            helps,
            runs,
            arrived,
            components_by_request,
        };
        (layout, columns)
    }

    /// Cells of a component.
    pub fn of_component(&self, component: ComponentIndex) -> Range<usize> {
        self.by_component[component.at()].clone()
    }
}

/// Components that a later step waits for. Those that can never be served are among them: what waits for them waits
/// in vain.
fn awaited(problem: &Problem) -> impl Iterator<Item = ComponentIndex> + '_ {
    (0..problem.components.len()).map(ComponentIndex::of).filter(|component| {
        let details = &problem.components[component.at()];
        let step = problem.requests[details.request.at()].step;
        problem.enforces(Rule::Precedence)
            && matches!(step, Some(Step::RecordKeeping | Step::Legislation))
            && !details.pairs.is_empty()
    })
}

fn limits_requests(problem: &Problem, cell: &Cell) -> bool {
    problem.enforces(Rule::Absorption)
        && absorption_of(problem, problem.requests[cell.request.at()].state, cell.period)
            .is_some_and(|limit| limit.requests.is_some())
}

fn has_goal(problem: &Problem, name: GoalName) -> bool {
    problem.goals.iter().any(|goal| goal.goal == name)
}

fn counts_providers(problem: &Problem, request: RequestIndex) -> bool {
    (problem.enforces(Rule::Fragmentation) && problem.requests[request.at()].max_providers.is_some())
        || has_goal(problem, GoalName::Economy)
}

fn wanted_parts(
    problem: &Problem,
    parts: impl Iterator<Item = (OfferIndex, RequestIndex)>,
) -> Vec<(OfferIndex, RequestIndex)> {
    let synergy = has_goal(problem, GoalName::Synergy);
    parts
        .filter(|&(offer, request)| {
            let terms = &problem.offers[offer.at()];
            (problem.enforces(Rule::Ticket) && terms.ticket_min.is_some_and(|least| least > 0))
                || (problem.enforces(Rule::Reach) && terms.max_requests.is_some())
                || counts_providers(problem, request)
                || (synergy && goals::shares_target(problem, offer, request))
        })
        .collect()
}
