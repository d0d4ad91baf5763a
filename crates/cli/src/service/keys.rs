//! The settings of the service: name in the file, variable of the environment, what stands when nothing is said.
//!
//! A new setting is a row here and a field of [`super::configuration::Configuration`].

/// A setting.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    /// As in the file: `section.name`.
    pub(crate) name: &'static str,
    /// Its variable of the environment, which outweighs the file.
    pub(crate) variable: &'static str,
    /// What stands when nothing is said.
    pub(crate) default: &'static str,
    /// Whether the value is shown to nobody.
    pub(crate) is_secret: bool,
}

const fn key(name: &'static str, variable: &'static str, default: &'static str) -> Key {
    Key { name, variable, default, is_secret: false }
}

const fn secret(name: &'static str, variable: &'static str, default: &'static str) -> Key {
    Key { name, variable, default, is_secret: true }
}

/// Every setting, in the order in which `--check-config` prints them.
pub(crate) const KEYS: [Key; 22] = [
    secret("database.url", "DATABASE_URL", "sqlite://needmatch.db"),
    key("server.listen", "NEEDMATCH_LISTEN", "127.0.0.1:8080"),
    key("server.worker", "NEEDMATCH_SERVER_WORKER", "true"),
    key("server.requests_per_minute", "NEEDMATCH_REQUESTS_PER_MINUTE", "1200"),
    key("server.concurrency", "NEEDMATCH_CONCURRENCY", "256"),
    key("server.proxies", "NEEDMATCH_PROXIES", "0"),
    key("server.request_seconds", "NEEDMATCH_REQUEST_SECONDS", "60"),
    key("server.grace_seconds", "NEEDMATCH_GRACE_SECONDS", "20"),
    key("worker.lease_seconds", "NEEDMATCH_WORKER_LEASE_SECONDS", "30"),
    key("worker.solver_mebibytes", "NEEDMATCH_SOLVER_MEBIBYTES", "8192"),
    key("worker.metrics", "NEEDMATCH_WORKER_METRICS", ""),
    key("access.key_file", "NEEDMATCH_ACCESS_KEY_FILE", ""),
    key("webhooks.allow", "NEEDMATCH_WEBHOOKS_ALLOW", ""),
    secret("mail.smtp", "NEEDMATCH_MAIL_SMTP", ""),
    key("mail.from", "NEEDMATCH_MAIL_FROM", ""),
    key("mail.site", "NEEDMATCH_MAIL_SITE", ""),
    key("mail.user", "NEEDMATCH_MAIL_USER", ""),
    key("mail.password_file", "NEEDMATCH_MAIL_PASSWORD_FILE", ""),
    key("mail.page", "NEEDMATCH_MAIL_PAGE", "false"),
    key("audit.key_file", "NEEDMATCH_AUDIT_KEY_FILE", ""),
    key("log.filter", "NEEDMATCH_LOG", "info"),
    key("log.format", "NEEDMATCH_LOG_FORMAT", "text"),
];

/// Variables that are no settings: the file itself, and what a test puts in place of the solver.
pub(crate) const OTHER_VARIABLES: [&str; 2] = ["NEEDMATCH_CONFIG", "NEEDMATCH_SOLVER_PROGRAM"];
