//! What a posted file says: a questionnaire in our form, or why it is none.

use crate::survey::definition;

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

/// Reads a file by its content: a workbook begins as a zip archive does.
pub(super) fn read(file_name: &str, bytes: &[u8]) -> Result<Read, Fault> {
    if bytes.is_empty() {
        return Err(Fault::new("questionnaire-no-file"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::new("questionnaire-no-text"))?;
    checked(file_name, text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(), Vec::new())
}

fn checked(file_name: &str, text: String, losses: Vec<String>) -> Result<Read, Fault> {
    match definition::load(file_name, &text) {
        Ok(questionnaire) => Ok(Read { file_name: file_name.to_owned(), text, version: questionnaire.version, losses }),
        Err(problems) => {
            let lines = problems.iter().map(ToString::to_string).collect();
            Err(Fault { key: "questionnaire-problems", lines })
        }
    }
}
