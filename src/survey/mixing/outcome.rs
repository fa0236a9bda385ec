//! What a mixing tells: its steps while it runs, what it mixed, and why it did not come to its end.

use std::ops::ControlFlow;

use crate::clock::Week;
use crate::db;
use crate::survey::batch::PrepareError;
use crate::survey::dialogue::Slug;
use crate::survey::keys::KeyError;
use crate::survey::letterbox::Unreadable;

/// A step that is done, and durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Batches are closed and labelled.
    Closed,
    /// So many of the letters that are mixed together have become responses.
    Moved {
        /// Responses so far.
        done: usize,
        /// Letters that were there when this mixing began.
        total: usize,
    },
    /// Small channels are merged.
    ChannelsMerged,
    /// The tables are rewritten.
    Rewritten,
    /// A batch's key is destroyed.
    KeyDestroyed,
    /// A batch is gone.
    BatchDeleted,
    /// The dialogue is closed.
    Finished,
}

/// What a mixing has come to.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'a> {
    /// The dialogue.
    pub dialogue: &'a Slug,
    /// What is done.
    pub step: Step,
}

/// Told of each step; `Break` ends the mixing there, and the next one takes it up: for a service that is
/// asked to stop.
pub type OnProgress<'a> = dyn FnMut(Progress<'_>) -> ControlFlow<()> + 'a;

/// Letters that were mixed together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mixed {
    /// Of which dialogue.
    pub dialogue: Slug,
    /// The week that their responses bear.
    pub week: Option<Week>,
    /// How many letters this mixing moved.
    pub letters: usize,
}

/// Why a mixing did not come to its end. What it did is kept, and the next one goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum MixError {
    /// Another process mixes.
    #[error("a mixing is under way already")]
    AlreadyRunning,
    /// It was asked to stop.
    #[error("the mixing was stopped; the next one takes it up")]
    Stopped,
    /// Letters lie in a batch whose private key is not here. Nothing is deleted.
    #[error("{dialogue}, week {week}: letters wait, but their key is not in this key folder")]
    KeyMissing {
        /// Of which dialogue.
        dialogue: Slug,
        /// Of which week.
        week: Week,
    },
    /// A letter is damaged, or none of ours. Nothing is deleted.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Two mixers with a key folder each work on one database.
    #[error("letters were moved by another process meanwhile; nothing was stored twice")]
    MovedByOthers,
    /// SQLite's write-ahead log could not be emptied: someone reads for long, or another program has the file open.
    #[error("the database's log is in use and can't be emptied; the next mixing tries again")]
    LogInUse,
    /// The key folder.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

crate::retry_on_conflict!(MixError);

impl From<PrepareError> for MixError {
    fn from(error: PrepareError) -> Self {
        match error {
            PrepareError::Key(error) => Self::Keys(error),
            PrepareError::Database(error) => Self::Database(error),
        }
    }
}
