//! The audit log and what finds a change to it.

use super::world::{World, at, authenticated, begin, commit, key, origin, person, read, request};
use crate::audit::{AuditFilter, Chain, Checkpoint, Entry, Finding, Origin};
use crate::engine::EngineKind;
use crate::keys::{CheckpointKey, PartyKey};
use crate::register::Request;
use crate::statement::Statement;
use crate::words::{MembershipStatus, RequestLifecycle, Role};
use crate::{MAX_REASON, Move, Store, StoreError};

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

pub(super) async fn a_long_transaction_is_linked_row_by_row(store: &Store) {
    let world = World::of(store).await;
    let mut transaction = begin(store).await;
    for _ in 0..4_000 {
        let entry = Entry::of(world.kenya, "request.create", "request", key::<uuid::Uuid>()).reason(Some("imported"));
        transaction.note(entry.step("create", None, RequestLifecycle::Draft));
    }
    transaction.commit().await.unwrap();
    let verdict = read(store).await.verify_audit().await.unwrap();
    assert_eq!((verdict.findings, verdict.rows), (vec![], 6 + 4_000));
    let rows = read(store).await.audit_rows(world.kenya.into(), 4_000, 10).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [4_001]);
}

pub(super) async fn an_edited_row_is_found(store: &Store) {
    let kenya = three_rows(store).await;
    let edit = "UPDATE audit_rows SET reason = 'confirmed.' WHERE chain = $1 AND number = 3";
    tamper(store, vec![Statement::of(edit).bind(kenya)]).await;
    assert_eq!(findings(store).await, [Finding::Edited { chain: kenya.uuid(), number: 3 }]);
}

pub(super) async fn every_step_says_where_it_led(store: &Store) {
    let kenya = three_rows(store).await;
    let ana = person(store, "ana@example.org").await.key;
    let (member, manager) = (Role::Member, Role::Manager);
    for (role, status) in [
        (member, MembershipStatus::Invited),
        (member, MembershipStatus::Active),
        (manager, MembershipStatus::Active),
        (manager, MembershipStatus::Suspended),
        (manager, MembershipStatus::Active),
    ] {
        commit!(store, transaction => transaction.set_membership(kenya, ana, role, status, Some("as agreed")));
    }
    let rows = read(store).await.audit_rows(kenya.into(), 0, 20).await.unwrap();
    let steps: Vec<_> =
        rows.iter().map(|row| (row.step.as_deref(), row.state_from.as_deref(), row.state_to.as_deref())).collect();
    assert_eq!(
        steps,
        [
            (None, None, None),
            (Some("create"), None, Some("draft")),
            (Some("authenticate"), Some("draft"), Some("authenticated")),
            (Some("invite"), None, Some("invited")),
            (Some("accept"), Some("invited"), Some("active")),
            (None, None, None),
            (Some("suspend"), Some("active"), Some("suspended")),
            (Some("restore"), Some("suspended"), Some("active")),
        ]
    );
    assert_eq!(findings(store).await, []);
}

pub(super) async fn a_row_without_a_step_hashes_as_before_there_were_any(store: &Store) {
    let kenya = three_rows(store).await;
    let row = read(store).await.audit_rows(kenya.into(), 0, 1).await.unwrap().remove(0);
    let said = serde_json::json!({
        "chain": row.chain, "number": row.number, "at": row.at.as_microsecond(), "person": row.person,
        "credential": row.credential, "origin": row.origin, "request_id": row.request_id, "action": row.action,
        "subject_kind": row.subject_kind, "subject": row.subject, "before_hash": row.before_hash,
        "after_hash": row.after_hash, "reason": row.reason, "previous_hash": row.previous_hash,
    });
    assert_eq!(needmatch_domain::canonical::digest(&said).unwrap(), row.hash);
}

