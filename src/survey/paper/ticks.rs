//! Options to tick: a code for the one who keys, a box, a label.

use krilla::tagging::{ListNumbering, Tag};

use super::PaperError;
use super::compose::{BODY, Composer, GAP, HINT};
use super::content::{Drawing, Mark, Row};
use super::text::{Ink, Style};

/// The side of a box.
const TICK: f32 = 13.0;
/// Room for a code before a box.
const CODE: f32 = 17.0;
/// From the start of an option to its label.
const LABEL: f32 = CODE + TICK + GAP;
/// Codes.
const SMALL: Style = Style { size: 7.5, bold: false, ink: Ink::Discreet, left_to_right: true };

/// An option, as it stands on paper.
#[derive(Debug, Clone)]
pub struct Tick {
    /// A circle: one choice. Else a square.
    pub one: bool,
    /// What is keyed.
    pub code: String,
    /// The label.
    pub label: String,
    /// What follows from choosing it.
    pub note: Option<String>,
    /// What to write beside it, where something is.
    pub write: Option<String>,
}

impl Composer<'_> {
    /// Options, one below the other or in columns, read along the rows.
    ///
    /// # Errors
    /// As [`Typesetter::set`].
    pub fn options(&mut self, ticks: &[Tick], columns: usize) -> Result<(), PaperError> {
        if ticks.is_empty() {
            return Ok(());
        }
        let columns = columns.max(1);
        self.within(Tag::L(ListNumbering::Decimal), |composer| {
            let mut rest = ticks;
            while let Some(first) = rest.first() {
                let alone = |tick: &Tick| tick.write.is_some() || tick.note.is_some();
                let taken =
                    if alone(first) { 1 } else { rest.iter().take(columns).take_while(|tick| !alone(tick)).count() };
                let (row, later) = rest.split_at(taken);
                composer.option_row(row, if alone(first) { 1 } else { columns })?;
                rest = later;
            }
            Ok(())
        })
    }

    fn option_row(&mut self, ticks: &[Tick], columns: usize) -> Result<(), PaperError> {
        #[expect(clippy::cast_precision_loss, reason = "a few columns")]
        let width = self.width() / columns as f32;
        let mut row = Row { above: 5.0, ..Row::default() };
        let mut x = self.indent();
        for tick in ticks {
            self.within(Tag::LI, |composer| composer.option(tick, x, width, &mut row))?;
            x += width;
        }
        let writes = ticks.iter().find_map(|tick| tick.write.as_deref());
        row.keep = writes.is_some();
        self.row(row);
        if let Some(write) = writes {
            self.indented(LABEL, |composer| composer.write_label(write))?;
        }
        Ok(())
    }

    /// Code, box and label at `x`.
    fn option(&mut self, tick: &Tick, x: f32, width: f32, row: &mut Row) -> Result<(), PaperError> {
        let code = self.set(&tick.code, SMALL, CODE)?;
        let room = width - LABEL - GAP;
        let label = self.set(&tick.label, BODY, room)?;
        let note = tick.note.as_ref().map(|note| self.set(note, HINT, room)).transpose()?;
        let line = label.lines.first().map_or(TICK, |line| line.height);
        let code_height = code.lines.first().map_or(0.0, |line| line.height);
        self.within(Tag::Lbl, |composer| {
            let mark = composer.text(&code, 0, x, (line - code_height) / 2.0, CODE);
            row.marks.push(mark);
            Ok(())
        })?;
        let drawing = if tick.one { Drawing::Circle } else { Drawing::Square };
        let y = (line - TICK) / 2.0;
        row.marks.push(Mark { x: x + CODE, y, width: TICK, height: TICK, drawing, leaf: None });
        let mut y = 0.0;
        self.within(Tag::LBody, |composer| {
            for paragraph in [Some(label), note].into_iter().flatten() {
                for number in 0..paragraph.lines.len() {
                    row.marks.push(composer.text(&paragraph, number, x + LABEL, y, room));
                    y += paragraph.lines[number].height;
                }
            }
            Ok(())
        })?;
        row.height = row.height.max(y);
        Ok(())
    }

    /// How many columns, at most `most`, show each of these labels on one line.
    ///
    /// # Errors
    /// As [`Typesetter::set`].
    pub fn columns(&mut self, ticks: &[Tick], most: usize) -> Result<usize, PaperError> {
        let mut widest = 0.0_f32;
        for tick in ticks {
            widest = widest.max(self.typesetter.width(&tick.label, BODY)?);
        }
        let needed = widest + LABEL + GAP + 1.0;
        let mut columns = most.max(1);
        #[expect(clippy::cast_precision_loss, reason = "a few columns")]
        while columns > 1 && needed * columns as f32 > self.width() {
            columns -= 1;
        }
        Ok(columns)
    }
}
