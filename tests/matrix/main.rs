//! Who may do what, and who may know what: every route the service has, with every method, asked by every kind of caller
//! about something in every state, on both databases.
//!
//! The routes are taken from the service itself: one without a row in [`rows`] fails, and so does a row without a route.
//! What should come out is worked out here from two tables that share nothing with the service: who may see an object
//! ([`world::Audience`]) and who may use a route ([`rows::Row`]). Every object carries a word of its own; none may appear
//! in any answer to somebody who may not see the object.
//!
//! To add a route: a row in `rows.rs`; for a new kind of object, a [`world::Kind`] and an object of it in each state in
//! `world.rs`.

#[path = "../description/mod.rs"]
mod description;

mod agreements;
mod asking;
mod callers;
mod catalogue;
mod packages;
mod routes;
mod rows;
mod two_worlds;
mod world;

use std::collections::BTreeSet;

use asking::Answer;
use callers::{Caller, Who};
use rows::{ROWS, Row};
use world::{Kind, Object, World};

/// What should come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// Neither refused for who asks nor hidden from them.
    LetThrough,
    /// 401.
    SignIn,
    /// 403.
    Forbidden,
    /// 404.
    Hidden,
}

impl Expected {
    fn is_met_by(self, answer: &Answer) -> bool {
        let status = answer.status;
        match self {
            // A run that has not ended has no result yet, a round that is open no snapshot, and not everybody acts for every
            // party: all of it is told to who may read it.
            Self::LetThrough if status == 404 => {
                ["result of run", "snapshot of round", r#""kind":"membership""#].iter().any(|what| answer.holds(what))
            }
            // What is let through may still be refused for what it says or for the state of the object.
            Self::LetThrough => !matches!(status, 401 | 403 | 404 | 405 | 500..),
            Self::SignIn => status == 401,
            Self::Forbidden => status == 403,
            Self::Hidden => status == 404,
        }
    }
}

fn expected(row: &Row, caller: &Caller, object: Option<&Object>) -> Expected {
    if row.is_open || row.answers.is_some() {
        return Expected::LetThrough;
    }
    let audience = |object: &Object| if row.of_files { object.audience.of_files() } else { object.audience };
    let is_hidden = object.is_some_and(|object| !audience(object).sees(caller));
    if row.is_page && is_hidden {
        return Expected::Hidden;
    }
    if (!caller.is_valid && !row.is_page) || (row.changes && !caller.is_signed_in()) {
        return Expected::SignIn;
    }
    if is_hidden {
        return Expected::Hidden;
    }
    let owner = object.map_or(row.of, |object| object.owner);
    if row.allowed.is_empty() || row.allowed.iter().any(|who| who.is(caller, owner, row.scope)) {
        return Expected::LetThrough;
    }
    if !caller.is_signed_in() {
        return Expected::SignIn;
    }
    let is_kept_from_people = matches!(row.allowed, [Who::Placed | Who::Holder]) && caller.place.is_some();
    if is_kept_from_people || (row.hides_from_strangers && !caller.acts_for(owner)) {
        Expected::Hidden
    } else {
        Expected::Forbidden
    }
}

async fn the_matrix_holds(world: &World) {
    let mut faults = Vec::new();
    let mut asked = 0;
    for row in ROWS {
        let objects: Vec<Option<&Object>> = match row.on {
            None => vec![None],
            Some(kind) => world.objects.iter().filter(|object| object.kind == kind).map(Some).collect(),
        };
        assert!(!objects.is_empty(), "{} {}: the world has no such object", row.method, row.path);
        for object in objects {
            for caller in &world.callers {
                let answer = world.ask(row, caller, object).await;
                asked += 1;
                let expected = expected(row, caller, object);
                let is_met = row.answers.map_or_else(|| expected.is_met_by(&answer), |status| status == answer.status);
                if !is_met {
                    let state = object.map_or("-", |object| object.state);
                    faults.push(format!(
                        "{} {} ({}) of {state:?} by {}: {expected:?} expected, {} came: {}",
                        row.method,
                        row.path,
                        row.step,
                        caller.name,
                        answer.status,
                        answer.beginning()
                    ));
                }
                faults.extend(answer.fault.as_ref().map(|fault| format!("{}: {fault}", caller.name)));
                faults.extend(
                    betrayed(world, caller, &answer)
                        .map(|word| format!("{} {} tells {} the word {word}", row.method, row.path, caller.name)),
                );
            }
        }
    }
    assert!(faults.is_empty(), "{} of {asked}:\n{}", faults.len(), faults.join("\n"));
    assert!(asked > 1_000, "{asked}");
    eprintln!("{asked} questions");
}

/// Words in an answer that stand in objects the caller may not see.
fn betrayed<'w>(world: &'w World, caller: &Caller, answer: &Answer) -> impl Iterator<Item = &'w str> {
    let told: Vec<&str> = world
        .objects
        .iter()
        .filter(|object| !object.audience.sees(caller) && answer.holds(&object.word))
        .map(|object| object.word.as_str())
        .collect();
    told.into_iter()
}

/// A word that nobody could see would prove nothing: each is seen by somebody who may.
async fn every_word_is_seen_by_those_who_may(world: &World) {
    for kind in Kind::WITH_WORDS {
        for object in world.objects.iter().filter(|object| object.kind == kind) {
            for caller in world.callers.iter().filter(|caller| caller.is_valid && object.audience.sees(caller)) {
                let answer = world.get(caller, &object.address).await;
                assert!(answer.status == 200 && answer.holds(&object.word), "{} {}", object.address, caller.name);
            }
        }
    }
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let routes = routes::all();
    let rows: BTreeSet<(String, String)> = ROWS
        .iter()
        .map(|row| (row.method.to_owned(), row.path.split('?').next().unwrap_or_default().to_owned()))
        .collect();
    let without_row: Vec<_> = routes.difference(&rows).collect();
    assert!(without_row.is_empty(), "add a row to tests/matrix/rows.rs for: {without_row:#?}");
    let without_route: Vec<_> = rows.difference(&routes).collect();
    assert!(without_route.is_empty(), "no route is left for these rows of tests/matrix/rows.rs: {without_route:#?}");
}

#[test]
fn every_step_of_a_lifecycle_has_a_row() {
    for (path, steps) in routes::steps() {
        for step in steps {
            let found = ROWS.iter().any(|row| row.path == path && row.step == step);
            assert!(found, "add a row to tests/matrix/rows.rs for the step {step} of {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_matrix_holds_on_sqlite() {
    let world = World::on_sqlite().await;
    every_word_is_seen_by_those_who_may(&world).await;
    the_matrix_holds(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_matrix_holds_on_postgres() {
    let world = World::on_postgres().await;
    every_word_is_seen_by_those_who_may(&world).await;
    the_matrix_holds(&world).await;
}
