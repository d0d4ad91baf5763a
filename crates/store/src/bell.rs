//! Tells listeners in every process that there is something new to read: a run has told of progress or ended, or a run
//! waits for a worker. What is new stands in the tables; a ring may be missed, so whoever listens also looks now and then.
//!
//! On PostgreSQL rings travel as `NOTIFY` in the transaction of the change, heard by one connection a process, opened when
//! somebody first listens. On SQLite, which one process has to itself, they stay in the process.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::Instant;
use uuid::Uuid;

use crate::engine::{Engine, EngineKind};
use crate::error::StoreError;
use crate::keys::RunKey;
use crate::session::Session;
use crate::statement::Statement;

/// The channel on PostgreSQL.
const CHANNEL: &str = "needmatch_runs";

/// Rings kept for a slow listener; one who misses some is told to look at everything.
const KEPT: usize = 256;

/// How long to wait before listening again after the line was lost.
const AGAIN: Duration = Duration::from_secs(1);

/// What is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ring {
    /// A run has told of progress, or ended.
    Run(RunKey),
    /// A run waits for a worker.
    Queue,
    /// Rings may have been lost: look.
    Anything,
}

impl Ring {
    fn text(self) -> String {
        match self {
            Self::Run(run) => run.to_string(),
            Self::Queue => "queue".to_owned(),
            Self::Anything => "anything".to_owned(),
        }
    }

    fn read(text: &str) -> Self {
        match text {
            "queue" => Self::Queue,
            other => other.parse::<Uuid>().map_or(Self::Anything, |run| Self::Run(run.into())),
        }
    }
}

/// The bell of a process.
#[derive(Debug, Clone)]
pub(crate) struct Bell {
    rings: broadcast::Sender<Ring>,
    /// Whether the connection that listens was opened.
    listens: Arc<AtomicBool>,
}

impl Bell {
    pub(crate) fn new() -> Self {
        Self { rings: broadcast::Sender::new(KEPT), listens: Arc::default() }
    }

    /// Before the commit, on PostgreSQL: sent to every process when the transaction lasts, and only then.
    pub(crate) async fn announce(session: &mut Session, rings: &[Ring]) -> Result<(), StoreError> {
        if session.engine() == EngineKind::Sqlite {
            return Ok(());
        }
        for ring in rings {
            let notify = Statement::of("SELECT CAST(pg_notify($1, $2) AS TEXT)").bind(CHANNEL).bind(ring.text());
            session.fetch_optional(notify).await?;
        }
        Ok(())
    }

    /// After the commit, on SQLite.
    pub(crate) fn ring(&self, engine: EngineKind, rings: &[Ring]) {
        if engine == EngineKind::Sqlite {
            for ring in rings {
                self.tell(*ring);
            }
        }
    }

    /// Tells listeners of this process; nobody listening is no fault.
    fn tell(&self, ring: Ring) {
        let _ = self.rings.send(ring);
    }

    /// Begins to listen.
    pub(crate) fn listen(&self, engine: &Engine) -> Listener {
        let heard = self.rings.subscribe();
        if let Engine::Postgres { pool } = engine
            && !self.listens.swap(true, Ordering::AcqRel)
        {
            tokio::spawn(relay(pool.inner().clone(), self.clone()));
        }
        Listener { heard }
    }
}

/// Passes on what PostgreSQL tells, as long as the pool is open; after every interruption listeners are told to look.
async fn relay(pool: PgPool, bell: Bell) {
    while !pool.is_closed() {
        if let Err(error) = relay_once(&pool, &bell).await {
            tracing::debug!(%error, "notifications are interrupted");
        }
        bell.tell(Ring::Anything);
        tokio::select! {
            () = tokio::time::sleep(AGAIN) => {}
            () = pool.close_event() => {}
        }
    }
}

async fn relay_once(pool: &PgPool, bell: &Bell) -> Result<(), sqlx::Error> {
    // A connection of its own: one of the pool's would be missing there for good.
    let options = pool.connect_options();
    let own = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect_lazy_with((*options).clone());
    let mut listener = PgListener::connect_with(&own).await?;
    listener.ignore_pool_close_event(true);
    listener.listen(CHANNEL).await?;
    bell.tell(Ring::Anything);
    loop {
        tokio::select! {
            told = listener.try_recv() => match told? {
                Some(told) => bell.tell(Ring::read(told.payload())),
                None => bell.tell(Ring::Anything),
            },
            () = pool.close_event() => return Ok(()),
        }
    }
}

/// Listens for what is new.
#[derive(Debug)]
pub struct Listener {
    heard: broadcast::Receiver<Ring>,
}

impl Listener {
    /// Waits until there may be something new about a run, at most so long.
    pub async fn run(&mut self, run: RunKey, at_most: Duration) {
        self.until(|ring| ring == Ring::Run(run), at_most).await;
    }

    /// Waits until a run may be waiting for a worker, at most so long.
    pub async fn queue(&mut self, at_most: Duration) {
        self.until(|ring| ring == Ring::Queue, at_most).await;
    }

    async fn until(&mut self, concerns: impl Fn(Ring) -> bool, at_most: Duration) {
        let deadline = Instant::now() + at_most;
        loop {
            match tokio::time::timeout_at(deadline, self.heard.recv()).await {
                Ok(Ok(ring)) if ring != Ring::Anything && !concerns(ring) => {}
                Ok(Err(RecvError::Closed)) => return tokio::time::sleep_until(deadline).await,
                Ok(Ok(_) | Err(RecvError::Lagged(_))) | Err(_) => return,
            }
        }
    }
}
