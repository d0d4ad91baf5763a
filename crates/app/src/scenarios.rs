//! Scenarios: a frozen round with settings of their own, laid over those of their base and of the round.

use needmatch_domain::scenario::{Scenario, Settings};
use needmatch_store::agreements::Decision;
use needmatch_store::keys::{RoundKey, ScenarioKey};
use needmatch_store::rounds::{NewScenario, Round, Scenario as Row};
use needmatch_store::runs::Run;
use needmatch_store::words::RoundLifecycle;
use needmatch_store::{AuditedTransaction, Session, Viewer};
use serde_json::{Value, json};

use crate::apart::apart;
use crate::app::new_key;
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::lifecycle::{ROUND, not_allowed};
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::rounds::{self, FrozenRound, hold_decisions, settings};
use crate::sweeps::lay_over;

/// Longest chain of bases.
const MAX_CHAIN: usize = 10;

/// A scenario as read from a document.
struct Draft {
    name: String,
    base: Option<ScenarioKey>,
    settings: Value,
}

fn read(document: &Value) -> Result<Draft, AppError> {
    let mut faults = Faults::default();
    let draft = Fields::of(document, "", &mut faults).map(|mut fields| {
        let name = fields.required_text("name");
        let base = fields.text("base");
        let key = base.as_deref().and_then(|text| text.parse::<ScenarioKey>().ok());
        if let (Some(text), None) = (&base, key) {
            fields.refuse("base", Some(text), Fault::NotAKey {});
        }
        let settings = fields.value("settings").cloned().unwrap_or_else(|| json!({}));
        fields.finish();
        (name, key, settings)
    });
    faults.finish(draft.and_then(|(name, base, settings)| Some(Draft { name: name?, base, settings })))
}

/// Makes a scenario of a frozen round.
pub async fn create(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    round: RoundKey,
    document: &Value,
) -> Result<Row, AppError> {
    let round = rounds::get(transaction, principal, round).await?;
    allow(principal, Action::PrepareScenario, Some(round.party))?;
    if round.lifecycle != RoundLifecycle::Frozen {
        return Err(not_allowed("round", ROUND, "make a scenario", round.lifecycle));
    }
    let Draft { name, base, settings } = read(document)?;
    let new = NewScenario { key: new_key(), round: round.key, base, name, settings };
    let before = match base {
        Some(base) => match transaction.scenario(&Viewer::system(), base).await {
            Ok(found) if found.round == round.key => Some(found),
            _ => {
                let mut faults = Faults::default();
                faults.push("/base", Some(&base.to_string()), Fault::NotAKey {});
                return faults.finish(None);
            }
        },
        None => None,
    };
    let effective = settings::overlay(&effective(transaction, &round, before).await?, &new.settings);
    let frozen = frozen(transaction, &round).await?;
    settings::read(&effective, &new.name, frozen.states(), "/settings")?;
    Ok(transaction.add_scenario(&new).await?)
}

/// Rewrites a scenario that was never run, nor any that is based on it.
pub async fn rewrite(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ScenarioKey,
    expected: i64,
    document: &Value,
) -> Result<Row, AppError> {
    let before = get(transaction, principal, key).await?;
    let round = rounds::get(transaction, principal, before.round).await?;
    allow(principal, Action::PrepareScenario, Some(round.party))?;
    let Draft { name, base, settings } = read(document)?;
    if base.is_some() && base != before.base {
        let mut faults = Faults::default();
        faults.push("/base", base.map(|key| key.to_string()).as_deref(), Fault::NotAKey {});
        return faults.finish(None);
    }
    let draft = Row { settings: settings.clone(), ..before };
    let effective = effective(transaction, &round, Some(draft)).await?;
    let frozen = frozen(transaction, &round).await?;
    settings::read(&effective, &name, frozen.states(), "/settings")?;
    Ok(transaction.change_scenario(key, expected, &name, &settings).await?)
}

/// A scenario the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: ScenarioKey) -> Result<Row, AppError> {
    Ok(session.scenario(&principal.viewer(), key).await?)
}

/// Scenarios of a round that the principal may see, oldest first.
pub async fn list(session: &mut Session, principal: &Principal, round: RoundKey) -> Result<Vec<Row>, AppError> {
    rounds::get(session, principal, round).await?;
    Ok(session.scenarios(&principal.viewer(), round).await?)
}

