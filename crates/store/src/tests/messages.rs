//! Messages after they have ended.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::world::{World, begin, key, read};
use crate::keys::{DeliveryKey, WebhookKey};
use crate::messages::{NewDelivery, NewWebhook, Outcome};
use crate::page::Page;
use crate::words::MessageKind;
use crate::{Store, StoreError};

pub(super) async fn what_became_of_them_is_forgotten_and_what_waits_is_not(store: &Store) {
    let world = World::of(store).await;
    let webhook: WebhookKey = key();
    let deliveries: [DeliveryKey; 3] = [key(), key(), key()];
    let mut transaction = begin(store).await;
    let (party, url) = (world.kenya, "https://kenya.example/hook".to_owned());
    let new = NewWebhook { key: webhook, party, url, kinds: Vec::new(), sealed_secret: vec![1] };
    transaction.add_webhook(&new).await.unwrap();
    for delivery in deliveries {
        let new = NewDelivery { key: delivery, webhook, kind: MessageKind::WebhookTest, body: json!({}) };
        transaction.add_delivery(&new).await.unwrap();
    }
    transaction.commit().await.unwrap();

    let claimed = store.claim_deliveries(2, Duration::from_mins(1)).await.unwrap();
    let failed = Outcome::Failed { status: None, failure: "refused".to_owned(), again: None };
    let outcomes = [Outcome::Delivered { status: 204 }, failed];
    for (message, outcome) in claimed.iter().zip(&outcomes) {
        assert!(store.settle_delivery(message.delivery.key, message.attempt, outcome).await.unwrap());
    }

    let hour = SignedDuration::from_hours(1);
    assert_eq!(store.forget_deliveries(Timestamp::now() - hour, 10).await.unwrap(), 0);
    for _ in 0..2 {
        assert_eq!(store.forget_deliveries(Timestamp::now() + hour, 1).await.unwrap(), 1, "no more than asked");
    }
    assert_eq!(store.forget_deliveries(Timestamp::now() + hour, 10).await.unwrap(), 0);
    assert_eq!(store.forget_mails(Timestamp::now() + hour, 10).await.unwrap(), 0);
    let kept = read(store).await.deliveries(webhook, None, &Page::first(10)).await.unwrap();
    let waiting = deliveries.iter().find(|key| claimed.iter().all(|message| message.delivery.key != **key)).unwrap();
    assert_eq!(kept.iter().map(|delivery| delivery.key).collect::<Vec<_>>(), [*waiting]);
    let gone = read(store).await.delivery(claimed[0].delivery.key).await;
    assert!(matches!(gone, Err(StoreError::NotFound { .. })), "{gone:?}");
}

pub(super) async fn nobody_takes_more_than_asked_and_no_message_is_taken_twice(store: &Store) {
    let world = World::of(store).await;
    let webhook: WebhookKey = key();
    let mut transaction = begin(store).await;
    let (party, url) = (world.kenya, "https://kenya.example/hook".to_owned());
    let new = NewWebhook { key: webhook, party, url, kinds: Vec::new(), sealed_secret: vec![1] };
    transaction.add_webhook(&new).await.unwrap();
    for _ in 0..60 {
        let new = NewDelivery { key: key(), webhook, kind: MessageKind::WebhookTest, body: json!({}) };
        transaction.add_delivery(&new).await.unwrap();
    }
    transaction.commit().await.unwrap();
    let mut taking = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let store = store.clone();
        taking.spawn(async move { store.claim_deliveries(4, Duration::from_mins(1)).await.unwrap() });
    }
    let mut taken = Vec::new();
    while let Some(claimed) = taking.join_next().await {
        let claimed = claimed.unwrap();
        assert!(claimed.len() <= 4, "{}", claimed.len());
        taken.extend(claimed.into_iter().map(|message| message.delivery.key));
    }
    let count = taken.len();
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(taken.len(), count);
    assert!(count >= 4, "{count}");
}
