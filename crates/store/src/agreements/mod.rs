//! From a proposal to its outcome, and the ledger of what is promised.
//!
//! [`ledger`] alone moves the running totals on components and offers; the database refuses one above its quantity.

mod commitment;
mod decide;
mod end;
mod hold;
mod ledger;
mod live;
mod message;
mod outcome;
mod proposal;

pub use commitment::{Commitment, CommitmentFilter, CommitmentStep, NewCommitment};
pub use decide::Side;
pub use ledger::LedgerFault;
pub use live::{Decision, Live, Standing, Subject};
pub use message::ProposalMessage;
pub use outcome::{NewOutcome, Outcome, OutcomeFilter};
pub use proposal::{NewProposal, Proposal, ProposalFilter, Terms};
