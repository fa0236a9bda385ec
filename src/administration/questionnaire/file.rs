//! What a posted file says: a questionnaire, in our form or as XLSForm; or why it is none.

use crate::staff::LANGUAGE;
use crate::survey::definition::{self, xlsform};

/// A questionnaire that was read.
pub(super) struct Read {
    /// The file's name, for messages.
    pub file_name: String,
    /// The definition in our form.
    pub text: String,
    /// Its structural version.
    pub version: i32,
    /// What could not be taken over, a line each.
    pub losses: Vec<String>,
}

/// Why there is no questionnaire in it.
pub(super) struct Fault {
    /// The key of what is wrong.
    pub key: &'static str,
    /// Every problem, with its place.
    pub lines: Vec<String>,
}

impl Fault {
    fn new(key: &'static str) -> Self {
        Self { key, lines: Vec::new() }
    }
}

/// What spreadsheets begin with: a zip archive, or the container that they were before 2007 and are with a password.
const SPREADSHEETS: [&[u8]; 2] = [b"PK", &[0xd0, 0xcf, 0x11, 0xe0]];

/// Reads a file: as a spreadsheet or as text, by how it begins.
pub(super) fn read(file_name: &str, bytes: &[u8]) -> Result<Read, Fault> {
    if bytes.is_empty() {
        return Err(Fault::new("questionnaire-no-file"));
    }
    if SPREADSHEETS.iter().any(|beginning| bytes.starts_with(beginning)) {
        return read_form(file_name, bytes);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::new("questionnaire-no-text"))?;
    checked(file_name, text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(), Vec::new())
}

fn read_form(file_name: &str, bytes: &[u8]) -> Result<Read, Fault> {
    let reading = xlsform::read(bytes)
        .map_err(|refusal| Fault { key: "questionnaire-no-form", lines: vec![refusal.said().in_language(LANGUAGE)] })?;
    if !reading.faults.is_empty() {
        let losses = reading
            .findings
            .iter()
            .filter(|finding| finding.is_loss())
            .map(|finding| finding.said().in_language(LANGUAGE));
        let lines = reading.faults.iter().map(|fault| fault.in_language(LANGUAGE)).chain(losses).collect();
        return Err(Fault { key: "questionnaire-problems", lines });
    }
    let losses = reading
        .findings
        .iter()
        .filter(|finding| finding.is_loss())
        .map(|finding| finding.said().in_language(LANGUAGE))
        .collect();
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    checked(&format!("{stem}.yaml"), reading.text, losses)
}

fn checked(file_name: &str, text: String, losses: Vec<String>) -> Result<Read, Fault> {
    match definition::load(file_name, &text) {
        Ok(questionnaire) => Ok(Read { file_name: file_name.to_owned(), text, version: questionnaire.version, losses }),
        Err(problems) => {
            let lines = problems.iter().map(|problem| problem.in_language(LANGUAGE)).collect();
            Err(Fault { key: "questionnaire-problems", lines })
        }
    }
}
