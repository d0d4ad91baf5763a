//! Which address is which page, with and without a language in front, and the headers of all of them.

use axum::Extension;
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, extract::Request};
use needmatch_app::{App, AppError};
use needmatch_i18n::Locale;
use tower_http::compression::CompressionLayer;

use crate::assets;
use crate::language::PathLanguage;
use crate::pages::{
    account, front, link, openid, own_password, password, round, run, second_factor, shown_mail, sign_in,
};
use crate::visit::Visit;

/// Everything this crate serves. It brings the fallback of what it is merged into: a page.
pub fn router(app: App) -> Router {
    let mut router = pages();
    for locale in Locale::ALL {
        let translated = pages().fallback(nothing_here).layer(Extension(PathLanguage(locale)));
        let home = format!("/{locale}");
        let to_home = home.clone();
        router = router
            .route(&format!("{home}/"), get(move || async move { Redirect::permanent(&to_home) }))
            .nest(&home, translated);
    }
    router
        .route("/assets/{name}", get(assets::serve))
        .fallback(nothing_here)
        .layer(middleware::from_fn(protect))
        .layer(CompressionLayer::new())
        .with_state(app)
}

fn pages() -> Router<App> {
    Router::new()
        .route("/", get(front::show))
        .route("/sign-in", get(sign_in::show).post(sign_in::by_password))
        .route("/sign-in/{token}", get(link::look).post(link::redeem))
        .route("/sign-in/code", get(openid::ask_code).post(openid::show_code))
        .route("/sign-in/with/{name}", get(openid::leave))
        .route("/sign-in/with/{name}/callback", get(openid::come_back))
        .route("/forgotten-password", get(password::forgotten).post(password::ask))
        .route("/new-password/{token}", get(password::choose).post(password::replace))
        .route("/account", get(account::show).post(account::end_others))
        .route("/account/password", get(own_password::ask).post(own_password::replace))
        .route("/account/second-factor", get(second_factor::ask).post(second_factor::go_on))
        .route("/sign-out", post(sign_in::leave))
        .route("/development/mail/{token}", get(shown_mail::show))
        .route("/rounds/{id}", get(round::show))
        .route("/scenarios/{id}/runs", post(round::run_again))
        .route("/runs/{id}", get(run::show))
        .route("/runs/{id}/cancel", post(run::cancel))
        .route("/runs/{id}/events", get(run::listen))
        .route("/runs/{id}/{file}", get(run::download))
}

async fn nothing_here(visit: Visit, uri: Uri) -> Response {
    let path: String = uri.path().chars().take(80).collect();
    visit.answer(async { Err(AppError::not_found("address", path)) }).await
}

/// Nothing but this site's own files runs, styles or frames; what depends on the visitor is kept by nobody else.
const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
];

async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(value);
    }
    headers.append(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
    response
}
