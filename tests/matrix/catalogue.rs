//! What the register holds beside requests, offers and rounds: channels, items, programmes, reports and documents.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::world::{Audience, Kind, World, text, word};

impl World {
    /// Something of every such kind, as private as it can be made and as open.
    pub(crate) async fn fill_catalogue(&mut self) {
        let un = "manager of the secretariat";
        let channel = json!({ "code": "trust", "name": word(Kind::Channel, "in use") });
        let (address, body) = self.make(un, "POST", "/api/v1/channels", None, &channel).await;
        self.object(Kind::Channel, "in use", "UN", Audience::Everybody, text(&body, "id"), &address);
        let item = json!({
            "code": "press", "name": word(Kind::Item, "in use"), "type": "equipment", "unit": "machine",
        });
        let (address, body) = self.make(un, "POST", "/api/v1/items", None, &item).await;
        self.object(Kind::Item, "in use", "UN", Audience::Everybody, text(&body, "id"), &address);

        let programmes = [
            ("confidential", Audience::Owner("Halvorland")),
            ("parties", Audience::Parties),
            ("public", Audience::Everybody),
        ];
        for (visibility, audience) in programmes {
            let programme = json!({
                "title": word(Kind::Programme, visibility), "state": "NPL", "area": "marking", "amount": 1,
                "visibility": visibility,
            });
            let by = "manager of Halvorland";
            let (address, body) = self.make(by, "POST", "/api/v1/programmes", None, &programme).await;
            self.object(Kind::Programme, visibility, "Halvorland", audience, text(&body, "id"), &address);
        }

        for owner in ["SEN", "Halvorland"] {
            self.webhook(owner).await;
        }

        let report = json!({
            "state": "SEN", "year": 2026, "title": word(Kind::Report, "taken in"),
            "sections": [{ "section": "marking", "ask": "Assistance for marking" }],
        });
        let (address, body) = self.make("manager of SEN", "POST", "/api/v1/reports", None, &report).await;
        self.object(Kind::Report, "taken in", "SEN", Audience::Owner("SEN"), text(&body, "id"), &address);

        // A document is as private as what it belongs to.
        let filed = [
            (Kind::Request, "draft", "manager of SEN"),
            (Kind::Request, "circulated to one", "manager of SEN"),
            (Kind::Offer, "confidential", "manager of Halvorland"),
            (Kind::Offer, "public", "manager of Halvorland"),
            (Kind::Request, "endorsed in a package", "manager of SEN"),
        ];
        for (number, (kind, state, by)) in filed.into_iter().enumerate() {
            self.file(number, kind, state, by).await;
        }
    }

    /// A webhook of a party with a message to it.
    async fn webhook(&mut self, owner: &'static str) {
        let (by, label) = match owner {
            "SEN" => ("manager of SEN", "of a state"),
            _ => ("manager of Halvorland", "of a provider"),
        };
        let party = self
            .objects
            .iter()
            .find(|object| matches!(object.kind, Kind::State | Kind::Provider) && object.owner == owner);
        let path = format!("/api/v1/parties/{}/webhooks", party.expect("a party").id);
        let url = format!("https://{}.example.org/", word(Kind::Webhook, label));
        let (address, body) = self.make(by, "POST", &path, None, &json!({ "url": url })).await;
        self.object(Kind::Webhook, label, owner, Audience::Owner(owner), text(&body, "id"), &address);
        let (list, body) = self.make(by, "POST", &format!("{address}/test"), None, &json!({})).await;
        self.object(Kind::Delivery, label, owner, Audience::Owner(owner), text(&body, "id"), &list);
    }

    async fn file(&mut self, number: usize, kind: Kind, state: &'static str, by: &str) {
        const LABELS: [&str; 5] =
            ["of a draft", "of the circulated", "of the confidential", "of the public", "of the shared"];
        let subject = self.objects.iter().find(|object| object.kind == kind && object.state == state);
        let subject = subject.expect("an object in that state");
        let (owner, audience, label) = (subject.owner, subject.audience.of_files(), LABELS[number]);
        let word = word(Kind::Document, label);
        let name = format!("{kind:?}").to_lowercase();
        let path = format!("/api/v1/documents?{name}={}&title={word}", subject.id);
        let request = Request::post(path).header("Content-Type", "application/pdf");
        let bytes = Body::from(format!("%PDF-1.7\n{word}\n%%EOF\n"));
        let answer = self.send(request, self.caller(by), bytes).await;
        assert_eq!(answer.status, 201, "{}", answer.beginning());
        let body: Value = serde_json::from_slice(&answer.body).expect("JSON");
        let id = text(&body, "id");
        let address = format!("/api/v1/documents/{id}");
        self.object(Kind::Document, label, owner, audience, id, &address);
    }
}
