//! What rows say besides: limits, parameters, looks.

use std::collections::BTreeMap;

use super::Builder;
use super::context::plain;
use super::limits::{Limits, limits};
use super::rows::{Item, Kind};
use crate::survey::definition::xlsform::report::What;
use crate::survey::definition::xlsform::sheet::Row;

impl Builder<'_> {
    /// Room for texts beside the options of the question on `row`, from the rows that the service wrote for them.
    pub fn beside(&mut self, row: &Row, list: &str, following: &[Item]) -> BTreeMap<String, i64> {
        let mut beside = BTreeMap::new();
        let prefix = format!("{}_", row.text("name"));
        for item in following {
            let Item::Row(Kind::Text, text) = item else { break };
            let name = text.text("name");
            let Some(option) = name.strip_prefix(&prefix).filter(|_| self.is_own(text, "beside")) else { break };
            let most = self.limits(text).characters.unwrap_or(i64::MAX);
            let label = self.context.texts(text, "label");
            let choice = self.lists.get(list).and_then(|list| list.choices.iter().find(|choice| choice.name == option));
            if choice.is_some_and(|choice| plain(&choice.texts) != plain(&label)) {
                self.context.say(text.place(), What::Differs(format!("the text of {option}")));
            }
            if !self.context.edited.contains(&text.number) {
                text.get("relevant");
            }
            beside.insert(option.to_owned(), most);
        }
        beside
    }

    /// The limits that a row's constraint states.
    pub fn limits(&mut self, row: &Row) -> Limits {
        let Some(cell) = row.get("constraint") else { return limits("") };
        let limits = limits(&cell.text);
        if !limits.complete {
            self.context.say(cell.place, What::Constraint(cell.text.trim().to_owned()));
        }
        if let Some((_, message)) = row.texts("constraint_message").into_iter().next().filter(|_| !self.context.own) {
            self.context.say(message.place, What::Message);
        }
        limits
    }

    /// Whether options are to be shuffled; tells of other parameters.
    pub fn shuffled(&mut self, row: &Row) -> bool {
        let shuffled = self.parameter(row, "randomize");
        shuffled.is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// The value of a parameter; those that mean nothing here are told.
    pub fn parameter(&mut self, row: &Row, wanted: &str) -> Option<String> {
        let cell = row.get("parameters")?;
        let mut found = None;
        for pair in cell.text.split([' ', ',', ';']).filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some((key, value)) if key.eq_ignore_ascii_case(wanted) => found = Some(value.to_owned()),
                // The seed only repeats an order.
                Some((key, _)) if key.eq_ignore_ascii_case("seed") => {}
                _ => self.context.say(cell.place.clone(), What::Cell("parameters".to_owned(), pair.to_owned())),
            }
        }
        found
    }

    /// Tells of what is said of looks, but for what has a meaning here.
    pub fn appearance(&mut self, row: &Row, kept: &[&str]) {
        let Some(cell) = row.get("appearance") else { return };
        let other: Vec<_> = cell.text.split_whitespace().filter(|word| !kept.contains(word)).collect();
        if !other.is_empty() {
            self.context.say(cell.place, What::Appearance(other.join(" ")));
        }
    }

    /// Whether the service marked the row so.
    pub fn is_own(&self, row: &Row, mark: &str) -> bool {
        self.context.own && row.text("trygghet::kind") == mark
    }
}
