//! `check FILE`: reads a questionnaire strictly and says everything that is wrong with it, and what is to be weighed
//! before it opens.

use std::path::Path;

use crate::cli::Failure;
use crate::cli::convert::{is_spreadsheet, read_form};
use crate::survey::definition::{self, Questionnaire};
use crate::survey::launch;

/// Reads and checks the questionnaire in `file`; problems go to standard error.
///
/// # Errors
/// The file can't be read, or has problems.
pub fn load(file: &Path) -> Result<(Questionnaire, String), Failure> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| Failure::new(format!("{name} can't be read: {error}")))?;
    match definition::load(&name, &text) {
        Ok(questionnaire) => Ok((questionnaire, text)),
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{problem}"));
            Err(Failure::new(format!("{name} has {} problems; nothing was loaded", problems.len())))
        }
    }
}

/// Reads and checks a form in a spreadsheet; what is lost or decided is printed.
fn load_form(file: &Path) -> Result<Questionnaire, Failure> {
    let name = file.display().to_string();
    let reading = read_form(file)?;
    let lost = reading.findings.iter().filter(|finding| finding.is_loss()).count();
    if lost + reading.faults.len() > 0 {
        let faults = reading.faults.len();
        return Err(Failure::new(format!(
            "{name}: {lost} things are lost and {faults} keep it from being a questionnaire"
        )));
    }
    definition::load(&name, &reading.text).map_err(|problems| {
        problems.iter().for_each(|problem| eprintln!("{problem}"));
        Failure::new(format!("{name} has {} problems", problems.len()))
    })
}

/// The command: prints what the questionnaire holds.
///
/// # Errors
/// As [`load`].
pub fn run(file: &Path) -> Result<(), Failure> {
    let questionnaire = if is_spreadsheet(file) { load_form(file)? } else { load(file)?.0 };
    let questions: usize = questionnaire.parts.iter().map(|part| part.questions.len()).sum();
    println!(
        "{} is right: {} version {}, {} parts on {} screens, {} questions, {} fields",
        file.display(),
        questionnaire.id,
        questionnaire.version,
        questionnaire.parts.last().map_or(0, |part| part.number),
        questionnaire.parts.len(),
        questions,
        questionnaire.fields.len(),
    );
    for language in &questionnaire.languages {
        let reviewed = if language.reviewed { "reviewed" } else { "not yet reviewed" };
        println!("  {} ({}): complete, {reviewed}", language.name, language.code);
    }
    for finding in launch::of_questionnaire(&questionnaire, launch::ANSWERING) {
        println!("  to weigh: {}", finding.in_words("en"));
    }
    Ok(())
}
