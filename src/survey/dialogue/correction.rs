//! Correcting texts while answers come in: the one change of a questionnaire that is possible then.

use super::life::{at, changed, needs};
use super::store::insert_definition;
use super::{ChangeError, Definition, Dialogue, State, definition};
use crate::db::Connection;
use crate::id::RandomId;
use crate::survey::definition::compare::{TextChange, structural_changes, text_changes};
use crate::survey::definition::load;

/// Corrects the texts of a dialogue that takes answers, as a new text version. To be called within a
/// transaction. Returns what differs, for the audit log.
///
/// # Errors
/// [`ChangeError::Structure`] where more than texts differ; [`ChangeError::Definition`] where either edition does not
/// pass the checks; others of [`ChangeError`].
pub fn correct_texts(
    conn: &mut Connection,
    id: RandomId,
    revision: i32,
    file_name: &str,
    text: &str,
) -> Result<(Dialogue, Vec<TextChange>), ChangeError> {
    let found = at(conn, id, Some(revision))?;
    needs(&found, &[State::Open, State::Paused], "open or paused")?;
    let before = definition(conn, id, None)?.ok_or(ChangeError::Unknown)?;
    let old = load(&before.file_name, &before.text).map_err(ChangeError::Definition)?;
    let new = load(file_name, text).map_err(ChangeError::Definition)?;
    let structural = structural_changes(&old, &new);
    if !structural.is_empty() {
        return Err(ChangeError::Structure(structural));
    }
    let changes = text_changes(&old, &new);
    if changes.is_empty() {
        return Ok((found, changes));
    }
    let corrected = Definition {
        version: before.version,
        text_version: before.text_version + 1,
        file_name: file_name.to_owned(),
        text: text.to_owned(),
    };
    insert_definition(conn, id, &corrected)?;
    Ok((changed(conn, id)?, changes))
}
