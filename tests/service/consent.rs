//! What both sides make of a published plan: questions, other terms, acceptance, refusal, and what later runs take from
//! it.

use needmatch_app::store::words::{MembershipStatus, PartyKind};
use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::mail::person;
use crate::mail_sink::MailSink;
use crate::matching::{Parties, available, circulated, offer, parties, request, round, scenario};
use crate::receiver::Receiver;
use crate::server::Service;

/// Takes a decision, which needs a key of its own.
pub(crate) async fn decide(client: &Client, path: &str, version: i64, step: &str, body: &Value) -> Answer {
    let key = format!("{path}-{step}-{version}-{}", body.to_string().len());
    let request = client.request(reqwest::Method::POST, &format!("{path}/{step}")).json(body);
    let request = request
        .header("If-Match", format!("\"{version}\""))
        .header("Idempotency-Key", &key[key.len().saturating_sub(200)..]);
    crate::client::send(request).await
}

/// Runs a scenario and publishes what comes out; answers the run and its proposals, oldest first.
pub(crate) async fn published(coordinator: &Client, round: &str, scenario: &str, more: &Value) -> (String, Vec<Value>) {
    let run = coordinator.post(&format!("{scenario}/runs"), &json!({})).await.expect(202).location();
    let ended = coordinator.wait(&run).await;
    let version = coordinator.get(round).await.expect(200).version();
    let mut body = more.clone();
    body["run"] = ended["id"].clone();
    coordinator.step(round, version, "publish", &body).await.expect(200);
    let id = round.rsplit('/').next().unwrap();
    let page = coordinator.get(&format!("/api/v1/proposals?order=oldest&round={id}")).await.expect(200).body;
    (run, page["items"].as_array().unwrap().clone())
}

pub(crate) fn path_of(proposal: &Value) -> String {
    format!("/api/v1/proposals/{}", proposal["id"].as_str().unwrap())
}

/// A round with the usual request and offer, published.
pub(crate) async fn proposed(service: &Service, parties: &Parties, more: &Value) -> (String, String, Vec<Value>) {
    proposed_with(service, parties, &request(), &offer(), more).await
}

/// A round with this request and this offer, published.
pub(crate) async fn proposed_with(
    service: &Service,
    parties: &Parties,
    request: &Value,
    offer: &Value,
    more: &Value,
) -> (String, String, Vec<Value>) {
    service.worker("solve");
    circulated(parties, request).await;
    available(parties, offer).await;
    let (round, scenario) = scenario(&parties.coordinator.client, &round()).await;
    let (_, proposals) = published(&parties.coordinator.client, &round, &scenario, more).await;
    (round, scenario, proposals)
}

pub(crate) fn proposal_for<'a>(proposals: &'a [Value], component: &str) -> &'a Value {
    let named = |name: &Value| name.as_str().is_some_and(|name| name.ends_with(&format!("/{component}")));
    proposals.iter().find(|proposal| named(&proposal["component"])).expect("a proposal for the component")
}

fn assessment() -> Value {
    json!({ "suitable": true, "sustainable": true, "assessor": "National commission", "findings": "Runs on what is there" })
}

