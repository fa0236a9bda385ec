//! Browsers that an account has signed in from.
//!
//! A known browser is counted by itself (see [`super::attempts`]): nobody else can shut it out. It proves nothing more;
//! password and second factor are asked for all the same. Its cookie is strictly needed for that and says nothing.

use diesel::prelude::*;
use jiff::{SignedDuration, Timestamp};

use crate::db::schema::staff_device;
use crate::db::{self, Connection};
use crate::id::RandomId;
use crate::staff::token::Token;

/// How long a browser stays known after the latest sign-in from it.
pub const KNOWN: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Whether the browser that holds `token` is known as one of this account's.
///
/// # Errors
/// The database.
pub fn is_known(conn: &mut Connection, token: &Token, account: RandomId, now: Timestamp) -> db::Result<bool> {
    let found: i64 = staff_device::table
        .find(token.hash().as_slice())
        .filter(staff_device::account.eq(account.as_bytes().as_slice()))
        .filter(staff_device::expires_at.gt(now.as_second()))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}

/// Makes the browser that holds `token` known. Within a transaction.
///
/// # Errors
/// The database.
pub fn know(conn: &mut Connection, token: &Token, account: RandomId, now: Timestamp) -> db::Result<()> {
    let hash = token.hash();
    diesel::delete(staff_device::table.filter(staff_device::expires_at.le(now.as_second()))).execute(conn)?;
    diesel::insert_into(staff_device::table)
        .values((
            staff_device::token.eq(hash.as_slice()),
            staff_device::account.eq(account.as_bytes().as_slice()),
            staff_device::expires_at.eq(now.as_second() + KNOWN.as_secs()),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets the browser that holds `token`. Within a transaction.
///
/// # Errors
/// The database.
pub fn forget(conn: &mut Connection, token: &Token) -> db::Result<()> {
    diesel::delete(staff_device::table.find(token.hash().as_slice())).execute(conn)?;
    Ok(())
}

/// Forgets all browsers of an account. Within a transaction.
///
/// # Errors
/// The database.
pub fn forget_all(conn: &mut Connection, account: RandomId) -> db::Result<()> {
    let account = account.as_bytes().as_slice();
    diesel::delete(staff_device::table.filter(staff_device::account.eq(account))).execute(conn)?;
    Ok(())
}
