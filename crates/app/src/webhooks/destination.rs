//! Where webhooks may lead: over TLS to public addresses, and wherever the operator allows by name. Without this a party
//! could make the service ask machines that only the service can reach.

use std::collections::BTreeSet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Most characters of an address.
pub const MAX_URL: usize = 500;

/// Why an address is none a webhook may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreachable {
    /// It is no address with a host.
    NotAnAddress,
    /// It carries a user name, a password or a fragment.
    Decorated,
    /// It does not begin with `https://`.
    NotTls,
    /// Its host is no public one.
    NotPublic,
}

impl fmt::Display for Unreachable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotAnAddress => "it is no address with a host, such as https://example.org/needmatch",
            Self::Decorated => "it has a user name, a password or a fragment",
            Self::NotTls => "it does not begin with https://",
            Self::NotPublic => "its host is no public one",
        })
    }
}

/// What the operator allows beside public addresses over TLS.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Destinations {
    /// Scheme, host and port, such as `http://127.0.0.1:9000`.
    allowed: BTreeSet<String>,
}

impl Destinations {
    /// Reads origins separated by commas.
    ///
    /// # Errors
    /// The first that is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let origins = text.split(',').map(str::trim).filter(|origin| !origin.is_empty());
        let read = |origin: &str| {
            let url = Url::parse(origin).ok().filter(|url| url.path() == "/" && url.query().is_none());
            url.as_ref().and_then(origin_of).ok_or_else(|| origin.to_owned())
        };
        Ok(Self { allowed: origins.map(read).collect::<Result<_, _>>()? })
    }

    /// Reads the address of a webhook, as far as can be told without asking for its host's addresses.
    pub fn check(&self, text: &str) -> Result<Url, Unreachable> {
        let url = Url::parse(text).map_err(|_| Unreachable::NotAnAddress)?;
        let origin = origin_of(&url).ok_or(Unreachable::NotAnAddress)?;
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            return Err(Unreachable::Decorated);
        }
        if self.allowed.contains(&origin) {
            return Ok(url);
        }
        if url.scheme() != "https" {
            return Err(Unreachable::NotTls);
        }
        let is_public = match url.host() {
            Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
            Some(Host::Domain(name)) => {
                let mut labels = name.trim_end_matches('.').rsplit('.');
                !matches!(labels.next(), None | Some("" | "localhost" | "local")) && labels.next().is_some()
            }
            None => false,
        };
        if is_public { Ok(url) } else { Err(Unreachable::NotPublic) }
    }

    /// Whether the address that stands for the host of a checked URL may be connected to.
    pub fn may_connect(&self, url: &Url, address: IpAddr) -> bool {
        origin_of(url).is_some_and(|origin| self.allowed.contains(&origin)) || is_public(address)
    }
}

/// Scheme, host and port; `None` for what has none, and for other schemes.
fn origin_of(url: &Url) -> Option<String> {
    let port = url.port_or_known_default().filter(|_| matches!(url.scheme(), "http" | "https"))?;
    Some(format!("{}://{}:{port}", url.scheme(), url.host_str()?))
}

/// Whether an address is one of the public network: not this machine, its neighbours, nor one kept for a purpose
/// (IANA special-purpose registries, RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => address.to_ipv4_mapped().map_or_else(|| is_public_v6(address), is_public_v4),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let is_kept = matches!(
        (first, second, third),
        (0 | 10 | 127 | 224..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !is_kept
}

/// Global unicast, without what carries addresses of version 4 within (6to4, Teredo) or is for documents.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_kept = matches!((first, second), (0x2001, 0..=0x01ff | 0x0db8) | (0x2002, _) | (0x3fff, 0..=0x0fff));
    first & 0xe000 == 0x2000 && !is_kept
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{Destinations, Unreachable, is_public};

    #[test]
    fn addresses_of_this_machine_its_neighbours_and_special_purposes_are_not_public() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(address.parse::<IpAddr>().unwrap()), "{address}");
        }
        for address in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"] {
            assert!(is_public(address.parse::<IpAddr>().unwrap()), "{address}");
        }
    }

    #[test]
    fn only_public_hosts_over_tls_and_what_the_operator_names_are_taken() {
        let usual = Destinations::default();
        for (text, why) in [
            ("example", Unreachable::NotAnAddress),
            ("ftp://example.org/", Unreachable::NotAnAddress),
            ("http://example.org/", Unreachable::NotTls),
            ("https://ana:secret@example.org/", Unreachable::Decorated),
            ("https://localhost/", Unreachable::NotPublic),
            ("https://printer.local./", Unreachable::NotPublic),
            ("https://127.0.0.1/", Unreachable::NotPublic),
            ("https://0x7f.1/", Unreachable::NotPublic),
            ("https://2130706433/", Unreachable::NotPublic),
            ("https://[::1]/", Unreachable::NotPublic),
            ("https://[::ffff:169.254.169.254]/", Unreachable::NotPublic),
        ] {
            assert_eq!(usual.check(text).unwrap_err(), why, "{text}");
        }
        assert!(usual.check("https://example.org/hook?of=needmatch").is_ok());
        let named = Destinations::read("http://127.0.0.1:9000, https://hooks.internal").unwrap();
        assert!(named.check("http://127.0.0.1:9000/hook").is_ok() && named.check("https://hooks.internal/a").is_ok());
        assert!(named.check("http://127.0.0.1:9001/hook").is_err() && named.check("http://127.0.0.1/").is_err());
        let url = named.check("http://127.0.0.1:9000/hook").unwrap();
        assert!(named.may_connect(&url, "127.0.0.1".parse().unwrap()));
        assert!(!usual.may_connect(&"https://example.org/".parse().unwrap(), "10.0.0.1".parse().unwrap()));
        assert_eq!(Destinations::read("127.0.0.1:9000").unwrap_err(), "127.0.0.1:9000");
    }
}
