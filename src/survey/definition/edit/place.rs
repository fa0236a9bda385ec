//! From a problem's line and column back to the thing that it is about.

use super::name_of;
use crate::survey::definition::Problem;
use crate::survey::definition::node::{Node, Value};
use crate::survey::definition::problem::Position;

/// A problem, and the path of what it is about.
#[derive(Debug, Clone)]
pub struct Placed {
    /// What is wrong.
    pub problem: Problem,
    /// The innermost thing that stands there.
    pub path: String,
    /// Its place in a text on one line, in characters from 1.
    pub character: u64,
}

/// Every path with where it begins, in the order of the file.
pub(super) fn walk(node: &Node, path: &str, places: &mut Vec<(Position, String)>) {
    let below = |segment: &str| if path.is_empty() { segment.to_owned() } else { format!("{path}.{segment}") };
    places.push((node.at, path.to_owned()));
    match &node.value {
        Value::Map(entries) => {
            for (key, node) in entries {
                places.push((key.at, below(&key.value)));
                walk(node, &below(&key.value), places);
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &below(&name_of(item).unwrap_or_else(|| index.to_string())), places);
            }
        }
        _ => {}
    }
}

/// The problem with the innermost thing that begins at its place, or last before it.
pub(super) fn placed(problem: Problem, places: &[(Position, String)]) -> Placed {
    let at = Position { line: problem.line, column: problem.column };
    let innermost = places.iter().filter(|(place, _)| *place <= at).max_by_key(|(place, path)| (*place, path.len()));
    let (path, character) = innermost.map_or((String::new(), 1), |(place, path)| {
        (path.clone(), if place.line == at.line { at.column - place.column + 1 } else { 1 })
    });
    Placed { problem, path, character }
}
