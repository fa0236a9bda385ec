//! Derived variables.

use std::collections::BTreeSet;

use super::names::{Names, question_id, snake_case, unique};
use super::scope::Scope;
use crate::i18n::said;
use crate::survey::definition::model::{Derived, DerivedCase, DerivedRule, FieldKind, Questionnaire};
use crate::survey::definition::node::Located;
use crate::survey::definition::problem::Problems;
use crate::survey::definition::source::{CaseSource, DerivedKind, DerivedSource, Source};

/// Builds the derived variables; what is faulty is reported and left out.
pub(super) fn build(
    questionnaire: &Questionnaire,
    source: &Source,
    names: &Names,
    problems: &mut Problems,
) -> Vec<Derived> {
    let (mut ids, mut short_names) = (BTreeSet::new(), BTreeSet::new());
    let mut built = Vec::with_capacity(source.derived.len());
    for derived in &source.derived {
        question_id(&derived.id, said("thing-derived-variable"), problems);
        unique(&derived.id, said("thing-derived-variable"), &mut ids, problems);
        if names.get(&derived.id.value).is_some() {
            problems.add(derived.id.at, said("def-derived-question").with("id", &derived.id.value));
        }
        snake_case(&derived.name, said("thing-derived-variable"), problems);
        unique(&derived.name, said("thing-name-of-a-derived-variable"), &mut short_names, problems);
        let scope = Scope { fields: &questionnaire.fields, names, subject: "", block: None };
        if let Some(rule) = rule(derived, &scope, questionnaire, problems) {
            let (id, name) = (derived.id.value.clone(), derived.name.value.clone());
            built.push(Derived { id, name, text: derived.text.clone(), rule });
        }
    }
    built
}

fn rule(
    derived: &DerivedSource,
    scope: &Scope<'_>,
    questionnaire: &Questionnaire,
    problems: &mut Problems,
) -> Option<DerivedRule> {
    match &derived.kind {
        DerivedKind::Share { numerator, denominator } => {
            let numerator = numerator.as_ref().and_then(|rule| scope.condition(rule, problems));
            let denominator = denominator.as_ref().and_then(|rule| scope.condition(rule, problems));
            Some(DerivedRule::Share { numerator: numerator?, denominator: denominator? })
        }
        DerivedKind::Groups { questions, grouping } => {
            let grouping = grouping.as_ref()?;
            let Some(groups) = questionnaire.groupings.get(&grouping.value) else {
                let known = questionnaire.groupings.keys().map(String::as_str);
                let message = said("def-unknown-grouping").with("id", &grouping.value);
                problems.add_unknown(grouping.at, message, &grouping.value, known);
                return None;
            };
            for question in questions {
                let grouped = |id: &str| groups.iter().any(|group| group.members.iter().any(|member| member == id));
                check_grouped(question, &grouping.value, grouped, scope, questionnaire, problems);
            }
            let questions = questions.iter().map(|question| question.value.clone()).collect();
            Some(DerivedRule::Groups { questions, grouping: grouping.value.clone() })
        }
        DerivedKind::FirstOf { cases } => {
            let (mut ids, mut codes) = (BTreeSet::new(), BTreeSet::new());
            let mut model = Vec::with_capacity(cases.len());
            for case in cases {
                snake_case(&case.id, said("thing-case"), problems);
                unique(&case.id, said("thing-case"), &mut ids, problems);
                if let Some(code) = case.code.as_ref().filter(|code| !codes.insert(code.value)) {
                    problems.add(code.at, said("def-case-code").with("id", &case.id.value).with("code", code.value));
                }
                model.extend(self::case(case, scope, problems));
            }
            Some(DerivedRule::FirstOf { cases: model })
        }
        DerivedKind::Unreadable => None,
    }
}

fn case(case: &CaseSource, scope: &Scope<'_>, problems: &mut Problems) -> Option<DerivedCase> {
    let when = scope.condition(case.when.as_ref()?, problems)?;
    let code = i16::try_from(case.code.as_ref()?.value).ok()?;
    Some(DerivedCase { id: case.id.value.clone(), code, text: case.text.clone(), when })
}

/// A question whose options are counted by group is closed and has options in the groups.
fn check_grouped(
    question: &Located<String>,
    grouping: &str,
    grouped: impl Fn(&str) -> bool,
    scope: &Scope<'_>,
    questionnaire: &Questionnaire,
    problems: &mut Problems,
) {
    if scope.names.faulty(&question.value) {
        return;
    }
    let Some(field) = questionnaire.fields.iter().find(|field| field.question == question.value) else {
        scope.field(question, problems);
        return;
    };
    let closed = matches!(field.kind, FieldKind::Single { .. } | FieldKind::Multi { .. });
    if !closed || !field.options().iter().any(|option| grouped(&option.id)) {
        let message = said("def-groups-none").with("id", &question.value).with("grouping", grouping);
        problems.add(question.at, message);
    }
}
