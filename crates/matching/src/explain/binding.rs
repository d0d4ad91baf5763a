//! Which rows hold a quantity back.

use std::collections::BTreeSet;

use needmatch_domain::row::Row;
use needmatch_domain::rule::Rule;

use crate::model::{Assignment, Model};

/// Rows that say what a word means rather than what a rule forbids: never a reason of their own.
fn is_technical(row: Row) -> bool {
    matches!(row, Row::DemandLink | Row::DemandRequest | Row::DemandSome)
}

/// Names of the rows that are filled to the brim by something, in order.
pub(super) fn binding_rows(model: &Model<'_>, assignment: &Assignment<'_, '_>) -> Vec<String> {
    let tight = |row: &usize| {
        let details = &model.rows[*row];
        details.key.row.rule().is_some()
            && !is_technical(details.key.row)
            && assignment.slack(*row) == 0
            && details.terms.iter().any(|&(column, value)| value > 0 && assignment.values[column] > 0)
    };
    let mut names: Vec<_> = (0..model.rows.len()).filter(tight).map(|row| model.rows[row].key).collect();
    names.sort_unstable();
    names.into_iter().map(|key| key.to_string()).collect()
}

/// Rules that keep a cell from growing by `units`, what it would have to switch on included; the demand of its own
/// component aside.
pub(super) fn rules_against(
    model: &Model<'_>,
    assignment: &Assignment<'_, '_>,
    cell: usize,
    units: i64,
) -> BTreeSet<Rule> {
    let details = model.layout.cells[cell];
    let provider = model.problem.offers[details.offer.at()].provider;
    let switches = [
        model.layout.takes_part.get(&(details.offer, details.request)).copied(),
        model.layout.helps.get(&(provider, details.request)).copied(),
        model.layout.runs.get(&(details.request, details.period)).copied(),
    ];
    let off = switches.into_iter().flatten().filter(|&column| assignment.values[column] == 0);
    let mut against: BTreeSet<Rule> = assignment.short_rows(cell, units).filter_map(counts).collect();
    for column in off {
        against.extend(assignment.short_rows(column, 1).filter_map(counts));
    }
    against
}

fn counts(row: Row) -> Option<Rule> {
    let of_another_kind = matches!(
        row,
        Row::CapacityTotal
            | Row::CapacityPeriod
            | Row::TicketMost
            | Row::StateLimit
            | Row::Reach
            | Row::Fragmentation
            | Row::AbsorptionAmount
            | Row::AbsorptionRequests
            | Row::Channel
            | Row::RegionalCeiling
            | Row::Precedence
            | Row::Locked
    );
    row.rule().filter(|_| of_another_kind)
}
