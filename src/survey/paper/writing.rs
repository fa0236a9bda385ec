//! Lines and boxes to write in, and rules.

use krilla::tagging::Tag;

use super::PaperError;
use super::compose::{Composer, GAP, HINT};
use super::content::{Drawing, Mark, Row};

/// The distance of lines to write on.
const WRITING: f32 = 27.0;

impl Composer<'_> {
    /// Something to write, said first, then a line for it.
    ///
    /// # Errors
    /// As [`Typesetter::set`].
    pub fn write_label(&mut self, label: &str) -> Result<(), PaperError> {
        let width = self.typesetter.width(label, HINT)?.min(self.width() / 2.0) + 1.0;
        let paragraph = self.set(label, HINT, width)?;
        let height = WRITING.max(paragraph.lines.iter().map(|line| line.height).sum::<f32>());
        let mut row = Row { height, ..Row::default() };
        self.within(Tag::P, |composer| {
            let mut y = height - paragraph.lines.iter().map(|line| line.height).sum::<f32>();
            for number in 0..paragraph.lines.len() {
                row.marks.push(composer.text(&paragraph, number, composer.indent(), y, width));
                y += paragraph.lines[number].height;
            }
            Ok(())
        })?;
        let x = self.indent() + width + GAP;
        row.marks.push(rule(x, height - 2.0, self.indent() + self.width() - x));
        self.row(row);
        Ok(())
    }

    /// Lines to write on.
    pub fn writing(&mut self, count: usize) {
        for number in 0..count {
            let marks = vec![rule(self.indent(), WRITING - 2.0, self.width())];
            self.row(Row { height: WRITING, keep: number + 1 < count, marks, ..Row::default() });
        }
    }

    /// Boxes to write numbers in.
    pub fn number_boxes(&mut self, count: usize) {
        let (width, height, gap) = (42.0, 28.0, 12.0);
        let mut x = self.indent();
        let mut marks = Vec::new();
        for _ in 0..count {
            marks.push(Mark { x, y: 0.0, width, height, drawing: Drawing::Square, leaf: None });
            x += width + gap;
        }
        self.row(Row { above: 6.0, height, marks, ..Row::default() });
    }

    /// A rule across the column, above what follows.
    pub fn rule(&mut self, above: f32) {
        let marks = vec![rule(self.indent(), 0.0, self.width())];
        self.row(Row { above, height: 1.0, keep: true, marks });
    }

    /// A rule across the column, below what it stands with.
    pub fn closing_rule(&mut self, above: f32) {
        self.keep_last();
        let marks = vec![rule(self.indent(), 0.0, self.width())];
        self.row(Row { above, height: 1.0, marks, ..Row::default() });
    }
}

fn rule(x: f32, y: f32, width: f32) -> Mark {
    Mark { x, y, width, height: 0.0, drawing: Drawing::Rule, leaf: None }
}
