//! Mixing: letters of a week become responses and comments that nobody can tie to their arrival.
//!
//! When a week is over and a crowd of letters ([`CROWD`]) lies there, they are opened, given fresh random
//! ids, sorted by these, and stored; free texts apart, under ids of their own. Then the letters go,
//! the tables are physically rewritten, and the week's private key is destroyed.
//!
//! The steps, each durable before the next, so that a mixing that was cut off anywhere is taken up by the
//! next one, and every letter ends up in the result once:
//!
//! 1. close the batches and decide their label (`plan`), in one transaction;
//! 2. move chunks of letters to responses, a transaction each (`store::chunk`);
//! 3. at the dialogue's end: merge small channels;
//! 4. rewrite both tables (`store::rewrite`);
//! 5. destroy the keys, then delete the batches;
//! 6. at the dialogue's end: state *closed*; from here on responses may be read.
//!
//! Only a process that holds the key folder mixes, and a lock there lets one at a time.

mod outcome;
mod plan;
mod store;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use jiff::Timestamp;

use crate::clock::{Clock, Week};
use crate::db::{self, Connection, Pool, write};
use crate::id::{RandomId, Randomness};
use crate::survey::batch::{self, Batch};
use crate::survey::dialogue::{self, Dialogue, Origin};
use crate::survey::keys::{KeyDir, KeyError};
use crate::survey::letterbox;
use crate::survey::receipt;
pub use outcome::{MixError, Mixed, OnProgress, Progress, Step};
pub use plan::CROWD;
use plan::{Due, Fate, plan};
use store::chunk::{self, Crowd};
use store::{channels, rewrite};

/// The most letters in a chunk: bounds memory, and how long hand-ins wait for its transaction.
const CHUNK: usize = 5000;

/// Mixes what is due.
#[derive(Clone)]
pub struct Mixer {
    pool: Pool,
    keys: KeyDir,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    chunk: usize,
}

impl Mixer {
    /// A mixer of the dialogue database in `pool`, with the private keys in `keys`.
    pub fn new(pool: Pool, keys: KeyDir, clock: Arc<dyn Clock>, randomness: Arc<dyn Randomness>) -> Self {
        Self { pool, keys, clock, randomness, chunk: CHUNK }
    }

    /// The same, with at most so many letters in a chunk. Two crowds at least, so that every chunk is one.
    #[must_use]
    pub fn with_chunks_of(self, letters: usize) -> Self {
        Self { chunk: letters.max(2 * CROWD), ..self }
    }

    /// Makes the batches that dialogues lack for this week and the next two. To be called when a dialogue
    /// is made or opened; [`Mixer::mix_due`] does it too.
    ///
    /// # Errors
    /// [`MixError::AlreadyRunning`]; keys; database.
    pub fn prepare(&self) -> Result<(), MixError> {
        let lock = self.lock()?;
        self.prepare_all(&mut *self.pool.get()?, self.clock.now())?;
        drop(lock);
        Ok(())
    }

