//! A register with something of every kind in every state, each with a word of its own, and somebody of every kind to ask.

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use jiff::{SignedDuration, Timestamp};
use needmatch_app::store::Store;
use needmatch_app::store::audit::Origin;
use needmatch_app::store::keys::{PersonKey, RunKey};
use needmatch_app::store::parties::{Holder, NewCredential, NewPerson, Secret};
use needmatch_app::store::runs::Claim;
use needmatch_app::store::words::{CredentialKind, MembershipStatus, PartyKind, Role};
use needmatch_app::{App, Clock, Principal, Scope, Surface, parties, tokens};
use needmatch_test_postgres::Database;
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::callers::{Caller, For};

/// Kinds of objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A party that is a state.
    State,
    /// A party that is a provider.
    Provider,
    Token,
    Webhook,
    /// A message to a webhook.
    Delivery,
    /// Tables handed in.
    Import,
    Request,
    /// Of joint requests.
    Package,
    Offer,
    Round,
    Scenario,
    Run,
    Sweep,
    Channel,
    /// Of the catalogue.
    Item,
    Programme,
    /// Of a state.
    Report,
    Document,
    Proposal,
    Commitment,
    Outcome,
}

impl Kind {
    /// Kinds whose objects carry a word that their own address tells.
    pub(crate) const WITH_WORDS: [Self; 11] = [
        Self::Request,
        Self::Package,
        Self::Offer,
        Self::Round,
        Self::Scenario,
        Self::Sweep,
        Self::Channel,
        Self::Item,
        Self::Programme,
        Self::Report,
        Self::Document,
    ];
}

/// Who may see an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    Everybody,
    /// The owner, and coordinators.
    Owner(&'static str),
    /// The owner, coordinators, and every provider.
    Providers(&'static str),
    /// The owner, coordinators, and one other.
    Named(&'static str, &'static str),
    /// The owner, coordinators, and a state that shares a package with it, which is not shown what is filed with it.
    Shared(&'static str, &'static str),
    /// Coordinators, states and providers.
    Parties,
    Coordinators,
}

impl Audience {
    pub(crate) fn sees(self, caller: &Caller) -> bool {
        if caller.is_of(PartyKind::Coordinator) {
            return true;
        }
        match self {
            Self::Everybody => true,
            Self::Owner(owner) => caller.looks_for_party(owner),
            Self::Providers(owner) => caller.looks_for_party(owner) || caller.is_of(PartyKind::Provider),
            Self::Named(owner, other) | Self::Shared(owner, other) => {
                caller.looks_for_party(owner) || caller.looks_for_party(other)
            }
            Self::Parties => caller.is_of(PartyKind::State) || caller.is_of(PartyKind::Provider),
            Self::Coordinators => false,
        }
    }
}

impl Audience {
    /// Who may see what is filed with it.
    pub(crate) fn of_files(self) -> Self {
        match self {
            Self::Shared(owner, _) => Self::Owner(owner),
            other => other,
        }
    }
}

/// Something in some state.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) kind: Kind,
    pub(crate) state: &'static str,
    pub(crate) owner: &'static str,
    pub(crate) audience: Audience,
    pub(crate) id: String,
    pub(crate) address: String,
    /// Stands in it and nowhere else.
    pub(crate) word: String,
}

enum Holding {
    Directory(#[expect(dead_code, reason = "kept until the test ends")] TempDir),
    Database(#[expect(dead_code, reason = "kept until the test ends")] Database),
}

/// The register, the service on it, who asks, and what there is.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) router: Router,
    pub(crate) callers: Vec<Caller>,
    pub(crate) objects: Vec<Object>,
    /// Somebody to be given a place.
    pub(crate) person: String,
    /// A provider's key.
    pub(crate) provider: String,
    #[expect(dead_code, reason = "kept until the test ends")]
    holding: Option<Holding>,
}

const STATE: For = For { code: "SEN", kind: PartyKind::State, role: Role::Manager };
const OTHER_STATE: For = For { code: "KEN", ..STATE };
const PROVIDER: For = For { code: "Halvorland", kind: PartyKind::Provider, role: Role::Manager };
const OTHER_PROVIDER: For = For { code: "Otherland", ..PROVIDER };
const COORDINATOR: For = For { code: "UN", kind: PartyKind::Coordinator, role: Role::Manager };
const OBSERVER: For = For { code: "auditors", kind: PartyKind::Observer, role: Role::Manager };

const fn member(of: For) -> For {
    For { role: Role::Member, ..of }
}

impl World {
    pub(crate) async fn on_sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let url = format!("sqlite://{}", directory.path().join("register.db").display());
        Self::filled(&url, Some(Holding::Directory(directory))).await
    }

