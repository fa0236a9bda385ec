//! The readings of routing held together, on the real survey and over random answers.

mod css;
mod possible;
mod walks;

use rand::RngExt;

use crate::id::{Draw, Randomness, SeededRandomness};
use crate::survey::definition::{self, Choice, FieldKind, Questionnaire};
use crate::survey::routing::evaluate::{Selections, WRITTEN};

/// The real survey.
fn survey() -> Questionnaire {
    let (name, text) = definition::VKOD_2017;
    definition::load(name, text).unwrap_or_else(|problems| panic!("{}", problems[0]))
}

/// A questionnaire of one part with `questions` (YAML, two languages not needed).
fn small(questions: &str) -> Questionnaire {
    let texts =
        ["start", "thanks", "screened_out", "support", "exit_button", "exit_prefix", "exit_help", "focus_groups"];
    let texts: String = texts.iter().map(|key| format!("  {key}: {{sv: x}}\n")).collect();
    let text = format!(
        "questionnaire: q\nversion: 1\ncase_number: n\ntitle: {{sv: x}}\ntarget_population: {{sv: x}}\nminutes: 1\n\
         languages: [{{code: sv, name: Svenska}}]\ntexts:\n{texts}\
         parts:\n  - id: p\n    title: {{sv: x}}\n    questions:\n{questions}\
         analysis_plan: {{population: answered(A01), tables: [A01]}}\n"
    );
    definition::load("small", &text).unwrap_or_else(|problems| panic!("{}\n{text}", problems[0]))
}

/// Answers in every field, whether or not on path: what a page can hold, and more.
fn random_answers(questionnaire: &Questionnaire, randomness: &dyn Randomness) -> Selections {
    let mut draw = Draw(randomness);
    // Some fill in much and some little; some never hit an exclusive option.
    let (diligence, exclusives) = (draw.random_range(0.2..1.0), draw.random_bool(0.3));
    let fields = questionnaire.fields.iter().map(|field| {
        if !draw.random_bool(diligence) {
            return 0;
        }
        match &field.kind {
            FieldKind::Single { options, .. } => 1 << draw.random_range(0..options.len()),
            FieldKind::Multi { options, .. } => {
                let density = draw.random_range(0.05..0.5);
                let ticked = |option: &Choice, draw: &mut Draw<'_>| {
                    if option.exclusive { exclusives && draw.random_bool(0.2) } else { draw.random_bool(density) }
                };
                let set = options.iter().enumerate().filter(|(_, option)| ticked(option, &mut draw));
                set.fold(0, |set, (index, _)| set | 1 << index)
            }
            FieldKind::Text { suggestions, .. } if !suggestions.is_empty() && draw.random_bool(0.5) => {
                1 << draw.random_range(0..suggestions.len())
            }
            FieldKind::Text { .. } => WRITTEN,
            FieldKind::Toggle => u64::from(draw.random_bool(0.4)),
        }
    });
    Selections(fields.collect())
}

/// Random answers, as many as `count`, that repeat with `seed`.
fn many_answers(questionnaire: &Questionnaire, seed: u64, count: usize) -> Vec<Selections> {
    let randomness = SeededRandomness::new(seed);
    (0..count).map(|_| random_answers(questionnaire, &randomness)).collect()
}
