//! From a posted form to the tree: what was typed, then what the button says.

use std::collections::BTreeSet;

use super::Thing;
use crate::administration::questionnaire::Takes;
use crate::http::form::Fields;
use crate::survey::definition::edit::{Draft, Item, Kind};

/// The button's name.
pub const BUTTON: &str = "gor";

/// Largest comment of a question that is new, in UTF-16 units; it can be changed afterwards.
const LONG_TEXT: &str = "500";
const TEXT: &str = "80";

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// Saves what was typed.
    Save,
    /// Moves an item up or down.
    Shift { path: String, up: bool },
    /// Takes an item away.
    Remove(String),
    /// Adds what the form's last section describes.
    Add,
    /// Moves the question to the chosen part.
    Carry,
}

impl Doing {
    /// The act that was posted; an unknown one saves.
    pub fn of(fields: &Fields) -> Self {
        let button = fields.text(BUTTON);
        let (word, path) = button.split_once(' ').unwrap_or((&button, ""));
        match word {
            "upp" | "ned" => Self::Shift { path: path.to_owned(), up: word == "upp" },
            "bort" => Self::Remove(path.to_owned()),
            "ny" => Self::Add,
            "flytta" => Self::Carry,
            _ => Self::Save,
        }
    }
}

/// Whether a field was posted.
fn posted(fields: &Fields, name: &str) -> bool {
    fields.all(name).next().is_some()
}

/// Writes what was typed. While the dialogue is open a page offers only texts, so that a box that was not posted says
/// nothing; what is posted all the same is written, for the checks to refuse.
pub fn apply(draft: &mut Draft, thing: &Thing, fields: &Fields, takes: Takes) {
    if *thing == Thing::Overview {
        return;
    }
    for slot in draft.sections(&thing.path()).into_iter().flat_map(|section| section.slots) {
        let there = posted(fields, &slot.path);
        let is_box = matches!(slot.kind, Kind::Flag | Kind::FlagOff);
        // A box that is not ticked is not posted; a field always is, unless the page is from before it.
        if !there && (!is_box || takes.texts_only()) {
            continue;
        }
        let value = match (is_box, there) {
            (true, true) => if slot.kind == Kind::Flag { "true" } else { "false" }.to_owned(),
            (true, false) => String::new(),
            (false, _) => fields.text(&slot.path),
        };
        if value != slot.value {
            draft.set(&slot.path, &slot.kind, &value);
        }
    }
}

/// Does what the button says; gives the page to go on with.
pub fn perform(draft: &mut Draft, thing: &Thing, doing: &Doing, fields: &Fields) -> Thing {
    let own = thing.path();
    let inside = |path: &str| path.strip_prefix(&own).is_some_and(|rest| rest.starts_with('.'));
    match doing {
        Doing::Shift { path, up } if inside(path) => draft.shift(path, *up),
        Doing::Remove(path) if inside(path) => draft.remove(path),
        Doing::Carry => {
            let part = fields.text("till_del");
            if !part.is_empty() {
                let name = own.rsplit('.').next().unwrap_or_default().to_owned();
                draft.carry(&own, &format!("parts.{part}.questions"));
                return draft.question(&name).map_or(Thing::Overview, Thing::Question);
            }
        }
        Doing::Add => match thing {
            Thing::Overview => add_part(draft, fields),
            Thing::Part(_) => add_question(draft, &format!("{own}.questions"), fields),
            Thing::Question(_) => {
                let columns = draft.value(&format!("{own}.type")).as_deref() == Some("matrix");
                let list = match (fields.text("ny.slag").as_str(), columns) {
                    ("rad", _) => "rows",
                    (_, true) => "columns",
                    (_, false) => "options",
                };
                add_option(draft, &format!("{own}.{list}"), fields);
            }
            Thing::List(_) => add_option(draft, &format!("{own}.options"), fields),
            Thing::Shared => {}
        },
        Doing::Save | Doing::Shift { .. } | Doing::Remove(_) => {}
    }
    thing.clone()
}

fn add_part(draft: &mut Draft, fields: &Fields) {
    let id = fields.text("ny.id");
    draft.add("parts", Item::Own(vec![("id", id.clone())]));
    texts(draft, &format!("parts.{id}.title"), fields, "ny.");
    let first = fields.text("ny.fraga");
    if let Some(path) = draft.question(&first) {
        draft.carry(&path, &format!("parts.{id}.questions"));
    }
}

fn add_question(draft: &mut Draft, list: &str, fields: &Fields) {
    let (id, kind) = (fields.text("ny.id"), fields.text("ny.typ"));
    let path = format!("{list}.{id}");
    draft.add(list, Item::Own(vec![("id", id), ("type", kind.clone())]));
    texts(draft, &path, fields, "ny.");
    match kind.as_str() {
        "single" | "several" => lines(draft, &format!("{path}.options"), fields, "ny.svar.", true),
        "matrix" => {
            lines(draft, &format!("{path}.rows"), fields, "ny.rader.", false);
            lines(draft, &format!("{path}.columns"), fields, "ny.svar.", true);
        }
        "repeat" => {
            draft.set(&format!("{path}.places"), &Kind::Number, "2");
            texts(draft, &format!("{path}.add_label"), fields, "ny.");
            items(draft, &format!("{path}.items"), fields);
        }
        _ => {
            let max = if kind == "text" { TEXT } else { LONG_TEXT };
            draft.set(&format!("{path}.max"), &Kind::Number, max);
        }
    }
}

