//! Closed lists of words that stand in columns: one enum each, whose names equal those in the CHECK of the migration.
//! Which transition is allowed is not decided here; see the lifecycles in `app`.

use std::fmt;
use std::str::FromStr;

use needmatch_domain::area::UnknownWord;

use crate::statement::Argument;

macro_rules! words {
    ($($(#[$doc:meta])+ $name:ident { $($(#[$variant_doc:meta])+ $variant:ident $word:literal,)+ })+) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$variant_doc])+ #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every word, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word as stored and shown.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(self.name())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { given: text.to_owned(), allowed: vec![$($word),+] }),
                }
            }
        }

        impl From<$name> for Argument {
            fn from(word: $name) -> Self {
                Self::Text(Some(word.name().to_owned()))
            }
        }
    )+};
}

words! {
    /// What a party is.
    PartyKind {
        /// A state that asks.
        State "state",
        /// Who gives.
        Provider "provider",
        /// Secretariat or regional centre.
        Coordinator "coordinator",
        /// Reads what is public, audits.
        Observer "observer",
    }

    /// What a person may do for a party.
    Role {
        /// Prepares.
        Member "member",
        /// Decides, and manages members.
        Manager "manager",
    }

    /// How a membership stands.
    MembershipStatus {
        /// Not accepted yet.
        Invited "invited",
        /// In force.
        Active "active",
        /// Withdrawn for now.
        Suspended "suspended",
    }

    /// What somebody signs in with.
    CredentialKind {
        /// A browser's session.
        Session "session",
        /// A service's token.
        Token "token",
        /// A link that signs in once.
        Link "link",
    }

    /// The life of a request.
    RequestLifecycle {
        /// Being written.
        Draft "draft",
        /// Approved by the state's manager.
        Endorsed "endorsed",
        /// Handed to a coordinator.
        Submitted "submitted",
        /// Sent back with findings.
        Returned "returned",
        /// Confirmed, with its priority.
        Authenticated "authenticated",
        /// Shown to providers, with the state's consent.
        Circulated "circulated",
        /// Part of a frozen round.
        InRound "in_round",
        /// Something was agreed.
        PartlyMet "partly_met",
        /// All of it was agreed.
        Met "met",
        /// Taken back.
        Withdrawn "withdrawn",
        /// Too old.
        Expired "expired",
    }

    /// Who may see a request beside its state and coordinators.
    Circulation {
        /// Nobody.
        Private "private",
        /// The parties that are named.
        Named "named",
        /// Every provider.
        Providers "providers",
        /// Everybody.
        Public "public",
    }

    /// The life of a package of joint requests.
    PackageLifecycle {
        /// States join it, and name it in requests.
        Open "open",
        /// Taken back by who opened it.
        Withdrawn "withdrawn",
    }

    /// How a state stands to a package.
    PackageStatus {
        /// Asked, and has not answered.
        Invited "invited",
        /// Takes part, with its consent.
        Joined "joined",
        /// Does not wish to.
        Declined "declined",
        /// Took part, and does no longer.
        Left "left",
        /// Asked or taking part when the package was withdrawn.
        Ended "ended",
    }

    /// The life of an offer.
    OfferLifecycle {
        /// Being written.
        Draft "draft",
        /// Handed to a coordinator.
        Submitted "submitted",
        /// Ready to be matched.
        Available "available",
        /// Partly promised.
        Reserved "reserved",
        /// Wholly promised.
        Exhausted "exhausted",
        /// Taken back.
        Withdrawn "withdrawn",
        /// Too old.
        Expired "expired",
    }

    /// The life of a round.
    RoundLifecycle {
        /// Requests and offers come in.
        Open "open",
        /// Fixed under a hash.
        Frozen "frozen",
        /// One run is published as proposals.
        Published "published",
        /// Every proposal is answered.
        Decided "decided",
        /// Over.
        Closed "closed",
    }

    /// The life of a run.
    RunLifecycle {
        /// Waiting for a worker.
        Queued "queued",
        /// Claimed by a worker.
        Running "running",
        /// Ended with a plan within the gap asked for.
        Succeeded "succeeded",
        /// Ended at a limit, with a plan.
        Limit "limit",
        /// Proved that no plan exists.
        Infeasible "infeasible",
        /// Ended without an answer.
        Failed "failed",
        /// Ended by a person.
        Cancelled "cancelled",
    }

    /// The life of a proposal.
    ProposalLifecycle {
        /// Waiting for answers.
        Proposed "proposed",
        /// Accepted by both sides.
        Agreed "agreed",
        /// Refused by one side, or called off.
        Declined "declined",
        /// Not answered in time.
        Lapsed "lapsed",
    }

    /// How a proposal came to its end.
    Ending {
        /// One side refused it.
        Declined "declined",
        /// Both sides had agreed, and one gave it up before it was written down.
        CalledOff "called_off",
        /// Nobody answered in time.
        Deadline "deadline",
        /// Its request was taken back.
        RequestWithdrawn "request_withdrawn",
        /// Its offer was taken back.
        OfferWithdrawn "offer_withdrawn",
        /// Its request was too old, or past its day.
        RequestExpired "request_expired",
        /// Its offer was too old, or past its day.
        OfferExpired "offer_expired",
    }

    /// The life of a commitment.
    CommitmentLifecycle {
        /// Written down.
        Committed "committed",
        /// Partly placed at disposal.
        Disbursing "disbursing",
        /// Confirmed by the state.
        Delivered "delivered",
        /// Evaluated and signed by both.
        Evaluated "evaluated",
        /// Given up.
        Cancelled "cancelled",
    }

    /// What a document belongs to.
    SubjectKind {
        /// A request.
        Request "request",
        /// An offer.
        Offer "offer",
        /// A proposal.
        Proposal "proposal",
        /// A commitment.
        Commitment "commitment",
    }

    /// Why a request takes no part in a round, or not with all of its components.
    LeftOutReason {
        /// It was handed in, and no coordinator had authenticated it yet.
        NotAuthenticated "not_authenticated",
        /// It was sent back, and not handed in anew.
        Returned "returned",
        /// It was authenticated, and its state had not consented to circulation.
        NotCirculated "not_circulated",
        /// All it asks for was received, promised, covered by a programme, or replaced by an alternative that was.
        NothingOutstanding "nothing_outstanding",
        /// The periods in which it can be used lie outside those of the round.
        OutsideHorizon "outside_horizon",
        /// Another request of its package was handed in and could not take part.
        PackageIncomplete "package_incomplete",
        /// It was circulated after the cut-off.
        AfterCutOff "after_cut_off",
    }

    /// What a message tells of.
    MessageKind {
        /// A match was proposed.
        ProposalOpened "proposal.opened",
        /// A clarification was asked or answered.
        ProposalMessage "proposal.message",
        /// The terms were changed.
        ProposalChanged "proposal.changed",
        /// One side has accepted.
        ProposalAccepted "proposal.accepted",
        /// Both sides have accepted.
        ProposalAgreed "proposal.agreed",
        /// One side has declined, or taken back what it was about.
        ProposalDeclined "proposal.declined",
        /// One side has called off what both had agreed.
        ProposalCalledOff "proposal.called_off",
        /// Nobody answered in time, or what it was about expired.
        ProposalLapsed "proposal.lapsed",
        /// The deadline is near.
        ProposalDue "proposal.due",
        /// A round that the party takes part in was published.
        RoundPublished "round.published",
        /// A request went without, wholly or in part.
        RequestUnmatched "request.unmatched",
        /// A request took no part in the round, or not with all of its components.
        RequestLeftOut "request.left_out",
        /// The state is invited to a package.
        PackageInvited "package.invited",
        /// A state has joined a package.
        PackageJoined "package.joined",
        /// A state has declined to join a package.
        PackageDeclined "package.declined",
        /// A state has left a package.
        PackageLeft "package.left",
        /// A package was withdrawn.
        PackageWithdrawn "package.withdrawn",
        /// Nothing happened: somebody tries the webhook.
        WebhookTest "webhook.test",
    }

    /// What a mail tells of.
    MailKind {
        /// A match was proposed.
        Proposal "proposal.opened",
        /// A clarification was asked or answered.
        Message "proposal.message",
        /// The terms were changed.
        Changed "proposal.changed",
        /// A side has accepted.
        Accepted "proposal.accepted",
        /// A side has declined, or taken back what it was about.
        Declined "proposal.declined",
        /// A side has called off what both had agreed.
        CalledOff "proposal.called_off",
        /// Nobody answered in time, or what it was about expired.
        Lapsed "proposal.lapsed",
        /// The deadline is near.
        Due "proposal.due",
        /// A request went without, wholly or in part.
        Unmatched "request.unmatched",
        /// A request took no part in the round, or not with all of its components.
        LeftOut "request.left_out",
        /// The state is invited to a package.
        PackageInvited "package.invited",
        /// A state has joined a package.
        PackageJoined "package.joined",
        /// A state has declined to join a package.
        PackageDeclined "package.declined",
        /// A state has left a package.
        PackageLeft "package.left",
        /// A package was withdrawn.
        PackageWithdrawn "package.withdrawn",
        /// The person is to act for a party.
        Invitation "invitation",
        /// The person is to act for a further party.
        Place "place",
        /// The person has forgotten their password.
        Recovery "recovery",
    }

    /// How far a message has come.
    DeliveryLifecycle {
        /// To be sent, or sent again.
        Waiting "waiting",
        /// Taken by the receiver.
        Delivered "delivered",
        /// Given up.
        Failed "failed",
    }

    /// What a document is.
    DocumentKind {
        /// A project proposal (¶106).
        ProjectProposal "project_proposal",
        /// An endorsement by an authority.
        Endorsement "endorsement",
        /// An assessment of suitability (¶101).
        Assessment "assessment",
        /// What shows a state's wish.
        Evidence "evidence",
        /// An outcome report (¶107).
        Report "report",
        /// Anything else.
        Other "other",
    }
}
