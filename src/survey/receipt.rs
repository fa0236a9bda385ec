//! Receipts against double submits.
//!
//! Each served form carries a fresh random receipt. The first hand-in with it is stored, later ones are
//! told "stored already": a double click or an impatient reload is harmless. What stays is an HMAC of the
//! receipt, under a key that lies apart from the database, with no reference to the letter; and the day
//! modulo four, so that it can be forgotten: a receipt lives for the rest of its day and two more days,
//! which is 48 to 72 hours.

use std::fmt;

use diesel::prelude::*;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::clock::day_number;
use crate::db::schema::spent_receipt;
use crate::db::{self, Connection, write};
use crate::id::{RandomId, Randomness};

/// Days by which spent receipts are told apart. Of four, three are in use and the fourth one is
/// forgotten: with three, today's and those of three days ago could not be told apart.
const GENERATIONS: i64 = 4;

/// Days for which a spent receipt is kept, its own included.
const DAYS_KEPT: i64 = 3;

/// The key under which receipts are stored.
#[derive(Clone)]
pub struct ReceiptKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for ReceiptKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptKey")
    }
}

/// A spent receipt, as stored.
pub(crate) type Mark = [u8; 32];

impl ReceiptKey {
    /// The key with these bytes.
    pub fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// What is stored of a receipt; none for a text that is no receipt of ours.
    pub(crate) fn mark(&self, dialogue: RandomId, receipt: &str) -> Option<Mark> {
        if receipt.len() != 32 || !receipt.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let mut hmac = Hmac::<Sha256>::new_from_slice(self.0.as_slice()).ok()?;
        hmac.update(dialogue.as_bytes());
        hmac.update(receipt.as_bytes());
        Some(hmac.finalize().into_bytes().into())
    }
}

/// A fresh receipt: 32 hexadecimal digits.
pub fn issue(randomness: &dyn Randomness) -> String {
    RandomId::new(randomness).to_string()
}

/// The receipt that these random bytes, drawn together with others, make.
pub fn from_chance(bytes: [u8; 16]) -> String {
    RandomId::from_bytes(bytes).to_string()
}

/// The generation of a receipt that is spent at `now`.
pub(crate) fn generation(now: Timestamp) -> i32 {
    generation_of(day_number(now))
}

/// From 0 to 3.
fn generation_of(day: i64) -> i32 {
    i32::try_from(day.rem_euclid(GENERATIONS)).unwrap_or(0)
}

/// Forgets receipts that were spent three or more days ago.
///
/// # Errors
/// The database.
pub fn forget_old(conn: &mut Connection, now: Timestamp) -> db::Result<usize> {
    let oldest = generation_of(day_number(now) - DAYS_KEPT);
    write(conn, |conn| {
        Ok(diesel::delete(spent_receipt::table.filter(spent_receipt::generation.eq(oldest))).execute(conn)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_tells_dialogue_and_receipt_apart_and_takes_no_other_text() {
        let key = ReceiptKey::new(Zeroizing::new([7; 32]));
        let [one, two] = [RandomId::from_bytes([1; 16]), RandomId::from_bytes([2; 16])];
        let receipt = "0123456789abcdef0123456789abcdef";
        assert!(key.mark(one, receipt).is_some());
        assert_eq!(key.mark(one, receipt), key.mark(one, receipt));
        assert_ne!(key.mark(one, receipt), key.mark(two, receipt));
        for no_receipt in ["", "0123", "0123456789abcdef0123456789abcdeg", "åååååååååååååååå"] {
            assert_eq!(key.mark(one, no_receipt), None);
        }
    }

    #[test]
    fn four_days_have_four_generations() {
        let generations: Vec<i32> = (-2..6).map(generation_of).collect();
        assert_eq!(generations, [2, 3, 0, 1, 2, 3, 0, 1]);
    }
}
