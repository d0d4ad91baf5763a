//! Refusals and findings in the client's language: the sentences change, codes, places and values do not.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Answer, Client, send};
use crate::matching::{offer, parties, request};
use crate::server::Service;

const LANGUAGES: [&str; 6] = ["ar", "zh", "en", "fr", "ru", "es"];

async fn post_in(client: &Client, path: &str, body: &Value, language: &str) -> Answer {
    send(client.request(Method::POST, path).header("Accept-Language", language.to_owned()).json(body)).await
}

async fn get_in(client: &Client, path: &str, language: &str) -> Answer {
    send(client.request(Method::GET, path).header("Accept-Language", language.to_owned())).await
}

/// The document without its sentences.
fn bare(mut document: Value) -> Value {
    fn strip(value: &mut Value) {
        for sentence in ["title", "detail", "action"] {
            value.as_object_mut().unwrap().remove(sentence);
        }
    }
    strip(&mut document);
    for error in document["errors"].as_array_mut().into_iter().flatten() {
        strip(error);
    }
    document
}

fn sentences(document: &Value) -> Vec<String> {
    let of = |value: &Value| -> Vec<String> {
        let said = ["title", "detail", "action"].iter().filter_map(|name| value[*name].as_str());
        said.map(ToOwned::to_owned).collect()
    };
    let errors = document["errors"].as_array().into_iter().flatten().flat_map(of);
    of(document).into_iter().chain(errors).collect()
}

fn letters(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.chars().filter(|letter| is(*letter)).count()
}

async fn every_error_of_a_document_is_told_in_the_clients_language(service: &Service) {
    let parties = parties(service).await;
    let mut wrong = request();
    wrong["colour"] = json!("red");
    wrong["area"] = json!("flying");
    wrong["priority"] = json!("high");
    wrong["context"] = json!("peace");
    wrong["components"][1]["minimum"] = json!(21_000);
    let state = &parties.state.client;
    let english = post_in(state, "/api/v1/requests", &wrong, "en").await.expect_problem(422, "invalid");
    assert_eq!(english.headers["content-language"], "en");
    assert!(english.body["errors"].as_array().unwrap().len() >= 4, "{}", english.body);
    let said = sentences(&english.body);
    assert!(said.iter().any(|sentence| sentence == "is no whole number"), "{said:?}");
    for language in LANGUAGES.into_iter().filter(|language| *language != "en") {
        let answer = post_in(state, "/api/v1/requests", &wrong, language).await.expect_problem(422, "invalid");
        assert_eq!(answer.headers["content-language"], language);
        assert_eq!(bare(answer.body.clone()), bare(english.body.clone()), "{language}");
        for (own, english) in sentences(&answer.body).iter().zip(&said) {
            assert_ne!(own, english, "{language}");
            assert!(!own.contains(['⟦', '$']), "{language}: {own}");
        }
        if language == "ar" {
            let advice = answer.body["action"].as_str().unwrap();
            assert_eq!(letters(advice, |letter| letter.is_ascii_alphabetic()), 0, "{advice}");
            let isolated = sentences(&answer.body).iter().any(|sentence| sentence.contains("\u{2068}conflict\u{2069}"));
            assert!(isolated, "words to be typed stand apart: {}", answer.body);
        }
        if language == "fr" {
            assert!(sentences(&answer.body).iter().any(|sentence| sentence == "n’est pas un nombre entier"));
        }
    }
}

