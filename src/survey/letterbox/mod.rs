//! The letterbox: answers sealed and durable before the reply.
//!
//! A hand-in is sealed to the week's public key by whoever hands it in, and queued. One thread takes
//! whatever waits, and commits it as one transaction in random order (*group commit*: one wait for the
//! disk serves all who came during the one before). The reply follows the durable commit.
//!
//! What the transaction checks, so that nothing acknowledged is lost:
//! - the dialogue takes answers now;
//! - the batch is open, and can't be closed before the commit: so no letter lands in a batch whose
//!   key is destroyed. A letter that was sealed to a batch closed meanwhile is sealed again;
//! - the receipt is not spent.
//!
//! What staff key in from paper takes another way to the same place: [`Letterbox::hold`] keeps the latest letter of a
//! sitting apart, so that it can be taken back, and hands in the one before.
//!
//! After a failed commit everyone who waited gets [`HandInError::Unavailable`], and the next group is
//! tried afresh.

mod letter;
mod store;
mod writer;

use std::collections::HashMap;
use std::sync::mpsc::{self, SyncSender, TrySendError};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::db::{self, Connection, Pool};
use crate::id::{RandomId, Randomness};
use crate::survey::dialogue::Origin;
use crate::survey::receipt::ReceiptKey;

pub use letter::{Channel, InvalidChannel, Letter, Unreadable};
pub(in crate::survey) use store::held::{has_held, release, release_batch, take_back};
use store::{Desk, HandIn, Sealed};

/// Hand-ins that may wait for the writer; whoever comes when it is full is told to try again.
const QUEUE: usize = 1024;

/// Letters that [`Letterbox::hand_in_many`] commits at a time.
const BULK: usize = 1000;

/// A letter is stored, durably.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandedIn {
    /// Now.
    Stored,
    /// By an earlier hand-in with the same receipt.
    AlreadyStored,
}

/// Why a letter was not stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandInError {
    /// The dialogue takes no answers: not yet, or not any more.
    #[error("the dialogue takes no answers")]
    Closed,
    /// The dialogue holds simulated answers, which anyone may read: a resident's must not join them.
    /// Or the other way round.
    #[error("the dialogue holds {0} answers; others are refused")]
    OtherOrigin(Origin),
    /// It can't be stored now; the resident keeps her answers and tries again (503).
    #[error("answers can't be stored now: {0}")]
    Unavailable(#[from] Unavailable),
}

/// What is in the way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// More hand-ins wait than are taken.
    #[error("too many answers wait to be stored")]
    QueueFull,
    /// The mixer has made no key for this week (yet).
    #[error("there is no key for this week: is a process with the key folder running?")]
    NoBatch,
    /// The letterbox has stopped.
    #[error("the letterbox has stopped")]
    Stopped,
    /// The letter could not be written or sealed.
    #[error("the letter could not be sealed")]
    Seal,
}

/// A handle to the letterbox; clones share its thread, which ends when the last one is dropped.
#[derive(Clone)]
pub struct Letterbox(Arc<Shared>);

struct Shared {
    pool: Pool,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    receipt_key: ReceiptKey,
    desks: Desks,
    /// None only while dropping: that is what ends the thread.
    queue: Option<SyncSender<Queued>>,
    writer: Option<JoinHandle<()>>,
}

/// The batches that letters go to, per dialogue, as the writer last saw them.
#[derive(Clone, Default)]
struct Desks(Arc<Mutex<HashMap<RandomId, Desk>>>);

impl Desks {
    fn get(&self, dialogue: RandomId) -> Option<Desk> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).get(&dialogue).cloned()
    }

    fn remember(&self, desks: impl IntoIterator<Item = (RandomId, Desk)>) {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).extend(desks);
    }
}

/// A hand-in and who waits for it.
struct Queued {
    hand_in: HandIn,
    reply: oneshot::Sender<Result<HandedIn, HandInError>>,
}

/// A letter that staff keyed in, on its way to be held.
pub struct Keyed(HandIn);

