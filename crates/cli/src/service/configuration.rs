//! How the service is set up: flags outweigh the environment, which outweighs the file, which outweighs what stands when
//! nothing is said. Everything that is wrong is told at once, an unknown name with the one it is nearest to.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use needmatch_api::Bounds;
use needmatch_app::webhooks::Destinations;
use needmatch_worker::Pace;

use super::keys::{KEYS, Key, OTHER_VARIABLES};
use super::mail::{self, MailSettings};
use super::openid::{self, OpenIdSettings};

/// How the service is set up.
#[derive(Debug, Clone)]
pub(crate) struct Configuration {
    /// `sqlite://FILE` or `postgres://…`.
    pub(crate) database: String,
    /// Where the server listens.
    pub(crate) listen: SocketAddr,
    /// Whether the server works off the queue as well.
    pub(crate) with_worker: bool,
    /// Bounds around everything that is served.
    pub(crate) bounds: Bounds,
    /// How long a server that is told to stop waits for answers under way.
    pub(crate) grace: Duration,
    /// How often a worker looks, and how long it may be silent.
    pub(crate) pace: Pace,
    /// Most memory of a solver process.
    pub(crate) solver_mebibytes: u64,
    /// Where a worker serves its metrics, if anywhere.
    pub(crate) worker_metrics: Option<SocketAddr>,
    /// The key that seals second factors, if there are to be any.
    pub(crate) access_key: Option<PathBuf>,
    /// Where webhooks may lead beside public addresses over TLS.
    pub(crate) destinations: Destinations,
    /// How mail leaves.
    pub(crate) mail: MailSettings,
    /// Whether a page shows the mail that would have been sent.
    pub(crate) mail_page: bool,
    /// The providers that people of organisations come in by.
    pub(crate) openid: OpenIdSettings,
    /// The key that signs checkpoints of the audit log, if they are to be signed.
    pub(crate) audit_key: Option<PathBuf>,
    /// What is logged, such as `info` or `warn,needmatch_worker=debug`.
    pub(crate) log_filter: String,
    /// Whether logs are one JSON document a line.
    pub(crate) logs_json: bool,
    /// The settings as text, for `--check-config`.
    shown: String,
}

