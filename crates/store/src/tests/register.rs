//! Requests, components, offers, programmes, channels.

use needmatch_domain::scenario::Visibility;
use serde_json::json;

use super::world::{
    World, at, authenticated, begin, commit, component, key, new_request, offer, offer_content, read, request,
    request_content,
};
use crate::keys::{ChannelKey, ProgrammeKey};
use crate::register::{
    NewChannel, NewProgramme, NewRequest, ProgrammeContent, ProgrammeFilter, RequestContent, RequestFilter,
};
use crate::statement::Statement;
use crate::words::{RequestLifecycle, RoundLifecycle};
use crate::{MAX_COMPONENTS, Move, Page, Store, StoreError, Viewer};

pub(super) async fn a_request_reads_back_as_it_was_written(store: &Store) {
    let world = World::of(store).await;
    let made = request(store, world.kenya, "KEN-1").await;
    let mut session = read(store).await;
    assert_eq!(session.request(&Viewer::system(), made.key).await.unwrap(), made);
    assert_eq!(session.request_by_reference(&Viewer::system(), "KEN-1").await.unwrap(), Some(made.clone()));
    let moved = authenticated(store, &made).await;
    assert_eq!(session.request(&Viewer::system(), made.key).await.unwrap(), moved);
    assert_eq!((moved.lifecycle, moved.content.priority, moved.version), (RequestLifecycle::Authenticated, 1, 2));
    let missing = session.request(&Viewer::system(), key()).await;
    assert!(matches!(missing, Err(StoreError::NotFound { kind: "request", .. })), "{missing:?}");
}

pub(super) async fn a_request_is_read_as_it_stood_at_one_moment(store: &Store) {
    let world = World::of(store).await;
    let made = request(store, world.kenya, "KEN-1").await;
    let (key, least) = (made.key, i64::MAX - 1_000);
    let writing = tokio::spawn({
        let store = store.clone();
        async move {
            for version in 1..=60 {
                // A quantity that no float holds tells of the version.
                let components = [component("KEN-1/2", least + version), component("KEN-1/1", least + version)];
                commit!(&store, transaction => transaction.change_request(key, version, &request_content("KEN-1"), &components));
            }
        }
    });
    let mut looks = 0;
    loop {
        let is_last = writing.is_finished();
        let mut session = read(store).await;
        let one = session.request(&Viewer::system(), key).await.unwrap();
        let mut page = session.requests(&Viewer::system(), &RequestFilter::default(), &Page::first(5)).await.unwrap();
        for seen in [one, page.pop().unwrap()] {
            if seen.version > 1 {
                let components = seen.components.iter().map(|row| (row.reference.as_str(), row.quantity));
                let expected = least + seen.version - 1;
                let components: Vec<_> = components.collect();
                assert_eq!(components, [("KEN-1/2", expected), ("KEN-1/1", expected)], "version {}", seen.version);
            }
        }
        looks += 1;
        if is_last {
            break;
        }
    }
    writing.await.unwrap();
    assert!(looks > 5, "{looks}");
}

pub(super) async fn a_stale_version_is_refused(store: &Store) {
    let world = World::of(store).await;
    let made = request(store, world.kenya, "KEN-1").await;
    let content = RequestContent { title: "Better".to_owned(), ..made.content.clone() };
    let components = [component("KEN-1/1", 4)];
    let changed = commit!(store, transaction => transaction.change_request(made.key, 1, &content, &components));
    assert_eq!((changed.version, changed.content.title.as_str(), changed.components.len()), (2, "Better", 1));
    let stale = begin(store).await.change_request(made.key, 1, &content, &components).await;
    assert!(matches!(stale, Err(StoreError::VersionMismatch { expected: 1, actual: 2, .. })), "{stale:?}");
    let stale =
        begin(store).await.move_request(made.key, 1, Move::by("endorse", RequestLifecycle::Endorsed), None).await;
    assert!(matches!(stale, Err(StoreError::VersionMismatch { .. })), "{stale:?}");
    assert_eq!(read(store).await.request(&Viewer::system(), made.key).await.unwrap(), changed);
}

pub(super) async fn why_a_request_was_sent_back_stands_while_it_is(store: &Store) {
    let world = World::of(store).await;
    let made = request(store, world.kenya, "KEN-1").await;
    let why = Some("no unit cost");
    let submitted = RequestLifecycle::Submitted;
    let moved = commit!(store, transaction => transaction.move_request(made.key, 1, Move::by("submit", submitted).because(Some("in time")), None));
    assert_eq!(moved.returned_for, None);
    let returned = RequestLifecycle::Returned;
    let moved = commit!(store, transaction => transaction.move_request(made.key, 2, Move::by("return", returned).because(why), None));
    assert_eq!(moved.returned_for.as_deref(), why);
    let changed = commit!(store, transaction => transaction.change_request(made.key, 3, &made.content, &[]));
    assert_eq!(changed.returned_for.as_deref(), why, "it is still returned");
    let endorsed = RequestLifecycle::Endorsed;
    let moved =
        commit!(store, transaction => transaction.move_request(made.key, 4, Move::by("endorse", endorsed), None));
    assert_eq!(moved.returned_for, None);
}

