//! Tables that must be judged by their joint counts.

use std::collections::BTreeSet;

use crate::results::asked::asked_by;
use crate::results::plan::{Planned, computed_from};
use crate::statistics::disclosure::Observation;
use crate::survey::definition::{FieldKind, Questionnaire};
use crate::survey::routing::evaluate::{Selections, route};

/// More combinations of answers than this are not kept.
const MOST_COMBINATIONS: usize = 10_000;

/// Sets of tables that must be judged by their joint counts: derived indicators that share sources,
/// and those sources; indicators first.
pub(super) fn links(tables: &[Planned]) -> Vec<Vec<usize>> {
    let mut links: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for (table, planned) in tables.iter().enumerate().filter(|(_, planned)| !planned.sources.is_empty()) {
        let (mut indicators, mut sources) = (vec![table], planned.sources.clone());
        let (sharing, apart): (Vec<_>, Vec<_>) =
            links.into_iter().partition(|(_, others)| others.iter().any(|other| sources.contains(other)));
        for (others, other_sources) in sharing {
            indicators.extend(others);
            sources.extend(other_sources);
        }
        for list in [&mut indicators, &mut sources] {
            list.sort_unstable();
            list.dedup();
        }
        links = apart;
        links.push((indicators, sources));
    }
    links.into_iter().map(|(indicators, sources)| [indicators, sources].concat()).collect()
}

/// All ways in which respondents can stand in the tables of a link, where that can be known: where
/// single questions alone decide, and are few. Other links are published together or not at all.
pub(super) fn possible(
    questionnaire: &Questionnaire,
    tables: &[Planned],
    link: &[usize],
) -> Option<Vec<Vec<Observation>>> {
    let fields = fields(tables, link);
    let of = |field: &usize| &questionnaire.fields[*field];
    let single = fields.iter().all(|field| matches!(of(field).kind, FieldKind::Single { .. }));
    let closed = fields.iter().all(|field| asked_by(questionnaire, *field).is_subset(&fields));
    let combinations = fields.iter().try_fold(1_usize, |product, field| {
        product.checked_mul(of(field).options().len() + 1).filter(|product| *product <= MOST_COMBINATIONS)
    });
    if !single || !closed || link.iter().any(|member| tables[*member].label.several) {
        return None;
    }
    let mut classes = BTreeSet::new();
    for combination in 0..combinations? {
        let mut selections = Selections(vec![0; questionnaire.fields.len()]);
        let mut rest = combination;
        for field in &fields {
            let choices = of(field).options().len() + 1;
            // The last choice is no answer.
            selections.0[*field] = (1 << (rest % choices)) & !(1 << (choices - 1));
            rest /= choices;
        }
        let routed = route(questionnaire, &selections);
        classes.insert(link.iter().map(|member| tables[*member].measure.observe(questionnaire, &routed)).collect());
    }
    Some(classes.into_iter().collect())
}

/// The fields that the tables of a link read.
fn fields(tables: &[Planned], link: &[usize]) -> BTreeSet<usize> {
    link.iter().flat_map(|member| computed_from(&tables[*member].measure)).collect()
}
