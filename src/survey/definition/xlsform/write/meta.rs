//! The sheets `settings`, as XLSForm has it, and `trygghet`, our own.

use std::collections::BTreeMap;

use super::choices::SHARED;
use super::{Filled, LINE, Sheet, language_name};
use crate::survey::definition::node::{Located, Node, Value};
use crate::survey::definition::problem::Position;
use crate::survey::definition::source::{Annotations, ItemSource, OptionSource, Source};
use crate::survey::definition::write::{after_questions, before_questions, emit, node};

/// The sheet `settings`: one row.
pub fn settings(source: &Source) -> Sheet {
    let mut row = Filled::default();
    let default = source.languages.first();
    row.set("form_title", source.title.in_language(default.map_or("", |language| &language.code)));
    row.set("form_id", &*source.id);
    row.set("version", source.version.to_string());
    row.set("default_language", default.map_or(String::new(), language_name));
    row.set("style", "pages");
    let headings = ["form_title", "form_id", "version", "default_language", "style"].map(str::to_owned).into();
    Sheet { name: "settings", headings, rows: vec![row.0] }
}

type Entries = Vec<(Located<String>, Node)>;

fn add(entries: &mut Entries, key: &str, value: Value) {
    entries.push((Located { at: Position { line: 1, column: 1 }, value: key.to_owned() }, node(value)));
}

fn notes(notes: &Annotations) -> Entries {
    let mut entries = Entries::new();
    notes.iter().for_each(|(key, text)| add(&mut entries, key, Value::Text(text.value.clone())));
    entries
}

/// The sheet `trygghet`: what a form in a spreadsheet has no place for, a line a row.
///
/// Beside keys of our own format it holds `lists` (what a list says of itself; its options stand on the
/// sheet `choices`) and `option_notes`: what only the council reads of options, by list and option. On the
/// sheet `choices` these would reach every phone.
pub fn own(source: &Source) -> Sheet {
    let mut entries = before_questions(source);
    let mut lists = Entries::new();
    for list in &source.lists {
        let mut facts = Entries::new();
        for (key, name) in [("grouping", &list.grouping), ("addresses", &list.addresses)] {
            if let Some(name) = name {
                add(&mut facts, key, Value::Text(name.value.clone()));
            }
        }
        facts.extend(notes(&list.notes));
        add(&mut lists, &list.name.value, Value::Map(facts));
    }
    if !lists.is_empty() {
        add(&mut entries, "lists", Value::Map(lists));
    }
    let all = option_notes(source);
    if !all.is_empty() {
        add(&mut entries, "option_notes", Value::Map(all));
    }
    entries.extend(after_questions(source));
    let text = emit(&node(Value::Map(entries)));
    let rows = text.lines().map(|line| BTreeMap::from([(LINE.to_owned(), line.to_owned())])).collect();
    Sheet { name: "trygghet", headings: Vec::new(), rows }
}

fn option_notes(source: &Source) -> Entries {
    let mut all = Entries::new();
    let mut list = |name: &str, options: &mut dyn Iterator<Item = &OptionSource>| {
        let mut of_list = Entries::new();
        for option in options.filter(|option| !option.notes.is_empty()) {
            add(&mut of_list, &option.id.value, Value::Map(notes(&option.notes)));
        }
        if !of_list.is_empty() {
            add(&mut all, name, Value::Map(of_list));
        }
    };
    for named in &source.lists {
        list(&named.name.value, &mut own_options(&named.options));
    }
    list(SHARED, &mut source.options.iter());
    for question in source.questions() {
        list(&question.id.value, &mut own_options(question.kind.items()));
    }
    all
}

fn own_options(items: &[ItemSource]) -> impl Iterator<Item = &OptionSource> {
    items.iter().filter_map(|item| match item {
        ItemSource::Own(option) => Some(&**option),
        ItemSource::Shared(_) | ItemSource::List(_) | ItemSource::From(_) => None,
    })
}
