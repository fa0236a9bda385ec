//! Parts, questions and options as they were written.

use super::entries::Entries;
use super::{Reader, read_all};
use crate::survey::definition::model::Text;
use crate::survey::definition::node::{Located, Node, Value};
use crate::survey::definition::problem::Position;

/// The longest free text that a question may ask for, in UTF-16 units: a form of 64 kB holds it in
/// any language.
const LONGEST_TEXT: i64 = 4000;

/// The most places of a repeated block.
const MOST_PLACES: i64 = 9;

/// A screen.
#[derive(Debug)]
pub struct PartSource {
    pub id: Located<String>,
    pub title: Text,
    pub relevant: Option<Rule>,
    /// Shares its number with the screen before.
    pub continues: Located<bool>,
    pub sensitive: bool,
    pub support: bool,
    pub questions: Vec<QuestionSource>,
}

/// A question.
#[derive(Debug)]
pub struct QuestionSource {
    pub id: Located<String>,
    pub text: Text,
    pub help: Option<Text>,
    pub enabled: bool,
    pub required: bool,
    /// Refusing to answer makes no sense here, so that "will not say" need not be offered.
    pub no_refusal: bool,
    pub relevant: Option<Rule>,
    pub kind: KindSource,
}

/// What kind of question it is.
#[derive(Debug)]
pub enum KindSource {
    Single {
        options: Vec<ItemSource>,
        grouped: Located<bool>,
    },
    Several {
        options: Vec<ItemSource>,
        max_selected: Option<Located<i64>>,
        randomise: bool,
    },
    Text {
        max: usize,
        long: bool,
        suggestions: Option<Located<String>>,
    },
    Matrix {
        rows: Vec<RowSource>,
        columns: Vec<ItemSource>,
    },
    Repeat {
        places: usize,
        add_label: Text,
        items: Vec<QuestionSource>,
    },
    /// Its type was not readable: reported, and rules that refer to it are not judged.
    Unreadable,
}

impl KindSource {
    /// Its options, or columns.
    pub fn items(&self) -> &[ItemSource] {
        match self {
            Self::Single { options, .. } | Self::Several { options, .. } => options,
            Self::Matrix { columns, .. } => columns,
            Self::Text { .. } | Self::Repeat { .. } | Self::Unreadable => &[],
        }
    }
}

/// A row of a matrix.
#[derive(Debug)]
pub struct RowSource {
    pub id: Located<String>,
    pub text: Text,
}

/// What stands in a list of options.
#[derive(Debug)]
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
#[derive(Debug, Clone)]
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
}

/// A list of options that questions share.
#[derive(Debug)]
pub struct ListSource {
    pub name: Located<String>,
    pub grouping: Option<Located<String>>,
    /// The list that `addresses` of its options refer to.
    pub addresses: Option<Located<String>>,
    pub options: Vec<ItemSource>,
}

/// A rule of relevance, as text.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Where its first character stands.
    pub at: Position,
    /// Its text.
    pub text: String,
    /// It stands on one line as it is read, so that places inside it can be told.
    pub exact: bool,
}

/// Reads one screen.
pub fn read_part(node: &Node, reader: &mut Reader<'_>) -> Option<PartSource> {
    let mut entries = Entries::of(node, "a part", &mut reader.problems)?;
    let id = entries.need_text("id", &mut reader.problems);
    if let Some(id) = &id {
        entries.rename(format!("part {}", id.value));
    }
    entries.annotations(&["note"], &mut reader.problems);
    let part = PartSource {
        id: id.unwrap_or(Located { at: node.at, value: String::new() }),
        relevant: rule(&mut entries, "relevant", reader),
        continues: entries.flag("continues", &mut reader.problems),
        sensitive: entries.flag("sensitive", &mut reader.problems).value,
        support: entries.flag("support", &mut reader.problems).value,
        title: entries.need_texts("title", reader),
        questions: read_all(entries.need_list("questions", &mut reader.problems), reader, read_question),
    };
    entries.finish(&mut reader.problems);
    Some(part)
}

fn read_question(node: &Node, reader: &mut Reader<'_>) -> Option<QuestionSource> {
    let mut entries = Entries::of(node, "a question", &mut reader.problems)?;
    let id = entries.need_text("id", &mut reader.problems);
    if let Some(id) = &id {
        entries.rename(format!("question {}", id.value));
    }
    entries.annotations(&["note", "based_on", "evidence"], &mut reader.problems);
    let switch = entries.get("enabled").is_some();
    let enabled = !switch || entries.flag("enabled", &mut reader.problems).value;
    let required = entries.flag("required", &mut reader.problems).value;
    let no_refusal = entries.flag("no_refusal", &mut reader.problems).value;
    let relevant = rule(&mut entries, "relevant", reader);
    let text = entries.own_texts(reader);
    let help = entries.texts("help", reader);
    let kind = read_kind(&mut entries, reader).unwrap_or(KindSource::Unreadable);
    if !matches!(kind, KindSource::Unreadable) {
        // Which keys are known depends on the type.
        entries.finish(&mut reader.problems);
    }
    let id = id.unwrap_or(Located { at: node.at, value: String::new() });
    Some(QuestionSource { id, text, help, enabled, required, no_refusal, relevant, kind })
}

const TYPES: [&str; 6] = ["single", "several", "text", "long_text", "matrix", "repeat"];

