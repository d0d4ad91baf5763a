//! The audit log and what finds a change to it.

use super::world::{World, at, authenticated, begin, commit, key, read, request};
use crate::audit::{Chain, Checkpoint, Finding};
use crate::engine::EngineKind;
use crate::keys::{CheckpointKey, PartyKey};
use crate::statement::Statement;
use crate::{Store, StoreError};

/// Two rows about a request beside the party's own.
async fn three_rows(store: &Store) -> PartyKey {
    let world = World::of(store).await;
    let made = request(store, world.kenya, "KEN-1").await;
    authenticated(store, &made).await;
    let verdict = read(store).await.verify_audit().await.unwrap();
    assert_eq!((verdict.findings, verdict.chains, verdict.rows), (vec![], 6, 8));
    world.kenya
}

/// As somebody with the database in hand would.
async fn tamper(store: &Store, statements: Vec<Statement>) {
    let mut session = store.begin_unaudited().await.unwrap();
    let unlock: &[&'static str] = match session.engine() {
        EngineKind::Sqlite => &["DROP TRIGGER audit_rows_update", "DROP TRIGGER audit_rows_delete"],
        EngineKind::Postgres => &["ALTER TABLE audit_rows DISABLE TRIGGER ALL"],
    };
    for text in unlock {
        session.execute(Statement::of(text)).await.unwrap();
    }
    for statement in statements {
        assert_eq!(session.execute(statement).await.unwrap(), 1);
    }
    session.commit().await.unwrap();
}

async fn findings(store: &Store) -> Vec<Finding> {
    read(store).await.verify_audit().await.unwrap().findings
}

pub(super) async fn every_change_leaves_a_row_in_its_chain(store: &Store) {
    let kenya = three_rows(store).await;
    let rows = read(store).await.audit_rows(kenya.into(), 0, 10).await.unwrap();
    let actions: Vec<_> = rows.iter().map(|row| (row.number, row.action.as_str())).collect();
    assert_eq!(actions, [(1, "party.create"), (2, "request.create"), (3, "request.move")]);
    assert_eq!(rows[2].reason.as_deref(), Some("confirmed"));
    assert_eq!(rows[2].before_hash, rows[1].after_hash, "what was is what the row before left");
    assert_eq!(rows[2].previous_hash, rows[1].hash);
    assert_eq!((rows[2].at, rows[2].origin.as_str(), rows[2].request_id.as_str()), (at(0), "api", "test"));
    let page = read(store).await.audit_rows(kenya.into(), 1, 1).await.unwrap();
    assert_eq!(page, [rows[1].clone()]);
    assert!(read(store).await.audit_rows(Chain::INSTALLATION, 0, 10).await.unwrap().is_empty());
}

pub(super) async fn an_edited_row_is_found(store: &Store) {
    let kenya = three_rows(store).await;
    let edit = "UPDATE audit_rows SET reason = 'confirmed.' WHERE chain = $1 AND number = 3";
    tamper(store, vec![Statement::of(edit).bind(kenya)]).await;
    assert_eq!(findings(store).await, [Finding::Edited { chain: kenya.uuid(), number: 3 }]);
}

pub(super) async fn a_missing_row_is_found(store: &Store) {
    let kenya = three_rows(store).await;
    tamper(store, vec![Statement::of("DELETE FROM audit_rows WHERE chain = $1 AND number = 2").bind(kenya)]).await;
    assert_eq!(findings(store).await, [Finding::Unlinked { chain: kenya.uuid(), number: 3 }]);
    let delete = Statement::of("DELETE FROM audit_rows WHERE chain = $1 AND number = 3").bind(kenya);
    let mut session = store.begin_unaudited().await.unwrap();
    session.execute(delete).await.unwrap();
    session.commit().await.unwrap();
    assert_eq!(findings(store).await, [Finding::HeadMismatch { chain: kenya.uuid(), head: 3, last: 1 }]);
}

pub(super) async fn a_chain_cut_together_with_its_head_is_found_by_a_checkpoint(store: &Store) {
    let kenya = three_rows(store).await;
    let heads = read(store).await.audit_heads().await.unwrap();
    let checkpoint = Checkpoint {
        key: key::<CheckpointKey>(),
        at: at(9),
        heads,
        signature: "00".to_owned(),
        public_key: "00".to_owned(),
    };
    commit!(store, transaction => transaction.keep_checkpoint(&checkpoint));
    assert_eq!(findings(store).await, []);
    assert_eq!(read(store).await.checkpoints().await.unwrap(), std::slice::from_ref(&checkpoint));
    let head = "UPDATE audit_heads SET number = 2, hash = (SELECT hash FROM audit_rows WHERE chain = $1 AND number = 2) \
                WHERE chain = $1";
    tamper(
        store,
        vec![
            Statement::of(head).bind(kenya),
            Statement::of("DELETE FROM audit_rows WHERE chain = $1 AND number = 3").bind(kenya),
        ],
    )
    .await;
    let missing = Finding::CheckpointMismatch { chain: kenya.uuid(), number: 3, checkpoint: checkpoint.key.uuid() };
    assert_eq!(findings(store).await, [missing]);
}

pub(super) async fn rows_cannot_be_changed_through_the_program(store: &Store) {
    let kenya = three_rows(store).await;
    for text in ["UPDATE audit_rows SET reason = 'x' WHERE chain = $1", "DELETE FROM audit_rows WHERE chain = $1"] {
        let refused = begin(store).await.execute(Statement::of(text).bind(kenya)).await;
        assert!(matches!(refused, Err(StoreError::RuleBroken { .. })), "{text}: {refused:?}");
    }
}
