//! The proof that a rule can hold, against trying all answers.

use rand::RngExt;

use super::small;
use crate::id::{Draw, SeededRandomness};
use crate::survey::definition::{FieldKind, Questionnaire};
use crate::survey::routing::Condition;
use crate::survey::routing::evaluate::{Routed, Selections, holds, route};
use crate::survey::routing::possible::possible;

const QUESTIONS: &str = "
      - {id: A01, type: single, no_refusal: true, sv: x, options: [{id: a, code: 1, name: A}, {id: b, code: 2, name: B}]}
      - id: A02
        type: several
        max_selected: 2
        sv: x
        options:
          - {id: a, code: 1, name: A}
          - {id: b, code: 2, name: B}
          - {id: c, code: 3, name: C}
          - {id: d, code: 4, exclusive: true, name: D}
          - {id: e, code: -9, name: E}
      - id: A03
        type: single
        no_refusal: true
        relevant: A01 == 'a' or count(A02) >= 2
        sv: x
        options: [{id: a, code: 1, name: A}, {id: b, code: 2, name: B}]
      - id: A04
        type: single
        no_refusal: true
        relevant: not answered(A03) and A01 != 'b'
        sv: x
        options: [{from: A02}, {id: z, code: 9, name: Z}]
";

/// Every state of the answers that the form would take.
fn all(questionnaire: &Questionnaire) -> Vec<Routed> {
    let mut states = vec![Vec::new()];
    for field in &questionnaire.fields {
        let options = field.options().len();
        let sets: Vec<u64> = match field.kind {
            FieldKind::Single { .. } => std::iter::once(0).chain((0..options).map(|option| 1 << option)).collect(),
            _ => (0..1 << options).collect(),
        };
        states = states.iter().flat_map(|state| sets.iter().map(|set| [&state[..], &[*set]].concat())).collect();
    }
    let routed = states.into_iter().map(|state| route(questionnaire, &Selections(state)));
    routed.filter(|routed| within_limits(questionnaire, routed)).collect()
}

fn within_limits(questionnaire: &Questionnaire, routed: &Routed) -> bool {
    questionnaire.fields.iter().zip(&routed.chosen.0).all(|(field, chosen)| match &field.kind {
        FieldKind::Multi { options, max: Some(max), .. } => {
            let limited = |index: &usize| chosen & (1 << index) != 0 && !options[*index].exclusive;
            (0..options.len()).filter(limited).count() <= *max
        }
        _ => true,
    })
}

fn random_condition(questionnaire: &Questionnaire, draw: &mut Draw<'_>, depth: usize) -> Condition {
    if depth == 0 || draw.random_bool(0.3) {
        let field = draw.random_range(0..questionnaire.fields.len());
        let several = matches!(questionnaire.fields[field].kind, FieldKind::Multi { .. });
        return if several && draw.random_bool(0.4) {
            Condition::Count { field, at_least: draw.random_range(1..4) }
        } else {
            Condition::Chosen { field, option: draw.random_range(0..questionnaire.fields[field].options().len()) }
        };
    }
    let size = draw.random_range(2..4);
    let members = |draw: &mut Draw<'_>| (0..size).map(|_| random_condition(questionnaire, draw, depth - 1)).collect();
    match draw.random_range(0..3) {
        0 => Condition::All(members(draw)),
        1 => Condition::Any(members(draw)),
        _ => random_condition(questionnaire, draw, depth - 1).negate(),
    }
}

#[test]
fn the_proof_agrees_with_trying_everything() {
    let questionnaire = small(QUESTIONS);
    let states = all(&questionnaire);
    let randomness = SeededRandomness::new(9);
    let mut draw = Draw(&randomness);
    let mut counts = [0, 0];
    for _ in 0..600 {
        let condition = random_condition(&questionnaire, &mut draw, 3);
        let tried = states.iter().any(|routed| holds(&questionnaire, &condition, &routed.chosen));
        assert_eq!(possible(&questionnaire, &condition), tried, "{condition:?}");
        counts[usize::from(tried)] += 1;
    }
    assert!(counts.iter().all(|count| *count > 50), "impossible and possible: {counts:?}");
}
