//! What states share by a package, and what they do not.

use serde_json::json;

use super::visibility::{names, seen_requests};
use super::world::{World, begin, commit, key, new_request, party, read};
use crate::audit::AuditFilter;
use crate::keys::{PackageKey, PartyKey, RequestKey};
use crate::register::{NewPackage, Package, PackageFilter, RequestFilter};
use crate::words::{Circulation, PackageLifecycle, PackageStatus, PartyKind, RequestLifecycle};
use crate::{Move, Page, Store, StoreError, Viewer};

async fn opened(store: &Store, opener: PartyKey, code: &str, others: &[PartyKey]) -> Package {
    let others = others.iter().map(|party| (*party, PackageStatus::Invited)).collect();
    let new = NewPackage {
        key: key::<PackageKey>(),
        party: opener,
        code: code.to_owned(),
        title: format!("Package {code}"),
        body: json!({}),
        others,
    };
    commit!(store, transaction => transaction.add_package(&new))
}

async fn moved(store: &Store, package: &Package, party: PartyKey, step: &'static str, to: PackageStatus) -> Package {
    let taken = Move::by(step, to).because(Some("as agreed"));
    commit!(store, transaction => transaction.move_package_member(package.key, package.version, party, taken))
}

/// A private request that names a package, where it stands.
async fn joint(
    store: &Store,
    party: PartyKey,
    reference: &str,
    package: &str,
    lifecycle: RequestLifecycle,
) -> RequestKey {
    let mut new = new_request(party, reference);
    new.content.package = Some(package.to_owned());
    new.content.body["package"] = package.into();
    let row = commit!(store, transaction => transaction.add_request(&new));
    if lifecycle != RequestLifecycle::Draft {
        let taken = Move::by("endorse", lifecycle);
        commit!(store, transaction => transaction.move_request(row.key, row.version, taken, None));
    }
    row.key
}

pub(super) async fn states_that_joined_see_each_others_requests_and_nobody_else_does(store: &Store) {
    use RequestLifecycle::{Draft, Endorsed, Expired, Met, Returned, Submitted, Withdrawn};
    let world = World::of(store).await;
    let chad = party(store, PartyKind::State, "TCD").await;
    let chad_sees = Viewer::of([(chad, PartyKind::State)]);
    let [(_, kenya), (_, peru), ..] = world.viewers();
    let package = opened(store, world.kenya, "road", &[world.peru]).await;
    opened(store, world.kenya, "sea", &[]).await;
    joint(store, world.kenya, "draft", "road", Draft).await;
    joint(store, world.kenya, "endorsed", "road", Endorsed).await;
    joint(store, world.kenya, "returned", "road", Returned).await;
    // A draft that ended was never shared, and what asks no more is its state's own again.
    for (reference, ended) in [("withdrawn", Withdrawn), ("expired", Expired), ("met", Met)] {
        joint(store, world.kenya, reference, "road", ended).await;
    }
    joint(store, world.kenya, "other", "sea", Submitted).await;
    let own = names(&["draft", "endorsed", "returned", "withdrawn", "expired", "met", "other"]);

    assert_eq!(seen_requests(store, &peru).await, names(&[]), "invited");
    let joined = moved(store, &package, world.peru, "join", PackageStatus::Joined).await;
    let theirs = joint(store, world.peru, "theirs", "road", Submitted).await;
    joint(store, world.peru, "unfinished", "road", Draft).await;
    // Named without consent: it binds nobody and shows nothing.
    joint(store, chad, "strange", "road", Submitted).await;
    assert_eq!(seen_requests(store, &peru).await, names(&["endorsed", "theirs", "unfinished"]));
    let mut all = own.clone();
    all.insert("theirs".to_owned());
    assert_eq!(seen_requests(store, &kenya).await, all);
    assert_eq!(seen_requests(store, &chad_sees).await, names(&["strange"]));
    for (who, viewer) in world.viewers().into_iter().filter(|(who, _)| !["kenya", "peru"].contains(who)) {
        let expected = if who == "coordinator" { 10 } else { 0 };
        assert_eq!(seen_requests(store, &viewer).await.len(), expected, "{who}");
    }
    let open = read(store).await.open_packages(&["road".to_owned(), "nowhere".to_owned()]).await.unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(open["road"].joined, names(&["KEN", "PER"]));

    // Whoever left sees nothing and shows nothing, though its request still names the package.
    let left = moved(store, &joined, world.peru, "leave", PackageStatus::Left).await;
    assert_eq!(seen_requests(store, &peru).await, names(&["theirs", "unfinished"]));
    assert_eq!(seen_requests(store, &kenya).await, own);
    assert!(read(store).await.package(&peru, package.key).await.is_err());
    let released = commit!(store, transaction => transaction.release_request(theirs, "leave", None));
    assert_eq!((released.content.package, &released.content.body["package"]), (None, &json!(null)));

    commit!(store, transaction => transaction.withdraw_package(package.key, left.version, "withdraw", None));
    assert_eq!(read(store).await.open_packages(&["road".to_owned()]).await.unwrap().len(), 0);
}

