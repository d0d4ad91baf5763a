//! Programmes: help that is under way already (¶94).

use jiff::Timestamp;
use needmatch_domain::scenario::Visibility;
use serde::Serialize;
use serde_json::Value;

use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, in_use, not_found, same_version};
use crate::keys::{PartyKey, ProgrammeKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, listed_to, visible_to};

const LISTED: Listed = Listed { table: "programmes", orders: BY_TIME };

/// Where a programme stands before and after somebody who may stands by it, as the audit log says.
const REGISTERED: &str = "registered";
const CONFIRMED: &str = "confirmed";

/// A programme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Programme {
    /// Its key.
    pub key: ProgrammeKey,
    /// Who registered it.
    pub party: PartyKey,
    /// What it says.
    pub content: ProgrammeContent,
    /// When the state it is for, or a coordinator, stood by it; only then does it take part in rounds. Left out where none
    /// has, so that older rows hash as they did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
    /// When it was retired; it then takes part in no round any more.
    pub retired_at: Option<Timestamp>,
    /// Rises with every change.
    pub version: i64,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// What a programme says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProgrammeContent {
    /// Name used by people and frozen problems, unique among programmes.
    pub reference: String,
    /// The owner's own key, unique within the party.
    pub external_id: Option<String>,
    /// One line for people.
    pub title: String,
    /// State code.
    pub state: String,
    /// Area code.
    pub area: String,
    /// Who may see it.
    pub visibility: Visibility,
    /// Everything else.
    pub body: Value,
}

/// A programme to be registered.
#[derive(Debug, Clone, PartialEq)]
pub struct NewProgramme {
    /// Its key.
    pub key: ProgrammeKey,
    /// Who registers it.
    pub party: PartyKey,
    /// What it says.
    pub content: ProgrammeContent,
    /// Whether who registers it may stand by it.
    pub is_confirmed: bool,
}

/// What a list is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProgrammeFilter {
    /// Of this party.
    pub party: Option<PartyKey>,
    /// In this state.
    pub state: Option<String>,
    /// In this area.
    pub area: Option<String>,
    /// Retired ones too.
    pub with_retired: bool,
}

impl ProgrammeFilter {
    pub(crate) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.party.map(|party| Condition::of("t.party = ").value(party)));
        conditions.extend(self.state.as_ref().map(|state| Condition::of("t.state = ").value(state)));
        conditions.extend(self.area.as_ref().map(|area| Condition::of("t.area = ").value(area)));
        conditions.extend((!self.with_retired).then(|| Condition::of("t.retired_at IS NULL")));
        conditions
    }
}

impl Programme {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            party: row.get("party")?,
            content: ProgrammeContent {
                reference: row.get("reference")?,
                external_id: row.get("external_id")?,
                title: row.get("title")?,
                state: row.get("state")?,
                area: row.get("area")?,
                visibility: row.parse("visibility")?,
                body: row.json("body")?,
            },
            confirmed_at: row.time_optional("confirmed_at")?,
            retired_at: row.time_optional("retired_at")?,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl ProgrammeContent {
    fn check(&self) -> Result<(), StoreError> {
        let texts = [&self.reference, &self.title, &self.state, &self.area];
        bounds::texts(texts.into_iter().chain(&self.external_id).map(String::as_str))
    }
}

impl Session {
    /// A programme the viewer may see.
    pub async fn programme(&mut self, viewer: &Viewer, key: ProgrammeKey) -> Result<Programme, StoreError> {
        let found = self.visible_programme(viewer, Condition::of("t.id = ").value(key)).await?;
        found.ok_or_else(|| not_found("programme", key))
    }

    /// A programme the viewer may see, by its owner's own key.
    pub async fn programme_by_external_id(
        &mut self,
        viewer: &Viewer,
        party: PartyKey,
        external_id: &str,
    ) -> Result<Option<Programme>, StoreError> {
        let by = Condition::of("t.party = ").value(party).text(" AND t.external_id = ").value(external_id);
        self.visible_programme(viewer, by).await
    }

    async fn visible_programme(&mut self, viewer: &Viewer, by: Condition) -> Result<Option<Programme>, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM programmes t WHERE ");
        select.condition(&by).push(" AND ");
        page::any(&mut select, &visible_to(viewer, TenantTable::Programmes));
        self.fetch_optional(select).await?.as_ref().map(Programme::read).transpose()
    }

    /// Programmes the viewer may see, a page at a time.
    pub async fn programmes(
        &mut self,
        viewer: &Viewer,
        filter: &ProgrammeFilter,
        page: &Page,
    ) -> Result<Vec<Programme>, StoreError> {
        let branches = listed_to(viewer, TenantTable::Programmes, filter.party);
        let rows = self.fetch_all(page::select(&LISTED, &branches, &filter.conditions(), page)?).await?;
        rows.iter().map(Programme::read).collect()
    }
}

