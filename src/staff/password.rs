//! Passwords: what one must be, and what is stored of it.
//!
//! Argon2id, with its parameters in the hash, so that they can rise: [`verify`] says when a hash is to be made anew.
//! Hashing takes a processor for tens of milliseconds and 19 MiB, by intent, so it is done on a blocking thread, and no
//! more than [`AT_ONCE`] at a time: who floods the sign-in page must not take all memory.

use std::sync::{Condvar, Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use crate::id::Randomness;

/// Memory in KiB, passes and lanes: OWASP's recommendation for Argon2id (Password Storage Cheat Sheet: 19 MiB, 2, 1).
const PARAMETERS: (u32, u32, u32) = (19 * 1024, 2, 1);

/// Hashes that are made at the same time.
const AT_ONCE: usize = 4;

/// Hashes that wait for their turn; who comes later is told to try again.
const WAITING: usize = 32;

/// The shortest password, in characters: NIST SP 800-63B-4 asks for 8 beside a second factor; a demo has none.
pub const SHORTEST: usize = 12;

/// The longest, so that nobody makes us hash a book.
pub const LONGEST: usize = 200;

/// A hash in PHC form (`$argon2id$v=19$m=…`), as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hashed(String);

impl Hashed {
    /// A hash as read from the database.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a password is not hashed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Too many want it at the same time.
    #[error("too many passwords are hashed at the same time")]
    Busy,
    /// A fault of ours, or a hash in the database that is none.
    #[error("a password can't be hashed: {0}")]
    Failed(String),
}

/// What [`verify`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// Another password.
    Wrong,
    /// The password.
    Right,
    /// The password, but its hash is weaker than those of today: make it anew.
    RightButWeak,
}

/// What a password lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than [`SHORTEST`] characters.
    Short,
    /// More than [`LONGEST`] characters.
    Long,
    /// It is what everybody tries first: one character or a few repeated, a row of the keyboard, our own words.
    Guessable,
}

/// Whether a password may be one. `personal` are words that must not be all there is to it: address and name.
///
/// # Errors
/// What it lacks.
pub fn check(password: &str, personal: &[&str]) -> Result<(), Weakness> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weakness::Short);
    }
    if length > LONGEST {
        return Err(Weakness::Long);
    }
    // What is left of it without the parts that everybody tries, and who has that much left is fine.
    let mut rest = password.to_lowercase();
    let own = personal.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    for part in own.map(str::to_lowercase).filter(|part| part.chars().count() > 2) {
        rest = rest.replace(&part, "");
    }
    for part in COMMON {
        rest = rest.replace(part, "");
    }
    let mut different: Vec<char> = rest.chars().filter(|c| !c.is_whitespace()).collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 5 { Err(Weakness::Guessable) } else { Ok(()) }
}

/// What passwords are made of that are guessed first, in Sweden and here.
const COMMON: [&str; 20] = [
    "password",
    "lösenord",
    "losenord",
    "passw0rd",
    "hemligt",
    "hemlig",
    "sommar",
    "vinter",
    "välkommen",
    "valkommen",
    "qwerty",
    "asdfgh",
    "zxcvbn",
    "123456",
    "abc123",
    "trygghetsdialog",
    "trygghet",
    "värmdö",
    "varmdo",
    "kommun",
];

/// Hashes a password. Blocks.
///
/// # Errors
/// [`HashError`].
pub fn hash(password: &str, randomness: &dyn Randomness) -> Result<Hashed, HashError> {
    let mut salt = [0; 16];
    randomness.fill(&mut salt);
    let hashed = taking_turns(|| argon2()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(failed))?;
    Ok(Hashed(hashed.to_string()))
}

/// Whether `password` is the one that was hashed. Where there is no hash (no such account, or one that has no password
/// yet) as much work is done, so that the time does not tell. Blocks.
///
/// # Errors
/// [`HashError`] where the stored hash is none.
pub fn verify(password: &str, hashed: Option<&Hashed>) -> Result<Verified, HashError> {
    let Some(hashed) = hashed else {
        taking_turns(|| argon2()?.hash_password_with_salt(password.as_bytes(), &[0; 16]).map_err(failed))?;
        return Ok(Verified::Wrong);
    };
    let parsed = PasswordHash::new(&hashed.0).map_err(failed)?;
    let right = taking_turns(|| Ok(argon2()?.verify_password(password.as_bytes(), &parsed).is_ok()))?;
    if !right {
        return Ok(Verified::Wrong);
    }
    let stored = Params::try_from(&parsed).map_err(failed)?;
    let (memory, passes, lanes) = PARAMETERS;
    let weak = parsed.algorithm != Algorithm::Argon2id.ident()
        || stored.m_cost() < memory
        || stored.t_cost() < passes
        || stored.p_cost() < lanes;
    Ok(if weak { Verified::RightButWeak } else { Verified::Right })
}

