//! The real survey, a small one that has everything, and what is said of broken ones.

mod broken;
mod edit;
mod survey;
pub(super) mod write;

use super::{Problem, Questionnaire, load};

/// A small questionnaire with every kind of question.
pub(super) const SMALL: &str = include_str!("small.yaml");

/// What is said of a file, one text a problem.
fn told(text: &str) -> Vec<String> {
    let problems = load("f.yaml", text).err().unwrap_or_default();
    problems.iter().map(Problem::to_string).collect()
}

/// A questionnaire that must be sound.
fn sound(name: &str, text: &str) -> Questionnaire {
    match load(name, text) {
        Ok(questionnaire) => questionnaire,
        Err(problems) => {
            let told: Vec<_> = problems.iter().map(Problem::to_string).collect();
            panic!("{}", told.join("\n"))
        }
    }
}
