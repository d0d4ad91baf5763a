//! The rows: who may use which route. Add one for each new route, under the resource it belongs to.

use needmatch_app::Scope;

use crate::callers::Who::{
    self, Coordinator, CoordinatorManager, Holder, Owner, OwnerManager, Participant, ParticipantManager, Person,
    Placed, ProviderManager,
};
use crate::world::Kind;

/// A route, and who may use it.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of a route, and most routes say none")]
pub(crate) struct Row {
    pub(crate) method: &'static str,
    /// As the service names it, with what must be asked after a question mark.
    pub(crate) path: &'static str,
    /// What stands for `{step}`, `{external_id}` and `{file}`.
    pub(crate) step: &'static str,
    /// The kind of object that `{id}` names.
    pub(crate) on: Option<Kind>,
    /// Whose it is where the address names no object.
    pub(crate) of: &'static str,
    /// Who may, if they may see the object; empty: whoever sees it.
    pub(crate) allowed: &'static [Who],
    pub(crate) scope: Scope,
    pub(crate) body: &'static str,
    /// Whether it changes something: only for who has signed in.
    pub(crate) changes: bool,
    /// Whether it is the same for everybody, whatever they show.
    pub(crate) is_open: bool,
    /// Whether those who act for others are told that it is not there, rather than that they may not.
    pub(crate) hides_from_strangers: bool,
    /// Whether it is a page: a session that is not in force is none, and its visitor is nobody in particular.
    pub(crate) is_page: bool,
    /// Whether it is about what is filed with the object: whom a package alone shows it is told that it is not there.
    pub(crate) of_files: bool,
    /// What everybody is answered, where that is all there is to say.
    pub(crate) answers: Option<u16>,
}

const fn route(method: &'static str, path: &'static str, on: Option<Kind>) -> Row {
    Row {
        method,
        path,
        step: "",
        on,
        of: "",
        allowed: &[],
        scope: Scope::Read,
        body: "",
        changes: false,
        is_open: false,
        hides_from_strangers: false,
        is_page: false,
        of_files: false,
        answers: None,
    }
}

/// Read by whoever sees the object; a list by everybody, each seeing their own.
const fn read(path: &'static str, on: Option<Kind>) -> Row {
    route("GET", path, on)
}

/// The same for everybody.
const fn open(path: &'static str) -> Row {
    Row { is_open: true, ..route("GET", path, None) }
}

/// Read by these among those who see it.
const fn read_by(path: &'static str, on: Kind, allowed: &'static [Who]) -> Row {
    Row { allowed, ..route("GET", path, Some(on)) }
}

const fn change(
    method: &'static str,
    path: &'static str,
    on: Option<Kind>,
    scope: Scope,
    allowed: &'static [Who],
) -> Row {
    Row { allowed, scope, changes: true, body: "{}", ..route(method, path, on) }
}

/// Only for managers of the party it belongs to; to others it is not there.
const fn of_managers(method: &'static str, path: &'static str, on: Kind) -> Row {
    Row { hides_from_strangers: true, ..change(method, path, Some(on), Scope::Manage, &[OwnerManager]) }
}

const fn step(path: &'static str, on: Kind, step: &'static str, scope: Scope, allowed: &'static [Who]) -> Row {
    Row { step, ..change("POST", path, Some(on), scope, allowed) }
}

const fn with(row: Row, body: &'static str) -> Row {
    Row { body, ..row }
}

const fn of(row: Row, of: &'static str) -> Row {
    Row { of, ..row }
}

/// About what is filed with the object.
const fn files(row: Row) -> Row {
    Row { of_files: true, ..row }
}

/// A table of what the caller sees.
const fn export(table: &'static str) -> Row {
    Row { step: table, ..read("/api/v1/exports/{name}", None) }
}

