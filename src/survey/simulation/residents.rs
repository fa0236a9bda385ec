//! The residents themselves.

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

use super::answer::{Given, Resident};
use super::figures::Figures;
use super::habits::Habits;
use crate::id::Randomness;
use crate::survey::answers::RawAnswers;
use crate::survey::definition::{FieldKind, Questionnaire};
use crate::survey::routing::evaluate::{NOT_ADDED, Selections, WRITTEN, holds, matching_suggestion};

/// Simulated residents without end: each item is what one's browser would send.
///
/// The answers are on path and within the questionnaire's limits, so that
/// [`crate::survey::form::check`] finds them valid or screened out, never faulty.
#[derive(Debug)]
pub struct Residents<'q> {
    questionnaire: &'q Questionnaire,
    habits: Habits,
    random: Xoshiro256PlusPlus,
    resident: Resident,
}

impl<'q> Residents<'q> {
    /// Residents who answer `questionnaire`; `randomness` is asked once, for a seed.
    pub fn new(questionnaire: &'q Questionnaire, randomness: &dyn Randomness) -> Self {
        let mut seed = [0; 32];
        randomness.fill(&mut seed);
        Self {
            questionnaire,
            habits: Habits::new(questionnaire),
            random: Xoshiro256PlusPlus::from_seed(seed),
            resident: Resident::default(),
        }
    }

    /// Where the published figures that residents follow come from, and of which year they are.
    pub fn sources() -> Vec<String> {
        Figures::built_in().sources
    }

    /// Answers field by field, as conditions refer to earlier fields only.
    fn answers(&mut self) -> RawAnswers {
        let fields = &self.questionnaire.fields;
        let mut raw = RawAnswers::new();
        let mut chosen = Selections(vec![0; fields.len()]);
        self.resident.renew(fields.len(), &mut self.random);
        for (index, field) in fields.iter().enumerate() {
            if !holds(self.questionnaire, &field.relevant, &chosen) {
                continue;
            }
            let options = field.options();
            let offered = options.iter().enumerate().fold(0, |set, (option, choice)| {
                set | u64::from(holds(self.questionnaire, &choice.relevant, &chosen)) << option
            });
            let given = self.resident.answer(self.questionnaire, &self.habits, index, offered, &mut self.random);
            let values = match given {
                Given::Options(set) => {
                    chosen.0[index] = set;
                    let taken = options.iter().enumerate().filter(|(option, _)| set & (1 << option) != 0);
                    taken.map(|(_, option)| option.id.clone()).collect()
                }
                Given::Text(text) => {
                    let suggestion = match &field.kind {
                        FieldKind::Text { suggestions, .. } => matching_suggestion(suggestions, &text),
                        _ => None,
                    };
                    chosen.0[index] = match suggestion {
                        Some(suggestion) => 1 << suggestion,
                        None if text.is_empty() => 0,
                        None => WRITTEN,
                    };
                    if text.is_empty() { Vec::new() } else { vec![text] }
                }
                // As a browser sends a box with a hidden `nej` before it.
                Given::Another(true) => vec![NOT_ADDED.to_owned(), "ja".to_owned()],
                Given::Another(false) => {
                    chosen.0[index] = 1;
                    vec![NOT_ADDED.to_owned()]
                }
            };
            if !values.is_empty() {
                raw.insert(field.name.clone(), values);
            }
        }
        raw
    }
}

impl Iterator for Residents<'_> {
    type Item = RawAnswers;

    fn next(&mut self) -> Option<RawAnswers> {
        Some(self.answers())
    }
}
