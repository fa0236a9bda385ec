//! Sessions: signed-in browsers, held in the database, so that they can be ended from anywhere.
//!
//! A session is over after 30 minutes without a request, and 12 hours after it began. Its token is in the browser's
//! cookie, and only the token's hash is stored. Of the browser nothing is known: no address, no name.

use std::str::FromStr;

use diesel::prelude::*;
use jiff::{SignedDuration, Timestamp};

use crate::db::schema::staff_session;
use crate::db::{self, Connection};
use crate::id::{RandomId, Randomness};
use crate::staff::token::Token;

/// How long a session lasts without a request.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);

/// How long a session lasts at most.
pub const MOST: SignedDuration = SignedDuration::from_hours(12);

/// How long a sign-in waits for its second step.
pub const SECOND_STEP: SignedDuration = SignedDuration::from_mins(10);

/// The latest request is noted when it is this much later than the one noted: not every look at a page shall write.
const NOTED_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// How far a browser has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The first step is done; the second factor is still asked for.
    Waiting,
    /// Signed in.
    Full,
}

impl Stage {
    fn word(self) -> &'static str {
        match self {
            Self::Waiting => "password",
            Self::Full => "full",
        }
    }
}

/// How a sign-in began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// With a password.
    Password,
    /// At the municipality's OpenID Connect provider.
    Provider,
}

impl Way {
    const ALL: [Self; 2] = [Self::Password, Self::Provider];

    /// The word in the database and in the log.
    pub fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Provider => "provider",
        }
    }
}

impl FromStr for Way {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|way| way.word() == word).ok_or(())
    }
}

/// A session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// Its id, which ends it from a page.
    pub id: RandomId,
    /// Whose.
    pub account: RandomId,
    /// When it began.
    pub opened_at: Timestamp,
    /// When its latest request was noted.
    pub seen_at: Timestamp,
    /// How it began.
    pub way: Way,
}

impl Session {
    /// When it is over, if nothing more is asked for.
    pub fn ends_at(&self, stage: Stage) -> Timestamp {
        let after = |moment: Timestamp, time| moment.saturating_add(time).unwrap_or(Timestamp::MAX);
        match stage {
            Stage::Waiting => after(self.opened_at, SECOND_STEP),
            Stage::Full => after(self.seen_at, IDLE).min(after(self.opened_at, MOST)),
        }
    }
}

type Row = (Vec<u8>, Vec<u8>, i64, i64, String);

const COLUMNS: (
    staff_session::id,
    staff_session::account,
    staff_session::opened_at,
    staff_session::seen_at,
    staff_session::way,
) = (staff_session::id, staff_session::account, staff_session::opened_at, staff_session::seen_at, staff_session::way);

fn from_row((id, account, opened_at, seen_at, way): Row) -> db::Result<Session> {
    let moment = |second| Timestamp::from_second(second).map_err(|error| db::Error::Internal(error.to_string()));
    Ok(Session {
        id: db::id(id)?,
        account: db::id(account)?,
        opened_at: moment(opened_at)?,
        seen_at: moment(seen_at)?,
        way: db::parsed("way", &way)?,
    })
}

/// Begins a session, and clears away those that are over. Within a transaction.
///
/// # Errors
/// The database.
pub fn begin(
    conn: &mut Connection,
    account: RandomId,
    (stage, way): (Stage, Way),
    now: Timestamp,
    randomness: &dyn Randomness,
) -> db::Result<Token> {
    let second = now.as_second();
    diesel::delete(staff_session::table.filter(staff_session::seen_at.le(second - IDLE.as_secs()))).execute(conn)?;
    diesel::delete(staff_session::table.filter(staff_session::opened_at.le(second - MOST.as_secs()))).execute(conn)?;
    let token = Token::new(randomness);
    diesel::insert_into(staff_session::table)
        .values((
            staff_session::id.eq(RandomId::new(randomness).as_bytes().as_slice()),
            staff_session::account.eq(account.as_bytes().as_slice()),
            staff_session::token.eq(token.hash().as_slice()),
            staff_session::stage.eq(stage.word()),
            staff_session::opened_at.eq(second),
            staff_session::seen_at.eq(second),
            staff_session::way.eq(way.word()),
        ))
        .execute(conn)?;
    Ok(token)
}

/// The session of the browser that holds `token`, where it has come as far as `stage` and is not over.
///
/// # Errors
/// The database.
pub fn find(conn: &mut Connection, token: &Token, stage: Stage, now: Timestamp) -> db::Result<Option<Session>> {
    let row: Option<Row> = staff_session::table
        .filter(staff_session::token.eq(token.hash().as_slice()))
        .filter(staff_session::stage.eq(stage.word()))
        .select(COLUMNS)
        .first(conn)
        .optional()?;
    let session = row.map(from_row).transpose()?;
    Ok(session.filter(|session| now < session.ends_at(stage)))
}

/// Whether the request at `now` is to be noted, with [`note`].
pub fn is_to_be_noted(session: &Session, now: Timestamp) -> bool {
    session.seen_at.duration_until(now) >= NOTED_EVERY
}

/// Notes a request. Within a transaction.
///
/// # Errors
/// The database.
pub fn note(conn: &mut Connection, session: &Session, now: Timestamp) -> db::Result<()> {
    diesel::update(staff_session::table.find(session.id.as_bytes().as_slice()))
        .set(staff_session::seen_at.eq(now.as_second()))
        .execute(conn)?;
    Ok(())
}

/// The sessions of an account that are not over, the latest first.
///
/// # Errors
/// The database.
pub fn of_account(conn: &mut Connection, account: RandomId, now: Timestamp) -> db::Result<Vec<Session>> {
    let rows: Vec<Row> = staff_session::table
        .filter(staff_session::account.eq(account.as_bytes().as_slice()))
        .filter(staff_session::stage.eq(Stage::Full.word()))
        .select(COLUMNS)
        .order(staff_session::opened_at.desc())
        .load(conn)?;
    let sessions = rows.into_iter().map(from_row).collect::<db::Result<Vec<_>>>()?;
    Ok(sessions.into_iter().filter(|session| now < session.ends_at(Stage::Full)).collect())
}

/// Ends one session of an account; whether there was such a one. Within a transaction.
///
/// # Errors
/// The database.
pub fn end(conn: &mut Connection, account: RandomId, id: RandomId) -> db::Result<bool> {
    let ended = diesel::delete(
        staff_session::table
            .find(id.as_bytes().as_slice())
            .filter(staff_session::account.eq(account.as_bytes().as_slice())),
    )
    .execute(conn)?;
    Ok(ended > 0)
}

/// Ends the sessions of an account, but for `kept`; how many. Within a transaction.
///
/// # Errors
/// The database.
pub fn end_all(conn: &mut Connection, account: RandomId, kept: Option<RandomId>) -> db::Result<usize> {
    let kept = kept.map(|kept| kept.as_bytes().to_vec()).unwrap_or_default();
    Ok(diesel::delete(
        staff_session::table
            .filter(staff_session::account.eq(account.as_bytes().as_slice()))
            .filter(staff_session::id.ne(kept)),
    )
    .execute(conn)?)
}
