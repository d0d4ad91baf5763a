//! The providers that the operator trusts, and what each may vouch for.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;

use openidconnect::{ClientId, ClientSecret, IssuerUrl, RedirectUrl};
use tokio::sync::Mutex;
use url::{Host, Url};

use super::exchange::Known;
use crate::outbound::Outbound;

/// A provider as the operator writes it down. Printed without its secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ProviderSettings {
    /// What addresses and labels call it: small letters and digits.
    pub name: String,
    /// What people call it; empty: its name.
    pub title: String,
    /// Where it is.
    pub issuer: String,
    /// What it calls this service.
    pub client_id: String,
    /// What this service shows it.
    pub client_secret: String,
    /// Domains whose addresses it may vouch for, separated by commas.
    pub domains: String,
    /// Values of `amr` or `acr` that stand for a second factor, separated by commas.
    pub second_factor: String,
}

impl fmt::Debug for ProviderSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ProviderSettings").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A provider that people may come in by.
pub(super) struct Provider {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) issuer: IssuerUrl,
    pub(super) client_id: ClientId,
    pub(super) client_secret: ClientSecret,
    pub(super) redirect: RedirectUrl,
    domains: BTreeSet<String>,
    second_factor: BTreeSet<String>,
    /// What it said of itself when it was last asked.
    pub(super) known: Mutex<Option<Known>>,
}

impl Provider {
    /// # Errors
    /// Everything that is wrong, one sentence each, without the secret.
    fn read(settings: &ProviderSettings, site: &Url) -> Result<Self, Vec<String>> {
        let ProviderSettings { name, title, client_id, client_secret, .. } = settings;
        let mut faults = Vec::new();
        let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        if !is_name(name) || !(1..=30).contains(&name.len()) {
            faults.push(format!("openid.{name} has a name that is not 1 to 30 small letters and digits"));
        }
        for (value, setting) in [(client_id, "client_id"), (client_secret, "client_secret_file")] {
            if value.is_empty() {
                faults.push(format!("openid.{name}.{setting} is missing"));
            }
        }
        let issuer = IssuerUrl::new(settings.issuer.clone()).ok().filter(|issuer| is_protected(issuer.url()));
        if issuer.is_none() {
            let expected = "an address such as https://login.example.org (http:// only on this machine)";
            faults.push(format!("openid.{name}.issuer is {:?}, which is not {expected}", settings.issuer));
        }
        let redirect = format!("{}/sign-in/with/{name}/callback", site.as_str().trim_end_matches('/'));
        match (issuer, RedirectUrl::new(redirect), faults.is_empty()) {
            (Some(issuer), Ok(redirect), true) => Ok(Self {
                name: name.clone(),
                title: if title.is_empty() { name.clone() } else { title.clone() },
                issuer,
                client_id: ClientId::new(client_id.clone()),
                client_secret: ClientSecret::new(client_secret.clone()),
                redirect,
                domains: words(&settings.domains).map(str::to_lowercase).collect(),
                second_factor: words(&settings.second_factor).map(ToOwned::to_owned).collect(),
                known: Mutex::default(),
            }),
            _ => Err(faults),
        }
    }

    /// Whether it may vouch for who has an address of mail. Subdomains are domains of their own.
    pub(super) fn may_vouch_for(&self, email: &str) -> bool {
        email.rsplit_once('@').is_some_and(|(_, domain)| self.domains.contains(&domain.to_lowercase()))
    }

    /// Whether what it says of how somebody came in stands for a second factor.
    pub(super) fn is_second_factor(&self, said: &str) -> bool {
        self.second_factor.contains(said)
    }

    /// Whether an address it names is one to go to: no less protected than its own.
    pub(super) fn may_lead_to(&self, url: &Url) -> bool {
        is_protected(url) && (url.scheme() == "https" || self.issuer.url().scheme() == "http")
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// Over TLS, or to this machine, whose lines nobody else reads; and without user, password and fragment.
fn is_protected(url: &Url) -> bool {
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    is_plain && url.has_host() && (url.scheme() == "https" || (url.scheme() == "http" && is_this_machine(url)))
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The providers that people may come in by, and what they are asked with.
pub struct Providers {
    providers: Vec<Provider>,
    pub(super) outbound: Outbound,
}

impl fmt::Debug for Providers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.providers.iter().map(|provider| &provider.name)).finish()
    }
}

