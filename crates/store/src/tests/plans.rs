//! Query plans of long lists: with every filter and in every order, rows come by an index and in its order. Nothing walks
//! a table, and nothing sorts more than pages.

use jiff::civil::date;
use needmatch_domain::scenario::Form;

use super::world::{World, at, begin};
use crate::agreements::{CommitmentFilter, OutcomeFilter, ProposalFilter};
use crate::audit::AuditFilter;
use crate::dialect::{catalog, explain};
use crate::engine::EngineKind;
use crate::keys::PartyKey;
use crate::page::{self, Listed};
use crate::parties::PartyFilter;
use crate::register::{OfferFilter, PackageFilter, ProgrammeFilter, ReportFilter, RequestFilter};
use crate::rounds::came_after;
use crate::runs::{RunFilter, SweepFilter};
use crate::statement::{Condition, Statement};
use crate::viewer::{TenantTable, visible_to};
use crate::words::{
    CommitmentLifecycle, OfferLifecycle, PackageLifecycle, PartyKind, ProposalLifecycle, RequestLifecycle, RunLifecycle,
};
use crate::{BY_TIME, Cursor, OFFER_ORDERS, Page, REQUEST_ORDERS, Session, Store, Viewer};

const LIMIT: u32 = 50;

/// Most rows that may be sorted: those of a page's branches, or the few that something selective leaves.
const MOST_SORTED: u64 = 1_000;

/// A round has one published run: what this index finds is sorted at once.
const ONE_ROW: &str = "USING INDEX runs_published (round=?)";

/// Keys in order, as each engine writes them.
fn numbered(engine: EngineKind, sqlite: &'static str, postgres: &'static str) -> Statement {
    Statement::of(match engine {
        EngineKind::Sqlite => sqlite,
        EngineKind::Postgres => postgres,
    })
}

macro_rules! both {
    ($engine:expr, $before:literal, $after:literal) => {
        numbered(
            $engine,
            concat!($before, "CAST(printf('%016d', number) AS BLOB)", $after),
            concat!($before, "CAST(LPAD(CAST(number AS TEXT), 32, '0') AS UUID)", $after),
        )
    };
}

