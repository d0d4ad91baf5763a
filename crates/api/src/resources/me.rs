//! The person who acts: their parties, password, second factor, and everything they can sign in with.

use axum::response::Response;
use needmatch_app::store::keys::{CredentialKey, PartyKey};
use needmatch_app::store::parties::{Credential as CredentialRow, MembershipOfPerson, Person};
use needmatch_app::store::{BY_TIME, Cursor};
use needmatch_app::{App, Principal, access, people};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::memberships::Membership;
use crate::http::answer::{self, Answer};
use crate::http::body::Document;
use crate::http::caller::Reading;
use crate::http::cursor::{self, TimeOrder};
use crate::http::mutation::Mutation;
use crate::http::parameters::{Filters, Key};
use crate::http::problem::{Problem, ProblemDocument};
use crate::http::table::Wish;
use crate::http::version::IfMatch;

/// A party the person acts for, or is invited to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Place {
    /// The party's identifier.
    party: String,
    /// `state`, `provider`, `coordinator` or `observer`.
    kind: String,
    /// The party's code.
    code: String,
    /// The party's name.
    name: String,
    /// `member` or `manager`.
    role: String,
    /// `invited`, `active` or `suspended`.
    status: String,
    /// Of the membership; rises with every change of it.
    version: i64,
}

/// The person who acts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// Their identifier.
    id: String,
    /// Their address.
    email: String,
    /// As shown.
    name: String,
    /// Language of their mail, and of the pages it leads to.
    language: String,
    /// Whether they can come in by password.
    has_password: bool,
    /// Whether a second factor is in use.
    has_second_factor: bool,
    /// Whether it was shown that they read the mail of the address: by a link that was mailed to them alone, or by their
    /// organisation. Places in further parties are accepted from then on.
    has_proved_address: bool,
    /// Parties they act for, or are invited to.
    memberships: Vec<Place>,
    /// Rises with every change, also of the password and with every code of the second factor that is used.
    version: i64,
}

impl Me {
    fn of(person: &Person, memberships: &[MembershipOfPerson]) -> Self {
        let place = |held: &MembershipOfPerson| Place {
            party: held.membership.party.to_string(),
            kind: held.kind.to_string(),
            code: held.code.clone(),
            name: held.name.clone(),
            role: held.membership.role.to_string(),
            status: held.membership.status.to_string(),
            version: held.membership.version,
        };
        Self {
            id: person.key.to_string(),
            email: person.email.clone(),
            name: person.name.clone(),
            language: person.language.clone(),
            has_password: person.password_hash.is_some(),
            has_second_factor: person.second_factor_at.is_some(),
            has_proved_address: person.address_proved_at.is_some(),
            memberships: memberships.iter().map(place).collect(),
            version: person.version,
        }
    }
}

/// What people say of themselves.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeBody {
    /// As shown.
    #[schema(example = "Ana")]
    name: String,
    /// Language of your mail, and of the pages it leads to: `ar`, `zh`, `en`, `fr`, `ru` or `es`.
    #[schema(example = "es")]
    language: String,
}

/// A new password.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordBody {
    /// The one until now; not needed after coming in by the link of an invitation, without a place in another party.
    current: Option<String>,
    /// The new one: 12 characters at least, 256 bytes at most.
    #[schema(min_length = 12, max_length = 256, example = "correct horse battery staple")]
    password: String,
}

/// What is put into the program that makes the codes: shown once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Enrolment {
    /// The secret, in base 32.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    /// The same as an `otpauth` address.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

/// The code of the moment.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeBody {
    /// Six digits.
    #[schema(example = "287082")]
    code: String,
}

/// Something to sign in with, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Credential {
    /// Its identifier.
    id: String,
    /// `session`, `token` or `link`.
    kind: String,
    /// How it came about.
    label: String,
    /// When it was made.
    created_at: String,
    /// Until when it can be used.
    expires_at: String,
    /// When it was last used, to the minute.
    used_at: Option<String>,
    /// When it was taken back.
    revoked_at: Option<String>,
    /// Whether this very request was made with it.
    is_this: bool,
    /// Rises when a link is used up, and when it is taken back.
    version: i64,
}

impl Credential {
    fn of(row: &CredentialRow, principal: &Principal) -> Self {
        Self {
            id: row.key.to_string(),
            kind: row.kind.to_string(),
            label: row.label.clone(),
            created_at: row.created_at.to_string(),
            expires_at: row.expires_at.to_string(),
            used_at: row.used_at.map(|at| at.to_string()),
            revoked_at: row.revoked_at.map(|at| at.to_string()),
            is_this: principal.credential == Some(row.key),
            version: row.version(),
        }
    }
}

/// A page of what the person can sign in with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Credentials {
    items: Vec<Credential>,
    /// `after` of the next page; absent on the last.
    next: Option<String>,
}

/// Which part of what the person can sign in with.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CredentialPages {
    /// `next` of the page before.
    after: Option<String>,
    /// Rows in a page, at most 500.
    limit: Option<u32>,
    /// `newest` (default) or `oldest`.
    #[param(inline, value_type = Option<TimeOrder>)]
    order: Option<String>,
}

/// Whether a credential was still in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ended {
    was_in_force: bool,
    /// The credential's, from now on.
    version: i64,
}

