//! Pages as a browser gets them: the router on a register of its own, with a matched scenario in it.
//!
//! Every page asked for is also written to `target/tmp/pages`, with its stylesheet, to be looked at.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use needmatch_app::sign_in::{Invitation, invite};
use needmatch_app::store::Store;
use needmatch_app::store::audit::Origin;
use needmatch_app::store::keys::{PartyKey, RoundKey, RunKey, ScenarioKey};
use needmatch_app::store::words::Role;
use needmatch_app::{App, Principal, Surface, parties, rounds, runs};
use needmatch_domain::goal::Gap;
use needmatch_domain::run::{Run, RunSettings};
use needmatch_i18n::Locale;
use needmatch_matching::propose::{Options, Watch, propose};
use serde_json::json;
use tempfile::TempDir;
use tower::ServiceExt;

struct Site {
    app: App,
    router: Router,
    coordinator: PartyKey,
    round: RoundKey,
    scenario: ScenarioKey,
    _directory: TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

fn surface() -> Surface {
    Surface { name: "cli", request_id: "test".to_owned() }
}

impl Site {
    /// A register with one committed scenario as a frozen round.
    async fn with(scenario: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", directory.path().join("register.db").display())).await.unwrap();
        store.migrate().await.unwrap();
        let app = App::with_system_clock(store);
        let operator = Principal::operator();
        let mut transaction = app.begin(&operator, &surface()).await.unwrap();
        let document = json!({ "kind": "coordinator", "code": "secretariat", "name": "Secretariat" });
        let coordinator = parties::register(&mut transaction, &operator, &document).await.unwrap().key;
        transaction.commit().await.unwrap();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(scenario);
        let folder = needmatch_exchange::read_folder(&folder).unwrap();
        let made = rounds::import(&app, &operator, &surface(), coordinator, scenario, &folder).await.unwrap();
        let router = needmatch_web::router(app.clone());
        Self { app, router, coordinator, round: made.round.key, scenario: made.scenario.key, _directory: directory }
    }

    /// A run that waits for a worker.
    async fn start(&self) -> RunKey {
        let operator = Principal::operator();
        let prepared = runs::prepare(&self.app, &operator, self.scenario, &json!({})).await.unwrap();
        let mut transaction = self.app.begin(&operator, &surface()).await.unwrap();
        let run = runs::start(&mut transaction, &operator, &prepared).await.unwrap();
        transaction.commit().await.unwrap();
        run.key
    }

    /// Works off the run that waits, without a solver.
    async fn work(&self) {
        let store = self.app.store();
        let (claim, run) =
            store.claim_run("test", Duration::from_mins(1), self.app.now()).await.unwrap().expect("a run waits");
        let operator = Principal::operator();
        let problem = runs::problem(&mut self.app.read().await.unwrap(), &operator, run.key).await.unwrap();
        let options = Options { solver: false, ..Options::new(Gap::default(), 60.0) };
        let mut watch = Watch { elapsed: &|| 0.0, cancelled: &|| false, progress: &mut |_| {} };
        let outcome = propose(&problem, &options, &mut watch).unwrap();
        let settings: RunSettings = serde_json::from_value(run.settings).unwrap();
        let sealed = Run::seal(problem.clone(), settings, outcome, "test");
        let verified = needmatch_verify::accept(sealed, problem).unwrap();
        let origin = Origin::machine("worker", "test", self.app.now());
        let mut transaction = store.begin(origin).await.unwrap();
        transaction.complete_run(claim, &verified).await.unwrap();
        transaction.commit().await.unwrap();
    }

    async fn ask(&self, method: &str, address: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 16 << 20).await.unwrap();
        Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    async fn get(&self, address: &str, session: &str) -> Answer {
        self.ask("GET", address, &[("cookie", session)]).await
    }

