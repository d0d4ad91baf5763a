//! Where nodes and ribbons stand. Heights are exact shares of the same scale on both sides, so that the ribbons of a
//! node fill it: what goes out of one side arrives on the other.

use super::Flow;

/// Least height that all flows together take.
const LEAST_HEIGHT: f64 = 240.0;
/// Height added for each node, so that small flows stay visible.
const HEIGHT_PER_NODE: f64 = 22.0;
/// Least distance between two nodes.
const GAP: f64 = 8.0;
/// Distance between the middles of two neighbours that leaves room for two lines of text.
const PITCH: f64 = 38.0;
/// Rounds of exchanging recipients. More seldom change anything.
const SWEEPS: usize = 8;

/// A node that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlacedNode {
    /// Position in the flow's list of that side.
    pub(crate) node: usize,
    pub(crate) y: f64,
    pub(crate) height: f64,
}

/// A ribbon that is drawn: its upper edges on both sides and its height.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlacedRibbon {
    /// Position in the flow's ribbons.
    pub(crate) ribbon: usize,
    /// Positions in the placed nodes.
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) y_left: f64,
    pub(crate) y_right: f64,
    pub(crate) height: f64,
}

/// Everything placed, in units of the drawing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Layout {
    pub(crate) left: Vec<PlacedNode>,
    pub(crate) right: Vec<PlacedNode>,
    /// By left node from above, and within it by right node from above.
    pub(crate) ribbons: Vec<PlacedRibbon>,
    pub(crate) height: f64,
}

/// A flow between ranks.
struct Link {
    ribbon: usize,
    left: usize,
    right: usize,
    value: u64,
}

pub(crate) fn place(flow: &Flow) -> Layout {
    let mut left_value = vec![0_u128; flow.left.len()];
    let mut right_value = vec![0_u128; flow.right.len()];
    for ribbon in flow.drawable() {
        left_value[ribbon.left] += u128::from(ribbon.value);
        right_value[ribbon.right] += u128::from(ribbon.value);
    }
    let key = |nodes: &[super::Node], node: usize| (nodes[node].gathered, nodes[node].label.clone());
    let left = ranked(&left_value, |node| key(&flow.left, node));
    let mut right = ranked(&right_value, |node| key(&flow.right, node));
    let mut links = links(flow, &left, &right);
    let order = fewest_crossings(&links, right.len(), |rank| flow.right[right[rank]].gathered);
    right = order.iter().map(|rank| right[*rank]).collect();
    let mut new_rank = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        new_rank[*old] = new;
    }
    for link in &mut links {
        link.right = new_rank[link.right];
    }
    stack(&left, &right, &left_value, &right_value, links)
}

/// Nodes with a flow: gathered ones last, the larger first, equals by name.
fn ranked(values: &[u128], key: impl Fn(usize) -> (bool, String)) -> Vec<usize> {
    let mut nodes: Vec<usize> = (0..values.len()).filter(|node| values[*node] > 0).collect();
    nodes.sort_by_cached_key(|node| {
        let (gathered, label) = key(*node);
        (gathered, std::cmp::Reverse(values[*node]), label, *node)
    });
    nodes
}

fn links(flow: &Flow, left: &[usize], right: &[usize]) -> Vec<Link> {
    let rank_of = |order: &[usize], nodes: usize| {
        let mut ranks = vec![0; nodes];
        for (rank, node) in order.iter().enumerate() {
            ranks[*node] = rank;
        }
        ranks
    };
    let (left_rank, right_rank) = (rank_of(left, flow.left.len()), rank_of(right, flow.right.len()));
    let drawable =
        |ribbon: &super::Ribbon| ribbon.value > 0 && ribbon.left < flow.left.len() && ribbon.right < flow.right.len();
    flow.ribbons
        .iter()
        .enumerate()
        .filter(|(_, ribbon)| drawable(ribbon))
        .map(|(position, ribbon)| Link {
            ribbon: position,
            left: left_rank[ribbon.left],
            right: right_rank[ribbon.right],
            value: ribbon.value,
        })
        .collect()
}

/// An order of the recipients, as old ranks, with the least crossing found: by the weighted middle of what they
/// receive. The order by size stays unless another is strictly better.
fn fewest_crossings(links: &[Link], recipients: usize, is_last: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut best: Vec<usize> = (0..recipients).collect();
    let mut best_crossings = crossings(links, &best);
    let mut order = best.clone();
    for _ in 0..SWEEPS {
        let mut middles: Vec<(bool, f64, usize)> =
            (0..recipients).map(|rank| (is_last(rank), middle(links, rank), rank)).collect();
        middles.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        order.clear();
        order.extend(middles.into_iter().map(|(_, _, rank)| rank));
        improve_by_swaps(links, &mut order, &is_last);
        let found = crossings(links, &order);
        if found >= best_crossings {
            break;
        }
        best_crossings = found;
        best.clone_from(&order);
    }
    best
}

