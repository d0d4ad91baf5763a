//! Who acts for a party.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use needmatch_app::document::Fields;
use needmatch_app::error::{Fault, Faults};
use needmatch_app::store::keys::{PartyKey, PersonKey};
use needmatch_app::store::parties::Membership as Row;
use needmatch_app::store::words::{MembershipStatus, Role};
use needmatch_app::{App, AppError, parties, sign_in};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::Answer;
use crate::http::body::Document;
use crate::http::caller::Caller;
use crate::http::mutation::Mutation;
use crate::http::parameters::Key;
use crate::http::problem::{Problem, ProblemDocument};

/// A membership as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct MembershipBody {
    /// The person's identifier.
    person: String,
    /// `member` or `manager`.
    #[schema(example = "member")]
    role: String,
    /// `invited`, `active` or `suspended`.
    #[schema(example = "active")]
    status: String,
}

/// A person's place in a party.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Membership {
    /// The party's identifier.
    party: String,
    #[serde(flatten)]
    body: MembershipBody,
    /// When it was made.
    created_at: String,
    /// When it last changed.
    updated_at: String,
}

/// Who acts for a party.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Memberships {
    items: Vec<Membership>,
}

impl From<&Row> for Membership {
    fn from(row: &Row) -> Self {
        let (person, role, status) = (row.person.to_string(), row.role.to_string(), row.status.to_string());
        Self {
            party: row.party.to_string(),
            body: MembershipBody { person, role, status },
            created_at: row.created_at.to_string(),
            updated_at: row.updated_at.to_string(),
        }
    }
}

/// Who acts for a party
#[utoipa::path(get, path = "/parties/{id}/memberships", tag = "parties", params(("id" = String, Path)), responses(
    (status = 200, body = Memberships), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    State(app): State<App>,
    Caller(principal): Caller,
    Key(party): Key<PartyKey>,
) -> Result<Json<Memberships>, Problem> {
    let rows = parties::members(&mut app.read().await?, &principal, party).await?;
    Ok(Json(Memberships { items: rows.iter().map(Membership::from).collect() }))
}

fn read(document: &Value) -> Result<(PersonKey, Role, MembershipStatus), AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let text = fields.required_text("person");
        let person = text.as_deref().and_then(|text| text.parse().ok());
        if let (Some(text), None) = (&text, person) {
            fields.refuse("person", Some(text), Fault::NotAKey {});
        }
        let (role, status) = (fields.required_word("role"), fields.required_word("status"));
        fields.finish();
        Some((person?, role?, status?))
    });
    faults.finish(read)
}

/// A person to be invited.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvitationBody {
    /// Their address.
    #[schema(example = "ana@example.org")]
    email: String,
    /// As shown.
    #[schema(example = "Ana")]
    name: String,
    /// `member` or `manager`.
    #[schema(example = "member")]
    role: String,
    /// Language of their mail, and of the pages it leads to, until they choose another: `ar`, `zh`, `en` (unless another
    /// is named), `fr`, `ru` or `es`. Who is registered already keeps theirs.
    #[schema(example = "fr")]
    language: Option<String>,
}

/// An invitation as made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Invitation {
    /// Their place in the party, `invited` until they accept.
    membership: Membership,
    /// What is put behind `/sign-in/`, good for one use within a day: shown once. Absent where the person acts for another
    /// party already: they come in on their own and accept.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "nm_…")]
    link: Option<String>,
}

/// Invite a person, or give a member who lost their password a new link
#[utoipa::path(post, path = "/parties/{id}/invitations", tag = "parties", params(("id" = String, Path)),
    request_body = InvitationBody, responses(
    (status = 201, body = Invitation), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn invite(mutation: Mutation, Key(party): Key<PartyKey>, document: Document) -> Result<Response, Problem> {
    let (app, value) = (mutation.app.clone(), document.value.clone());
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let made = sign_in::invite_by(&app, transaction, principal, party, &value).await?;
            let shown = |link| Invitation { membership: Membership::from(&made.membership), link };
            let link = made.link.as_ref().map(|link| link.reveal().to_owned());
            Answer::made(format!("/api/v1/parties/{party}/memberships"), &shown(link))?.keeping(&shown(None))
        })
    });
    effect.await
}

/// Give a person a place in a party, or change it
#[utoipa::path(post, path = "/parties/{id}/memberships", tag = "parties", params(("id" = String, Path)),
    request_body = MembershipBody, responses(
    (status = 201, body = Membership), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn set(mutation: Mutation, Key(party): Key<PartyKey>, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let (person, role, status) = read(&value)?;
            let row = parties::set_member(transaction, principal, party, person, role, status).await?;
            Answer::made(format!("/api/v1/parties/{party}/memberships"), &Membership::from(&row))
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, set)).routes(routes!(invite))
}
