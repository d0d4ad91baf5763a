//! A link that lets somebody in: what it is for, and the button that uses it up.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use needmatch_app::store::parties::{MembershipOfPerson, Person};
use needmatch_app::store::words::MembershipStatus;
use needmatch_app::{AppError, access, sign_in};
use needmatch_i18n::text;

use super::account::{PlaceRow, place};
use super::sign_in::page as sign_in_page;
use crate::form::from_this_site;
use crate::layout::Layout;
use crate::visit::{SESSION, Visit, render};

#[derive(Template)]
#[template(path = "link.html")]
struct LinkPage {
    layout: Layout,
    action: String,
    name: String,
    email: String,
    /// Invitations that the link accepts.
    invitations: Vec<PlaceRow>,
}

fn page(visit: &Visit, token: &str, person: Person, places: &[MembershipOfPerson]) -> Result<Response, AppError> {
    let invited = places.iter().filter(|held| held.membership.status == MembershipStatus::Invited);
    let invitations: Vec<PlaceRow> = invited.map(|held| place(visit, held)).collect();
    let title = if invitations.is_empty() { "link-title" } else { "link-title_invited" };
    let layout = Layout::of(visit, text(visit.locale, title, &[]));
    let action = visit.link(&format!("/sign-in/{token}"));
    render(StatusCode::OK, &LinkPage { layout, action, name: person.name, email: person.email, invitations })
}

fn refused(visit: &Visit) -> Result<Response, AppError> {
    sign_in_page(visit, StatusCode::UNAUTHORIZED, Some("sign_in-link_refused"))
}

/// Shows what a link is for. It is not used up: programs that look at mail open links too.
pub(crate) async fn look(visit: Visit, Path(token): Path<String>) -> Response {
    visit
        .answer(async {
            match access::behind_link(&visit.app, &token).await {
                Ok((person, places)) => page(&visit, &token, person, &places),
                Err(AppError::Unauthenticated) => refused(&visit),
                Err(other) => Err(other),
            }
        })
        .await
}

/// Uses up a link, and leads to where what it begins is finished.
pub(crate) async fn redeem(visit: Visit, Path(token): Path<String>, headers: HeaderMap) -> Response {
    visit
        .answer(async {
            from_this_site(&headers)?;
            let (app, surface) = (visit.app.clone(), visit.surface());
            // In a task of its own: whoever hangs up leaves no transaction half open.
            let redeemed = tokio::spawn(async move { sign_in::redeem(&app, &surface, &token).await });
            let secret = match redeemed.await.map_err(|_| AppError::Internal)? {
                Ok(secret) => secret,
                Err(AppError::Unauthenticated) => return refused(&visit),
                Err(other) => return Err(other),
            };
            let cookie = visit.set_cookie(SESSION, secret.reveal(), sign_in::SESSION_HOURS)?;
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&visit.link("/account/password"))).into_response())
        })
        .await
}
