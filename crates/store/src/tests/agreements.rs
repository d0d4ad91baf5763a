//! Proposals, commitments, ledger.

use needmatch_domain::scenario::Visibility;
use serde_json::json;

use super::world::{World, at, begin, commit, key, offer, origin, read, request, run};
use crate::agreements::{
    Commitment, CommitmentFilter, CommitmentStep, LedgerFault, NewCommitment, NewProposal, Proposal, ProposalFilter,
    Side, Terms,
};
use crate::audit::Origin;
use crate::keys::{CommitmentKey, ProposalKey, RoundKey};
use crate::register::{Offer, Request};
use crate::statement::Statement;
use crate::words::{CommitmentLifecycle, Ending, OfferLifecycle, ProposalLifecycle};
use crate::{Move, Page, Store, StoreError, Viewer};

pub(super) struct Agreed {
    pub(super) world: World,
    pub(super) request: Request,
    pub(super) offer: Offer,
    pub(super) proposals: Vec<Proposal>,
}

pub(super) fn terms(quantity: i64, draw: i64) -> Terms {
    Terms { period: "2027".to_owned(), quantity, draw, cost: 3 * quantity }
}

/// A request of 10 and 5 places, an offer of 1000, and a proposal for each component with these terms.
pub(super) async fn proposed(store: &Store, all: &[Terms]) -> Agreed {
    let world = World::of(store).await;
    let request = request(store, world.kenya, "KEN-1").await;
    let offer = offer(store, world.norway, "NOR-1", Visibility::Public).await;
    let run = run(store, world.coordinator, b"{}").await;
    let new: Vec<_> = all
        .iter()
        .zip(&request.components)
        .map(|(terms, component)| NewProposal {
            key: key::<ProposalKey>(),
            component: component.key,
            offer: offer.key,
            terms: terms.clone(),
        })
        .collect();
    commit!(store, transaction => transaction.add_proposals(run.round, run.key, at(100), &new));
    let filter = ProposalFilter {
        round: Some(run.round),
        lifecycle: Some(ProposalLifecycle::Proposed),
        ..ProposalFilter::default()
    };
    let page = Page { order: crate::Order::Oldest, after: None, limit: 10 };
    let proposals = read(store).await.proposals(&Viewer::system(), &filter, &page).await.unwrap();
    assert_eq!(proposals.len(), all.len());
    Agreed { world, request, offer, proposals }
}

pub(super) async fn agree(store: &Store, proposal: &Proposal) -> Result<Proposal, StoreError> {
    let mut transaction = begin(store).await;
    let half = transaction.accept_proposal(proposal.key, proposal.version, Side::Provider, None).await?;
    let whole = transaction.accept_proposal(proposal.key, half.version, Side::State, Some("as agreed")).await?;
    transaction.commit().await?;
    Ok(whole)
}

pub(super) async fn committed(store: &Store, agreed: &Agreed) -> (i64, i64) {
    let mut session = read(store).await;
    let request = session.request(&Viewer::system(), agreed.request.key).await.unwrap();
    let offer = session.offer(&Viewer::system(), agreed.offer.key).await.unwrap();
    (request.components.iter().filter_map(|component| component.committed).sum(), offer.committed.unwrap())
}

pub(super) async fn both_sides_accept_and_the_ledger_follows(store: &Store) {
    let agreed = proposed(store, &[terms(4, 300)]).await;
    let proposal = &agreed.proposals[0];
    let half = commit!(store, transaction => transaction.accept_proposal(proposal.key, 1, Side::State, None));
    assert_eq!((half.lifecycle, committed(store, &agreed).await), (ProposalLifecycle::Proposed, (0, 0)));
    let whole = commit!(store, transaction => transaction.accept_proposal(proposal.key, 2, Side::Provider, None));
    assert_eq!((whole.lifecycle, committed(store, &agreed).await), (ProposalLifecycle::Agreed, (4, 300)));
    assert_eq!(read(store).await.recount_ledger().await.unwrap(), []);
    let stale = begin(store)
        .await
        .move_offer(agreed.offer.key, agreed.offer.version, Move::by("withdraw", OfferLifecycle::Withdrawn))
        .await;
    assert!(matches!(stale, Err(StoreError::VersionMismatch { .. })), "an offer changes when it is promised");

    // An insider moves a total without an entry.
    let mut session = store.begin_unaudited().await.unwrap();
    let moved = Statement::of("UPDATE offers SET committed = 200 WHERE id = $1").bind(agreed.offer.key);
    session.execute(moved).await.unwrap();
    session.commit().await.unwrap();
    let fault = LedgerFault { kind: "offer".to_owned(), key: agreed.offer.key.uuid(), standing: 200, entries: 300 };
    assert_eq!(read(store).await.recount_ledger().await.unwrap(), [fault]);
    for text in ["DELETE FROM ledger_entries", "UPDATE ledger_entries SET draw = 200"] {
        let refused = begin(store).await.execute(Statement::of(text)).await;
        assert!(matches!(refused, Err(StoreError::RuleBroken { .. })), "{text}: {refused:?}");
    }
}