    pub(crate) async fn on_postgres() -> Self {
        let database = tokio::task::spawn_blocking(needmatch_test_postgres::database).await;
        let database = database.expect("a task").expect("a PostgreSQL server");
        let url = database.url.clone();
        Self::filled(&url, Some(Holding::Database(database))).await
    }

    /// A world with parties and callers on a register, by a clock.
    pub(crate) async fn empty(url: &str, clock: Clock) -> Self {
        Self::held(url, clock, None).await
    }

    async fn held(url: &str, clock: Clock, holding: Option<Holding>) -> Self {
        let store = Store::open(url).await.expect("a store");
        store.migrate().await.expect("a schema");
        let seal = needmatch_app::access::Seal::read(&"5a".repeat(32)).expect("a key");
        let app = App::new(store, clock).with_seal(seal);
        let router = needmatch_api::router(app.clone()).merge(needmatch_web::router(app.clone()));
        let (callers, objects, nowhere) = (Vec::new(), Vec::new(), String::new());
        Self { app, router, callers, objects, person: nowhere.clone(), provider: nowhere, holding }
    }

    async fn filled(url: &str, holding: Option<Holding>) -> Self {
        let mut world = Self::held(url, std::sync::Arc::new(Timestamp::now), holding).await;
        world.register().await;
        world.fill().await;
        world.fill_packages().await;
        world.fill_catalogue().await;
        world.fill_agreements().await;
        world
    }

