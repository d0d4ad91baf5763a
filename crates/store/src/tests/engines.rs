//! What holds of the engines themselves.

use super::world::{World, begin, key, read, request};
use crate::statement::Statement;
use crate::{Store, StoreError};

pub(super) async fn migrations_may_run_twice(store: &Store) {
    store.migrate().await.unwrap();
    assert!(store.is_current().await.unwrap());
    store.ping().await.unwrap();
}

/// The last line of defence: columns refuse what the types above let nobody write.
pub(super) async fn bad_values_are_refused_by_the_database(store: &Store) {
    let world = World::of(store).await;
    let row = request(store, world.kenya, "R1").await;
    for (text, what) in [
        ("UPDATE requests SET priority = 6 WHERE id = $1", "a priority above 5"),
        ("UPDATE requests SET lifecycle = 'lost' WHERE id = $1", "an unknown state"),
        ("UPDATE requests SET title = NULL WHERE id = $1", "no title"),
        ("UPDATE requests SET lines = '[]', lifecycle = 'endorsed' WHERE id = $1", "an incomplete request endorsed"),
        (
            "UPDATE requests SET lines = '[]', lifecycle = 'circulated' WHERE id = $1",
            "an incomplete request circulated",
        ),
        ("UPDATE components SET committed = quantity + 1 WHERE request = $1", "more committed than asked"),
        ("UPDATE components SET quantity = 0 WHERE request = $1", "nothing asked"),
    ] {
        let mut transaction = begin(store).await;
        let refused = transaction.execute(Statement::of(text).bind(row.key)).await;
        assert!(matches!(refused, Err(StoreError::RuleBroken { .. })), "{what}: {refused:?}");
    }
    let mut transaction = begin(store).await;
    let stray = Statement::of("UPDATE requests SET party = $2 WHERE id = $1").bind(row.key).bind(key::<uuid::Uuid>());
    let refused = match transaction.execute(stray).await {
        Ok(_) => transaction.commit().await,
        Err(error) => Err(error),
    };
    assert!(matches!(refused, Err(StoreError::BrokenReference)), "{refused:?}");
    assert_eq!(read(store).await.request(&crate::Viewer::system(), row.key).await.unwrap(), row);
}

/// A server that was started anew leaves connections in the pool that are good for nothing.
pub(super) async fn connections_that_died_in_the_pool_are_replaced(store: &Store) {
    let world = World::of(store).await;
    if !store.is_shared() {
        return;
    }
    for _ in 0..3 {
        let mut lying = Vec::new();
        for _ in 0..6 {
            lying.push(read(store).await);
        }
        drop(lying);
        // Dropped connections come back to the pool by themselves.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let mut session = read(store).await;
        let end = "SELECT COUNT(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid()";
        assert!(session.number(Statement::of(end), "ended").await.unwrap() >= 5);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        let mut others = Vec::new();
        for _ in 0..6 {
            let mut other = read(store).await;
            assert_eq!(other.party(world.kenya).await.unwrap().code, "KEN");
            others.push(other);
        }
        drop(others);
        request(store, world.kenya, &format!("R-{}", uuid::Uuid::now_v7())).await;
    }
}

/// Whoever waits for a request has less patience than the server would need.
pub(super) async fn a_statement_that_takes_too_long_may_be_tried_again(store: &Store) {
    if !store.is_shared() {
        return;
    }
    let mut session = store.begin_unaudited().await.unwrap();
    session.execute(Statement::of("SET LOCAL statement_timeout = 50")).await.unwrap();
    let late = session.number(Statement::of("SELECT COUNT(pg_sleep(20)) AS slept"), "slept").await;
    assert!(matches!(late, Err(StoreError::Busy)), "{late:?}");
    session.rollback().await.unwrap();
}

pub(super) async fn what_one_engine_cannot_keep_is_refused_by_both(store: &Store) {
    let world = World::of(store).await;
    let row = request(store, world.kenya, "R1").await;
    let update = Statement::of("UPDATE requests SET title = $2 WHERE id = $1").bind(row.key).bind("a\0b");
    let refused = begin(store).await.execute(update).await;
    assert!(matches!(refused, Err(StoreError::NotKept)), "{refused:?}");
    let mut session = read(store).await;
    let refused = session.request_by_reference(&crate::Viewer::system(), "R\0").await;
    assert!(matches!(refused, Err(StoreError::NotKept)), "{refused:?}");
    assert_eq!(session.party_by_code(crate::words::PartyKind::State, "KEN\0").await.unwrap(), None);
}

#[tokio::test]
async fn addresses_that_cannot_keep_the_promises_are_refused() {
    for url in ["mysql://localhost/x", "needmatch.db", "sqlite::memory:", "sqlite://?mode=memory"] {
        let refused = Store::open(url).await;
        assert!(matches!(refused, Err(StoreError::Unusable(_))), "{url}: {refused:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_processes_may_migrate_one_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("needmatch.db").display());
    let mut stores = Vec::new();
    for _ in 0..4 {
        stores.push(Store::open(&url).await.unwrap());
    }
    let tasks: Vec<_> = stores.into_iter().map(|store| tokio::spawn(async move { store.migrate().await })).collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert!(Store::open(&url).await.unwrap().is_current().await.unwrap());
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |migrator: sqlx::migrate::Migrator| {
        migrator.iter().map(|step| (step.version, step.description.clone())).collect::<Vec<_>>()
    };
    let sqlite = names(sqlx::migrate!("../../migrations/sqlite"));
    assert_eq!(sqlite, names(sqlx::migrate!("../../migrations/postgres")));
    assert!(sqlite.windows(2).all(|pair| pair[0].0 < pair[1].0));
}
