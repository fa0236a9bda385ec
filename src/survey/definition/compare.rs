//! What differs between two editions of a questionnaire: its structure, or its texts alone.
//!
//! A questionnaire that has been opened keeps its structure: codes, routing, order, plan. Its texts may be
//! corrected, and the difference is what the audit log says. Adding a language is a matter of texts.

use std::collections::BTreeMap;

use super::{
    Breakdown, Choice, Derived, DerivedRule, Field, FieldKind, Group, LanguageCode, Question, QuestionKind,
    Questionnaire, Text,
};
use crate::i18n::{Said, said};

/// A text that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChange {
    /// What the text is of, as the definition names it: `Q06`, `Q06.mycket_trygg`, `texts.thanks`.
    pub of: String,
    /// The language's code.
    pub language: LanguageCode,
    /// As it was; none where the language is new.
    pub before: Option<String>,
    /// As it is.
    pub after: Option<String>,
}

/// A text of the questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// In every language.
    pub text: Text,
    /// It names an entry of a list: an option or a group, which may be a place.
    pub in_list: bool,
}

/// What keeps `new` from being a correction of `old`: a line each for what was added, removed, or changed.
pub fn structural_changes(old: &Questionnaire, new: &Questionnaire) -> Vec<Said> {
    let (old, new) = (structure(old), structure(new));
    let gone = old
        .keys()
        .filter(|name| !new.contains_key(*name))
        .map(|what| said("structure-gone").saying("what", what.said()));
    let added = new
        .keys()
        .filter(|name| !old.contains_key(*name))
        .map(|what| said("structure-new").saying("what", what.said()));
    let moved: Vec<_> = gone.chain(added).collect();
    if !moved.is_empty() {
        // Conditions name fields by their place, so what follows would differ for no other reason.
        return moved;
    }
    let differs = |what: &&Piece| old.get(*what) != new.get(*what);
    old.keys().filter(differs).map(|what| said("structure-changed").saying("what", what.said())).collect()
}

