//! Letters: what a resident sent, padded and sealed.

use std::fmt;
use std::str::FromStr;

use crypto_box::aead::rand_core::{self, CryptoRng, RngCore};
use crypto_box::{PublicKey, SecretKey};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::id::Randomness;
use crate::survey::answers::{Answers, Comment};

/// What a resident sent, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The questionnaire's structural version.
    pub version: i32,
    /// How she came to the survey.
    pub channel: Channel,
    /// Her answers on path.
    pub answers: Answers,
    /// Her free texts on path.
    pub comments: Vec<Comment>,
}

/// How a response came: by the open link, a poster, a paper form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Channel(String);

impl Channel {
    /// The open link on the web.
    pub fn web() -> Self {
        Self("web".to_owned())
    }

    /// A paper form that staff keyed in.
    pub fn paper() -> Self {
        Self("paper".to_owned())
    }

    /// What channels with too few responses become at closing.
    pub fn other() -> Self {
        Self("other".to_owned())
    }

    /// The word, as stored and exported.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text is no channel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no channel: use 1 to 20 of a–z, 0–9 and -")]
pub struct InvalidChannel(String);

impl FromStr for Channel {
    type Err = InvalidChannel;

    fn from_str(text: &str) -> Result<Self, InvalidChannel> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if (1..=20).contains(&text.len()) && text.bytes().all(fits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidChannel(text.to_owned()))
        }
    }
}

/// The smallest size of a padded letter, in bytes; the others are its doubles. A backup keeps the sealed
/// lengths for ever: they must not tell who wrote much.
const SMALLEST: usize = 2048;

/// Bytes before the letter's own: its length.
const PREFIX: usize = 4;

/// A letter as bytes, padded, wiped when dropped.
pub(crate) type Padded = Zeroizing<Vec<u8>>;

/// A sealed letter can't be opened, or holds no letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a letter can't be opened with the key of its batch")]
pub struct Unreadable;

impl Letter {
    /// The letter's length, the letter as JSON, and zeros up to a size that many letters share.
    pub(crate) fn to_padded(&self) -> Result<Padded, serde_json::Error> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(SMALLEST));
        bytes.extend_from_slice(&[0; PREFIX]);
        serde_json::to_writer(&mut *bytes, self)?;
        // A form is 64 kB at most, so the length fits in four bytes.
        let length = u32::try_from(bytes.len() - PREFIX).unwrap_or(u32::MAX);
        bytes[..PREFIX].copy_from_slice(&length.to_le_bytes());
        let size = bytes.len().max(SMALLEST).next_power_of_two();
        bytes.resize(size, 0);
        Ok(bytes)
    }

    fn from_padded(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<PREFIX>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        serde_json::from_slice(rest.get(..length)?).ok()
    }

    /// Opens a sealed letter.
    ///
    /// # Errors
    /// [`Unreadable`] with another key, or where the bytes are damaged.
    pub(crate) fn open(key: &SecretKey, sealed: &[u8]) -> Result<Self, Unreadable> {
        let padded = Zeroizing::new(key.unseal(sealed).map_err(|_| Unreadable)?);
        Self::from_padded(&padded).ok_or(Unreadable)
    }
}

/// Seals a padded letter to a batch's public key, from a sender whose key is forgotten at once.
///
/// # Errors
/// [`Unreadable`] where the cipher refuses (it does for texts of many gigabytes only).
pub(crate) fn seal(key: &PublicKey, padded: &[u8], randomness: &dyn Randomness) -> Result<Vec<u8>, Unreadable> {
    key.seal(&mut SealRng(randomness), padded).map_err(|_| Unreadable)
}

/// Gives our randomness to `crypto_box`, which speaks an older `rand_core`.
struct SealRng<'a>(&'a dyn Randomness);

impl RngCore for SealRng<'_> {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl CryptoRng for SealRng<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SeededRandomness;
    use crate::survey::answers::Codes;

    fn letter(text: usize) -> Letter {
        Letter {
            version: 1,
            channel: Channel::web(),
            answers: Answers([("Q06".to_owned(), Codes::One(3))].into()),
            comments: vec![Comment { question: "Q22".to_owned(), text: "å".repeat(text) }],
        }
    }

    #[test]
    fn a_letter_comes_back_as_it_was_sealed() {
        let randomness = SeededRandomness::new(1);
        let key = SecretKey::from([7; 32]);
        for text in [0, 1, 900, 5000] {
            let sealed = seal(&key.public_key(), &letter(text).to_padded().unwrap(), &randomness).unwrap();
            assert_eq!(Letter::open(&key, &sealed), Ok(letter(text)));
            assert_eq!(Letter::open(&SecretKey::from([8; 32]), &sealed), Err(Unreadable));
            assert_eq!(Letter::open(&key, &sealed[1..]), Err(Unreadable));
        }
    }

    #[test]
    fn lengths_are_those_that_many_letters_share() {
        let lengths: Vec<usize> =
            [0, 10, 500, 1500, 3000].iter().map(|text| letter(*text).to_padded().unwrap().len()).collect();
        assert_eq!(lengths, [2048, 2048, 2048, 4096, 8192]);
    }

    #[test]
    fn channels_are_short_words() {
        assert_eq!("affisch-2".parse::<Channel>().unwrap().as_str(), "affisch-2");
        for no_channel in ["", "Web", "a b", "abcdefghijklmnopqrstu"] {
            assert!(no_channel.parse::<Channel>().is_err());
        }
    }
}
