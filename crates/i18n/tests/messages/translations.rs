//! `docs/translations.md` says of every file whether a native speaker has read it.

use std::fs;

use needmatch_i18n::{Locale, message};

#[test]
fn every_file_has_its_line() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/translations.md");
    let page = fs::read_to_string(path).expect("docs/translations.md");
    for locale in Locale::ALL.into_iter().filter(|locale| *locale != Locale::English) {
        for subject in message::SUBJECTS {
            let file = format!("`{locale}/{subject}.ftl`");
            let lines = page.lines().filter(|line| line.contains(&file)).count();
            assert_eq!(lines, 1, "docs/translations.md names {file} {lines} times");
        }
    }
}
