//! What on the page depends on answers: which boxes, options and links are shown when.
//!
//! Markup (`view`) and style (`style`) are made apart from each other; what they must agree on is here: the
//! element ids of boxes, and when each is shown. Every condition here is compiled to CSS, and none is computed
//! anywhere else.

use crate::survey::definition::{Field, FieldKind, Part, Question, QuestionKind, Questionnaire};
use crate::survey::routing::Condition;
use crate::survey::routing::selector::{control_id, element_id};

/// The fragment of the start.
pub const START: &str = "start";
/// The fragment of the review.
pub const REVIEW: &str = "granska";
/// The fragment of the text for whom the survey is not for.
pub const OUTSIDE: &str = "utanfor";

/// An element that is shown only when a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The element's selector.
    pub element: String,
    /// When it is shown.
    pub when: Condition,
    /// What holds wherever the element could be seen at all.
    pub within: Condition,
}

/// A link from a screen to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Fragment, without `#`.
    pub target: String,
    /// When it is the one to follow.
    pub when: Condition,
}

/// The fragment of the part at `index`: `del-1` …
pub fn fragment(index: usize) -> String {
    format!("del-{}", index + 1)
}

/// When a chosen option has ended the survey; none where no option does.
pub fn screened_out(questionnaire: &Questionnaire) -> Option<Condition> {
    let mut ending = Vec::new();
    for (field, definition) in questionnaire.fields.iter().enumerate() {
        for (option, choice) in definition.options().iter().enumerate() {
            if choice.screen_out {
                ending.push(Condition::Chosen { field, option });
            }
        }
    }
    if ending.len() > 1 { Some(Condition::Any(ending)) } else { ending.pop() }
}

/// When no option has ended the survey.
pub fn not_screened_out(questionnaire: &Questionnaire) -> Condition {
    screened_out(questionnaire).map_or(Condition::Always, Condition::negate)
}

/// The screens that can follow a part, in order: the parts, then the review, then the text for those whom the
/// survey is not for.
fn screens(questionnaire: &Questionnaire) -> Vec<(String, Condition)> {
    let mut screens: Vec<(String, Condition)> =
        questionnaire.parts.iter().enumerate().map(|(index, part)| (fragment(index), part.relevant.clone())).collect();
    screens.push((REVIEW.to_owned(), not_screened_out(questionnaire)));
    screens.extend(screened_out(questionnaire).map(|condition| (OUTSIDE.to_owned(), condition)));
    screens
}

/// Where Next leads from the part at `index`: exactly one link's condition holds, whatever was answered, also when
/// the part itself is off path.
pub fn next(questionnaire: &Questionnaire, index: usize) -> Vec<Link> {
    first_on_path(screens(questionnaire).into_iter().skip(index + 1))
}

/// Where Back leads from the part at `index`, or from the review (an index past the last part).
pub fn back(questionnaire: &Questionnaire, index: usize) -> Vec<Link> {
    let earlier = screens(questionnaire).into_iter().take(index.min(questionnaire.parts.len())).rev();
    first_on_path(earlier.chain([(START.to_owned(), Condition::Always)]))
}

/// One link per screen that can be the first one on path.
fn first_on_path(screens: impl Iterator<Item = (String, Condition)>) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let mut passed: Vec<Condition> = Vec::new();
    for (target, relevant) in screens {
        // A screen that is on path only where an earlier one is, too, is never the first one.
        if passed.iter().any(|earlier| implies(&relevant, earlier)) {
            continue;
        }
        let off = passed.iter().filter(|earlier| !excludes(&relevant, earlier));
        let when = off.fold(relevant.clone(), |when, earlier| when.and(earlier.clone().negate()));
        links.push(Link { target, when });
        if relevant == Condition::Always {
            break;
        }
        passed.push(relevant);
    }
    links
}

/// Whether `stronger` visibly demands all that `weaker` does.
fn implies(stronger: &Condition, weaker: &Condition) -> bool {
    members(weaker).iter().all(|member| members(stronger).contains(member))
}

/// Whether `one` visibly says that something does not hold which `other` demands.
fn excludes(one: &Condition, other: &Condition) -> bool {
    let other = members(other);
    members(one).iter().any(|member| other.contains(&member.clone().negate()))
}

fn members(condition: &Condition) -> Vec<Condition> {
    match condition {
        Condition::Always => Vec::new(),
        Condition::All(members) => members.clone(),
        other => vec![other.clone()],
    }
}

/// What `condition` demands beyond `within`.
pub fn beyond(condition: &Condition, within: &Condition) -> Condition {
    let known = members(within);
    members(condition)
        .into_iter()
        .filter(|member| !known.contains(member))
        .fold(Condition::Always, |beyond, member| beyond.and(member))
}

/// When a box around things that are shown under `inner` conditions is shown: when one of them is.
fn around(inner: &[Condition]) -> Condition {
    let Some(first) = inner.first() else { return Condition::Always };
    let common = members(first)
        .into_iter()
        .filter(|member| inner.iter().all(|condition| members(condition).contains(member)))
        .fold(Condition::Always, Condition::and);
    if inner.contains(&common) { common } else { Condition::Any(inner.to_vec()) }
}

