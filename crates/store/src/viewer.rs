//! Who reads, and what that lets through. Every read of a tenant table on somebody's behalf goes through
//! [`visible_to`]; nothing else in the store decides what a party may see.

use crate::keys::PartyKey;
use crate::statement::Condition;
use crate::words::PartyKind;

/// On whose behalf a read is made: the parties whose active members or services they are. Nobody's: the public.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Viewer {
    parties: Vec<(PartyKey, PartyKind)>,
    sandboxes: Vec<PartyKey>,
    is_system: bool,
}

impl Viewer {
    /// The public, signed in or not.
    pub fn public() -> Self {
        Self::default()
    }

    /// Acts for these parties. Give active memberships only.
    pub fn of(parties: impl IntoIterator<Item = (PartyKey, PartyKind)>) -> Self {
        Self { parties: parties.into_iter().collect(), ..Self::default() }
    }

    /// Acts for these as well, which are there to try the service with: they see what is theirs, and of everything else
    /// no more than the public does.
    #[must_use]
    pub fn with_sandboxes(mut self, sandboxes: impl IntoIterator<Item = PartyKey>) -> Self {
        self.sandboxes.extend(sandboxes);
        self
    }

    /// The program itself, such as a round being frozen or a run being stored. Never for an answer to somebody.
    pub fn system() -> Self {
        Self { is_system: true, ..Self::default() }
    }

    /// The parties acted for, those to try the service with apart.
    pub fn parties(&self) -> &[(PartyKey, PartyKind)] {
        &self.parties
    }

    /// Whether everything is visible.
    pub fn sees_all(&self) -> bool {
        self.is_system || self.is(PartyKind::Coordinator)
    }

    /// Whether this is told what a party keeps between itself and coordinators, such as what it has agreed on.
    pub fn answers_for(&self, party: PartyKey) -> bool {
        self.sees_all() || self.own_parties().any(|own| own == party)
    }

    fn own_parties(&self) -> impl Iterator<Item = PartyKey> + '_ {
        self.parties.iter().map(|(party, _)| *party).chain(self.sandboxes.iter().copied())
    }

    fn acts_for_nobody(&self) -> bool {
        self.parties.is_empty() && self.sandboxes.is_empty()
    }

    fn is(&self, kind: PartyKind) -> bool {
        self.parties.iter().any(|(_, held)| *held == kind)
    }

    /// Condition `column IN (own parties)`; never called without any.
    fn own(&self, column: &'static str) -> Condition {
        Condition::of(column).text(" IN ").list(self.own_parties())
    }
}

/// Tables that belong to a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TenantTable {
    Requests,
    /// Requests as far as their states let others see them, which shows all of them; packages show less.
    CirculatedRequests,
    Packages,
    Offers,
    Programmes,
    Reports,
    Imports,
    Rounds,
    Scenarios,
    Runs,
    Sweeps,
    PlanRows,
    Proposals,
    Commitments,
}

/// The conditions any of which makes a row visible, on the alias `t`. Never empty. Each can be served by one index.
pub(crate) fn visible_to(viewer: &Viewer, table: TenantTable) -> Vec<Condition> {
    if viewer.sees_all() {
        return vec![Condition::of("1 = 1")];
    }
    match table {
        TenantTable::Requests => circulated(viewer).into_iter().chain(shared(viewer)).collect(),
        TenantTable::CirculatedRequests => circulated(viewer),
        TenantTable::Packages => packages(viewer),
        TenantTable::Offers => offers(viewer),
        TenantTable::Programmes => programmes(viewer),
        // What a state has written and not handed in is its own.
        TenantTable::Reports | TenantTable::Imports if viewer.acts_for_nobody() => vec![Condition::of("1 = 0")],
        TenantTable::Reports | TenantTable::Imports => vec![viewer.own("t.party")],
        // Rounds are announced to those who may take part, and to all once something came of them.
        TenantTable::Rounds if is_party(viewer) => vec![Condition::of("1 = 1")],
        TenantTable::Rounds => vec![Condition::of("t.lifecycle IN ('published', 'decided', 'closed')")],
        // Settings and results of what was tried stay with coordinators; what was published is for all.
        TenantTable::Scenarios => {
            vec![Condition::of("EXISTS (SELECT 1 FROM runs r WHERE r.scenario = t.id AND r.published_at IS NOT NULL)")]
        }
        TenantTable::Runs => vec![Condition::of("t.published_at IS NOT NULL")],
        // What was tried is the coordinators' whatever came of it.
        TenantTable::Sweeps => vec![Condition::of("1 = 0")],
        TenantTable::PlanRows => plan_rows(viewer),
        TenantTable::Proposals | TenantTable::Commitments => sides(viewer),
    }
}

/// The conditions any of which makes a row stand in a list that is narrowed to a party, or to none. Whoever sees all sees
/// what is tried with sandboxes too, but lists it, and so counts, gathers and exports it, only when asking for its party.
pub(crate) fn listed_to(viewer: &Viewer, table: TenantTable, of: Option<PartyKey>) -> Vec<Condition> {
    if viewer.sees_all() && of.is_none() {
        return vec![in_earnest("1 = 1")];
    }
    visible_to(viewer, table)
}

