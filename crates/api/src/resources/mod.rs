//! One file a resource: wire types, handlers, routes.

mod areas;
mod audit;
mod certificate;
mod changes;
mod channels;
mod clarifications;
mod commitments;
mod components;
mod documents;
mod events;
mod exports;
mod findings;
pub(crate) mod health;
mod imports;
mod insights;
mod items;
mod me;
mod memberships;
mod offers;
mod outcomes;
mod packages;
mod parties;
mod programmes;
mod proposals;
mod reasons;
mod reports;
mod requests;
mod round_steps;
mod rounds;
mod runs;
mod sandbox;
mod scenarios;
mod sign_in;
mod states;
mod sweep_outcomes;
mod sweeps;
mod tokens;
mod webhooks;

use needmatch_app::{App, AppError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;

/// Every resource.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(areas::routes())
        .merge(states::routes())
        .merge(parties::routes())
        .merge(memberships::routes())
        .merge(tokens::routes())
        .merge(sign_in::routes())
        .merge(me::routes())
        .merge(audit::routes())
        .merge(requests::routes())
        .merge(components::routes())
        .merge(packages::routes())
        .merge(offers::routes())
        .merge(programmes::routes())
        .merge(channels::routes())
        .merge(rounds::routes())
        .merge(scenarios::routes())
        .merge(runs::routes())
        .merge(sweeps::routes())
        .merge(events::routes())
        .merge(certificate::routes())
        .merge(changes::routes())
        .merge(documents::routes())
        .merge(items::routes())
        .merge(reports::routes())
        .merge(findings::routes())
        .merge(round_steps::routes())
        .merge(proposals::routes())
        .merge(clarifications::routes())
        .merge(commitments::routes())
        .merge(outcomes::routes())
        .merge(insights::routes())
        .merge(webhooks::routes())
        .merge(sandbox::routes())
        .merge(imports::routes())
        .merge(exports::routes())
}

/// A wire type from the columns of a record and its stored body, which together have its fields.
fn wire<T: DeserializeOwned>(body: &Value, columns: impl Serialize) -> Result<T, AppError> {
    let failed = |error: serde_json::Error| {
        tracing::error!(%error, "a record cannot be shown");
        AppError::Internal
    };
    let mut fields = match body {
        Value::Object(fields) => fields.clone(),
        _ => serde_json::Map::new(),
    };
    fields.remove("collection");
    if let Value::Object(columns) = serde_json::to_value(columns).map_err(failed)? {
        fields.extend(columns);
    }
    serde_json::from_value(Value::Object(fields)).map_err(failed)
}