/// A repeated block begins with a short text for each line; each has a page of its own then.
fn items(draft: &mut Draft, list: &str, fields: &Fields) {
    let languages = draft.languages();
    let mut number = 0;
    for labels in labels(&languages, fields, "ny.rader.") {
        let id = loop {
            number += 1;
            let id = format!("P{number:02}");
            if draft.question(&id).is_none() {
                break id;
            }
        };
        draft.add(list, Item::Own(vec![("id", id.clone()), ("type", "text".to_owned())]));
        write(draft, &format!("{list}.{id}"), &labels);
        draft.set(&format!("{list}.{id}.max"), &Kind::Number, TEXT);
    }
}

fn add_option(draft: &mut Draft, list: &str, fields: &Fields) {
    let reference = fields.text("ny.fran");
    let item = match reference.split_once(':') {
        Some(("list", name)) => Item::List(name.to_owned()),
        Some(("from", name)) => Item::From(name.to_owned()),
        _ if !reference.is_empty() => Item::Shared(reference),
        _ => {
            let id = fields.text("ny.id");
            draft.add(list, Item::Own(vec![("id", id.clone())]));
            let path = format!("{list}.{id}");
            texts(draft, &path, fields, "ny.");
            if !list.ends_with(".rows") {
                let code = Some(fields.text("ny.kod")).filter(|code| !code.is_empty());
                draft.set(&format!("{path}.code"), &Kind::Number, &code.unwrap_or_else(|| next_code(draft, list)));
            }
            return;
        }
    };
    draft.add(list, item);
}

/// One more than the highest code of the list's own options.
fn next_code(draft: &Draft, list: &str) -> String {
    let codes = draft.names(list).into_iter().filter_map(|name| draft.value(&format!("{list}.{name}.code")));
    let highest = codes.filter_map(|code| code.parse::<i64>().ok()).max().unwrap_or(0);
    (highest.max(0) + 1).to_string()
}

fn texts(draft: &mut Draft, path: &str, fields: &Fields, prefix: &str) {
    for (code, _) in draft.languages() {
        let text = fields.text(&format!("{prefix}{code}"));
        draft.set(&format!("{path}.{code}"), &Kind::Text(code), &text);
    }
}

/// The lines of a field per language, put side by side: one label by language for each.
fn labels(languages: &[(String, String)], fields: &Fields, prefix: &str) -> Vec<Vec<(String, String)>> {
    let columns: Vec<(String, Vec<String>)> = languages
        .iter()
        .map(|(code, _)| {
            let text = fields.text(&format!("{prefix}{code}"));
            (code.clone(), text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect())
        })
        .collect();
    let most = columns.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
    let line = |index: usize| {
        let text = |lines: &Vec<String>| lines.get(index).cloned().unwrap_or_default();
        columns.iter().map(|(code, lines)| (code.clone(), text(lines))).collect()
    };
    (0..most).map(line).collect()
}

fn write(draft: &mut Draft, path: &str, labels: &[(String, String)]) {
    for (code, text) in labels {
        draft.set(&format!("{path}.{code}"), &Kind::Text(code.clone()), text);
    }
}

/// An option or a row for each line, codes from 1; options end with the shared one that refuses an answer, where there is one.
fn lines(draft: &mut Draft, list: &str, fields: &Fields, prefix: &str, options: bool) {
    let languages = draft.languages();
    let mut taken = BTreeSet::new();
    for (index, labels) in labels(&languages, fields, prefix).iter().enumerate() {
        let id = name_for(labels.first().map_or("", |(_, text)| text), &mut taken);
        draft.add(list, Item::Own(vec![("id", id.clone())]));
        write(draft, &format!("{list}.{id}"), labels);
        if options {
            draft.set(&format!("{list}.{id}.code"), &Kind::Number, &(index + 1).to_string());
        }
    }
    if options && let Some(refusal) = draft.names("options").into_iter().find(|name| draft.is_refusal(name)) {
        draft.add(list, Item::Shared(refusal));
    }
}

/// A name in the file for a label: `Till fots` becomes `till_fots`.
fn name_for(label: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |c: char| match c {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        'é' => 'e',
        c if c.is_ascii_alphanumeric() => c,
        _ => '_',
    };
    let raw: String = label.to_lowercase().chars().map(plain).collect();
    let words: Vec<&str> = raw.split('_').filter(|word| !word.is_empty()).take(5).collect();
    let name = words.join("_");
    let name = if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("svar_{name}") };
    let mut free = name.clone();
    let mut number = 1;
    while !taken.insert(free.clone()) {
        number += 1;
        free = format!("{name}_{number}");
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_labels_and_are_unique() {
        let mut taken = BTreeSet::new();
        let names: Vec<String> = ["Till fots", "Till  fots!", "Åker bil, ö", "12–15 år", ""]
            .iter()
            .map(|l| name_for(l, &mut taken))
            .collect();
        assert_eq!(names, ["till_fots", "till_fots_2", "aker_bil_o", "svar_12_15_ar", "svar_"]);
    }
}
