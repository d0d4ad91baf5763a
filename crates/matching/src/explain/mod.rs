//! Why: for each match what it is worth and what bounds it, for each component that goes without the chain of
//! reasons, for each offer what is left and what one more unit would bring. Codes with values; sentences are made at
//! the edges.

mod binding;
mod enrich;
mod gains;
mod matches;
mod offers;
mod unserved;

pub use enrich::enrich;
pub use gains::{Gain, Kind, Lack, lacks};

use needmatch_domain::certificate::Certificate;
use needmatch_domain::plan::Plan;
use needmatch_domain::reason::Explanations;

use crate::model::{Assignment, Incidence, Model};

/// The reasons of a plan, from the problem alone. [`enrich`] adds what only the scenario knows.
///
/// Cost: linear in the non-zeros of the model.
pub fn explain(model: &Model<'_>, plan: &Plan, certificate: &Certificate) -> Explanations {
    let incidence = Incidence::of(model);
    let assignment = Assignment::of_plan(model, &incidence, plan);
    Explanations {
        matches: matches::matches(model, &assignment, plan),
        unserved: unserved::unserved(model, &assignment),
        offers: offers::offers(model, &assignment, certificate),
        binding: binding::binding_rows(model, &assignment),
        warnings: needmatch_verify::breaches(model.problem, plan),
        conflict: Vec::new(),
    }
}
