//! Runs of a sweep against two goals: which of them are beaten by none.

use crate::frame::Shape;
use crate::pattern::COLOURS;
use crate::scale::{Axis, Scale, draw_axes};
use crate::svg::{Anchor, Area, Drawing};
use crate::table::Table;
use crate::typeface::width;
use crate::{Chart, Frame};

/// A run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScatterPoint {
    /// Name.
    pub label: String,
    /// Value of the goal across: more is better.
    pub x: i64,
    /// Value of the goal upward: more is better.
    pub y: i64,
    /// Both values, written.
    pub x_label: String,
    /// The other one.
    pub y_label: String,
    /// What the point means, as a sentence.
    pub title: String,
    /// Whether this is the run that the page is about.
    pub chosen: bool,
}

/// Runs against two goals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scatter {
    /// Name of the column of runs, for the table.
    pub corner: String,
    /// One goal.
    pub across: Axis,
    /// The other.
    pub upward: Axis,
    /// Runs.
    pub points: Vec<ScatterPoint>,
}

const AREA: Area = Area { x: 84.0, y: 34.0, width: 656.0, height: 300.0 };
const HEIGHT: f64 = 380.0;
const WIDTH: f64 = 760.0;

impl Scatter {
    /// Positions of the points that no other beats in one goal without being worse in the other, from the least across
    /// to the most. Of several with equal values, all stand.
    pub fn front(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.points.len()).collect();
        order.sort_by_key(|index| {
            let point = &self.points[*index];
            (std::cmp::Reverse((point.x, point.y)), *index)
        });
        let mut front: Vec<usize> = Vec::new();
        let mut best: Option<(i64, i64)> = None;
        for index in order {
            let here = (self.points[index].x, self.points[index].y);
            if best.is_none_or(|best| here.1 > best.1 || here == best) {
                best = Some(here);
                front.push(index);
            }
        }
        front.reverse();
        front
    }
}

impl Chart for Scatter {
    fn svg(&self, frame: &Frame) -> String {
        let xs = self.points.iter().map(|point| point.x);
        let ys = self.points.iter().map(|point| point.y);
        let across = Scale::over(&self.across, xs, AREA.x, AREA.x + AREA.width);
        let upward = Scale::over(&self.upward, ys, AREA.y + AREA.height, AREA.y);
        let front = self.front();
        let place = |index: usize| {
            let point = &self.points[index];
            (across.position(point.x), upward.position(point.y))
        };
        let shape = Shape { kind: "scatter", width: WIDTH, height: HEIGHT, traceable: true };
        frame.enclose(&shape, |drawing| {
            draw_axes(drawing, AREA, (&self.across, across), (&self.upward, upward));
            let corners: Vec<(f64, f64)> = front.iter().map(|index| place(*index)).collect();
            if let Some((first, rest)) = corners.split_first().filter(|(_, rest)| !rest.is_empty()) {
                let attributes =
                    " class=\"front\" fill=\"none\" stroke=\"#0b6fb8\" stroke-width=\"1.5\" stroke-dasharray=\"5 4\"";
                drawing.path(&[('M', &[*first]), ('L', rest)], attributes);
            }
            for (index, point) in self.points.iter().enumerate() {
                let at = place(index);
                let beaten = !front.contains(&index);
                drawing.traceable("point", &point.title, |drawing| draw_point(drawing, point, at, beaten));
            }
        })
    }

    fn table(&self) -> Table {
        let headers = vec![self.corner.clone(), self.across.title.clone(), self.upward.title.clone()];
        let row = |point: &ScatterPoint| vec![point.label.clone(), point.x_label.clone(), point.y_label.clone()];
        Table { headers, rows: self.points.iter().map(row).collect() }
    }
}

/// A beaten point is hollow, the others are full; the chosen one has a ring and its name.
fn draw_point(drawing: &mut Drawing, point: &ScatterPoint, at: (f64, f64), beaten: bool) {
    let (x, y) = at;
    if point.chosen {
        drawing.circle(x, y, 10.0, " class=\"ring\" fill=\"none\" stroke=\"#c97b12\" stroke-width=\"2.5\"");
    }
    if beaten {
        drawing.circle(x, y, 5.0, " class=\"hollow\" fill=\"#fff\" stroke=\"#5b7688\" stroke-width=\"1.5\"");
    } else {
        drawing.circle(x, y, 5.5, &format!(" class=\"p0\" fill=\"{}\"", COLOURS[0]));
    }
    if point.chosen || !beaten {
        let room = width(&point.label, 12.5) + 14.0;
        let fits_behind = x + room <= WIDTH;
        let (x, anchor) = if fits_behind { (x + 13.0, Anchor::Start) } else { (x - 13.0, Anchor::End) };
        drawing.label(x, y - 8.0, anchor, if point.chosen { "lab" } else { "sub" }, &point.label);
    }
}
