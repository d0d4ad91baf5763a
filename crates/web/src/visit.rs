//! A visit: who looks, at what, in which language. Handlers take it first and answer through it, so that everything that
//! can go wrong becomes a page in the visitor's language.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use askama::Template;
use axum::extract::{ConnectInfo, FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use needmatch_app::{App, AppError, Principal, Surface};
use needmatch_i18n::Locale;

use crate::failure;
use crate::language::{self, PathLanguage};

/// Name of the cookie that holds a session.
pub(crate) const SESSION: &str = needmatch_app::SESSION_COOKIE;

/// A visit.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) app: App,
    pub(crate) principal: Principal,
    pub(crate) locale: Locale,
    /// `/fr` where the path named the language, else empty.
    pub(crate) prefix: String,
    /// The path without the language.
    pub(crate) path: String,
    pub(crate) request_id: String,
    /// Where the visitor comes from: their address, or that of the proxy before the server.
    pub(crate) source: Option<IpAddr>,
    /// Whether the visitor's line to the outermost server is encrypted, as far as a proxy told.
    is_encrypted: bool,
    /// Why the register could not be asked who looks.
    broken: Option<AppError>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let path_language = parts.extensions.get::<PathLanguage>().copied();
        let locale = language::choose(path_language, &parts.headers);
        let prefix = path_language.map(|PathLanguage(locale)| format!("/{locale}")).unwrap_or_default();
        let original = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
        let path = original.path().strip_prefix(prefix.as_str()).filter(|rest| !rest.is_empty()).unwrap_or("/");
        let (principal, broken) = match cookie(&parts.headers, SESSION) {
            None => (Principal::public(), None),
            Some(secret) => match app.authenticate(secret).await {
                Ok(principal) => (principal, None),
                // A session that has ended is no fault of the page that is asked for.
                Err(AppError::Unauthenticated) => (Principal::public(), None),
                Err(error) => (Principal::public(), Some(error)),
            },
        };
        Ok(Self {
            app: app.clone(),
            principal,
            locale,
            path: path.to_owned(),
            prefix,
            request_id: uuid::Uuid::now_v7().to_string(),
            source: parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()),
            is_encrypted: is_encrypted(&parts.headers),
            broken,
        })
    }
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = sent.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(found, value)| (found == name).then_some(value))
}

fn is_encrypted(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|scheme| scheme == "https")
}

impl Visit {
    /// Where changes of this visit come from.
    pub(crate) fn surface(&self) -> Surface {
        Surface { name: "web", request_id: self.request_id.clone() }
    }

    /// The address of a page in the language of this visit.
    pub(crate) fn link(&self, path: &str) -> String {
        match (self.prefix.as_str(), path) {
            ("", path) => path.to_owned(),
            (prefix, "/") => prefix.to_owned(),
            (prefix, path) => format!("{prefix}{path}"),
        }
    }

    /// The answer of a handler; what was refused becomes a page.
    pub(crate) async fn answer(&self, answer: impl Future<Output = Result<Response, AppError>>) -> Response {
        let result = match self.broken.clone() {
            Some(error) => Err(error),
            None => answer.await,
        };
        let mut response = result.unwrap_or_else(|error| failure::page(self, &error));
        self.remember_language(response.headers_mut());
        response
    }

    /// A `Set-Cookie` for this site alone, out of reach of scripts and of forms on other sites.
    pub(crate) fn set_cookie(&self, name: &str, value: &str, hours: i64) -> Result<HeaderValue, AppError> {
        let secure = if self.is_encrypted { "; Secure" } else { "" };
        let cookie = format!("{name}={value}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}", hours * 3600);
        HeaderValue::from_str(&cookie).map_err(|_| AppError::Internal)
    }

    fn remember_language(&self, headers: &mut HeaderMap) {
        const HOURS_OF_A_YEAR: i64 = 24 * 365;
        if self.prefix.is_empty() {
            return;
        }
        if let Ok(cookie) = self.set_cookie(language::COOKIE, self.locale.code(), HOURS_OF_A_YEAR) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
}

/// A rendered template as an answer.
pub(crate) fn render(status: StatusCode, template: &impl Template) -> Result<Response, AppError> {
    let html = template.render().map_err(|error| {
        tracing::error!(%error, "a page cannot be rendered");
        AppError::Internal
    })?;
    Ok((status, Html(html)).into_response())
}
