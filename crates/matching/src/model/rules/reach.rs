//! The most requests an offer takes part in.

use needmatch_domain::ids::{OfferIndex, RequestIndex};
use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    for index in (0..model.problem.offers.len()).map(OfferIndex::of) {
        let Some(most) = model.problem.offers[index.at()].max_requests else { continue };
        let range = (index, RequestIndex(0))..=(index, RequestIndex(u32::MAX));
        let terms: Vec<_> = model.layout.takes_part.range(range).map(|(_, &column)| (column, 1)).collect();
        model.at_most(Row::Reach, &[index.0], terms, i64::from(most));
    }
}
