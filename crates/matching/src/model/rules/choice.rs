//! At most one of several alternatives.

use std::collections::BTreeMap;

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    let mut choices: BTreeMap<_, (u32, Vec<_>)> = BTreeMap::new();
    for (index, component) in (0_u32..).zip(&model.problem.components) {
        if let Some(choice) = &component.choice {
            let (_, terms) = choices.entry(choice).or_insert_with(|| (index, Vec::new()));
            terms.extend(model.layout.served_component[index as usize].map(|served| (served, 1)));
        }
    }
    for (first, terms) in choices.into_values() {
        model.at_most(Row::Choice, &[first], terms, 1);
    }
}
