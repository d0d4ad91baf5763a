//! Sweeps: one scenario under many settings, each an ordinary run. All of a sweep's runs come in one transaction, and
//! workers take them after the runs that were started one at a time.

use std::collections::BTreeMap;

use jiff::Timestamp;
use needmatch_domain::canonical;
use serde::Serialize;
use serde_json::Value;

use super::Run;
use crate::audit::Entry;
use crate::bell::Ring;
use crate::bounds;
use crate::dialect::lock;
use crate::engine::{Row, from_json};
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::{PartyKey, PersonKey, RoundKey, RunKey, ScenarioKey, SweepKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::rounds;
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, visible_to};
use crate::words::RunLifecycle;

const LISTED: Listed = Listed { table: "sweeps", orders: BY_TIME };

/// Rows written by one statement.
const ROWS_AT_ONCE: usize = 200;

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
    /// SHA-256 of the problem of the scenario as it stands, kept ahead by [`crate::Store::keep_ahead`].
    pub problem: String,
    /// In the order of the table.
    pub settings: Vec<NewSetting>,
}

/// A setting of a sweep to be started.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSetting {
    /// As shown, unique within the sweep.
    pub name: String,
    /// SHA-256 of what is laid over the scenario, kept ahead likewise.
    pub overrides: String,
    /// Key of its run.
    pub run: RunKey,
    /// SHA-256 of its frozen problem, kept ahead likewise.
    pub problem: String,
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
    settings: Vec<(&'s str, &'s str, RunKey, &'s str)>,
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
        let mut found = self.all_overrides(&[sha256]).await?;
        found.remove(sha256).ok_or_else(|| corrupt(sha256))
    }

    /// As [`Session::overrides`], of several hashes in a statement for every 200.
    pub async fn all_overrides(&mut self, hashes: &[&str]) -> Result<BTreeMap<String, Value>, StoreError> {
        let mut overrides = BTreeMap::new();
        for some in hashes.chunks(ROWS_AT_ONCE) {
            let mut select = Statement::of("SELECT sha256, bytes FROM snapshots WHERE ");
            select.condition(&Condition::of("sha256 IN ").list(some.iter().copied()));
            for row in self.fetch_all(select).await? {
                let (sha256, bytes): (String, Vec<u8>) = (row.get("sha256")?, row.get("bytes")?);
                if canonical::sha256(&bytes) != sha256 {
                    return Err(corrupt(&sha256));
                }
                overrides.insert(sha256, from_json("snapshots.bytes", &String::from_utf8_lossy(&bytes))?);
            }
        }
        let missing = hashes.iter().find(|hash| !overrides.contains_key(**hash));
        missing.map_or(Ok(overrides), |hash| Err(corrupt(hash)))
    }
}

fn corrupt(sha256: &str) -> StoreError {
    StoreError::Corrupt { column: "sweep_settings.overrides".to_owned(), value: sha256.to_owned() }
}