pub(super) async fn an_edited_step_is_found(store: &Store) {
    let kenya = three_rows(store).await;
    for edit in [
        "UPDATE audit_rows SET step = 'return' WHERE chain = $1 AND number = 3",
        "UPDATE audit_rows SET step = 'authenticate', state_from = 'submitted' WHERE chain = $1 AND number = 3",
        "UPDATE audit_rows SET state_from = 'draft', state_to = 'returned' WHERE chain = $1 AND number = 3",
        "UPDATE audit_rows SET step = NULL, state_from = NULL, state_to = NULL WHERE chain = $1 AND number = 3",
    ] {
        let mut session = store.begin_unaudited().await.unwrap();
        if session.engine() == EngineKind::Sqlite {
            session.execute(Statement::of("DROP TRIGGER IF EXISTS audit_rows_update")).await.unwrap();
        } else {
            session.execute(Statement::of("ALTER TABLE audit_rows DISABLE TRIGGER ALL")).await.unwrap();
        }
        assert_eq!(session.execute(Statement::of(edit).bind(kenya)).await.unwrap(), 1);
        session.commit().await.unwrap();
        assert_eq!(findings(store).await, [Finding::Edited { chain: kenya.uuid(), number: 3 }], "{edit}");
    }
}

/// Moves a request at a moment of its own.
async fn moved_at(store: &Store, seconds: i64, request: &Request, step: &'static str, to: RequestLifecycle) -> Request {
    let mut transaction = store.begin(Origin { at: at(seconds), ..origin() }).await.unwrap();
    let moved = transaction.move_request(request.key, request.version, Move::by(step, to), None).await.unwrap();
    transaction.commit().await.unwrap();
    moved
}

pub(super) async fn rows_are_found_by_subject_action_and_time(store: &Store) {
    let world = World::of(store).await;
    let (first, second) = (request(store, world.kenya, "KEN-1").await, request(store, world.kenya, "KEN-2").await);
    // The clock of another server is behind: rows come by time, not in the order of the chain.
    let first = moved_at(store, 30, &first, "endorse", RequestLifecycle::Endorsed).await;
    moved_at(store, 20, &second, "endorse", RequestLifecycle::Endorsed).await;
    moved_at(store, 40, &first, "submit", RequestLifecycle::Submitted).await;
    let found = async |filter: AuditFilter, after: Option<i64>, count: u32| -> Vec<i64> {
        let rows = read(store).await.audit_found(world.kenya.into(), &filter, after, count).await.unwrap();
        rows.iter().map(|row| row.number).collect()
    };
    let about = AuditFilter { subject: Some(first.key.uuid()), ..AuditFilter::default() };
    assert_eq!(found(about.clone(), None, 10).await, [2, 4, 6]);
    let kind = |kind: &str| AuditFilter { subject_kind: Some(kind.to_owned()), ..about.clone() };
    assert_eq!((found(kind("request"), None, 10).await.len(), found(kind("offer"), None, 10).await.len()), (3, 0));
    let moves = AuditFilter { action: Some("request.move".to_owned()), ..AuditFilter::default() };
    assert_eq!(found(moves.clone(), None, 10).await, [5, 4, 6]);
    // Page by page neither twice nor left out.
    assert_eq!((found(moves.clone(), None, 1).await, found(moves.clone(), Some(5), 1).await), (vec![5], vec![4]));
    assert_eq!((found(moves.clone(), Some(4), 5).await, found(moves.clone(), Some(99), 5).await), (vec![6], vec![]));
    let between = AuditFilter { since: Some(at(20)), before: Some(at(40)), ..AuditFilter::default() };
    assert_eq!(found(between, None, 10).await, [5, 4]);
    let of_another = read(store).await.audit_found(world.peru.into(), &about, None, 10).await.unwrap();
    assert_eq!(of_another, [], "nobody reads in one chain what stands in another");
}

pub(super) async fn a_reason_is_bounded(store: &Store) {
    let world = World::of(store).await;
    let made = super::world::offer(store, world.norway, "NOR-1", needmatch_domain::scenario::Visibility::Public).await;
    let long = "x".repeat(MAX_REASON + 1);
    let mut transaction = begin(store).await;
    let withdraw = Move::by("withdraw", crate::words::OfferLifecycle::Withdrawn).because(Some(&long));
    transaction.move_offer(made.key, made.version, withdraw).await.unwrap();
    let refused = transaction.commit().await;
    assert!(matches!(refused, Err(StoreError::TooLarge { .. })), "{refused:?}");
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
    let listed = read(store).await.last_signed(10).await.unwrap();
    let digest = needmatch_domain::canonical::digest(&checkpoint.heads).unwrap();
    assert_eq!((listed.len(), &listed[0].heads_sha256), (1, &digest), "what is signed, without reading the heads");
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
