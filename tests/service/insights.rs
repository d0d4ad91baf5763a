//! Where one more unit of what kind would serve most: prices of the published run, told to each as far as it may know.

use needmatch_app::store::words::PartyKind;
use needmatch_domain::run::Run;
use serde_json::{Value, json};

use crate::client::send;
use crate::consent::published;
use crate::matching::{Parties, available, circulated, circulated_as, parties, scenario};
use crate::server::{Party, Service};

const VALUES: &str = "/api/v1/insights/marginal-values";

fn round() -> Value {
    json!({ "name": "Round", "periods": ["2027", "2028"],
        "settings": { "currency": "USD", "as_of": "2026-11-22", "limits": { "seconds": 20 } } })
}

fn course(places: i64) -> Value {
    json!({ "title": "Course", "area": "record_keeping", "priority": 3, "components": [
        { "type": "training", "unit": "place", "quantity": places, "minimum": 1, "unit_cost": 1000 }] })
}

fn money() -> Value {
    json!({ "reference": "hidden-canary", "title": "Money", "form": "money", "unit": "USD", "quantity": 10_000,
        "areas": ["record_keeping"], "visibility": "confidential" })
}

async fn marginal_values_are_prices_of_the_published_certificate(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    circulated(&parties, &course(25)).await;
    available(&parties, &money()).await;
    let coordinator = &parties.coordinator.client;
    let (round, scenario) = scenario(coordinator, &round()).await;
    let (run, _) = published(coordinator, &round, &scenario, &json!({})).await;
    let file: Run = serde_json::from_slice(&coordinator.get(&format!("{run}/export")).await.expect(200).bytes).unwrap();
    // What `needmatch explain` says of the one offer, all of which is used.
    let explained = &file.outcome.explanations.offers[0];
    assert_eq!((explained.left, file.outcome.totals.cost), (0, 10_000));
    assert!(explained.marginal_value > 0);

    let told = parties.provider.client.get(VALUES).await.expect(200);
    assert!(!String::from_utf8_lossy(&told.bytes).contains("hidden-canary"));
    assert_eq!((&told.body["currency"], &told.body["basis"]), (&json!("USD"), &json!("certificate")));
    assert_eq!(told.body["run"], json!(run.rsplit('/').next().unwrap()));
    let items = told.body["items"].as_array().unwrap();
    assert_eq!(items.len(), 2, "{}", told.body);
    let of = |form: &str| items.iter().find(|item| item["form"] == form).unwrap();
    let (money, places) = (of("money"), of("in_kind"));
    assert_eq!(money["marginal_value"], json!(explained.marginal_value), "{}", told.body);
    assert_eq!(money["price"], json!(explained.marginal_value * 1000));
    // 1,000 more pay for one place; one place more in kind is worth the same.
    assert_eq!((&money["serves_thousandths"], &money["unit"]), (&json!(1000), &json!("USD")));
    assert_eq!(
        (&places["type"], &places["unit"], &places["missing"]),
        (&json!("training"), &json!("place"), &json!(15))
    );
    assert_eq!((&places["marginal_value"], &places["price"]), (&money["price"], &money["price"]));
    assert_eq!(
        (&money["missing_cost"], &money["requests"], &money["unreachable"]),
        (&json!(15_000), &json!(1), &json!(0))
    );

    let provider = &parties.provider.client;
    for (query, left) in [
        ("form=money", 1),
        ("form=in_kind&type=training", 1),
        ("type=software", 0),
        ("area=marking", 0),
        ("region=Western%20Africa", 2),
    ] {
        let found = provider.get(&format!("{VALUES}?{query}")).await.expect(200).body;
        assert_eq!(found["items"].as_array().map(Vec::len), Some(left), "{query}: {found}");
    }
    provider.get(&format!("{VALUES}?form=gold")).await.expect_problem(400, "bad_parameter");
    provider.get(&format!("{VALUES}?state=SEN")).await.expect_problem(400, "bad_parameter");
    let csv = send(provider.request(reqwest::Method::GET, VALUES).header("Accept", "text/csv")).await.expect(200);
    let text = String::from_utf8(csv.bytes).unwrap();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.lines().next().unwrap().contains("currency") && text.contains("USD"), "{text}");
}

