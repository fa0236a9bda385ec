//! Which papers there are, and for which dialogues they are printed.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::{PaperError, Print, cards, poster, questionnaire};
use crate::clock::day;
use crate::survey::definition::{Language, Questionnaire};
use crate::survey::dialogue::{Dialogue, Origin, State};

/// A paper that is printed in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// The questionnaire, to fill in.
    Questionnaire,
    /// A poster with the survey's address.
    Poster,
    /// Cards with the survey's address.
    Cards,
}

impl Paper {
    /// All papers.
    pub const ALL: [Self; 3] = [Self::Questionnaire, Self::Poster, Self::Cards];

    /// Its file's name in a language: `enkat-sv.pdf`.
    pub fn file_name(self, language: &Language) -> String {
        let stem = match self {
            Self::Questionnaire => "enkat",
            Self::Poster => "affisch",
            Self::Cards => "kort",
        };
        format!("{stem}-{}.pdf", language.code)
    }

    /// The paper as a PDF.
    ///
    /// # Errors
    /// A text has letters of no font of ours, or does not fit on paper.
    pub fn print(self, print: &Print<'_>) -> Result<Vec<u8>, PaperError> {
        match self {
            Self::Questionnaire => questionnaire(print),
            Self::Poster => poster(print),
            Self::Cards => cards(print),
        }
    }
}

/// What papers say of a dialogue in every language.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// The address that residents use, without a final slash.
    pub site: &'a str,
    /// Whether other dialogues take answers too, so that addresses name this one.
    pub others: bool,
    /// Where the questionnaire is handed in, if that is to be said.
    pub hand_in: Option<&'a str>,
    /// The present day.
    pub date: Date,
}

impl<'a> Occasion<'a> {
    /// What is printed of `dialogue` in `language`.
    pub fn print(&self, dialogue: &'a Dialogue, questionnaire: &'a Questionnaire, language: &'a Language) -> Print<'a> {
        // The moment at which it closes is too late.
        let last_day = |end: Timestamp| day(end - SignedDuration::from_secs(1));
        Print {
            questionnaire,
            language,
            site: self.site,
            dialogue: self.others.then_some(dialogue.slug.as_str()),
            date: self.date,
            last_day: dialogue.closes_at.map(last_day),
            hand_in: self.hand_in,
            simulated: dialogue.origin == Some(Origin::Simulated),
        }
    }
}

/// Whether a dialogue is printed: it takes answers, or may come to.
pub fn is_printed(dialogue: &Dialogue) -> bool {
    matches!(dialogue.state, State::Draft | State::Reviewed | State::Open | State::Paused)
}

/// Whether another dialogue than `meant` takes answers, of `all`.
pub fn others(all: &[Dialogue], meant: &Dialogue) -> bool {
    all.iter().any(|other| other.id != meant.id && matches!(other.state, State::Open | State::Paused))
}
