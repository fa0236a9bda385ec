//! Routing in words: which answers lead to a question, and what an option opens.

use crate::i18n;
use crate::staff::LANGUAGE;
use crate::survey::definition::{Field, FieldKind, Questionnaire};
use crate::survey::routing::Condition;

/// The one line of a part, a question or an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What it is about: `Q06`, or an option's text.
    pub name: String,
    /// Its words.
    pub words: Vec<String>,
}

/// Whether the condition says that someone has not been sent out of the survey.
fn is_screening(questionnaire: &Questionnaire, condition: &Condition) -> bool {
    match condition {
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Chosen { field, option } => {
                let option = questionnaire.fields.get(*field).and_then(|field| field.options().get(*option));
                option.is_some_and(|option| option.screen_out)
            }
            Condition::Any(members) => {
                members.iter().all(|member| is_screening(questionnaire, &member.clone().negate()))
            }
            _ => false,
        },
        _ => false,
    }
}

/// What must hold, member by member, screening out left aside.
fn members(questionnaire: &Questionnaire, condition: &Condition) -> Vec<Condition> {
    let all = match condition {
        Condition::Always => Vec::new(),
        Condition::All(members) => members.clone(),
        single => vec![single.clone()],
    };
    all.into_iter().filter(|member| !is_screening(questionnaire, member)).collect()
}

/// The own conditions of part `index`, in terms of earlier answers.
pub fn of_part(questionnaire: &Questionnaire, index: usize) -> Vec<Condition> {
    questionnaire.parts.get(index).map_or_else(Vec::new, |part| members(questionnaire, &part.relevant))
}

/// What a question needs beyond its part.
pub fn of_field(questionnaire: &Questionnaire, field: &Field) -> Vec<Condition> {
    let part = of_part(questionnaire, field.part);
    members(questionnaire, &field.relevant).into_iter().filter(|member| !part.contains(member)).collect()
}

/// The condition in words.
pub fn words(questionnaire: &Questionnaire, condition: &Condition) -> String {
    let inner = |member: &Condition| match member {
        Condition::All(_) | Condition::Any(_) => format!("({})", words(questionnaire, member)),
        single => words(questionnaire, single),
    };
    let name = |field: usize| {
        questionnaire.fields.get(field).map_or("", |field| match field.kind {
            // A place by its number; an item without, for its rules are about its own place.
            FieldKind::Toggle => &field.name,
            _ => &field.question,
        })
    };
    let name = |field: usize| name(field).to_owned();
    let said = |key: &str, arguments: &[(&str, String)]| {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        i18n::text_with(LANGUAGE, key, &arguments)
    };
    match condition {
        Condition::Always => i18n::text(LANGUAGE, "flow-always"),
        Condition::Chosen { field, option } => {
            let text = option_text(questionnaire, *field, *option);
            said("flow-chosen", &[("question", name(*field)), ("option", text)])
        }
        Condition::Count { field, at_least: 1 } => said("flow-any", &[("question", name(*field))]),
        Condition::Count { field, at_least } => {
            said("flow-count", &[("question", name(*field)), ("number", at_least.to_string())])
        }
        Condition::Added { field } => said("flow-added", &[("place", name(*field))]),
        Condition::All(members) => joined(members.iter().map(inner), "flow-and"),
        Condition::Any(members) => joined(members.iter().map(inner), "flow-or"),
        Condition::Not(member) => match member.as_ref() {
            Condition::Chosen { field, option } => {
                let text = option_text(questionnaire, *field, *option);
                said("flow-not-chosen", &[("question", name(*field)), ("option", text)])
            }
            other => said("flow-not", &[("what", inner(other))]),
        },
    }
}

fn joined(parts: impl Iterator<Item = String>, key: &str) -> String {
    parts.collect::<Vec<_>>().join(&format!(" {} ", i18n::text(LANGUAGE, key)))
}

/// An option's label in the questionnaire's first language.
fn option_text(questionnaire: &Questionnaire, field: usize, option: usize) -> String {
    let option = questionnaire.fields.get(field).and_then(|field| field.options().get(option));
    option.map_or("", |option| option.text.in_language(questionnaire.default_language())).to_owned()
}

/// The fields of a question by its id in the file: its own, its rows', its places' items'.
pub fn fields_of<'q>(questionnaire: &'q Questionnaire, id: &str) -> Vec<(usize, &'q Field)> {
    let mine = |field: &Field| {
        field.question == id
            || field.question.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'))
            || field.question.rsplit('.').next() == Some(id)
    };
    questionnaire.fields.iter().enumerate().filter(|(_, field)| mine(field)).collect()
}

