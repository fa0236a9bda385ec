//! Options that are taken from an earlier answer: "which of these matters most?"
//!
//! They stand in the order in which they were just seen. Where option and source then stand at the same place in every
//! order, style can go by places instead of naming each option twice: an eighth of the sheet's compressed weight.

use std::collections::{BTreeMap, BTreeSet};

use crate::survey::definition::{FieldKind, Questionnaire};
use crate::survey::document::layout;
use crate::survey::document::order::Permutation;
use crate::survey::routing::Condition;

/// Where a field's options are taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The earlier field.
    pub source: usize,
    /// By option, the option of the source; options that stand there anyway are left out.
    pub options: BTreeMap<usize, usize>,
}

impl Taken {
    /// What the options of `field` are taken from; none where none are, or from several.
    pub fn of(questionnaire: &Questionnaire, field: usize) -> Option<Self> {
        let mut taken: Option<Self> = None;
        for (option, choice) in questionnaire.fields[field].options().iter().enumerate() {
            let Condition::Chosen { field: source, option: from } = choice.relevant else { continue };
            let taken = taken.get_or_insert_with(|| Self { source, options: BTreeMap::new() });
            if taken.source != source {
                return None;
            }
            taken.options.insert(option, from);
        }
        taken
    }
}

/// Options that stand at the same places as their sources, whatever the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InStep {
    /// The earlier field.
    pub source: usize,
    /// The places, from 1, among the labels of either field.
    pub places: BTreeSet<usize>,
    /// The options that stand there.
    pub options: BTreeSet<usize>,
}

impl InStep {
    /// Those of `field`; none where it takes no options, or stands in a list that has no labels.
    pub fn of(questionnaire: &Questionnaire, field: usize) -> Option<Self> {
        let taken = Taken::of(questionnaire, field)?;
        let listed =
            |field: usize| matches!(questionnaire.fields[field].kind, FieldKind::Single { grouped: Some(_), .. });
        if listed(field) || listed(taken.source) {
            return None;
        }
        let mut step: Option<Self> = None;
        for order in Permutation::all() {
            let theirs = labels(questionnaire, taken.source, order);
            let ours = labels(questionnaire, field, order);
            let (places, options) = (1..)
                .zip(ours.into_iter().zip(theirs))
                .filter_map(|(place, (ours, theirs))| {
                    let option = ours?;
                    (taken.options.get(&option).copied()? == theirs?).then_some((place, option))
                })
                .unzip();
            let found = Self { source: taken.source, places, options };
            if step.get_or_insert_with(|| found.clone()) != &found {
                return None;
            }
        }
        step.filter(|step| !step.places.is_empty())
    }
}

/// The labels of a field as they stand: an option's, or that of the text beside an option.
fn labels(questionnaire: &Questionnaire, index: usize, order: Permutation) -> Vec<Option<usize>> {
    let field = &questionnaire.fields[index];
    let mut labels = Vec::new();
    for option in order.order(questionnaire, index) {
        labels.push(Some(option));
        if layout::text_of_option(questionnaire, field, &field.options()[option].id).is_some() {
            labels.push(None);
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::definition;

    fn survey() -> Questionnaire {
        let (name, text) = definition::VKOD_2017;
        definition::load(name, text).unwrap()
    }

    fn field(questionnaire: &Questionnaire, name: &str) -> usize {
        questionnaire.fields.iter().position(|field| field.name == name).unwrap()
    }

    #[test]
    fn the_most_important_cause_is_asked_in_the_order_in_which_causes_were_seen() {
        let questionnaire = survey();
        for (taker, source) in [("Q20", "Q19"), ("Q12.2.P07", "Q12.2.P06")] {
            let [taker, source] = [taker, source].map(|name| field(&questionnaire, name));
            let names = |field: usize, order: Permutation| -> Vec<String> {
                let options = questionnaire.fields[field].options();
                order.order(&questionnaire, field).into_iter().map(|option| options[option].id.clone()).collect()
            };
            for order in Permutation::all() {
                let taken = names(taker, order);
                let seen: Vec<String> = names(source, order).into_iter().filter(|id| taken.contains(id)).collect();
                assert_eq!(taken, seen);
            }
        }
    }

    #[test]
    fn options_in_step_are_those_of_the_same_place_and_only_closed_ones() {
        let questionnaire = survey();
        let step = InStep::of(&questionnaire, field(&questionnaire, "Q20")).unwrap();
        assert_eq!(step.source, field(&questionnaire, "Q19"));
        assert_eq!(step.options.len(), 19, "all but the refusal: {step:?}");
        assert_eq!(step.options.len(), step.places.len());
        assert_eq!(InStep::of(&questionnaire, field(&questionnaire, "Q19")), None);
    }
}
