//! What is said to containers is what the program understands: settings it knows, keys it is given, files there are.

use std::collections::{BTreeMap, BTreeSet};

use yaml_rust2::{Yaml, YamlLoader};

use crate::repository::{expect_none, root};

/// Where compose puts secrets.
const SECRETS: &str = "/run/secrets/";

/// Keys without which part of the service refuses to work, the same for every process.
const KEYS: [&str; 2] = ["NEEDMATCH_ACCESS_KEY_FILE", "NEEDMATCH_AUDIT_KEY_FILE"];

fn text_of(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn compose() -> Yaml {
    let documents = YamlLoader::load_from_str(&text_of("compose.yaml")).expect("compose.yaml is YAML");
    let [document] = <[Yaml; 1]>::try_from(documents).expect("compose.yaml is one document");
    document
}

/// The members of a mapping by name; what it takes over with `<<` comes first, so that its own outweigh it.
fn members(node: &Yaml) -> BTreeMap<&str, &Yaml> {
    let inherited = node["<<"].as_hash().map(|_| members(&node["<<"])).unwrap_or_default();
    let own = node.as_hash().into_iter().flatten();
    let own = own.filter_map(|(name, value)| Some((name.as_str()?, value))).filter(|(name, _)| *name != "<<");
    inherited.into_iter().chain(own).collect()
}

fn words(node: Option<&&Yaml>) -> Vec<String> {
    let items = node.and_then(|node| node.as_vec()).into_iter().flatten();
    items.filter_map(Yaml::as_str).map(ToOwned::to_owned).collect()
}

/// Services that run our program, with their members.
fn own_services(compose: &Yaml) -> BTreeMap<&str, BTreeMap<&str, &Yaml>> {
    let services = members(&compose["services"]).into_iter().map(|(name, service)| (name, members(service)));
    services.filter(|(_, service)| service.get("image").and_then(|image| image.as_str()) == Some("needmatch")).collect()
}

/// Every variable that a settings table names.
fn known_variables() -> BTreeSet<String> {
    let table = text_of("crates/cli/src/service/keys.rs");
    let quoted = table.split('"').skip(1).step_by(2);
    let known: BTreeSet<_> =
        quoted.filter(|word| word.starts_with("NEEDMATCH_") || *word == "DATABASE_URL").map(str::to_owned).collect();
    assert!(known.len() > 10, "the table of settings is read wrongly: {known:?}");
    known
}

/// The instructions of the Containerfile, each on one line.
fn instructions() -> Vec<String> {
    let joined = text_of("Containerfile").replace("\\\n", " ");
    let lines = joined.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

#[test]
fn containers_are_given_settings_the_program_knows() {
    let (compose, known) = (compose(), known_variables());
    let mut unknown = Vec::new();
    for (name, service) in own_services(&compose) {
        let environment = service.get("environment").map(|environment| members(environment)).unwrap_or_default();
        assert!(environment.contains_key("DATABASE_URL"), "{name} is told no register");
        let others = environment.keys().filter(|variable| !known.contains(**variable));
        unknown.extend(others.map(|variable| format!("compose.yaml, {name}: {variable}")));
    }
    for instruction in instructions().iter().filter(|instruction| instruction.starts_with("ENV ")) {
        let names = instruction.split_whitespace().skip(1).filter_map(|pair| pair.split_once('=')).map(|pair| pair.0);
        unknown.extend(names.filter(|name| !known.contains(*name)).map(|name| format!("Containerfile: {name}")));
    }
    expect_none("the program refuses to start with a setting it does not know", &unknown);
}

#[test]
fn compose_starts_two_servers_two_workers_and_a_database() {
    let compose = compose();
    let services = own_services(&compose);
    let doing = |command: &str| {
        let commands = services.values().map(|service| words(service.get("command")));
        commands.filter(|words| words.first().is_some_and(|word| word == command)).count()
    };
    assert_eq!((doing("serve"), doing("worker"), services.len()), (2, 2, 4));
    let others: Vec<_> =
        members(&compose["services"]).into_iter().filter(|(name, _)| !services.contains_key(name)).collect();
    let [(name, database)] = others.as_slice() else { panic!("one service beside ours: {others:?}") };
    assert!(database["image"].as_str().is_some_and(|image| image.contains("/postgres:")), "{name}");
    assert!(database["healthcheck"].as_hash().is_some(), "servers wait until {name} is well");
    for (own, service) in &services {
        let waits_for = service.get("depends_on").map(|others| members(others)).unwrap_or_default();
        assert!(waits_for.contains_key(name), "{own} waits for no {name}");
    }
}

#[test]
fn every_process_is_handed_the_same_keys() {
    let compose = compose();
    let secrets = members(&compose["secrets"]);
    for (name, service) in own_services(&compose) {
        let environment = service.get("environment").map(|environment| members(environment)).unwrap_or_default();
        let handed = words(service.get("secrets"));
        for key in KEYS {
            let file = environment.get(key).and_then(|file| file.as_str()).unwrap_or_default();
            let secret = file.strip_prefix(SECRETS).unwrap_or_default();
            assert!(handed.iter().any(|handed| handed == secret), "{name}: {key}={file:?} is not handed to it");
            assert!(secrets.contains_key(secret), "{name}: {secret} is nowhere said to be a file");
        }
    }
    for (name, secret) in secrets {
        let file = secret["file"].as_str().and_then(|file| file.strip_prefix("./")).unwrap_or_default();
        let folder = file.split('/').next().unwrap_or_default();
        let keeps_out = |list: &str| text_of(list).lines().any(|line| line.trim_matches('/') == folder);
        assert!(file.contains('/') && keeps_out(".gitignore"), "{name}: {file:?} could be committed");
        assert!(keeps_out(".containerignore"), "{name}: {file:?} would be copied into the image");
        let documented = format!("--out {file}");
        assert!(text_of("docs/operating.md").contains(&documented), "docs/operating.md does not say: {documented}");
    }
}

#[test]
fn what_the_image_copies_exists() {
    let instructions = instructions();
    let built: Vec<_> = instructions.iter().filter(|instruction| instruction.starts_with("RUN ")).collect();
    let mut missing = Vec::new();
    for copy in instructions.iter().filter(|instruction| instruction.starts_with("COPY ")) {
        let (options, paths): (Vec<_>, Vec<_>) =
            copy.split_whitespace().skip(1).partition(|word| word.starts_with("--"));
        let (_, sources) = paths.split_last().expect("COPY says where to");
        let is_from_build = options.iter().any(|option| option.starts_with("--from="));
        let exists = |source: &str| {
            if is_from_build {
                built.iter().any(|run| run.contains(&format!(" {source} ")) || run.ends_with(&format!(" {source}")))
            } else {
                root().join(source).exists()
            }
        };
        missing.extend(sources.iter().filter(|source| !exists(source)).map(|source| format!("{source} ({copy})")));
    }
    expect_none("nothing of this name is copied or built", &missing);
    let build = built.iter().find(|run| run.contains("cargo build")).expect("the image builds the program");
    let (is_optimised, taken) = (build.contains(" --release "), build.contains(" target/release/needmatch "));
    assert!(is_optimised && taken, "built with optimisation, and taken from there: {build}");
}

#[test]
fn the_image_is_built_by_the_compiler_the_workspace_asks_for() {
    let manifest = text_of("Cargo.toml");
    let asked = manifest.split_once("rust-version = \"").and_then(|(_, rest)| rest.split_once('"'));
    let image = format!("FROM docker.io/library/rust:{}-", asked.expect("the workspace names a compiler").0);
    assert!(instructions().iter().any(|instruction| instruction.starts_with(&image)), "{image}");
}
