//! Drawing marks on a page.

use krilla::color::luma;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;

use super::PaperError;
use super::content::{Drawing, Mark, PAGE};
use super::qr::{Matrix, QUIET};
use super::text::{Ink, Paragraph};

/// How far control points of a quarter circle stand from its ends.
const ROUND: f32 = 0.552_285;
/// The lines of boxes.
const BOX_LINE: f32 = 1.0;
/// Lines to write on.
const FINE_LINE: f32 = 0.75;

/// Where a row stands on its page.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    /// From the page's edge to the column's, at both sides.
    pub side: f32,
    /// From the page's top to the row's.
    pub top: f32,
    /// The column's start edge is the right one.
    pub right_to_left: bool,
}

impl Pen {
    /// The left top corner of a mark on the page.
    fn corner(self, mark: &Mark) -> (f32, f32) {
        let x = if self.right_to_left { PAGE.0 - self.side - mark.x - mark.width } else { self.side + mark.x };
        (x, self.top + mark.y)
    }
}

fn gray(ink: Ink) -> luma::Color {
    luma::Color::new(match ink {
        Ink::Full => 0,
        Ink::Discreet => 0x59,
    })
}

/// Draws a mark.
///
/// # Errors
/// [`PaperError::Geometry`] where a length is no number: a fault of ours.
pub fn mark(surface: &mut Surface<'_>, pen: Pen, mark: &Mark) -> Result<(), PaperError> {
    let (x, y) = pen.corner(mark);
    match &mark.drawing {
        Drawing::Text(paragraph, line) => {
            text(surface, paragraph, *line, x, y);
            Ok(())
        }
        Drawing::Square => outlined(surface, square(x, y, mark), BOX_LINE),
        Drawing::Circle => outlined(surface, circle(x, y, mark.width), BOX_LINE),
        Drawing::Rule => {
            let mut path = PathBuilder::new();
            path.move_to(x, y);
            path.line_to(x + mark.width, y + mark.height);
            outlined(surface, path.finish(), FINE_LINE)
        }
        Drawing::Qr(matrix) => filled(surface, qr(matrix, x, y, mark.width)),
    }
}

fn text(surface: &mut Surface<'_>, paragraph: &Paragraph, line: usize, x: f32, y: f32) {
    let Some(line) = paragraph.lines.get(line) else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: gray(paragraph.ink).into(), ..Fill::default() }));
    for run in &line.runs {
        let at = Point::from_xy(x + run.x, y + line.baseline);
        surface.draw_glyphs(at, &run.glyphs, run.font.clone(), &paragraph.text, run.size, false);
    }
}

fn outlined(surface: &mut Surface<'_>, path: Option<Path>, width: f32) -> Result<(), PaperError> {
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: gray(Ink::Full).into(), width, ..Stroke::default() }));
    surface.draw_path(&path.ok_or(PaperError::Geometry)?);
    Ok(())
}

fn filled(surface: &mut Surface<'_>, path: Option<Path>) -> Result<(), PaperError> {
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: gray(Ink::Full).into(), ..Fill::default() }));
    surface.draw_path(&path.ok_or(PaperError::Geometry)?);
    Ok(())
}

fn square(x: f32, y: f32, mark: &Mark) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, mark.width, mark.height)?);
    path.finish()
}

fn circle(x: f32, y: f32, side: f32) -> Option<Path> {
    let (r, (cx, cy)) = (side / 2.0, (x + side / 2.0, y + side / 2.0));
    let k = r * ROUND;
    let mut path = PathBuilder::new();
    path.move_to(cx + r, cy);
    path.cubic_to(cx + r, cy + k, cx + k, cy + r, cx, cy + r);
    path.cubic_to(cx - k, cy + r, cx - r, cy + k, cx - r, cy);
    path.cubic_to(cx - r, cy - k, cx - k, cy - r, cx, cy - r);
    path.cubic_to(cx + k, cy - r, cx + r, cy - k, cx + r, cy);
    path.close();
    path.finish()
}

/// A code and its quiet border within `side` points.
#[expect(clippy::cast_precision_loss, reason = "a code has at most 177 modules along a side")]
fn qr(matrix: &Matrix, x: f32, y: f32, side: f32) -> Option<Path> {
    let module = side / (matrix.size + 2 * QUIET) as f32;
    let at = |modules: usize| (modules + QUIET) as f32 * module;
    let mut path = PathBuilder::new();
    for (row, column, length) in matrix.runs() {
        path.push_rect(Rect::from_xywh(x + at(column), y + at(row), length as f32 * module, module)?);
    }
    path.finish()
}
