//! Joint requests of several states (¶95): opened, joined and left by each for itself, shared as far as that, and matched
//! whole or not at all.

use needmatch_app::store::words::PartyKind;
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::consent::{decide, path_of, published};
use crate::documents::{PDF, file};
use crate::matching::{Parties, available, circulated, parties, round};
use crate::receiver::Receiver;
use crate::server::{Party, Service};

fn joint(title: &str, package: &str) -> Value {
    json!({
        "title": title, "area": "record_keeping", "package": package,
        "components": [{ "type": "training", "unit": "place", "quantity": 10, "minimum": 10, "unit_cost": 900 }],
    })
}

fn road(invited: &[&str]) -> Value {
    json!({ "code": "northern-road", "title": "Control of the northern road", "invited": invited })
}

/// Takes a step of something at the version it has.
async fn take(client: &Client, path: &str, step: &str, body: &Value) -> Answer {
    let version = client.get(path).await.expect(200).version();
    decide(client, path, version, step, body).await
}

async fn endorsed(client: &Client, request: &Value) -> String {
    let made = client.post("/api/v1/requests", request).await.expect(201);
    client.step(&made.location(), 1, "endorse", &json!({})).await.expect(200);
    made.location()
}

fn titles(package: &Value) -> Vec<&str> {
    package["requests"].as_array().unwrap().iter().filter_map(|request| request["title"].as_str()).collect()
}

fn status<'a>(package: &'a Value, state: &str) -> &'a Value {
    let mut members = package["members"].as_array().unwrap().iter();
    members.find(|member| member["state"] == state).expect("a member")
}

