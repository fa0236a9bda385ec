//! `convert FROM TO`: a questionnaire between our own form (YAML) and XLSForm (`.xlsx`).

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use crate::cli::Failure;
use crate::survey::definition::xlsform::{self, Finding, Reading, Unwritten};

/// The forms that a questionnaire is kept in, by the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Yaml,
    Xlsx,
}

/// The form that a file's name promises.
fn form(file: &Path) -> Result<Form, Failure> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    match ending.as_str() {
        "yaml" | "yml" => Ok(Form::Yaml),
        // What else a spreadsheet's name may end in is told by what is in it.
        "xlsx" | "xlsm" | "xls" => Ok(Form::Xlsx),
        _ => Err(Failure::new(format!("{} is neither .yaml nor .xlsx by its name", file.display()))),
    }
}

/// Whether a file is a spreadsheet, by its name.
pub fn is_spreadsheet(file: &Path) -> bool {
    form(file).is_ok_and(|form| form == Form::Xlsx)
}

/// Reads a form in a spreadsheet, and prints what there is to tell of it.
///
/// # Errors
/// The file can't be read, or is refused.
pub fn read_form(file: &Path) -> Result<Reading, Failure> {
    let name = file.display();
    let size = std::fs::metadata(file).map_err(|error| Failure::new(format!("{name} can't be read: {error}")))?.len();
    // Not even opened where it can't be a form.
    if size > xlsform::MOST_BYTES as u64 {
        let bytes = usize::try_from(size).unwrap_or(usize::MAX);
        return Err(Failure::new(format!("{name}: {}", xlsform::Refusal::TooLarge(bytes, xlsform::MOST_BYTES))));
    }
    let bytes = std::fs::read(file).map_err(|error| Failure::new(format!("{name} can't be read: {error}")))?;
    let reading = xlsform::read(&bytes).map_err(|refusal| Failure::new(format!("{name}: {refusal}")))?;
    reading.findings.iter().for_each(|finding| println!("{finding}"));
    reading.faults.iter().for_each(|fault| eprintln!("{fault}"));
    Ok(reading)
}

/// The command: converts, and says what is lost. Without `lossy` nothing is written where anything is.
///
/// # Errors
/// A file can't be read or written, or exists; something is lost; what was read is no questionnaire.
pub fn run(from: &Path, to: &Path, lossy: bool) -> Result<(), Failure> {
    match (form(from)?, form(to)?) {
        (Form::Yaml, Form::Xlsx) => to_spreadsheet(from, to),
        (Form::Xlsx, Form::Yaml) => from_spreadsheet(from, to, lossy),
        (Form::Yaml, Form::Yaml) | (Form::Xlsx, Form::Xlsx) => {
            Err(Failure::new("one of the two files is to be .yaml, the other .xlsx"))
        }
    }
}

fn to_spreadsheet(from: &Path, to: &Path) -> Result<(), Failure> {
    let name = from.display().to_string();
    let text = std::fs::read_to_string(from).map_err(|error| Failure::new(format!("{name} can't be read: {error}")))?;
    let written = match xlsform::write(&name, &text) {
        Ok(written) => written,
        Err(unwritten) => {
            if let Unwritten::Problems(problems) = &unwritten {
                problems.iter().for_each(|problem| eprintln!("{problem}"));
            }
            return Err(Failure::new(format!("{name}: {unwritten}")));
        }
    };
    create(to, &written.bytes)?;
    written.findings.iter().for_each(|finding| println!("{finding}"));
    if text.lines().any(|line| line.trim_start().starts_with('#')) {
        println!("note: comments (# …) are not part of a questionnaire and stay behind; `note: …` goes along");
    }
    println!("Wrote {}.", to.display());
    Ok(())
}

fn from_spreadsheet(from: &Path, to: &Path, lossy: bool) -> Result<(), Failure> {
    let reading = read_form(from)?;
    let lost = reading.findings.iter().filter(|finding| Finding::is_loss(finding)).count();
    let faults = reading.faults.len();
    if !lossy && lost + faults > 0 {
        let told = format!("{lost} things would be lost and {faults} keep it from being a questionnaire");
        return Err(Failure::new(format!("{told}: nothing was written; --lossy writes what there is")));
    }
    create(to, reading.text.as_bytes())?;
    println!("Wrote {}.", to.display());
    if faults > 0 {
        return Err(Failure::new(format!(
            "{} is a draft: {faults} things keep it from being a questionnaire",
            to.display()
        )));
    }
    Ok(())
}

/// Writes a file that must not exist yet.
fn create(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let name = file.display();
    let told = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::new(format!("{name} exists and is not overwritten")),
        _ => Failure::new(format!("{name} can't be written: {error}")),
    };
    let mut open = OpenOptions::new().write(true).create_new(true).open(file).map_err(told)?;
    open.write_all(bytes).map_err(told)
}
