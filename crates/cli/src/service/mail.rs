//! The settings of mail: read together, since each is of use only with the others.

use needmatch_worker::{MailServer, Mailer};

use super::configuration::{Configuration, Faults};
use crate::exit::unreadable;

/// How mail leaves, as set up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct MailSettings {
    /// `mail.smtp`; empty: mail goes to the log.
    pub(crate) smtp: String,
    /// `mail.from`.
    pub(crate) from: String,
    /// `mail.site`.
    pub(crate) site: String,
    /// `mail.user`; empty: nobody signs in to the server.
    pub(crate) user: String,
    /// `mail.password_file`.
    pub(crate) password_file: String,
}

impl MailSettings {
    /// Names everything that is wrong.
    pub(crate) fn check(&self, faults: &mut Faults) {
        if self.smtp.is_empty() {
            return;
        }
        if let Err(wrong) = self.server(String::new()) {
            faults.extend(wrong);
        }
        if self.user.is_empty() != self.password_file.is_empty() {
            faults.push("mail.user and mail.password_file are named together or not at all".to_owned());
        }
    }

    /// What mail leaves by.
    pub(crate) fn mailer(&self) -> anyhow::Result<Mailer> {
        if self.smtp.is_empty() {
            return Ok(Mailer::Log);
        }
        let password = if self.password_file.is_empty() { String::new() } else { self.password()? };
        let server = self.server(password).map_err(|wrong| unreadable(wrong.join("\n")))?;
        Ok(Mailer::Server(Box::new(server)))
    }

    fn server(&self, password: String) -> Result<MailServer, Faults> {
        let login = (!self.user.is_empty()).then(|| (self.user.clone(), password));
        MailServer::read(&self.smtp, &self.from, &self.site, login)
    }

    fn password(&self) -> anyhow::Result<String> {
        let file = &self.password_file;
        let text = std::fs::read_to_string(file).map_err(|error| unreadable(format!("{file}: {error}")))?;
        Ok(text.trim_end_matches(['\r', '\n']).to_owned())
    }
}

/// Names everything that forbids the page of mail: it holds links that let people in, and is for who sits at the machine,
/// never where mail is sent.
pub(super) fn check_page(configuration: &Configuration, faults: &mut Faults) {
    if !configuration.mail_page {
        return;
    }
    let conditions = [
        (configuration.mail.smtp.is_empty(), "mail.smtp names no server"),
        (
            configuration.listen.ip().is_loopback(),
            "server.listen is an address of this machine alone, as 127.0.0.1:8080",
        ),
        (configuration.bounds.proxies == 0, "server.proxies is 0"),
        (configuration.with_worker, "server.worker is true"),
    ];
    let missing = conditions.into_iter().filter(|(holds, _)| !holds);
    faults.extend(missing.map(|(_, condition)| format!("mail.page is true, which is only good where {condition}")));
}
