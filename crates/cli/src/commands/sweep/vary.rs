//! The file that says what to vary: single settings with values, every combination of them, and settings by name.

use std::path::{Component, Path, PathBuf};

use anyhow::Context;
use toml::{Table, Value};

use crate::exit::{refused, unreadable};

/// Most settings of a sweep.
const MOST: usize = 500;

/// Longest file read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// A setting: what is laid over `scenario.toml`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) settings: Table,
}

/// Reads the file; every error says where.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Variant>> {
    let shown = path.display();
    let size = std::fs::metadata(path).map_err(|error| unreadable(format!("{shown}: {error}")))?.len();
    if size > MAX_BYTES {
        return Err(unreadable(format!("{shown}: {size} bytes are more than the {MAX_BYTES} a vary file may have")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(format!("{shown}: {error}")))?;
    let table: Table = text.parse().map_err(|error| unreadable(format!("{shown}: {error}")))?;
    variants(&table).map_err(|why| refused(format!("{shown}: {why}")))
}

fn variants(table: &Table) -> Result<Vec<Variant>, String> {
    if let Some(key) = table.keys().find(|key| !["vary", "run", "unchanged"].contains(&key.as_str())) {
        return Err(format!("{key:?} is no part of a vary file; it has [[vary]], [[run]] and unchanged"));
    }
    let mut found = Vec::new();
    match table.get("unchanged") {
        None | Some(Value::Boolean(true)) => {
            found.push(Variant { name: "unchanged".to_owned(), settings: Table::new() });
        }
        Some(Value::Boolean(false)) => {}
        Some(other) => return Err(format!("unchanged = {other}: write true or false")),
    }
    let axes = list(table, "vary")?.into_iter().map(axis).collect::<Result<Vec<_>, _>>()?;
    found.extend(combinations(&axes)?);
    for run in list(table, "run")? {
        found.push(named(run)?);
    }
    if found.len() > MOST {
        return Err(format!("{} settings are more than the {MOST} a sweep may have", found.len()));
    }
    let mut names: Vec<&str> = found.iter().map(|variant| variant.name.as_str()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(format!("two settings are called {:?}", pair[0])),
        None if found.is_empty() => Err("there is nothing to run: write [[vary]] or [[run]]".to_owned()),
        None => Ok(found),
    }
}

fn list<'t>(table: &'t Table, key: &str) -> Result<Vec<&'t Table>, String> {
    let Some(value) = table.get(key) else { return Ok(Vec::new()) };
    let tables = value.as_array().map(|items| items.iter().map(Value::as_table).collect::<Option<Vec<_>>>());
    tables.flatten().ok_or_else(|| format!("write each {key} as a table of its own, [[{key}]]"))
}

/// A `[[vary]]`: a key with the values it takes.
fn axis(table: &Table) -> Result<(Vec<String>, Vec<Value>), String> {
    let key = table
        .get("key")
        .and_then(Value::as_str)
        .ok_or("a [[vary]] needs a key, such as \"rules.sustainability.threshold\"")?;
    let values = table.get("values").and_then(Value::as_array).filter(|values| !values.is_empty());
    let values = values.ok_or_else(|| format!("[[vary]] key {key:?} needs values = [ … ] with at least one"))?;
    if let Some(other) = table.keys().find(|name| !["key", "values"].contains(&name.as_str())) {
        return Err(format!("[[vary]] key {key:?}: {other:?} is neither key nor values"));
    }
    let path: Vec<String> = split(key);
    let refused = path.iter().any(String::is_empty) || path[0] == "base";
    if refused {
        Err(format!("[[vary]] key {key:?} names no setting of scenario.toml"))
    } else {
        Ok((path, values.clone()))
    }
}

/// Parts of a dotted key; a part between quotation marks may hold dots.
fn split(key: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for character in key.chars() {
        match character {
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(String::new()),
            other => parts.last_mut().expect("there is a first part").push(other),
        }
    }
    parts
}

/// Every combination of the values of all axes.
fn combinations(axes: &[(Vec<String>, Vec<Value>)]) -> Result<Vec<Variant>, String> {
    if axes.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = vec![Variant { name: String::new(), settings: Table::new() }];
    for (path, values) in axes {
        if found.len().saturating_mul(values.len()) > MOST {
            return Err(format!("the combinations of all [[vary]] are more than {MOST}"));
        }
        found = found
            .iter()
            .flat_map(|variant| values.iter().map(move |value| (variant, value)))
            .map(|(variant, value)| {
                let mut settings = variant.settings.clone();
                put(&mut settings, path, value.clone())?;
                let part = format!("{}={}", path.join("."), value.to_string().replace('"', ""));
                let name = if variant.name.is_empty() { part } else { format!("{} {part}", variant.name) };
                Ok(Variant { name, settings })
            })
            .collect::<Result<_, String>>()?;
    }
    Ok(found)
}

