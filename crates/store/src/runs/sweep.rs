//! Sweeps: one scenario under many settings, each an ordinary run. All of a sweep's runs come in one transaction, and
//! workers take them after the runs that were started one at a time.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::{NewRun, Run};
use crate::audit::Entry;
use crate::bounds;
use crate::engine::{Row, from_json};
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::{PersonKey, RoundKey, RunKey, ScenarioKey, SweepKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::rounds;
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, visible_to};
use crate::words::RunLifecycle;

const LISTED: Listed = Listed { table: "sweeps", orders: BY_TIME };

/// A sweep.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sweep {
    /// Its key.
    pub key: SweepKey,
    /// The scenario that is varied.
    pub scenario: ScenarioKey,
    /// The round of the scenario.
    pub round: RoundKey,
    /// What is varied, as it was asked for.
    pub vary: Value,
    /// SHA-256 of the problem of the scenario as it stands, by which every plan is measured.
    pub problem: String,
    /// Settings, each a run.
    pub settings: i64,
    /// Who started it.
    pub started_by: Option<PersonKey>,
    /// When it was started.
    pub created_at: Timestamp,
    /// When somebody wished it to end.
    pub cancelled_at: Option<Timestamp>,
}

impl Sweep {
    /// Its version: one while nobody has wished it to end, two from then on. How far its runs are is theirs.
    pub fn version(&self) -> i64 {
        1 + i64::from(self.cancelled_at.is_some())
    }
}

/// A sweep to be started.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSweep {
    /// Its key.
    pub key: SweepKey,
    /// The scenario to vary.
    pub scenario: ScenarioKey,
    /// What is varied, as it was asked for.
    pub vary: Value,
    /// Canonical JSON of the problem of the scenario as it stands.
    pub problem: Vec<u8>,
    /// In the order of the table.
    pub settings: Vec<NewSetting>,
}

/// A setting of a sweep to be started.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSetting {
    /// As shown, unique within the sweep.
    pub name: String,
    /// Canonical JSON of what is laid over the scenario.
    pub overrides: Vec<u8>,
    /// Key of its run.
    pub run: RunKey,
    /// Canonical JSON of its frozen problem.
    pub problem: Vec<u8>,
    /// Gap, seconds, threads.
    pub settings: Value,
}

/// A setting of a sweep, with what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct SweptSetting {
    /// Place in the table, from 0.
    pub position: i64,
    /// As shown.
    pub name: String,
    /// SHA-256 of what is laid over the scenario; see [`Session::snapshot`].
    pub overrides: String,
    /// Its run.
    pub run: Run,
    /// What the worker measured of its plan.
    pub measured: Option<Value>,
}

/// How many runs of a sweep are in which state.
pub type Counts = BTreeMap<RunLifecycle, i64>;

/// What a list is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SweepFilter {
    /// Of this round.
    pub round: Option<RoundKey>,
    /// Of this scenario.
    pub scenario: Option<ScenarioKey>,
}

/// What the audit log says of a start: which run solves what under which overrides.
#[derive(Serialize)]
struct Started<'s> {
    sweep: &'s Sweep,
    settings: Vec<(&'s str, String, RunKey, String)>,
}

impl SweepFilter {
    pub(crate) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.round.map(|round| Condition::of("t.round = ").value(round)));
        conditions.extend(self.scenario.map(|scenario| Condition::of("t.scenario = ").value(scenario)));
        conditions
    }
}

impl Sweep {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            scenario: row.get("scenario")?,
            round: row.get("round")?,
            vary: row.json("vary")?,
            problem: row.get("problem")?,
            settings: row.get("settings")?,
            started_by: row.get("started_by")?,
            created_at: row.time("created_at")?,
            cancelled_at: row.time_optional("cancelled_at")?,
        })
    }
}

impl Session {
    /// A sweep the viewer may see.
    pub async fn sweep(&mut self, viewer: &Viewer, key: SweepKey) -> Result<Sweep, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM sweeps t WHERE t.id = $1 AND ").bind(key);
        page::any(&mut select, &visible_to(viewer, TenantTable::Sweeps));
        let row = self.fetch_optional(select).await?;
        Sweep::read(&row.ok_or_else(|| not_found("sweep", key))?)
    }

    /// Sweeps the viewer may see, a page at a time.
    pub async fn sweeps(
        &mut self,
        viewer: &Viewer,
        filter: &SweepFilter,
        page: &Page,
    ) -> Result<Vec<Sweep>, StoreError> {
        let branches = visible_to(viewer, TenantTable::Sweeps);
        let rows = self.fetch_all(page::select(&LISTED, &branches, &filter.conditions(), page)?).await?;
        rows.iter().map(Sweep::read).collect()
    }

    /// How many runs of each sweep are in which state. The caller has found the sweeps visible.
    pub async fn sweep_counts(&mut self, sweeps: &[SweepKey]) -> Result<BTreeMap<SweepKey, Counts>, StoreError> {
        let mut counts: BTreeMap<SweepKey, Counts> = BTreeMap::new();
        if sweeps.is_empty() {
            return Ok(counts);
        }
        let mut select = Statement::of("SELECT sweep, lifecycle, COUNT(*) AS runs FROM runs WHERE ");
        select.condition(&Condition::of("sweep IN ").list(sweeps.iter().copied()));
        select.push(" GROUP BY sweep, lifecycle");
        for row in self.fetch_all(select).await? {
            counts.entry(row.get("sweep")?).or_default().insert(row.parse("lifecycle")?, row.get("runs")?);
        }
        Ok(counts)
    }

    /// The settings of a sweep in order, with what came of each. The caller has found the sweep visible.
    pub async fn swept(&mut self, sweep: SweepKey) -> Result<Vec<SweptSetting>, StoreError> {
        let select = Statement::of(
            "SELECT t.*, s.position, s.name, s.overrides, s.measured FROM sweep_settings s \
             JOIN runs t ON t.id = s.run WHERE s.sweep = $1 ORDER BY s.position",
        );
        let setting = |row: &Row| {
            Ok(SweptSetting {
                position: row.get("position")?,
                name: row.get("name")?,
                overrides: row.get("overrides")?,
                run: Run::read(row)?,
                measured: row.json_optional("measured")?,
            })
        };
        self.fetch_all(select.bind(sweep)).await?.iter().map(setting).collect()
    }

    /// What the run of a setting lays over its scenario.
    pub async fn overrides_of(&mut self, run: RunKey) -> Result<Option<Value>, StoreError> {
        let select = Statement::of("SELECT overrides FROM sweep_settings WHERE run = $1").bind(run);
        let Some(row) = self.fetch_optional(select).await? else { return Ok(None) };
        self.overrides(&row.get::<String>("overrides")?).await.map(Some)
    }

    /// What is kept of overrides under their hash.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when nothing is, or other content.
    pub async fn overrides(&mut self, sha256: &str) -> Result<Value, StoreError> {
        let bytes = self.snapshot(sha256).await?.ok_or_else(|| StoreError::Corrupt {
            column: "sweep_settings.overrides".to_owned(),
            value: sha256.to_owned(),
        })?;
        from_json("snapshots.bytes", &String::from_utf8_lossy(&bytes))
    }
}

