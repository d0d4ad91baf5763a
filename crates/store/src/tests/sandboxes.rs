//! A sandbox is wiped some rows at a time: nobody waits for it, a process may end in the middle, and what is new stays.

use std::time::Duration;

use needmatch_domain::canonical;
use serde_json::json;

use super::world::{World, at, begin, commit, key, new_offer, new_request, read, request_content};
use crate::keys::{DocumentKey, PartyKey, RequestKey};
use crate::parties::{NewParty, Wiped, Wiping};
use crate::register::{Document, DocumentSubject, NewRequest, OfferFilter, RequestFilter};
use crate::words::{DocumentKind, PartyKind};
use crate::{Store, StoreError, Viewer};

async fn sandbox(store: &Store) -> PartyKey {
    let (code, name) = ("sandbox-ken".to_owned(), "Try".to_owned());
    let new = NewParty { key: key(), kind: PartyKind::State, code, name, body: json!({}), is_sandbox: true };
    commit!(store, transaction => transaction.add_party(&new)).key
}

/// So many requests, the first of them with a document, and an offer.
async fn fill(store: &Store, party: PartyKey, requests: usize) -> DocumentKey {
    let mut transaction = begin(store).await;
    let mut first = None;
    for number in 0..requests {
        let new = NewRequest { components: Vec::new(), ..new_request(party, &format!("tried/{number}")) };
        let made = transaction.add_request(&new).await.unwrap();
        first = first.or(Some(made.key));
    }
    transaction.add_offer(&new_offer(party, "tried/offer")).await.unwrap();
    let bytes = b"%PDF-1.7 %%EOF".to_vec();
    let document = Document {
        key: key::<DocumentKey>(),
        subject: DocumentSubject::Request(first.unwrap()),
        party: Some(party),
        kind: DocumentKind::Endorsement,
        title: "Letter".to_owned(),
        size: i64::try_from(bytes.len()).unwrap(),
        sha256: canonical::sha256(&bytes),
        created_at: at(0),
    };
    transaction.add_document(&document, party, &bytes).await.unwrap();
    transaction.commit().await.unwrap();
    document.key
}

async fn reset(store: &Store, party: PartyKey) -> Wiped {
    commit!(store, transaction => transaction.reset_sandbox(party, key()))
}

async fn requests(store: &Store, party: PartyKey) -> i64 {
    let filter = RequestFilter { party: Some(party), ..RequestFilter::default() };
    read(store).await.count_requests(&Viewer::system(), &filter).await.unwrap()
}

pub(super) async fn what_a_sandbox_held_goes_some_rows_at_a_time_and_what_is_new_stays(store: &Store) {
    let world = World::of(store).await;
    let party = sandbox(store).await;
    let document = fill(store, party, 120).await;
    let refused = begin(store).await.reset_sandbox(world.kenya, key()).await;
    assert!(matches!(refused, Err(StoreError::RuleBroken { .. })), "{refused:?}");
    assert_eq!(store.wipe_some(party).await.unwrap(), Wiping::Over, "nothing goes that was not reset");

    let wiped = reset(store, party).await;
    let counted: Vec<_> = wiped.rows.iter().copied().filter(|(_, rows)| *rows > 0).collect();
    assert_eq!(counted, [("documents", 1), ("requests", 120), ("offers", 1)]);
    let later = NewRequest {
        key: key::<RequestKey>(),
        party,
        content: request_content("tried/later"),
        components: vec![super::world::component("tried/later/1", 1)],
    };
    commit!(store, transaction => transaction.add_request(&later));
    assert_eq!(store.wipe_some(party).await.unwrap(), Wiping::Some(1), "the document first");
    assert_eq!(store.wipe_some(party).await.unwrap(), Wiping::Some(50));
    assert_eq!(requests(store, party).await, 71);

    // Whoever began it is gone; others find it and go on.
    assert_eq!(store.unwiped_sandboxes(at(0)).await.unwrap(), []);
    assert_eq!(store.unwiped_sandboxes(at(1)).await.unwrap(), [party]);
    let mut went = Vec::new();
    while let Wiping::Some(rows) = store.wipe_some(party).await.unwrap() {
        went.push(rows);
    }
    assert_eq!(went, [50, 20, 1]);
    assert_eq!(store.unwiped_sandboxes(at(1)).await.unwrap(), []);
    assert_eq!(requests(store, party).await, 1);
    let filter = OfferFilter { party: Some(party), ..OfferFilter::default() };
    assert_eq!(read(store).await.count_offers(&Viewer::system(), &filter).await.unwrap(), 0);
    let gone = read(store).await.document(&Viewer::system(), document).await;
    assert!(matches!(gone, Err(StoreError::NotFound { .. })), "{gone:?}");
    assert_eq!(store.wipe_some(party).await.unwrap(), Wiping::Over);
    assert_eq!(requests(store, party).await, 1);

    // A second reset before the first is done wipes what both are about.
    fill(store, party, 60).await;
    reset(store, party).await;
    store.wipe_some(party).await.unwrap();
    reset(store, party).await;
    while store.wipe_some(party).await.unwrap() != Wiping::Over {}
    assert_eq!(requests(store, party).await, 0);
    assert_eq!(read(store).await.verify_audit().await.unwrap().findings, []);
}

pub(super) async fn others_write_while_a_sandbox_is_wiped(store: &Store) {
    let world = World::of(store).await;
    let party = sandbox(store).await;
    fill(store, party, 1500).await;
    reset(store, party).await;
    let wiper = store.clone();
    let wiping = tokio::spawn(async move {
        while wiper.wipe_some(party).await.unwrap() != Wiping::Over {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    for number in 0..5 {
        commit!(store, transaction => transaction.add_request(&new_request(world.kenya, &format!("KEN-{number}"))));
        let is_open = !store.unwiped_sandboxes(at(1)).await.unwrap().is_empty();
        assert!(is_open, "write {number} waited until everything was wiped");
    }
    wiping.await.unwrap();
    assert_eq!((requests(store, party).await, requests(store, world.kenya).await), (0, 5));
}
