//! The settings of providers of OpenID Connect: `[openid.NAME]` in the file, `NEEDMATCH_OPENID_NAME_…` in the environment,
//! for as many as the operator trusts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use needmatch_app::access::openid::{ProviderSettings, Providers};

use super::configuration::{Faults, nearest};
use crate::exit::unreadable;

/// The section in the file, and what variables begin with.
pub(super) const SECTION: &str = "openid";
const VARIABLE: &str = "NEEDMATCH_OPENID_";

/// What is said of a provider, in the order in which `--check-config` prints it.
const ENTRIES: [&str; 6] = ["title", "issuer", "client_id", "client_secret_file", "domains", "second_factor"];

/// The secret itself: in the environment alone, and never printed.
const SECRET: &str = "client_secret";

/// Providers as set up: what is said of each, by its name.
#[derive(Debug, Clone, Default)]
pub(crate) struct OpenIdSettings(BTreeMap<String, Entries>);

/// What is said of a provider. Printed without its secret.
#[derive(Clone, Default)]
struct Entries(BTreeMap<&'static str, String>);

impl std::fmt::Debug for Entries {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

impl Entries {
    fn text(&self, entry: &str) -> String {
        self.0.get(entry).cloned().unwrap_or_default()
    }
}

impl OpenIdSettings {
    /// Reads the section of a file.
    pub(super) fn read_section(&mut self, file: &str, section: toml::Table, faults: &mut Faults) {
        for (name, content) in section {
            let toml::Value::Table(entries) = content else {
                faults.push(format!("{file}: {SECTION}.{name} is no section such as [{SECTION}.{name}]"));
                continue;
            };
            let provider = self.0.entry(name.clone()).or_default();
            for (entry, value) in entries {
                let full = format!("{SECTION}.{name}.{entry}");
                match (ENTRIES.iter().find(|known| **known == entry), value) {
                    (Some(known), toml::Value::String(text)) => {
                        provider.0.insert(known, text);
                    }
                    (Some(_), _) => faults.push(format!("{file}: {full} is not a text")),
                    (None, _) if entry == SECRET => faults.push(format!(
                        "{file}: {full} does not belong into the file: name a file of its own as {full}_file, or set {}",
                        variable(&name, SECRET)
                    )),
                    (None, _) => {
                        let meant = nearest(&entry, ENTRIES.into_iter());
                        faults.push(format!("{file}: there is no setting {full}{meant}"));
                    }
                }
            }
        }
    }

    /// Reads a variable of the environment. Answers whether it is one of a provider.
    pub(super) fn read_variable(&mut self, variable: &str, value: &str) -> bool {
        let Some(rest) = variable.strip_prefix(VARIABLE) else { return false };
        let entries = ENTRIES.into_iter().chain([SECRET]);
        let found = entries.filter_map(|entry| {
            let name = rest.strip_suffix(&entry.to_uppercase())?.strip_suffix('_')?;
            Some((name.to_lowercase(), entry))
        });
        // `…_CLIENT_SECRET_FILE` ends with no other entry; of several the longest is meant.
        let Some((name, entry)) = found.max_by_key(|(_, entry)| entry.len()) else { return false };
        self.0.entry(name).or_default().0.insert(entry, value.to_owned());
        true
    }

    /// Names everything that is wrong, without looking into files.
    pub(super) fn check(&self, site: &str, faults: &mut Faults) {
        for (name, entries) in &self.0 {
            if !entries.text(SECRET).is_empty() && !entries.text("client_secret_file").is_empty() {
                let set = variable(name, SECRET);
                faults.push(format!("{SECTION}.{name}.client_secret_file and {set} are not set together"));
            }
        }
        let standing_in = |file: &str| Ok(file.to_owned());
        if let Ok(settings) = self.settings(standing_in)
            && !settings.is_empty()
        {
            faults.extend(Providers::read(&settings, site).err().unwrap_or_default());
        }
    }

    /// The providers, with the secrets in their files. `None`: nobody set one up.
    pub(crate) fn providers(&self, site: &str) -> anyhow::Result<Option<Providers>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let read = |file: &str| std::fs::read_to_string(file).map_err(|error| unreadable(format!("{file}: {error}")));
        let settings = self.settings(|file| Ok(read(file)?.trim_end_matches(['\r', '\n']).to_owned()))?;
        Providers::read(&settings, site).map(Some).map_err(|wrong| unreadable(wrong.join("\n")))
    }

    fn settings(&self, secret_in: impl Fn(&str) -> anyhow::Result<String>) -> anyhow::Result<Vec<ProviderSettings>> {
        let provider = |(name, entries): (&String, &Entries)| {
            let file = entries.text("client_secret_file");
            Ok(ProviderSettings {
                name: name.clone(),
                title: entries.text("title"),
                issuer: entries.text("issuer"),
                client_id: entries.text("client_id"),
                client_secret: if file.is_empty() { entries.text(SECRET) } else { secret_in(&file)? },
                domains: entries.text("domains"),
                second_factor: entries.text("second_factor"),
            })
        };
        self.0.iter().map(provider).collect()
    }

    /// Every setting as it stands, in the form of the file, without secrets.
    pub(super) fn show(&self, text: &mut String) {
        for (name, entries) in &self.0 {
            let _ = writeln!(text, "\n[{SECTION}.{name}]");
            for entry in ENTRIES {
                let _ = writeln!(text, "{entry} = {:?}  # {}", entries.text(entry), variable(name, entry));
            }
        }
    }
}

fn variable(name: &str, entry: &str) -> String {
    format!("{VARIABLE}{}_{}", name.to_uppercase(), entry.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::OpenIdSettings;

    const FILE: &str = "[un]\ntitle = \"United Nations\"\nissuer = \"https://login.example.org\"\n\
        client_id = \"needmatch\"\ndomains = \"example.org\"\nsecond_factor = \"mfa\"\n";
    const SITE: &str = "https://needmatch.example.org";

    fn read(file: &str, variables: &[(&str, &str)]) -> (OpenIdSettings, Vec<String>) {
        let (mut settings, mut faults) = (OpenIdSettings::default(), Vec::new());
        settings.read_section("needmatch.toml", file.parse().unwrap(), &mut faults);
        for (variable, value) in variables {
            assert!(settings.read_variable(variable, value), "{variable}");
        }
        settings.check(SITE, &mut faults);
        (settings, faults)
    }

    #[test]
    fn the_secret_comes_from_the_environment_or_a_file_and_is_shown_to_nobody() {
        let (settings, faults) = read(FILE, &[("NEEDMATCH_OPENID_UN_CLIENT_SECRET", "geheim")]);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(settings.providers(SITE).unwrap().unwrap().titles().next(), Some(("un", "United Nations")));
        let mut shown = String::new();
        settings.show(&mut shown);
        assert!(!format!("{settings:?}{shown}").contains("geheim") && shown.contains("[openid.un]"), "{shown}");

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret");
        let variables = [("NEEDMATCH_OPENID_UN_CLIENT_SECRET_FILE", file.to_str().unwrap())];
        let (settings, faults) = read(FILE, &variables);
        assert_eq!(faults, Vec::<String>::new());
        assert!(settings.providers(SITE).is_err(), "no such file yet");
        std::fs::write(&file, "geheim\n").unwrap();
        assert!(settings.providers(SITE).unwrap().is_some());
        assert!(OpenIdSettings::default().providers(SITE).unwrap().is_none());
    }

    #[test]
    fn unknown_names_and_secrets_in_the_file_are_refused() {
        let wrong = "un = 3\n[other]\nisuer = \"https://a.example.org\"\nclient_secret = \"geheim\"\ndomains = 3\n";
        let (_, faults) = read(wrong, &[]);
        for expected in [
            "openid.un is no section",
            "there is no setting openid.other.isuer; did you mean issuer?",
            "openid.other.client_secret does not belong into the file",
            "openid.other.domains is not a text",
            "openid.other.issuer is \"\"",
        ] {
            assert!(faults.iter().any(|fault| fault.contains(expected)), "{expected} among {faults:#?}");
        }
        assert!(!faults.concat().contains("geheim"));
        assert!(!OpenIdSettings::default().read_variable("NEEDMATCH_OPENID_UN_SECRET", "x"));
        let twice = [("NEEDMATCH_OPENID_UN_CLIENT_SECRET", "a"), ("NEEDMATCH_OPENID_UN_CLIENT_SECRET_FILE", "b")];
        assert!(read(FILE, &twice).1[0].contains("not set together"));
    }
}
