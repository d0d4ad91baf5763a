//! What no Rust source may hold, how long it may be and what it may be called.

use std::path::Path;

use crate::repository::{expect_none, files};
use crate::tokens::code_only;

/// Code that goes round a check or leaves work undone.
const FORBIDDEN: [&str; 7] = ["#[allow", "#![allow", "#[ignore", "todo!", "unimplemented!", "dbg!", "unsafe"];

/// Longest source that is no test, in lines.
const LONGEST: usize = 400;

/// Names that say nothing of what is inside.
const VAGUE: [&str; 7] = ["util", "utils", "helper", "helpers", "common", "manager", "misc"];

#[test]
fn no_source_goes_round_a_check_or_leaves_work_undone() {
    let mut breaches = Vec::new();
    for file in files().iter().filter(|file| file.is_rust()) {
        let code = code_only(file.text.as_deref().expect("Rust source is UTF-8"));
        for (number, line) in code.lines().enumerate() {
            let held = FORBIDDEN.iter().filter(|forbidden| holds_word(line, forbidden));
            breaches.extend(held.map(|forbidden| format!("{}:{}: {forbidden}", file.path, number + 1)));
        }
    }
    expect_none("use #[expect(…, reason = \"…\")] where a lint is wrong, and finish what is begun", &breaches);
}

fn holds_word(line: &str, word: &str) -> bool {
    let part_of_a_name = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    line.match_indices(word).any(|(at, _)| {
        let joined_before = word.starts_with(char::is_alphabetic) && part_of_a_name(line[..at].chars().next_back());
        let joined_behind =
            word.ends_with(char::is_alphabetic) && part_of_a_name(line[at + word.len()..].chars().next());
        !joined_before && !joined_behind
    })
}

#[test]
fn words_are_found_whole() {
    assert!(holds_word("unsafe { read() }", "unsafe"));
    assert!(!holds_word("#![forbid(unsafe_code)]", "unsafe"));
    assert!(holds_word("#[allow(dead_code)]", "#[allow"));
    assert!(!holds_word("#[allowed]", "#[allow"));
    assert!(!holds_word("my_todo!()", "todo!"));
}

#[test]
fn no_source_is_longer_than_one_sitting() {
    let long: Vec<_> = files()
        .iter()
        .filter(|file| file.is_rust() && !file.is_rust_test())
        .map(|file| (file, file.text.as_deref().map_or(0, |text| text.lines().count())))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(file, lines)| format!("{}: {lines} lines", file.path))
        .collect();
    expect_none("split these by the reasons they change for", &long);
}

#[test]
fn no_name_is_vague() {
    let vague: Vec<_> = files()
        .iter()
        .filter(|file| {
            let path = Path::new(&file.path);
            let folders = path.parent().into_iter().flat_map(Path::iter);
            folders.chain(path.file_stem()).any(|name| VAGUE.iter().any(|vague| name.eq_ignore_ascii_case(vague)))
        })
        .map(|file| file.path.clone())
        .collect();
    expect_none("name these after what is inside", &vague);
}
