//! Reading a map key by key: types, missing keys, unknown keys, texts in every language.

use std::collections::BTreeMap;

use super::{Annotations, Reader};
use crate::i18n::{self, Said, said};
use crate::survey::definition::model::Text;
use crate::survey::definition::node::{Located, Node, Value};
use crate::survey::definition::problem::{Position, Problems};

/// A map being read. Every key that is asked for becomes known; [`Entries::finish`] reports the rest.
pub(super) struct Entries<'n> {
    /// What the map describes, for messages: "question Q06".
    what: Said,
    /// Where the map begins.
    pub at: Position,
    map: &'n [(Located<String>, Node)],
    known: Vec<String>,
}

impl<'n> Entries<'n> {
    /// The map that `node` should be. Reports anything else, and keys that repeat.
    pub fn of(node: &'n Node, what: Said, problems: &mut Problems) -> Option<Self> {
        let Value::Map(map) = &node.value else {
            problems.add(node.at, said("def-no-map").saying("what", what.clone()).saying("found", node.value.kind()));
            return None;
        };
        for (index, (key, _)) in map.iter().enumerate() {
            if map[..index].iter().any(|(earlier, _)| earlier.value == key.value) {
                problems.add(key.at, said("def-key-twice").saying("what", what.clone()).with("key", &key.value));
            }
        }
        Some(Self { what, at: node.at, map, known: Vec::new() })
    }

    /// Names what is described, once its id is known.
    pub fn rename(&mut self, what: Said) {
        self.what = what;
    }

    /// All entries, for maps whose keys are names that the writer chose.
    pub fn named(&mut self) -> impl Iterator<Item = (&'n Located<String>, &'n Node)> + use<'n> {
        self.known.extend(self.map.iter().map(|(key, _)| key.value.clone()));
        self.map.iter().map(|(key, value)| (key, value))
    }

    /// The value at `key`; nothing where the key is missing.
    pub fn get(&mut self, key: &str) -> Option<&'n Node> {
        self.known.push(key.to_owned());
        self.map.iter().find(|(candidate, _)| candidate.value == key).map(|(_, node)| node)
    }

    /// The value at `key`, which must be there.
    pub fn need(&mut self, key: &str, problems: &mut Problems) -> Option<&'n Node> {
        let found = self.get(key);
        if found.is_none() {
            problems.add(self.at, said("def-key-missing").saying("what", self.what.clone()).with("key", key));
        }
        found
    }

    /// A value of the type that `take` knows, where there is one.
    fn typed<T>(
        &mut self,
        node: Option<&'n Node>,
        key: &str,
        expected: Said,
        problems: &mut Problems,
        take: impl FnOnce(&'n Value) -> Option<T>,
    ) -> Option<Located<T>> {
        let node = node?;
        let taken = take(&node.value);
        if taken.is_none() {
            let message = match &node.value {
                Value::Text(text) if text.trim().is_empty() => {
                    said("def-empty").saying("what", self.what.clone()).with("key", key)
                }
                other => said("def-other-type")
                    .saying("what", self.what.clone())
                    .with("key", key)
                    .saying("expected", expected)
                    .saying("found", other.kind()),
            };
            problems.add(node.at, message);
        }
        taken.map(|value| Located { at: node.at, value })
    }

    /// A text that must be there and say something.
    pub fn need_text(&mut self, key: &str, problems: &mut Problems) -> Option<Located<String>> {
        let node = self.need(key, problems);
        self.typed(node, key, said("def-type-text"), problems, text_of)
    }

    /// A text, where there is one.
    pub fn text(&mut self, key: &str, problems: &mut Problems) -> Option<Located<String>> {
        let node = self.get(key);
        self.typed(node, key, said("def-type-text"), problems, text_of)
    }

    /// Keys that are for the council only: checked to be texts, and kept for whoever reads the file.
    pub fn annotations(&mut self, keys: &'static [&'static str], problems: &mut Problems) -> Annotations {
        keys.iter().filter_map(|key| self.text(key, problems).map(|text| (*key, text))).collect()
    }

    /// A whole number from `least` to `most` that must be there.
    pub fn need_number(&mut self, key: &str, range: (i64, i64), problems: &mut Problems) -> Option<Located<i64>> {
        let node = self.need(key, problems);
        self.in_range(node, key, range, problems)
    }

    /// A whole number from `least` to `most`, where there is one.
    pub fn number(&mut self, key: &str, range: (i64, i64), problems: &mut Problems) -> Option<Located<i64>> {
        let node = self.get(key);
        self.in_range(node, key, range, problems)
    }

    fn in_range(
        &mut self,
        node: Option<&'n Node>,
        key: &str,
        (least, most): (i64, i64),
        problems: &mut Problems,
    ) -> Option<Located<i64>> {
        let expected = said("def-whole-number").with("least", least).with("most", most);
        let number = self.typed(node, key, expected.clone(), problems, |value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        })?;
        if (least..=most).contains(&number.value) {
            return Some(number);
        }
        problems.add(
            number.at,
            said("def-out-of-range")
                .saying("what", self.what.clone())
                .with("key", key)
                .saying("expected", expected)
                .with("found", number.value),
        );
        None
    }

    /// A flag; false where it is missing.
    pub fn flag(&mut self, key: &str, problems: &mut Problems) -> Located<bool> {
        let node = self.get(key);
        let flag = self.typed(node, key, said("def-type-bool"), problems, |value| match value {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        });
        flag.unwrap_or(Located { at: self.at, value: false })
    }

    /// A list, where there is one.
    pub fn list(&mut self, key: &str, problems: &mut Problems) -> Option<&'n [Node]> {
        let node = self.get(key);
        self.typed(node, key, said("def-type-list"), problems, list_of).map(|list| list.value)
    }

    /// A list that must be there and hold something.
    pub fn need_list(&mut self, key: &str, problems: &mut Problems) -> &'n [Node] {
        let node = self.need(key, problems);
        let list = self.typed(node, key, said("def-type-list"), problems, list_of);
        if let Some(Located { at, value: [] }) = list {
            problems.add(at, said("def-empty").saying("what", self.what.clone()).with("key", key));
        }
        list.map_or(&[], |list| list.value)
    }

    /// A list of names, where there is one: `[djuro, ostra]`.
    pub fn names(&mut self, key: &str, problems: &mut Problems) -> Vec<Located<String>> {
        let nodes = self.list(key, problems).unwrap_or_default();
        names_of(nodes, &self.what, key, problems)
    }

    /// Texts in every language under one key: `title: {sv: …, en: …}`.
    pub fn need_texts(&mut self, key: &str, reader: &mut Reader<'_>) -> Text {
        let node = self.need(key, &mut reader.problems);
        node.map_or_else(Text::default, |node| {
            texts_at(node, said("def-within").saying("what", self.what.clone()).with("key", key), reader)
        })
    }

    /// Texts in every language under one key, where it is there.
    pub fn texts(&mut self, key: &str, reader: &mut Reader<'_>) -> Option<Text> {
        let node = self.get(key)?;
        Some(texts_at(node, said("def-within").saying("what", self.what.clone()).with("key", key), reader))
    }

    /// Texts in every language among the map's own keys: `sv: …`, `en: …`.
    pub fn own_texts(&mut self, reader: &mut Reader<'_>) -> Text {
        let mut texts = BTreeMap::new();
        for language in &reader.languages {
            let node = self.get(language);
            if node.is_none() {
                let message = said("def-text-missing").saying("what", self.what.clone()).with("language", language);
                reader.problems.add_with_hint(
                    self.at,
                    message,
                    said("def-text-missing-hint").with("language", language),
                );
            }
            if let Some(text) = self.typed(node, language, said("def-type-text"), &mut reader.problems, text_of) {
                check_numbers(&text, language, &mut reader.problems);
                texts.insert(language.clone(), text.value.trim_end().to_owned());
            }
        }
        self.unlisted_languages(reader);
        Text(texts)
    }

    /// Texts in a language that is not listed: said once a language, not at every text.
    fn unlisted_languages(&mut self, reader: &mut Reader<'_>) {
        for (key, _) in self.map {
            let language = &key.value;
            if reader.languages.contains(language) || !i18n::languages().any(|known| known == language) {
                continue;
            }
            self.known.push(language.clone());
            if !reader.unlisted.contains(language) {
                reader.unlisted.push(language.clone());
                let message = said("def-text-unlisted").saying("what", self.what.clone()).with("language", language);
                reader.problems.add_with_hint(key.at, message, said("def-text-unlisted-hint"));
            }
        }
    }

    /// `name: …`, the same in every language, or texts in every language.
    pub fn name_or_own_texts(&mut self, reader: &mut Reader<'_>) -> Text {
        match self.text("name", &mut reader.problems) {
            Some(name) => {
                let name = name.value.trim_end();
                Text(reader.languages.iter().map(|code| (code.clone(), name.to_owned())).collect())
            }
            None => self.own_texts(reader),
        }
    }

    /// Reports every key that was not asked for.
    pub fn finish(self, problems: &mut Problems) {
        for (key, _) in self.map.iter().filter(|(key, _)| !self.known.contains(&key.value)) {
            let message = said("def-unknown-key").saying("what", self.what.clone()).with("key", &key.value);
            problems.add_unknown(key.at, message, &key.value, self.known.iter().map(String::as_str));
        }
    }
}

