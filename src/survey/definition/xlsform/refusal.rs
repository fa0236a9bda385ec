//! Why a file is not read at all. Each has a message; none needs more memory or time than its limit.

use std::fmt;

use super::report::Place;
use crate::i18n::{Said, said};

/// Why a file was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// More bytes than a form can have: bytes, most.
    TooLarge(usize, usize),
    /// The spreadsheet format of before 2007, or a workbook with a password: both look alike.
    OldOrEncrypted,
    /// Not a zip archive: text, CSV, HTML, something else.
    NotASpreadsheet,
    /// A zip archive that is no workbook, or a damaged one; what the reading said.
    Damaged(String),
    /// It holds macros: the entry.
    Macros(String),
    /// More files in the archive than a workbook has: entries, most.
    TooManyEntries(usize, usize),
    /// Unpacked it would be larger than a form can be: most bytes.
    Expands(u64),
    /// A file in the archive that is not text in UTF-8: the entry.
    Encoding(String),
    /// A sheet with more rows than a form has: sheet, most.
    TooManyRows(String, u32),
    /// A sheet with more columns than a form has: sheet, most.
    TooManyColumns(String, u32),
    /// More filled cells than a form has: most.
    TooManyCells(usize),
    /// More text in its cells than a form has, in bytes: most. One long text may stand in many cells.
    TooMuchText(usize),
    /// More options than a form has, counted wherever they are used, or with screening out in each part: most.
    TooManyOptions(usize),
    /// A sheet that must be there.
    NoSheet(&'static str),
    /// A column that must be there: sheet, heading.
    NoColumn(String, &'static str),
    /// Two columns with the same heading.
    HeadingTwice(Place, String),
    /// Cells that compute what they show.
    Formulas(Vec<Place>),
    /// Cells that show an error, such as `#REF!`.
    Errors(Vec<Place>),
    /// Cells that are merged: each range's first cell.
    Merged(Vec<Place>),
}

/// How many places a message lists.
const LISTED: usize = 8;

/// The places, as a list of which the end may be left out.
fn list(places: &[Place]) -> Said {
    let mut named = places.iter().take(LISTED).map(Place::said);
    let first = named.next().unwrap_or_else(|| said("xlsform-more").with("first", "").with("count", 0));
    let told = named.fold(first, |told, place| said("xlsform-places").saying("first", told).saying("rest", place));
    match places.len().saturating_sub(LISTED) {
        0 => told,
        more => said("xlsform-more").saying("first", told).with("count", more),
    }
}

impl Refusal {
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            Self::TooLarge(bytes, most) => said("xlsform-refused-large").with("bytes", bytes).with("most", most),
            Self::OldOrEncrypted => said("xlsform-refused-old"),
            Self::NotASpreadsheet => said("xlsform-refused-other"),
            Self::Damaged(told) => said("xlsform-refused-damaged").with("told", told),
            Self::Macros(entry) => said("xlsform-refused-macros").with("entry", entry),
            Self::TooManyEntries(entries, most) => {
                said("xlsform-refused-entries").with("entries", entries).with("most", most)
            }
            Self::Expands(most) => said("xlsform-refused-expands").with("most", most),
            Self::Encoding(entry) => said("xlsform-refused-encoding").with("entry", entry),
            Self::TooManyRows(sheet, most) => said("xlsform-refused-rows").with("sheet", sheet).with("most", most),
            Self::TooManyColumns(sheet, most) => {
                said("xlsform-refused-columns").with("sheet", sheet).with("most", most)
            }
            Self::TooManyCells(most) => said("xlsform-refused-cells").with("most", most),
            Self::TooMuchText(most) => said("xlsform-refused-text").with("most", most),
            Self::TooManyOptions(most) => said("xlsform-refused-options").with("most", most),
            Self::NoSheet(name) => said("xlsform-refused-no-sheet").with("name", name),
            Self::NoColumn(sheet, heading) => {
                said("xlsform-refused-no-column").with("sheet", sheet).with("heading", heading)
            }
            Self::HeadingTwice(place, heading) => {
                said("xlsform-refused-heading").saying("place", place.said()).with("heading", heading)
            }
            Self::Formulas(places) => said("xlsform-refused-formulas").saying("places", list(places)),
            Self::Errors(places) => said("xlsform-refused-errors").saying("places", list(places)),
            Self::Merged(places) => said("xlsform-refused-merged").saying("places", list(places)),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for Refusal {}
