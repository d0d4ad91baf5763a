//! My account: whom one acts for, what one signs in with, and where one is signed in.

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use needmatch_app::access::{self, Standing};
use needmatch_app::store::parties::{Credential, MembershipOfPerson};
use needmatch_app::store::words::{CredentialKind, MembershipStatus, Role};
use needmatch_app::store::{MAX_PAGE, Order, Page};
use needmatch_app::{App, AppError, Principal, Surface};
use needmatch_i18n::{Locale, text};
use serde::Deserialize;

use super::run_list::moment;
use crate::form::from_this_site;
use crate::layout::Layout;
use crate::visit::{Visit, render};

/// Sessions shown.
const MOST_SESSIONS: usize = 20;

/// A place in a party.
pub(crate) struct PlaceRow {
    pub(crate) party: String,
    pub(crate) role: String,
    /// Where it is not in force.
    pub(crate) status: Option<String>,
}

/// Something somebody is signed in with, or could come in by.
struct SessionRow {
    how: String,
    began: String,
    used: String,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    layout: Layout,
    /// What was done just now.
    done: Option<&'static str>,
    standing: Standing,
    places: Vec<PlaceRow>,
    factor: String,
    sessions: Vec<SessionRow>,
    has_others: bool,
}

/// What was done just now, in the address that a form leads to.
#[derive(Deserialize)]
pub(crate) struct Said {
    done: Option<String>,
}

/// A place as people read it.
pub(super) fn place(visit: &Visit, held: &MembershipOfPerson) -> PlaceRow {
    let say = |key: &str| text(visit.locale, key, &[]);
    let role = match held.membership.role {
        Role::Manager => "account-manager",
        Role::Member => "account-member",
    };
    let status = match held.membership.status {
        MembershipStatus::Active => None,
        MembershipStatus::Invited => Some("account-invited"),
        MembershipStatus::Suspended => Some("account-suspended"),
    };
    PlaceRow { party: held.name.clone(), role: say(role), status: status.map(say) }
}

/// How somebody came in, which the register keeps in English words.
fn how(locale: Locale, credential: &Credential) -> String {
    if credential.kind == CredentialKind::Link {
        return text(locale, "account-by_unused_link", &[]);
    }
    let key = match credential.label.as_str() {
        "signed in by link" => "account-by_link",
        "signed in by password" => "account-by_password",
        "signed in by a new password" => "account-by_new_password",
        "signed in with a new second factor" => "account-by_second_factor",
        other => {
            let provider = other.strip_prefix("signed in at ").unwrap_or(other);
            return text(locale, "account-by_provider", &[("provider", provider.into())]);
        }
    };
    text(locale, key, &[])
}

/// My account.
pub(crate) async fn show(visit: Visit, Query(said): Query<Said>) -> Response {
    visit
        .answer(async {
            let mut session = visit.app.read().await?;
            let standing = access::standing(&mut session, &visit.principal).await?;
            let now = visit.app.now();
            let latest = Page { order: Order::Newest, after: None, limit: MAX_PAGE };
            let held = access::credentials(&mut session, &visit.principal, &latest).await?;
            let in_force: Vec<&Credential> = held.iter().filter(|credential| credential.is_valid(now)).collect();
            let row = |credential: &&Credential| SessionRow {
                how: how(visit.locale, credential),
                began: moment(visit.locale, credential.created_at),
                used: credential.used_at.map(|at| moment(visit.locale, at)).unwrap_or_default(),
                is_this: visit.principal.credential == Some(credential.key),
            };
            let factor = match standing.person.second_factor_at {
                Some(at) => text(visit.locale, "account-factor-since", &[("date", moment(visit.locale, at).into())]),
                None => text(visit.locale, "account-factor-none", &[]),
            };
            let done = match said.done.as_deref() {
                Some("password") => Some("account-password-done"),
                Some("second-factor") => Some("account-factor-done"),
                Some("sessions") => Some("account-sessions-done"),
                _ => None,
            };
            let page = AccountPage {
                layout: Layout::of(&visit, text(visit.locale, "account-title", &[])),
                done,
                places: standing.places.iter().map(|held| place(&visit, held)).collect(),
                factor,
                sessions: in_force.iter().take(MOST_SESSIONS).map(row).collect(),
                has_others: in_force.len() > 1,
                standing,
            };
            render(StatusCode::OK, &page)
        })
        .await
}

async fn end(app: App, principal: Principal, surface: Surface) -> Result<(), AppError> {
    let mut transaction = app.begin(&principal, &surface).await?;
    access::end_others(&mut transaction, &principal).await?;
    Ok(transaction.commit().await?)
}

/// Ends every other session.
pub(crate) async fn end_others(visit: Visit, headers: HeaderMap) -> Response {
    visit
        .answer(async {
            from_this_site(&headers)?;
            // In a task of its own: whoever hangs up leaves no transaction half open.
            let ended = tokio::spawn(end(visit.app.clone(), visit.principal.clone(), visit.surface()));
            ended.await.map_err(|_| AppError::Internal)??;
            Ok(Redirect::to(&visit.link("/account?done=sessions")).into_response())
        })
        .await
}
