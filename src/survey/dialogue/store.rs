//! Dialogues and their definitions in the database.

use diesel::prelude::*;
use jiff::Timestamp;

use super::{ChangeError, Dialogue, Origin, Slug, State};
use crate::clock::Week;
use crate::db::schema::{batch, comment, dialogue, letter, questionnaire, response};
use crate::db::{self, Connection, write};
use crate::id::RandomId;

/// A questionnaire's definition as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Structural version; responses bear it.
    pub version: i32,
    /// From 1, raised when texts are corrected while the dialogue is open.
    pub text_version: i32,
    /// The file's name, for messages.
    pub file_name: String,
    /// The file's text.
    pub text: String,
}

/// What a new dialogue is made of.
#[derive(Debug, Clone)]
pub struct NewDialogue {
    /// Its name in addresses.
    pub slug: Slug,
    /// When it is planned to close.
    pub closes_at: Option<Timestamp>,
    /// Its questionnaire.
    pub definition: Definition,
}

/// How much a dialogue holds. For whoever runs the service; a page that showed it while answers come
/// in would tell when each one came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Sealed letters that wait for mixing.
    pub letters: u64,
    /// Mixed responses.
    pub responses: u64,
    /// Mixed comments.
    pub comments: u64,
}

/// A row of `dialogue`, column by column.
#[derive(Queryable)]
struct Row {
    id: Vec<u8>,
    slug: String,
    state: String,
    origin: Option<String>,
    opened_at: Option<i64>,
    closes_at: Option<i64>,
    closed_at: Option<i64>,
    last_week: Option<String>,
    revision: i32,
    edited_by: Option<Vec<u8>>,
    reviewed_by: Option<Vec<u8>>,
    paused_at: Option<i64>,
    retention_decision: Option<String>,
}

fn from_row(row: Row) -> db::Result<Dialogue> {
    let moment = |seconds: Option<i64>| {
        seconds
            .map(|seconds| Timestamp::from_second(seconds).map_err(|error| db::Error::Internal(error.to_string())))
            .transpose()
    };
    Ok(Dialogue {
        id: db::id(row.id)?,
        slug: db::parsed("slug", &row.slug)?,
        state: db::parsed("state", &row.state)?,
        origin: row.origin.as_deref().map(|origin| db::parsed("origin", origin)).transpose()?,
        opened_at: moment(row.opened_at)?,
        closes_at: moment(row.closes_at)?,
        closed_at: moment(row.closed_at)?,
        last_week: row.last_week.as_deref().map(|week| db::parsed("last_week", week)).transpose()?,
        revision: row.revision,
        edited_by: row.edited_by.map(db::id).transpose()?,
        reviewed_by: row.reviewed_by.map(db::id).transpose()?,
        paused_at: moment(row.paused_at)?,
        retention_decision: row.retention_decision,
    })
}

pub(super) fn insert_definition(conn: &mut Connection, id: RandomId, definition: &Definition) -> db::Result<()> {
    diesel::insert_into(questionnaire::table)
        .values((
            questionnaire::dialogue.eq(id.as_bytes().as_slice()),
            questionnaire::version.eq(definition.version),
            questionnaire::text_version.eq(definition.text_version),
            questionnaire::file_name.eq(&definition.file_name),
            questionnaire::definition.eq(&definition.text),
        ))
        .execute(conn)?;
    Ok(())
}

/// The dialogue's definition with this structural version, or its latest one; with its latest texts.
///
/// # Errors
/// The database.
pub fn definition(conn: &mut Connection, id: RandomId, version: Option<i32>) -> db::Result<Option<Definition>> {
    let mut query = questionnaire::table
        .filter(questionnaire::dialogue.eq(id.as_bytes().as_slice()))
        .order((questionnaire::version.desc(), questionnaire::text_version.desc()))
        .select((
            questionnaire::version,
            questionnaire::text_version,
            questionnaire::file_name,
            questionnaire::definition,
        ))
        .into_boxed();
    if let Some(version) = version {
        query = query.filter(questionnaire::version.eq(version));
    }
    let row: Option<(i32, i32, String, String)> = query.first(conn).optional()?;
    Ok(row.map(|(version, text_version, file_name, text)| Definition { version, text_version, file_name, text }))
}

/// Marks the dialogue as simulated, before the first simulated answer. Within a transaction.
///
/// # Errors
/// [`ChangeError::HoldsRealAnswers`]; [`ChangeError::Unknown`]; the database.
pub fn mark_simulated(conn: &mut Connection, id: RandomId) -> Result<(), ChangeError> {
    match get(conn, id)?.ok_or(ChangeError::Unknown)?.origin {
        Some(Origin::Simulated) => Ok(()),
        Some(Origin::Real) => Err(ChangeError::HoldsRealAnswers),
        None => {
            // No origin, yet answers: a row that this version did not write. Take it for the worst.
            let counts = counts(conn, id)?;
            if counts.letters + counts.responses + counts.comments > 0 {
                return Err(ChangeError::HoldsRealAnswers);
            }
            Ok(set_origin(conn, id, Origin::Simulated)?)
        }
    }
}

