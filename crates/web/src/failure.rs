//! Refusals and faults as pages: what happened and what to do, in the visitor's language.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use needmatch_app::error::{FieldError, broken_rule, freeze_fault};
use needmatch_app::{AppError, Code};
use needmatch_i18n::{Locale, Value, text};

use crate::layout::Layout;
use crate::pages::run_list::moment;
use crate::visit::{Visit, render};

#[derive(Template)]
#[template(path = "failure.html")]
struct FailurePage {
    layout: Layout,
    advice: String,
    /// Faults in the words of the register, such as what keeps a scenario from being run.
    details: Vec<String>,
    offers_sign_in: bool,
}

/// The page of a refusal.
pub(crate) fn page(visit: &Visit, error: &AppError) -> Response {
    let code = error.code();
    if code == Code::Internal {
        tracing::error!(request = visit.request_id, path = visit.path, "a page broke");
    }
    let (title, advice) = keys(code);
    let locale = visit.locale;
    let values = values(visit, error);
    let details = match error {
        AppError::CannotFreeze { faults } => faults.iter().map(|fault| freeze_fault(fault).written(locale)).collect(),
        AppError::Invalid { fields } => fields.iter().map(|field| sentence(locale, field)).collect(),
        AppError::RuleBroken { rule } => vec![broken_rule(locale, rule).written(locale)],
        _ => Vec::new(),
    };
    let page = FailurePage {
        layout: Layout::of(visit, text(locale, title, &[])),
        advice: text(locale, advice, &values),
        details,
        offers_sign_in: !visit.principal.is_signed_in(),
    };
    render(status(code), &page).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// What is wrong with a field, where, and what to do.
fn sentence(locale: Locale, error: &FieldError) -> String {
    let (key, values) = (error.fault.key(), error.fault.arguments());
    let fault = Value::message(key.clone(), values.clone());
    let fault = match &error.value {
        Some(value) => Value::message("part-about", vec![("value", value.into()), ("fault", fault)]),
        None => fault,
    };
    let place = if error.pointer.is_empty() { "/" } else { &error.pointer };
    let action = Value::message(format!("{key}-action"), values);
    text(locale, "part-field", &[("place", place.into()), ("fault", fault), ("action", action)])
}

fn status(code: Code) -> StatusCode {
    StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn keys(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::Unauthenticated => ("problem-unauthenticated", "problem-unauthenticated-advice"),
        Code::Forbidden => ("problem-forbidden", "problem-forbidden-advice"),
        Code::NotFound | Code::MethodNotAllowed => ("problem-not_found", "problem-not_found-advice"),
        Code::NotAllowedNow => ("problem-conflict", "problem-conflict-advice"),
        Code::BeforeCutOff => ("problem-before_cut_off", "problem-before_cut_off-advice"),
        Code::VersionMismatch | Code::Taken | Code::VersionRequired | Code::KeyReused | Code::InFlight => {
            ("problem-changed", "problem-changed-advice")
        }
        Code::TooLarge => ("problem-too_large", "problem-too_large-advice"),
        Code::Invalid | Code::CannotFreeze | Code::RuleBroken => ("problem-invalid", "problem-invalid-advice"),
        Code::NotJson | Code::BadParameter | Code::UnsupportedMediaType => {
            ("problem-bad_request", "problem-bad_request-advice")
        }
        Code::TooManyRequests => ("problem-too_many", "problem-too_many-advice"),
        Code::Busy | Code::Unavailable | Code::StorageFull => ("problem-unavailable", "problem-unavailable-advice"),
        Code::Internal => ("problem-internal", "problem-internal-advice"),
    }
}

/// Values of the advice, whichever of them it needs.
fn values(visit: &Visit, error: &AppError) -> Vec<(&'static str, Value)> {
    let reference = ("reference", Value::from(&visit.request_id));
    match error {
        AppError::NotAllowedNow { allowed, .. } => vec![("allowed", Value::from(allowed.join(", "))), reference],
        AppError::BeforeCutOff { cut_off_at } => vec![("date", moment(visit.locale, *cut_off_at).into()), reference],
        AppError::TooLarge { limit, .. } => vec![("limit", Value::from(*limit)), reference],
        AppError::Invalid { fields } => vec![("fields", Value::from(fields.len())), reference],
        AppError::CannotFreeze { faults } => vec![("fields", Value::from(faults.len())), reference],
        AppError::RuleBroken { .. } => vec![("fields", Value::from(1_u32)), reference],
        _ => vec![reference, ("seconds", Value::from(1_u32))],
    }
}
