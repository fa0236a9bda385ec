//! The two databases: addresses, migrations, keys' folder, and what happens when a disk is full.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use trygghetsdialog::db::{self, Database, OpenError};
use trygghetsdialog::id::SeededRandomness;
use trygghetsdialog::survey::dialogue;
use trygghetsdialog::survey::keys::{KeyDir, KeyError};
use trygghetsdialog::survey::letterbox::{HandInError, HandedIn, Unavailable};

use crate::support::database::{Backend, Databases, backend};
use crate::support::storage::{Storage, letter};

fn open(dialogue: &str, register: &str) -> Result<db::Databases, OpenError> {
    db::Databases::open(&dialogue.parse().unwrap(), &register.parse().unwrap())
}

#[test]
fn swapped_and_equal_addresses_are_refused() {
    let urls = Databases::fresh();
    drop(open(&urls.dialogue, &urls.register).unwrap());
    // A second start finds all as it was.
    drop(open(&urls.dialogue, &urls.register).unwrap());
    let refused = open(&urls.register, &urls.dialogue).err().unwrap();
    assert!(matches!(&refused, OpenError::WrongDatabase { found, .. } if found == Database::Register.name()));
    let line = refused.to_string();
    assert!(line.contains("swapped or equal") && !line.contains('\n'), "{line}");
    assert!(matches!(open(&urls.dialogue, &urls.dialogue), Err(OpenError::WrongDatabase { .. })));
}

#[test]
fn a_database_that_does_not_answer_is_one_clear_line() {
    let urls = Databases::fresh();
    let nobody = "postgres://anna:hemligt@127.0.0.1:1/dialogue";
    let refused = open(nobody, &urls.register).err().unwrap();
    assert!(matches!(refused, OpenError::Unreachable { .. }));
    assert!(!refused.to_string().contains("hemligt"));
    assert!(matches!(open("sqlite:///proc/nothing/dialogue.db", &urls.register), Err(OpenError::File { .. })));
}

#[derive(QueryableByName, Debug, PartialEq, Eq)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    required: bool,
}

/// Tables with their columns, as both databases must have them; `?` marks those that may be null.
const TABLES: [(&str, &str); 26] = [
    ("identity", "name"),
    (
        "dialogue",
        "id slug state origin? opened_at? closes_at? closed_at? last_week? revision edited_by? reviewed_by? paused_at? \
         retention_decision?",
    ),
    ("questionnaire", "dialogue version file_name definition text_version"),
    ("purge_receipt", "dialogue decision purged_at responses comments rewritten"),
    ("dialogue_contact", "dialogue name mail phone"),
    ("closed_text", "dialogue language text"),
    ("statement", "dialogue kind number published_at published_by?"),
    ("statement_text", "dialogue kind number language text"),
    ("batch", "id dialogue week public_key state label?"),
    ("letter", "batch id sealed"),
    ("keying_sitting", "id dialogue account session"),
    ("held_letter", "sitting batch id sealed"),
    ("spent_receipt", "hmac generation"),
    ("response", "id dialogue version channel week? answers"),
    ("comment", "id dialogue question text"),
    ("staff_account", "id mail name state password? totp_secret? totp_step?"),
    ("staff_role", "account role"),
    ("staff_recovery_code", "account code"),
    ("staff_link", "token account? purpose expires_at"),
    ("staff_session", "id account token stage opened_at seen_at way"),
    ("staff_identity", "issuer subject account"),
    ("staff_journey", "token expires_at"),
    ("staff_device", "token account expires_at"),
    ("staff_attempt", "subject failures latest_at"),
    ("audit_entry", "number at actor_kind actor? action object_kind? object? detail hash"),
    ("audit_head", "name number hash"),
];

