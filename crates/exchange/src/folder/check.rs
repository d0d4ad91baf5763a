//! What must hold between rows: requirements stay with one state or package, obstacles are mitigated by a request's
//! own components, every currency has a rate.

use std::collections::{BTreeMap, HashMap};

use needmatch_domain::ids::{ComponentId, RequestId};
use needmatch_domain::scenario::{Component, Form, Offer, Request, Settings};

use super::settings::tree::{Tree, Value};
use super::table::RawTable;
use super::tables::Located;
use super::tables::components::CURRENCY;
use crate::error::{ErrorCode, Errors, FileError};

/// Offers named in the error about a missing rate.
const OFFERS_NAMED: usize = 5;

/// Components require only components of the same state, or of the same package.
pub(crate) fn requirements(
    table: &RawTable,
    components: &[Located<Component>],
    requests: &[Located<Request>],
    errors: &mut Errors,
) {
    let request: HashMap<&RequestId, &Request> = requests.iter().map(|row| (&row.item.id, &row.item)).collect();
    let owner: HashMap<&ComponentId, &Request> =
        components.iter().filter_map(|row| Some((&row.item.id, *request.get(&row.item.request)?))).collect();
    for row in components {
        let Some(own) = owner.get(&row.item.id) else { continue };
        for required in &row.item.requires {
            // Requests that could not be read are reported already.
            let Some(other) = owner.get(required) else { continue };
            let together = own.package.is_some() && own.package == other.package;
            if own.state != other.state && !together {
                let error = row.error(table, "requires", ErrorCode::RequiresElsewhere {});
                errors.push(error.with_value(required.as_str()));
            }
        }
    }
}

/// An obstacle's mitigation is a component of the request that has the obstacle.
pub(crate) fn mitigations(
    table: &RawTable,
    requests: &[Located<Request>],
    components: &[Located<Component>],
    errors: &mut Errors,
) {
    let owner: HashMap<&ComponentId, &RequestId> =
        components.iter().map(|row| (&row.item.id, &row.item.request)).collect();
    for row in requests {
        for component in row.item.obstacles.iter().filter_map(|obstacle| obstacle.mitigation.as_ref()) {
            if owner.get(component).is_some_and(|request| **request != row.item.id) {
                let code = ErrorCode::MitigationElsewhere { request: row.item.id.to_string() };
                errors.push(row.error(table, "obstacles", code).with_value(component.as_str()));
            }
        }
    }
}

/// Every currency offered has a rate. `tree` tells a rate that is absent from one that was refused.
pub(crate) fn rates(label: &str, tree: &Tree, settings: &Settings, offers: &[Located<Offer>], errors: &mut Errors) {
    let mut missing: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Located { item: offer, .. } in offers {
        let unit = offer.unit.as_str();
        let has_rate = unit == CURRENCY || unit == settings.currency || settings.rates.contains_key(unit);
        if offer.form == Form::Money && !has_rate && super::currency::exists(unit) {
            missing.entry(unit).or_default().push(offer.id.as_str());
        }
    }
    let written = |code: &str| {
        tree.get("rates").is_some_and(|rates| matches!(&rates.value, Value::Table(table) if table.contains_key(code)))
    };
    for (currency, ids) in missing.into_iter().filter(|(currency, _)| !written(currency)) {
        let mut offers = ids.iter().take(OFFERS_NAMED).copied().collect::<Vec<_>>().join(", ");
        if ids.len() > OFFERS_NAMED {
            offers = format!("{offers} and {} more", ids.len() - OFFERS_NAMED);
        }
        let code = ErrorCode::RateMissing { currency: currency.to_owned(), offers };
        errors.push(FileError::of_file(label, code).in_column(format!("rates.{currency}")));
    }
}
