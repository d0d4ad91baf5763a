//! Tables handed in to be looked at before they are taken: seen by the party that handed them in, and by coordinators.

use jiff::Timestamp;
use needmatch_domain::canonical;
use serde::Serialize;
use serde_json::Value;

use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::forgetting::Old;
use crate::guard::{changed_one, not_found};
use crate::keys::{ImportKey, PartyKey};
use crate::page;
use crate::session::Session;
use crate::statement::Statement;
use crate::store::Store;
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, visible_to};

/// Most bytes of all tables of an import together.
pub const MAX_IMPORT_BYTES: usize = 4 << 20;

/// Tables handed in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Import {
    /// Its key.
    pub key: ImportKey,
    /// Who handed them in.
    pub party: PartyKey,
    /// SHA-256 of the tables.
    pub sha256: String,
    /// What was found when they were looked at.
    pub preview: Value,
    /// When they were handed in.
    pub created_at: Timestamp,
    /// Until when they can be confirmed.
    pub expires_at: Timestamp,
    /// When they were taken.
    pub confirmed_at: Option<Timestamp>,
}

impl Import {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            party: row.get("party")?,
            sha256: row.get("sha256")?,
            preview: row.json("preview")?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
            confirmed_at: row.time_optional("confirmed_at")?,
        })
    }
}

impl Session {
    /// An import the viewer may see.
    pub async fn import(&mut self, viewer: &Viewer, key: ImportKey) -> Result<Import, StoreError> {
        let row = self.visible_import(viewer, key).await?;
        Import::read(&row.ok_or_else(|| not_found("import", key))?)
    }

    /// An import the viewer may see, with the bytes of its tables, unless they are not what was handed in.
    pub async fn import_with_tables(
        &mut self,
        viewer: &Viewer,
        key: ImportKey,
    ) -> Result<(Import, Vec<u8>), StoreError> {
        let row = self.visible_import(viewer, key).await?.ok_or_else(|| not_found("import", key))?;
        let (import, tables) = (Import::read(&row)?, row.get::<Vec<u8>>("tables")?);
        if canonical::sha256(&tables) != import.sha256 {
            return Err(StoreError::Corrupt { column: "tables".to_owned(), value: key.to_string() });
        }
        Ok((import, tables))
    }

    async fn visible_import(&mut self, viewer: &Viewer, key: ImportKey) -> Result<Option<Row>, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM imports t WHERE t.id = $1 AND ").bind(key);
        page::any(&mut select, &visible_to(viewer, TenantTable::Imports));
        self.fetch_optional(select).await
    }
}

impl AuditedTransaction {
    /// Keeps tables that were looked at.
    pub async fn add_import(&mut self, new: &Import, tables: &[u8]) -> Result<(), StoreError> {
        bounds::at_most("tables (bytes)", tables.len(), MAX_IMPORT_BYTES)?;
        let insert = Statement::of(
            "INSERT INTO imports (id, party, sha256, tables, preview, created_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        );
        let insert = insert.bind(new.key).bind(new.party).bind(&new.sha256).bind(tables);
        let insert = insert.bind(bounds::body(&new.preview)?).bind(new.created_at).bind(new.expires_at);
        let entry = Entry::of(new.party, "import.create", "import", new.key.uuid()).after(new);
        self.change(insert, entry.step("preview", None, "previewed")).await.map(drop)
    }

    /// Notes that the tables were taken. They are not kept longer than that.
    pub async fn confirm_import(&mut self, import: &Import) -> Result<Import, StoreError> {
        let update =
            Statement::of("UPDATE imports SET confirmed_at = $2, tables = $3 WHERE id = $1 AND confirmed_at IS NULL");
        let after = Import { confirmed_at: Some(self.at()), ..import.clone() };
        let entry = Entry::of(import.party, "import.confirm", "import", import.key.uuid()).before(import).after(&after);
        let update = update.bind(import.key).bind(self.at()).bind(&[][..]);
        changed_one(self.change(update, entry.step("confirm", Some("previewed"), "confirmed")).await?)?;
        Ok(after)
    }
}

/// Imports whose time is over, taken or not.
pub(crate) const OLD_IMPORTS: Old = Old { table: "imports", key: "id", age: "expires_at < " };

impl Store {
    /// Forgets some imports whose time was over before a moment, taken or not. Answers how many.
    pub async fn forget_imports(&self, before: Timestamp, most: u32) -> Result<u64, StoreError> {
        self.forget(&OLD_IMPORTS, before, most).await
    }
}
