//! A fresh pair of databases for one test, on the backend that the environment names.
//!
//! One suite serves both backends: `TRYGGHET_TEST_DATABASE=sqlite` (the default) or `postgres`. A
//! test asks for [`Databases::fresh`], hands the addresses to what it tests, and drops them; files
//! and databases go with it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use tempfile::TempDir;

use super::postgres;

/// A kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// Files beside the service.
    Sqlite,
    /// A server.
    Postgres,
}

/// The backend that this run of the suite is pointed at.
///
/// # Panics
/// Where `TRYGGHET_TEST_DATABASE` names neither.
pub fn backend() -> Backend {
    match std::env::var("TRYGGHET_TEST_DATABASE").as_deref() {
        Err(_) | Ok("" | "sqlite") => Backend::Sqlite,
        Ok("postgres") => Backend::Postgres,
        Ok(other) => panic!("TRYGGHET_TEST_DATABASE is {other:?}: say sqlite or postgres"),
    }
}

/// Two empty databases of a test's own, gone when dropped.
pub struct Databases {
    /// The address of the database that will hold answers.
    pub dialogue: String,
    /// The address of the database that will hold sign-ups.
    pub register: String,
    // Kept for its end: the directory or the two databases are removed.
    place: Place,
}

enum Place {
    Files(TempDir),
    Server { admin: String, names: [String; 2] },
}

impl Databases {
    /// A fresh pair on the backend of this run.
    ///
    /// # Panics
    /// Where they cannot be made: whoever points the suite at PostgreSQL wants it tested there.
    pub fn fresh() -> Self {
        match backend() {
            Backend::Sqlite => Self::on_sqlite(),
            Backend::Postgres => Self::on_postgres(&postgres::shared_url().expect("a PostgreSQL server")),
        }
    }

    /// A fresh pair of SQLite files, which do not exist yet.
    pub fn on_sqlite() -> Self {
        Self::on_sqlite_in(&std::env::temp_dir())
    }

    /// The same in a directory of their own below `parent`.
    pub fn on_sqlite_in(parent: &Path) -> Self {
        let directory = tempfile::Builder::new().prefix("trygghet-sqlite-").tempdir_in(parent).expect("a directory");
        let url = |name: &str| format!("sqlite://{}", directory.path().join(name).display());
        Self { dialogue: url("dialogue.db"), register: url("register.db"), place: Place::Files(directory) }
    }

    /// A fresh pair on the server whose administrator's address is `admin`.
    pub fn on_postgres(admin: &str) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let process = std::process::id();
        let names = ["dialogue", "register"].map(|kind| format!("test_{process}_{number}_{kind}"));
        let mut connection = PgConnection::establish(admin).expect("the server answers");
        for name in &names {
            connection.batch_execute(&format!("CREATE DATABASE {name}")).expect("a fresh database");
        }
        let url = |name: &str| {
            let mut url = url::Url::parse(admin).expect("an address");
            url.set_path(name);
            url.to_string()
        };
        let (dialogue, register) = (url(&names[0]), url(&names[1]));
        Self { dialogue, register, place: Place::Server { admin: admin.to_owned(), names } }
    }

    /// Where the files of SQLite lie: for tests that read, copy or corrupt them.
    pub fn directory(&self) -> Option<&Path> {
        match &self.place {
            Place::Files(directory) => Some(directory.path()),
            Place::Server { .. } => None,
        }
    }

    /// The file of the dialogue database on SQLite.
    pub fn dialogue_file(&self) -> Option<PathBuf> {
        self.directory().map(|directory| directory.join("dialogue.db"))
    }
}

impl Drop for Databases {
    fn drop(&mut self) {
        let Place::Server { admin, names } = &self.place else { return };
        // The server may be gone already, which is as good; a test that failed must not fail twice.
        let Ok(mut connection) = PgConnection::establish(admin) else { return };
        for name in names {
            let _ = connection.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

#[test]
fn databases_on_a_server_are_fresh_and_go_away() {
    let Some(admin) = super::require::or_skip(postgres::shared_url()) else { return };
    let (one, other) = (Databases::on_postgres(&admin), Databases::on_postgres(&admin));
    for url in [&one.dialogue, &one.register, &other.dialogue, &other.register] {
        let mut connection = PgConnection::establish(url).unwrap();
        connection.batch_execute("CREATE TABLE mine (n integer)").unwrap();
    }
    let gone = one.dialogue.clone();
    drop(one);
    assert!(PgConnection::establish(&gone).is_err());
    assert!(PgConnection::establish(&other.dialogue).is_ok());
}
