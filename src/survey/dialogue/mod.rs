//! Dialogues: what stands in the database about each, and its states.
//!
//! ```text
//! draft ──review──▶ reviewed ──open──▶ open ◀──pause, resume──▶ paused
//!   ▲── edit ──────────┘                 └──close, or closes_at──┘
//!                                                   ▼
//!             purged ◀──purge── archived ◀──archive── closed ◀──last mixing── closing
//! ```
//! Hand-ins are taken while a dialogue is open, and for [`GRACE`] after it was paused or began to close:
//! whoever has the survey before her then still gets her answers in. Responses are readable when it is
//! closed, never before, simulated dialogues excepted ([`Dialogue::is_readable`]).
//!
//! Steps that staff take are in [`life`]; each is a function that is called within a transaction, so that the
//! audit log's line is written in the same one.

mod command;
mod correction;
pub mod life;
mod purge;
pub mod statement;
mod store;
mod words;

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

use crate::clock::Week;
use crate::db;
use crate::i18n::Said;
use crate::id::RandomId;
use crate::survey::definition::Problem;

pub use command::{close, create, open};
pub use correction::correct_texts;
pub use purge::{PurgeReceipt, purge, receipt_of_purge};
pub(crate) use purge::{is_to_be_rewritten, rewritten};
pub use store::{Counts, Definition, NewDialogue, all, counts, definition, find, get, mark_simulated};
pub(crate) use store::{close_overdue, finish, latest_version, set_last_week, set_origin};
pub use words::{Contact, Words, set_words, words};

/// How long hand-ins are taken after a dialogue began to close.
pub const GRACE: SignedDuration = SignedDuration::from_mins(60);

/// Where a dialogue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not yet shown to residents; may be changed.
    Draft,
    /// A second person has read it as it stands: it may be opened.
    Reviewed,
    /// Takes answers.
    Open,
    /// Taken back for a while: no new visitors.
    Paused,
    /// Closed to new visitors; the last answers come in and are mixed.
    Closing,
    /// All answers are mixed, and may be read.
    Closed,
    /// Delivered to the archive: it is shown to residents no longer, and may still be read.
    Archived,
    /// Its answers are destroyed.
    Purged,
}

/// Whose answers a dialogue holds. One that holds none yet has no origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Residents'.
    Real,
    /// Drawn by chance; marked as such wherever they appear.
    Simulated,
}

/// The words that stand in the columns.
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ }) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $word),+ })
            }
        }

        impl FromStr for $type {
            type Err = ();

            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok(Self::$variant),)+ _ => Err(()) }
            }
        }
    };
}

words!(State {
    Draft = "draft",
    Reviewed = "reviewed",
    Open = "open",
    Paused = "paused",
    Closing = "closing",
    Closed = "closed",
    Archived = "archived",
    Purged = "purged"
});
words!(Origin { Real = "real", Simulated = "simulated" });

/// A dialogue's name in addresses: `otrygghet-utomhus`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug(String);

/// A text is no slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no name for an address: use 1 to 60 of a–z, 0–9 and -")]
pub struct InvalidSlug(String);

impl FromStr for Slug {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, InvalidSlug> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if (1..=60).contains(&text.len()) && text.bytes().all(fits) && !text.starts_with('-') {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidSlug(text.to_owned()))
        }
    }
}

impl Slug {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A dialogue, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialogue {
    /// Its id.
    pub id: RandomId,
    /// Its name in addresses.
    pub slug: Slug,
    /// Where it stands.
    pub state: State,
    /// Whose answers it holds.
    pub origin: Option<Origin>,
    /// When staff opened it.
    pub opened_at: Option<Timestamp>,
    /// When it is planned to close.
    pub closes_at: Option<Timestamp>,
    /// When staff closed it, or when it closed as planned.
    pub closed_at: Option<Timestamp>,
    /// The week that the latest mixed responses bear: a remainder at the end joins it.
    pub last_week: Option<Week>,
    /// How often staff have changed it: who changes it says which revision was before her.
    pub revision: i32,
    /// The account that edited it last; none where it was the command line.
    pub edited_by: Option<RandomId>,
    /// The account that reviewed it; none where nobody did, or the command line.
    pub reviewed_by: Option<RandomId>,
    /// When it was paused, while it is.
    pub paused_at: Option<Timestamp>,
    /// How long its material is kept, and by which decision.
    pub retention_decision: Option<String>,
}

impl Dialogue {
    /// Whether the survey is shown to new visitors at `now`.
    pub fn is_shown(&self, now: Timestamp) -> bool {
        self.state == State::Open && self.closes_at.is_none_or(|closes_at| now < closes_at)
    }