impl AuditedTransaction {
    /// Puts the runs of a sweep into the queue, every problem and every setting kept by hash before anything is solved.
    pub async fn start_sweep(&mut self, new: &NewSweep) -> Result<Sweep, StoreError> {
        let scenario = self.scenario(&Viewer::system(), new.scenario).await?;
        let round = self.round(&Viewer::system(), scenario.round).await?;
        bounds::texts(new.settings.iter().map(|setting| setting.name.as_str()))?;
        let problem = rounds::keep(self, &new.problem).await?;
        let settings = i64::try_from(new.settings.len()).unwrap_or(i64::MAX);
        let insert = Statement::of(
            "INSERT INTO sweeps (id, scenario, round, vary, problem, settings, started_by, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        );
        let insert = insert.bind(new.key).bind(new.scenario).bind(scenario.round).bind(bounds::body(&new.vary)?);
        let insert = insert.bind(problem).bind(settings).bind(self.origin().person).bind(self.at());
        self.execute(insert).await?;
        let mut started = Vec::new();
        for (position, setting) in (0_i64..).zip(&new.settings) {
            let run = NewRun {
                key: setting.run,
                scenario: new.scenario,
                problem: setting.problem.clone(),
                settings: setting.settings.clone(),
                sweep: Some(new.key),
                start: None,
            };
            let run = self.start_run(&run).await?;
            let overrides = rounds::keep(self, &setting.overrides).await?;
            let insert = Statement::of(
                "INSERT INTO sweep_settings (run, sweep, position, name, overrides) VALUES ($1, $2, $3, $4, $5)",
            );
            let insert = insert.bind(run.key).bind(new.key).bind(position).bind(&setting.name).bind(&overrides);
            self.execute(insert).await?;
            started.push((setting.name.as_str(), overrides, run.key, run.problem));
        }
        let sweep = self.sweep(&Viewer::system(), new.key).await?;
        let told = Started { sweep: &sweep, settings: started };
        let entry = Entry::of(round.party, "sweep.start", "sweep", new.key.uuid()).after(&told);
        self.note(entry.step("start", None, RunLifecycle::Queued));
        Ok(sweep)
    }

    /// Wishes every run of a sweep to end that has not ended. Answers how many there were.
    pub async fn cancel_sweep(&mut self, key: SweepKey, reason: Option<&str>) -> Result<u64, StoreError> {
        let before = self.sweep(&Viewer::system(), key).await?;
        let round = self.round(&Viewer::system(), before.round).await?;
        let select =
            Statement::of("SELECT id FROM runs WHERE sweep = $1 AND lifecycle IN ('queued', 'running') ORDER BY id");
        let mut wished = 0;
        for row in self.fetch_all(select.bind(key)).await? {
            let run = self.run(&Viewer::system(), row.get("id")?).await?;
            match self.wish_end(&run, reason).await {
                Ok(_) => wished += 1,
                // It ended in this moment.
                Err(StoreError::WrongState { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        if wished == 0 {
            return Ok(0);
        }
        let update = Statement::of("UPDATE sweeps SET cancelled_at = COALESCE(cancelled_at, $2) WHERE id = $1");
        let update = update.bind(key).bind(self.at());
        let after = Sweep { cancelled_at: before.cancelled_at.or(Some(self.at())), ..before.clone() };
        let entry = Entry::of(round.party, "sweep.cancel", "sweep", key.uuid()).before(&before).after(&after);
        let entry = entry.step("cancel", Some(RunLifecycle::Running), RunLifecycle::Cancelled);
        self.change(update, entry.reason(reason)).await?;
        Ok(wished)
    }

    /// Keeps what a worker measured of the plan of a setting. The audit row is that of the run's end.
    pub async fn keep_measured(&mut self, run: RunKey, measured: &Value) -> Result<(), StoreError> {
        let update = Statement::of("UPDATE sweep_settings SET measured = $2 WHERE run = $1");
        self.execute(update.bind(run).bind(bounds::body(measured)?)).await.map(drop)
    }
}
