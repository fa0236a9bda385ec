//! The steps of a dialogue's life that staff take.
//!
//! Each is one function, to be called within a transaction ([`crate::db::write`]), where the audit log's
//! line is written too. The command line's are in [`super::command`].
//!
//! A page that changes a dialogue says which revision it showed; where someone else has changed the
//! dialogue since, nothing happens ([`ChangeError::ChangedMeanwhile`]).

use diesel::prelude::*;
use jiff::Timestamp;

use super::statement::{Kind, statements};
use super::store::insert_definition;
use super::{ChangeError, Definition, Dialogue, NewDialogue, State, get};
use crate::db::schema::{dialogue, questionnaire};
use crate::db::{self, Connection};
use crate::id::RandomId;

/// Who takes a step: an account of staff, or the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// This account.
    Account(RandomId),
    /// Whoever runs commands on the machine has the database anyway, and needs no second person.
    CommandLine,
}

impl By {
    /// The account, where it is one.
    pub(super) fn id(self) -> Option<RandomId> {
        match self {
            Self::Account(id) => Some(id),
            Self::CommandLine => None,
        }
    }

    fn account(self) -> Option<Vec<u8>> {
        self.id().map(|id| id.as_bytes().to_vec())
    }
}

/// What can be edited before a dialogue opens.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The questionnaire, where it is replaced.
    pub definition: Option<Definition>,
    /// The planned end.
    pub closes_at: Option<Timestamp>,
    /// How long the material is kept, and by which decision.
    pub retention_decision: Option<String>,
}

/// Makes a dialogue, as a draft.
///
/// # Errors
/// [`ChangeError::SlugTaken`]; the database.
pub fn make(conn: &mut Connection, id: RandomId, new: &NewDialogue, by: By) -> Result<Dialogue, ChangeError> {
    let inserted = diesel::insert_into(dialogue::table)
        .values((
            dialogue::id.eq(id.as_bytes().as_slice()),
            dialogue::slug.eq(new.slug.as_str()),
            dialogue::state.eq(State::Draft.to_string()),
            dialogue::closes_at.eq(new.closes_at.map(Timestamp::as_second)),
            dialogue::edited_by.eq(by.account()),
        ))
        .execute(conn);
    match inserted.map_err(db::Error::from) {
        Err(db::Error::Unique(_)) => return Err(ChangeError::SlugTaken(new.slug.clone())),
        inserted => inserted?,
    };
    insert_definition(conn, id, &new.definition)?;
    get(conn, id)?.ok_or(ChangeError::Unknown)
}

/// Edits a dialogue that is not open yet; a reviewed one becomes a draft again.
///
/// # Errors
/// [`ChangeError`].
pub fn edit(
    conn: &mut Connection,
    id: RandomId,
    revision: i32,
    edit: &Edit,
    by: By,
    now: Timestamp,
) -> Result<Dialogue, ChangeError> {
    let found = at(conn, id, Some(revision))?;
    needs(&found, &[State::Draft, State::Reviewed], "a draft")?;
    not_past(edit.closes_at, now)?;
    if let Some(definition) = &edit.definition {
        let id = id.as_bytes().as_slice();
        diesel::delete(questionnaire::table.filter(questionnaire::dialogue.eq(id)))
            .execute(conn)
            .map_err(db::Error::from)?;
        insert_definition(conn, found.id, definition)?;
    }
    diesel::update(row(&found))
        .set((
            dialogue::state.eq(State::Draft.to_string()),
            dialogue::closes_at.eq(edit.closes_at.map(Timestamp::as_second)),
            dialogue::retention_decision.eq(&edit.retention_decision),
            dialogue::edited_by.eq(by.account()),
            dialogue::reviewed_by.eq(None::<Vec<u8>>),
        ))
        .execute(conn)
        .map_err(db::Error::from)?;
    changed(conn, id)
}

/// Marks a draft as read by a second person.
///
/// # Errors
/// [`ChangeError::OwnReview`] for whoever edited it last; others of [`ChangeError`].
pub fn review(conn: &mut Connection, id: RandomId, revision: Option<i32>, by: By) -> Result<Dialogue, ChangeError> {
    let found = at(conn, id, revision)?;
    needs(&found, &[State::Draft], "a draft")?;
    if let By::Account(reviewer) = by
        && found.edited_by == Some(reviewer)
    {
        return Err(ChangeError::OwnReview);
    }
    diesel::update(row(&found))
        .set((dialogue::state.eq(State::Reviewed.to_string()), dialogue::reviewed_by.eq(by.account())))
        .execute(conn)
        .map_err(db::Error::from)?;
    changed(conn, id)
}

/// Opens a reviewed dialogue.
///
/// # Errors
/// [`ChangeError::NoRetentionDecision`] where staff open it and nobody has decided how long its material is kept;
/// [`ChangeError::NoStatement`] where its privacy notice or accessibility statement is not published; others of
/// [`ChangeError`].
pub fn open_reviewed(
    conn: &mut Connection,
    id: RandomId,
    revision: Option<i32>,
    by: By,
    now: Timestamp,
) -> Result<Dialogue, ChangeError> {
    let found = at(conn, id, revision)?;
    needs(&found, &[State::Reviewed], "reviewed")?;
    // From the command line a dialogue opens with the standard texts: what a demo and a rehearsal need.
    if by != By::CommandLine {
        if found.retention_decision.is_none() {
            return Err(ChangeError::NoRetentionDecision);
        }
        let statements = statements(conn, id)?;
        if let Some(missing) = Kind::ALL.into_iter().find(|kind| statements.current(*kind).is_none()) {
            return Err(ChangeError::NoStatement(missing));
        }
    }
    not_past(found.closes_at, now)?;
    diesel::update(row(&found))
        .set((dialogue::state.eq(State::Open.to_string()), dialogue::opened_at.eq(Some(now.as_second()))))
        .execute(conn)
        .map_err(db::Error::from)?;
    changed(conn, id)
}