#[expect(clippy::too_many_lines, reason = "one story from the first invitation to who sees what afterwards")]
async fn states_join_share_decline_and_leave(service: &Service) {
    let parties = parties(service).await;
    let (sen, provider) = (&parties.state.client, &parties.provider.client);
    let gmb = service.party(PartyKind::State, "GMB").await;
    let mli = service.party(PartyKind::State, "MLI").await.client;
    let stranger = service.party(PartyKind::State, "KEN").await.client;

    let wrong = json!({ "code": "a;b", "invited": ["GMB", "GMB", "SEN", "XXX"], "evidence": "", "more": 1 });
    let refused = sen.post("/api/v1/packages", &wrong).await.expect_problem(422, "invalid");
    let places: Vec<String> = refused.errors().into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["/code", "/title", "/evidence", "/more"], "{}", refused.body);
    let refused = sen.post("/api/v1/packages", &road(&["GMB", "GMB", "SEN", "XXX"])).await;
    let codes = refused.expect_problem(422, "invalid").errors();
    let codes: Vec<(&str, &str)> = codes.iter().map(|(place, code)| (place.as_str(), code.as_str())).collect();
    assert_eq!(codes, [("/invited/1", "twice"), ("/invited/2", "twice"), ("/invited/3", "unknown_party")]);
    let made = sen.post("/api/v1/packages", &road(&["GMB", "MLI"])).await.expect(201);
    let package = made.location();
    assert_eq!(made.body["code"], "SEN/northern-road");
    sen.post("/api/v1/packages", &road(&[])).await.expect_problem(409, "taken");
    // Another of that name stands under the code of who opens it, and tells nobody that there is one.
    let another = service.party(PartyKind::State, "NER").await.client;
    let own = another.post("/api/v1/packages", &road(&[])).await.expect(201);
    assert_eq!(own.body["code"], "NER/northern-road");

    // Who is asked sees what is asked; to others there is no such package.
    let asked = gmb.client.get(&package).await.expect(200).body;
    assert_eq!((&asked["title"], &asked["requests"]), (&json!("Control of the northern road"), &json!([])));
    assert_eq!(
        (&status(&asked, "SEN")["status"], &status(&asked, "GMB")["status"]),
        (&json!("joined"), &json!("invited"))
    );
    for other in [&stranger, provider, &service.public()] {
        other.get(&package).await.expect_problem(404, "not_found");
        assert_eq!(other.get("/api/v1/packages").await.expect(200).body["items"], json!([]));
    }
    decide(&stranger, &package, 1, "join", &json!({})).await.expect_problem(404, "not_found");
    decide(&stranger, &package, 1, "join", &json!({ "state": "GMB" })).await.expect_problem(404, "not_found");

    // Only who opened or joined it names it; to everybody else it is unknown.
    for (client, name) in
        [(&stranger, "SEN/northern-road"), (&gmb.client, "SEN/northern-road"), (sen, "SEN/northern-raod")]
    {
        let refused = client.post("/api/v1/requests", &joint("Asked", name)).await.expect_problem(422, "invalid");
        assert_eq!(refused.errors(), [("/package".to_owned(), "unknown_package".to_owned())], "{}", refused.body);
        let near = refused.body["errors"][0].to_string().contains("SEN/northern-road?");
        assert_eq!(near, name == "SEN/northern-raod", "{}", refused.body);
    }

    // Consent is each state's own, and a decision.
    gmb.client.step(&package, 1, "join", &json!({})).await.expect_problem(400, "bad_parameter");
    decide(&parties.coordinator.client, &package, 1, "join", &json!({})).await.expect_problem(403, "forbidden");
    decide(&parties.coordinator.client, &package, 1, "join", &json!({ "state": "GMB" }))
        .await
        .expect_problem(403, "forbidden");
    decide(sen, &package, 1, "join", &json!({ "state": "GMB" })).await.expect_problem(403, "forbidden");
    decide(&gmb.client, &package, 1, "withdraw", &json!({})).await.expect_problem(403, "forbidden");
    decide(&gmb.client, &package, 7, "join", &json!({})).await.expect_problem(412, "version_mismatch");
    let joined = decide(&gmb.client, &package, 1, "join", &json!({})).await.expect(200);
    let again = decide(&gmb.client, &package, 1, "join", &json!({})).await.expect(200);
    assert_eq!((joined.bytes, &again.headers["idempotency-replayed"]), (again.bytes, &"true".parse().unwrap()));
    let refused = decide(&gmb.client, &package, 2, "join", &json!({})).await.expect_problem(409, "not_allowed_now");
    assert_eq!(
        (&refused.body["values"]["state"], &refused.body["values"]["allowed"]),
        (&json!("joined"), &json!(["leave"]))
    );
    for reason in [json!({}), json!({ "reason": null }), json!({ "reason": " " })] {
        decide(&mli, &package, 2, "decline", &reason).await.expect_problem(422, "invalid");
    }
    decide(&mli, &package, 2, "decline", &json!({ "reason": "no road of ours" })).await.expect(200);
    mli.get(&package).await.expect_problem(404, "not_found");
    let told = sen.get(&package).await.expect(200).body;
    assert_eq!(
        (&status(&told, "MLI")["status"], &status(&told, "MLI")["reason"]),
        (&json!("declined"), &json!("no road of ours"))
    );
    assert_eq!(status(&gmb.client.get(&package).await.expect(200).body, "MLI")["reason"], Value::Null);

    // A draft is its state's own; what is endorsed is seen by those who joined, and that is all they see and do.
    let draft = sen.post("/api/v1/requests", &joint("Draft", "SEN/northern-road")).await.expect(201).location();
    let of_sen = endorsed(sen, &joint("Posts in Senegal", "SEN/northern-road")).await;
    let alone = json!({ "title": "Alone", "area": "marking", "components": [{ "type": "training", "unit": "place", "quantity": 1, "unit_cost": 1 }] });
    let alone = sen.post("/api/v1/requests", &alone).await.expect(201).location();
    sen.step(&alone, 1, "endorse", &json!({})).await.expect(200);
    let of_gmb = endorsed(&gmb.client, &joint("Posts in the Gambia", "SEN/northern-road")).await;
    assert_eq!(titles(&gmb.client.get(&package).await.expect(200).body), ["Posts in Senegal", "Posts in the Gambia"]);
    for hidden in [&draft, &alone] {
        gmb.client.get(hidden).await.expect_problem(404, "not_found");
    }
    let read = gmb.client.get(&of_sen).await.expect(200);
    let change = joint("Taken over", "SEN/northern-road");
    gmb.client.put(&of_sen, Some(read.version()), &change).await.expect_problem(403, "forbidden");
    gmb.client.step(&of_sen, read.version(), "withdraw", &json!({})).await.expect_problem(403, "forbidden");
    for part in ["findings", "explanations"] {
        gmb.client.get(&format!("{of_sen}/{part}")).await.expect_problem(403, "forbidden");
    }
    for other in [&stranger, provider, &mli] {
        other.get(&of_sen).await.expect_problem(404, "not_found");
        assert_eq!(other.get("/api/v1/requests?package=SEN/northern-road").await.expect(200).body["items"], json!([]));
    }

    // One state's circulation is not its partner's.
    sen.step(&of_sen, read.version(), "submit", &json!({})).await.expect(200);
    let confirmed = parties.coordinator.client.step(&of_sen, read.version() + 1, "authenticate", &json!({})).await;
    let consent = json!({ "circulation": "providers" });
    sen.step(&of_sen, confirmed.expect(200).version(), "circulate", &consent).await.expect(200);
    assert_eq!(provider.get(&of_sen).await.expect(200).body["package"], "SEN/northern-road");
    provider.get(&of_gmb).await.expect_problem(404, "not_found");
    provider.get(&package).await.expect_problem(404, "not_found");

    // Who leaves takes its requests along; who opened it withdraws it, and all stand alone.
    let refused = take(sen, &package, "leave", &json!({})).await.expect_problem(422, "rule_broken");
    assert!(refused.body["detail"].as_str().unwrap().contains("withdraws it"), "{}", refused.body);
    take(&gmb.client, &package, "leave", &json!({ "reason": "another road" })).await.expect(200);
    gmb.client.get(&package).await.expect_problem(404, "not_found");
    gmb.client.get(&of_sen).await.expect_problem(404, "not_found");
    sen.get(&of_gmb).await.expect_problem(404, "not_found");
    assert_eq!(gmb.client.get(&of_gmb).await.expect(200).body["package"], Value::Null);
    for nobody in [json!({}), json!({ "invited": [] }), json!({ "invited": "GMB" })] {
        take(sen, &package, "invite", &nobody).await.expect_problem(422, "invalid");
    }
    let more = take(sen, &package, "invite", &json!({ "invited": ["GMB", "KEN"] })).await.expect(200).body;
    assert_eq!(
        (&status(&more, "GMB")["status"], &status(&more, "KEN")["status"]),
        (&json!("invited"), &json!("invited"))
    );
    take(sen, &package, "invite", &json!({ "invited": ["KEN"] })).await.expect_problem(409, "not_allowed_now");
    let over = take(sen, &package, "withdraw", &json!({ "reason": "the road is closed" })).await.expect(200).body;
    assert_eq!(over["lifecycle"], "withdrawn");
    assert_eq!(sen.get(&of_sen).await.expect(200).body["package"], Value::Null);
    take(&stranger, &package, "join", &json!({})).await.expect_problem(409, "not_allowed_now");
    sen.post("/api/v1/requests", &joint("Late", "SEN/northern-road")).await.expect_problem(422, "invalid");
    let id = made.body["id"].as_str().unwrap();
    for (party, client) in [(&parties.state, sen), (&gmb, &gmb.client)] {
        let log = client.get(&format!("/api/v1/parties/{}/audit?subject={id}", party.key)).await.expect(200).body;
        let steps: Vec<&str> = log["items"].as_array().unwrap().iter().filter_map(|row| row["step"].as_str()).collect();
        let both = ["join", "leave", "invite", "withdraw"];
        assert!(both.iter().all(|step| steps.contains(step)), "{steps:?}");
    }
    assert_eq!(service.app.read().await.unwrap().verify_audit().await.unwrap().findings, []);
}

