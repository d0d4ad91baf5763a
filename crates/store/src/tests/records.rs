//! Catalogue, national reports, documents, words, observers, outcomes.

use needmatch_domain::scenario::Visibility;
use serde_json::json;

use super::world::{World, at, begin, commit, key, offer, read, request, round};
use crate::agreements::OutcomeFilter;
use crate::keys::{DocumentKey, ItemKey, ReportKey};
use crate::register::{Document, DocumentSubject, NewItem, OfferFilter, Report, ReportFilter, RequestFilter};
use crate::words::{Circulation, DocumentKind};
use crate::{Order, Page, Store, StoreError, Viewer};

pub(super) async fn items_come_with_the_program_and_are_kept(store: &Store) {
    let world = World::of(store).await;
    let page = Page { order: Order::Oldest, after: None, limit: 500 };
    let seeded = read(store).await.items(false, &page).await.unwrap();
    assert!(seeded.len() > 20 && seeded.iter().all(|item| item.party.is_none()), "{}", seeded.len());
    assert_eq!(seeded[0].code, "marking_machine");
    let text = str::to_owned;
    let new = |code: &str| NewItem {
        key: key::<ItemKey>(),
        party: world.coordinator,
        code: text(code),
        name: text("Safe"),
        r#type: text("equipment"),
        unit: text("safe"),
        body: json!({ "areas": [] }),
    };
    let made = commit!(store, transaction => transaction.add_item(&new("safe")));
    let again = begin(store).await.add_item(&new("safe")).await;
    assert!(matches!(again, Err(StoreError::Duplicate { .. })), "{again:?}");
    let changed = NewItem { name: text("Weapons safe"), ..new("safe") };
    let changed = commit!(store, transaction => transaction.change_item(made.key, 1, world.coordinator, &changed));
    assert_eq!(read(store).await.item(made.key).await.unwrap(), changed);
    commit!(store, transaction => transaction.retire_item(seeded[0].key, 1, world.coordinator, Some("replaced")));
    let left = read(store).await.items(false, &page).await.unwrap();
    assert_eq!(left.len(), seeded.len(), "one more, one less");
}

pub(super) async fn a_report_is_seen_by_its_state_alone(store: &Store) {
    let world = World::of(store).await;
    let new = || Report {
        key: key::<ReportKey>(),
        party: world.kenya,
        year: 2026,
        title: "National report 2026".to_owned(),
        body: json!({ "sections": [] }),
        created_at: at(0),
    };
    let report = new();
    commit!(store, transaction => transaction.add_report(&report));
    let again = begin(store).await.add_report(&new()).await;
    assert!(matches!(again, Err(StoreError::Duplicate { .. })), "one a year: {again:?}");
    for (who, viewer) in world.viewers() {
        let sees = ["kenya", "coordinator"].contains(&who);
        let mut session = read(store).await;
        assert_eq!(session.report(&viewer, report.key).await.is_ok(), sees, "{who}");
        for (state, year, holds) in
            [(None, None, true), (Some("KEN"), Some(2026), true), (Some("PER"), None, false), (None, Some(2025), false)]
        {
            let filter = ReportFilter { state: state.map(ToOwned::to_owned), year };
            let listed = session.reports(&viewer, &filter, &Page::first(10)).await.unwrap();
            assert_eq!(listed.len(), usize::from(sees && holds), "{who}, {filter:?}");
        }
    }
}

pub(super) async fn a_document_is_seen_with_what_it_belongs_to(store: &Store) {
    let world = World::of(store).await;
    let asked = request(store, world.kenya, "KEN-1").await;
    let bytes = b"%PDF-1.7 %%EOF".to_vec();
    let document = Document {
        key: key::<DocumentKey>(),
        subject: DocumentSubject::Request(asked.key),
        party: Some(world.kenya),
        kind: DocumentKind::Endorsement,
        title: "Letter".to_owned(),
        size: i64::try_from(bytes.len()).unwrap(),
        sha256: needmatch_domain::canonical::sha256(&bytes),
        created_at: at(0),
    };
    commit!(store, transaction => transaction.add_document(&document, world.kenya, &bytes));
    let seen_by = async |expected: &[&str]| {
        for (who, viewer) in world.viewers() {
            let sees = expected.contains(&who);
            let mut session = read(store).await;
            let found = session.document_bytes(&viewer, document.key).await;
            assert_eq!(found.ok(), sees.then(|| (document.clone(), bytes.clone())), "{who}");
            assert_eq!(session.documents_of(&viewer, document.subject, None).await.is_ok(), sees, "{who}");
        }
    };
    seen_by(&["kenya", "coordinator"]).await;
    let named = [world.norway];
    commit!(store, transaction => transaction.circulate_request(asked.key, 1, "circulate", Circulation::Named, &named, None));
    seen_by(&["kenya", "norway", "coordinator"]).await;
}

pub(super) async fn rows_are_found_by_the_beginnings_of_their_words(store: &Store) {
    let world = World::of(store).await;
    let asked = request(store, world.kenya, "KEN-1").await;
    offer(store, world.norway, "Ñandú 7", Visibility::Public).await;
    offer(store, world.norway, "NOR-2", Visibility::Confidential).await;
    let mut session = read(store).await;
    for (text, found) in [("ñan", 1), ("OFFER", 1), ("offer ñand", 1), ("offer zebra", 0), ("ffer", 0), ("nor", 0)] {
        let filter = OfferFilter { text: Some(text.to_owned()), ..OfferFilter::default() };
        let offers = session.offers(&Viewer::public(), &filter, &Page::first(10)).await.unwrap();
        assert_eq!(offers.len(), found, "{text}");
    }
    let filter = RequestFilter { text: Some("ken request".to_owned()), ..RequestFilter::default() };
    for (who, viewer) in world.viewers() {
        let sees = ["kenya", "coordinator"].contains(&who);
        let found = session.requests(&viewer, &filter, &Page::first(10)).await.unwrap();
        assert_eq!(found.len(), usize::from(sees), "{who}");
    }
    let content = crate::register::RequestContent { title: "Shelves".to_owned(), ..asked.content.clone() };
    commit!(store, transaction => transaction.change_request(asked.key, 1, &content, &[]));
    let found = read(store).await.requests(&Viewer::system(), &filter, &Page::first(10)).await.unwrap();
    assert_eq!(found, [], "words go with the title");
}

pub(super) async fn only_observers_are_admitted_and_only_to_their_round(store: &Store) {
    let world = World::of(store).await;
    let (first, second) = (round(store, world.coordinator).await, round(store, world.coordinator).await);
    commit!(store, transaction => transaction.admit_observer(first.key, world.observer));
    commit!(store, transaction => transaction.admit_observer(first.key, world.observer));
    let refused = begin(store).await.admit_observer(first.key, world.norway).await;
    assert!(matches!(refused, Err(StoreError::NotFound { .. })), "{refused:?}");
    let mut session = read(store).await;
    for (who, viewer) in world.viewers() {
        assert_eq!(session.is_admitted(&viewer, first.key).await.unwrap(), who == "observer", "{who}");
        assert!(!session.is_admitted(&viewer, second.key).await.unwrap(), "{who}");
    }
    assert_eq!(session.round_observers(first.key).await.unwrap(), [world.observer]);
    let none = session.outcomes(&OutcomeFilter::default(), &Page::first(10)).await.unwrap();
    assert_eq!((none, session.latest_insights().await.unwrap()), (Vec::new(), None));
}
