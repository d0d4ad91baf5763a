//! Messages read from their sources.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use needmatch_i18n::{Locale, message};

/// A message as written.
#[derive(Debug, Default)]
pub(crate) struct Message {
    /// Everything that readers may see, all variants one after the other.
    pub(crate) words: String,
    /// Names of the values it holds.
    pub(crate) values: BTreeSet<String>,
    /// Keys of messages inside it.
    pub(crate) inside: BTreeSet<String>,
    /// Names of the values that choose a variant, with the variants.
    pub(crate) choices: Vec<(String, BTreeSet<String>)>,
}

/// Messages of a subject by key. Fails on what Fluent cannot read and on a key given twice.
pub(crate) fn read(locale: Locale, subject: &str) -> BTreeMap<String, Message> {
    let source = message::source(locale, subject);
    assert!(!source.is_empty(), "{locale}/{subject}.ftl is empty");
    let resource = fluent_syntax::parser::parse(source)
        .unwrap_or_else(|(_, errors)| panic!("{locale}/{subject}.ftl cannot be read: {errors:?}"));
    let mut messages = BTreeMap::new();
    for entry in resource.body {
        if let Entry::Message(entry) = entry {
            let key = entry.id.name.to_owned();
            let mut message = Message::default();
            let pattern = entry.value.unwrap_or_else(|| panic!("{locale}: {key} is empty"));
            gather(&pattern, &mut message);
            assert!(messages.insert(key.clone(), message).is_none(), "{locale}: {key} stands twice");
        }
    }
    messages
}

/// Messages of all subjects by key.
pub(crate) fn read_all(locale: Locale) -> BTreeMap<String, Message> {
    let mut all = BTreeMap::new();
    for subject in message::SUBJECTS {
        for (key, message) in read(locale, subject) {
            assert!(all.insert(key.clone(), message).is_none(), "{locale}: {key} stands in two files");
        }
    }
    all
}

fn gather(pattern: &Pattern<&str>, message: &mut Message) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => message.words.push_str(value),
            PatternElement::Placeable { expression } => gather_expression(expression, message),
        }
    }
    message.words.push('\n');
}

fn gather_expression(expression: &Expression<&str>, message: &mut Message) {
    match expression {
        Expression::Inline(inline) => gather_inline(inline, message),
        Expression::Select { selector, variants } => {
            gather_inline(selector, message);
            let names = variants.iter().map(|variant| match variant.key {
                fluent_syntax::ast::VariantKey::Identifier { name } => name.to_owned(),
                fluent_syntax::ast::VariantKey::NumberLiteral { value } => value.to_owned(),
            });
            if let InlineExpression::VariableReference { id } = selector {
                message.choices.push((id.name.to_owned(), names.collect()));
            }
            for variant in variants {
                gather(&variant.value, message);
            }
        }
    }
}

fn gather_inline(inline: &InlineExpression<&str>, message: &mut Message) {
    match inline {
        InlineExpression::VariableReference { id } => {
            message.values.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, .. } => {
            message.inside.insert(id.name.to_owned());
        }
        InlineExpression::StringLiteral { value } => message.words.push_str(value),
        InlineExpression::Placeable { expression } => gather_expression(expression, message),
        other => panic!("messages use values and other messages only, not {other:?}"),
    }
}
