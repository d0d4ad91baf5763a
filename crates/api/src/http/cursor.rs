//! Pages of lists. A page begins after a row rather than at a count, so rows that come in meanwhile neither repeat nor
//! hide others. Cursors are opaque to clients.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use needmatch_app::store::{BY_TIME, Cursor, MAX_PAGE, OFFER_ORDERS, Order, Page, REQUEST_ORDERS};
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::expected::Expected;
use super::problem::Problem;

macro_rules! described {
    ($(#[$doc:meta] $name:ident $orders:ident;)+) => {$(
        #[$doc]
        pub(crate) enum $name {}

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let names = $orders.iter().map(|order| order.name());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
            }
        }

        impl ToSchema for $name {}
    )+};
}

described! {
    /// Orders of most lists, for the description.
    TimeOrder BY_TIME;
    /// Orders of the list of requests, for the description.
    RequestOrder REQUEST_ORDERS;
    /// Orders of the list of offers, for the description.
    OfferOrder OFFER_ORDERS;
}

/// Rows in a page when nothing is said.
const DEFAULT_LIMIT: u32 = 50;

/// A cursor with the order it belongs to.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    order: Order,
    cursor: Cursor,
}

/// The page of a list that `after`, `limit` and `order` ask for, in one of the list's orders.
pub(crate) fn page(
    after: Option<&str>,
    limit: Option<u32>,
    order: Option<&str>,
    orders: &[Order],
) -> Result<Page, Problem> {
    let order = match order {
        None => Order::default(),
        Some(name) => *orders.iter().find(|order| order.name() == name).ok_or_else(|| {
            let names: Vec<_> = orders.iter().map(|order| order.name()).collect();
            Problem::parameter("order", name, Expected::OneOf(&names.join(", ")))
        })?,
    };
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MAX_PAGE).contains(&limit) {
        return Err(Problem::parameter("limit", &limit.to_string(), Expected::Number(MAX_PAGE)));
    }
    let after = after.map(|text| place(text, order)).transpose()?;
    Ok(Page { order, after, limit })
}

fn place(text: &str, order: Order) -> Result<Cursor, Problem> {
    let refuse = || Problem::parameter("after", text, "the `next` of a page in the same order");
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| refuse())?;
    let place: Place = serde_json::from_slice(&bytes).map_err(|_| refuse())?;
    let fits = place.order == order && place.cursor.rank.is_some() == order.has_rank();
    if fits { Ok(place.cursor) } else { Err(refuse()) }
}

/// The cursor of the page after this one; `None` when this one was not full.
pub(crate) fn next<T>(page: &Page, rows: &[T], cursor: impl Fn(&T) -> Cursor) -> Option<String> {
    let last = rows.last().filter(|_| rows.len() >= page.limit as usize)?;
    let place = Place { order: page.order, cursor: cursor(last) };
    Some(URL_SAFE_NO_PAD.encode(serde_json::to_vec(&place).ok()?))
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use needmatch_app::store::{Cursor, OFFER_ORDERS, Order, Page};
    use uuid::Uuid;

    use super::next;

    fn page(after: Option<&str>, limit: Option<u32>, order: Option<&str>) -> Result<Page, super::Problem> {
        super::page(after, limit, order, OFFER_ORDERS)
    }

    #[test]
    fn a_cursor_leads_on_in_its_own_order_only() {
        let first = page(None, Some(2), None).unwrap();
        let cursor = |number: &u128| Cursor { key: Uuid::from_u128(*number), rank: None };
        let after = next(&first, &[1, 2], cursor).unwrap();
        let second = page(Some(&after), Some(2), None).unwrap();
        assert_eq!(second, Page { order: Order::Newest, after: Some(cursor(&2)), limit: 2 });
        assert!(page(Some(&after), Some(2), Some("oldest")).is_err());
        assert!(page(Some("%%"), None, None).is_err());
        assert!(page(None, Some(0), None).is_err() && page(None, Some(501), None).is_err());
        assert_eq!(next(&first, &[1], cursor), None);
        assert!(page(None, None, Some("priority")).is_err(), "offers have no priority");
    }

    #[test]
    fn a_forged_cursor_is_refused() {
        let key = Uuid::from_u128(1);
        for forged in [
            format!(r#"{{"order":"quantity","cursor":{{"key":"{key}","rank":null}}}}"#),
            format!(r#"{{"order":"quantity","cursor":{{"key":"{key}"}}}}"#),
            format!(r#"{{"order":"quantity","cursor":{{"key":"{key}","rank":1e99}}}}"#),
            format!(r#"{{"order":"newest","cursor":{{"key":"{key}","rank":1}}}}"#),
            r#"{"order":"quantity","cursor":{"key":"x","rank":1}}"#.to_owned(),
            r#"{"order":"quantity"}"#.to_owned(),
            "[]".to_owned(),
        ] {
            assert!(page(Some(&URL_SAFE_NO_PAD.encode(&forged)), None, Some("quantity")).is_err(), "{forged}");
        }
        let genuine = format!(r#"{{"order":"quantity","cursor":{{"key":"{key}","rank":7}}}}"#);
        assert!(page(Some(&URL_SAFE_NO_PAD.encode(genuine)), None, Some("quantity")).is_ok());
    }
}
