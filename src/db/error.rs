//! What can go wrong in a database, in the classes that callers act on.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

/// A database error. The texts are for the log; they hold no row values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The database can't take it now: busy, full, lost, read-only. Trying later may help (503).
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The row is there already.
    #[error("the row exists already: {0}")]
    Unique(String),
    /// A concurrent transaction was in the way, and kept being so ([`super::write`] repeats it).
    #[error("a concurrent transaction was in the way")]
    Conflict,
    /// A fault of ours.
    #[error("the database refused: {0}")]
    Internal(String),
}

/// Beginnings and parts of messages that say "not now". SQLite reports them without a kind of their
/// own (`sqlite3_errstr`), PostgreSQL by classes 08, 53, 57 and 58, of which diesel passes on the text only.
const UNAVAILABLE: [&str; 16] = [
    "database is locked",
    "database table is locked",
    "database or disk is full",
    "disk I/O error",
    "attempt to write a readonly database",
    "unable to open database file",
    "No space left on device",
    "could not extend file",
    "could not write",
    "could not fsync",
    "too many clients",
    "remaining connection slots",
    "terminating connection",
    "the database system is",
    "canceling statement due to",
    "cannot execute",
];

/// The same of transactions that were in each other's way, where diesel gives no kind.
const CONFLICT: [&str; 2] = ["deadlock detected", "could not serialize access"];

impl From<Diesel> for Error {
    /// The one place where diesel's errors are classed.
    fn from(error: Diesel) -> Self {
        match &error {
            Diesel::DatabaseError(kind, information) => {
                let message = information.message();
                match kind {
                    DatabaseErrorKind::UniqueViolation => Self::Unique(message.to_owned()),
                    DatabaseErrorKind::SerializationFailure => Self::Conflict,
                    DatabaseErrorKind::ClosedConnection
                    | DatabaseErrorKind::UnableToSendCommand
                    | DatabaseErrorKind::ReadOnlyTransaction => Self::Unavailable(message.to_owned()),
                    _ if CONFLICT.iter().any(|part| message.contains(part)) => Self::Conflict,
                    _ if UNAVAILABLE.iter().any(|part| message.contains(part)) => Self::Unavailable(message.to_owned()),
                    _ => Self::Internal(message.to_owned()),
                }
            }
            // The rollback that fails after a failed commit says less than the commit.
            Diesel::RollbackErrorOnCommit { commit_error, .. } => match commit_error.as_ref() {
                Diesel::DatabaseError(..) => Self::from_boxed(commit_error),
                _ => Self::Unavailable(error.to_string()),
            },
            Diesel::BrokenTransactionManager => Self::Unavailable(error.to_string()),
            _ => Self::Internal(error.to_string()),
        }
    }
}

impl Error {
    /// Classes an error by its text alone, where only a reference to it is left.
    fn from_boxed(error: &Diesel) -> Self {
        let message = error.to_string();
        if CONFLICT.iter().any(|part| message.contains(part)) { Self::Conflict } else { Self::Unavailable(message) }
    }
}

impl From<diesel::r2d2::PoolError> for Error {
    /// The pool gave no connection in time.
    fn from(error: diesel::r2d2::PoolError) -> Self {
        Self::Unavailable(error.to_string())
    }
}