/// When a question's box is shown.
pub fn question_shown(questionnaire: &Questionnaire, question: &Question) -> Condition {
    let fields = &questionnaire.fields;
    match &question.kind {
        QuestionKind::Field(field) => fields[*field].relevant.clone(),
        QuestionKind::Matrix { rows } => {
            around(&rows.iter().map(|row| fields[row.field].relevant.clone()).collect::<Vec<_>>())
        }
        QuestionKind::Repeat { places, .. } => {
            around(&places.iter().map(|place| place_shown(questionnaire, &place.questions)).collect::<Vec<_>>())
        }
    }
}

/// When the box around a place's items is shown.
pub fn place_shown(questionnaire: &Questionnaire, items: &[Question]) -> Condition {
    around(&items.iter().map(|item| question_shown(questionnaire, item)).collect::<Vec<_>>())
}

/// The element id of a question's box.
pub fn question_box(questionnaire: &Questionnaire, question: &Question) -> String {
    match &question.kind {
        QuestionKind::Field(field) => element_id(&questionnaire.fields[*field].name),
        QuestionKind::Matrix { rows } => {
            let name = rows.first().map_or(question.id.as_str(), |row| &questionnaire.fields[row.field].name);
            element_id(name.rsplit_once('.').map_or(name, |(matrix, _)| matrix))
        }
        QuestionKind::Repeat { .. } => element_id(&question.id),
    }
}

/// The element id of the box around the items of a place.
pub fn place_box(question: &Question, number: usize) -> String {
    format!("{}-{number}-plats", element_id(&question.id))
}

/// The text field that belongs to an option of `field`, such as `Q14.annat`.
pub fn text_of_option(questionnaire: &Questionnaire, field: &Field, option: &str) -> Option<usize> {
    let name = format!("{}.{option}", field.name);
    questionnaire.fields.iter().position(|other| other.name == name && matches!(other.kind, FieldKind::Text { .. }))
}

/// Whether an option can be off path while its question is on path, so that a ticked box tells nothing yet.
pub fn options_depend(field: &Field) -> bool {
    field.options().iter().any(|option| option.relevant != Condition::Always)
}

/// When something that counts as an answer is chosen in a closed field.
pub fn answered(field: usize, definition: &Field) -> Condition {
    Condition::Any((0..definition.options().len()).map(|option| Condition::Chosen { field, option }).collect())
}

/// Every box and option that depends on answers, within its part.
pub fn dependent(questionnaire: &Questionnaire) -> Vec<Shown> {
    let mut shown = Vec::new();
    for part in &questionnaire.parts {
        questions(questionnaire, &part.questions, &part.relevant, &mut shown);
    }
    shown.retain(|element| element.when != Condition::Always);
    shown
}

/// The parts with a condition, and their indices.
pub fn dependent_parts(questionnaire: &Questionnaire) -> impl Iterator<Item = (usize, &Part)> {
    questionnaire.parts.iter().enumerate().filter(|(_, part)| part.relevant != Condition::Always)
}

fn questions(questionnaire: &Questionnaire, questions: &[Question], within: &Condition, shown: &mut Vec<Shown>) {
    for question in questions {
        let when = question_shown(questionnaire, question);
        let element = format!("#{}", question_box(questionnaire, question));
        shown.push(Shown { element, when: when.clone(), within: within.clone() });
        match &question.kind {
            QuestionKind::Field(index) => options(questionnaire, *index, shown),
            QuestionKind::Matrix { rows } => {
                for row in rows {
                    let field = &questionnaire.fields[row.field];
                    let element = format!("#{}", element_id(&field.name));
                    shown.push(Shown { element, when: field.relevant.clone(), within: when.clone() });
                    options(questionnaire, row.field, shown);
                }
            }
            QuestionKind::Repeat { places, .. } => {
                for place in places {
                    let inner = place_shown(questionnaire, &place.questions);
                    if let Some(toggle) = place.toggle {
                        let field = &questionnaire.fields[toggle];
                        both(&element_id(&field.name), &field.relevant, &when, shown);
                    }
                    let element = format!("#{}", place_box(question, place.number));
                    shown.push(Shown { element, when: inner.clone(), within: when.clone() });
                    self::questions(questionnaire, &place.questions, &inner, shown);
                }
            }
        }
    }
}

/// The options of a field, and their texts.
fn options(questionnaire: &Questionnaire, index: usize, shown: &mut Vec<Shown>) {
    let field = &questionnaire.fields[index];
    if !matches!(field.kind, FieldKind::Single { .. } | FieldKind::Multi { .. }) {
        return;
    }
    for option in field.options() {
        if option.relevant != Condition::Always {
            let element = option_element(field, &option.id);
            shown.push(Shown { element, when: option.relevant.clone(), within: field.relevant.clone() });
        }
        if let Some(text) = text_of_option(questionnaire, field, &option.id) {
            let text = &questionnaire.fields[text];
            both(&control_id(text), &text.relevant, &field.relevant, shown);
        }
    }
}

/// What an option stands in: its label, or the list.
pub fn option_element(field: &Field, option: &str) -> String {
    let id = element_id(&field.name);
    match field.kind {
        FieldKind::Single { grouped: Some(_), .. } => format!("#{id} option[value={option}]"),
        _ => format!("#{id}>:has([value={option}])"),
    }
}

/// A control and its label.
fn both(id: &str, when: &Condition, within: &Condition, shown: &mut Vec<Shown>) {
    for element in [format!("#{id}"), format!("[for={id}]")] {
        shown.push(Shown { element, when: when.clone(), within: within.clone() });
    }
}
