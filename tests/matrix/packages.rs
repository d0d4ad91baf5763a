//! Packages as states may stand to them, and requests that are shared by one.

use serde_json::json;

use crate::world::{Audience, Kind, World, request, text, word};

const STATE: &str = "manager of SEN";
const OTHER_STATE: &str = "manager of KEN";
const COORDINATOR: &str = "manager of the secretariat";

impl World {
    /// Packages of one state with another, and a request of each kind of them.
    pub(crate) async fn fill_packages(&mut self) {
        let both = Audience::Named("SEN", "KEN");
        let joined = [(OTHER_STATE, "join", json!({}))];
        let declined = [(OTHER_STATE, "decline", json!({ "reason": "no" }))];
        let left = [&joined[..], &[(OTHER_STATE, "leave", json!({}))]].concat();
        let withdrawn = [&joined[..], &[(STATE, "withdraw", json!({}))]].concat();
        let packages: [(&'static str, Audience, &[_]); 5] = [
            ("invited to", both, &[]),
            ("joined", both, &joined),
            ("declined", Audience::Owner("SEN"), &declined),
            ("left", Audience::Owner("SEN"), &left),
            ("withdrawn", both, &withdrawn),
        ];
        for (state, audience, steps) in packages {
            let document = json!({ "code": state, "title": word(Kind::Package, state), "invited": ["KEN"] });
            let (address, body) = self.make(STATE, "POST", "/api/v1/packages", None, &document).await;
            self.steps(&address, steps).await;
            self.object(Kind::Package, state, "SEN", audience, text(&body, "id"), &address);
        }
        let own = Audience::Owner("SEN");
        let endorsed = [(STATE, "endorse", json!({}))];
        let withdrawn = [(STATE, "withdraw", json!({}))];
        let expired = [(COORDINATOR, "expire", json!({}))];
        let requests: [(&'static str, &str, Audience, &[_]); 6] = [
            ("draft in a package", "joined", own, &[]),
            ("withdrawn as a draft, in a package", "joined", own, &withdrawn),
            ("expired as a draft, in a package", "joined", own, &expired),
            ("endorsed in a package", "joined", Audience::Shared("SEN", "KEN"), &endorsed),
            ("endorsed where another is invited", "invited to", own, &endorsed),
            ("endorsed where another has left", "left", own, &endorsed),
        ];
        for (state, package, audience, steps) in requests {
            let mut asked = request(&word(Kind::Request, state));
            asked["package"] = json!(format!("SEN/{package}"));
            let (address, body) = self.make(STATE, "POST", "/api/v1/requests", None, &asked).await;
            self.steps(&address, steps).await;
            self.object(Kind::Request, state, "SEN", audience, text(&body, "id"), &address);
        }
    }
}
