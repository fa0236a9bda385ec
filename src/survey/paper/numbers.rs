//! What questions are called on paper.
//!
//! Where the questionnaire's ids are a letter and a number (`X01`, `Q06`, `Q06B`), paper says X1, 6 and 6B: the codebook,
//! the one who keys and the one who answers then speak of the same question. Where they are anything else, questions
//! are counted from 1. Rows of a matrix and items of a repeated block are counted within their question: 7.1, 7.2.

use crate::survey::definition::{Question, QuestionKind, Questionnaire};
use crate::survey::document::words::belongs_to_option;

/// The numbers of a questionnaire's questions.
#[derive(Debug)]
pub struct Numbers {
    questions: Vec<(String, String)>,
    fields: Vec<String>,
}

impl Numbers {
    /// Numbers the questions that stand on paper.
    pub fn of(questionnaire: &Questionnaire) -> Self {
        let asked: Vec<&Question> = questionnaire
            .parts
            .iter()
            .flat_map(|part| &part.questions)
            .filter(|question| stands_alone(questionnaire, question))
            .collect();
        let from_ids: Option<Vec<String>> = asked.iter().map(|question| number_of(&question.id)).collect();
        let mut sorted: Vec<_> = from_ids.clone().unwrap_or_default();
        sorted.sort_unstable();
        sorted.dedup();
        let numbers = match from_ids {
            Some(numbers) if sorted.len() == numbers.len() => numbers,
            _ => (1..=asked.len()).map(|number| number.to_string()).collect(),
        };
        let mut fields = vec![String::new(); questionnaire.fields.len()];
        for (question, number) in asked.iter().zip(&numbers) {
            name(question, number, &mut fields);
        }
        Self { questions: asked.iter().map(|question| question.id.clone()).zip(numbers).collect(), fields }
    }

    /// The number of a question of a part.
    pub fn question(&self, question: &Question) -> &str {
        self.questions.iter().find(|(id, _)| *id == question.id).map_or("", |(_, number)| number)
    }

    /// The number of the question, row or item that a field belongs to; empty for texts of options.
    pub fn field(&self, field: usize) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }
}

/// Whether a question has a place of its own; the text of an option stands at its option.
pub fn stands_alone(questionnaire: &Questionnaire, question: &Question) -> bool {
    match question.kind {
        QuestionKind::Field(field) => !belongs_to_option(questionnaire, field),
        QuestionKind::Matrix { .. } | QuestionKind::Repeat { .. } => true,
    }
}

/// `Q06B` is 6B, `X01` is X1.
fn number_of(id: &str) -> Option<String> {
    let (prefix, rest) = id.split_at_checked(1)?;
    let number = rest.trim_start_matches('0');
    let digits = number.chars().take_while(char::is_ascii_digit).count();
    let (count, letter) = number.split_at(digits);
    let capital = |text: &str| text.chars().all(|letter| letter.is_ascii_uppercase());
    let fits = !count.is_empty() && letter.len() <= 1 && capital(letter) && capital(prefix);
    fits.then(|| if prefix == "Q" { number.to_owned() } else { format!("{prefix}{number}") })
}

fn name(question: &Question, number: &str, fields: &mut [String]) {
    let mut set = |field: usize, number: String| {
        if let Some(name) = fields.get_mut(field) {
            *name = number;
        }
    };
    match &question.kind {
        QuestionKind::Field(field) => set(*field, number.to_owned()),
        QuestionKind::Matrix { rows } => {
            rows.iter().enumerate().for_each(|(index, row)| set(row.field, format!("{number}.{}", index + 1)));
        }
        QuestionKind::Repeat { places, .. } => {
            for place in places {
                for (index, item) in place.questions.iter().enumerate() {
                    name(item, &format!("{number}.{}", index + 1), fields);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::definition::{self, VKOD_2017};

    #[test]
    fn ids_that_are_numbers_are_kept() {
        let numbers = ["Q06", "Q06B", "Q10", "X01"].map(number_of);
        assert_eq!(numbers, ["6", "6B", "10", "X1"].map(|number| Some(number.to_owned())));
        for id in ["", "Q", "Q0", "Qx", "Q6b", "Q6BB", "q1", "åQ1", "alder"] {
            assert_eq!(number_of(id), None, "{id}");
        }
    }

    #[test]
    fn every_field_that_is_asked_has_a_number() {
        let questionnaire = definition::load(VKOD_2017.0, VKOD_2017.1).unwrap();
        let numbers = Numbers::of(&questionnaire);
        for (index, field) in questionnaire.fields.iter().enumerate() {
            let nameless =
                belongs_to_option(&questionnaire, index) || matches!(field.kind, definition::FieldKind::Toggle);
            assert_eq!(numbers.field(index).is_empty(), nameless, "{}", field.name);
        }
    }
}
