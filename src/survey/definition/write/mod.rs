//! The canonical way to write a questionnaire: what the editor and the conversions give out.
//!
//! Two steps, so that each can be read by itself: [`tree`] puts what was read back into a tree of YAML
//! nodes, keys in one order; [`emit`] makes text of a tree. What comes out reads as what went in
//! (`source(canonical(text)) == source(text)`), and writing it again changes nothing, so two versions of
//! a questionnaire differ in a diff only where they differ.
//!
//! Comments (`# …`) are not part of what is read, and stay behind; `note: …` is carried along.

mod emit;
mod map;
mod tree;

pub(super) use emit::emit;
pub(super) use map::node;
pub(super) use tree::{after_questions, before_questions};

use self::tree::tree;
use super::source::Source;

/// The text of a questionnaire.
pub(super) fn write(source: &Source) -> String {
    emit(&tree(source))
}
