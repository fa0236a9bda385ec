//! The file as it was written: types and texts are checked, references not yet.
//!
//! [`super::check`] takes it from here. Keys that only the council reads (`note`, `based_on`,
//! `evidence`, `benchmark`, `safetipin`, `actor`, `regso`) are checked to be texts and kept: nothing is
//! computed from them, but [`super::write`] writes them back. Sources are equal where they say the same,
//! wherever it stands in their files.

mod entries;
mod options;
mod plan;
mod questions;

pub(super) use options::{ItemSource, ListSource, OptionSource};
pub(super) use plan::{BreakdownSource, CaseSource, DerivedKind, DerivedSource, PlanSource};
pub(super) use questions::{
    KindSource, MOST_PLACES, PART_NOTES, PartSource, QUESTION_NOTES, QuestionSource, ROW_NOTES, RowSource, Rule,
};

use self::entries::Entries;
use self::options::{read_list, read_option};
use self::plan::{read_derived, read_plan};
use self::questions::read_part;
use super::model::{Language, Text, Texts};
use super::node::{Located, Node};
use super::problem::Problems;
use crate::i18n::{self, Said, said};

/// What only the council reads: key and text, in the order of the keys.
pub(super) type Annotations = Vec<(&'static str, Located<String>)>;

/// Everything in the file.
#[derive(Debug, PartialEq)]
pub(super) struct Source {
    pub id: String,
    pub version: i32,
    pub case_number: String,
    pub title: Text,
    pub target_population: Text,
    pub minutes: u32,
    pub languages: Vec<Language>,
    pub texts: Texts,
    pub groupings: Vec<(Located<String>, Vec<GroupSource>)>,
    pub options: Vec<OptionSource>,
    pub lists: Vec<ListSource>,
    pub parts: Vec<PartSource>,
    pub derived: Vec<DerivedSource>,
    pub plan: PlanSource,
}

impl Source {
    /// The list of this name.
    pub fn list(&self, name: &str) -> Option<&ListSource> {
        self.lists.iter().find(|list| list.name.value == name)
    }

    /// Every question, those in repeated blocks too.
    pub fn questions(&self) -> Vec<&QuestionSource> {
        let mut all = Vec::new();
        for question in self.parts.iter().flat_map(|part| &part.questions) {
            all.push(question);
            if let KindSource::Repeat { items, .. } = &question.kind {
                all.extend(items);
            }
        }
        all
    }
}

/// A group of options, in a grouping or in the plan.
#[derive(Debug, PartialEq)]
pub(super) struct GroupSource {
    pub id: Located<String>,
    pub text: Text,
    pub members: Vec<Located<String>>,
    pub women: Option<Located<u32>>,
}

/// What reading needs everywhere.
struct Reader<'a> {
    /// The whole file.
    pub file: &'a str,
    /// Codes of the languages that every text must have.
    pub languages: Vec<String>,
    /// Codes of other languages that texts were found in.
    pub unlisted: Vec<String>,
    /// What is wrong so far.
    pub problems: Problems,
}

/// Reads the tree of a file whose text is `file`; what is faulty is reported and left out, or stands empty.
pub(super) fn read_file(root: &Node, file: &str, problems: Problems) -> (Option<Source>, Problems) {
    let mut reader = Reader { file, languages: Vec::new(), unlisted: Vec::new(), problems };
    let source = read(root, &mut reader);
    (source, reader.problems)
}

fn read(root: &Node, reader: &mut Reader<'_>) -> Option<Source> {
    let mut entries = Entries::of(root, said("def-questionnaire"), &mut reader.problems)?;
    // Languages first: they say which texts must be there.
    let languages = read_languages(&mut entries, reader);
    let served = |language: &&Language| i18n::languages().any(|known| known == language.code);
    reader.languages = languages.iter().filter(served).map(|language| language.code.clone()).collect();
    let problems = &mut reader.problems;
    let id = entries.need_text("questionnaire", problems).map_or_else(String::new, |id| id.value);
    let version = entries.need_number("version", (1, i64::from(i32::MAX)), problems);
    let case_number = entries.need_text("case_number", problems).map_or_else(String::new, |number| number.value);
    let minutes = entries.need_number("minutes", (1, 240), problems);
    let source = Source {
        id,
        version: version.and_then(|version| i32::try_from(version.value).ok()).unwrap_or_default(),
        case_number,
        title: entries.need_texts("title", reader),
        target_population: entries.need_texts("target_population", reader),
        minutes: minutes.and_then(|minutes| u32::try_from(minutes.value).ok()).unwrap_or_default(),
        languages,
        texts: read_texts(&mut entries, reader),
        groupings: read_groupings(&mut entries, reader),
        options: read_named(&mut entries, "options", reader, read_option),
        lists: read_named(&mut entries, "lists", reader, read_list),
        parts: read_all(entries.need_list("parts", &mut reader.problems), reader, read_part),
        derived: read_all(entries.list("derived", &mut reader.problems).unwrap_or_default(), reader, read_derived),
        plan: read_plan(&mut entries, reader),
    };
    entries.finish(&mut reader.problems);
    Some(source)
}

