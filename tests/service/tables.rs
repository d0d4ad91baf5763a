//! Tables in and out: looked at, confirmed as a whole, written again, and taken back unchanged.

use std::collections::BTreeMap;

use needmatch_app::imports::{self, Tables};
use needmatch_app::store::keys::PartyKey;
use needmatch_app::store::words::PartyKind;
use needmatch_app::{Principal, Scope, exports::Table};
use serde_json::{Value, json};

use crate::client::{Client, send};
use crate::server::{Service, surface};

const REQUESTS: &str = "id,state,title,area,priority,obstacles,circulated_to,source\n\
    R1,SEN,Marking,marking,2,no_power@C2,Halvorland,=report\n\
    R2,SEN,Register,record_keeping,,,,\n";
const COMPONENTS: &str = "id,request,type,unit,quantity,unit_cost,requires,from,divisible\n\
    C1,R1,equipment,machine,10,5000,C2,2027,false\n\
    C2,R1,training,place,20,800,,,\n\
    C3,R2,software,licence,3,1000,,,\n";

fn asked(components: &str) -> Value {
    json!({ "tables": { "requests": REQUESTS, "components": components } })
}

async fn tables(client: &Client) -> BTreeMap<&'static str, String> {
    let mut tables = BTreeMap::new();
    for table in Table::ALL {
        let answer = client.get(&format!("/api/v1/exports/{}", table.name())).await;
        assert_eq!(answer.status.as_u16(), 200);
        assert!(answer.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
        tables.insert(table.name(), String::from_utf8(answer.bytes).expect("UTF-8"));
    }
    tables
}

async fn confirmed(client: &Client, tables: &Value) -> Value {
    let made = client.post("/api/v1/imports", tables).await.expect(201);
    assert_eq!(made.body["preview"]["errors"], json!([]), "{}", made.body);
    let done = client.post(&format!("{}/confirm", made.location()), &json!({})).await.expect(200).body;
    assert_eq!(done["done"], made.body["preview"]["done"], "what was shown is what happened");
    done["done"].clone()
}

fn done(created: usize, changed: usize, unchanged: usize) -> Value {
    json!({ "created": created, "changed": changed, "unchanged": unchanged })
}

async fn requests_are_looked_at_then_taken_as_a_whole_and_taken_again(service: &Service) {
    let state = service.party(PartyKind::State, "SEN").await.client;
    let made = state.post("/api/v1/imports", &asked(COMPONENTS)).await.expect(201);
    let preview = &made.body["preview"];
    assert_eq!(preview["tables"]["components"]["rows"], 3);
    assert_eq!(preview["totals"]["asked"], json!({ "marking": 66_000, "record_keeping": 3_000 }));
    assert_eq!((&preview["done"], &preview["errors"]), (&done(2, 0, 0), &json!([])));
    assert_eq!(preview["left_out"], json!(["requests.circulated_to"]));
    assert_eq!(state.get("/api/v1/requests").await.expect(200).body["items"], json!([]), "only looked at");
    let confirm = format!("{}/confirm", made.location());
    let first = state.post_with_key(&confirm, &json!({}), "once").await.expect(200);
    assert_eq!(first.body["done"], done(2, 0, 0));
    assert_eq!(state.post_with_key(&confirm, &json!({}), "once").await.expect(200).bytes, first.bytes);
    state.post(&confirm, &json!({})).await.expect_problem(409, "not_allowed_now");

    let listed = state.get("/api/v1/requests?order=oldest").await.expect(200).body;
    let marking = &listed["items"][0];
    assert_eq!((&marking["external_id"], &marking["reference"]), (&json!("R1"), &json!("SEN/R1")));
    assert_eq!((&marking["lifecycle"], &marking["circulation"]), (&json!("draft"), &json!("private")));
    assert_eq!(marking["components"][0]["requires"], json!(["SEN/C2"]));
    assert_eq!(marking["obstacles"], json!([{ "code": "no_power", "mitigation": "SEN/C2" }]));
    let keys: Vec<Value> = marking["components"].as_array().unwrap().iter().map(|line| line["id"].clone()).collect();

    assert_eq!(confirmed(&state, &asked(COMPONENTS)).await, done(0, 0, 2), "taken again, nothing changes");
    let more = COMPONENTS.replace("place,20", "place,30");
    assert_eq!(confirmed(&state, &asked(&more)).await, done(0, 1, 1));
    let read = state.get(&format!("/api/v1/requests/{}", marking["id"].as_str().unwrap())).await.expect(200).body;
    assert_eq!(read["components"][1]["quantity"], 30);
    assert_eq!(read["components"].as_array().unwrap().iter().map(|line| line["id"].clone()).collect::<Vec<_>>(), keys);

    let out = tables(&state).await;
    assert!(out["requests"].contains("R1,SEN,,Marking,marking,2,"), "{}", out["requests"]);
    assert!(out["requests"].contains("'=report") && out["components"].contains("C1,R1,equipment"), "{out:?}");
    let again = json!({ "tables": { "requests": out["requests"], "components": out["components"] } });
    assert_eq!(confirmed(&state, &again).await, done(0, 0, 2), "what goes out comes in unchanged");
    let verdict = service.app.read().await.unwrap().verify_audit().await.unwrap();
    assert!(verdict.findings.is_empty(), "{verdict:?}");
}

