//! The second factor: codes of six digits that change every half minute (TOTP, RFC 6238). A code is good once.

use std::fmt;

use jiff::Timestamp;
use needmatch_store::AuditedTransaction;
use needmatch_store::keys::PersonKey;
use needmatch_store::parties::Person;
use ring::hmac;

use super::{Seal, tries};
use crate::error::{AppError, Fault, Faults};

/// Seconds a code is the code of the moment.
const STEP_SECONDS: i64 = 30;

/// Codes before and after that of the moment that are taken as well: clocks differ.
const DRIFT: i64 = 1;

/// Bytes of a secret.
const SECRET: usize = 20;

/// What a person puts into the program that makes the codes.
pub struct Enrolment {
    /// The secret in base 32.
    pub secret: String,
    /// The same as an address such programs read.
    pub address: String,
}

impl Enrolment {
    /// What is put in for a secret in base 32 of who has this address of mail.
    pub fn of(secret: String, email: &str) -> Self {
        let address = format!("otpauth://totp/needmatch:{email}?secret={secret}&issuer=needmatch");
        Self { secret, address }
    }
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Enrolment(…)")
    }
}

/// The secret, and the step of the last code that was used.
struct Kept {
    secret: [u8; SECRET],
    used: i64,
}

impl Kept {
    fn seal(&self, seal: &Seal, person: PersonKey) -> Result<Vec<u8>, AppError> {
        seal.close(person.uuid().as_bytes(), &[&self.secret[..], &self.used.to_be_bytes()].concat())
    }

    fn open(seal: &Seal, person: PersonKey, sealed: &[u8]) -> Option<Self> {
        let content = seal.open(person.uuid().as_bytes(), sealed)?;
        let (secret, used) = content.split_at_checked(SECRET)?;
        Some(Self { secret: secret.try_into().ok()?, used: i64::from_be_bytes(used.try_into().ok()?) })
    }

    /// Uses up a code, if it is that of the moment, or one beside it, and later than the last.
    fn takes(&mut self, code: &str, at: Timestamp) -> bool {
        let now = at.as_second().div_euclid(STEP_SECONDS);
        let step = (now - DRIFT..=now + DRIFT).find(|step| *step > self.used && code_of(&self.secret, *step) == code);
        self.used = step.unwrap_or(self.used);
        step.is_some()
    }
}

fn fresh() -> Result<[u8; SECRET], AppError> {
    let mut secret = [0; SECRET];
    getrandom::fill(&mut secret).map_err(|_| AppError::Internal)?;
    Ok(secret)
}

/// Gives a person a new secret, not yet in use.
pub(super) async fn begin(
    transaction: &mut AuditedTransaction,
    seal: &Seal,
    mut person: Person,
) -> Result<Enrolment, AppError> {
    let secret = fresh()?;
    person.second_factor = Some(Kept { secret, used: 0 }.seal(seal, person.key)?);
    person.second_factor_at = None;
    transaction.change_person(&person, "person.begin_second_factor").await?;
    Ok(Enrolment::of(base32(&secret), &person.email))
}

/// Whose a secret is that was offered in place of the one in use: of the person, and of nobody once that one was used again
/// or replaced.
fn owner_of_offer(person: &Person) -> Vec<u8> {
    [person.key.uuid().as_bytes(), person.second_factor.as_deref().unwrap_or_default()].concat()
}

/// Offers a person a secret in place of the one in use, which stays so until [`replace`]; and the same sealed. The register
/// holds nothing of it.
pub(super) fn offer(seal: &Seal, person: &Person) -> Result<(Enrolment, String), AppError> {
    let secret = fresh()?;
    let sealed = seal.close(&owner_of_offer(person), &secret)?;
    Ok((Enrolment::of(base32(&secret), &person.email), hex::encode(sealed)))
}

/// Puts a secret that was offered in place of the one in use.
///
/// # Errors
/// [`AppError::Unauthenticated`] when the code is not that of the moment, or the offer is no longer good;
/// [`AppError::TooManyTries`].
pub(super) async fn replace(
    transaction: &mut AuditedTransaction,
    seal: &Seal,
    mut person: Person,
    offered: &str,
    code: &str,
) -> Result<(), AppError> {
    tries::code(person.key)?;
    let sealed = hex::decode(offered).map_err(|_| AppError::Unauthenticated)?;
    let secret = seal.open(&owner_of_offer(&person), &sealed).and_then(|secret| secret.try_into().ok());
    let mut kept = Kept { secret: secret.ok_or(AppError::Unauthenticated)?, used: 0 };
    if !kept.takes(code, transaction.at()) {
        return Err(AppError::Unauthenticated);
    }
    person.second_factor = Some(kept.seal(seal, person.key)?);
    person.second_factor_at = Some(transaction.at());
    transaction.change_person(&person, "person.confirm_second_factor").await?;
    Ok(())
}

/// Uses up the code that was shown.
///
/// # Errors
/// [`AppError::Invalid`] at `/code` when none was; as [`use_code`] has them otherwise.
pub(super) async fn require(
    transaction: &mut AuditedTransaction,
    seal: &Seal,
    person: PersonKey,
    code: Option<&str>,
) -> Result<(), AppError> {
    let Some(code) = code else {
        let mut faults = Faults::default();
        faults.push("/code", None, Fault::Missing {});
        return faults.finish(None);
    };
    use_code(transaction, seal, person, code).await
}

/// Uses up a code.
///
/// # Errors
/// [`AppError::Unauthenticated`] when it is not that of the moment, or was used before; [`AppError::TooManyTries`].
pub(super) async fn use_code(
    transaction: &mut AuditedTransaction,
    seal: &Seal,
    person: PersonKey,
    code: &str,
) -> Result<(), AppError> {
    // Counted for the person, whatever the code is shown beside: else each way in would give as many tries again.
    tries::code(person)?;
    let mut person = transaction.person(person).await?;
    let sealed = person.second_factor.as_deref().ok_or(AppError::Unauthenticated)?;
    let mut kept = Kept::open(seal, person.key, sealed).ok_or_else(|| {
        tracing::error!(person = %person.key, "a second factor cannot be opened: was the key changed?");
        AppError::Internal
    })?;
    if !kept.takes(code, transaction.at()) {
        tracing::warn!(person = %person.key, "a code was shown that is not the code of the moment");
        return Err(AppError::Unauthenticated);
    }
    person.second_factor = Some(kept.seal(seal, person.key)?);
    transaction.change_person(&person, "person.use_second_factor").await?;
    Ok(())
}

/// The code of a step.
fn code_of(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let offset = usize::from(tag[tag.len() - 1] & 15);
    let mut piece = [tag[offset], tag[offset + 1], tag[offset + 2], tag[offset + 3]];
    piece[0] &= 0x7f;
    format!("{:06}", u32::from_be_bytes(piece) % 1_000_000)
}

/// RFC 4648, without padding: twenty bytes need none.
fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    for group in bytes.chunks(5) {
        let mut bits = [0; 8];
        bits[3..3 + group.len()].copy_from_slice(group);
        let number = u64::from_be_bytes(bits);
        for place in (0..8).rev() {
            let index = usize::try_from((number >> (5 * place)) & 31).unwrap_or_default();
            text.push(char::from(LETTERS[index]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{base32, code_of};

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = b"12345678901234567890";
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(code_of(secret, seconds / 30), code);
        }
    }

    #[test]
    fn secrets_are_written_in_base_32() {
        assert_eq!(base32(b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }
}
