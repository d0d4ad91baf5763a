//! Parties, people, memberships, credentials.

use serde_json::json;

use super::world::{at, begin, commit, key, party, person, read};
use crate::keys::CredentialKey;
use crate::parties::{ByInvitation, Holder, NewCredential, NewIdentity, NewParty, PartyFilter, Secret};
use crate::words::{CredentialKind, MembershipStatus, PartyKind, Role};
use crate::{Cursor, Page, Store, StoreError, Viewer};

fn credential(kind: CredentialKind, holder: Holder) -> NewCredential {
    NewCredential {
        key: key::<CredentialKey>(),
        kind,
        holder,
        label: "laptop".to_owned(),
        scopes: vec!["offers:write".to_owned()],
        invitation: None,
        expires_at: at(3600),
    }
}

pub(super) async fn a_code_is_unique_within_its_kind(store: &Store) {
    let norway = party(store, PartyKind::Provider, "NOR").await;
    party(store, PartyKind::State, "NOR").await;
    let twin = NewParty {
        key: key(),
        kind: PartyKind::Provider,
        code: "NOR".to_owned(),
        name: "Norway".to_owned(),
        body: json!({}),
        is_sandbox: false,
    };
    let refused = begin(store).await.add_party(&twin).await;
    assert!(matches!(refused, Err(StoreError::Duplicate { .. })), "{refused:?}");

    let mut session = read(store).await;
    assert_eq!(session.party_by_code(PartyKind::Provider, "NOR").await.unwrap().unwrap().key, norway);
    assert_eq!(session.party_by_code(PartyKind::Provider, "SWE").await.unwrap(), None);
    let provided = PartyFilter { kind: Some(PartyKind::Provider), text: None };
    assert_eq!(session.parties(&Viewer::public(), &provided, &Page::first(10)).await.unwrap().len(), 1);
    let renamed =
        commit!(store, transaction => transaction.change_party(norway, 1, "Kongeriket Norge", &json!({"a": 1})));
    assert_eq!(session.party(norway).await.unwrap(), renamed);
    for (text, found) in [("nor", 2), ("NORGE", 1), ("norge kong", 1), ("swe", 0), ("?!", 2)] {
        let named = PartyFilter { kind: None, text: Some(text.to_owned()) };
        assert_eq!(session.parties(&Viewer::public(), &named, &Page::first(10)).await.unwrap().len(), found, "{text}");
    }
}

pub(super) async fn addresses_are_one_in_any_case(store: &Store) {
    let ana = person(store, "Ana@Example.org").await;
    let mut session = read(store).await;
    assert_eq!(session.person_by_email("ANA@example.ORG").await.unwrap(), Some(ana.clone()));
    let twin = crate::parties::NewPerson {
        key: key(),
        email: "aNA@example.org".to_owned(),
        name: "Other".to_owned(),
        language: "en".to_owned(),
        password_hash: None,
    };
    let refused = begin(store).await.add_person(&twin).await;
    assert!(matches!(refused, Err(StoreError::Duplicate { .. })), "{refused:?}");

    let changed = crate::parties::Person { password_hash: Some("$argon2id$…".to_owned()), ..ana.clone() };
    let changed = commit!(store, transaction => transaction.change_person(&changed, "person.change_password"));
    assert_eq!(session.person(ana.key).await.unwrap(), changed);
    let stale = begin(store).await.change_person(&ana, "person.change").await;
    assert!(matches!(stale, Err(StoreError::VersionMismatch { expected: 1, actual: 2, .. })), "{stale:?}");
}

