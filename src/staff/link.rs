//! Links that let someone in once: an invitation, a reset, the first administrator's.
//!
//! A link is shown by GET and used up by POST: programs that look through mails follow links, and must not use them up.

use std::fmt;
use std::str::FromStr;

use diesel::prelude::*;
use jiff::{SignedDuration, Timestamp};

use crate::db::schema::staff_link;
use crate::db::{self, Connection};
use crate::id::{RandomId, Randomness};
use crate::staff::token::Token;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Makes the first administrator, as long as there is none.
    First,
    /// Sets up an account: name, password, second factor.
    Welcome,
    /// Sets a new password.
    Reset,
}

impl Purpose {
    /// How long such a link is good.
    pub fn validity(self) -> SignedDuration {
        match self {
            Self::First => SignedDuration::from_hours(24),
            Self::Welcome => SignedDuration::from_hours(7 * 24),
            Self::Reset => SignedDuration::from_hours(1),
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::First => "first",
            Self::Welcome => "welcome",
            Self::Reset => "reset",
        })
    }
}

impl FromStr for Purpose {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        [Self::First, Self::Welcome, Self::Reset].into_iter().find(|purpose| purpose.to_string() == word).ok_or(())
    }
}

/// A link that is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// What for.
    pub purpose: Purpose,
    /// Whose; none for the first administrator's.
    pub account: Option<RandomId>,
}

/// Makes a link, and voids earlier ones of the same purpose for the same account. Within a transaction.
///
/// # Errors
/// The database.
pub fn make(
    conn: &mut Connection,
    purpose: Purpose,
    account: Option<RandomId>,
    now: Timestamp,
    randomness: &dyn Randomness,
) -> db::Result<Token> {
    diesel::delete(staff_link::table.filter(staff_link::expires_at.le(now.as_second()))).execute(conn)?;
    let bytes = account.map(|account| account.as_bytes().to_vec());
    let same = staff_link::table.filter(staff_link::purpose.eq(purpose.to_string()));
    match &bytes {
        Some(account) => diesel::delete(same.filter(staff_link::account.eq(account))).execute(conn)?,
        None => diesel::delete(same.filter(staff_link::account.is_null())).execute(conn)?,
    };
    let token = Token::new(randomness);
    diesel::insert_into(staff_link::table)
        .values((
            staff_link::token.eq(token.hash().as_slice()),
            staff_link::account.eq(bytes),
            staff_link::purpose.eq(purpose.to_string()),
            staff_link::expires_at.eq(now.as_second() + purpose.validity().as_secs()),
        ))
        .execute(conn)?;
    Ok(token)
}

/// The link with this token, where it is still good.
///
/// # Errors
/// The database.
pub fn find(conn: &mut Connection, token: &Token, now: Timestamp) -> db::Result<Option<Link>> {
    let row: Option<(String, Option<Vec<u8>>)> = staff_link::table
        .find(token.hash().as_slice())
        .filter(staff_link::expires_at.gt(now.as_second()))
        .select((staff_link::purpose, staff_link::account))
        .first(conn)
        .optional()?;
    row.map(|(purpose, account)| {
        Ok(Link { purpose: db::parsed("purpose", &purpose)?, account: account.map(db::id).transpose()? })
    })
    .transpose()
}

/// Uses up the link with this token. Within a transaction.
///
/// # Errors
/// The database.
pub fn use_up(conn: &mut Connection, token: &Token) -> db::Result<()> {
    diesel::delete(staff_link::table.find(token.hash().as_slice())).execute(conn)?;
    Ok(())
}

/// Voids all links of an account. Within a transaction.
///
/// # Errors
/// The database.
pub fn void_all(conn: &mut Connection, account: RandomId) -> db::Result<()> {
    let account = account.as_bytes().as_slice();
    diesel::delete(staff_link::table.filter(staff_link::account.eq(account))).execute(conn)?;
    Ok(())
}
