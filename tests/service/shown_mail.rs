//! In development: mail that would have been sent is shown to who has the key of its page and sits at the machine, and to
//! nobody else.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::Request;
use needmatch_app::messages::shown::Shown;
use needmatch_app::store::words::PartyKind;
use needmatch_worker::Mailer;
use serde_json::json;
use tokio::sync::watch;
use tower::ServiceExt;

use crate::server::Service;

async fn ask(router: &Router, path: &str, from: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).expect("a request");
    request.extensions_mut().insert(ConnectInfo(from.parse::<SocketAddr>().expect("an address")));
    let answer = router.clone().oneshot(request).await.expect("an answer");
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
    (status, String::from_utf8_lossy(&body).into_owned())
}

async fn mail_is_shown_to_who_has_its_key_at_the_machine_alone(service: &Service) {
    let kept = Shown::new().expect("a key");
    let app = service.app.clone().with_shown_mail(kept.clone());
    let page = kept.path();
    let router = needmatch_web::router(app.clone());
    let (stop, stopped) = watch::channel(false);
    let sending = tokio::spawn(needmatch_worker::send_mail(app, Mailer::Log, stopped));
    let state = service.party(PartyKind::State, "SEN").await;
    let invited = json!({ "email": "ana@example.org", "name": "Ana <b>", "role": "member", "language": "ar" });
    let path = format!("/api/v1/parties/{}/invitations", state.key);
    state.client.post(&path, &invited).await.expect(201);
    let host = [("host", "localhost:8080")];
    let mut shown = String::new();
    for _ in 0..200 {
        let (status, body) = ask(&router, &format!("/fr{page}"), "127.0.0.1:4711", &host).await;
        assert_eq!(status, 200, "{body}");
        shown = body;
        if shown.contains("ana@example.org") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(shown.contains("href=\"/ar/sign-in/nm_") && shown.contains("lang=\"ar\" dir=\"rtl\""), "{shown}");
    assert!(shown.contains("<html lang=\"fr\" dir=\"ltr\">") && !shown.contains("Ana <b>"), "{shown}");
    let (status, arabic) = ask(&router, &format!("/ar{page}"), "[::1]:4711", &host).await;
    assert!(status == 200 && arabic.contains("<html lang=\"ar\" dir=\"rtl\">"), "{arabic}");
    for (from, headers) in [
        ("192.0.2.7:4711", &host[..]),
        ("127.0.0.1:4711", &[("host", "needmatch.example.org")]),
        ("127.0.0.1:4711", &[("host", "localhost:8080"), ("x-forwarded-for", "127.0.0.1")]),
        ("127.0.0.1:4711", &[]),
    ] {
        let (status, body) = ask(&router, &page, from, headers).await;
        assert!(status == 404 && !body.contains("ana@example.org"), "{from} {headers:?}: {status}");
    }
    // A proxy that does not tell of itself makes everybody come from the machine: without the key that is not enough.
    let other = Shown::new().expect("a key").path();
    for path in ["/development/mail", "/development/mail/", "/development/mail/nm_nonsense", other.as_str()] {
        let (status, body) = ask(&router, path, "127.0.0.1:4711", &host).await;
        assert!(status == 404 && !body.contains("ana@example.org"), "{path}: {status}");
    }
    let elsewhere = needmatch_web::router(service.app.clone());
    assert_eq!(ask(&elsewhere, &page, "127.0.0.1:4711", &host).await.0, 404, "nobody asked for it");
    stop.send_replace(true);
    sending.await.expect("a worker ends in order");
}

crate::on_both_databases!(mail_is_shown_to_who_has_its_key_at_the_machine_alone);