/// Reads every node of a list with `read`.
fn read_all<T>(nodes: &[Node], reader: &mut Reader<'_>, read: impl Fn(&Node, &mut Reader<'_>) -> Option<T>) -> Vec<T> {
    nodes.iter().filter_map(|node| read(node, reader)).collect()
}

/// Reads a map of names that the writer chose, such as `lists`.
fn read_named<T>(
    entries: &mut Entries<'_>,
    key: &str,
    reader: &mut Reader<'_>,
    read: impl Fn(&Located<String>, &Node, &mut Reader<'_>) -> Option<T>,
) -> Vec<T> {
    let Some(node) = entries.get(key) else { return Vec::new() };
    let Some(mut named) = Entries::of(node, said("def-of-key").with("key", key), &mut reader.problems) else {
        return Vec::new();
    };
    named.named().filter_map(|(name, node)| read(name, node, reader)).collect()
}

fn read_languages(entries: &mut Entries<'_>, reader: &mut Reader<'_>) -> Vec<Language> {
    let mut languages: Vec<Language> = Vec::new();
    let at = entries.at;
    for node in entries.need_list("languages", &mut reader.problems) {
        let Some(mut entries) = Entries::of(node, said("def-a-language"), &mut reader.problems) else { continue };
        let code = entries.need_text("code", &mut reader.problems);
        let name = entries.need_text("name", &mut reader.problems);
        let reviewed = entries.flag("reviewed", &mut reader.problems).value;
        entries.finish(&mut reader.problems);
        let (Some(code), Some(name)) = (code, name) else { continue };
        if languages.iter().any(|language| language.code == code.value) {
            reader.problems.add(code.at, said("def-language-twice").with("language", &code.value));
            continue;
        }
        if !i18n::languages().any(|known| known == code.value) {
            let message = said("def-language-unknown").with("language", &code.value);
            reader.problems.add_unknown(code.at, message, &code.value, i18n::languages());
        }
        languages.push(Language {
            right_to_left: i18n::right_to_left(&code.value),
            code: code.value,
            name: name.value,
            reviewed,
        });
    }
    if !languages.is_empty() && !languages.iter().any(|language| language.code == i18n::DEFAULT_LANGUAGE) {
        let message = said("def-no-swedish").with("language", i18n::DEFAULT_LANGUAGE);
        reader.problems.add_with_hint(at, message, said("def-no-swedish-hint"));
    }
    languages
}

fn read_texts(entries: &mut Entries<'_>, reader: &mut Reader<'_>) -> Texts {
    let mut inner = entries
        .need("texts", &mut reader.problems)
        .and_then(|node| Entries::of(node, said("def-of-key").with("key", "texts"), &mut reader.problems));
    let mut text = |key: &str| inner.as_mut().map_or_else(Text::default, |inner| inner.need_texts(key, reader));
    let texts = Texts {
        start: text("start"),
        thanks: text("thanks"),
        screened_out: text("screened_out"),
        support: text("support"),
        exit_button: text("exit_button"),
        exit_prefix: text("exit_prefix"),
        exit_help: text("exit_help"),
        focus_groups: text("focus_groups"),
    };
    if let Some(inner) = inner {
        inner.finish(&mut reader.problems);
    }
    texts
}

fn read_groupings(entries: &mut Entries<'_>, reader: &mut Reader<'_>) -> Vec<(Located<String>, Vec<GroupSource>)> {
    read_named(entries, "groupings", reader, |name, node, reader| {
        Some((name.clone(), read_groups(node, &said("def-grouping").with("id", &name.value), reader)))
    })
}

/// Reads a list of groups.
fn read_groups(node: &Node, what: &Said, reader: &mut Reader<'_>) -> Vec<GroupSource> {
    let super::node::Value::List(nodes) = &node.value else {
        reader
            .problems
            .add(node.at, said("def-no-groups").saying("what", what.clone()).saying("found", node.value.kind()));
        return Vec::new();
    };
    read_all(nodes, reader, |node, reader| read_group(node, what, reader))
}

fn read_group(node: &Node, what: &Said, reader: &mut Reader<'_>) -> Option<GroupSource> {
    let mut entries = Entries::of(node, said("def-a-group").saying("what", what.clone()), &mut reader.problems)?;
    let id = entries.need_text("id", &mut reader.problems);
    if let Some(id) = &id {
        entries.rename(said("def-group").saying("what", what.clone()).with("id", &id.value));
    }
    let women = entries.number("women", (0, i64::from(u32::MAX)), &mut reader.problems);
    let group = GroupSource {
        id: id.unwrap_or(Located { at: node.at, value: String::new() }),
        members: entries.names("members", &mut reader.problems),
        women: women.and_then(|women| Some(Located { at: women.at, value: u32::try_from(women.value).ok()? })),
        text: entries.name_or_own_texts(reader),
    };
    entries.finish(&mut reader.problems);
    Some(group)
}