/// A register of a realistic length: 1,000,000 requests, 50,000 offers, 50,000 rows of an audit chain.
async fn fill(store: &Store, common: PartyKey, rare: PartyKey) {
    let mut transaction = begin(store).await;
    let engine = transaction.engine();
    // A million rows take longer than any statement of the service may, on a machine that does other things as well.
    transaction.execute(catalog::relax(engine)).await.unwrap();
    let requests = both!(
        engine,
        "WITH RECURSIVE counted(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < 1000000) \
         INSERT INTO requests (id, party, reference, state, area, priority, title, lifecycle, circulation, body, version, \
         created_at, updated_at, package, valid_until) SELECT ",
        ", CASE WHEN number % 1000 = 7 THEN $1 ELSE $2 END, 'R' || CAST(number AS TEXT), \
         'S' || CAST(number % 190 AS TEXT), 'A' || CAST(number % 18 AS TEXT), 1 + number % 5, 'title', \
         CASE number % 10 WHEN 0 THEN 'draft' WHEN 1 THEN 'met' ELSE 'circulated' END, \
         CASE number % 7 WHEN 0 THEN 'private' WHEN 1 THEN 'public' WHEN 2 THEN 'named' ELSE 'providers' END, \
         '{}', 1, 0, 0, CASE WHEN number % 50 = 0 THEN 'P' || CAST(number % 5000 AS TEXT) END, \
         CASE WHEN number % 100 = 3 THEN 20000 + number % 1999 END FROM counted"
    );
    transaction.execute(requests.bind(rare).bind(common)).await.unwrap();
    let parties = both!(
        engine,
        "WITH RECURSIVE counted(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < 200) \
         INSERT INTO parties (id, kind, code, name, body, version, created_at, updated_at) SELECT ",
        ", 'provider', 'X' || CAST(number AS TEXT), 'X', '{}', 1, 0, 0 FROM counted"
    );
    transaction.execute(parties).await.unwrap();
    // Each request that is shown by name is shown to one of many.
    let named = "INSERT INTO request_circulations (party, request) SELECT p.id, r.id FROM requests r \
                 JOIN parties p ON p.code = 'X' || SUBSTR(r.reference, LENGTH(r.reference) - 1) \
                 WHERE r.circulation = 'named' AND p.name = 'X'";
    transaction.execute(Statement::of(named)).await.unwrap();
    // A package has two states among many, and these see what the others of their few packages ask for.
    let packages = both!(
        engine,
        "WITH RECURSIVE counted(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < 5000) \
         INSERT INTO packages (id, party, code, title, lifecycle, body, version, created_at, updated_at) SELECT ",
        ", $1, 'P' || CAST(number AS TEXT), 'title', 'open', '{}', 1, number, 0 FROM counted"
    );
    transaction.execute(packages.bind(common)).await.unwrap();
    for apart in [1_i64, 7] {
        let members = "INSERT INTO package_members (party, package, status, created_at, updated_at) \
                       SELECT p.id, k.code, 'joined', 0, 0 FROM packages k JOIN parties p ON p.name = 'X' \
                       AND p.code = 'X' || CAST($1 + k.created_at % 190 AS TEXT)";
        transaction.execute(Statement::of(members).bind(apart)).await.unwrap();
    }
    for party in [common, rare] {
        let members = "INSERT INTO package_members (party, package, status, created_at, updated_at) \
                       SELECT $1, code, 'joined', 0, 0 FROM packages WHERE code IN ('P50', 'P100', 'P150')";
        transaction.execute(Statement::of(members).bind(party)).await.unwrap();
    }
    let offers = both!(
        engine,
        "WITH RECURSIVE counted(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < 50000) \
         INSERT INTO offers (id, party, reference, title, form, unit, quantity, committed, visibility, lifecycle, body, \
         version, created_at, updated_at, valid_until, confirmed_at) SELECT ",
        ", CASE WHEN number % 200 = 7 THEN $1 ELSE $2 END, 'O' || CAST(number AS TEXT), 'title', \
         CASE number % 4 WHEN 0 THEN 'in_kind' ELSE 'money' END, 'EUR', 1 + number % 977, 0, \
         CASE number % 3 WHEN 0 THEN 'confidential' WHEN 1 THEN 'parties' ELSE 'public' END, \
         CASE number % 10 WHEN 0 THEN 'draft' WHEN 1 THEN 'exhausted' ELSE 'available' END, '{}', 1, 0, 0, \
         CASE WHEN number % 100 = 3 THEN 20000 + number % 1999 END, CASE number % 10 WHEN 0 THEN NULL ELSE 0 END \
         FROM counted"
    );
    transaction.execute(offers.bind(rare).bind(common)).await.unwrap();
    let areas = "INSERT INTO offer_areas (area, offer) \
                 SELECT CASE WHEN quantity % 9 = 0 THEN '*' ELSE 'A' || CAST(quantity % 18 AS TEXT) END, id FROM offers";
    transaction.execute(Statement::of(areas)).await.unwrap();
    let audit = both!(
        engine,
        "WITH RECURSIVE counted(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < 50000) \
         INSERT INTO audit_rows (chain, number, at, origin, request_id, action, subject_kind, previous_hash, hash, subject) \
         SELECT $1, 100 + number, number, 'api', '', 'request.change', 'request', '', '', ",
        " FROM counted"
    );
    transaction.execute(audit.bind(common)).await.unwrap();
    transaction.commit().await.unwrap();
    let mut session = store.begin_unaudited().await.unwrap();
    session.execute(Statement::of("ANALYZE")).await.unwrap();
    session.commit().await.unwrap();
}

