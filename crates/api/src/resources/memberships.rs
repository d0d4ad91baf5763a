//! Who acts for a party.

use axum::extract::Path;
use axum::response::Response;
use needmatch_app::document::Fields;
use needmatch_app::error::{Fault, Faults};
use needmatch_app::parties::MemberChange;
use needmatch_app::sign_in::Link;
use needmatch_app::store::keys::{PartyKey, PersonKey};
use needmatch_app::store::parties::Membership as Row;
use needmatch_app::store::words::{MembershipStatus, Role};
use needmatch_app::{App, AppError, parties, sign_in};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key, key, word};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::IfMatch;

/// A membership as it is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct MembershipBody {
    /// The person's identifier.
    person: String,
    /// `member` or `manager`.
    #[schema(example = "member")]
    role: String,
    /// `invited`, `active` or `suspended`.
    #[schema(example = "invited")]
    status: String,
}

/// A person's place in a party.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Membership {
    /// The party's identifier.
    party: String,
    #[serde(flatten)]
    body: MembershipBody,
    /// Rises with every change.
    version: i64,
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
            version: row.version,
            created_at: row.created_at.to_string(),
            updated_at: row.updated_at.to_string(),
        }
    }
}

/// What a party's memberships are narrowed to.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MembershipFilters {
    /// `invited`, `active` or `suspended`.
    status: Option<String>,
}

/// Who acts for a party
#[utoipa::path(get, path = "/parties/{id}/memberships", tag = "parties",
    params(("id" = String, Path), MembershipFilters), responses(
    (status = 200, content((Memberships = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn list(
    Reading { principal, mut session }: Reading,
    Key(party): Key<PartyKey>,
    Filters(filters): Filters<MembershipFilters>,
    wish: Wish,
) -> Result<Response, Problem> {
    let status = word("status", filters.status.as_deref(), "invited, active, suspended")?;
    let rows = parties::members(&mut session, &principal, party, status).await?;
    wish.page(Memberships { items: rows.iter().map(Membership::from).collect() })
}

/// The place of one person in a party
#[utoipa::path(get, path = "/parties/{id}/memberships/{person}", tag = "parties",
    params(("id" = String, Path), ("person" = String, Path)), responses(
    (status = 200, body = Membership), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read_one(
    Reading { principal, mut session }: Reading,
    Path((party, person)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (party, person) = (key("party", &party)?, key("membership", &person)?);
    let row = parties::member(&mut session, &principal, party, person).await?;
    answer::read(row.version, &Membership::from(&row))
}

/// What becomes of a membership.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MembershipChange {
    /// `member` or `manager`.
    #[schema(example = "manager")]
    role: String,
    /// `invited`, `active` or `suspended`.
    #[schema(example = "active")]
    status: String,
    /// Why, for the audit log.
    #[schema(example = "took over the department")]
    reason: Option<String>,
}

/// Change what a person may do for a party, suspend them or restore them
///
/// Who has not accepted stays invited, or suspended: `active` is refused until they have.
#[utoipa::path(put, path = "/parties/{id}/memberships/{person}", tag = "parties",
    params(("id" = String, Path), ("person" = String, Path), ("If-Match" = String, Header)),
    request_body = MembershipChange, responses(
    (status = 200, body = Membership), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn change(
    mutation: Mutation,
    Path((party, person)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let place: (PartyKey, PersonKey) = (key("party", &party)?, key("membership", &person)?);
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let mut faults = Faults::default();
            let read = Fields::of(&value, "", &mut faults).and_then(|mut fields| {
                let (role, status) = (fields.required_word("role"), fields.required_word("status"));
                let reason = fields.text("reason");
                fields.finish();
                Some((role?, status?, reason))
            });
            let (role, status, reason) = faults.finish(read)?;
            let change = MemberChange { role, status, reason: reason.as_deref() };
            let row = parties::change_member(transaction, principal, place, version, change).await?;
            Answer::ok(row.version, &Membership::from(&row))
        })
    });
    effect.await
}

fn read(document: &Value) -> Result<(PersonKey, Role), AppError> {
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let text = fields.required_text("person");
        let person = text.as_deref().and_then(|text| text.parse().ok());
        if let (Some(text), None) = (&text, person) {
            fields.refuse("person", Some(text), Fault::NotAKey {});
        }
        let (role, status) = (fields.required_word("role"), fields.required_word::<MembershipStatus>("status"));
        if let Some(status) = status.filter(|status| *status != MembershipStatus::Invited) {
            let allowed = MembershipStatus::Invited.to_string();
            fields.refuse("status", Some(status.name()), Fault::UnknownWord { allowed });
        }
        fields.finish();
        Some((person?, role?))
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
    /// What is put behind `/sign-in/`, good for one use within a day: shown once. Absent where the person has a place in
    /// another party: they alone are mailed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "nm_…")]
    link: Option<String>,
}

/// Invite a person, or give a member who lost their password a new link
///
/// Who has a place in no other party may be given the link by you. Everybody else is mailed one that nobody else is shown:
/// it sets a password anew and accepts. Who has shown before that the address is theirs accepts without it. The role of a
/// member stays as it is; who is suspended is restored first.
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
            let link = made.link.as_ref().map(Link::reveal).map(ToOwned::to_owned);
            Answer::made(format!("/api/v1/parties/{party}/memberships"), &shown(link))?.keeping(&shown(None))
        })
    });
    effect.await
}

/// Invite a person who is registered already
///
/// They are mailed a link, as by an invitation of their address. Nobody but they make more of it: `status` is `invited`.
#[utoipa::path(post, path = "/parties/{id}/memberships", tag = "parties", params(("id" = String, Path)),
    request_body = MembershipBody, responses(
    (status = 201, body = Membership), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn set(mutation: Mutation, Key(party): Key<PartyKey>, document: Document) -> Result<Response, Problem> {
    let (app, value) = (mutation.app.clone(), document.value.clone());
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let (person, role) = read(&value)?;
            let row = parties::set_member(&app, transaction, principal, party, person, role).await?;
            let address = format!("/api/v1/parties/{party}/memberships/{person}");
            Answer::created(address, row.version, &Membership::from(&row))
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, set)).routes(routes!(read_one, change)).routes(routes!(invite))
}
