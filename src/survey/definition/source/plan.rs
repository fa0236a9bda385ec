//! Derived variables and the analysis plan as they were written.

use super::entries::{Entries, names_of};
use super::questions::rule;
use super::{Annotations, GroupSource, Reader, Rule, read_all, read_groups};
use crate::i18n::said;
use crate::survey::definition::model::Text;
use crate::survey::definition::node::{Located, Node, Value};

/// A derived variable.
#[derive(Debug, PartialEq)]
pub struct DerivedSource {
    pub id: Located<String>,
    pub name: Located<String>,
    pub text: Text,
    pub kind: DerivedKind,
    pub notes: Annotations,
}

/// How it is computed.
#[derive(Debug, PartialEq)]
pub enum DerivedKind {
    Share {
        numerator: Option<Rule>,
        denominator: Option<Rule>,
    },
    Groups {
        questions: Vec<Located<String>>,
        grouping: Option<Located<String>>,
    },
    FirstOf {
        cases: Vec<CaseSource>,
    },
    /// Nothing says how it is computed: reported.
    Unreadable,
}

/// A case of a classification.
#[derive(Debug, PartialEq)]
pub struct CaseSource {
    pub id: Located<String>,
    pub code: Option<Located<i64>>,
    pub text: Text,
    pub when: Option<Rule>,
}

/// The analysis plan.
#[derive(Debug, PartialEq)]
pub struct PlanSource {
    pub population: Option<Rule>,
    pub breakdowns: Vec<BreakdownSource>,
    pub tables: Vec<Located<String>>,
    pub sensitive: Vec<Located<String>>,
    pub published_as: Vec<(Located<String>, Vec<GroupSource>)>,
}

/// A breakdown. Which of `question`, `derived` and `cross` it has is checked later.
#[derive(Debug, PartialEq)]
pub struct BreakdownSource {
    pub id: Located<String>,
    pub text: Text,
    pub question: Option<Located<String>>,
    pub grouping: Option<Located<String>>,
    pub derived: Option<Located<String>>,
    pub cross: Vec<Located<String>>,
    pub groups: Vec<GroupSource>,
    pub only: Vec<Located<String>>,
    pub merge_order: Vec<Vec<Located<String>>>,
    pub notes: Annotations,
}

/// Reads one derived variable.
pub fn read_derived(node: &Node, reader: &mut Reader<'_>) -> Option<DerivedSource> {
    let mut entries = Entries::of(node, said("def-a-derived"), &mut reader.problems)?;
    let missing = Located { at: node.at, value: String::new() };
    let id = entries.need_text("id", &mut reader.problems).unwrap_or_else(|| missing.clone());
    entries.rename(said("def-derived").with("id", &id.value));
    let notes = entries.annotations(&["note", "benchmark"], &mut reader.problems);
    let name = entries.need_text("name", &mut reader.problems).unwrap_or(missing);
    let text = entries.own_texts(reader);
    let kind = if entries.get("groups_of").is_some() {
        DerivedKind::Groups {
            questions: entries.names("groups_of", &mut reader.problems),
            grouping: entries.need_text("grouping", &mut reader.problems),
        }
    } else if entries.get("first_of").is_some() {
        DerivedKind::FirstOf { cases: read_all(entries.need_list("first_of", &mut reader.problems), reader, read_case) }
    } else if entries.get("numerator").is_some() || entries.get("denominator").is_some() {
        DerivedKind::Share {
            numerator: needed_rule(&mut entries, "numerator", reader),
            denominator: needed_rule(&mut entries, "denominator", reader),
        }
    } else {
        let hint = said("def-derived-how-hint");
        reader.problems.add_with_hint(node.at, said("def-derived-how").with("id", &id.value), hint);
        DerivedKind::Unreadable
    };
    entries.finish(&mut reader.problems);
    Some(DerivedSource { id, name, text, kind, notes })
}

fn needed_rule(entries: &mut Entries<'_>, key: &str, reader: &mut Reader<'_>) -> Option<Rule> {
    entries.need(key, &mut reader.problems)?;
    rule(entries, key, reader)
}

