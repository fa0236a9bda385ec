//! Why a file is not read at all. Each has a message; none needs more memory or time than its limit.

use std::fmt;

use super::report::Place;

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

fn list(f: &mut fmt::Formatter<'_>, what: &str, places: &[Place], hint: &str) -> fmt::Result {
    let named: Vec<_> = places.iter().take(LISTED).map(Place::to_string).collect();
    let more = if places.len() > LISTED { format!(", and {} more", places.len() - LISTED) } else { String::new() };
    write!(f, "{what} ({}{more}): {hint}", named.join("; "))
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(bytes, most) => write!(f, "the file has {bytes} bytes, more than {most}: this is no form"),
            Self::OldOrEncrypted => {
                write!(
                    f,
                    "the file has a password, or is of Excel's old kind (.xls): save it as .xlsx without a password"
                )
            }
            Self::NotASpreadsheet => write!(f, "the file is no spreadsheet: save the form as .xlsx"),
            Self::Damaged(told) => write!(f, "the file can't be read as a workbook ({told}): save it anew as .xlsx"),
            Self::Macros(entry) => write!(f, "the file holds macros ({entry}): save it as .xlsx, without them"),
            Self::TooManyEntries(entries, most) => {
                write!(f, "the file packs {entries} files, more than {most}: this is no form")
            }
            Self::Expands(most) => write!(f, "unpacked, the file has more than {most} bytes: this is no form"),
            Self::Encoding(entry) => write!(f, "{entry} in the file is not text in UTF-8: save it anew as .xlsx"),
            Self::TooManyRows(sheet, most) => {
                write!(f, "the sheet {sheet} has more than {most} rows: delete those that are not of the form")
            }
            Self::TooManyColumns(sheet, most) => {
                write!(f, "the sheet {sheet} has more than {most} columns: delete those that are not of the form")
            }
            Self::TooManyCells(most) => write!(f, "the file has more than {most} filled cells: this is no form"),
            Self::TooMuchText(most) => {
                write!(f, "the file's cells hold more than {most} bytes of text: this is no form")
            }
            Self::TooManyOptions(most) => {
                write!(
                    f,
                    "the form has more than {most} options, counted wherever a question uses them: shorten its lists"
                )
            }
            Self::NoSheet(name) => write!(f, "there is no sheet `{name}`: this is no XLSForm"),
            Self::NoColumn(sheet, heading) => {
                write!(f, "the sheet {sheet} has no column `{heading}`: this is no XLSForm")
            }
            Self::HeadingTwice(place, heading) => write!(f, "{place}: the heading `{heading}` stands here twice"),
            Self::Formulas(places) => list(
                f,
                "there are formulas",
                places,
                "copy the cells and paste them as values, so that what is read is what you see",
            ),
            Self::Errors(places) => list(f, "cells show an error", places, "mend or empty them"),
            Self::Merged(places) => list(f, "cells are merged", places, "take them apart: each row says its own"),
        }
    }
}

impl std::error::Error for Refusal {}
