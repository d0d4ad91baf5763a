//! Agreements called off, and what is past its day.

use jiff::civil::{Date, date};
use needmatch_domain::scenario::Visibility;
use serde_json::json;

use super::agreements::{agree, committed, proposed, terms, write_down};
use super::world::{World, at, begin, commit, key, new_request, offer_content, origin, read};
use crate::agreements::{NewCommitment, NewProposal, Side, Terms};
use crate::keys::{CommitmentKey, OfferKey};
use crate::register::{NewOffer, OfferFilter, RequestFilter};
use crate::words::{Ending, OfferLifecycle, ProposalLifecycle, RequestLifecycle};
use crate::{Move, Page, Store, StoreError, Viewer};

pub(super) async fn what_was_agreed_is_called_off_until_it_is_written_down(store: &Store) {
    let agreed = proposed(store, &[terms(4, 300), terms(5, 500)]).await;
    let open = begin(store).await.call_off_proposal(agreed.proposals[0].key, 1, Side::State, "no room").await;
    assert!(matches!(open, Err(StoreError::WrongState { .. })), "{open:?}");
    let first = agree(store, &agreed.proposals[0]).await.unwrap();
    let second = agree(store, &agreed.proposals[1]).await.unwrap();
    assert_eq!(committed(store, &agreed).await, (9, 800));
    let stale = begin(store).await.call_off_proposal(first.key, first.version - 1, Side::State, "no room").await;
    assert!(matches!(stale, Err(StoreError::VersionMismatch { .. })), "{stale:?}");
    let called_off =
        commit!(store, transaction => transaction.call_off_proposal(first.key, first.version, Side::State, "no room"));
    assert_eq!((called_off.lifecycle, called_off.ending), (ProposalLifecycle::Declined, Some(Ending::CalledOff)));
    assert_eq!((called_off.declined_by, called_off.reason.as_deref()), (Some(agreed.world.kenya), Some("no room")));
    assert_eq!(committed(store, &agreed).await, (5, 500), "what it held is free");
    assert_eq!(read(store).await.recount_ledger().await.unwrap(), []);
    let decisions = read(store).await.decisions_of(called_off.round).await.unwrap();
    assert_eq!(decisions.iter().map(|decision| decision.is_agreed).collect::<Vec<_>>(), [false, true]);

    // Each side's own chain tells of it.
    let told = read(store).await.audit_of(first.key.uuid()).await.unwrap();
    let told: Vec<_> = told.iter().filter(|row| row.action == "proposal.call-off").collect();
    assert_eq!(told.len(), 2, "{told:?}");
    for row in told {
        let step = (row.state_from.as_deref(), row.state_to.as_deref(), row.reason.as_deref());
        assert_eq!(step, (Some("agreed"), Some("declined"), Some("no room")));
    }

    write_down(store, &second).await;
    let late = begin(store).await.call_off_proposal(second.key, second.version, Side::Provider, "late").await;
    let Err(StoreError::WrongState { actual, .. }) = late else { panic!("{late:?}") };
    assert_eq!(actual, "committed");
    let new = NewCommitment {
        key: key::<CommitmentKey>(),
        proposal: first.key,
        authority: String::new(),
        procedure: String::new(),
        body: json!({}),
    };
    let refused = begin(store).await.add_commitment(&new).await;
    assert!(matches!(refused, Err(StoreError::WrongState { .. })), "{refused:?}");
    assert_eq!(read(store).await.verify_audit().await.unwrap().findings, []);
}

