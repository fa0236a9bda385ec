//! The real survey: what the council's draft and the design promise of it.

use std::collections::BTreeSet;

use super::{SMALL, sound};
use crate::survey::definition::{
    BreakdownSource, DerivedRule, FieldKind, Question, QuestionKind, Questionnaire, Text, VKOD_2017,
};

fn survey() -> Questionnaire {
    sound(VKOD_2017.0, VKOD_2017.1)
}

/// All questions, those of repeated blocks too.
fn questions(questionnaire: &Questionnaire) -> Vec<&Question> {
    let mut all = Vec::new();
    for question in questionnaire.parts.iter().flat_map(|part| &part.questions) {
        all.push(question);
        if let QuestionKind::Repeat { places, .. } = &question.kind {
            all.extend(places.iter().flat_map(|place| &place.questions));
        }
    }
    all
}

#[test]
fn a_small_one_with_everything_is_sound() {
    let small = sound("small.yaml", SMALL);
    assert_eq!(small.version, 3);
    let names: Vec<_> = small.fields.iter().map(|field| field.name.as_str()).collect();
    let expected = [
        "A01",
        "B01",
        "B02",
        "B02.annat",
        "B03",
        "B04.dag",
        "B04.natt",
        "C01.1.P01",
        "C01.1.P02",
        "C01.2",
        "C01.2.P01",
        "C01.2.P02",
        "C02",
    ];
    assert_eq!(names, expected, "B05 is switched off");
}

#[test]
fn seven_parts_on_eight_screens() {
    let survey = survey();
    let numbers: Vec<_> = survey.parts.iter().map(|part| part.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 5, 6, 7], "the gate is the beginning of the part behind it");
    let marked = |mark: fn(&super::super::Part) -> bool| -> Vec<&str> {
        survey.parts.iter().filter(|part| mark(part)).map(|part| part.id.as_str()).collect()
    };
    assert_eq!(marked(|part| part.sensitive), ["p5_upplevt"]);
    assert_eq!(marked(|part| part.support), ["p2_trygghet", "p4_gate", "p5_upplevt"]);
}

#[test]
fn three_languages_of_which_arabic_is_not_reviewed() {
    let survey = survey();
    let languages: Vec<_> = survey.languages.iter().map(|l| (l.code.as_str(), l.right_to_left, l.reviewed)).collect();
    assert_eq!(languages, [("sv", false, true), ("en", false, true), ("ar", true, false)]);
}

#[test]
fn everything_people_read_is_in_arabic_but_for_names_of_places() {
    let survey = survey();
    let arabic = |text: &Text| text.in_language("ar").chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
    for question in questions(&survey) {
        assert!(arabic(&question.text), "{}", question.id);
        assert!(question.help.as_ref().is_none_or(arabic), "help of {}", question.id);
    }
    let names: BTreeSet<_> = ["Q01", "Q12.P02", "Q12.P03"].into();
    for field in survey.fields.iter().filter(|field| !names.contains(field.question.as_str())) {
        for option in field.options() {
            assert!(arabic(&option.text), "{}: {}", field.name, option.id);
        }
    }
    for text in survey.derived.iter().map(|derived| &derived.text).chain(survey.parts.iter().map(|part| &part.title)) {
        assert!(arabic(text), "{text:?}");
    }
}

#[test]
fn only_who_may_answer_is_required() {
    let survey = survey();
    let required: Vec<_> = survey.fields.iter().filter(|field| field.required).map(|field| &field.name).collect();
    assert_eq!(required, ["X01", "X02", "X03"]);
}

#[test]
fn refusing_is_the_last_option_everywhere_but_in_three_questions() {
    let survey = survey();
    for field in &survey.fields {
        let (FieldKind::Single { options, .. } | FieldKind::Multi { options, .. }) = &field.kind else { continue };
        let refusals = options.iter().filter(|option| option.code == -9).count();
        let expected = usize::from(!["X01", "X03", "Q15"].contains(&field.name.as_str()));
        assert_eq!(refusals, expected, "{}", field.name);
        let last = options.last().expect("options");
        assert_eq!(usize::from(last.code == -9), expected, "{}", field.name);
        if matches!(field.kind, FieldKind::Multi { .. }) {
            assert!(last.exclusive, "{}", field.name);
        }
    }
}

#[test]
fn the_optional_module_is_checked_and_left_out() {
    assert!(VKOD_2017.1.contains("id: Q25"));
    assert!(survey().field("Q25").is_none());
}

