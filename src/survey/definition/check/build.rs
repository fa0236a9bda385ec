//! Parts, questions and fields, with everything counted into each field's relevance.

use std::collections::BTreeMap;

use super::names::Names;
use super::options::{self, Built, Use};
use super::scope::Scope;
use crate::i18n::{Said, said};
use crate::survey::answers::missing;
use crate::survey::definition::model::{
    AnalysisPlan, Field, FieldKind, Group, MatrixRow, Part, Place, Question, QuestionKind, Questionnaire,
};
use crate::survey::definition::node::Located;
use crate::survey::definition::problem::{Position, Problems};
use crate::survey::definition::source::{ItemSource, KindSource, PartSource, QuestionSource, Rule, Source};
use crate::survey::routing::Condition;

/// A rule and what holds where it is asked: both must be possible together.
#[derive(Debug)]
pub(super) struct Claim {
    /// Where the rule stands.
    pub at: Position,
    /// Whose it is: "question Q06B".
    pub what: Said,
    /// What holds already: part, place, screen-out.
    pub context: Condition,
    /// What the rule demands.
    pub rule: Condition,
}

/// Builds the model's parts and fields.
pub(super) struct Builder<'a> {
    source: &'a Source,
    names: &'a Names,
    /// Modules that are switched off, too.
    everything: bool,
    problems: &'a mut Problems,
    fields: Vec<Field>,
    claims: Vec<Claim>,
}

/// Where a question stands.
#[derive(Clone)]
struct Spot<'a> {
    part: usize,
    /// The repeated block and the place's number.
    block: Option<(&'a str, usize)>,
    /// What holds there.
    relevant: Condition,
}

impl<'a> Builder<'a> {
    /// A builder for all questions, or only for those that are switched on.
    pub fn new(source: &'a Source, names: &'a Names, everything: bool, problems: &'a mut Problems) -> Self {
        Self { source, names, everything, problems, fields: Vec::new(), claims: Vec::new() }
    }

    /// The rules met while building.
    pub fn into_claims(self) -> Vec<Claim> {
        self.claims
    }

    /// The questionnaire but for derived variables and the plan.
    pub fn questionnaire(&mut self, groupings: BTreeMap<String, Vec<Group>>) -> Questionnaire {
        let source = self.source;
        let mut number = 0;
        let mut parts = Vec::with_capacity(source.parts.len());
        for part in &source.parts {
            if part.continues.value && number == 0 {
                self.problems.add(part.continues.at, said("def-first-continues"));
            }
            number += usize::from(!part.continues.value || number == 0);
            parts.push(self.part(parts.len(), number, part));
        }
        Questionnaire {
            id: source.id.clone(),
            version: source.version,
            case_number: source.case_number.clone(),
            title: source.title.clone(),
            languages: source.languages.clone(),
            minutes: source.minutes,
            target_population: source.target_population.clone(),
            texts: source.texts.clone(),
            parts,
            fields: std::mem::take(&mut self.fields),
            derived: Vec::new(),
            plan: AnalysisPlan {
                population: Condition::Always,
                breakdowns: Vec::new(),
                tables: Vec::new(),
                sensitive: Vec::new(),
                published_as: BTreeMap::new(),
            },
            groupings,
        }
    }

    fn part(&mut self, index: usize, number: usize, part: &'a PartSource) -> Part {
        let context = self.not_screened_out();
        let rule = self.rule(part.relevant.as_ref(), &said("def-part").with("id", &part.id.value), "", None, &context);
        let spot = Spot { part: index, block: None, relevant: context.and(rule) };
        let questions = self.questions(&part.questions, &spot);
        Part {
            id: part.id.value.clone(),
            number,
            title: part.title.clone(),
            relevant: spot.relevant,
            sensitive: part.sensitive,
            support: part.support,
            questions,
        }
    }

    /// No earlier part's answer has ended the survey. Questions of the same part stay, so that the
    /// resident can change the answer.
    fn not_screened_out(&self) -> Condition {
        let mut ends: Vec<Condition> = Vec::new();
        for (index, field) in self.fields.iter().enumerate() {
            let screening = field.options().iter().enumerate().filter(|(_, option)| option.screen_out);
            ends.extend(screening.map(|(option, _)| Condition::Chosen { field: index, option }));
        }
        match ends.len() {
            0 => Condition::Always,
            1 => ends.remove(0).negate(),
            _ => Condition::Any(ends).negate(),
        }
    }

    fn questions(&mut self, questions: &'a [QuestionSource], spot: &Spot<'a>) -> Vec<Question> {
        let wanted = |question: &&QuestionSource| self.everything || question.enabled;
        let wanted: Vec<_> = questions.iter().filter(wanted).collect();
        wanted.into_iter().filter_map(|question| self.question(question, spot)).collect()
    }