const REQUEST_STEP: &str = "/api/v1/requests/{id}/{step}";
const PACKAGE_STEP: &str = "/api/v1/packages/{id}/{step}";
const OFFER_STEP: &str = "/api/v1/offers/{id}/{step}";
const COMMITMENT_STEP: &str = "/api/v1/commitments/{id}/{step}";
const REQUEST: &str = r#"{"state":"SEN","title":"Asked","area":"marking","priority":3,"components":[]}"#;
const PACKAGE: &str = r#"{"state":"SEN","title":"Road","evidence":"note","invited":["nowhere"]}"#;
const MIRRORED_REQUEST: &str = r#"{"title":"Asked","area":"marking","priority":3,"components":[]}"#;
const MIRRORED_OFFER: &str = r#"{"title":"Offered","form":"money","unit":"EUR","quantity":1}"#;
const OFFER: &str = r#"{"provider":"Halvorland","title":"Offered","form":"money","unit":"EUR","quantity":1}"#;

pub(crate) const ROWS: &[Row] = &[
    // What everybody may know.
    open("/api/v1/channels"),
    open("/api/v1/items"),
    open("/api/v1/outcomes"),
    read("/api/v1/insights/marginal-values", None),
    open("/healthz"),
    open("/readyz"),
    open("/api/v1/openapi.json"),
    // Nobody in a test has the key.
    Row { step: "nm_nonsense", answers: Some(404), ..route("GET", "/development/mail/{token}", None) },
    open("/api/docs"),
    open("/api/docs/"),
    Row { step: "nothing", answers: Some(404), ..route("GET", "/api/docs/{name}", None) },
    open("/api/v1/areas"),
    open("/api/v1/states"),
    open("/api/v1/audit/checkpoints"),
    // A sandbox is told of to its own alone: whoever shows a token shows one in force.
    read("/api/v1/parties", None),
    read("/api/v1/parties/{id}", Some(Kind::State)),
    // Parties.
    with(
        change("POST", "/api/v1/parties", None, Scope::Manage, &[CoordinatorManager]),
        r#"{"kind":"provider","code":"Newland","name":"Newland"}"#,
    ),
    change("PUT", "/api/v1/parties/{id}", Some(Kind::State), Scope::Manage, &[OwnerManager, CoordinatorManager]),
    read_by("/api/v1/parties/{id}/memberships", Kind::State, &[Owner, Coordinator]),
    with(
        change(
            "POST",
            "/api/v1/parties/{id}/memberships",
            Some(Kind::State),
            Scope::Manage,
            &[OwnerManager, CoordinatorManager],
        ),
        r#"{"person":"{person}","role":"member","status":"invited"}"#,
    ),
    read_by("/api/v1/parties/{id}/memberships/{person}", Kind::State, &[Owner, Coordinator]),
    with(
        change(
            "PUT",
            "/api/v1/parties/{id}/memberships/{person}",
            Some(Kind::State),
            Scope::Manage,
            &[OwnerManager, CoordinatorManager],
        ),
        r#"{"role":"member","status":"suspended"}"#,
    ),
    Row {
        scope: Scope::Manage,
        ..read_by("/api/v1/parties/{id}/tokens", Kind::State, &[OwnerManager, CoordinatorManager])
    },
    change(
        "POST",
        "/api/v1/parties/{id}/tokens",
        Some(Kind::State),
        Scope::Manage,
        &[OwnerManager, CoordinatorManager],
    ),
    Row {
        hides_from_strangers: true,
        ..change("GET", "/api/v1/tokens/{id}", Some(Kind::Token), Scope::Manage, &[OwnerManager, CoordinatorManager])
    },
    Row {
        hides_from_strangers: true,
        ..change("DELETE", "/api/v1/tokens/{id}", Some(Kind::Token), Scope::Manage, &[OwnerManager, CoordinatorManager])
    },
    with(
        change(
            "POST",
            "/api/v1/parties/{id}/invitations",
            Some(Kind::State),
            Scope::Manage,
            &[OwnerManager, CoordinatorManager],
        ),
        r#"{"email":"new@example.org","name":"New","role":"member"}"#,
    ),
    Row { scope: Scope::Manage, ..read_by("/api/v1/parties/{id}/webhooks", Kind::State, &[OwnerManager]) },
    change("POST", "/api/v1/parties/{id}/webhooks", Some(Kind::State), Scope::Manage, &[OwnerManager]),
    of_managers("GET", "/api/v1/webhooks/{id}", Kind::Webhook),
    of_managers("GET", "/api/v1/webhooks/{id}/deliveries", Kind::Webhook),
    of_managers("POST", "/api/v1/webhooks/{id}/test", Kind::Webhook),
    of_managers("GET", "/api/v1/deliveries/{id}", Kind::Delivery),
    of_managers("POST", "/api/v1/deliveries/{id}/redeliver", Kind::Delivery),
    of_managers("DELETE", "/api/v1/webhooks/{id}", Kind::Webhook),
    change("POST", "/api/v1/parties/{id}/sandbox/reset", Some(Kind::State), Scope::Manage, &[OwnerManager]),
    change("POST", "/api/v1/parties/{id}/sandbox/messages", Some(Kind::State), Scope::Manage, &[OwnerManager]),
    // Tables in and out.
    with(change("POST", "/api/v1/imports", None, Scope::Write, &[Participant, Coordinator]), r#"{"tables":{}}"#),
    read("/api/v1/imports/{id}", Some(Kind::Import)),
    change("POST", "/api/v1/imports/{id}/confirm", Some(Kind::Import), Scope::Write, &[Owner]),
    export("requests"),
    export("components"),
    export("offers"),
    export("offer_periods"),
    export("programmes"),
    read_by("/api/v1/parties/{id}/audit", Kind::State, &[Owner, Coordinator]),
    // People, about themselves.
    Row { is_open: true, body: "{}", ..route("POST", "/api/v1/sign-in", None) },
    Row { is_open: true, body: "{}", ..route("POST", "/api/v1/sign-in/link", None) },
    Row { is_open: true, body: "{}", ..route("POST", "/api/v1/sign-in/recovery", None) },
    Row { is_open: true, body: "{}", ..route("POST", "/api/v1/sign-in/new-password", None) },
    Row { allowed: &[Person], ..route("GET", "/api/v1/me", None) },
    Row { allowed: &[Person], ..route("GET", "/api/v1/me/credentials", None) },
    change("PUT", "/api/v1/me", None, Scope::Read, &[Person]),
    change("PUT", "/api/v1/me/password", None, Scope::Read, &[Person]),
    change("POST", "/api/v1/me/second-factor", None, Scope::Read, &[Person]),
    change("POST", "/api/v1/me/second-factor/confirm", None, Scope::Read, &[Person]),
    change("POST", "/api/v1/me/memberships/{id}/accept", Some(Kind::Provider), Scope::Read, &[Placed]),
    change("GET", "/api/v1/me/credentials/{id}", Some(Kind::Token), Scope::Read, &[Holder]),
    change("DELETE", "/api/v1/me/credentials/{id}", Some(Kind::Token), Scope::Read, &[Holder]),
    // Requests.
    read("/api/v1/requests", None),
    of(with(change("POST", "/api/v1/requests", None, Scope::Write, &[Owner, Coordinator]), REQUEST), "SEN"),
    read("/api/v1/requests/{id}", Some(Kind::Request)),
    read("/api/v1/requests/{id}/components", Some(Kind::Request)),
    change("PUT", "/api/v1/requests/{id}", Some(Kind::Request), Scope::Write, &[Owner, Coordinator]),
    step(REQUEST_STEP, Kind::Request, "endorse", Scope::Manage, &[OwnerManager]),
    step(REQUEST_STEP, Kind::Request, "submit", Scope::Write, &[Owner]),
    step(REQUEST_STEP, Kind::Request, "return", Scope::Write, &[Coordinator]),
    step(REQUEST_STEP, Kind::Request, "authenticate", Scope::Manage, &[Coordinator]),
    step(REQUEST_STEP, Kind::Request, "circulate", Scope::Manage, &[OwnerManager]),
    step(REQUEST_STEP, Kind::Request, "revise", Scope::Manage, &[OwnerManager]),
    step(REQUEST_STEP, Kind::Request, "withdraw", Scope::Manage, &[OwnerManager]),
    step(REQUEST_STEP, Kind::Request, "expire", Scope::Write, &[Coordinator]),
    read_by("/api/v1/requests/{id}/findings", Kind::Request, &[Owner, Coordinator]),
    read_by("/api/v1/requests/{id}/explanations", Kind::Request, &[Owner, Coordinator]),
    with(
        Row {
            step: "mirrored",
            ..change(
                "PUT",
                "/api/v1/parties/{id}/requests/{external_id}",
                Some(Kind::State),
                Scope::Write,
                &[Owner, Coordinator],
            )
        },
        MIRRORED_REQUEST,
    ),
    // Packages: known to the states in them, each of which answers for itself.
    read("/api/v1/packages", None),
    of(with(change("POST", "/api/v1/packages", None, Scope::Write, &[Owner, Coordinator]), PACKAGE), "SEN"),
    read("/api/v1/packages/{id}", Some(Kind::Package)),
    step(PACKAGE_STEP, Kind::Package, "invite", Scope::Write, &[Owner, Coordinator]),
    step(PACKAGE_STEP, Kind::Package, "withdraw", Scope::Manage, &[OwnerManager]),
    step(PACKAGE_STEP, Kind::Package, "join", Scope::Manage, &[ParticipantManager]),
    step(PACKAGE_STEP, Kind::Package, "decline", Scope::Manage, &[ParticipantManager]),
    step(PACKAGE_STEP, Kind::Package, "leave", Scope::Manage, &[ParticipantManager]),
    // Offers.
    read("/api/v1/offers", None),
    of(with(change("POST", "/api/v1/offers", None, Scope::Write, &[Owner]), OFFER), "Halvorland"),
    read("/api/v1/offers/{id}", Some(Kind::Offer)),
    change("PUT", "/api/v1/offers/{id}", Some(Kind::Offer), Scope::Write, &[Owner]),
    step(OFFER_STEP, Kind::Offer, "submit", Scope::Write, &[Owner]),
    step(OFFER_STEP, Kind::Offer, "confirm", Scope::Write, &[Coordinator]),
    step(OFFER_STEP, Kind::Offer, "withdraw", Scope::Write, &[Owner]),
    step(OFFER_STEP, Kind::Offer, "expire", Scope::Write, &[Coordinator]),
    with(
        Row {
            step: "mirrored",
            ..change("PUT", "/api/v1/parties/{id}/offers/{external_id}", Some(Kind::Provider), Scope::Write, &[Owner])
        },
        MIRRORED_OFFER,
    ),
    // Rounds and scenarios.
    read("/api/v1/rounds", None),
    change("POST", "/api/v1/rounds", None, Scope::Write, &[Coordinator]),
    read("/api/v1/rounds/{id}", Some(Kind::Round)),
    change("PUT", "/api/v1/rounds/{id}", Some(Kind::Round), Scope::Write, &[Coordinator]),
    change("POST", "/api/v1/rounds/{id}/freeze", Some(Kind::Round), Scope::Manage, &[Coordinator]),
    with(
        change("POST", "/api/v1/rounds/{id}/publish", Some(Kind::Round), Scope::Manage, &[CoordinatorManager]),
        r#"{"run":"018f0000-0000-7000-8000-000000000000"}"#,
    ),
    change("POST", "/api/v1/rounds/{id}/decide", Some(Kind::Round), Scope::Manage, &[CoordinatorManager]),
    change("POST", "/api/v1/rounds/{id}/close", Some(Kind::Round), Scope::Manage, &[CoordinatorManager]),
    read_by("/api/v1/rounds/{id}/snapshot", Kind::Round, &[Coordinator]),
    read("/api/v1/rounds/{id}/scenarios", Some(Kind::Round)),
    change("POST", "/api/v1/rounds/{id}/scenarios", Some(Kind::Round), Scope::Write, &[Coordinator]),
    read("/api/v1/scenarios/{id}", Some(Kind::Scenario)),
    change("PUT", "/api/v1/scenarios/{id}", Some(Kind::Scenario), Scope::Write, &[Coordinator]),
    // Runs.
    change("POST", "/api/v1/scenarios/{id}/runs", Some(Kind::Scenario), Scope::Write, &[Coordinator]),
    // Sweeps: what was tried is the coordinators'.
    change("POST", "/api/v1/scenarios/{id}/sweeps", Some(Kind::Scenario), Scope::Write, &[Coordinator]),
    read("/api/v1/sweeps", None),
    read("/api/v1/sweeps/{id}", Some(Kind::Sweep)),
    read("/api/v1/sweeps/{id}/outcomes", Some(Kind::Sweep)),
    change("POST", "/api/v1/sweeps/{id}/cancel", Some(Kind::Sweep), Scope::Write, &[Coordinator]),
    read("/api/v1/runs", None),
    read("/api/v1/runs/{id}", Some(Kind::Run)),
    read("/api/v1/runs/{id}/plan", Some(Kind::Run)),
    read("/api/v1/runs/{id}/events", Some(Kind::Run)),
    read_by("/api/v1/runs/{id}/certificate", Kind::Run, &[Coordinator]),
    read_by("/api/v1/runs/{id}/explanations", Kind::Run, &[Coordinator]),
    read_by("/api/v1/runs/{id}/problem", Kind::Run, &[Coordinator]),
    read_by("/api/v1/runs/{id}/export", Kind::Run, &[Coordinator]),
    change("POST", "/api/v1/runs/{id}/cancel", Some(Kind::Run), Scope::Write, &[Coordinator]),
    read("/api/v1/runs/{id}/changes?from={id}", Some(Kind::Run)),
    Row { scope: Scope::Manage, ..read_by("/api/v1/rounds/{id}/observers", Kind::Round, &[CoordinatorManager]) },
    with(
        change("POST", "/api/v1/rounds/{id}/observers", Some(Kind::Round), Scope::Manage, &[CoordinatorManager]),
        r#"{"observer":"nobody"}"#,
    ),
    // Channels and the catalogue.
    change("POST", "/api/v1/channels", None, Scope::Write, &[Coordinator]),
    Row { on: Some(Kind::Channel), ..open("/api/v1/channels/{id}") },
    change("PUT", "/api/v1/channels/{id}", Some(Kind::Channel), Scope::Write, &[Coordinator]),
    change("POST", "/api/v1/channels/{id}/retire", Some(Kind::Channel), Scope::Write, &[Coordinator]),
    change("POST", "/api/v1/items", None, Scope::Write, &[Coordinator]),
    Row { on: Some(Kind::Item), ..open("/api/v1/items/{id}") },
    change("PUT", "/api/v1/items/{id}", Some(Kind::Item), Scope::Write, &[Coordinator]),
    change("POST", "/api/v1/items/{id}/retire", Some(Kind::Item), Scope::Write, &[Coordinator]),
    // Programmes.
    read("/api/v1/programmes", None),
    change("POST", "/api/v1/programmes", None, Scope::Write, &[Participant, Coordinator]),
    read("/api/v1/programmes/{id}", Some(Kind::Programme)),
    change("PUT", "/api/v1/programmes/{id}", Some(Kind::Programme), Scope::Write, &[Owner, Coordinator]),
    change("POST", "/api/v1/programmes/{id}/confirm", Some(Kind::Programme), Scope::Write, &[Coordinator]),
    change("POST", "/api/v1/programmes/{id}/retire", Some(Kind::Programme), Scope::Write, &[Owner, Coordinator]),
    Row {
        step: "mirrored",
        ..change(
            "PUT",
            "/api/v1/parties/{id}/programmes/{external_id}",
            Some(Kind::State),
            Scope::Write,
            &[Owner, Coordinator],
        )
    },
    // National reports and documents.
    read("/api/v1/reports", None),
    of(with(change("POST", "/api/v1/reports", None, Scope::Write, &[Owner, Coordinator]), r#"{"state":"SEN"}"#), "SEN"),
    read("/api/v1/reports/{id}", Some(Kind::Report)),
    files(read("/api/v1/documents?request={id}", Some(Kind::Request))),
    files(change("POST", "/api/v1/documents?request={id}", Some(Kind::Request), Scope::Write, &[Owner, Coordinator])),
    read("/api/v1/documents/{id}", Some(Kind::Document)),
    read("/api/v1/documents/{id}/content", Some(Kind::Document)),
    // Proposals, and what becomes of them: between two sides. Whoever is on neither is told that they are not there.
    read("/api/v1/proposals", None),
    read("/api/v1/proposals/{id}", Some(Kind::Proposal)),
    read("/api/v1/proposals/{id}/messages", Some(Kind::Proposal)),
    change("POST", "/api/v1/proposals/{id}/messages", Some(Kind::Proposal), Scope::Write, &[Participant]),
    change("POST", "/api/v1/proposals/{id}/accept", Some(Kind::Proposal), Scope::Manage, &[ParticipantManager]),
    change("POST", "/api/v1/proposals/{id}/decline", Some(Kind::Proposal), Scope::Manage, &[ParticipantManager]),
    change("POST", "/api/v1/proposals/{id}/call-off", Some(Kind::Proposal), Scope::Manage, &[ParticipantManager]),
    change("POST", "/api/v1/proposals/{id}/change", Some(Kind::Proposal), Scope::Manage, &[ParticipantManager]),
    change("POST", "/api/v1/proposals/{id}/assess", Some(Kind::Proposal), Scope::Write, &[Owner, Coordinator]),
    change("POST", "/api/v1/proposals/{id}/commitment", Some(Kind::Proposal), Scope::Manage, &[ParticipantManager]),
    read("/api/v1/commitments", None),
    read("/api/v1/commitments/{id}", Some(Kind::Commitment)),
    step(COMMITMENT_STEP, Kind::Commitment, "disburse", Scope::Manage, &[ProviderManager]),
    step(COMMITMENT_STEP, Kind::Commitment, "deliver", Scope::Manage, &[OwnerManager]),
    step(COMMITMENT_STEP, Kind::Commitment, "evaluate", Scope::Manage, &[ParticipantManager]),
    step(COMMITMENT_STEP, Kind::Commitment, "cancel", Scope::Manage, &[ParticipantManager]),
    Row { on: Some(Kind::Outcome), ..open("/api/v1/outcomes/{id}") },
    // Pages. A session that is not in force is none: its visitor is nobody in particular.
    page(route("GET", "/", None)),
    page(route("GET", "/sign-in", None)),
    Row { step: "nm_nonsense", answers: Some(401), ..route("GET", "/sign-in/{token}", None) },
    Row { step: "nm_nonsense", answers: Some(401), ..open_change("/sign-in/{token}") },
    // Without what is shown there, each is the same for everybody: whom it lets in is told by what they bring.
    Row { answers: Some(422), body: "email=", ..open_change("/sign-in") },
    Row { answers: Some(401), ..route("GET", "/sign-in/code", None) },
    Row { answers: Some(401), body: "code=000000", ..open_change("/sign-in/code") },
    Row { step: "nowhere", answers: Some(404), ..route("GET", "/sign-in/with/{name}", None) },
    Row { step: "nowhere", answers: Some(404), ..route("GET", "/sign-in/with/{name}/callback", None) },
    page(route("GET", "/forgotten-password", None)),
    Row { body: "email=", answers: Some(422), ..open_change("/forgotten-password") },
    Row { step: "nm_nonsense", answers: Some(401), ..route("GET", "/new-password/{token}", None) },
    Row {
        step: "nm_nonsense",
        body: "password=correct+horse+battery",
        answers: Some(401),
        ..open_change("/new-password/{token}")
    },
    // My account: a person's own. Nobody's other sessions are asked about anywhere else.
    page(change("GET", "/account", None, Scope::Read, &[Person])),
    page(change("POST", "/account", None, Scope::Read, &[Person])),
    page(change("GET", "/account/password", None, Scope::Read, &[Person])),
    page(change("POST", "/account/password", None, Scope::Read, &[Person])),
    page(change("GET", "/account/second-factor", None, Scope::Read, &[Person])),
    page(change("POST", "/account/second-factor", None, Scope::Read, &[Person])),
    Row { step: "nothing", answers: Some(404), ..route("GET", "/assets/{name}", None) },
    page(route("GET", "/rounds/{id}", Some(Kind::Round))),
    page(change("POST", "/scenarios/{id}/runs", Some(Kind::Scenario), Scope::Write, &[Coordinator])),
    page(route("GET", "/runs/{id}", Some(Kind::Run))),
    page(route("GET", "/runs/{id}/events", Some(Kind::Run))),
    page(Row { step: "problem.json", ..read_by("/runs/{id}/{file}", Kind::Run, &[Coordinator]) }),
    page(change("POST", "/runs/{id}/cancel", Some(Kind::Run), Scope::Write, &[Coordinator])),
    // The last: whoever leaves is gone.
    open_change("/sign-out"),
];

const fn page(row: Row) -> Row {
    Row { is_page: true, body: "", ..row }
}

const fn open_change(path: &'static str) -> Row {
    Row { is_open: true, is_page: true, ..route("POST", path, None) }
}