/// Takes an open dialogue back for a while.
///
/// # Errors
/// [`ChangeError`].
pub fn pause(conn: &mut Connection, id: RandomId, revision: i32, now: Timestamp) -> Result<Dialogue, ChangeError> {
    let found = at(conn, id, Some(revision))?;
    needs(&found, &[State::Open], "open")?;
    diesel::update(row(&found))
        .set((dialogue::state.eq(State::Paused.to_string()), dialogue::paused_at.eq(Some(now.as_second()))))
        .execute(conn)
        .map_err(db::Error::from)?;
    changed(conn, id)
}

/// Opens a paused dialogue again.
///
/// # Errors
/// [`ChangeError`].
pub fn resume(conn: &mut Connection, id: RandomId, revision: i32, now: Timestamp) -> Result<Dialogue, ChangeError> {
    let found = at(conn, id, Some(revision))?;
    needs(&found, &[State::Paused], "paused")?;
    not_past(found.closes_at, now)?;
    diesel::update(row(&found))
        .set((dialogue::state.eq(State::Open.to_string()), dialogue::paused_at.eq(None::<i64>)))
        .execute(conn)
        .map_err(db::Error::from)?;
    changed(conn, id)
}

/// Moves the planned end of a dialogue that takes answers; none means until staff close it.
///
/// # Errors
/// [`ChangeError`].
pub fn move_end(
    conn: &mut Connection,
    id: RandomId,
    revision: i32,
    closes_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<Dialogue, ChangeError> {
    let found = at(conn, id, Some(revision))?;
    needs(&found, &[State::Open, State::Paused], "open or paused")?;
    not_past(closes_at, now)?;
    // Past its end it only waits for the mixer to notice.
    not_past(found.closes_at, now)?;
    diesel::update(row(&found))
        .set(dialogue::closes_at.eq(closes_at.map(Timestamp::as_second)))
        .execute(conn)
        .map_err(db::Error::from)?;
    changed(conn, id)
}

/// Begins to close a dialogue: new visitors are told so, hand-ins are taken for [`super::GRACE`], and the
/// next mixing after that is the last one.
///
/// # Errors
/// [`ChangeError`].
pub fn begin_to_close(
    conn: &mut Connection,
    id: RandomId,
    revision: Option<i32>,
    now: Timestamp,
) -> Result<Dialogue, ChangeError> {
    let found = at(conn, id, revision)?;
    needs(&found, &[State::Open, State::Paused], "open or paused")?;
    diesel::update(row(&found))
        .set((
            dialogue::state.eq(State::Closing.to_string()),
            dialogue::closed_at.eq(Some(now.as_second())),
            dialogue::paused_at.eq(None::<i64>),
        ))
        .execute(conn)
        .map_err(db::Error::from)?;
    changed(conn, id)
}

/// Puts a closed dialogue away: residents find it no longer.
///
/// # Errors
/// [`ChangeError`].
pub fn archive(conn: &mut Connection, id: RandomId, revision: i32) -> Result<Dialogue, ChangeError> {
    let found = at(conn, id, Some(revision))?;
    needs(&found, &[State::Closed], "closed")?;
    diesel::update(row(&found))
        .set(dialogue::state.eq(State::Archived.to_string()))
        .execute(conn)
        .map_err(db::Error::from)?;
    changed(conn, id)
}

/// The dialogue, if it stands at the revision that whoever changes it has seen.
pub(super) fn at(conn: &mut Connection, id: RandomId, revision: Option<i32>) -> Result<Dialogue, ChangeError> {
    let found = get(conn, id)?.ok_or(ChangeError::Unknown)?;
    match revision {
        Some(revision) if revision != found.revision => Err(ChangeError::ChangedMeanwhile),
        _ => Ok(found),
    }
}

pub(super) fn needs(found: &Dialogue, states: &[State], needed: &'static str) -> Result<(), ChangeError> {
    if states.contains(&found.state) { Ok(()) } else { Err(ChangeError::State { found: found.state, needed }) }
}

fn not_past(closes_at: Option<Timestamp>, now: Timestamp) -> Result<(), ChangeError> {
    if closes_at.is_some_and(|closes_at| closes_at <= now) { Err(ChangeError::EndInThePast) } else { Ok(()) }
}

type ById<'a> = diesel::dsl::Find<dialogue::table, &'a [u8]>;

fn row(found: &Dialogue) -> ById<'_> {
    dialogue::table.find(found.id.as_bytes().as_slice())
}

/// Counts a change of what is said to residents. Before the dialogue opens it is one that someone else has to read.
pub(super) fn reworded(conn: &mut Connection, found: &Dialogue, by: By) -> Result<Dialogue, ChangeError> {
    if matches!(found.state, State::Draft | State::Reviewed) {
        diesel::update(row(found))
            .set((
                dialogue::state.eq(State::Draft.to_string()),
                dialogue::edited_by.eq(by.account()),
                dialogue::reviewed_by.eq(None::<Vec<u8>>),
            ))
            .execute(conn)
            .map_err(db::Error::from)?;
    }
    changed(conn, found.id)
}

/// Counts the change, and gives the dialogue as it stands now.
pub(super) fn changed(conn: &mut Connection, id: RandomId) -> Result<Dialogue, ChangeError> {
    diesel::update(dialogue::table.find(id.as_bytes().as_slice()))
        .set(dialogue::revision.eq(dialogue::revision + 1))
        .execute(conn)
        .map_err(db::Error::from)?;
    get(conn, id)?.ok_or(ChangeError::Unknown)
}
