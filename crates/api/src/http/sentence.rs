//! The sentences of refusals in English: what happened this time, and what to do.

use needmatch_app::Code;
use serde_json::{Map, Value};

/// A value of the sentence as text; empty when there is none.
pub(crate) fn value(values: &Map<String, Value>, name: &str) -> String {
    match values.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            let items = items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), ToOwned::to_owned));
            items.collect::<Vec<_>>().join(", ")
        }
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// What happened this time.
pub(crate) fn detail(code: Code, values: &Map<String, Value>) -> String {
    let get = |name| value(values, name);
    match code {
        Code::Unauthenticated => "No valid token came with the request.".to_owned(),
        Code::Forbidden => format!("Your parties and scopes do not let you {}.", get("action")),
        Code::NotFound => format!("There is no {} {} that you may see.", get("kind"), get("key")),
        Code::MethodNotAllowed => "This address is known, but not with this method.".to_owned(),
        Code::NotAllowedNow => format!("The {} is {}; {} is not possible now.", get("kind"), get("state"), get("step")),
        Code::Taken => format!("Taken already: {}.", get("what")),
        Code::InFlight => "The first request with this Idempotency-Key has not ended yet.".to_owned(),
        Code::VersionMismatch => format!("You named version {}, it is at version {}.", get("expected"), get("actual")),
        Code::TooLarge => format!("{} has {}, at most {} are allowed.", get("what"), get("actual"), get("limit")),
        Code::UnsupportedMediaType => "The body is not declared as application/json.".to_owned(),
        Code::NotJson => format!("The body cannot be read: {}.", get("reason")),
        Code::BadParameter => format!("{} is {:?}, which is not {}.", get("name"), get("value"), get("expected")),
        Code::Invalid => format!("{} errors; each stands under errors with its place.", get("count")),
        Code::KeyReused => "This Idempotency-Key came with another request before.".to_owned(),
        Code::RuleBroken => format!("{}.", get("rule")),
        Code::CannotFreeze => get("faults"),
        Code::VersionRequired => "A change without the version it is made against could undo another's.".to_owned(),
        Code::TooManyRequests => "More came at once than is taken.".to_owned(),
        Code::Internal => "The fault is ours; it stands in the log under the request's identifier.".to_owned(),
        Code::Busy => "Another change is in the way.".to_owned(),
        Code::Unavailable => "The register does not answer.".to_owned(),
        Code::StorageFull => "The register cannot write any more.".to_owned(),
    }
}

/// What to do.
pub(crate) fn action(code: Code, values: &Map<String, Value>) -> String {
    match code {
        Code::Unauthenticated => "Send a token in force as Authorization: Bearer nm_….".to_owned(),
        Code::Forbidden => "Ask a manager of the party, or use a token with the scope.".to_owned(),
        Code::NotFound | Code::MethodNotAllowed => "Compare the address with /api/v1/openapi.json.".to_owned(),
        Code::NotAllowedNow => match value(values, "allowed") {
            allowed if allowed.is_empty() => "Nothing can be done about it any more.".to_owned(),
            allowed => format!("Possible now: {allowed}."),
        },
        Code::Taken => "Choose another, or change the one that has it.".to_owned(),
        Code::InFlight | Code::Busy | Code::Unavailable | Code::TooManyRequests => {
            "Send the same request again in a moment.".to_owned()
        }
        Code::VersionMismatch => "Read it again, and make the change against what stands.".to_owned(),
        Code::TooLarge => "Send less at once.".to_owned(),
        Code::UnsupportedMediaType => "Send Content-Type: application/json.".to_owned(),
        Code::NotJson | Code::BadParameter | Code::Invalid => "Correct what is named and send it again.".to_owned(),
        Code::KeyReused => "Use a new key for a new request.".to_owned(),
        Code::RuleBroken => "Change the request so that it keeps the rule.".to_owned(),
        Code::CannotFreeze => "Correct the rows that are named.".to_owned(),
        Code::VersionRequired => "Send the ETag you read as If-Match.".to_owned(),
        Code::Internal => "Report the request's identifier, in X-Request-Id.".to_owned(),
        Code::StorageFull => "Ask the operator to make room.".to_owned(),
    }
}