impl Providers {
    /// Reads what the operator wrote down, and the address at which people reach this site: providers send them back there
    /// and nowhere else.
    ///
    /// # Errors
    /// Everything that is wrong, one sentence each, without secrets.
    pub fn read(settings: &[ProviderSettings], site: &str) -> Result<Self, Vec<String>> {
        let is_page = |site: &Url| matches!(site.scheme(), "http" | "https") && site.query().is_none();
        let Some(page) = site.parse().ok().filter(is_page) else {
            return Err(vec![format!(
                "mail.site is {site:?}: providers of OpenID Connect need the address at which people reach this site"
            )]);
        };
        let mut faults = Vec::new();
        let mut providers: Vec<Provider> = Vec::new();
        for settings in settings {
            match Provider::read(settings, &page) {
                Ok(provider) if providers.iter().any(|other| other.issuer == provider.issuer) => {
                    faults.push(format!("openid.{}.issuer is that of another provider", provider.name));
                }
                Ok(provider) => providers.push(provider),
                Err(wrong) => faults.extend(wrong),
            }
        }
        let outbound = Outbound::new().map_err(|error| vec![format!("TLS is not to be had: {error}")])?;
        if faults.is_empty() { Ok(Self { providers, outbound }) } else { Err(faults) }
    }

    /// Name and title of each.
    pub fn titles(&self) -> impl Iterator<Item = (&str, &str)> {
        self.providers.iter().map(|provider| (provider.name.as_str(), provider.title.as_str()))
    }

    pub(super) fn find(&self, name: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::{ProviderSettings, Providers};

    const SITE: &str = "https://needmatch.example.org/";

    fn settings() -> ProviderSettings {
        ProviderSettings {
            name: "un".to_owned(),
            issuer: "https://login.example.org".to_owned(),
            client_id: "needmatch".to_owned(),
            client_secret: "geheim".to_owned(),
            domains: "Example.org, staff.example.org".to_owned(),
            second_factor: "mfa, hwk".to_owned(),
            ..ProviderSettings::default()
        }
    }

    #[test]
    fn a_provider_vouches_for_its_domains_and_second_factors_alone() {
        let providers = Providers::read(&[settings()], SITE).unwrap();
        let provider = providers.find("un").unwrap();
        assert_eq!(provider.redirect.as_str(), "https://needmatch.example.org/sign-in/with/un/callback");
        for (email, may) in [
            ("ana@example.org", true),
            ("ana@STAFF.example.org", true),
            ("ana@other.example.org", false),
            ("ana@example.org.evil.test", false),
            ("ana@example.org@evil.test", false),
            ("example.org", false),
        ] {
            assert_eq!(provider.may_vouch_for(email), may, "{email}");
        }
        assert!(provider.is_second_factor("hwk") && !provider.is_second_factor("pwd"));
        assert!(!provider.may_lead_to(&"http://127.0.0.1/token".parse().unwrap()));
        assert!(!format!("{providers:?}{:?}", settings()).contains("geheim"));
    }

    #[test]
    fn everything_wrong_is_told_at_once_without_the_secret() {
        for issuer in
            ["", "login.example.org", "http://login.example.org", "https://ana:b@login.example.org", "ftp://a"]
        {
            let wrong = ProviderSettings { issuer: issuer.to_owned(), client_id: String::new(), ..settings() };
            let faults = Providers::read(&[wrong], SITE).unwrap_err();
            assert_eq!(faults.len(), 2, "{faults:?}");
            assert!(!faults.concat().contains("geheim"));
        }
        for issuer in ["http://127.0.0.1:3000", "http://localhost:3000", "http://[::1]:3000"] {
            assert!(Providers::read(&[ProviderSettings { issuer: issuer.to_owned(), ..settings() }], SITE).is_ok());
        }
        let twice = [settings(), ProviderSettings { name: "other".to_owned(), ..settings() }];
        assert!(Providers::read(&twice, SITE).unwrap_err()[0].contains("that of another provider"));
        assert!(Providers::read(&[ProviderSettings { name: "U-N".to_owned(), ..settings() }], SITE).is_err());
        assert!(Providers::read(&[settings()], "").unwrap_err()[0].contains("mail.site"));
    }
}
