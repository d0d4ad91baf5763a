//! Lists a page at a time. A page begins after a row rather than at a count, so rows that come in meanwhile neither
//! repeat nor hide others.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::StoreError;
use crate::statement::{Condition, Statement};

/// Most rows in a page.
pub const MAX_PAGE: u32 = 500;

/// The number of rows to fetch, within [`MAX_PAGE`].
pub(crate) fn limit(count: u32) -> i64 {
    i64::from(count.clamp(1, MAX_PAGE))
}

/// In which order a list comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Created last, first.
    #[default]
    Newest,
    /// Created first, first.
    Oldest,
    /// Highest priority first, then created first.
    Priority,
    /// Largest quantity first, then created last.
    Quantity,
}

impl Order {
    /// The name in addresses and cursors.
    pub fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Priority => "priority",
            Self::Quantity => "quantity",
        }
    }

    /// The column that rows are ordered by, and by their keys only where it is equal; none where keys alone are.
    fn rank(self) -> Option<&'static str> {
        match self {
            Self::Newest | Self::Oldest => None,
            Self::Priority => Some("priority"),
            Self::Quantity => Some("quantity"),
        }
    }

    /// Whether rows are ordered by a rank, and by their keys only where ranks are equal.
    pub fn has_rank(self) -> bool {
        self.rank().is_some()
    }
}

/// Orders of every list: keys rise with time.
pub const BY_TIME: &[Order] = &[Order::Newest, Order::Oldest];

/// Orders of the list of requests.
pub const REQUEST_ORDERS: &[Order] = &[Order::Newest, Order::Oldest, Order::Priority];

/// Orders of the list of offers.
pub const OFFER_ORDERS: &[Order] = &[Order::Newest, Order::Oldest, Order::Quantity];

/// The row after which a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The row's key.
    pub key: Uuid,
    /// Its priority or quantity, where the list is ordered by that.
    pub rank: Option<i64>,
}

/// Which part of a list, and in which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    /// The order.
    pub order: Order,
    /// The last row of the page before; `None` for the first page.
    pub after: Option<Cursor>,
    /// Rows at most; see [`MAX_PAGE`].
    pub limit: u32,
}

impl Page {
    /// The first rows in the usual order.
    pub fn first(limit: u32) -> Self {
        Self { order: Order::default(), after: None, limit }
    }
}

/// A table that can be listed. Rows have the alias `t` and a column `id`.
#[derive(Clone, Copy)]
pub(crate) struct Listed {
    pub(crate) table: &'static str,
    /// What it may be ordered by: each is served by an index, alone and behind every filter.
    pub(crate) orders: &'static [Order],
}

/// Each branch narrowed to each of the alternatives, such as the states of a lifecycle that are asked for.
pub(crate) fn each(branches: &[Condition], alternatives: &[Condition]) -> Vec<Condition> {
    if alternatives.is_empty() {
        return branches.to_vec();
    }
    let narrowed = |branch: &Condition| alternatives.iter().map(|one| branch.clone().and(one)).collect::<Vec<_>>();
    branches.iter().flat_map(narrowed).collect()
}

