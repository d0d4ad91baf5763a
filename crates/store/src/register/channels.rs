//! Funding channels (¶109): regional centres' and UN trust funds. Everybody may see them.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, in_use, not_found, same_version};
use crate::keys::{ChannelKey, PartyKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;

const LISTED: Listed = Listed { table: "channels", orders: BY_TIME };

/// A funding channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Channel {
    /// Its key.
    pub key: ChannelKey,
    /// The coordinator who keeps it.
    pub party: PartyKey,
    /// Name used by offers and frozen problems, unique.
    pub code: String,
    /// As shown.
    pub name: String,
    /// Regions, limits by period and everything else.
    pub body: Value,
    /// When it was retired; it then limits no round any more.
    pub retired_at: Option<Timestamp>,
    /// Rises with every change.
    pub version: i64,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A channel to be registered.
#[derive(Debug, Clone, PartialEq)]
pub struct NewChannel {
    /// Its key.
    pub key: ChannelKey,
    /// The coordinator who keeps it.
    pub party: PartyKey,
    /// Unique.
    pub code: String,
    /// As shown.
    pub name: String,
    /// Everything else.
    pub body: Value,
}

impl Channel {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            party: row.get("party")?,
            code: row.get("code")?,
            name: row.get("name")?,
            body: row.json("body")?,
            retired_at: row.time_optional("retired_at")?,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl Session {
    /// A channel by key.
    pub async fn channel(&mut self, key: ChannelKey) -> Result<Channel, StoreError> {
        let row = self.fetch_optional(Statement::of("SELECT * FROM channels WHERE id = $1").bind(key)).await?;
        Channel::read(&row.ok_or_else(|| not_found("channel", key))?)
    }

    /// Channels, a page at a time: those in use, or all.
    pub async fn channels(&mut self, with_retired: bool, page: &Page) -> Result<Vec<Channel>, StoreError> {
        let filter: Vec<_> = (!with_retired).then(|| Condition::of("t.retired_at IS NULL")).into_iter().collect();
        let rows = self.fetch_all(page::select(&LISTED, &[Condition::of("1 = 1")], &filter, page)?).await?;
        rows.iter().map(Channel::read).collect()
    }
}

impl AuditedTransaction {
    /// Registers a channel.
    pub async fn add_channel(&mut self, new: &NewChannel) -> Result<Channel, StoreError> {
        bounds::texts([new.code.as_str(), new.name.as_str()])?;
        let channel = Channel {
            key: new.key,
            party: new.party,
            code: new.code.clone(),
            name: new.name.clone(),
            body: new.body.clone(),
            retired_at: None,
            version: 1,
            created_at: self.at(),
            updated_at: self.at(),
        };
        let insert = Statement::of(
            "INSERT INTO channels (id, party, code, name, body, version, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, 1, $6, $6)",
        );
        let insert = insert.bind(new.key).bind(new.party).bind(&new.code).bind(&new.name);
        let insert = insert.bind(bounds::body(&new.body)?).bind(channel.created_at);
        let entry = Entry::of(new.party, "channel.create", "channel", new.key.uuid()).after(&channel);
        self.change(insert, entry).await?;
        Ok(channel)
    }

    /// Renames a channel and replaces its body.
    pub async fn change_channel(
        &mut self,
        key: ChannelKey,
        expected: i64,
        name: &str,
        body: &Value,
    ) -> Result<Channel, StoreError> {
        bounds::texts([name])?;
        let before = self.channel(key).await?;
        same_version("channel", key, expected, before.version)?;
        in_use("channel", key, before.retired_at)?;
        let after = Channel {
            name: name.to_owned(),
            body: body.clone(),
            version: expected + 1,
            updated_at: self.at(),
            ..before.clone()
        };
        let update = Statement::of(
            "UPDATE channels SET name = $3, body = $4, version = version + 1, updated_at = $5 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(name).bind(bounds::body(body)?).bind(after.updated_at);
        let entry = Entry::of(before.party, "channel.change", "channel", key.uuid()).before(&before).after(&after);
        changed_one(self.change(update, entry).await?)?;
        Ok(after)
    }

    /// Takes a channel out of use. What was frozen with it stays as it is.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] when it was retired before.
    pub async fn retire_channel(
        &mut self,
        key: ChannelKey,
        expected: i64,
        reason: Option<&str>,
    ) -> Result<Channel, StoreError> {
        let before = self.channel(key).await?;
        same_version("channel", key, expected, before.version)?;
        in_use("channel", key, before.retired_at)?;
        let after =
            Channel { retired_at: Some(self.at()), version: expected + 1, updated_at: self.at(), ..before.clone() };
        let update = Statement::of(
            "UPDATE channels SET retired_at = $3, updated_at = $3, version = version + 1 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(self.at());
        let entry = Entry::of(before.party, "channel.retire", "channel", key.uuid()).before(&before).after(&after);
        changed_one(self.change(update, entry.reason(reason)).await?)?;
        Ok(after)
    }
}
