//! Options and lists of them as they were written.

use super::entries::Entries;
use super::{Annotations, Reader, read_all};
use crate::i18n::said;
use crate::survey::definition::model::Text;
use crate::survey::definition::node::{Located, Node, Value};

/// Keys for the council only: of an option, a list.
pub const OPTION_NOTES: &[&str] = &["note", "evidence", "safetipin", "actor", "regso"];
pub const LIST_NOTES: &[&str] = &["note", "evidence"];

/// The longest free text that a question may ask for, in UTF-16 units: a form of 64 kB holds it in
/// any language.
pub const LONGEST_TEXT: i64 = 4000;

/// What stands in a list of options.
#[derive(Debug, PartialEq)]
pub enum ItemSource {
    /// `- vill_ej_svara`: one of the shared options.
    Shared(Located<String>),
    /// `- list: trygg4`: all of a list.
    List(Located<String>),
    /// `- from: Q19`: what was chosen in an earlier question.
    From(Located<String>),
    /// An option of its own.
    Own(Box<OptionSource>),
}

/// An option.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionSource {
    pub id: Located<String>,
    pub code: Option<Located<i64>>,
    pub text: Text,
    pub exclusive: Located<bool>,
    pub screen_out: Located<bool>,
    pub group: Option<Located<String>>,
    /// A free text beside the option, of at most so many UTF-16 units.
    pub text_max: Option<Located<i64>>,
    pub addresses: Vec<Located<String>>,
    pub women: Option<Located<i64>>,
    pub notes: Annotations,
}

/// A list of options that questions share.
#[derive(Debug, PartialEq)]
pub struct ListSource {
    pub name: Located<String>,
    pub grouping: Option<Located<String>>,
    /// The list that `addresses` of its options refer to.
    pub addresses: Option<Located<String>>,
    pub options: Vec<ItemSource>,
    pub notes: Annotations,
}

/// Reads the list of options at `key`.
pub fn read_items(entries: &mut Entries<'_>, key: &str, reader: &mut Reader<'_>) -> Vec<ItemSource> {
    read_all(entries.need_list(key, &mut reader.problems), reader, read_item)
}

fn read_item(node: &Node, reader: &mut Reader<'_>) -> Option<ItemSource> {
    match &node.value {
        Value::Text(name) => Some(ItemSource::Shared(Located { at: node.at, value: name.clone() })),
        Value::Map(map) if map.iter().any(|(key, _)| key.value == "list") => {
            one_name(node, "list", reader).map(ItemSource::List)
        }
        Value::Map(map) if map.iter().any(|(key, _)| key.value == "from") => {
            one_name(node, "from", reader).map(ItemSource::From)
        }
        _ => {
            let mut entries = Entries::of(node, said("def-an-option"), &mut reader.problems)?;
            let id = entries.need_text("id", &mut reader.problems);
            let id = id.unwrap_or(Located { at: node.at, value: String::new() });
            Some(ItemSource::Own(Box::new(option(id, entries, reader))))
        }
    }
}

fn one_name(node: &Node, key: &str, reader: &mut Reader<'_>) -> Option<Located<String>> {
    let mut entries = Entries::of(node, said("def-item").with("key", key), &mut reader.problems)?;
    let name = entries.need_text(key, &mut reader.problems);
    entries.finish(&mut reader.problems);
    name
}

/// Reads a shared option, which is named by its key.
pub fn read_option(name: &Located<String>, node: &Node, reader: &mut Reader<'_>) -> Option<OptionSource> {
    let entries = Entries::of(node, said("def-option").with("id", &name.value), &mut reader.problems)?;
    Some(option(name.clone(), entries, reader))
}

fn option(id: Located<String>, mut entries: Entries<'_>, reader: &mut Reader<'_>) -> OptionSource {
    entries.rename(said("def-option").with("id", &id.value));
    let notes = entries.annotations(OPTION_NOTES, &mut reader.problems);
    let problems = &mut reader.problems;
    let option = OptionSource {
        code: entries.need_number("code", (i64::from(i16::MIN), i64::from(i16::MAX)), problems),
        exclusive: entries.flag("exclusive", problems),
        screen_out: entries.flag("screen_out", problems),
        group: entries.text("group", problems),
        text_max: entries.number("text_max", (1, LONGEST_TEXT), problems),
        addresses: entries.names("addresses", problems),
        women: entries.number("women", (0, i64::from(u32::MAX)), problems),
        text: entries.name_or_own_texts(reader),
        notes,
        id,
    };
    entries.finish(&mut reader.problems);
    option
}

/// Reads a list of options.
pub fn read_list(name: &Located<String>, node: &Node, reader: &mut Reader<'_>) -> Option<ListSource> {
    let mut entries = Entries::of(node, said("def-list").with("id", &name.value), &mut reader.problems)?;
    let list = ListSource {
        notes: entries.annotations(LIST_NOTES, &mut reader.problems),
        name: name.clone(),
        grouping: entries.text("grouping", &mut reader.problems),
        addresses: entries.text("addresses", &mut reader.problems),
        options: read_items(&mut entries, "options", reader),
    };
    entries.finish(&mut reader.problems);
    Some(list)
}
