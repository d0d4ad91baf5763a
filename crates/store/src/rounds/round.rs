//! Rounds.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::snapshot;
use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, not_found, same_version};
use crate::keys::{PartyKey, RoundKey, RunKey};
use crate::moving::Move;
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, visible_to};
use crate::words::RoundLifecycle;

const LISTED: Listed = Listed { table: "rounds", orders: BY_TIME };

/// A round.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Round {
    /// Its key.
    pub key: RoundKey,
    /// The coordinator who runs it.
    pub party: PartyKey,
    /// As shown.
    pub name: String,
    /// Where it stands.
    pub lifecycle: RoundLifecycle,
    /// Periods, currency, thresholds and everything else its scenarios start from.
    pub settings: Value,
    /// Until when requests and offers come in; when it was opened where nobody has set that.
    pub cut_off_at: Timestamp,
    /// SHA-256 of what it was frozen to; see [`Session::snapshot`].
    pub snapshot: Option<String>,
    /// Rises with every change.
    pub version: i64,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A round to be opened.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRound {
    /// Its key.
    pub key: RoundKey,
    /// The coordinator who runs it.
    pub party: PartyKey,
    /// As shown.
    pub name: String,
    /// What its scenarios start from.
    pub settings: Value,
    /// Until when requests and offers come in.
    pub cut_off_at: Timestamp,
}

impl Round {
    /// Until when requests and offers come in, where somebody has set that: later than that it may be frozen, without
    /// what came in after it.
    pub fn cut_off(&self) -> Option<Timestamp> {
        (self.cut_off_at != self.created_at).then_some(self.cut_off_at)
    }

    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            party: row.get("party")?,
            name: row.get("name")?,
            lifecycle: row.parse("lifecycle")?,
            settings: row.json("settings")?,
            cut_off_at: row.time("cut_off_at")?,
            snapshot: row.get("snapshot")?,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl Session {
    /// A round the viewer may see.
    pub async fn round(&mut self, viewer: &Viewer, key: RoundKey) -> Result<Round, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM rounds t WHERE t.id = $1 AND ").bind(key);
        page::any(&mut select, &visible_to(viewer, TenantTable::Rounds));
        let row = self.fetch_optional(select).await?;
        Round::read(&row.ok_or_else(|| not_found("round", key))?)
    }

    /// Rounds the viewer may see, all or in one state.
    pub async fn rounds(
        &mut self,
        viewer: &Viewer,
        lifecycle: Option<RoundLifecycle>,
        page: &Page,
    ) -> Result<Vec<Round>, StoreError> {
        let filter: Vec<_> = lifecycle.map(|word| Condition::of("t.lifecycle = ").value(word)).into_iter().collect();
        let branches = visible_to(viewer, TenantTable::Rounds);
        let rows = self.fetch_all(page::select(&LISTED, &branches, &filter, page)?).await?;
        rows.iter().map(Round::read).collect()
    }
}

impl AuditedTransaction {
    /// Opens a round.
    pub async fn add_round(&mut self, new: &NewRound) -> Result<Round, StoreError> {
        bounds::texts([new.name.as_str()])?;
        let round = Round {
            key: new.key,
            party: new.party,
            name: new.name.clone(),
            lifecycle: RoundLifecycle::Open,
            settings: new.settings.clone(),
            cut_off_at: new.cut_off_at,
            snapshot: None,
            version: 1,
            created_at: self.at(),
            updated_at: self.at(),
        };
        let insert = Statement::of(
            "INSERT INTO rounds (id, party, name, lifecycle, settings, cut_off_at, version, created_at, updated_at) \
             VALUES ($1, $2, $3, 'open', $4, $5, 1, $6, $6)",
        );
        let insert = insert.bind(new.key).bind(new.party).bind(&new.name).bind(bounds::body(&new.settings)?);
        let insert = insert.bind(new.cut_off_at).bind(round.created_at);
        let entry = Entry::of(new.party, "round.create", "round", new.key.uuid()).after(&round);
        self.change(insert, entry.step("open", None, round.lifecycle)).await?;
        Ok(round)
    }

