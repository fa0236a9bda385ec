//! Rows as questions.

use std::collections::BTreeMap;

use super::Builder;
use super::context::Entries;
use super::limits::Limits;
use super::lists::number;
use super::names::{matrix, select_list};
use super::options::Select;
use super::rows::{Item, Kind, leave};
use crate::survey::definition::node::{Node, Value};
use crate::survey::definition::source::{MOST_PLACES, QUESTION_NOTES, ROW_NOTES};
use crate::survey::definition::xlsform::report::What;
use crate::survey::definition::xlsform::sheet::Row;

/// The room for a text that has no limit in the form: one line, several lines.
const LINE: usize = 200;
const LINES: usize = 1000;

impl Builder<'_> {
    /// The questions among items, those of groups within a part too; `inherited` are those groups' rules.
    pub fn questions(&mut self, items: &[Item], inherited: &[String], in_repeat: bool) -> Vec<Node> {
        let mut questions = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match item {
                Item::Row(kind, row) => {
                    let following = items.get(index + 1..).unwrap_or_default();
                    questions.extend(self.row(kind, row, following, inherited));
                }
                Item::Group(first, inner) => match matrix(first, inner) {
                    Some(rows) => {
                        for row in label_rows(inner, &rows) {
                            row.settle();
                        }
                        questions.push(self.matrix(first, &rows, inherited));
                    }
                    None => questions.extend(self.group(first, inner, inherited, in_repeat)),
                },
                Item::Repeat(first, inner) if in_repeat => {
                    self.context.say(first.place(), What::NestedRepeat(first.text("name")));
                    first.settle();
                    leave(inner, &mut self.context);
                }
                Item::Repeat(first, inner) => questions.push(self.repeat(first, inner, inherited)),
            }
        }
        questions
    }

    fn row(&mut self, kind: &Kind, row: &Row, following: &[Item], inherited: &[String]) -> Option<Node> {
        let told = match kind {
            Kind::Select { list, several, or_other } => {
                let (list, several, or_other) = (list.as_str(), *several, *or_other);
                let limits = self.limits(row);
                let beside = self.beside(row, list, following);
                let select = Select { row, list, several, or_other, limits, beside };
                return Some(self.select(&select, inherited));
            }
            Kind::Text if self.is_own(row, "beside") => return None,
            Kind::Text => return Some(self.text(row, inherited)),
            Kind::Note if self.context.own && row.text("trygghet::kind").starts_with("text.") => {
                self.around(row);
                return None;
            }
            Kind::Note => {
                let text = row.texts("label").into_iter().map(|(_, value)| value.text).next().unwrap_or_default();
                What::Note(text)
            }
            Kind::Calculate => What::Calculation(row.text("name")),
            Kind::Metadata(kind) => What::Metadata(kind.clone()),
            Kind::Other(kind) => What::Type(format!("{kind} {}", row.text("name"))),
        };
        self.context.say(row.place(), told);
        row.settle();
        None
    }

    fn group(&mut self, first: &Row, inner: &[Item], inherited: &[String], in_repeat: bool) -> Vec<Node> {
        let name = first.text("name");
        if !first.texts("label").is_empty() {
            self.context.say(first.place(), What::Heading(name));
        }
        self.appearance(first, &["field-list"]);
        let asking = self.asking(first, &[]);
        let mut rules = inherited.to_vec();
        rules.extend(asking.rule.map(|(_, rule)| rule));
        self.questions(inner, &rules, in_repeat)
    }

    /// What all questions begin with.
    fn head(&mut self, row: &Row, kind: &str, required: bool, inherited: &[String]) -> Entries {
        let mut map = Entries::new();
        let id = self.names.id(row);
        self.context.add_text(&mut map, "id", row.place(), &id);
        row.get("name");
        self.context.add(&mut map, "type", row.place(), Value::Text(kind.to_owned()));
        let asking = self.asking(row, inherited);
        if asking.off {
            self.context.add(&mut map, "enabled", row.place(), Value::Bool(false));
        }
        self.context.add_flag(&mut map, "required", row.place(), required);
        asking.add(&mut map, self);
        map
    }

    /// What all questions go on with: marks, notes, texts.
    fn texts_of(&mut self, row: &Row, map: &mut Entries) {
        for mark in row.text("trygghet::marks").split_whitespace() {
            self.context.add(map, mark, row.place(), Value::Bool(true));
        }
        self.context.add_notes(map, row, QUESTION_NOTES);
        map.extend(self.context.texts(row, "label"));
        let help = self.context.texts(row, "hint");
        self.context.add_texts(map, "help", row.place(), help);
    }

    /// In a form that others wrote: whether people can refuse is what its options say.
    fn refusal(&mut self, row: &Row, list: &str, map: &mut Entries) {
        let refuses = |name: &str| self.lists.get(name).is_some_and(|list| list.choices.iter().any(|c| c.code == -9));
        if !self.context.own && !refuses(list) {
            self.context.say(row.place(), What::NoRefusal);
            self.context.add(map, "no_refusal", row.place(), Value::Bool(true));
        }
    }

    fn select(&mut self, select: &Select<'_>, inherited: &[String]) -> Node {
        let row = select.row;
        let required = self.required(row);
        let kind = if select.several { "several" } else { "single" };
        let mut map = self.head(row, kind, required, inherited);
        self.refusal(row, select.list, &mut map);
        if let Some(most) = select.limits.choices {
            self.context.add(&mut map, "max_selected", row.place(), Value::Number(most));
        }
        if self.shuffled(row) {
            if select.several {
                self.context.add(&mut map, "randomise", row.place(), Value::Bool(true));
            } else {
                self.context.say(row.place(), What::Shuffle);
            }
        }
        let grouped = row.text("trygghet::marks").split_whitespace().any(|mark| mark == "grouped");
        self.appearance(row, if grouped { &["autocomplete"] } else { &[] });
        self.texts_of(row, &mut map);
        let options = self.lists.nodes(select, &self.names, &mut self.context);
        self.context.add(&mut map, "options", row.place(), Value::List(options));
        self.context.node(row.place(), Value::Map(map))
    }

    fn text(&mut self, row: &Row, inherited: &[String]) -> Node {
        let required = self.required(row);
        let rows = self.parameter(row, "rows");
        let long = rows.is_some() || row.text("appearance").split_whitespace().any(|word| word == "multiline");
        let mut map = self.head(row, if long { "long_text" } else { "text" }, required, inherited);
        let limits = self.limits(row);
        let most = limits.characters.unwrap_or_else(|| {
            let most = if long { LINES } else { LINE };
            self.context.say(row.place(), What::Limit(most));
            i64::try_from(most).unwrap_or(i64::MAX)
        });
        self.context.add(&mut map, "max", row.place(), Value::Number(most));
        if let Some(list) = row.get("trygghet::suggestions") {
            self.context.add_text(&mut map, "suggestions", list.place, list.text.trim());
        }
        self.appearance(row, &["multiline"]);
        self.texts_of(row, &mut map);
        self.context.node(row.place(), Value::Map(map))
    }

    fn matrix(&mut self, first: &Row, rows: &[&Row], inherited: &[String]) -> Node {
        let needed: Vec<bool> = rows.iter().map(|row| self.required(row)).collect();
        let required = needed.iter().all(|needed| *needed) && !needed.is_empty();
        if !required && needed.contains(&true) {
            self.context.say(first.place(), What::RequiredRows);
        }
        let list = rows.first().and_then(|row| select_list(row)).unwrap_or_default();
        let mut map = self.head(first, "matrix", required, inherited);
        self.refusal(first, &list, &mut map);
        self.appearance(first, &["table-list", "field-list"]);
        first.text("trygghet::kind");
        self.texts_of(first, &mut map);
        let mut nodes = Vec::new();
        for row in rows {
            self.appearance(row, &["list-nolabel"]);
            let limits = self.limits(row);
            if limits != (Limits { complete: true, ..Limits::default() }) {
                self.context.say(row.place(), What::Constraint(row.text("constraint")));
            }
            let mut entries = Entries::new();
            let id = self.names.id(row);
            row.get("name");
            self.context.add_text(&mut entries, "id", row.place(), &id);
            self.context.add_notes(&mut entries, row, ROW_NOTES);
            entries.extend(self.context.texts(row, "label"));
            nodes.push(self.context.node(row.place(), Value::Map(entries)));
        }
        self.context.add(&mut map, "rows", first.place(), Value::List(nodes));
        let limits = Limits { complete: true, ..Limits::default() };
        let row = rows.first().copied().unwrap_or(first);
        let beside = BTreeMap::new();
        let select = Select { row, list: &list, several: false, or_other: false, limits, beside };
        let columns = self.lists.nodes(&select, &self.names, &mut self.context);
        self.context.add(&mut map, "columns", first.place(), Value::List(columns));
        self.context.node(first.place(), Value::Map(map))
    }

    fn repeat(&mut self, first: &Row, items: &[Item], inherited: &[String]) -> Node {
        let mut map = self.head(first, "repeat", false, inherited);
        let most = usize::try_from(MOST_PLACES).unwrap_or(usize::MAX);
        let places = match first.get("repeat_count") {
            Some(count) => {
                let fits = count.text.trim().parse().is_ok_and(|places: i64| (1..=MOST_PLACES).contains(&places));
                if fits {
                    number(&count.text)
                } else {
                    self.context.say(count.place, What::Rounds(count.text.trim().to_owned(), most));
                    Value::Number(MOST_PLACES)
                }
            }
            None => {
                self.context.say(first.place(), What::Rounds(String::new(), most));
                Value::Number(MOST_PLACES)
            }
        };
        self.context.add(&mut map, "places", first.place(), places);
        self.appearance(first, &[]);
        self.texts_of(first, &mut map);
        let label = self.context.texts(first, "add_label");
        self.context.add_texts(&mut map, "add_label", first.place(), label);
        let items = self.questions(items, &[], true);
        self.context.add(&mut map, "items", first.place(), Value::List(items));
        self.context.node(first.place(), Value::Map(map))
    }
}

/// The rows of a matrix that hold nothing but the columns' labels.
fn label_rows<'i>(items: &'i [Item], rows: &'i [&'i Row]) -> impl Iterator<Item = &'i Row> {
    items.iter().filter_map(|item| match item {
        Item::Row(_, row) if rows.iter().all(|known| known.number != row.number) => Some(row),
        _ => None,
    })
}
