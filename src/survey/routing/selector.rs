//! The page's reading of routing: CSS.
//!
//! A condition becomes a compound selector for the survey's `<form>` that matches exactly when the
//! condition holds: `all` is concatenation, `any` is `:is(…)`, `not` is `:not(…)`, an answer is
//! `:has(#Q06-ja:checked)`. `:has()` sees a ticked box whether or not its question is on path, so the
//! relevance of every question and option that a condition mentions is compiled into it.

use crate::survey::definition::{Field, FieldKind, Questionnaire};
use crate::survey::routing::Condition;

/// The element id of a field: its name, with hyphens for points.
pub fn element_id(field_name: &str) -> String {
    field_name.replace('.', "-")
}

/// The element id of the control of a text field or a list, whose box has the field's own.
pub fn control_id(field: &Field) -> String {
    format!("{}-text", element_id(&field.name))
}

/// What an expanded condition is made of: what boxes are ticked, whatever is on path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ticked {
    Option { field: usize, option: usize },
    Several { field: usize, at_least: u32 },
    Place { field: usize },
    All(Vec<Ticked>),
    Any(Vec<Ticked>),
    Not(Box<Ticked>),
}

/// The selector that matches the survey's form exactly when `condition` holds, given that `context`
/// holds (an enclosing element is hidden otherwise); `None` where it always does.
pub fn selector(questionnaire: &Questionnaire, condition: &Condition, context: &Condition) -> Option<String> {
    let mut known = Vec::new();
    expand(questionnaire, context, &mut known);
    let already = known.len();
    expand(questionnaire, condition, &mut known);
    let added = &known[already..];
    (!added.is_empty()).then(|| added.iter().map(|part| write(questionnaire, part)).collect())
}

/// Adds to `known`, a conjunction, what `condition` demands beyond it.
pub(super) fn expand(questionnaire: &Questionnaire, condition: &Condition, known: &mut Vec<Ticked>) {
    let learn = |known: &mut Vec<Ticked>, fact: Ticked| {
        if !known.contains(&fact) {
            known.push(fact);
        }
    };
    match condition {
        Condition::Always => {}
        Condition::All(members) => members.iter().for_each(|member| expand(questionnaire, member, known)),
        Condition::Any(members) => {
            let alternatives: Vec<_> = members.iter().map(|member| beyond(questionnaire, member, known)).collect();
            // An alternative that demands nothing more makes the whole true.
            if alternatives.iter().all(|alternative| !matches!(alternative, Ticked::All(parts) if parts.is_empty())) {
                learn(known, Ticked::Any(alternatives));
            }
        }
        Condition::Not(inner) => {
            let inner = beyond(questionnaire, inner, known);
            learn(known, Ticked::Not(Box::new(inner)));
        }
        Condition::Chosen { field, option } => {
            expand(questionnaire, &questionnaire.fields[*field].relevant, known);
            let options = questionnaire.fields[*field].options();
            expand(questionnaire, &options[*option].relevant, known);
            learn(known, Ticked::Option { field: *field, option: *option });
            if matches!(questionnaire.fields[*field].kind, FieldKind::Multi { .. }) {
                for (other, choice) in options.iter().enumerate() {
                    let hides =
                        choice.exclusive && other != *option && (!options[*option].exclusive || other < *option);
                    if hides {
                        learn(known, not_hidden_by(questionnaire, *field, other));
                    }
                }
            }
        }
        Condition::Count { field, at_least } => {
            expand(questionnaire, &questionnaire.fields[*field].relevant, known);
            learn(known, Ticked::Several { field: *field, at_least: *at_least });
            for (option, choice) in questionnaire.fields[*field].options().iter().enumerate() {
                if choice.exclusive {
                    learn(known, not_hidden_by(questionnaire, *field, option));
                }
            }
        }
        Condition::Added { field } => {
            expand(questionnaire, &questionnaire.fields[*field].relevant, known);
            learn(known, Ticked::Place { field: *field });
        }
    }
}

