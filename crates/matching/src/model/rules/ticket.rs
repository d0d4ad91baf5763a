//! Between the offer's smallest and largest share of one request.

use needmatch_domain::row::Row;

use crate::model::Model;

pub(super) fn add(model: &mut Model<'_>) {
    let parts: Vec<_> = model.layout.parts.iter().map(|(&key, cells)| (key, cells.clone())).collect();
    for ((offer, request), cells) in parts {
        let terms = &model.problem.offers[offer.at()];
        let takes_part = model.layout.takes_part.get(&(offer, request)).copied();
        let all = &model.layout.cells;
        let draws = |sign: i64| cells.iter().map(move |&position| (position, sign * all[position].draw));
        let least = terms.ticket_min.unwrap_or(0);
        let (least_row, most_row) = (
            takes_part
                .filter(|_| least > 0)
                .map(|column| draws(-1).chain([(column, 1000 * least)]).collect::<Vec<_>>()),
            terms.ticket_max.map(|most| match takes_part {
                Some(column) => (draws(1).chain([(column, -1000 * most)]).collect::<Vec<_>>(), 0),
                None => (draws(1).collect(), 1000 * most),
            }),
        );
        if let Some(row) = least_row {
            model.at_most(Row::TicketLeast, &[offer.0, request.0], row, 0);
        }
        if let Some((row, right)) = most_row {
            model.at_most(Row::TicketMost, &[offer.0, request.0], row, right);
        }
    }
}
