//! What differs between two editions of a questionnaire: its structure, or its texts alone.
//!
//! A questionnaire that has been opened keeps its structure: codes, routing, order, plan. Its texts may be
//! corrected, and the difference is what the audit log says. Adding a language is a matter of texts.

use std::collections::BTreeMap;

use super::{
    Breakdown, Choice, Derived, DerivedRule, Field, FieldKind, Group, LanguageCode, Question, QuestionKind,
    Questionnaire, Text,
};

/// A text that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// What the text is of: `question Q06`, `question Q06, option mycket_trygg`.
    pub of: String,
    /// The language's code.
    pub language: LanguageCode,
    /// As it was; none where the language is new.
    pub before: Option<String>,
    /// As it is.
    pub after: Option<String>,
}

/// What keeps `new` from being a correction of `old`: a line each for what was added, removed, or changed.
pub fn structural_changes(old: &Questionnaire, new: &Questionnaire) -> Vec<String> {
    let (old, new) = (structure(old), structure(new));
    let gone = old.keys().filter(|name| !new.contains_key(*name)).map(|name| format!("{name} is gone"));
    let added = new.keys().filter(|name| !old.contains_key(*name)).map(|name| format!("{name} is new"));
    let moved: Vec<_> = gone.chain(added).collect();
    if !moved.is_empty() {
        // Conditions name fields by their place, so what follows would differ for no other reason.
        return moved;
    }
    let differs = |name: &&String| old.get(*name) != new.get(*name);
    old.keys().filter(differs).map(|name| format!("{name} has another structure")).collect()
}

/// The texts that differ, by what they are of.
pub fn text_changes(old: &Questionnaire, new: &Questionnaire) -> Vec<TextChange> {
    let (old, new) = (texts(old), texts(new));
    let of = old.keys().chain(new.keys().filter(|of| !old.contains_key(*of)));
    of.flat_map(|of| {
        let empty = Text::default();
        let (before, after) = (old.get(of).unwrap_or(&empty), new.get(of).unwrap_or(&empty));
        let mut languages: Vec<_> = before.0.keys().chain(after.0.keys()).collect();
        languages.sort();
        languages.dedup();
        let differs = |language: &&LanguageCode| before.0.get(*language) != after.0.get(*language);
        let change = |language: &LanguageCode| TextChange {
            of: of.clone(),
            language: language.clone(),
            before: before.0.get(language).cloned(),
            after: after.0.get(language).cloned(),
        };
        languages.into_iter().filter(differs).map(change).collect::<Vec<_>>()
    })
    .collect()
}

/// Every text of the questionnaire, by what it is of.
pub fn texts(questionnaire: &Questionnaire) -> BTreeMap<String, Text> {
    let mut found = BTreeMap::new();
    for_each_text(&mut questionnaire.clone(), &mut |of, text| {
        // A repeated block says the same at each of its places.
        found.entry(of).or_insert_with(|| std::mem::take(text));
    });
    found
}

/// The questionnaire without its texts and languages: a description of each part, question, field, variable and
/// table. `Debug` names every member of a type, so none is forgotten when one is added.
fn structure(questionnaire: &Questionnaire) -> BTreeMap<String, String> {
    let mut bare = questionnaire.clone();
    for_each_text(&mut bare, &mut |_, text| text.0.clear());
    let mut found = BTreeMap::new();
    found.insert("the questionnaire's head".to_owned(), format!("{} {}", bare.id, bare.version));
    found.insert("the order of parts".to_owned(), ids(bare.parts.iter().map(|part| &part.id)));
    found.insert("the order of questions".to_owned(), ids(bare.fields.iter().map(|field| &field.name)));
    for part in &bare.parts {
        found.insert(format!("part {}", part.id), format!("{part:?}"));
    }
    for field in &bare.fields {
        found.insert(format!("question {}", field.name), format!("{field:?}"));
    }
    for derived in &bare.derived {
        found.insert(format!("variable {}", derived.id), format!("{derived:?}"));
    }
    for (name, groups) in &bare.groupings {
        found.insert(format!("grouping {name}"), format!("{groups:?}"));
    }
    found.insert("the analysis plan".to_owned(), format!("{:?}", bare.plan));
    found
}