/// Which answers lead to the question: the part's conditions and its own. Empty: everyone gets it.
pub fn leading_to(questionnaire: &Questionnaire, id: &str) -> Vec<String> {
    let Some((_, field)) = fields_of(questionnaire, id).into_iter().next() else { return Vec::new() };
    let mut all = of_part(questionnaire, field.part);
    all.extend(of_field(questionnaire, field));
    all.iter().map(|condition| words(questionnaire, condition)).collect()
}

/// What depends on each option of the question: the names of questions and parts whose rule mentions it.
pub fn opened_by(questionnaire: &Questionnaire, id: &str) -> Vec<Opened> {
    let mut opened = Vec::new();
    // Every place of a repeated block has the same rules.
    let fields =
        fields_of(questionnaire, id).into_iter().filter(|(_, field)| field.place.is_none_or(|place| place == 1));
    for (index, field) in fields {
        for (place, option) in field.options().iter().enumerate() {
            let mut words = Vec::new();
            if option.screen_out {
                words.push(i18n::text(LANGUAGE, "flow-outside"));
            }
            for part in 0..questionnaire.parts.len() {
                let conditions = of_part(questionnaire, part);
                if let (Some(opens), Some(part)) = (effect(&conditions, index, place), questionnaire.parts.get(part)) {
                    let title = part.title.in_language(questionnaire.default_language());
                    words.push(i18n::text_with(LANGUAGE, part_key(opens), &[("part", title.into())]));
                }
            }
            for opens in [true, false] {
                let key = if opens { "flow-opens" } else { "flow-closes" };
                words.extend(affected(questionnaire, index, place, opens).into_iter().map(|name| match name {
                    Affected::Question(name) => i18n::text_with(LANGUAGE, key, &[("question", name.into())]),
                    Affected::OwnWords => i18n::text(LANGUAGE, "flow-own-words"),
                }));
            }
            if !words.is_empty() {
                let text = option.text.in_language(questionnaire.default_language());
                opened.push(Opened { name: format!("{}: {text}", field.question), words });
            }
        }
    }
    opened
}

/// What an option decides about.
#[derive(Debug, PartialEq, Eq)]
enum Affected {
    /// A question, or some of what it consists of.
    Question(String),
    /// The field for what she would say instead.
    OwnWords,
}

/// What an option opens, or closes: a question by its name where the whole of it, else its rows or items.
fn affected(questionnaire: &Questionnaire, field: usize, option: usize, opens: bool) -> Vec<Affected> {
    let top = |field: &Field| field.question.split('.').next().unwrap_or_default().to_owned();
    let Some(source) = questionnaire.fields.get(field) else { return Vec::new() };
    let hit = |other: &Field| effect(&of_field(questionnaire, other), field, option) == Some(opens);
    let own_words = |other: &Field| {
        let option = source.options().get(option).map_or("", |option| &option.id);
        other.question == format!("{}.{option}", source.question)
    };
    let mut found = Vec::new();
    for other in questionnaire.fields.iter().filter(|other| hit(other)) {
        let whole = top(other) != top(source)
            && questionnaire.fields.iter().filter(|member| top(member) == top(other)).all(hit);
        let name = match (own_words(other), whole) {
            (true, _) => Affected::OwnWords,
            (false, true) => Affected::Question(top(other)),
            (false, false) => Affected::Question(other.question.clone()),
        };
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn part_key(opens: bool) -> &'static str {
    if opens { "flow-opens-part" } else { "flow-closes-part" }
}

/// Whether choosing the option helps the conditions to hold, or hinders them; none where they don't name it.
fn effect(conditions: &[Condition], field: usize, option: usize) -> Option<bool> {
    conditions.iter().find_map(|condition| named(condition, field, option, true))
}

fn named(condition: &Condition, field: usize, option: usize, holds: bool) -> Option<bool> {
    match condition {
        Condition::Chosen { field: asked, option: chosen } => (*asked == field && *chosen == option).then_some(holds),
        Condition::All(members) | Condition::Any(members) => {
            members.iter().find_map(|member| named(member, field, option, holds))
        }
        Condition::Not(member) => named(member, field, option, !holds),
        Condition::Always | Condition::Count { .. } | Condition::Added { .. } => None,
    }
}
