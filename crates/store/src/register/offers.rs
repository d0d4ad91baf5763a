//! Offers of providers.

use jiff::Timestamp;
use jiff::civil::Date;
use needmatch_domain::scenario::{Form, Visibility};
use serde::Serialize;
use serde_json::Value;

use super::words::{self, Words};
use crate::audit::Entry;
use crate::bounds;
use crate::days;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, not_found, same_version};
use crate::keys::{OfferKey, PartyKey};
use crate::moving::Move;
use crate::page::{self, Listed, OFFER_ORDERS, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, listed_to, visible_to};
use crate::words::OfferLifecycle;

const WORDS: Words = Words {
    forget: "DELETE FROM offer_words WHERE offer = $1",
    keep: "INSERT INTO offer_words (word, offer) VALUES ",
    find: "t.id IN (SELECT w.offer FROM offer_words w WHERE w.word >= ",
};
const LISTED: Listed = Listed { table: "offers", orders: OFFER_ORDERS };
/// Offers with a day to be valid until, by the index that holds those that can still come to it.
const DATED: &str = "t.id IN (SELECT v.id FROM offers v WHERE v.valid_until < ";
/// Stands in the table of areas for an offer that serves any.
const ANY_AREA: &str = "*";

/// A registered offer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Offer {
    /// Its key.
    pub key: OfferKey,
    /// The provider.
    pub party: PartyKey,
    /// What it says.
    pub content: OfferContent,
    /// Where it stands.
    pub lifecycle: OfferLifecycle,
    /// Promised so far, in its unit; never above the quantity. `None`: told to its provider and to coordinators alone.
    pub committed: Option<i64>,
    /// Rises with every change.
    pub version: i64,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// What an offer says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfferContent {
    /// Name used by people and frozen problems, unique among offers.
    pub reference: String,
    /// The owner's own key, unique within the party.
    pub external_id: Option<String>,
    /// One line for people.
    pub title: String,
    /// Money or in kind.
    pub form: Form,
    /// Unit or currency.
    pub unit: String,
    /// How much; at least 1.
    pub quantity: i64,
    /// Who may see it.
    pub visibility: Visibility,
    /// The last day on which it is valid; none: until it ends otherwise. Left out then, so that older rows hash as they
    /// did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// Area codes it serves, sorted; empty = any. Kept apart from the body because lists are filtered by it.
    pub areas: Vec<String>,
    /// Everything else.
    pub body: Value,
}

/// An offer to be registered, as a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOffer {
    /// Its key.
    pub key: OfferKey,
    /// The provider.
    pub party: PartyKey,
    /// What it says.
    pub content: OfferContent,
}

/// What a list is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfferFilter {
    /// Of this party.
    pub party: Option<PartyKey>,
    /// Serving this area, if only because it serves any.
    pub area: Option<String>,
    /// Money or in kind.
    pub form: Option<Form>,
    /// Where it stands, any of these; empty: anywhere.
    pub lifecycles: Vec<OfferLifecycle>,
    /// Handed in, with something left, and valid until a day before this one.
    pub valid_before: Option<Date>,
    /// With words that begin with each word of this, in title or reference.
    pub text: Option<String>,
}

impl OfferFilter {
    /// What the viewer may see, in each of the states asked for.
    pub(crate) fn branches(&self, viewer: &Viewer) -> Vec<Condition> {
        // Each once, however often it is asked for: an engine takes only so many branches.
        let states = OfferLifecycle::ALL.iter().filter(|state| self.lifecycles.contains(state));
        let states: Vec<_> = states.map(|state| Condition::of("t.lifecycle = ").value(*state)).collect();
        page::each(&listed_to(viewer, TenantTable::Offers, self.party), &states)
    }

    pub(crate) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.party.map(|party| Condition::of("t.party = ").value(party)));
        conditions.extend(self.area.as_ref().map(|area| {
            let areas = Condition::of("t.id IN (SELECT a.offer FROM offer_areas a WHERE a.area IN ");
            areas.list([area.as_str(), ANY_AREA]).text(")")
        }));
        conditions.extend(self.form.map(|form| Condition::of("t.form = ").value(form.name())));
        conditions.extend(self.valid_before.map(|day| {
            let dated = Condition::of(DATED).value(days::number(day));
            dated.text(" AND v.lifecycle IN ('submitted', 'available', 'reserved'))")
        }));
        conditions.extend(self.text.iter().flat_map(|text| words::conditions(&WORDS, text)));
        conditions
    }
}