async fn a_draft_goes_out_and_comes_in_with_all_that_is_known_of_it(service: &Service) {
    let state = service.party(PartyKind::State, "SEN").await.client;
    let draft = json!({ "title": "Register", "area": "record_keeping", "external_id": "R9", "components": [
        { "reference": "idea", "note": "Technical and financial assistance" },
        { "reference": "clerks", "type": "training", "unit": "place", "quantity": 20, "requires": ["idea"] }
    ] });
    let made = state.post("/api/v1/requests", &draft).await.expect(201);
    let out = tables(&state).await;
    assert_eq!(out["components"].lines().count(), 3, "{}", out["components"]);
    let tables = json!({ "tables": { "requests": out["requests"], "components": out["components"] } });
    assert_eq!(confirmed(&state, &tables).await, done(0, 0, 1), "what is incomplete comes in as it went out");
    assert_eq!(state.get(&made.location()).await.expect(200).body, made.body);

    // A complete one keeps its note as well, which the tables of a scenario folder have no column for.
    let mut whole = draft.clone();
    whole["components"] = json!([{ "reference": "clerks", "type": "training", "unit": "place", "quantity": 20,
        "unit_cost": 900, "note": "Twenty clerks" }]);
    state.put(&made.location(), Some(1), &whole).await.expect(200);
    let out = self::tables(&state).await;
    let more = out["components"].replace("place,20", "place,30");
    let tables = json!({ "tables": { "requests": out["requests"], "components": more } });
    assert_eq!(confirmed(&state, &tables).await, done(0, 1, 0));
    let read = state.get(&made.location()).await.expect(200).body;
    let line = &read["components"][0];
    assert_eq!((&line["quantity"], &line["note"]), (&json!(30), &json!("Twenty clerks")), "{read}");
}

async fn everything_wrong_is_told_by_row_and_column_and_nothing_is_taken(service: &Service) {
    let state = service.party(PartyKind::State, "SEN").await.client;
    let requests = "id,state,titel,area\nR1,SEN,x,markin\nR1,SEN,x,marking\nR2,KEN,x,marking\n,SEN,x,marking\n";
    let components = "id,request,type,unit,quantity,unit_cost\n\
        C1,R1,trainin,place,2.5,1\nC2,R9,training,place,2,1\nC3,R1,training\n";
    let handed = json!({ "tables": { "requests": requests, "components": components } });
    let made = state.post("/api/v1/imports", &handed).await.expect(201);
    let found: Vec<String> = made.body["preview"]["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            assert!(error["message"].as_str().is_some_and(|text| !text.is_empty()), "{error}");
            format!(
                "{} {} {} {}",
                error["table"].as_str().unwrap(),
                error["row"],
                error["column"].as_str().unwrap_or("-"),
                error["near"].as_str().unwrap_or("-")
            )
        })
        .collect();
    for expected in [
        "requests 1 - title",
        "requests 2 area marking",
        "requests 3 id -",
        "requests 4 state -",
        "requests 5 id -",
        "components 2 type training",
        "components 2 quantity -",
        "components 3 request -",
        "components 4 - -",
    ] {
        assert!(found.iter().any(|line| line == expected), "{expected}: {found:?}");
    }
    let refused = state.post(&format!("{}/confirm", made.location()), &json!({})).await.expect_problem(422, "invalid");
    assert!(refused.body.to_string().contains("/components/2/quantity"), "{}", refused.body);
    assert_eq!(state.get("/api/v1/requests").await.expect(200).body["items"], json!([]));
    for refused in [
        json!({ "tables": {} }),
        json!({ "tables": { "requests": REQUESTS } }),
        json!({ "tables": { "roundz": "id\n" } }),
        json!({ "tables": { "offers": 7 } }),
        json!({ "tables": [] }),
        json!({}),
    ] {
        state.post("/api/v1/imports", &refused).await.expect_problem(422, "invalid");
    }
}

