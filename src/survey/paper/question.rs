//! One question as it stands on paper: its number and wording, who is to answer it, and what to answer with.
//!
//! A long list of options stands once. Where the same options are asked for again (the area of a place, the main one of
//! the causes that were ticked), their numbers are written in boxes instead: that halves the paper, and the numbers are
//! the codes that are keyed.

use super::compose::{BOLD, Composer};
use super::numbers::{Numbers, stands_alone};
use super::ticks::Tick;
use super::{PaperError, Print};
use crate::survey::definition::{Choice, Field, FieldKind, MatrixRow, Place, Question, QuestionKind};
use crate::survey::document::layout;
use crate::survey::document::words::{Sentences, Words};
use crate::survey::routing::Condition;

/// How paper says conditions: `$question` is a number.
const BY_NUMBER: Sentences = Sentences {
    whole: "paper-if",
    options: "paper-if-options",
    not_options: "paper-if-not-options",
    some: "paper-if-some",
    many: "paper-if-many",
};

/// Lists longer than this stand once.
const LONG_LIST: usize = 8;
/// Longer texts than this get several lines.
const SHORT_TEXT: usize = 160;
/// Lines for a long text.
const LINES: usize = 6;
/// Boxes for numbers, where the questionnaire sets no limit.
const NUMBERS: usize = 5;
/// How many of them stand side by side.
const MOST_NUMBERS: usize = 8;
/// Room for a question's number.
const NUMBER: f32 = 36.0;

/// Composes questions; remembers which lists of options stand already.
pub struct Questions<'a> {
    print: &'a Print<'a>,
    numbers: &'a Numbers,
    /// Fields whose options stand on paper.
    listed: Vec<usize>,
    /// How many of them stood there before the question that is composed.
    earlier: usize,
}

impl<'a> Questions<'a> {
    /// For the questions of a questionnaire, in order.
    pub fn new(print: &'a Print<'a>, numbers: &'a Numbers) -> Self {
        Self { print, numbers, listed: Vec::new(), earlier: 0 }
    }

    /// A question of a part that is asked where `within` holds.
    ///
    /// # Errors
    /// As [`Composer::paragraph`].
    pub fn question(
        &mut self,
        composer: &mut Composer<'_>,
        question: &Question,
        within: &Condition,
    ) -> Result<(), PaperError> {
        self.earlier = self.listed.len();
        let number = self.numbers.question(question).to_owned();
        self.numbered(composer, question, within, &number, 3)
    }

    fn numbered(
        &mut self,
        composer: &mut Composer<'_>,
        question: &Question,
        within: &Condition,
        number: &str,
        level: u16,
    ) -> Result<(), PaperError> {
        let shown = layout::question_shown(self.print.questionnaire, question);
        let hint = self.hint(&shown, within);
        match &question.kind {
            QuestionKind::Field(index) => composer.together(|composer| {
                let first = composer.rows();
                self.head(composer, question, number, hint.as_deref(), level)?;
                let head = composer.rows() - first;
                composer.indented(NUMBER, |composer| self.answer(composer, *index, true))?;
                // The wording, how to answer, and the first options.
                Ok(((), head + 3))
            }),
            QuestionKind::Matrix { rows } => {
                self.head(composer, question, number, hint.as_deref(), level)?;
                self.matrix(composer, rows, &shown, level + 1)
            }
            QuestionKind::Repeat { places, .. } => {
                self.head(composer, question, number, hint.as_deref(), level)?;
                let mut known = shown;
                for place in places {
                    self.place(composer, place, &known, level + 1)?;
                    // A third place is told of after a second one.
                    known = layout::place_shown(self.print.questionnaire, &place.questions);
                }
                Ok(())
            }
        }
    }

