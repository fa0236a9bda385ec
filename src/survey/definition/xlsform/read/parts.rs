//! Groups as parts, and the texts around them.

use super::Builder;
use super::context::{Entries, plain};
use super::names::matrix;
use super::rows::{Item, Kind};
use crate::survey::definition::node::{Located, Node, Value};
use crate::survey::definition::source::PART_NOTES;
use crate::survey::definition::xlsform::report::What;
use crate::survey::definition::xlsform::sheet::Row;

impl Builder<'_> {
    /// The parts: groups at the top, and questions outside groups put together.
    pub fn parts(&mut self, items: &[Item]) -> Vec<Node> {
        let mut parts = Vec::new();
        let mut loose: Vec<Item> = Vec::new();
        for item in items {
            match item {
                Item::Group(first, inner) if matrix(first, inner).is_none() => {
                    parts.extend(self.loose(&std::mem::take(&mut loose)));
                    parts.extend(self.part(first, inner));
                }
                other => loose.push(other.clone()),
            }
        }
        parts.extend(self.loose(&loose));
        parts
    }

    fn part(&mut self, first: &Row, items: &[Item]) -> Option<Node> {
        let mut map = Entries::new();
        let id = self.names.id(first);
        first.get("name");
        self.context.add_text(&mut map, "id", first.place(), &id);
        let asking = self.asking(first, &[]);
        asking.add(&mut map, self);
        for mark in first.text("trygghet::marks").split_whitespace() {
            self.context.add(&mut map, mark, first.place(), Value::Bool(true));
        }
        self.appearance(first, &["field-list"]);
        self.context.add_notes(&mut map, first, PART_NOTES);
        let mut title = self.context.texts(first, "label");
        if title.is_empty() {
            title = self.form_title();
        }
        self.context.add_texts(&mut map, "title", first.place(), title);
        let questions = self.questions(items, &[], false);
        if questions.is_empty() {
            // All that was in it has been told.
            return None;
        }
        self.context.add(&mut map, "questions", first.place(), Value::List(questions));
        if asking.off {
            self.context.say(first.place(), What::Cell("relevant".to_owned(), "false()".to_owned()));
        }
        Some(self.context.node(first.place(), Value::Map(map)))
    }

    /// Questions outside groups as a part of their own.
    fn loose(&mut self, items: &[Item]) -> Option<Node> {
        let questions = self.questions(items, &[], false);
        let first = questions.first()?.at;
        let place = self.context.place(first.line).cloned()?;
        let id = self.names.new_part();
        self.context.say(place.clone(), What::PartAdded(id.clone()));
        let mut map = Entries::new();
        self.context.add_text(&mut map, "id", place.clone(), &id);
        let title = self.form_title();
        self.context.add_texts(&mut map, "title", place.clone(), title);
        self.context.add(&mut map, "questions", place.clone(), Value::List(questions));
        Some(self.context.node(place, Value::Map(map)))
    }

    /// A text around the questions: what stands on its row is shown to people, so it counts.
    pub fn around(&mut self, row: &Row) {
        let kind = row.text("trygghet::kind");
        let key = kind.trim_start_matches("text.").to_owned();
        row.get("name");
        if !self.context.edited.contains(&row.number) {
            row.get("relevant");
        }
        let said = self.context.texts(row, "label");
        match self.around.get(&key) {
            Some(before) if plain(before) != plain(&said) => {
                self.context.say(row.place(), What::Differs(format!("the text `{key}`")));
            }
            Some(_) => {}
            None => {
                self.around.insert(key, said);
            }
        }
    }

    /// Puts the texts that rows show into the map `texts`.
    pub fn put_around(&mut self, entries: &mut [(Located<String>, Node)]) {
        let Some((_, texts)) = entries.iter_mut().find(|(key, _)| key.value == "texts") else { return };
        let Value::Map(texts) = &mut texts.value else { return };
        for (key, said) in std::mem::take(&mut self.around) {
            let found = texts.iter_mut().find(|(known, _)| known.value == key);
            if let Some((_, Node { value: Value::Map(known), .. })) = found {
                for (language, node) in said {
                    replace(known, language, node);
                }
            }
        }
    }
}

/// Puts a text in the place of the one in the same language, where it says something else.
pub fn replace(known: &mut Entries, language: Located<String>, node: Node) {
    let text = |node: &Node| match &node.value {
        Value::Text(text) => Some(text.trim_end().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match known.iter_mut().find(|(key, _)| key.value == language.value) {
        Some((_, before)) if text(before) != text(&node) => *before = node,
        Some(_) => {}
        None => known.push((language, node)),
    }
}

/// All select rows, in groups and repeated blocks too: the list, and the row.
pub fn selects<'i>(items: &'i [Item], found: &mut Vec<(&'i Kind, &'i Row)>) {
    for item in items {
        match item {
            Item::Row(kind @ Kind::Select { .. }, row) => found.push((kind, row)),
            Item::Row(..) => {}
            Item::Group(_, inner) | Item::Repeat(_, inner) => selects(inner, found),
        }
    }
}
