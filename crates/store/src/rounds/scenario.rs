//! Scenarios: a round's frozen content with named settings. Settings of a scenario stay as they are once it was run, or one
//! based on it; a different wish is a new scenario based on it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::audit::Entry;
use crate::bounds;
use crate::dialect::lock;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, not_found, same_version};
use crate::keys::{RoundKey, ScenarioKey};
use crate::page;
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, visible_to};

/// Runs of a scenario and of all that are based on it.
const RUNS_OF_BASED: &str = "WITH RECURSIVE based (id) AS (SELECT id FROM scenarios WHERE id = $1 \
     UNION SELECT s.id FROM scenarios s JOIN based b ON s.base = b.id) \
     SELECT COUNT(*) AS runs FROM runs WHERE scenario IN (SELECT id FROM based)";

/// A scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scenario {
    /// Its key.
    pub key: ScenarioKey,
    /// The round it belongs to.
    pub round: RoundKey,
    /// The scenario it was made from.
    pub base: Option<ScenarioKey>,
    /// As shown, unique within the round.
    pub name: String,
    /// What it sets instead of the round's settings.
    pub settings: Value,
    /// Rises with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A scenario to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewScenario {
    /// Its key.
    pub key: ScenarioKey,
    /// The round it belongs to.
    pub round: RoundKey,
    /// The scenario it is made from.
    pub base: Option<ScenarioKey>,
    /// Unique within the round.
    pub name: String,
    /// What it sets.
    pub settings: Value,
}

impl Scenario {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            round: row.get("round")?,
            base: row.get("base")?,
            name: row.get("name")?,
            settings: row.json("settings")?,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl Session {
    /// A scenario the viewer may see.
    pub async fn scenario(&mut self, viewer: &Viewer, key: ScenarioKey) -> Result<Scenario, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM scenarios t WHERE t.id = $1 AND ").bind(key);
        page::any(&mut select, &visible_to(viewer, TenantTable::Scenarios));
        let row = self.fetch_optional(select).await?;
        Scenario::read(&row.ok_or_else(|| not_found("scenario", key))?)
    }

    /// Scenarios of a round that the viewer may see, oldest first.
    pub async fn scenarios(&mut self, viewer: &Viewer, round: RoundKey) -> Result<Vec<Scenario>, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM scenarios t WHERE t.round = $1 AND ").bind(round);
        page::any(&mut select, &visible_to(viewer, TenantTable::Scenarios));
        select.push(" ORDER BY t.id LIMIT 500");
        let rows = self.fetch_all(select).await?;
        rows.iter().map(Scenario::read).collect()
    }
}

impl AuditedTransaction {
    /// Makes a scenario.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the round has one of this name.
    pub async fn add_scenario(&mut self, new: &NewScenario) -> Result<Scenario, StoreError> {
        bounds::texts([new.name.as_str()])?;
        let round = self.round(&Viewer::system(), new.round).await?;
        let scenario = Scenario {
            key: new.key,
            round: new.round,
            base: new.base,
            name: new.name.clone(),
            settings: new.settings.clone(),
            version: 1,
            created_at: self.at(),
            updated_at: self.at(),
        };
        let insert = Statement::of(
            "INSERT INTO scenarios (id, round, base, name, settings, version, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, 1, $6, $6)",
        );
        let insert = insert.bind(new.key).bind(new.round).bind(new.base).bind(&new.name);
        let insert = insert.bind(bounds::body(&new.settings)?).bind(scenario.created_at);
        let entry = Entry::of(round.party, "scenario.create", "scenario", new.key.uuid()).after(&scenario);
        self.change(insert, entry).await?;
        Ok(scenario)
    }

    /// Versions of scenarios as they stand, and as they stay until this transaction ends.
    pub async fn hold_scenarios(
        &mut self,
        scenarios: &[ScenarioKey],
    ) -> Result<BTreeMap<ScenarioKey, i64>, StoreError> {
        if scenarios.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut select = Statement::of("SELECT id, version FROM scenarios WHERE ");
        select.condition(&Condition::of("id IN ").list(scenarios.iter().copied())).push(" ORDER BY id");
        select.push(lock::for_share(self.engine()));
        self.fetch_all(select).await?.iter().map(|row| Ok((row.get("id")?, row.get("version")?))).collect()
    }

    /// Rewrites a scenario that was never run, nor any that is based on it.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] when one was run.
    pub async fn change_scenario(
        &mut self,
        key: ScenarioKey,
        expected: i64,
        name: &str,
        settings: &Value,
    ) -> Result<Scenario, StoreError> {
        bounds::texts([name])?;
        let before = self.scenario(&Viewer::system(), key).await?;
        same_version("scenario", key, expected, before.version)?;
        let round = self.round(&Viewer::system(), before.round).await?;
        let after = Scenario {
            name: name.to_owned(),
            settings: settings.clone(),
            version: expected + 1,
            updated_at: self.at(),
            ..before.clone()
        };
        let update = Statement::of(
            "UPDATE scenarios SET name = $3, settings = $4, updated_at = $5, version = version + 1 \
             WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(name).bind(bounds::body(settings)?).bind(after.updated_at);
        let entry = Entry::of(round.party, "scenario.change", "scenario", key.uuid()).before(&before).after(&after);
        changed_one(self.change(update, entry).await?)?;
        // Asked once the row is changed: whoever starts a run holds it until the run can be counted here.
        if self.number(Statement::of(RUNS_OF_BASED).bind(key), "runs").await? > 0 {
            return Err(StoreError::WrongState {
                kind: "scenario",
                key: key.to_string(),
                expected: "never run".to_owned(),
                actual: "run".to_owned(),
            });
        }
        Ok(after)
    }
}
