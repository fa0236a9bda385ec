//! Conditions in words: "Om du svarade ”Ja” på ”…”".
//!
//! Read on paper and in browsers that can't hide questions, where a person follows the routing herself. The page names
//! a question by its wording; the printed questionnaire, by its number.

use crate::i18n;
use crate::survey::definition::{FieldKind, Question, QuestionKind, Questionnaire, Text};
use crate::survey::routing::Condition;

/// The messages that conditions are said in.
#[derive(Debug)]
pub struct Sentences {
    /// The whole: takes `$what`.
    pub whole: &'static str,
    /// `$options` were answered to `$question`.
    pub options: &'static str,
    /// They were not.
    pub not_options: &'static str,
    /// Something was chosen at `$question`.
    pub some: &'static str,
    /// At least `$count` were.
    pub many: &'static str,
}

/// How the page says conditions: `$question` is a wording.
const BY_WORDING: Sentences = Sentences {
    whole: "survey-if",
    options: "survey-if-options",
    not_options: "survey-if-not-options",
    some: "survey-if-some",
    many: "survey-if-many",
};

/// Says when something is to be answered, or nothing where it always is.
pub fn hint(questionnaire: &Questionnaire, language: &str, condition: &Condition) -> Option<String> {
    let name = |field: usize| wording(questionnaire, field).map_or("", |text| text.in_language(language)).to_owned();
    Words { questionnaire, language, sentences: &BY_WORDING, name: &name }.hint(condition)
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

/// Says conditions.
pub struct Words<'a> {
    /// The questionnaire that they are about.
    pub questionnaire: &'a Questionnaire,
    /// In which language.
    pub language: &'a str,
    /// In which sentences.
    pub sentences: &'static Sentences,
    /// What `$question` is for the field at an index.
    pub name: &'a dyn Fn(usize) -> String,
}

impl Words<'_> {
    /// Says when something is to be answered, or nothing where it always is.
    pub fn hint(&self, condition: &Condition) -> Option<String> {
        let what = self.say(condition, true);
        (!what.is_empty()).then(|| self.message(self.sentences.whole, &[("what", what)]))
    }

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
                let key = if *at_least > 1 { self.sentences.many } else { self.sentences.some };
                self.message(key, &[("question", (self.name)(*field)), ("count", at_least.to_string())])
            }
            Condition::Added { .. } => self.message("survey-if-added", &[]),
            Condition::All(members) => self.join(members, holds, holds),
            Condition::Any(members) => self.join(members, holds, !holds),
        }
    }

    /// Clauses joined by "and" or by "or"; options of one field are named together.
    fn join(&self, members: &[Condition], holds: bool, and: bool) -> String {
        let same_field = |one: &Condition, other: &Condition| match (one, other) {
            (Condition::Chosen { field: one, .. }, Condition::Chosen { field: other, .. }) => {
                one == other && holds && !and
            }
            _ => false,
        };
        let runs: Vec<&[Condition]> = members.chunk_by(same_field).collect();
        let clauses = runs.iter().map(|run| match run {
            [one] => self.say(one, holds),
            _ => self.say(&Condition::Any(run.to_vec()), holds),
        });
        let clauses: Vec<String> = clauses.filter(|clause| !clause.is_empty()).collect();
        // "a, and b or c" is not "a and b, or c".
        let alternatives = |member: &Condition| match member {
            Condition::Any(_) => holds,
            Condition::All(_) => !holds,
            _ => false,
        };
        let mixed = and && members.iter().any(alternatives);
        let key = match (and, mixed) {
            (true, true) => "survey-and-also",
            (true, false) => "survey-and",
            (false, _) => "survey-or",
        };
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
        let key = if holds { self.sentences.options } else { self.sentences.not_options };
        self.message(key, &[("options", options), ("question", (self.name)(field))])
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