#[test]
fn shuffled_lists_keep_their_ends() {
    let survey = survey();
    let fixed = |name: &str| -> Vec<String> {
        let options = survey.field(name).expect("a field").options().iter();
        options.filter(|option| option.fixed).map(|option| option.id.clone()).collect()
    };
    assert_eq!(fixed("Q12.1.P06"), ["annat", "vet_ej", "vill_ej_svara"]);
    assert_eq!(fixed("Q19"), ["annat", "inget", "vill_ej_svara"]);
    let shuffled: Vec<_> = survey
        .fields
        .iter()
        .filter(|field| matches!(field.kind, FieldKind::Multi { randomise: true, .. }))
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(shuffled, ["Q12.1.P06", "Q12.2.P06", "Q12.3.P06", "Q19"]);
}

#[test]
fn the_published_areas_hold_all_women() {
    let survey = survey();
    let areas = &survey.groupings["omrade"];
    assert_eq!(areas.len(), 7);
    assert_eq!(areas.iter().filter_map(|area| area.women).sum::<u32>(), 22_250);
    assert_eq!(areas.iter().map(|area| area.members.len()).sum::<usize>(), 19);
    let ages: Vec<_> = survey.groupings["alder"].iter().map(|group| group.id.as_str()).collect();
    assert_eq!(ages, ["a16_24", "a25_44", "a45_64", "a65plus"]);
}

#[test]
fn every_cause_and_measure_with_a_group_belongs_to_one_of_the_four() {
    let survey = survey();
    let groups: Vec<_> = survey.groupings["operativ_grupp"].iter().map(|group| group.text.in_language("sv")).collect();
    assert_eq!(groups, ["Trygghet och synlighet", "Inbrott", "Trafik", "Ungdomar och narkotika"]);
    let without = |name: &str| -> Vec<&str> {
        let options = survey.field(name).expect("a field").options().iter();
        options.filter(|option| option.group.is_none()).map(|option| option.id.as_str()).collect()
    };
    assert_eq!(without("Q13"), ["allman_kansla", "annat", "vet_ej", "vill_ej_svara"]);
    assert_eq!(without("Q19"), ["annat", "inget", "vill_ej_svara"]);
}

#[test]
fn the_plan_tabulates_every_closed_question_but_four() {
    let survey = survey();
    let planned: BTreeSet<_> = survey.plan.tables.iter().map(String::as_str).collect();
    let left_out: BTreeSet<_> = survey
        .fields
        .iter()
        .filter(|field| matches!(field.kind, FieldKind::Single { .. } | FieldKind::Multi { .. }))
        .map(|field| field.question.as_str())
        .filter(|question| !planned.contains(question))
        .collect();
    assert_eq!(left_out, ["Q15", "X01", "X02", "X03"].into());
    assert_eq!(survey.plan.sensitive, ["Q16", "Q17", "Q08.sexuellt", "D06"]);
    let rows: Vec<_> = survey.plan.tables.iter().filter(|table| table.starts_with("Q07.")).collect();
    assert_eq!(rows.first().map(|row| row.as_str()), Some("Q07.dag"), "rows keep their order");
    let by: Vec<_> = survey.plan.breakdowns.iter().map(|breakdown| breakdown.id.as_str()).collect();
    assert_eq!(by, ["alder", "omrade", "boende", "botid", "kvallsresa", "alder_omrade"]);
    let BreakdownSource::Cross { groups, .. } = &survey.plan.breakdowns[5].source else { panic!("a cross") };
    assert_eq!(groups.iter().map(|group| group.members.len()).collect::<Vec<_>>(), [1, 6]);
}

#[test]
fn evening_travel_is_a_classification() {
    let survey = survey();
    let derived = survey.derived.iter().find(|derived| derived.id == "D07").expect("D07");
    let DerivedRule::FirstOf { cases } = &derived.rule else { panic!("a classification") };
    let cases: Vec<_> = cases.iter().map(|case| (case.id.as_str(), case.code)).collect();
    assert_eq!(cases, [("sallan_ute", 1), ("kollektivt", 2), ("gang_cykel", 3), ("bil", 4)]);
}

#[test]
fn a_text_beside_an_option_is_named_after_both() {
    let survey = survey();
    let beside = |name: &str| survey.field(name).map(|field| (field.question.as_str(), &field.kind));
    for (name, question, longest) in [
        ("Q14.annat", "Q14.annat", 120),
        ("Q12.2.P06.annat", "Q12.P06.annat", 200),
        ("Q12.3.P01.annat", "Q12.P01.annat", 80),
    ] {
        let Some((named, FieldKind::Text { max, .. })) = beside(name) else { panic!("no text {name}") };
        assert_eq!((named, *max), (question, longest));
    }
    assert!(beside("Q02.annat").is_none(), "a dwelling needs no text");
}
