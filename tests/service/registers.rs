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
    assert_eq!(matches().await, Some(0), "the programme gives it already");
    let path = format!("/api/v1/programmes/{}", made.body["id"].as_str().unwrap());
    let ended = json!({ "reason": "ended" });
    coordinator.step(&path, 1, "retire", &ended).await.expect(200);
    coordinator.step(&path, 2, "retire", &ended).await.expect_problem(409, "not_allowed_now");
    assert_eq!(coordinator.get("/api/v1/programmes").await.expect(200).body["items"], json!([]));
    let all = coordinator.get("/api/v1/programmes?retired=true&state=SEN").await.expect(200);
    assert_eq!(all.body["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(matches().await, Some(1), "nothing covers it any more");
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

crate::on_both_databases!(
    a_programme_covers_what_is_asked_until_it_is_retired,
    a_registered_channel_limits_what_flows_through_it,
);
