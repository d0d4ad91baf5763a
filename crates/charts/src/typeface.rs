//! How wide a text will be, without a font at hand: widths by script, generous enough for the bold of a wide font, so
//! that text fits.

/// Width of one letter in parts of the font's size.
fn letter_width(letter: char) -> f64 {
    match letter {
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200f}' | '\u{2066}'..='\u{2069}' => 0.0,
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | 'ا' | '·' => 0.34,
        'f' | 't' | 'r' | 'I' | ' ' | '\u{a0}' | '\u{202f}' | '(' | ')' | '-' => 0.44,
        'm' | 'w' | 'M' | 'W' | '%' | '‰' | '@' | 'ж' | 'ш' | 'щ' | 'ю' | 'ы' | 'м' => 0.98,
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}' => 1.0,
        '\u{590}'..='\u{6ff}' => 0.62,
        'A'..='Z' | '\u{410}'..='\u{42f}' => 0.78,
        _ => 0.66,
    }
}

/// Width of a text at that size.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(letter_width).sum::<f64>() * size
}

/// The text, or as much of it as fits with an ellipsis, cut between words where that leaves at least half of the room.
pub(crate) fn fit(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let room = room - size;
    let mut used = 0.0;
    let mut end = 0;
    let mut word_end = 0;
    let mut word_end_used = 0.0;
    for (position, letter) in text.char_indices() {
        used += letter_width(letter) * size;
        if used > room {
            break;
        }
        if letter.is_whitespace() {
            word_end = position;
            word_end_used = used;
        }
        end = position + letter.len_utf8();
    }
    let cut = if word_end_used * 2.0 >= room { word_end } else { end };
    format!(
        "{}…",
        text[..cut].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '·' | '-' | '،'))
    )
}

/// The text in at most `most` lines, broken between words, or between ideographs. What is still too wide is cut.
pub(crate) fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = if lines.len() + 1 >= most { rest.len() } else { line_end(rest, size, room) };
        lines.push(fit(rest[..end].trim_end(), size, room));
        rest = rest[end..].trim_start();
    }
    lines
}

/// Width of the widest part that [`wrap`] does not break.
pub(crate) fn widest_word(text: &str, size: f64) -> f64 {
    let mut widest = 0.0_f64;
    let mut word = 0.0;
    for letter in text.chars() {
        if letter == ' ' || is_ideograph(letter) {
            word = 0.0;
        }
        word += letter_width(letter) * size;
        widest = widest.max(word);
    }
    widest
}

fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Where the first line ends: at the last break that fits, else at the first one; never 0.
fn line_end(text: &str, size: f64, room: f64) -> usize {
    let mut used = 0.0;
    let mut last_break = None;
    for (position, letter) in text.char_indices() {
        let breaks = position > 0 && (letter == ' ' || is_ideograph(letter));
        if used > room && (breaks || last_break.is_some()) {
            return last_break.unwrap_or(position);
        }
        if breaks {
            last_break = Some(position);
        }
        used += letter_width(letter) * size;
    }
    if used > room { last_break.unwrap_or(text.len()) } else { text.len() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_are_cut_between_words_where_possible() {
        assert_eq!(fit("Western Africa", 12.0, 200.0), "Western Africa");
        assert_eq!(fit("United Nations Office for Disarmament Affairs", 12.0, 170.0), "United Nations Office…");
        assert_eq!(fit("Donaudampfschifffahrtsgesellschaft", 12.0, 100.0).chars().last(), Some('…'));
    }

    #[test]
    fn lines_end_between_words_or_ideographs() {
        assert_eq!(wrap("拉丁美洲和加勒比", 12.0, 60.0, 2), ["拉丁美洲和", "加勒比"]);
        assert_eq!(wrap("Caribbean", 12.0, 60.0, 3), ["Caribb…"]);
        assert_eq!(wrap("Western Africa", 12.0, 60.0, 3), ["Western", "Africa"]);
    }

    proptest! {
        #[test]
        fn what_is_fitted_fits(text in "\\PC{0,80}", room in 40.0..400.0_f64) {
            prop_assert!(width(&fit(&text, 12.0, room), 12.0) <= room + 1e-9);
            let lines = wrap(&text, 12.0, room, 3);
            prop_assert!(lines.len() <= 3);
            prop_assert!(lines.iter().all(|line| width(line, 12.0) <= room + 1e-9));
        }
    }
}
