//! The second factor: one-time codes by the clock (TOTP, RFC 6238), and recovery codes for who has lost her phone.
//!
//! Six digits, 30 seconds, SHA-1: what every authenticator app reads from the QR code. A code is taken for its own step
//! and the ones beside it, and each step once: what was read over a shoulder is worth nothing.

use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

use crate::id::{RandomId, Randomness};
use crate::mail::Address;

/// What authenticator apps show beside the address. No colon: it ends the name in the QR code.
const ISSUER: &str = "Trygghetsdialog";

/// How many recovery codes an account gets.
pub const RECOVERY_CODES: usize = 10;

/// Letters and digits that can't be taken for each other, read aloud or written down.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// A one-time code that can't be set up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a second factor can't be set up: {0}")]
pub struct SetUpError(String);

fn totp(secret: &[u8], address: Option<&Address>) -> Result<Totp, SetUpError> {
    let mut builder = Builder::new().with_secret(Secret::from(secret)).with_issuer(Some(ISSUER));
    if let Some(address) = address {
        builder = builder.with_account_name(address.as_str());
    }
    builder.build().map_err(|error| SetUpError(error.to_string()))
}

/// The step of which `code` is the code at `now`, where it is one of this secret's and later than `latest`, the latest
/// step that was used. Spaces are allowed: apps show `123 456`.
///
/// # Errors
/// [`SetUpError`] where the secret is none.
pub fn check(secret: &[u8], code: &str, latest: Option<i64>, now: Timestamp) -> Result<Option<i64>, SetUpError> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let seconds = now.as_second().unsigned_abs();
    let step = totp(secret, None)?.check(&code, seconds).and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| latest.is_none_or(|latest| *step > latest)))
}

/// What a person needs for her authenticator app.
#[derive(Debug, Clone)]
pub struct SetUp {
    /// The QR code, as an SVG element.
    pub picture: String,
    /// The secret for typing, in groups of four.
    pub key: String,
}

/// What to show for this secret and account.
///
/// # Errors
/// [`SetUpError`].
pub fn set_up(secret: &[u8], address: &Address) -> Result<SetUp, SetUpError> {
    let url = totp(secret, Some(address))?.to_url().map_err(|error| SetUpError(error.to_string()))?;
    let code = QRBuilder::new(url).build().map_err(|error| SetUpError(error.to_string()))?;
    let key: Vec<char> = Secret::from(secret).to_base32().chars().collect();
    let groups: Vec<String> = key.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(SetUp { picture: SvgBuilder::default().to_str(&code), key: groups.join(" ") })
}

/// Fresh recovery codes: 80 bits each, `abcd-efgh-jkmn-pqrs`.
pub fn recovery_codes(randomness: &dyn Randomness) -> Vec<String> {
    let code = || {
        let mut bytes = [0; 16];
        randomness.fill(&mut bytes);
        // 32 letters: five bits of each byte, each letter as likely as the others.
        let letters: Vec<char> = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    };
    (0..RECOVERY_CODES).map(|_| code()).collect()
}

/// What is stored of a recovery code. How it is grouped or cased does not matter; 80 random bits need no slow hash.
pub fn recovery_hash(account: RandomId, code: &str) -> [u8; 32] {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect();
    Sha256::new().chain_update(account.as_bytes()).chain_update(letters.as_bytes()).finalize().into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::id::SeededRandomness;

    /// RFC 6238, appendix B: the secret, and the last six digits of the code at 59 s and at 1111111109 s.
    const SECRET: &[u8; 20] = b"12345678901234567890";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard_and_work_once() {
        assert_eq!(check(SECRET, "287082", None, at(59)).unwrap(), Some(1));
        assert_eq!(check(SECRET, "081 804", None, at(1_111_111_109)).unwrap(), Some(37_037_036));
        assert_eq!(check(SECRET, "287083", None, at(59)).unwrap(), None);
        assert_eq!(check(SECRET, "", None, at(59)).unwrap(), None);
        // A step late, still good; two steps late, not.
        assert_eq!(check(SECRET, "287082", None, at(89)).unwrap(), Some(1));
        assert_eq!(check(SECRET, "287082", None, at(90)).unwrap(), None);
        assert_eq!(check(SECRET, "287082", Some(1), at(59)).unwrap(), None, "used already");
        assert_eq!(check(SECRET, "287082", Some(0), at(59)).unwrap(), Some(1));
    }

    #[test]
    fn an_app_gets_a_picture_and_a_key() {
        let shown = set_up(SECRET, &"anna@exempel.se".parse().unwrap()).unwrap();
        assert_eq!(shown.key, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert!(shown.picture.starts_with("<svg") && !shown.picture.contains("style="));
    }

    #[test]
    fn recovery_codes_differ_and_their_form_does_not_matter() {
        let codes = recovery_codes(&SeededRandomness::new(1));
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), RECOVERY_CODES);
        let account = RandomId::from_bytes([1; 16]);
        let code = codes[0].as_str();
        assert_eq!(code.len(), 19);
        assert_eq!(recovery_hash(account, code), recovery_hash(account, &code.to_uppercase().replace('-', " ")));
        assert_ne!(recovery_hash(account, code), recovery_hash(RandomId::from_bytes([2; 16]), code));
    }
}