async fn both_sides_ask_change_and_agree(service: &Service) {
    let parties = parties(service).await;
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    let (round, _, proposals) = proposed(service, &parties, &json!({})).await;
    assert_eq!(proposals.len(), 2, "{proposals:?}");
    let stranger = service.party(PartyKind::Provider, "Stranger").await.client;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    let software = path_of(proposal_for(&proposals, "software"));
    for path in [&clerks, &format!("{clerks}/messages")] {
        stranger.get(path).await.expect_problem(404, "not_found");
        service.public().get(path).await.expect_problem(404, "not_found");
    }
    assert_eq!(stranger.get("/api/v1/proposals").await.expect(200).body["items"], json!([]));

    let messages = format!("{clerks}/messages");
    provider.post(&messages, &json!({ "text": "Which months?" })).await.expect(201);
    let answered = state.post(&messages, &json!({ "text": "March to June" })).await.expect(201);
    assert_eq!(answered.body["number"], 2);
    parties.coordinator.client.post(&messages, &json!({ "text": "?" })).await.expect_problem(403, "forbidden");
    assert_eq!(state.get(&messages).await.expect(200).body["items"].as_array().map(Vec::len), Some(2));

    // A decision without a key could not be asked about.
    state.step(&clerks, 1, "accept", &json!({})).await.expect_problem(400, "bad_parameter");
    decide(state, &clerks, 1, "decline", &json!({})).await.expect_problem(422, "invalid");
    decide(&stranger, &clerks, 1, "accept", &json!({})).await.expect_problem(404, "not_found");
    decide(&parties.coordinator.client, &clerks, 1, "accept", &json!({})).await.expect_problem(403, "forbidden");

    // The request takes no more than 20 places and no fewer than 10; the software needs them.
    let broken =
        decide(state, &clerks, 1, "change", &json!({ "quantity": 21 })).await.expect_problem(422, "rule_broken");
    assert!(broken.body["detail"].as_str().unwrap().contains("demand"), "{}", broken.body);
    let in_french = state.request(reqwest::Method::POST, &format!("{clerks}/change")).header("If-Match", "\"1\"");
    let in_french = in_french.header("Accept-Language", "fr").header("Idempotency-Key", "in-french");
    let in_french =
        crate::client::send(in_french.json(&json!({ "quantity": 21 }))).await.expect_problem(422, "rule_broken");
    assert_eq!(in_french.body["values"], broken.body["values"]);
    let detail = in_french.body["detail"].as_str().unwrap();
    assert!(detail.contains("le plan enfreint") && !detail.contains("outstanding"), "{detail}");
    decide(state, &clerks, 1, "change", &json!({ "quantity": 5 })).await.expect_problem(422, "rule_broken");
    decide(state, &clerks, 1, "change", &json!({ "period": "2035" })).await.expect_problem(422, "invalid");
    decide(provider, &clerks, 1, "accept", &json!({})).await.expect(200);
    let fewer = json!({ "quantity": 15, "period": "2028", "reason": "the school is closed in 2027" });
    let changed = decide(state, &clerks, 2, "change", &fewer).await.expect(200).body;
    assert_eq!((&changed["quantity"], &changed["period"]), (&json!(15), &json!("2028")));
    assert_eq!((&changed["provider_accepted_at"], &changed["cost"]), (&Value::Null, &json!(13_500)), "accepted anew");
    // 13 500 of accounting currency at 1.09, in the offer's own.
    assert_eq!((&changed["draw"], &changed["offer_unit"]), (&json!(12_386), &json!("EUR")));
    decide(state, &clerks, 3, "accept", &json!({})).await.expect(200);
    let agreed = decide(provider, &clerks, 4, "accept", &json!({})).await.expect(200).body;
    assert_eq!(agreed["lifecycle"], "agreed");
    decide(provider, &clerks, 5, "decline", &json!({ "reason": "late" })).await.expect_problem(409, "not_allowed_now");

    // Software is accepted once somebody has assessed whether it suits (¶101).
    decide(state, &software, 1, "accept", &json!({})).await.expect_problem(422, "rule_broken");
    provider.step(&software, 1, "assess", &assessment()).await.expect_problem(403, "forbidden");
    let mut unfit = assessment();
    unfit["sustainable"] = json!(false);
    state.step(&software, 1, "assess", &unfit).await.expect(200);
    decide(state, &software, 2, "accept", &json!({})).await.expect_problem(422, "rule_broken");
    parties.coordinator.client.step(&software, 2, "assess", &assessment()).await.expect(200);
    let half = decide(state, &software, 3, "accept", &json!({})).await.expect(200);
    let again = decide(state, &software, 3, "accept", &json!({})).await.expect(200);
    assert_eq!((half.bytes, &again.headers["idempotency-replayed"]), (again.bytes, &"true".parse().unwrap()));
    decide(provider, &software, 4, "accept", &json!({})).await.expect(200);

    let asked = state.get("/api/v1/requests").await.expect(200).body["items"][0].clone();
    assert_eq!(asked["lifecycle"], "partly_met", "{asked}");
    let given = provider.get("/api/v1/offers").await.expect(200).body["items"][0].clone();
    assert_eq!((&given["lifecycle"], &given["committed"]), (&json!("reserved"), &json!(12_386 + 36_698)), "{given}");
    // What was promised is told to each side of its own, and to nobody else: the two figures would name each other.
    let coordinator = &parties.coordinator.client;
    let list = |what: &str| format!("/api/v1/{what}");
    for (client, is_told) in [(provider, true), (coordinator, true), (state, false), (&stranger, false)] {
        let shown = client.get(&list("offers")).await.expect(200).body["items"][0]["committed"].clone();
        assert_eq!(shown.is_i64(), is_told, "{shown}");
    }
    for (client, is_told) in [(state, true), (coordinator, true), (provider, false), (&stranger, false)] {
        let shown = client.get(&list("requests")).await.expect(200).body["items"][0]["components"].clone();
        assert!(shown.as_array().unwrap().iter().all(|line| line["committed"].is_i64() == is_told), "{shown}");
    }
    let table = stranger.request(reqwest::Method::GET, &list("offers")).header("Accept", "text/csv");
    let table = String::from_utf8(crate::client::send(table).await.expect(200).bytes).unwrap();
    assert!(table.contains("committed") && !table.contains(&(12_386 + 36_698).to_string()), "{table}");

    let version = parties.coordinator.client.get(&round).await.expect(200).version();
    let decided = parties.coordinator.client.step(&round, version, "decide", &json!({})).await.expect(200);
    let closed = parties.coordinator.client.step(&round, decided.version(), "close", &json!({})).await.expect(200);
    assert_eq!(closed.body["lifecycle"], "closed");
    assert_eq!(service.app.read().await.unwrap().recount_ledger().await.unwrap(), []);
}

