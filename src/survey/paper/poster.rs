//! A poster: what, for whom, until when, and where.

use std::rc::Rc;

use krilla::tagging::Tag;

use super::compose::{BODY, BOLD, Composer};
use super::content::{Drawing, MM, Mark, Row};
use super::pdf::{self, Margins, Sheet};
use super::qr::Matrix;
use super::text::{Style, Typesetter};
use super::{PaperError, Print};

const MARGINS: Margins = Margins { side: 20.0 * MM, top: 20.0 * MM, bottom: 14.0 * MM };
const TITLE: Style = Style { size: 40.0, ..BOLD };
const LARGE: Style = Style { size: 21.0, ..BODY };
const LARGE_BOLD: Style = Style { size: 21.0, ..BOLD };
const MEDIUM: Style = Style { size: 17.0, ..BODY };
/// How much smaller it may be, tried in this order, where texts are long.
const SCALES: &[f32] = &[1.0, 0.92, 0.85, 0.78, 0.7];
/// The side of the code, its quiet border included: read from a metre and a half.
const CODE: f32 = 86.0 * MM;
/// Sizes that an address is tried in, the largest first.
const ADDRESS: &[f32] = &[34.0, 30.0, 26.0, 23.0, 20.0, 17.0, 14.0];

/// The poster as a PDF of one A4 page, as large as its texts allow.
///
/// # Errors
/// A text has letters of no font of ours; it does not fit on one page; the address is too long for a code.
pub fn poster(print: &Print<'_>) -> Result<Vec<u8>, PaperError> {
    let mut typesetter = Typesetter::new(print.language.right_to_left)?;
    let title = print.read(&print.questionnaire.title);
    let sheet = Sheet::single(print, title.clone(), MARGINS);
    let mut tried = Err(PaperError::Outside(title));
    for scale in SCALES {
        let mut composer = Composer::new(&mut typesetter, MARGINS.width());
        compose(print, &mut composer, *scale)?;
        tried = pdf::write(&composer.finish(), &sheet, &mut typesetter);
        if !matches!(tried, Err(PaperError::Outside(_))) {
            break;
        }
    }
    tried
}

fn compose(print: &Print<'_>, composer: &mut Composer<'_>, scale: f32) -> Result<(), PaperError> {
    let questionnaire = print.questionnaire;
    let sized = |style: Style| Style { size: style.size * scale, ..style };
    let line = |composer: &mut Composer<'_>, text: &str, style: Style, above: f32| {
        composer.paragraph(Tag::P, text, sized(style), above * scale)
    };
    line(composer, &print.message("frame-owner", &[]), LARGE_BOLD, 0.0)?;
    composer.heading(1, &print.read(&questionnaire.title), sized(TITLE), 14.0 * scale)?;
    if print.simulated {
        line(composer, &print.message("frame-simulated", &[]), MEDIUM, 8.0)?;
    }
    if let Some(what) = print.paragraphs(&questionnaire.texts.start).first() {
        line(composer, what, LARGE, 12.0)?;
    }
    let who = print.read(&questionnaire.target_population);
    line(composer, &print.message("home-for", &[("who", &who)]), LARGE_BOLD, 12.0)?;
    if let Some(day) = print.last_day {
        line(composer, &print.message("paper-until", &[("date", &print.day(day))]), LARGE_BOLD, 12.0)?;
    }
    let address = print.address();
    code(print, composer, &address, CODE * scale)?;
    let short = Print::short(&address);
    let large = Style { left_to_right: true, ..BOLD };
    let style = composer.fitting(short, large, ADDRESS, MARGINS.width())?;
    composer.paragraph(Tag::P, short, style, 2.0)?;
    line(composer, &print.message("paper-scan", &[]), MEDIUM, 6.0)?;
    let minutes = questionnaire.minutes.to_string();
    line(composer, &print.message("paper-promise", &[("minutes", &minutes)]), MEDIUM, 10.0)?;
    languages(print, composer, sized(MEDIUM))
}

/// The code, ranged at the start edge: its quiet border stands in the margin.
fn code(print: &Print<'_>, composer: &mut Composer<'_>, address: &str, side: f32) -> Result<(), PaperError> {
    let drawing = Drawing::Qr(Rc::new(Matrix::of(address)?));
    let said = print.message("paper-qr", &[("address", address)]);
    composer.within(Tag::Figure(Some(said)), |composer| {
        let leaf = Some(composer.leaf());
        let mark = Mark { x: 0.0, y: 0.0, width: side, height: side, drawing, leaf };
        composer.row(Row { above: 8.0, height: side, marks: vec![mark], ..Row::default() });
        Ok(())
    })
}

/// The languages' own names, where there are several.
fn languages(print: &Print<'_>, composer: &mut Composer<'_>, style: Style) -> Result<(), PaperError> {
    let languages = &print.questionnaire.languages;
    if languages.len() < 2 {
        return Ok(());
    }
    let mut row = Row { above: 10.0, ..Row::default() };
    let mut x = composer.indent();
    for language in languages {
        let width = composer.typesetter.width(&language.name, style)? + 1.0;
        let paragraph = composer.set(&language.name, style, width)?;
        composer.within(Tag::P.with_lang(Some(language.code.clone())), |composer| {
            let mark = composer.text(&paragraph, 0, x, 0.0, width);
            row.height = row.height.max(mark.height);
            row.marks.push(mark);
            Ok(())
        })?;
        x += width + 18.0;
    }
    composer.row(row);
    Ok(())
}
