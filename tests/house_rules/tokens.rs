//! Rust source without its comments and the insides of its texts, so that a rule about code is not broken by prose.

/// The code alone. Comments and the insides of string and character literals become blanks; lines stay where they were.
pub(crate) fn code_only(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| literal(rest, code.chars().next_back()));
        let length = skipped.unwrap_or(first.len_utf8());
        let (piece, behind) = rest.split_at(length);
        if skipped.is_some() {
            code.extend(piece.chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }));
        } else {
            code.push(first);
        }
        rest = behind;
    }
    code
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    rest.starts_with("/*").then(|| {
        let mut depth = 0_usize;
        let mut at = 0;
        while at < rest.len() {
            let (step, change) = match &rest.as_bytes()[at..] {
                [b'/', b'*', ..] => (2, 1),
                [b'*', b'/', ..] => (2, -1),
                _ => (1, 0),
            };
            at += step;
            depth = depth.saturating_add_signed(change);
            if depth == 0 {
                break;
            }
        }
        at
    })
}

/// Length of the text or character literal at the start of `rest`, prefix and quotes included.
fn literal(rest: &str, before: Option<char>) -> Option<usize> {
    let inside_a_name = before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let unprefixed = if inside_a_name { rest } else { rest.trim_start_matches(['b', 'c']) };
    let prefix = rest.len() - unprefixed.len();
    if let Some(raw) = unprefixed.strip_prefix('r').filter(|_| !inside_a_name) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let closing = format!("\"{}", "#".repeat(hashes));
            let opened = prefix + 1 + hashes + 1;
            return Some(rest[opened..].find(&closing).map_or(rest.len(), |at| opened + at + closing.len()));
        }
    }
    match unprefixed.as_bytes() {
        [b'"', ..] => Some(prefix + quoted(unprefixed, b'"')),
        [b'\'', b'\\', ..] => Some(prefix + quoted(unprefixed, b'\'')),
        // A quote closes behind one character, else it opened a lifetime.
        [b'\'', ..] => {
            let letter = unprefixed[1..].chars().next()?;
            let closing = 1 + letter.len_utf8();
            (unprefixed.as_bytes().get(closing) == Some(&b'\'')).then_some(prefix + closing + 1)
        }
        _ => None,
    }
}

fn quoted(text: &str, quote: u8) -> usize {
    let mut at = 1;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::code_only;

    #[test]
    fn comments_and_texts_go_and_code_stays() {
        let left = |source: &str| code_only(source).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(left("let a = 1; // unsafe\nlet b;"), "let a = 1; let b;");
        assert_eq!(left("/* a /* b */ c */ fn f() {}"), "fn f() {}");
        assert_eq!(left(r#"call("un\"safe", 'x', '\'', b"y")"#), "call( , , , )");
        assert_eq!(left("f(r#\"a \"quoted\" b\"#); g::<'static>()"), "f( ); g::<'static>()");
        assert_eq!(left("let for_r\"\" = bar;"), "let for_r = bar;");
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end_with_its_lines(source in "[a-z/*\"'#\\\\\n é]{0,60}") {
            let code = code_only(&source);
            prop_assert_eq!(code.chars().count(), source.chars().count());
            prop_assert_eq!(code.lines().count(), source.lines().count());
        }
    }
}