/// That the exclusive `option`, where it is offered, is not ticked.
fn not_hidden_by(questionnaire: &Questionnaire, field: usize, option: usize) -> Ticked {
    let ticked = Ticked::Option { field, option };
    let offered = beyond(questionnaire, &questionnaire.fields[field].options()[option].relevant, &[]);
    Ticked::Not(Box::new(match offered {
        Ticked::All(parts) if parts.is_empty() => ticked,
        Ticked::All(mut parts) => {
            parts.push(ticked);
            Ticked::All(parts)
        }
        other => Ticked::All(vec![other, ticked]),
    }))
}

/// What `condition` demands beyond `known`, as one conjunction.
fn beyond(questionnaire: &Questionnaire, condition: &Condition, known: &[Ticked]) -> Ticked {
    let mut inner = known.to_vec();
    expand(questionnaire, condition, &mut inner);
    let mut added = inner.split_off(known.len());
    if added.len() == 1 { added.remove(0) } else { Ticked::All(added) }
}

fn write(questionnaire: &Questionnaire, ticked: &Ticked) -> String {
    let id = |field: usize| element_id(&questionnaire.fields[field].name);
    match ticked {
        Ticked::Option { field, option } => {
            let choice = &questionnaire.fields[*field].options()[*option].id;
            format!(":has(#{} [value={choice}]:checked)", id(*field))
        }
        Ticked::Several { field, at_least } => {
            let definition = &questionnaire.fields[*field];
            let texts = format!("{}.", definition.name);
            let texts = questionnaire.fields.iter().filter(|other| other.name.starts_with(&texts)).count();
            several(&id(*field), definition.options().len() + texts, *at_least, 0)
        }
        Ticked::Place { field } => format!(":has(#{}:checked)", id(*field)),
        Ticked::All(parts) if parts.is_empty() => ":is(*)".to_owned(),
        Ticked::All(parts) => parts.iter().map(|part| write(questionnaire, part)).collect(),
        Ticked::Any(parts) => {
            let parts: Vec<_> = parts.iter().map(|part| write(questionnaire, part)).collect();
            format!(":is({})", parts.join(","))
        }
        Ticked::Not(inner) => match &**inner {
            Ticked::Not(inner) => write(questionnaire, inner),
            inner => format!(":not({})", write(questionnaire, inner)),
        },
    }
}

/// That `at_least` boxes that count are ticked, among those whose labels stand after the one at place `after`.
///
/// Each box stands within its label, and CSS can't look for one ticked cousin after another. But it can ask place by
/// place: one is ticked here, and the rest of them further on. `last` is the number of labels, those of texts included.
fn several(id: &str, last: usize, at_least: u32, after: usize) -> String {
    match (at_least, after) {
        (0 | 1, 0) => format!(":has(#{id} .c:checked)"),
        (0 | 1, _) => format!(":has(#{id}>:nth-of-type(n+{}) .c:checked)", after + 1),
        (2, 0) => two(id, last),
        _ => {
            let places = (after + 1..=last).map(|place| {
                let rest = several(id, last, at_least - 1, place);
                format!(":has(#{id}>:nth-of-type({place}) .c:checked){rest}")
            });
            format!(":is({})", places.collect::<Vec<_>>().join(","))
        }
    }
}

/// That two boxes that count are ticked: two places, counted from 0 and written as binary numbers, differ in a digit. A
/// question for each digit instead of one for each place, a fifth as much for 25 places.
fn two(id: &str, last: usize) -> String {
    let digits = (0..).map(|digit| 1 << digit).take_while(|value: &usize| *value < last);
    let differ = digits.map(|value| {
        let zeros: Vec<_> = if 2 * value < last {
            (1..=value).map(|place| format!(":nth-of-type({}n+{place})", 2 * value)).collect()
        } else {
            vec![format!(":nth-of-type(-n+{value})")]
        };
        let zeros = zeros.join(",");
        format!(":has(#{id}>:is({zeros}) .c:checked):has(#{id}>:not({zeros}) .c:checked)")
    });
    format!(":is({})", differ.collect::<Vec<_>>().join(","))
}
