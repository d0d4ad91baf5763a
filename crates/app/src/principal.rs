//! Who acts: the parties they act for, in which role, and what their credential may be used for.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use needmatch_store::keys::{CredentialKey, PartyKey, PersonKey};
use needmatch_store::parties::{Bearer, Holder, Party, PartyOfBearer, Secret};
use needmatch_store::words::{CredentialKind, MembershipStatus, PartyKind, Role};
use needmatch_store::{Session, Viewer};
use uuid::Uuid;

use crate::access::{is_half, weighs};
use crate::app::App;
use crate::error::AppError;

/// What a credential may be used for. A person's session may be used for everything the person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// To see what the party may see.
    Read,
    /// To prepare and hand in.
    Write,
    /// To decide in the party's name: endorse, consent, withdraw, manage tokens and members.
    Manage,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::Read, Self::Write, Self::Manage];

    /// The scope as stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Manage => "manage",
        }
    }

    /// The scope of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// A party somebody acts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// The party.
    pub party: PartyKey,
    /// What it is.
    pub kind: PartyKind,
    /// Its code.
    pub code: String,
    /// What may be done for it.
    pub role: Role,
    /// Whether it is there to try the service with.
    pub is_sandbox: bool,
}

/// Whose a new record is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owner {
    /// The party.
    pub(crate) key: PartyKey,
    /// Its code.
    pub(crate) code: String,
    /// Whether it is there to try the service with.
    pub(crate) is_sandbox: bool,
}

impl From<&Party> for Owner {
    fn from(party: &Party) -> Self {
        Self { key: party.key, code: party.code.clone(), is_sandbox: party.is_sandbox }
    }
}

impl From<&Mandate> for Owner {
    fn from(mandate: &Mandate) -> Self {
        Self { key: mandate.party, code: mandate.code.clone(), is_sandbox: mandate.is_sandbox }
    }
}

/// Who acts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Principal {
    /// The person, if one acts.
    pub person: Option<PersonKey>,
    /// What they signed in with.
    pub credential: Option<CredentialKey>,
    /// Parties acted for; active memberships only.
    pub mandates: Vec<Mandate>,
    /// What the credential may be used for.
    pub scopes: Vec<Scope>,
    /// The program's own commands, which a person at the machine started.
    is_operator: bool,
}

impl Principal {
    /// Nobody in particular.
    pub fn public() -> Self {
        Self::default()
    }

    /// The operator at the machine's own command line, who could change the database anyway.
    pub fn operator() -> Self {
        Self { scopes: Scope::ALL.to_vec(), is_operator: true, ..Self::default() }
    }

    /// Whether this is the operator.
    pub fn is_operator(&self) -> bool {
        self.is_operator
    }

    /// Whether somebody has signed in.
    pub fn is_signed_in(&self) -> bool {
        self.is_operator || self.person.is_some() || self.credential.is_some()
    }

    /// What lets through what this principal may see.
    pub fn viewer(&self) -> Viewer {
        if self.is_operator {
            return Viewer::system();
        }
        if !self.may(Scope::Read) {
            return Viewer::public();
        }
        let (sandboxes, parties): (Vec<_>, Vec<_>) = self.mandates.iter().partition(|mandate| mandate.is_sandbox);
        Viewer::of(parties.iter().map(|mandate| (mandate.party, mandate.kind)))
            .with_sandboxes(sandboxes.iter().map(|mandate| mandate.party))
    }

    /// Whether a party may be known of: sandboxes are known to those who act for them and to coordinators.
    pub fn knows(&self, party: &Party) -> bool {
        !party.is_sandbox
            || self.is_operator
            || self.mandate_for(party.key).is_some()
            || self.mandate_of(PartyKind::Coordinator).is_some()
    }

    /// Whether everybody acted for is there to try the service with.
    pub fn is_trying(&self) -> bool {
        !self.mandates.is_empty() && self.mandates.iter().all(|mandate| mandate.is_sandbox)
    }

