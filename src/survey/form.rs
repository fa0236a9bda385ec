//! The survey's form: from the bytes of a POST to answers that may be stored.
//!
//! What can only come from a broken or hostile client (an unknown field, a value that is no option)
//! is refused whole, see [`Refusal`]. What a resident can do is a [`Fault`], shown at its field in the
//! same document, with everything she gave.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::http::body::MOST_BYTES;
use crate::survey::answers::{Answers, Codes, Comment, RawAnswers};
use crate::survey::definition::{Choice, Field, FieldKind, Questionnaire};
use crate::survey::routing::evaluate::{NOT_ADDED, Routed, Selections, WRITTEN, route};

/// The hidden field with the permutation of options.
pub const ORDER_FIELD: &str = "ordning";
/// The hidden field with the receipt.
pub const RECEIPT_FIELD: &str = "kvitto";
/// The buttons' name.
pub const ACTION_FIELD: &str = "action";

/// What the pressed button asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Send.
    Submit,
    /// The same document, filled in, at the review.
    Review,
    /// The same document, filled in, in another language (its code).
    Language(String),
}

/// A form as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The button.
    pub action: Action,
    /// The answers, texts normalised.
    pub raw: RawAnswers,
    /// The permutation of options, as sent.
    pub order: Option<String>,
    /// The receipt, as sent.
    pub receipt: Option<String>,
}

/// A form that no resident's browser sends: refused whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// More than [`MOST_BYTES`].
    #[error("the form is larger than {MOST_BYTES} bytes")]
    TooLarge,
    /// A field that the questionnaire does not have.
    #[error("the form has a field that the questionnaire does not have")]
    UnknownField,
    /// A value that is no option of its field.
    #[error("the form has a value that is no option of {0}")]
    UnknownOption(String),
    /// Several values where one is possible.
    #[error("the form has several values for {0}")]
    Repeated(String),
    /// A button that the page does not have.
    #[error("the form has an unknown action")]
    UnknownAction,
}

/// Something that the resident is asked to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A required answer is missing.
    Missing,
    /// More options than this number.
    TooMany(usize),
    /// Longer than this number of characters.
    TooLong(usize),
}

/// A fault at a field (an index into the questionnaire's fields).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub field: usize,
    /// What is wrong.
    pub kind: FaultKind,
}

/// Answers that may be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Valid {
    /// The answers on path.
    pub answers: Answers,
    /// Free texts on path.
    pub comments: Vec<Comment>,
}

/// What a check of a form says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// It may be stored.
    Valid(Valid),
    /// An answer says that the survey is not for her: nothing is stored.
    ScreenedOut,
    /// Something is to be mended.
    Faulty(Vec<Fault>),
}

/// Reads a form's bytes (`application/x-www-form-urlencoded`).
///
/// # Errors
/// [`Refusal`] for what only a broken or hostile client sends.
pub fn read(questionnaire: &Questionnaire, body: &[u8]) -> Result<Posted, Refusal> {
    if body.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let fields: BTreeMap<&str, &Field> =
        questionnaire.fields.iter().map(|field| (field.name.as_str(), field)).collect();
    let mut posted = Posted { action: Action::Submit, raw: RawAnswers::new(), order: None, receipt: None };
    for (name, value) in form_urlencoded::parse(body) {
        match name.as_ref() {
            ACTION_FIELD => posted.action = action(questionnaire, &value)?,
            ORDER_FIELD => posted.order = Some(value.into_owned()),
            RECEIPT_FIELD => posted.receipt = Some(value.into_owned()),
            name => {
                let field = fields.get(name).ok_or(Refusal::UnknownField)?;
                take(field, &value, &mut posted.raw)?;
            }
        }
    }
    Ok(posted)
}

fn action(questionnaire: &Questionnaire, value: &str) -> Result<Action, Refusal> {
    match value {
        "submit" => Ok(Action::Submit),
        "review" => Ok(Action::Review),
        _ => value
            .strip_prefix("language-")
            .and_then(|code| questionnaire.language(code))
            .map(|language| Action::Language(language.code.clone()))
            .ok_or(Refusal::UnknownAction),
    }
}

