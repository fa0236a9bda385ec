//! Routing conditions as people and plans need them: of stored responses, and in words.

use std::collections::BTreeSet;

use crate::i18n;
use crate::survey::definition::Questionnaire;
use crate::survey::routing::Condition;

/// What `condition` is for stored responses: nobody who was screened out is stored, so an option that
/// ends the survey is never chosen. `Err` is a condition that is the same for all.
fn simplified(questionnaire: &Questionnaire, condition: &Condition) -> Result<Condition, bool> {
    match condition {
        Condition::Always => Err(true),
        Condition::Chosen { field, option } if questionnaire.fields[*field].options()[*option].screen_out => Err(false),
        Condition::Chosen { .. } | Condition::Count { .. } | Condition::Added { .. } => Ok(condition.clone()),
        Condition::All(members) => joined(questionnaire, members, false, Condition::All),
        Condition::Any(members) => joined(questionnaire, members, true, Condition::Any),
        Condition::Not(inner) => match simplified(questionnaire, inner) {
            Ok(inner) => Ok(inner.negate()),
            Err(constant) => Err(!constant),
        },
    }
}

/// Members joined; one that is always `decisive` decides the whole.
fn joined(
    questionnaire: &Questionnaire,
    members: &[Condition],
    decisive: bool,
    join: fn(Vec<Condition>) -> Condition,
) -> Result<Condition, bool> {
    let mut open = Vec::new();
    for member in members {
        match simplified(questionnaire, member) {
            Err(constant) if constant == decisive => return Err(decisive),
            Err(_) => {}
            Ok(member) => open.push(member),
        }
    }
    match open.len() {
        0 => Err(!decisive),
        1 => Ok(open.remove(0)),
        _ => Ok(join(open)),
    }
}

/// Whether `condition` holds for every stored response, as far as the questionnaire alone tells.
pub(super) fn always(questionnaire: &Questionnaire, condition: &Condition) -> bool {
    simplified(questionnaire, condition) == Err(true)
}

/// The fields that decide whether `field` and its options are asked, screen-out aside.
pub(super) fn asked_by(questionnaire: &Questionnaire, field: usize) -> BTreeSet<usize> {
    let field = &questionnaire.fields[field];
    let conditions = std::iter::once(&field.relevant).chain(field.options().iter().map(|option| &option.relevant));
    conditions
        .filter_map(|condition| simplified(questionnaire, condition).ok())
        .flat_map(|open| open.fields())
        .collect()
}

/// `condition` in words: `Q06 = "Mycket otrygg"`; "alla" where it always holds.
pub(super) fn in_words(questionnaire: &Questionnaire, condition: &Condition, language: &str) -> String {
    match simplified(questionnaire, condition) {
        Err(true) => i18n::text(language, "condition-everyone"),
        Err(false) => i18n::text(language, "condition-nobody"),
        Ok(condition) => Words { questionnaire, language }.of(&condition, false),
    }
}

struct Words<'a> {
    questionnaire: &'a Questionnaire,
    language: &'a str,
}

impl Words<'_> {
    fn of(&self, condition: &Condition, nested: bool) -> String {
        let fields = &self.questionnaire.fields;
        match condition {
            Condition::Always => i18n::text(self.language, "condition-everyone"),
            Condition::Chosen { field, option } => self.one_of(*field, &[*option]),
            Condition::Count { field, at_least } => {
                let arguments = [("question", fields[*field].question.as_str().into()), ("number", (*at_least).into())];
                i18n::text_with(self.language, "condition-count", &arguments)
            }
            Condition::Added { field } => {
                let place = fields[*field].place.unwrap_or_default().to_string();
                i18n::text_with(self.language, "condition-added", &[("place", place.into())])
            }
            Condition::All(members) => self.join(members, "condition-and", nested),
            Condition::Any(members) => self.any(members, nested),
            Condition::Not(inner) => {
                i18n::text_with(self.language, "condition-not", &[("condition", self.of(inner, false).into())])
            }
        }
    }

    fn join(&self, members: &[Condition], word: &str, nested: bool) -> String {
        let members: Vec<_> = members.iter().map(|member| self.of(member, true)).collect();
        let joined = members.join(&format!(" {} ", i18n::text(self.language, word)));
        if nested { format!("({joined})") } else { joined }
    }

    /// Alternatives; options of the same field are told together.
    fn any(&self, members: &[Condition], nested: bool) -> String {
        let same_field = |a: &Condition, b: &Condition| match (a, b) {
            (Condition::Chosen { field: a, .. }, Condition::Chosen { field: b, .. }) => a == b,
            _ => false,
        };
        let told: Vec<String> = members
            .chunk_by(same_field)
            .map(|run| match run {
                [Condition::Chosen { field, .. }, ..] => {
                    let options: Vec<usize> = run.iter().filter_map(chosen_option).collect();
                    self.one_of(*field, &options)
                }
                _ => self.join(run, "condition-or", true),
            })
            .collect();
        let joined = told.join(&format!(", {} ", i18n::text(self.language, "condition-or")));
        if nested && told.len() > 1 { format!("({joined})") } else { joined }
    }

    /// One of some options of a field; "answered" where these are all that are answers.
    fn one_of(&self, field: usize, options: &[usize]) -> String {
        let field = &self.questionnaire.fields[field];
        let answers = field.options().iter().enumerate().filter(|(_, option)| option.code >= 0);
        if options.len() > 1 && answers.map(|(index, _)| index).eq(options.iter().copied()) {
            return i18n::text_with(
                self.language,
                "condition-answered",
                &[("question", field.question.as_str().into())],
            );
        }
        let labels: Vec<_> = options
            .iter()
            .map(|option| format!("”{}”", field.options()[*option].text.in_language(self.language)))
            .collect();
        format!("{} = {}", field.question, labels.join(&format!(" {} ", i18n::text(self.language, "condition-or"))))
    }
}

/// The option that a condition asks for.
fn chosen_option(condition: &Condition) -> Option<usize> {
    match condition {
        Condition::Chosen { option, .. } => Some(*option),
        _ => None,
    }
}