/// Who you are
#[utoipa::path(get, path = "/me", tag = "access", responses(
    (status = 200, body = Me), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn read(Reading { principal, mut session }: Reading) -> Result<Response, Problem> {
    let (person, memberships) = access::me(&mut session, &principal).await?;
    answer::read(person.version, &Me::of(&person, &memberships))
}

/// Change your name and the language you are written in
#[utoipa::path(put, path = "/me", tag = "access", params(("If-Match" = String, Header)), request_body = MeBody, responses(
    (status = 200, body = Me), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn rewrite(mutation: Mutation, IfMatch(version): IfMatch, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let (person, memberships) = people::change_own(transaction, principal, version, &value).await?;
            Answer::ok(person.version, &Me::of(&person, &memberships))
        })
    });
    effect.await
}

/// Set or change your password; your other sessions end
#[utoipa::path(put, path = "/me/password", tag = "access", params(("If-Match" = String, Header)), request_body = PasswordBody, responses(
    (status = 200, body = Me), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn set_password(mutation: Mutation, IfMatch(version): IfMatch, document: Document) -> Result<Response, Problem> {
    let value = document.value.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let person = access::set_password(transaction, principal, version, &value).await?;
            Answer::ok(person.version, &Me::of(&person, &transaction.memberships_of(person.key).await?))
        })
    });
    effect.await
}

/// Begin to set up a second factor
///
/// The secret is in the first answer only: an answer repeated for the same `Idempotency-Key` comes without it.
#[utoipa::path(post, path = "/me/second-factor", tag = "access", params(("If-Match" = String, Header)), responses(
    (status = 201, body = Enrolment), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn begin_second_factor(
    mutation: Mutation,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let app = mutation.app.clone();
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let begun = access::begin_second_factor(&app, transaction, principal, version).await?;
            let shown = Enrolment { secret: Some(begun.secret), address: Some(begun.address) };
            let kept = Enrolment { secret: None, address: None };
            Answer::made("/api/v1/me".to_owned(), &shown)?.keeping(&kept)
        })
    });
    effect.await
}

/// Put the second factor into use
#[utoipa::path(post, path = "/me/second-factor/confirm", tag = "access", params(("If-Match" = String, Header)),
    request_body = CodeBody, responses(
    (status = 200, body = Me), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn confirm_second_factor(
    mutation: Mutation,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let (app, value) = (mutation.app.clone(), document.value.clone());
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let person = access::confirm_second_factor(&app, transaction, principal, version, &value).await?;
            Answer::ok(person.version, &Me::of(&person, &transaction.memberships_of(person.key).await?))
        })
    });
    effect.await
}

/// Accept the invitation of a party
///
/// Refused until it was shown that the address is yours: by the link that was mailed with the invitation, which accepts by
/// itself, by one for a new password, or by coming in by your organisation.
#[utoipa::path(post, path = "/me/memberships/{id}/accept", tag = "access",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Membership), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn accept(
    mutation: Mutation,
    Key(party): Key<PartyKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let membership = access::accept_invitation(transaction, principal, party, version).await?;
            Answer::ok(membership.version, &Membership::from(&membership))
        })
    });
    effect.await
}

/// Everything you can sign in with
#[utoipa::path(get, path = "/me/credentials", tag = "access", params(CredentialPages), responses(
    (status = 200, content((Credentials = "application/json"), (String = "text/csv"))), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn credentials(
    Reading { principal, mut session }: Reading,
    Filters(asked): Filters<CredentialPages>,
    wish: Wish,
) -> Result<Response, Problem> {
    let page = cursor::page(asked.after.as_deref(), asked.limit, asked.order.as_deref(), BY_TIME)?;
    let rows = access::credentials(&mut session, &principal, &page).await?;
    let next = cursor::next(&page, &rows, |row| Cursor { key: row.key.uuid(), rank: None });
    wish.page(Credentials { items: rows.iter().map(|row| Credential::of(row, &principal)).collect(), next })
}

/// Something you can sign in with
#[utoipa::path(get, path = "/me/credentials/{id}", tag = "access", params(("id" = String, Path)), responses(
    (status = 200, body = Credential), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn credential(
    Reading { principal, mut session }: Reading,
    Key(key): Key<CredentialKey>,
) -> Result<Response, Problem> {
    let row = access::credential(&mut session, &principal, key).await?;
    answer::read(row.version(), &Credential::of(&row, &principal))
}

/// End a session, or take back a link, at once
#[utoipa::path(delete, path = "/me/credentials/{id}", tag = "access",
    params(("id" = String, Path), ("If-Match" = String, Header)), responses(
    (status = 200, body = Ended), (status = "default", body = ProblemDocument, content_type = "application/problem+json")
))]
async fn revoke(
    mutation: Mutation,
    Key(key): Key<CredentialKey>,
    IfMatch(version): IfMatch,
    document: Document,
) -> Result<Response, Problem> {
    let effect = mutation.run(&document, move |transaction, principal| {
        Box::pin(async move {
            let (was_in_force, version) = access::revoke(transaction, principal, key, version).await?;
            Answer::ok(version, &Ended { was_in_force, version })
        })
    });
    effect.await
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read, rewrite))
        .routes(routes!(set_password))
        .routes(routes!(begin_second_factor))
        .routes(routes!(confirm_second_factor))
        .routes(routes!(accept))
        .routes(routes!(credentials))
        .routes(routes!(credential, revoke))
}
