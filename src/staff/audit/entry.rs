//! An entry, and the canonical form that its hash covers.
//!
//! The hash of an entry is the SHA-256 of the hash before it (32 bytes; 32 zeros before the first), followed by these
//! fields in this order, each as the length of its UTF-8 text in bytes (32 bits, big-endian) and the text; a field
//! that is absent is the length `0xFFFFFFFF` alone:
//!
//! 1. number, from 1, in decimal;
//! 2. moment, Unix seconds, in decimal;
//! 3. who: `staff`, `command_line` or `service`;
//! 4. the account's id, 32 hexadecimal digits in lower case (absent but for `staff`);
//! 5. the action's word;
//! 6. the object's kind (may be absent);
//! 7. the object's name (absent with its kind);
//! 8. details: a JSON object as text, exactly as stored.
//!
//! The exported log holds all of these, so that the chain can be verified without this program.

use sha2::{Digest, Sha256};

use super::Action;
use crate::id::RandomId;

/// The hash of an entry.
pub type Hash = [u8; 32];

/// What stands before the first entry.
pub const BEGINNING: Hash = [0; 32];

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person, signed in.
    Staff(RandomId),
    /// Whoever runs commands on the machine.
    CommandLine,
    /// The service by itself.
    Service,
}

impl Actor {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Staff(_) => "staff",
            Self::CommandLine => "command_line",
            Self::Service => "service",
        }
    }

    /// The account, where a person did it.
    pub fn account(self) -> Option<RandomId> {
        match self {
            Self::Staff(id) => Some(id),
            Self::CommandLine | Self::Service => None,
        }
    }
}

/// What something was done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// The kind of thing, a word of ours.
    pub kind: String,
    /// Its name or id.
    pub name: String,
}

impl Object {
    /// An account.
    pub fn account(id: RandomId) -> Self {
        Self { kind: ACCOUNT.to_owned(), name: id.to_string() }
    }

    /// A dialogue, by its name in addresses.
    pub fn dialogue(slug: &str) -> Self {
        Self { kind: "dialogue".to_owned(), name: slug.to_owned() }
    }
}

/// The kind of object that an account is.
pub const ACCOUNT: &str = "account";

/// An entry of the log, as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1, without gaps.
    pub number: i64,
    /// When, in Unix seconds.
    pub at: i64,
    /// The kind of actor: [`Actor::word`].
    pub actor_kind: String,
    /// The actor's account.
    pub actor: Option<RandomId>,
    /// What was done: [`Action::word`]. A text, for a later version may have words that this one does not know.
    pub action: String,
    /// To what.
    pub object: Option<Object>,
    /// More about it, as JSON.
    pub detail: String,
    /// The hash that is stored with it.
    pub hash: Hash,
}

impl Entry {
    /// The action, where this version knows it.
    pub fn known_action(&self) -> Option<Action> {
        Action::from_word(&self.action)
    }

    /// The hash that the entry must have after one with the hash `previous`.
    pub fn hash_after(&self, previous: &Hash) -> Hash {
        let (number, at) = (self.number.to_string(), self.at.to_string());
        let actor = self.actor.map(|actor| actor.to_string());
        let fields = [
            Some(number.as_str()),
            Some(at.as_str()),
            Some(self.actor_kind.as_str()),
            actor.as_deref(),
            Some(self.action.as_str()),
            self.object.as_ref().map(|object| object.kind.as_str()),
            self.object.as_ref().map(|object| object.name.as_str()),
            Some(self.detail.as_str()),
        ];
        let mut hash = Sha256::new().chain_update(previous);
        for field in fields {
            let length = field.map_or(u32::MAX, |field| u32::try_from(field.len()).unwrap_or(u32::MAX - 1));
            hash.update(length.to_be_bytes());
            hash.update(field.unwrap_or_default().as_bytes());
        }
        hash.finalize().into()
    }
}

/// A hash as people compare it: 64 hexadecimal digits.
pub fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            number: 1,
            at: 1_552_384_800,
            actor_kind: Actor::CommandLine.word().to_owned(),
            actor: None,
            action: Action::DialogueOpened.word().to_owned(),
            object: Some(Object::dialogue("vkod-2017")),
            detail: "{}".to_owned(),
            hash: BEGINNING,
        }
    }

    /// Made by another program from the description above: the form must never change.
    #[test]
    fn the_canonical_form_stays() {
        assert_eq!(
            hex(&entry().hash_after(&BEGINNING)),
            "59dd93bdb6ede5db964c9c5e64c55477c1a5f989f5fe1f9b19d73ddc60a52423"
        );
    }

    #[test]
    fn every_field_counts_and_none_flows_into_the_next() {
        let right = entry().hash_after(&BEGINNING);
        let changes: [fn(&mut Entry); 9] = [
            |entry| entry.number = 2,
            |entry| entry.at += 1,
            |entry| entry.actor_kind = "service".to_owned(),
            |entry| entry.actor = Some(RandomId::from_bytes([0; 16])),
            |entry| entry.action.push('s'),
            |entry| entry.object = None,
            |entry| entry.object = Some(Object { kind: "dialoguev".to_owned(), name: "kod-2017".to_owned() }),
            |entry| entry.object = Some(Object { kind: "dialogue".to_owned(), name: String::new() }),
            |entry| entry.detail = "{ }".to_owned(),
        ];
        for (index, change) in changes.iter().enumerate() {
            let mut changed = entry();
            change(&mut changed);
            assert_ne!(changed.hash_after(&BEGINNING), right, "change {index}");
        }
        assert_ne!(entry().hash_after(&[1; 32]), right);
    }
}
