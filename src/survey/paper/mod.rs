//! The dialogue on paper: the questionnaire, a poster and a sheet of cards, as tagged PDFs in every language.
//!
//! For those who do not answer on a screen, and for telling that there is something to answer. Pure functions: the day
//! is an argument, the fonts are the binary's own, and the same [`Print`] gives the same bytes on every machine.
//!
//! ```text
//! questionnaire │ poster │ cards     what is said, in which order
//!            compose                 headings, options, lines to write on → rows of marks, and their structure
//!              flow                  rows → pages; what would stand outside the column is an error
//!           pdf, draw                marks → PDF/UA-1
//! text (shaping, lines)   qr
//! ```
//!
//! The questionnaire shows the code of every option, small and grey, because it is what paper answers are keyed from.
//! Options stand in the order of the questionnaire: there is one printing, so nothing is shuffled. A QR code holds the
//! address of the survey and nothing else: it tells nobody which poster someone saw.

mod cards;
mod compose;
mod content;
mod draw;
mod flow;
mod kind;
mod numbers;
mod pdf;
mod poster;
mod qr;
mod question;
mod questionnaire;
mod text;
mod ticks;
mod writing;

use jiff::civil::Date;
use krilla::configure::ValidationError;
use krilla::error::KrillaError;

use crate::i18n;
use crate::survey::definition::{Language, Questionnaire, Text};

pub use cards::cards;
pub use kind::{Occasion, Paper, is_printed, others};
pub use numbers::{Numbers, stands_alone};
pub use poster::poster;
pub use questionnaire::questionnaire;

/// What is printed, and for which occasion.
#[derive(Debug, Clone, Copy)]
pub struct Print<'a> {
    /// The questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// One of its languages.
    pub language: &'a Language,
    /// The address that residents use, without a final slash: `https://dialog.example.se`.
    pub site: &'a str,
    /// The dialogue's part of addresses, where several are public.
    pub dialogue: Option<&'a str>,
    /// The day that the documents bear.
    pub date: Date,
    /// The last day to answer, where it is known.
    pub last_day: Option<Date>,
    /// Where to hand the questionnaire in; where it was handed out, if this says nothing.
    pub hand_in: Option<&'a str>,
    /// An exercise: its residents are made up, and every page says so.
    pub simulated: bool,
}

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// A font of the binary can't be read.
    #[error("a font of the program can't be read")]
    Font,
    /// A text has a letter that no font of ours has.
    #[error("the program has no font for {0:?}")]
    Letter(String),
    /// Something is too large for the page.
    #[error("{0:?} does not fit on the page")]
    Outside(String),
    /// An address is too long for a QR code.
    #[error("the address is too long for a QR code")]
    Qr,
    /// A length is no number.
    #[error("a shape can't be drawn")]
    Geometry,
    /// The PDF would not be what it says that it is.
    #[error("the PDF can't be written: {0}")]
    Pdf(String),
}

impl From<KrillaError> for PaperError {
    fn from(error: KrillaError) -> Self {
        if let KrillaError::Validation(faults) = &error {
            let letter = faults.iter().find_map(|fault| match fault {
                ValidationError::ContainsNotDefGlyph(_, _, text) => Some(text.clone()),
                _ => None,
            });
            if let Some(letter) = letter {
                return Self::Letter(letter);
            }
        }
        Self::Pdf(format!("{error:?}"))
    }
}

impl Print<'_> {
    /// The survey's address.
    fn address(&self) -> String {
        self.page("enkat")
    }

    /// The address of a page.
    fn page(&self, name: &str) -> String {
        let language = &self.language.code;
        match self.dialogue {
            Some(dialogue) => format!("{}/{language}/{dialogue}/{name}", self.site),
            None => format!("{}/{language}/{name}", self.site),
        }
    }

    /// The address of a page that all dialogues share.
    fn common(&self, name: &str) -> String {
        format!("{}/{}/{name}", self.site, self.language.code)
    }

    /// An address as people write it.
    fn short(address: &str) -> &str {
        address.split_once("://").map_or(address, |(_, rest)| rest)
    }

    fn read(&self, text: &Text) -> String {
        i18n::keep_numbers_together(text.in_language(&self.language.code).trim())
    }

    fn paragraphs(&self, text: &Text) -> Vec<String> {
        let lines = text.in_language(&self.language.code).lines().map(str::trim);
        lines.filter(|line| !line.is_empty()).map(i18n::keep_numbers_together).collect()
    }

    fn message(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, (*value).into())).collect();
        i18n::text_with(&self.language.code, key, &arguments)
    }

    /// A day in words: "12 mars 2027".
    fn day(&self, day: Date) -> String {
        i18n::date(&self.language.code, day)
    }
}
