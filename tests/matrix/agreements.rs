//! What came of the published round: a proposal that waits, one that was agreed, a commitment, an outcome.

use serde_json::{Value, json};

use crate::world::{Audience, Kind, World, text};

const STATE: &str = "manager of SEN";
const PROVIDER: &str = "manager of Halvorland";

impl World {
    /// Proposals in their states, and what became of those both sides accepted.
    pub(crate) async fn fill_agreements(&mut self) {
        let between = Audience::Named("SEN", "Halvorland");
        let read = self.get(self.caller("manager of the secretariat"), "/api/v1/proposals").await;
        let read: Value = serde_json::from_slice(&read.body).expect("JSON");
        let proposals: Vec<String> =
            read["items"].as_array().expect("a list").iter().map(|row| text(row, "id")).collect();
        let [waits, agreed, seen_through, ..] = &proposals[..] else {
            panic!("the published run makes three proposals at least: {read}")
        };
        let address = |id: &str| format!("/api/v1/proposals/{id}");
        for id in [agreed, seen_through] {
            self.steps(&address(id), &[(STATE, "accept", json!({})), (PROVIDER, "accept", json!({}))]).await;
        }
        self.object(Kind::Proposal, "proposed", "SEN", between, waits.clone(), &address(waits));
        self.object(Kind::Proposal, "agreed", "SEN", between, agreed.clone(), &address(agreed));

        let (commitment, body) = self.commit(&address(agreed)).await;
        self.object(Kind::Commitment, "written", "SEN", between, text(&body, "id"), &commitment);
        let (commitment, body) = self.commit(&address(seen_through)).await;
        let report = json!({ "summary": "It runs", "results": [5], "lessons": ["Begin early"] });
        let steps = [
            (PROVIDER, "disburse", json!({ "amount": body["promised"] })),
            (STATE, "deliver", json!({})),
            (PROVIDER, "evaluate", report),
            (STATE, "evaluate", json!({})),
        ];
        self.steps(&commitment, &steps).await;
        self.object(Kind::Commitment, "evaluated", "SEN", between, text(&body, "id"), &commitment);

        let read = self.get(self.caller("nobody"), "/api/v1/outcomes").await;
        let read: Value = serde_json::from_slice(&read.body).expect("JSON");
        let id = text(&read["items"][0], "id");
        let address = format!("/api/v1/outcomes/{id}");
        self.object(Kind::Outcome, "entered", "SEN", Audience::Everybody, id, &address);
    }

    async fn commit(&self, proposal: &str) -> (String, Value) {
        let written = json!({
            "authority": "National commission", "procedure": "Decree 1",
            "indicators": [{ "name": "Clerks", "unit": "person", "baseline": 0, "target": 5 }],
        });
        self.make(STATE, "POST", &format!("{proposal}/commitment"), None, &written).await
    }
}
