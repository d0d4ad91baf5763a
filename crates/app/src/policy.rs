//! Who may do what. The only place that decides: every use case asks [`allow`] before it changes anything, and what no
//! row of the table allows is refused.
//!
//! What a principal may not even see is decided in the store and answered with [`AppError::NotFound`] before anybody
//! asks here.

use needmatch_store::keys::PartyKey;
use needmatch_store::words::{PartyKind, Role};

use crate::error::AppError;
use crate::principal::{Principal, Scope};

/// Who a row of the table lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Active members of the party it belongs to.
    Owner,
    /// Managers of the party it belongs to.
    OwnerManager,
    /// Members of any coordinator.
    Coordinator,
    /// Managers of any coordinator.
    CoordinatorManager,
}

macro_rules! actions {
    ($($(#[$doc:meta])+ $variant:ident $name:literal $scope:ident [$($who:ident),+];)+) => {
        /// Something a principal may want to do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])+ $variant,)+ }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The action as told to users and logs.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            fn rule(self) -> (Scope, &'static [Who]) {
                match self { $(Self::$variant => (Scope::$scope, &[$(Who::$who),+]),)+ }
            }
        }
    };
}

actions! {
    /// Register a party.
    RegisterParty "register a party" Manage [CoordinatorManager];
    /// Rename a party.
    ChangeParty "change a party" Manage [OwnerManager, CoordinatorManager];
    /// Say which regions and groups a state is of: offers and thresholds go by them, so that it is not the state's to say.
    ChangeProfile "change the profile of a party" Manage [CoordinatorManager];
    /// See what was done to what is a party's.
    ReadAudit "read the audit log" Read [Owner, Coordinator];
    /// See who acts for a party.
    ReadMembers "see members" Read [Owner, Coordinator];
    /// Invite, suspend, change roles.
    ManageMembers "manage members" Manage [OwnerManager, CoordinatorManager];
    /// Issue, list and revoke tokens of a party.
    ManageTokens "manage tokens" Manage [OwnerManager, CoordinatorManager];
    /// Register, try, list and stop webhooks of a party, and read what they were told.
    ManageWebhooks "manage webhooks" Manage [OwnerManager];

    /// Register a request; a coordinator may on a state's behalf.
    CreateRequest "register a request" Write [Owner, Coordinator];
    /// Rewrite a request that was not handed in, or was returned.
    ChangeRequest "change a request" Write [Owner, Coordinator];
    /// Approve a request in the state's name.
    EndorseRequest "endorse a request" Manage [OwnerManager];
    /// Hand a request in.
    SubmitRequest "submit a request" Write [Owner];
    /// Send a request back with findings.
    ReturnRequest "return a request" Write [Coordinator];
    /// Confirm a request and its priority.
    AuthenticateRequest "authenticate a request" Manage [Coordinator];
    /// Consent to who may see a request.
    CirculateRequest "circulate a request" Manage [OwnerManager];
    /// Let a request that was endorsed be valid for longer than it said.
    ProlongRequest "prolong a request" Manage [OwnerManager];
    /// Take a request back to rewrite it: nobody else sees it until it is circulated anew.
    ReviseRequest "revise a request" Manage [OwnerManager];
    /// Take a request back.
    WithdrawRequest "withdraw a request" Manage [OwnerManager];
    /// Declare a request too old.
    ExpireRequest "expire a request" Write [Coordinator];

    /// Open a package of joint requests; a coordinator may on a state's behalf.
    OpenPackage "open a package" Write [Owner, Coordinator];
    /// Ask other states into a package.
    InviteToPackage "invite to a package" Write [Owner, Coordinator];
    /// Take a package back: every request of it stands alone again.
    WithdrawPackage "withdraw a package" Manage [OwnerManager];
    /// Consent to take part in a package, and to share its requests with the others in it.
    JoinPackage "join a package" Manage [OwnerManager];
    /// Refuse to take part in a package.
    DeclinePackage "decline a package" Manage [OwnerManager];
    /// Take part in a package no more.
    LeavePackage "leave a package" Manage [OwnerManager];

    /// Register an offer.
    CreateOffer "register an offer" Write [Owner];
    /// Rewrite an offer.
    ChangeOffer "change an offer" Write [Owner];
    /// Hand an offer in.
    SubmitOffer "submit an offer" Write [Owner];
    /// Confirm that an offer is available.
    ConfirmOffer "confirm an offer" Write [Coordinator];
    /// Take an offer back.
    WithdrawOffer "withdraw an offer" Write [Owner];
    /// Declare an offer too old.
    ExpireOffer "expire an offer" Write [Coordinator];

    /// Register help that is under way already.
    RegisterProgramme "register a programme" Write [Owner, Coordinator];
    /// Rewrite or retire a programme.
    ChangeProgramme "change a programme" Write [Owner, Coordinator];
    /// Stand by a programme: the owner is the state that it is for, whoever registered it.
    ConfirmProgramme "confirm a programme" Write [Owner, Coordinator];
    /// Register, rewrite and retire items of the catalogue.
    KeepItems "keep the catalogue" Write [Coordinator];
    /// Take a national report in; a coordinator may on a state's behalf.
    ReportNeeds "take a national report in" Write [Owner, Coordinator];
    /// Read what stands between a request and a match.
    ReadFindings "read findings" Read [Owner, Coordinator];
    /// Register, rewrite and retire funding channels.
    KeepChannels "keep funding channels" Write [Coordinator];

    /// Open or change a round.
    PrepareRound "prepare a round" Write [Coordinator];
    /// Fix a round to what the register holds.
    FreezeRound "freeze a round" Manage [Coordinator];
    /// Publish a run of a round, and move the round on.
    PublishRound "publish a round" Manage [CoordinatorManager];
    /// Make scenarios of a round.
    PrepareScenario "prepare a scenario" Write [Coordinator];
    /// Start and cancel runs.
    Run "run a scenario" Write [Coordinator];
    /// Admit observers to the whole of a round.
    AdmitObserver "admit an observer" Manage [CoordinatorManager];
    /// Read why requests went without.
    ReadShortfalls "read why a request went without" Read [Owner, Coordinator];

    /// Ask about a proposal, and answer what is asked.
    Clarify "write about a proposal" Write [Owner];
    /// Change the terms of a proposal.
    ChangeProposal "change a proposal" Manage [OwnerManager];
    /// Record that equipment, technology or software suits and can be sustained (¶101).
    AssessSuitability "assess a proposal" Write [Owner, Coordinator];
    /// Accept or decline a proposal.
    AnswerProposal "answer a proposal" Manage [OwnerManager];
    /// Write an agreed proposal down.
    Commit "write a commitment" Manage [OwnerManager];
    /// Call off what both sides agreed, before it is written down.
    CallOff "call off what was agreed" Manage [OwnerManager];
    /// Place at disposal what was promised.
    Disburse "enter a disbursement" Manage [OwnerManager];
    /// Confirm in the state's name that it arrived.
    ConfirmDelivery "confirm a delivery" Manage [OwnerManager];
    /// Sign the evaluation of what was delivered.
    Evaluate "evaluate a commitment" Manage [OwnerManager];
    /// Give a commitment up.
    CancelCommitment "cancel a commitment" Manage [OwnerManager];

    /// File a document with what it belongs to.
    FileDocument "file a document" Write [Owner, Coordinator];

    /// Wipe a sandbox, and have its webhooks told of what did not happen.
    TrySandbox "try out a sandbox" Manage [OwnerManager];

    /// Hand tables in, and confirm them; each row is then what it would be alone.
    ImportTables "import tables" Write [Owner];

    /// Read all of a run: problem, proof and reasons name what parties may not know of each other.
    ReadWholeRun "read a whole run" Read [Coordinator];
}

