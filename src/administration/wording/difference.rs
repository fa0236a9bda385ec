//! What differs between two texts, word by word.

use similar::{ChangeTag, TextDiff};

/// A stretch of text, and which of the two it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// It stands in the new text only.
    pub added: bool,
    /// It stands in the old text only.
    pub removed: bool,
}

/// The new text with what was removed, in order; one piece, or none, where nothing differs.
pub fn between(old: &str, new: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let (added, removed) = (change.tag() == ChangeTag::Insert, change.tag() == ChangeTag::Delete);
        match pieces.last_mut().filter(|last| (last.added, last.removed) == (added, removed)) {
            Some(last) => last.text.push_str(change.value()),
            None => pieces.push(Piece { text: change.value().to_owned(), added, removed }),
        }
    }
    pieces
}

/// Whether any piece differs.
pub fn is_any(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| piece.added || piece.removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_where_they_differ() {
        let told = |old, new| -> String {
            let mark = |piece: &Piece| match (piece.added, piece.removed) {
                (true, _) => format!("+{}+", piece.text),
                (_, true) => format!("-{}-", piece.text),
                _ => piece.text.clone(),
            };
            between(old, new).iter().map(mark).collect()
        };
        assert_eq!(told("Svaren sparas två år.", "Svaren sparas tre år."), "Svaren sparas -två-+tre+ år.");
        assert_eq!(told("", "ny"), "+ny+");
        assert!(!is_any(&between("lika", "lika")) && is_any(&between("a", "")) && !is_any(&between("", "")));
    }
}
