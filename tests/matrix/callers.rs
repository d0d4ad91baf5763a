//! Who asks.

use needmatch_app::Scope;
use needmatch_app::store::words::{PartyKind, Role};

/// Whom somebody acts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct For {
    pub(crate) code: &'static str,
    pub(crate) kind: PartyKind,
    pub(crate) role: Role,
}

/// Somebody who asks.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) name: &'static str,
    /// What they show; nobody in particular shows nothing.
    pub(crate) secret: Option<String>,
    /// Whether what they show is in force.
    pub(crate) is_valid: bool,
    /// Active memberships, or the party of a service.
    pub(crate) acting: Option<For>,
    pub(crate) scopes: Vec<Scope>,
    /// For a person: the party they have a place in, whether in force or not.
    pub(crate) place: Option<&'static str>,
}

impl Caller {
    pub(crate) fn is_signed_in(&self) -> bool {
        self.secret.is_some() && self.is_valid
    }

    /// What they act for, as far as they may look for it.
    fn looks_for(&self) -> Option<For> {
        self.acting.filter(|_| self.is_valid && self.scopes.contains(&Scope::Read))
    }

    pub(crate) fn is_of(&self, kind: PartyKind) -> bool {
        self.looks_for().is_some_and(|acting| acting.kind == kind)
    }

    pub(crate) fn looks_for_party(&self, code: &str) -> bool {
        self.looks_for().is_some_and(|acting| acting.code == code)
    }

    pub(crate) fn acts_for(&self, code: &str) -> bool {
        self.acting.is_some_and(|acting| acting.code == code)
    }
}

/// Whom a row lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Owner,
    OwnerManager,
    Coordinator,
    CoordinatorManager,
    /// Of any state or provider.
    Participant,
    /// A manager of any state or provider.
    ParticipantManager,
    /// A manager of any provider.
    ProviderManager,
    /// Any person.
    Person,
    /// A person with a place in the party, whether in force or not; to others it is not there.
    Placed,
    /// The person whose credential it is; to others it is not there.
    Holder,
}

impl Who {
    pub(crate) fn is(self, caller: &Caller, owner: &str, scope: Scope) -> bool {
        match self {
            Self::Person => return caller.is_signed_in() && caller.place.is_some(),
            Self::Placed => return caller.is_signed_in() && caller.place == Some(owner),
            // Of the credentials asked about none is a person's.
            Self::Holder => return false,
            _ => {}
        }
        let Some(acting) = caller.acting else { return false };
        let manages = acting.role == Role::Manager;
        let coordinates = acting.kind == PartyKind::Coordinator;
        let takes_part = matches!(acting.kind, PartyKind::State | PartyKind::Provider);
        caller.is_signed_in()
            && caller.scopes.contains(&scope)
            && match self {
                Self::Owner => acting.code == owner,
                Self::OwnerManager => acting.code == owner && manages,
                Self::Coordinator => coordinates,
                Self::CoordinatorManager => coordinates && manages,
                Self::Participant => takes_part,
                Self::ParticipantManager => takes_part && manages,
                Self::ProviderManager => acting.kind == PartyKind::Provider && manages,
                Self::Person | Self::Placed | Self::Holder => false,
            }
    }
}
