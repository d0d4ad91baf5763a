//! What a reader takes from the drawing: that nothing is lost between the two sides and that nothing overlaps.

use proptest::prelude::*;

use super::super::{Node, Ribbon};
use super::*;

fn node(label: &str) -> Node {
    Node { label: label.into(), ..Node::default() }
}

fn ribbon(left: usize, right: usize, value: u64) -> Ribbon {
    Ribbon { left, right, value, ..Ribbon::default() }
}

prop_compose! {
    fn flows()(left in 1_usize..9, right in 1_usize..9)(
        ribbons in prop::collection::vec((0..left + 1, 0..right + 1, prop_oneof![0_u64..5, 0_u64..1_000_000, Just(u64::MAX)]), 0..40),
        left in Just(left),
        right in Just(right),
    ) -> Flow {
        Flow {
            left: (0..left).map(|index| node(&format!("l{index}"))).collect(),
            right: (0..right).map(|index| Node { gathered: index == 3, ..node(&format!("r{index}")) }).collect(),
            ribbons: ribbons.into_iter().map(|(from, to, value)| ribbon(from, to, value)).collect(),
            headers: Default::default(),
        }
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * (1.0 + a.abs() + b.abs())
}

proptest! {
    #[test]
    fn ribbons_fill_their_nodes_on_both_sides(flow in flows()) {
        let layout = place(&flow);
        for (nodes, is_left) in [(&layout.left, true), (&layout.right, false)] {
            for (index, node) in nodes.iter().enumerate() {
                let of_node = |ribbon: &&PlacedRibbon| if is_left { ribbon.left == index } else { ribbon.right == index };
                let sum: f64 = layout.ribbons.iter().filter(of_node).map(|ribbon| ribbon.height).sum();
                prop_assert!(close(sum, node.height), "{sum} in a node of {}", node.height);
                for ribbon in layout.ribbons.iter().filter(of_node) {
                    let y = if is_left { ribbon.y_left } else { ribbon.y_right };
                    prop_assert!(y >= node.y - 1e-6 && y + ribbon.height <= node.y + node.height + 1e-6);
                }
            }
        }
        prop_assert_eq!(layout.ribbons.len(), flow.drawable().count());
    }

    #[test]
    fn everything_is_finite_inside_and_apart(flow in flows()) {
        let layout = place(&flow);
        for nodes in [&layout.left, &layout.right] {
            for node in nodes {
                prop_assert!(node.y.is_finite() && node.height.is_finite());
                prop_assert!(node.y >= 0.0 && node.height >= 0.0 && node.y + node.height <= layout.height + 1e-6);
            }
            for pair in nodes.windows(2) {
                let middles = |node: &PlacedNode| node.y + node.height / 2.0;
                prop_assert!(pair[1].y >= pair[0].y + pair[0].height + GAP - 1e-6);
                prop_assert!(middles(&pair[1]) - middles(&pair[0]) >= PITCH - 1e-6, "labels overlap");
            }
        }
    }

    #[test]
    fn the_order_in_which_flows_arrive_changes_nothing(flow in flows()) {
        let mut unique = flow.clone();
        unique.ribbons.sort_by_key(|ribbon| (ribbon.left, ribbon.right));
        unique.ribbons.dedup_by_key(|ribbon| (ribbon.left, ribbon.right));
        let mut turned = unique.clone();
        turned.ribbons.reverse();
        let (one, other) = (place(&unique), place(&turned));
        prop_assert_eq!(one.left, other.left);
        prop_assert_eq!(one.right, other.right);
    }

    #[test]
    fn crossings_are_never_more_than_in_order_of_size(flow in flows()) {
        let mut right_value = vec![0_u128; flow.right.len()];
        let mut left_value = vec![0_u128; flow.left.len()];
        for ribbon in flow.drawable() {
            left_value[ribbon.left] += u128::from(ribbon.value);
            right_value[ribbon.right] += u128::from(ribbon.value);
        }
        let left = ranked(&left_value, |node| (false, flow.left[node].label.clone()));
        let right = ranked(&right_value, |node| (flow.right[node].gathered, flow.right[node].label.clone()));
        let links = links(&flow, &left, &right);
        let by_size: Vec<usize> = (0..right.len()).collect();
        let chosen = fewest_crossings(&links, right.len(), |rank| flow.right[right[rank]].gathered);
        prop_assert!(crossings(&links, &chosen) <= crossings(&links, &by_size));
        let gathered = chosen.iter().position(|rank| flow.right[right[*rank]].gathered);
        prop_assert!(gathered.is_none_or(|at| at + 1 == chosen.len()), "what was gathered stands last");
    }
}

#[test]
fn recipients_change_places_to_avoid_crossing() {
    let flow = Flow {
        left: vec![node("a"), node("b")],
        right: vec![node("x"), node("y")],
        ribbons: vec![ribbon(0, 0, 100), ribbon(1, 1, 101)],
        headers: Default::default(),
    };
    let layout = place(&flow);
    assert_eq!(layout.left.iter().map(|node| node.node).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(layout.right.iter().map(|node| node.node).collect::<Vec<_>>(), [1, 0]);
    let upside_down = Flow { ribbons: vec![ribbon(0, 1, 100), ribbon(0, 0, 1), ribbon(1, 0, 98)], ..flow };
    let right: Vec<_> = place(&upside_down).right.iter().map(|node| node.node).collect();
    assert_eq!(right, [1, 0]);
}

#[test]
fn nothing_to_draw_is_drawn_as_nothing() {
    let layout = place(&Flow::default());
    assert!(layout.left.is_empty() && layout.ribbons.is_empty() && layout.height > 0.0);
}
