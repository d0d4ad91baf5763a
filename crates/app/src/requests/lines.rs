//! The lines of a request as a JSON document. Whoever writes a draft may leave open what it does not know yet; what is there
//! is checked as strictly as in a complete line, and references, requirements and choices across all of them.
//!
//! Only when every line has all that matching needs do they become components. Until then all of them stay lines: half of
//! them as components would look like the whole ask to whoever reads components.
//!
//! To add a field of a line: here, in [`DraftLine`] and [`ComponentDetails`], and in the wire type of the API.

use std::collections::BTreeSet;

use needmatch_domain::area::ComponentType;
use needmatch_domain::ids::{ChoiceId, ComponentId, ItemCode, PeriodLabel, UnitCode};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_store::MAX_COMPONENTS;
use needmatch_store::register::{Component, NewComponent, Request};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ComponentDetails, component_details, stored};
use crate::app::new_key;
use crate::document::{Fields, id};
use crate::error::{AppError, Fault, Faults};

/// The unit of money.
const CURRENCY: &str = "currency";

/// Fields of a component.
pub const COMPONENT_FIELDS: [&str; 17] = [
    "reference",
    "type",
    "item",
    "unit",
    "quantity",
    "received",
    "minimum",
    "unit_cost",
    "divisible",
    "from",
    "to",
    "period_max",
    "requires",
    "choice",
    "covered_by",
    "sustainability_points",
    "note",
];

/// A line of a request as far as it is filled in. What is empty of an optional field is shown as it was sent: left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    /// Name used by people, unique among the lines.
    pub reference: ComponentId,
    /// Type of help.
    pub r#type: Option<ComponentType>,
    /// Catalogue item, if named.
    pub item: Option<ItemCode>,
    /// Unit.
    pub unit: Option<UnitCode>,
    /// How much.
    pub quantity: Option<i64>,
    /// Already had.
    pub received: i64,
    /// Least useful quantity.
    pub minimum: Option<i64>,
    /// Accounting currency per unit.
    pub unit_cost: Option<i64>,
    /// False: the whole quantity from one offer in one period.
    pub divisible: bool,
    /// First period in which it can be used.
    pub from: Option<PeriodLabel>,
    /// Last period in which it can be used.
    pub to: Option<PeriodLabel>,
    /// Most that can be used in one period.
    pub period_max: Option<i64>,
    /// Components that must be served whenever this one is.
    pub requires: BTreeSet<ComponentId>,
    /// Alternatives share a choice.
    pub choice: Option<ChoiceId>,
    /// Who covers training and upkeep when no component does.
    pub covered_by: Option<String>,
    /// Points its delivery adds to the request's sustainability.
    pub sustainability_points: u8,
    /// What is asked for, in the words of who asks.
    pub note: Option<String>,
}

/// What the lines of a document come to: components, or lines where one is incomplete.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Lines {
    pub(super) components: Vec<NewComponent>,
    /// As the store keeps them; `None` where they became components.
    pub(super) kept: Option<Value>,
    /// References of all of them.
    pub(super) references: BTreeSet<ComponentId>,
}

impl DraftLine {
    /// A registered component as the line it was read from.
    pub(crate) fn of(row: &Component) -> Result<Self, AppError> {
        let details = component_details(row)?;
        Ok(Self {
            reference: row.reference.parse().map_err(|_| AppError::Internal)?,
            r#type: Some(row.r#type.parse().map_err(|_| AppError::Internal)?),
            item: details.item,
            unit: Some(row.unit.parse().map_err(|_| AppError::Internal)?),
            quantity: Some(row.quantity),
            received: details.received,
            minimum: Some(details.minimum),
            unit_cost: Some(details.unit_cost),
            divisible: details.divisible,
            from: details.from,
            to: details.to,
            period_max: details.period_max,
            requires: details.requires,
            choice: details.choice,
            covered_by: details.covered_by,
            sustainability_points: details.sustainability_points,
            note: details.note,
        })
    }

