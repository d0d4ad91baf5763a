//! The drawing of a flow chart.

use super::layout::{Layout, PlacedNode, PlacedRibbon, place};
use super::{Flow, Node};
use crate::Frame;
use crate::frame::Shape;
use crate::pattern::{PALETTE, define_palette, palette_fill, palette_texture};
use crate::svg::{Anchor, Area, Drawing};
use crate::typeface::{fit, width};

const WIDTH: f64 = 760.0;
const NODE: f64 = 9.0;
const MARGIN: f64 = 6.0;
/// Between a node and its label.
const GAP: f64 = 9.0;
const LABEL: f64 = 12.5;
const NOTE: f64 = 11.5;
/// Most that labels may take on one side.
const MOST_FOR_LABELS: f64 = 230.0;
const LEAST_FOR_LABELS: f64 = 60.0;

/// Where the columns stand.
struct Columns {
    /// Left edge of the providers' nodes.
    left: f64,
    /// Left edge of the recipients' nodes.
    right: f64,
    room_left: f64,
    room_right: f64,
}

pub(crate) fn draw(flow: &Flow, frame: &Frame) -> String {
    let layout = place(flow);
    let columns = columns(flow, &layout);
    let shape = Shape { kind: "flow", width: WIDTH, height: layout.height + 2.0 * MARGIN, traceable: true };
    frame.enclose(&shape, |drawing| {
        define_palette(drawing, PALETTE);
        for (rank, node) in layout.left.iter().enumerate() {
            let source = &flow.left[node.node];
            let class = source.palette.map_or(rank, usize::from) % PALETTE;
            drawing.group("source", "", |drawing| {
                let own = layout.ribbons.iter().filter(|ribbon| ribbon.left == rank);
                for placed in own {
                    let title = &flow.ribbons[placed.ribbon].title;
                    drawing.traceable("ribbon", title, |drawing| ribbon(drawing, &columns, placed, class));
                }
                provider(drawing, &columns, node, source, class);
            });
        }
        for node in &layout.right {
            recipient(drawing, &columns, node, &flow.right[node.node]);
        }
    })
}

fn columns(flow: &Flow, layout: &Layout) -> Columns {
    let room = |placed: &[PlacedNode], nodes: &[Node]| {
        let widest = placed
            .iter()
            .map(|placed| &nodes[placed.node])
            .map(|node| width(&node.label, LABEL).max(width(&node.note, NOTE)))
            .fold(LEAST_FOR_LABELS, f64::max);
        widest.min(MOST_FOR_LABELS)
    };
    let (room_left, room_right) = (room(&layout.left, &flow.left), room(&layout.right, &flow.right));
    Columns { left: MARGIN + room_left + GAP, right: WIDTH - MARGIN - room_right - GAP - NODE, room_left, room_right }
}

fn ribbon(drawing: &mut Drawing, columns: &Columns, placed: &PlacedRibbon, class: usize) {
    let (from, to) = (columns.left + NODE, columns.right);
    let bend = (to - from) * 0.42;
    let (upper_left, upper_right) = (placed.y_left + MARGIN, placed.y_right + MARGIN);
    // A flow too small to see is drawn as a hair; its neighbours keep their places.
    let height = placed.height.max(0.6);
    let steps: [(char, &[(f64, f64)]); 5] = [
        ('M', &[(from, upper_left)]),
        ('C', &[(from + bend, upper_left), (to - bend, upper_right), (to, upper_right)]),
        ('L', &[(to, upper_right + height)]),
        ('C', &[(to - bend, upper_right + height), (from + bend, upper_left + height), (from, upper_left + height)]),
        ('Z', &[]),
    ];
    drawing.path(&steps, &palette_fill(class, " band"));
    if let Some(texture) = palette_texture(drawing, class) {
        drawing.path(&steps, &texture);
    }
}

fn provider(drawing: &mut Drawing, columns: &Columns, placed: &PlacedNode, node: &Node, class: usize) {
    drawing.group("node", &full_name(node), |drawing| {
        bar(drawing, columns.left, placed, &palette_fill(class, ""));
        labels(drawing, columns.left - GAP, Anchor::End, columns.room_left, placed, node);
    });
}

fn recipient(drawing: &mut Drawing, columns: &Columns, placed: &PlacedNode, node: &Node) {
    drawing.group("node", &full_name(node), |drawing| {
        bar(drawing, columns.right, placed, " class=\"r\" fill=\"#51606d\"");
        labels(drawing, columns.right + NODE + GAP, Anchor::Start, columns.room_right, placed, node);
    });
}

fn bar(drawing: &mut Drawing, x: f64, placed: &PlacedNode, fill: &str) {
    let area = Area { x, y: placed.y + MARGIN, width: NODE, height: placed.height.max(1.0) };
    drawing.rectangle(area, &format!("{fill} rx=\"2\""));
}

fn labels(drawing: &mut Drawing, x: f64, anchor: Anchor, room: f64, placed: &PlacedNode, node: &Node) {
    let middle = placed.y + placed.height / 2.0 + MARGIN;
    let first = if node.note.is_empty() { middle + 4.5 } else { middle - 3.0 };
    drawing.label(x, first, anchor, "lab", &fit(&node.label, LABEL, room));
    if !node.note.is_empty() {
        drawing.label(x, middle + 12.0, anchor, "sub", &fit(&node.note, NOTE, room));
    }
}

fn full_name(node: &Node) -> String {
    if node.note.is_empty() { node.label.clone() } else { format!("{} · {}", node.label, node.note) }
}
