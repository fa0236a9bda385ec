//! The questions of one part, as they stand on the page.

use crate::survey::definition::{Choice, Field, FieldKind, Part, Place, Question, QuestionKind};
use crate::survey::document::build::{Builder, suggestions_id};
use crate::survey::document::filling::Filling;
use crate::survey::document::layout;
use crate::survey::document::view::{
    Body, ListGroup, ListOption, ListView, OptionView, PlaceView, QuestionView, TextView, ToggleView,
};
use crate::survey::document::{Open, words};
use crate::survey::form::FaultKind;
use crate::survey::routing::Condition;
use crate::survey::routing::selector::{control_id, element_id};

/// Builds the questions of a part.
pub(super) struct Questions<'a> {
    pub builder: &'a Builder<'a>,
    pub part: &'a Part,
}

impl Questions<'_> {
    /// All of them.
    pub fn all(&self) -> Vec<QuestionView> {
        self.list(&self.part.questions, &self.part.relevant)
    }

    /// Questions within a box that is shown when `within` holds. Texts of options stand at their options.
    fn list(&self, questions: &[Question], within: &Condition) -> Vec<QuestionView> {
        questions
            .iter()
            .filter(|question| match question.kind {
                QuestionKind::Field(field) => !words::belongs_to_option(self.builder.questionnaire, field),
                _ => true,
            })
            .map(|question| self.question(question, within))
            .collect()
    }

    fn question(&self, question: &Question, within: &Condition) -> QuestionView {
        let questionnaire = self.builder.questionnaire;
        let shown = layout::question_shown(questionnaire, question);
        let id = layout::question_box(questionnaire, question);
        let mut view = match &question.kind {
            QuestionKind::Field(field) => self.field(*field, self.builder.read(&question.text)),
            QuestionKind::Matrix { rows } => {
                let rows = rows.iter().map(|row| {
                    let mut view = self.field(row.field, self.builder.read(&row.text));
                    view.hint = self.hint(&questionnaire.fields[row.field].relevant, &shown);
                    view
                });
                self.container(id, &question.text, Body::Rows(rows.collect()))
            }
            QuestionKind::Repeat { add_label, places } => {
                let places =
                    places.iter().map(|place| self.place(question, place, self.builder.read(add_label), &shown));
                self.container(id, &question.text, Body::Places(places.collect()))
            }
        };
        view.help = question.help.as_ref().map(|help| self.builder.read(help));
        view.hint = self.hint(&shown, within);
        view.required = question.required.then(|| self.builder.message("survey-required", &[]));
        view.off = self.off(&shown);
        view
    }

    /// A question that only holds others.
    fn container(&self, id: String, text: &crate::survey::definition::Text, body: Body) -> QuestionView {
        QuestionView {
            id,
            text: self.builder.read(text),
            help: None,
            hint: None,
            off: false,
            unanswered: false,
            required: None,
            fault: None,
            limit: None,
            empty: String::new(),
            depends: false,
            body,
        }
    }

    fn field(&self, index: usize, text: String) -> QuestionView {
        let field = &self.builder.questionnaire.fields[index];
        let empty = if field.required { "survey-needs-answer" } else { "survey-not-answered" };
        QuestionView {
            id: element_id(&field.name),
            text,
            help: None,
            hint: None,
            off: self.off(&field.relevant),
            unanswered: self.reviewed(|filling| filling.routed.chosen.0[index] == 0),
            required: None,
            fault: self.fault(index),
            limit: match &field.kind {
                FieldKind::Multi { max: Some(max), .. } => {
                    Some(self.builder.message("survey-too-many", &[("max", max.to_string())]))
                }
                _ => None,
            },
            empty: self.builder.message(empty, &[]),
            depends: layout::options_depend(field),
            body: match &field.kind {
                FieldKind::Single { grouped: Some(grouping), options } => {
                    Body::List(self.options_list(index, field, options, grouping))
                }
                FieldKind::Single { .. } => self.options(index, field, "radio"),
                FieldKind::Multi { .. } | FieldKind::Toggle => self.options(index, field, "checkbox"),
                FieldKind::Text { .. } => Body::Text(self.text(index, field, String::new())),
            },
        }
    }

    fn options(&self, index: usize, field: &Field, kind: &'static str) -> Body {
        let options = self.builder.order.order(self.builder.questionnaire, index).into_iter().map(|number| {
            let option = &field.options()[number];
            OptionView {
                value: option.id.clone(),
                label: self.builder.read(&option.text),
                class: match kind {
                    "checkbox" if option.exclusive => "x",
                    "checkbox" if option.counts() => "c",
                    _ => "",
                },
                checked: self.ticked(field, option),
                off: self.reviewed(|filling| filling.routed.chosen.0[index] & (1 << number) == 0),
                text: layout::text_of_option(self.builder.questionnaire, field, &option.id).map(|text| {
                    let label = self.builder.message("survey-write", &[]);
                    self.text(text, &self.builder.questionnaire.fields[text], label)
                }),
            }
        });
        Body::Options { kind, name: field.name.clone(), options: options.collect() }
    }

    fn text(&self, index: usize, field: &Field, label: String) -> TextView {
        let (max, long) = match field.kind {
            FieldKind::Text { max, long, .. } => (max, long),
            _ => (0, false),
        };
        TextView {
            id: control_id(field),
            name: field.name.clone(),
            label,
            value: self.values(field).first().cloned().unwrap_or_default(),
            max,
            long,
            length: self.builder.message("survey-long", &[("max", max.to_string())]),
            list: suggestions_id(self.builder.questionnaire, field),
            off: self.off(&field.relevant),
            fault: self.fault(index),
        }
    }

    /// Options under the names of their groups, in the groups' order, then those without a group.
    fn options_list(&self, index: usize, field: &Field, options: &[Choice], grouping: &str) -> ListView {
        let questionnaire = self.builder.questionnaire;
        let groups = questionnaire.groupings.get(grouping).map_or(&[][..], Vec::as_slice);
        let of_group = |id: Option<&str>| -> Vec<ListOption> {
            options
                .iter()
                .filter(|option| match id {
                    Some(id) => option.group.as_deref() == Some(id),
                    None => !groups.iter().any(|group| Some(&group.id) == option.group.as_ref()),
                })
                .map(|option| ListOption {
                    value: option.id.clone(),
                    label: self.builder.read(&option.text),
                    selected: self.ticked(field, option),
                })
                .collect()
        };
        let named = groups.iter().map(|group| (Some(self.builder.read(&group.text)), of_group(Some(&group.id))));
        let groups: Vec<ListGroup> = named
            .chain([(None, of_group(None))])
            .filter(|(_, options)| !options.is_empty())
            .map(|(label, options)| ListGroup { label, options })
            .collect();
        // On paper the options stand once, under the first question that has them.
        let first = questionnaire.fields.iter().position(
            |other| matches!(&other.kind, FieldKind::Single { grouped: Some(other), .. } if other == grouping),
        );
        let first = first.unwrap_or(index);
        let (paper, paper_options) = if first == index {
            let names = groups.iter().flat_map(|group| group.options.iter().map(|option| option.label.clone()));
            (self.builder.message("survey-areas", &[]), names.collect())
        } else {
            let question = words::wording(questionnaire, first).map_or(String::new(), |text| self.builder.read(text));
            (self.builder.message("survey-areas-again", &[("question", question)]), Vec::new())
        };
        ListView {
            id: control_id(field),
            name: field.name.clone(),
            choose: self.builder.message("survey-choose", &[]),
            groups,
            paper,
            paper_options,
            mixed: self.builder.language.right_to_left,
        }
    }

    fn place(&self, question: &Question, place: &Place, add: String, within: &Condition) -> PlaceView {
        let questionnaire = self.builder.questionnaire;
        let shown = layout::place_shown(questionnaire, &place.questions);
        PlaceView {
            id: layout::place_box(question, place.number),
            title: self.builder.message("survey-place", &[("number", place.number.to_string())]),
            toggle: place.toggle.map(|toggle| {
                let field = &questionnaire.fields[toggle];
                ToggleView {
                    id: element_id(&field.name),
                    name: field.name.clone(),
                    label: add,
                    // A form without the field means that the place is there; an empty document starts without.
                    checked: self.builder.filling.is_some()
                        && self.values(field).last().is_none_or(|value| value == "ja"),
                }
            }),
            off: self.off(&shown) && self.builder.filling.is_some_and(|filling| filling.holds(questionnaire, within)),
            questions: self.list(&place.questions, &shown),
        }
    }

    /// When it is shown beyond what its box says, in words.
    fn hint(&self, shown: &Condition, within: &Condition) -> Option<String> {
        words::hint(self.builder.questionnaire, &self.builder.language.code, &layout::beyond(shown, within))
    }

    /// What is wrong with it, where it stands: the summary repeats the question, this does not.
    fn fault(&self, index: usize) -> Option<String> {
        let faults = self.builder.filling?.faults;
        let (key, max) = match faults.iter().find(|fault| fault.field == index)?.kind {
            FaultKind::Missing => ("survey-required", 0),
            FaultKind::TooMany(max) => ("survey-too-many", max),
            FaultKind::TooLong(max) => ("survey-too-long", max),
        };
        let what = self.builder.message(key, &[("max", max.to_string())]);
        Some(format!("{} {what}", self.builder.message("survey-fault", &[])))
    }

    fn values(&self, field: &Field) -> &[String] {
        self.builder.filling.and_then(|filling| filling.raw.get(&field.name)).map_or(&[], Vec::as_slice)
    }

    fn ticked(&self, field: &Field, option: &Choice) -> bool {
        self.values(field).contains(&option.id)
    }

    /// Off path on a review that the server opens.
    fn off(&self, shown: &Condition) -> bool {
        self.reviewed(|filling| !filling.holds(self.builder.questionnaire, shown))
    }

    /// What the server says of answers is written down only for the review: where answers are changed, style tells.
    fn reviewed(&self, says: impl Fn(&Filling<'_>) -> bool) -> bool {
        self.builder.open == Open::Review && self.builder.filling.is_some_and(says)
    }
}
