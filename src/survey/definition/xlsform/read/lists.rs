//! The sheet `choices`: options with ids and codes.
//!
//! XLSForm has names for options, and no codes. Names that are numbers from 0 to 32767 in a whole list are its
//! codes; otherwise options are numbered in their order. What says "will not say" or "does not know", by its
//! name or its text, gets −9 or −8, once in a list.

use std::collections::{BTreeMap, BTreeSet};

use super::Form;
use super::context::{Context, Entries, plain};
use super::ids::{Taken, is_snake_case};
use crate::survey::definition::node::{Node, Value};
use crate::survey::definition::xlsform::report::{Place, What};
use crate::survey::definition::xlsform::sheet::Row;

/// An option.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its row.
    pub place: Place,
    /// Its name in XLSForm.
    pub name: String,
    /// Its id here.
    pub id: String,
    /// Its code, where the form's own column says one, or one was found.
    pub code: i64,
    /// Its texts by language.
    pub texts: Entries,
    /// Where it was put together from; empty for an option of the list itself.
    pub from: String,
    /// Stands alone among several choices, says the service's own column.
    pub exclusive: bool,
    /// Room for a text beside it, says the service's own column.
    pub text_max: Option<i64>,
    /// What else the service's own columns say, ready for the map: `screen_out`, `group`, `addresses`, `women`.
    pub rest: Entries,
    /// What the council only reads.
    pub notes: Entries,
}

/// A list of options.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// Its name in XLSForm.
    pub name: String,
    /// Its options.
    pub choices: Vec<Choice>,
}

impl Choice {
    /// Whether two say the same to people, with the same code.
    pub fn same(&self, other: &Self) -> bool {
        (&self.id, self.code) == (&other.id, other.code) && plain(&self.texts) == plain(&other.texts)
    }

    /// The option as a node; shared ones stand at their name, and have no `id`.
    pub fn node(&self, with_id: bool, exclusive: bool, text_max: Option<i64>, context: &mut Context) -> Node {
        let mut map = Entries::new();
        let place = &self.place;
        if with_id {
            context.add_text(&mut map, "id", place.clone(), &self.id);
        }
        context.add(&mut map, "code", place.clone(), Value::Number(self.code));
        context.add_flag(&mut map, "exclusive", place.clone(), exclusive);
        if let Some(max) = text_max {
            context.add(&mut map, "text_max", place.clone(), Value::Number(max));
        }
        map.extend(self.rest.iter().cloned());
        map.extend(self.notes.iter().cloned());
        map.extend(self.texts.iter().cloned());
        context.node(place.clone(), Value::Map(map))
    }
}

/// Reads all lists; `notes` of options come from the service's own sheet, by list and name.
pub fn read(form: &Form, notes: &BTreeMap<(String, String), Entries>, context: &mut Context) -> Vec<List> {
    let Some(table) = &form.choices else { return Vec::new() };
    let mut lists: Vec<(String, Vec<&Row>)> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for row in &table.rows {
        let (name, list) = (row.text("name"), row.text("list_name"));
        if name.is_empty() && list.is_empty() {
            continue;
        }
        let index = *known.entry(list.clone()).or_insert(lists.len());
        match lists.get_mut(index) {
            Some((_, rows)) => rows.push(row),
            None => lists.push((list, vec![row])),
        }
    }
    lists.into_iter().map(|(name, rows)| self::list(name, &rows, notes, context)).collect()
}

fn list(name: String, rows: &[&Row], notes: &BTreeMap<(String, String), Entries>, context: &mut Context) -> List {
    let names: Vec<String> = rows.iter().map(|row| row.text("name")).collect();
    let mut taken: Taken = names.iter().filter(|name| is_snake_case(name)).cloned().collect();
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut choices: Vec<Choice> = Vec::new();
    for (row, written) in rows.iter().zip(&names) {
        // A name that stands twice stays the same twice: the check tells of it.
        let id = match ids.get(written) {
            Some(id) => id.clone(),
            None if is_snake_case(written) => written.clone(),
            None => {
                let id = taken.snake_case(written);
                context.say(row.place(), What::OptionRenamed(written.clone(), id.clone()));
                id
            }
        };
        ids.insert(written.clone(), id.clone());
        let texts = context.texts(row, "label");
        choices.push(choice(row, written.clone(), id, texts, context));
    }
    codes(&name, rows, &mut choices, context);
    for choice in &mut choices {
        choice.notes = notes.get(&(name.clone(), choice.name.clone())).cloned().unwrap_or_default();
    }
    List { name, choices }
}

