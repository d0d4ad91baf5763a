//! Parties and who acts for them.

use std::collections::BTreeMap;

use needmatch_domain::geography::Group;
use needmatch_domain::ids::{ProviderId, RegionName, StateCode};
use needmatch_domain::scenario::StateProfile;
use needmatch_store::keys::{PartyKey, PersonKey};
use needmatch_store::parties::{Membership, NewParty, Party, PartyFilter};
use needmatch_store::words::{MembershipStatus, PartyKind, Role};
use needmatch_store::{AuditedTransaction, MAX_PAGE, Order, Page, Session, Viewer};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::app::{App, new_key};
use crate::document::{Fields, MAX_LINE, id, text};
use crate::error::{AppError, Fault, Faults};
use crate::offers::Declared;
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::sandbox::CODE;
use crate::sign_in::{not_now, open_place};

/// What the body of a state holds that is not in the reference table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Regions, finest first.
    #[serde(default)]
    pub regions: Vec<RegionName>,
    /// Country groups.
    #[serde(default)]
    pub groups: Vec<Group>,
}

/// Registers a party.
pub async fn register(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    document: &Value,
) -> Result<Party, AppError> {
    allow(principal, Action::RegisterParty, None)?;
    let mut faults = Faults::default();
    let new = read(document, &mut faults, None);
    let new = faults.finish(new)?;
    // A name stands under the code alone: of two kinds of parties each could take the other's.
    if new.is_sandbox {
        for other in [PartyKind::State, PartyKind::Provider] {
            if transaction.party_by_code(other, &new.code).await?.is_some() {
                let mut faults = Faults::default();
                faults.push("/code", Some(&new.code), Fault::Twice {});
                return faults.finish(None);
            }
        }
    }
    Ok(transaction.add_party(&new).await?)
}

/// Renames a party, and, for coordinators, changes the profile of a state, which stays where the document says nothing of
/// it; kind and code never change.
pub async fn rewrite(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: PartyKey,
    expected: i64,
    document: &Value,
) -> Result<Party, AppError> {
    let before = get(transaction, principal, key).await?;
    allow(principal, Action::ChangeParty, Some(key))?;
    let mut faults = Faults::default();
    let new = read(document, &mut faults, Some(&before));
    let NewParty { name, body, .. } = faults.finish(new)?;
    if body != before.body {
        allow(principal, Action::ChangeProfile, Some(key))?;
    }
    Ok(transaction.change_party(key, expected, &name, &body).await?)
}

/// Reads a party; of one that is registered already, `kind` and `code` may be left out and are refused if they differ.
fn read(document: &Value, faults: &mut Faults, kept: Option<&Party>) -> Option<NewParty> {
    let mut fields = Fields::of(document, "", faults)?;
    let kept_body = kept.filter(|_| document.get("regions").is_none() && document.get("groups").is_none());
    let kept_body = kept_body.map(|kept| kept.body.clone());
    let (kind, code) = match kept {
        None => {
            let kind = fields.required_word::<PartyKind>("kind");
            let code = fields.required_id::<ProviderId>("code").map(|code| code.to_string());
            // What stands behind it in the name of a row is the party's own.
            if let Some(code) = code.as_deref().filter(|code| code.contains('/')) {
                fields.refuse("code", Some(code), Fault::ForbiddenCharacter { character: "/".to_owned() });
            }
            (kind, code)
        }
        Some(kept) => {
            for (field, kept) in [("kind", kept.kind.name()), ("code", kept.code.as_str())] {
                if let Some(other) = fields.text(field).filter(|given| given != kept) {
                    fields.refuse(field, Some(&other), Fault::UnknownWord { allowed: kept.to_owned() });
                }
            }
            (Some(kept.kind), Some(kept.code.clone()))
        }
    };
    let name = fields.required_text("name");
    let regions: Vec<RegionName> = fields.ids("regions");
    let groups = fields.list("groups", |item, pointer, faults| {
        let code = text(item, pointer, MAX_LINE, faults)?;
        let group = code.parse::<Group>().ok();
        if group.is_none() {
            let allowed = Group::ALL.map(Group::code).join(", ");
            faults.push(pointer, Some(&code), Fault::UnknownWord { allowed });
        }
        group
    });
    if let (Some(PartyKind::State), Some(code)) = (kind, &code) {
        let pointer = fields.pointer("code");
        let known = needmatch_domain::geography::country(code).is_some();
        id::<StateCode>(code, &pointer, fields.faults);
        if !known && regions.is_empty() && kept_body.is_none() {
            fields.refuse("code", Some(code), Fault::UnknownState {});
        }
    }
    let is_sandbox = read_sandbox(&mut fields, kind, code.as_deref(), kept);
    fields.finish();
    let said = if regions.is_empty() && groups.is_empty() { json!({}) } else { json!(Profile { regions, groups }) };
    let body = kept_body.unwrap_or(said);
    let key = kept.map_or_else(new_key, |kept| kept.key);
    Some(NewParty { key, kind: kind?, code: code?, name: name?, body, is_sandbox })
}