async fn a_coordinator_opens_one_with_evidence_and_those_concerned_are_told(service: &Service) {
    let parties = parties(service).await;
    let gmb = service.party(PartyKind::State, "GMB").await;
    let coordinator = &parties.coordinator.client;
    let receiver = Receiver::listen(service.receiver(), &[]);
    for party in [&parties.state, &gmb] {
        let webhook = json!({ "url": format!("{}/{}", receiver.address, party.key) });
        party.client.post(&format!("/api/v1/parties/{}/webhooks", party.key), &webhook).await.expect(201);
    }
    service.deliverer();
    let mut wanted = road(&["GMB"]);
    wanted["state"] = json!("SEN");
    parties.provider.client.post("/api/v1/packages", &wanted).await.expect_problem(403, "forbidden");
    gmb.client.post("/api/v1/packages", &wanted).await.expect_problem(403, "forbidden");
    let refused = coordinator.post("/api/v1/packages", &wanted).await.expect_problem(422, "invalid");
    assert_eq!(refused.errors(), [("/evidence".to_owned(), "missing".to_owned())]);
    wanted["evidence"] = json!("note verbale 12");
    let made = coordinator.post("/api/v1/packages", &wanted).await.expect(201);
    assert_eq!(made.body["party"], parties.state.key.to_string());
    take(&gmb.client, &made.location(), "decline", &json!({ "reason": "later" })).await.expect(200);
    let heard = receiver.wait_for(3).await;
    let mut told: Vec<(String, &str)> = heard.iter().map(|one| (one.path.clone(), one.kind())).collect();
    told.sort();
    let mut expected = vec![
        (format!("/{}", gmb.key), "package.invited"),
        (format!("/{}", gmb.key), "package.declined"),
        (format!("/{}", parties.state.key), "package.declined"),
    ];
    expected.sort();
    assert_eq!(told, expected);
}

