//! Parts, questions and options as they were written.

use super::entries::Entries;
use super::options::{ItemSource, LONGEST_TEXT, read_items};
use super::{Annotations, Reader, read_all};
use crate::i18n::said;
use crate::survey::definition::model::Text;
use crate::survey::definition::node::{Located, Node};
use crate::survey::definition::problem::Position;

/// Keys for the council only: of a part, a question, a row.
pub const PART_NOTES: &[&str] = &["note"];
pub const QUESTION_NOTES: &[&str] = &["note", "based_on", "evidence"];
pub const ROW_NOTES: &[&str] = &["benchmark", "note"];

/// The most places of a repeated block.
pub const MOST_PLACES: i64 = 9;

/// A screen.
#[derive(Debug, PartialEq)]
pub struct PartSource {
    pub id: Located<String>,
    pub title: Text,
    pub relevant: Option<Rule>,
    /// Shares its number with the screen before.
    pub continues: Located<bool>,
    pub sensitive: bool,
    pub support: bool,
    pub questions: Vec<QuestionSource>,
    pub notes: Annotations,
}

/// A question.
#[derive(Debug, PartialEq)]
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
    pub notes: Annotations,
}

/// What kind of question it is.
#[derive(Debug, PartialEq)]
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
    /// The word for it in the file.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Single { .. } => "single",
            Self::Several { .. } => "several",
            Self::Text { long: false, .. } => "text",
            Self::Text { long: true, .. } => "long_text",
            Self::Matrix { .. } => "matrix",
            Self::Repeat { .. } => "repeat",
            Self::Unreadable => "",
        }
    }

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
#[derive(Debug, PartialEq)]
pub struct RowSource {
    pub id: Located<String>,
    pub text: Text,
    pub notes: Annotations,
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

/// Rules are equal where they are written alike, wherever they stand.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// Reads one screen.
pub fn read_part(node: &Node, reader: &mut Reader<'_>) -> Option<PartSource> {
    let mut entries = Entries::of(node, said("def-a-part"), &mut reader.problems)?;
    let id = entries.need_text("id", &mut reader.problems);
    if let Some(id) = &id {
        entries.rename(said("def-part").with("id", &id.value));
    }
    let part = PartSource {
        notes: entries.annotations(PART_NOTES, &mut reader.problems),
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
    let mut entries = Entries::of(node, said("def-a-question"), &mut reader.problems)?;
    let id = entries.need_text("id", &mut reader.problems);
    if let Some(id) = &id {
        entries.rename(said("def-question").with("id", &id.value));
    }
    let notes = entries.annotations(QUESTION_NOTES, &mut reader.problems);
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
    Some(QuestionSource { id, text, help, enabled, required, no_refusal, relevant, kind, notes })
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
            let message = said("def-no-kind").with("kind", other);
            reader.problems.add_unknown(kind.at, message, other, TYPES);
            None
        }
    }
}

fn read_row(node: &Node, reader: &mut Reader<'_>) -> Option<RowSource> {
    let mut entries = Entries::of(node, said("def-a-row"), &mut reader.problems)?;
    let id = entries.need_text("id", &mut reader.problems);
    if let Some(id) = &id {
        entries.rename(said("def-row").with("id", &id.value));
    }
    let notes = entries.annotations(ROW_NOTES, &mut reader.problems);
    let text = entries.own_texts(reader);
    entries.finish(&mut reader.problems);
    Some(RowSource { id: id.unwrap_or(Located { at: node.at, value: String::new() }), text, notes })
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
