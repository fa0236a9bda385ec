//! The analysis plan: what is tabulated, by what, and how it is published.

use std::collections::{BTreeMap, BTreeSet};

use super::derived;
use super::lists::{check_groups, plain_groups};
use super::names::{Named, Names, unique};
use super::scope::Scope;
use crate::i18n::said;
use crate::survey::definition::model::{AnalysisPlan, Breakdown, FieldKind, Questionnaire};
use crate::survey::definition::node::Located;
use crate::survey::definition::problem::Problems;
use crate::survey::definition::source::{GroupSource, Source};
use crate::survey::routing::Condition;

/// Adds the derived variables and the plan to a questionnaire. `grouped` says that its groupings
/// are sound.
pub(super) fn add(
    mut questionnaire: Questionnaire,
    source: &Source,
    names: &Names,
    grouped: bool,
    problems: &mut Problems,
) -> Questionnaire {
    questionnaire.derived = derived::build(&questionnaire, source, names, problems);
    let plan = Planner { questionnaire: &questionnaire, source, names, grouped, problems }.plan();
    questionnaire.plan = plan;
    questionnaire
}

/// Builds the plan; its breakdowns are in [`super::breakdowns`].
pub(super) struct Planner<'a> {
    /// The questions and derived variables that the plan is about.
    pub(super) questionnaire: &'a Questionnaire,
    /// What was written.
    pub(super) source: &'a Source,
    /// All questions' names.
    pub(super) names: &'a Names,
    /// The groupings are sound.
    pub(super) grouped: bool,
    /// What is wrong so far.
    pub(super) problems: &'a mut Problems,
}

impl Planner<'_> {
    fn plan(mut self) -> AnalysisPlan {
        let plan = &self.source.plan;
        let scope = Scope { fields: &self.questionnaire.fields, names: self.names, subject: "", block: None };
        let population = plan.population.as_ref().and_then(|rule| scope.condition(rule, self.problems));
        let tables = self.tables(&plan.tables, None);
        let sensitive = self.tables(&plan.sensitive, Some(&tables));
        let mut breakdowns: Vec<Breakdown> = Vec::new();
        for breakdown in &plan.breakdowns {
            if breakdowns.iter().any(|earlier| earlier.id == breakdown.id.value) {
                let message = said("def-breakdown-twice").with("id", &breakdown.id.value);
                self.problems.add(breakdown.id.at, message);
            }
            let only = self.tables(&breakdown.only, Some(&tables));
            if let Some(of) = self.breakdown(breakdown, &breakdowns) {
                let (id, text) = (breakdown.id.value.clone(), breakdown.text.clone());
                breakdowns.push(Breakdown { id, text, source: of, only });
            }
        }
        let mut published_as = BTreeMap::new();
        for (question, groups) in &plan.published_as {
            self.published(question, groups, &tables);
            published_as.insert(question.value.clone(), plain_groups(groups));
        }
        AnalysisPlan {
            population: population.unwrap_or(Condition::Always),
            breakdowns,
            tables,
            sensitive,
            published_as,
        }
    }

    /// The exported names of what is tabulated: a matrix stands for its rows. Within `among`, if given.
    fn tables(&mut self, names: &[Located<String>], among: Option<&Vec<String>>) -> Vec<String> {
        let mut tables = Vec::new();
        let mut seen = BTreeSet::new();
        for name in names {
            unique(name, said("thing-table"), &mut seen, self.problems);
            for table in self.table(name) {
                let known = !self.names.faulty(&table);
                if known && among.is_some_and(|among| !among.contains(&table)) {
                    let message = said("def-not-in-tables").with("id", &table);
                    self.problems.add(name.at, message);
                }
                tables.push(table);
            }
        }
        tables
    }

    fn table(&mut self, name: &Located<String>) -> Vec<String> {
        let asked = &name.value;
        let derived = || self.source.derived.iter().map(|derived| derived.id.value.as_str());
        if derived().any(|id| id == asked) || self.names.faulty(asked) {
            return vec![asked.clone()];
        }
        if self.names.switched_off(asked) {
            self.switched_off(name);
            return Vec::new();
        }
        match self.names.get(asked) {
            Some(Named::Matrix) => self.rows(asked),
            Some(Named::Block) => {
                let items: Vec<_> = self.names.below(asked).collect();
                let hint = said("def-name-items").with("items", items.join(", "));
                self.problems.add_with_hint(name.at, said("def-is-block").with("id", asked), hint);
                Vec::new()
            }
            Some(Named::Field | Named::Item) => {
                self.tabulated(name);
                vec![asked.clone()]
            }
            None => {
                let known = self.names.all().chain(derived());
                let message = said("def-unknown-table").with("id", asked);
                self.problems.add_unknown(name.at, message, asked, known);
                Vec::new()
            }
        }
    }

    /// The rows of a matrix in its own order; once each, where it stands in a repeated block.
    fn rows(&self, matrix: &str) -> Vec<String> {
        let below: Vec<_> = self.names.below(matrix).collect();
        let mut rows = Vec::with_capacity(below.len());
        for field in &self.questionnaire.fields {
            if below.contains(&field.question.as_str()) && !rows.contains(&field.question) {
                rows.push(field.question.clone());
            }
        }
        rows
    }

    fn switched_off(&mut self, name: &Located<String>) {
        let message = said("def-switched-off").with("id", &name.value);
        self.problems.add_with_hint(name.at, message, said("def-switched-off-hint"));
    }

    /// Only closed questions can be tabulated, and not those that decide who may answer.
    fn tabulated(&mut self, name: &Located<String>) {
        let Some(field) = self.questionnaire.fields.iter().find(|field| field.question == name.value) else {
            return;
        };
        if !matches!(field.kind, FieldKind::Single { .. } | FieldKind::Multi { .. }) {
            let message = said("def-text-table").with("id", &name.value);
            self.problems.add(name.at, message);
        } else if field.options().iter().any(|option| option.screen_out) {
            let message = said("def-screen-table").with("id", &name.value);
            self.problems.add_with_hint(name.at, message, said("def-screen-table-hint"));
        }
    }

    fn published(&mut self, question: &Located<String>, groups: &[GroupSource], tables: &[String]) {
        check_groups(groups, self.problems);
        if !tables.contains(&question.value) {
            let message = said("def-not-in-tables").with("id", &question.value);
            self.problems.add_unknown(question.at, message, &question.value, tables.iter().map(String::as_str));
        }
        let Some(field) = self.questionnaire.fields.iter().find(|field| field.question == question.value) else {
            return;
        };
        if self.names.faulty(&question.value) {
            return;
        }
        let counting: Vec<_> =
            field.options().iter().filter(|option| option.counts()).map(|option| option.id.as_str()).collect();
        self.members(&question.value, groups, &counting);
    }

    /// Every member is one of `values`, and every value is a member of a group.
    pub(super) fn members(&mut self, what: &str, groups: &[GroupSource], values: &[&str]) {
        for member in groups.iter().flat_map(|group| &group.members) {
            if !values.contains(&member.value.as_str()) {
                let message = said("def-no-value").with("what", what).with("id", &member.value);
                self.problems.add_unknown(member.at, message, &member.value, values.iter().copied());
            }
        }
        for value in values {
            let grouped = groups.iter().flat_map(|group| &group.members).any(|member| member.value == *value);
            if let Some(first) = groups.first().filter(|_| !grouped) {
                let message = said("def-value-no-group").with("id", value).with("what", what);
                self.problems.add(first.id.at, message);
            }
        }
    }
}
