//! Accounts in the database.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::{Account, State};
use crate::db::schema::{staff_account, staff_recovery_code, staff_role};
use crate::db::{self, Connection};
use crate::id::{RandomId, Randomness};
use crate::mail::Address;
use crate::staff::password::Hashed;
use crate::staff::role::{Role, Roles};
use crate::staff::second_factor::recovery_hash;

type Row = (Vec<u8>, String, String, String, Option<Vec<u8>>);

const COLUMNS: (
    staff_account::id,
    staff_account::mail,
    staff_account::name,
    staff_account::state,
    staff_account::totp_secret,
) = (staff_account::id, staff_account::mail, staff_account::name, staff_account::state, staff_account::totp_secret);

fn from_row((id, mail, name, state, totp_secret): Row, roles: Roles) -> db::Result<Account> {
    Ok(Account {
        id: db::id(id)?,
        // Not the value into the log: it is someone's address.
        mail: mail.parse().map_err(|_| db::Error::Internal("column mail holds no address".to_owned()))?,
        name,
        state: db::parsed("state", &state)?,
        roles,
        has_second_factor: totp_secret.is_some(),
    })
}

fn with_roles(conn: &mut Connection, row: Row) -> db::Result<Account> {
    let words: Vec<String> =
        staff_role::table.filter(staff_role::account.eq(&row.0)).select(staff_role::role).load(conn)?;
    let roles = words.iter().map(|word| db::parsed("role", word)).collect::<db::Result<Roles>>()?;
    from_row(row, roles)
}

/// The account with this address.
///
/// # Errors
/// The database.
pub fn find(conn: &mut Connection, mail: &Address) -> db::Result<Option<Account>> {
    let row = staff_account::table.filter(staff_account::mail.eq(mail.as_str())).select(COLUMNS).first(conn);
    row.optional()?.map(|row| with_roles(conn, row)).transpose()
}

/// The account with this id.
///
/// # Errors
/// The database.
pub fn get(conn: &mut Connection, id: RandomId) -> db::Result<Option<Account>> {
    let row = staff_account::table.find(id.as_bytes().as_slice()).select(COLUMNS).first(conn);
    row.optional()?.map(|row| with_roles(conn, row)).transpose()
}

/// All accounts, by what they are called.
///
/// # Errors
/// The database.
pub fn all(conn: &mut Connection) -> db::Result<Vec<Account>> {
    let mut roles: BTreeMap<Vec<u8>, Roles> = BTreeMap::new();
    for (account, word) in staff_role::table.load::<(Vec<u8>, String)>(conn)? {
        roles.entry(account).or_default().insert(db::parsed("role", &word)?);
    }
    let rows: Vec<Row> = staff_account::table.select(COLUMNS).load(conn)?;
    let accounts = rows.into_iter().map(|row| {
        let roles = roles.remove(&row.0).unwrap_or_default();
        from_row(row, roles)
    });
    let mut accounts = accounts.collect::<db::Result<Vec<_>>>()?;
    // Sorted here: the databases' collations differ.
    accounts.sort_by_cached_key(|account| (account.called().to_lowercase(), account.mail.clone()));
    Ok(accounts)
}

/// How many administrators can sign in.
///
/// # Errors
/// The database.
pub fn active_administrators(conn: &mut Connection) -> db::Result<i64> {
    let administrators: Vec<Vec<u8>> = staff_role::table
        .filter(staff_role::role.eq(Role::Administrator.word()))
        .select(staff_role::account)
        .load(conn)?;
    Ok(staff_account::table
        .filter(staff_account::state.eq(State::Active.word()))
        .filter(staff_account::id.eq_any(administrators))
        .count()
        .get_result(conn)?)
}

/// Makes an account that nobody can sign in with yet. Within a transaction.
///
/// # Errors
/// [`db::Error::Unique`] where the address has one; the database.
pub fn create(
    conn: &mut Connection,
    mail: &Address,
    roles: &Roles,
    randomness: &dyn Randomness,
) -> db::Result<RandomId> {
    let id = RandomId::new(randomness);
    diesel::insert_into(staff_account::table)
        .values((
            staff_account::id.eq(id.as_bytes().as_slice()),
            staff_account::mail.eq(mail.as_str()),
            staff_account::name.eq(""),
            staff_account::state.eq(State::Invited.word()),
        ))
        .execute(conn)?;
    set_roles(conn, id, roles)?;
    Ok(id)
}

/// Sets what an account may do. Within a transaction.
///
/// # Errors
/// The database.
pub fn set_roles(conn: &mut Connection, id: RandomId, roles: &Roles) -> db::Result<()> {
    let account = id.as_bytes().as_slice();
    diesel::delete(staff_role::table.filter(staff_role::account.eq(account))).execute(conn)?;
    for role in roles {
        diesel::insert_into(staff_role::table)
            .values((staff_role::account.eq(account), staff_role::role.eq(role.word())))
            .execute(conn)?;
    }
    Ok(())
}

