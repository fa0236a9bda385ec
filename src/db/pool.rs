//! Pools of connections, prepared alike.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{self, R2D2Connection};
use diesel::{Connection as _, PgConnection, SqliteConnection};

use super::migrate::{self, Database, OpenError};
use super::url::sqlite_uri;
use super::{Connection, DatabaseUrl, Error};

/// How long a caller waits for a connection before the database counts as unavailable.
const WAIT: Duration = Duration::from_secs(2);

/// The most connections that a pool opens.
const MOST_CONNECTIONS: u32 = 8;

/// Said to SQLite on every connection. `busy_timeout` comes first, for the others may have to wait.
/// `FULL` makes each commit durable in WAL mode; `secure_delete` overwrites what is deleted with zeros.
const PRAGMAS: &str = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                       PRAGMA secure_delete = ON;";

/// A pool of connections to one database. Cloning gives another handle to the same pool.
#[derive(Clone)]
pub struct Pool(r2d2::Pool<Manager>);

/// A connection that returns to its pool.
pub type Pooled = r2d2::PooledConnection<Manager>;

impl Pool {
    /// A pool on the database at `url`. An SQLite file that is missing is made, with its folder, for
    /// our eyes only; it holds nothing before [`Databases::open`] has migrated it.
    ///
    /// # Errors
    /// [`OpenError`] where the file can't be made or nobody answers.
    pub fn connect(url: &DatabaseUrl) -> Result<Self, OpenError> {
        if let DatabaseUrl::Sqlite(path) = url {
            make_private(path).map_err(|source| OpenError::File { url: url.clone(), reason: source.to_string() })?;
        }
        let pool = r2d2::Pool::builder()
            .max_size(MOST_CONNECTIONS)
            .min_idle(Some(1))
            .connection_timeout(WAIT)
            // The caller learns of the error, in words; the default handler would repeat addresses to the log.
            .error_handler(Box::new(r2d2::NopErrorHandler))
            .build(Manager(url.clone()))
            .map_err(|error| OpenError::Unreachable { url: url.clone(), reason: error.to_string() })?;
        Ok(Self(pool))
    }

    /// A connection.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where there is none within two seconds.
    pub fn get(&self) -> Result<Pooled, Error> {
        Ok(self.0.get()?)
    }
}

/// Both databases, migrated and checked to be what their settings say.
#[derive(Clone)]
pub struct Databases {
    /// Dialogues, questionnaires, letters, responses.
    pub dialogue: Pool,
    /// Focus groups.
    pub register: Pool,
}

impl Databases {
    /// Connects to both databases and brings their tables up to date.
    ///
    /// # Errors
    /// [`OpenError`], one clear line each: unreachable, swapped, equal, made by a newer version.
    pub fn open(dialogue: &DatabaseUrl, register: &DatabaseUrl) -> Result<Self, OpenError> {
        let open = |url: &DatabaseUrl, which| {
            let pool = Pool::connect(url)?;
            let unavailable = |error: Error| OpenError::Unreachable { url: url.clone(), reason: error.to_string() };
            migrate::migrate(&mut *pool.get().map_err(unavailable)?, url, which)?;
            Ok(pool)
        };
        Ok(Self { dialogue: open(dialogue, Database::Dialogue)?, register: open(register, Database::Register)? })
    }
}

/// Makes the file, readable by us alone, where there is none. SQLite gives its companions (`-wal`,
/// `-shm`) the same mode.
fn make_private(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// Opens and checks the pool's connections.
pub struct Manager(DatabaseUrl);

impl r2d2::ManageConnection for Manager {
    type Connection = Connection;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Connection, Self::Error> {
        match &self.0 {
            DatabaseUrl::Sqlite(path) => {
                let mut conn =
                    SqliteConnection::establish(&sqlite_uri(path)).map_err(diesel::r2d2::Error::ConnectionError)?;
                conn.batch_execute(PRAGMAS).map_err(diesel::r2d2::Error::QueryError)?;
                Ok(Connection::Sqlite(conn))
            }
            DatabaseUrl::Postgres(url) => {
                PgConnection::establish(url).map(Connection::Postgres).map_err(diesel::r2d2::Error::ConnectionError)
            }
        }
    }

    fn is_valid(&self, conn: &mut Connection) -> Result<(), Self::Error> {
        conn.ping().map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Connection) -> bool {
        std::thread::panicking() || conn.is_broken()
    }
}
