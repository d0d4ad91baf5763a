//! `components.csv`: the lines of requests.

use std::collections::BTreeSet;

use needmatch_domain::ids::{ComponentId, PeriodLabel};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_domain::scenario::Component;

use super::{Located, Table, window_cells};
use crate::error::ErrorCode;
use crate::folder::cells::{Cells, join, show};
use crate::folder::table::{TableSpec, defaulted, optional, required};

/// The unit of money.
pub(crate) const CURRENCY: &str = "currency";

/// Stands for a minimum left empty until it is known whether another component requires this one; 0 is refused in files.
const EMPTY_MINIMUM: i64 = 0;

pub(crate) struct Components;

impl Table for Components {
    type Item = Component;

    const SPEC: TableSpec = TableSpec {
        file: "components.csv",
        columns: &[
            required("id"),
            required("request"),
            required("type"),
            optional("item"),
            required("unit"),
            required("quantity"),
            defaulted("received", "0"),
            optional("minimum"),
            optional("unit_cost"),
            defaulted("divisible", "true"),
            optional("from"),
            optional("to"),
            optional("period_max"),
            optional("requires"),
            optional("choice"),
            optional("covered_by"),
            defaulted("sustainability_points", "0"),
        ],
        key: &["id"],
        required: true,
    };

    fn read(cells: &mut Cells<'_>) -> Option<Component> {
        let known = cells.known;
        let id = cells.id::<ComponentId>("id");
        let request = cells.reference("request", &known.requests);
        let kind = cells.word("type");
        let item = cells.optional_id("item");
        let unit = cells.id("unit");
        let quantity = cells.whole("quantity", 1..=MAX_AMOUNT);
        let received = cells.optional_whole("received", 0..=MAX_AMOUNT).unwrap_or(0);
        let minimum = cells.optional_whole("minimum", 1..=MAX_AMOUNT).unwrap_or(EMPTY_MINIMUM);
        if let Some(quantity) = quantity {
            if received > quantity {
                cells.refuse("received", Some(&received.to_string()), ErrorCode::ReceivedAboveQuantity { quantity });
            }
            if minimum > quantity {
                cells.refuse("minimum", Some(&minimum.to_string()), ErrorCode::MinimumAboveQuantity { quantity });
            }
        }
        let unit_cost = read_unit_cost(cells, unit.as_ref().map(needmatch_domain::ids::UnitCode::as_str));
        let divisible = cells.optional_boolean("divisible").unwrap_or(true);
        let window = cells.window();
        let period_max = cells.optional_amount("period_max");
        let requires: BTreeSet<ComponentId> = cells.references("requires", &known.components);
        if let Some(id) = id.as_ref().filter(|id| requires.contains(id)) {
            cells.refuse("requires", Some(id.as_str()), ErrorCode::RequiresItself {});
        }
        let choice = cells.optional_id("choice");
        let covered_by = read_cover(cells);
        let sustainability_points = cells.percent("sustainability_points");
        Some(Component {
            id: id?,
            request: request?,
            r#type: kind?,
            item,
            unit: unit?,
            quantity: quantity?,
            received,
            minimum,
            unit_cost: unit_cost?,
            divisible,
            window,
            period_max,
            requires,
            choice,
            covered_by,
            sustainability_points,
        })
    }

    fn write(component: &Component, periods: &[PeriodLabel]) -> Vec<String> {
        let [from, to] = window_cells(component.window, periods);
        vec![
            component.id.to_string(),
            component.request.to_string(),
            component.r#type.to_string(),
            show(component.item.as_ref()),
            component.unit.to_string(),
            component.quantity.to_string(),
            component.received.to_string(),
            component.minimum.to_string(),
            component.unit_cost.to_string(),
            component.divisible.to_string(),
            from,
            to,
            show(component.period_max),
            join(&component.requires),
            show(component.choice.as_ref()),
            component.covered_by.clone().unwrap_or_default(),
            component.sustainability_points.to_string(),
        ]
    }
}

fn read_unit_cost(cells: &mut Cells<'_>, unit: Option<&str>) -> Option<i64> {
    let before = cells.errors.count();
    let given = cells.optional_whole::<i64>("unit_cost", 1..=MAX_AMOUNT);
    match (given, unit) {
        (Some(cost), Some(CURRENCY)) if cost != 1 => {
            cells.refuse("unit_cost", Some(&cost.to_string()), ErrorCode::UnitCostOfCurrency {});
            None
        }
        (Some(cost), _) => Some(cost),
        (None, Some(CURRENCY)) => Some(1),
        (None, _) => {
            if cells.errors.count() == before {
                cells.refuse("unit_cost", None, ErrorCode::ValueMissing {});
            }
            None
        }
    }
}

fn read_cover(cells: &mut Cells<'_>) -> Option<String> {
    let known = cells.known;
    let cover = cells.text("covered_by");
    if cover.is_empty() {
        return None;
    }
    if cover != "national" && !known.programmes.accepts(&cover) {
        let mut near = known.candidates.nearest(&cover, ["national"]);
        if near.0.is_none() {
            near = known.programmes.nearest(&cover, &known.candidates);
        }
        cells.refuse("covered_by", Some(&cover), ErrorCode::UnknownCover { near });
    }
    Some(cover)
}

/// Fills minima left empty: the whole quantity of a component that another one requires, else 1.
pub(crate) fn fill_minima(components: &mut [Located<Component>]) {
    let required: BTreeSet<ComponentId> =
        components.iter().flat_map(|component| component.item.requires.iter().cloned()).collect();
    for Located { item, .. } in components {
        if item.minimum == EMPTY_MINIMUM {
            item.minimum = if required.contains(&item.id) { item.quantity } else { 1 };
        }
    }
}