    /// Signs in as the coordinator through a link; the cookie to send from then on.
    async fn sign_in(&self) -> String {
        let operator = Principal::operator();
        let mut transaction = self.app.begin(&operator, &surface()).await.unwrap();
        let language = Locale::English;
        let invitation = Invitation { email: "c@example.org", name: "C", role: Role::Manager, language };
        let invited = invite(&mut transaction, &operator, self.coordinator, invitation).await.unwrap();
        let link = invited.link.expect("a new person gets a link");
        transaction.commit().await.unwrap();
        let address = format!("/sign-in/{}", link.reveal());
        for _ in 0..2 {
            let looked = self.get(&address, "").await;
            assert_eq!(
                (looked.status, looked.headers.get(header::SET_COOKIE)),
                (StatusCode::OK, None),
                "only looked at"
            );
        }
        let elsewhere = self.ask("POST", &address, &[("sec-fetch-site", "cross-site")]).await;
        assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
        let answer = self.ask("POST", &address, &[("sec-fetch-site", "same-origin")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        for method in ["GET", "POST"] {
            let again = self.ask(method, &address, &[]).await;
            assert_eq!(again.status, StatusCode::UNAUTHORIZED, "a link works once");
        }
        cookie.split(';').next().unwrap().to_owned()
    }
}

/// Writes a page where it can be opened without a server.
async fn keep(site: &Site, name: &str, page: &Answer) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    let address = page.body.split("href=\"").find(|part| part.starts_with("/assets/pages-")).expect("a stylesheet");
    let address = address.split('"').next().unwrap();
    let style = site.ask("GET", address, &[]).await;
    assert_eq!(style.status, StatusCode::OK);
    assert!(style.headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    fs::write(folder.join("pages.css"), &style.body).unwrap();
    fs::write(folder.join(format!("{name}.html")), page.body.replace(address, "pages.css")).unwrap();
}

/// What every page must keep, whatever it shows.
fn expect_sound(page: &Answer) {
    let body = &page.body;
    assert!(!body.contains('⟦'), "a message is missing: {:?}", body.split('⟦').nth(1).map(|rest| &rest[..60]));
    assert!(
        !body.contains("style=") && !body.contains("<style") && !body.contains(" onclick"),
        "inline style or script"
    );
    assert_eq!(body.matches("<h1").count(), 1);
    assert_eq!(body.matches("<main").count(), 1);
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.starts_with("default-src 'self'"), "{policy}");
    let mut ids: Vec<&str> = body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
}

#[tokio::test]
async fn a_coordinator_sees_the_whole_run_in_every_language() {
    let site = Site::with("bms6-illustrative").await;
    let run = site.start().await;
    let session = site.sign_in().await;
    let waiting = site.get(&format!("/runs/{run}"), &session).await;
    expect_sound(&waiting);
    assert!(waiting.body.contains("http-equiv=\"refresh\"") && waiting.body.contains("type=\"module\""));
    keep(&site, "waiting", &waiting).await;
    site.work().await;
    for locale in Locale::ALL {
        let page = site.get(&format!("/{locale}/runs/{run}"), &session).await;
        assert_eq!(page.status, StatusCode::OK);
        expect_sound(&page);
        let opening = format!("<html lang=\"{locale}\" dir=\"{}\">", locale.direction().attribute());
        assert!(page.body.contains(&opening));
        for heading in ["flow", "coverage", "price", "offers", "unserved", "matches", "recount"] {
            assert!(page.body.contains(&format!("<h2 id=\"{heading}\">")), "{locale}: {heading}");
        }
        keep(&site, &format!("run-{locale}"), &page).await;
        for (name, address) in [("front", String::new()), ("round", format!("/rounds/{}", site.round))] {
            let page = site.get(&format!("/{locale}{address}"), &session).await;
            assert_eq!(page.status, StatusCode::OK, "{name}");
            expect_sound(&page);
            assert!(page.body.contains(&format!("/{locale}/runs/{run}")), "links keep the language");
            keep(&site, &format!("{name}-{locale}"), &page).await;
        }
    }
}

#[tokio::test]
async fn what_one_signs_in_with_is_told_in_every_language() {
    let site = Site::with("first-steps").await;
    let session = site.sign_in().await;
    for locale in Locale::ALL {
        for name in ["account", "account/password", "account/second-factor"] {
            let page = site.get(&format!("/{locale}/{name}"), &session).await;
            assert_eq!(page.status, StatusCode::OK, "{locale} {name}");
            expect_sound(&page);
            assert!(page.body.contains(&format!("\"/{locale}/{name}\"")), "{locale} {name}: links keep the language");
            keep(&site, &format!("{}-{locale}", name.replace('/', "-")), &page).await;
        }
    }
    assert_eq!(site.get("/account", "").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn every_file_that_a_run_offers_is_there_and_the_run_file_is_accepted() {
    let site = Site::with("first-steps").await;
    let run = site.start().await;
    site.work().await;
    let session = site.sign_in().await;
    let page = site.get(&format!("/runs/{run}"), &session).await;
    let files: Vec<&str> = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let files: Vec<&str> = files.into_iter().filter(|address| address.contains(&format!("/runs/{run}/"))).collect();
    assert!(files.len() >= 10, "{files:?}");
    for address in files {
        let file = site.get(address, &session).await;
        assert_eq!(file.status, StatusCode::OK, "{address}");
        if address.ends_with("run.json") {
            let run: Run = serde_json::from_str(&file.body).unwrap();
            assert!(needmatch_verify::verify_run(run).is_ok());
        }
    }
}

#[tokio::test]
async fn what_may_not_be_seen_is_not_there_and_says_so_in_the_visitors_language() {
    let site = Site::with("first-steps").await;
    let run = site.start().await;
    site.work().await;
    let wish = ("accept-language", "fr-CA, en;q=0.5");
    for address in [
        format!("/runs/{run}"),
        format!("/rounds/{}", site.round),
        format!("/runs/{run}/run.json"),
        "/runs/x".into(),
        "/nothing".into(),
    ] {
        let page = site.ask("GET", &address, &[wish]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
        expect_sound(&page);
        assert!(page.body.contains("<html lang=\"fr\""), "{address}");
    }
    let chosen = site.ask("GET", "/ar", &[wish]).await;
    let remembered = chosen.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap();
    let page = site.ask("GET", "/", &[wish, ("cookie", remembered)]).await;
    assert!(page.body.contains("<html lang=\"ar\" dir=\"rtl\">"), "the language chosen last is kept");
    keep(&site, "front-nobody", &page).await;
}

#[tokio::test]
async fn forms_start_and_cancel_runs_and_end_the_session() {
    let site = Site::with("first-steps").await;
    let session = site.sign_in().await;
    let address = format!("/es/scenarios/{}/runs", site.scenario);
    let refused = site.ask("POST", &address, &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "who may not see it may not start it");
    let foreign = [("cookie", session.as_str()), ("sec-fetch-site", "cross-site")];
    assert_eq!(site.ask("POST", &address, &foreign).await.status, StatusCode::FORBIDDEN);
    let started = site.ask("POST", &address, &[("cookie", &session)]).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER);
    let run = started.headers[header::LOCATION].to_str().unwrap().to_owned();
    assert!(run.starts_with("/es/runs/"), "{run}");
    let cancelled = site.ask("POST", &format!("{run}/cancel"), &[("cookie", &session)]).await;
    assert_eq!(cancelled.status, StatusCode::SEE_OTHER);
    let page = site.get(&run, &session).await;
    expect_sound(&page);
    assert!(!page.body.contains("http-equiv=\"refresh\""), "nothing is left to wait for");
    let left = site.ask("POST", "/es/sign-out", &[("cookie", &session)]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get(&run, &session).await.status, StatusCode::NOT_FOUND, "the old cookie opens nothing");
}
