//! The whole questionnaire on paper: who it is for, how to fill it in, the parts, and where to hand it in.

use krilla::tagging::Tag;

use super::compose::{BODY, BOLD, Composer, HINT};
use super::content::MM;
use super::numbers::{Numbers, stands_alone};
use super::pdf::{self, Furniture, Margins, Sheet};
use super::question::Questions;
use super::text::{Style, Typesetter};
use super::{PaperError, Print};
use crate::survey::definition::Part;
use crate::survey::document::layout;

const MARGINS: Margins = Margins { side: 20.0 * MM, top: 19.0 * MM, bottom: 19.0 * MM };
const TITLE: Style = Style { size: 21.0, ..BOLD };
const PART: Style = Style { size: 15.0, ..BOLD };

/// The questionnaire as a PDF.
///
/// # Errors
/// A text has letters of no font of ours, or does not fit on paper.
pub fn questionnaire(print: &Print<'_>) -> Result<Vec<u8>, PaperError> {
    let mut typesetter = Typesetter::new(print.language.right_to_left)?;
    let numbers = Numbers::of(print.questionnaire);
    let mut composer = Composer::new(&mut typesetter, MARGINS.width());
    start(print, &mut composer)?;
    let mut questions = Questions::new(print, &numbers);
    let mut before = None;
    for part in &print.questionnaire.parts {
        composer.within(Tag::Section, |composer| self::part(print, composer, &mut questions, part, before))?;
        before = Some(part);
    }
    end(print, &mut composer)?;
    let content = composer.finish();
    let title = print.read(&print.questionnaire.title);
    let case = print.message("paper-case", &[("case", &print.questionnaire.case_number)]);
    let questionnaire = print.questionnaire;
    let sheet = Sheet {
        title: title.clone(),
        language: &print.language.code,
        date: print.date,
        margins: MARGINS,
        furniture: Some(Furniture {
            head: (if print.simulated { print.message("frame-simulated", &[]) } else { title }, case),
            foot: format!("{} {} {}", questionnaire.id, questionnaire.version, print.language.code),
            page: &|page, pages| {
                print.message("paper-page", &[("page", &page.to_string()), ("pages", &pages.to_string())])
            },
        }),
    };
    pdf::write(&content, &sheet, &mut typesetter)
}

/// Who it is for comes first: nobody fills it in only to learn that it was for others.
fn start(print: &Print<'_>, composer: &mut Composer<'_>) -> Result<(), PaperError> {
    let texts = &print.questionnaire.texts;
    composer.paragraph(Tag::P, &print.message("frame-owner", &[]), HINT, 0.0)?;
    composer.heading(1, &print.read(&print.questionnaire.title), TITLE, 4.0)?;
    let who = print.read(&print.questionnaire.target_population);
    composer.paragraph(Tag::P, &print.message("home-for", &[("who", &who)]), BOLD, 8.0)?;
    if !print.language.reviewed {
        composer.paragraph(Tag::P, &print.message("survey-unreviewed", &[]), BODY, 8.0)?;
    }
    for paragraph in print.paragraphs(&texts.start) {
        composer.paragraph(Tag::P, &paragraph, BODY, 7.0)?;
    }
    composer.heading(2, &print.message("paper-how-title", &[]), PART, 18.0)?;
    for line in [
        print.message("paper-how-shapes", &[]),
        print.message("paper-how-skip", &[]),
        print.message("paper-how-write", &[]),
        print.message("paper-how-codes", &[]),
    ] {
        composer.paragraph(Tag::P, &line, BODY, 7.0)?;
    }
    composer.heading(2, &print.message("paper-hand-in-title", &[]), PART, 18.0)?;
    if let Some(day) = print.last_day {
        composer.paragraph(Tag::P, &print.message("paper-until", &[("date", &print.day(day))]), BOLD, 7.0)?;
    }
    composer.paragraph(Tag::P, &hand_in(print), BODY, 7.0)?;
    composer.paragraph(Tag::P, &address(print, "paper-web", &print.address()), BODY, 7.0)?;
    composer.paragraph(Tag::P, &address(print, "paper-privacy", &print.common("integritet")), BODY, 7.0)
}

fn hand_in(print: &Print<'_>) -> String {
    match print.hand_in {
        Some(place) => print.message("paper-hand-in", &[("place", place)]),
        None => print.message("paper-hand-in-here", &[]),
    }
}

fn address(print: &Print<'_>, key: &str, address: &str) -> String {
    print.message(key, &[("address", Print::short(address))])
}

fn part(
    print: &Print<'_>,
    composer: &mut Composer<'_>,
    questions: &mut Questions<'_>,
    part: &Part,
    before: Option<&Part>,
) -> Result<(), PaperError> {
    let questionnaire = print.questionnaire;
    // Two screens may be one part of the paper.
    let goes_on = before.is_some_and(|before| before.number == part.number && before.title == part.title);
    let parts = questionnaire.parts.iter().map(|part| part.number).max().unwrap_or(0);
    let numbers = [("number", &*part.number.to_string()), ("parts", &*parts.to_string())];
    let title = format!("{}: {}", print.message("survey-part", &numbers), print.read(&part.title));
    if !goes_on {
        composer.heading(2, &title, PART, 30.0)?;
    }
    // That the survey is for her goes without saying; without a heading, each question says the rest itself.
    let known = layout::not_screened_out(questionnaire);
    let within = if goes_on { &known } else { &part.relevant };
    if let Some(hint) = questions.hint(within, &known) {
        composer.guide(&hint)?;
    }
    if part.support && !(goes_on && before.is_some_and(|before| before.support)) {
        support(print, composer)?;
    }
    let asked = part.questions.iter().filter(|question| stands_alone(questionnaire, question));
    asked.into_iter().try_for_each(|question| questions.question(composer, question, within))
}

fn support(print: &Print<'_>, composer: &mut Composer<'_>) -> Result<(), PaperError> {
    composer.rule(8.0);
    composer.together(|composer| {
        for line in print.paragraphs(&print.questionnaire.texts.support) {
            composer.paragraph(Tag::P, &line, HINT, 3.0)?;
        }
        Ok(((), 2))
    })?;
    composer.closing_rule(6.0);
    Ok(())
}

fn end(print: &Print<'_>, composer: &mut Composer<'_>) -> Result<(), PaperError> {
    composer.together(|composer| {
        composer.heading(2, &print.message("paper-thanks", &[]), PART, 30.0)?;
        composer.paragraph(Tag::P, &hand_in(print), BODY, 7.0)?;
        let groups = print.read(&print.questionnaire.texts.focus_groups);
        let page = print.page("fokusgrupper");
        composer.paragraph(Tag::P, &format!("{groups} {}", Print::short(&page)), BODY, 7.0)?;
        Ok(((), 3))
    })?;
    support(print, composer)
}
