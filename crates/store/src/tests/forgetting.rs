//! What is old is forgotten a batch at a time, what is not stays, and every batch is found by an index.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::plans::assert_served;
use super::runs::{LEASE, claim};
use super::world::{World, at, begin, commit, key, person, read, run};
use crate::keys::CredentialKey;
use crate::parties::{Holder, NewCredential, Secret};
use crate::statement::Statement;
use crate::words::{CredentialKind, RunLifecycle};
use crate::{Page, Store, Viewer};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

pub(super) async fn sessions_and_links_are_forgotten_and_tokens_are_not(store: &Store) {
    let ana = person(store, "ana@example.org").await.key;
    let kinds = [CredentialKind::Session, CredentialKind::Link, CredentialKind::Link, CredentialKind::Token];
    let mut keys = Vec::new();
    for (number, kind) in (0_u8..).zip(kinds) {
        let new = NewCredential {
            key: key::<CredentialKey>(),
            kind,
            holder: Holder::Person(ana),
            label: "laptop".to_owned(),
            scopes: Vec::new(),
            invitation: None,
            expires_at: at(if number == 2 { 7200 } else { 3600 }),
        };
        commit!(store, transaction => transaction.add_credential(&new, &Secret::from_random([number; 32])));
        keys.push(new.key);
    }
    commit!(store, transaction => transaction.add_identity_to_confirm(keys[0], "https://un.example", "ana"));
    let told = read(store).await.audit_of(keys[0].uuid()).await.unwrap();
    assert_eq!(told.last().map(|row| row.action.as_str()), Some("credential.await_identity"));
    assert!(told.last().is_some_and(|row| row.after_hash.is_some()), "whose it is stands under the chain");
    let rows = told.len();

    assert_eq!(store.forget_credentials(at(3600), 10).await.unwrap(), 0);
    assert_eq!(store.forget_credentials(at(3601), 1).await.unwrap(), 1, "no more than asked");
    assert_eq!(store.forget_credentials(at(3601), 10).await.unwrap(), 1);
    assert_eq!(store.forget_credentials(at(3601), 10).await.unwrap(), 0);
    let left = read(store).await.credentials_of(Holder::Person(ana), None, &Page::first(10)).await.unwrap();
    let left: Vec<_> = left.iter().map(|row| row.key).collect();
    assert_eq!(left, [keys[3], keys[2]]);
    assert_eq!(read(store).await.identity_to_confirm(keys[0]).await.unwrap(), None);
    assert_eq!(read(store).await.audit_of(keys[0].uuid()).await.unwrap().len(), rows, "the log stays");
    assert_eq!(read(store).await.verify_audit().await.unwrap().findings, []);
}

pub(super) async fn unfinished_journeys_are_forgotten(store: &Store) {
    for number in 0..3 {
        let secret = Secret::from_random([number; 32]);
        store.begin_openid_sign_in(&secret, "un", at(0), at(600 + i64::from(number))).await.unwrap();
    }
    assert_eq!(store.forget_openid_sign_ins(at(601), 1).await.unwrap(), 1);
    assert_eq!(store.forget_openid_sign_ins(at(601), 10).await.unwrap(), 1);
    assert!(store.end_openid_sign_in(&Secret::from_random([2; 32]), "un", at(1)).await.unwrap());
}

pub(super) async fn events_of_old_runs_are_forgotten_and_what_came_of_them_is_not(store: &Store) {
    let world = World::of(store).await;
    let old = run(store, world.coordinator, b"{}").await;
    let held = claim(store, LEASE).await.unwrap();
    for number in 1..=5 {
        store.report_progress(held, &json!({ "best": number })).await.unwrap();
    }
    let now = Timestamp::now();
    assert_eq!(store.forget_run_events(now + HOUR, 10).await.unwrap(), 0, "it has not ended");
    let failure = crate::runs::Failure { code: "out_of_memory".to_owned(), values: json!({}) };
    commit!(store, transaction => transaction.fail_run(held, &failure));
    assert_eq!(store.forget_run_events(now - HOUR, 10).await.unwrap(), 0, "it ended only now");
    assert_eq!(store.forget_run_events(now + HOUR, 3).await.unwrap(), 3);
    let left = read(store).await.run_events(old.key, 0, 10).await.unwrap();
    assert_eq!(left.iter().map(|event| event.number).collect::<Vec<_>>(), [4, 5]);
    // Two events, and the run that is done with.
    assert_eq!(store.forget_run_events(now + HOUR, 10).await.unwrap(), 3);
    assert_eq!(store.forget_run_events(now + HOUR, 10).await.unwrap(), 0);
    assert_eq!(read(store).await.run_events(old.key, 0, 10).await.unwrap(), []);
    let found = read(store).await.run(&Viewer::system(), old.key).await.unwrap();
    assert_eq!((found.lifecycle, found.last_event), (RunLifecycle::Failed, 5));
}

pub(super) async fn what_is_old_and_what_is_overdue_is_found_by_an_index(store: &Store) {
    let olds = [
        crate::idempotency::ANSWERS,
        crate::messages::DELIVERIES,
        crate::messages::MAILS,
        crate::parties::ENDED,
        crate::parties::OPENID_SIGN_INS,
        crate::runs::ENDED,
    ];
    let mut selects: Vec<_> = olds.iter().map(|old| (format!("{old:?}"), old.found(at(0), 500))).collect();
    let overdue = |text: &'static str| (text.to_owned(), Statement::of(text).bind(20_000_i64));
    selects.extend([overdue(crate::register::OVERDUE_REQUESTS), overdue(crate::register::OVERDUE_OFFERS)]);
    selects.push(("prepared".to_owned(), crate::rounds::prepared_before(at(0), 20)));
    let wiped = crate::parties::found_in_sandbox(key(), uuid::Uuid::now_v7());
    selects.extend(wiped.into_iter().map(|(kind, select)| (kind.to_owned(), select)));
    let mut transaction = begin(store).await;
    for (what, select) in selects {
        assert_served(&mut transaction, select, &what).await;
    }
}
