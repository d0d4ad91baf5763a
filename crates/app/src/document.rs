//! Reads a JSON document field by field. Each reading checks its field, notes what is wrong with it and goes on, so that
//! one pass finds everything; fields nobody asked for are refused at the end.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use needmatch_domain::area::UnknownWord;
use needmatch_domain::ids::IdError;
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization;

use crate::error::{Fault, Faults};

/// Most items of a list.
pub const MAX_ITEMS: usize = 500;

/// Most characters of a one-line text.
pub const MAX_LINE: usize = 500;

/// The fields of one object.
pub struct Fields<'a> {
    object: &'a Map<String, Value>,
    pointer: String,
    known: Vec<&'static str>,
    /// What was found wrong so far.
    pub faults: &'a mut Faults,
}

impl<'a> Fields<'a> {
    /// The fields of an object at a pointer; `None` (and reported) when the value is none.
    pub fn of(value: &'a Value, pointer: &str, faults: &'a mut Faults) -> Option<Self> {
        let Value::Object(object) = value else {
            faults.push(pointer, Some(&shown(value)), Fault::WrongType { expected: "an object" });
            return None;
        };
        Some(Self { object, pointer: pointer.to_owned(), known: Vec::new(), faults })
    }

    /// The pointer of a field.
    pub fn pointer(&self, name: &str) -> String {
        format!("{}/{}", self.pointer, escaped(name))
    }

    /// Notes a fault of a field.
    pub fn refuse(&mut self, name: &str, value: Option<&str>, fault: Fault) {
        self.faults.push(self.pointer(name), value, fault);
    }

