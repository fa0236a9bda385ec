//! Migrations, built into the binary, and each database's own name.
//!
//! The SQL in `migrations/` is portable. Where the two databases must differ, `up.postgres.sql`
//! stands beside `up.sql` under the same name, so that their names can't diverge; a test compares
//! the tables that they make.

use diesel::connection::{BoxableConnection, SimpleConnection};
use diesel::migration::{Migration, MigrationMetadata, MigrationName, MigrationSource, MigrationVersion};
use diesel::prelude::*;
use diesel_migrations::MigrationHarness;

use super::schema::identity;
use super::{Connection, DatabaseUrl, Error, MultiBackend, write};

/// Which of the two databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// The survey's.
    Dialogue,
    /// The focus groups'.
    Register,
}

impl Database {
    /// Its name in the table `identity`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dialogue => "dialogue",
            Self::Register => "register",
        }
    }
}

/// Why a database can't be used; each a line for whoever started the service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The SQLite file can't be made.
    #[error("{url}: the file can't be made: {reason}")]
    File {
        /// Where.
        url: DatabaseUrl,
        /// What the system says.
        reason: String,
    },
    /// Nobody answers, or not as they should.
    #[error("{url}: can't connect: {reason}")]
    Unreachable {
        /// Where.
        url: DatabaseUrl,
        /// What the database says.
        reason: String,
    },
    /// The other database's address, or the same address twice.
    #[error(
        "{url} holds the {found} database, but is set as the {wanted} database: are the addresses swapped or equal?"
    )]
    WrongDatabase {
        /// Where.
        url: DatabaseUrl,
        /// What it says that it is.
        found: String,
        /// What it should be.
        wanted: &'static str,
    },
    /// A migration failed.
    #[error("{url}: the tables can't be brought up to date: {reason}")]
    Migration {
        /// Where.
        url: DatabaseUrl,
        /// What the database says.
        reason: String,
    },
}

/// The SQL of one migration.
struct Step {
    name: &'static str,
    up: &'static str,
    /// Instead of `up` on PostgreSQL.
    postgres: Option<&'static str>,
}

const DIALOGUE: [Step; 8] = [
    Step {
        name: "00000000000001_dialogues",
        up: include_str!("../../migrations/dialogue/00000000000001_dialogues/up.sql"),
        postgres: None,
    },
    Step {
        name: "00000000000002_answers",
        up: include_str!("../../migrations/dialogue/00000000000002_answers/up.sql"),
        postgres: Some(include_str!("../../migrations/dialogue/00000000000002_answers/up.postgres.sql")),
    },
    Step {
        name: "00000000000004_dialogue_life",
        up: include_str!("../../migrations/dialogue/00000000000004_dialogue_life/up.sql"),
        postgres: Some(include_str!("../../migrations/dialogue/00000000000004_dialogue_life/up.postgres.sql")),
    },
    Step {
        name: "00000000000005_audit_only_grows",
        up: include_str!("../../migrations/dialogue/00000000000005_audit_only_grows/up.sql"),
        postgres: Some(include_str!("../../migrations/dialogue/00000000000005_audit_only_grows/up.postgres.sql")),
    },
    Step {
        name: "00000000000008_keyed_answers",
        up: include_str!("../../migrations/dialogue/00000000000008_keyed_answers/up.sql"),
        postgres: Some(include_str!("../../migrations/dialogue/00000000000008_keyed_answers/up.postgres.sql")),
    },
    Step {
        name: "00000000000003_staff",
        up: include_str!("../../migrations/dialogue/00000000000003_staff/up.sql"),
        postgres: None,
    },
    Step {
        name: "00000000000006_sign_in_by_provider",
        up: include_str!("../../migrations/dialogue/00000000000006_sign_in_by_provider/up.sql"),
        postgres: None,
    },
    Step {
        name: "00000000000007_dialogue_texts",
        up: include_str!("../../migrations/dialogue/00000000000007_dialogue_texts/up.sql"),
        postgres: None,
    },
];

const REGISTER: [Step; 1] = [Step {
    name: "00000000000001_identity",
    up: include_str!("../../migrations/register/00000000000001_identity/up.sql"),
    postgres: None,
}];

