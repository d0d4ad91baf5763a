//! Many small nodes made one, so that a chart of hundreds stays readable.

use std::collections::BTreeMap;

use super::{Flow, Node, Ribbon};

/// How gathered nodes and flows are worded: they exist only once their number and sum are known.
#[derive(Clone, Copy)]
pub struct GatherWords<'a> {
    /// Name of a number of gathered nodes: "Others (12)".
    pub others: &'a dyn Fn(usize) -> String,
    /// Second line of gathered nodes from the sum of their flows.
    pub note: &'a dyn Fn(u64) -> String,
    /// A sum, written.
    pub amount: &'a dyn Fn(u64) -> String,
    /// What a flow means, from provider, recipient and sum.
    pub title: &'a dyn Fn(&str, &str, u64) -> String,
}

/// The same flows with at most `limit` nodes on either side: the smallest are gathered into one, and flows between the
/// same two nodes become one.
pub fn gather(flow: &Flow, limit: usize, words: &GatherWords<'_>) -> Flow {
    let limit = limit.max(1);
    let (left, left_position) = gather_side(&flow.left, &side_values(flow, |ribbon| ribbon.left), limit, words);
    let (right, right_position) = gather_side(&flow.right, &side_values(flow, |ribbon| ribbon.right), limit, words);
    let mut merged: BTreeMap<(usize, usize), Vec<&Ribbon>> = BTreeMap::new();
    for ribbon in flow.drawable() {
        if let (Some(from), Some(to)) = (left_position[ribbon.left], right_position[ribbon.right]) {
            merged.entry((from, to)).or_default().push(ribbon);
        }
    }
    let ribbons = merged
        .into_iter()
        .map(|((from, to), parts)| {
            if let [only] = parts[..] {
                let title = if left[from].gathered || right[to].gathered {
                    (words.title)(&left[from].label, &right[to].label, only.value)
                } else {
                    only.title.clone()
                };
                return Ribbon { left: from, right: to, title, ..only.clone() };
            }
            let value = parts.iter().map(|ribbon| ribbon.value).fold(0, u64::saturating_add);
            Ribbon {
                left: from,
                right: to,
                value,
                amount: (words.amount)(value),
                title: (words.title)(&left[from].label, &right[to].label, value),
            }
        })
        .collect();
    Flow { left, right, ribbons, headers: flow.headers.clone() }
}

fn side_values(flow: &Flow, side: impl Fn(&Ribbon) -> usize) -> Vec<u64> {
    let nodes = flow.left.len().max(flow.right.len());
    let mut values = vec![0_u64; nodes];
    for ribbon in flow.drawable() {
        values[side(ribbon)] = values[side(ribbon)].saturating_add(ribbon.value);
    }
    values
}

/// The nodes that remain, and where each old one went; a node without a flow goes nowhere.
fn gather_side(
    nodes: &[Node],
    values: &[u64],
    limit: usize,
    words: &GatherWords<'_>,
) -> (Vec<Node>, Vec<Option<usize>>) {
    let mut ranked: Vec<usize> = (0..nodes.len()).filter(|node| values[*node] > 0).collect();
    ranked.sort_by(|a, b| values[*b].cmp(&values[*a]).then_with(|| nodes[*a].label.cmp(&nodes[*b].label)));
    let kept = if ranked.len() <= limit { ranked.len() } else { limit - 1 };
    let mut position = vec![None; nodes.len()];
    let mut remaining = Vec::with_capacity(kept + 1);
    for (rank, node) in ranked[..kept].iter().enumerate() {
        position[*node] = Some(rank);
        remaining.push(nodes[*node].clone());
    }
    if kept < ranked.len() {
        let others = &ranked[kept..];
        for node in others {
            position[*node] = Some(kept);
        }
        let sum = others.iter().map(|node| values[*node]).fold(0, u64::saturating_add);
        remaining.push(Node {
            label: (words.others)(others.len()),
            note: (words.note)(sum),
            palette: None,
            gathered: true,
        });
    }
    (remaining, position)
}