/// Where values come from.
#[derive(Debug, Default)]
pub(crate) struct Sources<'a> {
    /// The text of the file, with its name.
    pub(crate) file: Option<(&'a Path, String)>,
    /// Variables of the environment.
    pub(crate) environment: Vec<(String, String)>,
    /// Flags, by the names of their settings.
    pub(crate) flags: Vec<(&'static str, String)>,
}

/// Everything that is wrong, one sentence each.
pub(crate) type Faults = Vec<String>;

impl Configuration {
    /// Reads the file that is named, the environment and the flags.
    pub(crate) fn load(file: Option<&Path>, flags: Vec<(&'static str, String)>) -> Result<Self, Faults> {
        let read = |path: &Path| {
            std::fs::read_to_string(path).map_err(|error| vec![format!("{} cannot be read: {error}", path.display())])
        };
        let file = file.map(|path| read(path).map(|text| (path, text))).transpose()?;
        let environment = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self::of(&Sources { file, environment, flags })
    }

    /// Reads what the sources say.
    pub(crate) fn of(sources: &Sources<'_>) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let mut values: BTreeMap<&'static str, String> =
            KEYS.iter().map(|key| (key.name, key.default.to_owned())).collect();
        let mut openid = OpenIdSettings::default();
        if let Some((path, text)) = &sources.file {
            values.extend(read_file(path, text, &mut openid, &mut faults));
        }
        values.extend(read_environment(&sources.environment, &mut openid, &mut faults));
        values.extend(sources.flags.iter().cloned());
        let mut shown = show(&values);
        openid.show(&mut shown);
        let mut read = Reader { values: &values, faults: &mut faults };
        let configuration = Self {
            database: read.text("database.url"),
            listen: read.parse("server.listen", "an address such as 127.0.0.1:8080"),
            with_worker: read.parse("server.worker", "true or false"),
            bounds: Bounds {
                requests_per_minute: NonZeroU32::new(read.whole("server.requests_per_minute", 1..=1_000_000))
                    .unwrap_or(NonZeroU32::MIN),
                concurrency: read.whole("server.concurrency", 1..=100_000) as usize,
                proxies: read.whole("server.proxies", 0..=8) as usize,
                patience: read.seconds("server.request_seconds", 1..=3_600),
            },
            grace: read.seconds("server.grace_seconds", 0..=3_600),
            pace: Pace::of_lease(read.seconds("worker.lease_seconds", 1..=3_600)),
            solver_mebibytes: u64::from(read.whole("worker.solver_mebibytes", 256..=1_048_576)),
            worker_metrics: read.optional("worker.metrics", "an address such as 127.0.0.1:9090, or nothing"),
            access_key: Some(read.text("access.key_file")).filter(|path| !path.is_empty()).map(PathBuf::from),
            destinations: read.destinations("webhooks.allow"),
            mail: MailSettings {
                smtp: read.text("mail.smtp"),
                from: read.text("mail.from"),
                site: read.text("mail.site"),
                user: read.text("mail.user"),
                password_file: read.text("mail.password_file"),
            },
            mail_page: read.parse("mail.page", "true or false"),
            audit_key: Some(read.text("audit.key_file")).filter(|path| !path.is_empty()).map(PathBuf::from),
            log_filter: read.text("log.filter"),
            logs_json: read.word("log.format", ["text", "json"]) == 1,
            shown,
            openid,
        };
        configuration.mail.check(&mut faults);
        mail::check_page(&configuration, &mut faults);
        configuration.openid.check(&configuration.mail.site, &mut faults);
        if tracing_subscriber::EnvFilter::try_new(&configuration.log_filter).is_err() {
            faults.push(format!("log.filter is {:?}, which is no filter such as info", configuration.log_filter));
        }
        if faults.is_empty() { Ok(configuration) } else { Err(faults) }
    }

    /// Every setting as it stands, in the form of the file, without secrets.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }
}

fn read_file(
    path: &Path,
    text: &str,
    openid: &mut OpenIdSettings,
    faults: &mut Faults,
) -> BTreeMap<&'static str, String> {
    let mut values = BTreeMap::new();
    let name = path.display();
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            faults.push(format!("{name} is not TOML: {error}"));
            return values;
        }
    };
    for (section, content) in table {
        let toml::Value::Table(entries) = content else {
            faults.push(format!("{name}: {section} stands in no section{}", nearest(&section, names())));
            continue;
        };
        if section == openid::SECTION {
            openid.read_section(&name.to_string(), entries, faults);
            continue;
        }
        for (entry, value) in entries {
            let full = format!("{section}.{entry}");
            let Some(key) = KEYS.iter().find(|key| key.name == full) else {
                faults.push(format!("{name}: there is no setting {full}{}", nearest(&full, names())));
                continue;
            };
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(truth) => truth.to_string(),
                other => {
                    faults.push(format!("{name}: {full} is a {}, not a text, number or truth value", other.type_str()));
                    continue;
                }
            };
            values.insert(key.name, text);
        }
    }
    values
}

fn read_environment(
    variables: &[(String, String)],
    openid: &mut OpenIdSettings,
    faults: &mut Faults,
) -> BTreeMap<&'static str, String> {
    let mut values = BTreeMap::new();
    for (variable, value) in variables {
        if let Some(key) = KEYS.iter().find(|key| key.variable == variable) {
            values.insert(key.name, value.clone());
        } else if !openid.read_variable(variable, value)
            && variable.starts_with("NEEDMATCH_")
            && !variable.starts_with("NEEDMATCH_TEST_")
            && !OTHER_VARIABLES.contains(&variable.as_str())
        {
            let known = KEYS.iter().map(|key| key.variable).chain(OTHER_VARIABLES);
            faults.push(format!("environment: there is no variable {variable}{}", nearest(variable, known)));
        }
    }
    values
}

