//! Where a request comes from, as far as the server and the proxies before it were told.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;

/// The address of whoever asks, or of a proxy that is not known to be one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source(pub(crate) Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for Source {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())))
    }
}

/// Puts the address of whoever asked the outermost of so many proxies in the place of the innermost proxy's, for all that
/// comes after. Each proxy adds to the right: what stands further left than the proxies reach is anybody's to invent.
pub(super) async fn look_past_proxies(State(proxies): State<usize>, mut request: Request, next: Next) -> Response {
    if let Some(address) = before(proxies, request.headers()) {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address, 0)));
    }
    next.run(request).await
}

fn before(proxies: usize, headers: &HeaderMap) -> Option<IpAddr> {
    let lines = headers.get_all("x-forwarded-for").iter();
    let told: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(',')).collect();
    let entry = told.get(told.len().checked_sub(proxies)?)?.trim();
    entry.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::before;

    #[test]
    fn the_sender_stands_as_far_from_the_right_as_there_are_proxies() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_static("10.9.9.9, 192.0.2.1"));
        headers.append("x-forwarded-for", HeaderValue::from_static("[2001:db8::1]:4711"));
        let told = |proxies| before(proxies, &headers).map(|address| address.to_string());
        assert_eq!(told(0), None, "nobody is believed");
        assert_eq!(told(1).as_deref(), Some("2001:db8::1"));
        assert_eq!(told(2).as_deref(), Some("192.0.2.1"));
        assert_eq!(told(4), None, "fewer proxies than were named");
        assert_eq!(before(1, &HeaderMap::new()), None);
    }
}
