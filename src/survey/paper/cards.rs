//! Cards to put in a pocket, ten on a sheet.
//!
//! Someone at home may find a card. So it names the municipality, a dialogue and an address, and never what the
//! dialogue is about: neither its title nor its texts stand here.

use std::rc::Rc;

use krilla::tagging::{Tag, TagKind};

use super::compose::{BODY, BOLD, Composer};
use super::content::{Drawing, MM, Mark, Row};
use super::pdf::{self, Margins, Sheet};
use super::qr::Matrix;
use super::text::{Style, Typesetter};
use super::{PaperError, Print};

/// A business card, ISO 7810's sides rounded.
const CARD: (f32, f32) = (85.0 * MM, 55.0 * MM);
const COLUMNS: usize = 2;
const ROWS: usize = 5;
/// The column holds the cards and the crop marks around them.
const MARGINS: Margins = Margins { side: 11.0 * MM, top: 4.0 * MM, bottom: 4.0 * MM };
/// From the column's start edge to the first card.
const FIRST: f32 = 9.0 * MM;
const CROP: f32 = 5.0 * MM;
const PADDING: f32 = 5.0 * MM;
/// The side of the code, its quiet border included.
const CODE: f32 = 29.0 * MM;
const LINE: Style = Style { size: 9.0, ..BODY };
const LINE_BOLD: Style = Style { size: 9.0, ..BOLD };
const ADDRESS: Style = Style { left_to_right: true, ..BOLD };
/// How much smaller texts may be, tried in this order, where there are many.
const SCALES: &[f32] = &[1.0, 0.92, 0.85, 0.78, 0.7];
/// Sizes that the title and the address are tried in, the largest first.
const SIZES: &[f32] = &[13.0, 12.0, 11.0, 10.0, 9.0, 8.0];

/// A sheet of ten cards as a PDF, with crop marks; the texts as large as they allow.
///
/// # Errors
/// A text has letters of no font of ours, or does not fit on a card; the address is too long for a code.
pub fn cards(print: &Print<'_>) -> Result<Vec<u8>, PaperError> {
    let mut typesetter = Typesetter::new(print.language.right_to_left)?;
    let title = print.message("paper-card-title", &[]);
    let sheet = Sheet::single(print, title.clone(), MARGINS);
    let mut tried = Err(PaperError::Outside(title));
    for scale in SCALES {
        let mut composer = Composer::new(&mut typesetter, MARGINS.width());
        tried = compose(print, &mut composer, *scale).map(|()| composer.finish());
        if !matches!(tried, Err(PaperError::Outside(_))) {
            break;
        }
    }
    pdf::write(&tried?, &sheet, &mut typesetter)
}

fn compose(print: &Print<'_>, composer: &mut Composer<'_>, scale: f32) -> Result<(), PaperError> {
    composer.row(crop_above_or_below(false));
    composer.entry(&print.message("paper-card-title", &[]));
    let code = Rc::new(Matrix::of(&print.address())?);
    for row in 0..ROWS {
        let mut marks = crops_beside(row + 1 == ROWS);
        for column in 0..COLUMNS {
            #[expect(clippy::cast_precision_loss, reason = "two columns")]
            let x = FIRST + column as f32 * CARD.0;
            // Whoever has the sheet read aloud hears one card, not ten.
            let told = row == 0 && column == 0;
            card(print, composer, &code, (x, scale), told, &mut marks)?;
        }
        composer.row(Row { height: CARD.1, marks, ..Row::default() });
    }
    composer.row(crop_above_or_below(true));
    Ok(())
}

