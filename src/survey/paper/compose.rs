//! Composing: headings, paragraphs, options and lines to write on, one below the other, with their structure.

use std::num::NonZeroU16;
use std::rc::Rc;

use krilla::tagging::{Tag, TagKind};

use super::PaperError;
use super::content::{Child, Content, Drawing, Element, Entry, Leaf, Mark, Row};
use super::text::{Ink, Paragraph, Style, Typesetter};

/// The gap between things that stand side by side.
pub const GAP: f32 = 6.0;
/// What a group may be high, in points, to stay in one piece.
const TOGETHER: f32 = 250.0;

/// What people read.
pub const BODY: Style = Style { size: 11.5, bold: false, ink: Ink::Full, left_to_right: false };
/// What stands out in it.
pub const BOLD: Style = Style { bold: true, ..BODY };
/// What guides through it.
pub const HINT: Style = Style { size: 10.5, ..BODY };
/// Composes content.
pub struct Composer<'a> {
    /// Sets its texts.
    pub typesetter: &'a mut Typesetter,
    width: f32,
    indent: f32,
    content: Content,
    open: Vec<Element>,
}

impl<'a> Composer<'a> {
    /// A composer of a column of `width` points.
    pub fn new(typesetter: &'a mut Typesetter, width: f32) -> Self {
        Self { typesetter, width, indent: 0.0, content: Content::default(), open: Vec::new() }
    }

    /// What was composed.
    pub fn finish(self) -> Content {
        self.content
    }

    /// From the column's start edge to where things begin.
    pub fn indent(&self) -> f32 {
        self.indent
    }

    /// The width that is left within the indent.
    pub fn width(&self) -> f32 {
        self.width - self.indent
    }

    /// Puts what `build` composes into an element.
    ///
    /// # Errors
    /// Those of `build`.
    pub fn within<T>(
        &mut self,
        tag: impl Into<TagKind>,
        build: impl FnOnce(&mut Self) -> Result<T, PaperError>,
    ) -> Result<T, PaperError> {
        self.open.push(Element { tag: tag.into(), children: Vec::new() });
        let built = build(self);
        if let Some(element) = self.open.pop() {
            self.append(Child::Element(element));
        }
        built
    }

    /// Moves what `build` composes towards the end edge.
    ///
    /// # Errors
    /// Those of `build`.
    pub fn indented<T>(
        &mut self,
        by: f32,
        build: impl FnOnce(&mut Self) -> Result<T, PaperError>,
    ) -> Result<T, PaperError> {
        self.indent += by;
        let built = build(self);
        self.indent -= by;
        built
    }

    /// Keeps what `build` composes on one page. What is too high for that keeps its first `head` rows together, and
    /// its last two: a question is never torn from its first options, and no option stands alone.
    ///
    /// # Errors
    /// Those of `build`.
    pub fn together<T>(
        &mut self,
        build: impl FnOnce(&mut Self) -> Result<(T, usize), PaperError>,
    ) -> Result<T, PaperError> {
        let first = self.content.rows.len();
        let (built, head) = build(self)?;
        let rows = &mut self.content.rows[first..];
        let high = rows.iter().map(|row| row.above + row.height).sum::<f32>() > TOGETHER;
        let count = rows.len();
        for (number, row) in rows.iter_mut().enumerate() {
            let kept = !high || number < head || number + 2 == count;
            row.keep |= kept && number + 1 < count;
        }
        Ok(built)
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.content.rows.len()
    }

    /// The last row stays with what follows it.
    pub fn keep_last(&mut self) {
        if let Some(last) = self.content.rows.last_mut() {
            last.keep = true;
        }
    }

    /// Adds a row, marks within.
    pub fn row(&mut self, row: Row) {
        self.content.rows.push(row);
    }

    /// A new leaf of the element that is open.
    pub fn leaf(&mut self) -> Leaf {
        let leaf = self.content.leaves;
        self.content.leaves += 1;
        self.append(Child::Leaf(leaf));
        leaf
    }

    fn append(&mut self, child: Child) {
        match self.open.last_mut() {
            Some(element) => element.children.push(child),
            None => self.content.structure.push(child),
        }
    }