pub(super) async fn changed_terms_are_accepted_anew(store: &Store) {
    let agreed = proposed(store, &[terms(4, 300)]).await;
    let key = agreed.proposals[0].key;
    commit!(store, transaction => transaction.accept_proposal(key, 1, Side::State, None));
    let changed = commit!(store, transaction => transaction.change_proposal(key, 2, Side::Provider, &terms(2, 150), Some("less")));
    assert_eq!((changed.state_accepted_at, changed.terms.quantity), (None, 2));
    let half = commit!(store, transaction => transaction.accept_proposal(key, 3, Side::Provider, None));
    assert_eq!(half.lifecycle, ProposalLifecycle::Proposed);
    commit!(store, transaction => transaction.accept_proposal(key, 4, Side::State, None));
    assert_eq!(committed(store, &agreed).await, (2, 150));
    let assessed = begin(store).await.assess_proposal(key, 5, agreed.world.coordinator, &json!({ "fit": 900 })).await;
    assert!(matches!(assessed, Err(StoreError::WrongState { .. })), "decided: {assessed:?}");
}

pub(super) async fn no_offer_is_promised_twice(store: &Store) {
    let agreed = proposed(store, &[terms(10, 600), terms(5, 600)]).await;
    let tasks = agreed.proposals.clone().into_iter().map(|proposal| {
        let store = store.clone();
        tokio::spawn(async move { agree(&store, &proposal).await })
    });
    let mut outcomes = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        outcomes.push(task.await.unwrap());
    }
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert!(outcomes.iter().any(|outcome| matches!(outcome, Err(StoreError::RuleBroken { .. }))), "{outcomes:?}");
    assert_eq!(committed(store, &agreed).await.1, 600);
    assert_eq!(read(store).await.recount_ledger().await.unwrap(), []);
}

pub(super) async fn a_proposal_is_answered_once_and_in_time(store: &Store) {
    let agreed = proposed(store, &[terms(4, 300), terms(1, 1)]).await;
    let [first, second] = agreed.proposals.try_into().unwrap();
    let declined = commit!(store, transaction => transaction.decline_proposal(first.key, 1, Side::State, "covered"));
    assert_eq!(declined.lifecycle, ProposalLifecycle::Declined);
    let late = begin(store).await.accept_proposal(first.key, 2, Side::State, None).await;
    assert!(matches!(late, Err(StoreError::WrongState { .. })), "{late:?}");

    assert_eq!(commit!(store, transaction => transaction.lapse_proposal(second.key)), None);
    assert_eq!(read(store).await.overdue_proposals(at(100), None, &[], 10).await.unwrap(), []);
    let overdue = async |round, except: &[ProposalKey]| {
        read(store).await.overdue_proposals(at(101), round, except, 10).await.unwrap()
    };
    assert_eq!(overdue(None, &[]).await, [second.key]);
    assert_eq!(overdue(Some(second.round), &[]).await, [second.key]);
    assert_eq!(overdue(Some(key::<RoundKey>()), &[]).await, []);
    assert_eq!(overdue(None, &[second.key]).await, []);
    let mut transaction = store.begin(Origin { at: at(101), ..origin() }).await.unwrap();
    assert_eq!(transaction.lapse_proposal(first.key).await.unwrap(), None, "it was answered");
    let lapsed = transaction.lapse_proposal(second.key).await.unwrap().unwrap();
    transaction.commit().await.unwrap();
    assert_eq!((lapsed.key, lapsed.ending), (second.key, Some(Ending::Deadline)));
}

