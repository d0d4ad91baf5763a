//! Passwords, hashed with argon2id. Hashing costs memory and time on purpose: only a few are hashed at once.

use std::fmt;
use std::time::Duration;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use serde_json::Value;
use tokio::sync::Semaphore;

use crate::apart::apart;
use crate::document::Fields;
use crate::error::{AppError, Fault};

/// Passwords hashed at once; further ones wait.
static PLACES: Semaphore = Semaphore::const_new(2);

/// How long one waits for its turn: those who guess must not keep everybody else's requests open.
const PATIENCE: Duration = Duration::from_secs(10);

/// Shortest password, in characters.
const LEAST: usize = 12;

/// Longest password, in bytes: hashing costs by length.
const MOST: usize = 256;

/// A password as it was typed. It is never printed.
#[derive(Default)]
pub(super) struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(…)")
    }
}

/// Reads a password: it is never shown in an error, and spaces in it count.
pub(super) fn read(fields: &mut Fields<'_>, name: &'static str) -> Option<Password> {
    match fields.value(name).and_then(Value::as_str) {
        Some(text) if text.len() <= MOST => Some(Password(text.to_owned())),
        Some(_) => {
            fields.refuse(name, None, Fault::TooLong { most: MOST });
            None
        }
        None => {
            fields.refuse(name, None, Fault::Missing {});
            None
        }
    }
}

/// Reads `password` as one to be set.
pub(super) fn read_new(fields: &mut Fields<'_>) -> Option<Password> {
    let password = read(fields, "password")?;
    if password.0.chars().count() < LEAST {
        fields.refuse("password", None, Fault::TooShort { least: LEAST });
    }
    Some(password)
}

impl Password {
    /// The hash to be kept, with a salt of its own and the parameters in the text.
    pub(super) async fn hash(self) -> Result<String, AppError> {
        aside(move || Argon2::default().hash_password(self.0.as_bytes()).map(|hash| hash.to_string()))
            .await?
            .map_err(failed)
    }

    /// Whether it is the one that was hashed. Without a hash it takes as long, and is wrong.
    pub(super) async fn matches(self, hash: Option<String>) -> Result<bool, AppError> {
        aside(move || match hash.as_deref().map(PasswordHash::new) {
            Some(Ok(hash)) => Argon2::default().verify_password(self.0.as_bytes(), &hash).is_ok(),
            Some(Err(error)) => {
                tracing::error!(%error, "a kept password hash cannot be read");
                false
            }
            None => {
                let _: Result<PasswordHash, _> = Argon2::default().hash_password(self.0.as_bytes());
                false
            }
        })
        .await
    }
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let place = tokio::time::timeout(PATIENCE, PLACES.acquire()).await.map_err(|_| AppError::Busy)?;
    let _place = place.map_err(|_| AppError::Internal)?;
    apart("a password", work).await
}

fn failed(error: argon2::password_hash::Error) -> AppError {
    tracing::error!(%error, "a password cannot be hashed");
    AppError::Internal
}

#[cfg(test)]
mod tests {
    use super::Password;

    fn typed(text: &str) -> Password {
        Password(text.to_owned())
    }

    #[tokio::test]
    async fn a_password_is_kept_as_argon2id_with_a_salt_of_its_own() {
        let one = typed("correct horse battery").hash().await.unwrap();
        let two = typed("correct horse battery").hash().await.unwrap();
        assert!(one.starts_with("$argon2id$") && one != two);
        assert!(typed("correct horse battery").matches(Some(one.clone())).await.unwrap());
        assert!(!typed("correct horse batterz").matches(Some(one)).await.unwrap());
        assert!(!typed("correct horse battery").matches(None).await.unwrap());
        assert_eq!(format!("{:?}", typed("correct horse battery")), "Password(…)");
    }
}
