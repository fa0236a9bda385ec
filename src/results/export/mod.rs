//! Files for analysts: the tables of a [`Release`] and a codebook, in two conventions.
//!
//! | File | For | What |
//! |---|---|---|
//! | `tabeller-excel.csv` | Excel in Swedish | every figure, a line each, in words |
//! | `tables.csv` | R, Python, Power BI | the same, in codes |
//! | `innehall-excel.csv`, `contents.csv` | | what became of each table and breakdown |
//! | `kodbok-excel.csv`, `codebook.csv` | | a line for each variable and code |
//! | `kodbok.md` | people | how to read the tables; every question, code and rule |
//!
//! One long file rather than one per table: a pivot table or a filter finds any figure, its columns
//! are the same whatever was answered, and no figure is far from its base. The files carry the case
//! number, and say on every line, and in their names, when the answers are simulated.
//!
//! Figures are written from [`Cell`](crate::statistics::disclosure::Cell)s alone, which only
//! disclosure control makes.

mod codebook;
mod contents;
mod convention;
mod files;
mod markdown;
mod tables;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::results::Release;
use crate::survey::definition::Questionnaire;

pub use convention::Convention;
pub use files::ExportError;

/// What files say of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    /// The answers are simulated.
    pub simulated: bool,
    /// The day on which the files are made, in the municipality.
    pub date: Date,
}

/// Writes all files of a release into the new directory `directory`, and gives their paths.
///
/// The directory appears whole or not at all: it is written beside its place and then renamed.
///
/// # Errors
/// [`ExportError::Exists`] where there is something at `directory` already; [`ExportError::Io`] where
/// the file system refuses.
pub fn write(
    directory: &Path,
    release: &Release,
    questionnaire: &Questionnaire,
    edition: Edition,
) -> Result<Vec<PathBuf>, ExportError> {
    let mut files = Vec::new();
    for convention in [Convention::SwedishExcel, Convention::Rfc4180] {
        for (name, text) in [
            (convention.choose("tabeller-excel.csv", "tables.csv"), tables::csv(release, edition, convention)),
            (convention.choose("innehall-excel.csv", "contents.csv"), contents::csv(release, edition, convention)),
            (
                convention.choose("kodbok-excel.csv", "codebook.csv"),
                codebook::csv(questionnaire, release, edition, convention),
            ),
        ] {
            files.push((file_name(name, edition), text?));
        }
    }
    let codebook = markdown::codebook(questionnaire, release, edition);
    files.push((file_name("kodbok.md", edition), codebook.into_bytes()));
    files::write_all(directory, &files)
}

/// `tables.csv`, or `simulerad-tables.csv`.
fn file_name(name: &str, edition: Edition) -> String {
    if edition.simulated { format!("simulerad-{name}") } else { name.to_owned() }
}