pub(super) async fn a_membership_is_made_and_changed(store: &Store) {
    let kenya = party(store, PartyKind::State, "KEN").await;
    let ana = person(store, "ana@example.org").await.key;
    commit!(store, transaction => transaction.set_membership(kenya, ana, Role::Member, MembershipStatus::Invited, None));
    let active = MembershipStatus::Active;
    let held =
        commit!(store, transaction => transaction.set_membership(kenya, ana, Role::Manager, active, Some("head")));
    let mut session = read(store).await;
    assert_eq!(session.membership(kenya, ana).await.unwrap(), Some(held.clone()));
    assert_eq!(session.members_of(kenya, None).await.unwrap(), std::slice::from_ref(&held));
    let of_ana = session.memberships_of(ana).await.unwrap();
    assert_eq!((of_ana.len(), of_ana[0].kind, of_ana[0].code.as_str()), (1, PartyKind::State, "KEN"));
    assert_eq!(session.members_of(kenya, Some(MembershipStatus::Suspended)).await.unwrap(), []);
    let suspended = MembershipStatus::Suspended;
    let old = begin(store).await.change_membership((kenya, ana), 1, Role::Manager, suspended, None).await;
    assert!(matches!(old, Err(StoreError::VersionMismatch { expected: 1, actual: 2, .. })), "{old:?}");
    let nobody = begin(store).await.change_membership((kenya, key()), 1, Role::Manager, suspended, None).await;
    assert!(matches!(nobody, Err(StoreError::NotFound { .. })), "{nobody:?}");
    let changed = commit!(store, transaction =>
        transaction.change_membership((kenya, ana), 2, Role::Manager, suspended, Some("on leave")));
    assert_eq!((changed.version, changed.status), (3, suspended));
    assert_eq!(changed.accepted_at, held.accepted_at, "what was accepted once stays so");
    assert!(held.accepted_at.is_some());
    let stray = begin(store).await.set_membership(key(), ana, Role::Member, active, None).await;
    assert!(matches!(stray, Err(StoreError::BrokenReference)), "{stray:?}");
}

pub(super) async fn a_token_is_found_by_its_secret_until_revoked(store: &Store) {
    let norway = party(store, PartyKind::Provider, "NOR").await;
    let secret = Secret::from_random([1; 32]);
    let new = credential(CredentialKind::Token, Holder::Party(norway));
    let made = commit!(store, transaction => transaction.add_credential(&new, &secret));
    let mut session = read(store).await;
    let found = session.credential_by_secret(&secret).await.unwrap().unwrap();
    assert_eq!(found, made);
    assert!(found.is_valid(at(0)) && !found.is_valid(at(3600)));
    assert_eq!(session.credential_by_secret(&Secret::from_random([2; 32])).await.unwrap(), None);

    assert!(found.is_use_due(at(100)));
    store.note_use(made.key, at(100)).await.unwrap();
    let used = session.credential(made.key).await.unwrap();
    assert_eq!((used.used_at, used.version()), (Some(at(100)), 1), "use is no change");
    assert!(!used.is_use_due(at(159)) && used.is_use_due(at(160)));
    store.note_use(made.key, at(130)).await.unwrap();
    assert_eq!(session.credential(made.key).await.unwrap().used_at, Some(at(100)), "to the minute only");
    store.note_use(made.key, at(160)).await.unwrap();
    store.note_use(made.key, at(50)).await.unwrap();
    assert_eq!(session.credential(made.key).await.unwrap().used_at, Some(at(160)), "and never back");

    assert!(commit!(store, transaction => transaction.revoke_credential(made.key, Some("lost"))));
    let revoked = session.credential_by_secret(&secret).await.unwrap().unwrap();
    assert!(!revoked.is_valid(at(0)) && revoked.version() == 2);
    let in_force = session.credentials_of(Holder::Party(norway), Some(at(0)), &Page::first(10)).await;
    assert_eq!(in_force.unwrap(), []);
    assert!(!commit!(store, transaction => transaction.revoke_credential(made.key, None)), "revoked only once");
}