    /// Whether the credential may be used for that.
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }

    /// The mandate for a party, if there is one.
    pub fn mandate_for(&self, party: PartyKey) -> Option<&Mandate> {
        self.mandates.iter().find(|mandate| mandate.party == party)
    }

    /// The first mandate for a party of that kind.
    pub fn mandate_of(&self, kind: PartyKind) -> Option<&Mandate> {
        self.mandates.iter().find(|mandate| mandate.kind == kind)
    }

    /// The mandate for a party of that kind, where there is one alone: what is registered for one of several parties names
    /// it.
    pub fn only_mandate_of(&self, kind: PartyKind) -> Option<&Mandate> {
        let mut of_kind = self.mandates.iter().filter(|mandate| mandate.kind == kind);
        of_kind.next().filter(|_| of_kind.next().is_none())
    }

    /// Whose idempotency keys are meant: one credential's keys mean nothing to another.
    pub fn identity(&self) -> Uuid {
        self.credential.map(CredentialKey::uuid).or(self.person.map(PersonKey::uuid)).unwrap_or(Uuid::nil())
    }
}

impl App {
    /// Who shows this token or session secret.
    ///
    /// # Errors
    /// [`AppError::Unauthenticated`] when it is none of ours, was taken back, or has expired; why is not told.
    pub async fn authenticate(&self, secret: &str) -> Result<Principal, AppError> {
        // What is none of ours takes no connection.
        let secret = Secret::parse(secret).map_err(|_| AppError::Unauthenticated)?;
        self.authenticate_in(&mut self.read().await?, &secret).await
    }

    /// As [`App::authenticate`], on a session that reads something else afterwards.
    pub async fn authenticate_in(&self, session: &mut Session, secret: &Secret) -> Result<Principal, AppError> {
        let bearer = session.bearer_of(secret).await?.ok_or(AppError::Unauthenticated)?;
        let (credential, now) = (&bearer.credential, self.now());
        // A link is no token: it becomes a session, once. Nor is a sign-in whose second factor is still to be shown.
        if !credential.is_valid(now) || credential.kind == CredentialKind::Link || is_half(credential) {
            return Err(AppError::Unauthenticated);
        }
        if credential.is_use_due(now) {
            self.note_use(credential.key, now);
        }
        principal_of(bearer)
    }

    /// Notes the use of a credential beside what it is used for: whoever reads waits for no writer.
    fn note_use(&self, credential: CredentialKey, now: Timestamp) {
        let Some(noting) = self.uses().begin(credential) else { return };
        let store = self.store().clone();
        tokio::spawn(async move {
            if let Err(error) = store.note_use(credential, now).await {
                tracing::debug!(%credential, %error, "the use of a credential is not noted this time");
            }
            drop(noting);
        });
    }
}

/// Credentials whose use is being noted: each once at a time, however many requests it comes with meanwhile.
#[derive(Debug, Clone, Default)]
pub(crate) struct Uses(Arc<Mutex<BTreeSet<CredentialKey>>>);

impl Uses {
    fn begin(&self, credential: CredentialKey) -> Option<Noting> {
        let is_first = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(credential);
        is_first.then(|| Noting { uses: self.clone(), credential })
    }
}

/// A credential whose use is being noted until this is dropped.
struct Noting {
    uses: Uses,
    credential: CredentialKey,
}

impl Drop for Noting {
    fn drop(&mut self) {
        self.uses.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.credential);
    }
}

/// The principal of a valid credential.
fn principal_of(bearer: Bearer) -> Result<Principal, AppError> {
    let Bearer { credential, is_disabled, parties } = bearer;
    let stated: Vec<Scope> = credential.scopes.iter().filter_map(|name| Scope::named(name)).collect();
    let mandate = |party: PartyOfBearer, role: Role| Mandate {
        party: party.key,
        kind: party.kind,
        code: party.code,
        role,
        is_sandbox: party.is_sandbox,
    };
    let (person, mandates, scopes) = match credential.holder {
        Holder::Person(_) if is_disabled => return Err(AppError::Unauthenticated),
        Holder::Person(key) => {
            // A session with a purpose that is no scope serves that purpose alone.
            let scopes = if credential.scopes.is_empty() { Scope::ALL.to_vec() } else { stated };
            // Who came in without a second factor decides nothing, whatever they have become since.
            let has_shown_both = scopes.contains(&Scope::Manage);
            let active = parties.into_iter().filter_map(|party| match party.membership {
                Some((role, MembershipStatus::Active)) if has_shown_both || !weighs(party.kind, role) => {
                    Some(mandate(party, role))
                }
                _ => None,
            });
            (Some(key), active.collect(), scopes)
        }
        Holder::Party(_) => {
            let role = if stated.contains(&Scope::Manage) { Role::Manager } else { Role::Member };
            (None, parties.into_iter().map(|party| mandate(party, role)).collect(), stated)
        }
    };
    Ok(Principal { person, credential: Some(credential.key), mandates, scopes, is_operator: false })
}
