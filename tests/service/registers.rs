//! Programmes and funding channels: kept by those they belong to, taken into account when a round is frozen.

use needmatch_app::store::words::PartyKind;
use serde_json::json;

use crate::matching::{available, circulated, offer, parties, request, round, scenario};
use crate::server::Service;

async fn a_programme_covers_what_is_asked_until_it_is_retired(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    let course =
        json!({ "reference": "clerks", "type": "training", "unit": "place", "quantity": 20, "unit_cost": 900 });
    let ask = json!({ "title": "Clerks", "area": "record_keeping", "components": [course] });
    circulated(&parties, &ask).await;
    available(&parties, &offer()).await;
    let programme = json!({ "title": "Courses", "state": "SEN", "area": "record_keeping", "type": "training" });
    let mirror = format!("/api/v1/parties/{}/programmes/P-1", parties.provider.key);
    let made = parties.provider.client.put(&mirror, None, &programme).await.expect(201);
    let same = parties.provider.client.put(&mirror, None, &programme).await.expect(200);
    assert_eq!(made.body["id"], same.body["id"]);
    assert_eq!(same.version(), 1, "what says the same changes nothing");
    parties.state.client.put(&mirror, None, &programme).await.expect_problem(403, "forbidden");

    let matches = async || {
        let (_, scenario) = scenario(coordinator, &round()).await;
        let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
        coordinator.wait(&run).await["result"]["matches"].as_i64()
    };
    assert_eq!(matches().await, Some(1), "nobody stands by the programme");
    let path = format!("/api/v1/programmes/{}", made.body["id"].as_str().unwrap());
    coordinator.step(&path, 1, "confirm", &json!({})).await.expect(200);
    assert_eq!(matches().await, Some(0), "the programme gives it already");
    let ended = json!({ "reason": "ended" });
    coordinator.step(&path, 2, "retire", &ended).await.expect(200);
    coordinator.step(&path, 3, "retire", &ended).await.expect_problem(409, "not_allowed_now");
    assert_eq!(coordinator.get("/api/v1/programmes").await.expect(200).body["items"], json!([]));
    let all = coordinator.get("/api/v1/programmes?retired=true&state=SEN").await.expect(200);
    assert_eq!(all.body["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(matches().await, Some(1), "nothing covers it any more");
}

async fn a_programme_of_others_counts_once_the_state_stands_by_it(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let (coordinator, state, provider) = (&parties.coordinator.client, &parties.state.client, &parties.provider.client);
    let other = service.party(PartyKind::State, "GMB").await.client;
    let course =
        json!({ "reference": "clerks", "type": "training", "unit": "place", "quantity": 20, "unit_cost": 900 });
    let ask = json!({ "title": "Clerks", "area": "record_keeping", "components": [course] });
    let asked = circulated(&parties, &ask).await;
    available(&parties, &offer()).await;
    let hidden =
        |title: &str| json!({ "title": title, "state": "SEN", "area": "record_keeping", "visibility": "confidential" });
    let made = provider.post("/api/v1/programmes", &hidden("Everything")).await.expect(201);
    let path = made.location();
    assert_eq!(made.body["confirmed_at"], json!(null));
    let matches = async || {
        let (_, scenario) = scenario(coordinator, &round()).await;
        let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
        coordinator.wait(&run).await["result"]["matches"].as_i64()
    };
    assert_eq!(matches().await, Some(1), "nobody else's word keeps a state from what it asks for");

    // The state that it is for sees it whatever it says of who may, and no other does.
    assert_eq!(state.get(&path).await.expect(200).body["title"], "Everything");
    assert_eq!(state.get("/api/v1/programmes").await.expect(200).body["items"][0]["id"], made.body["id"]);
    other.get(&path).await.expect_problem(404, "not_found");
    other.step(&path, 1, "confirm", &json!({})).await.expect_problem(404, "not_found");
    provider.step(&path, 1, "confirm", &json!({})).await.expect_problem(403, "forbidden");
    let unversioned = state.post(&format!("{path}/confirm"), &json!({})).await;
    unversioned.expect_problem(428, "version_required");
    state.step(&path, 7, "confirm", &json!({})).await.expect_problem(412, "version_mismatch");
    let findings = async || {
        let found = state.get(&format!("{asked}/findings")).await.expect(200).body["findings"].clone();
        found.as_array().unwrap().iter().filter_map(|row| row["code"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    let before = findings().await;
    let confirmed = state.step(&path, 1, "confirm", &json!({ "reason": "under way" })).await.expect(200);
    assert!(confirmed.body["confirmed_at"].is_string(), "{}", confirmed.body);
    let again = state.step(&path, 2, "confirm", &json!({})).await.expect_problem(409, "not_allowed_now");
    assert_eq!(again.body["values"]["allowed"], json!(["retire"]));
    assert_ne!(findings().await, before, "a programme that somebody stands by is a finding");
    assert_eq!(matches().await, Some(0), "the programme gives it already");
    let (party, id) = (parties.provider.key, made.body["id"].as_str().unwrap());
    let steps = coordinator.get(&format!("/api/v1/parties/{party}/audit?subject={id}")).await;
    let steps = steps.expect(200).body["items"].clone();
    let step = steps.as_array().unwrap().iter().find(|row| row["step"] == "confirm").expect("a step");
    assert_eq!((&step["state_from"], &step["state_to"]), (&json!("registered"), &json!("confirmed")), "{step}");

    // What is rewritten is another's word again; what the state itself or a coordinator says counts at once.
    let rewritten = provider.put(&path, Some(2), &hidden("All of it")).await.expect(200);
    assert_eq!(rewritten.body["confirmed_at"], json!(null));
    assert_eq!(matches().await, Some(1));
    for client in [state, coordinator] {
        let own = client.post("/api/v1/programmes", &hidden("Own")).await.expect(201);
        assert!(own.body["confirmed_at"].is_string(), "{}", own.body);
    }
    let elsewhere = other.post("/api/v1/programmes", &hidden("Next door")).await.expect(201);
    assert_eq!(elsewhere.body["confirmed_at"], json!(null), "another state's word is not the state's");
}

async fn a_registered_channel_limits_what_flows_through_it(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    circulated(&parties, &request()).await;
    let mut through = offer();
    through["channel"] = json!("facility");
    available(&parties, &through).await;
    let narrow =
        json!({ "code": "facility", "name": "Facility", "limits": [{ "amount": 1000, "regions": ["Africa"] }] });
    parties.provider.client.post("/api/v1/channels", &narrow).await.expect_problem(403, "forbidden");
    let made = coordinator.post("/api/v1/channels", &narrow).await.expect(201);
    let refused = json!({ "name": "", "limits": [{ "regions": ["Atlantis"], "amount": -1 }], "extra": 1 });
    let refused = coordinator.put(&made.location(), Some(1), &refused).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors().len(), 4, "{:?}", refused.errors());

    let cost = async || {
        let (_, scenario) = scenario(coordinator, &round()).await;
        let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
        coordinator.wait(&run).await["result"]["cost"].as_i64()
    };
    assert_eq!(cost().await, Some(0), "less than the least useful quantity flows");
    let wide = json!({ "name": "Facility", "limits": [{ "amount": 100_000 }] });
    coordinator.put(&made.location(), Some(1), &wide).await.expect(200);
    assert_eq!(cost().await, Some(58_000));
    coordinator.put(&made.location(), Some(2), &narrow).await.expect(200);
    coordinator.step(&made.location(), 3, "retire", &json!({})).await.expect(200);
    assert_eq!(cost().await, Some(58_000), "a retired channel limits nothing");
    let seen = service.public().get("/api/v1/channels?retired=true").await.expect(200);
    assert_eq!(seen.body["items"][0]["limits"], json!([{ "regions": ["Africa"], "period": null, "amount": 1000 }]));
    let observer = service.party(PartyKind::Observer, "NGO").await.client;
    assert_eq!(observer.get("/api/v1/channels").await.expect(200).body["items"], json!([]));
}

async fn what_is_mirrored_belongs_to_the_party_of_its_address(service: &Service) {
    let parties = parties(service).await;
    let (coordinator, state, provider) = (&parties.coordinator.client, &parties.state.client, &parties.provider.client);
    service.party(PartyKind::State, "GMB").await;
    service.party(PartyKind::Provider, "Otherland").await;
    let programme = json!({ "title": "Offered", "area": "marking", "state": "ALB", "external_id": "0" });
    let mut asked = request();
    asked["evidence"] = json!("Note verbale 12/2026");

    // A coordinator may write for every party; the key of something else is none.
    let made = provider.post("/api/v1/offers", &offer()).await.expect(201).body;
    for nobody in [made["id"].as_str().unwrap(), "018f0000-0000-7000-8000-000000000000"] {
        for (resource, document) in [("programmes", &programme), ("requests", &asked), ("offers", &offer())] {
            let mirror = format!("/api/v1/parties/{nobody}/{resource}/0");
            coordinator.put(&mirror, None, document).await.expect_problem(404, "not_found");
        }
    }
    let (of_state, of_provider) =
        (format!("/api/v1/parties/{}", parties.state.key), format!("/api/v1/parties/{}", parties.provider.key));
    coordinator.put(&format!("{of_provider}/requests/0"), None, &asked).await.expect_problem(404, "not_found");
    state.put(&format!("{of_state}/offers/0"), None, &offer()).await.expect_problem(404, "not_found");

    // What a document does not say, the address says; what it says otherwise is refused.
    let mirrored = coordinator.put(&format!("{of_state}/requests/0"), None, &asked).await.expect(201);
    assert_eq!(
        (&mirrored.body["state"], &mirrored.body["party"]),
        (&json!("SEN"), &json!(parties.state.key.to_string()))
    );
    let mut elsewhere = asked.clone();
    elsewhere["state"] = json!("GMB");
    elsewhere["area"] = json!("singing");
    let refused = coordinator.put(&format!("{of_state}/requests/1"), None, &elsewhere).await;
    let refused = refused.expect_problem(422, "invalid").errors();
    let pointers: Vec<_> = refused.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
    assert_eq!(pointers, [("/state", "unknown_word"), ("/area", "unknown_area")]);
    let mut anothers = offer();
    anothers["provider"] = json!("Otherland");
    let refused = provider.put(&format!("{of_provider}/offers/1"), None, &anothers).await;
    assert_eq!(refused.expect_problem(422, "invalid").errors(), [("/provider".to_owned(), "unknown_word".to_owned())]);

    // The key is found again however its address is written, and what can be no key is refused as a field is.
    let mirror = format!("{of_provider}/programmes/0");
    let made = coordinator.put(&mirror, None, &programme).await.expect(201);
    let spaced = coordinator.put(&format!("{of_provider}/programmes/%200%20"), None, &programme).await.expect(200);
    assert_eq!((spaced.body["id"].as_str(), spaced.version()), (made.body["id"].as_str(), 1));
    for (resource, document) in [("programmes", &programme), ("offers", &offer())] {
        let unkeyed = provider.put(&format!("{of_provider}/{resource}/%00"), None, document).await;
        assert_eq!(unkeyed.expect_problem(422, "invalid").errors()[0].0, "/external_id");
    }

    // One that was retired keeps its key: the same is answered with it, another is refused.
    let path = format!("/api/v1/programmes/{}", made.body["id"].as_str().unwrap());
    coordinator.step(&path, 1, "retire", &json!({ "reason": "ended" })).await.expect(200);
    let retired = coordinator.put(&mirror, None, &programme).await.expect(200);
    assert!(retired.body["retired_at"].is_string(), "{}", retired.body);
    let mut renamed = programme.clone();
    renamed["title"] = json!("Offered anew");
    coordinator.put(&mirror, None, &renamed).await.expect_problem(409, "not_allowed_now");
    provider.post("/api/v1/programmes", &renamed).await.expect_problem(409, "taken");
}

async fn what_is_mirrored_unchanged_is_answered_as_it_is_wherever_it_stands(service: &Service) {
    let parties = parties(service).await;
    let (coordinator, state, provider) = (&parties.coordinator.client, &parties.state.client, &parties.provider.client);

    let mirror = format!("/api/v1/parties/{}/offers/O-1", parties.provider.key);
    let made = provider.put(&mirror, None, &offer()).await.expect(201);
    let path = made.location();
    let mut other = offer();
    other["quantity"] = json!(50_000);
    let mut version = made.version();
    for (client, step, lifecycle) in
        [(provider, "submit", "submitted"), (coordinator, "confirm", "available"), (provider, "withdraw", "withdrawn")]
    {
        version = client.step(&path, version, step, &json!({})).await.expect(200).version();
        let same = provider.put(&mirror, None, &offer()).await.expect(200);
        assert_eq!((same.version(), &same.body["lifecycle"]), (version, &json!(lifecycle)), "nothing has changed");
        let with_version = provider.put(&mirror, Some(version), &offer()).await.expect(200);
        assert_eq!(with_version.bytes, same.bytes);
    }
    let refused = provider.put(&mirror, None, &other).await.expect_problem(409, "not_allowed_now");
    assert_eq!(refused.body["values"]["allowed"], json!([]), "nothing is allowed any more: {}", refused.body);
    provider.put(&mirror, None, &json!({ "title": 1 })).await.expect_problem(409, "not_allowed_now");
    provider.put(&mirror, Some(1), &offer()).await.expect_problem(412, "version_mismatch");

    let mirror = format!("/api/v1/parties/{}/requests/R-1", parties.state.key);
    let made = state.put(&mirror, None, &request()).await.expect(201);
    let path = made.location();
    let mut other = request();
    other["title"] = json!("Another register");
    let mut version = made.version();
    let consent = json!({ "circulation": "providers" });
    for (client, step, with, lifecycle, allowed) in [
        (state, "endorse", json!({}), "endorsed", vec!["submit", "revise", "withdraw", "expire"]),
        (state, "submit", json!({}), "submitted", vec!["return", "authenticate", "revise", "withdraw", "expire"]),
        (
            coordinator,
            "authenticate",
            json!({ "priority": 2 }),
            "authenticated",
            vec!["circulate", "revise", "withdraw", "expire"],
        ),
        (state, "circulate", consent, "circulated", vec!["circulate", "revise", "withdraw", "expire"]),
        (state, "withdraw", json!({}), "withdrawn", vec![]),
    ] {
        version = client.step(&path, version, step, &with).await.expect(200).version();
        let same = state.put(&mirror, None, &request()).await.expect(200);
        assert_eq!((same.version(), &same.body["lifecycle"]), (version, &json!(lifecycle)), "nothing has changed");
        let refused = state.put(&mirror, None, &other).await.expect_problem(409, "not_allowed_now");
        assert_eq!(refused.body["values"]["allowed"], json!(allowed), "{}", refused.body);
    }
    let kept = state.get(&path).await.expect(200).body;
    assert_eq!(kept["priority"], 2, "the priority confirmed stands against the one mirrored");
}

crate::on_both_databases!(
    a_programme_covers_what_is_asked_until_it_is_retired,
    a_programme_of_others_counts_once_the_state_stands_by_it,
    a_registered_channel_limits_what_flows_through_it,
    what_is_mirrored_belongs_to_the_party_of_its_address,
    what_is_mirrored_unchanged_is_answered_as_it_is_wherever_it_stands,
);
