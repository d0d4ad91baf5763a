//! What the service does in a second beside what its database does bare, on both engines: requests created durably,
//! requests read, and requests read while a large run is solved.
//!
//! The service is a process of its own, asked over HTTP on loopback by several clients that keep their lines open. Its
//! yardsticks are raw loops with the same number of workers, on connections with the same settings: one writes the rows
//! that a create writes (request, components, words, audit, key), one reads what a read reads. Both are taken in turns, in
//! short stretches, so that what else happens on the machine happens to both. `promised` is what the design asks for.

mod client;
mod rate;
mod raw;
mod register;
mod server;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use needmatch_test_postgres::{Durability, Server as Postgres, database_on};
use uuid::Uuid;

use client::Client;
use rate::{Stretch, Worker};
use raw::{Pools, RawReader, RawWriter};
use register::{Register, State, document, key_of};
use server::Server;

/// Turns of each kind, and steps of each worker in one.
const TURNS: usize = 8;
const CREATES: usize = 60;
const READS: usize = 400;
/// No stretch takes longer, however slow the machine.
const AT_MOST: Duration = Duration::from_secs(20);

/// While a run is solved: how long reads are timed, and how often each client reads.
const WHILE: Duration = Duration::from_secs(6);
const PAUSE: Duration = Duration::from_millis(20);

/// Creates requests of a state.
struct Writer {
    client: Client,
    state: State,
    count: u64,
    made: Vec<Uuid>,
}

