//! Messages by key. They stand in `locales/<language>/<subject>.ftl` and are compiled in.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Entry;

use crate::locale::Locale;
use crate::negotiation::identifier;
use crate::value::{Value, written_count};

/// Subjects: one file each in every language.
pub const SUBJECTS: [&str; 12] = [
    "areas", "charts", "faults", "figures", "findings", "mail", "pages", "phrases", "problems", "reasons", "refusals",
    "rules",
];

macro_rules! sources {
    ($language:literal) => {
        [
            include_str!(concat!("../locales/", $language, "/areas.ftl")),
            include_str!(concat!("../locales/", $language, "/charts.ftl")),
            include_str!(concat!("../locales/", $language, "/faults.ftl")),
            include_str!(concat!("../locales/", $language, "/figures.ftl")),
            include_str!(concat!("../locales/", $language, "/findings.ftl")),
            include_str!(concat!("../locales/", $language, "/mail.ftl")),
            include_str!(concat!("../locales/", $language, "/pages.ftl")),
            include_str!(concat!("../locales/", $language, "/phrases.ftl")),
            include_str!(concat!("../locales/", $language, "/problems.ftl")),
            include_str!(concat!("../locales/", $language, "/reasons.ftl")),
            include_str!(concat!("../locales/", $language, "/refusals.ftl")),
            include_str!(concat!("../locales/", $language, "/rules.ftl")),
        ]
    };
}

/// By language in the order of [`Locale::ALL`], then by subject in the order of [`SUBJECTS`].
const SOURCES: [[&str; SUBJECTS.len()]; Locale::ALL.len()] =
    [sources!("ar"), sources!("zh"), sources!("en"), sources!("fr"), sources!("ru"), sources!("es")];

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; Locale::ALL.len()]> = LazyLock::new(|| Locale::ALL.map(bundle));

static KEYS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut keys: Vec<_> = SUBJECTS.iter().flat_map(|subject| keys_in(source(Locale::English, subject))).collect();
    keys.sort_unstable();
    keys
});

/// The message in that language, for HTML.
///
/// Values stay between the isolating characters U+2068 and U+2069, so that a name of another direction does not
/// disturb the sentence. Nothing is escaped: that is the template's part. A key without a message shows as `⟦key⟧`,
/// which no finished page may hold.
pub fn text(locale: Locale, key: &str, values: &[(&str, Value)]) -> String {
    let bundle = &BUNDLES[locale.position()];
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return format!("⟦{key}⟧");
    };
    let mut arguments = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        arguments.set(*name, value.to_fluent(locale));
    }
    // A value that is missing shows as its name: better than no sentence. The tests compare the names in all languages.
    let mut problems = Vec::new();
    bundle.format_pattern(pattern, Some(&arguments), &mut problems).into_owned()
}

/// The message in that language without isolating characters, for CSV, workbooks, mail and terminals.
pub fn plain(locale: Locale, key: &str, values: &[(&str, Value)]) -> String {
    let mut message = text(locale, key, values);
    message.retain(|letter| !matches!(letter, '\u{2068}' | '\u{2069}'));
    message
}

/// Every key, sorted. The same in all six languages.
pub fn keys() -> &'static [&'static str] {
    &KEYS
}

/// Whether a message of that key exists.
pub fn has(key: &str) -> bool {
    KEYS.binary_search(&key).is_ok()
}

/// Names of the values that a message holds, the same in all six languages; none for a key without a message.
pub fn values(key: &str) -> BTreeSet<&'static str> {
    let sources = SOURCES[Locale::English.position()];
    let begins = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(" ="));
    let lines = sources.into_iter().flat_map(str::lines).skip_while(|line| !begins(line));
    // A message goes on as long as its lines are set in.
    let own = lines.enumerate().take_while(|(at, line)| *at == 0 || line.starts_with(' ')).map(|(_, line)| line);
    let end = |name: &'static str| name.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    own.flat_map(|line| line.split('$').skip(1)).map(|name| &name[..end(name).unwrap_or(name.len())]).collect()
}

/// The Fluent source of a subject in that language; empty for an unknown subject.
pub fn source(locale: Locale, subject: &str) -> &'static str {
    SUBJECTS.iter().position(|known| *known == subject).map_or("", |position| SOURCES[locale.position()][position])
}

fn keys_in(source: &'static str) -> Vec<&'static str> {
    let resource = match fluent_syntax::parser::parse(source) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let messages = resource.body.into_iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name),
        _ => None,
    });
    messages.collect()
}

/// What is wrong in a source never keeps the others from being shown; the tests refuse it.
fn bundle(locale: Locale) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![identifier(locale)]);
    for source in SOURCES[locale.position()] {
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle.set_formatter(Some(|value, _| written_count(value)));
    bundle
}
