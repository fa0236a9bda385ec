//! What the rows of a form are called here, and what rules may ask of them.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::ids::{Taken, is_question_id, is_snake_case};
use super::limits::limits;
use super::lists::List;
use super::rows::{Item, Kind};
use crate::survey::definition::xlsform::report::{Unmappable, What};
use crate::survey::definition::xlsform::rules::{Asked, Known};
use crate::survey::definition::xlsform::sheet::Row;

/// The name of the option that `or_other` adds.
pub const OTHER: &str = "other";

/// Ids of rows, and what stands behind a name in a rule.
#[derive(Debug, Default)]
pub struct Names {
    ids: BTreeMap<u32, String>,
    asked: BTreeMap<String, Option<Asked>>,
    first: BTreeMap<String, u32>,
    questions: Taken,
    parts: Taken,
}

impl Names {
    /// Names every row that becomes something.
    pub fn collect(items: &[Item], lists: &[List], context: &mut Context) -> Self {
        let mut names = Self::default();
        let mut written = Vec::new();
        all(items, &mut written);
        names.questions = written.iter().filter(|name| is_question_id(name)).cloned().collect();
        names.parts = written.iter().filter(|name| is_snake_case(name)).cloned().collect();
        names.walk(items, true, lists, context);
        names
    }

    /// The id of what stands on a row.
    pub fn id(&self, row: &Row) -> String {
        self.ids.get(&row.number).cloned().unwrap_or_default()
    }

    /// A name for a part that the form does not have.
    pub fn new_part(&mut self) -> String {
        self.parts.snake_case("del")
    }

    /// What rules may ask of the question with this name.
    pub fn asked(&self, name: &str) -> Result<&Asked, Unmappable> {
        match self.asked.get(name) {
            Some(Some(asked)) => Ok(asked),
            Some(None) => Err(Unmappable::NotOptions),
            None => Err(Unmappable::Unknown(name.to_owned())),
        }
    }

    fn walk(&mut self, items: &[Item], top: bool, lists: &[List], context: &mut Context) {
        for item in items {
            match item {
                Item::Row(Kind::Select { list, several, or_other }, row) => {
                    let id = self.question(row, context);
                    let options = options(list, *several, *or_other, row, lists);
                    self.insert(
                        row,
                        Some(Asked { reference: id, several: *several, options, ..Asked::default() }),
                        context,
                    );
                }
                Item::Row(Kind::Text, row) => {
                    if row.text("trygghet::kind") != "beside" || !context.own {
                        self.question(row, context);
                    }
                    self.insert(row, None, context);
                }
                Item::Row(Kind::Calculate | Kind::Metadata(_) | Kind::Other(_), row) => self.insert(row, None, context),
                Item::Row(Kind::Note, _) => {}
                Item::Group(first, inner) => match matrix(first, inner) {
                    Some(rows) => {
                        let id = self.question(first, context);
                        self.rows(&id, first, &rows, lists, context);
                    }
                    None => {
                        if top {
                            self.part(first, context);
                        }
                        self.walk(inner, false, lists, context);
                    }
                },
                Item::Repeat(first, inner) => {
                    self.question(first, context);
                    self.walk(inner, false, lists, context);
                }
            }
        }
    }

    fn question(&mut self, row: &Row, context: &mut Context) -> String {
        let name = row.text("name");
        let id = if is_question_id(&name) {
            name
        } else {
            let id = self.questions.question_id();
            context.say(row.place(), What::Renamed(name, id.clone()));
            id
        };
        self.ids.insert(row.number, id.clone());
        id
    }

    fn part(&mut self, row: &Row, context: &mut Context) {
        let name = row.text("name");
        let id = if is_snake_case(&name) {
            name
        } else {
            let id = self.parts.snake_case(&name);
            context.say(row.place(), What::Renamed(name, id.clone()));
            id
        };
        self.ids.insert(row.number, id);
    }

    /// The rows of a matrix: `Q07_dag` in the group `Q07` is its row `dag`.
    fn rows(&mut self, id: &str, first: &Row, rows: &[&Row], lists: &[List], context: &mut Context) {
        let prefix = format!("{}_", first.text("name"));
        let mut taken = Taken::default();
        for row in rows {
            let name = row.text("name");
            let short = name.strip_prefix(&prefix).unwrap_or(&name).to_owned();
            let row_id = if is_snake_case(&short) && taken.take(&short) {
                short
            } else {
                let row_id = taken.snake_case(&short);
                context.say(row.place(), What::Renamed(name, row_id.clone()));
                row_id
            };
            let list = select_list(row).unwrap_or_default();
            let options = options(&list, false, false, row, lists);
            let reference = format!("{id}.{row_id}");
            self.ids.insert(row.number, row_id);
            self.insert(row, Some(Asked { reference, options, ..Asked::default() }), context);
        }
    }

    fn insert(&mut self, row: &Row, asked: Option<Asked>, context: &mut Context) {
        let name = row.text("name");
        if name.is_empty() {
            return;
        }
        if let Some(first) = self.first.get(&name) {
            context.say(row.place(), What::NameTwice(name, *first));
            return;
        }
        self.first.insert(name.clone(), row.number);
        self.asked.insert(name.clone(), asked.map(|asked| Asked { name, ..asked }));
    }
}

fn all(items: &[Item], names: &mut Vec<String>) {
    for item in items {
        match item {
            Item::Row(_, row) => names.push(row.text("name")),
            Item::Group(first, inner) | Item::Repeat(first, inner) => {
                names.push(first.text("name"));
                all(inner, names);
            }
        }
    }
}

/// The options of a question, as rules see them.
fn options(list: &str, several: bool, or_other: bool, row: &Row, lists: &[List]) -> Vec<Known> {
    let alone = limits(&row.text("constraint")).alone;
    let found = lists.iter().find(|known| known.name == list);
    let mut options: Vec<Known> = Vec::new();
    for choice in found.into_iter().flat_map(|list| &list.choices) {
        let answers = choice.code >= 0;
        let counts = answers && !(several && alone.contains(&choice.name));
        options.push(Known { name: choice.name.clone(), id: choice.id.clone(), answers, counts });
    }
    if or_other {
        options.push(Known { name: OTHER.to_owned(), id: OTHER.to_owned(), answers: true, counts: true });
    }
    options
}

/// The list of a `select_one` without additions.
pub fn select_list(row: &Row) -> Option<String> {
    let written = row.text("type");
    let mut words = written.split_whitespace();
    let list = words.by_ref().last()?;
    Some(list.to_owned())
}

/// The rows of a group that is a matrix: a table, or rows under a row of labels; all of one list.
pub fn matrix<'i>(first: &Row, items: &'i [Item]) -> Option<Vec<&'i Row>> {
    let mut rows = Vec::new();
    let mut lists = BTreeSet::new();
    for item in items {
        match item {
            Item::Row(Kind::Select { list, several: false, or_other: false }, row) => {
                lists.insert(list.clone());
                rows.push(row);
            }
            _ => return None,
        }
    }
    let table = first.text("appearance").split_whitespace().any(|word| word == "table-list");
    let is = |row: &Row, wanted: &str| row.text("appearance").split_whitespace().any(|word| word == wanted);
    let labelled = rows.first().is_some_and(|row| is(row, "label"))
        && rows.len() > 1
        && rows.iter().skip(1).all(|row| is(row, "list-nolabel"));
    let plain = rows.iter().all(|row| row.get("relevant").is_none() && row.get("choice_filter").is_none());
    if lists.len() != 1 || !plain || !(table || labelled) {
        return None;
    }
    if labelled && !table {
        rows.remove(0);
    }
    Some(rows)
}
