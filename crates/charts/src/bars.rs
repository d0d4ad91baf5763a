//! Parts of a whole as bars: what is used of each offer and what is left, what a state has of what it needs.

use crate::frame::Shape;
use crate::heat::count;
use crate::pattern::{define_palette, palette_fill, palette_texture};
use crate::svg::{Anchor, Area, Drawing};
use crate::table::Table;
use crate::typeface::{fit, width};
use crate::{Chart, Frame};

/// A kind of part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    /// Name.
    pub label: String,
    /// Whether this part is what is missing or left: drawn hollow.
    pub hollow: bool,
}

/// A part of a bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segment {
    /// Its size.
    pub value: u64,
    /// Its size, written.
    pub label: String,
}

/// A bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bar {
    /// Name.
    pub label: String,
    /// What stands behind the bar, such as a share; may be empty.
    pub note: String,
    /// What the bar means, as a sentence.
    pub title: String,
    /// Parts, one for each series; missing ones are nothing.
    pub segments: Vec<Segment>,
}

/// What the length of a bar means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Measure {
    /// Every bar is as long as the others: only shares compare. For offers in different units.
    #[default]
    Share,
    /// One scale for all bars: for amounts in one unit.
    Amount,
}

/// Bars of parts, one below the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bars {
    /// Name of the column of bar names, for the table.
    pub corner: String,
    /// Kinds of parts, in order from the start of the bar.
    pub series: Vec<Series>,
    /// Bars, in the order in which they stand.
    pub bars: Vec<Bar>,
    /// What the length means.
    pub measure: Measure,
}

const WIDTH: f64 = 760.0;
const MARGIN: f64 = 6.0;
const ROW: f64 = 30.0;
const THICKNESS: f64 = 18.0;
const LABEL: f64 = 12.5;
const NOTE: f64 = 11.5;
const MOST_FOR_LABELS: f64 = 260.0;
const MOST_FOR_NOTES: f64 = 170.0;
const TOP: f64 = 34.0;

/// Where the bars begin and end.
struct Columns {
    start: f64,
    end: f64,
    labels: f64,
    notes: f64,
}

impl Chart for Bars {
    fn svg(&self, frame: &Frame) -> String {
        let widest = |text: fn(&Bar) -> &str, size: f64, most: f64| {
            self.bars.iter().map(|bar| width(text(bar), size)).fold(0.0, f64::max).min(most)
        };
        let labels = widest(|bar| &bar.label, LABEL, MOST_FOR_LABELS);
        let notes = widest(|bar| &bar.note, NOTE, MOST_FOR_NOTES);
        let columns = Columns { start: MARGIN + labels + 12.0, end: WIDTH - MARGIN - notes - 10.0, labels, notes };
        let longest = self.bars.iter().map(total).max().unwrap_or(0);
        let shape =
            Shape { kind: "bars", width: WIDTH, height: TOP + ROW * count(self.bars.len()) + MARGIN, traceable: true };
        frame.enclose(&shape, |drawing| {
            define_palette(drawing, self.series.len());
            self.draw_legend(drawing, columns.start);
            for (index, bar) in self.bars.iter().enumerate() {
                let whole = match self.measure {
                    Measure::Share => total(bar),
                    Measure::Amount => longest,
                };
                let y = TOP + ROW * count(index);
                drawing.traceable("bar", &bar.title, |drawing| self.draw_bar(drawing, &columns, bar, whole, y));
            }
        })
    }

    fn table(&self) -> Table {
        let headers = std::iter::once(&self.corner).chain(self.series.iter().map(|series| &series.label)).cloned();
        let row = |bar: &Bar| {
            let part = |index| bar.segments.get(index).map(|part: &Segment| part.label.clone()).unwrap_or_default();
            std::iter::once(bar.label.clone()).chain((0..self.series.len()).map(part)).collect()
        };
        Table { headers: headers.collect(), rows: self.bars.iter().map(row).collect() }
    }
}

fn total(bar: &Bar) -> u128 {
    bar.segments.iter().map(|part| u128::from(part.value)).sum()
}

impl Bars {
    fn draw_legend(&self, drawing: &mut Drawing, start: f64) {
        let mut x = start;
        for (index, series) in self.series.iter().enumerate() {
            part(drawing, Area { x, y: 6.0, width: 20.0, height: 14.0 }, index, series.hollow);
            drawing.label(x + 26.0, 17.0, Anchor::Start, "legend", &series.label);
            x += 26.0 + width(&series.label, NOTE) + 18.0;
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "lengths on a screen; amounts are in the table")]
    fn draw_bar(&self, drawing: &mut Drawing, columns: &Columns, bar: &Bar, whole: u128, y: f64) {
        drawing.label(columns.start - 12.0, y + 14.0, Anchor::End, "lab", &fit(&bar.label, LABEL, columns.labels));
        let room = columns.end - columns.start;
        let track = Area { x: columns.start, y, width: room, height: THICKNESS };
        drawing.rectangle(track, " class=\"track\" fill=\"#eef2f5\" rx=\"3\"");
        let mut x = columns.start;
        for (index, (segment, series)) in bar.segments.iter().zip(&self.series).enumerate() {
            if segment.value == 0 || whole == 0 {
                continue;
            }
            let length = room * segment.value as f64 / whole as f64;
            part(drawing, Area { x, y, width: length, height: THICKNESS }, index, series.hollow);
            x += length;
        }
        if !bar.note.is_empty() {
            let note = fit(&bar.note, NOTE, columns.notes);
            drawing.label(columns.end + 10.0, y + 13.5, Anchor::Start, "sub", &note);
        }
    }
}

fn part(drawing: &mut Drawing, area: Area, index: usize, hollow: bool) {
    if hollow {
        // The stroke stands inside, so that the bar keeps its length.
        let inner =
            Area { x: area.x + 0.5, y: area.y + 0.5, width: (area.width - 1.0).max(0.0), height: area.height - 1.0 };
        drawing
            .rectangle(inner, " class=\"hollow\" fill=\"#fff\" stroke=\"#5b7688\" stroke-dasharray=\"3 2\" rx=\"2\"");
        return;
    }
    drawing.rectangle(area, &format!("{} rx=\"2\"", palette_fill(index, "")));
    if let Some(texture) = palette_texture(drawing, index) {
        drawing.rectangle(area, &format!("{texture} rx=\"2\""));
    }
}
