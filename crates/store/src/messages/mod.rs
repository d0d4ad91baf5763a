//! What parties are told: webhooks, and the messages on their way to them. A message is written in the transaction of the
//! change it tells of, and sent later by whichever worker takes it.

mod delivery;
mod queue;
mod webhook;

pub use delivery::{Delivery, NewDelivery};
pub use queue::{Claimed, Outcome};
pub use webhook::{MAX_WEBHOOKS, NewWebhook, Webhook};