async fn a_refused_change_of_terms_tells_nothing_of_others(service: &Service) {
    service.worker("solve");
    let first = parties(service).await;
    let coordinator = &first.coordinator.client;
    let second = Parties {
        state: service.party(PartyKind::State, "GMB").await,
        provider: service.party(PartyKind::Provider, "Otherland").await,
        coordinator: crate::server::Party { key: first.coordinator.key, client: coordinator.clone() },
    };
    let course = json!({ "title": "Course", "area": "record_keeping", "priority": 3, "components": [
        { "reference": "course", "type": "training", "unit": "place", "quantity": 20, "minimum": 1, "unit_cost": 1000 }] });
    circulated(&first, &course).await;
    for (parties, reference, quantity) in [(&first, "own-canary", 7_000), (&second, "other-canary", 5_000)] {
        let hidden = json!({ "reference": reference, "title": "Money", "form": "money", "unit": "USD",
            "quantity": quantity, "areas": ["record_keeping"], "visibility": "confidential" });
        available(parties, &hidden).await;
    }
    let mut short = round();
    short["periods"] = json!(["2027"]);
    let (round, scenario) = scenario(coordinator, &short).await;
    let (_, proposals) = published(coordinator, &round, &scenario, &json!({})).await;
    assert_eq!(proposals.len(), 2, "{proposals:?}");
    let own = path_of(
        proposals.iter().find(|proposal| proposal["offer_reference"] == "Halvorland/own-canary").expect("a proposal"),
    );
    for (client, quantity) in [(&first.provider.client, 18), (&first.state.client, 18), (&first.provider.client, 8)] {
        let refused = decide(client, &own, 1, "change", &json!({ "quantity": quantity })).await;
        let refused = refused.expect_problem(422, "rule_broken").body;
        let rule = refused["values"]["rule"].as_str().unwrap();
        assert!(rule.contains("capacity"), "{refused}");
        assert_eq!(rule.contains("demand"), quantity == 18, "{refused}");
        for said in [rule, refused["detail"].as_str().unwrap()] {
            assert!(!said.contains("canary") && !said.contains(|letter: char| letter.is_ascii_digit()), "{refused}");
        }
    }
}

/// Agrees on 15 places, delivers so many, and answers request and offer as they then stand.
async fn delivered(service: &Service, quantity: i64) -> (Value, Value) {
    let parties = parties(service).await;
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    let (_, _, proposals) = proposed(service, &parties, &json!({})).await;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    let fewer = json!({ "quantity": 15, "period": "2028" });
    decide(state, &clerks, 1, "change", &fewer).await.expect(200);
    decide(state, &clerks, 2, "accept", &json!({})).await.expect(200);
    decide(provider, &clerks, 3, "accept", &json!({})).await.expect(200);
    let written = json!({ "authority": "National commission", "procedure": "Decree 7" });
    let made = state.post_with_key(&format!("{clerks}/commitment"), &written, "short").await.expect(201);
    let path = made.location();
    decide(state, &path, 1, "deliver", &json!({ "quantity": 160 })).await.expect_problem(422, "invalid");
    let done = decide(state, &path, 1, "deliver", &json!({ "quantity": quantity })).await.expect(200).body;
    assert_eq!(done["lifecycle"], "delivered", "{done}");
    decide(state, &path, 2, "deliver", &json!({})).await.expect_problem(409, "not_allowed_now");
    assert_eq!(service.app.read().await.unwrap().recount_ledger().await.unwrap(), []);
    let first = async |list: &str| provider.get(list).await.expect(200).body["items"][0].clone();
    (state.get("/api/v1/requests").await.expect(200).body["items"][0].clone(), first("/api/v1/offers").await)
}