/// Steps of coordinators that the manager of a sandbox takes, of what is its own.
const OWN_IN_A_SANDBOX: [Action; 5] = [
    Action::ReturnRequest,
    Action::AuthenticateRequest,
    Action::ExpireRequest,
    Action::ConfirmOffer,
    Action::ExpireOffer,
];

/// Decides whether the principal may do this to something of the owner; `None`: it belongs to no party yet.
///
/// # Errors
/// [`AppError::Unauthenticated`] when nobody has signed in, else [`AppError::Forbidden`].
pub fn allow(principal: &Principal, action: Action, owner: Option<PartyKey>) -> Result<(), AppError> {
    if principal.is_operator() {
        return Ok(());
    }
    if !principal.is_signed_in() {
        return Err(AppError::Unauthenticated);
    }
    let (scope, allowed) = action.rule();
    let coordinates = |manager: bool| {
        principal
            .mandates
            .iter()
            .any(|mandate| mandate.kind == PartyKind::Coordinator && (!manager || mandate.role == Role::Manager))
    };
    let owns = |manager: bool| {
        let mandate = owner.and_then(|party| principal.mandate_for(party));
        mandate.is_some_and(|mandate| !manager || mandate.role == Role::Manager)
    };
    let lets_through = |who: &Who| match who {
        Who::Owner => owns(false),
        Who::OwnerManager => owns(true),
        Who::Coordinator => coordinates(false),
        Who::CoordinatorManager => coordinates(true),
    };
    // Nobody else is concerned by what stands in a sandbox: whoever manages it confirms its own.
    let tries = OWN_IN_A_SANDBOX.contains(&action)
        && owner.and_then(|party| principal.mandate_for(party)).is_some_and(|mandate| mandate.is_sandbox)
        && owns(true);
    if principal.may(scope) && tries {
        return Ok(());
    }
    if principal.may(scope) && allowed.iter().any(lets_through) {
        return Ok(());
    }
    Err(AppError::Forbidden { action: action.name() })
}

