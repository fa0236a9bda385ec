//! The letterbox's thread: group commit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::{Desks, Queued, Unavailable, store};
use crate::clock::Clock;
use crate::db::Pool;
use crate::id::Randomness;

/// The most letters in one transaction: bounds how long one waits for those before her.
const GROUP: usize = 256;

/// What the thread works with.
pub(super) struct Writer {
    pub(super) pool: Pool,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) randomness: Arc<dyn Randomness>,
    pub(super) desks: Desks,
}

impl Writer {
    /// Commits group after group until every sender is gone and the queue is empty.
    pub(super) fn run(&self, waiting: &Receiver<Queued>) {
        while let Ok(first) = waiting.recv() {
            let mut group = vec![first];
            group.extend(waiting.try_iter().take(GROUP - 1));
            // After a panic the group's senders are dropped, which its clients read as "unavailable";
            // the thread stays for the next group.
            if catch_unwind(AssertUnwindSafe(|| self.store(group))).is_err() {
                tracing::error!("storing a group of letters ended in a panic");
            }
        }
    }

    fn store(&self, group: Vec<Queued>) {
        let (mut hand_ins, replies): (Vec<_>, Vec<_>) =
            group.into_iter().map(|queued| (queued.hand_in, queued.reply)).unzip();
        let outcome = self
            .pool
            .get()
            .and_then(|mut conn| store::commit(&mut conn, &mut hand_ins, self.clock.now(), &*self.randomness));
        // A client that has gone meanwhile does not hear the reply; her letter is stored all the same.
        match outcome {
            Ok(outcome) => {
                self.desks.remember(outcome.desks);
                for (reply, result) in replies.into_iter().zip(outcome.replies) {
                    drop(reply.send(result));
                }
            }
            Err(error) => {
                tracing::error!(%error, "letters could not be stored; their senders are told to try again");
                for reply in replies {
                    drop(reply.send(Err(Unavailable::Database(error.clone()).into())));
                }
            }
        }
    }
}
