//! The components of requests. A component keeps its key, and what is committed to it, while its request is rewritten.
//! One that leaves the request stays on record where history names it, and has the same key should it come back.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::bounds;
use crate::dialect::nested;
use crate::engine::{Row, from_json};
use crate::error::StoreError;
use crate::keys::{ComponentKey, RequestKey};
use crate::session::Session;
use crate::statement::{Condition, Statement};

/// A component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Component {
    /// Its key.
    pub key: ComponentKey,
    /// The request it belongs to.
    pub request: RequestKey,
    /// Name used by people and frozen problems, unique among components.
    pub reference: String,
    /// Component type, such as `training`.
    pub r#type: String,
    /// Unit.
    pub unit: String,
    /// Asked.
    pub quantity: i64,
    /// Promised so far; never above `quantity`. `None`: told to its state and to coordinators alone.
    pub committed: Option<i64>,
    /// Everything else.
    pub body: Value,
}

/// A component to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewComponent {
    /// Its key; ignored where the request has a component of this reference already.
    pub key: ComponentKey,
    /// Name used by people and frozen problems.
    pub reference: String,
    /// Component type.
    pub r#type: String,
    /// Unit.
    pub unit: String,
    /// Asked; at least 1.
    pub quantity: i64,
    /// Everything else.
    pub body: Value,
}

/// A component as the column of [`nested::components`] holds it.
#[derive(Deserialize)]
struct Line {
    id: ComponentKey,
    reference: String,
    r#type: String,
    unit: String,
    quantity: i64,
    committed: i64,
    body: String,
}

/// The components of a request, in order, from the column of [`nested::components`] in its row.
pub(super) fn of_row(row: &Row, request: RequestKey) -> Result<Vec<Component>, StoreError> {
    let lines: Vec<Line> = from_json(nested::COMPONENTS, &row.get::<String>(nested::COMPONENTS)?)?;
    let component = |line: Line| {
        Ok(Component {
            key: line.id,
            request,
            reference: line.reference,
            r#type: line.r#type,
            unit: line.unit,
            quantity: line.quantity,
            committed: Some(line.committed),
            body: from_json("components.body", &line.body)?,
        })
    };
    lines.into_iter().map(component).collect()
}

/// Makes the components of a request equal to the list. `before` are those it has.
///
/// # Errors
/// [`StoreError::RuleBroken`] when a component that something is committed to would go, or shrink below that.
pub(super) async fn replace(
    session: &mut Session,
    request: RequestKey,
    components: &[NewComponent],
    at: Timestamp,
    before: &[Component],
) -> Result<(), StoreError> {
    bounds::at_most("components", components.len(), bounds::MAX_COMPONENTS)?;
    if before.iter().any(|known| components.iter().all(|kept| kept.reference != known.reference)) {
        remove_others(session, request, components, at).await?;
    }
    if components.is_empty() {
        return Ok(());
    }
    let mut insert = Statement::of(
        "INSERT INTO components (id, request, position, reference, type, unit, quantity, committed, body) VALUES ",
    )
    .of_rows(components.len());
    for (position, component) in components.iter().enumerate() {
        bounds::texts([component.reference.as_str(), component.r#type.as_str(), component.unit.as_str()])?;
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        insert.push(if position == 0 { "(" } else { ", (" });
        insert.value(component.key).push(", ").value(request).push(", ").value(position).push(", ");
        insert.value(&component.reference).push(", ").value(&component.r#type).push(", ");
        insert.value(&component.unit).push(", ").value(component.quantity).push(", 0, ");
        insert.value(bounds::body(&component.body)?).push(")");
    }
    // Only the request's own component may be rewritten: another request's reference is taken.
    insert.push(
        " ON CONFLICT (reference) DO UPDATE SET position = excluded.position, type = excluded.type, \
         unit = excluded.unit, quantity = excluded.quantity, body = excluded.body, retired_at = NULL \
         WHERE components.request = excluded.request",
    );
    let written = session.execute(insert).await?;
    if usize::try_from(written).ok() != Some(components.len()) {
        return Err(StoreError::Duplicate { constraint: "components.reference".to_owned() });
    }
    Ok(())
}

/// What is named by what was proposed, told or promised; each found by an index.
const NAMED_IN_HISTORY: &str = "(EXISTS (SELECT 1 FROM proposals p WHERE p.component = components.id) \
     OR EXISTS (SELECT 1 FROM ledger_entries l WHERE l.component = components.id) \
     OR EXISTS (SELECT 1 FROM shortfalls s WHERE s.request = components.request AND s.component = components.id))";

async fn remove_others(
    session: &mut Session,
    request: RequestKey,
    components: &[NewComponent],
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut others = Condition::of("request = ").value(request);
    if !components.is_empty() {
        others = others.text(" AND reference NOT IN ").list(components.iter().map(|component| &component.reference));
    }
    let mut promised = Statement::of("SELECT COUNT(*) AS promised FROM components WHERE committed > 0 AND ");
    promised.condition(&others);
    if session.number(promised, "promised").await? > 0 {
        return Err(StoreError::RuleBroken { constraint: "a component that help is committed to stays".to_owned() });
    }
    let mut retire = Statement::of("UPDATE components SET retired_at = ");
    retire.value(at).push(" WHERE retired_at IS NULL AND ");
    retire.push(NAMED_IN_HISTORY).push(" AND ").condition(&others);
    session.execute(retire).await?;
    let mut delete = Statement::of("DELETE FROM components WHERE retired_at IS NULL AND ");
    delete.condition(&others);
    session.execute(delete).await?;
    Ok(())
}
