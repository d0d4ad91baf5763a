//! What may be changed so that a component is served, and how hard each change is.
//!
//! To add one: a variant, its class, and how it is made in [`super::folder`] (and in [`super::file`] where a frozen
//! problem can express it). Never here: lifting an embargo, a forbid, a suitability or duplication judgement, a
//! provider's exclusion of a state or a state's of a provider. Those are answers, not shortcomings.

use needmatch_domain::ids::{ChannelId, ComponentId, OfferId, PeriodIndex, RequestId, StateCode};
use needmatch_domain::scenario::Window;

/// How hard a change is, easiest first; the hardest of a set counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// What the recipient state can put right on its own: papers, dates, its contribution, who may see the request.
    Record,
    /// A term or limit of somebody: an earmark, a ticket, what a state takes in.
    Terms,
    /// More of an offer that exists.
    More,
    /// A higher priority: others lose what this one gains.
    Rank,
    /// An offer or programme that does not exist yet.
    New,
    /// A match agreed before is given up.
    Agreement,
}

/// A change. Amounts are those of the frozen problem: accounting currency for money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Edit {
    /// A national action plan of the day of the scenario.
    ActionPlan(RequestId),
    /// A national report of the year.
    Report(RequestId, i16),
    /// The state puts in this percentage.
    Contribution(RequestId, u8),
    /// The static score reaches this.
    Sustainability(RequestId, u8),
    /// The request is shown to the offer's provider as well.
    Circulate(RequestId, OfferId),
    /// The state covers training and upkeep itself.
    Upkeep(ComponentId),
    /// The component can be used in these periods.
    ComponentWindow(ComponentId, Window),
    /// Most that can be used in one period.
    PeriodMax(ComponentId, i64),
    /// The offer serves the component's area, type or context as well.
    Scope(OfferId, ComponentId, Scope),
    /// The earmark takes in the state.
    Earmark(OfferId, StateCode),
    /// The pledge becomes a commitment.
    Firm(OfferId),
    /// Least for one request.
    TicketMin(OfferId, i64),
    /// Most for one request.
    TicketMax(OfferId, i64),
    /// Most for one state.
    StateMax(OfferId, i64),
    /// Most requests.
    MaxRequests(OfferId, u32),
    /// Most providers.
    MaxProviders(RequestId, u32),
    /// What the state can take in during the period.
    AbsorptionAmount(StateCode, PeriodIndex, i64),
    /// Requests that can run in the period.
    AbsorptionRequests(StateCode, PeriodIndex, u32),
    /// So much more through a limit of the channel.
    Channel(ChannelId, Option<PeriodIndex>, i64),
    /// So much more of the offer, in this period where it is held per period.
    More(OfferId, Option<PeriodIndex>, i64),
    /// Another priority.
    Priority(RequestId, u8),
    /// A new offer of so many units for the component's state, area and type.
    NewOffer(OfferId, ComponentId, i64),
    /// A new programme that removes the obstacle.
    Mitigation(RequestId, String),
    /// The match is agreed: locked.
    Agree(ComponentId, OfferId, PeriodIndex, i64),
    /// The lock is taken back.
    Unlocked(ComponentId, OfferId, PeriodIndex),
}

/// Which list of an offer is widened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// `areas`
    Area,
    /// `types`
    Type,
    /// `contexts`
    Context,
}

impl Edit {
    /// How hard it is.
    pub(super) fn class(&self) -> Class {
        match self {
            Self::ActionPlan(..)
            | Self::Report(..)
            | Self::Contribution(..)
            | Self::Sustainability(..)
            | Self::Circulate(..)
            | Self::Upkeep(..)
            | Self::ComponentWindow(..)
            | Self::PeriodMax(..)
            // A lock of help that is there for it: what makes it there is what counts.
            | Self::Agree(..) => Class::Record,
            Self::Scope(..)
            | Self::Earmark(..)
            | Self::Firm(..)
            | Self::TicketMin(..)
            | Self::TicketMax(..)
            | Self::StateMax(..)
            | Self::MaxRequests(..)
            | Self::MaxProviders(..)
            | Self::AbsorptionAmount(..)
            | Self::AbsorptionRequests(..)
            | Self::Channel(..) => Class::Terms,
            Self::More(..) => Class::More,
            Self::Priority(..) => Class::Rank,
            Self::NewOffer(..) | Self::Mitigation(..) => Class::New,
            Self::Unlocked(..) => Class::Agreement,
        }
    }
}

/// Hardest class, number of changes, amount of new help: what is compared to find the smallest.
pub(super) fn size(edits: &[Edit], value_of: impl Fn(&Edit) -> i64) -> (Class, usize, i64) {
    let hardest = edits.iter().map(Edit::class).max().unwrap_or(Class::Record);
    (hardest, edits.len(), edits.iter().map(value_of).fold(0_i64, i64::saturating_add))
}
