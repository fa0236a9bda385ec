//! The sheet `survey`: parts as groups, questions as rows, rules as XPath.

use std::collections::BTreeMap;

use super::choices::{Offered, list_of, offered};
use super::{Filled, Sheet, Written, text_heading};
use crate::survey::definition::expression;
use crate::survey::definition::model::Text;
use crate::survey::definition::problem::Problems;
use crate::survey::definition::source::{Annotations, KindSource, PartSource, QuestionSource, RowSource, Rule, Source};
use crate::survey::definition::xlsform::report::{Elsewhere, Finding, Place, What};
use crate::survey::definition::xlsform::rules::{Asked, Known, to_xpath};

/// Writes the rows.
pub struct Writer<'s> {
    pub(super) source: &'s Source,
    rows: Vec<BTreeMap<String, String>>,
    findings: Vec<Finding>,
    not_ended: BTreeMap<String, String>,
    /// What has ended the survey so far, as XPath.
    ended: Vec<String>,
}

/// The sheet, and what goes with it.
pub fn written(source: &Source) -> Written {
    let (rows, findings, not_ended, ended) = Default::default();
    let mut writer = Writer { source, rows, findings, not_ended, ended };
    writer.note("text_start", "text.start", &source.texts.start, String::new());
    for part in &source.parts {
        writer.part(part);
    }
    let out = writer.ended.join(" or ");
    writer.note("text_thanks", "text.thanks", &source.texts.thanks, writer.not_ended());
    if !out.is_empty() {
        writer.note("text_screened_out", "text.screened_out", &source.texts.screened_out, out);
    }
    let languages = &source.languages;
    let texts = |heading: &str| languages.iter().map(|l| text_heading(heading, l)).collect::<Vec<_>>();
    let plain = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let add_labels = languages.iter().map(|language| format!("trygghet::add_label_{}", language.code)).collect();
    let headings = [
        plain(&["type", "name"]),
        texts("label"),
        texts("hint"),
        plain(&["required", "relevant", "constraint"]),
        texts("constraint_message"),
        plain(&["choice_filter", "repeat_count", "appearance", "parameters"]),
        plain(&["trygghet::kind", "trygghet::relevant", "trygghet::marks", "trygghet::suggestions"]),
        add_labels,
        plain(&["trygghet::note", "trygghet::based_on", "trygghet::evidence", "trygghet::benchmark"]),
    ];
    let survey = Sheet { name: "survey", headings: headings.concat(), rows: writer.rows };
    Written { sheets: vec![survey], findings: writer.findings, not_ended: writer.not_ended }
}

impl<'s> Writer<'s> {
    fn push(&mut self, row: Filled) {
        self.rows.push(row.0);
    }

    /// Something that other programs do otherwise, on the row that comes next.
    fn elsewhere(&mut self, what: Elsewhere) {
        let row = u32::try_from(self.rows.len() + 2).unwrap_or(u32::MAX);
        let place = Place { sheet: "survey".to_owned(), row, column: None };
        self.findings.push(Finding { place, what: What::Elsewhere(what) });
    }

    /// That no earlier answer has ended the survey; empty where none can.
    fn not_ended(&self) -> String {
        if self.ended.is_empty() { String::new() } else { format!("not({})", self.ended.join(" or ")) }
    }

    fn note(&mut self, name: &str, kind: &str, text: &Text, relevant: String) {
        let mut row = self.row("note", name);
        row.texts("label", text, &self.source.languages);
        row.set("relevant", relevant);
        row.set("trygghet::kind", kind);
        self.push(row);
    }

    fn row(&self, kind: &str, name: &str) -> Filled {
        let mut row = Filled::default();
        row.set("type", kind);
        row.set("name", name);
        row
    }

    fn end(&mut self, kind: &str) {
        let mut row = Filled::default();
        row.set("type", kind);
        self.push(row);
    }