async fn plan_of(session: &mut Session, statement: Statement) -> Vec<String> {
    let (prefix, column) = explain::prefix(session.engine());
    let rows = session.fetch_all(statement.after_prefix(prefix)).await.unwrap();
    carried_out(rows.iter().map(|row| row.get(column).unwrap()).collect())
}

/// PostgreSQL also tells of steps below a condition that it knows to be false, such as another's party, and takes none.
fn carried_out(plan: Vec<String>) -> Vec<String> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut never = None;
    let mut taken = Vec::new();
    for line in plan {
        never = never.filter(|above| indent(&line) >= *above);
        if never.is_none() && line.trim() == "One-Time Filter: false" {
            never = Some(indent(&line));
        }
        if never.is_none() {
            taken.push(line);
        }
    }
    taken
}

/// Whether a table is read from end to end.
fn walks_a_table(line: &str) -> bool {
    // SQLite says `SCAN t` for a whole table and `SCAN t USING INDEX` for one in order, which stops at the page's end.
    let sqlite =
        line.starts_with("SCAN") && !line.contains("INDEX") && !line.contains("branch") && !line.contains("page");
    // Members of packages are a hundredth of the requests, and a state is in many packages or in few: reading them whole
    // costs PostgreSQL less than as many single reads.
    sqlite || line.contains("Seq Scan") && !line.contains("Seq Scan on package_members")
}

/// Whether more rows are sorted than pages hold.
fn sorts_without_bound(line: &str) -> bool {
    if line.contains("USE TEMP B-TREE") && line.contains("ORDER BY") {
        return true;
    }
    let rows = line.split_once("rows=").and_then(|(_, rest)| rest.split(' ').next()?.parse::<u64>().ok());
    line.contains("Sort ") && rows.is_some_and(|rows| rows > MOST_SORTED)
}

/// Looks at the plan of every branch on its own, of the first page and of one further on. Where a row is chosen through
/// another table, such as the requests shown to one party by name or by a package, that choice may be sorted.
async fn check(
    session: &mut Session,
    listed: &Listed,
    branches: &[Condition],
    filters: &[Condition],
    through_another: bool,
    what: &str,
) {
    for order in listed.orders.iter().copied() {
        for after in [None, Some(Cursor { key: uuid::Uuid::from_u128(1 << 100), rank: Some(3) })] {
            let page = Page { order, after, limit: LIMIT };
            for branch in branches {
                let branch = std::slice::from_ref(branch);
                let plan = plan_of(session, page::select(listed, branch, filters, &page).unwrap()).await;
                let chosen = through_another
                    || ["request_circulations", "package_members"].iter().any(|by| format!("{branch:?}").contains(by))
                    || plan.iter().any(|line| line.contains(ONE_ROW));
                let told = || format!("{what}, {order:?}, {branch:?}:\n{}", plan.join("\n"));
                assert!(!plan.iter().any(|line| walks_a_table(line)), "{}", told());
                assert!(chosen || !plan.iter().any(|line| sorts_without_bound(line)), "{}", told());
            }
            let whole = plan_of(session, page::select(listed, branches, filters, &page).unwrap()).await;
            assert!(!whole.iter().any(|line| walks_a_table(line)), "{what}, {order:?}:\n{}", whole.join("\n"));
        }
    }
}

