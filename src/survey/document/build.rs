//! From a questionnaire to the view of its document, in one language and one order of options.

use crate::http::frame::Frame;
use crate::i18n::{self, keep_numbers_together};
use crate::survey::definition::{Field, FieldKind, Language, Part, Questionnaire, Text};
use crate::survey::document::filling::Filling;
use crate::survey::document::layout;
use crate::survey::document::order::Permutation;
use crate::survey::document::questions::Questions;
use crate::survey::document::view::{
    DocumentView, NextView, NoticeView, OtherLanguage, PartView, SuggestionsView, SummaryLine, SummaryView,
};
use crate::survey::document::words;
use crate::survey::document::{AssetAddresses, Context, Notice, Open};
use crate::survey::form::Fault;
use crate::survey::routing::Condition;
use crate::survey::routing::selector::{control_id, element_id};

/// What a document is built from.
pub struct Builder<'a> {
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// Style sheet and script.
    pub assets: &'a AssetAddresses,
    /// The dialogue around it.
    pub context: &'a Context,
    /// The language.
    pub language: &'a Language,
    /// The order of options.
    pub order: Permutation,
    /// The answers, where there are any.
    pub filling: Option<&'a Filling<'a>>,
    /// What the server opens.
    pub open: Open,
    /// What it has to say.
    pub notice: Option<Notice>,
}

