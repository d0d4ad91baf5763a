//! ¶106: never more than is outstanding, in all and in one period; what cannot be divided comes whole, from one offer
//! in one period.

use needmatch_domain::row::Row;

use crate::code::Code;
use crate::recount::{Model, Recount};
use crate::report::{Breakage, Tell};
use crate::row::DerivedRow;
use crate::tally::Tally;

pub(crate) fn check(tally: &Tally<'_>, tell: Tell<'_>) {
    let components = &tally.recount.problem.components;
    for (position, component) in components.iter().enumerate() {
        let (received, outstanding) = (tally.received[position], i128::from(component.outstanding));
        if received > outstanding {
            tell(Breakage::of(Code::DemandTotal, &[position], received, outstanding));
        }
    }
    for delivery in &tally.deliveries {
        let component = &components[delivery.component];
        if !component.divisible && delivery.quantity != component.outstanding {
            let entities = [delivery.component, delivery.offer, delivery.period];
            tell(Breakage::of(Code::DemandWhole, &entities, delivery.quantity.into(), component.outstanding.into()));
        }
    }
    let limited = |component: usize| components[component].period_max;
    let arriving = tally.sums(
        |delivery| limited(delivery.component).map(|_| (delivery.component, delivery.period)),
        |delivery| delivery.quantity.into(),
    );
    for ((component, period), arriving) in arriving {
        let most = i128::from(limited(component).unwrap_or(i64::MAX));
        if arriving > most {
            tell(Breakage::of(Code::DemandPeriod, &[component, period], arriving, most));
        }
    }
}

pub(crate) fn row(recount: &Recount<'_>, model: &Model, row: Row, entities: &[usize]) -> Option<DerivedRow> {
    let columns = &model.columns;
    if row == Row::DemandSome {
        let members = recount.index.components_of.get(entities[0])?;
        let mut terms = vec![(columns.served_request(entities[0]), 1)];
        terms.extend(members.iter().map(|component| (columns.served_component(*component), -1)));
        return Some(DerivedRow::at_most(terms, 0));
    }
    let position = entities[0];
    let component = recount.problem.components.get(position)?;
    let served = columns.served_component(position);
    let mut visited = 0;
    let terms = match row {
        Row::DemandLink => {
            let (x, _) = model.x(recount, entities)?;
            vec![(x, 1), (served, -model.upper[x])]
        }
        Row::DemandRequest => vec![(served, 1), (columns.served_request(component.request.at()), -1)],
        Row::DemandTotal => {
            let mut terms: Vec<_> = model.x_of_component(recount, position, None).map(|x| (x, 1)).collect();
            terms.push((served, -component.outstanding));
            terms
        }
        _ => {
            let period = entities[1];
            let most = component.period_max.filter(|_| period < recount.problem.periods.len())?;
            visited = model.columns.pairs_of_component(position).len();
            let mut terms: Vec<_> = model.x_of_component(recount, position, Some(period)).map(|x| (x, 1)).collect();
            terms.push((served, -most.min(component.outstanding)));
            terms
        }
    };
    Some(DerivedRow::at_most(terms, 0).after(visited))
}