/// A party. Everybody may see who takes part.
pub async fn get(session: &mut Session, principal: &Principal, key: PartyKey) -> Result<Party, AppError> {
    let party = session.party(key).await?;
    if principal.knows(&party) { Ok(party) } else { Err(AppError::not_found("party", key)) }
}

/// A party by kind and code, if the principal may know of it.
pub(crate) async fn by_code(
    session: &mut Session,
    principal: &Principal,
    kind: PartyKind,
    code: &str,
) -> Result<Option<Party>, AppError> {
    Ok(session.party_by_code(kind, code).await?.filter(|party| principal.knows(party)))
}

/// Parties of a kind by these codes, as far as the principal may know of them.
pub(crate) async fn by_codes(
    session: &mut Session,
    principal: &Principal,
    kind: PartyKind,
    codes: &[&str],
) -> Result<BTreeMap<String, Party>, AppError> {
    let found = session.parties_by_code(kind, codes).await?.into_iter().filter(|party| principal.knows(party));
    Ok(found.map(|party| (party.code.clone(), party)).collect())
}

/// Parties the principal may know of, a page at a time.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    filter: &PartyFilter,
    page: &Page,
) -> Result<Vec<Party>, AppError> {
    Ok(session.parties(&principal.viewer(), filter, page).await?)
}

/// Whether a party is to be a sandbox: a state or a provider, told by its code, so that it takes no other party's.
fn read_sandbox(fields: &mut Fields<'_>, kind: Option<PartyKind>, code: Option<&str>, kept: Option<&Party>) -> bool {
    if let Some(kept) = kept {
        let said = fields.flag("sandbox", kept.is_sandbox);
        if said != kept.is_sandbox {
            let allowed = kept.is_sandbox.to_string();
            fields.refuse("sandbox", Some(&said.to_string()), Fault::UnknownWord { allowed });
        }
        return kept.is_sandbox;
    }
    let is_sandbox = fields.flag("sandbox", false);
    if is_sandbox && !matches!(kind, None | Some(PartyKind::State | PartyKind::Provider)) {
        let given = kind.map(PartyKind::name);
        fields.refuse("kind", given, Fault::UnknownWord { allowed: "state, provider".to_owned() });
    }
    match code.filter(|code| code.starts_with(CODE) != is_sandbox) {
        Some(code) if is_sandbox => {
            fields.refuse("code", Some(code), Fault::UnknownWord { allowed: format!("{CODE}{code}") });
        }
        Some(_) => fields.refuse("sandbox", Some("false"), Fault::UnknownWord { allowed: "true".to_owned() }),
        None => {}
    }
    is_sandbox
}

/// Who acts for a party, whatever the status or of one.
pub async fn members(
    session: &mut Session,
    principal: &Principal,
    party: PartyKey,
    status: Option<MembershipStatus>,
) -> Result<Vec<Membership>, AppError> {
    get(session, principal, party).await?;
    allow(principal, Action::ReadMembers, Some(party))?;
    Ok(session.members_of(party, status).await?)
}

/// The place of one person in a party.
pub async fn member(
    session: &mut Session,
    principal: &Principal,
    party: PartyKey,
    person: PersonKey,
) -> Result<Membership, AppError> {
    get(session, principal, party).await?;
    allow(principal, Action::ReadMembers, Some(party))?;
    session.membership(party, person).await?.ok_or_else(|| AppError::not_found("membership", person))
}