    /// Mixes whatever is due, closes dialogues that are over, and forgets old receipts.
    ///
    /// A dialogue that can't be mixed does not keep the others from it.
    ///
    /// # Errors
    /// [`MixError`], the first one met.
    pub fn mix_due(&self, progress: &mut OnProgress<'_>) -> Result<Vec<Mixed>, MixError> {
        let lock = self.lock()?;
        let mut conn = self.pool.get()?;
        let now = self.clock.now();
        dialogue::close_overdue(&mut conn, now)?;
        receipt::forget_old(&mut conn, now)?;
        // First, so that hand-ins find a batch while we mix.
        self.prepare_all(&mut conn, now)?;
        let mut mixed = Vec::new();
        let mut failure = None;
        for dialogue in dialogue::all(&mut conn)? {
            let mut step = |step| match progress(Progress { dialogue: &dialogue.slug, step }) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(MixError::Stopped),
            };
            match self.mix_dialogue(&mut conn, &dialogue, now, &mut step, &mut mixed) {
                Err(MixError::Stopped) => return Err(MixError::Stopped),
                Err(error) => {
                    tracing::error!(dialogue = %dialogue.slug, %error, "mixing failed");
                    failure.get_or_insert(error);
                }
                Ok(()) => {}
            }
        }
        if dialogue::is_to_be_rewritten(&mut conn)? {
            // A purge left freed pages.
            rewrite::rewrite(&mut conn)?;
            dialogue::rewritten(&mut conn)?;
        }
        // A simulated dialogue's batch of this very week may have been mixed.
        self.prepare_all(&mut conn, now)?;
        drop(lock);
        failure.map_or(Ok(mixed), Err)
    }

    fn lock(&self) -> Result<crate::survey::keys::MixingLock, MixError> {
        self.keys.lock_mixing().map_err(|error| match error {
            KeyError::Locked => MixError::AlreadyRunning,
            error => MixError::Keys(error),
        })
    }

    fn prepare_all(&self, conn: &mut Connection, now: Timestamp) -> Result<(), MixError> {
        for dialogue in dialogue::all(conn)? {
            batch::prepare(conn, &self.keys, &dialogue, now, &*self.randomness)?;
        }
        Ok(())
    }

    fn mix_dialogue(
        &self,
        conn: &mut Connection,
        dialogue: &Dialogue,
        now: Timestamp,
        step: &mut impl FnMut(Step) -> Result<(), MixError>,
        mixed: &mut Vec<Mixed>,
    ) -> Result<(), MixError> {
        let last = dialogue.is_over(now);
        if close_due(conn, dialogue, now, last)? {
            step(Step::Closed)?;
        }
        let closed = batch::in_state(conn, dialogue.id, batch::CLOSED)?;
        for crowd in crowds(dialogue.id, &closed) {
            let letters = self.move_crowd(conn, dialogue, &crowd, step)?;
            let week = crowd.batches.first().and_then(|batch| batch.label);
            mixed.push(Mixed { dialogue: dialogue.slug.clone(), week, letters });
        }
        if last {
            channels::merge_small(conn, dialogue.id)?;
            step(Step::ChannelsMerged)?;
        }
        if last || !closed.is_empty() {
            rewrite::rewrite(conn)?;
            step(Step::Rewritten)?;
        }
        let empty = batch::in_state(conn, dialogue.id, batch::EMPTY)?;
        for batch in closed.iter().chain(&empty) {
            self.remove(conn, dialogue, batch, step)?;
        }
        if last {
            dialogue::finish(conn, dialogue.id)?;
            step(Step::Finished)?;
        }
        Ok(())
    }

    /// Moves all letters of a crowd, chunk by chunk.
    fn move_crowd(
        &self,
        conn: &mut Connection,
        dialogue: &Dialogue,
        crowd: &Crowd,
        step: &mut impl FnMut(Step) -> Result<(), MixError>,
    ) -> Result<usize, MixError> {
        let mut total = 0;
        let mut keys = BTreeMap::new();
        for batch in &crowd.batches {
            let letters = batch::count_letters(conn, batch.id)?;
            total += letters;
            if letters > 0 {
                let key = self.keys.batch_key(batch.id).map_err(|error| match error {
                    KeyError::Missing(_) => MixError::KeyMissing { dialogue: dialogue.slug.clone(), week: batch.week },
                    error => MixError::Keys(error),
                })?;
                keys.insert(batch.id, key);
            }
        }
        let mut done = 0;
        while done < total {
            let size = chunk::chunk_size(total - done, self.chunk);
            done += chunk::move_chunk(conn, crowd, &keys, size, &*self.randomness)?;
            step(Step::Moved { done, total })?;
        }
        Ok(done)
    }

    /// Destroys a batch's key and then its row: in this order, so that no key stays behind unknown.
    fn remove(
        &self,
        conn: &mut Connection,
        dialogue: &Dialogue,
        batch: &Batch,
        step: &mut impl FnMut(Step) -> Result<(), MixError>,
    ) -> Result<(), MixError> {
        if batch::has_letters(conn, batch.id)? {
            // Can't be: whoever stores a letter locks its batch open. Rather keep a key than lose a letter.
            return Err(db::Error::Internal(format!("{}: a letter lies in a mixed batch", dialogue.slug)).into());
        }
        self.keys.destroy_batch_key(batch.id)?;
        step(Step::KeyDestroyed)?;
        batch::delete(conn, batch.id)?;
        step(Step::BatchDeleted)
    }
}

/// Closes the batches that are due, as the plan says. Returns whether there were any.
fn close_due(conn: &mut Connection, dialogue: &Dialogue, now: Timestamp, last: bool) -> Result<bool, MixError> {
    write(conn, |conn| {
        batch::take(conn)?;
        let simulated = dialogue.origin == Some(Origin::Simulated);
        let mut batches = Vec::new();
        let mut due = Vec::new();
        for batch in batch::in_state(conn, dialogue.id, batch::OPEN)? {
            let due_now = last || batch.week.end() <= now;
            if due_now {
                // From here on nothing that was keyed can be taken back: its key is about to go.
                letterbox::release_batch(conn, batch.id)?;
            }
            let letters = batch::letters_up_to(conn, batch.id, CROWD)?;
            // Simulated answers hide from nobody: their week need not be over.
            if due_now || (simulated && letters > 0) {
                // A letter may lie in a later week's batch, where clocks differ, or where a simulated dialogue was
                // without this week's for a moment: it came this week all the same.
                due.push(Due { week: batch.week.min(Week::of(now)), letters });
                batches.push(batch);
            }
        }
        let mut any = false;
        for (batch, fate) in batches.iter().zip(plan(&due, dialogue.last_week, last)) {
            match fate {
                Fate::Mix(label) => batch::close(conn, batch.id, batch::CLOSED, label)?,
                Fate::Empty => batch::close(conn, batch.id, batch::EMPTY, None)?,
                Fate::Wait => continue,
            }
            any = true;
        }
        Ok(any)
    })
}

/// Closed batches by label: those with the same one are mixed together.
fn crowds(dialogue: RandomId, closed: &[Batch]) -> Vec<Crowd> {
    let mut by_label: BTreeMap<Option<Week>, Vec<Batch>> = BTreeMap::new();
    for batch in closed {
        by_label.entry(batch.label).or_default().push(batch.clone());
    }
    by_label.into_values().map(|batches| Crowd { dialogue, batches }).collect()
}
