//! A map without borders: one tile for each state, gathered by subregion, columns of subregions from west to east.

use crate::frame::Shape;
use crate::heat::{count, draw_legend, swatch};
use crate::pattern::define_levels;
use crate::svg::{Anchor, Area, Drawing};
use crate::table::Table;
use crate::typeface::fit;
use crate::{Chart, Frame, Level};

/// A state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tile {
    /// Short code shown on the tile.
    pub code: String,
    /// Name.
    pub name: String,
    /// Its figure, written.
    pub text: String,
    /// Its level; none where it asked for nothing.
    pub level: Option<Level>,
    /// What the tile means, as a sentence, shown on pointing.
    pub title: String,
}

/// A subregion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TileGroup {
    /// Name.
    pub label: String,
    /// Column in which it stands, from the west: subregions of one column stand one below the other, in the order
    /// given. Columns without a group take no room.
    pub column: u8,
    /// States, in the order in which they stand.
    pub tiles: Vec<Tile>,
}

/// A tile map.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tiles {
    /// Names of the table's three columns: subregion, state, figure.
    pub headers: [String; 3],
    /// Subregions.
    pub groups: Vec<TileGroup>,
    /// Meaning of each level, from 0; as many as are given are shown.
    pub legend: Vec<String>,
}

const TILE: f64 = 40.0;
const STEP: f64 = 43.0;
const HEADING: f64 = 24.0;
const BETWEEN_GROUPS: f64 = 12.0;
const BETWEEN_COLUMNS: f64 = 26.0;
const MARGIN: f64 = 6.0;
const LEGEND: f64 = 34.0;
/// Tiles that stand beside one another in all columns together.
const TILES_ACROSS: usize = 22;
/// Least tiles beside one another in a column, so that its heading has room.
const LEAST_ACROSS: usize = 3;

impl Tiles {
    /// The columns that hold a group, from the west, and how many tiles stand beside one another in each: the tallest
    /// column is widened until all the room is taken.
    fn columns(&self) -> Vec<(u8, usize)> {
        let mut numbers: Vec<u8> = self.groups.iter().map(|group| group.column).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut columns: Vec<(u8, usize)> = numbers.into_iter().map(|number| (number, LEAST_ACROSS)).collect();
        let spare = TILES_ACROSS.saturating_sub(LEAST_ACROSS * columns.len());
        for _ in 0..spare {
            let tallest = columns.iter_mut().rev().max_by_key(|(number, across)| self.column_rows(*number, *across));
            if let Some((_, across)) = tallest {
                *across += 1;
            }
        }
        columns
    }

    fn in_column(&self, number: u8) -> impl Iterator<Item = &TileGroup> {
        self.groups.iter().filter(move |group| group.column == number)
    }

    /// Rows of tiles in a column, a heading counted as one.
    fn column_rows(&self, number: u8, across: usize) -> usize {
        self.in_column(number).map(|group| group.tiles.len().div_ceil(across) + 1).sum()
    }

    fn column_height(&self, number: u8, across: usize) -> f64 {
        self.in_column(number).map(|group| group_height(group, across)).sum()
    }
}

fn group_height(group: &TileGroup, across: usize) -> f64 {
    HEADING + STEP * count(group.tiles.len().div_ceil(across)) + BETWEEN_GROUPS
}

impl Chart for Tiles {
    fn svg(&self, frame: &Frame) -> String {
        let columns = self.columns();
        let width: f64 = columns.iter().map(|(_, across)| STEP * count(*across)).sum::<f64>()
            + BETWEEN_COLUMNS * count(columns.len().saturating_sub(1))
            + 2.0 * MARGIN;
        let height = columns.iter().map(|(number, across)| self.column_height(*number, *across)).fold(0.0, f64::max);
        let legend = if self.legend.is_empty() { 0.0 } else { LEGEND };
        let shape =
            Shape { kind: "tiles", width: width.max(200.0), height: height + legend + 2.0 * MARGIN, traceable: false };
        frame.enclose(&shape, |drawing| {
            define_levels(drawing);
            let mut x = MARGIN;
            for (number, across) in columns {
                let mut y = MARGIN;
                for group in self.in_column(number) {
                    draw_group(drawing, group, across, (x, y));
                    y += group_height(group, across);
                }
                x += STEP * count(across) + BETWEEN_COLUMNS;
            }
            draw_legend(drawing, &self.legend, MARGIN, height + MARGIN + 8.0);
        })
    }

    fn table(&self) -> Table {
        let rows = self.groups.iter().flat_map(|group| {
            group.tiles.iter().map(|tile| vec![group.label.clone(), tile.name.clone(), tile.text.clone()])
        });
        Table { headers: self.headers.to_vec(), rows: rows.collect() }
    }
}

fn draw_group(drawing: &mut Drawing, group: &TileGroup, across: usize, at: (f64, f64)) {
    let room = STEP * count(across) + BETWEEN_COLUMNS - 10.0;
    drawing.label(at.0, at.1 + 15.0, Anchor::Start, "heading", &fit(&group.label, 12.0, room));
    for (index, tile) in group.tiles.iter().enumerate() {
        let x = at.0 + STEP * count(index % across);
        let y = at.1 + HEADING + STEP * count(index / across);
        draw_tile(drawing, tile, Area { x, y, width: TILE, height: TILE });
    }
}

fn draw_tile(drawing: &mut Drawing, tile: &Tile, area: Area) {
    drawing.group("tile", &tile.title, |drawing| {
        match tile.level {
            Some(level) => swatch(drawing, area, level),
            None => drawing.rectangle(area, " class=\"empty\" fill=\"none\" stroke=\"#d8e0e6\" rx=\"3\""),
        }
        let middle = area.x + area.width / 2.0;
        let class = if tile.level.is_some() { "code" } else { "sub" };
        if tile.text.is_empty() {
            drawing.label(middle, area.y + 24.5, Anchor::Middle, class, &tile.code);
        } else {
            drawing.label(middle, area.y + 17.0, Anchor::Middle, class, &tile.code);
            drawing.label(middle, area.y + 31.5, Anchor::Middle, "figure", &fit(&tile.text, 12.0, TILE - 2.0));
        }
    });
}
