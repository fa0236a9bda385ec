//! Rules that can never hold, or always do: what no answer reaches is a mistake.

use super::build::Claim;
use crate::i18n::said;
use crate::survey::definition::model::{DerivedRule, Questionnaire};
use crate::survey::definition::problem::{Position, Problems};
use crate::survey::definition::source::{DerivedKind, Source};
use crate::survey::routing::Condition;
use crate::survey::routing::possible::possible;

/// Reports parts, questions, derived variables and cases that no answer can reach.
pub(super) fn check(questionnaire: &Questionnaire, claims: &[Claim], source: &Source, problems: &mut Problems) {
    for claim in claims {
        // Where the part or block itself can't appear, that has been said.
        if !possible(questionnaire, &claim.context) {
            continue;
        }
        let alone = possible(questionnaire, &claim.rule);
        if !possible(questionnaire, &claim.context.clone().and(claim.rule.clone())) {
            let message = said("def-unreachable").saying("what", claim.what.clone());
            let why = if alone { said("def-unreachable-context") } else { said("def-unreachable-alone") };
            problems.add_with_hint(claim.at, message, why);
        } else if !possible(questionnaire, &claim.context.clone().and(claim.rule.clone().negate())) {
            let message = said("def-always").saying("what", claim.what.clone());
            problems.add_with_hint(claim.at, message, said("def-always-hint"));
        }
    }
    for (derived, source) in questionnaire.derived.iter().zip(&source.derived) {
        match (&derived.rule, &source.kind) {
            (
                DerivedRule::Share { numerator, denominator },
                DerivedKind::Share { numerator: Some(at), denominator: Some(_) },
            ) => share(questionnaire, &derived.id, numerator, denominator, at.at, problems),
            (DerivedRule::FirstOf { cases }, DerivedKind::FirstOf { cases: written }) => {
                let mut before = Condition::Always;
                for (case, written) in cases.iter().zip(written) {
                    if !possible(questionnaire, &before.clone().and(case.when.clone())) {
                        let message = said("def-case-unreachable").with("derived", &derived.id).with("id", &case.id);
                        let hint = said("def-case-unreachable-hint");
                        problems.add_with_hint(written.id.at, message, hint);
                    }
                    before = before.and(case.when.clone().negate());
                }
            }
            _ => {}
        }
    }
    if let Some(rule) = &source.plan.population
        && !possible(questionnaire, &questionnaire.plan.population)
    {
        problems.add(rule.at, said("def-population-empty"));
    }
}

fn share(
    questionnaire: &Questionnaire,
    id: &str,
    numerator: &Condition,
    denominator: &Condition,
    at: Position,
    problems: &mut Problems,
) {
    if !possible(questionnaire, numerator) {
        problems.add(at, said("def-numerator-empty").with("id", id));
    } else if possible(questionnaire, &numerator.clone().and(denominator.clone().negate())) {
        let message = said("def-numerator-outside").with("id", id);
        problems.add_with_hint(at, message, said("def-numerator-outside-hint"));
    }
}