fn ids<'a>(ids: impl Iterator<Item = &'a String>) -> String {
    ids.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Calls `each` with every text and what it is of.
fn for_each_text(questionnaire: &mut Questionnaire, each: &mut dyn FnMut(String, &mut Text)) {
    let Questionnaire { title, target_population, texts, parts, fields, derived, plan, groupings, .. } = questionnaire;
    each("title".to_owned(), title);
    each("target population".to_owned(), target_population);
    each("start".to_owned(), &mut texts.start);
    each("thanks".to_owned(), &mut texts.thanks);
    each("screened out".to_owned(), &mut texts.screened_out);
    each("support".to_owned(), &mut texts.support);
    each("exit, button".to_owned(), &mut texts.exit_button);
    each("exit, prefix".to_owned(), &mut texts.exit_prefix);
    each("exit, help".to_owned(), &mut texts.exit_help);
    each("focus groups".to_owned(), &mut texts.focus_groups);
    for part in parts {
        each(format!("part {}", part.id), &mut part.title);
        part.questions.iter_mut().for_each(|question| of_question(question, "", each));
    }
    fields.iter_mut().for_each(|field| of_field(field, each));
    derived.iter_mut().for_each(|derived| of_derived(derived, each));
    for Breakdown { id, text, source, .. } in &mut plan.breakdowns {
        each(format!("breakdown {id}"), text);
        if let super::BreakdownSource::Cross { groups, .. } = source {
            of_groups(&format!("breakdown {id}"), groups, each);
        }
    }
    for (question, groups) in &mut plan.published_as {
        of_groups(&format!("question {question}, published as"), groups, each);
    }
    for (name, groups) in groupings {
        of_groups(&format!("grouping {name}"), groups, each);
    }
}

fn of_question(question: &mut Question, block: &str, each: &mut dyn FnMut(String, &mut Text)) {
    let name = format!("question {block}{}", question.id);
    each(name.clone(), &mut question.text);
    if let Some(help) = &mut question.help {
        each(format!("{name}, help"), help);
    }
    match &mut question.kind {
        QuestionKind::Field(_) => {}
        QuestionKind::Matrix { rows } => {
            for row in rows {
                each(format!("{name}, row {}", row.id), &mut row.text);
            }
        }
        QuestionKind::Repeat { add_label, places } => {
            each(format!("{name}, add a place"), add_label);
            let block = format!("{}.", question.id);
            let items = places.iter_mut().flat_map(|place| place.questions.iter_mut());
            items.for_each(|item| of_question(item, &block, each));
        }
    }
}

fn of_field(field: &mut Field, each: &mut dyn FnMut(String, &mut Text)) {
    let name = format!("question {}", field.question);
    let options: &mut [Choice] = match &mut field.kind {
        FieldKind::Single { options, .. } | FieldKind::Multi { options, .. } => options,
        FieldKind::Text { suggestions, .. } => suggestions,
        FieldKind::Toggle => &mut [],
    };
    for option in options {
        each(format!("{name}, option {}", option.id), &mut option.text);
    }
}

fn of_derived(derived: &mut Derived, each: &mut dyn FnMut(String, &mut Text)) {
    each(format!("variable {}", derived.id), &mut derived.text);
    if let DerivedRule::FirstOf { cases } = &mut derived.rule {
        for case in cases {
            each(format!("variable {}, {}", derived.id, case.id), &mut case.text);
        }
    }
}

fn of_groups(of: &str, groups: &mut [Group], each: &mut dyn FnMut(String, &mut Text)) {
    for group in groups {
        each(format!("{of}, {}", group.id), &mut group.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::definition::{VKOD_2017, load};

    fn vkod() -> Questionnaire {
        load(VKOD_2017.0, VKOD_2017.1).unwrap()
    }

    #[test]
    fn every_text_is_walked_over() {
        let mut bare = vkod();
        for_each_text(&mut bare, &mut |_, text| text.0.clear());
        // A text that was not cleared would still say something in Swedish.
        assert!(!format!("{bare:?}").contains("\"sv\":"));
    }

    #[test]
    fn a_corrected_text_is_no_structural_change_and_is_told() {
        let old = vkod();
        let title = old.title.in_language("sv").to_owned();
        let mut new = old.clone();
        new.title.0.insert("sv".to_owned(), "En rättad rubrik".to_owned());
        assert_eq!(structural_changes(&old, &new), Vec::<String>::new());
        let changes = text_changes(&old, &new);
        assert_eq!(changes.len(), 1);
        assert_eq!((changes[0].of.as_str(), changes[0].language.as_str()), ("title", "sv"));
        assert_eq!(
            (changes[0].before.as_deref(), changes[0].after.as_deref()),
            (Some(&*title), Some("En rättad rubrik"))
        );
        assert_eq!(text_changes(&old, &old), []);
    }

    #[test]
    fn what_changes_codes_routing_or_order_is_named() {
        let old = vkod();
        let mut other = old.clone();
        let FieldKind::Single { options, .. } = &mut other.fields[0].kind else {
            panic!("the first is a single choice")
        };
        options[0].code += 50;
        let name = other.fields[0].name.clone();
        assert_eq!(structural_changes(&old, &other), [format!("question {name} has another structure")]);

        let mut shorter = old.clone();
        let last = shorter.fields.pop().unwrap();
        assert_eq!(structural_changes(&old, &shorter), [format!("question {} is gone", last.name)]);
        assert_eq!(structural_changes(&shorter, &old), [format!("question {} is new", last.name)]);

        let mut reordered = old.clone();
        reordered.parts.swap(1, 2);
        assert_eq!(structural_changes(&old, &reordered), ["the order of parts has another structure"]);
    }
}
