//! Files that are refused: each with its message, within its limit.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::form;
use crate::survey::definition::xlsform::refusal::Refusal;
use crate::survey::definition::xlsform::workbook::{MOST_BYTES, check_archive};
use crate::survey::definition::xlsform::{Place, read};

const SURVEY: &[&[&str]] = &[&["type", "name", "label"], &["text", "Q01", "Vad?"]];

fn refused(bytes: &[u8]) -> Refusal {
    match read(bytes) {
        Ok(reading) => panic!("{}", reading.text),
        Err(refusal) => {
            // Each says what to do, on one line.
            let told = refusal.to_string();
            assert!(told.contains(": ") && !told.contains('\n'), "{told}");
            refusal
        }
    }
}

/// A sound form's archive with some files put in or exchanged.
fn with(files: &[(&str, &[u8])]) -> Vec<u8> {
    let sound = form(&[("survey", SURVEY)]);
    let mut archive = ZipArchive::new(Cursor::new(sound)).expect("an archive");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("content");
        let exchanged = files.iter().find(|(known, _)| *known == name).map(|(_, content)| content.to_vec());
        out.start_file(name, SimpleFileOptions::default()).expect("a file");
        out.write_all(&exchanged.unwrap_or(content)).expect("content");
    }
    for (name, content) in files {
        if out.start_file(*name, SimpleFileOptions::default()).is_ok() {
            out.write_all(content).expect("content");
        }
    }
    out.finish().expect("an archive").into_inner()
}

/// A workbook with one sheet whose rows are these.
fn sheet(rows: &str) -> Vec<u8> {
    let sheet = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{rows}</worksheet>"
    );
    with(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())])
}

fn cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn headed(rows: &str) -> Vec<u8> {
    let heads = format!("<row r=\"1\">{}{}{}</row>", cell("A1", "type"), cell("B1", "name"), cell("C1", "label"));
    sheet(&format!("<sheetData>{heads}{rows}</sheetData>"))
}

#[test]
fn the_archive_that_the_cases_change_is_sound() {
    assert!(read(&with(&[])).is_ok());
    let reading = read(&headed(&format!("<row r=\"2\">{}{}</row>", cell("A2", "text"), cell("B2", "Q07"))));
    assert!(reading.is_ok_and(|reading| reading.text.contains("id: Q07")));
}

#[test]
fn what_is_no_workbook_is_refused() {
    assert_eq!(refused(b""), Refusal::NotASpreadsheet);
    assert_eq!(refused(b"type,name,label\ntext,Q01,Vad?\n"), Refusal::NotASpreadsheet);
    assert_eq!(refused(&[0xff, 0xfe, b't', 0, b'y', 0]), Refusal::NotASpreadsheet);
    assert_eq!(refused(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), Refusal::OldOrEncrypted);
    assert!(matches!(refused(b"PK\x03\x04 and then nothing"), Refusal::Damaged(_)));
    let mut cut = form(&[("survey", SURVEY)]);
    cut.truncate(cut.len() / 2);
    assert!(matches!(refused(&cut), Refusal::Damaged(_)));
    let mut other = ZipWriter::new(Cursor::new(Vec::new()));
    other.start_file("word/document.xml", SimpleFileOptions::default()).expect("a file");
    other.write_all(b"<w/>").expect("content");
    assert_eq!(refused(&other.finish().expect("an archive").into_inner()), Refusal::NotASpreadsheet);
}

#[test]
fn a_file_over_the_limit_is_not_unpacked() {
    let bytes = vec![b'P'; MOST_BYTES + 1];
    assert_eq!(refused(&bytes), Refusal::TooLarge(MOST_BYTES + 1, MOST_BYTES));
}

#[test]
fn macros_are_refused_by_what_is_in_the_file() {
    assert_eq!(refused(&with(&[("xl/vbaProject.bin", b"x")])), Refusal::Macros("xl/vbaProject.bin".to_owned()));
    let types = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types><Override ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>";
    assert_eq!(refused(&with(&[("[Content_Types].xml", types)])), Refusal::Macros("[Content_Types].xml".to_owned()));
}

