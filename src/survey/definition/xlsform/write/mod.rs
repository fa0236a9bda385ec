//! A questionnaire as the sheets of an XLSForm.
//!
//! Each fact stands in the column that XLSForm has for it, so that another program asks the same
//! questions; what XLSForm has no words for stands in columns of our own (`trygghet…`), which others pass
//! over, and on a sheet `trygghet`, line by line in our own YAML. [`sheets`] is pure; [`book`] makes a file of
//! what it gives.

mod book;
mod choices;
mod constraints;
mod meta;
mod survey;

use std::collections::BTreeMap;

pub use book::book;
pub use choices::SHARED;

use super::report::Finding;
use super::sheet::{Cell, Grid};
use crate::survey::definition::model::{Language, Text};
use crate::survey::definition::source::Source;

/// A sheet to be written: headings, and rows by heading.
#[derive(Debug)]
pub struct Sheet {
    /// The sheet's name.
    pub name: &'static str,
    /// All headings, in order; empty for a sheet of lines.
    pub headings: Vec<String>,
    /// The rows.
    pub rows: Vec<BTreeMap<String, String>>,
}

/// The heading of a sheet that has none: its one column.
const LINE: &str = "";

impl Sheet {
    /// The sheet as it would be read, unused columns left out.
    pub fn grid(&self) -> Grid {
        let mut grid = Grid { name: self.name.to_owned(), ..Grid::default() };
        let cell = |text: &str| Cell { text: text.to_owned(), ..Cell::default() };
        if self.headings.is_empty() {
            for (index, row) in (0_u32..).zip(&self.rows) {
                if let Some(text) = row.get(LINE).filter(|text| !text.is_empty()) {
                    grid.cells.insert((index, 0), cell(text));
                }
            }
            return grid;
        }
        let used = self.headings.iter().filter(|heading| self.rows.iter().any(|row| row.contains_key(*heading)));
        for (column, heading) in (0_u32..).zip(used) {
            grid.cells.insert((0, column), cell(heading));
            for (index, row) in (1_u32..).zip(&self.rows) {
                if let Some(text) = row.get(heading) {
                    grid.cells.insert((index, column), cell(text));
                }
            }
        }
        grid
    }
}

/// What a questionnaire becomes.
#[derive(Debug)]
pub struct Written {
    /// The sheets, `survey` first.
    pub sheets: Vec<Sheet>,
    /// What other programs do otherwise.
    pub findings: Vec<Finding>,
    /// By part, that no earlier answer has ended the survey, as its rule begins; empty where none can.
    pub not_ended: BTreeMap<String, String>,
}

/// The sheets of a questionnaire.
pub fn sheets(source: &Source) -> Written {
    let mut written = survey::written(source);
    written.sheets.extend([choices::sheet(source), meta::settings(source), meta::own(source)]);
    written
}

/// A row being filled; empty cells are left out.
#[derive(Debug, Default)]
struct Filled(BTreeMap<String, String>);

impl Filled {
    fn set(&mut self, heading: &str, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.0.insert(heading.to_owned(), text);
        }
    }

    fn texts(&mut self, heading: &str, text: &Text, languages: &[Language]) {
        for language in languages {
            self.set(&text_heading(heading, language), shown(text.in_language(&language.code)));
        }
    }
}

/// The heading of a text: `label::Svenska (sv)`.
fn text_heading(heading: &str, language: &Language) -> String {
    format!("{heading}::{}", language_name(language))
}

/// A language as XLSForm names it: `Svenska (sv)`; the code alone where the name would be misread.
pub fn language_name(language: &Language) -> String {
    if language.name.contains([':', '(', ')']) {
        language.code.clone()
    } else {
        format!("{} ({})", language.name.trim(), language.code)
    }
}

/// Between `$` and `{` in a text: `${…}` would be taken for an answer to be shown.
const JOINER: char = '\u{2060}';

/// A text with nothing in it that XLSForm would fill in.
pub fn shown(text: &str) -> String {
    each_dollar(text, |joiners| joiners + 1)
}

/// What [`shown`] was given.
pub fn unshown(text: &str) -> String {
    each_dollar(text, |joiners| joiners.saturating_sub(1))
}

/// Changes the number of joiners between each `$` and `{`.
fn each_dollar(text: &str, change: impl Fn(usize) -> usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, after) = rest.split_at(at + 1);
        out.push_str(before);
        let unjoined = after.trim_start_matches(JOINER);
        let joiners = (after.len() - unjoined.len()) / JOINER.len_utf8();
        let joiners = if unjoined.starts_with('{') { change(joiners) } else { joiners };
        out.extend(std::iter::repeat_n(JOINER, joiners));
        rest = unjoined;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_in_a_text_is_disarmed_and_comes_back() {
        for (text, written) in [
            ("kostar 5 $", "kostar 5 $"),
            ("${x}", "$\u{2060}{x}"),
            ("$\u{2060}{x} $\u{2060}y", "$\u{2060}\u{2060}{x} $\u{2060}y"),
            ("$$ {${", "$$ {$\u{2060}{"),
        ] {
            assert_eq!(shown(text), written);
            assert_eq!(unshown(written), text);
        }
    }
}