    /// Has a caller come in for the first time, and waits until that is noted: it is noted beside the answer.
    pub(crate) async fn note_first_use(&self, caller: &Caller) {
        let Some(secret) = caller.secret.as_deref().filter(|_| caller.is_valid) else { return };
        let secret = Secret::parse(secret).expect("a secret");
        self.get(caller, "/api/v1/me").await;
        for _ in 0..500 {
            let mut session = self.app.read().await.expect("a session");
            let held = session.credential_by_secret(&secret).await.expect("credentials can be read");
            if held.is_none_or(|held| held.used_at.is_some()) {
                return;
            }
            drop(session);
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }

    /// Parties and callers.
    pub(crate) async fn register(&mut self) {
        let (operator, surface) = (Principal::operator(), Surface { name: "cli", request_id: "test".to_owned() });
        let mut transaction = self.app.begin(&operator, &surface).await.expect("a transaction");
        for party in [STATE, OTHER_STATE, PROVIDER, OTHER_PROVIDER, COORDINATOR, OBSERVER] {
            let document = json!({ "kind": party.kind.name(), "code": party.code, "name": party.code });
            let key = parties::register(&mut transaction, &operator, &document).await.expect("a party").key;
            let service = [("service of SEN", STATE), ("service of Halvorland", PROVIDER)].into_iter();
            for (name, _) in service.filter(|(_, acting)| acting.code == party.code) {
                let all = tokens::issue_to(&mut transaction, &operator, key, name, &Scope::ALL).await.expect("a token");
                let read = tokens::issue_to(&mut transaction, &operator, key, name, &[Scope::Read]).await;
                let gone =
                    tokens::issue_to(&mut transaction, &operator, key, name, &Scope::ALL).await.expect("a token");
                let spare =
                    tokens::issue_to(&mut transaction, &operator, key, name, &Scope::ALL).await.expect("a token");
                transaction.revoke_credential(gone.credential.key, None).await.expect("a revocation");
                let caller = |secret: &Secret, is_valid, role, scopes: &[Scope]| Caller {
                    name,
                    secret: Some(secret.reveal().to_owned()),
                    is_valid,
                    acting: Some(For { role, ..party }),
                    scopes: scopes.to_vec(),
                    place: None,
                };
                self.callers.push(caller(&all.secret, true, Role::Manager, &Scope::ALL));
                self.callers.push(caller(&read.expect("a token").secret, true, Role::Member, &[Scope::Read]));
                self.callers.push(caller(&gone.secret, false, Role::Manager, &Scope::ALL));
                self.object(
                    Kind::Token,
                    "in force",
                    party.code,
                    Audience::Everybody,
                    spare.credential.key.to_string(),
                    "",
                );
            }
            match party.kind {
                PartyKind::State => {
                    self.object(Kind::State, "a state", party.code, Audience::Everybody, key.to_string(), "");
                }
                PartyKind::Provider => {
                    self.object(Kind::Provider, "a provider", party.code, Audience::Everybody, key.to_string(), "");
                    self.provider = key.to_string();
                }
                _ => {}
            }
        }
        transaction.commit().await.expect("a commit");
        let active = MembershipStatus::Active;
        self.callers.push(Caller {
            name: "nobody",
            secret: None,
            is_valid: true,
            acting: None,
            scopes: Vec::new(),
            place: None,
        });
        self.person("member of SEN", member(STATE), active).await;
        self.person("manager of SEN", STATE, active).await;
        self.person("suspended manager of SEN", STATE, MembershipStatus::Suspended).await;
        self.person("invited manager of SEN", STATE, MembershipStatus::Invited).await;
        self.person("manager of KEN", OTHER_STATE, active).await;
        self.person("member of Halvorland", member(PROVIDER), active).await;
        self.person("manager of Halvorland", PROVIDER, active).await;
        self.person("suspended manager of Halvorland", PROVIDER, MembershipStatus::Suspended).await;
        self.person("manager of Otherland", OTHER_PROVIDER, active).await;
        self.person("member of the secretariat", member(COORDINATOR), active).await;
        self.person("manager of the secretariat", COORDINATOR, active).await;
        self.person("suspended manager of the secretariat", COORDINATOR, MembershipStatus::Suspended).await;
        self.person("auditor", OBSERVER, active).await;
        let disabled = self.person("shut out manager of SEN", STATE, active).await;
        let origin = Origin::machine("cli", "test", self.app.now());
        let mut transaction = self.app.store().begin(origin).await.expect("a transaction");
        let mut person = transaction.person(disabled).await.expect("a person");
        person.disabled_at = Some(self.app.now());
        transaction.change_person(&person, "person.disable").await.expect("a change");
        transaction.commit().await.expect("a commit");
        self.callers.last_mut().expect("a caller").is_valid = false;
        self.person = disabled.to_string();
    }

    /// A person with a session.
    async fn person(&mut self, name: &'static str, acting: For, status: MembershipStatus) -> PersonKey {
        let origin = Origin::machine("cli", "test", self.app.now());
        let mut transaction = self.app.store().begin(origin).await.expect("a transaction");
        let party = transaction.party_by_code(acting.kind, acting.code).await.expect("a read").expect("a party").key;
        let number = self.callers.len();
        let key = PersonKey::from(Uuid::from_u128(0x1000 + number as u128));
        let new = NewPerson {
            key,
            email: format!("{number}@example.org"),
            name: name.to_owned(),
            language: "en".to_owned(),
            password_hash: None,
        };
        transaction.add_person(&new).await.expect("a person");
        transaction.set_membership(party, key, acting.role, status, None).await.expect("a membership");
        let mut random = [0; 32];
        random[..8].copy_from_slice(&number.to_be_bytes());
        let secret = Secret::from_random(random);
        let new = NewCredential {
            key: Uuid::from_u128(0x2000 + number as u128).into(),
            kind: CredentialKind::Session,
            holder: Holder::Person(key),
            label: "browser".to_owned(),
            scopes: Vec::new(),
            invitation: None,
            expires_at: self.app.now() + SignedDuration::from_hours(24),
        };
        transaction.add_credential(&new, &secret).await.expect("a session");
        transaction.commit().await.expect("a commit");
        let place = acting.code;
        let acting = (status == MembershipStatus::Active).then_some(acting);
        let (secret, scopes) = (Some(secret.reveal().to_owned()), Scope::ALL.to_vec());
        let place = Some(place);
        self.callers.push(Caller { name, secret, is_valid: true, acting, scopes, place });
        key
    }

    pub(crate) fn object(
        &mut self,
        kind: Kind,
        state: &'static str,
        owner: &'static str,
        audience: Audience,
        id: String,
        address: &str,
    ) {
        let word = word(kind, state);
        self.objects.push(Object { kind, state, owner, audience, id, address: address.to_owned(), word });
    }

    pub(crate) fn caller(&self, name: &str) -> &Caller {
        self.callers.iter().find(|caller| caller.name == name).expect("a caller of that name")
    }

    /// Makes a change that must succeed; answers where the object stands and what was said.
    pub(crate) async fn make(
        &self,
        by: &str,
        method: &str,
        path: &str,
        version: Option<i64>,
        body: &Value,
    ) -> (String, Value) {
        let mut request = Request::builder().method(method).uri(path).header("Content-Type", "application/json");
        request = request.header("Idempotency-Key", Uuid::now_v7().to_string());
        if let Some(version) = version {
            request = request.header("If-Match", format!("\"{version}\""));
        }
        let answer = self.send(request, self.caller(by), Body::from(body.to_string())).await;
        assert!(matches!(answer.status, 200..=202), "{method} {path}: {} {}", answer.status, answer.beginning());
        let location = answer.headers.get("location").map(|value| value.to_str().expect("text").to_owned());
        (location.unwrap_or_default(), serde_json::from_slice(&answer.body).expect("JSON"))
    }

    /// Takes steps of an object, one after another.
    pub(crate) async fn steps(&self, address: &str, steps: &[(&str, &str, Value)]) {
        for (by, step, body) in steps {
            let read = self.get(self.caller(by), address).await;
            let read: Value = serde_json::from_slice(&read.body).expect("JSON");
            self.make(by, "POST", &format!("{address}/{step}"), read["version"].as_i64(), body).await;
        }
    }

    /// Something of every kind in every state.
    async fn fill(&mut self) {
        let (state, provider, un) = ("manager of SEN", "manager of Halvorland", "manager of the secretariat");
        // Wrong on purpose: whoever may confirm it is refused for what it says, and nothing changes.
        let tables = json!({ "tables": { "programmes": "id,state,area\nP,SEN,nothing\n" } });
        let (address, import) = self.make(provider, "POST", "/api/v1/imports", None, &tables).await;
        let id = import["id"].as_str().expect("a key").to_owned();
        self.object(Kind::Import, "looked at", PROVIDER.code, Audience::Owner(PROVIDER.code), id, &address);
        let none = || json!({});
        let handed_in = [(state, "endorse", none()), (state, "submit", none())];
        let confirmed = [&handed_in[..], &[(un, "authenticate", json!({ "priority": 2 }))]].concat();
        let circulated = |consent: Value| [&confirmed[..], &[(state, "circulate", consent)]].concat();
        let owner = "SEN";
        let requests: [(&str, Audience, Vec<Taken<'_>>); 6] = [
            ("draft", Audience::Owner(owner), Vec::new()),
            ("submitted", Audience::Owner(owner), handed_in.to_vec()),
            ("authenticated", Audience::Owner(owner), confirmed.clone()),
            (
                "circulated to one",
                Audience::Named(owner, "Halvorland"),
                circulated(json!({ "circulation": "named", "providers": ["Halvorland"] })),
            ),
            ("circulated to providers", Audience::Providers(owner), circulated(json!({ "circulation": "providers" }))),
            ("public", Audience::Everybody, circulated(json!({ "circulation": "public" }))),
        ];
        for (label, audience, steps) in requests {
            let (address, body) =
                self.make(state, "POST", "/api/v1/requests", None, &request(&word(Kind::Request, label))).await;
            self.steps(&address, &steps).await;
            self.object(Kind::Request, label, owner, audience, text(&body, "id"), &address);
        }
        let owner = "Halvorland";
        let available = [(provider, "submit", none()), (un, "confirm", none())];
        let withdrawn = || (provider, "withdraw", json!({}));
        let confirmed_and_withdrawn = [&available[..], &[withdrawn()]].concat();
        let expired = [(provider, "submit", none()), (un, "expire", none())];
        let offers: [(&'static str, &str, Audience, &[Taken<'_>]); 9] = [
            ("draft", "public", Audience::Owner(owner), &[]),
            ("submitted", "parties", Audience::Owner(owner), &available[..1]),
            ("confidential", "confidential", Audience::Owner(owner), &available),
            ("for parties", "parties", Audience::Parties, &available),
            ("public", "public", Audience::Everybody, &available),
            ("withdrawn", "confidential", Audience::Owner(owner), &[withdrawn()]),
            ("withdrawn as a draft, public", "public", Audience::Owner(owner), &[withdrawn()]),
            ("expired while submitted, public", "public", Audience::Owner(owner), &expired),
            ("withdrawn once confirmed, public", "public", Audience::Everybody, &confirmed_and_withdrawn),
        ];
        for (label, visibility, audience, steps) in offers {
            let offer = offer(&word(Kind::Offer, label), visibility);
            let (address, body) = self.make(provider, "POST", "/api/v1/offers", None, &offer).await;
            self.steps(&address, steps).await;
            self.object(Kind::Offer, label, owner, audience, text(&body, "id"), &address);
        }
        for label in ["open", "frozen", "published"] {
            self.round(un, label).await;
        }
    }

    async fn round(&mut self, un: &str, label: &'static str) {
        let audience = if label == "published" { Audience::Everybody } else { Audience::Parties };
        let (address, body) = self.make(un, "POST", "/api/v1/rounds", None, &round(&word(Kind::Round, label))).await;
        self.object(Kind::Round, label, "UN", audience, text(&body, "id"), &address);
        if label == "open" {
            return;
        }
        self.steps(&address, &[(un, "freeze", json!({}))]).await;
        let hidden = if label == "published" { Audience::Everybody } else { Audience::Coordinators };
        let name = json!({ "name": word(Kind::Scenario, label) });
        let (scenario, body) = self.make(un, "POST", &format!("{address}/scenarios"), None, &name).await;
        self.object(Kind::Scenario, label, "UN", hidden, text(&body, "id"), &scenario);
        let vary = json!({ "run": [{ "name": word(Kind::Sweep, label), "limits": { "seconds": 1 } }] });
        let (sweep, body) = self.make(un, "POST", &format!("{scenario}/sweeps"), None, &vary).await;
        // Not even the publication of its scenario makes a sweep known.
        self.object(Kind::Sweep, label, "UN", Audience::Coordinators, text(&body, "id"), &sweep);
        let (run, body) = self.make(un, "POST", &format!("{scenario}/runs"), None, &json!({})).await;
        let key = text(&body, "id");
        if label == "published" {
            self.solve(key.parse().expect("a key")).await;
            self.steps(&address, &[(un, "publish", json!({ "run": key }))]).await;
        }
        self.object(Kind::Run, label, "UN", hidden, key, &run);
    }

    /// Ends the run that waits, without a process of its own.
    pub(crate) async fn solve(&self, key: RunKey) {
        let store = self.app.store();
        loop {
            let claimed = store.claim_run("test", std::time::Duration::from_hours(1), self.app.now()).await;
            let (claim, run) = claimed.expect("a claim").expect("a run waits");
            if run.key == key {
                return self.finish(claim, &run.problem, &run.settings).await;
            }
        }
    }

    async fn finish(&self, claim: Claim, problem: &str, settings: &Value) {
        let mut session = self.app.read().await.expect("a session");
        let bytes = session.snapshot(problem).await.expect("a read").expect("a problem");
        let problem: std::sync::Arc<needmatch_domain::problem::Problem> =
            std::sync::Arc::new(serde_json::from_slice(&bytes).expect("a problem"));
        let settings: needmatch_domain::run::RunSettings = serde_json::from_value(settings.clone()).expect("settings");
        let options = needmatch_matching::propose::Options {
            solver: false,
            ..needmatch_matching::propose::Options::new(settings.gap_permille, 5.0)
        };
        let mut watch =
            needmatch_matching::propose::Watch { elapsed: &|| 0.0, cancelled: &|| false, progress: &mut |_| {} };
        let outcome = needmatch_matching::propose::propose(&problem, &options, &mut watch).expect("a plan");
        let run = needmatch_domain::run::Run::seal((*problem).clone(), settings, outcome, "test");
        let plan = needmatch_verify::accept(run, problem).expect("an accepted plan");
        let origin = Origin::machine("worker", "test", self.app.now());
        let mut transaction = self.app.store().begin(origin).await.expect("a transaction");
        transaction.complete_run(claim, &plan).await.expect("an end");
        transaction.commit().await.expect("a commit");
    }
}

/// A step with who takes it and what they say.
type Taken<'a> = (&'a str, &'a str, Value);

/// A word that stands in one object alone.
pub(crate) fn word(kind: Kind, state: &str) -> String {
    format!("canary{:?}{}", kind, state.replace([' ', ','], "")).to_lowercase() + "x"
}

pub(crate) fn text(body: &Value, field: &str) -> String {
    body[field].as_str().expect("a text").to_owned()
}

pub(crate) fn request(title: &str) -> Value {
    json!({
        "state": "SEN", "title": title, "area": "record_keeping", "priority": 3,
        "components": [{ "type": "training", "unit": "place", "quantity": 10, "unit_cost": 900 }]
    })
}

pub(crate) fn offer(title: &str, visibility: &str) -> Value {
    json!({
        "provider": "Halvorland", "title": title, "form": "money", "unit": "USD", "quantity": 4000,
        "areas": ["record_keeping"], "visibility": visibility
    })
}

pub(crate) fn round(name: &str) -> Value {
    json!({
        "name": name, "periods": ["2027"],
        "settings": { "currency": "USD", "as_of": "2026-11-22", "limits": { "seconds": 5 } }
    })
}
