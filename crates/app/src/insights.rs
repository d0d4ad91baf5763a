//! Where one more unit of help would serve most, by area, region and kind of help, from the run published last.
//!
//! Nothing is told before publication, and no request or offer is named. Figures are of what requests lack, priced by
//! the certificate of the run: how an offer is used shows in them only through what the plan leaves without. A request
//! that the reader may see counts for that reader as it stands.
//!
//! Of the others only those count that were shown to every provider and to nobody else: together, and only where those of
//! [`LEAST_STATES`] states meet in an area and region. Whoever is told the sum is then told the same sum, of which they
//! know their own part at most: what two readers are told differs by what one of them sees anyway, and who takes their own
//! part out is left with two other states, neither of which they can tell from the other. With two states each would learn
//! the other's figures; what some providers or the partners of a package see, and others do not, would be the difference
//! between two sums, and is in nobody's. A sum stands or falls as a whole: once one of its requests is shown otherwise than
//! when the run was published, it is told no more, since what it lost would be that request. What changes from one published
//! run to the next can be told from the two.

use std::collections::{BTreeMap, BTreeSet};

use needmatch_domain::area::ComponentType;
use needmatch_domain::canonical;
use needmatch_domain::problem::Problem;
use needmatch_domain::run::Outcome;
use needmatch_domain::scenario::{Form, Scenario};
use needmatch_matching::explain;
use needmatch_store::Session;
use needmatch_store::keys::RunKey;
use serde::{Deserialize, Serialize};

use crate::apart::apart;
use crate::error::AppError;
use crate::principal::Principal;

/// Most rows told; beyond them the values are the smallest.
const MOST: usize = 1000;

/// States whose requests must meet in a cell for their sum to be told.
const LEAST_STATES: usize = 3;

/// What a publication keeps.
#[derive(Debug)]
pub(crate) struct Insights {
    /// Accounting currency.
    pub(crate) currency: String,
    /// Canonical JSON of every [`Lack`].
    pub(crate) lacks: Vec<u8>,
}

/// A component that the run leaves without, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Lack {
    request: String,
    state: String,
    area: String,
    region: String,
    r#type: ComponentType,
    unit: String,
    missing: i64,
    cost: i64,
    has_offer: bool,
    gains: Vec<Gain>,
    /// Whether its request was shown to every provider and to nobody else when the run was published.
    #[serde(default)]
    lumped: bool,
}

/// What one more unit of a kind would add through it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Gain {
    form: Form,
    value: i64,
    price: i64,
    serves_thousandths: i64,
}

/// What a list of marginal values is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValueFilter {
    /// Of this area.
    pub area: Option<String>,
    /// Of this region, the finest that its states lie in.
    pub region: Option<String>,
    /// Money or in kind.
    pub form: Option<Form>,
    /// In kind of this type; of money what serves components of this type.
    pub r#type: Option<ComponentType>,
}

/// What one more unit of a kind of help would do in an area and region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarginalValue {
    /// The area of work.
    pub area: String,
    /// The region; empty where none is known.
    pub region: String,
    /// Money or in kind.
    pub form: Form,
    /// In kind: the type of component.
    pub r#type: Option<ComponentType>,
    /// The unit of the help: the accounting currency, or the component's.
    pub unit: String,
    /// Score of one more unit.
    pub value: i64,
    /// Score of what 1,000 of accounting currency pay for.
    pub price: i64,
    /// Thousandths of a component's unit that one unit in kind, or 1,000 of accounting currency, would serve where they
    /// are worth most.
    pub serves_thousandths: i64,
    /// In kind: what is missing, in the unit.
    pub missing: Option<i64>,
    /// Cost of what is missing.
    pub missing_cost: i64,
    /// Components without, or without some.
    pub components: i64,
    /// Requests they belong to.
    pub requests: usize,
    /// Components that no offer of the round could serve.
    pub unreachable: i64,
}

/// The marginal values of a published run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarginalValues {
    /// The run.
    pub run: RunKey,
    /// Its accounting currency.
    pub currency: String,
    /// Best price first.
    pub items: Vec<MarginalValue>,
}