pub(super) async fn an_external_id_names_one_row_of_its_owner(store: &Store) {
    let world = World::of(store).await;
    let with_id = |party, reference: &str| {
        let content = RequestContent { external_id: Some("A 7".to_owned()), ..request_content(reference) };
        NewRequest { content, ..new_request(party, reference) }
    };
    let made = commit!(store, transaction => transaction.add_request(&with_id(world.kenya, "KEN-1")));
    commit!(store, transaction => transaction.add_request(&with_id(world.peru, "PER-1")));
    let twin = begin(store).await.add_request(&with_id(world.kenya, "KEN-2")).await;
    assert!(matches!(twin, Err(StoreError::Duplicate { .. })), "{twin:?}");
    // How an owner mirrors its records: look up, then add or change.
    let mut transaction = begin(store).await;
    let found = transaction.request_by_external_id(&Viewer::system(), world.kenya, "A 7").await.unwrap().unwrap();
    assert_eq!(found, made);
    let changed = transaction.change_request(found.key, found.version, &found.content, &[]).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!((changed.key, changed.version), (made.key, 2));
    let missing = read(store).await.request_by_external_id(&Viewer::system(), world.peru, "A 8").await.unwrap();
    assert_eq!(missing, None);
}

pub(super) async fn components_keep_key_and_commitment(store: &Store) {
    let world = World::of(store).await;
    let made = request(store, world.kenya, "KEN-1").await;
    let commit_to = Statement::of("UPDATE components SET committed = 4 WHERE id = $1").bind(made.components[1].key);
    let mut transaction = begin(store).await;
    transaction.execute(commit_to).await.unwrap();
    transaction.commit().await.unwrap();

    let reordered = [component("KEN-1/2", 6), component("KEN-1/3", 1)];
    let changed = commit!(store, transaction => transaction.change_request(made.key, 1, &made.content, &reordered));
    let kept: Vec<_> =
        changed.components.iter().map(|row| (row.reference.as_str(), row.quantity, row.committed)).collect();
    assert_eq!(kept, [("KEN-1/2", 6, Some(4)), ("KEN-1/3", 1, Some(0))]);
    assert_eq!(changed.components[0].key, made.components[1].key);

    for (components, what) in [(vec![component("KEN-1/3", 1)], "taken away"), (vec![component("KEN-1/2", 3)], "shrunk")]
    {
        let refused = begin(store).await.change_request(made.key, 2, &made.content, &components).await;
        assert!(matches!(refused, Err(StoreError::RuleBroken { .. })), "{what}: {refused:?}");
    }
}

pub(super) async fn lines_are_kept_until_they_are_components(store: &Store) {
    let world = World::of(store).await;
    let made = request(store, world.kenya, "KEN-1").await;
    let lines = Some(json!([{ "reference": "KEN-1/1", "note": "Courses" }]));
    let content = RequestContent { lines: lines.clone(), ..made.content.clone() };
    let apart = commit!(store, transaction => transaction.change_request(made.key, 1, &content, &[]));
    assert_eq!((&apart.content.lines, apart.components.len()), (&lines, 0));
    assert_eq!(read(store).await.request(&Viewer::system(), made.key).await.unwrap(), apart);
    let endorse = Move::by("endorse", RequestLifecycle::Endorsed);
    let refused = begin(store).await.move_request(made.key, 2, endorse, None).await;
    assert!(matches!(refused, Err(StoreError::RuleBroken { .. })), "{refused:?}");
    let whole = [component("KEN-1/1", 3)];
    let changed = commit!(store, transaction => transaction.change_request(made.key, 2, &made.content, &whole));
    assert_eq!((changed.content.lines.clone(), changed.components.len()), (None, 1));
    commit!(store, transaction => transaction.move_request(made.key, 3, endorse, None));
}

pub(super) async fn a_reference_of_another_request_is_refused(store: &Store) {
    let world = World::of(store).await;
    let made = request(store, world.kenya, "KEN-1").await;
    let other = request(store, world.peru, "PER-1").await;
    let theft = [component("KEN-1/1", 1)];
    let refused = begin(store).await.change_request(other.key, 1, &other.content, &theft).await;
    assert!(matches!(refused, Err(StoreError::Duplicate { .. })), "{refused:?}");
    assert_eq!(read(store).await.request(&Viewer::system(), made.key).await.unwrap(), made);
}

pub(super) async fn an_offer_reads_back_and_changes_its_areas(store: &Store) {
    let world = World::of(store).await;
    let made = offer(store, world.norway, "NOR-1", Visibility::Public).await;
    let mut content = offer_content("NOR-1", Visibility::Confidential);
    content.areas = Vec::new();
    content.external_id = Some("77".to_owned());
    let changed = commit!(store, transaction => transaction.change_offer(made.key, made.version, &content));
    assert_eq!(changed.content, content);
    let mut session = read(store).await;
    assert_eq!(session.offer(&Viewer::system(), made.key).await.unwrap(), changed);
    let by_id = session.offer_by_external_id(&Viewer::system(), world.norway, "77").await.unwrap();
    assert_eq!(by_id, Some(changed.clone()));
    assert_eq!(session.offer_by_reference(&Viewer::system(), "NOR-1").await.unwrap(), Some(changed));
}

