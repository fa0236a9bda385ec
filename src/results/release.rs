//! The tables of a dialogue that may leave, with what people need to read them.

use crate::results::breakdown::Sorter;
use crate::results::plan::Label;
use crate::statistics::disclosure::{Limits, Released};
use crate::survey::definition::{Questionnaire, Text};

/// The analysis plan's tables after disclosure control.
#[derive(Debug, Clone)]
pub struct Release {
    questionnaire: String,
    version: i32,
    case_number: String,
    title: Text,
    limits: Limits,
    breakdowns: Vec<BreakdownLabel>,
    tables: Vec<Table>,
}

/// What a breakdown is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakdownLabel {
    /// `alder`.
    pub id: String,
    /// What people read.
    pub text: Text,
    /// The question that it is made from.
    pub question: String,
    /// The groups' ids and labels; the rows of a table have one more, for the unknown.
    pub groups: Vec<(String, Text)>,
}

/// A table that may leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is about.
    pub label: Label,
    /// Its figures.
    pub figures: Released,
}

impl Release {
    pub(super) fn new(
        questionnaire: &Questionnaire,
        limits: Limits,
        sorters: &[Sorter],
        tables: Vec<(Label, Released)>,
    ) -> Self {
        let breakdowns = sorters.iter().map(|sorter| BreakdownLabel {
            id: sorter.id.clone(),
            text: sorter.text.clone(),
            question: sorter.question.clone(),
            groups: sorter.groups.clone(),
        });
        Self {
            questionnaire: questionnaire.id.clone(),
            version: questionnaire.version,
            case_number: questionnaire.case_number.clone(),
            title: questionnaire.title.clone(),
            limits,
            breakdowns: breakdowns.collect(),
            tables: tables.into_iter().map(|(label, figures)| Table { label, figures }).collect(),
        }
    }

    /// The questionnaire's id and structural version.
    pub fn questionnaire(&self) -> (&str, i32) {
        (&self.questionnaire, self.version)
    }

    /// The case number (diarienummer) that every export carries.
    pub fn case_number(&self) -> &str {
        &self.case_number
    }

    /// The dialogue's title.
    pub fn title(&self) -> &Text {
        &self.title
    }

    /// The limits that the tables were judged by.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The breakdowns, in the order of each table's own.
    pub fn breakdowns(&self) -> &[BreakdownLabel] {
        &self.breakdowns
    }

    /// The tables, in the plan's order.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }
}