    /// The value of a field; `None` when absent or null.
    pub fn value(&mut self, name: &'static str) -> Option<&'a Value> {
        self.known.push(name);
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// Whether the field stands in the document, be it null.
    pub fn has(&self, name: &str) -> bool {
        self.object.contains_key(name)
    }

    fn present(&mut self, name: &'static str) -> Option<&'a Value> {
        let value = self.value(name);
        if value.is_none() {
            self.refuse(name, None, Fault::Missing {});
        }
        value
    }

    /// A text on one line, cleaned; `None` when absent or refused.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        let value = self.value(name)?;
        text(value, &self.pointer(name), MAX_LINE, self.faults)
    }

    /// A text that must be there.
    pub fn required_text(&mut self, name: &'static str) -> Option<String> {
        self.present(name)?;
        self.text(name)
    }

    /// A whole number, or `None`.
    pub fn whole<T: TryFrom<i64>>(&mut self, name: &'static str, bounds: RangeInclusive<i64>) -> Option<T> {
        let value = self.value(name)?;
        whole(value, &self.pointer(name), &bounds, self.faults)
    }

    /// A whole number that must be there.
    pub fn required_whole<T: TryFrom<i64>>(&mut self, name: &'static str, bounds: RangeInclusive<i64>) -> Option<T> {
        self.present(name)?;
        self.whole(name, bounds)
    }

    /// True or false; false when absent or refused, unless `default` says otherwise.
    pub fn flag(&mut self, name: &'static str, default: bool) -> bool {
        match self.value(name) {
            None => default,
            Some(Value::Bool(flag)) => *flag,
            Some(other) => {
                self.refuse(name, Some(&shown(other)), Fault::WrongType { expected: "true or false" });
                default
            }
        }
    }

    /// A day.
    pub fn date(&mut self, name: &'static str) -> Option<Date> {
        let text = self.text(name)?;
        let date = text.parse().ok();
        if date.is_none() || text.len() != 10 {
            self.refuse(name, Some(&text), Fault::NotADate {});
        }
        date
    }

    /// A moment, to the microsecond: what is finer is not kept.
    pub fn moment(&mut self, name: &'static str) -> Option<Timestamp> {
        let text = self.text(name)?;
        let to_the_microsecond = |moment: Timestamp| Timestamp::from_microsecond(moment.as_microsecond()).ok();
        let moment = text.parse().ok().and_then(to_the_microsecond);
        if moment.is_none() {
            self.refuse(name, Some(&text), Fault::NotAMoment {});
        }
        moment
    }

    /// One of a few words.
    pub fn word<T: FromStr<Err = UnknownWord>>(&mut self, name: &'static str) -> Option<T> {
        let text = self.text(name)?;
        word(&text, &self.pointer(name), self.faults)
    }

    /// One of a few words, which must be there.
    pub fn required_word<T: FromStr<Err = UnknownWord>>(&mut self, name: &'static str) -> Option<T> {
        self.present(name)?;
        self.word(name)
    }

    /// An identifier.
    pub fn id<T: FromStr<Err = IdError>>(&mut self, name: &'static str) -> Option<T> {
        let text = self.text(name)?;
        id(&text, &self.pointer(name), self.faults)
    }

    /// An identifier that must be there.
    pub fn required_id<T: FromStr<Err = IdError>>(&mut self, name: &'static str) -> Option<T> {
        self.present(name)?;
        self.id(name)
    }

    /// A list, each item read by `read`; what it refuses is left out. `null` is no list.
    pub fn list<T>(
        &mut self,
        name: &'static str,
        mut read: impl FnMut(&'a Value, &str, &mut Faults) -> Option<T>,
    ) -> Vec<T> {
        self.known.push(name);
        let Some(value) = self.object.get(name) else { return Vec::new() };
        let pointer = self.pointer(name);
        let Value::Array(items) = value else {
            self.refuse(name, Some(&shown(value)), Fault::WrongType { expected: "a list" });
            return Vec::new();
        };
        if items.len() > MAX_ITEMS {
            self.refuse(name, Some(&items.len().to_string()), Fault::TooLong { most: MAX_ITEMS });
            return Vec::new();
        }
        let items = items.iter().enumerate();
        items.filter_map(|(at, item)| read(item, &format!("{pointer}/{at}"), self.faults)).collect()
    }

    /// A list of identifiers.
    pub fn ids<T: FromStr<Err = IdError>, C: FromIterator<T>>(&mut self, name: &'static str) -> C {
        let read = |item: &Value, pointer: &str, faults: &mut Faults| {
            text(item, pointer, MAX_LINE, faults).and_then(|text| id(&text, pointer, faults))
        };
        self.list(name, read).into_iter().collect()
    }

    /// A list of words.
    pub fn words<T: FromStr<Err = UnknownWord>, C: FromIterator<T>>(&mut self, name: &'static str) -> C {
        let read = |item: &Value, pointer: &str, faults: &mut Faults| {
            text(item, pointer, MAX_LINE, faults).and_then(|text| word(&text, pointer, faults))
        };
        self.list(name, read).into_iter().collect()
    }

    /// Refuses every field that was not read.
    pub fn finish(self) {
        let Self { object, pointer, known, faults } = self;
        for (name, value) in object.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            let mut allowed = known.clone();
            allowed.dedup();
            let fault = Fault::UnknownField { allowed: allowed.join(", ") };
            faults.push(format!("{pointer}/{}", escaped(name)), Some(&shown(value)), fault);
        }
    }
}

/// The text in a member of a document that is read later, as it will be read; as it stands where it cannot be.
pub(crate) fn peek(document: &Value, name: &str) -> Option<String> {
    let value = document.get(name)?;
    let raw = value.as_str().map(ToOwned::to_owned);
    text(value, "", MAX_LINE, &mut Faults::default()).or(raw)
}

/// A text cleaned: white space at its ends taken off, in normal form C, without characters that hide or reverse text.
pub fn text(value: &Value, pointer: &str, most: usize, faults: &mut Faults) -> Option<String> {
    let Value::String(raw) = value else {
        faults.push(pointer, Some(&shown(value)), Fault::WrongType { expected: "a text between quotation marks" });
        return None;
    };
    if let Some(character) = raw.chars().find(|letter| is_forbidden(*letter)) {
        let character = format!("U+{:04X}", u32::from(character));
        faults.push(pointer, Some(raw), Fault::ForbiddenCharacter { character });
        return None;
    }
    let clean: String = raw.trim().nfc().collect();
    let fault = if clean.is_empty() {
        Fault::Blank {}
    } else if clean.chars().count() > most {
        Fault::TooLong { most }
    } else {
        return Some(clean);
    };
    faults.push(pointer, Some(raw), fault);
    None
}

fn is_forbidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A whole number within bounds.
pub fn whole<T: TryFrom<i64>>(
    value: &Value,
    pointer: &str,
    bounds: &RangeInclusive<i64>,
    faults: &mut Faults,
) -> Option<T> {
    let outside = || Fault::OutOfRange { least: *bounds.start(), most: *bounds.end() };
    let fault = match value {
        Value::Number(number) => match number.as_i64() {
            Some(whole) if bounds.contains(&whole) => return T::try_from(whole).ok(),
            Some(_) => outside(),
            // What does not fit 64 bits, 1e30 for one, is too large rather than no number.
            None if number.is_u64() || number.as_f64().is_some_and(|float| float.abs() >= 9e15) => outside(),
            None => Fault::NotWhole {},
        },
        Value::String(_) => Fault::NotWhole {},
        _ => Fault::WrongType { expected: "a whole number" },
    };
    faults.push(pointer, Some(&shown(value)), fault);
    None
}

/// One of a few words.
pub fn word<T: FromStr<Err = UnknownWord>>(text: &str, pointer: &str, faults: &mut Faults) -> Option<T> {
    text.parse()
        .map_err(|unknown: UnknownWord| {
            faults.push(pointer, Some(text), Fault::UnknownWord { allowed: unknown.allowed.join(", ") });
        })
        .ok()
}

/// An identifier.
pub fn id<T: FromStr<Err: Display>>(text: &str, pointer: &str, faults: &mut Faults) -> Option<T> {
    text.parse()
        .map_err(|fault: T::Err| faults.push(pointer, Some(text), Fault::BadIdentifier { reason: fault.to_string() }))
        .ok()
}

/// The owner's own key as an address gives it, in the form in which it is kept, so that what was registered with it is
/// found; `None` for what can be no key, and is refused with the document's other faults.
pub fn kept_key<T: FromStr<Err = IdError> + Display>(given: &str) -> Option<String> {
    let mut faults = Faults::default();
    let clean = text(&Value::from(given), "", MAX_LINE, &mut faults)?;
    id::<T>(&clean, "", &mut faults).map(|key| key.to_string())
}

/// A value as an error quotes it.
pub fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(_) => "{…}".to_owned(),
        Value::Array(_) => "[…]".to_owned(),
        scalar => scalar.to_string(),
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use needmatch_domain::ids::ProgrammeId;

    use super::{Fields, kept_key};
    use crate::error::Faults;

    #[test]
    fn one_pass_finds_everything_wrong_and_says_where() {
        let document = json!({
            "title": " \u{202e}x", "quantity": 1e30, "minimum": 1.5, "count": -3, "flag": "yes",
            "day": "2026-13-01", "extra": 1, "a/b": 2
        });
        let mut faults = Faults::default();
        let mut fields = Fields::of(&document, "", &mut faults).unwrap();
        fields.required_text("title");
        fields.required_whole::<i64>("quantity", 1..=10);
        fields.whole::<i64>("minimum", 1..=10);
        fields.whole::<i64>("count", 0..=10);
        fields.flag("flag", false);
        fields.date("day");
        fields.required_text("missing");
        fields.finish();
        let crate::error::AppError::Invalid { fields } = faults.finish(Some(())).unwrap_err() else { panic!() };
        let found: Vec<_> = fields.iter().map(|error| (error.pointer.as_str(), error.fault.name())).collect();
        assert_eq!(
            found,
            [
                ("/title", "forbidden_character"),
                ("/quantity", "out_of_range"),
                ("/minimum", "not_whole"),
                ("/count", "out_of_range"),
                ("/flag", "wrong_type"),
                ("/day", "not_a_date"),
                ("/missing", "missing"),
                ("/a~1b", "unknown_field"),
                ("/extra", "unknown_field"),
            ]
        );
    }

    #[test]
    fn a_key_is_looked_for_in_the_form_in_which_it_is_kept() {
        assert_eq!(kept_key::<ProgrammeId>(" P-1 ").as_deref(), Some("P-1"));
        assert_eq!(kept_key::<ProgrammeId>("P\0"), None);
        assert_eq!(kept_key::<ProgrammeId>(" "), None);
    }

    #[test]
    fn text_is_trimmed_and_brought_to_one_form() {
        let document = json!({ "title": "  Cote\u{302}  " });
        let mut faults = Faults::default();
        let title = Fields::of(&document, "", &mut faults).unwrap().required_text("title");
        assert_eq!(title.as_deref(), Some("Cot\u{ea}"));
        assert_eq!(faults.count(), 0);
    }
}
