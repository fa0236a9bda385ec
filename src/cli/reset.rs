//! `reset`: a developer's sandbox as on the first day.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::config::Settings;
use crate::db::DatabaseUrl;

/// Deletes the embedded databases, the keys, the exports and the mails of this data directory.
///
/// # Errors
/// Nobody said `--yes`; a database is not embedded; the service has a public address, so this is no sandbox;
/// the file system refuses.
pub fn run(settings: &Settings, yes: bool) -> Result<(), Failure> {
    if settings.public_url.is_some() {
        return Err(Failure::new("public_url is set, so this is no sandbox: nothing was deleted"));
    }
    let mut doomed = Vec::new();
    for url in [&settings.database_url, &settings.register_url] {
        match url.parse::<DatabaseUrl>()? {
            DatabaseUrl::Sqlite(path) => doomed.extend(with_companions(&path)),
            DatabaseUrl::Postgres(_) => {
                return Err(Failure::new("a database is not embedded, so this is no sandbox: nothing was deleted"));
            }
        }
    }
    doomed.push(settings.key_dir.clone());
    doomed.push(settings.data_dir.join(super::export::FOLDER));
    doomed.push(settings.data_dir.join(super::start::MAIL_FOLDER));
    doomed.retain(|path| path.exists());
    if !yes {
        let list: Vec<_> = doomed.iter().map(|path| path.display().to_string()).collect();
        return Err(Failure::new(format!("would delete {}; say --yes to do it", list.join(", "))));
    }
    for path in &doomed {
        delete(path).map_err(|error| Failure::new(format!("{} can't be deleted: {error}", path.display())))?;
        println!("Deleted {}", path.display());
    }
    println!("The sandbox is empty. Start the service for a fresh one.");
    Ok(())
}

/// A database file and what SQLite keeps beside it.
fn with_companions(path: &Path) -> impl Iterator<Item = PathBuf> {
    let path = path.to_owned();
    ["", "-wal", "-shm", "-journal"].into_iter().map(move |suffix| {
        let mut name = path.clone().into_os_string();
        name.push(suffix);
        PathBuf::from(name)
    })
}

fn delete(path: &Path) -> io::Result<()> {
    if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}
