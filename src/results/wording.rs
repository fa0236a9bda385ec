//! Wordings of tables and cells, in every language of the questionnaire.

use crate::i18n;
use crate::results::plan::CellLabel;
use crate::survey::definition::{Choice, Group, Question, QuestionKind, Questionnaire, Text};

/// A cell per option that is an answer, in the definition's order.
pub(super) fn option_cells(options: &[Choice]) -> Vec<CellLabel> {
    let answers = options.iter().filter(|option| option.code >= 0);
    answers.map(|option| CellLabel { code: option.code, id: option.id.clone(), text: option.text.clone() }).collect()
}

/// A cell per group, coded from 1 in the definition's order.
pub(super) fn group_cells(groups: &[Group]) -> Vec<CellLabel> {
    (1..).zip(groups).map(|(code, group)| CellLabel { code, id: group.id.clone(), text: group.text.clone() }).collect()
}

/// A cell whose label is a message of the interface.
pub(super) fn word(questionnaire: &Questionnaire, code: i16, id: &str, key: &str) -> CellLabel {
    let texts = questionnaire.languages.iter().map(|language| (language.code.clone(), i18n::text(&language.code, key)));
    CellLabel { code, id: id.to_owned(), text: Text(texts.collect()) }
}

/// What a question, as exports name it, asks: with the matrix's or the block's text before it.
pub(super) fn wording(questionnaire: &Questionnaire, question: &str) -> Text {
    let asked = || questionnaire.parts.iter().flat_map(|part| &part.questions);
    if let Some(found) = asked().find(|asked| asked.id == question) {
        return found.text.clone();
    }
    let Some((outer, inner)) = question.split_once('.') else { return Text::default() };
    let Some(found) = asked().find(|asked| asked.id == outer) else { return Text::default() };
    inner_text(found, inner).map_or_else(|| found.text.clone(), |text| joined(&found.text, text))
}

fn inner_text<'a>(question: &'a Question, inner: &str) -> Option<&'a Text> {
    match &question.kind {
        QuestionKind::Field(_) => None,
        QuestionKind::Matrix { rows } => rows.iter().find(|row| row.id == inner).map(|row| &row.text),
        QuestionKind::Repeat { places, .. } => {
            places.first()?.questions.iter().find(|item| item.id == inner).map(|item| &item.text)
        }
    }
}

/// Both texts as one. A sentence that the row carries on (`… , …` and `… valt en annan väg?`) stays one.
fn joined(outer: &Text, inner: &Text) -> Text {
    let both = outer.0.iter().map(|(language, outer)| {
        let inner = inner.in_language(language);
        let text = match (outer.strip_suffix('…'), inner.strip_prefix('…')) {
            (Some(outer), Some(inner)) => format!("{} {}", outer.trim_end(), inner.trim_start()),
            _ if outer.ends_with(['?', '.', ':', '…', '؟']) => format!("{outer} {inner}"),
            _ => format!("{outer}: {inner}"),
        };
        (language.clone(), text)
    });
    Text(both.collect())
}
