//! Round trips, forms that others wrote, and files that are none.

mod constructed;
mod edited;
mod others;
mod refused;
mod round_trip;
mod same;

use super::super::source::Source;
use super::super::tests::SMALL;
use super::Reading;

/// What is read from a text that must be readable.
fn source(text: &str) -> Source {
    let (source, problems) = super::super::read("f.yaml", text);
    assert!(problems.is_empty(), "{:?}\n{text}", problems.into_sorted());
    source.expect("a questionnaire")
}

/// What is told of a form, one text a line.
fn told(reading: &Reading) -> Vec<String> {
    let findings = reading.findings.iter().map(ToString::to_string);
    findings.chain(reading.faults.iter().map(|fault| format!("fault: {fault}"))).collect()
}

/// A file with these sheets.
fn form(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let page = book.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(*rows) {
            for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
                page.write_string(row, column, *text).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("bytes")
}
