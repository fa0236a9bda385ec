//! Connections to the two databases, over SQLite and PostgreSQL.
//!
//! The **dialogue** database holds everything about the survey; the **register** holds what is known
//! of people who sign up for focus groups. They share no table, key or id, and each knows its own name,
//! so that swapped or equal addresses are refused ([`Databases::open`]).
//!
//! Which to use:
//! - [`Pool::get`] for a connection; everything on it blocks, so pages go through `web::block`;
//! - plain diesel on the [`Connection`] for reading;
//! - [`write`] for every change: it takes SQLite's write lock first and PostgreSQL's strictest isolation,
//!   and repeats what a concurrent transaction was in the way of;
//! - [`on_backend!`](crate::on_backend) for the few queries that diesel compiles for one database at a time.
//!
//! Errors are classed in one place, [`Error`], so that a full disk is everywhere a full disk.

mod connection;
mod error;
mod migrate;
mod pool;
pub mod schema;
mod url;
mod write;

pub use connection::{AnyConnection as Connection, MultiBackend};
pub use error::Error;
pub use migrate::{Database, OpenError};
pub use pool::{Databases, Pool, Pooled};
pub use url::{DatabaseUrl, InvalidUrl};
pub use write::{Retry, write};

use crate::id::RandomId;

/// What a query gives.
pub type Result<T> = std::result::Result<T, Error>;

/// An id as read from a column.
///
/// # Errors
/// [`Error::Internal`] where the column holds another number of bytes than 16.
pub fn id(bytes: Vec<u8>) -> Result<RandomId> {
    let bytes =
        <[u8; 16]>::try_from(bytes).map_err(|bytes| Error::Internal(format!("an id of {} bytes", bytes.len())))?;
    Ok(RandomId::from_bytes(bytes))
}

/// A value as read from a text column that holds one of a few words, or a week.
///
/// # Errors
/// [`Error::Internal`] where it holds something else.
pub fn parsed<T: std::str::FromStr>(column: &str, text: &str) -> Result<T> {
    text.parse().map_err(|_| Error::Internal(format!("column {column} holds {text:?}")))
}
