//! Questionnaires as spreadsheets: the commands, and what XLSForm's own compiler says of our files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use trygghetsdialog::survey::definition::{VKOD_2017, canonical, xlsform};

use crate::support::require::{self, Missing};
use crate::support::source::root;

/// Runs the program in a folder.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_trygghetsdialog")).args(arguments).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_questionnaire_goes_into_a_spreadsheet_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let there = |name: &str| folder.path().join(name);
    std::fs::write(there("a.yaml"), VKOD_2017.1).unwrap();
    let written = run(folder.path(), &["convert", "a.yaml", "a.xlsx"]);
    assert!(written.status.success(), "{}", said(&written));
    assert!(said(&written).contains("comments (# …) are not part of a questionnaire"), "{}", said(&written));
    let checked = run(folder.path(), &["check", "a.xlsx"]);
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(said(&checked).starts_with("a.xlsx is right: vkod-2017 version 1, 7 parts on 8 screens, 26 questions"));
    let back = run(folder.path(), &["convert", "a.xlsx", "b.yaml"]);
    assert!(back.status.success(), "{}", said(&back));
    assert_eq!(std::fs::read_to_string(there("b.yaml")).unwrap(), canonical("a.yaml", VKOD_2017.1).unwrap());

    let again = run(folder.path(), &["convert", "a.xlsx", "b.yaml"]);
    assert!(!again.status.success());
    assert!(said(&again).contains("b.yaml exists and is not overwritten"), "{}", said(&again));
    for (from, to) in [("a.yaml", "c.yaml"), ("a.xlsx", "c.xlsx"), ("a.yaml", "c.txt")] {
        assert!(!run(folder.path(), &["convert", from, to]).status.success());
        assert!(!there(to).exists());
    }
}

#[test]
fn nothing_is_written_where_something_is_lost_unless_that_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet().set_name("survey").unwrap();
    for (row, cells) in
        [["type", "name", "label"], ["text", "Q01", "Vad?"], ["integer", "age", "Ålder?"]].iter().enumerate()
    {
        for (column, text) in cells.iter().enumerate() {
            page.write_string(row as u32, column as u16, *text).unwrap();
        }
    }
    book.save(folder.path().join("form.xlsx")).unwrap();
    let refused = run(folder.path(), &["convert", "form.xlsx", "form.yaml"]);
    assert!(!refused.status.success());
    assert!(said(&refused).contains("sheet survey, row 3: lost: `integer age` is left out"), "{}", said(&refused));
    assert!(said(&refused).contains("nothing was written; --lossy writes what there is"), "{}", said(&refused));
    assert!(!folder.path().join("form.yaml").exists());
    assert!(!run(folder.path(), &["check", "form.xlsx"]).status.success());

    let draft = run(folder.path(), &["convert", "--lossy", "form.xlsx", "form.yaml"]);
    assert!(!draft.status.success(), "a draft is not a questionnaire");
    assert!(said(&draft).contains("form.yaml is a draft"), "{}", said(&draft));
    assert!(std::fs::read_to_string(folder.path().join("form.yaml")).unwrap().contains("- id: Q01\n"));
}

#[test]
fn what_is_no_form_is_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in
        [("a.xlsx", &b"PK\x03\x04"[..]), ("b.xls", &[0xd0, 0xcf, 0x11, 0xe0]), ("c.xlsx", b"type,name\n")]
    {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let refused = run(folder.path(), &["convert", name, "out.yaml"]);
        assert!(!refused.status.success());
        assert_eq!(said(&refused).lines().count(), 1, "{}", said(&refused));
        assert!(said(&refused).starts_with(&format!("trygghetsdialog: {name}: ")), "{}", said(&refused));
    }
    assert!(!folder.path().join("out.yaml").exists());
}

/// A Python that has `pyxform`: the one that `.ci/run` makes, else the machine's.
fn python() -> Result<PathBuf, Missing> {
    let own = root().join("target/pyxform/bin/python");
    let candidates = [own, PathBuf::from("python3")];
    let has = |python: &&PathBuf| {
        let asked = Command::new(python).args(["-c", "import pyxform"]).output();
        asked.is_ok_and(|output| output.status.success())
    };
    candidates.iter().find(has).cloned().ok_or_else(|| {
        Missing("pyxform: `python3 -m venv target/pyxform && target/pyxform/bin/pip install pyxform`".to_owned())
    })
}

/// Compiles each file, with ODK Validate where there is Java, and prints warnings and the form.
const COMPILE: &str = "
import shutil, sys
from pyxform.xls2xform import convert
for file in sys.argv[1:]:
    done = convert(file, validate=shutil.which('java') is not None)
    assert not done.warnings, done.warnings
    print(done.xform)
";

#[test]
fn the_compiler_of_xlsform_accepts_our_files() {
    let Some(python) = require::or_skip(python()) else { return };
    let folder = tempfile::tempdir().unwrap();
    let switched_on = VKOD_2017.1.replacen("enabled: false", "enabled: true", 1);
    let with_a_reference = VKOD_2017.1.replacen("sv: Hur bor du?", "sv: \"Hur bor du, ${X01}? <b>\"", 1);
    let mut files = Vec::new();
    for (name, text) in [("a.xlsx", VKOD_2017.1), ("b.xlsx", &switched_on), ("c.xlsx", &with_a_reference)] {
        let path = folder.path().join(name);
        std::fs::write(&path, xlsform::write("vkod", text).unwrap().bytes).unwrap();
        files.push(path);
    }
    let compiled = Command::new(python).args(["-c", COMPILE]).args(&files).output().unwrap();
    let forms = said(&compiled);
    assert!(compiled.status.success(), "{forms}");
    // What the form asks is what the questionnaire asks.
    for part in [
        "relevant=\" /data/p2_trygghet/Q06  = 'gar_inte_ut'\"",
        "jr:count=\" /data/p3_platser/Q12_count \"",
        "constraint=\"count-selected(.) &lt;= 5 and not(selected(., 'vet_ej') and count-selected(.) &gt; 1)",
        "randomize(instance('orsaker')/root/item)",
        "<select1 ref=\"/data/p2_trygghet/Q07/Q07_natur\" appearance=\"list-nolabel\">",
        "translation lang=\"العربية (ar)\"",
    ] {
        assert!(forms.contains(part), "{part}");
    }
    let notes = ["deltid is eligible", "polis_kommun", "kommun_gata", "trygghetsmätning"];
    assert!(notes.iter().all(|note| !forms.contains(note)), "what only the council reads reaches no phone");
}
