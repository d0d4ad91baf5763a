//! Requests of states.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::components::{self, Component, NewComponent};
use super::shared;
use super::words::{self, Words};
use crate::audit::Entry;
use crate::bounds;
use crate::days;
use crate::dialect::nested;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, not_found, same_version};
use crate::keys::{PartyKey, RequestKey};
use crate::moving::Move;
use crate::page::{self, Listed, Order, Page, REQUEST_ORDERS};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, listed_to, visible_to};
use crate::words::{Circulation, RequestLifecycle};

const WORDS: Words = Words {
    forget: "DELETE FROM request_words WHERE request = $1",
    keep: "INSERT INTO request_words (word, request) VALUES ",
    find: "t.id IN (SELECT w.request FROM request_words w WHERE w.word >= ",
};
const LISTED: Listed = Listed { table: "requests", orders: REQUEST_ORDERS };
/// Requests with a day to be valid until, by the index that holds those that can still come to it.
const DATED: &str = "t.id IN (SELECT v.id FROM requests v WHERE v.valid_until < ";

/// A registered request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Request {
    /// Its key.
    pub key: RequestKey,
    /// The state that asks.
    pub party: PartyKey,
    /// What it says.
    pub content: RequestContent,
    /// Where it stands.
    pub lifecycle: RequestLifecycle,
    /// Who may see it.
    pub circulation: Circulation,
    /// Why it was sent back, while it is. Left out where there is none, so that older rows hash as they did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned_for: Option<String>,
    /// Its components, in order.
    pub components: Vec<Component>,
    /// Rises with every change, of its components too.
    pub version: i64,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// What a request says, its components apart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RequestContent {
    /// Name used by people and frozen problems, unique among requests.
    pub reference: String,
    /// The owner's own key, unique within the party.
    pub external_id: Option<String>,
    /// State code.
    pub state: String,
    /// Area code.
    pub area: String,
    /// 1 (highest) to 5.
    pub priority: i64,
    /// One line for people.
    pub title: String,
    /// Served together with the others of the same package (¶95).
    pub package: Option<String>,
    /// The last day on which it is valid; none: until it ends otherwise. Left out then, so that older rows hash as they
    /// did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// Everything else.
    pub body: Value,
    /// Its lines while one of them is incomplete: it then has no components, and the database lets it go nowhere. Left
    /// out where there are none, so that older rows hash as they did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<Value>,
}

/// A request to be registered, as a private draft.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRequest {
    /// Its key.
    pub key: RequestKey,
    /// The state that asks.
    pub party: PartyKey,
    /// What it says.
    pub content: RequestContent,
    /// Its components, in order.
    pub components: Vec<NewComponent>,
}

/// What a list is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// Of this party.
    pub party: Option<PartyKey>,
    /// Of this state.
    pub state: Option<String>,
    /// In this area.
    pub area: Option<String>,
    /// Of this priority.
    pub priority: Option<i64>,
    /// Of this package.
    pub package: Option<String>,
    /// Where it stands, any of these; empty: anywhere.
    pub lifecycles: Vec<RequestLifecycle>,
    /// Handed in, not yet met, and valid until a day before this one.
    pub valid_before: Option<Date>,
    /// With words that begin with each word of this, in title or reference.
    pub text: Option<String>,
}

impl RequestFilter {
    /// What the viewer may see, in each of the states asked for.
    pub(crate) fn branches(&self, viewer: &Viewer) -> Vec<Condition> {
        // Each once, however often it is asked for: an engine takes only so many branches.
        let states = RequestLifecycle::ALL.iter().filter(|state| self.lifecycles.contains(state));
        let states: Vec<_> = states.map(|state| Condition::of("t.lifecycle = ").value(*state)).collect();
        let mut branches = page::each(&listed_to(viewer, TenantTable::CirculatedRequests, self.party), &states);
        branches.extend(shared::branches(viewer, &self.lifecycles));
        branches
    }

    /// The page as it is read: among rows of one priority the order by priority is that of their keys, which every index
    /// behind a filter holds.
    fn in_order(&self, page: &Page) -> Page {
        match (self.priority, page.order) {
            (Some(_), Order::Priority) => Page { order: Order::Oldest, ..*page },
            _ => *page,
        }
    }

    pub(crate) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.party.map(|party| Condition::of("t.party = ").value(party)));
        conditions.extend(self.state.as_ref().map(|state| Condition::of("t.state = ").value(state)));
        conditions.extend(self.area.as_ref().map(|area| Condition::of("t.area = ").value(area)));
        conditions.extend(self.priority.map(|priority| Condition::of("t.priority = ").value(priority)));
        conditions.extend(self.package.as_ref().map(|package| Condition::of("t.package = ").value(package)));
        conditions.extend(self.valid_before.map(|day| {
            let dated = Condition::of(DATED).value(days::number(day));
            dated.text(" AND v.lifecycle IN ('submitted', 'authenticated', 'circulated', 'in_round', 'partly_met'))")
        }));
        conditions.extend(self.text.iter().flat_map(|text| words::conditions(&WORDS, text)));
        conditions
    }
}

