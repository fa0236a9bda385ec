//! Looking for what must not be there: byte strings in files, log lines and columns.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The bytes by which a needle is first noticed.
const HEAD: usize = 8;

/// Byte strings to look for, thousands at once. Made for haystacks of many megabytes: each place costs
/// one look-up in a bitmap, and rarely more.
pub struct Needles {
    /// Whether some needle begins with these two bytes.
    begins: Vec<bool>,
    by_head: HashMap<[u8; HEAD], Vec<(String, Vec<u8>)>>,
}

impl Needles {
    /// None yet.
    pub fn new() -> Self {
        Self { begins: vec![false; 1 << 16], by_head: HashMap::new() }
    }

    /// Looks for `bytes` too, and calls them `what`.
    ///
    /// # Panics
    /// Where they are so few that chance would find them.
    pub fn add(&mut self, what: &str, bytes: &[u8]) {
        let head = *bytes.first_chunk::<HEAD>().unwrap_or_else(|| panic!("{what} is too short to look for"));
        self.begins[usize::from(head[0]) << 8 | usize::from(head[1])] = true;
        self.by_head.entry(head).or_default().push((what.to_owned(), bytes.to_vec()));
    }

    /// How often each needle that is there at all is there, by name.
    pub fn count(&self, haystack: &[u8]) -> HashMap<&str, usize> {
        let mut found = HashMap::new();
        for (at, window) in haystack.windows(HEAD).enumerate() {
            if !self.begins[usize::from(window[0]) << 8 | usize::from(window[1])] {
                continue;
            }
            for (what, needle) in self.by_head.get(window).into_iter().flatten() {
                if haystack[at..].starts_with(needle) {
                    *found.entry(what.as_str()).or_default() += 1;
                }
            }
        }
        found
    }

    /// How often each needle is there in `files`, in their contents and in their paths.
    ///
    /// # Panics
    /// Where a file can't be read.
    pub fn count_in(&self, files: &[PathBuf]) -> HashMap<&str, usize> {
        let mut all = HashMap::new();
        for file in files {
            let bytes = std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            for haystack in [&bytes, file.as_os_str().as_encoded_bytes()] {
                for (what, times) in self.count(haystack) {
                    *all.entry(what).or_default() += times;
                }
            }
        }
        all
    }
}

/// All files below `directory`.
///
/// # Panics
/// Where a directory can't be read.
pub fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut directories = vec![directory.to_owned()];
    while let Some(directory) = directories.pop() {
        for entry in std::fs::read_dir(&directory).expect("a directory") {
            let entry = entry.expect("an entry");
            match entry.file_type().expect("its kind") {
                kind if kind.is_dir() => directories.push(entry.path()),
                _ => files.push(entry.path()),
            }
        }
    }
    files
}

/// How far two orders of the same things agree: Spearman's rank correlation, from −1 to 1; by chance it lies
/// about 0 with a standard deviation of 1/√(n−1). `places[i]` is the second place of what is first at `i`.
pub fn rank_correlation(places: &[usize]) -> f64 {
    let n = places.len() as f64;
    let squares: f64 = places.iter().enumerate().map(|(first, second)| (first as f64 - *second as f64).powi(2)).sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

#[test]
fn needles_are_found_wherever_they_lie_and_counted() {
    let mut needles = Needles::new();
    needles.add("one", b"127.7.1.");
    needles.add("long", b"127.7.1.x and more");
    needles.add("other", &[0; 9]);
    let found = needles.count(b"ab127.7.1.x and mor..127.7.1.x and more");
    assert_eq!((found.get("one"), found.get("long"), found.get("other")), (Some(&2), Some(&1), None));
    assert_eq!(needles.count(&[0; 10])["other"], 2);
}

#[test]
fn the_correlation_of_an_order_with_itself_is_one() {
    assert!((rank_correlation(&[0, 1, 2, 3]) - 1.0).abs() < 1e-9);
    assert!((rank_correlation(&[3, 2, 1, 0]) + 1.0).abs() < 1e-9);
    assert!(rank_correlation(&[1, 3, 0, 2]).abs() < 1e-9);
}
