//! Seals what the register keeps but must not tell whoever reads the database: the secrets of second factors and of
//! webhooks.

use std::fmt;

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::error::AppError;

/// The key that seals: 64 hexadecimal digits in a file of the operator's, the same on every machine.
pub struct Seal(LessSafeKey);

/// The text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealError;

impl fmt::Display for SealError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("this is no key: 64 hexadecimal digits are; make one with `needmatch audit key`")
    }
}

impl std::error::Error for SealError {}

impl fmt::Debug for Seal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Seal(…)")
    }
}

impl Seal {
    /// Reads the text of a file.
    pub fn read(text: &str) -> Result<Self, SealError> {
        let bytes = hex::decode(text.trim()).map_err(|_| SealError)?;
        UnboundKey::new(&CHACHA20_POLY1305, &bytes).map(|key| Self(LessSafeKey::new(key))).map_err(|_| SealError)
    }

    /// Seals bytes for one owner: sealed bytes of another are not taken for theirs.
    pub(crate) fn close(&self, owner: &[u8], content: &[u8]) -> Result<Vec<u8>, AppError> {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|_| AppError::Internal)?;
        let mut sealed = content.to_vec();
        let closed =
            self.0.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(owner), &mut sealed);
        closed.map_err(|_| AppError::Internal)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for the owner.
    pub(crate) fn open(&self, owner: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, content) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut content = content.to_vec();
        Some(self.0.open_in_place(nonce, Aad::from(owner), &mut content).ok()?.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::Seal;

    #[test]
    fn what_is_sealed_opens_for_its_owner_with_its_key_alone() {
        let (seal, other) = (Seal::read(&"ab".repeat(32)).unwrap(), Seal::read(&"cd".repeat(32)).unwrap());
        let mut sealed = seal.close(b"ana", b"secret").unwrap();
        assert_eq!(seal.open(b"ana", &sealed).as_deref(), Some(&b"secret"[..]));
        assert_eq!((seal.open(b"eve", &sealed), other.open(b"ana", &sealed)), (None, None));
        assert_ne!(sealed, seal.close(b"ana", b"secret").unwrap(), "never sealed alike twice");
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!((seal.open(b"ana", &sealed), seal.open(b"ana", b"")), (None, None));
        assert!(Seal::read("ab").is_err());
    }
}