fn names() -> impl Iterator<Item = &'static str> {
    KEYS.iter().map(|key| key.name)
}

/// What was probably meant.
pub(super) fn nearest(given: &str, known: impl Iterator<Item = &'static str>) -> String {
    let near = known.map(|name| (strsim::jaro_winkler(given, name), name));
    let best = near.max_by(|left, right| left.0.total_cmp(&right.0)).filter(|(likeness, _)| *likeness > 0.75);
    best.map_or_else(String::new, |(_, name)| format!("; did you mean {name}?"))
}

fn show(values: &BTreeMap<&'static str, String>) -> String {
    let mut text = String::new();
    let mut section = "";
    for Key { name, variable, is_secret, .. } in &KEYS {
        let (of, entry) = name.split_once('.').unwrap_or(("", name));
        if of != section {
            let _ = writeln!(text, "{}[{of}]", if section.is_empty() { "" } else { "\n" });
            section = of;
        }
        let value = values.get(name).map_or("", String::as_str);
        let value = if *is_secret { without_password(value) } else { value.to_owned() };
        let _ = writeln!(text, "{entry} = {value:?}  # {variable}");
    }
    text
}

/// An address with what stands before the host covered.
fn without_password(address: &str) -> String {
    match (address.find("://"), address.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => format!("{}://…{}", &address[..scheme], &address[at..]),
        _ => address.to_owned(),
    }
}

/// Turns texts into what they stand for.
struct Reader<'a> {
    values: &'a BTreeMap<&'static str, String>,
    faults: &'a mut Faults,
}

