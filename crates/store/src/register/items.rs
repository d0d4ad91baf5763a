//! The catalogue of items: what is usually asked for, in which unit, with what else. Everybody may see it.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, in_use, not_found, same_version};
use crate::keys::{ItemKey, PartyKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;

const LISTED: Listed = Listed { table: "items", orders: BY_TIME };

/// An item.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Its key.
    pub key: ItemKey,
    /// The coordinator who entered it; `None`: it came with the program.
    pub party: Option<PartyKey>,
    /// Name used by components and offers, unique.
    pub code: String,
    /// As shown.
    pub name: String,
    /// Type of help.
    pub r#type: String,
    /// Usual unit.
    pub unit: String,
    /// Areas, bundle, costs and everything else.
    pub body: Value,
    /// When it was retired; it is then no longer suggested.
    pub retired_at: Option<Timestamp>,
    /// Rises with every change.
    pub version: i64,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// An item to be registered.
#[derive(Debug, Clone, PartialEq)]
pub struct NewItem {
    /// Its key.
    pub key: ItemKey,
    /// The coordinator who enters it.
    pub party: PartyKey,
    /// Unique.
    pub code: String,
    /// As shown.
    pub name: String,
    /// Type of help.
    pub r#type: String,
    /// Usual unit.
    pub unit: String,
    /// Everything else.
    pub body: Value,
}

impl Item {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            party: row.get("party")?,
            code: row.get("code")?,
            name: row.get("name")?,
            r#type: row.get("type")?,
            unit: row.get("unit")?,
            body: row.json("body")?,
            retired_at: row.time_optional("retired_at")?,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl Session {
    /// An item by key.
    pub async fn item(&mut self, key: ItemKey) -> Result<Item, StoreError> {
        let row = self.fetch_optional(Statement::of("SELECT * FROM items WHERE id = $1").bind(key)).await?;
        Item::read(&row.ok_or_else(|| not_found("item", key))?)
    }

    /// Items, a page at a time: those in use, or all.
    pub async fn items(&mut self, with_retired: bool, page: &Page) -> Result<Vec<Item>, StoreError> {
        let filter: Vec<_> = (!with_retired).then(|| Condition::of("t.retired_at IS NULL")).into_iter().collect();
        let rows = self.fetch_all(page::select(&LISTED, &[Condition::of("1 = 1")], &filter, page)?).await?;
        rows.iter().map(Item::read).collect()
    }
}

impl AuditedTransaction {
    /// Registers an item.
    pub async fn add_item(&mut self, new: &NewItem) -> Result<Item, StoreError> {
        bounds::texts([&new.code, &new.name, &new.r#type, &new.unit].map(String::as_str))?;
        let item = Item {
            key: new.key,
            party: Some(new.party),
            code: new.code.clone(),
            name: new.name.clone(),
            r#type: new.r#type.clone(),
            unit: new.unit.clone(),
            body: new.body.clone(),
            retired_at: None,
            version: 1,
            created_at: self.at(),
            updated_at: self.at(),
        };
        let insert = Statement::of(
            "INSERT INTO items (id, party, code, name, type, unit, body, version, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $8)",
        );
        let insert = insert.bind(new.key).bind(new.party).bind(&new.code).bind(&new.name);
        let insert = insert.bind(&new.r#type).bind(&new.unit).bind(bounds::body(&new.body)?).bind(item.created_at);
        let entry = Entry::of(new.party, "item.create", "item", new.key.uuid()).after(&item);
        self.change(insert, entry).await?;
        Ok(item)
    }

    /// Rewrites an item; its code stays. `keeper` is the coordinator who does.
    pub async fn change_item(
        &mut self,
        key: ItemKey,
        expected: i64,
        keeper: PartyKey,
        new: &NewItem,
    ) -> Result<Item, StoreError> {
        bounds::texts([&new.name, &new.r#type, &new.unit].map(String::as_str))?;
        let before = self.item(key).await?;
        same_version("item", key, expected, before.version)?;
        in_use("item", key, before.retired_at)?;
        let after = Item {
            party: Some(keeper),
            name: new.name.clone(),
            r#type: new.r#type.clone(),
            unit: new.unit.clone(),
            body: new.body.clone(),
            version: expected + 1,
            updated_at: self.at(),
            ..before.clone()
        };
        let update = Statement::of(
            "UPDATE items SET party = $3, name = $4, type = $5, unit = $6, body = $7, updated_at = $8, \
             version = version + 1 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(keeper).bind(&new.name).bind(&new.r#type).bind(&new.unit);
        let update = update.bind(bounds::body(&new.body)?).bind(after.updated_at);
        let entry = Entry::of(keeper, "item.change", "item", key.uuid()).before(&before).after(&after);
        changed_one(self.change(update, entry).await?)?;
        Ok(after)
    }

    /// Takes an item out of use. What was frozen with it stays as it is.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] when it was retired before.
    pub async fn retire_item(
        &mut self,
        key: ItemKey,
        expected: i64,
        keeper: PartyKey,
        reason: Option<&str>,
    ) -> Result<Item, StoreError> {
        let before = self.item(key).await?;
        same_version("item", key, expected, before.version)?;
        in_use("item", key, before.retired_at)?;
        let after =
            Item { retired_at: Some(self.at()), version: expected + 1, updated_at: self.at(), ..before.clone() };
        let update = Statement::of(
            "UPDATE items SET retired_at = $3, updated_at = $3, version = version + 1 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(self.at());
        let entry = Entry::of(keeper, "item.retire", "item", key.uuid()).before(&before).after(&after);
        changed_one(self.change(update, entry.reason(reason)).await?)?;
        Ok(after)
    }
}