pub(super) async fn a_package_shows_what_is_asked_for_and_no_more(store: &Store) {
    use RequestLifecycle::{Circulated, InRound, Met, PartlyMet, Submitted};
    let world = World::of(store).await;
    let [(_, kenya), (_, peru), (_, norway), ..] = world.viewers();
    let package = opened(store, world.kenya, "road", &[world.peru]).await;
    moved(store, &package, world.peru, "join", PackageStatus::Joined).await;
    let all = [("submitted", Submitted), ("circulated", Circulated), ("held", InRound), ("promised", PartlyMet)];
    for (reference, lifecycle) in all {
        let mut new = new_request(world.kenya, reference);
        new.content.package = Some("road".to_owned());
        new.content.body =
            json!({ "evidence": "note", "report": { "year": 2026 }, "source": "plan", "package": "road" });
        let row = commit!(store, transaction => transaction.add_request(&new));
        commit!(store, transaction => transaction.move_request(row.key, 1, Move::by("step", lifecycle), None));
    }
    let found = async |viewer: &Viewer, lifecycles: &[RequestLifecycle]| {
        let filter = RequestFilter { lifecycles: lifecycles.to_vec(), ..RequestFilter::default() };
        let listed = read(store).await.requests(viewer, &filter, &Page::first(10)).await.unwrap();
        listed.iter().map(|row| row.content.reference.clone()).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(seen_requests(store, &peru).await, seen_requests(store, &kenya).await);
    for row in read(store).await.requests(&peru, &RequestFilter::default(), &Page::first(10)).await.unwrap() {
        let told = if row.content.reference == "submitted" { Submitted } else { Circulated };
        assert_eq!(row.lifecycle, told, "{}", row.content.reference);
        assert_eq!(row.content.body, json!({ "source": "plan", "package": "road" }));
        assert!(row.components.iter().all(|component| component.committed.is_none()));
        assert_eq!(read(store).await.request(&peru, row.key).await.unwrap(), row);
        let whole = read(store).await.request(&kenya, row.key).await.unwrap();
        assert_eq!(whole.content.body["evidence"], "note");
    }
    // What is not told cannot be asked for either.
    assert_eq!(found(&peru, &[Circulated]).await, names(&["circulated", "held", "promised"]));
    assert_eq!(found(&peru, &[InRound, PartlyMet, Met]).await, names(&[]));
    assert_eq!(found(&kenya, &[InRound, PartlyMet, Met]).await, names(&["held", "promised"]));

    // Circulation shows the partner what it shows everybody.
    let promised = read(store).await.request_by_reference(&kenya, "promised").await.unwrap().unwrap();
    let public = commit!(store, transaction => transaction.circulate_request(promised.key, promised.version, "circulate", Circulation::Public, &[], None));
    for viewer in [&peru, &norway] {
        let row = read(store).await.request(viewer, public.key).await.unwrap();
        assert_eq!((row.lifecycle, &row.content.body["evidence"]), (PartlyMet, &json!("note")));
    }
    assert_eq!(found(&peru, &[Circulated]).await, names(&["circulated", "held"]));
    assert_eq!(found(&peru, &[PartlyMet]).await, names(&["promised"]));
}

pub(super) async fn a_package_is_known_to_its_states_and_each_step_is_in_the_logs_of_both(store: &Store) {
    let world = World::of(store).await;
    let package = opened(store, world.kenya, "road", &[world.peru]).await;
    let who_sees = async || {
        let mut seen = Vec::new();
        for (who, viewer) in world.viewers() {
            let mut session = read(store).await;
            let listed = session.packages(&viewer, &PackageFilter::default(), &Page::first(10)).await.unwrap();
            let found = session.package(&viewer, package.key).await;
            assert_eq!(found.is_ok(), !listed.is_empty(), "{who}");
            if !listed.is_empty() {
                seen.push(who);
            }
        }
        seen
    };
    assert_eq!(who_sees().await, ["kenya", "peru", "coordinator"]);
    let again = NewPackage {
        key: key::<PackageKey>(),
        party: world.peru,
        code: "road".to_owned(),
        title: "Mine".to_owned(),
        body: json!({}),
        others: Vec::new(),
    };
    let taken = begin(store).await.add_package(&again).await;
    assert!(matches!(taken, Err(StoreError::Duplicate { .. })), "{taken:?}");
    let declined = moved(store, &package, world.peru, "decline", PackageStatus::Declined).await;
    assert_eq!(declined.member(world.peru).unwrap().reason.as_deref(), Some("as agreed"));
    assert_eq!(who_sees().await, ["kenya", "coordinator"]);
    let stale = begin(store).await.invite_to_package(package.key, 1, &[world.peru], None).await;
    assert!(matches!(stale, Err(StoreError::VersionMismatch { .. })), "{stale:?}");
    let invited =
        commit!(store, transaction => transaction.invite_to_package(package.key, 2, &[world.peru], Some("again")));
    assert_eq!(invited.member(world.peru).unwrap().reason, None);
    assert_eq!(who_sees().await, ["kenya", "peru", "coordinator"]);
    let ended = commit!(store, transaction => transaction.withdraw_package(package.key, 3, "withdraw", Some("over")));
    assert_eq!(ended.lifecycle, PackageLifecycle::Withdrawn);
    assert!(ended.members.iter().all(|member| member.status == PackageStatus::Ended), "{ended:?}");
    assert_eq!(who_sees().await, ["kenya", "peru", "coordinator"], "withdrawn, and they may know");

    let filter = AuditFilter { subject: Some(package.key.uuid()), ..AuditFilter::default() };
    let mut steps = Vec::new();
    for chain in [world.kenya, world.peru] {
        let rows = read(store).await.audit_found(chain.into(), &filter, None, 100).await.unwrap();
        let told = |row: &crate::audit::AuditRow| {
            (row.step.clone().unwrap_or_default(), row.state_from.clone(), row.state_to.clone().unwrap_or_default())
        };
        steps.push(rows.iter().map(told).collect::<Vec<_>>());
    }
    let step = |name: &str, from: Option<&str>, to: &str| (name.to_owned(), from.map(ToOwned::to_owned), to.to_owned());
    assert_eq!(
        steps[0],
        [
            step("open", None, "open"),
            step("decline", Some("invited"), "declined"),
            step("invite", Some("open"), "open"),
            step("withdraw", Some("open"), "withdrawn"),
        ]
    );
    assert_eq!(
        steps[1],
        [
            step("invite", None, "invited"),
            step("decline", Some("invited"), "declined"),
            step("invite", Some("declined"), "invited"),
            step("withdraw", Some("invited"), "ended"),
        ]
    );
}
