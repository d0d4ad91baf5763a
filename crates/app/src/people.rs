//! What people say of themselves: what they are called, and in which language they are written.

use needmatch_i18n::Locale;
use needmatch_store::AuditedTransaction;
use needmatch_store::keys::PersonKey;
use needmatch_store::parties::{MembershipOfPerson, Person};
use serde_json::Value;

use crate::access;
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::policy::Action;
use crate::principal::Principal;

/// Rewrites `name` and `language` of the person who acts: nobody else's, so that no action of the policy names it.
pub async fn change_own(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    expected: i64,
    document: &Value,
) -> Result<(Person, Vec<MembershipOfPerson>), AppError> {
    let (person, memberships) = access::me(transaction, principal).await?;
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let name = fields.required_text("name");
        let language = language(&mut fields);
        if language.is_none() && fields.value("language").is_none() {
            fields.refuse("language", None, Fault::Missing {});
        }
        fields.finish();
        Some((name?, language?))
    });
    let (name, language) = faults.finish(read)?;
    let changed = Person { name, language: language.to_string(), version: expected, ..person };
    Ok((transaction.change_person(&changed, "person.change").await?, memberships))
}

/// Shuts a person out, or lets them in again, by the word of who holds the machine. Whatever somebody who is shut out was
/// signed in with ends, and so do links that wait for them; tokens are their parties', which take them back. Answers
/// whether that changed anything.
///
/// # Errors
/// [`AppError::Forbidden`] for everybody else.
pub async fn shut_out(
    transaction: &mut AuditedTransaction,
    operator: &Principal,
    person: PersonKey,
    is_out: bool,
) -> Result<bool, AppError> {
    if !operator.is_operator() {
        return Err(AppError::Forbidden { action: Action::ManageMembers.name() });
    }
    let before = transaction.person(person).await?;
    if before.disabled_at.is_some() == is_out {
        return Ok(false);
    }
    let changed = Person { disabled_at: is_out.then(|| transaction.at()), ..before };
    transaction.change_person(&changed, if is_out { "person.disable" } else { "person.enable" }).await?;
    if is_out {
        transaction.revoke_all_of(person, None).await?;
    }
    Ok(true)
}

/// The field `language`, one of the six; `None` when absent or refused.
pub(crate) fn language(fields: &mut Fields<'_>) -> Option<Locale> {
    let code = fields.text("language")?;
    let language = code.parse().ok();
    if language.is_none() {
        let allowed = Locale::ALL.map(Locale::code).join(", ");
        fields.refuse("language", Some(&code), Fault::UnknownWord { allowed });
    }
    language
}
