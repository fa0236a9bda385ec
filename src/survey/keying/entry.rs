//! What a keyer types: the numbers that stand at the options on paper, and texts.
//!
//! From numbers to the answers of a form as a resident's browser would send it; the same [`form::check`] decides then
//! what may be stored. Typing numbers is the fastest way from paper, and the same number can't mean two options.
//!
//! [`form::check`]: crate::survey::form::check

use crate::survey::answers::RawAnswers;
use crate::survey::definition::{Field, FieldKind, Questionnaire};
use crate::survey::form::{self, FaultKind};
use crate::survey::routing::evaluate::NOT_ADDED;

/// What was typed, by field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// As a resident's form would carry it.
    pub raw: RawAnswers,
    /// What can't be read.
    pub faults: Vec<EntryFault>,
}

/// Something that the keyer is asked to mend, at a field (an index into the questionnaire's fields).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFault {
    /// The field.
    pub field: usize,
    /// What is wrong.
    pub kind: EntryFaultKind,
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryFaultKind {
    /// No option has this number.
    UnknownNumber(String),
    /// Several numbers where one is possible.
    Several,
    /// As in a resident's form.
    Answer(FaultKind),
}

impl From<form::Fault> for EntryFault {
    fn from(fault: form::Fault) -> Self {
        Self { field: fault.field, kind: EntryFaultKind::Answer(fault.kind) }
    }
}

/// Reads what was typed; `typed` gives the text of a field by its name.
pub fn read(questionnaire: &Questionnaire, typed: impl Fn(&str) -> String) -> Entered {
    let mut entered = Entered { raw: RawAnswers::new(), faults: Vec::new() };
    for (index, field) in questionnaire.fields.iter().enumerate() {
        let text = typed(&field.name);
        if text.trim().is_empty() {
            continue;
        }
        match values(field, &text) {
            Ok(values) => {
                entered.raw.insert(field.name.clone(), values);
            }
            Err(kind) => entered.faults.push(EntryFault { field: index, kind }),
        }
    }
    leave_out_empty_places(questionnaire, &mut entered.raw);
    entered
}

fn values(field: &Field, text: &str) -> Result<Vec<String>, EntryFaultKind> {
    let single = match &field.kind {
        FieldKind::Text { .. } => return Ok(vec![form::normalise(text)]),
        FieldKind::Toggle => return Ok(Vec::new()),
        FieldKind::Single { .. } => true,
        FieldKind::Multi { .. } => false,
    };
    let numbers = text.split([' ', ',', ';', '.', '\t', '\n']).filter(|number| !number.is_empty());
    let mut values = Vec::new();
    for number in numbers {
        // A minus as people write it, and as documents print it.
        let code: Option<i16> = number.replace(['−', '–'], "-").parse().ok();
        let option = code.and_then(|code| field.options().iter().find(|option| option.code == code));
        let option = option.ok_or_else(|| EntryFaultKind::UnknownNumber(number.to_owned()))?;
        if !values.contains(&option.id) {
            values.push(option.id.clone());
        }
    }
    if single && values.len() > 1 { Err(EntryFaultKind::Several) } else { Ok(values) }
}

/// A place of a repeated block is there when something was written at it: paper has no button that adds one.
fn leave_out_empty_places(questionnaire: &Questionnaire, raw: &mut RawAnswers) {
    for toggle in questionnaire.fields.iter().filter(|field| matches!(field.kind, FieldKind::Toggle)) {
        let beginning = format!("{}.", toggle.name);
        if !raw.keys().any(|name| name.starts_with(&beginning)) {
            raw.insert(toggle.name.clone(), vec![NOT_ADDED.to_owned()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::definition::{self, VKOD_2017};
    use crate::survey::form::{Checked, check};

    fn entered(typed: &[(&str, &str)]) -> (Questionnaire, Entered) {
        let questionnaire = definition::load(VKOD_2017.0, VKOD_2017.1).unwrap();
        let text = |name: &str| typed.iter().find(|(field, _)| *field == name).map_or("", |(_, text)| text).to_owned();
        let entered = read(&questionnaire, text);
        (questionnaire, entered)
    }

    #[test]
    fn numbers_are_what_options_are_printed_with() {
        let (questionnaire, entered) = entered(&[("Q06", " 2 "), ("Q22", " Mörkt vid bron. ")]);
        assert_eq!(entered.faults, []);
        let option = questionnaire.field("Q06").unwrap().options().iter().find(|option| option.code == 2).unwrap();
        assert_eq!(entered.raw["Q06"], [option.id.as_str()]);
        assert_eq!(entered.raw["Q22"], ["Mörkt vid bron."]);
    }

    #[test]
    fn what_no_option_has_and_two_where_one_is_possible_are_faults() {
        let (questionnaire, entered) = entered(&[("Q06", "77"), ("X01", "1 2"), ("X02", "a")]);
        let found: Vec<_> = entered
            .faults
            .iter()
            .map(|fault| (questionnaire.fields[fault.field].name.as_str(), fault.kind.clone()))
            .collect();
        assert!(found.contains(&("Q06", EntryFaultKind::UnknownNumber("77".to_owned()))), "{found:?}");
        assert!(found.contains(&("X01", EntryFaultKind::Several)), "{found:?}");
        assert!(found.contains(&("X02", EntryFaultKind::UnknownNumber("a".to_owned()))), "{found:?}");
    }

    /// A second place that nobody wrote in is none, as where a resident does not add it.
    #[test]
    fn places_are_there_when_something_is_written_at_them() {
        let toggles = |typed: &[(&str, &str)]| -> Vec<String> {
            let (questionnaire, entered) = entered(typed);
            let toggles = questionnaire.fields.iter().filter(|field| matches!(field.kind, FieldKind::Toggle));
            toggles.filter(|field| !entered.raw.contains_key(&field.name)).map(|field| field.name.clone()).collect()
        };
        assert_eq!(toggles(&[]), Vec::<String>::new());
        assert_eq!(toggles(&[("Q12.2.P03", "Vid bron")]), ["Q12.2"]);
    }

    #[test]
    fn the_residents_own_check_decides_what_is_stored() {
        let (questionnaire, entered) = entered(&[("X01", "1"), ("X02", "1"), ("X03", "2"), ("Q06", "2")]);
        assert!(matches!(check(&questionnaire, &entered.raw), Checked::Valid(_)));
        let (questionnaire, entered) = self::entered(&[]);
        assert!(matches!(check(&questionnaire, &entered.raw), Checked::Faulty(_)));
    }
}