    /// Whether residents find it: it has been open, and is not put away.
    pub fn is_public(&self) -> bool {
        matches!(self.state, State::Open | State::Paused | State::Closing | State::Closed)
    }

    /// Whether a hand-in is taken at `now`.
    pub fn accepts(&self, now: Timestamp) -> bool {
        match self.state {
            State::Open | State::Paused | State::Closing => self.accepts_until().is_none_or(|end| now < end),
            State::Draft | State::Reviewed | State::Closed | State::Archived | State::Purged => false,
        }
    }

    /// When the last hand-in is taken, where that is known: [`GRACE`] after it was closed or paused.
    pub fn accepts_until(&self) -> Option<Timestamp> {
        let pausing = self.paused_at.filter(|_| self.state == State::Paused);
        [self.closing(), pausing].into_iter().flatten().min().map(with_grace)
    }

    /// Whether the last mixing may run at `now`. A simulated dialogue waits for nobody.
    pub fn is_over(&self, now: Timestamp) -> bool {
        let waits = self.state != State::Closing || self.origin != Some(Origin::Simulated);
        self.closing().is_some_and(|closing| !waits || with_grace(closing) <= now)
    }

    /// When it closes or began to close, where it still takes answers.
    fn closing(&self) -> Option<Timestamp> {
        match self.state {
            State::Open | State::Paused => self.closes_at,
            State::Closing => self.closed_at,
            State::Draft | State::Reviewed | State::Closed | State::Archived | State::Purged => None,
        }
    }

    /// Whether responses may be read: when all are mixed, or where they are nobody's. Reading an open
    /// dialogue would let someone who floods it with known answers see the one that is not hers.
    pub fn is_readable(&self) -> bool {
        matches!(self.state, State::Closed | State::Archived) || self.origin == Some(Origin::Simulated)
    }
}

fn with_grace(moment: Timestamp) -> Timestamp {
    moment.saturating_add(GRACE).unwrap_or(Timestamp::MAX)
}

/// Why a dialogue can't be changed as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// Another dialogue has the name.
    #[error("there is a dialogue named {0} already")]
    SlugTaken(Slug),
    /// The step is not possible from the present state.
    #[error("the dialogue is {found}; it must be {needed}")]
    State {
        /// Where it stands.
        found: State,
        /// Where it should stand: one of these, in words.
        needed: &'static str,
    },
    /// Whoever edited the dialogue last can't review it: that takes a second person.
    #[error("whoever edited the dialogue last can't review it")]
    OwnReview,
    /// Someone else has changed it since the page was shown.
    #[error("the dialogue has been changed meanwhile")]
    ChangedMeanwhile,
    /// The planned end lies in the past.
    #[error("the planned end lies in the past")]
    EndInThePast,
    /// A questionnaire does not pass the checks.
    #[error("the questionnaire does not pass the checks: {}", .0.first().map_or_else(String::new, ToString::to_string))]
    Definition(Vec<Problem>),
    /// More than texts would change while answers come in.
    #[error("the questionnaire's structure can't change while the dialogue is open: {}", in_english(.0))]
    Structure(Vec<Said>),
    /// Nobody has decided how long the material is kept, which residents must be told before they answer.
    #[error("there is no decision on how long the material is kept")]
    NoRetentionDecision,
    /// Residents would not be told what happens with their answers, or how accessible the pages are.
    #[error("the {} statement is not published", .0.word())]
    NoStatement(statement::Kind),
    /// Answers are destroyed by a decision only, and none is named.
    #[error("the decision to destroy the answers must be named")]
    NoDecision,
    /// It holds residents' answers, so none may be simulated into it.
    #[error("the dialogue holds residents' answers: simulated ones are refused")]
    HoldsRealAnswers,
    /// There is no such dialogue.
    #[error("there is no such dialogue")]
    Unknown,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

fn in_english(changes: &[Said]) -> String {
    changes.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

crate::retry_on_conflict!(ChangeError);
