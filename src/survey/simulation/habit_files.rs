//! The files that say how simulated residents answer, as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The questionnaires that we have habits for.
const BUILT_IN: &[(&str, &str)] = &[("vkod-2017", include_str!("habits-vkod-2017.json"))];

pub(super) type PerOption = BTreeMap<String, f64>;

/// A file of habits; the file itself says what its numbers mean.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    #[serde(rename = "about")]
    _about: String,
    pub fear_by: FearSource,
    pub questions: BTreeMap<String, HabitSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FearSource {
    pub question: String,
    pub effects: PerOption,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct HabitSource {
    pub weights: PerOption,
    pub blank: f64,
    pub fear: PerOption,
    pub by: Vec<BySource>,
    /// The option of those who chose nothing else.
    pub none: Option<String>,
    pub anchor: Option<AnchorSource>,
    pub follows: Option<FollowsSource>,
    /// The chance of another place.
    pub another: f64,
    /// The chance that something is written, and that it is a suggestion.
    pub written: f64,
    pub suggested: f64,
    /// The most sentences of a text.
    pub sentences: Option<usize>,
    pub texts: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BySource {
    pub question: String,
    pub factors: BTreeMap<String, PerOption>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnchorSource {
    pub table: String,
    pub tie: f64,
    #[serde(default)]
    pub age: PerOption,
    pub high: PerOption,
    pub low: PerOption,
    pub aside: Option<AsideSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AsideSource {
    pub option: String,
    pub chance: f64,
    pub by: PerOption,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FollowsSource {
    pub question: String,
    pub high: PerOption,
    pub low: PerOption,
}

impl Source {
    /// The habits for a questionnaire, where there are any.
    #[expect(clippy::expect_used, reason = "the files are part of the binary; a test reads them")]
    pub fn built_in(questionnaire: &str) -> Option<Self> {
        let (_, text) = BUILT_IN.iter().find(|(id, _)| *id == questionnaire)?;
        Some(serde_json::from_str(text).expect("habits are well-formed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::definition::{self, Choice, Field};

    /// A misspelt name would silently leave an option out.
    #[test]
    fn habits_name_what_the_questionnaire_has() {
        let (file, text) = definition::VKOD_2017;
        let questionnaire = definition::load(file, text).unwrap();
        let source = Source::built_in(&questionnaire.id).unwrap();
        let field = |question: &str| -> &Field {
            // The toggles of places answer to the repeated block itself.
            questionnaire.fields.iter().find(|field| field.question == question).expect(question)
        };
        let has = |question: &str, names: &PerOption, groups: bool| {
            let options = field(question).options();
            let known = |name: &str| {
                let is = |option: &Choice| option.id == name || (groups && option.group.as_deref() == Some(name));
                options.iter().any(is)
            };
            names.keys().for_each(|name| assert!(known(name), "{question} has no {name}"));
        };
        has(&source.fear_by.question, &source.fear_by.effects, true);
        for (question, habit) in &source.questions {
            has(question, &habit.weights, false);
            has(question, &habit.fear, false);
            for by in &habit.by {
                has(&by.question, &by.factors.keys().map(|name| (name.clone(), 0.0)).collect(), true);
                by.factors.values().for_each(|factors| has(question, factors, false));
            }
            for weights in habit.anchor.iter().flat_map(|anchor| [&anchor.high, &anchor.low]) {
                has(question, weights, false);
            }
            for weights in habit.follows.iter().flat_map(|follows| [&follows.high, &follows.low]) {
                has(question, weights, false);
            }
        }
        let without: Vec<_> = questionnaire.fields.iter().map(|field| &field.question).collect();
        let without: Vec<_> =
            without.into_iter().filter(|question| !source.questions.contains_key(*question)).collect();
        assert!(without.is_empty(), "no habits for {without:?}");
    }
}
