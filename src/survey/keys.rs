//! The weeks' keys: the public half in the database, the private half in a file of its own.
//!
//! Whoever holds the database and not this folder opens no letter. When a week has been mixed its
//! file is overwritten and removed; old backups of the database, freed pages and log files then open
//! nothing, for anyone. So the folder must never lie in a backup beside the database, and on disks that
//! keep old blocks (SSD, snapshots) overwriting is an effort, not a guarantee: `docs/` says so.
//!
//! Files, all with mode 600 in a folder with mode 700:
//! - `<batch id>.key`: 32 bytes, the X25519 private key of a batch;
//! - `receipt.key`: 32 bytes, the key under which spent receipts are stored;
//! - `staff.key`: 32 bytes, the key of staff's second factors (see `staff::secrets`);
//! - `audit.head`: a line, where the audit log ended when it was last looked at (see `staff::audit`);
//! - `mixing.lock`: empty; whoever mixes holds a lock on it.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crypto_box::{PublicKey, SecretKey};
use zeroize::Zeroizing;

use crate::id::{RandomId, Randomness};
use crate::survey::receipt::ReceiptKey;

/// Why a key can't be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Others than the service's own user can get at it.
    #[error("{} can be read or entered by others: run chmod {} on it", path.display(), mode)]
    ReadableByOthers {
        /// What.
        path: PathBuf,
        /// How it should be: `600` or `700`.
        mode: &'static str,
    },
    /// There is no such folder.
    #[error("{} is no folder", .0.display())]
    NoFolder(PathBuf),
    /// A batch's key is not there.
    #[error("the key {} is missing", .0.display())]
    Missing(PathBuf),
    /// A key file holds something else.
    #[error("{} holds no key: 32 bytes are expected", .0.display())]
    Malformed(PathBuf),
    /// Someone else mixes.
    #[error("a mixing is under way")]
    Locked,
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// What.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// The folder with the keys.
#[derive(Debug, Clone)]
pub struct KeyDir(PathBuf);

