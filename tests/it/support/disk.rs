//! A disk that can be really full: a small file system in memory, mounted for one test.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::require::Missing;

/// A mounted file system; unmounted and removed when dropped. What lies on it must be dropped before.
pub struct Disk(PathBuf);

impl Disk {
    /// A disk of so many megabytes.
    ///
    /// # Errors
    /// [`Missing`] where we may not mount: that takes root.
    pub fn mount(megabytes: u32) -> Result<Self, Missing> {
        let missing = |reason: String| Missing(format!("the right to mount a small file system (root): {reason}"));
        let place =
            tempfile::Builder::new().prefix("trygghet-disk-").tempdir().map_err(|error| missing(error.to_string()))?;
        let options = format!("size={megabytes}m,mode=1777");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(place.path()).output();
        let mounted = mounted.map_err(|error| missing(error.to_string()))?;
        if !mounted.status.success() {
            return Err(missing(String::from_utf8_lossy(&mounted.stderr).into_owned()));
        }
        Ok(Self(place.keep()))
    }

    /// Where it is mounted.
    pub fn path(&self) -> &Path {
        &self.0
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }

    /// Fills it to the last byte.
    ///
    /// # Panics
    /// Where it does not become full.
    pub fn fill(&self) {
        let mut ballast = File::create(self.ballast()).expect("a file");
        let mut size = 1 << 20;
        while size > 0 {
            // Ever smaller pieces, until not one byte more fits.
            if ballast.write_all(&vec![1; size]).is_err() {
                size /= 2;
            }
        }
    }

    /// Makes room again.
    ///
    /// # Panics
    /// Where it was not full.
    pub fn free(&self) {
        fs::remove_file(self.ballast()).expect("it was full");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A process that was just killed may still hold a file: the mount goes when it lets go.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
        let _ = fs::remove_dir(&self.0);
    }
}