#[expect(clippy::cast_precision_loss, reason = "an order, not an amount")]
fn middle(links: &[Link], right: usize) -> f64 {
    let (sum, weight) = links.iter().filter(|link| link.right == right).fold((0.0, 0.0), |(sum, weight), link| {
        (sum + link.left as f64 * link.value as f64, weight + link.value as f64)
    });
    if weight > 0.0 { sum / weight } else { 0.0 }
}

/// Exchanges neighbours while that makes less cross.
fn improve_by_swaps(links: &[Link], order: &mut [usize], is_last: &impl Fn(usize) -> bool) {
    for upper in 1..order.len() {
        if is_last(order[upper]) != is_last(order[upper - 1]) {
            continue;
        }
        let before = pair_crossings(links, order[upper - 1], order[upper]);
        let after = pair_crossings(links, order[upper], order[upper - 1]);
        if after < before {
            order.swap(upper - 1, upper);
        }
    }
}

/// Crossing of all ribbons: the product of their sizes for each crossing, so that a thick one counts more.
fn crossings(links: &[Link], order: &[usize]) -> u128 {
    let mut sum = 0_u128;
    for (position, above) in order.iter().enumerate() {
        for below in &order[position + 1..] {
            sum = sum.saturating_add(pair_crossings(links, *above, *below));
        }
    }
    sum
}

/// Crossing between the ribbons of two recipients, the first standing above the second.
fn pair_crossings(links: &[Link], above: usize, below: usize) -> u128 {
    let mut sum = 0_u128;
    for first in links.iter().filter(|link| link.right == above) {
        for second in links.iter().filter(|link| link.right == below && link.left < first.left) {
            sum = sum.saturating_add(u128::from(first.value) * u128::from(second.value));
        }
    }
    sum
}

#[expect(clippy::cast_precision_loss, reason = "heights on a screen; amounts are in the table")]
fn stack(left: &[usize], right: &[usize], left_value: &[u128], right_value: &[u128], mut links: Vec<Link>) -> Layout {
    let total: u128 = left.iter().map(|node| left_value[*node]).sum();
    if total == 0 {
        return Layout { height: PITCH, ..Layout::default() };
    }
    let flows = LEAST_HEIGHT.max(HEIGHT_PER_NODE * left.len().max(right.len()) as f64);
    let scale = flows / total as f64;
    let heights = |nodes: &[usize], values: &[u128]| -> Vec<f64> {
        nodes.iter().map(|node| values[*node] as f64 * scale).collect()
    };
    let (left_heights, right_heights) = (heights(left, left_value), heights(right, right_value));
    let height = column_height(&left_heights).max(column_height(&right_heights));
    let mut layout = Layout {
        left: column(left, &left_heights, height),
        right: column(right, &right_heights, height),
        ribbons: Vec::with_capacity(links.len()),
        height,
    };
    links.sort_by_key(|link| (link.right, link.left, link.ribbon));
    let mut filled: Vec<f64> = layout.right.iter().map(|node| node.y).collect();
    let mut arrivals = vec![0.0; links.iter().map(|link| link.ribbon + 1).max().unwrap_or(0)];
    for link in &links {
        arrivals[link.ribbon] = filled[link.right];
        filled[link.right] += link.value as f64 * scale;
    }
    links.sort_by_key(|link| (link.left, link.right, link.ribbon));
    let mut filled: Vec<f64> = layout.left.iter().map(|node| node.y).collect();
    for link in &links {
        let height = link.value as f64 * scale;
        layout.ribbons.push(PlacedRibbon {
            ribbon: link.ribbon,
            left: link.left,
            right: link.right,
            y_left: filled[link.left],
            y_right: arrivals[link.ribbon],
            height,
        });
        filled[link.left] += height;
    }
    layout
}

/// Room above the first and below the last node so that their labels fit.
fn overhang(height: f64) -> f64 {
    ((PITCH - 4.0 - height) / 2.0).max(0.0)
}

fn gap(above: f64, below: f64) -> f64 {
    GAP.max(PITCH - f64::midpoint(above, below))
}

/// Least height of a column.
fn column_height(heights: &[f64]) -> f64 {
    let gaps: f64 = heights.windows(2).map(|pair| gap(pair[0], pair[1])).sum();
    let ends =
        heights.first().map_or(0.0, |first| overhang(*first)) + heights.last().map_or(0.0, |last| overhang(*last));
    heights.iter().sum::<f64>() + gaps + ends
}

/// The column with what is left of `height` spread between its nodes.
#[expect(clippy::cast_precision_loss, reason = "a handful of nodes")]
fn column(nodes: &[usize], heights: &[f64], height: f64) -> Vec<PlacedNode> {
    let spare = (height - column_height(heights)).max(0.0) / (nodes.len() + 1) as f64;
    let mut y = spare + heights.first().map_or(0.0, |first| overhang(*first));
    let mut placed = Vec::with_capacity(nodes.len());
    for (position, node) in nodes.iter().enumerate() {
        placed.push(PlacedNode { node: *node, y, height: heights[position] });
        if let Some(next) = heights.get(position + 1) {
            y += heights[position] + gap(heights[position], *next) + spare;
        }
    }
    placed
}

#[cfg(test)]
mod tests;
