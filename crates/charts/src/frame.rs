//! What surrounds a chart: its name, its description, its direction and where it goes.

use std::fmt::Write as _;

use crate::stylesheet::STYLESHEET;
use crate::svg::{Drawing, escape};

/// Where the drawing goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Destination {
    /// Into a page that serves [`STYLESHEET`] and forbids inline styles.
    #[default]
    Page,
    /// Into a file of its own, which carries its stylesheet.
    File,
}

/// Name, description, direction and destination of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    prefix: String,
    title: String,
    description: String,
    language: String,
    mirrored: bool,
    destination: Destination,
}

impl Frame {
    /// A frame for a page, from left to right.
    ///
    /// `prefix` begins every id inside, so that two charts can share a page; letters, digits, `-` and `_` of it are
    /// kept. `language` is a BCP 47 code for the `lang` attribute.
    pub fn new(prefix: &str, language: &str, title: impl Into<String>, description: impl Into<String>) -> Self {
        let kept = |text: &str| text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        let mut prefix: String = kept(prefix);
        if !prefix.starts_with(|first: char| first.is_ascii_alphabetic()) {
            prefix.insert_str(0, "chart");
        }
        Self {
            prefix,
            title: title.into(),
            description: description.into(),
            language: kept(language),
            mirrored: false,
            destination: Destination::Page,
        }
    }

    /// The same frame for a language whose lines begin on the right.
    #[must_use]
    pub fn right_to_left(mut self, mirrored: bool) -> Self {
        self.mirrored = mirrored;
        self
    }

    /// The same frame for another destination.
    #[must_use]
    pub fn destined(mut self, destination: Destination) -> Self {
        self.destination = destination;
        self
    }

    /// What every id inside begins with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Draws what `content` draws inside a named and described `<svg>` of that size.
    pub(crate) fn enclose(&self, shape: &Shape, content: impl FnOnce(&mut Drawing)) -> String {
        let Shape { kind, width, height, traceable } = *shape;
        let mut drawing = Drawing::new(&self.prefix, width, self.mirrored);
        drawing.raw(&self.opening(kind, width, height, traceable));
        content(&mut drawing);
        drawing.raw("</svg>");
        drawing.finish()
    }

    fn opening(&self, kind: &str, width: f64, height: f64, traceable: bool) -> String {
        let Self { prefix, language, .. } = self;
        let (width, height) = (crate::svg::number(width), crate::svg::number(height));
        let direction = if self.mirrored { "rtl" } else { "ltr" };
        let role = if traceable { "group" } else { "img" };
        let mut opening = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart {kind}\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" role=\"{role}\" aria-labelledby=\"{prefix}-title\" \
             aria-describedby=\"{prefix}-description\" lang=\"{language}\" direction=\"{direction}\" \
             font-family=\"system-ui, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans CJK SC', sans-serif\">"
        );
        // Writing to a String cannot fail.
        let _ = write!(
            opening,
            "<title id=\"{prefix}-title\">{}</title><desc id=\"{prefix}-description\">{}</desc>",
            escape(&self.title),
            escape(&self.description)
        );
        if self.destination == Destination::File {
            let _ = write!(opening, "<style>{}</style>", escape(STYLESHEET));
        }
        opening
    }
}

/// Kind, size and nature of a drawing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Class beside `chart`.
    pub(crate) kind: &'static str,
    /// Width in user units, one to a CSS pixel at full size.
    pub(crate) width: f64,
    /// Height in the same units.
    pub(crate) height: f64,
    /// Whether single marks can be reached by keyboard.
    pub(crate) traceable: bool,
}
