//! A small XML document as a tree: names, attributes, text. No document type, no entities beyond the predefined five.

use std::collections::BTreeMap;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::ConvertError;

/// Deepest nesting read.
const MAX_DEPTH: usize = 32;

/// An element with what is inside.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    /// Its own text, white space as published.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The first child of that name whose attributes are as given.
    pub(super) fn child(&self, name: &str, attributes: &[(&str, &str)]) -> Option<&Self> {
        self.children
            .iter()
            .filter(|child| child.name == name)
            .find(|child| attributes.iter().all(|(key, value)| child.attribute(key) == Some(value)))
    }

    /// All children of that name.
    pub(super) fn named<'a>(&'a self, name: &'static str) -> impl Iterator<Item = &'a Self> + use<'a> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// An attribute's value.
    pub(super) fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.get(key).map(String::as_str)
    }

    /// The text in one line, without what cannot be seen.
    pub(super) fn line(&self) -> String {
        one_line(&self.text)
    }
}

/// A text in one line: white space of any kind becomes one space, characters that cannot be seen are left out.
pub(super) fn one_line(text: &str) -> String {
    let invisible = |c: &char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let visible: String = text.chars().filter(|c| !invisible(c) && (!c.is_control() || c.is_whitespace())).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The root element of a document.
pub(super) fn parse(source_name: &'static str, xml: &str) -> Result<Element, ConvertError> {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    loop {
        let position = reader.buffer_position();
        let fault =
            |problem: String| ConvertError::Malformed { source_name, place: format!("byte {position}"), problem };
        match reader.read_event().map_err(|error| fault(error.to_string()))? {
            Event::Start(_) if open.len() > MAX_DEPTH => return Err(fault(format!("more than {MAX_DEPTH} levels"))),
            Event::Start(start) => open.push(element(&start).map_err(fault)?),
            Event::Empty(start) => innermost(&mut open).children.push(element(&start).map_err(fault)?),
            Event::End(_) => {
                let closed = open.pop().unwrap_or_default();
                open.last_mut().ok_or_else(|| fault("an end without a start".to_owned()))?.children.push(closed);
            }
            Event::Text(text) => innermost(&mut open).text.push_str(&text.xml10_content()),
            Event::CData(text) => innermost(&mut open).text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let name = reference.xml10_content();
                match reference.resolve_char_ref().map_err(|error| fault(error.to_string()))? {
                    Some(character) => innermost(&mut open).text.push(character),
                    None => innermost(&mut open).text.push_str(
                        resolve_predefined_entity(&name)
                            .ok_or_else(|| fault(format!("the entity &{name}; is unknown")))?,
                    ),
                }
            }
            Event::DocType(_) => return Err(fault("a document type is not read".to_owned())),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    let fault =
        |problem: &str| ConvertError::Malformed { source_name, place: "end".to_owned(), problem: problem.to_owned() };
    if open.len() > 1 {
        return Err(fault("the document stops inside an element"));
    }
    innermost(&mut open).children.pop().ok_or_else(|| fault("there is no element"))
}

fn innermost(open: &mut Vec<Element>) -> &mut Element {
    if open.is_empty() {
        open.push(Element::default());
    }
    let last = open.len() - 1;
    &mut open[last]
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut attributes = BTreeMap::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        attributes.insert(attribute.key.as_ref().to_owned(), value.into_owned());
    }
    Ok(Element { name: start.name().as_ref().to_owned(), attributes, ..Element::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_attributes_and_predefined_entities_are_read() {
        let root = parse("test", "<a x='1 &amp; 2'>b &lt; &#8226;<c/><c k='v'>d\n  e</c></a>").unwrap();
        assert_eq!(root.attribute("x"), Some("1 & 2"));
        assert_eq!(root.text, "b < •");
        assert_eq!(root.child("c", &[("k", "v")]).unwrap().line(), "d e");
    }

    #[test]
    fn what_could_harm_is_refused() {
        let deep = "<a>".repeat(MAX_DEPTH + 1);
        for bad in
            ["<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "<a>&e;</a>", "<a>", "<a></b>", "", "</a>", deep.as_str()]
        {
            assert!(parse("test", bad).is_err(), "{bad:?}");
        }
    }
}
