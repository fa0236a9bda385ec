//! What holds of any answers: everything can be reached, and what is off path never counts.

use super::{many_answers, survey};
use crate::survey::answers::RawAnswers;
use crate::survey::definition::{FieldKind, Questionnaire};
use crate::survey::form::{Checked, check};
use crate::survey::routing::evaluate::{Selections, WRITTEN, route};

#[test]
fn every_field_and_option_is_reached() {
    let survey = survey();
    let mut reached = vec![false; survey.fields.len()];
    let mut offered = vec![0; survey.fields.len()];
    for answers in many_answers(&survey, 3, 3000) {
        let routed = route(&survey, &answers);
        for index in 0..survey.fields.len() {
            reached[index] |= routed.on_path[index];
            offered[index] |= routed.offered[index];
        }
    }
    for (index, field) in survey.fields.iter().enumerate() {
        assert!(reached[index], "{} is never on path", field.name);
        let options = match field.kind {
            FieldKind::Single { .. } | FieldKind::Multi { .. } => field.options().len(),
            FieldKind::Text { .. } | FieldKind::Toggle => 0,
        };
        assert_eq!(offered[index], (1 << options) - 1, "options of {}", field.name);
    }
}

#[test]
fn an_answer_off_path_never_counts() {
    let survey = survey();
    let noise = many_answers(&survey, 4, 300);
    for (answers, noise) in many_answers(&survey, 5, 300).into_iter().zip(noise) {
        let routed = route(&survey, &answers);
        let mut other = answers.clone();
        for index in 0..survey.fields.len() {
            if !routed.on_path[index] {
                assert_eq!(routed.chosen.0[index], 0, "{}", survey.fields[index].name);
                other.0[index] = noise.0[index];
            } else if !matches!(survey.fields[index].kind, FieldKind::Text { .. } | FieldKind::Toggle) {
                assert_eq!(routed.chosen.0[index] & !routed.offered[index], 0, "{}", survey.fields[index].name);
            }
        }
        assert_eq!(route(&survey, &other), routed, "answers off path changed the route");
        assert_eq!(route(&survey, &routed.chosen), routed, "routing what was routed changes nothing");
    }
}

#[test]
fn what_is_stored_is_what_is_on_path() {
    let survey = survey();
    let mut stored = 0;
    for answers in many_answers(&survey, 6, 1500) {
        let routed = route(&survey, &answers);
        let Checked::Valid(valid) = check(&survey, &raw(&survey, &answers)) else { continue };
        stored += 1;
        let again = route(&survey, &Selections::from_answers(&survey, &valid.answers));
        let closed = |index: &usize| !matches!(survey.fields[*index].kind, FieldKind::Toggle);
        for index in (0..survey.fields.len()).filter(closed) {
            let name = &survey.fields[index].name;
            let chosen = routed.chosen.0[index] & !WRITTEN;
            assert_eq!(again.chosen.0[index], chosen, "{name}");
            assert_eq!(valid.answers.0.contains_key(name), chosen != 0, "{name}");
            assert!(!valid.answers.0.contains_key(name) || routed.on_path[index], "{name} is off path");
        }
    }
    assert!(stored > 20, "{stored} of the random forms were valid");
}

/// A form with these answers.
fn raw(questionnaire: &Questionnaire, answers: &Selections) -> RawAnswers {
    let mut raw = RawAnswers::new();
    for (field, set) in questionnaire.fields.iter().zip(&answers.0) {
        let chosen = field.options().iter().enumerate().filter(|(index, _)| set & (1 << index) != 0);
        let values: Vec<String> = match field.kind {
            FieldKind::Text { .. } if *set == WRITTEN => vec!["en egen text".to_owned()],
            FieldKind::Text { .. } => chosen.map(|(_, option)| option.text.in_language("sv").to_owned()).collect(),
            FieldKind::Toggle => vec![if *set == 1 { "nej" } else { "ja" }.to_owned()],
            FieldKind::Single { .. } | FieldKind::Multi { .. } => chosen.map(|(_, option)| option.id.clone()).collect(),
        };
        if !values.is_empty() {
            raw.insert(field.name.clone(), values);
        }
    }
    raw
}

#[test]
fn screening_out_leaves_its_own_part_and_nothing_after_it() {
    let survey = survey();
    let mut screened = 0;
    for (index, field) in survey.fields.iter().enumerate() {
        for (option, choice) in field.options().iter().enumerate().filter(|(_, option)| option.screen_out) {
            screened += 1;
            for mut answers in many_answers(&survey, 7, 20) {
                answers.0[index] = 1 << option;
                let routed = route(&survey, &answers);
                for (other, on_path) in survey.fields.iter().zip(&routed.on_path) {
                    assert_eq!(*on_path, other.part == field.part, "{} after {}", other.name, choice.id);
                }
            }
        }
    }
    assert_eq!(screened, 4);
}

#[test]
fn the_most_important_is_one_of_those_chosen() {
    let survey = survey();
    let position = |name: &str| survey.fields.iter().position(|field| field.name == name).expect("a field");
    for (from, taken) in [("Q19", "Q20"), ("Q12.1.P06", "Q12.1.P07"), ("Q12.3.P06", "Q12.3.P07")] {
        let (from, taken) = (position(from), position(taken));
        let mut asked = 0;
        for answers in many_answers(&survey, 8, 2000) {
            let routed = route(&survey, &answers);
            let ids = |field: usize, set: u64| -> Vec<&str> {
                let options = survey.fields[field].options().iter().enumerate();
                options.filter(|(index, _)| set & (1 << index) != 0).map(|(_, option)| option.id.as_str()).collect()
            };
            let counting: Vec<_> = ids(from, routed.chosen.0[from])
                .into_iter()
                .filter(|id| survey.fields[from].option(id).is_some_and(|option| option.counts()))
                .collect();
            assert_eq!(routed.on_path[taken], counting.len() >= 2, "{}", survey.fields[taken].name);
            if routed.on_path[taken] {
                asked += 1;
                let offered = ids(taken, routed.offered[taken]);
                assert_eq!(offered, [counting, vec!["vill_ej_svara"]].concat());
            }
        }
        assert!(asked > 10, "{asked}");
    }
}
