//! Never more than is outstanding; served only through a served request.

use needmatch_domain::ids::{ComponentIndex, RequestIndex};
use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    for index in (0..model.problem.components.len()).map(ComponentIndex::of) {
        let Some(served) = model.layout.served_component[index.at()] else { continue };
        let component = &model.problem.components[index.at()];
        let outstanding = component.outstanding;
        let cells = model.layout.of_component(index);
        let mut total: Vec<_> = cells.clone().map(|position| (position, 1)).collect();
        total.push((served, -outstanding));
        model.at_most(Row::DemandTotal, &[index.0], total, 0);
        for position in cells.clone() {
            let cell = model.layout.cells[position];
            let entities = [index.0, cell.offer.0, cell.period.0];
            model.at_most(Row::DemandLink, &entities, vec![(position, 1), (served, -cell.upper)], 0);
        }
        if let Some(most) = component.period_max {
            add_periods(model, index, served, most.min(outstanding));
        }
        let request = model.layout.served_request[component.request.at()].expect("a request with a cell has a column");
        model.at_most(Row::DemandRequest, &[index.0], vec![(served, 1), (request, -1)], 0);
    }
    for index in (0..model.problem.requests.len()).map(RequestIndex::of) {
        let Some(request) = model.layout.served_request[index.at()] else { continue };
        let mut some = vec![(request, 1)];
        let components = &model.layout.components_by_request[index.at()];
        some.extend(
            components
                .iter()
                .filter_map(|component| model.layout.served_component[component.at()])
                .map(|served| (served, -1)),
        );
        model.at_most(Row::DemandSome, &[index.0], some, 0);
    }
}

fn add_periods(model: &mut Model<'_>, index: ComponentIndex, served: usize, most: i64) {
    let mut by_period = vec![Vec::new(); model.problem.periods.len()];
    for position in model.layout.of_component(index) {
        by_period[model.layout.cells[position].period.at()].push((position, 1));
    }
    for (period, mut terms) in (0_u32..).zip(by_period) {
        if !terms.is_empty() {
            terms.push((served, -most));
            model.at_most(Row::DemandPeriod, &[index.0, period], terms, 0);
        }
    }
}
