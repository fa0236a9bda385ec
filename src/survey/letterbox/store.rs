//! The transaction that stores a group of letters.

pub(super) mod held;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

use crypto_box::PublicKey;
use diesel::prelude::*;
use jiff::Timestamp;

use super::letter::{self, Padded};
use super::{HandInError, HandedIn, Unavailable};
use crate::clock::Week;
use crate::db::schema::{batch, letter as letters, spent_receipt};
use crate::db::{self, Connection, write};
use crate::id::{RandomId, Randomness};
use crate::on_backend;
use crate::survey::dialogue::{self, Origin};
use crate::survey::receipt::{self, Mark};

/// A letter on its way into the database.
pub(super) struct HandIn {
    pub(super) dialogue: RandomId,
    pub(super) origin: Origin,
    /// The stored letter's id.
    pub(super) id: RandomId,
    /// Kept, so that it can be sealed again where the batch was closed meanwhile.
    pub(super) padded: Padded,
    /// Sealed beforehand, outside the transaction.
    pub(super) sealed: Option<Sealed>,
    /// The receipt, as stored.
    pub(super) mark: Option<Mark>,
}

/// A letter sealed to a batch.
pub(super) struct Sealed {
    batch: RandomId,
    bytes: Vec<u8>,
}

/// The open batch that a dialogue's letters go to.
#[derive(Clone)]
pub(super) struct Desk {
    batch: RandomId,
    pub(super) week: Week,
    key: PublicKey,
}

impl Desk {
    pub(super) fn seal(&self, padded: &Padded, randomness: &dyn Randomness) -> Result<Sealed, Unavailable> {
        let bytes = letter::seal(&self.key, padded, randomness).map_err(|_| Unavailable::Seal)?;
        Ok(Sealed { batch: self.batch, bytes })
    }
}

/// What became of a group.
pub(super) struct Outcome {
    /// Per hand-in, in their order.
    pub(super) replies: Vec<Result<HandedIn, HandInError>>,
    /// The desks that are open now.
    pub(super) desks: Vec<(RandomId, Desk)>,
}

/// Stores a group in one transaction: all that may be stored, or nothing.
pub(super) fn commit(
    conn: &mut Connection,
    group: &mut [HandIn],
    now: Timestamp,
    randomness: &dyn Randomness,
) -> db::Result<Outcome> {
    write(conn, |conn| {
        let desks = desks(conn, group, now)?;
        let mut replies: Vec<Result<HandedIn, HandInError>> = Vec::with_capacity(group.len());
        for hand_in in group.iter_mut() {
            replies.push(place(hand_in, &desks, randomness));
        }
        let fresh = spend(conn, group, &replies, receipt::generation(now))?;
        let mut spent_here = HashSet::new();
        for (hand_in, reply) in group.iter().zip(&mut replies) {
            if let (Some(mark), Ok(_)) = (hand_in.mark, &reply)
                && !(fresh.contains(&mark) && spent_here.insert(mark))
            {
                *reply = Ok(HandedIn::AlreadyStored);
            }
        }
        let stored = || group.iter().zip(&replies).filter(|(_, reply)| **reply == Ok(HandedIn::Stored));
        insert(conn, stored().filter_map(|(hand_in, _)| Some((hand_in.id, hand_in.sealed.as_ref()?))).collect())?;
        for (id, state) in &desks {
            if let Ok(DeskState { has_origin: false, .. }) = state
                && let Some((hand_in, _)) = stored().find(|(hand_in, _)| hand_in.dialogue == *id)
            {
                dialogue::set_origin(conn, *id, hand_in.origin)?;
            }
        }
        let open = desks.into_iter().filter_map(|(id, state)| Some((id, state.ok()?.desk)));
        Ok(Outcome { replies, desks: open.collect() })
    })
}

/// A dialogue's desk as a group finds it.
struct DeskState {
    desk: Desk,
    origin: Option<Origin>,
    has_origin: bool,
}

type DeskStates = BTreeMap<RandomId, Result<DeskState, HandInError>>;

/// The desks of the group's dialogues, held open until the transaction ends: on SQLite by the write
/// lock, on PostgreSQL by a shared lock on the batch's row, which closing the batch waits for.
fn desks(conn: &mut Connection, group: &[HandIn], now: Timestamp) -> db::Result<DeskStates> {
    let mut desks = DeskStates::new();
    for hand_in in group {
        if let Entry::Vacant(unknown) = desks.entry(hand_in.dialogue) {
            unknown.insert(desk(conn, hand_in.dialogue, now)?);
        }
    }
    Ok(desks)
}

