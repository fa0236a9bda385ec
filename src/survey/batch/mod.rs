//! Batches: a dialogue's letters of a week, and the states of their key.
//!
//! An *open* batch takes letters. Mixing *closes* it, which also decides the label: the week that its
//! responses will bear (none for a dialogue with too few responses in all). When its letters have become
//! responses, its key is destroyed and the row deleted. A batch that no letter came to is closed as
//! *empty*: it leaves without a trace, so nothing has to be rewritten for it.
//!
//! Batches are made ahead, for this week and the next two, by whoever holds the keys: copies of the service
//! that hold none can serve meanwhile.

mod store;

use jiff::Timestamp;

use crate::clock::Week;
use crate::db::{self, Connection};
use crate::id::{RandomId, Randomness};
use crate::survey::dialogue::{Dialogue, State};
use crate::survey::keys::{KeyDir, KeyError};

pub(crate) use store::{close, count_letters, delete, has_letters, in_state, letters_up_to, take};

/// Takes letters.
pub(crate) const OPEN: &str = "open";
/// Is being mixed.
pub(crate) const CLOSED: &str = "closed";
/// Closed with no letter in it.
pub(crate) const EMPTY: &str = "empty";

/// Weeks for which there is a batch: the present one and the next two.
const WEEKS: usize = 3;

/// A batch, without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Batch {
    pub(crate) id: RandomId,
    pub(crate) week: Week,
    pub(crate) label: Option<Week>,
}

/// Why a batch can't be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PrepareError {
    /// Its key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Its row.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Makes the batches that the dialogue lacks for the weeks to come. The private half of each key is
/// durable before its public half can be seen.
///
/// # Errors
/// [`PrepareError`].
pub(crate) fn prepare(
    conn: &mut Connection,
    keys: &KeyDir,
    dialogue: &Dialogue,
    now: Timestamp,
    randomness: &dyn Randomness,
) -> Result<(), PrepareError> {
    let put_away = matches!(dialogue.state, State::Closed | State::Archived | State::Purged);
    if put_away || dialogue.is_over(now) {
        return Ok(());
    }
    let open = in_state(conn, dialogue.id, OPEN)?;
    for week in std::iter::successors(Some(Week::of(now)), |week| Some(week.next())).take(WEEKS) {
        if open.iter().all(|batch| batch.week != week) {
            let id = RandomId::new(randomness);
            let key = keys.make_batch_key(id, randomness)?;
            store::insert(conn, id, dialogue.id, week, key.as_bytes())?;
        }
    }
    Ok(())
}
