//! Batches in the database.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::{Batch, OPEN};
use crate::clock::Week;
use crate::db::schema::{batch, letter};
use crate::db::{self, Connection, write};
use crate::id::RandomId;

/// Takes the batches for this transaction alone, of which it must be the first statement: it waits for the
/// hand-ins that are under way, and those that come wait for it.
///
/// Without it, on PostgreSQL, hand-ins at full speed can make every try at closing their batch fail to
/// serialise. The lock comes before the transaction's snapshot, so that this sees all that it waited for.
/// SQLite's write lock does the same by itself.
pub(crate) fn take(conn: &mut Connection) -> db::Result<()> {
    match conn {
        Connection::Sqlite(_) => Ok(()),
        Connection::Postgres(conn) => Ok(conn.batch_execute("LOCK TABLE batch IN EXCLUSIVE MODE")?),
    }
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
pub(crate) fn letters_up_to(conn: &mut Connection, id: RandomId, at_most: usize) -> db::Result<usize> {
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

/// Whether any letter lies in the batch.
pub(crate) fn has_letters(conn: &mut Connection, id: RandomId) -> db::Result<bool> {
    Ok(letters_up_to(conn, id, 1)? > 0)
}

/// Closes an open batch, or marks it as empty. Within a transaction.
pub(crate) fn close(conn: &mut Connection, id: RandomId, state: &str, label: Option<Week>) -> db::Result<()> {
    diesel::update(batch::table.find(id.as_bytes().as_slice()))
        .set((batch::state.eq(state), batch::label.eq(label.map(|week| week.to_string()))))
        .execute(conn)?;
    Ok(())
}

/// Stores a batch, open, with its public key; on PostgreSQL with its letter table.
pub(super) fn insert(
    conn: &mut Connection,
    id: RandomId,
    dialogue: RandomId,
    week: Week,
    key: &[u8],
) -> db::Result<()> {
    write(conn, |conn| {
        take(conn)?;
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
    })
}

/// The name of the batch's letter table on PostgreSQL.
fn partition(id: RandomId) -> String {
    format!("letter_{id}")
}

/// Removes the row of a batch whose letters and key are gone, and on PostgreSQL its letter table.
pub(crate) fn delete(conn: &mut Connection, id: RandomId) -> db::Result<()> {
    write(conn, |conn| {
        take(conn)?;
        if let Connection::Postgres(conn) = conn {
            conn.batch_execute(&format!("DROP TABLE IF EXISTS {}", partition(id)))?;
        }
        diesel::delete(batch::table.find(id.as_bytes().as_slice())).execute(conn)?;
        Ok(())
    })
}
