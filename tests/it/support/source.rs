//! The project's own source text, for tests that hold rules which the compiler does not know.

use std::path::{Path, PathBuf};

/// A source file, with the two readings that the rules need.
pub struct Source {
    /// Its path from the project's root, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// The text with comments and the insides of literals blanked; offsets and lines are the same.
    pub code: String,
    /// The string literals, unescaped only where that is trivial, each with the offset of its first quote.
    pub literals: Vec<(usize, String)>,
}

impl Source {
    /// Reads Rust out of `text`.
    pub fn rust(path: &str, text: &str) -> Self {
        let mut code = text.as_bytes().to_vec();
        let mut literals = Vec::new();
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let rest = &text[at..];
            let length = match bytes[at] {
                b'/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
                b'/' if rest.starts_with("/*") => block_comment(rest),
                b'"' => {
                    let length = quoted(rest);
                    literals.push((at, rest[1..length.max(2) - 1].to_owned()));
                    length
                }
                b'r' if !follows_word(bytes, at) && raw_hashes(rest).is_some() => {
                    let fence = raw_hashes(rest).unwrap_or(0);
                    let open = 2 + fence;
                    let close = format!("\"{}", "#".repeat(fence));
                    let inside = rest[open..].find(&close).unwrap_or(rest.len() - open);
                    literals.push((at, rest[open..open + inside].to_owned()));
                    (open + inside + close.len()).min(rest.len())
                }
                b'\'' => character(rest),
                _ => {
                    at += 1;
                    continue;
                }
            };
            code[at..at + length].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
            at += length;
        }
        let code = String::from_utf8(code).expect("only whole comments and literals were blanked");
        Self { path: path.to_owned(), text: text.to_owned(), code, literals }
    }

    /// The number of the line that holds `offset`, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.text[..offset].matches('\n').count() + 1
    }
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match rest.as_bytes().get(at..at + 2) {
            Some(b"/*") => (depth, at) = (depth + 1, at + 2),
            Some(b"*/") => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The number of `#` of the raw string that begins here, if one does.
fn raw_hashes(rest: &str) -> Option<usize> {
    let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
    (rest.as_bytes().get(1 + hashes) == Some(&b'"')).then_some(hashes)
}

fn follows_word(bytes: &[u8], at: usize) -> bool {
    // `br"…"` is a raw string as well, `for"` is not: only a lone `b` may stand before.
    let word = |at: usize| bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_';
    match at {
        0 => false,
        1 => word(0) && bytes[0] != b'b',
        _ => word(at - 1) && (bytes[at - 1] != b'b' || word(at - 2)),
    }
}

/// The length of a character literal, or 1 for the quote of a lifetime.
fn character(rest: &str) -> usize {
    let mut inside = rest.char_indices().skip(1);
    match inside.next() {
        Some((_, '\\')) => rest[2..].char_indices().skip(1).find(|(_, c)| *c == '\'').map_or(1, |(at, _)| at + 3),
        Some(_) => inside.next().filter(|(_, c)| *c == '\'').map_or(1, |(at, _)| at + 1),
        None => 1,
    }
}

/// The project's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `directory` (from the root), in the order of their names.
pub fn rust_files(directory: &str) -> Vec<Source> {
    let files = files(directory, "rs").into_iter();
    files
        .map(|path| Source::rust(&path, &std::fs::read_to_string(root().join(&path)).expect("a source file")))
        .collect()
}

/// The paths (from the root) of every file under `directory` that ends in `.extension`.
pub fn files(directory: &str, extension: &str) -> Vec<String> {
    fn walk(directory: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = std::fs::read_dir(directory) else { return };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(directory), &mut found);
    found.retain(|path| path.extension().is_some_and(|found| found == extension));
    let from_root = |path: &PathBuf| path.strip_prefix(root()).map(|path| path.to_string_lossy().into_owned());
    let mut found: Vec<String> = found.iter().filter_map(|path| from_root(path).ok()).collect();
    found.sort();
    found
}

#[test]
fn comments_and_literals_are_told_from_code() {
    let text = "let a = \"x // y\"; // crate::db\nlet b = r#\"crate::\"mail\"\"#; /* a /* b */ c */ let c: &'a str = f('\"', '\\'', b'q');";
    let source = Source::rust("x.rs", text);
    assert_eq!(source.code.len(), text.len());
    assert_eq!(
        source.code.split_whitespace().collect::<Vec<_>>().join(" "),
        "let a = ; let b = ; let c: & a str = f( , , b );"
    );
    let literals: Vec<&str> = source.literals.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(literals, ["x // y", "crate::\"mail\""]);
    assert_eq!(source.line(text.find("let b").unwrap()), 2);
}
