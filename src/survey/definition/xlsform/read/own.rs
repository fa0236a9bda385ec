//! The service's own sheet `trygghet`: what a form in a spreadsheet has no place for.

use std::collections::BTreeMap;

use super::context::{Context, Entries};
use crate::survey::definition::node::{self, Located, Node, Value};
use crate::survey::definition::problem::{Problem, Problems};
use crate::survey::definition::xlsform::report::Place;
use crate::survey::definition::xlsform::sheet::Grid;

/// What stands on the sheet.
#[derive(Debug, Default)]
pub struct Own {
    /// Keys of a definition, as they stand there.
    pub entries: Entries,
    /// What lists say of themselves, in their order.
    pub lists: Vec<(Located<String>, Entries)>,
    /// What the council only reads of options, by list and option.
    pub option_notes: BTreeMap<(String, String), Entries>,
}

impl Own {
    /// Takes the key out of what stands there.
    pub fn take(&mut self, key: &str) -> Option<(Located<String>, Node)> {
        let found = self.entries.iter().position(|(known, _)| known.value == key)?;
        Some(self.entries.remove(found))
    }
}

/// Reads the sheet.
///
/// # Errors
/// What keeps it from being read as YAML; lines are rows.
pub fn read(grid: &Grid, context: &mut Context) -> Result<Own, Vec<Problem>> {
    let mut problems = Problems::new(&grid.name);
    let root = node::parse(&grid.lines(), &mut problems);
    let Some(Node { value: Value::Map(entries), .. }) = root else { return Err(problems.into_sorted()) };
    let entries = entries.into_iter().map(|(key, node)| relocate(key, node, &grid.name, context));
    let mut own = Own { entries: entries.collect(), ..Own::default() };
    if let Some((_, Node { value: Value::Map(lists), .. })) = own.take("lists") {
        own.lists = lists.into_iter().map(|(name, node)| (name, entries_of(node))).collect();
    }
    if let Some((_, Node { value: Value::Map(lists), .. })) = own.take("option_notes") {
        for (list, node) in lists {
            for (option, notes) in entries_of(node) {
                own.option_notes.insert((list.value.clone(), option.value), entries_of(notes));
            }
        }
    }
    Ok(own)
}

fn entries_of(node: Node) -> Entries {
    match node.value {
        Value::Map(entries) => entries,
        _ => Entries::new(),
    }
}

/// A line of the sheet's text is a row of the sheet.
fn relocate(key: Located<String>, node: Node, sheet: &str, context: &mut Context) -> (Located<String>, Node) {
    let row = u32::try_from(key.at.line).unwrap_or(u32::MAX);
    let at = context.at(Place { sheet: sheet.to_owned(), row, column: Some(0) });
    (Located { at, value: key.value }, relocate_node(node, sheet, context))
}

fn relocate_node(node: Node, sheet: &str, context: &mut Context) -> Node {
    let row = u32::try_from(node.at.line).unwrap_or(u32::MAX);
    let at = context.at(Place { sheet: sheet.to_owned(), row, column: Some(0) });
    let value = match node.value {
        Value::List(items) => Value::List(items.into_iter().map(|item| relocate_node(item, sheet, context)).collect()),
        Value::Map(entries) => {
            Value::Map(entries.into_iter().map(|(key, node)| relocate(key, node, sheet, context)).collect())
        }
        scalar => scalar,
    };
    Node { at, byte: None, value }
}
