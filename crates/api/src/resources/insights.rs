//! What the published run shows: where one more unit would serve most, and to each state why its own request went
//! without.

use axum::response::Response;
use needmatch_app::insights::{MarginalValue as Valued, ValueFilter};
use needmatch_app::store::keys::RequestKey;
use needmatch_app::store::rounds::LeftOut as Row;
use needmatch_app::{App, AppError, insights, rounds};
use needmatch_domain::area::ComponentType;
use needmatch_i18n::Locale;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::reasons;
use crate::http::caller::Reading;
use crate::http::language::Language;
use crate::http::parameters::{Filters, Key, word};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;

/// What one more unit of a kind of help would do in an area and region.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MarginalValue {
    /// The area of work.
    area: String,
    /// The finest region of the states; empty where none is known.
    region: String,
    /// `money` or `in_kind`.
    #[schema(example = "in_kind")]
    form: &'static str,
    /// In kind: the type of component that it serves.
    #[schema(example = "training")]
    r#type: Option<&'static str>,
    /// Unit of the help: the accounting currency, or the component's.
    unit: String,
    /// Score that one more unit adds to the run's first goal.
    #[serde(rename = "marginal_value")]
    value: i64,
    /// Score that 1,000 of accounting currency add, in kind at what the component costs: by this the list is ordered.
    price: i64,
    /// Thousandths of a component's unit that one more unit in kind, or 1,000 more of accounting currency, would serve
    /// where they add most.
    serves_thousandths: i64,
    /// In kind: what is missing, in the unit.
    missing: Option<i64>,
    /// Cost of what is missing, accounting currency.
    missing_cost: i64,
    /// Components that go without, or without some.
    components: i64,
    /// Requests they belong to.
    requests: usize,
    /// Of the components, those that no offer of the round could serve.
    unreachable: i64,
}

/// Where one more unit would serve most, by area, region and kind of help, best price first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MarginalValues {
    /// The run published last; absent while none was.
    run: Option<String>,
    /// Its accounting currency.
    currency: Option<String>,
    /// `certificate`: the figures are prices of the run's certificate. They hold for small amounts, and are not exact, for
    /// nothing was solved again.
    basis: &'static str,
    items: Vec<MarginalValue>,
}

/// Filters of the marginal values.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ValueFilters {
    /// Of this area of work.
    area: Option<String>,
    /// Of this region.
    region: Option<String>,
    /// `money` or `in_kind`.
    form: Option<String>,
    /// What serves components of this type.
    r#type: Option<String>,
}

impl From<Valued> for MarginalValue {
    fn from(row: Valued) -> Self {
        Self {
            area: row.area,
            region: row.region,
            form: row.form.name(),
            r#type: row.r#type.map(ComponentType::name),
            unit: row.unit,
            value: row.value,
            price: row.price,
            serves_thousandths: row.serves_thousandths,
            missing: row.missing,
            missing_cost: row.missing_cost,
            components: row.components,
            requests: row.requests,
            unreachable: row.unreachable,
        }
    }
}

/// Where one more unit of what kind would serve most, by the run published last
///
/// What you may not see counts only where three states ask what every provider is shown, as their sum; no request or offer
/// is named.
#[utoipa::path(get, path = "/insights/marginal-values", tag = "insights", params(ValueFilters), responses(
    (status = 200, content((MarginalValues = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn marginal_values(
    Reading { principal, mut session }: Reading,
    Filters(filters): Filters<ValueFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let filter = ValueFilter {
        area: filters.area,
        region: filters.region,
        form: word("form", filters.form.as_deref(), "money, in_kind")?,
        r#type: word("type", filters.r#type.as_deref(), &ComponentType::ALL.map(ComponentType::name).join(", "))?,
    };
    let found = insights::marginal_values(&mut session, &principal, &filter).await?;
    let (run, currency, items) = match found {
        Some(found) => (Some(found.run.to_string()), Some(found.currency), found.items),
        None => (None, None, Vec::new()),
    };
    let items: Vec<MarginalValue> = items.into_iter().map(MarginalValue::from).collect();
    let values = MarginalValues { run, currency, basis: "certificate", items };
    let with = ["currency", "run", "basis"].map(ToOwned::to_owned).to_vec();
    wish.table(&values, (with, &[]), |values| {
        let row = |item| {
            let mut row = serde_json::to_value(item).map_err(|_| AppError::Internal)?;
            (row["currency"], row["run"], row["basis"]) =
                (json!(values.currency), json!(values.run), values.basis.into());
            Ok(row)
        };
        values.items.iter().map(row).collect()
    })
}

/// A round that a request took no part in, or not with all of its components.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeftOut {
    /// The round.
    round: String,
    /// Its name.
    round_name: String,
    /// `not_authenticated`, `returned`, `not_circulated`, `nothing_outstanding` (told once the round is published),
    /// `outside_horizon`, `after_cut_off` or `package_incomplete`, when the round was frozen.
    #[schema(example = "not_circulated")]
    reason: String,
    /// References of the components that take no part; empty: none of the request does.
    components: Vec<String>,
    /// The reason in the language you wish.
    detail: String,
    /// When the round was frozen.
    at: String,
}

/// A component that went without, or without all of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Shortfall {
    /// Its reference.
    component: String,
    /// What is missing, in its unit.
    missing: i64,
    /// Reasons, most immediate first, each with its `detail` in the language you wish.
    chain: Vec<Value>,
    /// The changes that would serve it, with a `detail` too; null where there are none that may be told.
    unlock: Option<Value>,
}

/// Why a request went without in the run published last that held it, and why rounds left it out.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Shortfalls {
    /// The round; absent while no published run leaves anything of it unserved.
    round: Option<String>,
    /// Its published run.
    run: Option<String>,
    /// Its components that went without. Offers and requests that you may not see are not named, nor is what they went for,
    /// nor how many they are.
    items: Vec<Shortfall>,
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
    Reading { principal, mut session }: Reading,
    Key(key): Key<RequestKey>,
    language: Language,
    wish: Wish,
) -> Result<Response, Problem> {
    let told = rounds::told(&mut session, &principal, key).await?;
    let rounds::Told { run, mut components, left_out } = told;
    for component in &mut components {
        say(language.0, component);
    }
    let items = components.into_iter().map(serde_json::from_value).collect::<Result<_, _>>();
    let shortfalls = Shortfalls {
        round: run.map(|(round, _)| round.to_string()),
        run: run.map(|(_, run)| run.to_string()),
        items: items.map_err(|_| AppError::Internal)?,
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
