//! Where one more unit of help would serve most, by area and region, from the run published last. Nothing is told before
//! publication, and no request or offer is named.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::problem::Problem;
use needmatch_domain::reason::Explanations;
use needmatch_store::Session;
use needmatch_store::keys::RunKey;
use serde_json::{Value, json};

use crate::error::AppError;

/// Most rows told; beyond them the values are the smallest.
const MOST: usize = 1000;

/// Of 1000: an offer that suits in every way.
const FULL_FIT: i64 = 1000;

/// What an area of a region still lacks.
#[derive(Default)]
struct Lack {
    /// Components without, or without some.
    components: i64,
    /// Requests they belong to.
    requests: BTreeSet<u32>,
    /// Cost of what is missing.
    cost: i64,
    /// Best score of one unit of accounting currency.
    value: i64,
    /// Components that no offer at all may serve.
    unreachable: i64,
}

/// Adds up what a run leaves without, by area and region.
pub(crate) fn of(problem: &Problem, explanations: &Explanations) -> Value {
    let mut lacks: BTreeMap<(&str, &str), Lack> = BTreeMap::new();
    for reason in explanations.unserved.iter().filter(|reason| reason.missing > 0) {
        let component = &problem.components[reason.component.at()];
        let request = &problem.requests[component.request.at()];
        let state = &problem.states[request.state.at()];
        let region = state.regions.first().map_or("", |region| region.as_str());
        let lack = lacks.entry((&request.area, region)).or_default();
        lack.components += 1;
        lack.requests.insert(component.request.0);
        lack.cost = lack.cost.saturating_add(component.unit_cost.saturating_mul(reason.missing));
        // The score of a unit is weight · worth · fit, and a unit of money is worth one.
        lack.value = lack.value.max(request.weight.saturating_mul(FULL_FIT));
        lack.unreachable += i64::from(component.pairs.is_empty());
    }
    let mut rows: Vec<_> = lacks.into_iter().collect();
    rows.sort_by_key(|(place, lack)| (-lack.value, -lack.cost, *place));
    let row = |((area, region), lack): ((&str, &str), Lack)| {
        json!({
            "area": area, "region": region, "marginal_value": lack.value, "missing_cost": lack.cost,
            "components": lack.components, "requests": lack.requests.len(), "unreachable": lack.unreachable,
        })
    };
    json!({ "currency": problem.currency, "items": rows.into_iter().take(MOST).map(row).collect::<Vec<_>>() })
}

/// The insights of the run published last, if any was.
pub async fn marginal_values(session: &mut Session) -> Result<Option<(RunKey, Value)>, AppError> {
    Ok(session.latest_insights().await?)
}