/// What every run of a scenario stands on: the round's rows, the decisions that bind, and settings to lay others over.
pub(crate) struct Ground {
    pub(crate) frozen: FrozenRound,
    pub(crate) settings: Value,
    /// The round's, which stands where settings do not name themselves.
    pub(crate) name: String,
    /// The scenario and each of its bases, at the version it was read at.
    pub(crate) versions: Vec<(ScenarioKey, i64)>,
    decisions: Vec<Decision>,
}

impl Ground {
    /// The scenario with these settings.
    pub(crate) fn scenario(&self, settings: Settings) -> Result<Scenario, AppError> {
        let mut scenario = self.frozen.clone().with(settings);
        hold_decisions(&mut scenario, &self.decisions)?;
        Ok(scenario)
    }

    /// The scenario as it stands.
    pub(crate) fn as_it_stands(&self) -> Result<Scenario, AppError> {
        self.scenario(settings::read(&self.settings, &self.name, self.frozen.states(), "/settings")?)
    }
}

/// What runs of the scenario stand on. The caller has decided that it may be read.
pub(crate) async fn ground(session: &mut Session, key: ScenarioKey) -> Result<Ground, AppError> {
    let row = session.scenario(&Viewer::system(), key).await?;
    let round = session.round(&Viewer::system(), row.round).await?;
    let frozen = frozen(session, &round).await?;
    let chain = chain(session, Some(row)).await?;
    let versions = chain.iter().map(|row| (row.key, row.version)).collect();
    let settings = overlaid(&round, chain)?;
    let decisions = session.decisions_of(round.key).await?;
    Ok(Ground { frozen, settings, name: round.name, versions, decisions })
}

/// Everything a run of the scenario is made from. The caller has decided that it may be read.
pub async fn load(session: &mut Session, key: ScenarioKey) -> Result<Scenario, AppError> {
    ground(session, key).await?.as_it_stands()
}

/// Keeps a scenario and its bases as they were read until the transaction ends: what is put into the queue is then what
/// they say.
///
/// # Errors
/// [`AppError::VersionMismatch`] when one of them was rewritten since.
pub(crate) async fn hold(
    transaction: &mut AuditedTransaction,
    versions: &[(ScenarioKey, i64)],
) -> Result<(), AppError> {
    let keys: Vec<ScenarioKey> = versions.iter().map(|(key, _)| *key).collect();
    let standing = transaction.hold_scenarios(&keys).await?;
    for (key, expected) in versions {
        let actual = *standing.get(key).ok_or(AppError::Internal)?;
        AppError::unless_at(*expected, actual)?;
    }
    Ok(())
}

/// Everything a run was made from: its scenario, under the setting of a sweep if it is one. The caller has decided that
/// it may be read.
pub async fn load_of(session: &mut Session, run: &Run) -> Result<Scenario, AppError> {
    match session.overrides_of(run.key).await? {
        Some(overrides) => lay_over(&ground(session, run.scenario).await?, &overrides),
        None => load(session, run.scenario).await,
    }
}

async fn frozen(session: &mut Session, round: &Round) -> Result<FrozenRound, AppError> {
    let Some(sha256) = &round.snapshot else {
        return Err(not_allowed("round", ROUND, "run a scenario", round.lifecycle));
    };
    let bytes = session.snapshot(sha256).await?.ok_or(AppError::Internal)?;
    apart("reading a frozen round", move || FrozenRound::read(&bytes)).await?
}

/// The round's settings, those of every base, and the row's own, each over the one before.
async fn effective(session: &mut Session, round: &Round, row: Option<Row>) -> Result<Value, AppError> {
    overlaid(round, chain(session, row).await?)
}

/// A scenario and its bases, each behind the one that is based on it.
async fn chain(session: &mut Session, row: Option<Row>) -> Result<Vec<Row>, AppError> {
    let mut chain = Vec::new();
    let mut next = row;
    while let Some(row) = next {
        if chain.len() >= MAX_CHAIN {
            return Err(AppError::TooLarge {
                what: "chain of bases".to_owned(),
                actual: MAX_CHAIN as u64 + 1,
                limit: MAX_CHAIN as u64,
            });
        }
        next = match row.base {
            Some(base) => Some(session.scenario(&Viewer::system(), base).await?),
            None => None,
        };
        chain.push(row);
    }
    Ok(chain)
}

fn overlaid(round: &Round, chain: Vec<Row>) -> Result<Value, AppError> {
    let start = rounds::document(round)?.settings;
    Ok(chain.into_iter().rev().fold(start, |base, over| settings::overlay(&base, &over.settings)))
}