/// Requests of a scenario that count, for whoever does not see them, in sums with others alone.
pub(crate) async fn lumped(session: &mut Session, scenario: &Scenario) -> Result<BTreeSet<String>, AppError> {
    let requests: Vec<String> = scenario.requests.iter().map(|request| request.id.to_string()).collect();
    Ok(session.requests_for_providers(&requests).await?.into_iter().collect())
}

/// What a run leaves without, and what one more unit of each kind would add.
pub(crate) async fn of(
    scenario: Scenario,
    problem: Problem,
    outcome: Outcome,
    lumped: BTreeSet<String>,
) -> Result<Insights, AppError> {
    let found = move || {
        let lacks = explain::lacks(&scenario, &problem, &outcome);
        let lacks: Vec<Lack> = lacks.into_iter().filter_map(|lack| kept(&scenario, &problem, &lack, &lumped)).collect();
        canonical::to_bytes(&lacks).map(|lacks| Insights { currency: problem.currency, lacks })
    };
    apart("insights", found).await?.map_err(|_| AppError::Internal)
}

fn kept(scenario: &Scenario, problem: &Problem, lack: &explain::Lack, lumped: &BTreeSet<String>) -> Option<Lack> {
    let frozen = &problem.components[lack.component.at()];
    let component = scenario.components.iter().find(|component| component.id == frozen.id)?;
    let request = &problem.requests[frozen.request.at()];
    let state = &problem.states[request.state.at()];
    let gain = |gain: &explain::Gain| Gain {
        form: gain.kind.form,
        value: gain.value,
        price: gain.price,
        serves_thousandths: gain.serves_thousandths,
    };
    Some(Lack {
        request: request.id.to_string(),
        state: state.code.to_string(),
        area: request.area.clone(),
        region: state.regions.first().map(ToString::to_string).unwrap_or_default(),
        r#type: component.r#type,
        unit: component.unit.to_string(),
        missing: lack.missing,
        cost: frozen.unit_cost.saturating_mul(lack.missing),
        has_offer: lack.has_offer,
        gains: lack.gains.iter().map(gain).collect(),
        lumped: lumped.contains(request.id.as_str()),
    })
}

/// The marginal values of the run published last, if any was, as far as the principal may be told.
pub async fn marginal_values(
    session: &mut Session,
    principal: &Principal,
    filter: &ValueFilter,
) -> Result<Option<MarginalValues>, AppError> {
    let Some((run, currency, bytes)) = session.latest_insights().await? else { return Ok(None) };
    let lacks: Vec<Lack> = serde_json::from_slice(&bytes).map_err(|error| {
        tracing::error!(%error, "kept insights cannot be read");
        AppError::Internal
    })?;
    let requests: BTreeSet<String> = lacks.iter().map(|lack| lack.request.clone()).collect();
    let requests: Vec<String> = requests.into_iter().collect();
    let seen = session.visible_requests(&principal.viewer(), &requests).await?;
    let seen: BTreeSet<&str> = seen.iter().map(String::as_str).collect();
    let lumped: BTreeSet<&String> = lacks.iter().filter(|lack| lack.lumped).map(|lack| &lack.request).collect();
    let lumped: Vec<String> = lumped.into_iter().cloned().collect();
    let still = session.requests_for_providers(&lumped).await?;
    let told = told(&lacks, &seen, &still.iter().map(String::as_str).collect());
    let wanted = told.into_iter().filter(|lack| filter.admits(lack));
    let items = added_up(wanted, &currency, filter);
    Ok(Some(MarginalValues { run, currency, items }))
}

impl ValueFilter {
    fn admits(&self, lack: &Lack) -> bool {
        self.area.as_ref().is_none_or(|area| *area == lack.area)
            && self.region.as_ref().is_none_or(|region| *region == lack.region)
            && self.r#type.is_none_or(|kind| kind == lack.r#type)
    }
}