fn read_kind(entries: &mut Entries<'_>, reader: &mut Reader<'_>) -> Option<KindSource> {
    let kind = entries.need_text("type", &mut reader.problems)?;
    let max_text = |entries: &mut Entries<'_>, reader: &mut Reader<'_>| -> usize {
        let max = entries.need_number("max", (1, LONGEST_TEXT), &mut reader.problems);
        max.and_then(|max| usize::try_from(max.value).ok()).unwrap_or_default()
    };
    match kind.value.as_str() {
        "single" => Some(KindSource::Single {
            options: read_items(entries, "options", reader),
            grouped: entries.flag("grouped", &mut reader.problems),
        }),
        "several" => Some(KindSource::Several {
            options: read_items(entries, "options", reader),
            max_selected: entries.number("max_selected", (1, i64::MAX), &mut reader.problems),
            randomise: entries.flag("randomise", &mut reader.problems).value,
        }),
        "text" => Some(KindSource::Text {
            max: max_text(entries, reader),
            long: false,
            suggestions: entries.text("suggestions", &mut reader.problems),
        }),
        "long_text" => Some(KindSource::Text { max: max_text(entries, reader), long: true, suggestions: None }),
        "matrix" => Some(KindSource::Matrix {
            rows: read_all(entries.need_list("rows", &mut reader.problems), reader, read_row),
            columns: read_items(entries, "columns", reader),
        }),
        "repeat" => {
            let places = entries.need_number("places", (1, MOST_PLACES), &mut reader.problems);
            Some(KindSource::Repeat {
                places: places.and_then(|places| usize::try_from(places.value).ok()).unwrap_or(1),
                add_label: entries.need_texts("add_label", reader),
                items: read_all(entries.need_list("items", &mut reader.problems), reader, read_question),
            })
        }
        other => {
            let message = format!("there is no type of question `{other}`");
            reader.problems.add_unknown(kind.at, message, other, TYPES);
            None
        }
    }
}

fn read_row(node: &Node, reader: &mut Reader<'_>) -> Option<RowSource> {
    let mut entries = Entries::of(node, "a row", &mut reader.problems)?;
    let id = entries.need_text("id", &mut reader.problems);
    if let Some(id) = &id {
        entries.rename(format!("row {}", id.value));
    }
    entries.annotations(&["benchmark", "note"], &mut reader.problems);
    let text = entries.own_texts(reader);
    entries.finish(&mut reader.problems);
    Some(RowSource { id: id.unwrap_or(Located { at: node.at, value: String::new() }), text })
}

fn read_items(entries: &mut Entries<'_>, key: &str, reader: &mut Reader<'_>) -> Vec<ItemSource> {
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
            let mut entries = Entries::of(node, "an option", &mut reader.problems)?;
            let id = entries.need_text("id", &mut reader.problems);
            let id = id.unwrap_or(Located { at: node.at, value: String::new() });
            Some(ItemSource::Own(Box::new(option(id, entries, reader))))
        }
    }
}

fn one_name(node: &Node, key: &str, reader: &mut Reader<'_>) -> Option<Located<String>> {
    let mut entries = Entries::of(node, format!("`- {key}: …`"), &mut reader.problems)?;
    let name = entries.need_text(key, &mut reader.problems);
    entries.finish(&mut reader.problems);
    name
}

/// Reads a shared option, which is named by its key.
pub fn read_option(name: &Located<String>, node: &Node, reader: &mut Reader<'_>) -> Option<OptionSource> {
    let entries = Entries::of(node, format!("option {}", name.value), &mut reader.problems)?;
    Some(option(name.clone(), entries, reader))
}

fn option(id: Located<String>, mut entries: Entries<'_>, reader: &mut Reader<'_>) -> OptionSource {
    entries.rename(format!("option {}", id.value));
    entries.annotations(&["note", "evidence", "safetipin", "actor", "regso"], &mut reader.problems);
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
        id,
    };
    entries.finish(&mut reader.problems);
    option
}

/// Reads a list of options.
pub fn read_list(name: &Located<String>, node: &Node, reader: &mut Reader<'_>) -> Option<ListSource> {
    let mut entries = Entries::of(node, format!("list {}", name.value), &mut reader.problems)?;
    entries.annotations(&["note", "evidence"], &mut reader.problems);
    let list = ListSource {
        name: name.clone(),
        grouping: entries.text("grouping", &mut reader.problems),
        addresses: entries.text("addresses", &mut reader.problems),
        options: read_items(&mut entries, "options", reader),
    };
    entries.finish(&mut reader.problems);
    Some(list)
}

/// Reads a rule of relevance, where there is one.
pub(super) fn rule(entries: &mut Entries<'_>, key: &str, reader: &mut Reader<'_>) -> Option<Rule> {
    let byte = entries.get(key).and_then(|node| node.byte);
    let text = entries.text(key, &mut reader.problems)?;
    let rest = byte.and_then(|byte| reader.file.get(byte..)).unwrap_or_default();
    let quoted = rest.starts_with(['"', '\'']);
    let written = if quoted { rest.get(1..).unwrap_or_default() } else { rest };
    let column = text.at.column + u64::from(quoted);
    Some(Rule {
        at: Position { line: text.at.line, column },
        exact: written.starts_with(&text.value),
        text: text.value,
    })
}
