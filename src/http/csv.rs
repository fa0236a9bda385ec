//! Texts in CSV files.

/// A text that no spreadsheet takes for a formula.
pub fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_texts() {
        for (text, written) in [("=1+1", "'=1+1"), ("@x", "'@x"), ("\rx", "'\rx"), ("a=b", "a=b"), ("", "")] {
            assert_eq!(guarded(text), written);
        }
    }
}