/// The requests are shown to providers. Everybody else is told of them only where three states ask in one cell.
async fn a_value_that_rests_on_one_hidden_request_is_kept_back(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    let mut seen = Vec::new();
    for codes in [["GMB"].as_slice(), &["MLI", "NER"]] {
        for code in codes {
            let of = Parties {
                state: service.party(PartyKind::State, code).await,
                provider: Party { key: parties.provider.key, client: parties.provider.client.clone() },
                coordinator: Party { key: parties.coordinator.key, client: coordinator.clone() },
            };
            circulated(&of, &course(10)).await;
        }
        let (round, scenario) = scenario(coordinator, &round()).await;
        published(coordinator, &round, &scenario, &json!({})).await;
        let items = async |client: &crate::client::Client| {
            client.get(VALUES).await.expect(200).body["items"].as_array().unwrap().clone()
        };
        let told = items(&parties.provider.client).await;
        let everybody = items(&service.public()).await;
        let round = coordinator.get(&round).await.expect(200);
        // Only so can the next round hold all of them.
        let path = format!("/api/v1/rounds/{}", round.body["id"].as_str().unwrap());
        let decided = coordinator.step(&path, round.version(), "decide", &json!({})).await.expect(200);
        coordinator.step(&path, decided.version(), "close", &json!({})).await.expect(200);
        seen.push((told, everybody));
    }
    let (one, three) = (&seen[0], &seen[1]);
    assert_eq!((one.0[0]["requests"].clone(), one.1.len()), (json!(1), 0), "{one:?}");
    assert_eq!(three.0[0]["requests"], 3);
    assert_eq!(three.0, three.1, "of three states everybody is told");
    assert_eq!(three.0[0]["unreachable"], 3, "there was no offer at all");
}

/// Two of three are shown to one provider by name. No two readers are told sums whose difference is one of them.
async fn what_some_are_shown_by_name_is_in_nobodys_sum(service: &Service) {
    service.worker("solve");
    let parties = parties(service).await;
    let coordinator = &parties.coordinator.client;
    let other = service.party(PartyKind::Provider, "Otherland").await.client;
    let named = json!({ "circulation": "named", "providers": ["Halvorland"] });
    let everybody = json!({ "circulation": "providers" });
    let mut states = Vec::new();
    for (code, consent, places) in [
        ("GMB", &named, 3),
        ("MLI", &named, 5),
        ("NER", &everybody, 7),
        ("GIN", &everybody, 11),
        ("CPV", &everybody, 13),
    ] {
        let of = Parties {
            state: service.party(PartyKind::State, code).await,
            provider: Party { key: parties.provider.key, client: parties.provider.client.clone() },
            coordinator: Party { key: parties.coordinator.key, client: coordinator.clone() },
        };
        if states.len() < 3 {
            circulated_as(&of, &course(places), consent).await;
        }
        states.push((of, consent, places));
    }
    let missing = async |client: &crate::client::Client| {
        let found = client.get(&format!("{VALUES}?form=money")).await.expect(200).body;
        found["items"].as_array().unwrap().iter().filter_map(|item| item["missing_cost"].as_i64()).sum::<i64>() / 1000
    };
    let told = async || {
        let (round, scenario) = scenario(coordinator, &round()).await;
        published(coordinator, &round, &scenario, &json!({})).await;
        [
            missing(coordinator).await,
            missing(&parties.provider.client).await,
            missing(&other).await,
            missing(&service.public()).await,
            missing(&states[0].0.state.client).await,
            missing(&states[2].0.state.client).await,
        ]
    };
    // Three states meet, but no three in one sum: each is told what it sees.
    assert_eq!(told().await, [15, 15, 7, 0, 3, 7]);
    // With three that every provider sees, all are told their sum, and it alone beside what they see.
    for (of, consent, places) in &states[3..] {
        circulated_as(of, &course(*places), consent).await;
    }
    let sum = 7 + 11 + 13;
    assert_eq!(told().await, [sum + 8, sum + 8, sum, sum, sum + 3, sum]);
}

crate::on_both_databases!(
    marginal_values_are_prices_of_the_published_certificate,
    a_value_that_rests_on_one_hidden_request_is_kept_back,
    what_some_are_shown_by_name_is_in_nobodys_sum,
);