impl Request {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        let key = row.get("id")?;
        Ok(Self {
            key,
            party: row.get("party")?,
            content: RequestContent {
                reference: row.get("reference")?,
                external_id: row.get("external_id")?,
                state: row.get("state")?,
                area: row.get("area")?,
                priority: row.get("priority")?,
                title: row.get("title")?,
                package: row.get("package")?,
                valid_until: row.day_optional("valid_until")?,
                body: row.json("body")?,
                lines: row.json_optional("lines")?,
            },
            lifecycle: row.parse("lifecycle")?,
            circulation: row.parse("circulation")?,
            returned_for: row.get("returned_for")?,
            components: components::of_row(row, key)?,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl RequestContent {
    fn check(&self) -> Result<(), StoreError> {
        let texts = [&self.reference, &self.state, &self.area, &self.title];
        bounds::texts(texts.into_iter().chain(&self.external_id).chain(&self.package).map(String::as_str))
    }
}

impl Session {
    /// A request the viewer may see, as far as it is told of it.
    pub async fn request(&mut self, viewer: &Viewer, key: RequestKey) -> Result<Request, StoreError> {
        let found = self.visible_request(viewer, Condition::of("t.id = ").value(key)).await?;
        found.ok_or_else(|| not_found("request", key))
    }

    /// A request the viewer may see, by its reference.
    #[cfg(test)]
    pub(crate) async fn request_by_reference(
        &mut self,
        viewer: &Viewer,
        reference: &str,
    ) -> Result<Option<Request>, StoreError> {
        self.visible_request(viewer, Condition::of("t.reference = ").value(reference)).await
    }

    /// A request the viewer may see, by its owner's own key.
    pub async fn request_by_external_id(
        &mut self,
        viewer: &Viewer,
        party: PartyKey,
        external_id: &str,
    ) -> Result<Option<Request>, StoreError> {
        let by = Condition::of("t.party = ").value(party).text(" AND t.external_id = ").value(external_id);
        self.visible_request(viewer, by).await
    }

    async fn visible_request(&mut self, viewer: &Viewer, by: Condition) -> Result<Option<Request>, StoreError> {
        let mut select = Statement::of("SELECT t.*, ");
        select.push(nested::components(self.engine())).push(" FROM requests t WHERE ");
        select.condition(&by).push(" AND ");
        page::any(&mut select, &visible_to(viewer, TenantTable::Requests));
        let Some(row) = self.fetch_optional(select).await? else { return Ok(None) };
        let mut request = Request::read(&row)?;
        shared::keep_to_what_is_told(self, viewer, std::slice::from_mut(&mut request)).await?;
        Ok(Some(request))
    }

    /// Requests the viewer may see, a page at a time, with their components, each as far as the viewer is told of it.
    pub async fn requests(
        &mut self,
        viewer: &Viewer,
        filter: &RequestFilter,
        page: &Page,
    ) -> Result<Vec<Request>, StoreError> {
        let (branches, components) = (filter.branches(viewer), nested::components(self.engine()));
        let select = page::select_with(&LISTED, components, &branches, &filter.conditions(), &filter.in_order(page))?;
        let mut requests = self.fetch_all(select).await?.iter().map(Request::read).collect::<Result<Vec<_>, _>>()?;
        shared::keep_to_what_is_told(self, viewer, &mut requests).await?;
        Ok(requests)
    }

    /// How many requests the viewer may see.
    pub async fn count_requests(&mut self, viewer: &Viewer, filter: &RequestFilter) -> Result<i64, StoreError> {
        let branches = filter.branches(viewer);
        self.number(page::count(&LISTED, &branches, &filter.conditions()), "counted").await
    }
}

impl AuditedTransaction {
    /// Registers a request as a private draft.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the reference or the owner's key is taken.
    pub async fn add_request(&mut self, new: &NewRequest) -> Result<Request, StoreError> {
        new.content.check()?;
        let insert = Statement::of(
            "INSERT INTO requests (id, party, reference, external_id, state, area, priority, title, lifecycle, \
             circulation, body, version, created_at, updated_at, package, lines, valid_until) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', 'private', $9, 1, $10, $10, $11, $12, $13)",
        );
        let content = &new.content;
        let insert = insert.bind(new.key).bind(new.party).bind(&content.reference).bind(content.external_id.clone());
        let insert = insert.bind(&content.state).bind(&content.area).bind(content.priority).bind(&content.title);
        let insert = insert.bind(bounds::body(&content.body)?).bind(self.at()).bind(content.package.clone());
        let insert = insert.bind(content.lines.as_ref().map(bounds::body).transpose()?);
        let insert = insert.bind(content.valid_until.map(days::number));
        self.execute(insert).await?;
        let at = self.at();
        components::replace(self, new.key, &new.components, at, &[]).await?;
        words::keep(self, &WORDS, new.key.uuid(), [&content.title, &content.reference], true).await?;
        let component = |new_component: &NewComponent| Component {
            key: new_component.key,
            request: new.key,
            reference: new_component.reference.clone(),
            r#type: new_component.r#type.clone(),
            unit: new_component.unit.clone(),
            quantity: new_component.quantity,
            committed: Some(0),
            body: new_component.body.clone(),
        };
        let request = Request {
            key: new.key,
            party: new.party,
            content: content.clone(),
            lifecycle: RequestLifecycle::Draft,
            circulation: Circulation::Private,
            returned_for: None,
            components: new.components.iter().map(component).collect(),
            version: 1,
            created_at: self.at(),
            updated_at: self.at(),
        };
        let entry = Entry::of(new.party, "request.create", "request", new.key.uuid()).after(&request);
        self.note(entry.step("create", None, request.lifecycle));
        Ok(request)
    }

    /// Rewrites what a request says and its components.
    pub async fn change_request(
        &mut self,
        key: RequestKey,
        expected: i64,
        content: &RequestContent,
        components: &[NewComponent],
    ) -> Result<Request, StoreError> {
        content.check()?;
        let before = self.request_at(key, expected).await?;
        let update = Statement::of(
            "UPDATE requests SET reference = $3, external_id = $4, state = $5, area = $6, priority = $7, title = $8, \
             body = $9, updated_at = $10, package = $11, lines = $12, valid_until = $13, version = version + 1 \
             WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(&content.reference).bind(content.external_id.clone());
        let update = update.bind(&content.state).bind(&content.area).bind(content.priority).bind(&content.title);
        let update = update.bind(bounds::body(&content.body)?).bind(self.at()).bind(content.package.clone());
        let update = update.bind(content.lines.as_ref().map(bounds::body).transpose()?);
        let update = update.bind(content.valid_until.map(days::number));
        changed_one(self.execute(update).await?)?;
        let at = self.at();
        components::replace(self, key, components, at, &before.components).await?;
        if (&before.content.title, &before.content.reference) != (&content.title, &content.reference) {
            words::keep(self, &WORDS, key.uuid(), [&content.title, &content.reference], false).await?;
        }
        self.note_request("request.change", &before, None, None).await
    }

    /// Moves a request along its lifecycle. `priority` is set where the coordinator confirms it; the reason of one that
    /// is sent back stands in its row until it moves on.
    ///
    /// # Errors
    /// [`StoreError::VersionMismatch`] when it has moved or changed since it was read.
    pub async fn move_request(
        &mut self,
        key: RequestKey,
        expected: i64,
        taken: Move<'_, RequestLifecycle>,
        priority: Option<i64>,
    ) -> Result<Request, StoreError> {
        let Move { step, to, reason } = taken;
        bounds::texts(reason)?;
        let before = self.request_at(key, expected).await?;
        let update = Statement::of(
            "UPDATE requests SET lifecycle = $3, priority = $4, updated_at = $5, returned_for = $6, \
             version = version + 1 WHERE id = $1 AND version = $2",
        );
        let priority = priority.unwrap_or(before.content.priority);
        let returned_for = reason.filter(|_| to == RequestLifecycle::Returned).map(ToOwned::to_owned);
        let update = update.bind(key).bind(expected).bind(to).bind(priority).bind(self.at()).bind(returned_for);
        changed_one(self.execute(update).await?)?;
        self.note_request("request.move", &before, Some(step), reason).await
    }

    pub(super) async fn request_at(&mut self, key: RequestKey, expected: i64) -> Result<Request, StoreError> {
        let before = self.request(&Viewer::system(), key).await?;
        same_version("request", key, expected, before.version)?;
        Ok(before)
    }

    pub(super) async fn note_request(
        &mut self,
        action: &'static str,
        before: &Request,
        step: Option<&'static str>,
        reason: Option<&str>,
    ) -> Result<Request, StoreError> {
        let after = self.request(&Viewer::system(), before.key).await?;
        let mut entry = Entry::of(before.party, action, "request", before.key.uuid()).before(before).after(&after);
        if let Some(step) = step {
            entry = entry.step(step, Some(before.lifecycle), after.lifecycle);
        }
        self.note(entry.reason(reason));
        Ok(after)
    }
}