fn texts_at(node: &Node, what: Said, reader: &mut Reader<'_>) -> Text {
    let Some(mut entries) = Entries::of(node, what, &mut reader.problems) else { return Text::default() };
    let texts = entries.own_texts(reader);
    entries.finish(&mut reader.problems);
    texts
}

/// Between two numbers, a space takes the direction of the text: from right to left, the telephone
/// number "114 14" would be shown as "14 114". A no-break space keeps the order.
fn check_numbers(text: &Located<String>, language: &str, problems: &mut Problems) {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let reversed = |bytes: &[u8]| digit(bytes.first()) && bytes.get(1) == Some(&b' ') && digit(bytes.get(2));
    if i18n::right_to_left(language) && text.value.as_bytes().windows(3).any(reversed) {
        let message = said("def-number-parted").with("language", language);
        let hint = said("def-number-parted-hint");
        problems.add_with_hint(text.at, message, hint);
    }
}

/// A list of names out of nodes.
pub(super) fn names_of(nodes: &[Node], what: &Said, key: &str, problems: &mut Problems) -> Vec<Located<String>> {
    let mut names = Vec::with_capacity(nodes.len());
    for node in nodes {
        match text_of(&node.value) {
            Some(value) => names.push(Located { at: node.at, value }),
            None => problems.add(
                node.at,
                said("def-no-names").saying("what", what.clone()).with("key", key).saying("found", node.value.kind()),
            ),
        }
    }
    names
}

/// The text that a node is: not empty; a number counts as text (a heading may be "112").
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Text(_) | Value::Nothing | Value::Bool(_) | Value::List(_) | Value::Map(_) => None,
    }
}

fn list_of(value: &Value) -> Option<&[Node]> {
    match value {
        Value::List(list) => Some(list),
        _ => None,
    }
}