/// The statement that lists a page of what satisfies any of the branches and all of the filters.
///
/// Each branch is read on its own, in order and no further than the page, and so each by its own index; one condition
/// with OR or with a list of values would leave either sorting everything visible or walking past everything invisible.
pub(crate) fn select(
    listed: &Listed,
    branches: &[Condition],
    filters: &[Condition],
    page: &Page,
) -> Result<Statement, StoreError> {
    let order = page.order;
    if !listed.orders.contains(&order) {
        return Err(StoreError::BadPage { order: order.name() });
    }
    let after = after(order, page.after)?;
    if let [branch] = branches {
        let mut statement = Statement::of("SELECT t.* FROM ");
        statement.push(listed.table).push(" t WHERE ");
        restrict(&mut statement, branch, filters, after.as_ref());
        finish(&mut statement, "t", order, page);
        return Ok(statement);
    }
    let rank = order.rank().map_or(["", ""], |column| [", ", column]);
    let mut statement = Statement::of("SELECT t.* FROM (SELECT pages.id FROM (");
    for (position, branch) in branches.iter().enumerate() {
        statement.push(if position == 0 { "SELECT id" } else { " UNION SELECT id" });
        statement.push(rank[0]).push(rank[1]).push(" FROM (SELECT t.id").push(rank[0]).push(rank[1]).push(" FROM ");
        statement.push(listed.table).push(" t WHERE ");
        restrict(&mut statement, branch, filters, after.as_ref());
        finish(&mut statement, "t", order, page);
        statement.push(") AS branch");
    }
    statement.push(") AS pages");
    // Of what all branches found no more than the page is looked up.
    finish(&mut statement, "pages", order, page);
    statement.push(") AS page JOIN ").push(listed.table).push(" t ON t.id = page.id");
    finish(&mut statement, "t", order, page);
    Ok(statement)
}

/// As [`select`], with a column more, which is looked up for the rows of the page and for no other.
pub(crate) fn select_with(
    listed: &Listed,
    column: &'static str,
    branches: &[Condition],
    filters: &[Condition],
    page: &Page,
) -> Result<Statement, StoreError> {
    let page_alone = select(listed, branches, filters, page)?;
    let mut statement = page_alone.after_prefix(" FROM (").after_prefix(column).after_prefix("SELECT t.*, ");
    statement.push(") t");
    in_order(&mut statement, "t", page.order);
    Ok(statement)
}

/// The statement that counts what satisfies any of the branches and all of the filters.
pub(crate) fn count(listed: &Listed, branches: &[Condition], filters: &[Condition]) -> Statement {
    let mut statement = Statement::of("SELECT COUNT(*) AS counted FROM ");
    statement.push(listed.table).push(" t WHERE ");
    any(&mut statement, branches);
    for filter in filters {
        statement.push(" AND ").condition(filter);
    }
    statement
}

/// Adds that one of the branches holds.
pub(crate) fn any(statement: &mut Statement, branches: &[Condition]) {
    statement.push("(");
    for (position, branch) in branches.iter().enumerate() {
        statement.push(if position == 0 { "" } else { " OR " }).condition(branch);
    }
    statement.push(")");
}

fn after(order: Order, after: Option<Cursor>) -> Result<Option<Condition>, StoreError> {
    let Some(cursor) = after else { return Ok(None) };
    let beyond = match order {
        Order::Newest => return Ok(Some(Condition::of("t.id < ").value(cursor.key))),
        Order::Oldest => return Ok(Some(Condition::of("t.id > ").value(cursor.key))),
        Order::Priority => "(t.priority, t.id) > (",
        Order::Quantity => "(t.quantity, t.id) < (",
    };
    let rank = cursor.rank.ok_or(StoreError::BadPage { order: order.name() })?;
    Ok(Some(Condition::of(beyond).value(rank).text(", ").value(cursor.key).text(")")))
}

fn restrict(statement: &mut Statement, branch: &Condition, filters: &[Condition], after: Option<&Condition>) {
    statement.condition(branch);
    for condition in filters.iter().chain(after) {
        statement.push(" AND ").condition(condition);
    }
}

fn finish(statement: &mut Statement, alias: &'static str, order: Order, page: &Page) {
    in_order(statement, alias, order);
    statement.push(" LIMIT ").value(limit(page.limit));
}

fn in_order(statement: &mut Statement, alias: &'static str, order: Order) {
    let direction = match order {
        Order::Newest | Order::Quantity => " DESC",
        Order::Oldest | Order::Priority => "",
    };
    statement.push(" ORDER BY ");
    if let Some(column) = order.rank() {
        statement.push(alias).push(".").push(column).push(direction).push(", ");
    }
    statement.push(alias).push(".id").push(direction);
}
