//! What one more unit of a kind of help would add to the first goal of a run, for each component that lacks something.
//!
//! The kind is put to the scenario as an offer that does not exist: firm, without earmark, terms or end. Freezing judges
//! it by every rule, and each match it could have is priced by the run's own certificate as a column that was left out
//! is priced in linear programming: its score less what the multipliers ask for the rows it would stand in. Where it
//! would take from nobody that is the whole score; where it would displace something, the difference; where the plan
//! leaves no room for it, such as in what a state can take in, nothing. Nothing is solved again, so that the figures are
//! prices of the certificate, not exact.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use needmatch_domain::area::ComponentType;
use needmatch_domain::certificate::Leaf;
use needmatch_domain::ids::{ComponentIndex, OfferId, PeriodIndex, ProviderId, UnitCode};
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::UnservedReason;
use needmatch_domain::row::RowKey;
use needmatch_domain::run::Outcome;
use needmatch_domain::scenario::{Firmness, Form, Offer, Scenario, Visibility, Window};

use super::binding::rules_against;
use super::offers::first_leaf;
use crate::freeze::freeze;
use crate::model::{Assignment, Cell, Incidence, Model, objective};
use crate::propose::Renaming;

/// Most kinds in kind that are priced, those that most is missing of first.
const MOST_KINDS: usize = 200;

/// How much of a kind is put to the scenario: more than anything asks for.
const PLENTY: i64 = 1_000_000_000;

/// A kind of help.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// Money or in kind.
    pub form: Form,
    /// In kind: the type of component it serves.
    pub r#type: Option<ComponentType>,
    /// Its unit; of money the accounting currency.
    pub unit: String,
}

/// What one more unit of a kind would add through a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gain {
    /// The kind.
    pub kind: Kind,
    /// Score of one more unit, rounded down.
    pub value: i64,
    /// Score of what 1,000 of accounting currency pay for, in kind at the component's cost, rounded down.
    pub price: i64,
    /// Thousandths of the component's unit that one unit in kind, or 1,000 of accounting currency, serve.
    pub serves_thousandths: i64,
}

/// A component that lacks something, with what would add to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The component.
    pub component: ComponentIndex,
    /// What is missing, in its unit.
    pub missing: i64,
    /// Whether any offer of the run may serve it.
    pub has_offer: bool,
    /// One entry a kind that may serve it.
    pub gains: Vec<Gain>,
}

/// The components that an outcome leaves without, with the gains of every kind that they ask for. `scenario` is what the
/// problem was frozen from.
///
/// Cost: freezing, and linear in the rows of the model.
pub fn lacks(scenario: &Scenario, problem: &Problem, outcome: &Outcome) -> Vec<Lack> {
    let missing: Vec<&UnservedReason> =
        outcome.explanations.unserved.iter().filter(|reason| reason.missing > 0).collect();
    let mut gains = gains(scenario, problem, outcome, &missing).unwrap_or_default();
    let lack = |reason: &&UnservedReason| Lack {
        component: reason.component,
        missing: reason.missing,
        has_offer: !problem.components[reason.component.at()].pairs.is_empty(),
        gains: gains.remove(&reason.component).unwrap_or_default(),
    };
    missing.iter().map(lack).collect()
}

type Gains = HashMap<ComponentIndex, Vec<Gain>>;

/// `None` where the scenario cannot hold the offers that do not exist: then nothing can be said.
fn gains(scenario: &Scenario, problem: &Problem, outcome: &Outcome, missing: &[&UnservedReason]) -> Option<Gains> {
    let kinds = kinds(scenario, problem, missing);
    let mut wider = scenario.clone();
    let mut offered: BTreeMap<OfferId, Kind> = BTreeMap::new();
    for kind in kinds {
        let offer = imagined(scenario, &kind, offered.len())?;
        offered.insert(offer.id.clone(), kind);
        wider.offers.push(offer);
    }
    let wide = freeze(&wider).ok()?.problem;
    let first = outcome.certificate.stages.first().and_then(|stage| first_leaf(&stage.proof));
    let renaming = Renaming::of(problem, &wide);
    let leaf = renaming.leaf(&first.cloned().unwrap_or_default());
    let mut model = Model::of(&wide);
    let goal = objective(&mut model, wide.goals.first()?);
    let rests = rests(&model, &goal.terms, &leaf);
    let incidence = Incidence::of(&model);
    let assignment = Assignment::of_plan(&model, &incidence, &renaming.plan(&outcome.plan.matches));
    let places: BTreeMap<_, _> = problem.components.iter().enumerate().map(|(at, one)| (&one.id, at)).collect();
    let lacking: BTreeSet<ComponentIndex> = missing.iter().map(|reason| reason.component).collect();
    let mut best: BTreeMap<(ComponentIndex, &Kind), Gain> = BTreeMap::new();
    for (at, (cell, rest)) in model.layout.cells.iter().zip(rests).enumerate() {
        let Some(kind) = offered.get(&wide.offers[cell.offer.at()].id) else { continue };
        let Some(place) = places.get(&wide.components[cell.component.at()].id) else { continue };
        let component = ComponentIndex::of(*place);
        if !lacking.contains(&component) {
            continue;
        }
        let has_room = rules_against(&model, &assignment, at, model.columns[at].step).is_empty();
        let gain = priced(kind, cell, if has_room { rest } else { 0 }, leaf.scale);
        let known = best.entry((component, kind)).or_insert_with(|| gain.clone());
        if gain.value > known.value {
            *known = gain;
        }
    }
    let mut gains = Gains::new();
    for ((component, _), gain) in best {
        gains.entry(component).or_default().push(gain);
    }
    Some(gains)
}

