//! The groups that tables are broken down by.
//!
//! The first form breaks down by questions that the plan recodes to groups: age (four) and published
//! area (seven). Breakdowns by a question as it is, by a derived variable or crossed are part of the
//! plan, and wait for the rest of disclosure control.

use std::ops::Range;

use crate::results::measure::{belongs, set_of};
use crate::survey::definition::{Breakdown, BreakdownSource, Questionnaire, Text};
use crate::survey::routing::evaluate::Routed;

/// A breakdown, ready to sort respondents.
#[derive(Debug, Clone)]
pub(super) struct Sorter {
    /// `alder`.
    pub id: String,
    /// What people read.
    pub text: Text,
    /// The question that it is made from: its own tables are not broken down by it.
    pub question: String,
    /// Only these tables; empty means all.
    pub only: Vec<String>,
    /// The groups' ids and labels.
    pub groups: Vec<(String, Text)>,
    field: usize,
    sets: Vec<u64>,
}

impl Sorter {
    /// The breakdowns of the plan that the first form tabulates.
    pub fn all(questionnaire: &Questionnaire) -> Vec<Self> {
        questionnaire.plan.breakdowns.iter().filter_map(|breakdown| Self::new(questionnaire, breakdown)).collect()
    }

    fn new(questionnaire: &Questionnaire, breakdown: &Breakdown) -> Option<Self> {
        let BreakdownSource::Question { question, grouping: Some(grouping) } = &breakdown.source else { return None };
        let groups = questionnaire.groupings.get(grouping)?;
        let field = questionnaire.fields.iter().position(|field| field.question == *question)?;
        let sets = groups
            .iter()
            .map(|group| set_of(&questionnaire.fields[field], |option| option.code >= 0 && belongs(option, group)))
            .collect();
        Some(Self {
            id: breakdown.id.clone(),
            text: breakdown.text.clone(),
            question: question.clone(),
            only: breakdown.only.clone(),
            groups: groups.iter().map(|group| (group.id.clone(), group.text.clone())).collect(),
            field,
            sets,
        })
    }

    /// How many slots it needs: a group each, and one for the unknown.
    pub fn slots(&self) -> usize {
        self.groups.len() + 1
    }

    /// The slot of a respondent, from 0; the last one where her group is unknown.
    pub fn slot(&self, routed: &Routed) -> usize {
        let chosen = routed.chosen.0[self.field];
        self.sets.iter().position(|set| chosen & set != 0).unwrap_or(self.sets.len())
    }

    /// Whether a table of `question` is broken down by this.
    pub fn applies_to(&self, question: &str) -> bool {
        self.question != question && (self.only.is_empty() || self.only.iter().any(|table| table == question))
    }
}

/// Slots of the breakdowns, after slot 0 for everyone.
pub(super) fn ranges(sorters: &[Sorter]) -> Vec<Range<usize>> {
    let mut next = 1;
    sorters
        .iter()
        .map(|sorter| {
            let range = next..next + sorter.slots();
            next = range.end;
            range
        })
        .collect()
}
