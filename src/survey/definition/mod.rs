//! Questionnaires: the file people write, its checks, and the checked model.
//!
//! A questionnaire is YAML that a council can read and diff (`docs/questionnaire-format.md`). On its
//! way to a [`Questionnaire`] it passes four stages, each with its own file:
//!
//! 1. [`node`]: YAML to a tree that knows where each node stands;
//! 2. [`source`]: the tree to what was written, keys, types and texts checked;
//! 3. [`check`]: references resolved, everything that could go wrong later refused;
//! 4. [`model`]: what every other module works on.
//!
//! All problems are reported at once, each with its place and what to do about it.

mod check;
pub mod compare;
pub mod edit;
mod expression;
pub mod model;
mod node;
mod problem;
mod source;
mod write;
pub mod xlsform;

pub use model::*;
pub use problem::Problem;

/// The survey of dialogue 2017KS/0118, "Kvinnors upplevda otrygghet utomhus": its file's name and text.
pub const VKOD_2017: (&str, &str) = ("vkod-2017.yaml", include_str!("vkod-2017.yaml"));

/// Reads and checks a questionnaire. `name` is the file's name, for messages.
///
/// # Errors
/// Every problem of the file in the order of its lines. Only a fault of YAML itself hides others.
pub fn load(name: &str, text: &str) -> Result<Questionnaire, Vec<Problem>> {
    let (source, mut problems) = read(name, text);
    match source.map(|source| check::check(&source, &mut problems)) {
        Some(questionnaire) if problems.is_empty() => Ok(questionnaire),
        _ => Err(problems.into_sorted()),
    }
}

/// A questionnaire's text in canonical form: the same content, keys in one order, comments left behind.
///
/// What is only incomplete or contradictory is written all the same, so that an editor can save it.
///
/// # Errors
/// What can't even be read: unknown keys, wrong types, missing texts.
pub fn canonical(name: &str, text: &str) -> Result<String, Vec<Problem>> {
    match read(name, text) {
        (Some(source), problems) if problems.is_empty() => Ok(write::write(&source)),
        (_, problems) => Err(problems.into_sorted()),
    }
}

/// What is written in the text, as far as it can be made out, and what is wrong with it.
fn read(name: &str, text: &str) -> (Option<source::Source>, problem::Problems) {
    let mut problems = problem::Problems::new(name);
    match node::parse(text, &mut problems) {
        Some(root) => source::read_file(&root, text, problems),
        None => (None, problems),
    }
}

#[cfg(test)]
mod tests;