async fn what_did_not_arrive_can_be_given_again(service: &Service) {
    let (asked, given) = delivered(service, 10).await;
    assert_eq!((&asked["lifecycle"], &given["lifecycle"]), (&json!("partly_met"), &json!("reserved")));
    // Two thirds of 12 386, rounded up.
    assert_eq!(given["committed"], 8_258, "{given}");
}

async fn where_nothing_arrived_all_is_open_again(service: &Service) {
    let (asked, given) = delivered(service, 0).await;
    assert_eq!((&asked["lifecycle"], &given["lifecycle"]), (&json!("in_round"), &json!("available")));
    assert_eq!(given["committed"], 0, "{given}");
}

async fn what_was_decided_binds_the_next_run(service: &Service) {
    let parties = parties(service).await;
    let (state, provider, coordinator) = (&parties.state.client, &parties.provider.client, &parties.coordinator.client);
    let (round, scenario_path, proposals) = proposed(service, &parties, &json!({})).await;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    let software = path_of(proposal_for(&proposals, "software"));
    let fewer = json!({ "quantity": 12 });
    decide(state, &clerks, 1, "change", &fewer).await.expect(200);
    decide(state, &clerks, 2, "accept", &json!({})).await.expect(200);
    decide(provider, &clerks, 3, "accept", &json!({})).await.expect(200);
    let declined = decide(provider, &software, 1, "decline", &json!({ "reason": "not our field" })).await.expect(200);
    assert_eq!(declined.body["reason"], "not our field");

    // In the round's own scenario: what was agreed is locked, what was declined is not proposed again.
    let again = coordinator.post(&format!("{scenario_path}/runs"), &json!({})).await.expect(202).location();
    let ended = coordinator.wait(&again).await;
    assert_eq!(ended["lifecycle"], "succeeded", "{ended}");
    let plan = coordinator.get(&format!("{again}/plan")).await.expect(200).body;
    let rows = plan["items"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["component"] == "SEN/clerks"), "{plan}");
    let agreed = decide(provider, &clerks, 4, "accept", &json!({})).await;
    agreed.expect_problem(409, "not_allowed_now");
    assert!(rows.iter().any(|row| row["quantity"] == 12), "{plan}");

    // In the next round: what was agreed is had, what was declined stays forbidden.
    for step in ["decide", "close"] {
        let version = coordinator.get(&round).await.expect(200).version();
        coordinator.step(&round, version, step, &json!({})).await.expect(200);
    }
    let (_, next) = scenario(coordinator, &crate::matching::round()).await;
    let run = coordinator.post(&format!("{next}/runs"), &json!({})).await.expect(202).location();
    coordinator.wait(&run).await;
    let plan = coordinator.get(&format!("{run}/plan")).await.expect(200).body;
    let rows = plan["items"].as_array().unwrap();
    let given: i64 = rows.iter().filter_map(|row| row["quantity"].as_i64()).sum();
    assert!(rows.iter().all(|row| row["component"] == "SEN/clerks") && given <= 8, "{plan}");
}

