//! People are written what concerns their party, in their language, once, and nothing of others.

use std::collections::BTreeSet;

use needmatch_app::Principal;
use needmatch_app::store::keys::{PartyKey, PersonKey};
use needmatch_app::store::parties::NewPerson;
use needmatch_app::store::words::{MembershipStatus, PartyKind, Role};
use serde_json::json;
use uuid::Uuid;

use crate::consent::{decide, path_of, proposal_for, proposed};
use crate::mail_sink::MailSink;
use crate::matching::parties;
use crate::server::{Service, surface};

/// Registers a person with a place in a party.
pub(crate) async fn person(service: &Service, party: PartyKey, email: &str, language: &str, status: MembershipStatus) {
    let mut transaction = service.app.begin(&Principal::operator(), &surface()).await.expect("a transaction");
    let (name, email, language) = (email.to_owned(), format!("{email}@example.org"), language.to_owned());
    let key = PersonKey::from(Uuid::now_v7());
    let new = NewPerson { key, email, name, language, password_hash: None };
    transaction.add_person(&new).await.expect("a person");
    transaction.set_membership(party, key, Role::Member, status, None).await.expect("a membership");
    transaction.commit().await.expect("a commit");
}

async fn both_sides_are_written_once_each_in_their_language(service: &Service) {
    let parties = parties(service).await;
    let stranger = service.party(PartyKind::Provider, "Stranger").await;
    let active = MembershipStatus::Active;
    person(service, parties.state.key, "awa", "fr", active).await;
    person(service, parties.provider.key, "boris", "ru", active).await;
    person(service, parties.provider.key, "suspended", "ru", MembershipStatus::Suspended).await;
    person(service, parties.provider.key, "invited", "ru", MembershipStatus::Invited).await;
    person(service, stranger.key, "stranger", "en", active).await;
    person(service, parties.coordinator.key, "coordinator", "en", active).await;
    let (_, _, proposals) = proposed(service, &parties, &json!({})).await;
    assert_eq!(proposals.len(), 2);

    // Four mails, one of which is refused for the moment; two workers look at once.
    let sink = MailSink::listen(&[451]).await;
    service.mailer(&sink.address);
    service.mailer(&sink.address);
    let handed = sink.wait_for(5).await;
    let refused = handed.iter().find(|one| one.answer == 451).expect("the first").read();
    let taken: Vec<_> =
        handed.iter().filter(|one| one.answer == 250).map(|one| (one.to.as_str(), one.read())).collect();
    let identifiers: BTreeSet<_> = taken.iter().map(|(_, mail)| mail["message-id"].as_str().unwrap()).collect();
    assert_eq!(identifiers.len(), 4, "each once: {taken:?}");
    assert!(identifiers.contains(refused["message-id"].as_str().unwrap()), "the same mail again");
    let round = format!("/rounds/{}", proposals[0]["round"].as_str().unwrap());
    for (to, language, subject, page) in [
        ("awa@example.org", "fr", "Un appariement proposé pour National register of firearms", "/fr"),
        ("boris@example.org", "ru", "Предлагаемое сопоставление: National register of firearms", "/ru"),
    ] {
        let own: Vec<_> = taken.iter().filter(|(addressee, _)| *addressee == to).map(|(_, mail)| mail).collect();
        assert_eq!(own.len(), 2, "{taken:?}");
        for mail in own {
            assert_eq!((&mail["subject"], &mail["content-language"]), (&json!(subject), &json!(language)));
            assert_eq!(
                (&mail["auto-submitted"], &mail["from"]),
                (&json!("auto-generated"), &json!("needmatch <needmatch@example.org>"))
            );
            let text = mail["text"].as_str().unwrap().replace('\r', "");
            assert!(text.contains("Halvorland") && text.contains("SEN"), "{text}");
            let address = format!("https://needmatch.example.org{page}{round}");
            assert_eq!(text.trim_end().lines().last(), Some(address.as_str()), "{text}");
        }
    }

    // A decision is told with its reason; one that is refused tells nobody.
    let software = path_of(proposal_for(&proposals, "software"));
    let provider = &parties.provider.client;
    decide(provider, &software, 1, "decline", &json!({ "reason": "no such licences" })).await.expect(200);
    decide(provider, &software, 2, "accept", &json!({})).await.expect_problem(409, "not_allowed_now");
    let handed = sink.wait_for(7).await;
    for (one, said) in
        handed[5..].iter().map(|one| (one, if one.to.starts_with("awa") { "a décliné" } else { "отклонено" }))
    {
        let text = one.read()["text"].as_str().unwrap().to_owned();
        assert!(text.contains(said) && text.contains("no such licences"), "{text}");
    }
}

async fn an_invitation_reaches_the_invited_and_signs_them_in_once(service: &Service) {
    let parties = parties(service).await;
    // Refused for good: nobody tries again.
    let sink = MailSink::listen(&[250, 550]).await;
    service.mailer(&sink.address);
    let path = format!("/api/v1/parties/{}/invitations", parties.provider.key);
    let body = json!({ "email": "Bo@example.org", "name": "Bo", "role": "member" });
    let made = parties.provider.client.post(&path, &body).await.expect(201).body;
    let handed = sink.wait_for(1).await;
    let mail = handed[0].read();
    assert_eq!(
        (handed[0].to.as_str(), &mail["subject"]),
        ("bo@example.org", &json!("Invitation to act for Halvorland"))
    );
    let address = format!("https://needmatch.example.org/en/sign-in/{}", made["link"].as_str().unwrap());
    let text = mail["text"].as_str().unwrap().replace('\r', "");
    assert_eq!(text.trim_end().lines().last(), Some(address.as_str()));
    let link = json!({ "link": address.rsplit('/').next() });
    service.public().post("/api/v1/sign-in/link", &link).await.expect(201);
    service.public().post("/api/v1/sign-in/link", &link).await.expect_problem(401, "unauthenticated");
    let other = json!({ "email": "cy@example.org", "name": "Cy", "role": "member" });
    parties.provider.client.post(&path, &other).await.expect(201);
    sink.wait_for(2).await;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(sink.handed().len(), 2, "given up");
}

crate::on_both_databases!(
    both_sides_are_written_once_each_in_their_language,
    an_invitation_reaches_the_invited_and_signs_them_in_once,
);
