//! What a component requires is served with it.

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    for (index, component) in (0_u32..).zip(&model.problem.components) {
        let Some(served) = model.layout.served_component[index as usize] else { continue };
        for required in &component.requires {
            let mut terms = vec![(served, 1)];
            terms.extend(model.layout.served_component[required.at()].map(|other| (other, -1)));
            model.at_most(Row::Bundle, &[index, required.0], terms, 0);
        }
    }
}
