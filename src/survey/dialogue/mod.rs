//! Dialogues: what stands in the database about each, and its states.
//!
//! ```text
//! draft ──open──▶ open ──close, or closes_at──▶ closing ──last mixing──▶ closed
//! ```
//! Hand-ins are taken while a dialogue is open, and for [`GRACE`] after it began to close: whoever
//! has the survey before her then still gets her answers in. Responses are readable when it is closed,
//! never before, simulated dialogues excepted ([`Dialogue::is_readable`]).

mod store;

use std::fmt;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

use crate::clock::Week;
use crate::db;
use crate::id::RandomId;

pub use store::{
    Counts, Definition, NewDialogue, all, close, counts, create, definition, find, get, mark_simulated, open,
};
pub(crate) use store::{close_overdue, finish, set_last_week, set_origin};

/// How long hand-ins are taken after a dialogue began to close.
pub const GRACE: SignedDuration = SignedDuration::from_mins(60);

/// Where a dialogue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not yet shown to residents.
    Draft,
    /// Takes answers.
    Open,
    /// Closed to new visitors; the last answers come in and are mixed.
    Closing,
    /// All answers are mixed, and may be read.
    Closed,
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

words!(State { Draft = "draft", Open = "open", Closing = "closing", Closed = "closed" });
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
}

impl Dialogue {
    /// Whether the survey is shown to new visitors at `now`.
    pub fn is_shown(&self, now: Timestamp) -> bool {
        self.state == State::Open && self.closes_at.is_none_or(|closes_at| now < closes_at)
    }

    /// Whether a hand-in is taken at `now`.
    pub fn accepts(&self, now: Timestamp) -> bool {
        match self.state {
            State::Open | State::Closing => self.accepts_until().is_none_or(|end| now < end),
            State::Draft | State::Closed => false,
        }
    }

    /// When the last hand-in is taken, where that is known: [`GRACE`] after closing.
    pub fn accepts_until(&self) -> Option<Timestamp> {
        let closing = match self.state {
            State::Open => self.closes_at,
            State::Closing => self.closed_at,
            State::Draft | State::Closed => None,
        }?;
        Some(closing.saturating_add(GRACE).unwrap_or(Timestamp::MAX))
    }

    /// Whether the last mixing may run at `now`. A simulated dialogue waits for nobody.
    pub fn is_over(&self, now: Timestamp) -> bool {
        match self.state {
            State::Closing if self.origin == Some(Origin::Simulated) => true,
            State::Open | State::Closing => self.accepts_until().is_some_and(|end| end <= now),
            State::Draft | State::Closed => false,
        }
    }

    /// Whether responses may be read: when all are mixed, or where they are nobody's. Reading an open
    /// dialogue would let someone who floods it with known answers see the one that is not hers.
    pub fn is_readable(&self) -> bool {
        self.state == State::Closed || self.origin == Some(Origin::Simulated)
    }
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
        /// Where it should stand.
        needed: State,
    },
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

crate::retry_on_conflict!(ChangeError);