/// A coordinator, a provider, and two states in a package.
async fn two(service: &Service) -> (Parties, Parties, String) {
    let first = parties(service).await;
    let second = Parties {
        state: service.party(PartyKind::State, "GMB").await,
        provider: Party { key: first.provider.key, client: first.provider.client.clone() },
        coordinator: Party { key: first.coordinator.key, client: first.coordinator.client.clone() },
    };
    let package = first.state.client.post("/api/v1/packages", &road(&["GMB"])).await.expect(201).location();
    take(&second.state.client, &package, "join", &json!({})).await.expect(200);
    (first, second, package)
}

async fn frozen(coordinator: &Client) -> (String, Value) {
    let opened = coordinator.post("/api/v1/rounds", &round()).await.expect(201);
    let frozen = coordinator.step(&opened.location(), opened.version(), "freeze", &json!({})).await.expect(200);
    (opened.location(), frozen.body)
}

async fn what_is_filed_and_how_it_fares_is_not_shared(service: &Service) {
    service.worker("solve");
    let (sen, gmb, package) = two(service).await;
    let (state, partner, provider) = (&sen.state.client, &gmb.state.client, &sen.provider.client);
    let mut asked = joint("Posts in Senegal", "SEN/northern-road");
    asked["evidence"] = json!("canary of a note verbale");
    let path = circulated(&sen, &asked).await;
    circulated(&gmb, &joint("Posts in the Gambia", "SEN/northern-road")).await;
    let query = format!("request={}&kind=endorsement&title=Letter", path.rsplit('/').next().unwrap());
    let filed = file(state, &query, PDF).await.expect(201).location();
    for document in
        [&filed, &format!("{filed}/content"), &format!("/api/v1/documents?{}", &query[..query.find('&').unwrap()])]
    {
        provider.get(document).await.expect(200);
        partner.get(document).await.expect_problem(404, "not_found");
    }
    file(partner, &query, PDF).await.expect_problem(404, "not_found");

    // How far it has come with others, and what stands behind it, is not the partner's.
    available(&sen, &crate::matching::offer()).await;
    let coordinator = &sen.coordinator.client;
    let (round, _) = frozen(coordinator).await;
    let seen = async |client: &Client| client.get(&path).await.expect(200).body;
    let (own, shared) = (seen(state).await, seen(partner).await);
    assert_eq!((&own["lifecycle"], &own["evidence"]), (&json!("in_round"), &json!("canary of a note verbale")));
    assert_eq!((&shared["lifecycle"], &shared["evidence"]), (&json!("circulated"), &Value::Null));
    let (own, shared) = (&own["components"][0], &shared["components"][0]);
    assert_eq!((&own["committed"], &shared["committed"]), (&json!(0), &Value::Null));
    assert_eq!((&own["quantity"], &own["note"]), (&shared["quantity"], &shared["note"]));
    let told = partner.get(&package).await.expect(200).body;
    assert_eq!(told["requests"][0]["lifecycle"], "circulated", "{told}");
    // Its own is found by where it stands, the other by what is told of it.
    for (lifecycle, state) in [("in_round,partly_met,met", "GMB"), ("circulated", "SEN")] {
        let list = format!("/api/v1/requests?package=SEN/northern-road&lifecycle={lifecycle}");
        let found = partner.get(&list).await.expect(200).body;
        let states: Vec<_> = found["items"].as_array().unwrap().iter().map(|row| row["state"].clone()).collect();
        assert_eq!(states, [state], "{lifecycle}: {found}");
    }

    // What asks no more is its state's own again.
    let scenario = coordinator.post(&format!("{round}/scenarios"), &json!({ "name": "base" })).await.expect(201);
    let (_, proposals) = published(coordinator, &round, &scenario.location(), &json!({})).await;
    let component = &own["reference"];
    let proposal = path_of(proposals.iter().find(|proposal| proposal["component"] == *component).expect("a proposal"));
    take(state, &proposal, "accept", &json!({})).await.expect(200);
    take(provider, &proposal, "accept", &json!({})).await.expect(200);
    assert_eq!(seen(state).await["lifecycle"], "met");
    partner.get(&path).await.expect_problem(404, "not_found");
    assert_eq!(titles(&partner.get(&package).await.expect(200).body), ["Posts in the Gambia"]);
}

