//! Whether the log is what was written.

use diesel::prelude::*;

use super::entry::{BEGINNING, Hash};
use super::store::{Row, from_row, head};
use crate::db::schema::audit_entry;
use crate::db::{self, Connection};

/// Entries that are read at a time.
const CHUNK: i64 = 1000;

/// What a look at the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Entries that were looked at.
    pub entries: i64,
    /// The latest entry's hash: note it elsewhere, and the log up to here can't change unseen.
    pub head: Hash,
    /// The first thing that is wrong; none where all is well.
    pub wrong: Option<Break>,
}

/// How a chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// Entries before this one are missing, or it stands twice.
    Gap(i64),
    /// This entry, or the one before it, is not what was written; or it can't be read.
    Changed(i64),
    /// The chain ends after this entry, but not where the log says that it ends: its tail is missing.
    Cut(i64),
    /// The entry with this number was another one when it was remembered outside the database, or is gone since.
    Forgotten(i64),
}

/// Reads the whole log in one piece and checks it; `remembered` is a head that was kept elsewhere.
///
/// # Errors
/// The database.
pub fn verify(conn: &mut Connection, remembered: Option<(i64, Hash)>) -> db::Result<Report> {
    // A transaction, so that what is added meanwhile does not look like a fault; it changes nothing.
    db::write(conn, |conn| walk(conn, remembered))
}

fn walk(conn: &mut Connection, remembered: Option<(i64, Hash)>) -> db::Result<Report> {
    let (end, end_hash) = head(conn)?;
    let mut report = Report { entries: 0, head: BEGINNING, wrong: None };
    let mut saw_remembered = remembered.is_none_or(|(number, _)| number == 0);
    loop {
        let rows: Vec<Row> = audit_entry::table
            .filter(audit_entry::number.gt(report.entries))
            .order(audit_entry::number)
            .limit(CHUNK)
            .load(conn)?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let number = row.0;
            if number != report.entries + 1 {
                return Ok(Report { wrong: Some(Break::Gap(number)), ..report });
            }
            match from_row(row) {
                Ok(entry) if entry.hash == entry.hash_after(&report.head) => report.head = entry.hash,
                _ => return Ok(Report { wrong: Some(Break::Changed(number)), ..report }),
            }
            report.entries = number;
            if remembered == Some((number, report.head)) {
                saw_remembered = true;
            }
        }
    }
    if (end, end_hash) != (report.entries, report.head) {
        report.wrong = Some(Break::Cut(report.entries));
    } else if let Some((number, _)) = remembered.filter(|_| !saw_remembered) {
        report.wrong = Some(Break::Forgotten(number));
    }
    Ok(report)
}
