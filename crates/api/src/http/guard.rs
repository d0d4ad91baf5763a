//! What stands before everything that is served: each request is counted and timed, and turned away while there is time
//! to say so when its sender sends too many, too many are under way, or an answer takes too long.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use needmatch_app::{Code, SESSION_COOKIE};
use needmatch_domain::canonical;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::problem::Problem;
use super::{language, request_id, source};

/// Addresses are given more than credentials: many people may stand behind one.
const ADDRESS_FACTOR: NonZeroU32 = NonZeroU32::new(10).expect("not nought");

/// Requests counted between two sweeps of senders not heard of lately.
const SWEEP_EVERY: u64 = 10_000;

/// Bounds around everything that is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Requests a minute of one credential; ten times as many of one address.
    pub requests_per_minute: NonZeroU32,
    /// Requests under way at once; the next is told to come again.
    pub concurrency: usize,
    /// Proxies before the server, each of which adds whoever asked it to `X-Forwarded-For`. None: what that says is not
    /// believed.
    pub proxies: usize,
    /// Longest time until an answer begins. A change that has begun is finished all the same.
    pub patience: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            requests_per_minute: NonZeroU32::new(1_200).expect("more than none"),
            concurrency: 256,
            proxies: 0,
            patience: Duration::from_mins(1),
        }
    }
}

#[derive(Debug)]
struct Guard {
    bounds: Bounds,
    credentials: DefaultKeyedRateLimiter<String>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    under_way: Arc<Semaphore>,
    counted: std::sync::atomic::AtomicU64,
}

/// A place among the requests under way, as long as any of these is kept: a change goes on when its sender hangs up.
#[derive(Debug, Clone)]
pub(crate) struct Admitted(#[expect(dead_code, reason = "holds the place")] Arc<OwnedSemaphorePermit>);

/// Puts the bounds around a router. Serve it with the sender's address ([`ConnectInfo`]), or addresses are not told apart.
pub fn guard(router: Router, bounds: Bounds) -> Router {
    let per_address = bounds.requests_per_minute.saturating_mul(ADDRESS_FACTOR);
    let guard = Arc::new(Guard {
        bounds,
        credentials: RateLimiter::keyed(Quota::per_minute(bounds.requests_per_minute)),
        addresses: RateLimiter::keyed(Quota::per_minute(per_address)),
        under_way: Arc::new(Semaphore::new(bounds.concurrency)),
        counted: std::sync::atomic::AtomicU64::new(0),
    });
    router
        .layer(middleware::from_fn_with_state(guard, admit))
        .layer(middleware::from_fn(observe))
        .layer(middleware::from_fn(language::localise))
        .layer(middleware::from_fn(request_id::identify))
        .layer(middleware::from_fn_with_state(bounds.proxies, source::look_past_proxies))
}

async fn admit(State(guard): State<Arc<Guard>>, mut request: Request, next: Next) -> Response {
    // Whoever watches over the service is never turned away; what that costs is bounded where it is answered.
    if matches!(request.uri().path(), "/healthz" | "/readyz" | "/metrics") {
        return next.run(request).await;
    }
    if let Some(wait) = guard.too_many(&request) {
        return turned_away(Code::TooManyRequests, wait);
    }
    let Ok(permit) = Arc::clone(&guard.under_way).try_acquire_owned() else {
        return turned_away(Code::Busy, Duration::from_secs(1));
    };
    let admitted = Admitted(Arc::new(permit));
    request.extensions_mut().insert(admitted.clone());
    let answer = tokio::time::timeout(guard.bounds.patience, next.run(request)).await;
    drop(admitted);
    answer.unwrap_or_else(|_| turned_away(Code::Busy, Duration::from_secs(5)))
}

impl Guard {
    /// How long the sender has to wait, if it must. A made-up credential is counted for itself, but also for its address.
    fn too_many(&self, request: &Request) -> Option<Duration> {
        let counted = self.counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if counted.is_multiple_of(SWEEP_EVERY) {
            self.credentials.retain_recent();
            self.addresses.retain_recent();
        }
        let now = DefaultClock::default().now();
        let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| network(info.0.ip()));
        if let Some(refused) = address.and_then(|address| self.addresses.check_key(&address).err()) {
            return Some(refused.wait_time_from(now));
        }
        // Each of them: a page reads the one and the API the other, and one that nobody reads is easily made up anew.
        let shown = [token(request.headers()), session(request.headers())];
        // Not the secret itself: it would stay in memory long after it was taken back.
        let keys = shown.into_iter().flatten().map(canonical::sha256);
        let refused = keys.filter_map(|key| self.credentials.check_key(&key).err());
        refused.map(|refused| refused.wait_time_from(now)).max()
    }
}

/// Who is counted as one address: of the newer kind, whoever has one has its whole network of 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        older @ IpAddr::V4(_) => older,
    }
}

/// The token of a request, without what may stand around it.
fn token(headers: &HeaderMap) -> Option<&[u8]> {
    let shown = headers.get(header::AUTHORIZATION)?.as_bytes().trim_ascii();
    let scheme = shown.iter().position(|byte| *byte == b' ').unwrap_or(0);
    Some(shown[scheme..].trim_ascii())
}

/// The secret of a browser's session, whatever other cookies stand beside it.
fn session(headers: &HeaderMap) -> Option<&[u8]> {
    let sent = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = sent.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| (name == SESSION_COOKIE).then_some(value.as_bytes()))
}