async fn a_state_is_told_why_and_nobody_elses_secrets(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    let other = Parties {
        state: service.party(PartyKind::State, "GMB").await,
        provider: service.party(PartyKind::Provider, "Other").await,
        coordinator: crate::server::Party { key: parties.coordinator.key, client: coordinator.clone() },
    };
    let course = |name: &str, unit_cost: i64| {
        json!({ "title": name, "area": "record_keeping", "priority": 3, "components": [
            { "reference": name, "type": "training", "unit": "place", "quantity": 10, "minimum": 10, "unit_cost": unit_cost }] })
    };
    let first = circulated(&parties, &course("one", 1000)).await;
    let second = circulated(&other, &course("two", 1000)).await;
    for reference in ["hidden-canary", "hidden-canary-2"] {
        let mut hidden = offer();
        hidden["reference"] = json!(reference);
        hidden["visibility"] = json!("confidential");
        hidden["quantity"] = json!(5_000);
        available(&parties, &hidden).await;
    }
    let receiver = Receiver::listen(service.receiver(), &[]);
    for party in [&parties.state, &other.state] {
        let url = format!("{}/{}", receiver.address, party.key);
        let hook = json!({ "url": url, "kinds": ["request.unmatched"] });
        party.client.post(&format!("/api/v1/parties/{}/webhooks", party.key), &hook).await.expect(201);
    }
    person(service, parties.state.key, "awa", "en", MembershipStatus::Active).await;
    person(service, other.state.key, "binta", "en", MembershipStatus::Active).await;
    assert_eq!(service.public().get("/api/v1/insights/marginal-values").await.expect(200).body["items"], json!([]));
    let mut short = round();
    short["periods"] = json!(["2027"]);
    let (round, scenario) = scenario(coordinator, &short).await;
    let (run, proposals) = published(coordinator, &round, &scenario, &json!({})).await;
    assert_eq!(proposals.len(), 2, "{proposals:?}");
    let is_first = proposals[0]["component"] == "SEN/one";
    assert_eq!(proposals[0]["component"], proposals[1]["component"]);
    let (met, unmet) = if is_first {
        (&parties.state.client, &other.state.client)
    } else {
        (&other.state.client, &parties.state.client)
    };
    let (met_path, unmet_path) = if is_first { (&first, &second) } else { (&second, &first) };
    let told = unmet.get(&format!("{unmet_path}/explanations")).await.expect(200);
    assert_eq!(told.body["items"][0]["missing"], 10, "{}", told.body);
    assert!(!String::from_utf8_lossy(&told.bytes).contains("hidden-canary"), "{}", told.body);
    let all = coordinator.get(&format!("{unmet_path}/explanations")).await.expect(200);
    assert_eq!(all.body["items"][0]["missing"], 10);
    // Two offers went elsewhere: whoever may not see them learns neither figures nor how many there are.
    let outbid = |answer: &Answer| {
        let links = answer.body["items"][0]["chain"].as_array().unwrap().clone();
        links.into_iter().filter(|link| link["code"] == "outbid").collect::<Vec<_>>()
    };
    let (hidden, shown) = (outbid(&told), outbid(&all));
    assert!(shown.len() == 2 && shown.iter().all(|link| link["price"].is_i64()), "{}", all.body);
    assert_eq!(hidden.len(), 1, "{}", told.body);
    for member in ["offer", "price", "winning_priority"] {
        assert_eq!(hidden[0][member], Value::Null, "{}", told.body);
    }
    let said = hidden[0]["detail"].as_str().unwrap();
    assert!(!said.contains(|letter: char| letter.is_ascii_digit()), "{said}");

    // It is told so by its webhook and by mail, and nobody else is.
    service.deliverer();
    let unmet_party = if is_first { &other.state } else { &parties.state };
    let heard = receiver.wait_for(1).await;
    assert_eq!((heard[0].path.clone(), heard[0].kind()), (format!("/{}", unmet_party.key), "request.unmatched"));
    assert_eq!(heard[0].body["data"]["href"], format!("{unmet_path}/explanations"));
    let sink = MailSink::listen(&[]).await;
    service.mailer(&sink.address);
    let title = if is_first { "two" } else { "one" };
    let handed = sink.wait_for(3).await;
    let subject = format!("Your request {title} was not matched in round Round 2027");
    let mails: Vec<_> = handed.iter().filter(|mail| mail.read()["subject"] == subject.as_str()).collect();
    assert_eq!(mails.len(), 1, "{handed:?}");
    assert_eq!(mails[0].to, if is_first { "binta@example.org" } else { "awa@example.org" });
    assert_eq!(receiver.received().len(), 1);

    assert_eq!(met.get(&format!("{met_path}/explanations")).await.expect(200).body["items"], json!([]));
    met.get(&format!("{unmet_path}/explanations")).await.expect_problem(404, "not_found");
    other.provider.client.get(&format!("{unmet_path}/explanations")).await.expect_problem(403, "forbidden");

    // One request that is not public stands behind the figures: only those who see it are told.
    let values = "/api/v1/insights/marginal-values";
    assert_eq!(service.public().get(values).await.expect(200).body["items"], json!([]));
    let seen = other.provider.client.get(values).await.expect(200);
    assert_eq!(seen.body["items"][0]["area"], "record_keeping", "{}", seen.body);
    assert_eq!(
        (&seen.body["items"][0]["missing_cost"], &seen.body["items"][0]["region"]),
        (&json!(10_000), &json!("Western Africa"))
    );
    assert!(!String::from_utf8_lossy(&seen.bytes).contains("hidden-canary"));

    // Something of the round is not public: its export is for coordinators and admitted observers.
    let observer = service.party(PartyKind::Observer, "NGO").await.client;
    observer.get(&format!("{run}/export")).await.expect_problem(403, "forbidden");
    let observers = format!("{round}/observers");
    observer.post(&observers, &json!({ "observer": "NGO" })).await.expect_problem(403, "forbidden");
    coordinator.post(&observers, &json!({ "observer": "Nobody" })).await.expect_problem(422, "invalid");
    coordinator.post(&observers, &json!({ "observer": "NGO" })).await.expect(201);
    let export = observer.get(&format!("{run}/export")).await.expect(200);
    needmatch_verify::verify_run(serde_json::from_slice(&export.bytes).unwrap()).expect("the export recounts");
    service.public().get(&format!("{run}/export")).await.expect_problem(401, "unauthenticated");
}