    /// A question; `None` where its type was not readable.
    fn question(&mut self, question: &'a QuestionSource, spot: &Spot<'a>) -> Option<Question> {
        let id = &question.id.value;
        let subject = spot.block.map_or_else(|| id.clone(), |(block, _)| format!("{block}.{id}"));
        let what = said("def-question").with("id", id);
        let rule = self.rule(question.relevant.as_ref(), &what, &subject, spot.block, &spot.relevant);
        let spot = Spot { relevant: spot.relevant.clone().and(rule), ..spot.clone() };
        let kind = match &question.kind {
            KindSource::Single { options, grouped } => self.single(question, &subject, options, grouped, &spot),
            KindSource::Several { options, max_selected, randomise } => {
                let built = self.options(options, Use::Several, &subject, &spot);
                self.refusable(question, &built, &spot);
                let countable = built.iter().filter(|built| !built.choice.exclusive).count();
                let max = max_selected.as_ref().and_then(|max| usize::try_from(max.value).ok());
                if let Some(at) = max_selected.as_ref().filter(|_| max.is_some_and(|max| max >= countable)) {
                    let message = said("def-max-selected")
                        .saying("what", what.clone())
                        .with("most", at.value)
                        .with("options", countable);
                    self.problems.add_with_hint(at.at, message, said("def-max-selected-hint"));
                }
                let choices = built.iter().map(|built| built.choice.clone()).collect();
                let kind = FieldKind::Multi { options: choices, max, randomise: *randomise };
                let field = self.field(&subject, id, question.required, kind, &spot);
                self.texts_beside(field, &built, &spot);
                QuestionKind::Field(field)
            }
            KindSource::Text { max, long, suggestions } => {
                let items: Vec<_> = suggestions.iter().map(|list| ItemSource::List(list.clone())).collect();
                let built = self.options(&items, Use::Suggestions, &subject, &spot);
                let suggestions = built.into_iter().map(|built| built.choice).collect();
                let kind = FieldKind::Text { max: *max, long: *long, suggestions };
                QuestionKind::Field(self.field(&subject, id, question.required, kind, &spot))
            }
            KindSource::Matrix { rows, columns } => {
                let built = self.options(columns, Use::Matrix, &subject, &spot);
                self.refusable(question, &built, &spot);
                let choices: Vec<_> = built.into_iter().map(|built| built.choice).collect();
                let mut model = Vec::with_capacity(rows.len());
                for row in rows {
                    let (id, subject) = (format!("{id}.{}", row.id.value), format!("{subject}.{}", row.id.value));
                    let kind = FieldKind::Single { options: choices.clone(), grouped: None };
                    let field = self.field(&subject, &id, question.required, kind, &spot);
                    model.push(MatrixRow { id: row.id.value.clone(), text: row.text.clone(), field });
                }
                QuestionKind::Matrix { rows: model }
            }
            KindSource::Repeat { places, add_label, items } => {
                if question.required {
                    let message = said("def-block-required").saying("what", what.clone());
                    self.problems.add_with_hint(question.id.at, message, said("def-block-required-hint"));
                }
                let places = self.places(*places, id, items, &spot);
                QuestionKind::Repeat { add_label: add_label.clone(), places }
            }
            KindSource::Unreadable => return None,
        };
        Some(Question {
            id: id.clone(),
            text: question.text.clone(),
            help: question.help.clone(),
            required: question.required,
            kind,
        })
    }

    fn single(
        &mut self,
        question: &QuestionSource,
        subject: &str,
        items: &[ItemSource],
        grouped: &Located<bool>,
        spot: &Spot<'a>,
    ) -> QuestionKind {
        let place = if spot.block.is_some() { Use::SingleInBlock } else { Use::Single };
        let built = self.options(items, place, subject, spot);
        self.refusable(question, &built, spot);
        let id = &question.id.value;
        if question.required && !built.is_empty() && built.iter().all(|built| built.choice.screen_out) {
            let message = said("def-all-screen-out").with("id", id);
            self.problems.add(question.id.at, message);
        }
        let grouped = if self.complete(question, spot) { self.grouping(id, items, grouped, &built) } else { None };
        let choices = built.iter().map(|built| built.choice.clone()).collect();
        let field = self.field(subject, id, question.required, FieldKind::Single { options: choices, grouped }, spot);
        self.texts_beside(field, &built, spot);
        QuestionKind::Field(field)
    }