fn turned_away(code: Code, wait: Duration) -> Response {
    let mut response = Problem::of(code, json!({})).into_response();
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    response
}

/// Counts and times by route, never by address: addresses hold identifiers, and some hold secrets.
async fn observe(request: Request, next: Next) -> Response {
    let method = request.method().as_str().to_owned();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    let labels = [("method", method), ("route", route), ("status", status)];
    metrics::counter!("needmatch_http_requests_total", &labels).increment(1);
    metrics::histogram!("needmatch_http_request_seconds", &labels).record(began.elapsed());
    response
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;
    use std::time::Duration;

    use axum::body::Body;
    use axum::extract::Request;
    use axum::routing::get;
    use axum::{Extension, Router, http::StatusCode};
    use tower::ServiceExt;

    use super::{Admitted, Bounds, guard};

    fn router(bounds: Bounds) -> Router {
        let slow = || async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "done"
        };
        guard(Router::new().route("/fast", get(async || "done")).route("/slow", get(slow)), bounds)
    }

    async fn ask(router: &Router, path: &str, token: &str) -> (StatusCode, Option<String>) {
        let request = Request::get(path).header("authorization", format!("Bearer {token}")).body(Body::empty());
        let answer = router.clone().oneshot(request.unwrap()).await.unwrap();
        let retry = answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
        (answer.status(), retry)
    }

    #[tokio::test]
    async fn a_principal_who_sends_too_many_is_told_when_to_come_again_and_others_are_served() {
        let router = router(Bounds { requests_per_minute: NonZeroU32::new(3).unwrap(), ..Bounds::default() });
        for _ in 0..3 {
            assert_eq!(ask(&router, "/fast", "one").await.0, StatusCode::OK);
        }
        let (status, retry) = ask(&router, "/fast", "one").await;
        assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
        let seconds: u64 = retry.unwrap().parse().unwrap();
        assert!((1..=20).contains(&seconds), "{seconds}");
        assert_eq!(ask(&router, "/fast", "two").await.0, StatusCode::OK);
    }

    #[tokio::test]
    async fn a_session_is_counted_whatever_stands_beside_it() {
        let router = router(Bounds { requests_per_minute: NonZeroU32::new(3).unwrap(), ..Bounds::default() });
        let ask = async |number: usize, session: &str| {
            let cookies = format!("junk={number}; {}={session}; more={number}", needmatch_app::SESSION_COOKIE);
            let request = Request::get("/fast").header("cookie", cookies);
            let request = request.header("authorization", format!("Bearer {number}")).body(Body::empty()).unwrap();
            router.clone().oneshot(request).await.unwrap().status()
        };
        for number in 0..3 {
            assert_eq!(ask(number, "one").await, StatusCode::OK);
        }
        assert_eq!(ask(3, "one").await, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(ask(4, "two").await, StatusCode::OK);
    }

    #[tokio::test]
    async fn a_token_is_counted_however_it_is_written() {
        let router = router(Bounds { requests_per_minute: NonZeroU32::new(1).unwrap(), ..Bounds::default() });
        assert_eq!(ask(&router, "/fast", "one").await.0, StatusCode::OK);
        let request = Request::get("/fast").header("authorization", "bearer   one ").body(Body::empty());
        let answer = router.oneshot(request.unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    }

    #[test]
    fn a_network_of_64_bits_is_one_address() {
        let network = |text: &str| super::network(text.parse().unwrap());
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }

    #[tokio::test]
    async fn more_at_once_than_are_taken_are_told_to_come_again() {
        let router = router(Bounds { concurrency: 2, ..Bounds::default() });
        let asked = (0..6).map(|number| {
            let router = router.clone();
            tokio::spawn(async move { ask(&router, "/slow", &number.to_string()).await })
        });
        let mut served = 0;
        for answer in asked.collect::<Vec<_>>() {
            match answer.await.unwrap() {
                (StatusCode::OK, None) => served += 1,
                (StatusCode::SERVICE_UNAVAILABLE, Some(_)) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(served, 2);
        assert_eq!(ask(&router, "/slow", "later").await.0, StatusCode::OK, "the place is free again");
    }

    #[tokio::test]
    async fn a_change_whose_sender_hung_up_keeps_its_place_until_it_is_over() {
        let change = |Extension(admitted): Extension<Admitted>| async move {
            let change = tokio::spawn(async move {
                tokio::time::sleep(Duration::from_millis(400)).await;
                drop(admitted);
            });
            change.await.unwrap();
            "done"
        };
        let routes = Router::new().route("/change", get(change)).route("/fast", get(async || "done"));
        let router = guard(routes, Bounds { concurrency: 1, ..Bounds::default() });
        let hung_up = tokio::time::timeout(Duration::from_millis(50), ask(&router, "/change", "one")).await;
        assert!(hung_up.is_err());
        assert_eq!(ask(&router, "/fast", "two").await.0, StatusCode::SERVICE_UNAVAILABLE);
        tokio::time::sleep(Duration::from_millis(600)).await;
        assert_eq!(ask(&router, "/fast", "two").await.0, StatusCode::OK);
    }

    #[tokio::test]
    async fn an_answer_that_takes_too_long_is_given_up() {
        let router = router(Bounds { patience: Duration::from_millis(50), ..Bounds::default() });
        let (status, retry) = ask(&router, "/slow", "x").await;
        assert_eq!((status, retry.as_deref()), (StatusCode::SERVICE_UNAVAILABLE, Some("5")));
    }
}
