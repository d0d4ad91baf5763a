//! What changes over time: the best plan and its bound, the gap between them.

use crate::frame::Shape;
use crate::pattern::{COLOURS, PALETTE};
use crate::scale::{Axis, Scale, draw_axes};
use crate::svg::{Anchor, Area, Drawing};
use crate::table::Table;
use crate::typeface::width;
use crate::{Chart, Frame};

/// A value at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinePoint {
    /// Moment.
    pub x: i64,
    /// Value.
    pub y: i64,
    /// Moment, written.
    pub x_label: String,
    /// Value, written.
    pub y_label: String,
}

/// A line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineSeries {
    /// Name.
    pub label: String,
    /// Points; drawn in order of their moments.
    pub points: Vec<LinePoint>,
    /// Whether a value holds until the next one (a plan, a bound) rather than moving towards it.
    pub steps: bool,
}

/// Lines over time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Time.
    pub across: Axis,
    /// Values.
    pub upward: Axis,
    /// Lines; a palette class and a dash pattern each.
    pub series: Vec<LineSeries>,
    /// Whether what lies between the first two lines is shaded.
    pub shaded: bool,
}

const AREA: Area = Area { x: 84.0, y: 56.0, width: 660.0, height: 230.0 };
const HEIGHT: f64 = 332.0;
const WIDTH: f64 = 760.0;
const DASHES: [&str; PALETTE] = ["", "7 4", "2 3", "9 3 2 3", "12 4"];

impl Chart for Line {
    fn svg(&self, frame: &Frame) -> String {
        let points = || self.series.iter().flat_map(|series| &series.points);
        let across = Scale::over(&self.across, points().map(|point| point.x), AREA.x, AREA.x + AREA.width);
        let upward = Scale::over(&self.upward, points().map(|point| point.y), AREA.y + AREA.height, AREA.y);
        let place = |series: &LineSeries| corners(series, across, upward);
        let shape = Shape { kind: "line", width: WIDTH, height: HEIGHT, traceable: false };
        frame.enclose(&shape, |drawing| {
            self.draw_legend(drawing);
            draw_axes(drawing, AREA, (&self.across, across), (&self.upward, upward));
            if let (true, [first, second, ..]) = (self.shaded, &self.series[..]) {
                shade(drawing, &place(first), &place(second));
            }
            for (index, series) in self.series.iter().enumerate() {
                let corners = place(series);
                drawing.group("series", &series.label, |drawing| {
                    stroke(drawing, &corners, index);
                    if let Some((x, y)) = corners.last() {
                        let class = index % PALETTE;
                        let attributes = format!(" class=\"p{class}\" fill=\"{}\"", COLOURS[class]);
                        drawing.circle(*x, *y, 3.5, &attributes);
                    }
                });
            }
        })
    }

    /// One row for each moment of any line; a line without a value at that moment has an empty cell, or, if it moves in
    /// steps, the value that holds.
    fn table(&self) -> Table {
        let mut moments: Vec<(i64, &str)> = self
            .series
            .iter()
            .flat_map(|series| &series.points)
            .map(|point| (point.x, point.x_label.as_str()))
            .collect();
        moments.sort_unstable();
        moments.dedup_by_key(|moment| moment.0);
        let headers =
            std::iter::once(&self.across.title).chain(self.series.iter().map(|series| &series.label)).cloned();
        let row = |(moment, label): &(i64, &str)| {
            let value = |series: &LineSeries| {
                let points = series
                    .points
                    .iter()
                    .filter(|point| if series.steps { point.x <= *moment } else { point.x == *moment });
                points.max_by_key(|point| point.x).map(|point| point.y_label.clone()).unwrap_or_default()
            };
            std::iter::once((*label).to_owned()).chain(self.series.iter().map(value)).collect()
        };
        Table { headers: headers.collect(), rows: moments.iter().map(row).collect() }
    }
}

/// The corners of a line. A line in steps reaches to the end of the axis.
fn corners(series: &LineSeries, across: Scale, upward: Scale) -> Vec<(f64, f64)> {
    let mut points: Vec<&LinePoint> = series.points.iter().collect();
    points.sort_by_key(|point| point.x);
    let mut corners: Vec<(f64, f64)> = Vec::with_capacity(points.len() * 2 + 1);
    for point in points {
        let (x, y) = (across.position(point.x), upward.position(point.y));
        if let (true, Some((_, before))) = (series.steps, corners.last().copied()) {
            corners.push((x, before));
        }
        corners.push((x, y));
    }
    if let (true, Some((_, y))) = (series.steps, corners.last().copied()) {
        corners.push((AREA.x + AREA.width, y));
    }
    corners
}

fn stroke(drawing: &mut Drawing, corners: &[(f64, f64)], index: usize) {
    let Some((first, rest)) = corners.split_first() else { return };
    let class = index % PALETTE;
    let dashes = match DASHES[class] {
        "" => String::new(),
        dashes => format!(" stroke-dasharray=\"{dashes}\""),
    };
    let attributes = format!(
        " class=\"trend s{class}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2.5\" stroke-linejoin=\"round\"{dashes}",
        COLOURS[class]
    );
    drawing.path(
        &[('M', &[*first]), ('L', if rest.is_empty() { std::slice::from_ref(first) } else { rest })],
        &attributes,
    );
}

fn shade(drawing: &mut Drawing, first: &[(f64, f64)], second: &[(f64, f64)]) {
    let (Some((start, there)), false) = (first.split_first(), second.is_empty()) else { return };
    let back: Vec<(f64, f64)> = second.iter().rev().copied().collect();
    let outline: Vec<(f64, f64)> = there.iter().chain(&back).copied().collect();
    drawing.path(
        &[('M', &[*start]), ('L', &outline), ('Z', &[])],
        " class=\"shade\" fill=\"#5b7688\" fill-opacity=\"0.14\"",
    );
}

impl Line {
    fn draw_legend(&self, drawing: &mut Drawing) {
        let mut x = AREA.x;
        for (index, series) in self.series.iter().enumerate() {
            stroke(drawing, &[(x, 12.0), (x + 26.0, 12.0)], index);
            drawing.label(x + 32.0, 16.0, Anchor::Start, "legend", &series.label);
            x += 32.0 + width(&series.label, 11.5) + 20.0;
        }
    }
}