/// Makes sure that the database is the one wanted, and brings its tables up to date, all or nothing.
pub(super) fn migrate(conn: &mut Connection, url: &DatabaseUrl, database: Database) -> Result<(), OpenError> {
    let failed = |reason: String| OpenError::Migration { url: url.clone(), reason };
    let unlock = match conn {
        Connection::Sqlite(_) => {
            // Kept in the file: from here on every connection uses the write-ahead log.
            conn.batch_execute("PRAGMA journal_mode = WAL").map_err(|error| failed(error.to_string()))?;
            None
        }
        // Copies that start at the same time take turns.
        Connection::Postgres(_) => {
            conn.batch_execute("SELECT pg_advisory_lock(7355608)").map_err(|error| failed(error.to_string()))?;
            Some("SELECT pg_advisory_unlock(7355608)")
        }
    };
    let outcome = write(conn, |conn| run(conn, database));
    if let Some(unlock) = unlock {
        conn.batch_execute(unlock).map_err(|error| failed(error.to_string()))?;
    }
    match outcome {
        Ok(None) => Ok(()),
        Ok(Some(found)) => Err(OpenError::WrongDatabase { url: url.clone(), found, wanted: database.name() }),
        Err(error) => Err(failed(error.to_string())),
    }
}

/// The name found, where it is another than the one wanted: then nothing is changed.
fn run(conn: &mut Connection, database: Database) -> Result<Option<String>, Error> {
    if has_identity(conn)? {
        let found: String = identity::table.select(identity::name).first(conn)?;
        if found != database.name() {
            return Ok(Some(found));
        }
    }
    let steps: &'static [Step] = match database {
        Database::Dialogue => &DIALOGUE,
        Database::Register => &REGISTER,
    };
    let postgres = matches!(conn, Connection::Postgres(_));
    conn.run_pending_migrations(Source { steps, postgres }).map_err(|error| {
        match error.downcast::<diesel::result::Error>() {
            Ok(error) => Error::from(*error),
            Err(error) => Error::Internal(error.to_string()),
        }
    })?;
    Ok(None)
}

fn has_identity(conn: &mut Connection) -> Result<bool, Error> {
    use diesel::dsl::sql;
    use diesel::sql_types::Bool;
    let query = match conn {
        Connection::Sqlite(_) => "EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'identity')",
        Connection::Postgres(_) => "to_regclass('identity') IS NOT NULL",
    };
    Ok(diesel::select(sql::<Bool>(query)).get_result(conn)?)
}

/// The steps as diesel's harness wants them.
struct Source {
    steps: &'static [Step],
    postgres: bool,
}

impl MigrationSource<MultiBackend> for Source {
    fn migrations(&self) -> diesel::migration::Result<Vec<Box<dyn Migration<MultiBackend>>>> {
        let migration = |step: &Step| {
            let sql = step.postgres.filter(|_| self.postgres).unwrap_or(step.up);
            Box::new(SqlMigration { name: Name(step.name), sql }) as Box<dyn Migration<MultiBackend>>
        };
        Ok(self.steps.iter().map(migration).collect())
    }
}

struct SqlMigration {
    name: Name,
    sql: &'static str,
}

impl Migration<MultiBackend> for SqlMigration {
    fn run(&self, conn: &mut dyn BoxableConnection<MultiBackend>) -> diesel::migration::Result<()> {
        Ok(conn.batch_execute(self.sql)?)
    }

    fn revert(&self, _: &mut dyn BoxableConnection<MultiBackend>) -> diesel::migration::Result<()> {
        // Going back is restoring a backup: a migration that destroys answers must not exist.
        Err("migrations are never reverted; restore a backup".into())
    }

    fn metadata(&self) -> &dyn MigrationMetadata {
        &Transactional
    }

    fn name(&self) -> &dyn MigrationName {
        &self.name
    }
}

/// Every step runs inside the one transaction of [`migrate`].
struct Transactional;

impl MigrationMetadata for Transactional {}

struct Name(&'static str);

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl MigrationName for Name {
    fn version(&self) -> MigrationVersion<'_> {
        MigrationVersion::from(self.0.split('_').next().unwrap_or(self.0))
    }
}
