//! Sizes nothing in the store may pass, whatever a caller let through.

use serde_json::Value;

use crate::error::StoreError;

/// Most bytes of a JSON body.
pub const MAX_BODY: usize = 256 * 1024;
/// Most bytes of a name, title, code or other short text.
pub const MAX_TEXT: usize = 1000;
/// Most bytes of a reason in the audit log.
pub const MAX_REASON: usize = 2000;
/// Most components of a request.
pub const MAX_COMPONENTS: usize = 200;
/// Most parties a request is circulated to by name, and most areas of an offer.
pub const MAX_LIST: usize = 500;
/// Most bytes of a frozen problem.
pub const MAX_SNAPSHOT: usize = 256 * 1024 * 1024;

/// Refuses what is above its bound.
pub(crate) fn at_most(what: &'static str, actual: usize, limit: usize) -> Result<(), StoreError> {
    if actual > limit { Err(StoreError::TooLarge { what, actual, limit }) } else { Ok(()) }
}

/// Refuses texts above [`MAX_TEXT`].
pub(crate) fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<(), StoreError> {
    texts.into_iter().try_for_each(|text| at_most("text (bytes)", text.len(), MAX_TEXT))
}

/// Refuses a reason above [`MAX_REASON`].
pub(crate) fn reason(reason: Option<&str>) -> Result<(), StoreError> {
    at_most("text (bytes)", reason.map_or(0, str::len), MAX_REASON)
}

/// The text of a JSON body, unless it is above [`MAX_BODY`].
pub(crate) fn body(value: &Value) -> Result<String, StoreError> {
    let text = value.to_string();
    at_most("body (bytes)", text.len(), MAX_BODY)?;
    Ok(text)
}
