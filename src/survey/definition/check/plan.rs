//! The analysis plan: what is tabulated, by what, and how it is published.

use std::collections::BTreeSet;

use super::derived;
use super::lists::{check_groups, plain_groups};
use super::names::{Named, Names, snake_case, unique};
use super::scope::Scope;
use crate::survey::definition::model::{
    AnalysisPlan, Breakdown, BreakdownSource as Of, Choice, DerivedRule, Field, FieldKind, Questionnaire,
};
use crate::survey::definition::node::Located;
use crate::survey::definition::problem::Problems;
use crate::survey::definition::source::{BreakdownSource, DerivedKind, GroupSource, Source};
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

struct Planner<'a> {
    questionnaire: &'a Questionnaire,
    source: &'a Source,
    names: &'a Names,
    /// The groupings are sound.
    grouped: bool,
    problems: &'a mut Problems,
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
                let message = format!("the breakdown `{}` stands here twice", breakdown.id.value);
                self.problems.add(breakdown.id.at, message);
            }
            let only = self.tables(&breakdown.only, Some(&tables));
            if let Some(of) = self.breakdown(breakdown, &breakdowns) {
                let (id, text) = (breakdown.id.value.clone(), breakdown.text.clone());
                breakdowns.push(Breakdown { id, text, source: of, only });
            }
        }
        let mut published_as = std::collections::BTreeMap::new();
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
            unique(name, "table", &mut seen, self.problems);
            for table in self.table(name) {
                let known = !self.names.faulty(&table);
                if known && among.is_some_and(|among| !among.contains(&table)) {
                    let message = format!("{table} is not among the plan's `tables`");
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
                let hint = format!("name its items: {}", items.join(", "));
                self.problems.add_with_hint(name.at, format!("{asked} is a repeated block"), hint);
                Vec::new()
            }
            Some(Named::Field | Named::Item) => {
                self.tabulated(name);
                vec![asked.clone()]
            }
            None => {
                let known = self.names.all().chain(derived());
                let message = format!("there is no question or derived variable {asked}");
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
        let message = format!("{} belongs to a module that is switched off", name.value);
        self.problems.add_with_hint(name.at, message, "switch it on with `enabled: true`, or leave it out here");
    }

    /// Only closed questions can be tabulated, and not those that decide who may answer.
    fn tabulated(&mut self, name: &Located<String>) {
        let Some(field) = self.questionnaire.fields.iter().find(|field| field.question == name.value) else {
            return;
        };
        if !matches!(field.kind, FieldKind::Single { .. } | FieldKind::Multi { .. }) {
            let message = format!("{} holds a text and can not be tabulated", name.value);
            self.problems.add(name.at, message);
        } else if field.options().iter().any(|option| option.screen_out) {
            let message = format!("{} decides who may answer and is never tabulated", name.value);
            self.problems.add_with_hint(name.at, message, "a breakdown may recode it to groups");
        }
    }

    fn published(&mut self, question: &Located<String>, groups: &[GroupSource], tables: &[String]) {
        check_groups(groups, self.problems);
        if !tables.contains(&question.value) {
            let message = format!("{} is not among the plan's `tables`", question.value);
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
    fn members(&mut self, what: &str, groups: &[GroupSource], values: &[&str]) {
        for member in groups.iter().flat_map(|group| &group.members) {
            if !values.contains(&member.value.as_str()) {
                let message = format!("{what} has no value `{}` to group", member.value);
                self.problems.add_unknown(member.at, message, &member.value, values.iter().copied());
            }
        }
        for value in values {
            let grouped = groups.iter().flat_map(|group| &group.members).any(|member| member.value == *value);
            if let Some(first) = groups.first().filter(|_| !grouped) {
                let message = format!("`{value}` of {what} belongs to no group");
                self.problems.add(first.id.at, message);
            }
        }
    }

    fn breakdown(&mut self, breakdown: &BreakdownSource, earlier: &[Breakdown]) -> Option<Of> {
        let id = &breakdown.id;
        snake_case(id, "breakdown", self.problems);
        let sources = [breakdown.question.is_some(), breakdown.derived.is_some(), !breakdown.cross.is_empty()];
        if sources.iter().filter(|given| **given).count() != 1 {
            let message = format!("breakdown {}: give one of `question`, `derived` and `cross`", id.value);
            self.problems.add(id.at, message);
            return None;
        }
        if breakdown.cross.is_empty() && !breakdown.groups.is_empty() {
            let message = format!("breakdown {}: `groups` recodes the second of a cross only", id.value);
            self.problems.add_with_hint(id.at, message, "use a grouping");
        }
        if breakdown.question.is_none() && breakdown.grouping.is_some() {
            self.problems.add(id.at, format!("breakdown {}: `grouping` recodes a question only", id.value));
        }
        self.merge_order(breakdown);
        if let Some(question) = &breakdown.question {
            return self.by_question(breakdown, question);
        }
        if let Some(derived) = &breakdown.derived {
            return self.by_derived(derived);
        }
        self.by_cross(breakdown, earlier)
    }

    fn by_question(&mut self, breakdown: &BreakdownSource, question: &Located<String>) -> Option<Of> {
        let scope = Scope { fields: &self.questionnaire.fields, names: self.names, subject: "", block: None };
        let field = &self.questionnaire.fields[scope.field(question, self.problems)?];
        let FieldKind::Single { options, .. } = &field.kind else {
            let message = format!("{} can not break tables down: it is not a question of one choice", question.value);
            let hint = "breakdowns need disjoint groups: derive them with `first_of`";
            self.problems.add_with_hint(question.at, message, hint);
            return None;
        };
        if let Some(grouping) = &breakdown.grouping {
            let Some(groups) = self.questionnaire.groupings.get(&grouping.value) else {
                let known = self.questionnaire.groupings.keys().map(String::as_str);
                let message = format!("unknown grouping `{}`", grouping.value);
                self.problems.add_unknown(grouping.at, message, &grouping.value, known);
                return None;
            };
            let grouped = |option: &&Choice| self.grouped && option.code >= 0 && !option.screen_out;
            for option in options.iter().filter(grouped) {
                if groups.iter().filter(|group| group.members.contains(&option.id)).count() != 1 {
                    let message = format!(
                        "option {} of {} belongs to no single group of {}",
                        option.id, question.value, grouping.value
                    );
                    self.problems.add(grouping.at, message);
                }
            }
        }
        let grouping = breakdown.grouping.as_ref().map(|grouping| grouping.value.clone());
        Some(Of::Question { question: question.value.clone(), grouping })
    }

    fn by_derived(&mut self, derived: &Located<String>) -> Option<Of> {
        let found = self.questionnaire.derived.iter().find(|known| known.id == derived.value);
        match found.map(|derived| &derived.rule) {
            Some(DerivedRule::FirstOf { .. }) => Some(Of::Derived { id: derived.value.clone() }),
            Some(_) => {
                let message = format!("{} can not break tables down: it is not a classification", derived.value);
                self.problems.add_with_hint(
                    derived.at,
                    message,
                    "breakdowns need disjoint groups, as `first_of` gives",
                );
                None
            }
            None => {
                let known = self.source.derived.iter().map(|derived| derived.id.value.as_str());
                if !known.clone().any(|id| id == derived.value) {
                    let message = format!("there is no derived variable {}", derived.value);
                    self.problems.add_unknown(derived.at, message, &derived.value, known);
                }
                None
            }
        }
    }

    fn by_cross(&mut self, breakdown: &BreakdownSource, earlier: &[Breakdown]) -> Option<Of> {
        let [first, second] = breakdown.cross.as_slice() else {
            let message = format!("breakdown {}: `cross` names two breakdowns", breakdown.id.value);
            self.problems.add(breakdown.id.at, message);
            return None;
        };
        let mut crossed = Vec::new();
        for name in [first, second] {
            let Some(found) = earlier.iter().find(|known| known.id == name.value) else {
                let before = self.source.plan.breakdowns.iter().map(|breakdown| breakdown.id.value.as_str());
                let before = before.take_while(|id| *id != breakdown.id.value);
                // One that was faulty has been reported.
                if !before.clone().any(|id| id == name.value) {
                    let message = format!("no breakdown `{}` stands before this", name.value);
                    self.problems.add_unknown(name.at, message, &name.value, before);
                }
                continue;
            };
            if matches!(found.source, Of::Cross { .. }) {
                self.problems.add(name.at, format!("`{}` is a cross itself", name.value));
            }
            crossed.push(found);
        }
        let [_, recoded] = crossed.as_slice() else { return None };
        check_groups(&breakdown.groups, self.problems);
        let values = self.values(recoded);
        let values: Vec<_> = values.iter().map(String::as_str).collect();
        self.members(&second.value, &breakdown.groups, &values);
        let groups = plain_groups(&breakdown.groups);
        Some(Of::Cross { first: first.value.clone(), second: second.value.clone(), groups })
    }

    /// The ids of a breakdown's values.
    fn values(&self, breakdown: &Breakdown) -> Vec<String> {
        match &breakdown.source {
            Of::Question { grouping: Some(grouping), .. } => {
                let groups = self.questionnaire.groupings.get(grouping);
                groups.map_or_else(Vec::new, |groups| groups.iter().map(|group| group.id.clone()).collect())
            }
            Of::Question { question, grouping: None } => {
                let options = self.questionnaire.field(question).map_or(&[][..], Field::options);
                options.iter().filter(|option| option.code >= 0).map(|option| option.id.clone()).collect()
            }
            Of::Derived { id } => {
                let found = self.source.derived.iter().find(|derived| derived.id.value == *id);
                // As written, so that a case whose rule was faulty is not missed again.
                match found.map(|derived| &derived.kind) {
                    Some(DerivedKind::FirstOf { cases }) => cases.iter().map(|case| case.id.value.clone()).collect(),
                    _ => Vec::new(),
                }
            }
            Of::Cross { .. } => Vec::new(),
        }
    }

    /// The order in which weighting joins sparse groups names groups of the breakdown.
    fn merge_order(&mut self, breakdown: &BreakdownSource) {
        let groups = breakdown.grouping.as_ref().and_then(|name| self.questionnaire.groupings.get(&name.value));
        for name in breakdown.merge_order.iter().flatten() {
            let known = groups.into_iter().flatten().map(|group| group.id.as_str());
            if !known.clone().any(|id| id == name.value) {
                let message = format!("`merge_order`: the breakdown has no group `{}`", name.value);
                self.problems.add_unknown(name.at, message, &name.value, known);
            }
        }
    }
}
