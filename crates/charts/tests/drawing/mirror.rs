//! A chart for a language that begins on the right is the same chart in a mirror.

use needmatch_charts::Frame;
use proptest::prelude::*;

use crate::markup::{elements, materials};

type Element = (String, Vec<(String, String)>);

fn value(element: &Element, wanted: &str) -> Option<String> {
    element.1.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone())
}

fn measure(element: &Element, wanted: &str) -> f64 {
    value(element, wanted).and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{wanted} of {element:?}"))
}

/// Numbers of a path, in order.
fn numbers(path: &str) -> Vec<f64> {
    let parts = path.split(|letter: char| letter.is_ascii_alphabetic() || letter == ' ');
    parts.filter(|part| !part.is_empty()).map(|part| part.parse().expect("a number")).collect()
}

/// Both were rounded to one decimal, and the width as well.
fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.21
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn everything_stands_at_the_mirrored_place(material in materials()) {
        for (kind, chart) in material.charts() {
            let frame = Frame::new("a", "en", "t", "d");
            let one = elements(&chart.svg(&frame));
            let other = elements(&chart.svg(&frame.right_to_left(true)));
            prop_assert_eq!(one.len(), other.len());
            let width = measure(&one[0], "width");
            let in_pattern = |index: usize| one[..index].iter().rev().take(1).any(|(name, _)| name == "pattern");
            for (index, (left, right)) in one.iter().zip(&other).enumerate() {
                prop_assert_eq!(&left.0, &right.0);
                prop_assert_eq!(value(left, "class"), value(right, "class"));
                prop_assert_eq!(value(left, "y"), value(right, "y"));
                match left.0.as_str() {
                    "rect" => {
                        let mirrored = width - measure(left, "x") - measure(left, "width");
                        prop_assert!(close(mirrored, measure(right, "x")), "{kind}: {left:?} {right:?}");
                    }
                    "text" => {
                        prop_assert!(close(width - measure(left, "x"), measure(right, "x")), "{kind}: {left:?}");
                        // Start and end follow the direction of the text, which is mirrored too.
                        prop_assert_eq!(value(left, "text-anchor"), value(right, "text-anchor"));
                    }
                    "circle" => prop_assert!(close(width - measure(left, "cx"), measure(right, "cx"))),
                    "path" if !in_pattern(index) => {
                        let (left, right) = (value(left, "d").expect("d"), value(right, "d").expect("d"));
                        for (at, (a, b)) in numbers(&left).into_iter().zip(numbers(&right)).enumerate() {
                            let mirrored = if at % 2 == 0 { width - a } else { a };
                            prop_assert!(close(mirrored, b), "{kind}: {left} {right}");
                        }
                    }
                    _ => {}
                }
            }
            prop_assert_eq!(value(&other[0], "direction"), Some("rtl".to_owned()));
        }
    }
}
