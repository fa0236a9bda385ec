//! The steps as the command line takes them: at once, and without a second person.

use jiff::Timestamp;

use super::life::{By, begin_to_close, make, open_reviewed, review};
use super::{ChangeError, Dialogue, NewDialogue};
use crate::db::Connection;
use crate::id::{RandomId, Randomness};

/// Makes a draft, as the command line does. Within a transaction.
///
/// # Errors
/// [`ChangeError::SlugTaken`]; the database.
pub fn create(conn: &mut Connection, randomness: &dyn Randomness, new: &NewDialogue) -> Result<Dialogue, ChangeError> {
    make(conn, RandomId::new(randomness), new, By::CommandLine)
}

/// Opens a draft at once, as the command line does. Within a transaction.
///
/// # Errors
/// [`ChangeError`].
pub fn open(conn: &mut Connection, id: RandomId, now: Timestamp) -> Result<Dialogue, ChangeError> {
    review(conn, id, None, By::CommandLine)?;
    open_reviewed(conn, id, None, By::CommandLine, now)
}

/// Begins to close an open dialogue, as the command line does. Within a transaction.
///
/// # Errors
/// [`ChangeError`].
pub fn close(conn: &mut Connection, id: RandomId, now: Timestamp) -> Result<Dialogue, ChangeError> {
    begin_to_close(conn, id, None, now)
}
