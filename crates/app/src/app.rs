//! What the use cases stand on: the register, the clock, and chance. All three are given, so that a test decides them.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use needmatch_store::audit::Origin;
use needmatch_store::{AuditedTransaction, Session, Store};
use uuid::Uuid;

use crate::access::Seal;
use crate::access::openid::Providers;
use crate::error::AppError;
use crate::messages::shown::Shown;
use crate::principal::{Principal, Uses};
use crate::webhooks::Destinations;

/// Tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The application. Cloned freely.
#[derive(Clone)]
pub struct App {
    store: Store,
    clock: Clock,
    seal: Option<Arc<Seal>>,
    destinations: Arc<Destinations>,
    providers: Option<Arc<Providers>>,
    shown_mail: Option<Shown>,
    uses: Uses,
}

impl fmt::Debug for App {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("App").field("store", &self.store).finish_non_exhaustive()
    }
}

/// Where a change comes from: the surface, and the request's identifier as in the log and the answer.
#[derive(Debug, Clone)]
pub struct Surface {
    /// `api`, `web` or `cli`.
    pub name: &'static str,
    /// The request's identifier.
    pub request_id: String,
}

impl App {
    /// An application on a store whose schema is current.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self {
            store,
            clock,
            seal: None,
            destinations: Arc::default(),
            providers: None,
            shown_mail: None,
            uses: Uses::default(),
        }
    }

    /// With destinations of webhooks that the operator allows beside the usual ones.
    #[must_use]
    pub fn with_destinations(mut self, destinations: Destinations) -> Self {
        self.destinations = Arc::new(destinations);
        self
    }

    /// Where webhooks may lead.
    pub fn destinations(&self) -> &Destinations {
        &self.destinations
    }

    /// With the providers that people of organisations come in by.
    #[must_use]
    pub fn with_providers(mut self, providers: Providers) -> Self {
        self.providers = Some(Arc::new(providers));
        self
    }

    /// The providers that people of organisations come in by, if there are any.
    pub fn providers(&self) -> Option<&Providers> {
        self.providers.as_deref()
    }

    /// With mail kept for a page to show instead of being sent: for development alone.
    #[must_use]
    pub fn with_shown_mail(mut self, shown: Shown) -> Self {
        self.shown_mail = Some(shown);
        self
    }

    /// The mail that would have been sent, where none is and a page shows it.
    pub fn shown_mail(&self) -> Option<&Shown> {
        self.shown_mail.as_ref()
    }

    /// With the key that seals second factors and the secrets of webhooks.
    #[must_use]
    pub fn with_seal(mut self, seal: Seal) -> Self {
        self.seal = Some(Arc::new(seal));
        self
    }

    /// The key that seals second factors and the secrets of webhooks.
    ///
    /// # Errors
    /// [`AppError::RuleBroken`] when the operator has named none.
    pub(crate) fn seal(&self) -> Result<&Seal, AppError> {
        let rule = || "second factors and webhooks need a key of the operator's (access.key_file)".to_owned();
        self.seal.as_deref().ok_or_else(|| AppError::RuleBroken { rule: rule() })
    }

    /// With the system's clock.
    pub fn with_system_clock(store: Store) -> Self {
        Self::new(store, Arc::new(Timestamp::now))
    }

    /// Credentials whose use is being noted.
    pub(crate) fn uses(&self) -> &Uses {
        &self.uses
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The time by the application's clock, in whole microseconds as the store keeps it.
    pub fn now(&self) -> Timestamp {
        let now = (self.clock)();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// A session that reads.
    pub async fn read(&self) -> Result<Session, AppError> {
        Ok(self.store.read().await?)
    }

    /// A transaction in which a principal makes a change. The use cases take it; whoever began it commits.
    pub async fn begin(&self, principal: &Principal, surface: &Surface) -> Result<AuditedTransaction, AppError> {
        let origin = Origin {
            person: principal.person,
            credential: principal.credential,
            origin: surface.name.to_owned(),
            request_id: surface.request_id.clone(),
            at: self.now(),
        };
        Ok(self.store.begin(origin).await?)
    }
}

/// A key for a new row. Keys made later are greater.
pub(crate) fn new_key<K: From<Uuid>>() -> K {
    K::from(Uuid::now_v7())
}
