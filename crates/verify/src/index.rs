//! Who belongs to whom in a problem: what several rules look up.

use std::collections::BTreeMap;

use needmatch_domain::area::Family;
use needmatch_domain::ids::StateIndex;
use needmatch_domain::problem::{Problem, Step};

/// Look-ups that follow from the tables of a problem without faults.
#[derive(Debug)]
pub(crate) struct Index {
    /// Components of each request.
    pub(crate) components_of: Vec<Vec<usize>>,
    /// Requests of each state.
    pub(crate) requests_of: Vec<Vec<usize>>,
    /// Components of each choice, by the first of them.
    pub(crate) choices: BTreeMap<usize, Vec<usize>>,
    /// Requests of each package, by the first of them.
    pub(crate) packages: BTreeMap<usize, Vec<usize>>,
    /// The first request of each request's package.
    pub(crate) package_of: Vec<Option<usize>>,
    /// Σ `unit_cost` · outstanding of each state's components that have a pair.
    pub(crate) asked: Vec<i64>,
    /// States that ask in both families (¶97).
    pub(crate) asks_both: Vec<bool>,
    /// Components with a pair that are a step of a state's order, by state and step.
    steps: BTreeMap<(usize, Step), Vec<usize>>,
}

impl Index {
    pub(crate) fn of(problem: &Problem) -> Self {
        let mut components_of = vec![Vec::new(); problem.requests.len()];
        let mut choices: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut steps: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut asked = vec![0_i64; problem.states.len()];
        let mut families = vec![(false, false); problem.states.len()];
        for (position, component) in problem.components.iter().enumerate() {
            let request = &problem.requests[component.request.at()];
            let state = request.state.at();
            components_of[component.request.at()].push(position);
            if let Some(choice) = &component.choice {
                choices.entry(choice).or_default().push(position);
            }
            match request.family {
                Some(Family::Tracing) => families[state].0 = true,
                Some(Family::Stockpile) => families[state].1 = true,
                None => {}
            }
            if component.pairs.is_empty() {
                continue;
            }
            // Sums of cost stay below 2^62 in a problem without faults; saturation is never reached.
            asked[state] = asked[state].saturating_add(component.unit_cost.saturating_mul(component.outstanding));
            if let Some(step) = request.step {
                steps.entry((state, step)).or_default().push(position);
            }
        }
        let mut requests_of = vec![Vec::new(); problem.states.len()];
        let mut packages: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (position, request) in problem.requests.iter().enumerate() {
            requests_of[request.state.at()].push(position);
            if let Some(package) = &request.package {
                packages.entry(package).or_default().push(position);
            }
        }
        let mut package_of = vec![None; problem.requests.len()];
        for members in packages.values() {
            for request in members {
                package_of[*request] = members.first().copied();
            }
        }
        Self {
            components_of,
            requests_of,
            choices: choices.into_values().map(|members| (members[0], members)).collect(),
            packages: packages.into_values().map(|members| (members[0], members)).collect(),
            package_of,
            asked,
            asks_both: families.into_iter().map(|(tracing, stockpile)| tracing && stockpile).collect(),
            steps,
        }
    }

    /// State and step of which something must have arrived before the component may receive; `None` where the state
    /// asks for nothing there.
    pub(crate) fn step_before(&self, problem: &Problem, component: usize) -> Option<(usize, Step)> {
        let request = &problem.requests[problem.components[component].request.at()];
        let before = match request.step? {
            Step::Marking => Step::RecordKeeping,
            Step::RecordKeeping => Step::Legislation,
            Step::Legislation => return None,
        };
        let key = (request.state.at(), before);
        self.steps.contains_key(&key).then_some(key)
    }

    /// The components with a pair that are a step of a state.
    pub(crate) fn components_at(&self, step: (usize, Step)) -> &[usize] {
        self.steps.get(&step).map_or(&[], Vec::as_slice)
    }

    /// Σ `unit_cost` · outstanding of the components in the states that have a pair.
    pub(crate) fn asked_in(&self, states: &[StateIndex]) -> i64 {
        states.iter().fold(0, |sum, state| sum.saturating_add(self.asked[state.at()]))
    }
}
