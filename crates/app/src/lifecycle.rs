//! Which step may be taken from where, and by whom. One table a noun; what no row allows is refused with the steps that
//! are allowed. The store only moves; nothing else decides.

use needmatch_store::words::{
    CommitmentLifecycle, OfferLifecycle, PackageLifecycle, PackageStatus, ProposalLifecycle, RequestLifecycle,
    RoundLifecycle,
};

use crate::error::AppError;
use crate::policy::Action;

/// A row: the step by name, who may take it, from where, to where.
#[derive(Debug, Clone, Copy)]
pub struct Transition<State: 'static> {
    /// The step as callers name it.
    pub step: &'static str,
    /// The action that policy is asked about.
    pub action: Action,
    /// Where it may be taken from.
    pub from: &'static [State],
    /// Where it leads.
    pub to: State,
}

use CommitmentLifecycle as C;
use OfferLifecycle as O;
use PackageLifecycle as Pa;
use PackageStatus as S;
use ProposalLifecycle as P;
use RequestLifecycle as R;
use RoundLifecycle as Ro;

/// The life of a request. It ends while a round goes on, too: its open proposals end with it, what was agreed stays,
/// and runs published later leave it out. One that is met has nothing left to take back.
pub const REQUEST: &[Transition<R>] = &[
    Transition { step: "endorse", action: Action::EndorseRequest, from: &[R::Draft, R::Returned], to: R::Endorsed },
    Transition { step: "submit", action: Action::SubmitRequest, from: &[R::Endorsed], to: R::Submitted },
    Transition { step: "return", action: Action::ReturnRequest, from: &[R::Submitted], to: R::Returned },
    Transition {
        step: "authenticate",
        action: Action::AuthenticateRequest,
        from: &[R::Submitted],
        to: R::Authenticated,
    },
    Transition {
        step: "circulate",
        action: Action::CirculateRequest,
        from: &[R::Authenticated, R::Circulated],
        to: R::Circulated,
    },
    Transition {
        step: "revise",
        action: Action::ReviseRequest,
        from: &[R::Endorsed, R::Submitted, R::Authenticated, R::Circulated],
        to: R::Draft,
    },
    Transition { step: "withdraw", action: Action::WithdrawRequest, from: REQUEST_STANDS, to: R::Withdrawn },
    Transition { step: "expire", action: Action::ExpireRequest, from: REQUEST_STANDS, to: R::Expired },
];

/// Where a request still asks for something.
pub(crate) const REQUEST_STANDS: &[R] =
    &[R::Draft, R::Endorsed, R::Submitted, R::Returned, R::Authenticated, R::Circulated, R::InRound, R::PartlyMet];

/// The life of a package, in the hands of who opened it.
pub const PACKAGE: &[Transition<Pa>] = &[
    Transition { step: "invite", action: Action::InviteToPackage, from: &[Pa::Open], to: Pa::Open },
    Transition { step: "withdraw", action: Action::WithdrawPackage, from: &[Pa::Open], to: Pa::Withdrawn },
];

/// How a state comes to take part in a package and leaves it, each by its own manager. Who declined or left may be invited
/// anew.
pub const PACKAGE_MEMBER: &[Transition<S>] = &[
    Transition { step: "join", action: Action::JoinPackage, from: &[S::Invited], to: S::Joined },
    Transition { step: "decline", action: Action::DeclinePackage, from: &[S::Invited], to: S::Declined },
    Transition { step: "leave", action: Action::LeavePackage, from: &[S::Joined], to: S::Left },
];