pub(super) async fn who_shows_a_secret_is_told_with_their_parties(store: &Store) {
    let kenya = party(store, PartyKind::State, "KEN").await;
    let norway = party(store, PartyKind::Provider, "NOR").await;
    let tried = NewParty {
        key: key(),
        kind: PartyKind::State,
        code: "sandbox-ken".to_owned(),
        name: "Tried".to_owned(),
        body: json!({}),
        is_sandbox: true,
    };
    let tried = commit!(store, transaction => transaction.add_party(&tried)).key;
    let ana = person(store, "ana@example.org").await;
    let secrets = [5, 6].map(|byte| Secret::from_random([byte; 32]));
    let of_ana = credential(CredentialKind::Session, Holder::Person(ana.key));
    let of_service = credential(CredentialKind::Token, Holder::Party(tried));
    let made = commit!(store, transaction => transaction.add_credential(&of_ana, &secrets[0]));
    commit!(store, transaction => transaction.add_credential(&of_service, &secrets[1]));
    let mut session = read(store).await;
    let alone = session.bearer_of(&secrets[0]).await.unwrap().unwrap();
    assert_eq!((&alone.credential, alone.is_disabled, alone.parties.len()), (&made, false, 0), "no party yet");

    let (member, manager) = (Role::Member, Role::Manager);
    let (active, suspended) = (MembershipStatus::Active, MembershipStatus::Suspended);
    commit!(store, transaction => transaction.set_membership(norway, ana.key, manager, suspended, None));
    commit!(store, transaction => transaction.set_membership(kenya, ana.key, member, active, None));
    let bearer = session.bearer_of(&secrets[0]).await.unwrap().unwrap();
    let held: Vec<_> = bearer.parties.iter().map(|party| (party.key, party.kind, party.code.as_str())).collect();
    assert_eq!(held, [(kenya, PartyKind::State, "KEN"), (norway, PartyKind::Provider, "NOR")], "by key");
    let places: Vec<_> = bearer.parties.iter().map(|party| (party.membership, party.is_sandbox)).collect();
    assert_eq!(places, [(Some((member, active)), false), (Some((manager, suspended)), false)]);
    let shut_out = crate::parties::Person { disabled_at: Some(at(1)), ..ana };
    commit!(store, transaction => transaction.change_person(&shut_out, "person.disable"));
    assert!(session.bearer_of(&secrets[0]).await.unwrap().unwrap().is_disabled);

    let service = session.bearer_of(&secrets[1]).await.unwrap().unwrap();
    let [party] = service.parties.as_slice() else { panic!("{service:?}") };
    assert_eq!((party.key, party.is_sandbox, party.membership), (tried, true, None));
    assert_eq!(session.bearer_of(&Secret::from_random([7; 32])).await.unwrap(), None);
}

pub(super) async fn a_link_works_once(store: &Store) {
    let ana = person(store, "ana@example.org").await.key;
    let secret = Secret::from_random([3; 32]);
    let new = credential(CredentialKind::Link, Holder::Person(ana));
    commit!(store, transaction => transaction.add_credential(&new, &secret));
    let used = commit!(store, transaction => transaction.use_link(&secret));
    assert_eq!(used.map(|credential| credential.holder), Some(Holder::Person(ana)));
    assert_eq!(commit!(store, transaction => transaction.use_link(&secret)), None);

    let late = Secret::from_random([4; 32]);
    let expired = NewCredential { expires_at: at(0), ..credential(CredentialKind::Link, Holder::Person(ana)) };
    commit!(store, transaction => transaction.add_credential(&expired, &late));
    assert_eq!(commit!(store, transaction => transaction.use_link(&late)), None);
}

pub(super) async fn every_session_of_a_person_can_be_ended(store: &Store) {
    let ana = person(store, "ana@example.org").await.key;
    let holder = Holder::Person(ana);
    let mut keys = Vec::new();
    for number in 0..3 {
        let new = credential(CredentialKind::Session, holder);
        keys.push(new.key);
        commit!(store, transaction => transaction.add_credential(&new, &Secret::from_random([number; 32])));
    }
    assert_eq!(commit!(store, transaction => transaction.revoke_all_of(ana, Some(keys[1]))), 2);
    let listed = read(store).await.credentials_of(holder, None, &Page::first(10)).await.unwrap();
    let valid: Vec<_> =
        listed.iter().filter(|credential| credential.is_valid(at(1))).map(|credential| credential.key).collect();
    assert_eq!((listed.len(), valid), (3, vec![keys[1]]));
}

