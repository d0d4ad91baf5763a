//! The pages on a port of their own beside a service's API, with providers to come in by, and a browser that looks at
//! them: it keeps cookies, follows nothing by itself, and sends forms.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use needmatch_app::App;
use needmatch_app::access::Seal;
use needmatch_app::access::openid::{ProviderSettings, Providers};
use reqwest::StatusCode;
use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use tokio::net::TcpListener;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::server::Service;

/// A port that pages will be served on: providers are told before.
pub(crate) struct Place {
    listener: TcpListener,
    pub(crate) address: String,
}

/// The pages of a service.
pub(crate) struct Site {
    pub(crate) app: App,
    pub(crate) address: String,
    /// Seconds the clock is ahead.
    ahead: Arc<AtomicI64>,
}

impl Place {
    pub(crate) async fn free() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        Self { listener, address }
    }

    /// Serves the pages of a service there.
    pub(crate) fn serve(self, service: &Service, providers: &[ProviderSettings]) -> Site {
        let ahead = Arc::new(AtomicI64::new(0));
        let own = ahead.clone();
        let clock = Arc::new(move || Timestamp::now() + SignedDuration::from_secs(own.load(Ordering::Relaxed)));
        let app = App::new(service.app.store().clone(), clock).with_seal(Seal::read(&"5a".repeat(32)).expect("a key"));
        let app = app.with_providers(Providers::read(providers, &self.address).expect("providers"));
        let router = needmatch_api::router(app.clone()).merge(needmatch_web::router(app.clone()));
        let router = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(self.listener, router).await });
        Site { app, address: self.address, ahead }
    }
}

impl Site {
    /// Lets time go by.
    pub(crate) fn wait(&self, minutes: i64) {
        self.ahead.fetch_add(60 * minutes, Ordering::Relaxed);
    }

    /// Everything the register holds, in one hash.
    pub(crate) async fn fingerprint(&self) -> String {
        let ending = self.app.store().back_up(Vec::new(), Timestamp::UNIX_EPOCH).await.expect("a backup");
        ending.sha256
    }
}

/// What a browser was answered.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) url: Url,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Page {
    /// Where it leads on.
    pub(crate) fn location(&self) -> Option<Url> {
        let location = self.headers.get(LOCATION)?.to_str().ok()?;
        self.url.join(location).ok()
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{} {}", self.url, self.body);
        self
    }
}

/// A browser.
#[derive(Clone)]
pub(crate) struct Browser {
    http: reqwest::Client,
    /// Cookies by host and port, and by name.
    jar: BTreeMap<String, BTreeMap<String, String>>,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        Self { http: http.build().expect("a client"), jar: BTreeMap::new() }
    }

    pub(crate) async fn get(&mut self, url: &str) -> Page {
        let url: Url = url.parse().expect("an address");
        let request = self.http.get(url.clone());
        self.send(url, request).await
    }

    pub(crate) async fn post(&mut self, url: &str, fields: &[(&str, &str)]) -> Page {
        let url: Url = url.parse().expect("an address");
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.http.post(url.clone()).header("content-type", "application/x-www-form-urlencoded");
        self.send(url, request.header("sec-fetch-site", "same-origin").body(body)).await
    }

    async fn send(&mut self, url: Url, request: reqwest::RequestBuilder) -> Page {
        let jar = self.jar.entry(url.authority().to_owned()).or_default();
        let sent = jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let response = request.header(COOKIE, sent).send().await.expect("an answer");
        for cookie in response.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("text");
            let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            if value.is_empty() {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Page { url, status, headers, body: response.text().await.expect("a body") }
    }

    /// What a site's cookie holds.
    pub(crate) fn cookie(&self, address: &str, name: &str) -> Option<String> {
        let url: Url = address.parse().expect("an address");
        self.jar.get(url.authority())?.get(name).cloned()
    }

    pub(crate) fn forget(&mut self, address: &str, name: &str) {
        let url: Url = address.parse().expect("an address");
        self.jar.entry(url.authority().to_owned()).or_default().remove(name);
    }

    /// Goes to a provider and through its pages as somebody, up to the address that leads back.
    pub(crate) async fn sign_in_at(&mut self, site: &Site, provider: &str, login: &str) -> Url {
        let mut page = self.get(&format!("{}/sign-in/with/{provider}", site.address)).await.expect(303);
        for _ in 0..20 {
            if let Some(next) = page.location() {
                if next.as_str().starts_with(&format!("{}/", site.address)) {
                    return next;
                }
                page = self.get(next.as_str()).await;
                continue;
            }
            assert_eq!(page.status, StatusCode::OK.as_u16(), "{}", page.body);
            let between = |before: &str| page.body.split_once(before).and_then(|(_, rest)| rest.split_once('"'));
            let (action, _) = between("action=\"").expect("a form");
            let (prompt, _) = between("name=\"prompt\" value=\"").expect("a prompt");
            let target = page.url.join(action).expect("an address");
            page = self.post(target.as_str(), &[("prompt", prompt), ("login", login), ("password", "any")]).await;
        }
        panic!("the provider leads nowhere");
    }
}
