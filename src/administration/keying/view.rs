//! A questionnaire as the keyer's form shows it: every question once, with its numbers, in the order of paper.

use crate::http::form::Fields;
use crate::i18n;
use crate::staff::LANGUAGE;
use crate::survey::definition::{Field, FieldKind, Question, QuestionKind, Questionnaire};
use crate::survey::document::words;
use crate::survey::form::FaultKind;
use crate::survey::keying::{EntryFault, EntryFaultKind};
use crate::survey::paper::{Numbers, stands_alone};

/// How to key in, by key.
pub const GUIDANCE: &[&str] =
    &["keying-guide-numbers", "keying-guide-unclear", "keying-guide-enter", "keying-guide-last", "keying-guide-log"];

/// Lists of options that are longer than this stand once.
const LONG_LIST: usize = 8;

/// A part of the questionnaire.
pub struct Section {
    pub title: String,
    pub groups: Vec<Group>,
}

/// Fields that are answered with the same numbers.
pub struct Group {
    /// What stands above several fields.
    pub heading: Option<String>,
    /// The id of the list of options.
    pub id: String,
    /// The options: number and label.
    pub options: Vec<(i16, String)>,
    /// Where the options stand, if not here.
    pub see: Option<String>,
    pub rows: Vec<Row>,
}

/// A field.
pub struct Row {
    pub name: String,
    pub label: String,
    /// How many answers are possible, where it is not one.
    pub how: Option<String>,
    /// A text, and whether a long one.
    pub text: bool,
    pub long: bool,
    pub value: String,
    pub fault: Option<String>,
    /// What describes it: options, how many, what is wrong.
    pub described_by: String,
    /// Where the cursor stands at first.
    pub first: bool,
}

/// A line of the summary of what is wrong.
pub struct FaultLine {
    pub field: String,
    pub message: String,
}

/// Builds the sections of a form with what was typed.
struct Builder<'a> {
    questionnaire: &'a Questionnaire,
    numbers: Numbers,
    typed: &'a Fields,
    faults: &'a [EntryFault],
    /// Long lists that stand already, with the question they stand at.
    listed: Vec<(Vec<(i16, String)>, String)>,
    lines: Vec<FaultLine>,
    /// Whether a field has taken the cursor.
    begun: bool,
}

/// The sections, and the summary of what is wrong. The cursor stands in the first field, but for a form with faults.
pub fn sections(
    questionnaire: &Questionnaire,
    typed: &Fields,
    faults: &[EntryFault],
) -> (Vec<Section>, Vec<FaultLine>) {
    let numbers = Numbers::of(questionnaire);
    let begun = !faults.is_empty();
    let mut builder = Builder { questionnaire, numbers, typed, faults, listed: Vec::new(), lines: Vec::new(), begun };
    let language = questionnaire.default_language();
    let mut sections = Vec::new();
    for part in &questionnaire.parts {
        let mut groups = Vec::new();
        for question in &part.questions {
            builder.question(question, None, &mut groups);
        }
        sections.push(Section { title: part.title.in_language(language).to_owned(), groups });
    }
    (sections, builder.lines)
}