pub(super) async fn every_filter_and_order_is_served_by_an_index(store: &Store) {
    let world = World::of(store).await;
    fill(store, world.kenya, world.peru).await;
    let mut session = store.begin_unaudited().await.unwrap();
    let requests = Listed { table: "requests", orders: REQUEST_ORDERS };
    let filters = [
        RequestFilter::default(),
        RequestFilter { state: Some("S1".to_owned()), ..Default::default() },
        RequestFilter { area: Some("A1".to_owned()), ..Default::default() },
        RequestFilter { priority: Some(1), ..Default::default() },
        RequestFilter { package: Some("P50".to_owned()), ..Default::default() },
        RequestFilter { party: Some(world.peru), ..Default::default() },
        RequestFilter { valid_before: Some(date(2025, 1, 1)), ..Default::default() },
        RequestFilter { lifecycles: vec![RequestLifecycle::Met], ..Default::default() },
        RequestFilter {
            lifecycles: vec![RequestLifecycle::Circulated, RequestLifecycle::Met, RequestLifecycle::Expired],
            ..Default::default()
        },
        RequestFilter {
            state: Some("S1".to_owned()),
            area: Some("A1".to_owned()),
            priority: Some(2),
            ..Default::default()
        },
    ];
    for (who, viewer) in world.viewers() {
        for filter in &filters {
            let branches = filter.branches(&viewer);
            // Rows of one priority are read in the order of their keys.
            let requests = if filter.priority.is_some() { Listed { orders: BY_TIME, ..requests } } else { requests };
            let through = filter.valid_before.is_some();
            check(&mut session, &requests, &branches, &filter.conditions(), through, &format!("{who}, {filter:?}"))
                .await;
        }
    }
    let offers = Listed { table: "offers", orders: OFFER_ORDERS };
    let filters = [
        OfferFilter::default(),
        OfferFilter { area: Some("A1".to_owned()), ..Default::default() },
        OfferFilter { form: Some(Form::InKind), ..Default::default() },
        OfferFilter { party: Some(world.peru), ..Default::default() },
        OfferFilter { valid_before: Some(date(2025, 1, 1)), ..Default::default() },
        OfferFilter { lifecycles: vec![OfferLifecycle::Available, OfferLifecycle::Exhausted], ..Default::default() },
    ];
    for (who, viewer) in world.viewers() {
        for filter in &filters {
            let (branches, conditions) = (filter.branches(&viewer), filter.conditions());
            let through = filter.area.is_some() || filter.valid_before.is_some();
            check(&mut session, &offers, &branches, &conditions, through, &format!("{who}, {filter:?}")).await;
        }
    }
}