/// The dialogue with this name.
///
/// # Errors
/// The database.
pub fn find(conn: &mut Connection, slug: &str) -> db::Result<Option<Dialogue>> {
    dialogue::table.filter(dialogue::slug.eq(slug)).first::<Row>(conn).optional()?.map(from_row).transpose()
}

/// The dialogue with this id.
///
/// # Errors
/// The database.
pub fn get(conn: &mut Connection, id: RandomId) -> db::Result<Option<Dialogue>> {
    dialogue::table.find(id.as_bytes().as_slice()).first::<Row>(conn).optional()?.map(from_row).transpose()
}

/// All dialogues, by name.
///
/// # Errors
/// The database.
pub fn all(conn: &mut Connection) -> db::Result<Vec<Dialogue>> {
    let mut dialogues = dialogue::table.load::<Row>(conn)?.into_iter().map(from_row).collect::<db::Result<Vec<_>>>()?;
    // Sorted here: the databases' collations differ.
    dialogues.sort_by(|one, other| one.slug.as_str().cmp(other.slug.as_str()));
    Ok(dialogues)
}

/// How much the dialogue holds.
///
/// # Errors
/// The database.
pub fn counts(conn: &mut Connection, id: RandomId) -> db::Result<Counts> {
    let bytes = id.as_bytes().as_slice();
    let batches: Vec<Vec<u8>> = batch::table.filter(batch::dialogue.eq(bytes)).select(batch::id).load(conn)?;
    let mut letters: i64 = 0;
    for batch in batches {
        letters += letter::table.filter(letter::batch.eq(batch)).count().get_result::<i64>(conn)?;
    }
    let responses: i64 = response::table.filter(response::dialogue.eq(bytes)).count().get_result(conn)?;
    let comments: i64 = comment::table.filter(comment::dialogue.eq(bytes)).count().get_result(conn)?;
    Ok(Counts {
        letters: letters.unsigned_abs(),
        responses: responses.unsigned_abs(),
        comments: comments.unsigned_abs(),
    })
}

/// The latest structural version and text version of the dialogue's questionnaire.
pub(crate) fn latest_version(conn: &mut Connection, id: RandomId) -> db::Result<Option<(i32, i32)>> {
    let found = questionnaire::table
        .filter(questionnaire::dialogue.eq(id.as_bytes().as_slice()))
        .order((questionnaire::version.desc(), questionnaire::text_version.desc()))
        .select((questionnaire::version, questionnaire::text_version))
        .first(conn)
        .optional()?;
    Ok(found)
}

/// Says whose answers the dialogue holds, where nothing says so yet. Within a transaction.
pub(crate) fn set_origin(conn: &mut Connection, id: RandomId, origin: Origin) -> db::Result<()> {
    diesel::update(dialogue::table.find(id.as_bytes().as_slice()).filter(dialogue::origin.is_null()))
        .set(dialogue::origin.eq(origin.to_string()))
        .execute(conn)?;
    Ok(())
}

/// Notes the week that the latest mixed responses bear. Within a transaction.
pub(crate) fn set_last_week(conn: &mut Connection, id: RandomId, week: Week) -> db::Result<()> {
    diesel::update(dialogue::table.find(id.as_bytes().as_slice()))
        .set(dialogue::last_week.eq(week.to_string()))
        .execute(conn)?;
    Ok(())
}

/// Begins to close the open dialogues whose planned moment has come: as if staff had done it then.
pub(crate) fn close_overdue(conn: &mut Connection, now: Timestamp) -> db::Result<()> {
    write(conn, |conn| {
        diesel::update(
            dialogue::table
                .filter(dialogue::state.eq_any([State::Open.to_string(), State::Paused.to_string()]))
                .filter(dialogue::closes_at.le(now.as_second())),
        )
        .set((dialogue::state.eq(State::Closing.to_string()), dialogue::closed_at.eq(dialogue::closes_at)))
        .execute(conn)?;
        Ok(())
    })
}

/// All answers are mixed: from now on they may be read.
pub(crate) fn finish(conn: &mut Connection, id: RandomId) -> db::Result<()> {
    write(conn, |conn| {
        diesel::update(dialogue::table.find(id.as_bytes().as_slice()))
            .set(dialogue::state.eq(State::Closed.to_string()))
            .execute(conn)?;
        Ok(())
    })
}
