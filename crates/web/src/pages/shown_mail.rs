//! Mail that a server in development would have sent, with its links. Whoever reads it can come in as anybody: it is there
//! for who has the key that was told to whoever started the server, and only where the operator asked for it and no mail is
//! sent. That who asks sits at the machine is looked at as well, but a proxy that does not tell of itself hides it.

use std::net::IpAddr;

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use needmatch_app::AppError;
use needmatch_app::messages::shown::ShownMail;
use needmatch_i18n::text;

use super::run_list::moment;
use crate::layout::Layout;
use crate::visit::{Visit, render};

/// Headers by which a proxy tells of itself: behind one everybody comes from this machine.
const OF_PROXIES: [&str; 5] = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/// A mail in the list.
struct Letter {
    moment: String,
    at: String,
    name: String,
    email: String,
    language: &'static str,
    direction: &'static str,
    subject: String,
    paragraphs: Vec<String>,
    address: String,
}

#[derive(Template)]
#[template(path = "shown_mail.html")]
struct ShownMailPage {
    layout: Layout,
    note: String,
    letters: Vec<Letter>,
}

/// The mails, newest first.
pub(crate) async fn show(visit: Visit, Path(key): Path<String>, headers: HeaderMap) -> Response {
    visit
        .answer(async {
            let shown = visit.app.shown_mail().filter(|shown| shown.is_opened_by(&key));
            let shown = shown.filter(|_| is_at_the_machine(visit.source, &headers));
            let shown = shown.ok_or_else(|| AppError::not_found("address", "/development/mail"))?;
            let letters = shown.newest().into_iter().map(|mail| letter(&visit, mail)).collect();
            let layout = Layout::of(&visit, text(visit.locale, "shown_mail-title", &[]));
            let most = i64::try_from(needmatch_app::messages::shown::MOST).unwrap_or(i64::MAX);
            let note = text(visit.locale, "shown_mail-note", &[("most", most.into())]);
            render(StatusCode::OK, &ShownMailPage { layout, note, letters })
        })
        .await
}

fn letter(visit: &Visit, mail: ShownMail) -> Letter {
    Letter {
        moment: moment(visit.locale, mail.at),
        at: mail.at.to_string(),
        name: mail.name,
        email: mail.email,
        language: mail.locale.code(),
        direction: mail.locale.direction().attribute(),
        subject: mail.subject,
        paragraphs: mail.text.split("\n\n").map(|text| text.trim().to_owned()).collect(),
        address: format!("/{}{}", mail.locale, mail.path),
    }
}

/// Whether whoever asks sits at this machine, as far as can be told: they come from it, through no proxy, and under one of
/// its own names, which a page of somebody else's does not have.
fn is_at_the_machine(source: Option<IpAddr>, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    source.is_some_and(|source| source.to_canonical().is_loopback())
        && OF_PROXIES.iter().all(|name| !headers.contains_key(*name))
        && ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::is_at_the_machine;

    #[test]
    fn only_who_comes_from_the_machine_by_its_own_name_and_no_proxy_is_at_it() {
        let told = |source: &str, named: &[(&'static str, &'static str)]| {
            let named =
                named.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            is_at_the_machine(source.parse().ok(), &named.collect::<HeaderMap>())
        };
        for host in ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]"] {
            assert!(told("127.0.0.1", &[("host", host)]) && told("::1", &[("host", host)]), "{host}");
        }
        assert!(told("::ffff:127.0.0.1", &[("host", "localhost")]));
        for source in ["", "192.0.2.7", "10.0.0.1", "::ffff:192.0.2.7"] {
            assert!(!told(source, &[("host", "localhost")]), "{source}");
        }
        for host in ["", "needmatch.example.org", "localhost.example.org", "127.0.0.1.example.org:8080", "localhost:a"]
        {
            assert!(!told("127.0.0.1", &[("host", host)]), "{host}");
        }
        for proxy in super::OF_PROXIES {
            assert!(!told("127.0.0.1", &[("host", "localhost"), (proxy, "x")]), "{proxy}");
        }
    }
}
