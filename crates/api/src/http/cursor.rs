//! Pages of lists. A page begins after a row rather than at a count, so rows that come in meanwhile neither repeat nor
//! hide others. Cursors are opaque to clients.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use needmatch_app::store::{Cursor, MAX_PAGE, Order, Page};
use serde::{Deserialize, Serialize};

use super::problem::Problem;

/// Rows in a page when nothing is said.
const DEFAULT_LIMIT: u32 = 50;

/// A cursor with the order it belongs to.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    order: Order,
    cursor: Cursor,
}

/// The page that `after`, `limit` and `order` ask for.
pub(crate) fn page(after: Option<&str>, limit: Option<u32>, order: Option<&str>) -> Result<Page, Problem> {
    let order = match order {
        None | Some("newest") => Order::Newest,
        Some("oldest") => Order::Oldest,
        Some("priority") => Order::Priority,
        Some(other) => return Err(Problem::parameter("order", other, "newest, oldest or priority")),
    };
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_PAGE).contains(&limit) {
        return Err(Problem::parameter("limit", &limit.to_string(), &format!("a number from 1 to {MAX_PAGE}")));
    }
    let after = after.map(|text| place(text, order)).transpose()?;
    Ok(Page { order, after, limit })
}

fn place(text: &str, order: Order) -> Result<Cursor, Problem> {
    let refuse = || Problem::parameter("after", text, "the `next` of a page in the same order");
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| refuse())?;
    let place: Place = serde_json::from_slice(&bytes).map_err(|_| refuse())?;
    if place.order == order { Ok(place.cursor) } else { Err(refuse()) }
}

/// The cursor of the page after this one; `None` when this one was not full.
pub(crate) fn next<T>(page: &Page, rows: &[T], cursor: impl Fn(&T) -> Cursor) -> Option<String> {
    let last = rows.last().filter(|_| rows.len() >= page.limit as usize)?;
    let place = Place { order: page.order, cursor: cursor(last) };
    Some(URL_SAFE_NO_PAD.encode(serde_json::to_vec(&place).ok()?))
}

#[cfg(test)]
mod tests {
    use needmatch_app::store::{Cursor, Order, Page};
    use uuid::Uuid;

    use super::{next, page};

    #[test]
    fn a_cursor_leads_on_in_its_own_order_only() {
        let first = page(None, Some(2), None).unwrap();
        let cursor = |number: &u128| Cursor { key: Uuid::from_u128(*number), priority: None };
        let after = next(&first, &[1, 2], cursor).unwrap();
        let second = page(Some(&after), Some(2), None).unwrap();
        assert_eq!(second, Page { order: Order::Newest, after: Some(cursor(&2)), limit: 2 });
        assert!(page(Some(&after), Some(2), Some("oldest")).is_err());
        assert!(page(Some("%%"), None, None).is_err());
        assert!(page(None, Some(0), None).is_err() && page(None, Some(501), None).is_err());
        assert_eq!(next(&first, &[1], cursor), None);
    }
}
