//! A browser's way to the provider and back: what ties the answer to the browser that set out.
//!
//! The cookie is a token, the moment of setting out and where to go afterwards, sealed to the staff key. What the
//! provider gets and must give back (state, nonce, PKCE verifier) is derived from the token with that key, so nothing is
//! stored when someone sets out. When an answer comes, the token's hash is: each journey comes back once.

use diesel::prelude::*;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::db::schema::staff_journey;
use crate::db::{self, Connection};
use crate::id::Randomness;
use crate::staff::secrets::StaffKey;
use crate::staff::token::Token;

/// How long someone may take to sign in at the provider.
pub const LASTS: SignedDuration = SignedDuration::from_mins(10);

/// A journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    token: Token,
    began: i64,
    /// Where to go afterwards.
    pub back: String,
}

/// The journey as the cookie has it, before it is sealed.
#[derive(Serialize, Deserialize)]
struct Written {
    token: String,
    began: i64,
    back: String,
}

/// What goes to the provider and must come back.
pub struct Secrets {
    /// In the answer's address: the answer is to this browser's question.
    pub state: String,
    /// In the signed token: the token was made for this question.
    pub nonce: String,
    /// Sent when the code is redeemed (PKCE, RFC 7636): the code is of no use to anyone else.
    pub verifier: String,
}

impl Journey {
    /// Sets out, to go on to `back` afterwards.
    pub fn begin(back: &str, now: Timestamp, randomness: &dyn Randomness) -> Self {
        Self { token: Token::new(randomness), began: now.as_second(), back: back.to_owned() }
    }

    /// What the cookie holds; nothing where it can't be sealed.
    pub fn sealed(&self, key: &StaffKey, randomness: &dyn Randomness) -> Option<String> {
        let written = Written { token: self.token.reveal().to_owned(), began: self.began, back: self.back.clone() };
        let sealed = key.seal(&serde_json::to_vec(&written).ok()?, randomness)?;
        Some(sealed.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The journey of a cookie that we made, if it is not over.
    pub fn open(cookie: &str, key: &StaffKey, now: Timestamp) -> Option<Self> {
        let digits = cookie.as_bytes().chunks(2);
        let bytes = digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        let opened = key.open(&bytes.collect::<Option<Vec<u8>>>()?)?;
        let written: Written = serde_json::from_slice(&opened).ok()?;
        let journey = Self { token: Token::parse(&written.token)?, began: written.began, back: written.back };
        let age = now.as_second().saturating_sub(journey.began);
        (0..LASTS.as_secs()).contains(&age).then_some(journey)
    }

    /// What goes to the provider.
    pub fn secrets(&self, key: &StaffKey) -> Secrets {
        Secrets {
            state: key.beside("provider-state", &self.token),
            nonce: key.beside("provider-nonce", &self.token),
            verifier: key.beside("provider-verifier", &self.token),
        }
    }

    /// Ends the journey; whether it had not ended before. Within a transaction.
    ///
    /// # Errors
    /// The database.
    pub fn end(&self, conn: &mut Connection, now: Timestamp) -> db::Result<bool> {
        diesel::delete(staff_journey::table.filter(staff_journey::expires_at.le(now.as_second()))).execute(conn)?;
        let hash = self.token.hash();
        let ended: i64 = staff_journey::table.find(hash.as_slice()).count().get_result(conn)?;
        if ended > 0 {
            return Ok(false);
        }
        diesel::insert_into(staff_journey::table)
            .values((
                staff_journey::token.eq(hash.as_slice()),
                // As long as its cookie opens.
                staff_journey::expires_at.eq(self.began + LASTS.as_secs()),
            ))
            .execute(conn)?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;
    use crate::id::SeededRandomness;

    fn key(byte: u8) -> StaffKey {
        StaffKey::new(Zeroizing::new([byte; 32]))
    }

    #[test]
    fn a_journey_is_read_back_for_ten_minutes() {
        let (randomness, began) = (SeededRandomness::new(1), Timestamp::from_second(1_000_000).unwrap());
        let journey = Journey::begin("/personal/logg?sida=2", began, &randomness);
        let cookie = journey.sealed(&key(1), &randomness).unwrap();
        let open = |cookie: &str, byte, seconds: i64| {
            Journey::open(cookie, &key(byte), Timestamp::from_second(1_000_000 + seconds).unwrap())
        };
        assert_eq!(open(&cookie, 1, 0), Some(journey.clone()));
        assert_eq!(open(&cookie, 1, 599), Some(journey));
        assert_eq!(open(&cookie, 1, 600), None);
        assert_eq!(open(&cookie, 1, -1), None, "from tomorrow");
        assert_eq!(open(&cookie, 2, 0), None, "sealed by someone else");
        for no_cookie in ["", "0", "åå", &cookie[1..], &cookie[2..], &"0".repeat(200)] {
            assert_eq!(open(no_cookie, 1, 0), None, "{no_cookie}");
        }
    }

    #[test]
    fn what_goes_to_the_provider_is_of_one_journey_and_fits_pkce() {
        let randomness = SeededRandomness::new(1);
        let secrets = || Journey::begin("/personal", Timestamp::UNIX_EPOCH, &randomness).secrets(&key(1));
        let (one, other) = (secrets(), secrets());
        assert_ne!(one.state, other.state);
        assert_ne!(one.state, one.nonce);
        assert_ne!(one.nonce, one.verifier);
        // RFC 7636, section 4.1: 43 to 128 characters.
        assert_eq!(one.verifier.len(), 64);
    }
}
