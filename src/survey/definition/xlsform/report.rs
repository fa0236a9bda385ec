//! What is said about a form that came from, or went into, a spreadsheet: where, what, how much is lost.
//!
//! Everything is an enum ([`What`]), and is said ([`super::say`]) on pages in Swedish and by commands in English.

use std::fmt;

pub use super::what::{Elsewhere, Unmappable, What};
use crate::i18n::{Said, said};
use crate::survey::definition::Problem;
use crate::survey::definition::problem::told_with_hint;

/// A cell, a row or a column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1; 0 where the whole sheet is meant.
    pub row: u32,
    /// The column, from 0; none where the whole row is meant.
    pub column: Option<u32>,
}

impl Place {
    /// Where that is.
    pub fn said(&self) -> Said {
        let key = match (self.row > 0, self.column.is_some()) {
            (false, false) => "xlsform-place-sheet",
            (true, false) => "xlsform-place-row",
            (false, true) => "xlsform-place-column",
            (true, true) => "xlsform-place-cell",
        };
        let mut place = said(key).with("sheet", &self.sheet);
        if self.row > 0 {
            place = place.with("row", self.row);
        }
        match self.column {
            Some(column) => place.with("column", letters(column)),
            None => place,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

/// A column as spreadsheets name it: 0 is A, 26 is AA.
fn letters(column: u32) -> String {
    let mut name = String::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = ((rest - 1) % 26) as u8;
        name.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    name
}

/// One thing to know about a converted form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What.
    pub what: What,
}

impl Finding {
    /// Whether something of the form is missing in the result, or means something else there.
    pub fn is_loss(&self) -> bool {
        self.what.is_loss()
    }

    /// What it says, with its place.
    pub fn said(&self) -> Said {
        let key = if self.is_loss() { "xlsform-lost" } else { "xlsform-noted" };
        said(key).saying("place", self.place.said()).saying("what", self.what.said())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

/// Something that keeps the result from being a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the spreadsheet; none where something is missing altogether.
    pub place: Option<Place>,
    /// What, as the check of a definition says it.
    pub problem: Problem,
}

impl Fault {
    /// What people read, with its place in the spreadsheet.
    pub fn in_language(&self, language: &str) -> String {
        let message = self.problem.message.clone();
        let told = match &self.place {
            Some(place) => said("def-told").saying("place", place.said()).saying("what", message),
            None => message,
        };
        told_with_hint(&told, self.problem.hint.as_ref(), language)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        self.problem.message.fmt(f)?;
        self.problem.hint.as_ref().map_or(Ok(()), |hint| write!(f, "\n  hint: {hint}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_in_spreadsheets() {
        let names: Vec<_> = [0, 25, 26, 51, 52, 701, 702, 16_383].into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }
}