#[cfg(test)]
mod tests {
    use needmatch_store::keys::{CredentialKey, PartyKey};
    use needmatch_store::words::{PartyKind, Role};
    use uuid::Uuid;

    use super::{Action, allow};
    use crate::error::AppError;
    use crate::principal::{Mandate, Principal, Scope};

    fn party(number: u128) -> PartyKey {
        PartyKey::from(Uuid::from_u128(number))
    }

    fn principal(number: u128, kind: PartyKind, role: Role, scopes: &[Scope]) -> Principal {
        let mandate = Mandate { party: party(number), kind, code: "X".to_owned(), role, is_sandbox: false };
        let credential = Some(CredentialKey::from(Uuid::from_u128(9)));
        let mut principal = Principal::public();
        principal.credential = credential;
        principal.mandates = vec![mandate];
        principal.scopes = scopes.to_vec();
        principal
    }

    #[test]
    fn nobody_may_do_anything_and_a_stranger_nothing_to_what_is_anothers() {
        let stranger = principal(2, PartyKind::Provider, Role::Manager, &Scope::ALL);
        for action in Action::ALL {
            assert_eq!(allow(&Principal::public(), *action, Some(party(1))), Err(AppError::Unauthenticated));
            assert_eq!(
                allow(&stranger, *action, Some(party(1))),
                Err(AppError::Forbidden { action: action.name() }),
                "{action:?}"
            );
        }
    }

    #[test]
    fn a_state_member_prepares_and_only_its_manager_decides() {
        let member = principal(1, PartyKind::State, Role::Member, &Scope::ALL);
        let manager = principal(1, PartyKind::State, Role::Manager, &Scope::ALL);
        let own = Some(party(1));
        for action in [Action::CreateRequest, Action::ChangeRequest, Action::SubmitRequest] {
            assert!(allow(&member, action, own).is_ok());
        }
        for action in [Action::EndorseRequest, Action::CirculateRequest, Action::WithdrawRequest, Action::ManageTokens]
        {
            assert!(allow(&member, action, own).is_err(), "{action:?}");
            assert!(allow(&manager, action, own).is_ok(), "{action:?}");
        }
        for action in [Action::AuthenticateRequest, Action::FreezeRound, Action::Run, Action::ReadWholeRun] {
            assert!(allow(&manager, action, own).is_err(), "{action:?}");
        }
    }

    #[test]
    fn the_manager_of_a_sandbox_confirms_its_own_and_nothing_else() {
        let mut manager = principal(1, PartyKind::State, Role::Manager, &Scope::ALL);
        let mut member = principal(1, PartyKind::State, Role::Member, &Scope::ALL);
        for acting in [&mut manager, &mut member] {
            acting.mandates[0].is_sandbox = true;
        }
        for action in super::OWN_IN_A_SANDBOX {
            assert!(allow(&manager, action, Some(party(1))).is_ok(), "{action:?}");
            assert!(allow(&manager, action, Some(party(2))).is_err(), "{action:?}");
            assert!(allow(&manager, action, None).is_err(), "{action:?}");
            assert!(allow(&member, action, Some(party(1))).is_err(), "{action:?}");
        }
        for action in [Action::PrepareRound, Action::RegisterParty, Action::KeepItems, Action::Run] {
            assert!(allow(&manager, action, Some(party(1))).is_err(), "{action:?}");
        }
    }

    #[test]
    fn a_coordinator_neither_endorses_nor_consents_in_a_states_name() {
        let coordinator = principal(3, PartyKind::Coordinator, Role::Manager, &Scope::ALL);
        for action in [
            Action::EndorseRequest,
            Action::CirculateRequest,
            Action::ReviseRequest,
            Action::WithdrawRequest,
            Action::SubmitRequest,
            Action::WithdrawPackage,
            Action::JoinPackage,
            Action::DeclinePackage,
            Action::LeavePackage,
            Action::Clarify,
            Action::ChangeProposal,
            Action::AnswerProposal,
            Action::Commit,
            Action::CallOff,
            Action::ProlongRequest,
            Action::Disburse,
            Action::ConfirmDelivery,
            Action::Evaluate,
            Action::CancelCommitment,
        ] {
            assert!(allow(&coordinator, action, Some(party(1))).is_err(), "{action:?}");
        }
        assert!(allow(&coordinator, Action::AuthenticateRequest, Some(party(1))).is_ok());
    }

    #[test]
    fn a_token_does_only_what_its_scopes_say() {
        let reader = principal(3, PartyKind::Coordinator, Role::Manager, &[Scope::Read]);
        for action in Action::ALL {
            let may = allow(&reader, *action, Some(party(3))).is_ok();
            assert_eq!(
                may,
                matches!(
                    action,
                    Action::ReadAudit
                        | Action::ReadMembers
                        | Action::ReadWholeRun
                        | Action::ReadShortfalls
                        | Action::ReadFindings
                ),
                "{action:?}"
            );
        }
    }
}