/// The life of an offer. Steps to `reserved` and `exhausted` follow from commitments and are nobody's to take. What is
/// reserved of an offer that ends stays reserved; nothing more is taken from it.
pub const OFFER: &[Transition<O>] = &[
    Transition { step: "submit", action: Action::SubmitOffer, from: &[O::Draft], to: O::Submitted },
    Transition { step: "confirm", action: Action::ConfirmOffer, from: &[O::Submitted], to: O::Available },
    Transition {
        step: "withdraw",
        action: Action::WithdrawOffer,
        from: &[O::Draft, O::Submitted, O::Available, O::Reserved],
        to: O::Withdrawn,
    },
    Transition {
        step: "expire",
        action: Action::ExpireOffer,
        from: &[O::Draft, O::Submitted, O::Available, O::Reserved],
        to: O::Expired,
    },
];

/// The life of a round.
pub const ROUND: &[Transition<Ro>] = &[
    Transition { step: "freeze", action: Action::FreezeRound, from: &[Ro::Open], to: Ro::Frozen },
    Transition { step: "publish", action: Action::PublishRound, from: &[Ro::Frozen], to: Ro::Published },
    Transition { step: "decide", action: Action::PublishRound, from: &[Ro::Published], to: Ro::Decided },
    Transition { step: "close", action: Action::PublishRound, from: &[Ro::Decided], to: Ro::Closed },
];

/// The life of a proposal. `accept` leads to `agreed` once both sides have; until then, and with any other step here, it
/// stays proposed. What is called off is declined: later runs do not propose it again. Once a commitment stands, neither
/// `commit` nor `call-off` is possible, and the commitment's own steps are.
pub const PROPOSAL: &[Transition<P>] = &[
    Transition { step: "accept", action: Action::AnswerProposal, from: &[P::Proposed], to: P::Agreed },
    Transition { step: "decline", action: Action::AnswerProposal, from: &[P::Proposed], to: P::Declined },
    Transition { step: "change", action: Action::ChangeProposal, from: &[P::Proposed], to: P::Proposed },
    Transition { step: "assess", action: Action::AssessSuitability, from: &[P::Proposed], to: P::Proposed },
    Transition { step: "commit", action: Action::Commit, from: &[P::Agreed], to: P::Agreed },
    Transition { step: "call-off", action: Action::CallOff, from: &[P::Agreed], to: P::Declined },
];

/// The life of a commitment. `evaluate` leads to `evaluated` once both sides have signed the same report.
pub const COMMITMENT: &[Transition<C>] = &[
    Transition { step: "disburse", action: Action::Disburse, from: &[C::Committed, C::Disbursing], to: C::Disbursing },
    Transition {
        step: "deliver",
        action: Action::ConfirmDelivery,
        from: &[C::Committed, C::Disbursing],
        to: C::Delivered,
    },
    Transition { step: "evaluate", action: Action::Evaluate, from: &[C::Delivered], to: C::Evaluated },
    Transition {
        step: "cancel",
        action: Action::CancelCommitment,
        from: &[C::Committed, C::Disbursing],
        to: C::Cancelled,
    },
];

/// Where requests may be valid for longer than they said, though nothing else of them is rewritten.
pub const REQUEST_PROLONGED: [R; 7] =
    [R::Endorsed, R::Submitted, R::Authenticated, R::Circulated, R::InRound, R::PartlyMet, R::Met];

/// Where offers may be valid for longer than they said, though nothing else of them is rewritten.
pub const OFFER_PROLONGED: [O; 2] = [O::Reserved, O::Exhausted];

/// Where requests may still be rewritten.
pub const REQUEST_OPEN: [R; 2] = [R::Draft, R::Returned];

/// Where the priority of a request is the state's own word. From then on it is the one that a coordinator confirmed,
/// and no difference to what the state says again.
pub const REQUEST_UNCONFIRMED: [R; 4] = [R::Draft, R::Endorsed, R::Submitted, R::Returned];

/// Where offers may still be rewritten.
pub const OFFER_OPEN: [O; 3] = [O::Draft, O::Submitted, O::Available];

/// Where requests take part in a round that is frozen now.
pub const REQUEST_TAKES_PART: [R; 3] = [R::Circulated, R::InRound, R::PartlyMet];