pub(super) async fn a_proposal_is_either_called_off_or_written_down(store: &Store) {
    let agreed = proposed(store, &[terms(1, 30)]).await;
    let (run, round) = (agreed.proposals[0].run, agreed.proposals[0].round);
    for turn in 0..12 {
        let held_before = committed(store, &agreed).await;
        let terms = Terms { period: format!("{turn}"), ..terms(1, 30) };
        let new =
            NewProposal { key: key(), component: agreed.request.components[1].key, offer: agreed.offer.key, terms };
        let (new_key, new) = (new.key, [new]);
        commit!(store, transaction => transaction.add_proposals(round, run, at(100), &new));
        let made = read(store).await.proposal(&Viewer::system(), new_key).await.unwrap();
        // The component has room for five that were written down.
        let Ok(whole) = agree(store, &made).await else { break };
        let calling = {
            let (store, side) = (store.clone(), if turn % 2 == 0 { Side::State } else { Side::Provider });
            tokio::spawn(async move {
                let mut transaction = store.begin(origin()).await?;
                transaction.call_off_proposal(whole.key, whole.version, side, "no room").await?;
                transaction.commit().await
            })
        };
        let writing = {
            let store = store.clone();
            tokio::spawn(async move {
                let new = NewCommitment {
                    key: key::<CommitmentKey>(),
                    proposal: whole.key,
                    authority: "Commission".to_owned(),
                    procedure: "Decree 7".to_owned(),
                    body: json!({}),
                };
                let mut transaction = store.begin(origin()).await?;
                transaction.add_commitment(&new).await?;
                transaction.commit().await
            })
        };
        let (called_off, written) = (calling.await.unwrap(), writing.await.unwrap());
        assert!(called_off.is_ok() != written.is_ok(), "{called_off:?} {written:?}");
        let lost = called_off.as_ref().err().or(written.as_ref().err());
        assert!(matches!(lost, Some(StoreError::WrongState { .. })), "{lost:?}");
        let taken = if written.is_ok() { (1, 30) } else { (0, 0) };
        let held = committed(store, &agreed).await;
        assert_eq!((held.0 - held_before.0, held.1 - held_before.1), taken);
        let found = read(store).await.commitment_of(new_key).await.unwrap();
        assert_eq!(found.is_some(), written.is_ok());
        assert_eq!(read(store).await.recount_ledger().await.unwrap(), []);
    }
    assert_eq!(read(store).await.verify_audit().await.unwrap().findings, []);
    let made = read(store).await.decisions_of(round).await.unwrap();
    assert!(made.len() >= 5, "five rounds at least were fought: {made:?}");
}

/// An offer that is available, valid until a day.
async fn dated(store: &Store, world: &World, reference: &str, day: Option<Date>) -> OfferKey {
    let content = crate::register::OfferContent { valid_until: day, ..offer_content(reference, Visibility::Public) };
    let new = NewOffer { key: key(), party: world.norway, content };
    let offer = commit!(store, transaction => transaction.add_offer(&new));
    let taken = Move::by("confirm", OfferLifecycle::Available);
    commit!(store, transaction => transaction.move_offer(offer.key, 1, taken)).key
}

pub(super) async fn what_is_past_its_day_is_found_by_it(store: &Store) {
    let world = World::of(store).await;
    let (march, april) = (date(2027, 3, 31), date(2027, 4, 1));
    let first = dated(store, &world, "NOR-1", Some(march)).await;
    let second = dated(store, &world, "NOR-2", Some(april)).await;
    dated(store, &world, "NOR-3", None).await;
    let mut draft = new_request(world.kenya, "KEN-1");
    draft.content.valid_until = Some(march);
    commit!(store, transaction => transaction.add_request(&draft));
    let mut handed_in = new_request(world.kenya, "KEN-2");
    handed_in.content.valid_until = Some(march);
    let handed_in = commit!(store, transaction => transaction.add_request(&handed_in));
    let taken = Move::by("submit", RequestLifecycle::Submitted);
    let handed_in = commit!(store, transaction => transaction.move_request(handed_in.key, 1, taken, None));
    assert_eq!(handed_in.content.valid_until, Some(march));

    let mut transaction = begin(store).await;
    assert_eq!(transaction.hold_overdue_offers(march, &[], 10).await.unwrap(), [], "the day is not over");
    let overdue = transaction.hold_overdue_offers(april, &[], 10).await.unwrap();
    let overdue: Vec<_> = overdue.iter().map(|row| (row.key, row.version, row.valid_until)).collect();
    assert_eq!(overdue, [(first, 2, march)]);
    let overdue = transaction.hold_overdue_requests(april, &[], 10).await.unwrap();
    assert_eq!(overdue.iter().map(|row| row.key).collect::<Vec<_>>(), [handed_in.key], "a draft is its owner's");
    let both = transaction.hold_overdue_offers(date(2028, 1, 1), &[], 10).await.unwrap();
    assert_eq!(both.iter().map(|row| row.key).collect::<Vec<_>>(), [first, second], "oldest first");
    assert_eq!(transaction.hold_overdue_offers(date(2028, 1, 1), &[], 1).await.unwrap().len(), 1);
    let others = transaction.hold_overdue_offers(date(2028, 1, 1), &[first], 10).await.unwrap();
    assert_eq!(others.iter().map(|row| row.key).collect::<Vec<_>>(), [second], "what is to be passed over");
    transaction.rollback().await.unwrap();

    let (viewer, page) = (Viewer::system(), Page::first(10));
    let filter = OfferFilter { valid_before: Some(april), ..OfferFilter::default() };
    let listed = read(store).await.offers(&viewer, &filter, &page).await.unwrap();
    assert_eq!(listed.iter().map(|offer| offer.key).collect::<Vec<_>>(), [first]);
    let filter = RequestFilter { valid_before: Some(april), ..RequestFilter::default() };
    let listed = read(store).await.requests(&viewer, &filter, &page).await.unwrap();
    assert_eq!(listed.iter().map(|request| request.key).collect::<Vec<_>>(), [handed_in.key]);
}
