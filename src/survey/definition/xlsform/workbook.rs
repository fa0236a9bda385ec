//! From a file that anyone may have sent to cells, within limits.
//!
//! Every entry of the archive is unpacked once, counted and thrown away, before the reader of workbooks
//! sees it: what an archive says of its sizes is not trusted. Cells are streamed, never laid out as the
//! rectangle that a sheet says it has (one cell at XFD1048576 would be 17 thousand million).

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Reader, Xlsx};
use zip::ZipArchive;

use super::refusal::Refusal;
use super::sheet::{Cell, Grid};

/// The largest file, in bytes. The real survey takes about 50 kB.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The most that its entries may be unpacked, in bytes, together.
const MOST_UNPACKED: u64 = 24 * 1024 * 1024;

/// The most entries in the archive: sheets, styles, drawings, printer settings.
const MOST_ENTRIES: usize = 256;

/// The most rows and columns of a sheet, and the most filled cells of all.
const MOST_ROWS: u32 = 10_000;
const MOST_COLUMNS: u32 = 256;
const MOST_CELLS: usize = 200_000;

/// The most text in all cells, in bytes: a text that is kept once in the file may stand in many cells.
const MOST_TEXT: usize = 4 * 1024 * 1024;

/// The sheets that are read, whatever else there is.
const READ: [&str; 4] = ["survey", "choices", "settings", "trygghet"];

/// What was read: the sheets of a form, and the names of the others.
#[derive(Debug)]
pub struct Workbook {
    /// Sheets named in [`READ`], by their lower-case name.
    pub sheets: Vec<Grid>,
    /// Other sheets' names.
    pub others: Vec<String>,
}

/// Reads the cells of a workbook.
///
/// # Errors
/// See [`Refusal`]; nothing was kept then.
pub fn open(bytes: &[u8]) -> Result<Workbook, Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge(bytes.len(), MOST_BYTES));
    }
    // The container of .xls, and of workbooks with a password.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Refusal::OldOrEncrypted);
    }
    if !bytes.starts_with(b"PK") {
        return Err(Refusal::NotASpreadsheet);
    }
    check_archive(bytes, MOST_UNPACKED)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut workbook = Workbook { sheets: Vec::new(), others: Vec::new() };
    let mut so_far = SoFar::default();
    for name in book.sheet_names() {
        let known = name.trim().to_lowercase();
        if READ.contains(&known.as_str()) && !workbook.sheets.iter().any(|sheet| sheet.name == known) {
            workbook.sheets.push(grid(&mut book, &name, known, &mut so_far)?);
        } else {
            workbook.others.push(name);
        }
    }
    Ok(workbook)
}

fn damaged(error: impl std::fmt::Display) -> Refusal {
    Refusal::Damaged(error.to_string())
}

/// Unpacks every entry, and counts: `most` bytes may come out of all together.
pub(super) fn check_archive(bytes: &[u8], most: u64) -> Result<(), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_ENTRIES {
        return Err(Refusal::TooManyEntries(archive.len(), MOST_ENTRIES));
    }
    let mut left = most;
    let mut is_workbook = false;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let name = entry.name().map_err(damaged)?.into_owned();
        if name.to_lowercase().contains("vbaproject") || name.starts_with("xl/macrosheets/") {
            return Err(Refusal::Macros(name));
        }
        if entry.size() > left {
            return Err(Refusal::Expands(most));
        }
        let mut unpacked = Vec::new();
        // One more than may be, so that an entry that lies about its size is found out.
        entry.take(left + 1).read_to_end(&mut unpacked).map_err(damaged)?;
        left = left.checked_sub(unpacked.len() as u64).ok_or(Refusal::Expands(most))?;
        if name.ends_with(".xml") || name.ends_with(".rels") {
            is_workbook |= name == "xl/workbook.xml";
            check_xml(&name, &unpacked)?;
        }
    }
    if is_workbook { Ok(()) } else { Err(Refusal::NotASpreadsheet) }
}

/// XML as workbooks have it: UTF-8, no document type.
fn check_xml(name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    // UTF-16 of plain letters is UTF-8 with NULs in between.
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'));
    let text = text.ok_or_else(|| Refusal::Encoding(name.to_owned()))?;
    let declaration =
        text.trim_start_matches('\u{feff}').strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let declaration = declaration.unwrap_or_default().to_lowercase().replace('\'', "\"");
    if declaration.contains("encoding") && !declaration.contains("\"utf-8\"") {
        return Err(Refusal::Encoding(name.to_owned()));
    }
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(Refusal::Damaged(format!("{name} defines entities")));
    }
    if name == "[Content_Types].xml" && text.contains("macroEnabled") {
        return Err(Refusal::Macros(name.to_owned()));
    }
    Ok(())
}

/// How much was read, of all sheets together.
#[derive(Debug, Default)]
struct SoFar {
    cells: usize,
    text: usize,
}

impl SoFar {
    fn count(&mut self, cell: &Cell) -> Result<(), Refusal> {
        self.cells += 1;
        self.text += cell.text.len();
        if self.cells > MOST_CELLS {
            return Err(Refusal::TooManyCells(MOST_CELLS));
        }
        if self.text > MOST_TEXT {
            return Err(Refusal::TooMuchText(MOST_TEXT));
        }
        Ok(())
    }
}

/// The cells of one sheet.
fn grid(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, known: String, so_far: &mut SoFar) -> Result<Grid, Refusal> {
    let merged = book.merge_cells_by_sheet_name(name).map_err(damaged)?;
    let merged = merged.iter().map(|range| (range.start, range.end)).collect();
    let mut grid = Grid { name: known, cells: std::collections::BTreeMap::new(), merged };
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    while let Some(read) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let (row, column) = read.pos;
        let cell = Cell { text: text(&read.value), formula: read.formula.is_some(), error: is_error(&read.value) };
        if cell.text.is_empty() && !cell.formula {
            continue;
        }
        if row >= MOST_ROWS {
            return Err(Refusal::TooManyRows(grid.name, MOST_ROWS));
        }
        if column >= MOST_COLUMNS {
            return Err(Refusal::TooManyColumns(grid.name, MOST_COLUMNS));
        }
        so_far.count(&cell)?;
        grid.cells.insert((row, column), cell);
    }
    Ok(grid)
}

fn is_error(value: &DataRef<'_>) -> bool {
    matches!(value, DataRef::Error(_))
}

/// A cell as text: whole numbers without a point, as people typed them.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(flag) => flag.to_string(),
        other => Data::from(other.clone()).to_string(),
    }
}
