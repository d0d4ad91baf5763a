//! The operator's mail server: how it is named, and one mail handed to it.

use std::fmt;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::SmtpTransportBuilder;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use lettre::{Message, SmtpTransport, Transport};
use url::Url;

/// Longest wait for one answer of the server.
const PATIENCE: Duration = Duration::from_secs(15);

/// What mail leaves by.
#[derive(Debug, Clone)]
pub enum Mailer {
    /// To nobody: kind and subject stand in the log.
    Log,
    /// Through a server.
    Server(Box<MailServer>),
}

/// A mail server, and in whose name it is asked. Printed without the password.
#[derive(Clone)]
pub struct MailServer {
    transport: SmtpTransport,
    from: Mailbox,
    site: Url,
}

impl fmt::Debug for MailServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("MailServer").field("from", &self.from).finish_non_exhaustive()
    }
}

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protection {
    /// TLS from the first byte.
    Tls,
    /// `STARTTLS`, without which nothing is sent.
    StartTls,
    /// None, as the operator says in so many words.
    Plain,
}

/// Why a mail was not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// What SMTP answered, if it did.
    pub(super) status: Option<u16>,
    /// In a word.
    pub(super) name: &'static str,
    /// Whether asking again would not help.
    pub(super) is_final: bool,
}

impl MailServer {
    /// Reads `smtps://host` (TLS, port 465), `smtp://host` (`STARTTLS`, port 587) or `smtp://host?tls=none`, each with
    /// another port where one is named; the sender, such as `needmatch <needmatch@example.org>`; the address of this
    /// site, for links; and user with password.
    ///
    /// # Errors
    /// Everything that is wrong, by the names of the settings, with neither user nor password in it.
    pub fn read(address: &str, from: &str, site: &str, login: Option<(String, String)>) -> Result<Self, Vec<String>> {
        let transport = transport(address, login).map_err(|why| format!("mail.smtp cannot be used: {why}"));
        let sender = from.parse::<Mailbox>().ok();
        let expected = "an address such as needmatch <needmatch@example.org>";
        let sender = sender.ok_or_else(|| format!("mail.from is {from:?}, which is not {expected}"));
        let is_page = |site: &Url| matches!(site.scheme(), "http" | "https") && site.query().is_none();
        let page = site.parse().ok().filter(is_page);
        let expected = "the address at which people reach this site, such as https://needmatch.example.org";
        let page = page.ok_or_else(|| format!("mail.site is {site:?}, which is not {expected}"));
        match (transport, sender, page) {
            (Ok(transport), Ok(from), Ok(site)) => {
                // The domain of the sender: the machine's own name is nobody's business.
                let hello = ClientId::Domain(from.email.domain().to_owned());
                Ok(Self { transport: transport.hello_name(hello).build(), from, site })
            }
            (transport, from, site) => Err([transport.err(), from.err(), site.err()].into_iter().flatten().collect()),
        }
    }

    /// Where links lead.
    pub(super) fn site(&self) -> &Url {
        &self.site
    }

    /// In whose name mail is sent.
    pub(super) fn from(&self) -> &Mailbox {
        &self.from
    }

    /// Hands a mail over. Waits for the server: call it where that holds nobody up.
    pub(super) fn send(&self, message: &Message) -> Result<u16, Failure> {
        let error = match self.transport.send(message) {
            Ok(answer) => return Ok(answer.code().into()),
            Err(error) => error,
        };
        let status = error.status().map(u16::from);
        tracing::debug!(?status, "the mail server did not take a mail");
        // A wrong password is the operator's to mend, not a reason to lose mail.
        let is_login = matches!(status, Some(530 | 534 | 535 | 538));
        let name = match status {
            _ if is_login => "not_let_in",
            Some(_) => "not_taken",
            None if error.is_timeout() => "too_slow",
            None => "unreachable",
        };
        Err(Failure { status, name, is_final: error.is_permanent() && !is_login })
    }
}

fn transport(address: &str, login: Option<(String, String)>) -> Result<SmtpTransportBuilder, String> {
    let (host, port, protection) = route(address)?;
    let builder = match protection {
        Protection::Tls => SmtpTransport::relay(&host),
        Protection::StartTls => SmtpTransport::starttls_relay(&host),
        Protection::Plain if login.is_some() => return Err("a password is sent over TLS only".to_owned()),
        Protection::Plain => Ok(SmtpTransport::builder_dangerous(host)),
    };
    let builder = builder.map_err(|_| "its host is no name that TLS can check")?.port(port).timeout(Some(PATIENCE));
    Ok(match login {
        Some((user, password)) => builder.credentials(Credentials::new(user, password)),
        None => builder,
    })
}

fn route(address: &str) -> Result<(String, u16, Protection), String> {
    let url = Url::parse(address).map_err(|_| "it is no address such as smtps://mail.example.org")?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it holds a user or a password: name them by mail.user and mail.password_file".to_owned());
    }
    let protection = match (url.scheme(), url.query()) {
        ("smtps", None) => Protection::Tls,
        ("smtp", None | Some("tls=required")) => Protection::StartTls,
        ("smtp", Some("tls=none")) => Protection::Plain,
        _ => return Err("it is none of smtps://host, smtp://host and smtp://host?tls=none".to_owned()),
    };
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or("it has no host")?.to_owned();
    if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
        return Err("it has more than scheme, host, port and tls".to_owned());
    }
    let usual = if protection == Protection::Tls { 465 } else { 587 };
    Ok((host, url.port().unwrap_or(usual), protection))
}

#[cfg(test)]
mod tests {
    use super::{MailServer, Protection, route};

    #[test]
    fn mail_is_protected_unless_the_operator_says_otherwise() {
        let of = |address: &str| route(address).unwrap();
        assert_eq!(of("smtps://mail.example.org"), ("mail.example.org".to_owned(), 465, Protection::Tls));
        assert_eq!(of("smtp://mail.example.org:25"), ("mail.example.org".to_owned(), 25, Protection::StartTls));
        assert_eq!(of("smtp://127.0.0.1:2525?tls=none"), ("127.0.0.1".to_owned(), 2525, Protection::Plain));
        for wrong in ["mail.example.org", "https://a", "smtps://a?tls=none", "smtp://a:b@c", "smtp://a/b", "smtp://"] {
            assert!(route(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_not_sent_in_the_clear_nor_printed() {
        let read = |address: &str, from: &str, site: &str| {
            MailServer::read(address, from, site, Some(("ana".to_owned(), "geheim".to_owned())))
        };
        let (address, from, site) =
            ("smtps://mail.example.org", "needmatch <needmatch@example.org>", "https://needmatch.example.org");
        let server = read(address, from, site).unwrap();
        assert!(!format!("{server:?}").contains("geheim"));
        assert_eq!(read("smtp://a?tls=none", "nobody", "a").unwrap_err().len(), 3);
    }
}
