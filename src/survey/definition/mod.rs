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
mod expression;
pub mod model;
mod node;
mod problem;
mod source;

pub use model::*;
pub use problem::Problem;

/// The survey of dialogue 2017KS/0118, "Kvinnors upplevda otrygghet utomhus": its file's name and text.
pub const VKOD_2017: (&str, &str) = ("vkod-2017.yaml", include_str!("vkod-2017.yaml"));

/// Reads and checks a questionnaire. `name` is the file's name, for messages.
///
/// # Errors
/// Every problem of the file in the order of its lines. Only a fault of YAML itself hides others.
pub fn load(name: &str, text: &str) -> Result<Questionnaire, Vec<Problem>> {
    let mut problems = problem::Problems::new(name);
    let Some(root) = node::parse(text, &mut problems) else { return Err(problems.into_sorted()) };
    let mut reader = source::Reader { file: text, languages: Vec::new(), unlisted: Vec::new(), problems };
    let source = source::read(&root, &mut reader);
    let mut problems = reader.problems;
    match source.map(|source| check::check(&source, &mut problems)) {
        Some(questionnaire) if problems.is_empty() => Ok(questionnaire),
        _ => Err(problems.into_sorted()),
    }
}

#[cfg(test)]
mod tests;