async fn what_is_taken_back_leaves_no_proposal_open(service: &Service) {
    let parties = parties(service).await;
    let (round, _, proposals) = proposed(service, &parties, &json!({})).await;
    let given = parties.provider.client.get("/api/v1/offers").await.expect(200).body["items"][0].clone();
    let path = format!("/api/v1/offers/{}", given["id"].as_str().unwrap());
    let reason = json!({ "reason": "the budget was cut" });
    parties.provider.client.step(&path, given["version"].as_i64().unwrap(), "withdraw", &reason).await.expect(200);
    for proposal in &proposals {
        let ended = parties.state.client.get(&path_of(proposal)).await.expect(200).body;
        assert_eq!((&ended["lifecycle"], &ended["reason"]), (&json!("declined"), &json!("the budget was cut")));
        assert_eq!((&ended["ending"], &ended["declined_by"]), (&json!("offer_withdrawn"), &ended["provider_party"]));
    }
    let version = parties.coordinator.client.get(&round).await.expect(200).version();
    parties.coordinator.client.step(&round, version, "decide", &json!({})).await.expect(200);
}

async fn a_commitment_given_up_frees_what_was_not_spent(service: &Service) {
    let parties = parties(service).await;
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    let (_, _, proposals) = proposed(service, &parties, &json!({})).await;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    decide(state, &clerks, 1, "accept", &json!({})).await.expect(200);
    let written = json!({ "authority": "Commission", "procedure": "Decree 7" });
    let early = provider.post_with_key(&format!("{clerks}/commitment"), &written, "early").await;
    early.expect_problem(409, "not_allowed_now");
    decide(provider, &clerks, 2, "accept", &json!({})).await.expect(200);
    let made = provider.post_with_key(&format!("{clerks}/commitment"), &written, "w").await.expect(201);
    let twice = provider.post_with_key(&format!("{clerks}/commitment"), &written, "w2").await;
    assert_eq!(twice.expect_problem(409, "taken").body["values"]["what"], "the commitment of a proposal");
    let path = made.location();
    let promised = made.body["promised"].as_i64().unwrap();
    decide(provider, &path, 1, "disburse", &json!({ "amount": promised / 4 })).await.expect(200);
    decide(state, &path, 2, "cancel", &json!({})).await.expect_problem(422, "invalid");
    decide(state, &path, 2, "cancel", &json!({ "reason": "no room" })).await.expect(200);
    decide(provider, &path, 3, "disburse", &json!({ "amount": 1 })).await.expect_problem(409, "not_allowed_now");
    let given = provider.get("/api/v1/offers").await.expect(200).body["items"][0].clone();
    assert_eq!((&given["committed"], &given["lifecycle"]), (&json!(promised / 4), &json!("reserved")), "{given}");
    let asked = state.get("/api/v1/requests").await.expect(200).body["items"][0].clone();
    assert_eq!(
        (&asked["components"][1]["committed"], &asked["lifecycle"]),
        (&json!(4), &json!("partly_met")),
        "{asked}"
    );
    service.public().get("/api/v1/commitments").await.expect(200);
    assert_eq!(service.public().get("/api/v1/commitments").await.body["items"], json!([]));
    assert_eq!(service.app.read().await.unwrap().recount_ledger().await.unwrap(), []);
}