    /// Fields that matching needs and that are empty.
    pub fn lacks(&self) -> Vec<&'static str> {
        let is_money = self.unit.as_ref().is_some_and(|unit| unit.as_str() == CURRENCY);
        let empty = [
            ("type", self.r#type.is_none()),
            ("unit", self.unit.is_none()),
            ("quantity", self.quantity.is_none()),
            ("unit_cost", self.unit_cost.is_none() && !is_money),
        ];
        empty.into_iter().filter(|(_, is_empty)| *is_empty).map(|(field, _)| field).collect()
    }

    /// The component it is, with `required` by another one or not; `None` while it is incomplete.
    fn component(&self, is_required: bool) -> Option<NewComponent> {
        if !self.lacks().is_empty() {
            return None;
        }
        let quantity = self.quantity?;
        let details = ComponentDetails {
            item: self.item.clone(),
            received: self.received,
            // Left out: the whole quantity of a component that another one requires, else 1.
            minimum: self.minimum.unwrap_or(if is_required { quantity } else { 1 }),
            unit_cost: self.unit_cost.unwrap_or(1),
            divisible: self.divisible,
            from: self.from.clone(),
            to: self.to.clone(),
            period_max: self.period_max,
            requires: self.requires.clone(),
            choice: self.choice.clone(),
            covered_by: self.covered_by.clone(),
            sustainability_points: self.sustainability_points,
            note: self.note.clone(),
        };
        Some(NewComponent {
            key: new_key(),
            reference: self.reference.to_string(),
            r#type: self.r#type?.to_string(),
            unit: self.unit.as_ref()?.to_string(),
            quantity,
            body: serde_json::to_value(&details).expect("details have text keys only"),
        })
    }
}

/// Reads the lines of a request; those without a reference get one made of that of the request.
pub(super) fn read(fields: &mut Fields<'_>, request: &str) -> Lines {
    let mut position = 0;
    let lines: Vec<(String, DraftLine)> = fields.list("components", |item, pointer, faults| {
        position += 1;
        let line = read_line(item, &format!("{request}-{position}"), pointer, faults)?;
        Some((pointer.to_owned(), line))
    });
    if lines.len() > MAX_COMPONENTS {
        fields.refuse("components", Some(&lines.len().to_string()), Fault::TooLong { most: MAX_COMPONENTS });
    }
    check_references(&lines, fields.faults);
    let references = lines.iter().map(|(_, line)| line.reference.clone()).collect();
    let lines: Vec<DraftLine> = lines.into_iter().map(|(_, line)| line).collect();
    let required: BTreeSet<&ComponentId> = lines.iter().flat_map(|line| &line.requires).collect();
    let components: Option<Vec<NewComponent>> =
        lines.iter().map(|line| line.component(required.contains(&line.reference))).collect();
    if let Some(components) = components {
        return Lines { components, kept: None, references };
    }
    let kept = serde_json::to_value(&lines).expect("lines have text keys only");
    Lines { components: Vec::new(), kept: Some(kept), references }
}

