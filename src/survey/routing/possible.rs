//! Whether any set of answers can make a condition hold.
//!
//! The rule is expanded as for the page, so that everything it stands on is counted in, and taken
//! apart into alternatives, each saying which boxes are ticked and which are not. Boxes of different
//! questions are independent, so an alternative is possible when each question can fulfil its share.

use super::Condition;
use super::selector::{Ticked, expand};
use crate::survey::definition::{Choice, Field, FieldKind, Questionnaire};

/// Alternatives looked at before the answer is "perhaps".
const MOST_ALTERNATIVES: usize = 4096;

/// What an alternative asks of one field: sets of option indices, and how many that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Demand {
    ticked: u64,
    empty: u64,
    at_least: u32,
    at_most: u32,
}

const NOTHING: Demand = Demand { ticked: 0, empty: 0, at_least: 0, at_most: u32::MAX };

/// Demands per field.
type Alternative = Vec<Demand>;

/// Whether some answers make `condition` hold. Exact, but that very large conditions count as
/// possible.
pub fn possible(questionnaire: &Questionnaire, condition: &Condition) -> bool {
    let mut parts = Vec::new();
    expand(questionnaire, condition, &mut parts);
    let start = vec![vec![NOTHING; questionnaire.fields.len()]];
    let whole = Ticked::All(parts);
    let Some(alternatives) = narrow(questionnaire, start, &whole, true) else { return true };
    !alternatives.is_empty()
}

/// What is left of `alternatives` when `demand` is (or is not) to hold; `None` where they get too many.
fn narrow(
    questionnaire: &Questionnaire,
    alternatives: Vec<Alternative>,
    demand: &Ticked,
    holds: bool,
) -> Option<Vec<Alternative>> {
    match (demand, holds) {
        (Ticked::Not(inner), _) => narrow(questionnaire, alternatives, inner, !holds),
        (Ticked::All(members), true) | (Ticked::Any(members), false) => {
            members.iter().try_fold(alternatives, |left, member| narrow(questionnaire, left, member, holds))
        }
        (Ticked::Any(members), true) | (Ticked::All(members), false) => {
            let mut union: Vec<Alternative> = Vec::new();
            for member in members {
                for alternative in narrow(questionnaire, alternatives.clone(), member, holds)? {
                    if !union.contains(&alternative) {
                        union.push(alternative);
                    }
                }
                if union.len() > MOST_ALTERNATIVES {
                    return None;
                }
            }
            Some(union)
        }
        (Ticked::Option { field, option }, _) => {
            let bit = 1 << option;
            Some(demanding(questionnaire, alternatives, *field, |demand| {
                if holds { demand.ticked |= bit } else { demand.empty |= bit }
            }))
        }
        // The box that adds a place is a field with one option.
        (Ticked::Place { field }, _) => Some(demanding(questionnaire, alternatives, *field, |demand| {
            if holds { demand.ticked |= 1 } else { demand.empty |= 1 }
        })),
        (Ticked::Several { field, at_least }, true) => Some(demanding(questionnaire, alternatives, *field, |demand| {
            demand.at_least = demand.at_least.max(*at_least);
        })),
        (Ticked::Several { field, at_least }, false) => {
            Some(demanding(questionnaire, alternatives, *field, |demand| {
                demand.at_most = demand.at_most.min(at_least.saturating_sub(1));
            }))
        }
    }
}

/// Adds a demand on `field` to every alternative and drops those that it makes impossible.
fn demanding(
    questionnaire: &Questionnaire,
    mut alternatives: Vec<Alternative>,
    field: usize,
    add: impl Fn(&mut Demand),
) -> Vec<Alternative> {
    let Some(asked) = questionnaire.fields.get(field) else { return Vec::new() };
    alternatives.retain_mut(|alternative| {
        alternative.get_mut(field).is_some_and(|demand| {
            add(demand);
            fulfils(asked, demand)
        })
    });
    alternatives
}

/// Whether a field can be filled in so.
fn fulfils(field: &Field, demand: &Demand) -> bool {
    if demand.ticked & demand.empty != 0 {
        return false;
    }
    let set = |wanted: fn(&Choice) -> bool| {
        field
            .options()
            .iter()
            .enumerate()
            .filter(|(_, option)| wanted(option))
            .fold(0, |set, (index, _)| set | 1 << index)
    };
    let counting: u64 = set(Choice::counts);
    let forced = (demand.ticked & counting).count_ones();
    let available = (counting & !demand.empty).count_ones();
    if demand.at_least > available || forced > demand.at_most || demand.at_least > demand.at_most {
        return false;
    }
    match &field.kind {
        FieldKind::Single { .. } => demand.ticked.count_ones() <= 1,
        FieldKind::Multi { max: Some(max), .. } => {
            let limited = (demand.ticked & set(|option| !option.exclusive)).count_ones();
            limited + demand.at_least.saturating_sub(forced) <= u32::try_from(*max).unwrap_or(u32::MAX)
        }
        FieldKind::Multi { max: None, .. } | FieldKind::Text { .. } | FieldKind::Toggle => true,
    }
}