async fn refusals_are_told_whole_in_the_clients_language(service: &Service) {
    let parties = parties(service).await;
    let state = &parties.state.client;
    let created = state.post("/api/v1/requests", &request()).await.expect(201);
    let path = created.location();
    let step = |language: &'static str| {
        let submit = state.request(Method::POST, &format!("{path}/submit")).header("If-Match", "\"1\"");
        send(submit.header("Accept-Language", language).json(&json!({})))
    };
    let english = step("en").await.expect_problem(409, "not_allowed_now");
    for language in ["ar", "zh", "ru"] {
        let answer = step(language).await.expect_problem(409, "not_allowed_now");
        assert_eq!(bare(answer.body.clone()), bare(english.body.clone()));
        let detail = answer.body["detail"].as_str().unwrap();
        assert_eq!(letters(detail, |letter| letter.is_ascii_alphabetic()), 0, "{language}: {detail}");
    }
    for (path, code) in [
        ("/api/v1/requests?order=colour", "bad_parameter"),
        ("/api/v1/requests?colour=red", "bad_parameter"),
        ("/api/v1/requests?after=zzz", "bad_parameter"),
    ] {
        let english = get_in(state, path, "en").await.expect_problem(400, code);
        let arabic = get_in(state, path, "ar").await.expect_problem(400, code);
        assert_eq!(bare(arabic.body.clone()), bare(english.body.clone()), "{path}");
        let detail = arabic.body["detail"].as_str().unwrap();
        assert!(letters(detail, |letter| ('\u{600}'..='\u{6ff}').contains(&letter)) > 10, "{detail}");
    }
    let broken = state.request(Method::POST, "/api/v1/requests").header("Accept-Language", "es");
    let broken = send(broken.header("Content-Type", "application/json").body("{\"title\":")).await;
    let broken = broken.expect_problem(400, "not_json");
    assert!(broken.body["detail"].as_str().unwrap().contains("línea 1"), "{}", broken.body);
}

async fn findings_are_told_in_the_clients_language(service: &Service) {
    let parties = parties(service).await;
    let state = &parties.state.client;
    let created = state.post("/api/v1/requests", &request()).await.expect(201);
    let path = format!("{}/findings", created.location());
    let english = get_in(state, &path, "en").await.expect(200);
    let findings = english.body["findings"].as_array().unwrap();
    assert!(!findings.is_empty(), "{}", english.body);
    for language in LANGUAGES.into_iter().filter(|language| *language != "en") {
        let answer = get_in(state, &path, language).await.expect(200);
        assert_eq!(answer.headers["content-language"], language);
        for (own, english) in answer.body["findings"].as_array().unwrap().iter().zip(findings) {
            assert_eq!(bare(own.clone()), bare(english.clone()));
            for sentence in ["title", "detail", "action"] {
                assert!(own[sentence].is_string() && own[sentence] != english[sentence], "{language}: {own}");
            }
        }
    }
    let report = json!({ "year": 2024, "sections": [{ "section": "marking", "ask": "Machines" }] });
    let taken = post_in(state, "/api/v1/reports", &report, "fr").await.expect(201);
    let finding = &taken.body["requests"][0]["findings"]["findings"][0];
    assert!(finding["title"].is_string() && finding["code"].is_string(), "{}", taken.body);
}

async fn lists_are_ordered_and_a_cursor_belongs_to_its_order(service: &Service) {
    let parties = parties(service).await;
    let provider = &parties.provider.client;
    let with = |quantity: i64| {
        let mut offer = offer();
        offer["quantity"] = json!(quantity);
        offer
    };
    let batch: Vec<Value> = [40, 10, 30, 20, 30].into_iter().map(with).collect();
    provider.post("/api/v1/offers", &json!(batch)).await.expect(201);
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let page = provider.get(&format!("/api/v1/offers?order=quantity&limit=2{after}")).await.expect(200).body;
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["quantity"].as_i64().unwrap()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
        for path in ["/api/v1/offers?order=newest", "/api/v1/offers?order=oldest", "/api/v1/requests?order=priority"] {
            provider.get(&format!("{path}{after}")).await.expect_problem(400, "bad_parameter");
        }
        provider.post("/api/v1/offers", &with(1_000)).await.expect(201);
    }
    assert_eq!(seen, [40, 30, 30, 20, 10], "what came in stands before the cursor");
    // Forged: a place without what the order goes by, and one that is no place.
    for forged in [
        "eyJvcmRlciI6InF1YW50aXR5IiwiY3Vyc29yIjp7ImtleSI6IjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMSIsInJhbmsiOm51bGx9fQ",
        "W10",
        "zzz",
    ] {
        let refused = provider.get(&format!("/api/v1/offers?order=quantity&after={forged}")).await;
        refused.expect_problem(400, "bad_parameter");
    }
    provider.get("/api/v1/offers?order=priority").await.expect_problem(400, "bad_parameter");
    parties.state.client.get("/api/v1/requests?order=quantity").await.expect_problem(400, "bad_parameter");
}

crate::on_both_databases!(
    every_error_of_a_document_is_told_in_the_clients_language,
    refusals_are_told_whole_in_the_clients_language,
    findings_are_told_in_the_clients_language,
    lists_are_ordered_and_a_cursor_belongs_to_its_order,
);