fn argon2() -> Result<Argon2<'static>, HashError> {
    let (memory, passes, lanes) = PARAMETERS;
    let parameters = Params::new(memory, passes, lanes, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

fn failed(error: impl std::fmt::Display) -> HashError {
    HashError::Failed(error.to_string())
}

/// Runs `work` when fewer than [`AT_ONCE`] others do.
fn taking_turns<T>(work: impl FnOnce() -> Result<T, HashError>) -> Result<T, HashError> {
    /// How many are here, those who wait included; and how many of them work.
    static HERE: Mutex<(usize, usize)> = Mutex::new((0, 0));
    static FREE: Condvar = Condvar::new();
    struct Turn;
    impl Drop for Turn {
        fn drop(&mut self) {
            let mut here = HERE.lock().unwrap_or_else(PoisonError::into_inner);
            *here = (here.0 - 1, here.1 - 1);
            FREE.notify_one();
        }
    }
    let mut here = HERE.lock().unwrap_or_else(PoisonError::into_inner);
    if here.0 >= AT_ONCE + WAITING {
        return Err(HashError::Busy);
    }
    here.0 += 1;
    let mut here = FREE.wait_while(here, |here| here.1 >= AT_ONCE).unwrap_or_else(PoisonError::into_inner);
    here.1 += 1;
    drop(here);
    let _turn = Turn;
    work()
}

/// A password on its way through a form: wiped when dropped.
pub type Secret = Zeroizing<String>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SeededRandomness;

    #[test]
    fn the_password_and_no_other_is_right() {
        let randomness = SeededRandomness::new(1);
        let hashed = hash("korrekt häst batteri", &randomness).unwrap();
        assert!(hashed.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hashed.as_str());
        assert_ne!(hashed, hash("korrekt häst batteri", &randomness).unwrap(), "the salt is fresh");
        assert_eq!(verify("korrekt häst batteri", Some(&hashed)).unwrap(), Verified::Right);
        assert_eq!(verify("korrekt häst batter1", Some(&hashed)).unwrap(), Verified::Wrong);
        assert_eq!(verify("korrekt häst batteri", None).unwrap(), Verified::Wrong);
        assert!(verify("x", Some(&Hashed::from_stored("klartext".into()))).is_err());
    }

    #[test]
    fn a_hash_of_yesterdays_strength_is_to_be_made_anew() {
        for parameters in [Params::new(8 * 1024, 2, 1, None).unwrap(), Params::new(19 * 1024, 1, 1, None).unwrap()] {
            let old = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
            let hashed: PasswordHash = old.hash_password_with_salt(b"korrekt", &[7; 16]).unwrap();
            let hashed = Hashed::from_stored(hashed.to_string());
            assert_eq!(verify("korrekt", Some(&hashed)).unwrap(), Verified::RightButWeak);
            assert_eq!(verify("annat", Some(&hashed)).unwrap(), Verified::Wrong);
        }
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        let personal = ["anna.svensson@exempel.se", "Anna Svensson"];
        for (password, weakness) in [
            ("elva tecken", Weakness::Short),
            ("aaaaaaaaaaaaaaaa", Weakness::Guessable),
            ("Lösenord123456!", Weakness::Guessable),
            ("AnnaSvensson2019", Weakness::Guessable),
            ("Sommar Vinter 22", Weakness::Guessable),
        ] {
            assert_eq!(check(password, &personal), Err(weakness), "{password}");
        }
        assert_eq!(check(&"långt ".repeat(40), &personal), Err(Weakness::Long));
        for fine in ["korrekt häst batteri", "xK9#mQ2$vL7p", "min katt äter sill"] {
            assert_eq!(check(fine, &personal), Ok(()), "{fine}");
        }
    }
}
