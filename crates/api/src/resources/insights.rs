//! What the published run shows: where one more unit would serve most, and to each state why its own request went
//! without.

use axum::extract::State;
use axum::response::Response;
use needmatch_app::store::keys::RequestKey;
use needmatch_app::store::rounds::LeftOut as Row;
use needmatch_app::{App, insights, rounds};
use needmatch_i18n::Locale;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::reasons;
use crate::http::caller::Caller;
use crate::http::language::Language;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// Where one more unit would serve most, by area and region, best first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MarginalValues {
    /// The run published last; absent while none was.
    run: Option<String>,
    /// Its accounting currency.
    currency: Option<String>,
    /// Area, region, `marginal_value` (score of one more unit of accounting currency), `missing_cost`, number of
    /// `components` and `requests` without, and of those `unreachable` for every offer of the round.
    items: Value,
}

/// Where one more unit would serve most, by the run published last
#[utoipa::path(get, path = "/insights/marginal-values", tag = "insights", security(()), responses(
    (status = 200, content((MarginalValues = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn marginal_values(State(app): State<App>, wish: Wish) -> Result<Response, Problem> {
    let found = insights::marginal_values(&mut app.read().await?).await?;
    let Some((run, mut body)) = found else {
        return wish.page(MarginalValues { run: None, currency: None, items: Value::Array(Vec::new()) });
    };
    let currency = body["currency"].as_str().map(ToOwned::to_owned);
    wish.page(MarginalValues { run: Some(run.to_string()), currency, items: body["items"].take() })
}

/// A round that a request took no part in, or not with all of its components.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeftOut {
    /// The round.
    round: String,
    /// Its name.
    round_name: String,
    /// `not_authenticated`, `returned`, `not_circulated`, `nothing_outstanding` (told once the round is published) or
    /// `outside_horizon`, when the round was frozen.
    #[schema(example = "not_circulated")]
    reason: String,
    /// References of the components that take no part; empty: none of the request does.
    components: Vec<String>,
    /// The reason in the language you wish.
    detail: String,
    /// When the round was frozen.
    at: String,
}

/// Why a request went without in the run published last that held it, and why rounds left it out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Shortfalls {
    /// The round; absent while no published run leaves anything of it unserved.
    round: Option<String>,
    /// Its published run.
    run: Option<String>,
    /// Component, what is `missing`, the `chain` of reasons, most immediate first, each with its `detail` in the language
    /// you wish, and the changes that would `unlock` it, with a `detail` too. Offers and requests that you may not see
    /// are not named.
    items: Vec<Value>,
    /// Rounds that it took no part in though it was handed in, the latest 20, the latest first.
    left_out: Vec<LeftOut>,
}

impl LeftOut {
    fn of(found: Row, locale: Locale) -> Self {
        Self {
            detail: reasons::left_out(locale, &found),
            round: found.round.to_string(),
            round_name: found.round_name,
            reason: found.reason.to_string(),
            components: found.components,
            at: found.at.to_string(),
        }
    }
}

/// Why a request of yours went without
#[utoipa::path(get, path = "/requests/{id}/explanations", tag = "requests", params(("id" = String, Path)), responses(
    (status = 200, headers(("Content-Language" = String, description = "Language of the sentences.")), content((Shortfalls = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn shortfalls(
    State(app): State<App>,
    Caller(principal): Caller,
    Key(key): Key<RequestKey>,
    language: Language,
    wish: Wish,
) -> Result<Response, Problem> {
    let told = rounds::told(&mut app.read().await?, &principal, key).await?;
    let rounds::Told { run, mut components, left_out } = told;
    components.iter_mut().for_each(|component| say(language.0, component));
    let shortfalls = Shortfalls {
        round: run.map(|(round, _)| round.to_string()),
        run: run.map(|(_, run)| run.to_string()),
        items: components,
        left_out: left_out.into_iter().map(|found| LeftOut::of(found, language.0)).collect(),
    };
    Ok(language.named(wish.page(shortfalls)?))
}

/// Puts the reasons of a component, and what would serve it, into words beside their codes.
fn say(locale: Locale, component: &mut Value) {
    for link in component["chain"].as_array_mut().into_iter().flatten() {
        if let Some(sentence) = reasons::sentence(locale, link) {
            link["detail"] = sentence.into();
        }
    }
    if let Some(sentence) = reasons::unlock(locale, &component["unlock"]) {
        component["unlock"]["detail"] = sentence.into();
    }
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(marginal_values)).routes(routes!(shortfalls))
}
