//! The `OpenAPI` document: made from the handlers, so that it cannot say what they do not do.

use needmatch_app::App;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::http::problem::{FieldProblem, ProblemDocument};
use crate::resources;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "needmatch",
        description = "Requests for assistance, offers, and proven-optimal matching of the two.\n\n\
            Every POST takes an `Idempotency-Key`: sent again with the same body it has no second effect and the same \
            answer. Every change of something that exists needs `If-Match` with the `ETag` that was read. Lists are read \
            a page at a time: `next` of a page is `after` of the following one. Refusals are problem documents (RFC 9457) \
            with a registered `code`; `errors` names everything wrong with a body at once. A field that is not described is refused.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(ProblemDocument, FieldProblem)),
    // Without a token whoever asks is the public, who may read what is public.
    security((), ("token" = [])),
    modifiers(&Token)
)]
struct Description;

struct Token;

impl Modify for Token {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("nm_…").build();
        let components = description.components.get_or_insert_with(Default::default);
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// The resources with their descriptions.
pub(crate) fn resources() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Description::openapi()).nest("/api/v1", resources::routes())
}

/// The document as text that ends with a line break.
pub(crate) fn text(description: &utoipa::openapi::OpenApi) -> String {
    let mut text = description.to_pretty_json().expect("the description has text keys only");
    text.push('\n');
    text
}

/// The `OpenAPI` document, as committed in `docs/openapi.json`.
///
/// # Panics
/// Never: the document has text keys only.
pub fn openapi() -> String {
    text(&resources().into_openapi())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::openapi;

    #[test]
    fn the_committed_document_is_the_one_the_code_makes() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, openapi()).expect("docs/openapi.json can be written");
            return;
        }
        assert!(committed == openapi(), "docs/openapi.json is not current: run `UPDATE=1 cargo test -p needmatch-api`");
    }

    #[test]
    fn every_operation_says_how_it_refuses() {
        let document: serde_json::Value = serde_json::from_str(&openapi()).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                assert!(operation["responses"]["default"].is_object(), "{method} {path}");
                assert!(operation["summary"].is_string(), "{method} {path}");
            }
        }
    }
}
