//! Rows to test with.

use jiff::Timestamp;
use needmatch_domain::scenario::{Form, Visibility};
use serde_json::json;
use uuid::Uuid;

use crate::audit::Origin;
use crate::keys::{OfferKey, PartyKey, PersonKey, RequestKey, RoundKey, RunKey, ScenarioKey};
use crate::parties::{NewParty, NewPerson, Person};
use crate::register::{NewComponent, NewOffer, NewRequest, Offer, OfferContent, Request, RequestContent};
use crate::rounds::{NewRound, NewScenario, Round, Scenario};
use crate::runs::{NewRun, Run};
use crate::words::{OfferLifecycle, PartyKind, RequestLifecycle};
use crate::{AuditedTransaction, Move, Session, Store, Viewer};

/// A moment of the tests' clock.
pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

/// A fresh key of any table.
pub(super) fn key<K: From<Uuid>>() -> K {
    Uuid::now_v7().into()
}

pub(super) fn origin() -> Origin {
    Origin { person: None, credential: None, origin: "api".to_owned(), request_id: "test".to_owned(), at: at(0) }
}

pub(super) async fn begin(store: &Store) -> AuditedTransaction {
    store.begin(origin()).await.unwrap()
}

pub(super) async fn read(store: &Store) -> Session {
    store.read().await.unwrap()
}

/// Does one thing in a transaction of its own.
macro_rules! commit {
    ($store:expr, $transaction:ident => $what:expr) => {{
        let mut $transaction = crate::tests::world::begin($store).await;
        let done = $what.await.unwrap();
        $transaction.commit().await.unwrap();
        done
    }};
}
pub(super) use commit;

pub(super) async fn party(store: &Store, kind: PartyKind, code: &str) -> PartyKey {
    let new =
        NewParty { key: key(), kind, code: code.to_owned(), name: code.to_owned(), body: json!({}), is_sandbox: false };
    commit!(store, transaction => transaction.add_party(&new)).key
}

pub(super) async fn person(store: &Store, email: &str) -> Person {
    let new = NewPerson {
        key: key::<PersonKey>(),
        email: email.to_owned(),
        name: "Ana".to_owned(),
        language: "fr".to_owned(),
        password_hash: None,
    };
    commit!(store, transaction => transaction.add_person(&new))
}

/// Two states, two providers, a coordinator and an observer.
pub(super) struct World {
    pub(super) kenya: PartyKey,
    pub(super) peru: PartyKey,
    pub(super) norway: PartyKey,
    pub(super) japan: PartyKey,
    pub(super) coordinator: PartyKey,
    pub(super) observer: PartyKey,
}

impl World {
    pub(super) async fn of(store: &Store) -> Self {
        Self {
            kenya: party(store, PartyKind::State, "KEN").await,
            peru: party(store, PartyKind::State, "PER").await,
            norway: party(store, PartyKind::Provider, "NOR").await,
            japan: party(store, PartyKind::Provider, "JPN").await,
            coordinator: party(store, PartyKind::Coordinator, "UN").await,
            observer: party(store, PartyKind::Observer, "NGO").await,
        }
    }