/// What the reader may be told of: what it sees, and sums in an area and region that enough states stand behind and whose
/// requests are all `still` shown as they were. Types and units are told apart within a cell only where each of them, too,
/// is asked for by enough.
fn told<'l>(lacks: &'l [Lack], seen: &BTreeSet<&str>, still: &BTreeSet<&str>) -> Vec<&'l Lack> {
    let mut lumps: BTreeMap<_, (BTreeSet<&str>, bool)> = BTreeMap::new();
    let cell = |lack: &'l Lack| (&*lack.area, &*lack.region, lack.r#type, &*lack.unit);
    for lack in lacks.iter().filter(|lack| lack.lumped) {
        let (states, stands) = lumps.entry(cell(lack)).or_insert_with(|| (BTreeSet::new(), true));
        states.insert(&lack.state);
        *stands &= still.contains(&*lack.request);
    }
    let is_told = |lack: &&'l Lack| {
        let lump = lumps.get(&cell(lack)).filter(|_| lack.lumped);
        seen.contains(&*lack.request) || lump.is_some_and(|(states, stands)| *stands && states.len() >= LEAST_STATES)
    };
    lacks.iter().filter(is_told).collect()
}

/// What is added up together: area, region, form, type of an in-kind component, and unit.
type Cell<'l> = (&'l str, &'l str, Form, Option<ComponentType>, &'l str);

