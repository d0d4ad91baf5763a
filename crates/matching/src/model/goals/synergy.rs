//! Tracing with stockpile management in one state, and offers that share an SDG target with the request they help.

use needmatch_domain::area::Family;
use needmatch_domain::column::{Column, ColumnKey};
use needmatch_domain::ids::{OfferIndex, RequestIndex, StateIndex};
use needmatch_domain::problem::Problem;
use needmatch_domain::row::Row;

use crate::model::Model;

/// What a state that receives both families is worth.
const BOTH: i64 = 10;

/// Whether the offer and the request name an SDG target in common. Cost: a merge of two short sorted lists.
pub(in crate::model) fn shares_target(problem: &Problem, offer: OfferIndex, request: RequestIndex) -> bool {
    let (ours, theirs) = (&problem.offers[offer.at()].sdg_targets, &problem.requests[request.at()].sdg_targets);
    ours.iter().any(|target| theirs.binary_search(target).is_ok())
}

pub(super) fn terms(model: &mut Model<'_>) -> Vec<(usize, i64)> {
    let problem = model.problem;
    let mut terms: Vec<_> = model
        .layout
        .takes_part
        .iter()
        .filter(|((offer, request), _)| shares_target(problem, *offer, *request))
        .map(|(_, &column)| (column, 1))
        .collect();
    let mut families = vec![[const { Vec::new() }; 2]; problem.states.len()];
    let mut asks = vec![[false; 2]; problem.states.len()];
    for (component, served) in problem.components.iter().zip(&model.layout.served_component) {
        let request = &problem.requests[component.request.at()];
        if let Some(family) = request.family {
            asks[request.state.at()][family as usize] = true;
            families[request.state.at()][family as usize].extend(served.map(|served| (served, -1)));
        }
    }
    for (state, families) in families.into_iter().enumerate() {
        let [tracing, stockpile] = families;
        if asks[state].contains(&false) {
            continue;
        }
        let state = StateIndex::of(state);
        let both = model.column(ColumnKey::of(Column::Both, &[state.0]), 1);
        terms.push((both, BOTH));
        for (row, mut family) in [(Row::SynergyTracing, tracing), (Row::SynergyStockpile, stockpile)] {
            family.push((both, 1));
            model.at_most(row, &[state.0], family, 0);
        }
    }
    debug_assert_eq!((Family::Tracing as usize, Family::Stockpile as usize), (0, 1));
    terms
}