/// Run on either database, this compares the two, for both are held against one list. A new column in
/// `response` or `comment` fails here: it needs a line in `design.md`'s promises first.
#[test]
fn both_databases_have_the_same_tables() {
    let storage = Storage::fresh(50);
    let columns = |table: &str| -> String {
        let query = match backend() {
            Backend::Sqlite => format!("SELECT name, \"notnull\" = 1 AS required FROM pragma_table_info('{table}')"),
            Backend::Postgres => format!(
                "SELECT column_name::text AS name, is_nullable = 'NO' AS required FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
            ),
        };
        let columns: Vec<Column> = diesel::sql_query(query).load(&mut storage.conn()).unwrap();
        let words: Vec<String> =
            columns.iter().map(|column| format!("{}{}", column.name, if column.required { "" } else { "?" })).collect();
        words.join(" ")
    };
    for (table, expected) in TABLES {
        assert_eq!(columns(table), expected, "{table}");
    }
}

/// A row id would number rows in the order of their arrival, and stays through VACUUM.
#[test]
fn no_table_that_answers_pass_has_row_ids_on_sqlite() {
    let storage = Storage::on(Databases::on_sqlite(), tempfile::tempdir().unwrap(), 51);
    for table in ["letter", "keying_sitting", "held_letter", "spent_receipt", "response", "comment"] {
        let asked = diesel::sql_query(format!("SELECT rowid FROM {table}")).execute(&mut storage.conn());
        assert!(asked.unwrap_err().to_string().contains("rowid"), "{table}");
    }
}

#[test]
fn files_are_ours_alone() {
    let storage = Storage::on(Databases::on_sqlite(), tempfile::tempdir().unwrap(), 52);
    storage.open("ett");
    let mut seen = 0;
    for folder in [storage.urls.directory().unwrap().to_owned(), storage.key_dir.path().join("keys")] {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.path());
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen} files");
}

#[test]
fn keys_that_others_can_read_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    let randomness = SeededRandomness::new(1);
    assert!(matches!(KeyDir::open(&path), Err(KeyError::NoFolder(_))));
    let keys = KeyDir::create(&path).unwrap();
    keys.receipt_key(&randomness).unwrap();
    let file = path.join("receipt.key");
    let first = fs::read(&file).unwrap();
    keys.receipt_key(&randomness).unwrap();
    assert_eq!((first.len(), fs::read(&file).unwrap()), (32, first));

    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(KeyDir::open(&path), Err(KeyError::ReadableByOthers { mode: "600", .. })));
    assert!(matches!(keys.receipt_key(&randomness), Err(KeyError::ReadableByOthers { .. })));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&file, "kort").unwrap();
    assert!(matches!(keys.receipt_key(&randomness), Err(KeyError::Malformed(_))));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o750)).unwrap();
    let refused = KeyDir::open(&path).unwrap_err();
    assert!(matches!(refused, KeyError::ReadableByOthers { mode: "700", .. }));
    assert!(refused.to_string().contains("chmod 700"));
}

/// A limit on the number of pages is how SQLite meets a full disk without one: the same error.
#[test]
fn a_full_disk_is_told_and_recovered_from() {
    let storage = Storage::on(Databases::on_sqlite(), tempfile::tempdir().unwrap(), 53);
    let id = storage.open("ett").id;
    storage.send_numbers(id, 0..3);
    // Every connection of the pool: the letterbox may get any of them.
    let limit = |pages: &str| {
        let mut held: Vec<_> = (0..8).map(|_| storage.conn()).collect();
        for conn in &mut held {
            diesel::sql_query(format!("PRAGMA max_page_count = {pages}")).execute(conn).unwrap();
        }
    };
    limit("1");
    let mut failed = 0;
    let mut stored = 3;
    for number in 3..40 {
        match storage.send(id, letter(number), None) {
            Ok(HandedIn::Stored) => stored += 1,
            Err(HandInError::Unavailable(Unavailable::Database(db::Error::Unavailable(reason)))) => {
                assert!(reason.contains("full"), "{reason}");
                failed += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(failed > 10, "{failed} failed");
    limit("1000000");
    storage.send_numbers(id, 40..45);
    assert_eq!(dialogue::counts(&mut storage.conn(), id).unwrap().letters, stored + 5);
}
