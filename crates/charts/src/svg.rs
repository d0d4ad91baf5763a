//! Elements, escaped and mirrored where the language asks for it.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Text with what XML gives a meaning escaped, and without characters that XML 1.0 does not know.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '<' | '>' | '&' | '"' | '\'') || !is_allowed(c);
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ if is_allowed(letter) => escaped.push(letter),
            _ => {}
        }
    }
    Cow::Owned(escaped)
}

fn is_allowed(letter: char) -> bool {
    !matches!(letter, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// A coordinate with at most one decimal.
pub(crate) fn number(value: f64) -> String {
    let tenths = (value * 10.0).round();
    // Neither "-0" nor what is no number: a layout that made one would still be well-formed.
    if tenths == 0.0 || !tenths.is_finite() {
        return "0".to_owned();
    }
    format!("{}", tenths / 10.0)
}

/// Which end of a text stands at its position, in reading direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing in the making. Positions are given as for left-to-right; a mirrored drawing turns them round.
pub(crate) struct Drawing {
    text: String,
    prefix: String,
    width: f64,
    mirrored: bool,
}

impl Drawing {
    pub(crate) fn new(prefix: &str, width: f64, mirrored: bool) -> Self {
        Self { text: String::with_capacity(8192), prefix: prefix.to_owned(), width, mirrored }
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// An id inside this drawing.
    pub(crate) fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.prefix)
    }

    /// Markup as it stands.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// Position across, turned round in a mirrored drawing.
    fn across(&self, x: f64) -> f64 {
        if self.mirrored { self.width - x } else { x }
    }

    /// `attributes` are written as given, so they hold no text from outside.
    pub(crate) fn rectangle(&mut self, area: Area, attributes: &str) {
        let Area { x, y, width, height } = area;
        let left = if self.mirrored { self.width - x - width } else { x };
        let _ = write!(
            self.text,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{attributes}/>",
            number(left),
            number(y),
            number(width),
            number(height)
        );
    }

    pub(crate) fn circle(&mut self, x: f64, y: f64, radius: f64, attributes: &str) {
        let (x, y, radius) = (number(self.across(x)), number(y), number(radius));
        let _ = write!(self.text, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{attributes}/>");
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), attributes: &str) {
        let (x1, x2) = (number(self.across(from.0)), number(self.across(to.0)));
        let (y1, y2) = (number(from.1), number(to.1));
        let _ = write!(self.text, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"{attributes}/>");
    }

    /// A path from steps of a command and its points.
    pub(crate) fn path(&mut self, steps: &[(char, &[(f64, f64)])], attributes: &str) {
        self.text.push_str("<path d=\"");
        for (command, points) in steps {
            self.text.push(*command);
            for (position, (x, y)) in points.iter().enumerate() {
                let space = if position == 0 { "" } else { " " };
                let _ = write!(self.text, "{space}{} {}", number(self.across(*x)), number(*y));
            }
        }
        let _ = write!(self.text, "\"{attributes}/>");
    }

    /// A line of text. Its class chooses size, weight and colour, which the widths in `typeface` are reckoned with.
    pub(crate) fn label(&mut self, x: f64, y: f64, anchor: Anchor, class: &str, text: &str) {
        let (x, y) = (number(self.across(x)), number(y));
        let (size, weight, colour) = match class {
            "lab" => ("12.5", "600", "#14202b"),
            "figure" => ("12", "500", "#14202b"),
            "heading" => ("12", "600", "#51606d"),
            "code" => ("11", "600", "#14202b"),
            _ => ("11.5", "400", "#51606d"),
        };
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let _ = write!(
            self.text,
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{anchor} font-size=\"{size}\" font-weight=\"{weight}\" \
             fill=\"{colour}\">{}</text>",
            escape(text)
        );
    }

    /// A named group of marks that the keyboard can reach.
    pub(crate) fn traceable(&mut self, class: &str, title: &str, content: impl FnOnce(&mut Self)) {
        let _ = write!(self.text, "<g class=\"mark {class}\" tabindex=\"0\" role=\"img\">");
        self.title(title);
        content(self);
        self.text.push_str("</g>");
    }

    /// A group of marks with a name shown on pointing.
    pub(crate) fn group(&mut self, class: &str, title: &str, content: impl FnOnce(&mut Self)) {
        let _ = write!(self.text, "<g class=\"{class}\">");
        if !title.is_empty() {
            self.title(title);
        }
        content(self);
        self.text.push_str("</g>");
    }

    fn title(&mut self, title: &str) {
        let _ = write!(self.text, "<title>{}</title>", escape(title));
    }
}

/// A rectangle, `x` at its left edge as for left-to-right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_control_characters_do_not_come_through() {
        assert_eq!(escape("a<b>&\"c\"'\u{0}\u{1b}\n"), "a&lt;b&gt;&amp;&quot;c&quot;&#39;\n");
        assert!(matches!(escape("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn numbers_have_one_decimal_and_no_negative_zero() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(12.34), "12.3");
        assert_eq!(number(-0.04), "0");
        assert_eq!(number(f64::NAN), "0");
    }
}