impl Offer {
    pub(super) fn read(row: &Row, viewer: &Viewer) -> Result<Self, StoreError> {
        let party = row.get("party")?;
        // The areas stand in the body under a name of their own, so that a list needs no second read.
        let mut body = row.json("body")?;
        let areas = body.as_object_mut().and_then(|members| members.remove("areas")).unwrap_or_default();
        let areas = serde_json::from_value(areas)
            .map_err(|error| StoreError::Corrupt { column: "body".to_owned(), value: error.to_string() })?;
        Ok(Self {
            key: row.get("id")?,
            party,
            content: OfferContent {
                reference: row.get("reference")?,
                external_id: row.get("external_id")?,
                title: row.get("title")?,
                form: row.parse("form")?,
                unit: row.get("unit")?,
                quantity: row.get("quantity")?,
                visibility: row.parse("visibility")?,
                valid_until: row.day_optional("valid_until")?,
                areas,
                body: body.get_mut("body").map(Value::take).unwrap_or_default(),
            },
            lifecycle: row.parse("lifecycle")?,
            committed: if viewer.answers_for(party) { Some(row.get("committed")?) } else { None },
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl OfferContent {
    fn check(&self) -> Result<(), StoreError> {
        bounds::at_most("areas", self.areas.len(), bounds::MAX_LIST)?;
        let texts = [&self.reference, &self.title, &self.unit];
        bounds::texts(texts.into_iter().chain(&self.external_id).chain(&self.areas).map(String::as_str))
    }

    fn stored_body(&self) -> Result<String, StoreError> {
        bounds::body(&serde_json::json!({ "areas": self.areas, "body": self.body }))
    }
}

impl Session {
    /// An offer the viewer may see.
    pub async fn offer(&mut self, viewer: &Viewer, key: OfferKey) -> Result<Offer, StoreError> {
        let found = self.visible_offer(viewer, Condition::of("t.id = ").value(key)).await?;
        found.ok_or_else(|| not_found("offer", key))
    }

    /// An offer the viewer may see, by its reference.
    #[cfg(test)]
    pub(crate) async fn offer_by_reference(
        &mut self,
        viewer: &Viewer,
        reference: &str,
    ) -> Result<Option<Offer>, StoreError> {
        self.visible_offer(viewer, Condition::of("t.reference = ").value(reference)).await
    }

    /// An offer the viewer may see, by its owner's own key.
    pub async fn offer_by_external_id(
        &mut self,
        viewer: &Viewer,
        party: PartyKey,
        external_id: &str,
    ) -> Result<Option<Offer>, StoreError> {
        let by = Condition::of("t.party = ").value(party).text(" AND t.external_id = ").value(external_id);
        self.visible_offer(viewer, by).await
    }

    async fn visible_offer(&mut self, viewer: &Viewer, by: Condition) -> Result<Option<Offer>, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM offers t WHERE ");
        select.condition(&by).push(" AND ");
        page::any(&mut select, &visible_to(viewer, TenantTable::Offers));
        self.fetch_optional(select).await?.as_ref().map(|row| Offer::read(row, viewer)).transpose()
    }

    /// Offers the viewer may see, a page at a time.
    pub async fn offers(
        &mut self,
        viewer: &Viewer,
        filter: &OfferFilter,
        page: &Page,
    ) -> Result<Vec<Offer>, StoreError> {
        let branches = filter.branches(viewer);
        let rows = self.fetch_all(page::select(&LISTED, &branches, &filter.conditions(), page)?).await?;
        rows.iter().map(|row| Offer::read(row, viewer)).collect()
    }

    /// How many offers the viewer may see.
    pub async fn count_offers(&mut self, viewer: &Viewer, filter: &OfferFilter) -> Result<i64, StoreError> {
        let branches = filter.branches(viewer);
        self.number(page::count(&LISTED, &branches, &filter.conditions()), "counted").await
    }
}

impl AuditedTransaction {
    /// Registers an offer as a draft.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the reference or the owner's key is taken.
    pub async fn add_offer(&mut self, new: &NewOffer) -> Result<Offer, StoreError> {
        let content = &new.content;
        content.check()?;
        let insert = Statement::of(
            "INSERT INTO offers (id, party, reference, external_id, title, form, unit, quantity, committed, visibility, \
             lifecycle, body, version, created_at, updated_at, valid_until) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, 'draft', $10, 1, $11, $11, $12)",
        );
        let insert = insert.bind(new.key).bind(new.party).bind(&content.reference).bind(content.external_id.clone());
        let insert = insert.bind(&content.title).bind(content.form.name()).bind(&content.unit).bind(content.quantity);
        let insert = insert.bind(content.visibility.name()).bind(content.stored_body()?).bind(self.at());
        let insert = insert.bind(content.valid_until.map(days::number));
        self.execute(insert).await?;
        self.insert_areas(new.key, &content.areas).await?;
        words::keep(self, &WORDS, new.key.uuid(), [&content.title, &content.reference], true).await?;
        let offer = Offer {
            key: new.key,
            party: new.party,
            content: content.clone(),
            lifecycle: OfferLifecycle::Draft,
            committed: Some(0),
            version: 1,
            created_at: self.at(),
            updated_at: self.at(),
        };
        let entry = Entry::of(new.party, "offer.create", "offer", new.key.uuid()).after(&offer);
        self.note(entry.step("create", None, offer.lifecycle));
        Ok(offer)
    }

    /// Rewrites what an offer says.
    ///
    /// # Errors
    /// [`StoreError::RuleBroken`] when the quantity would fall below what is committed.
    pub async fn change_offer(
        &mut self,
        key: OfferKey,
        expected: i64,
        content: &OfferContent,
    ) -> Result<Offer, StoreError> {
        content.check()?;
        let before = self.offer_at(key, expected).await?;
        let update = Statement::of(
            "UPDATE offers SET reference = $3, external_id = $4, title = $5, form = $6, unit = $7, quantity = $8, \
             visibility = $9, body = $10, updated_at = $11, valid_until = $12, version = version + 1 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(&content.reference).bind(content.external_id.clone());
        let update = update.bind(&content.title).bind(content.form.name()).bind(&content.unit).bind(content.quantity);
        let update = update.bind(content.visibility.name()).bind(content.stored_body()?).bind(self.at());
        let update = update.bind(content.valid_until.map(days::number));
        changed_one(self.execute(update).await?)?;
        if (&before.content.title, &before.content.reference) != (&content.title, &content.reference) {
            words::keep(self, &WORDS, key.uuid(), [&content.title, &content.reference], false).await?;
        }
        if before.content.areas != content.areas {
            self.execute(Statement::of("DELETE FROM offer_areas WHERE offer = $1").bind(key)).await?;
            self.insert_areas(key, &content.areas).await?;
        }
        self.note_offer("offer.change", &before, None, None).await
    }

    /// Moves an offer along its lifecycle. When it first becomes available is kept: it is then confirmed, and may be shown.
    pub async fn move_offer(
        &mut self,
        key: OfferKey,
        expected: i64,
        taken: Move<'_, OfferLifecycle>,
    ) -> Result<Offer, StoreError> {
        let Move { step, to, reason } = taken;
        let before = self.offer_at(key, expected).await?;
        let update = Statement::of(
            "UPDATE offers SET lifecycle = $3, updated_at = $4, confirmed_at = COALESCE(confirmed_at, $5), \
             version = version + 1 WHERE id = $1 AND version = $2",
        );
        let confirmed_at = (to == OfferLifecycle::Available).then_some(self.at());
        let update = update.bind(key).bind(expected).bind(to).bind(self.at()).bind(confirmed_at);
        changed_one(self.execute(update).await?)?;
        self.note_offer("offer.move", &before, Some(step), reason).await
    }

    async fn insert_areas(&mut self, key: OfferKey, areas: &[String]) -> Result<(), StoreError> {
        let mut insert = Statement::of("INSERT INTO offer_areas (area, offer) VALUES (");
        if areas.is_empty() {
            insert.value(ANY_AREA).push(", ").value(key).push(")");
        }
        for (position, area) in areas.iter().enumerate() {
            insert.push(if position == 0 { "" } else { ", (" });
            insert.value(area).push(", ").value(key).push(")");
        }
        insert.push(" ON CONFLICT DO NOTHING");
        self.execute(insert).await.map(drop)
    }

    async fn offer_at(&mut self, key: OfferKey, expected: i64) -> Result<Offer, StoreError> {
        let before = self.offer(&Viewer::system(), key).await?;
        same_version("offer", key, expected, before.version)?;
        Ok(before)
    }

    async fn note_offer(
        &mut self,
        action: &'static str,
        before: &Offer,
        step: Option<&'static str>,
        reason: Option<&str>,
    ) -> Result<Offer, StoreError> {
        let after = self.offer(&Viewer::system(), before.key).await?;
        let mut entry = Entry::of(before.party, action, "offer", before.key.uuid()).before(before).after(&after);
        if let Some(step) = step {
            entry = entry.step(step, Some(before.lifecycle), after.lifecycle);
        }
        self.note(entry.reason(reason));
        Ok(after)
    }
}
