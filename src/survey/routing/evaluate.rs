//! The server's reading of routing.

use crate::survey::answers::{Answers, RawAnswers};
use crate::survey::definition::{Choice, Field, FieldKind, Questionnaire};
use crate::survey::routing::Condition;

/// What is chosen, per field of the questionnaire, as a set of option indices (bit 0 = first option).
///
/// In a text field without a suggestion's text, bit 63 says that something is written; in a toggle,
/// bit 0 says `nej`. [`MOST_OPTIONS`] holds for every field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selections(pub Vec<u64>);

/// The most options a field may have, so that a set of them fits [`Selections`].
pub const MOST_OPTIONS: usize = 63;

/// Says of a text field that something other than a suggestion is written.
pub const WRITTEN: u64 = 1 << 63;

/// The value by which a toggle takes a place of a repeated block away.
pub const NOT_ADDED: &str = "nej";

/// What routing makes of a set of answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// Per field, whether it is on path.
    pub on_path: Vec<bool>,
    /// Per field, the options that are offered: on path themselves, not hidden by an exclusive one.
    pub offered: Vec<u64>,
    /// Per field, what is chosen and on path: nothing else counts.
    pub chosen: Selections,
}

impl Selections {
    /// What a form carried; values that are no option are left out (the form has refused them).
    pub fn from_raw(questionnaire: &Questionnaire, raw: &RawAnswers) -> Self {
        Self(
            questionnaire
                .fields
                .iter()
                .map(|field| raw.get(&field.name).map_or(0, |values| from_values(field, values)))
                .collect(),
        )
    }

    /// What is stored of a response.
    pub fn from_answers(questionnaire: &Questionnaire, answers: &Answers) -> Self {
        Self(
            questionnaire
                .fields
                .iter()
                .map(|field| {
                    let codes = answers.0.get(&field.name).map_or(&[][..], |codes| codes.as_slice());
                    set_of(field.options(), |option| codes.contains(&option.code))
                })
                .collect(),
        )
    }
}

fn from_values(field: &Field, values: &[String]) -> u64 {
    match &field.kind {
        FieldKind::Single { options, .. } | FieldKind::Multi { options, .. } => {
            set_of(options, |option| values.contains(&option.id))
        }
        FieldKind::Text { suggestions, .. } => {
            let text = values.first().map_or("", |value| value.trim());
            match matching_suggestion(suggestions, text) {
                Some(index) => 1 << index,
                None if text.is_empty() => 0,
                None => WRITTEN,
            }
        }
        // A browser sends the hidden `nej` and then, where the box is ticked, `ja`.
        FieldKind::Toggle => u64::from(values.last().is_some_and(|value| value == NOT_ADDED)),
    }
}

/// The index of the suggestion that `text` equals, but for case and spaces, in any language.
pub fn matching_suggestion(suggestions: &[Choice], text: &str) -> Option<usize> {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let text = fold(text);
    suggestions.iter().position(|suggestion| suggestion.text.0.values().any(|name| fold(name) == text))
}

fn set_of(options: &[Choice], chosen: impl Fn(&Choice) -> bool) -> u64 {
    options.iter().enumerate().filter(|(_, option)| chosen(option)).fold(0, |set, (index, _)| set | 1 << index)
}

/// Walks the fields in order, drops what is off path, and tells what remains.
///
/// One pass is enough, for conditions refer to earlier fields only.
pub fn route(questionnaire: &Questionnaire, selections: &Selections) -> Routed {
    let fields = &questionnaire.fields;
    let mut routed = Routed {
        on_path: vec![false; fields.len()],
        offered: vec![0; fields.len()],
        chosen: Selections(vec![0; fields.len()]),
    };
    for (index, field) in fields.iter().enumerate() {
        routed.on_path[index] = holds(questionnaire, &field.relevant, &routed.chosen);
        if !routed.on_path[index] {
            continue;
        }
        let raw = selections.0.get(index).copied().unwrap_or(0);
        if matches!(field.kind, FieldKind::Toggle | FieldKind::Text { .. }) {
            routed.chosen.0[index] = raw;
            continue;
        }
        let options = field.options();
        let mut offered = set_of(options, |option| holds(questionnaire, &option.relevant, &routed.chosen));
        // The first exclusive option that is chosen hides all others, other exclusive ones included.
        let exclusive = set_of(options, |option| option.exclusive) & offered & raw;
        if exclusive != 0 && matches!(field.kind, FieldKind::Multi { .. }) {
            offered = exclusive & exclusive.wrapping_neg();
        }
        routed.offered[index] = offered;
        routed.chosen.0[index] = raw & offered;
    }
    routed
}

/// Whether `condition` holds for answers that have been routed.
pub fn holds(questionnaire: &Questionnaire, condition: &Condition, chosen: &Selections) -> bool {
    let set = |field: usize| chosen.0.get(field).copied().unwrap_or(0);
    match condition {
        Condition::Always => true,
        Condition::Chosen { field, option } => set(*field) & (1 << option) != 0,
        Condition::Count { field, at_least } => {
            let counting = questionnaire.fields.get(*field).map_or(0, |field| set_of(field.options(), Choice::counts));
            (set(*field) & counting).count_ones() >= *at_least
        }
        Condition::Added { field } => set(*field) & 1 == 0,
        Condition::All(members) => members.iter().all(|member| holds(questionnaire, member, chosen)),
        Condition::Any(members) => members.iter().any(|member| holds(questionnaire, member, chosen)),
        Condition::Not(inner) => !holds(questionnaire, inner, chosen),
    }
}
