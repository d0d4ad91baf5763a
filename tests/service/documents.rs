//! Documents are as private as what they belong to.

use reqwest::Method;
use serde_json::json;

use crate::client::{Answer, Client, send};
use crate::matching::{circulated, parties, request};
use crate::server::Service;

pub(crate) const PDF: &[u8] = b"%PDF-1.7\ncanary of the stockpile\n%%EOF\n";

pub(crate) async fn file(client: &Client, query: &str, bytes: &'static [u8]) -> Answer {
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

    file(state, &query, b"<html>").await.expect_problem(422, "invalid");
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

crate::on_both_databases!(a_document_is_as_private_as_what_it_belongs_to, what_is_circulated_shows_its_documents);
