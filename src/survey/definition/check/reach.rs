//! Rules that can never hold, or always do: what no answer reaches is a mistake.

use super::build::Claim;
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
            let message = format!("{}: no answer can make it appear", claim.what);
            let why = if alone {
                "its rule contradicts what holds here already: the part's rule, the block's, or a screen-out"
            } else {
                "its rule contradicts itself, or asks for more than can be chosen"
            };
            problems.add_with_hint(claim.at, message, why);
        } else if !possible(questionnaire, &claim.context.clone().and(claim.rule.clone().negate())) {
            let message = format!("{}: the rule always holds here", claim.what);
            problems.add_with_hint(claim.at, message, "leave it out");
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
                        let message = format!("{}, case {}: no answer leads here", derived.id, case.id);
                        let hint = "earlier cases take all, or its rule contradicts itself";
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
        problems.add(rule.at, "the plan's population is empty whatever is answered");
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
        problems.add(at, format!("{id}: the numerator is empty whatever is answered"));
    } else if possible(questionnaire, &numerator.clone().and(denominator.clone().negate())) {
        let message = format!("{id}: someone can be counted in the numerator and not in the denominator");
        problems.add_with_hint(at, message, "a share is of those in the denominator");
    }
}
