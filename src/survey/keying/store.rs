//! Sittings in the database.

use diesel::prelude::*;

use super::Sitting;
use crate::db::schema::keying_sitting as table;
use crate::db::{self, Connection};
use crate::id::{RandomId, Randomness};
use crate::survey::letterbox;

type Row = (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>);

const COLUMNS: (table::id, table::dialogue, table::account, table::session) =
    (table::id, table::dialogue, table::account, table::session);

fn from_row((id, dialogue, account, session): Row) -> db::Result<Sitting> {
    let (id, dialogue) = (db::id(id)?, db::id(dialogue)?);
    Ok(Sitting { id, dialogue, account: db::id(account)?, session: db::id(session)? })
}

/// The sitting of a session for a dialogue, begun where there is none. Within a transaction.
///
/// # Errors
/// The database.
pub fn begin(
    conn: &mut Connection,
    dialogue: RandomId,
    account: RandomId,
    session: RandomId,
    randomness: &dyn Randomness,
) -> db::Result<Sitting> {
    if let Some(sitting) = of_session(conn, dialogue, session)? {
        return Ok(sitting);
    }
    let sitting = Sitting { id: RandomId::new(randomness), dialogue, account, session };
    diesel::insert_into(table::table)
        .values((
            table::id.eq(sitting.id.as_bytes().as_slice()),
            table::dialogue.eq(dialogue.as_bytes().as_slice()),
            table::account.eq(account.as_bytes().as_slice()),
            table::session.eq(session.as_bytes().as_slice()),
        ))
        .execute(conn)?;
    Ok(sitting)
}

/// The sitting of a session for a dialogue, if one has begun.
///
/// # Errors
/// The database.
pub fn of_session(conn: &mut Connection, dialogue: RandomId, session: RandomId) -> db::Result<Option<Sitting>> {
    let row: Option<Row> = table::table
        .filter(table::dialogue.eq(dialogue.as_bytes().as_slice()))
        .filter(table::session.eq(session.as_bytes().as_slice()))
        .select(COLUMNS)
        .first(conn)
        .optional()?;
    row.map(from_row).transpose()
}

/// All sittings.
///
/// # Errors
/// The database.
pub fn all(conn: &mut Connection) -> db::Result<Vec<Sitting>> {
    table::table.select(COLUMNS).load(conn)?.into_iter().map(from_row).collect()
}

/// Whether the letter that was keyed last can be taken back.
///
/// # Errors
/// The database.
pub fn can_take_back(conn: &mut Connection, sitting: &Sitting) -> db::Result<bool> {
    letterbox::has_held(conn, sitting.id)
}

/// Takes back the letter that was keyed last; whether there was one. Within a transaction.
///
/// # Errors
/// The database.
pub fn take_back(conn: &mut Connection, sitting: &Sitting) -> db::Result<bool> {
    letterbox::take_back(conn, sitting.id)
}

/// Ends a sitting: hands in what is held, and forgets the sitting. Whether it was still there. Within a transaction.
///
/// # Errors
/// The database.
pub fn end(conn: &mut Connection, sitting: &Sitting) -> db::Result<bool> {
    letterbox::release(conn, sitting.id)?;
    Ok(diesel::delete(table::table.find(sitting.id.as_bytes().as_slice())).execute(conn)? > 0)
}