async fn half_of_a_package_takes_no_part_in_a_round(service: &Service) {
    let (sen, gmb, _) = two(service).await;
    let coordinator = &sen.coordinator.client;
    let of_sen = circulated(&sen, &joint("Posts in Senegal", "SEN/northern-road")).await;
    let of_gmb = endorsed(&gmb.state.client, &joint("Posts in the Gambia", "SEN/northern-road")).await;

    // What is not handed in holds nobody up.
    let (_, told) = frozen(coordinator).await;
    assert_eq!(
        (&told["left_out"], sen.state.client.get(&of_sen).await.body["lifecycle"].as_str()),
        (&json!([]), Some("in_round"))
    );
    // What is, does, until it can take part or asks no more.
    let reference = async |path: &str| coordinator.get(path).await.expect(200).body["reference"].clone();
    let submitted = gmb.state.client.step(&of_gmb, 2, "submit", &json!({})).await.expect(200);
    let (_, told) = frozen(coordinator).await;
    let left_out = json!([
        { "kind": "request", "reference": reference(&of_sen).await, "reason": "package_incomplete" },
        { "kind": "request", "reference": reference(&of_gmb).await, "reason": "not_authenticated" },
    ]);
    assert_eq!(told["left_out"], left_out, "{told}");
    let why = sen.state.client.get(&format!("{of_sen}/explanations")).await.expect(200).body;
    assert_eq!(why["left_out"][0]["reason"], "package_incomplete", "{why}");
    gmb.state.client.step(&of_gmb, submitted.version(), "withdraw", &json!({})).await.expect(200);
    let (_, told) = frozen(coordinator).await;
    assert_eq!(told["left_out"], json!([]), "{told}");
}