    /// The wording and what is to be known before answering.
    fn head(
        &self,
        composer: &mut Composer<'_>,
        question: &Question,
        number: &str,
        hint: Option<&str>,
        level: u16,
    ) -> Result<(), PaperError> {
        composer.numbered(level, number, &self.print.read(&question.text), NUMBER, 20.0)?;
        let help = question.help.as_ref().map(|help| self.print.read(help));
        let required = question.required.then(|| self.print.message("survey-required", &[]));
        let hint = hint.map(str::to_owned);
        composer.indented(NUMBER, |composer| {
            [hint, help, required].into_iter().flatten().try_for_each(|line| composer.guide(&line))
        })
    }

    /// Each row with its options below it: a table's columns would be too narrow for their labels.
    fn matrix(
        &mut self,
        composer: &mut Composer<'_>,
        rows: &[MatrixRow],
        within: &Condition,
        level: u16,
    ) -> Result<(), PaperError> {
        // Said once, where it is the same for all rows.
        let how = |row: &MatrixRow| match &self.print.questionnaire.fields[row.field].kind {
            FieldKind::Single { .. } => self.how(true, None),
            FieldKind::Multi { max, .. } => self.how(false, *max),
            FieldKind::Text { .. } | FieldKind::Toggle => String::new(),
        };
        let same = rows.iter().map(how).reduce(|one, other| if one == other { one } else { String::new() });
        let same = same.filter(|how| !how.is_empty());
        composer.indented(NUMBER, |composer| same.iter().try_for_each(|how| composer.guide(how)))?;
        for row in rows {
            let field = &self.print.questionnaire.fields[row.field];
            let asked = self.hint(&field.relevant, within);
            composer.together(|composer| {
                let first = composer.rows();
                let text = self.print.read(&row.text);
                composer.numbered(level, self.numbers.field(row.field), &text, NUMBER, 10.0)?;
                composer.indented(NUMBER, |composer| {
                    asked.iter().try_for_each(|hint| composer.guide(hint))?;
                    self.answer(composer, row.field, same.is_none())
                })?;
                Ok(((), composer.rows() - first))
            })?;
        }
        Ok(())
    }

    fn place(
        &mut self,
        composer: &mut Composer<'_>,
        place: &Place,
        within: &Condition,
        level: u16,
    ) -> Result<(), PaperError> {
        let print = self.print;
        let shown = layout::place_shown(print.questionnaire, &place.questions);
        let title = print.message("survey-place", &[("number", &place.number.to_string())]);
        composer.rule(16.0);
        composer.heading(level, &title, BOLD, 6.0)?;
        if let Some(hint) = self.hint(&shown, within) {
            composer.guide(&hint)?;
        }
        for item in place.questions.iter().filter(|item| stands_alone(print.questionnaire, item)) {
            let number = match &item.kind {
                QuestionKind::Field(field) => self.numbers.field(*field).to_owned(),
                QuestionKind::Matrix { .. } | QuestionKind::Repeat { .. } => self.numbers.question(item).to_owned(),
            };
            self.numbered(composer, item, &shown, &number, level + 1)?;
        }
        Ok(())
    }

    /// What a field is answered with; `told` where it is to be said how many to tick.
    fn answer(&mut self, composer: &mut Composer<'_>, index: usize, told: bool) -> Result<(), PaperError> {
        let field = &self.print.questionnaire.fields[index];
        match &field.kind {
            FieldKind::Single { options, .. } => self.choices(composer, index, options, Some(1), told),
            FieldKind::Multi { options, max, .. } => self.choices(composer, index, options, *max, told),
            FieldKind::Text { max, .. } => {
                composer.writing(if *max > SHORT_TEXT { LINES } else { 1 });
                Ok(())
            }
            FieldKind::Toggle => Ok(()),
        }
    }