fn put(table: &mut Table, path: &[String], value: Value) -> Result<(), String> {
    let Some((first, rest)) = path.split_first() else { return Ok(()) };
    if rest.is_empty() {
        table.insert(first.clone(), value);
        return Ok(());
    }
    let inner = table.entry(first.clone()).or_insert_with(|| Value::Table(Table::new()));
    let inner = inner.as_table_mut().ok_or_else(|| format!("{first} is varied both as a whole and in parts"))?;
    put(inner, rest, value)
}

/// A `[[run]]`: a name and settings as in `scenario.toml`.
fn named(table: &Table) -> Result<Variant, String> {
    let name = table.get("name").and_then(Value::as_str).filter(|name| !name.trim().is_empty());
    let name = name.ok_or("a [[run]] needs a name")?.to_owned();
    let mut settings = table.clone();
    settings.remove("name");
    if settings.contains_key("base") {
        return Err(format!("[[run]] {name:?}: base is the folder that is swept; leave it out"));
    }
    Ok(Variant { name, settings })
}

/// Writes a scenario that inherits from the folder.
pub(crate) fn write(variant: &Variant, folder: &Path, child: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(child)?;
    let mut settings = variant.settings.clone();
    let base = relative(&child.canonicalize()?, folder);
    let base = base.to_str().context("the folder's path is not text")?;
    settings.insert("base".to_owned(), Value::String(base.to_owned()));
    std::fs::write(child.join("scenario.toml"), toml::to_string(&settings)?)?;
    Ok(())
}

/// The way from one absolute path to another.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let names = |path: &Path| -> Vec<std::ffi::OsString> {
        let normal = |step| match step {
            Component::Normal(name) => Some(name.to_owned()),
            _ => None,
        };
        path.components().filter_map(normal).collect()
    };
    let (from, to) = (names(from), names(to));
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n(std::ffi::OsString::from(".."), from.len() - shared);
    up.chain(to[shared..].iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{relative, variants};

    fn names(text: &str) -> Result<Vec<String>, String> {
        let found = variants(&text.parse().expect("the test writes valid TOML"))?;
        Ok(found.into_iter().map(|variant| variant.name).collect())
    }

    #[test]
    fn every_combination_and_every_named_setting_is_run_once() {
        let text = r#"
            [[vary]]
            key = "rules.sustainability.threshold"
            values = [0, 40]
            [[vary]]
            key = 'rules.regional_floor.share_permille."Western Africa"'
            values = [100]
            [[run]]
            name = "without the fund"
            drop = { offers = ["northland-fund"] }
        "#;
        let expected = [
            "unchanged",
            "rules.sustainability.threshold=0 rules.regional_floor.share_permille.Western Africa=100",
            "rules.sustainability.threshold=40 rules.regional_floor.share_permille.Western Africa=100",
            "without the fund",
        ];
        assert_eq!(names(text).unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_run_is_refused() {
        for (text, why) in [
            ("[[vary]]\nkey = \"name\"", "needs values"),
            ("[[vary]]\nvalues = [1]", "needs a key"),
            ("[[vary]]\nkey = \"base\"\nvalues = [\"x\"]", "names no setting"),
            ("[[run]]\ncurrency = \"EUR\"", "needs a name"),
            ("[[run]]\nname = \"a\"\nbase = \"x\"", "leave it out"),
            ("[[run]]\nname = \"a\"\n[[run]]\nname = \"a\"", "two settings are called"),
            ("vari = 1", "no part of a vary file"),
            ("unchanged = false", "nothing to run"),
            (
                "[[vary]]\nkey = \"weights.a\"\nvalues = [1]\n[[vary]]\nkey = \"weights.a.b\"\nvalues = [1]",
                "both as a whole",
            ),
        ] {
            let error = names(text).expect_err(text);
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn the_way_goes_up_to_what_is_shared() {
        assert_eq!(relative(Path::new("/a/b/c"), Path::new("/a/d/e")), PathBuf::from("../../d/e"));
        assert_eq!(relative(Path::new("/a"), Path::new("/a/b")), PathBuf::from("b"));
    }
}
