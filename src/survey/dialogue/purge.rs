//! Purging: a dialogue's answers are destroyed on a decision, and a receipt of counts stays.
//!
//! Swedish archive law lets public records be destroyed only by a decision (arkivlagen 1990:782, 10 §): so the
//! receipt names it. The definition, and with it the codebook, stays; so do reports.

use diesel::prelude::*;
use jiff::Timestamp;

use super::life::{at, changed, needs};
use super::{ChangeError, Dialogue, State, counts};
use crate::db::schema::{comment, dialogue, purge_receipt, response};
use crate::db::{self, Connection, write};
use crate::id::RandomId;

/// What is left of a dialogue's answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurgeReceipt {
    /// The decision to destroy them.
    pub decision: String,
    /// When they were destroyed.
    pub purged_at: Timestamp,
    /// How many responses there were.
    pub responses: u64,
    /// How many comments there were.
    pub comments: u64,
}

/// Destroys an archived dialogue's responses and comments. Within a transaction. The next mixing rewrites the tables, so
/// that freed pages hold nothing.
///
/// # Errors
/// [`ChangeError::NoDecision`] where `decision` is empty; others of [`ChangeError`].
pub fn purge(
    conn: &mut Connection,
    id: RandomId,
    revision: i32,
    decision: &str,
    now: Timestamp,
) -> Result<(Dialogue, PurgeReceipt), ChangeError> {
    let found = at(conn, id, Some(revision))?;
    needs(&found, &[State::Archived], "archived")?;
    let decision = decision.trim().to_owned();
    if decision.is_empty() {
        return Err(ChangeError::NoDecision);
    }
    let counts = counts(conn, id)?;
    let receipt = PurgeReceipt { decision, purged_at: now, responses: counts.responses, comments: counts.comments };
    let bytes = id.as_bytes().as_slice();
    diesel::delete(response::table.filter(response::dialogue.eq(bytes))).execute(conn).map_err(db::Error::from)?;
    diesel::delete(comment::table.filter(comment::dialogue.eq(bytes))).execute(conn).map_err(db::Error::from)?;
    diesel::insert_into(purge_receipt::table)
        .values((
            purge_receipt::dialogue.eq(bytes),
            purge_receipt::decision.eq(&receipt.decision),
            purge_receipt::purged_at.eq(now.as_second()),
            purge_receipt::responses.eq(i64::try_from(receipt.responses).unwrap_or(i64::MAX)),
            purge_receipt::comments.eq(i64::try_from(receipt.comments).unwrap_or(i64::MAX)),
            purge_receipt::rewritten.eq(0),
        ))
        .execute(conn)
        .map_err(db::Error::from)?;
    diesel::update(dialogue::table.find(bytes))
        .set(dialogue::state.eq(State::Purged.to_string()))
        .execute(conn)
        .map_err(db::Error::from)?;
    Ok((changed(conn, id)?, receipt))
}

/// The receipt of a purged dialogue.
///
/// # Errors
/// The database.
pub fn receipt_of_purge(conn: &mut Connection, id: RandomId) -> db::Result<Option<PurgeReceipt>> {
    let row: Option<(String, i64, i64, i64)> = purge_receipt::table
        .find(id.as_bytes().as_slice())
        .select((purge_receipt::decision, purge_receipt::purged_at, purge_receipt::responses, purge_receipt::comments))
        .first(conn)
        .optional()?;
    row.map(|(decision, purged_at, responses, comments)| {
        Ok(PurgeReceipt {
            decision,
            purged_at: Timestamp::from_second(purged_at).map_err(|error| db::Error::Internal(error.to_string()))?,
            responses: responses.unsigned_abs(),
            comments: comments.unsigned_abs(),
        })
    })
    .transpose()
}

/// Whether the tables have not been rewritten since a purge.
pub(crate) fn is_to_be_rewritten(conn: &mut Connection) -> db::Result<bool> {
    let waiting: i64 = purge_receipt::table.filter(purge_receipt::rewritten.eq(0)).count().get_result(conn)?;
    Ok(waiting > 0)
}

/// Notes that the tables have been rewritten.
pub(crate) fn rewritten(conn: &mut Connection) -> db::Result<()> {
    write(conn, |conn| {
        diesel::update(purge_receipt::table).set(purge_receipt::rewritten.eq(1)).execute(conn)?;
        Ok(())
    })
}