pub(super) async fn programmes_and_channels_read_back(store: &Store) {
    let world = World::of(store).await;
    let content = ProgrammeContent {
        reference: "P1".to_owned(),
        external_id: None,
        title: "Regional marking".to_owned(),
        state: "KEN".to_owned(),
        area: "marking".to_owned(),
        visibility: Visibility::Public,
        body: json!({ "source": "register" }),
    };
    let (made, party) = (key::<ProgrammeKey>(), world.norway);
    let new = NewProgramme { key: made, party, content: content.clone(), is_confirmed: true };
    let programme = commit!(store, transaction => transaction.add_programme(&new));
    let changed = commit!(store, transaction => transaction.change_programme(programme.key, 1, &content, false));
    assert!(programme.confirmed_at.is_some() && changed.confirmed_at.is_none(), "nobody stands by what it says now");
    let changed = commit!(store, transaction => transaction.confirm_programme(programme.key, 2, Some("seen")));
    assert!(changed.confirmed_at.is_some());
    let twice = begin(store).await.confirm_programme(programme.key, 3, None).await;
    assert!(matches!(twice, Err(StoreError::WrongState { .. })), "{twice:?}");
    let mut session = read(store).await;
    let filter =
        ProgrammeFilter { state: Some("KEN".to_owned()), area: Some("marking".to_owned()), ..Default::default() };
    assert_eq!(session.programmes(&Viewer::public(), &filter, &Page::first(10)).await.unwrap(), [changed]);
    let retired = commit!(store, transaction => transaction.retire_programme(programme.key, 3, Some("ended")));
    assert_eq!(session.programmes(&Viewer::public(), &filter, &Page::first(10)).await.unwrap(), []);
    let all = ProgrammeFilter { with_retired: true, ..filter };
    assert_eq!(session.programmes(&Viewer::public(), &all, &Page::first(10)).await.unwrap(), [retired]);
    let changed = begin(store).await.change_programme(programme.key, 4, &content, true).await;
    assert!(matches!(changed, Err(StoreError::WrongState { .. })), "{changed:?}");

    let new = NewChannel {
        key: key::<ChannelKey>(),
        party: world.coordinator,
        code: "UNSCAR".to_owned(),
        name: "Trust facility".to_owned(),
        body: json!({}),
    };
    let channel = commit!(store, transaction => transaction.add_channel(&new));
    let changed =
        commit!(store, transaction => transaction.change_channel(channel.key, 1, "Facility", &json!({ "a": 1 })));
    assert_eq!(session.channels(false, &Page::first(10)).await.unwrap(), std::slice::from_ref(&changed));
    assert_eq!(session.channel(channel.key).await.unwrap(), changed);
    let retired = commit!(store, transaction => transaction.retire_channel(channel.key, 2, None));
    assert_eq!(session.channels(false, &Page::first(10)).await.unwrap(), []);
    assert_eq!(session.channels(true, &Page::first(10)).await.unwrap(), [retired]);
    let again = begin(store).await.retire_channel(channel.key, 3, None).await;
    assert!(matches!(again, Err(StoreError::WrongState { .. })), "{again:?}");
}

pub(super) async fn nothing_lasts_without_commit(store: &Store) {
    let world = World::of(store).await;
    let new = new_request(world.kenya, "KEN-1");
    let mut transaction = begin(store).await;
    transaction.add_request(&new).await.unwrap();
    drop(transaction);
    let mut transaction = begin(store).await;
    transaction.add_request(&new).await.unwrap();
    transaction.rollback().await.unwrap();
    let found = read(store).await.request_by_reference(&Viewer::system(), "KEN-1").await.unwrap();
    assert_eq!(found, None);
    let chain = read(store).await.audit_rows(world.kenya.into(), 0, 10).await.unwrap();
    assert_eq!(chain.len(), 1, "the party's own row alone");
}

pub(super) async fn sizes_are_bounded(store: &Store) {
    let world = World::of(store).await;
    let mut many = new_request(world.kenya, "KEN-1");
    many.components = (0..=MAX_COMPONENTS).map(|number| component(&format!("C{number}"), 1)).collect();
    let mut long = new_request(world.kenya, "KEN-1");
    long.content.title = "x".repeat(1001);
    let mut deep = new_request(world.kenya, "KEN-1");
    deep.content.body = json!({ "text": "x".repeat(300_000) });
    for new in [many, long, deep] {
        let refused = begin(store).await.add_request(&new).await;
        assert!(matches!(refused, Err(StoreError::TooLarge { .. })), "{refused:?}");
    }
    let round = super::world::round(store, world.coordinator).await;
    let early = begin(store)
        .await
        .move_round(round.key, 1, RoundLifecycle::Published, Move::by("decide", RoundLifecycle::Decided))
        .await;
    assert!(matches!(early, Err(StoreError::WrongState { .. })), "{early:?}");
    assert_eq!(round.cut_off_at, at(1000));
}