impl Builder<'_> {
    /// `place` is the heading of a repeated block's place, to stand above its first question.
    fn question(&mut self, question: &Question, place: Option<&str>, groups: &mut Vec<Group>) {
        let text = question.text.in_language(self.questionnaire.default_language());
        match &question.kind {
            QuestionKind::Field(field) => {
                let number = if stands_alone(self.questionnaire, question) { self.numbers.field(*field) } else { "" };
                let label = format!("{number} {text}").trim().to_owned();
                let fields = [(*field, label)];
                groups.extend(self.group(place.map(str::to_owned), &fields));
            }
            QuestionKind::Matrix { rows } => {
                let heading = format!("{} {text}", self.numbers.question(question));
                let heading = place.map_or(heading.clone(), |place| format!("{place}. {text}"));
                let label = |field: usize, text: &str| (field, format!("{} {text}", self.numbers.field(field)));
                let language = self.questionnaire.default_language();
                let fields: Vec<_> = rows.iter().map(|row| label(row.field, row.text.in_language(language))).collect();
                groups.extend(self.group(Some(heading), &fields));
            }
            QuestionKind::Repeat { places, .. } => {
                let number = self.numbers.question(question).to_owned();
                for place in places {
                    let counted = [("number", place.number.to_string().into())];
                    let named = i18n::text_with(LANGUAGE, "survey-place", &counted);
                    let heading = format!("{number} {named}. {text}");
                    for (index, item) in place.questions.iter().enumerate() {
                        self.question(item, (index == 0).then_some(heading.as_str()), groups);
                    }
                }
            }
        }
    }

    fn group(&mut self, heading: Option<String>, fields: &[(usize, String)]) -> Option<Group> {
        let (first, _) = fields.first()?;
        let field = &self.questionnaire.fields[*first];
        let id = format!("{}-svar", field.name);
        let (options, see) = self.options(field, *first);
        let lists = !options.is_empty();
        let rows = fields.iter().map(|(index, label)| self.row(*index, label.clone(), &id, lists)).collect();
        Some(Group { heading, id, options, see, rows })
    }

    /// The options of a field, or where they stand.
    fn options(&mut self, field: &Field, index: usize) -> (Vec<(i16, String)>, Option<String>) {
        if matches!(field.kind, FieldKind::Text { .. } | FieldKind::Toggle) {
            return (Vec::new(), None);
        }
        let language = self.questionnaire.default_language();
        let options: Vec<_> =
            field.options().iter().map(|option| (option.code, option.text.in_language(language).to_owned())).collect();
        if options.len() <= LONG_LIST {
            return (options, None);
        }
        if let Some((_, number)) = self.listed.iter().find(|(listed, _)| *listed == options) {
            let see = i18n::text_with(LANGUAGE, "keying-see", &[("question", number.as_str().into())]);
            return (Vec::new(), Some(see));
        }
        self.listed.push((options.clone(), self.numbers.field(index).to_owned()));
        (options, None)
    }

    fn row(&mut self, index: usize, label: String, list: &str, lists: bool) -> Row {
        let field = &self.questionnaire.fields[index];
        let how = match &field.kind {
            FieldKind::Multi { max: Some(max), .. } => {
                Some(i18n::text_with(LANGUAGE, "keying-most", &[("max", max.to_string().into())]))
            }
            FieldKind::Multi { max: None, .. } => Some(i18n::text(LANGUAGE, "keying-many")),
            FieldKind::Single { .. } | FieldKind::Text { .. } | FieldKind::Toggle => None,
        };
        let fault = self.faults.iter().find(|fault| fault.field == index).map(|fault| in_words(&fault.kind));
        if let Some(message) = &fault {
            let wording = words::wording(self.questionnaire, index);
            let wording = wording.map_or("", |text| text.in_language(self.questionnaire.default_language()));
            let name = match self.numbers.field(index) {
                "" => wording,
                number => number,
            };
            let name = at_place(field, name);
            self.lines.push(FaultLine { field: field.name.clone(), message: format!("{name}: {message}") });
        }
        let part = |is: bool, id: String| is.then_some(id);
        let described_by = [
            part(how.is_some(), format!("{}-hur", field.name)),
            part(fault.is_some(), format!("{}-fel", field.name)),
            part(lists, list.to_owned()),
        ];
        let (text, long) = match field.kind {
            FieldKind::Text { long, .. } => (true, long),
            FieldKind::Single { .. } | FieldKind::Multi { .. } | FieldKind::Toggle => (false, false),
        };
        let first = !std::mem::replace(&mut self.begun, true);
        Row {
            label: at_place(field, &label),
            how,
            text,
            long,
            value: self.typed.text(&field.name),
            fault,
            described_by: described_by.into_iter().flatten().collect::<Vec<_>>().join(" "),
            first,
            name: field.name.clone(),
        }
    }
}

/// A name, with the place of a repeated block that it is asked for.
fn at_place(field: &Field, name: &str) -> String {
    match field.place {
        Some(place) => {
            let arguments = [("name", name.into()), ("number", place.to_string().into())];
            i18n::text_with(LANGUAGE, "keying-at-place", &arguments)
        }
        None => name.to_owned(),
    }
}

fn in_words(kind: &EntryFaultKind) -> String {
    match kind {
        EntryFaultKind::UnknownNumber(number) => {
            i18n::text_with(LANGUAGE, "keying-fault-number", &[("number", number.as_str().into())])
        }
        EntryFaultKind::Several => i18n::text(LANGUAGE, "keying-fault-several"),
        EntryFaultKind::Answer(FaultKind::Missing) => i18n::text(LANGUAGE, "keying-fault-missing"),
        EntryFaultKind::Answer(FaultKind::TooMany(max)) => {
            i18n::text_with(LANGUAGE, "keying-fault-many", &[("max", max.to_string().into())])
        }
        EntryFaultKind::Answer(FaultKind::TooLong(max)) => {
            i18n::text_with(LANGUAGE, "keying-fault-long", &[("max", max.to_string().into())])
        }
    }
}
