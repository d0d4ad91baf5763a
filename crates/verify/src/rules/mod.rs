//! The rules of the plan, one file each, named as the rule: `check` reads a plan, `row` gives the inequality by which a
//! proof may use the rule.

use needmatch_domain::row::{Row, RowKey};
use needmatch_domain::rule::{Mode, Rule};

use crate::columns::positions;
use crate::recount::{Model, Recount};
use crate::report::Tell;
use crate::row::DerivedRow;
use crate::tally::Tally;

mod absorption;
mod bundle;
mod capacity;
mod channel;
mod choice;
mod demand;
mod fragmentation;
mod locked;
mod minimum;
mod obstacle;
mod package;
mod precedence;
mod reach;
mod regional_ceiling;
mod regional_floor;
mod state_limit;
mod sustainability;
mod ticket;

/// Tells every breakage of the rules that are in a mode.
pub(crate) fn check(tally: &Tally<'_>, mode: Mode, tell: Tell<'_>) {
    for rule in Rule::rows().filter(|rule| tally.recount.problem.mode(*rule) == mode) {
        match rule {
            Rule::Demand => demand::check(tally, tell),
            Rule::Minimum => minimum::check(tally, tell),
            Rule::Capacity => capacity::check(tally, tell),
            Rule::Ticket => ticket::check(tally, tell),
            Rule::StateLimit => state_limit::check(tally, tell),
            Rule::Reach => reach::check(tally, tell),
            Rule::Fragmentation => fragmentation::check(tally, tell),
            Rule::Bundle => bundle::check(tally, tell),
            Rule::Choice => choice::check(tally, tell),
            Rule::Sustainability => sustainability::check(tally, tell),
            Rule::Obstacle => obstacle::check(tally, tell),
            Rule::Absorption => absorption::check(tally, tell),
            Rule::Channel => channel::check(tally, tell),
            Rule::RegionalFloor => regional_floor::check(tally, tell),
            Rule::RegionalCeiling => regional_ceiling::check(tally, tell),
            Rule::Package => package::check(tally, tell),
            Rule::Precedence => precedence::check(tally, tell),
            Rule::Locked => locked::check(tally, tell),
            // Rules of eligibility have done their work before the problem was frozen.
            _ => {}
        }
    }
}

/// The row of an enforced rule behind a name; `None` where the problem does not have it.
pub(crate) fn row(recount: &Recount<'_>, model: &Model, key: &RowKey) -> Option<DerivedRow> {
    let entities = positions(key.entities());
    match key.row {
        Row::DemandTotal | Row::DemandLink | Row::DemandPeriod | Row::DemandRequest | Row::DemandSome => {
            demand::row(recount, model, key.row, &entities)
        }
        Row::Minimum => minimum::row(recount, model, entities[0]),
        Row::CapacityTotal => capacity::total(recount, model, entities[0]),
        Row::CapacityPeriod => capacity::period(recount, model, entities[0], entities[1]),
        Row::TicketLeast => ticket::least(recount, model, entities[0], entities[1]),
        Row::TicketMost => ticket::most(recount, model, entities[0], entities[1]),
        Row::StateLimit => state_limit::row(recount, model, entities[0], entities[1]),
        Row::Reach => reach::row(recount, model, entities[0]),
        Row::Fragmentation => fragmentation::row(recount, model, entities[0]),
        Row::Bundle => bundle::row(recount, model, entities[0], entities[1]),
        Row::Choice => choice::row(recount, model, entities[0]),
        Row::Sustainability => sustainability::row(recount, model, entities[0]),
        Row::Obstacle => obstacle::row(recount, model, entities[0], entities[1]),
        Row::AbsorptionAmount => absorption::amount(recount, model, entities[0], entities[1]),
        Row::AbsorptionRequests => absorption::requests(recount, model, entities[0], entities[1]),
        Row::Channel => channel::row(recount, model, entities[0]),
        Row::RegionalFloor => regional_floor::row(recount, model, entities[0]),
        Row::RegionalCeiling => regional_ceiling::row(recount, model, entities[0]),
        Row::Package => package::row(recount, model, entities[0]),
        Row::Precedence => precedence::row(recount, model, &entities),
        Row::Locked => locked::row(recount, model, entities[0]),
        _ => None,
    }
}