async fn joint_requests_are_served_together_or_not_at_all(service: &Service) {
    service.worker("solve");
    let (sen, gmb, package) = two(service).await;
    let coordinator = &sen.coordinator.client;
    let of_sen = circulated(&sen, &joint("Posts in Senegal", "SEN/northern-road")).await;
    let of_gmb = circulated(&gmb, &joint("Posts in the Gambia", "SEN/northern-road")).await;
    let planned = async |round: &str| {
        let scenario = coordinator.post(&format!("{round}/scenarios"), &json!({ "name": "base" })).await.expect(201);
        let run = coordinator.post(&format!("{}/runs", scenario.location()), &json!({})).await.expect(202).location();
        let ended = coordinator.wait(&run).await;
        let rows = coordinator.get(&format!("{run}/plan")).await.expect(200).body["items"].as_array().unwrap().len();
        (ended["id"].clone(), rows)
    };
    let mut one_sided = crate::matching::offer();
    one_sided["states"] = json!(["SEN"]);
    available(&sen, &one_sided).await;
    let before = gmb.state.client.get(&package).await.expect(200).version();
    let (round, _) = frozen(coordinator).await;
    assert_eq!(gmb.state.client.get(&package).await.expect(200).version(), before, "it tells nobody what was frozen");
    let (run, rows) = planned(&round).await;
    assert_eq!(rows, 0, "an offer for one of the two serves neither");

    // What the round holds stays until it is decided.
    for (client, step) in [(&gmb.state.client, "leave"), (&sen.state.client, "withdraw")] {
        take(client, &package, step, &json!({})).await.expect_problem(422, "rule_broken");
    }
    let mut version = coordinator.get(&round).await.expect(200).version();
    for (step, body) in [("publish", json!({ "run": run })), ("decide", json!({})), ("close", json!({}))] {
        version = coordinator.step(&round, version, step, &body).await.expect(200).version();
    }
    available(&sen, &crate::matching::offer()).await;
    let (second, _) = frozen(coordinator).await;
    assert_eq!(planned(&second).await.1, 2, "one for both serves both");
    let mut version = coordinator.get(&second).await.expect(200).version();
    let run = coordinator.get("/api/v1/runs?limit=1").await.expect(200).body["items"][0]["id"].clone();
    for (step, body) in [("publish", json!({ "run": run })), ("decide", json!({}))] {
        if step == "decide" {
            for proposal in coordinator.get("/api/v1/proposals").await.expect(200).body["items"].as_array().unwrap() {
                let path = format!("/api/v1/proposals/{}", proposal["id"].as_str().unwrap());
                take(&sen.provider.client, &path, "decline", &json!({ "reason": "another year" })).await.expect(200);
            }
        }
        version = coordinator.step(&second, version, step, &body).await.expect(200).version();
    }
    take(&gmb.state.client, &package, "leave", &json!({})).await.expect(200);
    let [sen_after, gmb_after] = [&of_sen, &of_gmb].map(async |path| coordinator.get(path).await.expect(200).body);
    assert_eq!(sen_after.await["package"], "SEN/northern-road");
    assert_eq!(gmb_after.await["package"], Value::Null);
}

crate::on_both_databases!(
    states_join_share_decline_and_leave,
    a_coordinator_opens_one_with_evidence_and_those_concerned_are_told,
    what_is_filed_and_how_it_fares_is_not_shared,
    half_of_a_package_takes_no_part_in_a_round,
    joint_requests_are_served_together_or_not_at_all,
);