fn read_case(node: &Node, reader: &mut Reader<'_>) -> Option<CaseSource> {
    let mut entries = Entries::of(node, said("def-a-case"), &mut reader.problems)?;
    let id = entries.need_text("id", &mut reader.problems);
    let id = id.unwrap_or(Located { at: node.at, value: String::new() });
    entries.rename(said("def-case").with("id", &id.value));
    let case = CaseSource {
        code: entries.need_number("code", (0, i64::from(i16::MAX)), &mut reader.problems),
        when: needed_rule(&mut entries, "when", reader),
        text: entries.own_texts(reader),
        id,
    };
    entries.finish(&mut reader.problems);
    Some(case)
}

/// Reads the analysis plan.
pub fn read_plan(entries: &mut Entries<'_>, reader: &mut Reader<'_>) -> PlanSource {
    let node = entries.need("analysis_plan", &mut reader.problems);
    let inner = node.and_then(|node| Entries::of(node, said("def-plan"), &mut reader.problems));
    let Some(mut entries) = inner else {
        return PlanSource {
            population: None,
            breakdowns: Vec::new(),
            tables: Vec::new(),
            sensitive: Vec::new(),
            published_as: Vec::new(),
        };
    };
    let plan = PlanSource {
        population: needed_rule(&mut entries, "population", reader),
        breakdowns: read_all(
            entries.list("breakdowns", &mut reader.problems).unwrap_or_default(),
            reader,
            read_breakdown,
        ),
        tables: {
            let nodes = entries.need_list("tables", &mut reader.problems);
            names_of(nodes, &said("def-plan"), "tables", &mut reader.problems)
        },
        sensitive: entries.names("sensitive", &mut reader.problems),
        published_as: read_published(&mut entries, reader),
    };
    entries.finish(&mut reader.problems);
    plan
}

fn read_published(entries: &mut Entries<'_>, reader: &mut Reader<'_>) -> Vec<(Located<String>, Vec<GroupSource>)> {
    super::read_named(entries, "published_as", reader, |name, node, reader| {
        Some((name.clone(), read_groups(node, &said("def-published-as").with("id", &name.value), reader)))
    })
}

fn read_breakdown(node: &Node, reader: &mut Reader<'_>) -> Option<BreakdownSource> {
    let mut entries = Entries::of(node, said("def-a-breakdown"), &mut reader.problems)?;
    let id = entries.need_text("id", &mut reader.problems);
    let id = id.unwrap_or(Located { at: node.at, value: String::new() });
    entries.rename(said("def-breakdown").with("id", &id.value));
    let notes = entries.annotations(&["note"], &mut reader.problems);
    let groups = match entries.get("groups") {
        Some(node) => read_groups(node, &said("def-breakdown").with("id", &id.value), reader),
        None => Vec::new(),
    };
    let breakdown = BreakdownSource {
        question: entries.text("question", &mut reader.problems),
        grouping: entries.text("grouping", &mut reader.problems),
        derived: entries.text("derived", &mut reader.problems),
        cross: entries.names("cross", &mut reader.problems),
        groups,
        only: entries.names("only", &mut reader.problems),
        merge_order: read_merge_order(&mut entries, &id.value, reader),
        text: entries.own_texts(reader),
        notes,
        id,
    };
    entries.finish(&mut reader.problems);
    Some(breakdown)
}

fn read_merge_order(entries: &mut Entries<'_>, breakdown: &str, reader: &mut Reader<'_>) -> Vec<Vec<Located<String>>> {
    let nodes = entries.list("merge_order", &mut reader.problems).unwrap_or_default();
    let mut order = Vec::new();
    for node in nodes {
        let what = said("def-breakdown").with("id", breakdown);
        match &node.value {
            Value::List(names) => order.push(names_of(names, &what, "merge_order", &mut reader.problems)),
            other => {
                let message = said("def-merge-lists").saying("what", what.clone()).saying("found", other.kind());
                reader.problems.add(node.at, message);
            }
        }
    }
    order
}