impl AuditedTransaction {
    /// Puts the runs of a sweep into the queue, every problem and every setting kept by hash before anything is solved.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where a problem or a setting that was kept ahead is forgotten already.
    pub async fn start_sweep(&mut self, new: &NewSweep) -> Result<Sweep, StoreError> {
        let scenario = self.scenario(&Viewer::system(), new.scenario).await?;
        let round = self.round(&Viewer::system(), scenario.round).await?;
        bounds::texts(new.settings.iter().map(|setting| setting.name.as_str()))?;
        let hashes = new.settings.iter().flat_map(|setting| [setting.problem.as_str(), setting.overrides.as_str()]);
        rounds::refer_to(self, &hashes.chain([new.problem.as_str()]).collect()).await?;
        let settings = i64::try_from(new.settings.len()).unwrap_or(i64::MAX);
        let insert = Statement::of(
            "INSERT INTO sweeps (id, scenario, round, vary, problem, settings, started_by, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        );
        let insert = insert.bind(new.key).bind(new.scenario).bind(scenario.round).bind(bounds::body(&new.vary)?);
        let insert = insert.bind(&new.problem).bind(settings).bind(self.origin().person).bind(self.at());
        self.execute(insert).await?;
        for (chunk, settings) in new.settings.chunks(ROWS_AT_ONCE).enumerate() {
            self.insert_runs(new, scenario.round, settings).await?;
            self.insert_settings(new.key, chunk * ROWS_AT_ONCE, settings).await?;
        }
        self.note_runs(new.key, round.party).await?;
        let sweep = self.sweep(&Viewer::system(), new.key).await?;
        let settings = new
            .settings
            .iter()
            .map(|setting| (setting.name.as_str(), setting.overrides.as_str(), setting.run, setting.problem.as_str()));
        let entry = Entry::of(round.party, "sweep.start", "sweep", new.key.uuid());
        let entry = entry.after(&Started { sweep: &sweep, settings: settings.collect() });
        self.note(entry.step("start", None, RunLifecycle::Queued));
        self.ring(Ring::Queue);
        Ok(sweep)
    }

    async fn insert_runs(
        &mut self,
        new: &NewSweep,
        round: RoundKey,
        settings: &[NewSetting],
    ) -> Result<(), StoreError> {
        let (person, at) = (self.origin().person, self.at());
        let mut insert = Statement::of(
            "INSERT INTO runs (id, scenario, round, problem, settings, lifecycle, attempt, losses, last_event, started_by, \
             created_at, sweep) VALUES ",
        )
        .of_rows(settings.len());
        for (place, setting) in settings.iter().enumerate() {
            insert.push(if place == 0 { "(" } else { ", (" });
            insert.value(setting.run).push(", ").value(new.scenario).push(", ").value(round).push(", ");
            insert.value(&setting.problem).push(", ").value(bounds::body(&setting.settings)?);
            insert.push(", 'queued', 0, 0, 0, ").value(person).push(", ").value(at).push(", ");
            insert.value(new.key).push(")");
        }
        self.execute(insert).await.map(drop)
    }

    async fn insert_settings(
        &mut self,
        sweep: SweepKey,
        first: usize,
        settings: &[NewSetting],
    ) -> Result<(), StoreError> {
        let mut insert = Statement::of("INSERT INTO sweep_settings (run, sweep, position, name, overrides) VALUES ")
            .of_rows(settings.len());
        for (place, setting) in settings.iter().enumerate() {
            let position = i64::try_from(first + place).unwrap_or(i64::MAX);
            insert.push(if place == 0 { "(" } else { ", (" });
            insert.value(setting.run).push(", ").value(sweep).push(", ").value(position).push(", ");
            insert.value(&setting.name).push(", ").value(&setting.overrides).push(")");
        }
        self.execute(insert).await.map(drop)
    }

    /// Notes the start of every run of a sweep.
    async fn note_runs(&mut self, sweep: SweepKey, chain: PartyKey) -> Result<(), StoreError> {
        for SweptSetting { run, .. } in self.swept(sweep).await? {
            let entry = Entry::of(chain, "run.start", "run", run.key.uuid()).after(&run);
            self.note(entry.step("start", None, run.lifecycle));
        }
        Ok(())
    }

    /// Wishes every run of a sweep to end that has not ended. Answers how many there were.
    pub async fn cancel_sweep(&mut self, key: SweepKey, reason: Option<&str>) -> Result<u64, StoreError> {
        let before = self.sweep(&Viewer::system(), key).await?;
        let round = self.round(&Viewer::system(), before.round).await?;
        let mut under_way =
            Statement::of("SELECT t.* FROM runs t WHERE t.lifecycle IN ('queued', 'running') AND t.sweep = ");
        under_way.value(key).push(" ORDER BY t.id").push(lock::for_update(self.engine()));
        let rows = self.fetch_all(under_way).await?;
        let runs = rows.iter().map(Run::read).collect::<Result<Vec<_>, _>>()?;
        if runs.is_empty() {
            return Ok(0);
        }
        self.wish_ends(&runs, round.party, reason).await?;
        let update = Statement::of("UPDATE sweeps SET cancelled_at = COALESCE(cancelled_at, $2) WHERE id = $1");
        let update = update.bind(key).bind(self.at());
        let after = Sweep { cancelled_at: before.cancelled_at.or(Some(self.at())), ..before.clone() };
        let entry = Entry::of(round.party, "sweep.cancel", "sweep", key.uuid()).before(&before).after(&after);
        let entry = entry.step("cancel", Some(RunLifecycle::Running), RunLifecycle::Cancelled);
        self.change(update, entry.reason(reason)).await?;
        Ok(runs.len() as u64)
    }

    /// Keeps what a worker measured of the plan of a setting. The audit row is that of the run's end.
    pub async fn keep_measured(&mut self, run: RunKey, measured: &Value) -> Result<(), StoreError> {
        let update = Statement::of("UPDATE sweep_settings SET measured = $2 WHERE run = $1");
        self.execute(update.bind(run).bind(bounds::body(measured)?)).await.map(drop)
    }
}
