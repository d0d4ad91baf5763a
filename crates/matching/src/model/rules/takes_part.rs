//! What `ticket`, `reach` and `fragmentation` count: an offer's part in a request, a provider's help.

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    let parts: Vec<_> = model.layout.takes_part.iter().map(|(&key, &column)| (key, column)).collect();
    for ((offer, request), column) in parts {
        let cells = model.layout.parts[&(offer, request)].clone();
        for &position in &cells {
            let cell = model.layout.cells[position];
            let entities = [cell.component.0, cell.offer.0, cell.period.0];
            model.at_most(Row::TakesPartLink, &entities, vec![(position, 1), (column, -cell.upper)], 0);
        }
        let mut some = vec![(column, 1)];
        some.extend(cells.iter().map(|&position| (position, -1)));
        model.at_most(Row::TakesPartSome, &[offer.0, request.0], some, 0);
        let provider = model.problem.offers[offer.at()].provider;
        if let Some(&helps) = model.layout.helps.get(&(provider, request)) {
            model.at_most(Row::HelpsLink, &[offer.0, request.0], vec![(column, 1), (helps, -1)], 0);
        }
    }
}
