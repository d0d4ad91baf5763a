//! Requests that stand or fall together: joined by a package or by a component that requires another's.

use needmatch_domain::canonical::sha256;
use needmatch_domain::ids::RequestIndex;
use needmatch_domain::problem::Problem;

use crate::model::Model;

/// Requests that are decided together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The requests, in order.
    pub requests: Vec<RequestIndex>,
}

/// All clusters: those with locks first, then by weight, equals in the order of SHA-256(seed ‖ id).
pub fn clusters(model: &Model<'_>) -> Vec<Cluster> {
    let problem = model.problem;
    let mut leader: Vec<usize> = (0..problem.requests.len()).collect();
    let mut packages = std::collections::BTreeMap::new();
    for (position, request) in problem.requests.iter().enumerate() {
        if let Some(package) = &request.package {
            let first = *packages.entry(package).or_insert(position);
            join(&mut leader, first, position);
        }
    }
    for component in &problem.components {
        for required in &component.requires {
            join(&mut leader, component.request.at(), problem.components[required.at()].request.at());
        }
    }
    let mut members = std::collections::BTreeMap::<usize, Vec<RequestIndex>>::new();
    for position in 0..problem.requests.len() {
        members.entry(find(&leader, position)).or_default().push(RequestIndex::of(position));
    }
    let mut clusters: Vec<_> = members.into_values().map(|requests| Cluster { requests }).collect();
    clusters.sort_by_cached_key(|cluster| order(problem, cluster));
    clusters
}

fn order(problem: &Problem, cluster: &Cluster) -> (bool, std::cmp::Reverse<i64>, String) {
    let locked =
        problem.locks.iter().any(|lock| cluster.requests.contains(&problem.components[lock.component.at()].request));
    let weight = cluster.requests.iter().map(|request| problem.requests[request.at()].weight).max().unwrap_or(0);
    let first = &problem.requests[cluster.requests[0].at()].id;
    (!locked, std::cmp::Reverse(weight), sha256(format!("{}{first}", problem.seed).as_bytes()))
}

fn find(leader: &[usize], mut position: usize) -> usize {
    while leader[position] != position {
        position = leader[position];
    }
    position
}

fn join(leader: &mut [usize], left: usize, right: usize) {
    let (left, right) = (find(leader, left), find(leader, right));
    let (first, second) = (left.min(right), left.max(right));
    leader[second] = first;
}