pub(super) async fn a_proposal_may_end_before_its_deadline_declined_by_nobody(store: &Store) {
    let agreed = proposed(store, &[terms(4, 300), terms(1, 1)]).await;
    let [first, second] = agreed.proposals.try_into().unwrap();
    let expired = Ending::OfferExpired;
    let ended = commit!(store, transaction => transaction.end_proposal(first.key, 1, expired, Some("too old")));
    assert_eq!((ended.lifecycle, ended.declined_by), (ProposalLifecycle::Lapsed, None));
    assert_eq!((ended.reason.as_deref(), ended.ending), (Some("too old"), Some(expired)));
    let twice = begin(store).await.end_proposal(first.key, 2, expired, None).await;
    assert!(matches!(twice, Err(StoreError::WrongState { .. })), "{twice:?}");
    let stale = begin(store).await.end_proposal(second.key, 2, expired, None).await;
    assert!(matches!(stale, Err(StoreError::VersionMismatch { .. })), "{stale:?}");
    assert_eq!(read(store).await.declined_matches().await.unwrap(), [], "a later round may propose it again");
}

pub(super) async fn only_the_two_sides_and_coordinators_see_it(store: &Store) {
    let agreed = proposed(store, &[terms(4, 300)]).await;
    let proposal = agree(store, &agreed.proposals[0]).await.unwrap();
    let kenya = agreed.world.kenya;
    assert_eq!(commit!(store, transaction => transaction.add_message(proposal.key, kenya, "Which months?")), 1);
    assert_eq!(commit!(store, transaction => transaction.add_message(proposal.key, kenya, "And where?")), 2);
    let commitment = write_down(store, &proposal).await;
    let page = Page::first(10);
    for (who, viewer) in agreed.world.viewers() {
        let mut session = read(store).await;
        let sees = ["kenya", "norway", "coordinator"].contains(&who);
        assert_eq!(session.proposal(&viewer, proposal.key).await.is_ok(), sees, "{who}");
        let listed = session.proposals(&viewer, &ProposalFilter::default(), &page).await.unwrap();
        assert_eq!(listed.len(), usize::from(sees), "{who}");
        assert_eq!(session.proposal_messages(&viewer, proposal.key).await.is_ok(), sees, "{who}");
        assert_eq!(session.commitment(&viewer, commitment.key).await.is_ok(), sees, "{who}");
        assert_eq!(
            session.commitments(&viewer, &CommitmentFilter::default(), &page).await.unwrap().len(),
            usize::from(sees),
            "{who}"
        );
    }
    let provider = Some(proposal.provider_party);
    let (round, elsewhere) = (Some(proposal.round), Some(RoundKey::from(uuid::Uuid::from_u128(7))));
    for (filter, found) in [
        (CommitmentFilter { party: provider, round, lifecycle: Some(CommitmentLifecycle::Committed) }, 1),
        (CommitmentFilter { party: Some(kenya), ..CommitmentFilter::default() }, 1),
        (CommitmentFilter { party: Some(agreed.world.peru), ..CommitmentFilter::default() }, 0),
        (CommitmentFilter { round: elsewhere, ..CommitmentFilter::default() }, 0),
    ] {
        let listed = read(store).await.commitments(&Viewer::system(), &filter, &page).await.unwrap();
        assert_eq!(listed.len(), found, "{filter:?}");
    }
    let messages = read(store).await.proposal_messages(&Viewer::system(), proposal.key).await.unwrap();
    assert_eq!(
        messages.iter().map(|message| message.body.as_str()).collect::<Vec<_>>(),
        ["Which months?", "And where?"]
    );
}

pub(super) async fn write_down(store: &Store, proposal: &Proposal) -> Commitment {
    let new = NewCommitment {
        key: key::<CommitmentKey>(),
        proposal: proposal.key,
        authority: "National focal point".to_owned(),
        procedure: "Treasury circular 7".to_owned(),
        body: json!({}),
    };
    commit!(store, transaction => transaction.add_commitment(&new))
}

