//! The key that signs checkpoints (Ed25519). Its seed stands in a file of the operator's, 64 hexadecimal digits.

use std::fmt;

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use crate::error::AppError;

/// Digits of a seed.
const DIGITS: usize = 64;

/// A key that signs.
pub struct SigningKey(Ed25519KeyPair);

/// Why a text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyError;

impl fmt::Display for KeyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "this is no signing key: {DIGITS} hexadecimal digits are; make one with `needmatch audit key`"
        )
    }
}

impl std::error::Error for KeyError {}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey(public {})", self.public_key())
    }
}

impl SigningKey {
    /// A new seed, as it stands in the file.
    pub fn new_seed() -> Result<String, AppError> {
        let mut seed = [0; DIGITS / 2];
        getrandom::fill(&mut seed).map_err(|_| AppError::Internal)?;
        Ok(hex::encode(seed))
    }

    /// Reads the text of a file.
    pub fn read(text: &str) -> Result<Self, KeyError> {
        let seed = hex::decode(text.trim()).map_err(|_| KeyError)?;
        Ed25519KeyPair::from_seed_unchecked(&seed).map(Self).map_err(|_| KeyError)
    }

    /// The key that checks, hexadecimal.
    pub fn public_key(&self) -> String {
        hex::encode(self.0.public_key())
    }

    pub(super) fn sign(&self, content: &[u8]) -> String {
        hex::encode(self.0.sign(content))
    }
}

/// Whether a signature is the key's.
pub(super) fn is_signed(public_key: &str, content: &[u8], signature: &str) -> bool {
    let (Ok(key), Ok(signature)) = (hex::decode(public_key), hex::decode(signature)) else { return false };
    UnparsedPublicKey::new(&ED25519, key).verify(content, &signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{SigningKey, is_signed};

    #[test]
    fn a_signature_is_the_keys_own_and_of_that_content_alone() {
        let key = SigningKey::read(&SigningKey::new_seed().unwrap()).unwrap();
        let other = SigningKey::read(&SigningKey::new_seed().unwrap()).unwrap();
        let signature = key.sign(b"heads");
        assert!(is_signed(&key.public_key(), b"heads", &signature));
        assert!(!is_signed(&key.public_key(), b"tails", &signature));
        assert!(!is_signed(&other.public_key(), b"heads", &signature));
        assert!(!is_signed(&key.public_key(), b"heads", &signature[2..]));
        assert!(SigningKey::read("abc").is_err() && SigningKey::read(&"0".repeat(62)).is_err());
        assert!(!format!("{key:?}").contains(&SigningKey::new_seed().unwrap()));
    }
}
