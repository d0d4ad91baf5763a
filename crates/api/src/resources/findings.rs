//! What stands between a request and a match, in the reader's language.

use axum::extract::State;
use axum::response::Response;
use needmatch_app::App;
use needmatch_app::quality::{self, Assessment, Finding as Found, FindingCode};
use needmatch_app::store::keys::RequestKey;
use needmatch_i18n::{Locale, Value, number, vocabulary};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::Caller;
use crate::http::language::Language;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::sentence::say;
use crate::http::table::Wish;

/// Something that stands between a request and a match, or that would make the match better.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Finding {
    /// The registered code.
    #[schema(example = "no_unit_cost")]
    code: &'static str,
    /// `minor`, `major` or `blocking`.
    severity: String,
    /// The component; absent for the request as a whole.
    component: Option<String>,
    /// Field to change.
    #[schema(example = "unit_cost")]
    field: &'static str,
    /// What the finding is about, as the code says; empty where there is nothing to name.
    value: String,
    /// A value of the field that would do; empty where only the author can know.
    example: String,
    /// Visible offers that it would open.
    opens: u32,
    /// What was found.
    title: String,
    /// What was found this time.
    detail: String,
    /// What to do.
    action: String,
}

/// What stands between a request and a match.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the name of the list on the wire")]
pub(crate) struct Findings {
    /// Reference of the request.
    request: String,
    /// 0 to 100.
    score: u8,
    /// Whether nothing that blocks was found.
    matchable: bool,
    /// Offers that you may see and that may serve it as it stands.
    offers_now: u32,
    /// The most pressing first.
    findings: Vec<Finding>,
}

impl Findings {
    pub(crate) fn of(found: &Assessment, locale: Locale) -> Self {
        Self {
            request: found.request.to_string(),
            score: found.score,
            matchable: found.matchable,
            offers_now: found.offers_now,
            findings: found.findings.iter().map(|finding| Finding::of(finding, locale)).collect(),
        }
    }
}

impl Finding {
    fn of(found: &Found, locale: Locale) -> Self {
        let key = format!("finding-{}", found.code.name());
        let values = values(found, locale);
        let happened = if found.value.is_empty() && may_be_absent(found.code) { "absent" } else { "detail" };
        Self {
            code: found.code.name(),
            severity: found.severity.name().to_owned(),
            component: found.component.as_ref().map(ToString::to_string),
            field: found.field,
            value: found.value.clone(),
            example: found.example.clone(),
            opens: found.opens,
            title: say(locale, &key, &[]),
            detail: say(locale, &format!("{key}-{happened}"), &values),
            action: say(locale, &format!("{key}-action"), &values),
        }
    }
}

/// Codes about something that is out of date, or not there at all.
fn may_be_absent(code: FindingCode) -> bool {
    matches!(code, FindingCode::StaleActionPlan | FindingCode::OldReport)
}

/// The value of the sentences: what the finding is about, as the language writes it.
fn values(found: &Found, locale: Locale) -> Vec<(&'static str, Value)> {
    if found.value.is_empty() {
        return Vec::new();
    }
    let permille = |factor: i64| {
        let share = found.value.parse::<i64>().ok().and_then(|value| value.checked_mul(factor));
        share.map_or_else(|| Value::from(&found.value), |share| Value::from(number::percent(locale, share)))
    };
    let value = match found.code {
        FindingCode::UnusualUnitCost => found.value.parse().map_or_else(|_| Value::from(&found.value), Value::Count),
        FindingCode::ContributionShort => permille(10),
        FindingCode::FirstPriorityExcess => permille(1),
        FindingCode::ObstacleUnmitigated => Value::from(vocabulary::obstacle(locale, &found.value)),
        FindingCode::StaleActionPlan => Value::from(day(locale, &found.value)),
        _ => Value::from(&found.value),
    };
    vec![("value", value)]
}

/// A day in full, or as it is written where it is none.
fn day(locale: Locale, written: &str) -> String {
    let date = written.parse::<jiff::civil::Date>().ok();
    let day = |date: jiff::civil::Date| {
        let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
        needmatch_i18n::date::long(locale, i32::from(date.year()), month, day)
    };
    date.and_then(day).unwrap_or_else(|| written.to_owned())
}

/// What stands between a request of yours and a match, in the language you wish
#[utoipa::path(get, path = "/requests/{id}/findings", tag = "requests", params(("id" = String, Path)), responses(
    (status = 200, headers(("Content-Language" = String, description = "Language of the sentences.")), content((Findings = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn findings(
    State(app): State<App>,
    Caller(principal): Caller,
    Key(key): Key<RequestKey>,
    language: Language,
    wish: Wish,
) -> Result<Response, Problem> {
    let today = app.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let found = quality::findings(&mut app.read().await?, &principal, key, today).await?;
    Ok(language.named(wish.rows_of("findings", Findings::of(&found, language.0))?))
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(findings))
}

#[cfg(test)]
mod tests {
    use needmatch_app::quality::{Finding as Found, FindingCode, Severity};
    use needmatch_i18n::Locale;

    use super::{Finding, may_be_absent};

    fn found(code: FindingCode, value: &str) -> Found {
        let (value, example) = (value.to_owned(), String::new());
        Found { code, severity: Severity::Major, component: None, field: code.field(), value, example, opens: 2 }
    }

    #[test]
    fn every_finding_is_said_whole_in_every_language() {
        for locale in Locale::ALL {
            for code in FindingCode::ALL {
                let mut said = vec![Finding::of(&found(*code, "450"), locale)];
                if may_be_absent(*code) {
                    said.push(Finding::of(&found(*code, ""), locale));
                }
                for finding in said {
                    for sentence in [&finding.title, &finding.detail, &finding.action] {
                        assert!(!sentence.contains(['⟦', '{', '$']), "{locale}: {code}: {sentence}");
                    }
                }
            }
        }
    }

    #[test]
    fn values_are_written_as_the_language_does() {
        let detail = |code, value| Finding::of(&found(code, value), Locale::French).detail;
        assert!(detail(FindingCode::ContributionShort, "5").contains("5\u{202f}%"));
        assert!(detail(FindingCode::FirstPriorityExcess, "450").starts_with("45\u{202f}%"));
        assert!(detail(FindingCode::StaleActionPlan, "2019-05-01").contains("1 mai 2019"));
        assert!(detail(FindingCode::UnusualUnitCost, "12000").contains("12\u{202f}000"));
    }
}
