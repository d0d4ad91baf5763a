//! Passwords, hashed with argon2id. Hashing costs memory and time on purpose: only a few are hashed at once.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

use crate::error::AppError;

/// Passwords hashed at once; further ones wait.
static PLACES: Semaphore = Semaphore::const_new(2);

/// Hashes a password, with a salt of its own and the parameters in the text.
pub(super) async fn hash(password: String) -> Result<String, AppError> {
    aside(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()))
        .await?
        .map_err(failed)
}

/// Whether a password is the one that was hashed. Without a hash it takes as long, and is wrong.
pub(super) async fn is_right(password: String, hash: Option<String>) -> Result<bool, AppError> {
    aside(move || match hash.as_deref().map(PasswordHash::new) {
        Some(Ok(hash)) => Argon2::default().verify_password(password.as_bytes(), &hash).is_ok(),
        Some(Err(error)) => {
            tracing::error!(%error, "a kept password hash cannot be read");
            false
        }
        None => {
            let _: Result<PasswordHash, _> = Argon2::default().hash_password(password.as_bytes());
            false
        }
    })
    .await
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let _place = PLACES.acquire().await.map_err(|_| AppError::Internal)?;
    tokio::task::spawn_blocking(work).await.map_err(|_| AppError::Internal)
}

fn failed(error: argon2::password_hash::Error) -> AppError {
    tracing::error!(%error, "a password cannot be hashed");
    AppError::Internal
}

#[cfg(test)]
mod tests {
    use super::{hash, is_right};

    #[tokio::test]
    async fn a_password_is_kept_as_argon2id_with_a_salt_of_its_own() {
        let one = hash("correct horse battery".to_owned()).await.unwrap();
        let two = hash("correct horse battery".to_owned()).await.unwrap();
        assert!(one.starts_with("$argon2id$") && one != two);
        assert!(is_right("correct horse battery".to_owned(), Some(one.clone())).await.unwrap());
        assert!(!is_right("correct horse batterz".to_owned(), Some(one)).await.unwrap());
        assert!(!is_right("correct horse battery".to_owned(), None).await.unwrap());
    }
}