/// A list in the order of time, with each of its filters: its table, the viewers' part of it, filters.
type ByTime = (&'static str, Vec<Condition>, Vec<Vec<Condition>>);

/// Lists in the order of time as the viewer reads them. Left out is what is few: rounds, reports of a
/// state, proposals for one offer or request.
fn by_time(viewer: &Viewer, party: PartyKey) -> Vec<ByTime> {
    let everything = || vec![Condition::of("1 = 1")];
    let lifecycle = |word: &str| vec![Condition::of("t.lifecycle = ").value(word)];
    let key = uuid::Uuid::from_u128(7);
    let run = RunFilter::default();
    let sweep = SweepFilter::default();
    let programme = ProgrammeFilter { with_retired: true, ..ProgrammeFilter::default() };
    let package = PackageFilter::default();
    let proposal = ProposalFilter::default();
    let outcome = OutcomeFilter::default();
    let (commitment, report) = (CommitmentFilter::default(), ReportFilter::default());
    let of_peru = CommitmentFilter { party: Some(party), ..CommitmentFilter::default() };
    vec![
        (
            "runs",
            visible_to(viewer, TenantTable::Runs),
            vec![
                run.conditions(),
                RunFilter { round: Some(key.into()), ..run.clone() }.conditions(),
                RunFilter { scenario: Some(key.into()), ..run.clone() }.conditions(),
                RunFilter { lifecycle: Some(RunLifecycle::Limit), ..run.clone() }.conditions(),
                RunFilter { round: Some(key.into()), lifecycle: Some(RunLifecycle::Limit), ..run.clone() }.conditions(),
                RunFilter { sweep: Some(key.into()), ..run }.conditions(),
            ],
        ),
        (
            "sweeps",
            visible_to(viewer, TenantTable::Sweeps),
            vec![
                sweep.conditions(),
                SweepFilter { round: Some(key.into()), ..sweep.clone() }.conditions(),
                SweepFilter { scenario: Some(key.into()), ..sweep }.conditions(),
            ],
        ),
        (
            "programmes",
            visible_to(viewer, TenantTable::Programmes),
            vec![
                programme.conditions(),
                ProgrammeFilter { party: Some(party), ..programme.clone() }.conditions(),
                ProgrammeFilter { state: Some("S1".to_owned()), ..programme.clone() }.conditions(),
                ProgrammeFilter { area: Some("A1".to_owned()), ..programme }.conditions(),
            ],
        ),
        (
            "packages",
            visible_to(viewer, TenantTable::Packages),
            vec![
                package.conditions(),
                PackageFilter { party: Some(party), ..package.clone() }.conditions(),
                PackageFilter { lifecycle: Some(PackageLifecycle::Withdrawn), ..package }.conditions(),
            ],
        ),
        (
            "proposals",
            visible_to(viewer, TenantTable::Proposals),
            vec![
                proposal.conditions(),
                ProposalFilter { round: Some(key.into()), ..proposal.clone() }.conditions(),
                ProposalFilter { lifecycle: Some(ProposalLifecycle::Lapsed), ..proposal }.conditions(),
            ],
        ),
        (
            "commitments",
            visible_to(viewer, TenantTable::Commitments),
            vec![
                commitment.conditions(),
                CommitmentFilter { lifecycle: Some(CommitmentLifecycle::Cancelled), ..commitment.clone() }.conditions(),
                CommitmentFilter { round: Some(key.into()), ..commitment.clone() }.conditions(),
            ],
        ),
        ("commitments", of_peru.branches(viewer), vec![of_peru.conditions()]),
        (
            "national_reports",
            visible_to(viewer, TenantTable::Reports),
            vec![
                report.conditions(),
                ReportFilter { state: Some("PER".to_owned()), ..report.clone() }.conditions(),
                ReportFilter { year: Some(2026), ..report.clone() }.conditions(),
            ],
        ),
        (
            "parties",
            everything(),
            vec![Vec::new(), PartyFilter { kind: Some(PartyKind::State), text: None }.conditions()],
        ),
        (
            "outcomes",
            everything(),
            vec![
                outcome.conditions(),
                OutcomeFilter { area: Some("A1".to_owned()), ..outcome.clone() }.conditions(),
                OutcomeFilter { r#type: Some("training".to_owned()), ..outcome.clone() }.conditions(),
                OutcomeFilter { state: Some("S1".to_owned()), ..outcome }.conditions(),
            ],
        ),
        ("deliveries", vec![Condition::of("t.webhook = ").value(key)], vec![Vec::new(), lifecycle("failed")]),
    ]
}

/// SQLite chooses by what indexes there are, whatever the tables hold: a row that a filter names is searched for.
fn walks_past_rows(engine: EngineKind, line: &str) -> bool {
    engine == EngineKind::Sqlite && line.starts_with("SCAN t")
}

pub(super) async fn lists_by_time_and_chains_are_served_by_an_index(store: &Store) {
    let world = World::of(store).await;
    let mut session = store.begin_unaudited().await.unwrap();
    if session.engine() == EngineKind::Postgres {
        // Small tables are read whole whatever their indexes: a plan that still does so when told not to has none to use.
        session.execute(Statement::of("SET LOCAL enable_seqscan = off")).await.unwrap();
    }
    for (who, viewer) in world.viewers() {
        for (table, branches, filters) in by_time(&viewer, world.peru) {
            let listed = Listed { table, orders: BY_TIME };
            for filters in &filters {
                let what = format!("{who}, {table}, {filters:?}");
                check(&mut session, &listed, &branches, filters, false, &what).await;
                if filters.is_empty() {
                    continue;
                }
                let select = page::select(&listed, &branches, filters, &Page::first(LIMIT)).unwrap();
                let plan = plan_of(&mut session, select).await;
                let walks = plan.iter().any(|line| walks_past_rows(session.engine(), line));
                assert!(!walks, "{what}:\n{}", plan.join("\n"));
            }
        }
    }
    let text = "SELECT * FROM audit_rows WHERE chain = $1 AND number > $2 ORDER BY number LIMIT $3";
    let mut selects = vec![Statement::of(text).bind(world.kenya).bind(40_000_i64).bind(i64::from(LIMIT))];
    // How a worker takes what waits, and how long the queue is.
    for waiting in [
        "SELECT id FROM runs WHERE lifecycle = 'queued' AND sweep IS NULL ORDER BY id LIMIT 1",
        "SELECT id FROM runs WHERE lifecycle = 'queued' AND sweep IS NOT NULL ORDER BY id LIMIT 1",
        "SELECT COUNT(*) FROM runs WHERE lifecycle = 'queued' AND sweep IS NOT NULL",
        "SELECT id FROM runs WHERE lifecycle = 'running' AND lease_until < 5 ORDER BY lease_until LIMIT 1",
    ] {
        selects.push(Statement::of(waiting));
    }
    selects.push(came_after(at(0)));
    let action = || Some("request.change".to_owned());
    for filter in [
        AuditFilter { subject: Some(uuid::Uuid::from_u128(7)), ..AuditFilter::default() },
        AuditFilter { action: action(), ..AuditFilter::default() },
        AuditFilter { since: Some(at(0)), ..AuditFilter::default() },
        AuditFilter { action: action(), since: Some(at(0)), before: Some(at(9)), ..AuditFilter::default() },
    ] {
        for after in [None, Some((at(3), 40_000))] {
            selects.push(filter.select(world.kenya.into(), after, LIMIT));
        }
    }
    for statement in selects {
        let plan = plan_of(&mut session, statement).await;
        assert!(!plan.iter().any(|line| walks_a_table(line) || sorts_without_bound(line)), "{}", plan.join("\n"));
    }
}

/// That rows come by an index and in its order, whatever a table holds.
pub(super) async fn assert_served(session: &mut Session, statement: Statement, what: &str) {
    if session.engine() == EngineKind::Postgres {
        session.execute(Statement::of("SET LOCAL enable_seqscan = off")).await.unwrap();
    }
    let plan = plan_of(session, statement).await;
    let is_bad = |line: &String| {
        walks_a_table(line) || sorts_without_bound(line) || (line.starts_with("SCAN ") && !line.contains(" page"))
    };
    assert!(!plan.iter().any(is_bad), "{what}:\n{}", plan.join("\n"));
}

#[test]
fn walks_and_sorts_are_told_from_plans() {
    assert!(walks_a_table("SCAN t") && walks_a_table("  ->  Seq Scan on requests t"));
    assert!(!walks_a_table("SCAN t USING INDEX requests_priority"));
    assert!(walks_past_rows(EngineKind::Sqlite, "SCAN t USING INDEX requests_priority"));
    assert!(!walks_past_rows(EngineKind::Sqlite, "SEARCH t USING INDEX requests_state (state=?)"));
    assert!(sorts_without_bound("USE TEMP B-TREE FOR ORDER BY"));
    assert!(sorts_without_bound("  ->  Sort  (cost=1.0..2.0 rows=40000 width=8)"));
    assert!(!sorts_without_bound("  ->  Sort  (cost=1.0..2.0 rows=40 width=8)"));
    let plan = ["Limit", "  ->  Result", "        One-Time Filter: false", "        ->  Seq Scan on requests t"];
    let plan = plan.into_iter().chain(["              Filter: true", "  ->  Sort"]).map(ToOwned::to_owned).collect();
    assert_eq!(carried_out(plan), ["Limit", "  ->  Result", "  ->  Sort"]);
}
