//! The `OpenAPI` document: made from the handlers, so that it cannot say what they do not do.
//!
//! A handler describes what it takes and what it answers when all is well. How it refuses ([`refusals`]), which headers its
//! answers have ([`headers`]) and how bodies look ([`examples`]) follows from that.

mod examples;
mod headers;
mod refusals;

use needmatch_app::App;
use needmatch_app::store::idempotency::MAX_KEY;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
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
            Every change but those of `/sign-in` takes an `Idempotency-Key`: sent again with the same body it has no second effect and the same \
            answer. Every change of something that exists needs `If-Match` with the `ETag` that was read. Lists are read \
            a page at a time: `next` of a page is `after` of the following one; each can be had as a table with \
            `Accept: text/csv`. `q` finds words that begin so, whatever their case. Refusals are problem documents (RFC 9457) \
            with a registered `code`; `errors` names everything wrong with a body at once. A field that is not described is refused.\n\n\
            What is described here stays. Without notice there may come new routes, new members of answers, new fields \
            that may be left out, new words where a list of words is answered, new codes of refusals and new kinds of \
            messages: pass over what you do not know. What is to be taken away, or to mean something else, is named in \
            the list of changes together with what replaces it; from that day its answers carry `Deprecation` (RFC \
            9745) and `Sunset` (RFC 8594), and it stays for at least 12 months. Only a hole through which what is \
            confidential could be read is closed at once.",
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
    let mut router = OpenApiRouter::with_openapi(Description::openapi()).nest("/api/v1", resources::routes());
    complete(router.get_openapi_mut());
    router
}

/// Adds what follows from what each operation is.
fn complete(description: &mut utoipa::openapi::OpenApi) {
    let mut components = description.components.take().unwrap_or_default();
    refusals::share(&mut components);
    for (path, item) in &mut description.paths.paths {
        let operations = [
            ("get", item.get.as_mut()),
            ("put", item.put.as_mut()),
            ("post", item.post.as_mut()),
            ("patch", item.patch.as_mut()),
            ("delete", item.delete.as_mut()),
        ];
        for (method, operation) in operations {
            let Some(operation) = operation else { continue };
            if method != "get" && !path.contains("/sign-in") {
                describe_key(operation);
            }
            headers::describe(method, operation, &components);
            examples::describe(operation, &components);
            refusals::describe(method, path, operation);
        }
    }
    description.components = Some(components);
}

/// Says of a change that it takes an `Idempotency-Key`, where its handler does not say that it needs one. Whoever comes
/// in has no credential yet that a key could belong to.
fn describe_key(operation: &mut Operation) {
    let parameters = operation.parameters.get_or_insert_default();
    if !parameters.iter().any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.name == KEY)) {
        let schema =
            ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(MAX_KEY)).build();
        let told =
            "A key of your own choice: sent again with the same body, the answer is repeated and nothing done twice.";
        let parameter = ParameterBuilder::new().name(KEY).parameter_in(ParameterIn::Header);
        parameters.push(RefOr::T(parameter.description(Some(told)).schema(Some(schema)).build()));
    }
}

const KEY: &str = "Idempotency-Key";

/// The document as text that ends with a line break.
pub(crate) fn text(description: &utoipa::openapi::OpenApi) -> String {
    let text = description.to_pretty_json().expect("the description has text keys only");
    let mut text = text.replace(&format!("\"{}\":", headers::ALWAYS), "\"required\":");
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
mod tests;