fn read_line(item: &Value, reference: &str, pointer: &str, faults: &mut Faults) -> Option<DraftLine> {
    let mut fields = Fields::of(item, pointer, faults)?;
    let reference = if fields.value("reference").is_some() {
        fields.id::<ComponentId>("reference")
    } else {
        id::<ComponentId>(reference, &fields.pointer("reference"), fields.faults)
    };
    let kind = fields.word::<ComponentType>("type");
    let unit = fields.id::<UnitCode>("unit");
    let quantity = fields.whole::<i64>("quantity", 1..=MAX_AMOUNT);
    let received = fields.whole("received", 0..=MAX_AMOUNT).unwrap_or(0);
    let minimum = fields.whole::<i64>("minimum", 1..=MAX_AMOUNT);
    if let Some(quantity) = quantity {
        if received > quantity {
            fields.refuse("received", Some(&received.to_string()), Fault::ReceivedAboveQuantity { quantity });
        }
        if let Some(minimum) = minimum.filter(|minimum| *minimum > quantity) {
            fields.refuse("minimum", Some(&minimum.to_string()), Fault::MinimumAboveQuantity { quantity });
        }
    }
    let unit_cost = read_unit_cost(&mut fields, unit.as_ref());
    let requires: BTreeSet<ComponentId> = fields.ids("requires");
    if let Some(reference) = reference.as_ref().filter(|reference| requires.contains(reference)) {
        fields.refuse("requires", Some(reference.as_str()), Fault::RequiresItself {});
    }
    let (item, from, to) = (fields.id("item"), fields.id("from"), fields.id("to"));
    let (divisible, period_max) = (fields.flag("divisible", true), fields.whole("period_max", 0..=MAX_AMOUNT));
    let (choice, covered_by) = (fields.id("choice"), fields.text("covered_by"));
    let sustainability_points = fields.whole("sustainability_points", 0..=100).unwrap_or(0);
    let note = fields.text("note");
    fields.finish();
    Some(DraftLine {
        reference: reference?,
        r#type: kind,
        item,
        unit,
        quantity,
        received,
        minimum,
        unit_cost,
        divisible,
        from,
        to,
        period_max,
        requires,
        choice,
        covered_by,
        sustainability_points,
        note,
    })
}

/// What a unit costs; of money it can only be 1.
pub(crate) fn read_unit_cost(fields: &mut Fields<'_>, unit: Option<&UnitCode>) -> Option<i64> {
    let cost = fields.whole::<i64>("unit_cost", 1..=MAX_AMOUNT)?;
    if cost != 1 && unit.is_some_and(|unit| unit.as_str() == CURRENCY) {
        fields.refuse("unit_cost", Some(&cost.to_string()), Fault::UnitCostOfCurrency {});
        return None;
    }
    Some(cost)
}

/// References are unique, and requirements stay within the request.
fn check_references(lines: &[(String, DraftLine)], faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for (pointer, line) in lines {
        if !seen.insert(&line.reference) {
            faults.push(format!("{pointer}/reference"), Some(line.reference.as_str()), Fault::Twice {});
        }
    }
    for (pointer, line) in lines {
        for required in line.requires.iter().filter(|id| !seen.contains(id)) {
            faults.push(format!("{pointer}/requires"), Some(required.as_str()), Fault::UnknownComponent {});
        }
    }
}

/// The lines of a request that is not finished; none once they are components.
///
/// # Errors
/// [`AppError::Internal`] when what is stored is not what was written.
pub fn lines(request: &Request) -> Result<Vec<DraftLine>, AppError> {
    request.content.lines.as_ref().map_or(Ok(Vec::new()), |kept| stored("request", kept))
}

/// All that stands of what a request asks for: its components, or the lines of one that is not finished.
///
/// # Errors
/// [`AppError::Internal`] when what is stored is not what was written.
pub(crate) fn all_lines(request: &Request) -> Result<Vec<DraftLine>, AppError> {
    let components = request.components.iter().map(DraftLine::of).collect::<Result<Vec<_>, _>>()?;
    Ok(components.into_iter().chain(lines(request)?).collect())
}

/// Checks that a request asks for something, and that nothing matching needs is missing in any line of it.
///
/// # Errors
/// [`AppError::Invalid`] with every empty field.
pub(super) fn check_complete(request: &Request) -> Result<(), AppError> {
    let lines = lines(request)?;
    let mut faults = Faults::default();
    if lines.is_empty() && request.components.is_empty() {
        faults.push("/components", None, Fault::Missing {});
    }
    for (position, line) in lines.iter().enumerate() {
        for field in line.lacks() {
            faults.push(format!("/components/{position}/{field}"), None, Fault::Missing {});
        }
    }
    faults.finish(Some(()))
}
