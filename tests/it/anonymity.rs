//! The proof of anonymity below HTTP: what an attacker with the files, the tables or an old backup learns.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::{Binary, Text};
use trygghetsdialog::db::schema::{comment, letter as letters, response};
use trygghetsdialog::id::RandomId;
use trygghetsdialog::survey::answers::Answers;
use trygghetsdialog::survey::letterbox::HandedIn;
use trygghetsdialog::survey::mixing::MixError;
use trygghetsdialog::survey::receipt;

use crate::support::database::{Backend, Databases, backend};
use crate::support::postgres::Cluster;
use crate::support::require;
use crate::support::storage::{Storage, letter, number};

/// Letters in each trial.
const LETTERS: usize = 200;

/// Trials of what chance decides. Each has a seed of its own, so the outcome is the same every time.
const TRIALS: u64 = 12;

/// A storage whose files we can read, and the cluster that holds them where there is one.
fn readable_storage(seed: u64) -> Option<(Storage, Option<Cluster>)> {
    let (urls, cluster) = match backend() {
        Backend::Sqlite => (Databases::on_sqlite(), None),
        Backend::Postgres => {
            let cluster = require::or_skip(Cluster::start())?;
            (Databases::on_postgres(&cluster.url()), Some(cluster))
        }
    };
    Some((Storage::on(urls, tempfile::tempdir().unwrap(), seed), cluster))
}

/// All files below `directory`, with their names.
fn files(directory: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => files(&path, found),
            Ok(metadata) if metadata.is_file() => {
                // A server removes files while we read.
                if let Ok(bytes) = fs::read(&path) {
                    found.push((path.display().to_string(), bytes));
                }
            }
            _ => {}
        }
    }
}

/// The files of the databases: tables, write-ahead log, freed pages, the server's own log.
fn database_files(storage: &Storage, cluster: Option<&Cluster>) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    match cluster {
        None => files(storage.urls.directory().unwrap(), &mut found),
        Some(cluster) => {
            diesel::sql_query("CHECKPOINT").execute(&mut storage.conn()).unwrap();
            files(cluster.directory(), &mut found);
        }
    }
    assert!(found.iter().any(|(_, bytes)| !bytes.is_empty()));
    found
}

/// The names of the files that hold any of `secrets`, all of the same length.
fn holders(files: &[(String, Vec<u8>)], secrets: &[Vec<u8>]) -> Vec<String> {
    let length = secrets[0].len();
    let secrets: std::collections::HashSet<&[u8]> = secrets.iter().map(Vec::as_slice).collect();
    files
        .iter()
        .filter(|(_, bytes)| bytes.windows(length).any(|window| secrets.contains(window)))
        .map(|(name, _)| name.clone())
        .collect()
}

#[test]
fn files_hold_no_receipt_no_open_letter_and_after_mixing_no_letter_at_all() {
    let Some((storage, cluster)) = readable_storage(30) else { return };
    let dialogue = storage.open("ett").id;
    let receipts: Vec<String> = (0..LETTERS).map(|_| receipt::issue(&*storage.randomness)).collect();
    for (number, receipt) in receipts.iter().enumerate() {
        assert_eq!(storage.send(dialogue, letter(number), Some(receipt)), Ok(HandedIn::Stored));
    }
    let sealed: Vec<Vec<u8>> = letters::table.select(letters::sealed).load(&mut storage.conn()).unwrap();
    assert_eq!(sealed.len(), LETTERS);
    assert!(sealed.iter().all(|sealed| sealed.len() == 2048 + 48));
    let part = |at: usize| sealed.iter().map(|sealed| sealed[at..at + 16].to_vec()).collect::<Vec<_>>();
    let (heads, tails) = (part(0), part(2000));
    let words = [b"fritext nummer".to_vec()];
    let as_text: Vec<Vec<u8>> = receipts.iter().map(|receipt| receipt.clone().into_bytes()).collect();
    let as_bytes: Vec<Vec<u8>> =
        receipts.iter().map(|receipt| u128::from_str_radix(receipt, 16).unwrap().to_be_bytes().to_vec()).collect();

    let before = database_files(&storage, cluster.as_ref());
    assert!(!holders(&before, &heads).is_empty(), "the search finds what is there");
    for secret in [&words[..], &as_text, &as_bytes] {
        assert_eq!(holders(&before, secret), Vec::<String>::new(), "before mixing");
    }

    storage.at("2019-03-18T08:00:00Z");
    storage.mix().unwrap();
    let after = database_files(&storage, cluster.as_ref());
    assert!(!holders(&after, &words).is_empty(), "the search finds what is there");
    for secret in [&as_text, &as_bytes] {
        assert_eq!(holders(&after, secret), Vec::<String>::new(), "after mixing");
    }
    // PostgreSQL keeps its write-ahead log until it needs the space: what lies there was sealed to a key
    // that is destroyed. Everywhere else the letters are gone.
    let log_only = |holders: Vec<String>| holders.into_iter().all(|name| name.contains("/pg_wal/"));
    for secret in [&heads, &tails] {
        let holders = holders(&after, secret);
        assert!(log_only(holders.clone()) && (cluster.is_some() || holders.is_empty()), "{holders:?}");
    }
}

