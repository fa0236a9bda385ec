//! Conditions in words: "Om du svarade ”Ja” på ”…”".
//!
//! Read on paper and in browsers that can't hide questions, where a person follows the routing herself.

use crate::i18n;
use crate::survey::definition::{FieldKind, Question, QuestionKind, Questionnaire, Text};
use crate::survey::routing::Condition;

/// Says when something is to be answered, or nothing where it always is.
pub fn hint(questionnaire: &Questionnaire, language: &str, condition: &Condition) -> Option<String> {
    let words = Words { questionnaire, language };
    let what = words.say(condition, true);
    (!what.is_empty()).then(|| words.message("survey-if", &[("what", what)]))
}

/// The wording that stands at a field: its question's, its row's, or the option's that it belongs to.
pub fn wording(questionnaire: &Questionnaire, field: usize) -> Option<&Text> {
    let name = &questionnaire.fields.get(field)?.name;
    let questions = questionnaire.parts.iter().flat_map(|part| &part.questions);
    questions.into_iter().find_map(|question| within(question, field)).or_else(|| {
        let (owner, option) = name.rsplit_once('.')?;
        questionnaire.field(owner)?.option(option).map(|option| &option.text)
    })
}

fn within(question: &Question, field: usize) -> Option<&Text> {
    match &question.kind {
        QuestionKind::Field(own) => (*own == field).then_some(&question.text),
        QuestionKind::Matrix { rows } => rows.iter().find(|row| row.field == field).map(|row| &row.text),
        QuestionKind::Repeat { add_label, places } => places.iter().find_map(|place| {
            if place.toggle == Some(field) {
                return Some(add_label);
            }
            place.questions.iter().find_map(|question| within(question, field))
        }),
    }
}

struct Words<'a> {
    questionnaire: &'a Questionnaire,
    language: &'a str,
}

impl Words<'_> {
    fn message(&self, key: &str, arguments: &[(&str, String)]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        i18n::text_with(self.language, key, &arguments)
    }

    /// The condition, or its denial, as a clause; empty where it says nothing.
    fn say(&self, condition: &Condition, holds: bool) -> String {
        match condition {
            Condition::Always => String::new(),
            Condition::Not(inner) => self.say(inner, !holds),
            Condition::Chosen { field, option } => self.chosen(*field, &[*option], holds),
            Condition::Any(members) if self.one_field(members).is_some() => {
                let (field, options) = self.one_field(members).unwrap_or_default();
                self.chosen(field, &options, holds)
            }
            Condition::Count { field, at_least } => {
                let key = if *at_least > 1 { "survey-if-many" } else { "survey-if-some" };
                self.message(key, &[("question", self.question(*field)), ("count", at_least.to_string())])
            }
            Condition::Added { .. } => self.message("survey-if-added", &[]),
            Condition::All(members) => self.join(members, holds, if holds { "survey-and" } else { "survey-or" }),
            Condition::Any(members) => self.join(members, holds, if holds { "survey-or" } else { "survey-and" }),
        }
    }

    fn join(&self, members: &[Condition], holds: bool, key: &str) -> String {
        let clauses: Vec<String> =
            members.iter().map(|member| self.say(member, holds)).filter(|clause| !clause.is_empty()).collect();
        self.list(clauses, key)
    }

    fn list(&self, clauses: Vec<String>, key: &str) -> String {
        let joined =
            clauses.into_iter().reduce(|first, second| self.message(key, &[("first", first), ("second", second)]));
        joined.unwrap_or_default()
    }

    /// The field and options, where all members choose in the same field.
    fn one_field(&self, members: &[Condition]) -> Option<(usize, Vec<usize>)> {
        let mut options = Vec::new();
        let mut fields = Vec::new();
        for member in members {
            let Condition::Chosen { field, option } = member else { return None };
            options.push(*option);
            fields.push(*field);
        }
        let first = *fields.first()?;
        fields.iter().all(|field| *field == first).then_some((first, options))
    }

    fn chosen(&self, field: usize, options: &[usize], holds: bool) -> String {
        let labels = options
            .iter()
            .filter_map(|option| self.questionnaire.fields[field].options().get(*option))
            .map(|option| self.message("survey-quoted", &[("text", option.text.in_language(self.language).to_owned())]))
            .collect();
        let options = self.list(labels, "survey-or");
        let key = if holds { "survey-if-options" } else { "survey-if-not-options" };
        self.message(key, &[("options", options), ("question", self.question(field))])
    }

    fn question(&self, field: usize) -> String {
        wording(self.questionnaire, field).map_or("", |text| text.in_language(self.language)).to_owned()
    }
}

/// Whether a field is a text that belongs to an option, such as `Q14.annat`.
pub fn belongs_to_option(questionnaire: &Questionnaire, field: usize) -> bool {
    questionnaire.fields.get(field).is_some_and(|own| {
        matches!(own.kind, FieldKind::Text { .. })
            && own
                .name
                .rsplit_once('.')
                .and_then(|(owner, option)| questionnaire.field(owner)?.option(option))
                .is_some()
    })
}
