//! Who accounts are at an OpenID Connect provider: its issuer, and the subject that it never gives to anyone else.
//!
//! A mail address may be given to another person when someone leaves. So the address counts once, at the first sign-in;
//! after that the subject does.

use diesel::prelude::*;

use crate::db::schema::staff_identity;
use crate::db::{self, Connection};
use crate::id::RandomId;

/// The account that is `subject` at `issuer`.
///
/// # Errors
/// The database.
pub fn account(conn: &mut Connection, issuer: &str, subject: &str) -> db::Result<Option<RandomId>> {
    let found: Option<Vec<u8>> =
        staff_identity::table.find((issuer, subject)).select(staff_identity::account).first(conn).optional()?;
    found.map(db::id).transpose()
}

/// Whether the account is someone at `issuer` already.
///
/// # Errors
/// The database.
pub fn is_someone(conn: &mut Connection, account: RandomId, issuer: &str) -> db::Result<bool> {
    let found: i64 = staff_identity::table
        .filter(staff_identity::account.eq(account.as_bytes().as_slice()))
        .filter(staff_identity::issuer.eq(issuer))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}

/// Remembers that the account is `subject` at `issuer`. Within a transaction.
///
/// # Errors
/// The database.
pub fn remember(conn: &mut Connection, account: RandomId, issuer: &str, subject: &str) -> db::Result<()> {
    diesel::insert_into(staff_identity::table)
        .values((
            staff_identity::issuer.eq(issuer),
            staff_identity::subject.eq(subject),
            staff_identity::account.eq(account.as_bytes().as_slice()),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets who the account is, at every provider. Within a transaction.
///
/// # Errors
/// The database.
pub fn forget(conn: &mut Connection, account: RandomId) -> db::Result<()> {
    diesel::delete(staff_identity::table.filter(staff_identity::account.eq(account.as_bytes().as_slice())))
        .execute(conn)?;
    Ok(())
}
