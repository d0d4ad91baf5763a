//! How often somebody may try, on this server: few enough that nothing is guessed and nobody is flooded. Counted are
//! hashes, so that no address or secret stays in memory, and of those that tried lately alone.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::Clock;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use needmatch_domain::canonical;
use needmatch_store::keys::PersonKey;
use needmatch_store::parties::Secret;

use crate::error::AppError;

/// Tries counted between two sweeps of those not heard of lately.
const SWEEP_EVERY: u64 = 1_000;

struct Tries {
    limiter: DefaultKeyedRateLimiter<String>,
    counted: AtomicU64,
}

impl Tries {
    fn allowing(quota: Quota) -> Self {
        Self { limiter: RateLimiter::keyed(quota), counted: AtomicU64::new(0) }
    }

    fn count(&self, of: &[u8]) -> Result<(), AppError> {
        if self.counted.fetch_add(1, Ordering::Relaxed).is_multiple_of(SWEEP_EVERY) {
            self.limiter.retain_recent();
        }
        let counted = self.limiter.check_key(&canonical::sha256(of));
        counted.map_err(|refused| AppError::TooManyTries { wait: refused.wait_time_from(self.limiter.clock().now()) })
    }
}

const fn number(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).expect("more than none")
}

/// So many at once, and one more each time the period is over.
fn slowly(at_once: u32, period: Duration) -> Quota {
    Quota::with_period(period).expect("longer than nothing").allow_burst(number(at_once))
}

/// Passwords for one address of mail, and from one network.
static PASSWORDS: LazyLock<Tries> = LazyLock::new(|| Tries::allowing(Quota::per_minute(number(10))));
static GUESSERS: LazyLock<Tries> = LazyLock::new(|| Tries::allowing(Quota::per_minute(number(120))));

/// Codes of one person: three of a million are right at any time, so that guessing every ten minutes takes years.
static CODES: LazyLock<Tries> = LazyLock::new(|| Tries::allowing(slowly(10, Duration::from_mins(10))));

/// Codes shown with one link for a new password.
static LINKS: LazyLock<Tries> = LazyLock::new(|| Tries::allowing(slowly(5, Duration::from_mins(20))));

/// Links asked for one address of mail, and from one network.
static LETTERS: LazyLock<Tries> = LazyLock::new(|| Tries::allowing(slowly(3, Duration::from_mins(20))));
static ASKERS: LazyLock<Tries> = LazyLock::new(|| Tries::allowing(Quota::per_minute(number(20))));

/// Sign-ins at providers begun from one network: each is kept for some minutes.
static BEGINNINGS: LazyLock<Tries> = LazyLock::new(|| Tries::allowing(Quota::per_minute(number(300))));

/// Counts a password shown for an address.
pub(super) fn password(email: &str, source: Option<IpAddr>) -> Result<(), AppError> {
    from(&GUESSERS, source)?;
    PASSWORDS.count(email.to_lowercase().as_bytes())
}

/// Counts a code of a person's second factor.
pub(super) fn code(person: PersonKey) -> Result<(), AppError> {
    CODES.count(person.uuid().as_bytes())
}

/// Counts what is shown with a link for a new password.
pub(super) fn link(link: &Secret) -> Result<(), AppError> {
    LINKS.count(&link.hash())
}

/// Counts a link asked for.
pub(super) fn letter(email: &str, source: Option<IpAddr>) -> Result<(), AppError> {
    from(&ASKERS, source)?;
    LETTERS.count(email.to_lowercase().as_bytes())
}

/// Counts a sign-in at a provider that begins.
pub(super) fn beginning(source: Option<IpAddr>) -> Result<(), AppError> {
    from(&BEGINNINGS, source)
}

/// By networks, not addresses: in version 6 whoever has one address has as many as they like.
fn from(tries: &Tries, source: Option<IpAddr>) -> Result<(), AppError> {
    // A server that listens in version 6 sees addresses of version 4 written as such.
    match source.map(|address| address.to_canonical()) {
        Some(IpAddr::V4(address)) => tries.count(&address.octets()),
        Some(IpAddr::V6(address)) => tries.count(&address.octets()[..8]),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Tries, from, slowly};
    use crate::error::AppError;

    #[test]
    fn the_next_waits_and_networks_are_told_apart() {
        let tries = Tries::allowing(slowly(2, Duration::from_mins(20)));
        let address = |text: &str| Some(text.parse().unwrap());
        for last in 1..=2 {
            assert!(from(&tries, address(&format!("2001:4860::{last}"))).is_ok());
        }
        let Err(AppError::TooManyTries { wait }) = from(&tries, address("2001:4860::abcd:3")) else {
            panic!("the same network");
        };
        assert!(wait > Duration::from_mins(19) && wait <= Duration::from_mins(20), "{wait:?}");
        assert!(from(&tries, address("2001:4861::3")).is_ok() && from(&tries, None).is_ok());
        for last in 1..=3 {
            assert!(from(&tries, address(&format!("::ffff:192.0.2.{last}"))).is_ok(), "addresses of version 4");
        }
    }
}
