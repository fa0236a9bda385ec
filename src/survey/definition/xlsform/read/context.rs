//! What reading needs everywhere: places, findings, languages.

use std::collections::{BTreeSet, HashSet};

use super::languages::Languages;
use crate::survey::definition::node::{Located, Node, Value};
use crate::survey::definition::problem::Position;
use crate::survey::definition::xlsform::report::{Finding, Place, What};
use crate::survey::definition::xlsform::sheet::{Row, Value as Text};
use crate::survey::definition::xlsform::write::unshown;

/// The entries of a map.
pub type Entries = Vec<(Located<String>, Node)>;

/// Everything met so far.
///
/// A node of the tree being built stands in a spreadsheet, while a [`Position`] is a line and a column:
/// the line is a ticket, the place's number in `places`, from 1.
#[derive(Debug, Default)]
pub struct Context {
    places: Vec<Place>,
    /// What there is to tell.
    pub findings: Vec<Finding>,
    told: HashSet<Finding>,
    /// The languages.
    pub languages: Languages,
    /// The service wrote the form: its own columns speak.
    pub own: bool,
    /// Rows of the sheet `survey` whose rule was changed since: what XLSForm says is taken.
    pub edited: BTreeSet<u32>,
}

impl Context {
    /// Nothing met yet.
    pub fn new(own: bool, edited: BTreeSet<u32>) -> Self {
        Self { own, edited, ..Self::default() }
    }

    /// A position that leads back to `place`.
    pub fn at(&mut self, place: Place) -> Position {
        self.places.push(place);
        Position { line: self.places.len() as u64, column: 1 }
    }

    /// The place that a position leads to.
    pub fn place(&self, line: u64) -> Option<&Place> {
        usize::try_from(line).ok().and_then(|line| self.places.get(line.checked_sub(1)?))
    }

    /// Tells something.
    pub fn say(&mut self, place: Place, what: What) {
        let finding = Finding { place, what };
        if self.told.insert(finding.clone()) {
            self.findings.push(finding);
        }
    }

    /// A node at a place.
    pub fn node(&mut self, place: Place, value: Value) -> Node {
        Node { at: self.at(place), byte: None, value }
    }

    /// A text at a place.
    pub fn text(&mut self, place: Place, text: impl Into<String>) -> Node {
        self.node(place, Value::Text(text.into()))
    }

    /// Adds `key: value` to a map.
    pub fn add(&mut self, map: &mut Entries, key: &str, place: Place, value: Value) {
        let at = self.at(place);
        map.push((Located { at, value: key.to_owned() }, Node { at, byte: None, value }));
    }

    /// Adds `key: text`, where the text is not empty.
    pub fn add_text(&mut self, map: &mut Entries, key: &str, place: Place, text: &str) {
        if !text.trim().is_empty() {
            self.add(map, key, place, Value::Text(text.to_owned()));
        }
    }

    /// Adds texts by language under a key, where there are any.
    pub fn add_texts(&mut self, map: &mut Entries, key: &str, place: Place, texts: Entries) {
        if !texts.is_empty() {
            self.add(map, key, place, Value::Map(texts));
        }
    }

    /// Adds `key: true`, where it is set.
    pub fn add_flag(&mut self, map: &mut Entries, key: &str, place: Place, set: bool) {
        if set {
            self.add(map, key, place, Value::Bool(true));
        }
    }

    /// Adds what the council only reads.
    pub fn add_notes(&mut self, map: &mut Entries, row: &Row, keys: &[&str]) {
        for key in keys {
            if let Some(note) = row.get(&format!("trygghet::{key}")) {
                self.add_text(map, key, note.place, &note.text);
            }
        }
    }

    /// The texts of a row by language, in the order of the languages.
    pub fn texts(&mut self, row: &Row, heading: &str) -> Entries {
        let mut cells: Vec<(usize, String, Text)> = Vec::new();
        for (written, cell) in row.texts(heading) {
            if let Some((order, code)) = self.languages.code(&written) {
                cells.push((order, code, cell));
            }
        }
        cells.sort_by_key(|(order, ..)| *order);
        let mut entries = Entries::new();
        for (_, code, cell) in cells {
            let text = unshown(&cell.text);
            self.inspect(&cell);
            self.add(&mut entries, &code, cell.place, Value::Text(text));
        }
        entries
    }

    /// Tells of what a text holds that is not shown as other programs show it.
    fn inspect(&mut self, cell: &Text) {
        let text = &cell.text;
        let tag = |at: usize| {
            let after = text.get(at + 1..).unwrap_or_default();
            after.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()) && after.contains('>')
        };
        if text.match_indices('<').any(|(at, _)| tag(at)) {
            self.say(cell.place.clone(), What::Html);
        }
        for (at, _) in text.match_indices("${") {
            if let Some(end) = text.get(at..).and_then(|rest| rest.find('}')) {
                let reference = text.get(at..=at + end).unwrap_or_default().to_owned();
                self.say(cell.place.clone(), What::Interpolation(reference));
            }
        }
    }
}

/// A map's texts, to be compared: places don't matter.
pub fn plain(entries: &Entries) -> Vec<(&str, &str)> {
    let said = entries.iter().filter_map(|(key, node)| match &node.value {
        Value::Text(text) => Some((key.value.as_str(), text.as_str())),
        _ => None,
    });
    said.collect()
}