/// Sets where an account stands. Within a transaction.
///
/// # Errors
/// The database.
pub fn set_state(conn: &mut Connection, id: RandomId, state: State) -> db::Result<()> {
    let account = staff_account::table.find(id.as_bytes().as_slice());
    diesel::update(account).set(staff_account::state.eq(state.word())).execute(conn)?;
    Ok(())
}

/// Sets a person's name. Within a transaction.
///
/// # Errors
/// The database.
pub fn set_name(conn: &mut Connection, id: RandomId, name: &str) -> db::Result<()> {
    diesel::update(staff_account::table.find(id.as_bytes().as_slice()))
        .set(staff_account::name.eq(name))
        .execute(conn)?;
    Ok(())
}

/// Sets the password. Within a transaction.
///
/// # Errors
/// The database.
pub fn set_password(conn: &mut Connection, id: RandomId, password: &Hashed) -> db::Result<()> {
    diesel::update(staff_account::table.find(id.as_bytes().as_slice()))
        .set(staff_account::password.eq(password.as_str()))
        .execute(conn)?;
    Ok(())
}

/// What is asked for at sign-in.
#[derive(Clone)]
pub struct Credentials {
    /// The password's hash.
    pub password: Option<Hashed>,
    /// The sealed secret of one-time codes.
    pub totp_secret: Option<Vec<u8>>,
    /// The latest step of which a code was used.
    pub totp_step: Option<i64>,
}

/// An account's credentials.
///
/// # Errors
/// The database.
pub fn credentials(conn: &mut Connection, id: RandomId) -> db::Result<Option<Credentials>> {
    type Row = (Option<String>, Option<Vec<u8>>, Option<i64>);
    let row: Option<Row> = staff_account::table
        .find(id.as_bytes().as_slice())
        .select((staff_account::password, staff_account::totp_secret, staff_account::totp_step))
        .first(conn)
        .optional()?;
    Ok(row.map(|(password, totp_secret, totp_step)| Credentials {
        password: password.map(Hashed::from_stored),
        totp_secret,
        totp_step,
    }))
}

/// Sets up the second factor, of which the code of `step` was used. Within a transaction.
///
/// # Errors
/// The database.
pub fn set_second_factor(conn: &mut Connection, id: RandomId, sealed: &[u8], step: i64) -> db::Result<()> {
    diesel::update(staff_account::table.find(id.as_bytes().as_slice()))
        .set((staff_account::totp_secret.eq(Some(sealed)), staff_account::totp_step.eq(Some(step))))
        .execute(conn)?;
    Ok(())
}

/// Removes the second factor and its recovery codes. Within a transaction.
///
/// # Errors
/// The database.
pub fn remove_second_factor(conn: &mut Connection, id: RandomId) -> db::Result<()> {
    diesel::update(staff_account::table.find(id.as_bytes().as_slice()))
        .set((staff_account::totp_secret.eq(None::<Vec<u8>>), staff_account::totp_step.eq(None::<i64>)))
        .execute(conn)?;
    set_recovery_codes(conn, id, &[])
}

/// Notes that the code of `step` was used; whether no later one was used before. Within a transaction.
///
/// # Errors
/// The database.
pub fn use_step(conn: &mut Connection, id: RandomId, step: i64) -> db::Result<bool> {
    let unused = staff_account::totp_step.is_null().or(staff_account::totp_step.lt(step));
    let account = staff_account::table.filter(staff_account::id.eq(id.as_bytes().as_slice())).filter(unused);
    Ok(diesel::update(account).set(staff_account::totp_step.eq(Some(step))).execute(conn)? > 0)
}

/// Sets the recovery codes; earlier ones are void. Within a transaction.
///
/// # Errors
/// The database.
pub fn set_recovery_codes(conn: &mut Connection, id: RandomId, codes: &[String]) -> db::Result<()> {
    let account = id.as_bytes().as_slice();
    diesel::delete(staff_recovery_code::table.filter(staff_recovery_code::account.eq(account))).execute(conn)?;
    for code in codes {
        diesel::insert_into(staff_recovery_code::table)
            .values((
                staff_recovery_code::account.eq(account),
                staff_recovery_code::code.eq(recovery_hash(id, code).as_slice()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Uses up a recovery code; whether it was one. Within a transaction.
///
/// # Errors
/// The database.
pub fn use_recovery_code(conn: &mut Connection, id: RandomId, code: &str) -> db::Result<bool> {
    let hash = recovery_hash(id, code);
    let row = staff_recovery_code::table.find((id.as_bytes().as_slice(), hash.as_slice()));
    Ok(diesel::delete(row).execute(conn)? > 0)
}

/// How many recovery codes are left.
///
/// # Errors
/// The database.
pub fn recovery_codes_left(conn: &mut Connection, id: RandomId) -> db::Result<i64> {
    Ok(staff_recovery_code::table
        .filter(staff_recovery_code::account.eq(id.as_bytes().as_slice()))
        .count()
        .get_result(conn)?)
}
