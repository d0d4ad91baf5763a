//! Shares by row and column, as cells of five levels with their figures.

use crate::frame::Shape;
use crate::pattern::{define_levels, level_fill, level_texture};
use crate::svg::{Anchor, Area, Drawing};
use crate::table::Table;
use crate::typeface::{fit, widest_word, width, wrap};
use crate::{Chart, Frame, Level};

/// A cell: its figure and how good it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The figure, written; empty where nothing was asked for.
    pub text: String,
    /// Its level; none where nothing was asked for.
    pub level: Option<Level>,
    /// What the cell means, as a sentence, shown on pointing.
    pub title: String,
}

/// A row of cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeatRow {
    /// Name.
    pub label: String,
    /// One cell for each column; missing ones are empty.
    pub cells: Vec<Cell>,
}

/// A table of shares with colour and texture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heat {
    /// Name of the column of row names, for the table.
    pub corner: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, in the order in which they stand.
    pub rows: Vec<HeatRow>,
    /// Meaning of each level, from 0; as many as are given are shown.
    pub legend: Vec<String>,
}

const LABEL: f64 = 12.5;
const HEADING: f64 = 12.0;
const ROW: f64 = 32.0;
const MARGIN: f64 = 4.0;
const HEADING_LINE: f64 = 15.0;
const HEADING_LINES: usize = 3;
const MOST_FOR_LABELS: f64 = 340.0;
const LEAST_WIDTH: f64 = 760.0;
const LEAST_COLUMN: f64 = 72.0;
/// Widest column made for one long word; what is longer is cut.
const MOST_COLUMN: f64 = 130.0;
const LEGEND: f64 = 34.0;

impl Chart for Heat {
    fn svg(&self, frame: &Frame) -> String {
        let labels = self.rows.iter().map(|row| width(&row.label, LABEL)).fold(80.0, f64::max).min(MOST_FOR_LABELS);
        let first = MARGIN + labels + 12.0;
        let columns = count(self.columns.len().max(1));
        let word = self.columns.iter().map(|name| widest_word(name, HEADING) + 8.0).fold(LEAST_COLUMN, f64::max);
        let column = ((LEAST_WIDTH - first - MARGIN) / columns).max(word.min(MOST_COLUMN));
        let headings: Vec<Vec<String>> =
            self.columns.iter().map(|name| wrap(name, HEADING, column - 8.0, HEADING_LINES)).collect();
        let lines = headings.iter().map(Vec::len).max().unwrap_or(1);
        let top = MARGIN + HEADING_LINE * count(lines) + 8.0;
        let bottom = top + ROW * count(self.rows.len());
        let legend = if self.legend.is_empty() { 0.0 } else { LEGEND };
        let shape = Shape {
            kind: "heat",
            width: first + column * columns + MARGIN,
            height: bottom + legend + MARGIN,
            traceable: false,
        };
        frame.enclose(&shape, |drawing| {
            define_levels(drawing);
            for (index, heading) in headings.iter().enumerate() {
                let x = first + column * (count(index) + 0.5);
                for (line, text) in heading.iter().rev().enumerate() {
                    let y = top - 10.0 - HEADING_LINE * count(line);
                    drawing.label(x, y, Anchor::Middle, "heading", text);
                }
            }
            for (index, row) in self.rows.iter().enumerate() {
                let y = top + ROW * count(index);
                drawing.label(first - 12.0, y + 20.5, Anchor::End, "lab", &fit(&row.label, LABEL, labels));
                for position in 0..self.columns.len() {
                    let area = Area {
                        x: first + column * count(position) + 1.0,
                        y: y + 1.0,
                        width: column - 2.0,
                        height: ROW - 2.0,
                    };
                    cell(drawing, area, row.cells.get(position));
                }
            }
            draw_legend(drawing, &self.legend, first, bottom + 12.0);
        })
    }

    fn table(&self) -> Table {
        let headers = std::iter::once(&self.corner).chain(&self.columns).cloned().collect();
        let row = |row: &HeatRow| {
            let cell = |position| row.cells.get(position).map(|cell: &Cell| cell.text.clone()).unwrap_or_default();
            std::iter::once(row.label.clone()).chain((0..self.columns.len()).map(cell)).collect()
        };
        Table { headers, rows: self.rows.iter().map(row).collect() }
    }
}

fn cell(drawing: &mut Drawing, area: Area, cell: Option<&Cell>) {
    let Some((cell, level)) = cell.and_then(|cell| cell.level.map(|level| (cell, level))) else {
        drawing.rectangle(area, " class=\"empty\" fill=\"none\" stroke=\"#d8e0e6\" rx=\"3\"");
        return;
    };
    drawing.group("cell", &cell.title, |drawing| {
        swatch(drawing, area, level);
        let text = fit(&cell.text, 12.0, area.width - 6.0);
        let middle = (area.x + area.width / 2.0, area.y + area.height / 2.0 + 4.5);
        drawing.label(middle.0, middle.1, Anchor::Middle, "figure", &text);
    });
}

/// A rectangle in the colour and texture of a level.
pub(crate) fn swatch(drawing: &mut Drawing, area: Area, level: Level) {
    drawing.rectangle(area, &format!("{} rx=\"3\"", level_fill(level.index())));
    if let Some(texture) = level_texture(drawing, level.index()) {
        drawing.rectangle(area, &format!("{texture} rx=\"3\""));
    }
}

/// The meaning of the levels, from `x` on.
pub(crate) fn draw_legend(drawing: &mut Drawing, legend: &[String], x: f64, y: f64) {
    let mut x = x;
    for (level, meaning) in Level::ALL.iter().zip(legend) {
        swatch(drawing, Area { x, y, width: 20.0, height: 14.0 }, *level);
        drawing.label(x + 26.0, y + 11.0, Anchor::Start, "legend", meaning);
        x += 26.0 + width(meaning, 11.5) + 18.0;
    }
}

/// A small number as a length.
pub(crate) fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
