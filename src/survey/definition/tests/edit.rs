//! Editing a tree: what is written, moved and taken away, and where a problem stands.

use super::SMALL;
use crate::survey::definition::edit::{Draft, Item, Kind, What};
use crate::survey::definition::{canonical, load};

fn small() -> Draft {
    Draft::read("small.yaml", SMALL).unwrap()
}

#[test]
fn a_draft_that_is_not_touched_is_the_canonical_text() {
    assert_eq!(small().checked("small.yaml").unwrap(), canonical("small.yaml", SMALL).unwrap());
}

#[test]
fn one_name_for_all_languages_becomes_a_text_for_each_when_one_is_edited() {
    let mut draft = small();
    let (text, other) = ("lists.byar.options.by_b.sv", "lists.byar.options.by_b.en");
    draft.set(text, &Kind::Text("sv".to_owned()), "Bödaby");
    assert_eq!((draft.value(text).as_deref(), draft.value(other).as_deref()), (Some("Bödaby"), Some("Böda")));
    let questionnaire = load("b", &draft.checked("b").unwrap()).unwrap();
    let option = questionnaire.field("B01").unwrap().option("by_b").unwrap();
    assert_eq!((option.text.in_language("sv"), option.text.in_language("en")), ("Bödaby", "Böda"));
}

#[test]
fn items_keep_their_paths_when_they_move_and_missing_values_stay_last() {
    let mut draft = small();
    let list = "parts.sedan.questions.B02.options";
    draft.shift(&format!("{list}.bil"), true);
    draft.shift(&format!("{list}.gang"), true);
    draft.add(list, Item::Own(vec![("id", "tag".to_owned())]));
    assert_eq!(draft.names(list), ["gang", "bil", "buss", "annat", "inget", "tag", "vill_ej_svara"]);
    draft.remove(&format!("{list}.tag"));
    draft.add("parts.platser.questions.C01.items.P01.options", Item::Own(vec![("id", "kanske".to_owned())]));
    draft.remove("parts.platser.questions.C01.items.P01.options.kanske");
    draft.add("parts.forst.questions.A01.options", Item::Shared("vill_ej_svara".to_owned()));
    assert_eq!(draft.names("parts.forst.questions.A01.options"), ["ja", "nej", "vill_ej_svara"]);
    draft.remove("parts.forst.questions.A01.options.vill_ej_svara");
    draft.carry("parts.platser.questions.C02", "parts.sedan.questions");
    assert_eq!(draft.question("C02").as_deref(), Some("parts.sedan.questions.C02"));
    assert_eq!(draft.question("P02").as_deref(), Some("parts.platser.questions.C01.items.P02"));
    let judged = draft.checked("b");
    assert!(judged.is_ok(), "{judged:?}");
}

#[test]
fn a_problem_is_told_at_the_innermost_path() {
    let mut draft = small();
    draft.set("parts.platser.questions.C02.relevant", &Kind::Rule, "B01 == 'by_a' and selected(B02, 'tåg')");
    draft.set("parts.sedan.questions.B02.max_selected", &Kind::Number, "två");
    draft.set("parts.sedan.questions.B02.options.buss.sv", &Kind::Text("sv".to_owned()), "");
    let problems = draft.checked("b").unwrap_err();
    let paths: Vec<&str> = problems.iter().map(|placed| placed.path.as_str()).collect();
    assert!(paths.contains(&"parts.sedan.questions.B02.max_selected"), "{paths:?}");
    assert!(paths.iter().any(|path| path.starts_with("parts.sedan.questions.B02.options.buss")), "{paths:?}");
    draft.set("parts.sedan.questions.B02.max_selected", &Kind::Number, "2");
    draft.set("parts.sedan.questions.B02.options.buss.sv", &Kind::Text("sv".to_owned()), "Buss");
    let problems = draft.checked("b").unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].path, "parts.platser.questions.C02.relevant");
    assert_eq!(problems[0].character, 33, "{:?}", problems[0]);
}

#[test]
fn help_comes_and_goes_and_a_missing_values_code_is_not_offered() {
    let mut draft = small();
    let help = "parts.sedan.questions.B03.help";
    for (code, text) in [("sv", "Välj"), ("en", "Choose")] {
        draft.set(&format!("{help}.{code}"), &Kind::Text(code.to_owned()), text);
    }
    assert!(draft.checked("b").unwrap().contains("Välj"));
    for code in ["sv", "en"] {
        draft.set(&format!("{help}.{code}"), &Kind::Text(code.to_owned()), "");
    }
    assert!(draft.names(help).is_empty());
    assert_eq!(draft.checked("b").unwrap(), canonical("b", SMALL).unwrap());
    let sections = draft.sections("options");
    let refusal = sections.iter().find(|section| section.path == "options.vill_ej_svara").unwrap();
    assert!(refusal.slots.iter().all(|slot| !slot.path.ends_with(".code")));
    let question = draft.sections("parts.sedan.questions.B03");
    assert_eq!(question[1].what, What::Reference);
    assert!(draft.sections("parts.ingen").is_empty());
}
