//! Stored responses and comments, and who may read them.
//!
//! Nobody, the command line included, reads responses while a dialogue takes answers, simulated
//! dialogues excepted: these functions ask the database for its state, and are the only ones that read
//! answers or comments (`progress` counts rows by week and channel). They stream, so that a million responses need no memory, in the order of random ids.

use diesel::prelude::*;

use crate::clock::Week;
use crate::db::schema::{comment, response};
use crate::db::{self, Connection};
use crate::id::RandomId;
use crate::survey::answers::{Answers, Comment};
use crate::survey::dialogue;
use crate::survey::letterbox::Channel;

/// Rows read at a time.
const PAGE: i64 = 2000;

/// A response, without its id: nobody has a use for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// The questionnaire's structural version.
    pub version: i32,
    /// How she came to the survey.
    pub channel: Channel,
    /// The week of its crowd.
    pub week: Option<Week>,
    /// The answers on path.
    pub answers: Answers,
}

/// Why responses can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The dialogue is not closed yet, and is not a simulated one.
    #[error("responses can be read when the dialogue is closed and mixed, not before")]
    NotClosed,
    /// There is no such dialogue.
    #[error("there is no such dialogue")]
    Unknown,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Calls `each` with every response of the dialogue.
///
/// # Errors
/// [`ReadError::NotClosed`] before anything is read; the database.
pub fn for_each(
    conn: &mut Connection,
    dialogue: RandomId,
    mut each: impl FnMut(StoredResponse),
) -> Result<(), ReadError> {
    type Row = (Vec<u8>, i32, String, Option<String>, String);
    refuse_unless_readable(conn, dialogue)?;
    let mut after = Vec::new();
    loop {
        let page: Vec<Row> = response::table
            .filter(response::dialogue.eq(dialogue.as_bytes().as_slice()))
            .filter(response::id.gt(&after))
            .order(response::id)
            .limit(PAGE)
            .select((response::id, response::version, response::channel, response::week, response::answers))
            .load(conn)
            .map_err(db::Error::from)?;
        let Some((last, ..)) = page.last() else { return Ok(()) };
        after.clone_from(last);
        for (_, version, channel, week, answers) in page {
            each(StoredResponse {
                version,
                channel: db::parsed("response.channel", &channel)?,
                week: week.as_deref().map(|week| db::parsed("response.week", week)).transpose()?,
                answers: serde_json::from_str(&answers)
                    .map_err(|error| db::Error::Internal(format!("response.answers: {error}")))?,
            });
        }
    }
}

/// Calls `each` with every comment of the dialogue.
///
/// # Errors
/// [`ReadError::NotClosed`] before anything is read; the database.
pub fn for_each_comment(
    conn: &mut Connection,
    dialogue: RandomId,
    mut each: impl FnMut(Comment),
) -> Result<(), ReadError> {
    refuse_unless_readable(conn, dialogue)?;
    let mut after = Vec::new();
    loop {
        let page: Vec<(Vec<u8>, String, String)> = comment::table
            .filter(comment::dialogue.eq(dialogue.as_bytes().as_slice()))
            .filter(comment::id.gt(&after))
            .order(comment::id)
            .limit(PAGE)
            .select((comment::id, comment::question, comment::text))
            .load(conn)
            .map_err(db::Error::from)?;
        let Some((last, ..)) = page.last() else { return Ok(()) };
        after.clone_from(last);
        page.into_iter().for_each(|(_, question, text)| each(Comment { question, text }));
    }
}

fn refuse_unless_readable(conn: &mut Connection, dialogue: RandomId) -> Result<(), ReadError> {
    match dialogue::get(conn, dialogue)?.ok_or(ReadError::Unknown)?.is_readable() {
        true => Ok(()),
        false => Err(ReadError::NotClosed),
    }
}