    /// Options to tick, or boxes for their numbers where they stand elsewhere.
    fn choices(
        &mut self,
        composer: &mut Composer<'_>,
        index: usize,
        options: &[Choice],
        max: Option<usize>,
        told: bool,
    ) -> Result<(), PaperError> {
        let field = &self.print.questionnaire.fields[index];
        let one = matches!(field.kind, FieldKind::Single { .. });
        let Some((question, of_chosen)) = self.listed_before(field, options) else {
            if told {
                composer.guide(&self.how(one, max))?;
            }
            let ticks: Vec<_> = options.iter().map(|option| self.tick(field, option, one)).collect();
            let columns = match options.len() {
                0..=3 => 1,
                4..=LONG_LIST => composer.columns(&ticks, 3)?,
                _ => 2,
            };
            self.listed.push(index);
            return composer.options(&ticks, columns);
        };
        let question = question.as_str();
        let most = max.unwrap_or(NUMBERS).to_string();
        let how = match (one, of_chosen) {
            (true, true) => self.print.message("paper-number-chosen", &[("question", question)]),
            (true, false) => self.print.message("paper-number", &[("question", question)]),
            (false, _) => self.print.message("paper-numbers", &[("question", question), ("max", &most)]),
        };
        composer.guide(&how)?;
        composer.number_boxes(if one { 1 } else { max.unwrap_or(NUMBERS).min(MOST_NUMBERS) });
        for option in options.iter().filter(|option| option.code >= 0) {
            if layout::text_of_option(self.print.questionnaire, field, &option.id).is_some() {
                composer.write_label(&format!("{} {}:", option.code, self.print.read(&option.text)))?;
            }
        }
        let ticks: Vec<_> =
            options.iter().filter(|option| option.code < 0).map(|option| self.tick(field, option, one)).collect();
        let columns = composer.columns(&ticks, 3)?;
        composer.options(&ticks, columns)
    }

    /// How many to tick.
    fn how(&self, one: bool, max: Option<usize>) -> String {
        match max {
            _ if one => self.print.message("paper-one", &[]),
            Some(max) => self.print.message("paper-max", &[("max", &max.to_string())]),
            None => self.print.message("paper-many", &[]),
        }
    }

    /// The number of the question under which all these options stand already, where they are many, and whether only
    /// those may be chosen that were chosen there.
    ///
    /// Whoever is asked this may have passed over an earlier question. So only lists are referred to that stand in the
    /// same question, that hold areas (everyone is asked for hers), or that she has chosen from.
    fn listed_before(&self, field: &Field, options: &[Choice]) -> Option<(String, bool)> {
        let fields = &self.print.questionnaire.fields;
        let answers = || options.iter().filter(|option| option.code >= 0);
        if answers().count() <= LONG_LIST {
            return None;
        }
        self.listed.iter().enumerate().rev().find_map(|(place, listed)| {
            let number = self.numbers.field(*listed);
            let chosen = answers().all(|option| {
                let asked = layout::beyond(&option.relevant, &field.relevant).fields();
                asked.iter().any(|asked| self.numbers.field(*asked) == number)
            });
            let areas = matches!(fields[*listed].kind, FieldKind::Single { grouped: Some(_), .. });
            let stand = answers().all(|option| {
                fields[*listed].options().iter().any(|other| other.code == option.code && other.text == option.text)
            });
            (stand && (place >= self.earlier || areas || chosen)).then(|| (number.to_owned(), chosen))
        })
    }

    fn tick(&self, field: &Field, option: &Choice, one: bool) -> Tick {
        let print = self.print;
        let write = layout::text_of_option(print.questionnaire, field, &option.id);
        let stop = option.screen_out.then(|| print.message("paper-stop", &[]));
        Tick {
            one,
            code: option.code.to_string(),
            label: print.read(&option.text),
            note: stop.or_else(|| self.hint(&option.relevant, &field.relevant)),
            write: write.map(|_| print.message("paper-write", &[])),
        }
    }

    /// When something is asked, beyond what is known where it stands.
    pub fn hint(&self, shown: &Condition, within: &Condition) -> Option<String> {
        let name = |field: usize| self.numbers.field(field).to_owned();
        Words {
            questionnaire: self.print.questionnaire,
            language: &self.print.language.code,
            sentences: &BY_NUMBER,
            name: &name,
        }
        .hint(&layout::beyond(shown, within))
    }
}
