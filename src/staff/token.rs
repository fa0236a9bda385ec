//! Secrets that a browser or a link holds, and what is stored of them.
//!
//! A token is 256 random bits, written as 64 hexadecimal digits. The database has its SHA-256 alone: whoever reads the
//! database gets no session and no link. (A plain hash will do: there is nothing to guess in 256 random bits.)

use std::fmt;

use sha2::{Digest, Sha256};

use crate::id::Randomness;

/// A secret on its way to a browser or into a link. It is shown by [`Token::reveal`] only, never by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// What is stored of a [`Token`].
pub type TokenHash = [u8; 32];

impl Token {
    /// A fresh one.
    pub fn new(randomness: &dyn Randomness) -> Self {
        let mut bytes = [0; 32];
        randomness.fill(&mut bytes);
        Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The token in a cookie or an address; none where the text can't be one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        digits.then(|| Self(text.to_owned()))
    }

    /// The text for the cookie or the link.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored.
    pub fn hash(&self) -> TokenHash {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SeededRandomness;

    #[test]
    fn a_token_reads_back_and_hides() {
        let randomness = SeededRandomness::new(3);
        let (one, other) = (Token::new(&randomness), Token::new(&randomness));
        assert_eq!(Token::parse(one.reveal()), Some(one.clone()));
        assert_ne!(one.hash(), other.hash());
        assert_eq!(format!("{one:?}"), "Token");
        for no_token in ["", "12", &one.reveal().to_uppercase(), &"å".repeat(32), &"g".repeat(64)] {
            assert_eq!(Token::parse(no_token), None, "{no_token}");
        }
    }
}