impl Reader<'_> {
    fn text(&self, name: &'static str) -> String {
        self.values.get(name).cloned().unwrap_or_default()
    }

    /// What stands when nothing is said takes the place of a value that cannot be read: nothing is built from it.
    fn parse<T: std::str::FromStr>(&mut self, name: &'static str, expected: &str) -> T
    where
        T::Err: std::fmt::Debug,
    {
        let text = self.text(name);
        text.parse().unwrap_or_else(|_| {
            self.faults.push(format!("{name} is {text:?}, which is not {expected}"));
            let key = KEYS.iter().find(|key| key.name == name).expect("settings are read by their names");
            key.default.parse().expect("what stands when nothing is said can be read")
        })
    }

    fn optional<T: std::str::FromStr>(&mut self, name: &'static str, expected: &str) -> Option<T> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let value = text.parse().ok();
        if value.is_none() {
            self.faults.push(format!("{name} is {text:?}, which is not {expected}"));
        }
        value
    }

    fn destinations(&mut self, name: &'static str) -> Destinations {
        Destinations::read(&self.text(name)).unwrap_or_else(|origin| {
            let expected = "origins such as http://127.0.0.1:9000, separated by commas";
            self.faults.push(format!("{name} holds {origin:?}, which is not one of {expected}"));
            Destinations::default()
        })
    }

    fn whole(&mut self, name: &'static str, range: std::ops::RangeInclusive<u32>) -> u32 {
        let expected = format!("a whole number from {} to {}", range.start(), range.end());
        let number = self.parse::<u32>(name, &expected);
        if !range.contains(&number) {
            self.faults.push(format!("{name} is {number}, which is not {expected}"));
        }
        number
    }

    fn seconds(&mut self, name: &'static str, range: std::ops::RangeInclusive<u32>) -> Duration {
        Duration::from_secs(u64::from(self.whole(name, range)))
    }

    fn word<const N: usize>(&mut self, name: &'static str, words: [&str; N]) -> usize {
        let text = self.text(name);
        words.iter().position(|word| *word == text).unwrap_or_else(|| {
            self.faults.push(format!("{name} is {text:?}, which is not one of {}", words.join(", ")));
            0
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use super::{Configuration, Faults, Sources};

    fn of(file: &str, environment: &[(&str, &str)], flags: &[(&'static str, &str)]) -> Result<Configuration, Faults> {
        Configuration::of(&Sources {
            file: Some((Path::new("needmatch.toml"), file.to_owned())),
            environment: environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            flags: flags.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
        })
    }

    #[test]
    fn what_stands_when_nothing_is_said_is_good() {
        let configuration = Configuration::of(&Sources::default()).unwrap();
        assert_eq!(configuration.database, "sqlite://needmatch.db");
        assert!(configuration.with_worker && !configuration.logs_json);
        assert_eq!(configuration.pace.lease, Duration::from_secs(30));
    }

    #[test]
    fn flags_outweigh_the_environment_which_outweighs_the_file() {
        let file = "[server]\nlisten = \"0.0.0.0:1\"\nworker = false\nconcurrency = 7\n";
        let environment = [("NEEDMATCH_LISTEN", "0.0.0.0:2"), ("NEEDMATCH_CONCURRENCY", "8"), ("PATH", "x")];
        let configuration = of(file, &environment, &[("server.listen", "0.0.0.0:3")]).unwrap();
        assert_eq!(configuration.listen.port(), 3);
        assert_eq!((configuration.bounds.concurrency, configuration.with_worker), (8, false));
    }

    #[test]
    fn every_fault_is_told_at_once_and_an_unknown_name_with_the_nearest() {
        let file = "listen = 3\n[server]\nlisen = \"x\"\nconcurrency = 0\nworker = [1]\n[wokrer]\nlease_seconds = 3\n";
        let environment = [("NEEDMATCH_LITSEN", "x"), ("NEEDMATCH_LOG_FORMAT", "xml")];
        let faults = of(file, &environment, &[("server.listen", "nowhere")]).unwrap_err();
        for expected in [
            "listen stands in no section",
            "there is no setting server.lisen; did you mean server.listen?",
            "server.concurrency is 0",
            "server.worker is a array",
            "there is no setting wokrer.lease_seconds; did you mean worker.lease_seconds?",
            "there is no variable NEEDMATCH_LITSEN; did you mean NEEDMATCH_LISTEN?",
            "log.format is \"xml\", which is not one of text, json",
            "server.listen is \"nowhere\"",
        ] {
            assert!(faults.iter().any(|fault| fault.contains(expected)), "{expected} among {faults:#?}");
        }
        assert!(of("[server", &[], &[]).unwrap_err()[0].contains("not TOML"));
    }

    #[test]
    fn mail_is_set_up_whole_and_shows_no_password() {
        let whole = "[mail]\nsmtp = \"smtps://mail.example.org\"\nfrom = \"needmatch <needmatch@example.org>\"\n\
            site = \"https://needmatch.example.org\"\n";
        assert!(of(whole, &[], &[]).is_ok());
        let faults = of("[mail]\nsmtp = \"smtp://ana:geheim@mail\"\nuser = \"ana\"\n", &[], &[]).unwrap_err();
        for expected in
            ["mail.smtp cannot be used: it holds a user", "mail.site is \"\"", "mail.user and mail.password_file"]
        {
            assert!(faults.iter().any(|fault| fault.contains(expected)), "{expected} among {faults:#?}");
        }
        assert!(!faults.concat().contains("geheim"), "{faults:#?}");
    }

    #[test]
    fn what_is_shown_reads_back_and_holds_no_password() {
        let file = "[database]\nurl = \"postgres://needmatch:geheim@db/needmatch\"\n";
        let shown = of(file, &[], &[]).unwrap().shown().to_owned();
        assert!(!shown.contains("geheim") && shown.contains("postgres://…@db/needmatch"), "{shown}");
        assert_eq!(of(&shown, &[], &[]).unwrap().shown(), shown);
    }
}