#[test]
fn an_archive_of_many_files_is_refused() {
    let names: Vec<String> = (0..400).map(|number| format!("xl/media/{number}.png")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert!(matches!(refused(&with(&files)), Refusal::TooManyEntries(entries, 256) if entries > 400));
}

#[test]
fn a_bomb_is_refused_after_so_many_bytes_whatever_it_says_of_itself() {
    let zeros = vec![b' '; 30 * 1024 * 1024];
    let honest = with(&[("xl/media/large.bin", &zeros)]);
    assert!(honest.len() < MOST_BYTES, "it is small until it is unpacked");
    assert!(matches!(refused(&honest), Refusal::Expands(_)));
    // One that lies: every size in its directory is made small, and still no more than the limit is unpacked.
    let mut liar = with(&[("xl/media/large.bin", &zeros)]);
    let size = u32::try_from(zeros.len()).expect("a size").to_le_bytes();
    let places: Vec<usize> =
        liar.windows(4).enumerate().filter(|(_, bytes)| *bytes == size).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        liar[at..at + 4].copy_from_slice(&16_u32.to_le_bytes());
    }
    assert!(matches!(refused(&liar), Refusal::Expands(_) | Refusal::Damaged(_)));
    assert_eq!(check_archive(&with(&[]), 100), Err(Refusal::Expands(100)), "the limit is of all entries together");
}

#[test]
fn xml_in_another_encoding_or_with_entities_is_refused() {
    let utf16: Vec<u8> =
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let entry = "xl/worksheets/sheet1.xml";
    assert_eq!(refused(&with(&[(entry, &utf16)])), Refusal::Encoding(entry.to_owned()));
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><worksheet/>";
    assert_eq!(refused(&with(&[(entry, latin)])), Refusal::Encoding(entry.to_owned()));
    let laughs = b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"ha\">]><worksheet>&a;</worksheet>";
    assert!(matches!(refused(&with(&[(entry, laughs)])), Refusal::Damaged(_)));
}

#[test]
fn a_sheet_of_a_hundred_thousand_rows_is_read_until_the_limit() {
    let rows: String = (2..100_002).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>")).collect();
    assert_eq!(refused(&headed(&rows)), Refusal::TooManyRows("survey".to_owned(), 10_000));
}

#[test]
fn one_cell_far_away_does_not_make_a_sheet_large() {
    let far = |at: &str, row: u32| headed(&format!("<row r=\"{row}\">{}</row>", cell(at, "x")));
    assert_eq!(refused(&far("A1048576", 1_048_576)), Refusal::TooManyRows("survey".to_owned(), 10_000));
    assert_eq!(refused(&far("XFD2", 2)), Refusal::TooManyColumns("survey".to_owned(), 256));
    // Cells that are formatted and empty cost nothing.
    let empty: String = (2..30_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"0\"/></row>")).collect();
    assert!(read(&headed(&empty)).is_ok());
}

#[test]
fn more_cells_than_a_form_has_are_refused() {
    let mut rows = String::new();
    for row in 2..=9_000 {
        let cells: String =
            (b'A'..=b'Z').map(|column| format!("<c r=\"{}{row}\"><v>1</v></c>", char::from(column))).collect();
        rows.push_str(&format!("<row r=\"{row}\">{cells}</row>"));
    }
    assert_eq!(refused(&headed(&rows)), Refusal::TooManyCells(200_000));
}

#[test]
fn a_text_that_is_kept_once_and_shown_often_is_counted_as_often() {
    let long = "x".repeat(10_000);
    let rows: Vec<[&str; 3]> = (0..500).map(|_| ["note", "n", long.as_str()]).collect();
    let rows: Vec<&[&str]> =
        std::iter::once(&["type", "name", "label"]).chain(&rows).map(|row| row.as_slice()).collect();
    let bytes = form(&[("survey", &rows)]);
    assert!(bytes.len() < 100_000);
    assert!(matches!(refused(&bytes), Refusal::TooMuchText(_)));
}

