//! Long work, on threads that serve nobody else.

use crate::error::AppError;

/// Does work that takes long and waits for nothing.
///
/// # Errors
/// [`AppError::Internal`] when it broke off; `what` it was stands in the log.
pub(crate) async fn apart<T: Send + 'static>(
    what: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, what, "work broke off");
        AppError::Internal
    })
}
