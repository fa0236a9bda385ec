//! Sheets as the bytes of a file.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::Sheet;

/// A file of the sheets. The same sheets give the same bytes: no moment is written into it.
///
/// # Errors
/// A text too long for a cell (32,767 characters).
pub fn book(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let long_ago = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&long_ago));
    let bold = Format::new().set_bold();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(sheet.name)?;
        let grid = sheet.grid();
        for ((row, column), cell) in &grid.cells {
            let column = u16::try_from(*column).unwrap_or(u16::MAX);
            if *row == 0 && !sheet.headings.is_empty() {
                page.write_string_with_format(*row, column, &cell.text, &bold)?;
            } else {
                page.write_string(*row, column, &cell.text)?;
            }
        }
        if sheet.headings.is_empty() {
            page.set_column_width(0, 100)?;
        } else {
            page.set_freeze_panes(1, 0)?;
            let columns = grid.cells.keys().filter(|(row, _)| *row == 0).count();
            for column in 0..u16::try_from(columns).unwrap_or(u16::MAX) {
                page.set_column_width(column, 24)?;
            }
        }
    }
    book.save_to_buffer()
}
