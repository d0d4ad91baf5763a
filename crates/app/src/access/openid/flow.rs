//! One journey of a browser to a provider and back. The browser keeps a secret, the register its hash and until when;
//! what the provider is told is worked out from the secret each time, so that nobody who reads the register could finish
//! the journey, nor anybody who sees the addresses it leads through.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use needmatch_store::parties::Secret;
use ring::hmac;

/// A journey, by its secret.
#[derive(Debug)]
pub(super) struct Flow<'s>(pub(super) &'s Secret);

impl Flow<'_> {
    /// What the provider gives back with the browser (RFC 6749, 10.12).
    pub(super) fn state(&self) -> String {
        self.derived("state")
    }

    /// What the provider signs into its token.
    pub(super) fn nonce(&self) -> String {
        self.derived("nonce")
    }

    /// What this service shows when it asks for the token (RFC 7636).
    pub(super) fn verifier(&self) -> String {
        self.derived("verifier")
    }

    /// Whether this is the state, in a time that tells nothing.
    pub(super) fn has_state(&self, state: &str) -> bool {
        let tag = URL_SAFE_NO_PAD.decode(state).unwrap_or_default();
        hmac::verify(&self.key(), b"state", &tag).is_ok()
    }

    fn derived(&self, purpose: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.key(), purpose.as_bytes()))
    }

    fn key(&self) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, self.0.reveal().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use needmatch_store::parties::Secret;

    use super::Flow;

    #[test]
    fn what_is_told_is_of_one_journey_and_one_purpose() {
        let (one, other) = (Secret::from_random([1; 32]), Secret::from_random([2; 32]));
        let (one, other) = (Flow(&one), Flow(&other));
        assert!(one.has_state(&one.state()) && !one.has_state(&other.state()) && !one.has_state(""));
        assert!(!one.has_state(&one.nonce()) && one.nonce() != one.verifier() && one.nonce() != other.nonce());
        assert_eq!(one.verifier().len(), 43, "as long as RFC 7636 asks for");
    }
}