/// Spearman's rank correlation of two sequences without ties.
fn rank_correlation(pairs: &[(u128, usize)]) -> f64 {
    let rank = |mut values: Vec<u128>| {
        values.sort_unstable();
        move |value: u128| values.binary_search(&value).unwrap() as f64
    };
    let first = rank(pairs.iter().map(|(one, _)| *one).collect());
    let second = rank(pairs.iter().map(|(_, other)| *other as u128).collect());
    let n = pairs.len() as f64;
    let squares: f64 = pairs.iter().map(|(one, other)| (first(*one) - second(*other as u128)).powi(2)).sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

#[test]
fn rank_correlation_tells_order_from_chance() {
    let pairs = |order: fn(usize) -> u128| (0..LETTERS).map(|n| (order(n), n)).collect::<Vec<_>>();
    assert!((rank_correlation(&pairs(|n| n as u128)) - 1.0).abs() < 1e-9);
    assert!((rank_correlation(&pairs(|n| 1000 - n as u128)) + 1.0).abs() < 1e-9);
    assert!(rank_correlation(&pairs(|n| (n as u128 * 0x9E37_79B9_7F4A_7C15) % 1_000_003)).abs() < 0.3);
}

/// Where a row lies: in the file (SQLite), or block and line (PostgreSQL).
#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = Binary)]
    id: Vec<u8>,
    #[diesel(sql_type = Text)]
    ctid: String,
    #[diesel(sql_type = Text)]
    xmin: String,
}

/// The physical place of every row of a table.
fn places(storage: &Storage, table: &str, ids: &[Vec<u8>]) -> BTreeMap<Vec<u8>, u128> {
    if let Some(file) = storage.urls.dialogue_file() {
        let bytes = fs::read(file).unwrap();
        let offset = |id: &Vec<u8>| {
            let mut at = bytes.windows(16).enumerate().filter(|(_, window)| window == id).map(|(at, _)| at as u128);
            let first = at.next().expect("the row lies in the file");
            assert_eq!(at.next(), None, "and once");
            (id.clone(), first)
        };
        return ids.iter().map(offset).collect();
    }
    let query = format!("SELECT id, ctid::text AS ctid, xmin::text AS xmin FROM {table}");
    let rows: Vec<Place> = diesel::sql_query(query).load(&mut storage.conn()).unwrap();
    assert!(rows.iter().all(|row| row.xmin == rows[0].xmin), "one transaction wrote all rows");
    let place = |row: Place| {
        let (block, line) = row.ctid.trim_matches(['(', ')']).split_once(',').unwrap();
        (row.id, block.parse::<u128>().unwrap() * 100_000 + line.parse::<u128>().unwrap())
    };
    rows.into_iter().map(place).collect()
}

