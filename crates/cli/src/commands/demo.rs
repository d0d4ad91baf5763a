//! `needmatch demo`: two scenarios in an embedded database, matched by the same queue and solver that serve everybody,
//! then a server on them.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use comfy_table::{CellAlignment, Table, presets::UTF8_FULL_CONDENSED};
use needmatch_app::access::Seal;
use needmatch_app::audit::SigningKey;
use needmatch_app::messages::shown::Shown;
use needmatch_app::rounds::{self, Imported, import, prepare_publication};
use needmatch_app::sign_in::{Invitation, invite};
use needmatch_app::store::keys::{PartyKey, RunKey};
use needmatch_app::store::words::{PartyKind, Role};
use needmatch_app::{App, Principal, Surface, parties, runs};
use needmatch_domain::run::Run;
use needmatch_i18n::Locale;
use serde_json::json;

use crate::exit::refused;
use crate::print::grouped;
use crate::print::output;
use crate::service;

/// The scenarios of the demonstration; the last is published, and the server opens on it.
const SCENARIOS: [&str; 2] = ["haiti-2010-flash-appeal", "bms6-illustrative"];

/// Ports tried, from the first.
const PORTS: std::ops::Range<u16> = 8080..8100;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Exit after the table.
    #[arg(long)]
    once: bool,
    /// Folder that holds the scenarios.
    #[arg(long, default_value = "scenarios")]
    scenarios: PathBuf,
    /// Folder for the data, made anew.
    #[arg(long, default_value = "target/demo")]
    data: PathBuf,
}

/// A scenario loaded, matched and verified.
struct Matched {
    imported: Imported,
    run: RunKey,
    file: Run,
    seconds: f64,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    service::runtime()?.block_on(async {
        let database = fresh_database(&arguments.data)?;
        let store = service::open(&database).await?;
        // The server listens on this machine alone, and its register is made anew: so is the key of what is sealed in it.
        let (shown_mail, seal) = (Shown::new()?, Seal::read(&SigningKey::new_seed()?)?);
        let app = App::with_system_clock(store.clone()).with_shown_mail(shown_mail.clone()).with_seal(seal);
        let stop = service::stop_on_signal()?;
        let worker = service::work(&app, &stop)?;
        let coordinator = coordinator(&app).await?;
        let mut matched = Vec::new();
        for name in SCENARIOS {
            eprintln!("matching {name} …");
            matched.push(load_and_match(&app, coordinator, name, &arguments.scenarios.join(name)).await?);
        }
        publish(&app, matched.last().context("there are scenarios")?).await?;
        output::line(table(&matched))?;
        if arguments.once {
            drop(worker);
            store.close().await;
            return Ok(ExitCode::SUCCESS);
        }
        let listener = listen().await?;
        let address = listener.local_addr()?;
        print_links(&app, coordinator, address, &matched).await?;
        output::line(format_args!("mail that would be sent http://{address}{}", shown_mail.path()))?;
        let router = needmatch_api::guard(service::site(&app), needmatch_api::Bounds::default());
        let grace = Duration::from_secs(1);
        let beside = async {
            worker.ended(grace).await;
            Ok(())
        };
        tokio::try_join!(service::serve(router, listener, stop, grace), beside)?;
        store.close().await;
        Ok(ExitCode::SUCCESS)
    })
}

fn fresh_database(folder: &Path) -> anyhow::Result<String> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).with_context(|| format!("{} cannot be made anew", folder.display()))?;
    }
    std::fs::create_dir_all(folder)?;
    let folder = folder.canonicalize()?;
    Ok(format!("sqlite://{}", folder.join("needmatch.db").display()))
}

fn surface() -> Surface {
    Surface { name: "cli", request_id: "demo".to_owned() }
}

async fn coordinator(app: &App) -> anyhow::Result<PartyKey> {
    let operator = Principal::operator();
    let mut transaction = app.begin(&operator, &surface()).await?;
    let document = json!({ "kind": "coordinator", "code": "secretariat", "name": "Secretariat of the demonstration" });
    let party = parties::register(&mut transaction, &operator, &document).await?;
    transaction.commit().await?;
    Ok(party.key)
}

