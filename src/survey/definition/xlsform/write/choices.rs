//! The sheet `choices`: named lists, the shared options, and a list for each question that has its own.

use std::collections::BTreeMap;

use super::{Filled, Sheet, text_heading};
use crate::survey::definition::source::{ItemSource, KindSource, OptionSource, QuestionSource, Source};

/// The list of shared options. No list of ours and no question can have this name.
pub const SHARED: &str = "Shared";

/// How far options are followed that are taken from a question that takes them from another.
const MOST_STEPS: usize = 8;

/// An option of a question, and where it was put together from: empty for its own, [`SHARED`], the name of a
/// list, or an earlier question.
#[derive(Debug, Clone)]
pub struct Offered<'s> {
    /// The option.
    pub option: &'s OptionSource,
    /// Where from.
    pub from: String,
}

impl Offered<'_> {
    /// Whether it has a code from 0 up.
    pub fn answers(&self) -> bool {
        self.option.code.as_ref().is_none_or(|code| code.value >= 0)
    }

    /// Whether it answers, and does not stand alone among several choices.
    pub fn counts(&self) -> bool {
        self.answers() && !self.option.exclusive.value
    }
}

/// The name of the list that a question's options stand in.
pub fn list_of(question: &QuestionSource) -> String {
    match question.kind.items() {
        [ItemSource::List(list)] => list.value.clone(),
        _ => question.id.value.clone(),
    }
}

/// All options that items stand for; names that lead nowhere are left out.
pub fn offered<'s>(items: &'s [ItemSource], source: &'s Source) -> Vec<Offered<'s>> {
    open(items, source, MOST_STEPS)
}

fn open<'s>(items: &'s [ItemSource], source: &'s Source, steps: usize) -> Vec<Offered<'s>> {
    let mut all = Vec::new();
    for item in items {
        match item {
            ItemSource::Own(option) => all.push(Offered { option, from: String::new() }),
            ItemSource::Shared(name) => {
                let found = source.options.iter().find(|option| option.id.value == name.value);
                all.extend(found.map(|option| Offered { option, from: SHARED.to_owned() }));
            }
            ItemSource::List(name) if steps > 0 => {
                let inner = source.list(&name.value).map_or(&[][..], |list| &list.options);
                let opened = open(inner, source, steps - 1).into_iter();
                all.extend(opened.map(|offered| Offered { from: name.value.clone(), ..offered }));
            }
            ItemSource::From(name) if steps > 0 => {
                let question = source.questions().into_iter().find(|question| question.id.value == name.value);
                let inner = question.map_or(&[][..], |question| question.kind.items());
                let opened = open(inner, source, steps - 1).into_iter().filter(Offered::counts);
                all.extend(opened.map(|offered| Offered { from: name.value.clone(), ..offered }));
            }
            ItemSource::List(_) | ItemSource::From(_) => {}
        }
    }
    all
}

/// The sheet.
pub fn sheet(source: &Source) -> Sheet {
    let mut rows = Vec::new();
    for list in &source.lists {
        rows.extend(offered(&list.options, source).iter().map(|offered| row(&list.name.value, offered, source)));
    }
    rows.extend(source.options.iter().map(|option| row(SHARED, &Offered { option, from: String::new() }, source)));
    for question in source.questions() {
        let list = list_of(question);
        if list == question.id.value && !matches!(question.kind, KindSource::Text { .. } | KindSource::Repeat { .. }) {
            rows.extend(offered(question.kind.items(), source).iter().map(|offered| row(&list, offered, source)));
        }
    }
    let mut headings: Vec<String> = ["list_name", "name"].map(str::to_owned).into();
    headings.extend(source.languages.iter().map(|language| text_heading("label", language)));
    let own = ["code", "from", "exclusive", "screen_out", "text_max", "group", "addresses", "women"];
    headings.extend(own.map(|name| format!("trygghet_{name}")));
    Sheet { name: "choices", headings, rows }
}

/// A row. What was put together from elsewhere shows there what it is; here its name, text and code are enough.
fn row(list: &str, offered: &Offered<'_>, source: &Source) -> BTreeMap<String, String> {
    let option = offered.option;
    let mut row = Filled::default();
    row.set("list_name", list);
    row.set("name", &*option.id.value);
    row.texts("label", &option.text, &source.languages);
    row.set("trygghet_from", &*offered.from);
    row.set("trygghet_code", option.code.as_ref().map_or(String::new(), |code| code.value.to_string()));
    if offered.from.is_empty() {
        let yes = |set: bool| if set { "yes" } else { "" };
        let number = |number: &Option<_>| number.as_ref().map_or(String::new(), located);
        row.set("trygghet_exclusive", yes(option.exclusive.value));
        row.set("trygghet_screen_out", yes(option.screen_out.value));
        row.set("trygghet_text_max", number(&option.text_max));
        row.set("trygghet_group", option.group.as_ref().map_or("", |group| &group.value));
        let addresses: Vec<_> = option.addresses.iter().map(|name| name.value.as_str()).collect();
        row.set("trygghet_addresses", addresses.join(" "));
        row.set("trygghet_women", number(&option.women));
    }
    row.0
}

fn located(number: &crate::survey::definition::node::Located<i64>) -> String {
    number.value.to_string()
}
