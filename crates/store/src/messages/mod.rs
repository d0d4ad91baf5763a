//! What parties are told: webhooks with the messages on their way to them, and mail to people. A message is written in the
//! transaction of the change it tells of, and sent later by whichever worker takes it.

mod delivery;
mod mail;
mod outgoing;
mod queue;
mod webhook;

pub use delivery::{Delivery, NewDelivery};
pub use mail::{Addressee, ClaimedMail, NewMail};
pub(crate) use outgoing::Outgoing;
pub use queue::{Claimed, Outcome};
#[cfg(test)]
pub(crate) use queue::{DELIVERIES, MAILS};
pub use webhook::{MAX_WEBHOOKS, NewWebhook, Webhook};
