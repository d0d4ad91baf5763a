//! How an operation can refuse, by status: worked out from what the operation is, so that nobody has to write it beside
//! a handler. A handler says that it refuses (`default`); what stands for that here is what it really can answer, and the
//! tests of the service hold every answer they get against it.
//!
//! To add a status: its codes in `app/src/error/codes.rs`, the operations that can answer it in [`of`], and how it looks
//! in [`sample`].

use std::time::Duration;

use needmatch_app::error::{Fault, FieldError};
use needmatch_app::{AppError, Code};
use serde_json::json;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::{Components, Content, Ref, RefOr, Required, Response};

use super::headers;
use crate::http::bound;
use crate::http::expected::Expected;
use crate::http::problem::Problem;

/// What a handler declares instead of each refusal.
const DECLARED: &str = "default";

/// What paging alone may be refused for is no name of something.
const PAGING: [&str; 4] = ["after", "limit", "order", "q"];

/// Puts the refusals of an operation in the place of what its handler declares.
pub(super) fn describe(method: &str, path: &str, operation: &mut Operation) {
    let statuses = of(method, path, operation);
    let responses = &mut operation.responses.responses;
    responses.remove(DECLARED);
    for status in statuses {
        let shared = Ref::from_response_name(name(status));
        responses.entry(status.to_string()).or_insert(RefOr::Ref(shared));
    }
}

/// Statuses with which an operation can refuse.
fn of(method: &str, path: &str, operation: &Operation) -> Vec<u16> {
    let parameters: Vec<&Parameter> = operation
        .parameters
        .iter()
        .flatten()
        .filter_map(|parameter| match parameter {
            RefOr::T(parameter) => Some(parameter),
            RefOr::Ref(_) => None,
        })
        .collect();
    let is_change = method != "get";
    let is_way_in = path.contains("/sign-in");
    let is_open = operation.security.as_ref().is_some_and(|ways| !ways.is_empty()) && !is_way_in;
    let has = |place: ParameterIn| parameters.iter().any(|parameter| parameter.parameter_in == place);
    let names = |parameter: &&&Parameter| {
        parameter.parameter_in == ParameterIn::Query && !PAGING.contains(&parameter.name.as_str())
    };
    let expects_version = parameters.iter().find(|parameter| parameter.name.eq_ignore_ascii_case("if-match"));
    let mut statuses = vec![429, 500, 503];
    if has(ParameterIn::Query) || has(ParameterIn::Header) || is_change {
        statuses.push(400);
    }
    if !is_open {
        statuses.push(401);
    }
    if has(ParameterIn::Path) || parameters.iter().any(|parameter| names(&parameter)) {
        statuses.push(404);
    }
    if is_change {
        statuses.extend([403, 413, 415, 422, 507]);
    } else if !is_open && (has(ParameterIn::Path) || path.ends_with("/me") || path.contains("/me/")) {
        statuses.push(403);
    }
    if is_change && !is_way_in {
        // What a body names may not be there, and what is to be made may stand already.
        statuses.extend([404, 409]);
    }
    if let Some(version) = expects_version {
        statuses.push(412);
        if version.required == Required::True {
            statuses.push(428);
        }
    }
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

/// What refusals of a status are called among the shared responses.
fn name(status: u16) -> String {
    format!("Refused{status}")
}

/// Adds the refusals that operations refer to.
pub(super) fn share(components: &mut Components) {
    let mut statuses: Vec<u16> =
        Code::ALL.iter().map(|code| code.status()).filter(|status| sample(*status).is_some()).collect();
    statuses.sort_unstable();
    statuses.dedup();
    for status in statuses {
        components.responses.insert(name(status), RefOr::T(response(status)));
    }
}

fn response(status: u16) -> Response {
    let codes: Vec<String> =
        Code::ALL.iter().filter(|code| code.status() == status).map(|code| format!("`{}`", code.name())).collect();
    let mut response = Response::new(format!("Refused, with the code {}.", codes.join(" or ")));
    let mut content = Content::new(Some(Ref::from_schema_name("Problem")));
    content.example = sample(status).map(|problem| problem.example());
    response.content.insert("application/problem+json".to_owned(), RefOr::T(content));
    response.headers = headers::of_refusal(status);
    response
}

/// A refusal of each status, as an example; none of what no operation that is described can answer.
fn sample(status: u16) -> Option<Problem> {
    Some(match status {
        400 => Problem::parameter("limit", "9000", Expected::Number(500)),
        401 => AppError::Unauthenticated.into(),
        403 => AppError::Forbidden { action: "manage tokens" }.into(),
        404 => AppError::not_found("request", "01980000-0000-7000-8000-000000000001").into(),
        409 => AppError::NotAllowedNow {
            kind: "request",
            step: "submit".to_owned(),
            state: "draft".to_owned(),
            allowed: vec!["endorse", "withdraw", "expire"],
        }
        .into(),
        412 => AppError::VersionMismatch { expected: 2, actual: 3 }.into(),
        413 => bound::too_large("5000000"),
        415 => Problem::of(Code::UnsupportedMediaType, json!({})),
        422 => {
            let pointer = "/components/0/quantity".to_owned();
            AppError::Invalid { fields: vec![FieldError { pointer, value: None, fault: Fault::Missing {} }] }.into()
        }
        428 => Problem::of(Code::VersionRequired, json!({})),
        429 => AppError::TooManyTries { wait: Duration::from_secs(1) }.into(),
        500 => AppError::Internal.into(),
        503 => AppError::Busy.into(),
        507 => AppError::StorageFull.into(),
        _ => return None,
    })
}
