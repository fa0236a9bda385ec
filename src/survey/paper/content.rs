//! What is to stand on paper, before it is known on which page: rows of marks, and the structure that they belong to.
//!
//! A [`Row`] is never torn apart. Its marks stand at distances from the column's *start* edge, so that a page from
//! right to left is the same page mirrored. Every mark that says something is a leaf of the structure, which screen
//! readers follow; the others are artifacts.

use std::rc::Rc;

use krilla::tagging::TagKind;

use super::qr::Matrix;
use super::text::Paragraph;

/// Points per millimetre.
pub const MM: f32 = 72.0 / 25.4;

/// A4, in points.
pub const PAGE: (f32, f32) = (210.0 * MM, 297.0 * MM);

/// A leaf of the structure: the number of a mark.
pub type Leaf = usize;

/// What is drawn.
#[derive(Debug, Clone)]
pub enum Drawing {
    /// One line of a paragraph, by its number.
    Text(Rc<Paragraph>, usize),
    /// A square to tick (several choices), or a box to write in.
    Square,
    /// A circle to tick: one choice.
    Circle,
    /// A line to write on, a rule or a crop mark: from one corner to the opposite one.
    Rule,
    /// A QR code.
    Qr(Rc<Matrix>),
}

/// Something drawn, at a place in its row. All lengths are points.
#[derive(Debug, Clone)]
pub struct Mark {
    /// From the column's start edge to the mark's start edge.
    pub x: f32,
    /// From the row's top to the mark's top.
    pub y: f32,
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// What it is.
    pub drawing: Drawing,
    /// Its place in the structure; none for an artifact.
    pub leaf: Option<Leaf>,
}

/// Marks that stand side by side.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Space before it, but not at the top of a page.
    pub above: f32,
    /// Its height.
    pub height: f32,
    /// The next row stands on the same page.
    pub keep: bool,
    /// What stands in it.
    pub marks: Vec<Mark>,
}

/// An element of the structure.
#[derive(Debug, Clone)]
pub struct Element {
    /// What it is.
    pub tag: TagKind,
    /// What is in it, in reading order.
    pub children: Vec<Child>,
}

/// What is in an element.
#[derive(Debug, Clone)]
pub enum Child {
    /// Another element.
    Element(Element),
    /// A mark.
    Leaf(Leaf),
}

/// An entry of the outline.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it says.
    pub title: String,
    /// The row that it leads to.
    pub row: usize,
}

/// All that is to stand on paper.
#[derive(Debug, Default)]
pub struct Content {
    /// The rows in order.
    pub rows: Vec<Row>,
    /// The structure's roots.
    pub structure: Vec<Child>,
    /// How many leaves it has.
    pub leaves: usize,
    /// The outline.
    pub outline: Vec<Entry>,
}