/// Money, and each type and unit that something is missing of.
fn kinds(scenario: &Scenario, problem: &Problem, missing: &[&UnservedReason]) -> Vec<Kind> {
    let asked: BTreeMap<_, _> = scenario.components.iter().map(|one| (&one.id, one)).collect();
    let mut sought: BTreeMap<Kind, i64> = BTreeMap::new();
    for reason in missing {
        let frozen = &problem.components[reason.component.at()];
        let Some(component) = asked.get(&frozen.id).filter(|one| one.unit.as_str() != "currency") else { continue };
        let kind =
            Kind { form: Form::InKind, r#type: Some(component.r#type), unit: component.unit.as_str().to_owned() };
        let cost = frozen.unit_cost.saturating_mul(reason.missing);
        let known = sought.entry(kind).or_default();
        *known = known.saturating_add(cost);
    }
    let mut sought: Vec<(Kind, i64)> = sought.into_iter().collect();
    sought.sort_by_key(|(_, cost)| -cost);
    let money = Kind { form: Form::Money, r#type: None, unit: problem.currency.clone() };
    std::iter::once(money).chain(sought.into_iter().take(MOST_KINDS).map(|(kind, _)| kind)).collect()
}

/// An offer of a kind that nobody made.
fn imagined(scenario: &Scenario, kind: &Kind, number: usize) -> Option<Offer> {
    let mut name = format!("imagined {number}");
    while scenario.offers.iter().any(|offer| offer.id.as_str() == name || offer.provider.as_str() == name) {
        name.push('~');
    }
    let unit: UnitCode = match kind.form {
        Form::Money => "currency".parse().ok()?,
        Form::InKind => kind.unit.parse().ok()?,
    };
    Some(Offer {
        id: name.parse::<OfferId>().ok()?,
        provider: name.parse::<ProviderId>().ok()?,
        title: String::new(),
        form: kind.form,
        types: kind.r#type.into_iter().collect(),
        areas: BTreeSet::new(),
        item: None,
        unit,
        quantity: PLENTY,
        unit_value: None,
        firmness: Firmness::Commitment,
        states: BTreeSet::new(),
        regions: BTreeSet::new(),
        groups: BTreeSet::new(),
        excluded_states: BTreeSet::new(),
        contexts: BTreeSet::new(),
        window: Window { first: PeriodIndex::of(0), last: PeriodIndex::of(scenario.periods.len().checked_sub(1)?) },
        ticket_min: None,
        ticket_max: None,
        state_max: None,
        max_requests: None,
        min_contribution_percent: 0,
        min_sustainability: 0,
        requires_action_plan: false,
        report_since: None,
        channel: None,
        delivery_permille: 1000,
        preferred_areas: BTreeSet::new(),
        sdg_targets: BTreeSet::new(),
        visibility: Visibility::Public,
    })
}

/// Of each column, 2ˢ times what it is worth to the goal less what the multipliers ask for its rows.
fn rests(model: &Model<'_>, goal: &[(usize, i64)], leaf: &Leaf) -> Vec<i128> {
    let mut rests = vec![0_i128; model.columns.len()];
    for (column, worth) in goal {
        rests[*column] += i128::from(*worth) << leaf.scale;
    }
    let multipliers: BTreeMap<RowKey, i64> = leaf.multipliers.iter().map(|one| (one.key, one.value)).collect();
    for row in &model.rows {
        let Some(multiplier) = multipliers.get(&row.key) else { continue };
        for (column, coefficient) in &row.terms {
            rests[*column] -= i128::from(*multiplier) * i128::from(*coefficient);
        }
    }
    rests
}

fn priced(kind: &Kind, cell: &Cell, rest: i128, scale: u32) -> Gain {
    let rest = rest.max(0);
    let floor = |numerator: i128, divisor: i64| {
        i64::try_from(numerator / (i128::from(divisor.max(1)) << scale)).unwrap_or(i64::MAX)
    };
    let (value, price, serves) = match kind.form {
        Form::Money => (floor(rest * 1000, cell.draw), floor(rest * 1_000_000, cell.draw), 1_000_000_000 / cell.draw),
        Form::InKind => (floor(rest * 1000, cell.draw), floor(rest * 1000, cell.cost), 1_000_000 / cell.draw),
    };
    Gain { kind: kind.clone(), value, price, serves_thousandths: serves }
}

#[cfg(test)]
mod tests {
    use needmatch_domain::scenario::Form;

    use super::{Lack, lacks};
    use crate::freeze::freeze;
    use crate::propose::{Options, Watch, propose};
    use crate::test_scenario::{ScenarioBuilder, id, one_pair};

    fn of(builder: &ScenarioBuilder) -> (Vec<Lack>, needmatch_domain::run::Outcome) {
        let scenario = builder.clone().build();
        let problem = freeze(&scenario).unwrap().problem;
        let mut watch = Watch { elapsed: &|| 0.0, cancelled: &|| false, progress: &mut |_| {} };
        let options = Options::new(needmatch_domain::goal::Gap::default(), 20.0);
        let outcome = propose(&problem, &options, &mut watch).unwrap();
        let found = lacks(&scenario, &problem, &outcome);
        (found, outcome)
    }

    /// Twenty places at 100 are asked for and 1,000 offered: a further dollar serves a hundredth of a place, at the price
    /// that the certificate puts on the one offer.
    #[test]
    fn money_is_worth_what_the_offer_that_ran_out_is_worth() {
        let (found, outcome) = of(&one_pair().with(|scenario| scenario.components[0].quantity = 20));
        assert_eq!((found.len(), found[0].missing, found[0].has_offer), (1, 10, true));
        let money = found[0].gains.iter().find(|gain| gain.kind.form == Form::Money).unwrap();
        assert_eq!(money.value, outcome.explanations.offers[0].marginal_value);
        assert_eq!((money.price, money.serves_thousandths), (money.value * 1000, 10_000));
        let places = found[0].gains.iter().find(|gain| gain.kind.form == Form::InKind).unwrap();
        assert_eq!(places.kind.unit, "place");
        assert_eq!((places.value, places.price, places.serves_thousandths), (money.value * 100, money.price, 1000));
    }

    #[test]
    fn what_no_offer_may_serve_is_worth_its_whole_score() {
        let (found, _) = of(&one_pair().with(|scenario| scenario.offers[0].areas = [id("tracing")].into()));
        assert!(!found[0].has_offer);
        let money = found[0].gains.iter().find(|gain| gain.kind.form == Form::Money).unwrap();
        // Weight of priority 3 in thousandths, worth 1, fit 1000 of 1000.
        assert_eq!(money.value, 4_000_000);
    }

    #[test]
    fn what_no_help_of_any_kind_may_serve_has_no_gain() {
        let forbidden = one_pair().with(|scenario| {
            scenario.offers[0].areas = [id("tracing")].into();
            scenario.settings.rules.contribution.threshold = 50;
        });
        let (found, _) = of(&forbidden);
        assert_eq!((found.len(), found[0].gains.len()), (1, 0));
    }

    #[test]
    fn what_a_state_cannot_take_in_adds_nothing() {
        let full = one_pair().with(|scenario| {
            scenario.components[0].quantity = 20;
            scenario.offers[0].quantity = 10_000;
            for period in 0..3 {
                scenario.absorption.push(needmatch_domain::scenario::Absorption {
                    state: id("SEN"),
                    period: needmatch_domain::ids::PeriodIndex::of(period),
                    amount: Some(100),
                    requests: None,
                });
            }
        });
        let (found, outcome) = of(&full);
        assert_eq!((found[0].missing, outcome.explanations.offers[0].marginal_value), (17, 0));
        assert!(found[0].gains.iter().all(|gain| gain.value == 0), "{found:?}");
    }
}
