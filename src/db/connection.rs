//! One connection type over both databases.

use diesel::{PgConnection, SqliteConnection};

/// A connection to either database; known outside as [`crate::db::Connection`].
///
/// (Diesel's derive brings a trait of that name into scope, so the type needs another one here.)
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// The embedded database, for one copy of the service.
    Sqlite(SqliteConnection),
    /// For several copies.
    Postgres(PgConnection),
}

/// Compiles the same body for each database: for queries that diesel does not compile on the
/// multi connection (batch inserts, `on_conflict`).
///
/// ```ignore
/// on_backend!(conn, |conn| diesel::insert_into(response::table).values(&rows).execute(conn))
/// ```
#[macro_export]
macro_rules! on_backend {
    ($connection:expr, |$inner:ident| $body:expr) => {
        match $connection {
            $crate::db::Connection::Sqlite($inner) => $body,
            $crate::db::Connection::Postgres($inner) => $body,
        }
    };
}
