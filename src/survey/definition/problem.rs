//! What is wrong with a questionnaire's file: where, what, and what to do about it.

use std::collections::HashSet;
use std::fmt;

use crate::i18n::{Said, said};

/// A place in the file, both counted from 1; the column counts characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line.
    pub line: u64,
    /// Column.
    pub column: u64,
}

/// One thing that is wrong, for the person who wrote the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file's name, as given to [`super::load`].
    pub file: String,
    /// Line, from 1.
    pub line: u64,
    /// Column in characters, from 1.
    pub column: u64,
    /// What is wrong, naming the thing.
    pub message: Said,
    /// What to do about it.
    pub hint: Option<Said>,
}

impl Problem {
    /// What people read, with its place: a line for what is wrong, one for what to do.
    pub fn in_language(&self, language: &str) -> String {
        let place = said("def-place").with("line", self.line).with("column", self.column);
        let told = said("def-told").saying("place", place).saying("what", self.message.clone());
        told_with_hint(&told, self.hint.as_ref(), language)
    }
}

/// What is wrong, and what to do about it.
pub(super) fn told_with_hint(told: &Said, hint: Option<&Said>, language: &str) -> String {
    let hint = hint.map(|hint| said("def-hint").saying("hint", hint.clone()).in_language(language));
    std::iter::once(told.in_language(language)).chain(hint).collect::<Vec<_>>().join("\n")
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        if let Some(hint) = &self.hint {
            write!(formatter, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// Collects problems, so that one run tells them all.
#[derive(Debug)]
pub(super) struct Problems {
    file: String,
    found: Vec<Problem>,
    /// What was told, and where.
    told: HashSet<(Position, Said)>,
}

impl Problems {
    /// None yet, in the file of this name.
    pub fn new(file: &str) -> Self {
        Self { file: file.to_owned(), found: Vec::new(), told: HashSet::new() }
    }

    /// Something is wrong at `at`.
    pub fn add(&mut self, at: Position, message: Said) {
        self.push(at, message, None);
    }

    /// Something is wrong at `at`, and this is what to do.
    pub fn add_with_hint(&mut self, at: Position, message: Said, hint: Said) {
        self.push(at, message, Some(hint));
    }

    /// A name is wrong; hints at the closest of `known`, or lists them where they are few.
    pub fn add_unknown<'a>(
        &mut self,
        at: Position,
        message: Said,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        self.push(at, message, suggestion(name, known));
    }

    fn push(&mut self, at: Position, message: Said, hint: Option<Said>) {
        // A shared list is read wherever it is used: say once what is wrong with it.
        if self.told.insert((at, message.clone())) {
            let Position { line, column } = at;
            self.found.push(Problem { file: self.file.clone(), line, column, message, hint });
        }
    }

    /// How many things are wrong so far.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All problems in the order of the file.
    pub fn into_sorted(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|problem| (problem.line, problem.column));
        self.found
    }
}

/// How many names are listed in a hint where none is close.
const FEW: usize = 12;

fn suggestion<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Said> {
    let mut names: Vec<&str> = Vec::new();
    for candidate in known {
        if !names.contains(&candidate) {
            names.push(candidate);
        }
    }
    let known = names;
    let closest = known.iter().map(|candidate| (distance(name, candidate), *candidate)).min();
    match closest {
        Some((edits, candidate)) if edits <= 2.max(name.chars().count() / 3) => {
            Some(said("def-did-you-mean").with("name", candidate))
        }
        Some(_) if known.len() <= FEW => Some(said("def-known").with("names", known.join(", "))),
        _ => None,
    }
}

/// Edits between two names, an exchange of neighbours counted as one (Damerau, restricted).
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows = vec![(0..=right.len()).collect::<Vec<_>>()];
    for i in 1..=left.len() {
        let mut row = vec![i];
        for j in 1..=right.len() {
            let replace = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let mut best = replace.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits_and_exchanges() {
        for (left, right, edits) in
            [("", "", 0), ("kod", "kod", 0), ("kod", "code", 2), ("ocde", "code", 1), ("Q06", "Q08", 1), ("", "ab", 2)]
        {
            assert_eq!(distance(left, right), edits, "{left} {right}");
        }
    }

    #[test]
    fn a_far_name_lists_the_known_ones() {
        assert_eq!(
            suggestion("tables", ["id", "code"]).map(|hint| hint.to_string()).as_deref(),
            Some("known here: id, code")
        );
        assert_eq!(
            suggestion("cod", ["id", "code"]).map(|hint| hint.to_string()).as_deref(),
            Some("did you mean `code`?")
        );
        assert_eq!(suggestion("x", []), None);
    }
}
