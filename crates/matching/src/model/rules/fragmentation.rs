//! The most providers on one request.

use std::collections::BTreeMap;

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    let mut by_request: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (&(_, request), &column) in &model.layout.helps {
        by_request.entry(request).or_default().push((column, 1));
    }
    for (request, terms) in by_request {
        if let Some(most) = model.problem.requests[request.at()].max_providers {
            model.at_most(Row::Fragmentation, &[request.0], terms, i64::from(most));
        }
    }
}
