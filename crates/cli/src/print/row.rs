//! Rows of the model by the names of their entities.

use needmatch_domain::problem::Problem;
use needmatch_domain::row::Row;
use needmatch_domain::rule::Rule;

/// The rule of a row and what it is about, from its key as text, such as `capacity.total[3]`.
pub(crate) fn named(problem: &Problem, key: &str) -> Option<(Rule, String)> {
    let (name, entities) = key.strip_suffix(']')?.split_once('[')?;
    let row = Row::ALL.iter().copied().find(|row| row.name() == name)?;
    let entities: Vec<usize> =
        entities.split(", ").filter(|part| !part.is_empty()).map(str::parse).collect::<Result<_, _>>().ok()?;
    let component = |at: usize| Some(problem.components.get(*entities.get(at)?)?.id.to_string());
    let request = |at: usize| Some(problem.requests.get(*entities.get(at)?)?.id.to_string());
    let offer = |at: usize| Some(problem.offers.get(*entities.get(at)?)?.id.to_string());
    let state = |at: usize| Some(problem.states.get(*entities.get(at)?)?.code.to_string());
    let period = |at: usize| Some(problem.periods.get(*entities.get(at)?)?.to_string());
    let parts: Vec<Option<String>> = match row {
        Row::DemandTotal | Row::DemandRequest | Row::Minimum | Row::Choice => vec![component(0)],
        Row::DemandPeriod => vec![component(0), period(1)],
        Row::DemandLink | Row::Precedence => vec![component(0), offer(1), period(2)],
        Row::CapacityTotal | Row::Reach => vec![offer(0)],
        Row::CapacityPeriod => vec![offer(0), period(1)],
        Row::TicketLeast | Row::TicketMost => vec![offer(0), request(1)],
        Row::StateLimit => vec![offer(0), state(1)],
        Row::Bundle => vec![component(0), component(1)],
        Row::AbsorptionAmount | Row::AbsorptionRequests => vec![state(0), period(1)],
        Row::DemandSome | Row::Fragmentation | Row::Sustainability | Row::Package | Row::Obstacle => vec![request(0)],
        Row::Channel => vec![Some(problem.channels.get(*entities.first()?)?.id.to_string())],
        Row::RegionalFloor => vec![Some(problem.regional_floors.get(*entities.first()?)?.region.to_string())],
        Row::RegionalCeiling => vec![Some(problem.regional_ceilings.get(*entities.first()?)?.region.to_string())],
        Row::Locked => {
            let lock = problem.locks.get(*entities.first()?)?;
            let component = problem.components.get(lock.component.at())?.id.to_string();
            vec![Some(component), Some(problem.offers.get(lock.offer.at())?.id.to_string())]
        }
        _ => return None,
    };
    let parts: Option<Vec<String>> = parts.into_iter().collect();
    Some((row.rule()?, parts?.join(", ")))
}
