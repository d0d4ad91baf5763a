//! Sends mail to people: through the operator's server, or, where none is named, to the log alone.

mod letter;
mod server;

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::{Address, Message};
use needmatch_app::App;
use needmatch_app::messages::mail::{Facts, path_of};
use needmatch_app::messages::shown::ShownMail;
use needmatch_app::store::messages::{Addressee, ClaimedMail, Outcome};
use tokio::sync::watch;

use crate::outbox::{wait_after, word, work_off};
use letter::{Letter, compose};

pub use server::{MailServer, Mailer};

/// Mails under way at once in this process: servers of mail like few lines from one machine.
const AT_ONCE: usize = 4;

/// How long a worker has a mail: longer than any attempt takes, slow as every answer of the server may be.
const LEASE: Duration = Duration::from_mins(5);

/// What SMTP answers when it has taken a mail.
const TAKEN: u16 = 250;

/// Sends mail until told to stop; attempts under way are finished.
pub async fn send_mail(app: App, mailer: Mailer, stop: watch::Receiver<bool>) {
    let claim = |room| app.store().claim_mails(room, LEASE);
    let send = |mail: ClaimedMail| {
        let (app, mailer) = (app.clone(), mailer.clone());
        async move { attempt(&app, &mailer, mail).await }
    };
    work_off(AT_ONCE, stop, claim, send).await;
}

async fn attempt(app: &App, mailer: &Mailer, mail: ClaimedMail) {
    let outcome = outcome(app, mailer, &mail).await;
    metrics::counter!("needmatch_mail_attempts_total", "outcome" => word(&outcome)).increment(1);
    match app.store().settle_mail(mail.key, mail.attempt, &outcome).await {
        Ok(true) => tracing::debug!(mail = %mail.key, ?outcome, "a mail was tried"),
        Ok(false) => tracing::info!(mail = %mail.key, "a mail was another's meanwhile"),
        Err(error) => tracing::warn!(mail = %mail.key, %error, "what became of a mail cannot be noted"),
    }
}

async fn outcome(app: &App, mailer: &Mailer, mail: &ClaimedMail) -> Outcome {
    let given_up = |failure: &str| Outcome::Failed { status: None, failure: failure.to_owned(), again: None };
    let Some(addressee) = &mail.addressee else { return given_up("no_longer_concerned") };
    let Ok(facts) = serde_json::from_value::<Facts>(mail.body.clone()) else { return given_up("unreadable") };
    let site = match mailer {
        Mailer::Server(server) => Some(server.site()),
        Mailer::Log => None,
    };
    let letter = match path_of(app, mail, &facts) {
        Ok(path) => compose(addressee, mail.kind, &facts, path, site),
        Err(error) => {
            tracing::error!(%error, "the link of a mail cannot be opened");
            return Outcome::Failed { status: None, failure: "sealed".to_owned(), again: wait_after(mail.tries) };
        }
    };
    let Mailer::Server(server) = mailer else {
        // The subject holds titles, which are not the log's to know.
        tracing::info!(kind = %mail.kind, "mail, sent to nobody");
        if let Some(shown) = app.shown_mail() {
            shown.keep(kept(app, addressee, letter));
        }
        return Outcome::Delivered { status: TAKEN };
    };
    let Some(message) = envelope(server, mail, addressee, letter) else { return given_up("not_an_address") };
    let server = server.clone();
    // Speaking to the server waits for it: on a thread that may.
    match tokio::task::spawn_blocking(move || server.send(&message)).await {
        Ok(Ok(status)) => Outcome::Delivered { status },
        Ok(Err(failure)) => {
            let again = wait_after(mail.tries).filter(|_| !failure.is_final);
            Outcome::Failed { status: failure.status, failure: failure.name.to_owned(), again }
        }
        Err(error) => {
            tracing::error!(%error, "a mail broke off");
            Outcome::Failed { status: None, failure: "broken_off".to_owned(), again: wait_after(mail.tries) }
        }
    }
}

/// The letter as a page shows it.
fn kept(app: &App, addressee: &Addressee, letter: Letter) -> ShownMail {
    let (at, email) = (app.now(), addressee.email.clone());
    let Letter { name, locale, subject, text, path } = letter;
    ShownMail { at, name, email, locale, subject, text, path }
}

/// The letter with its headers. The same mail has the same identifier however often it is sent, so that one that comes
/// twice is told apart; no program is to answer it (RFC 3834).
fn envelope(server: &MailServer, mail: &ClaimedMail, addressee: &Addressee, letter: Letter) -> Option<Message> {
    let to = Mailbox::new(Some(letter.name), addressee.email.parse::<Address>().ok()?);
    let own = |name: &'static str, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
    let message = Message::builder()
        .from(server.from().clone())
        .to(to)
        .subject(letter.subject)
        .message_id(Some(format!("<{}@{}>", mail.key, server.from().email.domain())))
        .raw_header(own("Content-Language", letter.locale.code().to_owned()))
        .raw_header(own("Auto-Submitted", "auto-generated".to_owned()))
        .header(ContentType::TEXT_PLAIN)
        .body(letter.text);
    message.ok()
}