    fn part(&mut self, part: &'s PartSource) {
        let mut row = self.row("begin_group", &part.id.value);
        row.texts("label", &part.title, &self.source.languages);
        let rule = self.relevant(&mut row, part.relevant.as_ref(), true);
        self.not_ended.insert(part.id.value.clone(), self.not_ended());
        let parts = [self.not_ended(), rule.unwrap_or_default()];
        let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
        row.set("relevant", parts.join(" and "));
        // A screen of its own; programs can't have repeated blocks on one.
        let repeats = part.questions.iter().any(|question| matches!(question.kind, KindSource::Repeat { .. }));
        row.set("appearance", if repeats { "" } else { "field-list" });
        let marks = [("continues", part.continues.value), ("sensitive", part.sensitive), ("support", part.support)];
        row.set("trygghet::marks", set(&marks));
        notes(&mut row, &part.notes);
        self.push(row);
        let mut ends = Vec::new();
        for question in &part.questions {
            self.question(question);
            ends.extend(self.ends(question));
        }
        if part.support {
            let name = format!("{}_support", part.id.value);
            self.note(&name, "text.support", &self.source.texts.support, String::new());
        }
        self.end("end_group");
        self.ended.extend(ends);
    }

    /// The answers to a question that end the survey.
    fn ends(&self, question: &QuestionSource) -> Vec<String> {
        let options = offered(question.kind.items(), self.source);
        let ending = options.iter().filter(|offered| question.enabled && offered.option.screen_out.value);
        ending.map(|offered| format!("${{{}}} = '{}'", question.id.value, offered.option.id.value)).collect()
    }

    /// Writes our own rule; gives it as XPath, in brackets where it stands `among` others.
    fn relevant(&self, row: &mut Filled, rule: Option<&Rule>, among: bool) -> Option<String> {
        let rule = rule?;
        row.set("trygghet::relevant", &*rule.text);
        let expression = expression::parse(rule, &mut Problems::new(""))?;
        let xpath = to_xpath(&expression, &|reference| self.asked(reference))?;
        let bracketed = among && !self.ended.is_empty() && xpath.contains(" or ");
        Some(if bracketed { format!("({xpath})") } else { xpath })
    }