/// The right to mix, until dropped.
#[derive(Debug)]
pub struct MixingLock(#[expect(dead_code, reason = "closing the file is what gives the lock back")] File);

impl KeyDir {
    /// The folder at `path`, made where there is none.
    ///
    /// # Errors
    /// [`KeyError::ReadableByOthers`] for the folder and for every file in it; [`KeyError::Io`].
    pub fn create(path: &Path) -> Result<Self, KeyError> {
        DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|source| io_error(path, source))?;
        Self::open(path)
    }

    /// The folder at `path`, which must be there.
    ///
    /// # Errors
    /// [`KeyError::NoFolder`]; [`KeyError::ReadableByOthers`] for the folder and for every file in it;
    /// [`KeyError::Io`].
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        let metadata = match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(KeyError::NoFolder(path.to_owned())),
            metadata => metadata.map_err(|source| io_error(path, source))?,
        };
        if !metadata.is_dir() {
            return Err(KeyError::NoFolder(path.to_owned()));
        }
        refuse_others(path, &metadata, "700")?;
        for entry in fs::read_dir(path).map_err(|source| io_error(path, source))? {
            let file = entry.map_err(|source| io_error(path, source))?.path();
            match fs::metadata(&file) {
                // A batch's key may go while we look.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                metadata => refuse_others(&file, &metadata.map_err(|source| io_error(&file, source))?, "600")?,
            }
        }
        Ok(Self(path.to_owned()))
    }

    /// Makes a batch's key. When this returns, the private half is durable; only then may the public
    /// half be used.
    ///
    /// # Errors
    /// [`KeyError::Io`].
    pub fn make_batch_key(&self, batch: RandomId, randomness: &dyn Randomness) -> Result<PublicKey, KeyError> {
        let secret = self.make(&self.batch_path(batch), randomness)?;
        Ok(SecretKey::from(*secret).public_key())
    }

    /// A batch's private key.
    ///
    /// # Errors
    /// [`KeyError::Missing`], [`KeyError::Malformed`], [`KeyError::ReadableByOthers`], [`KeyError::Io`].
    pub fn batch_key(&self, batch: RandomId) -> Result<SecretKey, KeyError> {
        read(&self.batch_path(batch)).map(|bytes| SecretKey::from(*bytes))
    }

    /// Destroys a batch's private key: overwritten, then removed, each durably. None there is fine, so
    /// that an interrupted mixing can be taken up.
    ///
    /// # Errors
    /// [`KeyError::Io`].
    pub fn destroy_batch_key(&self, batch: RandomId) -> Result<(), KeyError> {
        let path = self.batch_path(batch);
        let overwrite = || {
            let mut file = OpenOptions::new().write(true).open(&path)?;
            let length = file.metadata()?.len();
            file.rewind()?;
            io::copy(&mut io::repeat(0).take(length), &mut file)?;
            file.sync_all()?;
            fs::remove_file(&path)
        };
        match overwrite() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(io_error(&path, source)),
            Ok(()) => self.sync(),
        }
    }

    /// The key for receipts, made where there is none.
    ///
    /// # Errors
    /// [`KeyError::Malformed`], [`KeyError::ReadableByOthers`], [`KeyError::Io`].
    pub fn receipt_key(&self, randomness: &dyn Randomness) -> Result<ReceiptKey, KeyError> {
        self.lasting_key("receipt.key", randomness).map(ReceiptKey::new)
    }

    /// The key of staff's second factors, made where there is none.
    ///
    /// # Errors
    /// [`KeyError::Malformed`], [`KeyError::ReadableByOthers`], [`KeyError::Io`].
    pub fn staff_key(&self, randomness: &dyn Randomness) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        self.lasting_key("staff.key", randomness)
    }

    fn lasting_key(&self, name: &str, randomness: &dyn Randomness) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let path = self.0.join(name);
        match self.make(&path, randomness) {
            Err(KeyError::Io { source, .. }) if source.kind() == io::ErrorKind::AlreadyExists => read(&path),
            made => made,
        }
    }

    /// Takes the right to mix, across processes.
    ///
    /// # Errors
    /// [`KeyError::Locked`] where another process or thread has it; [`KeyError::Io`].
    pub fn lock_mixing(&self) -> Result<MixingLock, KeyError> {
        let path = self.0.join("mixing.lock");
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(|source| io_error(&path, source))?;
        match file.try_lock() {
            Ok(()) => Ok(MixingLock(file)),
            Err(TryLockError::WouldBlock) => Err(KeyError::Locked),
            Err(TryLockError::Error(source)) => Err(io_error(&path, source)),
        }
    }

    fn batch_path(&self, batch: RandomId) -> PathBuf {
        self.0.join(format!("{batch}.key"))
    }

    /// Writes 32 fresh random bytes to a new file, whole or not at all, and makes it durable.
    fn make(&self, path: &Path, randomness: &dyn Randomness) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let mut key = Zeroizing::new([0; 32]);
        randomness.fill(key.as_mut_slice());
        let mut suffix = [0; 8];
        randomness.fill(&mut suffix);
        let part = self.0.join(format!("{:016x}.part", u64::from_le_bytes(suffix)));
        let write = || {
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
            file.write_all(key.as_slice())?;
            file.sync_all()?;
            // Unlike a rename, a link never takes the place of a key that is there.
            let linked = fs::hard_link(&part, path);
            fs::remove_file(&part)?;
            linked
        };
        write().map_err(|source| io_error(path, source))?;
        self.sync()?;
        Ok(key)
    }

    fn sync(&self) -> Result<(), KeyError> {
        File::open(&self.0).and_then(|folder| folder.sync_all()).map_err(|source| io_error(&self.0, source))
    }
}

fn read(path: &Path) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(KeyError::Missing(path.to_owned())),
        file => file.map_err(|source| io_error(path, source))?,
    };
    let metadata = file.metadata().map_err(|source| io_error(path, source))?;
    refuse_others(path, &metadata, "600")?;
    let mut key = Zeroizing::new([0; 32]);
    if metadata.len() != 32 || file.read_exact(key.as_mut_slice()).is_err() {
        return Err(KeyError::Malformed(path.to_owned()));
    }
    Ok(key)
}

fn refuse_others(path: &Path, metadata: &fs::Metadata, mode: &'static str) -> Result<(), KeyError> {
    match metadata.permissions().mode() & 0o077 {
        0 => Ok(()),
        _ => Err(KeyError::ReadableByOthers { path: path.to_owned(), mode }),
    }
}

fn io_error(path: &Path, source: io::Error) -> KeyError {
    KeyError::Io { path: path.to_owned(), source }
}
