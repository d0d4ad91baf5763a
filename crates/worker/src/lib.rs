//! Executes what waits: runs, each in a solver process of its own whose death, hang, lie or hunger is an ordinary
//! outcome.
//!
//! [`work_at`] takes runs from the queue one after another; [`solver`] is the process and its watcher. Any number of workers,
//! in any number of processes, may work on one store. [`deliver`] sends messages to webhooks and [`send_mail`] to people,
//! likewise.

mod figures;
mod mail;
mod outbox;
mod queue;
mod runs;
pub mod solver;
mod tidy;
mod webhooks;

pub use mail::{MailServer, Mailer, send_mail};
pub use queue::{Pace, work_at};
pub use webhooks::deliver;
