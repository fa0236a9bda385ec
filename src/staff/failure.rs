//! What goes wrong behind a page that the person can't mend.

use crate::http::error::Error;
use crate::mail::MailerError;
use crate::staff::password::HashError;
use crate::staff::second_factor::SetUpError;
use crate::{db, retry_on_conflict};

/// Why something could not be done: the database, or a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// A password can't be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// A second factor can't be set up or checked.
    #[error(transparent)]
    SecondFactor(#[from] SetUpError),
    /// A mail can't be sent.
    #[error(transparent)]
    Mail(#[from] MailerError),
    /// A stored secret does not open.
    #[error("a second factor does not open: is staff.key the one that it was sealed to?")]
    Sealed,
}

retry_on_conflict!(Failure);

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Hash(HashError::Busy) => Self::Unavailable(failure.to_string()),
            Failure::Database(error @ (db::Error::Unavailable(_) | db::Error::Conflict)) => {
                Self::Unavailable(error.to_string())
            }
            Failure::Database(db::Error::Unique(_) | db::Error::Internal(_))
            | Failure::Hash(HashError::Failed(_))
            | Failure::SecondFactor(_)
            | Failure::Mail(_)
            | Failure::Sealed => Self::Internal(failure.to_string()),
        }
    }
}
