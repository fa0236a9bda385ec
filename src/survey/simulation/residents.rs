//! The residents themselves.

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;

use super::answer::{Given, Resident};
use super::figures::Figures;
use super::habits::Habits;
use crate::id::Randomness;
use crate::survey::answers::RawAnswers;
use crate::survey::definition::{Choice, Questionnaire};
use crate::survey::routing::Condition;
use crate::survey::routing::evaluate::{NOT_ADDED, Selections, WRITTEN, holds};

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
    /// Per field, its options where all are always offered.
    always_offered: Vec<Option<u64>>,
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
            always_offered: questionnaire
                .fields
                .iter()
                .map(|field| {
                    let always = |option: &Choice| option.relevant == Condition::Always;
                    field.options().iter().all(always).then(|| set_of(field.options(), |_| true))
                })
                .collect(),
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
            let offered = match self.always_offered[index] {
                Some(all) => all,
                None => set_of(options, |option| holds(self.questionnaire, &option.relevant, &chosen)),
            };
            let given = self.resident.answer(self.questionnaire, &self.habits, index, offered, &mut self.random);
            let values = match given {
                Given::Options(set) => {
                    chosen.0[index] = set;
                    let taken = options.iter().enumerate().filter(|(option, _)| set & (1 << option) != 0);
                    taken.map(|(_, option)| option.id.clone()).collect()
                }
                Given::Nothing => Vec::new(),
                Given::Suggestion(suggestion) => {
                    chosen.0[index] = 1 << suggestion;
                    vec![options[suggestion].text.in_language(self.questionnaire.default_language()).to_owned()]
                }
                Given::Text(text) => {
                    chosen.0[index] = WRITTEN;
                    vec![text]
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

/// The options that `wanted` holds for, as a set.
fn set_of(options: &[Choice], wanted: impl Fn(&Choice) -> bool) -> u64 {
    options.iter().enumerate().filter(|(_, option)| wanted(option)).fold(0, |set, (index, _)| set | 1 << index)
}

impl Iterator for Residents<'_> {
    type Item = RawAnswers;

    fn next(&mut self) -> Option<RawAnswers> {
        Some(self.answers())
    }
}