/// A card at `x`, its texts `scale` times as large.
fn card(
    print: &Print<'_>,
    composer: &mut Composer<'_>,
    code: &Rc<Matrix>,
    (x, scale): (f32, f32),
    told: bool,
    marks: &mut Vec<Mark>,
) -> Result<(), PaperError> {
    let title = print.message("paper-card-title", &[]);
    // The code's quiet border is space enough.
    let width = CARD.0 - 1.5 * PADDING - CODE;
    let name = composer.fitting(&title, BOLD, SIZES, width)?;
    let sized = |style: Style| Style { size: style.size * scale, ..style };
    let minutes = print.questionnaire.minutes.to_string();
    let heading = Tag::Hn(std::num::NonZeroU16::MIN, Some(title.clone())).into();
    let mut lines: Vec<(TagKind, String, Style, f32)> = vec![
        (Tag::P.into(), print.message("frame-title", &[]), LINE_BOLD, 0.0),
        (heading, title, name, 2.0),
        (Tag::P.into(), print.message("paper-card-what", &[("minutes", &minutes)]), LINE, 4.0),
    ];
    if let Some(day) = print.last_day {
        lines.push((Tag::P.into(), print.message("paper-until", &[("date", &print.day(day))]), LINE_BOLD, 4.0));
    }
    if print.simulated {
        lines.push((Tag::P.into(), print.message("frame-simulated", &[]), LINE, 4.0));
    }
    let mut y = PADDING;
    for (tag, text, style, above) in lines {
        y = text_lines(composer, tag, &text, sized(style), (x + PADDING, y + above * scale, width), told, marks)?;
    }
    let address = print.address();
    let said = print.message("paper-qr", &[("address", &address)]);
    let drawing = Drawing::Qr(Rc::clone(code));
    composer.within(Tag::Figure(Some(said)), |composer| {
        let leaf = told.then(|| composer.leaf());
        let x = x + CARD.0 - PADDING / 2.0 - CODE;
        marks.push(Mark { x, y: PADDING / 2.0, width: CODE, height: CODE, drawing, leaf });
        Ok(())
    })?;
    let short = Print::short(&address);
    let whole = CARD.0 - 2.0 * PADDING;
    let style = composer.fitting(short, ADDRESS, SIZES, whole)?;
    let height: f32 = composer.set(short, style, whole)?.lines.iter().map(|line| line.height).sum();
    let top = CARD.1 - PADDING - height;
    if y > top {
        return Err(PaperError::Outside(short.to_owned()));
    }
    text_lines(composer, Tag::P.into(), short, style, (x + PADDING, top, whole), told, marks)?;
    Ok(())
}

/// Sets a text at a place of a given width, and says where it ends.
fn text_lines(
    composer: &mut Composer<'_>,
    tag: TagKind,
    text: &str,
    style: Style,
    (x, y, width): (f32, f32, f32),
    told: bool,
    marks: &mut Vec<Mark>,
) -> Result<f32, PaperError> {
    let paragraph = composer.set(text, style, width)?;
    composer.within(tag, |composer| {
        let mut y = y;
        for number in 0..paragraph.lines.len() {
            let leaf = told.then(|| composer.leaf());
            let height = paragraph.lines[number].height;
            marks.push(Mark { x, y, width, height, drawing: Drawing::Text(Rc::clone(&paragraph), number), leaf });
            y += height;
        }
        Ok(y)
    })
}

/// Marks where to cut along the sheet, above the cards or below them.
#[expect(clippy::cast_precision_loss, reason = "two columns")]
fn crop_above_or_below(below: bool) -> Row {
    let y = if below { 1.0 * MM } else { 0.0 };
    let height = CROP - 1.0 * MM;
    let at = (0..=COLUMNS).map(|column| FIRST + column as f32 * CARD.0);
    let marks = at.map(|x| Mark { x, y, width: 0.0, height, drawing: Drawing::Rule, leaf: None }).collect();
    Row { height: CROP, marks, ..Row::default() }
}

/// Marks where to cut across the sheet, beside a row of cards.
#[expect(clippy::cast_precision_loss, reason = "two columns")]
fn crops_beside(last: bool) -> Vec<Mark> {
    let end = FIRST + COLUMNS as f32 * CARD.0 + 1.0 * MM;
    let heights = [Some(0.0), last.then_some(CARD.1)].into_iter().flatten();
    let width = CROP - 1.0 * MM;
    let both =
        |y: f32| [FIRST - CROP, end].map(|x| Mark { x, y, width, height: 0.0, drawing: Drawing::Rule, leaf: None });
    heights.flat_map(both).collect()
}
