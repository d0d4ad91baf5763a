//! Parts of a plan small enough to be decided anew at once, all else staying: large neighbourhood search (Shaw 1998).

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::column::Column;
use needmatch_domain::ids::{OfferIndex, RequestIndex};

use super::clusters::clusters;
use crate::model::Model;

/// Free columns at most: what the solver decides in a few hundredths of a second.
const COLUMNS: usize = 400;

/// Nearer than this to off or on a relaxation has decided.
const TOLERANCE: f64 = 1e-6;

/// Passes with different groups.
pub const PASSES: usize = 4;

/// Clusters beyond which an offer's users are too many to say who competes with whom.
const COMPETITORS: usize = 12;

/// Requests to be decided together, over and over until every request was among them.
#[derive(Debug)]
pub struct Neighbourhoods {
    /// Requests of each.
    pub parts: Vec<BTreeSet<RequestIndex>>,
}

impl Neighbourhoods {
    /// Groups every cluster with those that compete with it for the same offers, nearest first. Each pass begins with
    /// others, so that its groups are others too. What is `decided` already takes no room, so groups are larger where
    /// there is less to decide; a cluster with nothing to decide is in none.
    ///
    /// Cost: the cells, and for each cluster those of its competitors.
    pub fn of(model: &Model<'_>, pass: usize, decided: &[Option<i64>]) -> Self {
        let sizes = sizes(model, decided);
        let clusters = clusters(model);
        let mut cluster_of = vec![usize::MAX; model.problem.requests.len()];
        for (position, cluster) in clusters.iter().enumerate() {
            for request in &cluster.requests {
                cluster_of[request.at()] = position;
            }
        }
        let mut offers_of = vec![BTreeSet::new(); clusters.len()];
        let mut users_of: BTreeMap<OfferIndex, BTreeSet<usize>> = BTreeMap::new();
        for &(offer, request) in model.layout.parts.keys() {
            offers_of[cluster_of[request.at()]].insert(offer);
            users_of.entry(offer).or_default().insert(cluster_of[request.at()]);
        }
        let size_of: Vec<usize> =
            clusters.iter().map(|cluster| cluster.requests.iter().map(|request| sizes[request.at()]).sum()).collect();
        let mut covered = vec![false; clusters.len()];
        let mut parts = Vec::new();
        for place in 0..clusters.len() {
            let centre = (place + pass * clusters.len() / PASSES) % clusters.len();
            if covered[centre] || offers_of[centre].is_empty() || size_of[centre] == 0 {
                continue;
            }
            let mut members = BTreeSet::from([centre]);
            let mut columns = size_of[centre];
            for near in nearest(centre, &offers_of, &users_of, &covered) {
                if columns + size_of[near] <= COLUMNS && members.insert(near) {
                    columns += size_of[near];
                }
            }
            for &member in &members {
                covered[member] = true;
            }
            parts.push(members.iter().flat_map(|member| clusters[*member].requests.iter().copied()).collect());
        }
        Self { parts }
    }
}

/// Clusters that share offers with a centre, those sharing most first; the uncovered before the covered.
fn nearest(
    centre: usize,
    offers_of: &[BTreeSet<OfferIndex>],
    users_of: &BTreeMap<OfferIndex, BTreeSet<usize>>,
    covered: &[bool],
) -> Vec<usize> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for offer in &offers_of[centre] {
        let rivals = &users_of[offer];
        // An offer that many can use says little about who competes with whom.
        let weight = if rivals.len() <= COMPETITORS { 1_000 } else { 1_000 * COMPETITORS / rivals.len() };
        for &rival in rivals {
            *shared.entry(rival).or_insert(0) += weight;
        }
    }
    let mut near: Vec<_> = shared.into_iter().collect();
    near.sort_by_key(|&(cluster, weight)| (covered[cluster], std::cmp::Reverse(weight), cluster));
    near.into_iter().map(|(cluster, _)| cluster).collect()
}

/// Columns of each request that are to be decided.
fn sizes(model: &Model<'_>, decided: &[Option<i64>]) -> Vec<usize> {
    let mut sizes = vec![0; model.problem.requests.len()];
    for (column, decided) in model.columns.iter().zip(decided) {
        if let Some(request) = request_of(model, column.key).filter(|_| decided.is_none()) {
            sizes[request.at()] += 1;
        }
    }
    sizes
}

/// The request a column belongs to; `None` for those of whole states or of the plan, which follow from the others.
fn request_of(model: &Model<'_>, key: needmatch_domain::column::ColumnKey) -> Option<RequestIndex> {
    let entities = key.entities();
    let of_component = |component: u32| model.problem.components[component as usize].request;
    Some(match key.column {
        Column::X | Column::ServedComponent | Column::Arrived | Column::FullComponent => of_component(entities[0]),
        Column::ServedRequest | Column::FullRequest | Column::Runs => RequestIndex(entities[0]),
        Column::TakesPart | Column::Helps => RequestIndex(entities[1]),
        Column::Kept => of_component(model.problem.baseline[entities[0] as usize].component.0),
        Column::Share | Column::Both | Column::Delivery => return None,
    })
}

/// Where everything stays but what belongs to some requests and is not decided.
pub fn staying(
    model: &Model<'_>,
    free: &BTreeSet<RequestIndex>,
    values: &[i64],
    decided: &[Option<i64>],
) -> Vec<Option<i64>> {
    let stays = |(column, value): (&crate::model::ModelColumn, &i64)| {
        request_of(model, column.key).filter(|request| !free.contains(request)).map(|_| *value)
    };
    model.columns.iter().zip(values).zip(decided).map(|(column, decided)| decided.or_else(|| stays(column))).collect()
}

/// Where everything stays that a plan and a relaxation agree is off, and every switch they agree is on.
pub fn agreeing(model: &Model<'_>, plan: &[i64], relaxation: &[f64]) -> Vec<Option<i64>> {
    let agrees = |column: usize| {
        let details = &model.columns[column];
        let is_off = plan[column] == 0 && relaxation[column] < TOLERANCE;
        let is_on = details.upper == 1 && plan[column] == 1 && relaxation[column] > 1.0 - TOLERANCE;
        (is_off || is_on).then_some(plan[column]).filter(|_| request_of(model, details.key).is_some())
    };
    (0..model.columns.len()).map(agrees).collect()
}