    /// The grouping of a list that is shown in groups.
    fn grouping(&mut self, id: &str, items: &[ItemSource], grouped: &Located<bool>, built: &[Built]) -> Option<String> {
        if !grouped.value {
            return None;
        }
        let mut groupings = items.iter().filter_map(|item| match item {
            ItemSource::List(name) => self.source.list(&name.value)?.grouping.as_ref(),
            ItemSource::Shared(_) | ItemSource::From(_) | ItemSource::Own(_) => None,
        });
        let Some(grouping) = groupings.next() else {
            let message = said("def-grouped-list").with("id", id);
            self.problems.add(grouped.at, message);
            return None;
        };
        for built in built.iter().filter(|built| built.choice.code >= 0 && built.choice.group.is_none()) {
            let message = said("def-grouped-none").with("id", id).with("option", &built.choice.id);
            self.problems.add(built.at, message);
        }
        Some(grouping.value.clone())
    }

    /// Whether the question's options could all be made out.
    fn complete(&self, question: &QuestionSource, spot: &Spot<'_>) -> bool {
        let id = &question.id.value;
        !self.names.faulty(&spot.block.map_or_else(|| id.clone(), |(block, _)| format!("{block}.{id}")))
    }

    /// Every closed question lets people refuse, where that makes sense.
    fn refusable(&mut self, question: &QuestionSource, built: &[Built], spot: &Spot<'_>) {
        let refusal = built.iter().any(|built| built.choice.code == missing::REFUSED);
        let id = &question.id;
        if built.is_empty() || !self.complete(question, spot) {
            return;
        }
        if !refusal && !question.no_refusal {
            let hint = said("def-no-refusal-hint");
            let message = said("def-no-refusal").with("id", &id.value);
            self.problems.add_with_hint(id.at, message, hint);
        } else if refusal && question.no_refusal {
            let message = said("def-refusal-both").with("id", &id.value);
            self.problems.add(id.at, message);
        }
    }

    fn places(&mut self, places: usize, id: &'a str, items: &'a [QuestionSource], spot: &Spot<'a>) -> Vec<Place> {
        let mut relevant = spot.relevant.clone();
        let mut model = Vec::with_capacity(places);
        for number in 1..=places {
            let toggle = (number > 1).then(|| {
                let name = format!("{id}.{number}");
                let at = Spot { block: Some((id, number)), relevant: relevant.clone(), ..spot.clone() };
                self.push(name, id.to_owned(), false, FieldKind::Toggle, &at)
            });
            if let Some(field) = toggle {
                // A toggle off path counts as absent, and absent as added: the earlier ones stay in.
                relevant = relevant.and(Condition::Added { field });
            }
            let place = Spot { block: Some((id, number)), relevant: relevant.clone(), ..spot.clone() };
            model.push(Place { number, toggle, questions: self.questions(items, &place) });
        }
        model
    }

    fn options(&mut self, items: &[ItemSource], place: Use, subject: &str, spot: &Spot<'_>) -> Vec<Built> {
        let scope = Scope { fields: &self.fields, names: self.names, subject, block: spot.block };
        options::build(items, place, self.source, &scope, self.problems)
    }

    /// A field for each text beside an option, on path where the option is chosen.
    fn texts_beside(&mut self, field: usize, built: &[Built], spot: &Spot<'_>) {
        for (option, built) in built.iter().enumerate() {
            let Some(max) = built.text_max else { continue };
            let parent = &self.fields[field];
            let (name, question) = (&parent.name, &parent.question);
            let (name, question) = (format!("{name}.{}", built.choice.id), format!("{question}.{}", built.choice.id));
            let relevant = spot.relevant.clone().and(Condition::Chosen { field, option });
            let kind = FieldKind::Text { max, long: false, suggestions: Vec::new() };
            self.push(name, question, false, kind, &Spot { relevant, ..spot.clone() });
        }
    }

    fn field(&mut self, subject: &str, id: &str, required: bool, kind: FieldKind, spot: &Spot<'_>) -> usize {
        let name = spot.block.map_or_else(|| id.to_owned(), |(block, place)| format!("{block}.{place}.{id}"));
        self.push(name, subject.to_owned(), required, kind, spot)
    }

    fn push(&mut self, name: String, question: String, required: bool, kind: FieldKind, spot: &Spot<'_>) -> usize {
        let place = spot.block.map(|(_, place)| place);
        let relevant = spot.relevant.clone();
        self.fields.push(Field { name, question, part: spot.part, place, required, relevant, kind });
        self.fields.len() - 1
    }

    /// What a rule demands; always, where there is none or it was faulty.
    fn rule(
        &mut self,
        rule: Option<&Rule>,
        what: &Said,
        subject: &str,
        block: Option<(&str, usize)>,
        context: &Condition,
    ) -> Condition {
        let Some(rule) = rule else { return Condition::Always };
        let scope = Scope { fields: &self.fields, names: self.names, subject, block };
        let Some(condition) = scope.condition(rule, self.problems) else { return Condition::Always };
        self.claims.push(Claim { at: rule.at, what: what.clone(), context: context.clone(), rule: condition.clone() });
        condition
    }
}
