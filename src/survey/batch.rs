//! Batches: a dialogue's letters of a week, and the states of their key.
//!
//! An *open* batch takes letters. Mixing *closes* it, which also decides the label: the week that its
//! responses will bear (none for a dialogue with too few responses in all). When its letters have become
//! responses, its key is destroyed and the row deleted. A batch that no letter came to is closed as
//! *empty*: it leaves without a trace, so nothing has to be rewritten for it.
//!
//! Batches are made ahead, for this week and the next two, by whoever holds the keys: copies of the service
//! that hold none can serve meanwhile.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use jiff::Timestamp;

use crate::clock::Week;
use crate::db::schema::{batch, letter};
use crate::db::{self, Connection, write};
use crate::id::{RandomId, Randomness};
use crate::survey::dialogue::{Dialogue, State};
use crate::survey::keys::{KeyDir, KeyError};

/// Takes letters.
pub(crate) const OPEN: &str = "open";
/// Is being mixed.
pub(crate) const CLOSED: &str = "closed";
/// Closed with no letter in it.
pub(crate) const EMPTY: &str = "empty";

/// Weeks for which batches are made: the present one and so many after it, less one.
const WEEKS_AHEAD: usize = 3;

/// A batch, without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Batch {
    pub(crate) id: RandomId,
    pub(crate) week: Week,
    pub(crate) label: Option<Week>,
}

/// Why a batch can't be made.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// Its key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Its row.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// The dialogue's batches in this state, by week.
pub(crate) fn in_state(conn: &mut Connection, dialogue: RandomId, state: &str) -> db::Result<Vec<Batch>> {
    let rows: Vec<(Vec<u8>, String, Option<String>)> = batch::table
        .filter(batch::dialogue.eq(dialogue.as_bytes().as_slice()))
        .filter(batch::state.eq(state))
        .select((batch::id, batch::week, batch::label))
        .order((batch::week, batch::id))
        .load(conn)?;
    rows.into_iter()
        .map(|(id, week, label)| {
            let label = label.as_deref().map(|label| db::parsed("batch.label", label)).transpose()?;
            Ok(Batch { id: db::id(id)?, week: db::parsed("batch.week", &week)?, label })
        })
        .collect()
}

/// How many letters lie in the batch, counted up to `at_most`: counting a large one whole takes seconds.
pub(crate) fn letters(conn: &mut Connection, id: RandomId, at_most: usize) -> db::Result<usize> {
    let ids: Vec<Vec<u8>> = letter::table
        .filter(letter::batch.eq(id.as_bytes().as_slice()))
        .select(letter::id)
        .limit(i64::try_from(at_most).unwrap_or(i64::MAX))
        .load(conn)?;
    Ok(ids.len())
}

/// How many letters lie in the batch.
pub(crate) fn count_letters(conn: &mut Connection, id: RandomId) -> db::Result<usize> {
    let count: i64 = letter::table.filter(letter::batch.eq(id.as_bytes().as_slice())).count().get_result(conn)?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// Closes an open batch, or marks it as empty. Within a transaction.
pub(crate) fn close(conn: &mut Connection, id: RandomId, state: &str, label: Option<Week>) -> db::Result<()> {
    diesel::update(batch::table.find(id.as_bytes().as_slice()))
        .set((batch::state.eq(state), batch::label.eq(label.map(|week| week.to_string()))))
        .execute(conn)?;
    Ok(())
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
    if dialogue.state == State::Closed || dialogue.is_over(now) {
        return Ok(());
    }
    let open = in_state(conn, dialogue.id, OPEN)?;
    for week in std::iter::successors(Some(Week::of(now)), |week| Some(week.next())).take(WEEKS_AHEAD) {
        if open.iter().all(|batch| batch.week != week) {
            let id = RandomId::new(randomness);
            let key = keys.make_batch_key(id, randomness)?;
            write(conn, |conn| insert(conn, id, dialogue.id, week, key.as_bytes()))?;
        }
    }
    Ok(())
}

fn insert(conn: &mut Connection, id: RandomId, dialogue: RandomId, week: Week, key: &[u8]) -> db::Result<()> {
    diesel::insert_into(batch::table)
        .values((
            batch::id.eq(id.as_bytes().as_slice()),
            batch::dialogue.eq(dialogue.as_bytes().as_slice()),
            batch::week.eq(week.to_string()),
            batch::public_key.eq(key),
            batch::state.eq(OPEN),
        ))
        .execute(conn)?;
    if let Connection::Postgres(conn) = conn {
        // Letters are a little over 2 kB, from where on PostgreSQL would move each to a side table.
        conn.batch_execute(&format!(
            "CREATE TABLE {} PARTITION OF letter FOR VALUES IN ('\\x{id}') WITH (toast_tuple_target = 4080)",
            partition(id)
        ))?;
    }
    Ok(())
}

/// The name of the batch's letter table on PostgreSQL.
pub(crate) fn partition(id: RandomId) -> String {
    format!("letter_{id}")
}

/// Removes the row of a batch whose letters and key are gone, and on PostgreSQL its letter table.
pub(crate) fn delete(conn: &mut Connection, id: RandomId) -> db::Result<()> {
    write(conn, |conn| {
        if let Connection::Postgres(conn) = conn {
            conn.batch_execute(&format!("DROP TABLE IF EXISTS {}", partition(id)))?;
        }
        diesel::delete(batch::table.find(id.as_bytes().as_slice())).execute(conn)?;
        Ok(())
    })
}
