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

/// What a query gives.
pub type Result<T> = std::result::Result<T, Error>;
