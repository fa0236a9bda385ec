//! The one way to change a database.

use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, TransactionManager};

use super::{Connection, Error};

/// How often a transaction is tried before its conflict is reported.
const ATTEMPTS: u32 = 12;

/// An error that [`write`] can tell a conflict by.
pub trait Retry: From<Error> {
    /// Whether a concurrent transaction was in the way, so that trying again is right.
    fn is_conflict(&self) -> bool;
}

impl Retry for Error {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict)
    }
}

/// Runs `work` in a transaction that sees and makes a serial history, and commits it durably.
///
/// SQLite: `BEGIN IMMEDIATE`, for a transaction that takes the write lock late fails at once instead of
/// waiting. PostgreSQL: `SERIALIZABLE`. `work` may run several times, so it must change nothing but the
/// database. Not to be nested.
///
/// # Errors
/// Those of `work`, rolled back; and [`Error`] for what the database refuses.
pub fn write<T, E: Retry>(
    conn: &mut Connection,
    mut work: impl FnMut(&mut Connection) -> Result<T, E>,
) -> Result<T, E> {
    let mut attempt = 1;
    loop {
        match once(conn, &mut work) {
            Err(error) if error.is_conflict() && attempt < ATTEMPTS => {
                // Longer each time: 1, 2, 4 … 64 ms.
                std::thread::sleep(Duration::from_millis(1 << attempt.min(7) >> 1));
                attempt += 1;
            }
            result => return result,
        }
    }
}

fn once<T, E: Retry>(conn: &mut Connection, work: &mut impl FnMut(&mut Connection) -> Result<T, E>) -> Result<T, E> {
    match conn {
        Connection::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE"),
        Connection::Postgres(conn) => {
            AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN ISOLATION LEVEL SERIALIZABLE")
        }
    }
    .map_err(Error::from)?;
    match work(conn) {
        Ok(value) => {
            <Connection as diesel::Connection>::TransactionManager::commit_transaction(conn).map_err(Error::from)?;
            Ok(value)
        }
        Err(error) => {
            if let Err(rollback) = <Connection as diesel::Connection>::TransactionManager::rollback_transaction(conn) {
                // The pool throws such a connection away, and the database rolls it back.
                tracing::warn!(%rollback, "a transaction could not be rolled back");
            }
            Err(error)
        }
    }
}

/// Lets [`write`] repeat transactions whose error is this enum, which has a variant
/// `Database(db::Error)`.
#[macro_export]
macro_rules! retry_on_conflict {
    ($($error:ty),+) => {$(
        impl $crate::db::Retry for $error {
            fn is_conflict(&self) -> bool {
                matches!(self, Self::Database($crate::db::Error::Conflict))
            }
        }
    )+};
}