#[test]
fn no_order_tells_the_order_of_arrival_or_ties_a_comment_to_a_response() {
    // Per question asked of the data, the correlation found in each trial.
    let mut found: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for trial in 0..TRIALS {
        let storage = Storage::fresh(1000 + trial);
        let dialogue = storage.open("ett").id;
        storage.send_numbers(dialogue, 0..LETTERS);
        storage.at("2019-03-18T08:00:00Z");
        storage.mix().unwrap();
        let responses: Vec<(Vec<u8>, String)> =
            response::table.select((response::id, response::answers)).load(&mut storage.conn()).unwrap();
        let comments: Vec<(Vec<u8>, String)> =
            comment::table.select((comment::id, comment::text)).load(&mut storage.conn()).unwrap();
        let of_response = |answers: &String| number(&serde_json::from_str::<Answers>(answers).unwrap());
        let of_comment = |text: &String| text.split(' ').nth(2).unwrap().parse::<usize>().unwrap();
        let arrivals: BTreeMap<Vec<u8>, usize> =
            responses.iter().map(|(id, row)| (id.clone(), of_response(row))).collect();
        let comment_arrivals: BTreeMap<Vec<u8>, usize> =
            comments.iter().map(|(id, row)| (id.clone(), of_comment(row))).collect();
        assert_eq!((arrivals.len(), comment_arrivals.len()), (LETTERS, LETTERS.div_ceil(3)));
        let ids = |rows: &BTreeMap<Vec<u8>, usize>| rows.keys().cloned().collect::<Vec<_>>();
        let at = places(&storage, "response", &ids(&arrivals));
        let comment_at = places(&storage, "comment", &ids(&comment_arrivals));
        // The order in which an unordered SELECT gives the rows.
        let row_order: Vec<(u128, usize)> =
            responses.iter().enumerate().map(|(at, (id, _))| (at as u128, arrivals[id])).collect();
        let mut note = |question, pairs: Vec<(u128, usize)>| {
            found.entry(question).or_default().push(rank_correlation(&pairs));
        };
        note("row order of responses", row_order);
        note("place of responses", at.iter().map(|(id, at)| (*at, arrivals[id])).collect());
        note("place of comments", comment_at.iter().map(|(id, at)| (*at, comment_arrivals[id])).collect());
        let response_of: BTreeMap<usize, u128> = at.iter().map(|(id, at)| (arrivals[id], *at)).collect();
        let tied = comment_at.iter().map(|(id, at)| (*at, response_of[&comment_arrivals[id]] as usize)).collect();
        note("place of a comment and of its response", tied);
    }
    for (question, correlations) in found {
        // Under chance a coefficient of n pairs has the standard deviation 1 / √(n − 1).
        let n = if question.contains("comment") { LETTERS.div_ceil(3) } else { LETTERS } as f64;
        let deviation = 1.0 / (n - 1.0).sqrt();
        let mean = correlations.iter().sum::<f64>() / correlations.len() as f64;
        let most = correlations.iter().fold(0.0_f64, |most, found| most.max(found.abs()));
        assert!(mean.abs() < 3.0 * deviation / (correlations.len() as f64).sqrt(), "{question}: mean {mean:.3}");
        assert!(most < 4.0 * deviation, "{question}: at most {most:.3}");
    }
}

/// A copy of a stopped storage's files, with these keys.
fn restored(from: &Path, keys: Option<&Path>) -> Storage {
    let urls = Databases::on_sqlite();
    copy(from, urls.directory().unwrap());
    let key_dir = tempfile::tempdir().unwrap();
    let storage = Storage::on(urls, key_dir, 99);
    if let Some(keys) = keys {
        copy(keys, &storage.key_dir.path().join("keys"));
    }
    storage.at("2019-03-18T08:00:00Z");
    storage
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// On SQLite, where a backup is a copy of files; who needs which key is the same on both.
#[test]
fn a_stolen_database_and_an_old_backup_open_nothing() {
    let storage = Storage::on(Databases::on_sqlite(), tempfile::tempdir().unwrap(), 40);
    let dialogue: RandomId = storage.open("ett").id;
    storage.send_numbers(dialogue, 0..30);
    let keys = storage.key_dir.path().join("keys");
    let [backup, old_keys] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    copy(storage.urls.directory().unwrap(), backup.path());
    copy(&keys, old_keys.path());

    // Before mixing, without the keys.
    assert!(matches!(restored(backup.path(), None).mix(), Err(MixError::KeyMissing { .. })));
    storage.at("2019-03-18T08:00:00Z");
    storage.mix().unwrap();
    // After mixing: the old backup with today's keys.
    assert!(matches!(restored(backup.path(), Some(&keys)).mix(), Err(MixError::KeyMissing { .. })));
    // With the keys of that day it opens: so nothing but the missing key was in the way above.
    assert_eq!(restored(backup.path(), Some(old_keys.path())).mix().unwrap()[0].letters, 30);
}