pub(super) async fn links_end_by_who_was_shown_them(store: &Store) {
    let (norway, kenya) = (party(store, PartyKind::Provider, "NOR").await, party(store, PartyKind::State, "KEN").await);
    let ana = person(store, "ana@example.org").await.key;
    let invitation = |party, was_shown| Some(ByInvitation { party, was_shown });
    let (link, session) = (CredentialKind::Link, CredentialKind::Session);
    let mut keys = Vec::new();
    for (number, (kind, invitation)) in (0_u8..).zip([
        (link, invitation(norway, true)),
        (session, invitation(norway, true)),
        (link, invitation(norway, false)),
        (link, invitation(kenya, false)),
        (link, None),
        (session, None),
    ]) {
        let new = NewCredential { invitation, ..credential(kind, Holder::Person(ana)) };
        keys.push(new.key);
        let made = commit!(store, transaction => transaction.add_credential(&new, &Secret::from_random([number; 32])));
        assert_eq!(read(store).await.credential(new.key).await.unwrap(), made);
    }
    assert_eq!(commit!(store, transaction => transaction.revoke_shown_links(ana, Some("elsewhere"))), 2);
    assert_eq!(commit!(store, transaction => transaction.revoke_mailed_links(ana, Some(norway), None)), 1);
    assert_eq!(commit!(store, transaction => transaction.revoke_mailed_links(ana, None, None)), 1);
    let (mut valid, mut page) = (Vec::new(), Page::first(1));
    loop {
        let found = read(store).await.credentials_of(Holder::Person(ana), Some(at(1)), &page).await.unwrap();
        let Some(last) = found.last() else { break };
        page.after = Some(Cursor { key: last.key.uuid(), rank: None });
        valid.extend(found.into_iter().map(|credential| credential.key));
    }
    assert_eq!(valid, [keys[5], keys[3]]);
}

pub(super) async fn an_account_names_one_person_and_a_journey_ends_once(store: &Store) {
    let (ana, bo) = (person(store, "ana@example.org").await.key, person(store, "bo@example.org").await.key);
    let issuer = "https://login.example.org";
    let identity = |person, subject: &str| NewIdentity {
        key: key(),
        person,
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
    };
    commit!(store, transaction => transaction.add_identity(&identity(ana, "a")));
    for refused in [identity(bo, "a"), identity(ana, "b")] {
        let mut transaction = begin(store).await;
        let refused = transaction.add_identity(&refused).await;
        assert!(matches!(refused, Err(StoreError::Duplicate { .. })), "{refused:?}");
    }
    let mut session = read(store).await;
    assert_eq!(session.person_by_identity(issuer, "a").await.unwrap(), Some(ana));
    assert_eq!(session.person_by_identity("https://other.example.org", "a").await.unwrap(), None);
    assert!(session.has_identity(ana, issuer).await.unwrap() && !session.has_identity(bo, issuer).await.unwrap());

    let secrets: Vec<_> = (5..7).map(|number| Secret::from_random([number; 32])).collect();
    store.begin_openid_sign_in(&secrets[0], "un", at(0), at(600)).await.unwrap();
    assert!(!store.end_openid_sign_in(&secrets[0], "other", at(1)).await.unwrap(), "with another provider");
    assert!(!store.end_openid_sign_in(&secrets[0], "un", at(600)).await.unwrap(), "too late");
    assert!(store.end_openid_sign_in(&secrets[0], "un", at(1)).await.unwrap());
    assert!(!store.end_openid_sign_in(&secrets[0], "un", at(1)).await.unwrap(), "again");
    store.begin_openid_sign_in(&secrets[0], "un", at(0), at(600)).await.unwrap();
    store.begin_openid_sign_in(&secrets[1], "un", at(601), at(1_201)).await.unwrap();
    assert!(!store.end_openid_sign_in(&secrets[0], "un", at(1)).await.unwrap(), "forgotten");
}