impl Worker for Writer {
    async fn step(&mut self) -> Result<()> {
        self.count += 1;
        let (state, count) = (self.state.code, self.count);
        let body = document(state, count);
        let answer = self.client.post("/api/v1/requests", &format!("bench-{state}-{count}"), &body).await?;
        ensure!(answer.status == 201, "{}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        self.made.push(key_of(answer.location)?.parse()?);
        Ok(())
    }
}

/// Reads requests of a state.
struct Reader {
    client: Client,
    requests: Arc<Vec<Uuid>>,
    next: usize,
}

impl Worker for Reader {
    async fn step(&mut self) -> Result<()> {
        self.next += 1;
        let request = self.requests[self.next % self.requests.len()];
        let answer = self.client.get(&format!("/api/v1/requests/{request}")).await?;
        ensure!(answer.status == 200 && answer.body.len() > 1_000, "{}", String::from_utf8_lossy(&answer.body));
        Ok(())
    }
}

async fn measure(engine: &str, url: &str, folder: &Path) -> Result<()> {
    let register = register::register(url).await?;
    let server = Server::start(url, folder)?;
    eprintln!("{engine}: the server is process {}", server.process());
    let mut writers = Vec::new();
    for state in register.states.iter() {
        let client = Client::connect(&server.address, &state.token).await?;
        writers.push(Writer { client, state: state.clone(), count: 0, made: Vec::new() });
    }
    // What is read first is prepared first: nothing of it is counted.
    Stretch::of(&mut writers, 20, AT_MOST, Duration::ZERO).await?;
    let pools = Pools::open(url).await?;
    let pattern = Arc::new(pools.pattern(writers[0].made[0]).await?);
    let mut raw_writers = Vec::new();
    for state in register.states.iter() {
        let chain = Uuid::now_v7();
        pools.begin_chain(chain).await?;
        let (pools, state, pattern) = (pools.clone(), state.clone(), pattern.clone());
        raw_writers.push(RawWriter { pools, state, pattern, chain, number: 0 });
    }
    Stretch::of(&mut raw_writers, 20, AT_MOST, Duration::ZERO).await?;
    let creates = in_turns(&mut writers, &mut raw_writers, CREATES).await?;
    tell(engine, "durable creates", &creates);

    let mut readers = Vec::new();
    let mut raw_readers = Vec::new();
    for (state, writer) in register.states.iter().zip(writers) {
        let requests = Arc::new(writer.made);
        readers.push(Reader { client: writer.client, requests: requests.clone(), next: 0 });
        raw_readers.push(RawReader { pools: pools.clone(), state: state.clone(), requests, next: 0 });
    }
    Stretch::of(&mut readers, 100, AT_MOST, Duration::ZERO).await?;
    Stretch::of(&mut raw_readers, 100, AT_MOST, Duration::ZERO).await?;
    let reads = in_turns(&mut readers, &mut raw_readers, READS).await?;
    tell(engine, "reads of one request", &reads);
    pools.close().await;
    while_solving(engine, &register, &server, &mut readers).await
}

/// The service and its yardstick, in turns.
async fn in_turns<S: Worker, R: Worker>(
    service: &mut Vec<S>,
    raw: &mut Vec<R>,
    steps: usize,
) -> Result<(Stretch, Stretch)> {
    let (mut of_service, mut of_raw) = (Stretch::default(), Stretch::default());
    for _ in 0..TURNS {
        of_service.join(Stretch::of(service, steps, AT_MOST, Duration::ZERO).await?);
        of_raw.join(Stretch::of(raw, steps, AT_MOST, Duration::ZERO).await?);
    }
    Ok((of_service, of_raw))
}

fn tell(engine: &str, what: &str, (service, raw): &(Stretch, Stretch)) {
    println!(
        "{engine}, {what}: {:.0} a second ({} in all; half within {:.1} ms, 99 of 100 within {:.1} ms), raw {:.0} a second \
         (half within {:.1} ms): {:.0} %, promised 50 %",
        service.rate(),
        service.count(),
        service.within(500),
        service.within(990),
        raw.rate(),
        raw.within(500),
        100.0 * service.rate() / raw.rate(),
    );
}

/// Reads at a steady pace before, during and after a run of the large scenario.
async fn while_solving(engine: &str, register: &Register, server: &Server, readers: &mut Vec<Reader>) -> Result<()> {
    let steps = usize::try_from(WHILE.as_millis() / PAUSE.as_millis())?;
    let mut idle = Stretch::of(readers, steps, WHILE, PAUSE).await?;
    let mut coordinator = Client::connect(&server.address, &register.coordinator).await?;
    let path = format!("/api/v1/scenarios/{}/runs", register.scenario);
    let answer = coordinator.post(&path, "bench-run", "{}").await?;
    ensure!(answer.status == 202, "{}: {}", answer.status, String::from_utf8_lossy(&answer.body));
    let run = key_of(answer.location)?;
    for _ in 0..200 {
        if lifecycle(&mut coordinator, &run).await? == "running" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let busy = Stretch::of(readers, steps, WHILE, PAUSE).await?;
    ensure!(lifecycle(&mut coordinator, &run).await? == "running", "the run ended before the reads did");
    coordinator.post(&format!("/api/v1/runs/{run}/cancel"), "bench-cancel", "{}").await?;
    while !["cancelled", "succeeded", "limit"].contains(&lifecycle(&mut coordinator, &run).await?.as_str()) {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    idle.join(Stretch::of(readers, steps, WHILE, PAUSE).await?);
    println!(
        "{engine}, reads while a large run is solved: {:.0} a second, 99 of 100 within {:.2} ms (half within {:.2} ms); \
         before and after {:.2} ms ({:.2} ms): × {:.1}, promised × 2",
        busy.rate(),
        busy.within(990),
        busy.within(500),
        idle.within(990),
        idle.within(500),
        busy.within(990) / idle.within(990),
    );
    Ok(())
}

async fn lifecycle(client: &mut Client, run: &str) -> Result<String> {
    let answer = client.get(&format!("/api/v1/runs/{run}")).await?;
    let document: serde_json::Value = serde_json::from_slice(&answer.body)?;
    Ok(document["lifecycle"].as_str().context("a run without a lifecycle")?.to_owned())
}

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    measure("SQLite", &format!("sqlite://{}", folder.path().join("load.db").display()), folder.path()).await?;
    // A server of its own that flushes before it acknowledges, as in service; the one that tests share does not.
    let postgres = Postgres::start(Durability::Full)?;
    let database = database_on(&postgres)?;
    measure("PostgreSQL", &database.url, folder.path()).await
}