impl Builder<'_> {
    /// The view, ended by `receipt`.
    pub fn build(&self, receipt: &str) -> DocumentView {
        let questionnaire = self.questionnaire;
        let lines = |text: &Text| -> Vec<String> {
            text.in_language(&self.language.code)
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(keep_numbers_together)
                .collect()
        };
        let faults = self.filling.map_or(&[][..], |filling| filling.faults);
        let screening =
            questionnaire.fields.iter().find(|field| field.options().iter().any(|option| option.screen_out));
        DocumentView {
            frame: self.frame(),
            address: self.context.address(&self.language.code),
            title: self.read(&questionnaire.title),
            order: self.order.number(),
            review: self.open == Open::Review,
            faulty: !faults.is_empty(),
            unreviewed: !self.language.reviewed,
            start_open: self.open == Open::Start,
            outside_open: self.open == Open::Outside,
            start: lines(&questionnaire.texts.start),
            support: lines(&questionnaire.texts.support),
            languages: questionnaire
                .languages
                .iter()
                .filter(|other| other.code != self.language.code)
                .map(|other| OtherLanguage {
                    code: other.code.clone(),
                    name: other.name.clone(),
                    address: self.context.address(&other.code),
                })
                .collect(),
            parts: questionnaire.parts.iter().enumerate().map(|(index, part)| self.part(index, part, faults)).collect(),
            suggestions: self.suggestions(),
            screened_out: self.read(&questionnaire.texts.screened_out),
            screening_part: layout::fragment(screening.map_or(0, |field| field.part)),
            review_back: layout::back(questionnaire, questionnaire.parts.len())
                .into_iter()
                .map(|link| link.target)
                .collect(),
            outside: screening.is_some(),
            notice: self.notice.map(|Notice::NotTaken| NoticeView {
                title: self.message("survey-notice-kept-title", &[]),
                text: self.message("survey-notice-kept", &[]),
            }),
            receipt: receipt.to_owned(),
        }
    }

    fn frame(&self) -> Frame {
        let texts = &self.questionnaire.texts;
        let mut frame = Frame::new(&self.language.code, &self.assets.stylesheet);
        frame.right_to_left = self.language.right_to_left;
        frame.script = Some(self.assets.script.clone());
        frame.simulated = self.context.simulated;
        frame.exit.button = self.read(&texts.exit_button);
        frame.exit.prefix = self.read(&texts.exit_prefix);
        frame.exit.help = self.read(&texts.exit_help);
        if self.context.preview.is_none() {
            // The notice that holds for this survey, by the address that the survey was reached by.
            frame.beside.clear();
        }
        // Leaving the page would empty the form.
        frame.links_in_new_tab = true;
        frame
    }

    fn part(&self, index: usize, part: &Part, faults: &[Fault]) -> PartView {
        let title = self.read(&part.title);
        let parts = self.questionnaire.parts.iter().map(|part| part.number).max().unwrap_or(0);
        let step = self.message("survey-part", &[("number", part.number.to_string()), ("parts", parts.to_string())]);
        let open = self.open == Open::Part(index);
        let off = |filling: &Filling<'_>| !filling.holds(self.questionnaire, &part.relevant);
        // That the survey is for her goes without saying.
        let told = layout::beyond(&part.relevant, &layout::not_screened_out(self.questionnaire));
        PartView {
            fragment: layout::fragment(index),
            open,
            off: self.open == Open::Review && self.filling.is_some_and(off),
            dependent: part.relevant != Condition::Always,
            hint: words::hint(self.questionnaire, &self.language.code, &told),
            support: part.support,
            show: part.sensitive.then(|| self.message("survey-show", &[("part", title.clone())])),
            change: self.message("survey-change", &[("part", title.clone())]),
            questions: Questions { builder: self, part }.all(),
            next: layout::next(self.questionnaire, index)
                .into_iter()
                .map(|link| NextView { label: self.next_label(&link.target), target: link.target })
                .collect(),
            back: layout::back(self.questionnaire, index).into_iter().map(|link| link.target).collect(),
            summary: (open && !faults.is_empty()).then(|| self.summary(faults)),
            step,
            title,
        }
    }

    fn next_label(&self, target: &str) -> String {
        let key = if target == layout::REVIEW { "survey-review" } else { "survey-next" };
        self.message(key, &[])
    }

    fn summary(&self, faults: &[Fault]) -> SummaryView {
        SummaryView {
            title: i18n::text_with(&self.language.code, "survey-faults", &[("count", faults.len().into())]),
            faults: faults
                .iter()
                .map(|fault| SummaryLine { target: self.fault_target(fault), text: self.fault(fault) })
                .collect(),
        }
    }

    fn fault_target(&self, fault: &Fault) -> String {
        let field = &self.questionnaire.fields[fault.field];
        match field.kind {
            FieldKind::Text { .. } => control_id(field),
            _ => element_id(&field.name),
        }
    }

    /// The lists of suggestions that are used, each once.
    fn suggestions(&self) -> Vec<SuggestionsView> {
        let mut lists: Vec<SuggestionsView> = Vec::new();
        for field in &self.questionnaire.fields {
            if let Some(id) = suggestions_id(self.questionnaire, field)
                && lists.iter().all(|list| list.id != id)
            {
                lists.push(SuggestionsView {
                    id,
                    names: field.options().iter().map(|option| self.read(&option.text)).collect(),
                });
            }
        }
        lists
    }

    /// A text in the document's language.
    pub(super) fn read(&self, text: &Text) -> String {
        text.in_language(&self.language.code).to_owned()
    }

    /// A message in the document's language.
    pub(super) fn message(&self, key: &str, arguments: &[(&str, String)]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
        i18n::text_with(&self.language.code, key, &arguments)
    }

    /// What is wrong, and with which question.
    pub(super) fn fault(&self, fault: &Fault) -> String {
        use crate::survey::form::FaultKind;
        let question = words::wording(self.questionnaire, fault.field).map_or(String::new(), |text| self.read(text));
        let (key, max) = match fault.kind {
            FaultKind::Missing => ("survey-fault-missing", 0),
            FaultKind::TooMany(max) => ("survey-fault-too-many", max),
            FaultKind::TooLong(max) => ("survey-fault-too-long", max),
        };
        self.message(key, &[("question", question), ("max", max.to_string())])
    }
}

/// The element id of the list of suggestions of a text field: fields with the same suggestions share it.
pub(super) fn suggestions_id(questionnaire: &Questionnaire, field: &Field) -> Option<String> {
    let ids = |field: &Field| field.options().iter().map(|option| option.id.clone()).collect::<Vec<_>>();
    if !matches!(&field.kind, FieldKind::Text { suggestions, .. } if !suggestions.is_empty()) {
        return None;
    }
    let own = ids(field);
    let first =
        questionnaire.fields.iter().find(|other| matches!(other.kind, FieldKind::Text { .. }) && ids(other) == own)?;
    Some(format!("{}-list", element_id(&first.name)))
}