/// The conditions any of which makes the viewer know of a party, on the alias `t`.
pub(crate) fn known_to(viewer: &Viewer) -> Vec<Condition> {
    if viewer.sees_all() {
        return vec![Condition::of("1 = 1")];
    }
    let mut branches = vec![Condition::of("t.sandbox = 0")];
    if !viewer.sandboxes.is_empty() {
        branches.push(viewer.own("t.id"));
    }
    branches
}

/// Rows of a condition that belong to no sandbox.
fn in_earnest(condition: &'static str) -> Condition {
    Condition::of(condition).text(" AND t.party NOT IN (SELECT s.id FROM parties s WHERE s.sandbox = 1)")
}

fn is_party(viewer: &Viewer) -> bool {
    viewer.is(PartyKind::State) || viewer.is(PartyKind::Provider)
}

/// What a state let others see, and what is the viewer's own.
fn circulated(viewer: &Viewer) -> Vec<Condition> {
    let mut branches = vec![in_earnest("t.circulation = 'public'")];
    if viewer.is(PartyKind::Provider) {
        branches.push(in_earnest("t.circulation = 'providers'"));
    }
    if !viewer.acts_for_nobody() {
        branches.push(viewer.own("t.party"));
        let named = in_earnest("t.circulation = 'named'")
            .text(" AND t.id IN (SELECT c.request FROM request_circulations c WHERE ");
        branches.push(named.any(&[viewer.own("c.party")]).text(")"));
    }
    branches
}

/// Requests that a package alone shows the viewer: the states that ask and the viewer have joined it, and the request is
/// endorsed and still asks for something. What is a draft, is being rewritten or has ended is its state's own: a draft that
/// is withdrawn was never anybody else's to know.
pub(crate) fn shared(viewer: &Viewer) -> Option<Condition> {
    if viewer.sees_all() || !viewer.is(PartyKind::State) {
        return None;
    }
    let joined = Condition::of("t.package IN (SELECT m.package FROM package_members m WHERE m.status = 'joined' AND ");
    let joined = joined.any(&[viewer.own("m.party")]).text(
        ") AND (SELECT o.status FROM package_members o WHERE o.party = t.party AND o.package = t.package) = 'joined' \
         AND t.lifecycle IN ('endorsed', 'submitted', 'authenticated', 'circulated', 'in_round', 'partly_met') AND NOT ",
    );
    Some(joined.any(&circulated(viewer)))
}

/// A package is seen by the states that are asked to take part or do, and by nobody else.
fn packages(viewer: &Viewer) -> Vec<Condition> {
    if !viewer.is(PartyKind::State) {
        return vec![Condition::of("1 = 0")];
    }
    let asked =
        "t.code IN (SELECT m.package FROM package_members m WHERE m.status IN ('invited', 'joined', 'ended') AND ";
    vec![Condition::of(asked).any(&[viewer.own("m.party")]).text(")")]
}

/// What was never confirmed is not shown whatever its visibility, and that it ended makes it no more known.
fn offers(viewer: &Viewer) -> Vec<Condition> {
    owned(
        viewer,
        "t.visibility = 'public' AND t.confirmed_at IS NOT NULL",
        "t.visibility = 'parties' AND t.confirmed_at IS NOT NULL",
    )
}

/// A state sees what is said to help it, whatever its visibility.
fn programmes(viewer: &Viewer) -> Vec<Condition> {
    let mut branches = owned(viewer, "t.visibility = 'public'", "t.visibility = 'parties'");
    for (party, _) in viewer.parties.iter().filter(|(_, kind)| *kind == PartyKind::State) {
        let helped = in_earnest("1 = 1").text(" AND t.state = (SELECT p.code FROM parties p WHERE p.id = ");
        branches.push(helped.value(*party).text(")"));
    }
    branches
}

fn owned(viewer: &Viewer, public: &'static str, parties: &'static str) -> Vec<Condition> {
    let mut branches = vec![in_earnest(public)];
    if is_party(viewer) {
        branches.push(in_earnest(parties));
    }
    if !viewer.acts_for_nobody() {
        branches.push(viewer.own("t.party"));
    }
    branches
}

/// What two parties settle between them is theirs alone.
fn sides(viewer: &Viewer) -> Vec<Condition> {
    if viewer.acts_for_nobody() {
        return vec![Condition::of("1 = 0")];
    }
    vec![viewer.own("t.state_party"), viewer.own("t.provider_party")]
}

/// A match of a published run is seen by both its sides, and by whoever both sides let see what they ask and offer. That
/// two states have joined a package shows them each other's requests and no more.
fn plan_rows(viewer: &Viewer) -> Vec<Condition> {
    let published = "EXISTS (SELECT 1 FROM runs r WHERE r.id = t.run AND r.published_at IS NOT NULL) AND ";
    let request = "t.component IN (SELECT c.reference FROM components c JOIN requests t ON t.id = c.request WHERE ";
    let offer = "t.offer IN (SELECT t.reference FROM offers t WHERE ";
    let mut branches = vec![
        Condition::of(published)
            .text(request)
            .any(&circulated(viewer))
            .text(") AND ")
            .text(offer)
            .any(&offers(viewer))
            .text(")"),
    ];
    if !viewer.acts_for_nobody() {
        branches.push(Condition::of(published).text(request).any(&[viewer.own("t.party")]).text(")"));
        branches.push(Condition::of(published).text(offer).any(&[viewer.own("t.party")]).text(")"));
    }
    branches
}