/// Where requests have been handed in and do not take part in a round that is frozen now: others of their packages wait for
/// them.
pub const REQUEST_WAITS: [R; 3] = [R::Submitted, R::Returned, R::Authenticated];

/// Where offers take part in a round that is frozen now.
pub const OFFER_TAKES_PART: [O; 2] = [O::Available, O::Reserved];

/// The row of a step, wherever it may be taken from.
pub fn row<State: Copy>(
    kind: &'static str,
    table: &'static [Transition<State>],
    step: &str,
) -> Result<&'static Transition<State>, AppError> {
    table.iter().find(|row| row.step == step).ok_or_else(|| AppError::not_found(step_of(kind), step))
}

/// What a step is called that nobody knows.
fn step_of(kind: &'static str) -> &'static str {
    match kind {
        "request" => "step of a request",
        "offer" => "step of an offer",
        "package" => "step of a package",
        "round" => "step of a round",
        "proposal" => "step of a proposal",
        "commitment" => "step of a commitment",
        other => other,
    }
}

/// Checks that the step may be taken from the state.
///
/// # Errors
/// [`AppError::NotAllowedNow`] with the steps that may be taken from there.
pub fn check<State: Copy + PartialEq + ToString>(
    kind: &'static str,
    table: &'static [Transition<State>],
    row: &Transition<State>,
    state: State,
) -> Result<(), AppError> {
    if row.from.contains(&state) {
        return Ok(());
    }
    Err(not_allowed(kind, table, row.step, state))
}

/// The refusal of a step from a state.
pub fn not_allowed<State: Copy + PartialEq + ToString>(
    kind: &'static str,
    table: &'static [Transition<State>],
    step: &str,
    state: State,
) -> AppError {
    AppError::NotAllowedNow { kind, step: step.to_owned(), state: state.to_string(), allowed: steps_from(table, state) }
}

/// The steps that may be taken from a state.
pub fn steps_from<State: Copy + PartialEq>(table: &'static [Transition<State>], state: State) -> Vec<&'static str> {
    table.iter().filter(|row| row.from.contains(&state)).map(|row| row.step).collect()
}

#[cfg(test)]
mod tests {
    use super::{OFFER, OfferLifecycle, REQUEST, RequestLifecycle, check, row};
    use crate::error::AppError;

    #[test]
    fn a_refused_step_names_those_that_are_allowed() {
        let authenticate = row("request", REQUEST, "authenticate").unwrap();
        let refused = check("request", REQUEST, authenticate, RequestLifecycle::Draft).unwrap_err();
        let AppError::NotAllowedNow { allowed, state, .. } = refused else { panic!("{refused:?}") };
        assert_eq!((allowed, state.as_str()), (vec!["endorse", "withdraw", "expire"], "draft"));
    }

    #[test]
    fn whatever_takes_part_in_a_round_can_be_ended() {
        for step in ["withdraw", "expire"] {
            for state in super::REQUEST_TAKES_PART {
                assert_eq!(check("request", REQUEST, row("request", REQUEST, step).unwrap(), state), Ok(()));
            }
            for state in super::OFFER_TAKES_PART {
                assert_eq!(check("offer", OFFER, row("offer", OFFER, step).unwrap(), state), Ok(()));
            }
            assert!(check("request", REQUEST, row("request", REQUEST, step).unwrap(), RequestLifecycle::Met).is_err());
            assert!(check("offer", OFFER, row("offer", OFFER, step).unwrap(), OfferLifecycle::Exhausted).is_err());
        }
    }

    #[test]
    fn nothing_leads_back_from_an_end_and_no_step_is_named_twice() {
        for row in REQUEST {
            assert!(
                row.from.iter().all(|from| !matches!(from, RequestLifecycle::Withdrawn | RequestLifecycle::Expired))
            );
        }
        let steps: std::collections::BTreeSet<_> = OFFER.iter().map(|row| row.step).collect();
        assert_eq!(steps.len(), OFFER.len());
    }
}