fn added_up<'l>(lacks: impl Iterator<Item = &'l Lack>, currency: &str, filter: &ValueFilter) -> Vec<MarginalValue> {
    let mut cells: BTreeMap<Cell<'_>, (MarginalValue, BTreeSet<&str>)> = BTreeMap::new();
    for lack in lacks {
        let of = |form: Form| lack.gains.iter().find(|gain| gain.form == form).copied();
        let nothing = Gain { form: Form::Money, value: 0, price: 0, serves_thousandths: 0 };
        let money = (Form::Money, None, currency, Some(of(Form::Money).unwrap_or(nothing)));
        let in_kind = (Form::InKind, Some(lack.r#type), &*lack.unit, of(Form::InKind));
        for (form, kind, unit, gain) in [money, in_kind] {
            let Some(gain) = gain.filter(|_| filter.form.is_none_or(|wanted| wanted == form)) else { continue };
            let empty = || {
                let value = MarginalValue {
                    area: lack.area.clone(),
                    region: lack.region.clone(),
                    form,
                    r#type: kind,
                    unit: unit.to_owned(),
                    value: 0,
                    price: 0,
                    serves_thousandths: 0,
                    missing: (form == Form::InKind).then_some(0),
                    missing_cost: 0,
                    components: 0,
                    requests: 0,
                    unreachable: 0,
                };
                (value, BTreeSet::new())
            };
            let place = (&*lack.area, &*lack.region, form, kind, unit);
            let (cell, requests) = cells.entry(place).or_insert_with(empty);
            if (gain.value, gain.price) > (cell.value, cell.price) {
                (cell.value, cell.price) = (gain.value, gain.price);
                cell.serves_thousandths = gain.serves_thousandths;
            }
            cell.missing = cell.missing.map(|missing| missing.saturating_add(lack.missing));
            cell.missing_cost = cell.missing_cost.saturating_add(lack.cost);
            cell.components += 1;
            cell.unreachable += i64::from(!lack.has_offer);
            requests.insert(&lack.request);
        }
    }
    let with_requests =
        |(cell, requests): (MarginalValue, BTreeSet<&str>)| MarginalValue { requests: requests.len(), ..cell };
    let mut items: Vec<MarginalValue> = cells.into_values().map(with_requests).collect();
    // Cells of equal figures stay in the order of area, region and kind.
    items.sort_by_key(|item| (-item.price, -item.missing_cost));
    items.truncate(MOST);
    items
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use needmatch_domain::area::ComponentType;
    use needmatch_domain::scenario::Form;

    use super::{Gain, Lack, ValueFilter, added_up, told};

    fn lack(request: &str, state: &str, r#type: ComponentType, price: i64) -> Lack {
        let gain = |form| Gain { form, value: price / 10, price, serves_thousandths: 500 };
        Lack {
            request: request.to_owned(),
            state: state.to_owned(),
            area: "marking".to_owned(),
            region: "Western Africa".to_owned(),
            r#type,
            unit: "place".to_owned(),
            missing: 3,
            cost: 30,
            has_offer: false,
            gains: vec![gain(Form::Money), gain(Form::InKind)],
            lumped: true,
        }
    }

    fn told_to(lacks: &[Lack], seen: &[&str], still: &[&str]) -> Vec<String> {
        let told = told(lacks, &seen.iter().copied().collect(), &still.iter().copied().collect());
        told.iter().map(|lack| lack.request.clone()).collect()
    }

    #[test]
    fn a_hidden_request_counts_only_among_those_of_three_states() {
        let training = ComponentType::Training;
        let mut lacks =
            vec![lack("R1", "SEN", training, 10), lack("R2", "SEN", training, 20), lack("R3", "GMB", training, 30)];
        let all = ["R1", "R2", "R3", "R4", "R5"];
        assert!(told_to(&lacks, &[], &all).is_empty());
        assert_eq!(told_to(&lacks, &["R2"], &all), ["R2"]);
        assert_eq!(told_to(&lacks, &["R1", "R2", "R3"], &all), ["R1", "R2", "R3"]);
        // Of another type, in the same area and region, it would stand alone.
        lacks.push(lack("R4", "MLI", ComponentType::Software, 40));
        assert!(told_to(&lacks, &[], &all).is_empty());
        lacks.push(lack("R5", "MLI", training, 50));
        let sum = ["R1", "R2", "R3", "R5"];
        assert_eq!(told_to(&lacks, &[], &all), sum);
        assert_eq!(told_to(&lacks, &["R5"], &all), sum, "whose one of them is, is told the same sum");
        // Shown otherwise by now: the difference to the sum of before would be that request.
        assert!(told_to(&lacks, &[], &["R1", "R2", "R3", "R4"]).is_empty());
        assert_eq!(told_to(&lacks, &["R5"], &["R1", "R2", "R3", "R4"]), ["R5"]);
    }

    #[test]
    fn what_only_some_see_is_in_nobodys_sum() {
        let training = ComponentType::Training;
        let mut lacks: Vec<Lack> =
            ["SEN", "GMB", "MLI", "NER"].iter().map(|state| lack(state, state, training, 10)).collect();
        lacks[0].lumped = false;
        let sum = ["GMB", "MLI", "NER"];
        assert_eq!(told_to(&lacks, &[], &sum), sum);
        assert_eq!(told_to(&lacks, &["SEN"], &sum), ["SEN", "GMB", "MLI", "NER"], "what is seen beside the sum of all");
        lacks[1].lumped = false;
        assert!(told_to(&lacks, &[], &sum).is_empty());
    }

    #[test]
    fn cells_hold_the_best_value_and_sums_of_what_is_missing() {
        let (training, software) = (ComponentType::Training, ComponentType::Software);
        let lacks = [lack("R1", "SEN", training, 10), lack("R1", "SEN", software, 40), lack("R2", "GMB", training, 20)];
        let all = added_up(lacks.iter(), "USD", &ValueFilter::default());
        let told: Vec<_> = all.iter().map(|item| (item.form, item.r#type, item.price, item.missing_cost)).collect();
        assert_eq!(
            told,
            [
                (Form::Money, None, 40, 90),
                (Form::InKind, Some(software), 40, 30),
                (Form::InKind, Some(training), 20, 60)
            ]
        );
        assert_eq!((all[0].unit.as_str(), all[0].missing, all[0].components, all[0].requests), ("USD", None, 3, 2));
        assert_eq!((all[2].missing, all[2].requests, all[2].unreachable), (Some(6), 2, 2));
        let filter = ValueFilter { form: Some(Form::Money), r#type: Some(training), ..ValueFilter::default() };
        let seen: BTreeSet<&str> = ["R1", "R2"].into();
        let wanted = told_lacks(&lacks, &seen, &filter);
        let narrowed = added_up(wanted.into_iter(), "USD", &filter);
        assert_eq!(narrowed.len(), 1);
        assert_eq!((narrowed[0].price, narrowed[0].missing_cost), (20, 60));
    }

    fn told_lacks<'l>(lacks: &'l [Lack], seen: &BTreeSet<&str>, filter: &ValueFilter) -> Vec<&'l Lack> {
        told(lacks, seen, &BTreeSet::new()).into_iter().filter(|lack| filter.admits(lack)).collect()
    }

    #[test]
    fn what_no_kind_of_help_may_serve_is_counted_at_no_value() {
        let mut nothing = lack("R1", "SEN", ComponentType::Training, 0);
        nothing.gains.clear();
        let found = added_up([&nothing].into_iter(), "USD", &ValueFilter::default());
        assert_eq!((found.len(), found[0].form, found[0].value, found[0].components), (1, Form::Money, 0, 1));
    }
}