async fn offers_and_programmes_come_as_csv_and_only_in_ones_own_name(service: &Service) {
    let provider = service.party(PartyKind::Provider, "Halvorland").await;
    let other = service.party(PartyKind::Provider, "Otherland").await.client;
    let client = &provider.client;
    let csv = async |client: &Client, table: &str, text: &str| {
        let request = client.request(reqwest::Method::POST, &format!("/api/v1/imports?table={table}"));
        send(request.header("Content-Type", "text/csv").body(text.to_owned())).await
    };
    let offers = "id,provider,form,unit,quantity,areas,firmness\n\
        #id,,,,,,\nO1,Halvorland,money,EUR,40000,marking;tracing,pledge\nO2,Halvorland,in_kind,machine,5,,\n";
    let made = csv(client, "offers", offers).await.expect(201);
    let totals = &made.body["preview"]["totals"];
    assert_eq!(totals["offered_money"], json!({ "EUR": 40_000 }));
    assert_eq!(totals["offered_in_kind"], json!({ "machine": 5 }));
    client.post(&format!("{}/confirm", made.location()), &json!({})).await.expect(200);
    let programmes = "id,state,area,mitigates\nP1,SEN,marking,no_power\n";
    let made = csv(client, "programmes", programmes).await.expect(201);
    // What another handed in is not there.
    other.get(&made.location()).await.expect(404);
    other.post(&format!("{}/confirm", made.location()), &json!({})).await.expect(404);
    client.post(&format!("{}/confirm", made.location()), &json!({})).await.expect(200);
    csv(&other, "offers", offers).await.expect_problem(403, "forbidden");
    csv(client, "requests", "id\n").await.expect_problem(422, "invalid");
    csv(client, "rounds", "id\n").await.expect(400);
    send(
        client
            .request(reqwest::Method::POST, "/api/v1/imports?table=offers")
            .header("Content-Type", "text/csv")
            .body(vec![0xff, 0xfe]),
    )
    .await
    .expect_problem(422, "invalid");

    let out = tables(client).await;
    assert!(
        out["offers"].contains("O1,Halvorland,O1,money,,\"marking;tracing\",,EUR,40000,,pledge"),
        "{}",
        out["offers"]
    );
    assert!(out["programmes"].contains("P1,SEN,marking"), "{}", out["programmes"]);
    let again = json!({ "tables": {
        "offers": out["offers"], "offer_periods": out["offer_periods"], "programmes": out["programmes"],
    } });
    assert_eq!(confirmed(client, &again).await, done(0, 0, 3));
    let seen = tables(&other).await;
    assert!(!seen["offers"].contains("O1"), "drafts are the owner's: {}", seen["offers"]);
    other.get("/api/v1/exports/parties").await.expect(404);
    let reader = service.party_with(PartyKind::Provider, "Readerland", &[Scope::Read]).await.client;
    reader.post("/api/v1/imports", &again).await.expect_problem(403, "forbidden");
    service.public().post("/api/v1/imports", &again).await.expect(401);
    assert!(seen.len() == Table::ALL.len());
}

async fn a_table_longer_than_a_page_comes_whole_and_in_order(service: &Service) {
    let provider = service.party(PartyKind::Provider, "Halvorland").await;
    let (operator, count) = (Principal::operator(), 450);
    let mut transaction = service.app.begin(&operator, &surface()).await.unwrap();
    let offers: Vec<Value> = (0..count)
        .map(|number| {
            json!({ "provider": "Halvorland", "title": format!("T{number}"), "form": "money", "unit": "EUR",
                    "quantity": 1, "external_id": format!("E{number}") })
        })
        .collect();
    needmatch_app::offers::create_many(&mut transaction, &operator, &offers).await.unwrap();
    transaction.commit().await.unwrap();
    let out = tables(&provider.client).await;
    let titles: Vec<&str> = out["offers"].lines().skip(1).map(|line| line.split(',').nth(2).unwrap()).collect();
    assert_eq!(titles, (0..count).map(|number| format!("T{number}")).collect::<Vec<_>>());
}

