//! The physical rewrite after mixing.
//!
//! A chunk of responses is inserted at one moment, and a database remembers such moments: in the order of
//! pages, in PostgreSQL's `xmin` and `ctid`, in freed pages and in the write-ahead log. So when a
//! crowd has been moved, both tables are written anew in the order of their random ids, which says nothing.
//! Repeating it changes nothing, so an interrupted one is simply done again.

use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Integer;

use crate::db::{self, Connection, write};
use crate::survey::mixing::MixError;

/// How often the log's emptying is tried while readers hold it.
const ATTEMPTS: usize = 60;

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(100);

/// Both tables into temporary copies and back, in one transaction: all rows get one `xmin`, and
/// places in the order of their ids; the old files go.
const POSTGRES: &str = "
    CREATE TEMPORARY TABLE mixed_response ON COMMIT DROP AS
        SELECT id, dialogue, version, channel, week, answers FROM response;
    CREATE TEMPORARY TABLE mixed_comment ON COMMIT DROP AS SELECT id, dialogue, question, text FROM comment;
    TRUNCATE response, comment;
    INSERT INTO response (id, dialogue, version, channel, week, answers)
        SELECT id, dialogue, version, channel, week, answers FROM mixed_response ORDER BY id;
    INSERT INTO comment (id, dialogue, question, text)
        SELECT id, dialogue, question, text FROM mixed_comment ORDER BY id;
";

/// Rewrites `response` and `comment`.
pub(in crate::survey::mixing) fn rewrite(conn: &mut Connection) -> Result<(), MixError> {
    match conn {
        Connection::Sqlite(conn) => {
            // Builds the file anew, each table in the order of its key, and leaves no free page.
            conn.batch_execute("VACUUM").map_err(db::Error::from)?;
            empty_log(conn)
        }
        Connection::Postgres(_) => write(conn, |conn| {
            conn.batch_execute(POSTGRES).map_err(db::Error::from)?;
            Ok(())
        }),
    }
}

#[derive(QueryableByName)]
struct Checkpoint {
    /// 1 where a reader or writer kept the log from being emptied; the statement itself does not fail.
    #[diesel(sql_type = Integer)]
    busy: i32,
}

fn empty_log(conn: &mut SqliteConnection) -> Result<(), MixError> {
    for _ in 0..ATTEMPTS {
        let checkpoint: Checkpoint =
            diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(conn).map_err(db::Error::from)?;
        if checkpoint.busy == 0 {
            return Ok(());
        }
        thread::sleep(PAUSE);
    }
    Err(MixError::LogInUse)
}
