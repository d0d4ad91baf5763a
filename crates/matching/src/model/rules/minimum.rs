//! Never less than the least useful quantity.

use needmatch_domain::ids::ComponentIndex;
use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    for index in (0..model.problem.components.len()).map(ComponentIndex::of) {
        let Some(served) = model.layout.served_component[index.at()] else { continue };
        let mut terms = vec![(served, model.problem.components[index.at()].minimum)];
        terms.extend(model.layout.of_component(index).map(|position| (position, -1)));
        model.at_most(Row::Minimum, &[index.0], terms, 0);
    }
}
