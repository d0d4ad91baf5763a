//! Charts as SVG text, each with its data as a table.
//!
//! A chart is plain data: labels arrive in the reader's language and figures already written as that language writes
//! them, because nothing here knows languages. [`Chart::svg`] draws it inside a [`Frame`], [`Chart::table`] gives the
//! table that stands beneath it and [`Table::csv`] its download. Drawing is deterministic: the same data gives the
//! same bytes.
//!
//! Pages serve [`STYLESHEET`]; nothing drawn for a page holds `style=` or `<style>`, so that a strict content security
//! policy holds. Every mark has a texture as well as a colour, and presentation attributes that show it where no
//! stylesheet is read. Charts whose marks can be traced by keyboard are a `group`, whose marks each say what they mean;
//! the others are one `img`: inside an `img` nothing can be reached.
//!
//! A new chart is a file with a type, its layout and its `Chart`; it draws through `svg::Drawing`, which knows how to
//! mirror, so that no chart has to think of right-to-left.

mod bars;
mod flow;
mod frame;
mod heat;
mod line;
mod pattern;
mod scale;
mod scatter;
mod stylesheet;
mod svg;
mod table;
mod tiles;
mod typeface;

pub use bars::{Bar, Bars, Measure, Segment, Series};
pub use flow::{Flow, GatherWords, Node, Ribbon, gather};
pub use frame::{Destination, Frame};
pub use heat::{Cell, Heat, HeatRow};
pub use line::{Line, LinePoint, LineSeries};
pub use scale::{Axis, Tick, tick_positions};
pub use scatter::{Scatter, ScatterPoint};
pub use stylesheet::STYLESHEET;
pub use table::Table;
pub use tiles::{Tile, TileGroup, Tiles};

/// How well something is covered, for colour and texture: 0 (nothing) to 4 (all, or nearly).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

impl Level {
    /// The five levels.
    pub const ALL: [Self; 5] = [Self(0), Self(1), Self(2), Self(3), Self(4)];

    /// The level of a share in permille: below 200, 400, 600, 800, and from 800 on.
    pub const fn of_permille(share: u32) -> Self {
        match share {
            0..200 => Self(0),
            200..400 => Self(1),
            400..600 => Self(2),
            600..800 => Self(3),
            _ => Self(4),
        }
    }

    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What every chart can do.
pub trait Chart {
    /// The chart drawn, as one `<svg>` element.
    fn svg(&self, frame: &Frame) -> String;

    /// The same figures as a table.
    fn table(&self) -> Table;
}