    /// Rewrites an open round.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] once it is frozen.
    pub async fn change_round(
        &mut self,
        key: RoundKey,
        expected: i64,
        name: &str,
        settings: &Value,
        cut_off_at: Timestamp,
    ) -> Result<Round, StoreError> {
        bounds::texts([name])?;
        let before = self.round_at(key, expected, RoundLifecycle::Open).await?;
        let after = Round {
            name: name.to_owned(),
            settings: settings.clone(),
            cut_off_at,
            version: expected + 1,
            updated_at: self.at(),
            ..before.clone()
        };
        let update = Statement::of(
            "UPDATE rounds SET name = $3, settings = $4, cut_off_at = $5, updated_at = $6, version = version + 1 \
             WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(name).bind(bounds::body(settings)?);
        let update = update.bind(cut_off_at).bind(self.at());
        self.finish_round("round.change", update, &before, after, None, None).await
    }

    /// Fixes an open round to its content, kept under its hash.
    pub async fn freeze_round(&mut self, key: RoundKey, expected: i64, content: &[u8]) -> Result<Round, StoreError> {
        let before = self.round_at(key, expected, RoundLifecycle::Open).await?;
        let sha256 = snapshot::keep(self, content).await?;
        let after = Round {
            lifecycle: RoundLifecycle::Frozen,
            snapshot: Some(sha256.clone()),
            version: expected + 1,
            updated_at: self.at(),
            ..before.clone()
        };
        let update = Statement::of(
            "UPDATE rounds SET lifecycle = 'frozen', snapshot = $3, updated_at = $4, version = version + 1 \
             WHERE id = $1 AND version = $2 AND lifecycle = 'open'",
        );
        let update = update.bind(key).bind(expected).bind(&sha256).bind(self.at());
        self.finish_round("round.freeze", update, &before, after, Some("freeze"), None).await
    }

    /// Publishes one finished run of a frozen round.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the run is not of this round or ended without a plan.
    pub async fn publish_round(&mut self, key: RoundKey, expected: i64, run: RunKey) -> Result<Round, StoreError> {
        let before = self.round_at(key, expected, RoundLifecycle::Frozen).await?;
        let publish = Statement::of(
            "UPDATE runs SET version = version + 1, published_at = $3 WHERE id = $1 AND round = $2 AND lifecycle IN ('succeeded', 'limit')",
        );
        let entry = Entry::of(before.party, "run.publish", "run", run.uuid());
        let publish = publish.bind(run).bind(key).bind(self.at());
        if self.change(publish, entry).await? == 0 {
            return Err(not_found("finished run of this round", run));
        }
        self.step_round(before, Move::by("publish", RoundLifecycle::Published)).await
    }

    /// Moves a published round on.
    pub async fn move_round(
        &mut self,
        key: RoundKey,
        expected: i64,
        from: RoundLifecycle,
        taken: Move<'_, RoundLifecycle>,
    ) -> Result<Round, StoreError> {
        let before = self.round_at(key, expected, from).await?;
        self.step_round(before, taken).await
    }

    async fn step_round(&mut self, before: Round, taken: Move<'_, RoundLifecycle>) -> Result<Round, StoreError> {
        let Move { step, to, reason } = taken;
        let after = Round { lifecycle: to, version: before.version + 1, updated_at: self.at(), ..before.clone() };
        let update = Statement::of(
            "UPDATE rounds SET lifecycle = $3, updated_at = $4, version = version + 1 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(before.key).bind(before.version).bind(to).bind(self.at());
        self.finish_round("round.move", update, &before, after, Some(step), reason).await
    }

    async fn round_at(&mut self, key: RoundKey, expected: i64, state: RoundLifecycle) -> Result<Round, StoreError> {
        let before = self.round(&Viewer::system(), key).await?;
        same_version("round", key, expected, before.version)?;
        if before.lifecycle == state {
            return Ok(before);
        }
        Err(StoreError::WrongState {
            kind: "round",
            key: key.to_string(),
            expected: state.to_string(),
            actual: before.lifecycle.to_string(),
        })
    }

    async fn finish_round(
        &mut self,
        action: &'static str,
        update: Statement,
        before: &Round,
        after: Round,
        step: Option<&'static str>,
        reason: Option<&str>,
    ) -> Result<Round, StoreError> {
        let mut entry = Entry::of(before.party, action, "round", before.key.uuid()).before(before).after(&after);
        if let Some(step) = step {
            entry = entry.step(step, Some(before.lifecycle), after.lifecycle);
        }
        changed_one(self.change(update, entry.reason(reason)).await?)?;
        Ok(after)
    }
}