fn choice(row: &Row, name: String, id: String, texts: Entries, context: &mut Context) -> Choice {
    let mut rest = Entries::new();
    let yes = |heading: &str| is_yes(&row.text(heading));
    context.add_flag(&mut rest, "screen_out", row.place(), yes("trygghet_screen_out"));
    if let Some(group) = row.get("trygghet_group") {
        context.add_text(&mut rest, "group", group.place, group.text.trim());
    }
    if let Some(addresses) = row.get("trygghet_addresses") {
        let names = addresses.text.split_whitespace();
        let names = names.map(|name| context.text(addresses.place.clone(), name)).collect();
        context.add(&mut rest, "addresses", addresses.place, Value::List(names));
    }
    if let Some(women) = row.get("trygghet_women") {
        context.add(&mut rest, "women", women.place, number(&women.text));
    }
    let text_max = row.get("trygghet_text_max").and_then(|max| max.text.trim().parse().ok());
    Choice {
        place: row.place(),
        name,
        id,
        code: 0,
        texts,
        from: row.text("trygghet_from"),
        exclusive: yes("trygghet_exclusive"),
        text_max,
        rest,
        notes: Entries::new(),
    }
}

/// A number, or the text that stands in its place: reading refuses it there.
pub fn number(text: &str) -> Value {
    text.trim().parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Number)
}

/// Whether a cell says yes, as XLSForm takes it.
pub fn is_yes(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "yes" | "true" | "true()" | "1" | "1.0")
}

/// Words for "will not say" and "does not know", in names and in texts.
const REFUSED: &[&str] = &[
    "-9",
    "vill_ej_svara",
    "vill_inte_svara",
    "refused",
    "refuse",
    "refuse_to_answer",
    "no_answer",
    "prefer_not",
    "prefer_not_to_say",
    "prefer_not_to_answer",
    "pnta",
    "pns",
    "vill ej svara",
    "vill inte svara",
    "vill inte uppge",
    "prefer not to answer",
    "prefer not to say",
    "refuse to answer",
    "do not want to answer",
    "لا أريد الإجابة",
];
const UNKNOWN: &[&str] = &[
    "-8",
    "vet_ej",
    "vet_inte",
    "dont_know",
    "don_t_know",
    "do_not_know",
    "dk",
    "vet ej",
    "vet inte",
    "don't know",
    "don’t know",
    "do not know",
    "لا أعرف",
];

fn says(choice: &Choice, words: &[&str]) -> bool {
    let is = |text: &str| words.contains(&text.trim().trim_end_matches('.').to_lowercase().as_str());
    is(&choice.name) || plain(&choice.texts).iter().any(|(_, text)| is(text))
}

/// Gives every option of a list its code.
fn codes(list: &str, rows: &[&Row], choices: &mut [Choice], context: &mut Context) {
    let written: Vec<Option<i64>> =
        rows.iter().map(|row| row.get("trygghet_code").and_then(|code| code.text.trim().parse().ok())).collect();
    let mut used: BTreeSet<i64> = written.iter().flatten().copied().collect();
    let mut open: Vec<usize> = Vec::new();
    for (index, (choice, written)) in choices.iter_mut().zip(&written).enumerate() {
        let missing = [(-9, REFUSED), (-8, UNKNOWN)]
            .into_iter()
            .find(|(code, words)| written.is_none() && !used.contains(code) && says(choice, words));
        match (written, missing) {
            (Some(code), _) => choice.code = *code,
            (None, Some((code, _))) => {
                choice.code = code;
                used.insert(code);
                context.say(choice.place.clone(), What::Missing(choice.name.clone(), code));
            }
            (None, None) => open.push(index),
        }
    }
    let numbers: Vec<Option<i64>> = open.iter().map(|index| numeric(&choices[*index].name)).collect();
    let distinct: BTreeSet<i64> = numbers.iter().flatten().copied().collect();
    let all_numbers = distinct.len() == open.len() && distinct.is_disjoint(&used);
    if all_numbers {
        for (index, number) in open.iter().zip(numbers) {
            choices[*index].code = number.unwrap_or_default();
        }
        return;
    }
    let mut next = used.iter().copied().filter(|code| *code >= 0).max().unwrap_or(0);
    for index in &open {
        next += 1;
        choices[*index].code = next;
    }
    if let Some(first) = open.first() {
        context.say(choices[*first].place.clone(), What::Numbered(list.to_owned(), choices[*first].code));
    }
}

/// A name that can be a code.
fn numeric(name: &str) -> Option<i64> {
    let number: i64 = name.parse().ok()?;
    (number.to_string() == name && (0..=i64::from(i16::MAX)).contains(&number)).then_some(number)
}