async fn load_and_match(app: &App, coordinator: PartyKey, name: &str, folder: &Path) -> anyhow::Result<Matched> {
    let operator = Principal::operator();
    let scenario = super::input::read_scenario(folder)?;
    let seconds = scenario.settings.limits.seconds;
    let imported = import(app, &operator, &surface(), coordinator, name, &scenario).await?;
    let prepared = runs::prepare(app, &operator, imported.scenario.key, &json!({})).await?;
    let mut transaction = app.begin(&operator, &surface()).await?;
    let run = runs::start(&mut transaction, &operator, &prepared).await?;
    transaction.commit().await?;
    let began = std::time::Instant::now();
    let patience = Duration::from_secs(u64::from(seconds) + 60);
    loop {
        let mut session = app.read().await?;
        let state = runs::get(&mut session, &operator, run.key).await?;
        if state.lifecycle.has_ended() {
            let seconds = began.elapsed().as_secs_f64();
            let file = runs::export(&mut session, &operator, run.key)
                .await
                .with_context(|| format!("{name} ended as {}: {:?}", state.lifecycle, state.failure))?;
            return Ok(Matched { imported, run: run.key, file, seconds });
        }
        drop(session);
        if began.elapsed() > patience {
            bail!("{name} was not matched within {} s", patience.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Publishes a run, so that every role has something to read and its own proposals to answer. The others stay with the
/// coordinator, as what was tried does.
async fn publish(app: &App, matched: &Matched) -> anyhow::Result<()> {
    let operator = Principal::operator();
    let round = matched.imported.round.key;
    let document = json!({ "run": matched.run.to_string() });
    let prepared = prepare_publication(app, &operator, round, &document).await?;
    let mut transaction = app.begin(&operator, &surface()).await?;
    let version = rounds::get(&mut transaction, &operator, round).await?.version;
    rounds::publish(&mut transaction, &operator, version, &prepared).await?;
    transaction.commit().await?;
    Ok(())
}

fn table(matched: &[Matched]) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(["scenario", "served", "cost", "gap ‰", "seconds", "verified"]);
    for one in matched {
        let outcome = &one.file.outcome;
        let requests = one.file.problem.as_ref().map_or(0, |problem| problem.requests.len());
        let currency = one.file.problem.as_ref().map_or("", |problem| problem.currency.as_str());
        table.add_row([
            one.imported.round.name.clone(),
            format!("{} of {requests} requests", outcome.totals.requests_served),
            format!("{} {currency}", grouped(outcome.totals.cost)),
            outcome.goals.first().map_or_else(|| "–".to_owned(), |goal| goal.gap_permille.to_string()),
            format!("{:.1}", one.seconds),
            "yes".to_owned(),
        ]);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

async fn listen() -> anyhow::Result<tokio::net::TcpListener> {
    for port in PORTS {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if let Ok(listener) = tokio::net::TcpListener::bind(address).await {
            return Ok(listener);
        }
    }
    Err(refused(format!("every port from {} to {} is taken", PORTS.start, PORTS.end - 1)))
}

/// One sign-in link per role, each good for one use.
async fn print_links(app: &App, coordinator: PartyKey, address: SocketAddr, matched: &[Matched]) -> anyhow::Result<()> {
    let operator = Principal::operator();
    let mut transaction = app.begin(&operator, &surface()).await?;
    let last = matched.last().context("there are scenarios")?;
    let problem = last.file.problem.as_ref().context("an exported run embeds its problem")?;
    let state = problem.states.first().map(|state| state.code.to_string()).unwrap_or_default();
    let provider = problem.providers.first().map(ToString::to_string).unwrap_or_default();
    let observer = json!({ "kind": "observer", "code": "auditors", "name": "Auditors of the demonstration" });
    let observer = parties::register(&mut transaction, &operator, &observer).await?.key;
    let admitted = json!({ "observer": "auditors" });
    rounds::admit(&mut transaction, &operator, last.imported.round.key, &admitted).await?;
    let state = transaction.party_by_code(PartyKind::State, &state).await?.context("the state is registered")?.key;
    let provider =
        transaction.party_by_code(PartyKind::Provider, &provider).await?.context("the provider is registered")?.key;
    output::line(format_args!(
        "sign in by one of these links, each good for one use, then open http://{address}/runs/{}",
        last.run
    ))?;
    for (party, role) in
        [(coordinator, "coordinator"), (state, "state"), (provider, "provider"), (observer, "observer")]
    {
        let email = format!("{role}@demo.invalid");
        let language = Locale::English;
        let invitation = Invitation { email: &email, name: role, role: Role::Manager, language };
        let invited = invite(&mut transaction, &operator, party, invitation).await?;
        let link = invited.link.context("a new person has a link")?;
        output::line(format_args!("sign in as {role:12} http://{address}/sign-in/{}", link.reveal()))?;
    }
    transaction.commit().await?;
    Ok(())
}