/// So many requests with a line each.
fn many(count: usize, quantity: usize) -> Value {
    let rows = |header: &str, row: &dyn Fn(usize) -> String| {
        std::iter::once(format!("{header}\n")).chain((0..count).map(row)).collect::<String>()
    };
    let requests = rows("id,state,title,area", &|number| format!("R{number},SEN,Course {number},marking\n"));
    let components = rows("id,request,type,unit,quantity,unit_cost", &|number| {
        format!("C{number},R{number},training,place,{quantity},900\n")
    });
    json!({ "requests": requests, "components": components })
}

/// Statements that taking tables costs, undone or not.
async fn statements(service: &Service, party: PartyKey, tables: &Value, lasts: bool) -> u64 {
    let operator = Principal::operator();
    let tables = Tables::of(serde_json::from_value(tables.clone()).unwrap()).unwrap();
    let mut transaction = service.app.begin(&operator, &surface()).await.unwrap();
    imports::take(&mut transaction, &operator, party, &tables).await.unwrap();
    let statements = transaction.statements();
    if lasts {
        transaction.commit().await.unwrap();
    } else {
        transaction.rollback().await.unwrap();
    }
    statements
}

async fn a_row_costs_the_statements_that_write_it(service: &Service) {
    let state = service.party(PartyKind::State, "SEN").await.key;
    let few = statements(service, state, &many(10, 20), false).await;
    let more = statements(service, state, &many(410, 20), true).await;
    assert!(more - few <= 400 * 3 + 20, "what is new: {few} for 10, {more} for 410");
    let unchanged = statements(service, state, &many(410, 20), false).await;
    assert!(unchanged <= 30, "what stands already: {unchanged}");
    let few = statements(service, state, &many(10, 30), false).await;
    let more = statements(service, state, &many(410, 30), false).await;
    assert!(more - few <= 400 * 6 + 20, "what is rewritten: {few} for 10, {more} for 410");
}

async fn a_long_table_is_confirmed_whole(service: &Service) {
    let state = service.party(PartyKind::State, "SEN").await.client;
    let tables = json!({ "tables": many(1_800, 20) });
    assert_eq!(confirmed(&state, &tables).await, done(1_800, 0, 0));
    assert_eq!(confirmed(&state, &tables).await, done(0, 0, 1_800));
    let wrong = tables.to_string().replace("C1799,R1799,training", "C1799,R1799,trainin");
    let made = state.post("/api/v1/imports", &serde_json::from_str(&wrong).unwrap()).await.expect(201);
    let errors = &made.body["preview"]["errors"];
    assert_eq!((&errors[0]["table"], &errors[0]["row"]), (&json!("components"), &json!(1801)), "{errors}");
    assert_eq!(errors.as_array().map(Vec::len), Some(1));
}

async fn two_rows_that_are_one_request_are_told(service: &Service) {
    let state = service.party(PartyKind::State, "SEN").await.client;
    let draft = json!({ "title": "Course", "area": "marking", "external_id": "R1", "reference": "A", "components": [
        { "reference": "C1", "type": "training", "unit": "place", "quantity": 2, "unit_cost": 9 }] });
    state.post("/api/v1/requests", &draft).await.expect(201);
    let requests = "id,state,title,area\nR1,SEN,Course,marking\nA,SEN,Course,marking\nR2,SEN,Course,markin\n";
    let components = "id,request,type,unit,quantity,unit_cost\nC1,R1,training,place,2,9\nC2,A,training,place,2,9\n\
        C3,R2,training,place,2,9\n";
    let handed = json!({ "tables": { "requests": requests, "components": components } });
    let made = state.post("/api/v1/imports", &handed).await.expect(201).body;
    let told = made["preview"]["errors"].as_array().unwrap().iter();
    let told: Vec<_> = told.map(|error| (error["row"].as_i64(), error["column"].as_str())).collect();
    assert_eq!(told, [(Some(3), Some("id")), (Some(4), Some("area"))], "{made}");
}

crate::on_both_databases!(
    a_row_costs_the_statements_that_write_it,
    a_long_table_is_confirmed_whole,
    two_rows_that_are_one_request_are_told,
    requests_are_looked_at_then_taken_as_a_whole_and_taken_again,
    a_draft_goes_out_and_comes_in_with_all_that_is_known_of_it,
    everything_wrong_is_told_by_row_and_column_and_nothing_is_taken,
    offers_and_programmes_come_as_csv_and_only_in_ones_own_name,
    a_table_longer_than_a_page_comes_whole_and_in_order,
);