    /// An entry of the outline that leads to the next row.
    pub fn entry(&mut self, title: &str) {
        self.content.outline.push(Entry { title: title.to_owned(), row: self.content.rows.len() });
    }

    /// A heading that stays with what follows it; those of the first two levels stand in the outline.
    ///
    /// # Errors
    /// As [`Typesetter::set`].
    pub fn heading(&mut self, level: u16, text: &str, style: Style, above: f32) -> Result<(), PaperError> {
        if level <= 2 {
            self.entry(text);
        }
        let first = self.content.rows.len();
        self.paragraph(heading_tag(level, text), text, style, above)?;
        self.content.rows[first..].iter_mut().for_each(|row| row.keep = true);
        Ok(())
    }

    /// A heading with its number in front.
    ///
    /// # Errors
    /// As [`Typesetter::set`].
    pub fn numbered(&mut self, level: u16, number: &str, text: &str, room: f32, above: f32) -> Result<(), PaperError> {
        let first = self.content.rows.len();
        let title = format!("{number} {text}");
        self.within(heading_tag(level, &title), |composer| {
            let x = composer.indent;
            let label = composer.set(number, BOLD, room)?;
            let mark = composer.text(&label, 0, x, 0.0, room);
            composer.indented(room, |composer| composer.lines(text, BOLD, above))?;
            if let Some(row) = composer.content.rows.get_mut(first) {
                row.marks.insert(0, mark);
            }
            Ok(())
        })?;
        self.content.rows[first..].iter_mut().for_each(|row| row.keep = true);
        Ok(())
    }

    /// A paragraph; short ones stay on one page, and no line of a long one stands alone.
    ///
    /// # Errors
    /// As [`Typesetter::set`].
    pub fn paragraph(
        &mut self,
        tag: impl Into<TagKind>,
        text: &str,
        style: Style,
        above: f32,
    ) -> Result<(), PaperError> {
        self.within(tag, |composer| composer.lines(text, style, above))
    }

    /// What guides through a question: it stays with what follows it.
    ///
    /// # Errors
    /// As [`Typesetter::set`].
    pub fn guide(&mut self, text: &str) -> Result<(), PaperError> {
        let first = self.content.rows.len();
        self.paragraph(Tag::P, text, HINT, 2.0)?;
        self.content.rows[first..].iter_mut().for_each(|row| row.keep = true);
        Ok(())
    }

    fn lines(&mut self, text: &str, style: Style, above: f32) -> Result<(), PaperError> {
        let paragraph = self.set(text, style, self.width())?;
        let count = paragraph.lines.len();
        for (number, line) in paragraph.lines.iter().enumerate() {
            let mark = self.text(&paragraph, number, self.indent, 0.0, self.width());
            let above = if number == 0 { above } else { 0.0 };
            let keep = number + 1 < count && (count <= 6 || number == 0 || number + 2 == count);
            self.row(Row { above, height: line.height, keep, marks: vec![mark] });
        }
        Ok(())
    }

    /// Sets a text.
    ///
    /// # Errors
    /// As [`Typesetter::set`].
    pub fn set(&mut self, text: &str, style: Style, width: f32) -> Result<Rc<Paragraph>, PaperError> {
        self.typesetter.set(text, style, width).map(Rc::new)
    }

    /// A style in the first of `sizes` in which a text stands on one line, or in the last one.
    ///
    /// # Errors
    /// As [`Typesetter::set`].
    pub fn fitting(&mut self, text: &str, style: Style, sizes: &[f32], width: f32) -> Result<Style, PaperError> {
        let mut style = style;
        for size in sizes {
            style.size = *size;
            if self.typesetter.width(text, style)? <= width {
                break;
            }
        }
        Ok(style)
    }

    /// A line of a paragraph as a mark and a leaf of the element that is open.
    pub fn text(&mut self, paragraph: &Rc<Paragraph>, number: usize, x: f32, y: f32, width: f32) -> Mark {
        let leaf = Some(self.leaf());
        let height = paragraph.lines.get(number).map_or(0.0, |line| line.height);
        Mark { x, y, width, height, drawing: Drawing::Text(Rc::clone(paragraph), number), leaf }
    }
}

fn heading_tag(level: u16, text: &str) -> TagKind {
    Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(text.to_owned())).into()
}
