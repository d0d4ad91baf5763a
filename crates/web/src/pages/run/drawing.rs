//! A chart with what belongs to it on a page: its table, and the addresses of both as files.

use needmatch_charts::{Chart, Destination, Frame, Table};
use needmatch_i18n::Locale;

/// The charts of a run, by the names of their files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Flow,
    Coverage,
    Offers,
}

impl Subject {
    pub(crate) const ALL: [Self; 3] = [Self::Flow, Self::Coverage, Self::Offers];

    /// Name of its files, and what begins every id inside.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Coverage => "coverage",
            Self::Offers => "offers",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Flow => "chart-flow-title",
            Self::Coverage => "chart-heat-title",
            Self::Offers => "chart-use-title",
        }
    }
}

/// A chart ready to be put into a page.
pub(crate) struct Drawing {
    pub(crate) svg: String,
    pub(crate) table: Table,
    pub(crate) svg_address: String,
    pub(crate) csv_address: String,
}

/// The frame of a chart.
pub(crate) fn frame(locale: Locale, subject: Subject, description: String, destination: Destination) -> Frame {
    let title = needmatch_i18n::text(locale, subject.title(), &[]);
    Frame::new(subject.name(), locale.code(), title, description)
        .right_to_left(locale.is_right_to_left())
        .destined(destination)
}

impl Drawing {
    /// Draws a chart for a page. `base` is the address of the run.
    pub(crate) fn of(chart: &impl Chart, frame: &Frame, subject: Subject, base: &str) -> Self {
        let address = |extension: &str| format!("{base}/{}.{extension}", subject.name());
        Self { svg: chart.svg(frame), table: chart.table(), svg_address: address("svg"), csv_address: address("csv") }
    }
}