impl Letterbox {
    /// Starts the letterbox's thread.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(
        pool: Pool,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
        receipt_key: ReceiptKey,
    ) -> std::io::Result<Self> {
        let desks = Desks::default();
        let (queue, waiting) = mpsc::sync_channel(QUEUE);
        let writer = writer::Writer {
            pool: pool.clone(),
            clock: Arc::clone(&clock),
            randomness: Arc::clone(&randomness),
            desks: desks.clone(),
        };
        let writer = thread::Builder::new().name("letterbox".to_owned()).spawn(move || writer.run(&waiting))?;
        Ok(Self(Arc::new(Shared {
            pool,
            clock,
            randomness,
            receipt_key,
            desks,
            queue: Some(queue),
            writer: Some(writer),
        })))
    }

    /// Stores a resident's letter. When this returns `Ok`, it is durable.
    ///
    /// A receipt that is none of ours counts as absent.
    ///
    /// # Errors
    /// [`HandInError`]. The letter may still have been stored where the connection broke during the
    /// commit; the receipt makes trying again harmless.
    pub async fn hand_in(
        &self,
        dialogue: RandomId,
        letter: Letter,
        receipt: Option<String>,
    ) -> Result<HandedIn, HandInError> {
        let mark = receipt.and_then(|receipt| self.0.receipt_key.mark(dialogue, &receipt));
        let mut hand_in = self.0.hand_in(dialogue, &letter, Origin::Real)?;
        hand_in.mark = mark;
        hand_in.sealed = self.0.seal(&hand_in)?;
        let (reply, stored) = oneshot::channel();
        let queue = self.0.queue.as_ref().ok_or(Unavailable::Stopped)?;
        queue.try_send(Queued { hand_in, reply }).map_err(|error| match error {
            TrySendError::Full(_) => Unavailable::QueueFull,
            TrySendError::Disconnected(_) => Unavailable::Stopped,
        })?;
        stored.await.map_err(|_| Unavailable::Stopped)?
    }

    /// A letter that staff keyed in, for [`Letterbox::hold`]. A receipt that is none of ours counts as absent.
    ///
    /// # Errors
    /// [`Unavailable::Seal`].
    pub fn keyed(&self, dialogue: RandomId, letter: &Letter, receipt: Option<&str>) -> Result<Keyed, Unavailable> {
        let mark = receipt.and_then(|receipt| self.0.receipt_key.mark(dialogue, receipt));
        Ok(Keyed(HandIn { mark, ..self.0.hand_in(dialogue, letter, Origin::Real)? }))
    }

    /// Holds a letter back as the latest one of its sitting, and hands in the one that was. Within a transaction; when
    /// that is committed, both are durable.
    ///
    /// # Errors
    /// The database. The inner error is why the letter was not taken; then the transaction has changed nothing.
    pub fn hold(
        &self,
        conn: &mut Connection,
        keyed: &mut Keyed,
        sitting: RandomId,
    ) -> db::Result<Result<HandedIn, HandInError>> {
        store::held::hold(conn, &mut keyed.0, sitting, self.0.clock.now(), &*self.0.randomness)
    }

    /// Stores many letters of a simulation, or of a benchmark, through the same code: sealed on all
    /// processors, a thousand to a transaction. Blocks. Calls `progress` with the number stored so far.
    ///
    /// The dialogue must be marked as simulated
    /// ([`mark_simulated`](crate::survey::dialogue::mark_simulated)).
    ///
    /// # Errors
    /// [`HandInError`]; what `progress` last told is stored.
    pub fn hand_in_many(
        &self,
        dialogue: RandomId,
        letters: impl IntoIterator<Item = Letter>,
        mut progress: impl FnMut(u64),
    ) -> Result<u64, HandInError> {
        let mut letters = letters.into_iter();
        let mut stored = 0;
        loop {
            let mut group = letters
                .by_ref()
                .take(BULK)
                .map(|letter| self.0.hand_in(dialogue, &letter, Origin::Simulated))
                .collect::<Result<Vec<_>, _>>()?;
            if group.is_empty() {
                return Ok(stored);
            }
            self.0.seal_all(&mut group)?;
            let mut conn = self.0.pool.get().map_err(Unavailable::from)?;
            let outcome = store::commit(&mut conn, &mut group, self.0.clock.now(), &*self.0.randomness)
                .map_err(Unavailable::from)?;
            self.0.desks.remember(outcome.desks);
            for reply in outcome.replies {
                reply?;
                stored += 1;
            }
            progress(stored);
        }
    }
}

impl Shared {
    fn hand_in(&self, dialogue: RandomId, letter: &Letter, origin: Origin) -> Result<HandIn, Unavailable> {
        Ok(HandIn {
            dialogue,
            origin,
            id: RandomId::new(&*self.randomness),
            padded: letter.to_padded().map_err(|_| Unavailable::Seal)?,
            sealed: None,
            mark: None,
        })
    }

    /// Seals outside the transaction, where we know to what; otherwise the transaction does it.
    fn seal(&self, hand_in: &HandIn) -> Result<Option<Sealed>, Unavailable> {
        let now = self.clock.now();
        let desk = self.desks.get(hand_in.dialogue).filter(|desk| now < desk.week.end());
        desk.map(|desk| desk.seal(&hand_in.padded, &*self.randomness)).transpose()
    }

    fn seal_all(&self, group: &mut [HandIn]) -> Result<(), Unavailable> {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let share = group.len().div_ceil(threads).max(1);
        thread::scope(|scope| {
            let seal_share = |share: &mut [HandIn]| {
                share.iter_mut().try_for_each(|hand_in| {
                    hand_in.sealed = self.seal(hand_in)?;
                    Ok(())
                })
            };
            let shares: Vec<_> = group.chunks_mut(share).map(|share| scope.spawn(move || seal_share(share))).collect();
            shares.into_iter().try_for_each(|share| share.join().map_err(|_| Unavailable::Seal)?)
        })
    }
}

impl Drop for Shared {
    /// Lets the thread store what waits, and waits for it.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(writer) = self.writer.take()
            && writer.join().is_err()
        {
            tracing::error!("the letterbox's thread ended in a panic");
        }
    }
}
