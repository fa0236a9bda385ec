//! Writing a directory that is whole or not there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is something at the place already; exports never write over anything.
    #[error("{} exists already; give another directory, or move it away first", .0.display())]
    Exists(PathBuf),
    /// The place has no name of its own, such as `/` or `..`.
    #[error("{} is not the name of a new directory", .0.display())]
    NoName(PathBuf),
    /// The file system refused.
    #[error("the export could not be written: {0}")]
    Io(#[from] io::Error),
}

/// Takes what is unfinished away, whatever happens.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Gone already where it was renamed.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Writes files into the new directory `directory` and gives their paths.
pub(super) fn write_all(directory: &Path, files: &[(String, Vec<u8>)]) -> Result<Vec<PathBuf>, ExportError> {
    if directory.symlink_metadata().is_ok() {
        return Err(ExportError::Exists(directory.to_owned()));
    }
    let name = directory.file_name().ok_or_else(|| ExportError::NoName(directory.to_owned()))?;
    let parent = directory.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}", std::process::id()));
    let unfinished = parent.join(hidden);
    fs::create_dir(&unfinished)?;
    let unfinished = Unfinished(unfinished);
    for (name, bytes) in files {
        let mut file = File::create_new(unfinished.0.join(name))?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    match fs::rename(&unfinished.0, directory) {
        Err(_) if directory.symlink_metadata().is_ok() => return Err(ExportError::Exists(directory.to_owned())),
        renamed => renamed?,
    }
    File::open(parent)?.sync_all()?;
    Ok(files.iter().map(|(name, _)| directory.join(name)).collect())
}