pub(super) async fn a_commitment_is_followed_to_its_end(store: &Store) {
    let agreed = proposed(store, &[terms(4, 300)]).await;
    let early = NewCommitment {
        key: key::<CommitmentKey>(),
        proposal: agreed.proposals[0].key,
        authority: String::new(),
        procedure: String::new(),
        body: json!({}),
    };
    let refused = begin(store).await.add_commitment(&early).await;
    assert!(matches!(refused, Err(StoreError::WrongState { .. })), "{refused:?}");

    let proposal = agree(store, &agreed.proposals[0]).await.unwrap();
    let written = write_down(store, &proposal).await;
    let norway = agreed.world.norway;
    let step = |to, disbursed| CommitmentStep {
        name: "disburse",
        to,
        disbursed,
        delivered: None,
        body: json!({ "indicator": 1 }),
    };
    let paid = step(CommitmentLifecycle::Disbursing, 120);
    let paid = commit!(store, transaction => transaction.move_commitment(written.key, 1, norway, &paid, None));
    assert_eq!(read(store).await.commitment(&Viewer::system(), written.key).await.unwrap(), paid);
    assert_eq!((paid.disbursed, committed(store, &agreed).await), (120, (4, 300)));
    let too_much = step(CommitmentLifecycle::Disbursing, 181);
    let refused = begin(store).await.move_commitment(written.key, 2, norway, &too_much, None).await;
    assert!(matches!(refused, Err(StoreError::RuleBroken { .. })), "{refused:?}");
    let ended = step(CommitmentLifecycle::Cancelled, 0);
    commit!(store, transaction => transaction.move_commitment(written.key, 2, norway, &ended, Some("budget cut")));
    assert_eq!(committed(store, &agreed).await, (1, 120), "what was held and not spent is given back");
    assert_eq!(read(store).await.recount_ledger().await.unwrap(), []);
    let again = begin(store).await.move_commitment(written.key, 3, norway, &ended, None).await;
    assert!(matches!(again, Err(StoreError::WrongState { .. })), "{again:?}");
    assert_eq!(read(store).await.verify_audit().await.unwrap().findings, []);
}

pub(super) async fn what_did_not_arrive_is_given_back(store: &Store) {
    let agreed = proposed(store, &[terms(4, 301), terms(5, 500)]).await;
    let kenya = agreed.world.kenya;
    let arrived = |delivered: i64| CommitmentStep {
        name: "deliver",
        to: CommitmentLifecycle::Delivered,
        disbursed: 0,
        delivered: Some(delivered),
        body: json!({}),
    };
    let first = agree(store, &agreed.proposals[0]).await.unwrap();
    let second = agree(store, &agreed.proposals[1]).await.unwrap();
    assert_eq!(committed(store, &agreed).await, (9, 801));
    let written = write_down(store, &first).await;
    let short = arrived(1);
    commit!(store, transaction => transaction.move_commitment(written.key, 1, kenya, &short, Some("one came")));
    // A quarter of 301 is used up, rounded up.
    assert_eq!(committed(store, &agreed).await, (6, 576));
    assert_eq!(read(store).await.recount_ledger().await.unwrap(), []);

    // What was placed at disposal is spent, whatever arrived.
    let written = write_down(store, &second).await;
    let paid = CommitmentStep { disbursed: 400, delivered: None, to: CommitmentLifecycle::Disbursing, ..arrived(0) };
    commit!(store, transaction => transaction.move_commitment(written.key, 1, agreed.world.norway, &paid, None));
    let more = arrived(6);
    let refused = begin(store).await.move_commitment(written.key, 2, kenya, &more, None).await;
    assert!(matches!(refused, Err(StoreError::RuleBroken { .. })), "more than was agreed: {refused:?}");
    let nothing = arrived(0);
    commit!(store, transaction => transaction.move_commitment(written.key, 2, kenya, &nothing, None));
    assert_eq!(committed(store, &agreed).await, (1, 476));
    assert_eq!(read(store).await.recount_ledger().await.unwrap(), []);
}
