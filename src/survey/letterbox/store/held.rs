//! Letters that are keyed from paper: the latest one of a sitting is held back, so that it can be taken back.
//!
//! It is sealed to the week's key like any letter: whoever keyed it can take it out, and nobody can read it. Handing it
//! in moves its row, unopened. No moment is stored, and none could be: the row of a sitting is replaced, never added to.

use diesel::prelude::*;
use jiff::Timestamp;

use super::{DeskStates, HandIn, Sealed, desk, insert, place, spend};
use crate::db::schema::held_letter;
use crate::db::{self, Connection};
use crate::id::{RandomId, Randomness};
use crate::survey::dialogue;
use crate::survey::letterbox::{HandInError, HandedIn, Unavailable};
use crate::survey::receipt;

type Row = (Vec<u8>, Vec<u8>, Vec<u8>);

/// Holds a letter as the latest one of `sitting`; the one before is handed in. Within a transaction.
pub(in crate::survey::letterbox) fn hold(
    conn: &mut Connection,
    hand_in: &mut HandIn,
    sitting: RandomId,
    now: Timestamp,
    randomness: &dyn Randomness,
) -> db::Result<Result<HandedIn, HandInError>> {
    let (dialogue, origin) = (hand_in.dialogue, hand_in.origin);
    let desks = DeskStates::from([(dialogue, desk(conn, dialogue, now)?)]);
    if let Err(refusal) = place(hand_in, &desks, randomness) {
        return Ok(Err(refusal));
    }
    let stored = [Ok(HandedIn::Stored)];
    let fresh = spend(conn, std::slice::from_ref(hand_in), &stored, receipt::generation(now))?;
    if hand_in.mark.is_some_and(|mark| !fresh.contains(&mark)) {
        return Ok(Ok(HandedIn::AlreadyStored));
    }
    release(conn, sitting)?;
    let Some(sealed) = &hand_in.sealed else { return Ok(Err(Unavailable::Seal.into())) };
    diesel::insert_into(held_letter::table)
        .values((
            held_letter::sitting.eq(sitting.as_bytes().as_slice()),
            held_letter::batch.eq(sealed.batch.as_bytes().as_slice()),
            held_letter::id.eq(hand_in.id.as_bytes().as_slice()),
            held_letter::sealed.eq(&sealed.bytes),
        ))
        .execute(conn)?;
    if desks.values().flatten().any(|state| !state.has_origin) {
        dialogue::set_origin(conn, dialogue, origin)?;
    }
    Ok(Ok(HandedIn::Stored))
}

/// Whether a letter of the sitting can be taken back.
pub(in crate::survey) fn has_held(conn: &mut Connection, sitting: RandomId) -> db::Result<bool> {
    let held = held_letter::table.filter(held_letter::sitting.eq(sitting.as_bytes().as_slice()));
    Ok(held.count().get_result::<i64>(conn)? > 0)
}

/// Removes the letter that is held; whether there was one. Within a transaction.
pub(in crate::survey) fn take_back(conn: &mut Connection, sitting: RandomId) -> db::Result<bool> {
    let held = held_letter::table.filter(held_letter::sitting.eq(sitting.as_bytes().as_slice()));
    Ok(diesel::delete(held).execute(conn)? > 0)
}

/// Hands in the letter that is held for a sitting, if there is one. Within a transaction.
pub(in crate::survey) fn release(conn: &mut Connection, sitting: RandomId) -> db::Result<()> {
    let held = held_letter::table.filter(held_letter::sitting.eq(sitting.as_bytes().as_slice()));
    let rows = held.select((held_letter::batch, held_letter::id, held_letter::sealed)).load(conn)?;
    hand_in(conn, rows)?;
    take_back(conn, sitting)?;
    Ok(())
}

/// Hands in the letters that are held for a batch which is about to be closed. Within a transaction.
pub(in crate::survey) fn release_batch(conn: &mut Connection, batch: RandomId) -> db::Result<()> {
    let held = held_letter::table.filter(held_letter::batch.eq(batch.as_bytes().as_slice()));
    let rows = held.select((held_letter::batch, held_letter::id, held_letter::sealed)).load(conn)?;
    hand_in(conn, rows)?;
    diesel::delete(held_letter::table.filter(held_letter::batch.eq(batch.as_bytes().as_slice()))).execute(conn)?;
    Ok(())
}

fn hand_in(conn: &mut Connection, rows: Vec<Row>) -> db::Result<()> {
    let letters = rows
        .into_iter()
        .map(|(batch, id, bytes)| Ok((db::id(id)?, Sealed { batch: db::id(batch)?, bytes })))
        .collect::<db::Result<Vec<_>>>()?;
    insert(conn, letters.iter().map(|(id, sealed)| (*id, sealed)).collect())
}
