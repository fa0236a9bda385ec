//! What is computed from answers, and what of it is tabulated.

use std::collections::BTreeMap;

use super::{Group, Text};
use crate::survey::routing::Condition;

/// A variable that is computed from answers.
#[derive(Debug, Clone)]
pub struct Derived {
    /// `D01`.
    pub id: String,
    /// Short name for exports: `otrygg_ntu`.
    pub name: String,
    /// What it says, for people.
    pub text: Text,
    /// How it is computed.
    pub rule: DerivedRule,
}

/// How a derived variable is computed.
#[derive(Debug, Clone)]
pub enum DerivedRule {
    /// Share of `denominator` for whom `numerator` holds.
    Share { numerator: Condition, denominator: Condition },
    /// Respondents per group of the options chosen in any of `questions` (as [`Field::question`]);
    /// `grouping` names the groups.
    Groups { questions: Vec<String>, grouping: String },
    /// The first case that holds; disjoint by construction.
    FirstOf { cases: Vec<DerivedCase> },
}

/// One value of a derived classification.
#[derive(Debug, Clone)]
pub struct DerivedCase {
    /// `kollektivt`.
    pub id: String,
    /// From 1.
    pub code: i16,
    /// Its label.
    pub text: Text,
    /// When it holds, if no earlier case does.
    pub when: Condition,
}

/// What will be tabulated: fixed when the dialogue opens.
#[derive(Debug, Clone)]
pub struct AnalysisPlan {
    /// Which responses count.
    pub population: Condition,
    /// The breakdowns, in order.
    pub breakdowns: Vec<Breakdown>,
    /// Questions ([`Field::question`]) and derived variables to tabulate, in order.
    pub tables: Vec<String>,
    /// Of these, those for which zeros are hidden too.
    pub sensitive: Vec<String>,
    /// Questions published only as any/none and in groups: question → groups of option ids.
    pub published_as: BTreeMap<String, Vec<Group>>,
}

/// A variable that tables are broken down by.
#[derive(Debug, Clone)]
pub struct Breakdown {
    /// `alder`.
    pub id: String,
    /// What people read: "Ålder".
    pub text: Text,
    /// Where its values come from.
    pub source: BreakdownSource,
    /// Only these tables; empty means all.
    pub only: Vec<String>,
}

/// Where a breakdown's values come from.
#[derive(Debug, Clone)]
pub enum BreakdownSource {
    /// A question's options, recoded to the groups named, or as they are.
    Question { question: String, grouping: Option<String> },
    /// A derived classification.
    Derived { id: String },
    /// Two other breakdowns crossed, the second one recoded further to `groups` of its groups.
    Cross { first: String, second: String, groups: Vec<Group> },
}
