//! Joint requests are served together or not at all.

use std::collections::BTreeMap;

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    let mut first = BTreeMap::new();
    for (index, request) in (0_u32..).zip(&model.problem.requests) {
        let Some(package) = &request.package else { continue };
        let served = model.layout.served_request[index as usize];
        match first.get(package) {
            None => {
                first.insert(package, served);
            }
            Some(leader) => {
                let terms: Vec<_> =
                    served.map(|column| (column, 1)).into_iter().chain(leader.map(|column| (column, -1))).collect();
                if !terms.is_empty() {
                    model.equal(Row::Package, &[index], terms, 0);
                }
            }
        }
    }
}
