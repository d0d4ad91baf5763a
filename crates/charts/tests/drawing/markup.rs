//! Drawings are well-formed, keep to the content security policy, name themselves and hold no text as markup.

use std::collections::BTreeSet;

use needmatch_charts::{Destination, Frame};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::sample::Material;

prop_compose! {
    pub(crate) fn materials()(
        names in prop::collection::vec(prop_oneof!["\\PC{0,40}", "[<>&\"'a-z;=/ -]{0,30}", "[\u{0}-\u{1f}\u{fffe}a-z]{0,9}", "[\u{620}-\u{64a} ]{0,60}"], 1..6),
        amounts in prop::collection::vec(prop_oneof![Just(0), 0_u64..2000, any::<u64>()], 1..7),
    ) -> Material {
        Material { names, amounts }
    }
}

/// Every element in order, with its attributes.
pub(crate) fn elements(svg: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_i32;
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(element) => {
                depth += 1;
                found.push(read(&element));
            }
            Event::Empty(element) => found.push(read(&element)),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "elements left open");
    found
}

fn read(element: &BytesStart<'_>) -> (String, Vec<(String, String)>) {
    let attributes = element.attributes().map(|attribute| {
        let attribute = attribute.expect("an attribute");
        (attribute.key.as_ref().to_owned(), attribute.value.into_owned())
    });
    (element.name().as_ref().to_owned(), attributes.collect())
}

/// Attributes that hold measures.
const MEASURES: [&str; 14] =
    ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "d", "viewBox", "stroke-width"];

const LENGTHS: [&str; 3] = ["width", "height", "r"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn drawings_are_well_formed_and_hold_no_inline_style(material in materials(), mirrored: bool) {
        for (kind, chart) in material.charts() {
            let frame = Frame::new("a", "ar", &material.names[0], &material.names[0]).right_to_left(mirrored);
            let svg = chart.svg(&frame);
            for (name, attributes) in elements(&svg) {
                prop_assert!(name != "style" && name != "script", "{kind} holds <{name}>");
                for (attribute, value) in attributes {
                    prop_assert!(attribute != "style" && !attribute.starts_with("on"), "{kind} holds {attribute}");
                    if MEASURES.contains(&attribute.as_str()) {
                        prop_assert!(!value.contains("NaN") && !value.contains("inf"), "{kind}: {attribute}={value}");
                    }
                    if LENGTHS.contains(&attribute.as_str()) {
                        prop_assert!(!value.starts_with('-'), "{kind}: {attribute}={value}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_same_data_gives_the_same_bytes_and_a_whole_table(material in materials()) {
        let again = Material { names: material.names.clone(), amounts: material.amounts.clone() };
        for ((kind, one), (_, other)) in material.charts().into_iter().zip(again.charts()) {
            let frame = Frame::new("a", "en", "t", "d");
            prop_assert_eq!(one.svg(&frame), other.svg(&frame));
            let table = one.table();
            prop_assert!(table.rows.iter().all(|row| row.len() == table.headers.len()), "{}", kind);
        }
    }

    #[test]
    fn csv_is_read_back_as_as_many_rows(material in materials()) {
        for (kind, chart) in material.charts() {
            let table = chart.table();
            prop_assert_eq!(rows_of(&table.csv()), table.rows.len() + 1, "{}", kind);
        }
    }
}

/// Line ends outside quotes.
fn rows_of(csv: &str) -> usize {
    let mut quoted = false;
    let mut rows = 0;
    let mut before = ' ';
    for letter in csv.chars() {
        match letter {
            '"' => quoted = !quoted,
            '\n' if !quoted && before == '\r' => rows += 1,
            _ => {}
        }
        before = letter;
    }
    rows
}

#[test]
fn texts_from_outside_stay_texts() {
    let hostile = "</title><script>alert(1)</script>\" onload=\"x";
    let material = Material { names: vec![hostile.to_owned()], amounts: vec![1, 2, 3] };
    for (kind, chart) in material.charts() {
        let svg = chart.svg(&Frame::new(hostile, hostile, hostile, hostile));
        let names: BTreeSet<String> = elements(&svg).into_iter().map(|(name, _)| name).collect();
        assert!(!names.contains("script"), "{kind}");
        assert!(elements(&svg).iter().all(|(_, attributes)| attributes.iter().all(|(name, _)| name != "onload")));
    }
}

#[test]
fn two_charts_on_a_page_share_no_id_and_refer_to_their_own() {
    let of = |svg: &str, wanted: fn(&str, &str) -> Option<String>| -> BTreeSet<String> {
        let all = elements(svg).into_iter().flat_map(|(_, attributes)| attributes);
        all.filter_map(|(name, value)| wanted(&name, &value)).collect()
    };
    let id = |name: &str, value: &str| (name == "id").then(|| value.to_owned());
    let reference = |name: &str, value: &str| {
        let named = name.starts_with("aria-").then(|| value.to_owned());
        named.or_else(|| value.strip_prefix("url(#")?.strip_suffix(')').map(str::to_owned))
    };
    for (kind, chart) in Material::plain().charts() {
        let (first, second) =
            (chart.svg(&Frame::new("one", "en", "t", "d")), chart.svg(&Frame::new("two", "en", "t", "d")));
        assert!(of(&first, id).is_disjoint(&of(&second, id)), "{kind}");
        assert!(of(&first, reference).is_subset(&of(&first, id)), "{kind}");
        assert!(of(&first, id).len() >= 2, "{kind} has a title and a description");
    }
}

#[test]
fn charts_name_and_describe_themselves_and_their_marks() {
    for (kind, chart) in Material::plain().charts() {
        let svg = chart.svg(&Frame::new("one", "en", "Flow & use", "What it shows"));
        let all = elements(&svg);
        let root: std::collections::BTreeMap<_, _> = all[0].1.iter().cloned().collect();
        assert_eq!(root["aria-labelledby"], "one-title");
        assert_eq!(root["aria-describedby"], "one-description");
        assert_eq!(root["direction"], "ltr");
        assert!(svg.contains("<title id=\"one-title\">Flow &amp; use</title>"));
        let marks = all.iter().filter(|(_, attributes)| attributes.iter().any(|(name, _)| name == "tabindex")).count();
        // What is inside an image cannot be reached: charts whose marks can be are groups.
        assert_eq!(root["role"], if marks > 0 { "group" } else { "img" }, "{kind}");
        let titled = svg.matches("tabindex=\"0\" role=\"img\"><title>").count();
        assert_eq!(titled, marks, "{kind}: every mark says what it means");
    }
}

#[test]
fn every_flow_bar_and_point_can_be_reached() {
    let material = Material { names: vec!["n".into()], amounts: vec![5, 6, 7] };
    let marks = |kind: &str| {
        let charts = material.charts();
        let (_, chart) = charts.iter().find(|(name, _)| *name == kind).expect("a chart");
        chart.svg(&Frame::new("a", "en", "t", "d")).matches("tabindex=\"0\"").count()
    };
    assert_eq!((marks("flow"), marks("bars"), marks("scatter")), (9, 4, 3));
}

#[test]
fn a_file_carries_its_stylesheet_and_a_page_does_not() {
    for (_, chart) in Material::plain().charts() {
        let frame = Frame::new("a", "en", "t", "d");
        assert!(!chart.svg(&frame).contains("<style"));
        let file = chart.svg(&frame.destined(Destination::File));
        assert_eq!(elements(&file).iter().filter(|(name, _)| name == "style").count(), 1);
    }
}