async fn a_proposal_lapses_at_its_deadline_though_nobody_looks(service: &Service) {
    let parties = parties(service).await;
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(3);
    let (_, _, proposals) = proposed(service, &parties, &json!({ "deadline": soon.to_string() })).await;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let early = needmatch_app::proposals::lapse_overdue(&service.app).await.unwrap();
    assert!(early == 0 || jiff::Timestamp::now() > soon, "{early} lapsed before their deadline");
    while jiff::Timestamp::now() <= soon {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    // Two machines look at once.
    for _ in 0..2 {
        tokio::spawn(needmatch_app::proposals::keep_deadlines(service.app.clone(), stopped.clone()));
    }
    let state = &parties.state.client;
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while state.get(&clerks).await.expect(200).body["lifecycle"] != "lapsed" {
        assert!(std::time::Instant::now() < until, "the deadline was not kept");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(state.get(&clerks).await.expect(200).version(), 2, "it lapsed once");
}

async fn a_proposal_lapses_at_its_deadline(service: &Service) {
    let parties = parties(service).await;
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(3);
    let (round, _, proposals) = proposed(service, &parties, &json!({ "deadline": soon.to_string() })).await;
    let coordinator = &parties.coordinator.client;
    let version = coordinator.get(&round).await.expect(200).version();
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    while jiff::Timestamp::now() <= soon {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let late =
        decide(&parties.state.client, &clerks, 1, "accept", &json!({})).await.expect_problem(409, "not_allowed_now");
    assert_eq!(late.body["values"]["state"], "lapsed");
    coordinator.step(&round, version, "decide", &json!({})).await.expect(200);
    assert_eq!(parties.state.client.get(&clerks).await.expect(200).body["lifecycle"], "lapsed");
    let asked = parties.state.client.get("/api/v1/requests").await.expect(200).body["items"][0].clone();
    assert_eq!(asked["lifecycle"], "in_round");
    coordinator.step(&round, version + 1, "close", &json!({})).await.expect(200);
    let asked = parties.state.client.get("/api/v1/requests").await.expect(200).body["items"][0].clone();
    assert_eq!(asked["lifecycle"], "circulated", "free for the next round");
}

async fn what_was_agreed_stays_when_the_rest_is_ended(service: &Service) {
    let parties = parties(service).await;
    let (state, provider, coordinator) = (&parties.state.client, &parties.provider.client, &parties.coordinator.client);
    let (round, _, proposals) = proposed(service, &parties, &json!({})).await;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    let software = path_of(proposal_for(&proposals, "software"));
    decide(state, &clerks, 1, "accept", &json!({})).await.expect(200);
    decide(provider, &clerks, 2, "accept", &json!({})).await.expect(200);
    let asked = state.get("/api/v1/requests").await.expect(200).body["items"][0].clone();
    let given = provider.get("/api/v1/offers").await.expect(200).body["items"][0].clone();
    assert_eq!((&asked["lifecycle"], &given["lifecycle"]), (&json!("partly_met"), &json!("reserved")));
    let of_request = format!("/api/v1/requests/{}", asked["id"].as_str().unwrap());
    let of_offer = format!("/api/v1/offers/{}", given["id"].as_str().unwrap());

    // Whoever mirrors says the same again, wherever it stands.
    let (asked_at, given_at) = (asked["version"].as_i64(), given["version"].as_i64());
    let kept = state.put(&of_request, asked_at, &request()).await.expect(200);
    assert_eq!((Some(kept.version()), &kept.body["lifecycle"]), (asked_at, &json!("partly_met")));
    let kept = provider.put(&of_offer, given_at, &offer()).await.expect(200);
    assert_eq!((Some(kept.version()), &kept.body["lifecycle"]), (given_at, &json!("reserved")));
    let mut more = offer();
    more["quantity"] = json!(70_000);
    let refused = provider.put(&of_offer, given_at, &more).await.expect_problem(409, "not_allowed_now");
    assert_eq!(refused.body["values"]["allowed"], json!(["withdraw", "expire"]));

    let reason = json!({ "reason": "the budget year is over" });
    let ended = coordinator.step(&of_offer, given_at.unwrap(), "expire", &reason).await.expect(200).body;
    assert_eq!((&ended["lifecycle"], &ended["committed"]), (&json!("expired"), &given["committed"]));
    let open = state.get(&software).await.expect(200);
    assert_eq!((&open.body["lifecycle"], &open.body["reason"]), (&json!("lapsed"), &reason["reason"]));
    decide(state, &software, open.version(), "accept", &json!({})).await.expect_problem(409, "not_allowed_now");
    let ended = state.step(&of_request, asked_at.unwrap(), "withdraw", &json!({})).await.expect(200).body;
    assert_eq!((&ended["lifecycle"], &ended["components"][1]["committed"]), (&json!("withdrawn"), &json!(20)));

    // What was agreed is written down and followed as if nothing had ended; given up, it brings neither back.
    assert_eq!(state.get(&clerks).await.expect(200).body["lifecycle"], "agreed");
    let written = json!({ "authority": "Commission", "procedure": "Decree 7" });
    let made = provider.post_with_key(&format!("{clerks}/commitment"), &written, "w").await.expect(201).location();
    decide(state, &made, 1, "cancel", &json!({ "reason": "no room" })).await.expect(200);
    assert_eq!(state.get(&of_request).await.expect(200).body["lifecycle"], "withdrawn");
    let after = provider.get(&of_offer).await.expect(200).body;
    assert_eq!((&after["lifecycle"], &after["committed"]), (&json!("expired"), &json!(0)));
    let version = coordinator.get(&round).await.expect(200).version();
    coordinator.step(&round, version, "decide", &json!({})).await.expect(200);
    assert_eq!(service.app.read().await.unwrap().recount_ledger().await.unwrap(), []);
}

async fn a_request_too_old_leaves_its_round_with_its_proposals(service: &Service) {
    let parties = parties(service).await;
    let (state, coordinator) = (&parties.state.client, &parties.coordinator.client);
    let (round, _, proposals) = proposed(service, &parties, &json!({})).await;
    let asked = state.get("/api/v1/requests").await.expect(200).body["items"][0].clone();
    assert_eq!(asked["lifecycle"], "in_round");
    let path = format!("/api/v1/requests/{}", asked["id"].as_str().unwrap());
    let version = asked["version"].as_i64().unwrap();
    let reason = json!({ "reason": "the plan it rests on is over" });
    state.step(&path, version, "expire", &reason).await.expect_problem(403, "forbidden");
    coordinator.step(&path, version, "expire", &reason).await.expect(200);
    for proposal in &proposals {
        let ended = parties.provider.client.get(&path_of(proposal)).await.expect(200).body;
        assert_eq!((&ended["lifecycle"], &ended["reason"]), (&json!("lapsed"), &reason["reason"]));
    }
    for step in ["decide", "close"] {
        let version = coordinator.get(&round).await.expect(200).version();
        coordinator.step(&round, version, step, &json!({})).await.expect(200);
    }
    assert_eq!(state.get(&path).await.expect(200).body["lifecycle"], "expired", "closing brings nothing back");
    coordinator.step(&path, version + 1, "expire", &reason).await.expect_problem(409, "not_allowed_now");
}

async fn a_request_that_ends_in_a_frozen_round_is_not_proposed(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    let path = circulated(&parties, &request()).await;
    available(&parties, &offer()).await;
    let (round, scenario) = scenario(coordinator, &round()).await;
    let version = coordinator.get(&path).await.expect(200).version();
    coordinator.step(&path, version, "expire", &json!({})).await.expect(200);
    let (_, proposals) = published(coordinator, &round, &scenario, &json!({})).await;
    assert_eq!(proposals, Vec::<Value>::new(), "the plan was made of what was frozen; nobody is asked about it");
}

crate::on_both_databases!(
    both_sides_ask_change_and_agree,
    a_refused_change_of_terms_tells_nothing_of_others,
    what_did_not_arrive_can_be_given_again,
    where_nothing_arrived_all_is_open_again,
    what_was_decided_binds_the_next_run,
    a_state_is_told_why_and_nobody_elses_secrets,
    what_is_taken_back_leaves_no_proposal_open,
    what_was_agreed_stays_when_the_rest_is_ended,
    a_request_too_old_leaves_its_round_with_its_proposals,
    a_request_that_ends_in_a_frozen_round_is_not_proposed,
    a_commitment_given_up_frees_what_was_not_spent,
    a_proposal_lapses_at_its_deadline,
    a_proposal_lapses_at_its_deadline_though_nobody_looks,
);
