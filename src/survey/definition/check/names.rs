//! The names of questions: well formed, unique, and what each stands for.

use std::collections::{BTreeMap, BTreeSet};

use crate::i18n::{Said, said};
use crate::survey::definition::node::Located;
use crate::survey::definition::problem::Problems;
use crate::survey::definition::source::{ItemSource, KindSource, QuestionSource, Source};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// A question with one field, or a row of a matrix.
    Field,
    /// A matrix: its rows have the fields.
    Matrix,
    /// A repeated block: its items have the fields.
    Block,
    /// An item of a repeated block, or a row of one.
    Item,
}

/// All names by which questions are referred to: `Q06`, `Q07`, `Q07.dag`, `Q12`, `Q12.P06`.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: BTreeMap<String, Named>,
    switched_off: BTreeSet<String>,
    /// Questions whose type or options can't be made out.
    faulty: BTreeSet<String>,
}

impl Names {
    /// Collects the names and reports those that are ill formed or stand twice.
    pub fn collect(source: &Source, problems: &mut Problems) -> Self {
        let mut names = Self::default();
        let mut ids = BTreeSet::new();
        let mut parts = BTreeSet::new();
        for part in &source.parts {
            snake_case(&part.id, said("thing-part"), problems);
            unique(&part.id, said("thing-part"), &mut parts, problems);
            for question in &part.questions {
                names.add(question, None, true, &mut ids, source, problems);
            }
        }
        names
    }

    fn add(
        &mut self,
        question: &QuestionSource,
        block: Option<&str>,
        enabled: bool,
        ids: &mut BTreeSet<String>,
        source: &Source,
        problems: &mut Problems,
    ) {
        let id = &question.id;
        question_id(id, said("thing-question"), problems);
        unique(id, said("thing-question"), ids, problems);
        let enabled = enabled && question.enabled;
        let name = block.map_or_else(|| id.value.clone(), |block| format!("{block}.{}", id.value));
        let field = if block.is_some() { Named::Item } else { Named::Field };
        if !complete(question, source) {
            self.faulty.insert(name.clone());
        }
        match &question.kind {
            KindSource::Single { .. }
            | KindSource::Several { .. }
            | KindSource::Text { .. }
            | KindSource::Unreadable => {
                self.insert(name, field, enabled);
            }
            KindSource::Matrix { rows, .. } => {
                let mut row_ids = BTreeSet::new();
                for row in rows {
                    snake_case(&row.id, said("thing-row"), problems);
                    unique(&row.id, said("thing-row"), &mut row_ids, problems);
                    self.insert(format!("{name}.{}", row.id.value), field, enabled);
                }
                self.insert(name, Named::Matrix, enabled);
            }
            KindSource::Repeat { items, .. } => {
                if block.is_some() {
                    problems.add(id.at, said("def-block-block").with("id", &id.value));
                }
                for item in items {
                    self.add(item, Some(&name), enabled, ids, source, problems);
                }
                self.insert(name, Named::Block, enabled);
            }
        }
    }

    fn insert(&mut self, name: String, named: Named, enabled: bool) {
        if !enabled {
            self.switched_off.insert(name.clone());
        }
        self.known.insert(name, named);
    }

    /// What `name` stands for.
    pub fn get(&self, name: &str) -> Option<Named> {
        self.known.get(name).copied()
    }

    /// Whether `name` belongs to a module that is switched off.
    pub fn switched_off(&self, name: &str) -> bool {
        self.switched_off.contains(name)
    }

    /// Whether `name`, or the question that it is part of, was not readable: it was reported, and
    /// nothing can be said of what refers to it.
    pub fn faulty(&self, name: &str) -> bool {
        self.faulty
            .iter()
            .any(|faulty| name.strip_prefix(faulty).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }

    /// Whether any module is switched off.
    pub fn any_switched_off(&self) -> bool {
        !self.switched_off.is_empty()
    }

    /// The rows of the matrix `name`, or the items of the block, as full names.
    pub fn below<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.all().filter(move |known| known.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')))
    }

    /// All names.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }
}

/// Whether a question's type and options could be made out.
fn complete(question: &QuestionSource, source: &Source) -> bool {
    let found = |item: &ItemSource| match item {
        ItemSource::Shared(name) => source.options.iter().any(|option| option.id.value == name.value),
        ItemSource::List(name) => source.list(&name.value).is_some(),
        ItemSource::From(_) | ItemSource::Own(_) => true,
    };
    !matches!(question.kind, KindSource::Unreadable) && question.kind.items().iter().all(found)
}

/// Reports an id that stands twice.
pub(super) fn unique(id: &Located<String>, what: Said, seen: &mut BTreeSet<String>, problems: &mut Problems) {
    if !id.value.is_empty() && !seen.insert(id.value.clone()) {
        problems.add(id.at, said("def-twice").saying("what", what.clone()).with("id", &id.value));
    }
}

/// Reports an id that is not snake_case: `^[a-z][a-z0-9]*(_[a-z0-9]+)*$`.
///
/// Ids become values of forms, parts of CSS selectors and column names.
pub(super) fn snake_case(id: &Located<String>, what: Said, problems: &mut Problems) {
    let word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let fits = id.value.starts_with(|first: char| first.is_ascii_lowercase()) && id.value.split('_').all(word);
    if !fits && !id.value.is_empty() {
        let hint = said("def-snake-hint");
        problems.add_with_hint(id.at, said("def-snake").saying("what", what.clone()).with("id", &id.value), hint);
    }
}

/// Reports a question's id that does not fit `^[A-Z][0-9]{2}[A-Z]?$`.
pub(super) fn question_id(id: &Located<String>, what: Said, problems: &mut Problems) {
    let fits = match id.value.as_bytes() {
        [letter, tens, ones, rest @ ..] => {
            letter.is_ascii_uppercase()
                && tens.is_ascii_digit()
                && ones.is_ascii_digit()
                && matches!(rest, [] | [b'A'..=b'Z'])
        }
        _ => false,
    };
    if !fits && !id.value.is_empty() {
        let hint = said("def-question-id-hint");
        problems.add_with_hint(id.at, said("def-question-id").with("id", &id.value).saying("what", what.clone()), hint);
    }
}
