//! The catalogue of items (¶69–82): what is usually asked for, in which unit, with what else, at which cost. Kept by
//! coordinators, seen by all; a first catalogue comes with the program.

use std::collections::BTreeSet;

use needmatch_domain::area::{BUILT_IN_AREAS, ComponentType, is_built_in};
use needmatch_domain::ids::{AreaCode, ItemCode, UnitCode};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_store::keys::{ItemKey, PartyKey};
use needmatch_store::register::{Item, NewItem};
use needmatch_store::words::PartyKind;
use needmatch_store::{AuditedTransaction, Page, Session};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::app::new_key;
use crate::document::{Fields, MAX_LINE, id, text};
use crate::error::{AppError, Fault, Faults};
use crate::policy::{Action, allow};
use crate::principal::Principal;

/// Fields of an item.
pub const ITEM_FIELDS: [&str; 9] =
    ["code", "name", "type", "unit", "areas", "bundle", "cost_low", "cost_high", "source"];

/// What an item says beside its columns: the body the store keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDetails {
    /// Areas in which it is asked for.
    pub areas: BTreeSet<AreaCode>,
    /// Items without which it soon stands idle (¶85).
    pub bundle: BTreeSet<ItemCode>,
    /// Usual cost of a unit, USD: at least.
    pub cost_low: Option<i64>,
    /// Usual cost of a unit, USD: at most.
    pub cost_high: Option<i64>,
    /// Where the costs come from.
    pub source: String,
}

/// The details of a stored item.
///
/// # Errors
/// [`AppError::Internal`] when what is stored is not what was written.
pub fn details(item: &Item) -> Result<ItemDetails, AppError> {
    crate::requests::stored("item", &item.body)
}

fn read(document: &Value, key: ItemKey, party: PartyKey, kept: Option<&str>) -> Result<NewItem, AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let given = fields.id::<ItemCode>("code").map(|code| code.to_string());
        match (kept, given.as_deref()) {
            (None, None) if fields.value("code").is_none() => fields.refuse("code", None, Fault::Missing {}),
            (Some(kept), Some(other)) if kept != other => {
                fields.refuse("code", Some(other), Fault::UnknownWord { allowed: kept.to_owned() });
            }
            _ => {}
        }
        let name = fields.required_text("name");
        let kind = fields.required_word::<ComponentType>("type");
        let unit = fields.required_id::<UnitCode>("unit");
        let areas = fields.list("areas", read_area).into_iter().collect();
        let bundle = fields.ids("bundle");
        let cost_low = fields.whole::<i64>("cost_low", 1..=MAX_AMOUNT);
        let cost_high = fields.whole::<i64>("cost_high", cost_low.unwrap_or(1)..=MAX_AMOUNT);
        let source = fields.text("source").unwrap_or_default();
        fields.finish();
        let details = ItemDetails { areas, bundle, cost_low, cost_high, source };
        let code = kept.map(ToOwned::to_owned).or(given)?;
        let (r#type, unit) = (kind?.to_string(), unit?.to_string());
        Some(NewItem { key, party, code, name: name?, r#type, unit, body: json!(details) })
    });
    faults.finish(read)
}

fn read_area(item: &Value, pointer: &str, faults: &mut Faults) -> Option<AreaCode> {
    let code = text(item, pointer, MAX_LINE, faults)?;
    let area = id::<AreaCode>(&code, pointer, faults)?;
    if is_built_in(&area) {
        return Some(area);
    }
    faults.push(pointer, Some(&code), Fault::UnknownArea { allowed: BUILT_IN_AREAS.join(", ") });
    None
}

/// The coordinator in whose name the principal keeps the catalogue.
fn keeper(principal: &Principal) -> Result<PartyKey, AppError> {
    allow(principal, Action::KeepItems, None)?;
    let party = principal.mandate_of(PartyKind::Coordinator).map(|mandate| mandate.party);
    party.ok_or(AppError::Forbidden { action: Action::KeepItems.name() })
}

/// Enters an item.
pub async fn create(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    document: &Value,
) -> Result<Item, AppError> {
    let keeper = keeper(principal)?;
    Ok(transaction.add_item(&read(document, new_key(), keeper, None)?).await?)
}

/// Rewrites an item; its code stays.
pub async fn rewrite(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ItemKey,
    expected: i64,
    document: &Value,
) -> Result<Item, AppError> {
    let keeper = keeper(principal)?;
    let before = get(transaction, key).await?;
    let new = read(document, key, keeper, Some(&before.code))?;
    Ok(transaction.change_item(key, expected, keeper, &new).await?)
}

/// Takes an item out of use.
pub async fn retire(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ItemKey,
    expected: i64,
    reason: Option<&str>,
) -> Result<Item, AppError> {
    let keeper = keeper(principal)?;
    Ok(transaction.retire_item(key, expected, keeper, reason).await?)
}

/// An item. Everybody may see it.
pub async fn get(session: &mut Session, key: ItemKey) -> Result<Item, AppError> {
    Ok(session.item(key).await?)
}

/// Items in use, or all, a page at a time.
pub async fn list(session: &mut Session, with_retired: bool, page: &Page) -> Result<Vec<Item>, AppError> {
    Ok(session.items(with_retired, page).await?)
}
