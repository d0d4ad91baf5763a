//! One drawing of each kind as it is today, so that a change is seen before it is shown. Look at the gallery when one
//! changes.

use needmatch_charts::{Flow, Frame, GatherWords, Node, Ribbon, Scatter, ScatterPoint, gather};
use proptest::prelude::*;

use crate::sample::Material;

/// Compares with the snapshot of that name. Its folder is given because the crate would else ask `cargo metadata` for
/// it at run time, and look elsewhere when that fails.
fn compare(name: &str, drawn: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drawing/snapshots"));
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, drawn));
}

/// One element a line, to be read.
fn in_lines(svg: &str) -> String {
    svg.replace("><", ">\n<")
}

#[test]
fn drawings_as_they_are() {
    for (kind, chart) in Material::plain().charts() {
        let frame = Frame::new(kind, "en", "A title", "What it shows");
        compare(kind, &in_lines(&chart.svg(&frame)));
    }
}

#[test]
fn a_mirrored_drawing_as_it_is() {
    let frame = Frame::new("flow", "ar", "تدفق المساعدة", "").right_to_left(true);
    let svg = needmatch_charts::Chart::svg(&Material::plain().flow(), &frame);
    compare("flow_from_the_right", &in_lines(&svg));
}

#[test]
fn tables_as_they_are() {
    let tables: Vec<String> =
        Material::plain().charts().iter().map(|(kind, chart)| format!("{kind}\n{}", chart.table().csv())).collect();
    compare("tables", &tables.join("\n").replace('\r', ""));
}

fn words<'a>() -> GatherWords<'a> {
    GatherWords {
        others: &|number| format!("others ({number})"),
        note: &|sum| sum.to_string(),
        amount: &|sum| sum.to_string(),
        title: &|from, to, sum| format!("{from} to {to}: {sum}"),
    }
}

#[test]
fn the_small_rest_is_gathered_and_stands_last() {
    let node = |label: &str| Node { label: label.into(), ..Node::default() };
    let ribbon =
        |left, right, value: u64| Ribbon { left, right, value, amount: value.to_string(), title: "as it was".into() };
    let flow = Flow {
        left: ["a", "b", "c", "idle"].map(node).to_vec(),
        right: ["x", "y"].map(node).to_vec(),
        ribbons: vec![ribbon(0, 0, 50), ribbon(1, 0, 3), ribbon(2, 0, 4), ribbon(2, 1, 1), ribbon(0, 9, 7)],
        headers: Default::default(),
    };
    let gathered = gather(&flow, 2, &words());
    let labels = |nodes: &[Node]| nodes.iter().map(|node| node.label.clone()).collect::<Vec<_>>();
    assert_eq!(labels(&gathered.left), ["a", "others (2)"]);
    assert_eq!(gathered.left[1].note, "8");
    assert!(gathered.left[1].gathered);
    let titles: Vec<_> = gathered.ribbons.iter().map(|ribbon| ribbon.title.as_str()).collect();
    assert_eq!(titles, ["as it was", "others (2) to x: 7", "others (2) to y: 1"]);
}

proptest! {
    #[test]
    fn gathering_loses_nothing(
        ribbons in prop::collection::vec((0_usize..12, 0_usize..12, 0_u64..1000), 0..60),
        limit in 0_usize..14,
    ) {
        let nodes = |side: &str| (0..10).map(|index| Node { label: format!("{side}{index}"), ..Node::default() }).collect();
        let flow = Flow {
            left: nodes("l"),
            right: nodes("r"),
            ribbons: ribbons.iter().map(|(left, right, value)| Ribbon { left: *left, right: *right, value: *value, ..Ribbon::default() }).collect(),
            headers: Default::default(),
        };
        let gathered = gather(&flow, limit, &words());
        let drawable = ribbons.iter().filter(|(left, right, _)| *left < 10 && *right < 10);
        prop_assert_eq!(gathered.ribbons.iter().map(|ribbon| ribbon.value).sum::<u64>(), drawable.map(|(_, _, value)| value).sum::<u64>());
        prop_assert!(gathered.left.len() <= limit.max(1) && gathered.right.len() <= limit.max(1));
        let mut pairs: Vec<_> = gathered.ribbons.iter().map(|ribbon| (ribbon.left, ribbon.right)).collect();
        pairs.dedup();
        prop_assert_eq!(pairs.len(), gathered.ribbons.len());
    }

    #[test]
    fn the_front_is_what_no_other_run_beats(values in prop::collection::vec((-9_i64..9, -9_i64..9), 0..30)) {
        let point = |(x, y): &(i64, i64)| ScatterPoint { x: *x, y: *y, ..ScatterPoint::default() };
        let scatter = Scatter { points: values.iter().map(point).collect(), ..Scatter::default() };
        let mut front = scatter.front();
        prop_assert!(front.windows(2).all(|pair| values[pair[0]].0 <= values[pair[1]].0));
        front.sort_unstable();
        let beaten = |here: &(i64, i64)| values.iter().any(|other| other.0 >= here.0 && other.1 >= here.1 && other != here);
        let expected: Vec<usize> = (0..values.len()).filter(|index| !beaten(&values[*index])).collect();
        prop_assert_eq!(front, expected);
    }
}
