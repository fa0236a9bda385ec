//! The breakdowns of the analysis plan: disjoint groups that hold every value.

use super::lists::{check_groups, plain_groups};
use super::names::snake_case;
use super::plan::Planner;
use super::scope::Scope;
use crate::i18n::said;
use crate::survey::definition::model::{Breakdown, BreakdownSource as Of, Choice, DerivedRule, Field, FieldKind};
use crate::survey::definition::node::Located;
use crate::survey::definition::source::{BreakdownSource, DerivedKind};

impl Planner<'_> {
    /// Where a breakdown's values come from; `None` where it was faulty.
    pub(super) fn breakdown(&mut self, breakdown: &BreakdownSource, earlier: &[Breakdown]) -> Option<Of> {
        let id = &breakdown.id;
        snake_case(id, said("thing-breakdown"), self.problems);
        let sources = [breakdown.question.is_some(), breakdown.derived.is_some(), !breakdown.cross.is_empty()];
        if sources.iter().filter(|given| **given).count() != 1 {
            let message = said("def-breakdown-one").with("id", &id.value);
            self.problems.add(id.at, message);
            return None;
        }
        if breakdown.cross.is_empty() && !breakdown.groups.is_empty() {
            let message = said("def-breakdown-groups").with("id", &id.value);
            self.problems.add_with_hint(id.at, message, said("def-breakdown-groups-hint"));
        }
        if breakdown.question.is_none() && breakdown.grouping.is_some() {
            self.problems.add(id.at, said("def-breakdown-grouping").with("id", &id.value));
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
            let message = said("def-breakdown-choice").with("id", &question.value);
            let hint = said("def-breakdown-choice-hint");
            self.problems.add_with_hint(question.at, message, hint);
            return None;
        };
        if let Some(grouping) = &breakdown.grouping {
            let Some(groups) = self.questionnaire.groupings.get(&grouping.value) else {
                let known = self.questionnaire.groupings.keys().map(String::as_str);
                let message = said("def-unknown-grouping").with("id", &grouping.value);
                self.problems.add_unknown(grouping.at, message, &grouping.value, known);
                return None;
            };
            let grouped = |option: &&Choice| self.grouped && option.code >= 0 && !option.screen_out;
            for option in options.iter().filter(grouped) {
                if groups.iter().filter(|group| group.members.contains(&option.id)).count() != 1 {
                    let message = said("def-no-single-group")
                        .with("option", &option.id)
                        .with("question", &question.value)
                        .with("grouping", &grouping.value);
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
                let message = said("def-breakdown-class").with("id", &derived.value);
                self.problems.add_with_hint(derived.at, message, said("def-breakdown-class-hint"));
                None
            }
            None => {
                let known = self.source.derived.iter().map(|derived| derived.id.value.as_str());
                if !known.clone().any(|id| id == derived.value) {
                    let message = said("def-unknown-derived").with("id", &derived.value);
                    self.problems.add_unknown(derived.at, message, &derived.value, known);
                }
                None
            }
        }
    }

    fn by_cross(&mut self, breakdown: &BreakdownSource, earlier: &[Breakdown]) -> Option<Of> {
        let [first, second] = breakdown.cross.as_slice() else {
            let message = said("def-cross-two").with("id", &breakdown.id.value);
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
                    let message = said("def-cross-before").with("id", &name.value);
                    self.problems.add_unknown(name.at, message, &name.value, before);
                }
                continue;
            };
            if matches!(found.source, Of::Cross { .. }) {
                self.problems.add(name.at, said("def-cross-cross").with("id", &name.value));
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
                let message = said("def-merge-unknown").with("id", &name.value);
                self.problems.add_unknown(name.at, message, &name.value, known);
            }
        }
    }
}