impl AuditedTransaction {
    /// Registers a programme.
    pub async fn add_programme(&mut self, new: &NewProgramme) -> Result<Programme, StoreError> {
        let content = &new.content;
        content.check()?;
        let programme = Programme {
            key: new.key,
            party: new.party,
            content: content.clone(),
            confirmed_at: new.is_confirmed.then_some(self.at()),
            retired_at: None,
            version: 1,
            created_at: self.at(),
            updated_at: self.at(),
        };
        let insert = Statement::of(
            "INSERT INTO programmes (id, party, reference, external_id, title, state, area, visibility, body, version, \
             created_at, updated_at, confirmed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10, $11)",
        );
        let insert = insert.bind(new.key).bind(new.party).bind(&content.reference).bind(content.external_id.clone());
        let insert = insert.bind(&content.title).bind(&content.state).bind(&content.area);
        let insert = insert.bind(content.visibility.name()).bind(bounds::body(&content.body)?).bind(self.at());
        let insert = insert.bind(programme.confirmed_at);
        let entry = Entry::of(new.party, "programme.create", "programme", new.key.uuid()).after(&programme);
        self.change(insert, entry).await?;
        Ok(programme)
    }

    /// Rewrites what a programme says. It is confirmed no more, unless who rewrites it may stand by it.
    pub async fn change_programme(
        &mut self,
        key: ProgrammeKey,
        expected: i64,
        content: &ProgrammeContent,
        is_confirmed: bool,
    ) -> Result<Programme, StoreError> {
        content.check()?;
        let before = self.programme(&Viewer::system(), key).await?;
        same_version("programme", key, expected, before.version)?;
        in_use("programme", key, before.retired_at)?;
        let after = Programme {
            content: content.clone(),
            confirmed_at: is_confirmed.then_some(before.confirmed_at.unwrap_or(self.at())),
            version: expected + 1,
            updated_at: self.at(),
            ..before.clone()
        };
        let update = Statement::of(
            "UPDATE programmes SET reference = $3, external_id = $4, title = $5, state = $6, area = $7, visibility = $8, \
             body = $9, updated_at = $10, confirmed_at = $11, version = version + 1 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(&content.reference).bind(content.external_id.clone());
        let update = update.bind(&content.title).bind(&content.state).bind(&content.area);
        let update = update.bind(content.visibility.name()).bind(bounds::body(&content.body)?).bind(self.at());
        let update = update.bind(after.confirmed_at);
        let entry = Entry::of(before.party, "programme.change", "programme", key.uuid()).before(&before).after(&after);
        changed_one(self.change(update, entry).await?)?;
        Ok(after)
    }

    /// Notes that the state a programme is for, or a coordinator, stands by it.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] when one did before, or it was retired.
    pub async fn confirm_programme(
        &mut self,
        key: ProgrammeKey,
        expected: i64,
        reason: Option<&str>,
    ) -> Result<Programme, StoreError> {
        let before = self.programme(&Viewer::system(), key).await?;
        same_version("programme", key, expected, before.version)?;
        in_use("programme", key, before.retired_at)?;
        if before.confirmed_at.is_some() {
            let (kind, key) = ("programme", key.to_string());
            let (expected, actual) = ("in use".to_owned(), CONFIRMED.to_owned());
            return Err(StoreError::WrongState { kind, key, expected, actual });
        }
        let after =
            Programme { confirmed_at: Some(self.at()), version: expected + 1, updated_at: self.at(), ..before.clone() };
        let update = Statement::of(
            "UPDATE programmes SET confirmed_at = $3, updated_at = $3, version = version + 1 \
             WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(self.at());
        let entry = Entry::of(before.party, "programme.confirm", "programme", key.uuid()).before(&before).after(&after);
        let entry = entry.step("confirm", Some(REGISTERED), CONFIRMED).reason(reason);
        changed_one(self.change(update, entry).await?)?;
        Ok(after)
    }

    /// Takes a programme out of use. What was frozen with it stays as it is.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] when it was retired before.
    pub async fn retire_programme(
        &mut self,
        key: ProgrammeKey,
        expected: i64,
        reason: Option<&str>,
    ) -> Result<Programme, StoreError> {
        let before = self.programme(&Viewer::system(), key).await?;
        same_version("programme", key, expected, before.version)?;
        in_use("programme", key, before.retired_at)?;
        let after =
            Programme { retired_at: Some(self.at()), version: expected + 1, updated_at: self.at(), ..before.clone() };
        let update = Statement::of(
            "UPDATE programmes SET retired_at = $3, updated_at = $3, version = version + 1 \
             WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(self.at());
        let entry = Entry::of(before.party, "programme.retire", "programme", key.uuid()).before(&before).after(&after);
        changed_one(self.change(update, entry.reason(reason)).await?)?;
        Ok(after)
    }
}
