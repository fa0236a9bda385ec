//! The head of the chain, remembered outside the database.
//!
//! A chain alone does not tell that its tail was cut off, or that all of it was made anew. So a running service writes
//! the latest entry's number and hash to `audit.head` in the key directory, which whoever holds the database does not
//! hold. What was remembered is replaced only while the log still holds it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use diesel::prelude::*;

use super::entry::{Hash, hex};
use super::store::head;
use crate::db::schema::audit_entry;
use crate::db::{self, Connection};

/// The file that remembers.
#[derive(Debug, Clone)]
pub struct Memory(PathBuf);

/// Why the head can't be remembered.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    /// The file can't be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file holds something else.
    #[error("{} holds no number and hash of the audit log", .0.display())]
    Malformed(PathBuf),
    /// The log no longer holds what was remembered.
    #[error("the audit log has lost or changed entry {0}: run `trygghetsdialog audit verify`")]
    Forgotten(i64),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl Memory {
    /// The memory in the key directory.
    pub fn new(key_dir: &Path) -> Self {
        Self(key_dir.join("audit.head"))
    }

    /// The head that was remembered; none where nothing was yet.
    ///
    /// # Errors
    /// [`MemoryError::Io`], [`MemoryError::Malformed`].
    pub fn read(&self) -> Result<Option<(i64, Hash)>, MemoryError> {
        let text = match fs::read_to_string(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text.map_err(|source| self.failed(source))?,
        };
        parse(text.trim()).map(Some).ok_or_else(|| MemoryError::Malformed(self.0.clone()))
    }

    /// Looks whether the log still holds what was remembered, and remembers where it ends now.
    ///
    /// # Errors
    /// [`MemoryError::Forgotten`], and then nothing is remembered anew; the others.
    pub fn renew(&self, conn: &mut Connection) -> Result<(), MemoryError> {
        let remembered = self.read()?;
        let (number, hash) = head(conn)?;
        if remembered == Some((number, hash)) {
            return Ok(());
        }
        if let Some((number, hash)) = remembered.filter(|(number, _)| *number > 0) {
            let stored: Option<Vec<u8>> = audit_entry::table
                .find(number)
                .select(audit_entry::hash)
                .first(conn)
                .optional()
                .map_err(db::Error::from)?;
            if stored.as_deref() != Some(hash.as_slice()) {
                return Err(MemoryError::Forgotten(number));
            }
        }
        self.write(number, &hash)
    }

    fn write(&self, number: i64, hash: &Hash) -> Result<(), MemoryError> {
        let part = self.0.with_extension(format!("part{}", std::process::id()));
        let write = || {
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
            file.write_all(format!("{number} {}\n", hex(hash)).as_bytes())?;
            file.sync_all()?;
            fs::rename(&part, &self.0)
        };
        write().map_err(|source| self.failed(source))
    }

    fn failed(&self, source: io::Error) -> MemoryError {
        MemoryError::Io { path: self.0.clone(), source }
    }
}

/// A number and a hash, as the file and the command line have them: `12 0f3a…`.
pub fn parse(text: &str) -> Option<(i64, Hash)> {
    let (number, digits) = text.split_once([' ', ':'])?;
    let number = number.parse().ok().filter(|number| *number >= 0)?;
    if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut hash = [0; 32];
    for (index, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some((number, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::new(folder.path());
        assert_eq!(memory.read().unwrap(), None);
        memory.write(12, &[171; 32]).unwrap();
        assert_eq!(memory.read().unwrap(), Some((12, [171; 32])));
        for wrong in ["", "12", "12 ab", "-1 00", &format!("x {}", "0".repeat(64)), &format!("1 {}", "å".repeat(32))] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