fn desk(conn: &mut Connection, id: RandomId, now: Timestamp) -> db::Result<Result<DeskState, HandInError>> {
    let Some(dialogue) = dialogue::get(conn, id)?.filter(|dialogue| dialogue.accepts(now)) else {
        return Ok(Err(HandInError::Closed));
    };
    // The week's batch, or a later one where this process's clock lags behind the mixer's.
    let query = batch::table
        .filter(batch::dialogue.eq(id.as_bytes().as_slice()))
        .filter(batch::state.eq(crate::survey::batch::OPEN))
        .filter(batch::week.ge(Week::of(now).to_string()))
        .order(batch::week.asc())
        .select((batch::id, batch::week, batch::public_key));
    let row: Option<(Vec<u8>, String, Vec<u8>)> = match conn {
        Connection::Sqlite(conn) => query.first(conn).optional()?,
        Connection::Postgres(conn) => query.for_share().first(conn).optional()?,
    };
    let Some((batch, week, key)) = row else {
        return Ok(Err(Unavailable::NoBatch.into()));
    };
    let key = PublicKey::from_slice(&key).map_err(|error| db::Error::Internal(format!("batch.public_key: {error}")))?;
    let desk = Desk { batch: db::id(batch)?, week: db::parsed("batch.week", &week)?, key };
    Ok(Ok(DeskState { desk, origin: dialogue.origin, has_origin: dialogue.origin.is_some() }))
}

/// Checks one hand-in against its desk, and seals it to that where it is not.
fn place(hand_in: &mut HandIn, desks: &DeskStates, randomness: &dyn Randomness) -> Result<HandedIn, HandInError> {
    let state = match desks.get(&hand_in.dialogue) {
        Some(Ok(state)) => state,
        Some(Err(error)) => return Err(error.clone()),
        None => return Err(HandInError::Closed),
    };
    match (state.origin, hand_in.origin) {
        // Simulated letters need the mark beforehand, so that they never meet a resident's.
        (Some(origin), wanted) if origin != wanted => return Err(HandInError::OtherOrigin(origin)),
        (None, Origin::Simulated) => return Err(HandInError::OtherOrigin(Origin::Real)),
        _ => {}
    }
    if hand_in.sealed.as_ref().is_none_or(|sealed| sealed.batch != state.desk.batch) {
        hand_in.sealed = Some(state.desk.seal(&hand_in.padded, randomness)?);
    }
    Ok(HandedIn::Stored)
}

/// Marks the group's receipts as spent, and tells which of them were not.
///
/// `ON CONFLICT DO NOTHING` instead of a savepoint per letter: a spent receipt is no error, so it can't
/// abort the others' transaction, and on PostgreSQL one statement serves the whole group.
fn spend(
    conn: &mut Connection,
    group: &[HandIn],
    replies: &[Result<HandedIn, HandInError>],
    generation: i32,
) -> db::Result<HashSet<Mark>> {
    let marks: HashSet<Mark> =
        group.iter().zip(replies).filter(|(_, reply)| reply.is_ok()).filter_map(|(hand_in, _)| hand_in.mark).collect();
    if marks.is_empty() {
        return Ok(HashSet::new());
    }
    let row = |mark: &Mark| (spent_receipt::hmac.eq(mark.to_vec()), spent_receipt::generation.eq(generation));
    match conn {
        Connection::Sqlite(conn) => {
            let mut fresh = HashSet::new();
            for mark in marks {
                let inserted = diesel::insert_into(spent_receipt::table)
                    .values(row(&mark))
                    .on_conflict_do_nothing()
                    .execute(conn)?;
                if inserted == 1 {
                    fresh.insert(mark);
                }
            }
            Ok(fresh)
        }
        Connection::Postgres(conn) => {
            let inserted: Vec<Vec<u8>> = diesel::insert_into(spent_receipt::table)
                .values(marks.iter().map(row).collect::<Vec<_>>())
                .on_conflict_do_nothing()
                .returning(spent_receipt::hmac)
                .get_results(conn)?;
            Ok(inserted.into_iter().filter_map(|mark| Mark::try_from(mark).ok()).collect())
        }
    }
}

/// Inserts the letters in the order of their random ids.
fn insert(conn: &mut Connection, mut stored: Vec<(RandomId, &Sealed)>) -> db::Result<()> {
    if stored.is_empty() {
        return Ok(());
    }
    stored.sort_unstable_by_key(|(id, _)| *id);
    let rows: Vec<_> = stored
        .iter()
        .map(|(id, sealed)| {
            (
                letters::batch.eq(sealed.batch.as_bytes().as_slice()),
                letters::id.eq(id.as_bytes().as_slice()),
                letters::sealed.eq(&sealed.bytes),
            )
        })
        .collect();
    on_backend!(conn, |conn| diesel::insert_into(letters::table).values(&rows).execute(conn))?;
    Ok(())
}
