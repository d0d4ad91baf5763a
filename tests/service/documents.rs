//! Documents are as private as what they belong to.

use needmatch_app::store::words::PartyKind;
use reqwest::Method;
use serde_json::json;

use crate::called_off::agreed;
use crate::client::{Answer, Client, send};
use crate::consent::{path_of, proposal_for, proposed};
use crate::matching::{circulated, parties, request};
use crate::server::Service;

pub(crate) const PDF: &[u8] = b"%PDF-1.7\ncanary of the stockpile\n%%EOF\n";

pub(crate) async fn file(client: &Client, query: &str, bytes: impl Into<reqwest::Body>) -> Answer {
    let request = client.request(Method::POST, &format!("/api/v1/documents?{query}"));
    send(request.header("Content-Type", "application/pdf").body(bytes)).await
}

async fn a_document_is_as_private_as_what_it_belongs_to(service: &Service) {
    let parties = parties(service).await;
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    let draft = state.post("/api/v1/requests", &request()).await.expect(201);
    let id = draft.body["id"].as_str().unwrap().to_owned();
    let query = format!("request={id}&kind=project_proposal&title=Proposal");
    let filed = file(state, &query, PDF).await.expect(201);
    assert_eq!(filed.body["sha256"], needmatch_domain::canonical::sha256(PDF));
    let path = filed.location();
    for reader in [provider, &service.public()] {
        reader.get(&path).await.expect_problem(404, "not_found");
        reader.get(&format!("{path}/content")).await.expect_problem(404, "not_found");
        reader.get(&format!("/api/v1/documents?request={id}")).await.expect_problem(404, "not_found");
    }
    file(provider, &query, PDF).await.expect_problem(404, "not_found");
    let content = state.get(&format!("{path}/content")).await.expect(200);
    assert_eq!(
        (content.bytes.as_slice(), &content.headers["content-type"]),
        (PDF, &"application/pdf".parse().unwrap())
    );
    assert!(content.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let listed = parties.coordinator.client.get(&format!("/api/v1/documents?request={id}")).await.expect(200);
    assert_eq!(listed.body["items"][0]["kind"], "project_proposal");
    let count = async |kind: &str| {
        let path = format!("/api/v1/documents?request={id}&kind={kind}");
        state.get(&path).await.expect(200).body["items"].as_array().expect("items").len()
    };
    assert_eq!((count("project_proposal").await, count("evidence").await), (1, 0));
    for unknown in ["kind=novel", "title=Proposal"] {
        let path = format!("/api/v1/documents?request={id}&{unknown}");
        state.get(&path).await.expect_problem(400, "bad_parameter");
    }

    file(state, &query, &b"<html>"[..]).await.expect_problem(422, "invalid");
    file(state, &format!("request={id}&kind=novel&title=x"), PDF).await.expect_problem(400, "bad_parameter");
    file(state, "title=x", PDF).await.expect_problem(400, "bad_parameter");
    file(state, &format!("{query}&offer={id}"), PDF).await.expect_problem(400, "bad_parameter");
}

async fn what_is_circulated_shows_its_documents(service: &Service) {
    let parties = parties(service).await;
    let path = circulated(&parties, &request()).await;
    let id = path.rsplit('/').next().unwrap().to_owned();
    let filed =
        file(&parties.state.client, &format!("request={id}&kind=endorsement&title=Letter"), PDF).await.expect(201);
    parties.provider.client.get(&format!("{}/content", filed.location())).await.expect(200);
    service.public().get(&filed.location()).await.expect_problem(404, "not_found");
    // Whoever only sees it files nothing with it.
    let refused = file(&parties.provider.client, &format!("request={id}&title=Note"), PDF).await;
    refused.expect_problem(403, "forbidden");
    assert_eq!(json!(filed.body["title"]), "Letter");
}

async fn documents_of_an_agreement_are_for_its_two_sides(service: &Service) {
    let parties = parties(service).await;
    let (state, provider) = (&parties.state.client, &parties.provider.client);
    let (_, _, proposals) = proposed(service, &parties, &json!({})).await;
    let clerks = path_of(proposal_for(&proposals, "clerks"));
    agreed(&parties, &clerks).await;
    let written = json!({ "authority": "Commission", "procedure": "Decree 7" });
    let commitment = state.post_with_key(&format!("{clerks}/commitment"), &written, "w").await.expect(201).body;
    let stranger = service.party(PartyKind::Provider, "Stranger").await.client;
    let proposal = clerks.rsplit('/').next().unwrap();
    for of in [format!("proposal={proposal}"), format!("commitment={}", commitment["id"].as_str().unwrap())] {
        let filed = file(provider, &format!("{of}&kind=report&title=Terms"), PDF).await.expect(201);
        for side in [state, provider, &parties.coordinator.client] {
            assert_eq!(side.get(&format!("{}/content", filed.location())).await.expect(200).bytes, PDF);
        }
        for other in [&stranger, &service.public()] {
            other.get(&filed.location()).await.expect_problem(404, "not_found");
            other.get(&format!("/api/v1/documents?{of}")).await.expect_problem(404, "not_found");
        }
        file(&stranger, &format!("{of}&title=x"), PDF).await.expect_problem(404, "not_found");
    }
}

async fn documents_are_bounded_in_size_and_number(service: &Service) {
    let state = parties(service).await.state.client;
    let draft = state.post("/api/v1/requests", &request()).await.expect(201);
    let query = format!("request={}&title=x", draft.body["id"].as_str().unwrap());
    let large = |bytes: usize| {
        let mut file = b"%PDF-1.7\n".to_vec();
        file.resize(bytes - 6, b' ');
        file.extend(b"%%EOF\n");
        file
    };
    file(&state, &query, large((4 << 20) + 1)).await.expect_problem(413, "too_large");
    file(&state, &query, large(4 << 20)).await.expect(201);
    for _ in 1..100 {
        file(&state, &query, PDF).await.expect(201);
    }
    file(&state, &query, PDF).await.expect_problem(413, "too_large");
}

crate::on_both_databases!(
    a_document_is_as_private_as_what_it_belongs_to,
    what_is_circulated_shows_its_documents,
    documents_of_an_agreement_are_for_its_two_sides,
    documents_are_bounded_in_size_and_number,
);
