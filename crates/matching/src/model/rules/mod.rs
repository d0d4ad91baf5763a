//! One file a rule, named as the rule; each pushes the rows that `docs/rules.md` gives under its name.

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
mod takes_part;
mod ticket;

use needmatch_domain::rule::{Rule, Stage};

use super::Model;

/// Adds the rows of every enforced rule, and those that define what the rules count.
pub(super) fn add_all(model: &mut Model<'_>) {
    takes_part::add(model);
    for rule in Rule::rows().filter(|rule| model.problem.enforces(*rule)) {
        debug_assert_eq!(rule.stage(), Stage::Row);
        match rule {
            Rule::Demand => demand::add(model),
            Rule::Minimum => minimum::add(model),
            Rule::Capacity => capacity::add(model),
            Rule::Ticket => ticket::add(model),
            Rule::StateLimit => state_limit::add(model),
            Rule::Reach => reach::add(model),
            Rule::Fragmentation => fragmentation::add(model),
            Rule::Bundle => bundle::add(model),
            Rule::Choice => choice::add(model),
            Rule::Sustainability => sustainability::add(model),
            Rule::Obstacle => obstacle::add(model),
            Rule::Absorption => absorption::add(model),
            Rule::Channel => channel::add(model),
            Rule::RegionalFloor => regional_floor::add(model),
            Rule::RegionalCeiling => regional_ceiling::add(model),
            Rule::Package => package::add(model),
            Rule::Precedence => precedence::add(model),
            Rule::Locked => locked::add(model),
            _ => {}
        }
    }
}