/// Invites a person who is registered to a party; nobody but they make it more than an invitation. Who has a place already
/// has it changed by [`change_member`].
pub async fn set_member(
    app: &App,
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    person: PersonKey,
    role: Role,
) -> Result<Membership, AppError> {
    let party = get(transaction, principal, party).await?;
    allow(principal, Action::ManageMembers, Some(party.key))?;
    transaction.person(person).await?;
    if transaction.membership(party.key, person).await?.is_some() {
        return Err(AppError::Taken { what: "membership".to_owned() });
    }
    let membership = transaction.set_membership(party.key, person, role, MembershipStatus::Invited, None).await?;
    Ok(open_place(app, transaction, &party, membership).await?.membership)
}

/// Changes what a person may do for a party, and whether they act for it: who was suspended is restored the same way, and
/// nobody comes to act for it who has not accepted.
///
/// A party's own managers leave one of them; a coordinator may suspend the last as well.
pub async fn change_member(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    (party, person): (PartyKey, PersonKey),
    expected: i64,
    change: MemberChange<'_>,
) -> Result<Membership, AppError> {
    get(transaction, principal, party).await?;
    allow(principal, Action::ManageMembers, Some(party))?;
    let MemberChange { role, status, reason } = change;
    let held = transaction.membership(party, person).await?;
    let held = held.ok_or_else(|| AppError::not_found("membership", person))?;
    AppError::unless_at(expected, held.version)?;
    match status {
        MembershipStatus::Active if held.accepted_at.is_none() => return Err(not_now("restore", held.status)),
        MembershipStatus::Invited if held.accepted_at.is_some() => return Err(not_now("invite", held.status)),
        _ => {}
    }
    let manages = role == Role::Manager && status == MembershipStatus::Active;
    if !manages && principal.mandate_for(party).is_some() && transaction.hold_managers(party).await? == [person] {
        return Err(AppError::broken("the last manager of a party stays one until there is another"));
    }
    Ok(transaction.change_membership((party, person), expected, role, status, reason).await?)
}

/// What becomes of a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberChange<'a> {
    /// What they may do.
    pub role: Role,
    /// Whether they act for the party.
    pub status: MembershipStatus,
    /// Why, in the words of who decides.
    pub reason: Option<&'a str>,
}

/// Every registered party of a kind, by key.
pub(crate) async fn all_of(session: &mut Session, kind: PartyKind) -> Result<Vec<Party>, AppError> {
    let mut parties = Vec::new();
    let mut page = Page { order: Order::Oldest, after: None, limit: MAX_PAGE };
    let filter = PartyFilter { kind: Some(kind), text: None };
    loop {
        let found = session.parties(&Viewer::system(), &filter, &page).await?;
        let Some(last) = found.last() else { return Ok(parties) };
        page.after = Some(needmatch_store::Cursor { key: last.key.uuid(), rank: None });
        let is_last = found.len() < MAX_PAGE as usize;
        parties.extend(found);
        if is_last {
            return Ok(parties);
        }
    }
}

/// States that stand beside the reference table, with their profiles.
pub(crate) async fn declared_profiles(session: &mut Session) -> Result<BTreeMap<StateCode, StateProfile>, AppError> {
    let mut profiles = BTreeMap::new();
    for party in all_of(session, PartyKind::State).await?.into_iter().filter(|party| !party.is_sandbox) {
        profiles.extend(profile_of(&party));
    }
    Ok(profiles)
}

/// The profile of a state that stands beside the reference table.
fn profile_of(party: &Party) -> Option<(StateCode, StateProfile)> {
    let profile: Profile = serde_json::from_value(party.body.clone()).unwrap_or_default();
    let code = party.code.parse().ok()?;
    let declared = StateProfile { name: party.name.clone(), regions: profile.regions, groups: profile.groups };
    (!declared.regions.is_empty()).then_some((code, declared))
}

/// The profile of a state that is a sandbox, which is declared to nobody but itself.
pub(crate) fn profile_of_sandbox(party: &Party) -> Option<(StateCode, StateProfile)> {
    party.is_sandbox.then(|| profile_of(party)).flatten()
}

/// States and regions beside those of the reference table.
pub(crate) async fn declared(session: &mut Session) -> Result<Declared, AppError> {
    let profiles = declared_profiles(session).await?;
    let regions = profiles.values().flat_map(|profile| profile.regions.iter().cloned()).collect();
    Ok(Declared { states: profiles.into_keys().collect(), regions })
}