    pub(super) fn viewers(&self) -> [(&'static str, Viewer); 7] {
        [
            ("kenya", Viewer::of([(self.kenya, PartyKind::State)])),
            ("peru", Viewer::of([(self.peru, PartyKind::State)])),
            ("norway", Viewer::of([(self.norway, PartyKind::Provider)])),
            ("japan", Viewer::of([(self.japan, PartyKind::Provider)])),
            ("coordinator", Viewer::of([(self.coordinator, PartyKind::Coordinator)])),
            ("observer", Viewer::of([(self.observer, PartyKind::Observer)])),
            ("public", Viewer::public()),
        ]
    }
}

pub(super) fn component(reference: &str, quantity: i64) -> NewComponent {
    NewComponent {
        key: key(),
        reference: reference.to_owned(),
        r#type: "training".to_owned(),
        unit: "place".to_owned(),
        quantity,
        body: json!({ "unit_cost": 3 }),
    }
}

pub(super) fn request_content(reference: &str) -> RequestContent {
    RequestContent {
        reference: reference.to_owned(),
        external_id: None,
        state: "KEN".to_owned(),
        area: "marking".to_owned(),
        priority: 3,
        title: format!("Request {reference}"),
        package: None,
        valid_until: None,
        body: json!({ "authority": "Ministère de l’intérieur", "obstacles": [] }),
        lines: None,
    }
}

pub(super) fn new_request(party: PartyKey, reference: &str) -> NewRequest {
    NewRequest {
        key: key::<RequestKey>(),
        party,
        content: request_content(reference),
        components: vec![component(&format!("{reference}/1"), 10), component(&format!("{reference}/2"), 5)],
    }
}

pub(super) async fn request(store: &Store, party: PartyKey, reference: &str) -> Request {
    commit!(store, transaction => transaction.add_request(&new_request(party, reference)))
}

pub(super) fn offer_content(reference: &str, visibility: Visibility) -> OfferContent {
    OfferContent {
        reference: reference.to_owned(),
        external_id: None,
        title: format!("Offer {reference}"),
        form: Form::Money,
        unit: "USD".to_owned(),
        quantity: 1000,
        visibility,
        valid_until: None,
        areas: vec!["marking".to_owned()],
        body: json!({ "firmness": "pledge" }),
    }
}

/// An offer that is available.
pub(super) fn new_offer(party: PartyKey, reference: &str) -> NewOffer {
    NewOffer { key: key::<OfferKey>(), party, content: offer_content(reference, Visibility::Parties) }
}

pub(super) async fn offer(store: &Store, party: PartyKey, reference: &str, visibility: Visibility) -> Offer {
    let new = NewOffer { key: key::<OfferKey>(), party, content: offer_content(reference, visibility) };
    let offer = commit!(store, transaction => transaction.add_offer(&new));
    commit!(store, transaction => transaction.move_offer(offer.key, offer.version, Move::by("confirm", OfferLifecycle::Available)))
}

pub(super) async fn round(store: &Store, party: PartyKey) -> Round {
    let new = NewRound {
        key: key::<RoundKey>(),
        party,
        name: "Round 1".to_owned(),
        settings: json!({ "periods": ["2027", "2028"] }),
        cut_off_at: at(1000),
    };
    commit!(store, transaction => transaction.add_round(&new))
}

pub(super) async fn frozen_round(store: &Store, party: PartyKey) -> Round {
    let open = round(store, party).await;
    commit!(store, transaction => transaction.freeze_round(open.key, open.version, b"{}"))
}

pub(super) async fn scenario(store: &Store, round: RoundKey, name: &str) -> Scenario {
    let new = NewScenario {
        key: key::<ScenarioKey>(),
        round,
        base: None,
        name: name.to_owned(),
        settings: json!({ "seed": 1 }),
    };
    commit!(store, transaction => transaction.add_scenario(&new))
}

/// A run that waits, of a scenario of its own.
pub(super) async fn run(store: &Store, coordinator: PartyKey, problem: &[u8]) -> Run {
    let round = frozen_round(store, coordinator).await;
    let scenario = scenario(store, round.key, "plain").await;
    run_of(store, scenario.key, problem).await
}

pub(super) async fn run_of(store: &Store, scenario: ScenarioKey, problem: &[u8]) -> Run {
    let new = NewRun {
        key: key::<RunKey>(),
        scenario,
        problem: problem.to_vec(),
        settings: json!({ "seconds": 60 }),
        sweep: None,
        start: None,
    };
    commit!(store, transaction => transaction.start_run(&new))
}

pub(super) async fn authenticated(store: &Store, request: &Request) -> Request {
    let taken = Move::by("authenticate", RequestLifecycle::Authenticated).because(Some("confirmed"));
    commit!(store, transaction => transaction.move_request(request.key, request.version, taken, Some(1)))
}