#[test]
fn options_are_counted_wherever_they_are_used() {
    let names: Vec<String> = (0..1000).map(|number| format!("o{number}")).collect();
    let choices: Vec<[&str; 3]> = names.iter().map(|name| ["long", name.as_str(), "Val"]).collect();
    let head: &[&str] = &["list_name", "name", "label"];
    let choices: Vec<&[&str]> = std::iter::once(head).chain(choices.iter().map(|row| row.as_slice())).collect();
    let survey = |questions: usize| -> Vec<&[&str]> {
        let head: &[&str] = &["type", "name", "label"];
        std::iter::once(head).chain(std::iter::repeat_n(&["select_one long", "q", "?"][..], questions)).collect()
    };
    assert!(read(&form(&[("survey", &survey(3)), ("choices", &choices)])).is_ok());
    let many = form(&[("survey", &survey(60)), ("choices", &choices)]);
    assert_eq!(refused(&many), Refusal::TooManyOptions(50_000));
}

fn place(sheet: &str, row: u32, column: u32) -> Place {
    Place { sheet: sheet.to_owned(), row, column: Some(column) }
}

#[test]
fn formulas_and_errors_are_told_with_their_cells() {
    let row = format!("<row r=\"2\">{}<c r=\"B2\" t=\"str\"><f>A2&amp;1</f><v>text1</v></c></row>", cell("A2", "text"));
    assert_eq!(refused(&headed(&row)), Refusal::Formulas(vec![place("survey", 2, 1)]));
    let uncounted = format!("<row r=\"2\">{}<c r=\"B2\"><f>A2</f></c></row>", cell("A2", "text"));
    assert_eq!(refused(&headed(&uncounted)), Refusal::Formulas(vec![place("survey", 2, 1)]));
    let row = format!("<row r=\"2\">{}<c r=\"B2\" t=\"e\"><v>#REF!</v></c></row>", cell("A2", "text"));
    assert_eq!(refused(&headed(&row)), Refusal::Errors(vec![place("survey", 2, 1)]));
    // In a column that nobody reads, a formula does no harm.
    let row = format!("<row r=\"2\">{}<c r=\"Z2\"><f>A2</f><v>1</v></c></row>", cell("A2", "note"));
    assert!(read(&headed(&row)).is_ok());
}

#[test]
fn merged_cells_are_told() {
    let heads = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}</row>",
        cell("A1", "type"),
        cell("B1", "name"),
        cell("A2", "text")
    );
    let rows = format!("<sheetData>{heads}</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A2:A4\"/></mergeCells>");
    assert_eq!(refused(&sheet(&rows)), Refusal::Merged(vec![place("survey", 2, 0)]));
}

#[test]
fn sheets_and_columns_that_must_be_there_are_named() {
    assert_eq!(refused(&form(&[("Blad1", SURVEY)])), Refusal::NoSheet("survey"));
    assert_eq!(refused(&form(&[("survey", &[])])), Refusal::NoColumn("survey".to_owned(), "type"));
    assert_eq!(refused(&form(&[("survey", &[&["type", "label"]])])), Refusal::NoColumn("survey".to_owned(), "name"));
    let choices: &[&[&str]] = &[&["name", "label"], &["a", "A"]];
    assert_eq!(
        refused(&form(&[("survey", SURVEY), ("choices", choices)])),
        Refusal::NoColumn("choices".to_owned(), "list_name")
    );
    let twice: &[&[&str]] = &[&["type", "name", "relevant", "relevance"]];
    assert_eq!(
        refused(&form(&[("survey", twice)])),
        Refusal::HeadingTwice(place("survey", 1, 3), "relevance".to_owned())
    );
}

#[test]
fn the_service_s_own_sheet_must_be_readable() {
    let own: &[&[&str]] = &[&["title: {sv: A"], &["b: c"]];
    let reading = read(&form(&[("survey", SURVEY), ("trygghet", own)])).expect("a form");
    let first = reading.faults.first().map(ToString::to_string).unwrap_or_default();
    assert!(reading.faults.iter().any(|fault| fault.to_string().starts_with("sheet trygghet, row ")), "{first}");
}