    fn asked(&self, reference: &str) -> Option<Asked> {
        let (question, row) = reference.split_once('.').map_or((reference, None), |(q, row)| (q, Some(row)));
        let question = self.source.questions().into_iter().find(|known| known.id.value == question)?;
        let name = row.map_or_else(|| question.id.value.clone(), |row| format!("{}_{row}", question.id.value));
        let several = matches!(question.kind, KindSource::Several { .. });
        let options = offered(question.kind.items(), self.source);
        let known = |offered: &Offered<'_>| Known {
            name: offered.option.id.value.clone(),
            id: offered.option.id.value.clone(),
            answers: offered.answers(),
            counts: offered.counts(),
        };
        Some(Asked { name, reference: reference.to_owned(), several, options: options.iter().map(known).collect() })
    }

    /// The row that a question begins with: what all kinds have.
    fn first_row(&self, kind: &str, question: &QuestionSource) -> Filled {
        let mut row = self.row(kind, &question.id.value);
        row.texts("label", &question.text, &self.source.languages);
        if let Some(help) = &question.help {
            row.texts("hint", help, &self.source.languages);
        }
        let rule = self.relevant(&mut row, question.relevant.as_ref(), false).unwrap_or_default();
        row.set("relevant", if question.enabled { rule } else { "false()".to_owned() });
        notes(&mut row, &question.notes);
        row
    }

    fn question(&mut self, question: &'s QuestionSource) {
        let options = offered(question.kind.items(), self.source);
        let list = list_of(question);
        let required = if question.required { "yes" } else { "" };
        let mut marks = vec![("no_refusal", question.no_refusal)];
        match &question.kind {
            KindSource::Single { grouped, .. } => {
                let mut row = self.first_row(&format!("select_one {list}"), question);
                row.set("required", required);
                row.set("choice_filter", filter(&options));
                marks.push(("grouped", grouped.value));
                if grouped.value {
                    row.set("appearance", "autocomplete");
                    self.elsewhere(Elsewhere::NoGroups);
                }
                row.set("trygghet::marks", set(&marks));
                self.push(row);
                self.texts_beside(question, &options);
            }
            KindSource::Several { max_selected, randomise, .. } => {
                let mut row = self.first_row(&format!("select_multiple {list}"), question);
                row.set("required", required);
                row.set("choice_filter", filter(&options));
                self.choices_constraint(&mut row, &options, max_selected.as_ref().map(|max| max.value));
                if *randomise {
                    row.set("parameters", "randomize=true");
                    self.elsewhere(Elsewhere::ShufflesAll);
                }
                row.set("trygghet::marks", set(&marks));
                self.push(row);
                self.texts_beside(question, &options);
            }
            KindSource::Text { max, long, suggestions } => {
                let mut row = self.first_row("text", question);
                row.set("required", required);
                self.text_constraint(&mut row, i64::try_from(*max).unwrap_or(i64::MAX));
                row.set("appearance", if *long { "multiline" } else { "" });
                if let Some(list) = suggestions {
                    row.set("trygghet::suggestions", &*list.value);
                    self.elsewhere(Elsewhere::NoSuggestions);
                }
                row.set("trygghet::marks", set(&marks));
                self.push(row);
            }
            KindSource::Matrix { rows, .. } => {
                let mut row = self.first_row("begin_group", question);
                row.set("appearance", "table-list");
                row.set("trygghet::kind", "matrix");
                row.set("trygghet::marks", set(&marks));
                self.push(row);
                rows.iter().for_each(|row| self.matrix_row(question, row, &list));
                self.end("end_group");
            }
            KindSource::Repeat { places, add_label, items } => {
                let mut row = self.first_row("begin_repeat", question);
                row.set("repeat_count", places.to_string());
                for language in &self.source.languages {
                    let text = add_label.in_language(&language.code);
                    row.set(&format!("trygghet::add_label_{}", language.code), text);
                }
                row.set("trygghet::marks", set(&marks));
                if *places > 1 {
                    self.elsewhere(Elsewhere::AllRounds);
                }
                self.push(row);
                items.iter().for_each(|item| self.question(item));
                self.end("end_repeat");
            }
            KindSource::Unreadable => {}
        }
    }

    fn matrix_row(&mut self, question: &QuestionSource, matrix_row: &RowSource, list: &str) {
        let name = format!("{}_{}", question.id.value, matrix_row.id.value);
        let mut row = self.row(&format!("select_one {list}"), &name);
        row.texts("label", &matrix_row.text, &self.source.languages);
        row.set("required", if question.required { "yes" } else { "" });
        notes(&mut row, &matrix_row.notes);
        self.push(row);
    }

    /// A question for each text beside an option.
    fn texts_beside(&mut self, question: &QuestionSource, options: &[Offered<'_>]) {
        for offered in options.iter().filter(|offered| !from_earlier(offered)) {
            let Some(max) = &offered.option.text_max else { continue };
            let (id, option) = (&question.id.value, &offered.option.id.value);
            let mut row = self.row("text", &format!("{id}_{option}"));
            row.texts("label", &offered.option.text, &self.source.languages);
            row.set("relevant", format!("selected(${{{id}}}, '{option}')"));
            self.text_constraint(&mut row, max.value);
            row.set("trygghet::kind", "beside");
            self.push(row);
        }
    }
}

fn notes(row: &mut Filled, notes: &Annotations) {
    notes.iter().for_each(|(key, text)| row.set(&format!("trygghet::{key}"), &*text.value));
}

fn set(marks: &[(&str, bool)]) -> String {
    marks.iter().filter(|(_, set)| *set).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

/// Whether an option is taken from an earlier question: questions' ids begin with a capital and a digit.
fn from_earlier(offered: &Offered<'_>) -> bool {
    let mut characters = offered.from.chars();
    characters.next().is_some_and(|c| c.is_ascii_uppercase()) && characters.next().is_some_and(|c| c.is_ascii_digit())
}

/// Offers what was chosen in an earlier question, and all that is not from there.
fn filter(options: &[Offered<'_>]) -> String {
    let mut earlier: Vec<&str> = Vec::new();
    for offered in options.iter().filter(|offered| from_earlier(offered)) {
        if !earlier.contains(&offered.from.as_str()) {
            earlier.push(&offered.from);
        }
    }
    let one = |question: &&str| format!("(not(trygghet_from = '{question}') or selected(${{{question}}}, name))");
    earlier.iter().map(one).collect::<Vec<_>>().join(" and ")
}
