//! Questionnaires as XLSForm: the spreadsheet form that ODK, Kobo and Survey123 share.
//!
//! ```text
//! source ── write::sheets ──▶ sheets ── write::book ──▶ .xlsx
//! source ◀── source::read ── nodes ◀── read ── cells ◀── workbook::open ── .xlsx
//! ```
//!
//! Ours to XLSForm and back is exact, and [`write`] proves it of every file before it gives it out. A form that
//! others wrote is taken over as far as a questionnaire can say it; the rest is listed, cell by cell.
//! `docs/questionnaire-format.md` has the table of what becomes what.

mod columns;
mod read;
mod refusal;
mod report;
mod rules;
mod say;
mod sheet;
mod what;
mod workbook;
mod write;
mod xpath;

use std::fmt;

use crate::i18n::{Said, said};

pub use read::Reading;
pub use refusal::Refusal;
pub use report::{Elsewhere, Fault, Finding, Place, Unmappable, What};
pub use workbook::MOST_BYTES;

use super::{Problem, check};

/// A questionnaire as a file.
#[derive(Debug)]
pub struct Spreadsheet {
    /// The `.xlsx`. The same questionnaire gives the same bytes.
    pub bytes: Vec<u8>,
    /// What other programs do otherwise with it; nothing is lost on the way back.
    pub findings: Vec<Finding>,
}

/// Why a questionnaire was not written.
#[derive(Debug)]
pub enum Unwritten {
    /// It is no questionnaire.
    Problems(Vec<Problem>),
    /// A text is too long for a cell, or what else the writer of files said.
    Workbook(String),
    /// It would not come back as it is: the names of what would differ are too odd for a spreadsheet.
    Inexact,
}

impl Unwritten {
    /// What it says.
    pub fn said(&self) -> Said {
        match self {
            Self::Problems(problems) => said("xlsform-unwritten-problems").with("count", problems.len()),
            Self::Workbook(told) => said("xlsform-unwritten-workbook").with("told", told),
            Self::Inexact => said("xlsform-unwritten-inexact"),
        }
    }
}

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for Unwritten {}

/// Writes a questionnaire as an XLSForm. `name` is its file's name, for messages.
///
/// # Errors
/// Problems of the questionnaire; a text too long for a cell; something that would not come back.
pub fn write(name: &str, text: &str) -> Result<Spreadsheet, Unwritten> {
    let (source, mut problems) = super::read(name, text);
    if let Some(source) = &source {
        check::check(source, &mut problems);
    }
    let Some(source) = source.filter(|_| problems.is_empty()) else {
        return Err(Unwritten::Problems(problems.into_sorted()));
    };
    let written = write::sheets(&source);
    let bytes = write::book(&written.sheets).map_err(|error| Unwritten::Workbook(error.to_string()))?;
    let back = read(&bytes).map_err(|refusal| Unwritten::Workbook(refusal.to_string()))?;
    let (again, _) = super::read(name, &back.text);
    if again.as_ref() != Some(&source) || back.findings.iter().any(Finding::is_loss) {
        return Err(Unwritten::Inexact);
    }
    Ok(Spreadsheet { bytes, findings: written.findings })
}

/// Reads an XLSForm.
///
/// # Errors
/// The file is not read at all: see [`Refusal`].
pub fn read(bytes: &[u8]) -> Result<Reading, Refusal> {
    read::read(workbook::open(bytes)?)
}

#[cfg(test)]
mod tests;
