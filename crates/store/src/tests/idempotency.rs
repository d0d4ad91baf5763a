//! One effect a key.

use uuid::Uuid;

use super::world::{World, at, begin, new_request, read};
use crate::idempotency::{IdempotencyKey, KeptAnswer, Recall};
use crate::{Store, StoreError, Viewer};

pub(super) fn idempotency_key(principal: Uuid, key: &str) -> IdempotencyKey {
    IdempotencyKey {
        principal,
        route: "POST /api/v1/requests".to_owned(),
        key: key.to_owned(),
        body_hash: "a".repeat(64),
    }
}

pub(super) fn answer() -> KeptAnswer {
    KeptAnswer {
        status: 201,
        headers: vec![("Location".to_owned(), "/api/v1/requests/1".to_owned())],
        body: b"{\"title\":\"\xc3\xa9\"}".to_vec(),
    }
}

/// What is known of a key, which is left free: a transaction that is only dropped may hold it a moment longer.
async fn recalled(store: &Store, key: &IdempotencyKey) -> Recall {
    let mut transaction = begin(store).await;
    let recall = transaction.recall(key).await.unwrap();
    transaction.rollback().await.unwrap();
    recall
}

pub(super) async fn an_answer_is_repeated_and_another_body_refused(store: &Store) {
    let world = World::of(store).await;
    let key = idempotency_key(Uuid::now_v7(), "k1");
    // A change that fails leaves the key fresh.
    let mut transaction = begin(store).await;
    assert_eq!(transaction.recall(&key).await.unwrap(), Recall::Fresh);
    transaction.remember(&key, &answer()).await.unwrap();
    transaction.rollback().await.unwrap();

    let mut transaction = begin(store).await;
    assert_eq!(transaction.recall(&key).await.unwrap(), Recall::Fresh);
    transaction.add_request(&new_request(world.kenya, "KEN-1")).await.unwrap();
    transaction.remember(&key, &answer()).await.unwrap();
    transaction.commit().await.unwrap();

    assert_eq!(recalled(store, &key).await, Recall::Replay(answer()));
    let other = IdempotencyKey { body_hash: "b".repeat(64), ..key.clone() };
    assert_eq!(recalled(store, &other).await, Recall::OtherBody);
    assert!(read(store).await.request_by_reference(&Viewer::system(), "KEN-1").await.unwrap().is_some());

    assert_eq!(store.forget_answers(at(0), 10).await.unwrap(), 0);
    assert_eq!(store.forget_answers(at(1), 10).await.unwrap(), 1);
    assert_eq!(recalled(store, &key).await, Recall::Fresh);
}

/// Between taking a key and looking for its answer another transaction may end: what seemed fresh is then found out when
/// its answer is to be kept.
pub(super) async fn a_key_that_was_answered_meanwhile_is_no_lasting_failure(store: &Store) {
    let key = idempotency_key(Uuid::now_v7(), "k1");
    if store.is_shared() {
        let mut late = begin(store).await;
        assert_eq!(late.recall(&key).await.unwrap(), Recall::Fresh);
        let mut other = begin(store).await;
        other.remember(&key, &answer()).await.unwrap();
        other.commit().await.unwrap();
        let refused = late.remember(&key, &answer()).await;
        assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
        late.rollback().await.unwrap();
        assert_eq!(recalled(store, &key).await, Recall::Replay(answer()));
    }
    // While one has the key, another is told so at once.
    let key = idempotency_key(Uuid::now_v7(), "k2");
    let mut holding = begin(store).await;
    assert_eq!(holding.recall(&key).await.unwrap(), Recall::Fresh);
    if store.is_shared() {
        assert_eq!(recalled(store, &key).await, Recall::InFlight);
    }
    holding.rollback().await.unwrap();
    assert_eq!(recalled(store, &key).await, Recall::Fresh);
}

pub(super) async fn keys_are_apart_by_principal_and_route(store: &Store) {
    let key = idempotency_key(Uuid::now_v7(), "k1");
    let mut transaction = begin(store).await;
    transaction.recall(&key).await.unwrap();
    transaction.remember(&key, &answer()).await.unwrap();
    transaction.commit().await.unwrap();
    for other in [
        IdempotencyKey { principal: Uuid::now_v7(), ..key.clone() },
        IdempotencyKey { route: "POST /api/v1/offers".to_owned(), ..key.clone() },
        IdempotencyKey { key: "k2".to_owned(), ..key.clone() },
    ] {
        assert_eq!(recalled(store, &other).await, Recall::Fresh);
    }
    let long = IdempotencyKey { key: "k".repeat(256), ..key };
    assert!(matches!(begin(store).await.recall(&long).await, Err(StoreError::TooLarge { .. })));
}

pub(super) async fn an_answer_that_another_kept_is_asked_for_again(store: &Store) {
    let key = idempotency_key(Uuid::now_v7(), "k1");
    let mut transaction = begin(store).await;
    transaction.remember(&key, &answer()).await.unwrap();
    transaction.commit().await.unwrap();
    let refused = begin(store).await.remember(&key, &answer()).await;
    assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
    assert_eq!(recalled(store, &key).await, Recall::Replay(answer()));
}