/// The texts that differ, by what they are of.
pub fn text_changes(old: &Questionnaire, new: &Questionnaire) -> Vec<TextChange> {
    let (old, new) = (texts(old), texts(new));
    let of = old.keys().chain(new.keys().filter(|of| !old.contains_key(*of)));
    of.flat_map(|of| {
        let empty = Named::default();
        let (before, after) = (&old.get(of).unwrap_or(&empty).text, &new.get(of).unwrap_or(&empty).text);
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

/// Every text of the questionnaire, by what it is of: the names that the definition's author gave, in no language.
pub fn texts(questionnaire: &Questionnaire) -> BTreeMap<String, Named> {
    let mut found = BTreeMap::new();
    for_each_text(&mut questionnaire.clone(), &mut |of, in_list, text| {
        // A repeated block says the same at each of its places.
        found.entry(of).or_insert_with(|| Named { text: std::mem::take(text), in_list });
    });
    found
}

/// A piece of a questionnaire's structure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Head,
    OrderOfParts,
    OrderOfQuestions,
    Part(String),
    Question(String),
    Variable(String),
    Grouping(String),
    Plan,
}

impl Piece {
    fn said(&self) -> Said {
        match self {
            Self::Head => said("structure-head"),
            Self::OrderOfParts => said("structure-order-parts"),
            Self::OrderOfQuestions => said("structure-order-questions"),
            Self::Part(id) => said("structure-part").with("id", id),
            Self::Question(id) => said("structure-question").with("id", id),
            Self::Variable(id) => said("structure-variable").with("id", id),
            Self::Grouping(id) => said("structure-grouping").with("id", id),
            Self::Plan => said("structure-plan"),
        }
    }
}

/// The questionnaire without its texts and languages: a description of each part, question, field, variable and
/// table. `Debug` names every member of a type, so none is forgotten when one is added.
fn structure(questionnaire: &Questionnaire) -> BTreeMap<Piece, String> {
    let mut bare = questionnaire.clone();
    for_each_text(&mut bare, &mut |_, _, text| text.0.clear());
    let mut found = BTreeMap::new();
    found.insert(Piece::Head, format!("{} {}", bare.id, bare.version));
    found.insert(Piece::OrderOfParts, ids(bare.parts.iter().map(|part| &part.id)));
    found.insert(Piece::OrderOfQuestions, ids(bare.fields.iter().map(|field| &field.name)));
    for part in &bare.parts {
        found.insert(Piece::Part(part.id.clone()), format!("{part:?}"));
    }
    for field in &bare.fields {
        found.insert(Piece::Question(field.name.clone()), format!("{field:?}"));
    }
    for derived in &bare.derived {
        found.insert(Piece::Variable(derived.id.clone()), format!("{derived:?}"));
    }
    for (name, groups) in &bare.groupings {
        found.insert(Piece::Grouping(name.clone()), format!("{groups:?}"));
    }
    found.insert(Piece::Plan, format!("{:?}", bare.plan));
    found
}

fn ids<'a>(ids: impl Iterator<Item = &'a String>) -> String {
    ids.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Takes what a text is of, whether it names an entry of a list, and the text.
type Each<'e> = &'e mut dyn FnMut(String, bool, &mut Text);

/// Calls `each` with every text.
fn for_each_text(questionnaire: &mut Questionnaire, each: Each<'_>) {
    let Questionnaire { title, target_population, texts, parts, fields, derived, plan, groupings, .. } = questionnaire;
    each("title".to_owned(), false, title);
    each("target_population".to_owned(), false, target_population);
    each("texts.start".to_owned(), false, &mut texts.start);
    each("texts.thanks".to_owned(), false, &mut texts.thanks);
    each("texts.screened_out".to_owned(), false, &mut texts.screened_out);
    each("texts.support".to_owned(), false, &mut texts.support);
    each("texts.exit_button".to_owned(), false, &mut texts.exit_button);
    each("texts.exit_prefix".to_owned(), false, &mut texts.exit_prefix);
    each("texts.exit_help".to_owned(), false, &mut texts.exit_help);
    each("texts.focus_groups".to_owned(), false, &mut texts.focus_groups);
    for part in parts {
        each(format!("parts.{}", part.id), false, &mut part.title);
        part.questions.iter_mut().for_each(|question| of_question(question, "", each));
    }
    fields.iter_mut().for_each(|field| of_field(field, each));
    derived.iter_mut().for_each(|derived| of_derived(derived, each));
    for Breakdown { id, text, source, .. } in &mut plan.breakdowns {
        each(format!("breakdowns.{id}"), false, text);
        if let super::BreakdownSource::Cross { groups, .. } = source {
            of_groups(&format!("breakdowns.{id}"), groups, each);
        }
    }
    for (question, groups) in &mut plan.published_as {
        of_groups(&format!("published_as.{question}"), groups, each);
    }
    for (name, groups) in groupings {
        of_groups(&format!("groupings.{name}"), groups, each);
    }
}

fn of_question(question: &mut Question, block: &str, each: Each<'_>) {
    let name = format!("{block}{}", question.id);
    each(name.clone(), false, &mut question.text);
    if let Some(help) = &mut question.help {
        each(format!("{name} (help)"), false, help);
    }
    match &mut question.kind {
        QuestionKind::Field(_) => {}
        QuestionKind::Matrix { rows } => {
            for row in rows {
                each(format!("{name}.{}", row.id), false, &mut row.text);
            }
        }
        QuestionKind::Repeat { add_label, places } => {
            each(format!("{name} (add_label)"), false, add_label);
            let block = format!("{}.", question.id);
            let items = places.iter_mut().flat_map(|place| place.questions.iter_mut());
            items.for_each(|item| of_question(item, &block, each));
        }
    }
}

fn of_field(field: &mut Field, each: Each<'_>) {
    let name = field.question.clone();
    let options: &mut [Choice] = match &mut field.kind {
        FieldKind::Single { options, .. } | FieldKind::Multi { options, .. } => options,
        FieldKind::Text { suggestions, .. } => suggestions,
        FieldKind::Toggle => &mut [],
    };
    for option in options {
        each(format!("{name}.{}", option.id), true, &mut option.text);
    }
}

fn of_derived(derived: &mut Derived, each: Each<'_>) {
    each(format!("derived.{}", derived.id), false, &mut derived.text);
    if let DerivedRule::FirstOf { cases } = &mut derived.rule {
        for case in cases {
            each(format!("derived.{}.{}", derived.id, case.id), false, &mut case.text);
        }
    }
}

fn of_groups(of: &str, groups: &mut [Group], each: Each<'_>) {
    for group in groups {
        each(format!("{of}.{}", group.id), true, &mut group.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::definition::{VKOD_2017, load};

    fn vkod() -> Questionnaire {
        load(VKOD_2017.0, VKOD_2017.1).unwrap()
    }

    /// As the command line tells it.
    fn told(old: &Questionnaire, new: &Questionnaire) -> Vec<String> {
        structural_changes(old, new).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_text_is_walked_over() {
        let mut bare = vkod();
        for_each_text(&mut bare, &mut |_, _, text| text.0.clear());
        // A text that was not cleared would still say something in Swedish.
        assert!(!format!("{bare:?}").contains("\"sv\":"));
    }

    #[test]
    fn a_corrected_text_is_no_structural_change_and_is_told() {
        let old = vkod();
        let title = old.title.in_language("sv").to_owned();
        let mut new = old.clone();
        new.title.0.insert("sv".to_owned(), "En rättad rubrik".to_owned());
        assert_eq!(told(&old, &new), Vec::<String>::new());
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
        assert_eq!(told(&old, &other), [format!("question {name} has another structure")]);

        let mut shorter = old.clone();
        let last = shorter.fields.pop().unwrap();
        assert_eq!(told(&old, &shorter), [format!("question {} is gone", last.name)]);
        assert_eq!(told(&shorter, &old), [format!("question {} is new", last.name)]);

        let mut reordered = old.clone();
        reordered.parts.swap(1, 2);
        assert_eq!(told(&old, &reordered), ["the order of parts has another structure"]);
    }
}
