//! Files nobody wrote in good faith: any bytes are answered with errors, never with a panic.

use std::fs;

use needmatch_exchange::{read_folder, read_problem, read_run};
use proptest::prelude::*;

const FILES: [&str; 12] = [
    "requests.csv",
    "components.csv",
    "offers.csv",
    "states.csv",
    "periods.csv",
    "offer_periods.csv",
    "absorption.csv",
    "channels.csv",
    "programmes.csv",
    "suitability.csv",
    "locks.csv",
    "baseline.csv",
];

/// Text that gets past the first checks: true headers and words, in wrong places.
fn table() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "id",
        "state",
        "area",
        "request",
        "type",
        "unit",
        "quantity",
        "unit_cost",
        "provider",
        "form",
        "period",
        "offer",
        "component",
        "kind",
        "code",
        "KEN",
        "marking",
        "equipment",
        "money",
        "currency",
        "EUR",
        "in_kind",
        "lock",
        "1",
        "0",
        "-1",
        "1e30",
        "99999999999999999999",
        "#x",
        "R1",
        "",
        "a;b@c",
        "\"",
        "'=1",
        "\u{202e}",
        "2027",
        "none",
    ]);
    let row = prop::collection::vec(word, 0..8).prop_map(|cells| cells.join(","));
    prop::collection::vec(row, 0..6).prop_map(|rows| rows.join("\n"))
}

fn toml() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "name = \"x\"",
        "currency = \"USD\"",
        "as_of = \"2026-01-01\"",
        "base = \"..\"",
        "base = 1",
        "[rates]",
        "[rules]",
        "EUR = \"1\"",
        "EUR = []",
        "[goals]",
        "order = [{}]",
        "order = [[]]",
        "order = 1",
        "[weights]",
        "priority = {}",
        "area = 1",
        "[limits]",
        "gap_permille = nan",
        "seed = -1",
        "seconds = 1e400",
        "[drop]",
        "offers = [1]",
        "drop = 1",
        "[areas]",
        "x = { name = 1 }",
        "[rules.bundle]",
        "mode = 1",
        "sustainability = { by_group = 1 }",
        "= \"",
        "]]]",
    ]);
    prop::collection::vec(line, 0..8).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_in_any_file(file in 0_usize..13, bytes in prop::collection::vec(any::<u8>(), 0..300), text in toml()) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("scenario.toml"), text).unwrap();
        fs::write(folder.path().join(FILES.get(file).copied().unwrap_or("scenario.toml")), &bytes).unwrap();
        let errors = read_folder(folder.path()).unwrap_err();
        prop_assert!(!errors.is_empty() && errors.iter().all(|error| error.to_string().len() < 2000));
        let path = folder.path().join("x.json");
        fs::write(&path, &bytes).unwrap();
        prop_assert!(read_problem(&path).is_err() && read_run(&path).is_err());
    }

    #[test]
    fn plausible_tables_in_every_file(tables in prop::collection::vec(table(), 12), text in toml()) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("scenario.toml"), text).unwrap();
        for (file, table) in FILES.iter().zip(&tables) {
            fs::write(folder.path().join(file), table).unwrap();
        }
        if let Err(errors) = read_folder(folder.path()) {
            prop_assert!(!errors.is_empty());
        }
    }
}
