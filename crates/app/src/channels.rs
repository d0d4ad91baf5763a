//! Funding channels (¶109): kept by coordinators, seen by all, limits of every round that is frozen while they are in
//! use. A round that lists a channel itself takes its own limits instead.

use needmatch_domain::geography;
use needmatch_domain::ids::{ChannelId, PeriodLabel, RegionName};
use needmatch_domain::money::MAX_AMOUNT;
use needmatch_store::keys::ChannelKey;
use needmatch_store::register::{Channel, NewChannel};
use needmatch_store::words::PartyKind;
use needmatch_store::{AuditedTransaction, Page, Session};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::app::new_key;
use crate::document::{Fields, MAX_LINE, id, text};
use crate::error::{AppError, Fault, Faults};
use crate::offers::Declared;
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::Principal;

/// Fields of a channel.
pub const CHANNEL_FIELDS: [&str; 3] = ["code", "name", "limits"];

/// What a channel says beside its columns: the body the store keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelDetails {
    /// What it can carry; none listed: whatever comes.
    pub limits: Vec<ChannelCapacity>,
}

/// A limit of what a channel carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelCapacity {
    /// One limit over the union of these; empty = everywhere.
    pub regions: Vec<RegionName>,
    /// The period; `None` = the whole horizon of a round.
    pub period: Option<PeriodLabel>,
    /// Most cost carried, accounting currency; `None` = regions only.
    pub amount: Option<i64>,
}

/// The details of a stored channel.
///
/// # Errors
/// [`AppError::Internal`] when what is stored is not what was written.
pub fn details(channel: &Channel) -> Result<ChannelDetails, AppError> {
    crate::requests::stored("channel", &channel.body)
}

/// A channel as read.
struct Draft {
    code: String,
    name: String,
    details: ChannelDetails,
}

fn read(document: &Value, code: Option<&str>, declared: &Declared) -> Result<Draft, AppError> {
    let mut faults = Faults::default();
    let draft = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let given = fields.id::<ChannelId>("code").map(|code| code.to_string());
        match (code, given.as_deref()) {
            (None, None) => fields.refuse("code", None, Fault::Missing {}),
            (Some(kept), Some(other)) if kept != other => {
                fields.refuse("code", Some(other), Fault::UnknownWord { allowed: kept.to_owned() });
            }
            _ => {}
        }
        let name = fields.required_text("name");
        let limits = fields.list("limits", |item, pointer, faults| read_limit(item, pointer, declared, faults));
        fields.finish();
        let code = code.map(ToOwned::to_owned).or(given);
        Some(Draft { code: code?, name: name?, details: ChannelDetails { limits } })
    });
    faults.finish(draft)
}

fn read_limit(item: &Value, pointer: &str, declared: &Declared, faults: &mut Faults) -> Option<ChannelCapacity> {
    let mut fields = Fields::of(item, pointer, faults)?;
    let regions = fields.list("regions", |item, pointer, faults| {
        let name = text(item, pointer, MAX_LINE, faults)?;
        let known = geography::region(&name);
        let region = id::<RegionName>(known.map_or(name.as_str(), |region| region.name), pointer, faults)?;
        if known.is_some() || declared.regions.contains(&region) {
            return Some(region);
        }
        faults.push(pointer, Some(&name), Fault::UnknownRegion {});
        None
    });
    let limit =
        ChannelCapacity { regions, period: fields.id("period"), amount: fields.whole("amount", 0..=MAX_AMOUNT) };
    fields.finish();
    Some(limit)
}

/// Registers a channel.
pub async fn create(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    document: &Value,
) -> Result<Channel, AppError> {
    allow(principal, Action::KeepChannels, None)?;
    let party = principal.mandate_of(PartyKind::Coordinator).map(|mandate| mandate.party);
    let party = party.ok_or(AppError::Forbidden { action: Action::KeepChannels.name() })?;
    let Draft { code, name, details } = read(document, None, &parties::declared(transaction).await?)?;
    Ok(transaction.add_channel(&NewChannel { key: new_key(), party, code, name, body: json!(details) }).await?)
}

/// Rewrites a channel; its code stays.
pub async fn rewrite(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ChannelKey,
    expected: i64,
    document: &Value,
) -> Result<Channel, AppError> {
    let before = get(transaction, key).await?;
    allow(principal, Action::KeepChannels, Some(before.party))?;
    let Draft { name, details, .. } = read(document, Some(&before.code), &parties::declared(transaction).await?)?;
    Ok(transaction.change_channel(key, expected, &name, &json!(details)).await?)
}

/// Takes a channel out of use.
pub async fn retire(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: ChannelKey,
    expected: i64,
    reason: Option<&str>,
) -> Result<Channel, AppError> {
    let before = get(transaction, key).await?;
    allow(principal, Action::KeepChannels, Some(before.party))?;
    Ok(transaction.retire_channel(key, expected, reason).await?)
}

/// A channel. Everybody may see it.
pub async fn get(session: &mut Session, key: ChannelKey) -> Result<Channel, AppError> {
    Ok(session.channel(key).await?)
}

/// Channels in use, or all, a page at a time.
pub async fn list(session: &mut Session, with_retired: bool, page: &Page) -> Result<Vec<Channel>, AppError> {
    Ok(session.channels(with_retired, page).await?)
}
