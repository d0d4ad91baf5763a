//! Secrets to sign in with: made from 256 random bits, shown once, kept as SHA-256.
//!
//! Written `nm_`, 64 hexadecimal digits and 8 digits of checksum, so that scanners of source code find one that was
//! committed by mistake and a mistyped one is refused without asking the database.

use std::fmt;

use sha2::{Digest, Sha256};

const PREFIX: &str = "nm_";
const DIGITS: usize = 64;
const CHECKSUM_DIGITS: usize = 8;

/// A secret in the clear. It is neither printed nor written by accident.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// Why a text is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no needmatch token: tokens begin with nm_ and carry a checksum; copy it again in full")]
pub struct SecretError;

impl Secret {
    /// A secret from random bits, given by the caller.
    pub fn from_random(random: [u8; 32]) -> Self {
        let digits = hex::encode(random);
        let checksum = checksum(&digits);
        Self(format!("{PREFIX}{digits}{checksum}"))
    }

    /// Reads a secret as a client sends it.
    ///
    /// # Errors
    /// When it cannot be one of ours.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let rest = text.strip_prefix(PREFIX).ok_or(SecretError)?;
        if rest.len() != DIGITS + CHECKSUM_DIGITS || !rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        {
            return Err(SecretError);
        }
        let (digits, given) = rest.split_at(DIGITS);
        if checksum(digits) == given { Ok(Self(text.to_owned())) } else { Err(SecretError) }
    }

    /// The secret in the clear, to be shown or set as a cookie once.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept and looked up. A hash of 256 random bits needs no salt, and finding its row takes a time that tells
    /// nothing about other secrets.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(nm_…)")
    }
}

fn checksum(digits: &str) -> String {
    let mut sum = hex::encode(Sha256::digest(digits.as_bytes()));
    sum.truncate(CHECKSUM_DIGITS);
    sum
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_reads_back_and_one_changed_digit_is_refused() {
        let secret = Secret::from_random([7; 32]);
        assert_eq!(Secret::parse(secret.reveal()), Ok(secret.clone()));
        for position in 0..secret.reveal().len() {
            let mut text = secret.reveal().to_owned().into_bytes();
            text[position] = if text[position] == b'1' { b'2' } else { b'1' };
            assert!(Secret::parse(&String::from_utf8(text).unwrap()).is_err(), "digit {position}");
        }
        assert!(Secret::parse(&secret.reveal()[..70]).is_err());
        assert!(Secret::parse("nm_é").is_err());
    }

    #[test]
    fn a_secret_is_never_printed() {
        let secret = Secret::from_random([0xab; 32]);
        assert!(!format!("{secret:?}").contains("abab"));
    }
}
