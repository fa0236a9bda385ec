//! What fills a document that is not empty.

use crate::survey::answers::RawAnswers;
use crate::survey::definition::Questionnaire;
use crate::survey::form::Fault;
use crate::survey::routing::Condition;
use crate::survey::routing::evaluate::{Routed, Selections, holds, route};

/// What the server knows of the answers when it fills a document.
pub struct Filling<'a> {
    /// What came.
    pub raw: &'a RawAnswers,
    /// What routing makes of it.
    pub routed: Routed,
    /// What is to be mended.
    pub faults: &'a [Fault],
}

impl<'a> Filling<'a> {
    /// Routes what came.
    pub fn new(questionnaire: &Questionnaire, raw: &'a RawAnswers, faults: &'a [Fault]) -> Self {
        Self { raw, routed: route(questionnaire, &Selections::from_raw(questionnaire, raw)), faults }
    }

    /// Whether a condition holds for the answers on path.
    pub fn holds(&self, questionnaire: &Questionnaire, condition: &Condition) -> bool {
        holds(questionnaire, condition, &self.routed.chosen)
    }
}
