//! The register that is asked: states with a token each, and a round with a scenario that takes a while to solve.

use std::sync::Arc;

use anyhow::{Context, Result};
use needmatch_app::store::Store;
use needmatch_app::store::keys::PartyKey;
use needmatch_app::{App, Principal, Scope, Surface, parties, rounds, tokens};
use needmatch_benches::read;
use serde_json::json;

/// Codes of the states that create and read, one a client.
pub(crate) const STATES: [&str; 8] = ["SEN", "MLI", "NER", "TCD", "GHA", "TGO", "BEN", "FJI"];

/// The scenario that is solved meanwhile: the largest of those committed.
const SCENARIO: &str = "bms6-illustrative";

/// A state, and what it signs in with.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) code: &'static str,
    pub(crate) party: PartyKey,
    pub(crate) token: String,
    pub(crate) secret_hash: [u8; 32],
}

/// What was registered before the first measurement.
#[derive(Debug)]
pub(crate) struct Register {
    pub(crate) states: Arc<Vec<State>>,
    pub(crate) coordinator: String,
    pub(crate) scenario: String,
}

/// Fills an empty database.
pub(crate) async fn register(url: &str) -> Result<Register> {
    let store = Store::open(url).await?;
    store.migrate().await?;
    let app = App::with_system_clock(store);
    let (operator, surface) = (Principal::operator(), Surface { name: "cli", request_id: "bench".to_owned() });
    let mut transaction = app.begin(&operator, &surface).await?;
    let document = json!({ "kind": "coordinator", "code": "UN", "name": "Secretariat" });
    let coordinator = parties::register(&mut transaction, &operator, &document).await?.key;
    let issued = tokens::issue_to(&mut transaction, &operator, coordinator, "bench", &Scope::ALL).await?;
    transaction.commit().await?;
    let imported = rounds::import(&app, &operator, &surface, coordinator, "bench", &read(SCENARIO)).await?;
    let mut transaction = app.begin(&operator, &surface).await?;
    let mut states = Vec::new();
    for code in STATES {
        let kind = needmatch_app::store::words::PartyKind::State;
        let party = if let Some(party) = transaction.party_by_code(kind, code).await? {
            party
        } else {
            let document = json!({ "kind": "state", "code": code, "name": code });
            parties::register(&mut transaction, &operator, &document).await?
        };
        let issued = tokens::issue_to(&mut transaction, &operator, party.key, "bench", &Scope::ALL).await?;
        let (token, secret_hash) = (issued.secret.reveal().to_owned(), issued.secret.hash());
        states.push(State { code, party: party.key, token, secret_hash });
    }
    transaction.commit().await?;
    app.store().close().await;
    Ok(Register {
        states: Arc::new(states),
        coordinator: issued.secret.reveal().to_owned(),
        scenario: imported.scenario.key.to_string(),
    })
}

/// A request as a state would register it, of three components.
pub(crate) fn document(state: &str, number: u64) -> String {
    let component = |number: u32, kind: &str, unit: &str, quantity: u32, cost: u32| {
        json!({
            "type": kind, "unit": unit, "quantity": quantity, "unit_cost": cost, "from": "2027", "to": "2028",
            "divisible": number != 2, "covered_by": "national",
        })
    };
    json!({
        "state": state, "title": format!("Marking and registration of firearms in province {number}"),
        "area": "record_keeping", "priority": 2, "authority": "National commission on small arms",
        "action_plan_date": "2025-06-30", "report_year": 2026, "contribution_percent": 12,
        "contribution_kinds": ["in_kind"], "sustainability": 60, "sdg_targets": ["16.4"],
        "obstacles": [{ "code": "no_maintenance" }], "source": "national report 2026, section 4",
        "components": [
            component(1, "training", "seat", 24, 900), component(2, "equipment", "set", 6, 15_000),
            component(3, "maintenance", "year", 3, 4_000),
        ],
    })
    .to_string()
}

/// The last part of an address.
pub(crate) fn key_of(location: Option<String>) -> Result<String> {
    let location = location.context("no address came back")?;
    Ok(location.rsplit('/').next().unwrap_or_default().to_owned())
}