fn take(field: &Field, value: &str, raw: &mut RawAnswers) -> Result<(), Refusal> {
    let unknown = || Refusal::UnknownOption(field.name.clone());
    let value = match &field.kind {
        FieldKind::Text { .. } => normalise(value),
        // The empty option of a list: nothing chosen.
        FieldKind::Single { .. } if value.is_empty() => return Ok(()),
        FieldKind::Single { .. } | FieldKind::Multi { .. } => {
            field.option(value).map(|option| option.id.clone()).ok_or_else(unknown)?
        }
        FieldKind::Toggle if value == NOT_ADDED || value == "ja" => value.to_owned(),
        FieldKind::Toggle => return Err(unknown()),
    };
    let values = raw.entry(field.name.clone()).or_default();
    match field.kind {
        FieldKind::Multi { .. } if values.contains(&value) => {}
        FieldKind::Multi { .. } | FieldKind::Toggle => values.push(value),
        _ if values.is_empty() => values.push(value),
        _ => return Err(Refusal::Repeated(field.name.clone())),
    }
    // `nej` and `ja` are all that a browser sends.
    if matches!(field.kind, FieldKind::Toggle) && raw.get(&field.name).is_some_and(|values| values.len() > 2) {
        return Err(Refusal::Repeated(field.name.clone()));
    }
    Ok(())
}

/// One form of a text: LF line ends, NFC, no control characters but line ends (PostgreSQL takes no
/// NUL), no space around it.
pub(super) fn normalise(text: &str) -> String {
    let text: String = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .nfc()
        .filter(|character| !character.is_control() || *character == '\n')
        .collect();
    text.trim().to_owned()
}

/// Routes and checks a form.
pub fn check(questionnaire: &Questionnaire, raw: &RawAnswers) -> Checked {
    let routed = route(questionnaire, &Selections::from_raw(questionnaire, raw));
    if screened_out(questionnaire, &routed) {
        return Checked::ScreenedOut;
    }
    let faults: Vec<Fault> = on_path(questionnaire, &routed)
        .filter_map(|(index, field)| {
            let chosen = routed.chosen.0[index];
            let kind = fault(field, chosen, raw.get(&field.name).and_then(|values| values.first()))?;
            Some(Fault { field: index, kind })
        })
        .collect();
    if faults.is_empty() { Checked::Valid(valid(questionnaire, raw, &routed)) } else { Checked::Faulty(faults) }
}

fn on_path<'a>(questionnaire: &'a Questionnaire, routed: &'a Routed) -> impl Iterator<Item = (usize, &'a Field)> {
    questionnaire.fields.iter().enumerate().filter(|(index, _)| routed.on_path[*index])
}

fn chosen_options(field: &Field, chosen: u64) -> impl Iterator<Item = &Choice> {
    field.options().iter().enumerate().filter(move |(index, _)| chosen & (1 << index) != 0).map(|(_, option)| option)
}

/// Whether a chosen option ends the survey.
pub fn screened_out(questionnaire: &Questionnaire, routed: &Routed) -> bool {
    on_path(questionnaire, routed)
        .any(|(index, field)| chosen_options(field, routed.chosen.0[index]).any(|option| option.screen_out))
}

fn fault(field: &Field, chosen: u64, text: Option<&String>) -> Option<FaultKind> {
    match &field.kind {
        FieldKind::Multi { max: Some(max), .. }
            if chosen_options(field, chosen).filter(|option| !option.exclusive).count() > *max =>
        {
            Some(FaultKind::TooMany(*max))
        }
        // `maxlength` counts UTF-16 units, so we do.
        FieldKind::Text { max, .. } if text.is_some_and(|text| text.encode_utf16().count() > *max) => {
            Some(FaultKind::TooLong(*max))
        }
        FieldKind::Toggle => None,
        _ if field.required && chosen == 0 => Some(FaultKind::Missing),
        _ => None,
    }
}

fn valid(questionnaire: &Questionnaire, raw: &RawAnswers, routed: &Routed) -> Valid {
    let mut valid = Valid { answers: Answers::default(), comments: Vec::new() };
    for (index, field) in on_path(questionnaire, routed) {
        let chosen = routed.chosen.0[index];
        if chosen == WRITTEN {
            let text = raw.get(&field.name).and_then(|values| values.first()).cloned().unwrap_or_default();
            valid.comments.push(Comment { question: field.question.clone(), text });
            continue;
        }
        let mut codes: Vec<i16> = chosen_options(field, chosen).map(|option| option.code).collect();
        let codes = match &field.kind {
            FieldKind::Toggle => continue,
            _ if codes.is_empty() => continue,
            FieldKind::Multi { .. } => {
                codes.sort_unstable();
                Codes::Several(codes)
            }
            FieldKind::Single { .. } | FieldKind::Text { .. } => Codes::One(codes[0]),
        };
        valid.answers.0.insert(field.name.clone(), codes);
    }
    valid
}
