//! Maps of nodes as they are put together: what is absent leaves no key.

use crate::survey::definition::model::{Language, Text};
use crate::survey::definition::node::{Located, Node, Value};
use crate::survey::definition::problem::Position;
use crate::survey::definition::source::{Annotations, Rule};

/// A map's entries.
pub type Entries = Vec<(Located<String>, Node)>;

/// A node that stands nowhere yet.
pub fn node(value: Value) -> Node {
    Node { at: Position { line: 1, column: 1 }, byte: None, value }
}

/// A map being built; what is absent leaves no key.
#[derive(Default)]
pub struct Map(pub Entries);

impl Map {
    pub fn add(&mut self, key: &str, value: Value) {
        self.0.push((Located { at: Position { line: 1, column: 1 }, value: key.to_owned() }, node(value)));
    }

    pub fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.add(key, Value::Text(text.to_owned()));
        }
    }

    pub fn name(&mut self, key: &str, name: Option<&Located<String>>) {
        self.text(key, name.map_or("", |name| &name.value));
    }

    pub fn rule(&mut self, key: &str, rule: Option<&Rule>) {
        self.text(key, rule.map_or("", |rule| &rule.text));
    }

    pub fn number(&mut self, key: &str, number: Option<i64>) {
        if let Some(number) = number {
            self.add(key, Value::Number(number));
        }
    }

    pub fn flag(&mut self, key: &str, set: bool) {
        if set {
            self.add(key, Value::Bool(true));
        }
    }

    pub fn names(&mut self, key: &str, names: &[Located<String>]) {
        if !names.is_empty() {
            self.add(key, self::names(names));
        }
    }

    pub fn list(&mut self, key: &str, items: Vec<Value>) {
        if !items.is_empty() {
            self.add(key, Value::List(items.into_iter().map(node).collect()));
        }
    }

    /// A map, where it holds anything.
    pub fn filled(&mut self, key: &str, map: Self) {
        if !map.0.is_empty() {
            self.add(key, map.into_value());
        }
    }

    pub fn notes(&mut self, notes: &Annotations) {
        notes.iter().for_each(|(key, text)| self.text(key, &text.value));
    }

    pub fn texts(&mut self, key: &str, text: &Text, languages: &[Language]) {
        let texts = texts(text, languages);
        if !texts.is_empty() {
            self.add(key, Value::Map(texts));
        }
    }

    /// The texts among the map's own keys.
    pub fn own_texts(&mut self, text: &Text, languages: &[Language]) {
        self.0.extend(texts(text, languages));
    }

    /// As [`Map::own_texts`]; one `name` where several languages say the same.
    pub fn name_or_own_texts(&mut self, text: &Text, languages: &[Language]) {
        let mut said = languages.iter().map(|language| text.in_language(&language.code));
        match said.next() {
            Some(first) if languages.len() > 1 && said.all(|other| other == first) => self.text("name", first),
            _ => self.own_texts(text, languages),
        }
    }

    pub fn into_value(self) -> Value {
        Value::Map(self.0)
    }
}

pub fn names(names: &[Located<String>]) -> Value {
    Value::List(names.iter().map(|name| node(Value::Text(name.value.clone()))).collect())
}

/// A text by language, in the order of the questionnaire's languages.
fn texts(text: &Text, languages: &[Language]) -> Entries {
    let mut map = Map::default();
    for language in languages {
        map.text(&language.code, text.in_language(&language.code));
    }
    map.0
}
