//! The key that lies apart from the database, and what it is used for.
//!
//! `staff.key` lies in the key directory. From it keys are derived, by HMAC-SHA256 over their purpose: one seals
//! the secrets of one-time codes and journeys to a provider, others hash whom failed tries concern, and make the secrets
//! that a welcome page shows and that go with a journey.
//! Whoever has a copy of the database alone has no one-time codes, and can't find out an address by hashing them all.
//!
//! Copies of the service need the same file. Where it is lost, second factors are: recovery codes still work, and
//! `trygghetsdialog staff link MAIL` gives a link to set up a new one.

use std::fmt;

use crypto_secretbox::aead::{Aead, KeyInit};
use crypto_secretbox::{Key, Nonce, XSalsa20Poly1305};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::id::Randomness;
use crate::staff::token::Token;

/// Bytes of a one-time code's secret: 160 bits, as RFC 4226 (section 4, R6) recommends.
pub const TOTP_BYTES: usize = 20;

/// The key.
#[derive(Clone)]
pub struct StaffKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for StaffKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StaffKey")
    }
}

impl StaffKey {
    /// The key with these bytes.
    pub fn new(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(bytes)
    }

    /// HMAC-SHA256 over a purpose and a value. Purposes are of our own making and hold no NUL.
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    fn derive(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        let mut hmac = <Hmac<Sha256> as Mac>::new_from_slice(self.0.as_slice()).expect("a key of 32 bytes");
        hmac.update(purpose.as_bytes());
        hmac.update(&[0]);
        hmac.update(value);
        hmac.finalize().into_bytes().into()
    }

    /// What is stored of someone whose failed tries are counted.
    pub fn subject(&self, kind: &str, value: &str) -> [u8; 32] {
        self.derive(kind, value.as_bytes())
    }

    /// The secret that the welcome page of this link shows: the same at every look, so that a page that is shown
    /// again after a mistake, or posted, needs no secret in a hidden field.
    pub fn totp_for(&self, link: &Token) -> [u8; TOTP_BYTES] {
        let derived = self.derive("welcome", link.reveal().as_bytes());
        let mut secret = [0; TOTP_BYTES];
        secret.copy_from_slice(&derived[..TOTP_BYTES]);
        secret
    }

    /// A secret that goes with a token, in hexadecimal digits: whoever holds the token alone can't find it.
    pub fn beside(&self, purpose: &str, token: &Token) -> String {
        self.derive(purpose, token.reveal().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Seals `secret` for the database: a nonce of 24 bytes, then what XSalsa20-Poly1305 makes of it.
    pub fn seal(&self, secret: &[u8], randomness: &dyn Randomness) -> Option<Vec<u8>> {
        let mut nonce = [0; 24];
        randomness.fill(&mut nonce);
        let sealed = self.cipher().encrypt(Nonce::from_slice(&nonce), secret).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// What [`StaffKey::seal`] sealed; none where it was sealed to another key, or changed.
    pub fn open(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_at_checked(24)?;
        self.cipher().decrypt(Nonce::from_slice(nonce), sealed).ok().map(Zeroizing::new)
    }

    fn cipher(&self) -> XSalsa20Poly1305 {
        XSalsa20Poly1305::new(Key::from_slice(&self.derive("seal", &[])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::SeededRandomness;

    fn key(byte: u8) -> StaffKey {
        StaffKey::new(Zeroizing::new([byte; 32]))
    }

    #[test]
    fn what_is_sealed_opens_with_the_same_key_alone() {
        let randomness = SeededRandomness::new(1);
        let sealed = key(1).seal(b"hemligheten", &randomness).unwrap();
        assert_ne!(sealed, key(1).seal(b"hemligheten", &randomness).unwrap());
        assert_eq!(key(1).open(&sealed).unwrap().as_slice(), b"hemligheten");
        assert!(key(2).open(&sealed).is_none());
        let mut changed = sealed.clone();
        changed[30] ^= 1;
        assert!(key(1).open(&changed).is_none() && key(1).open(b"").is_none());
    }

    #[test]
    fn purposes_and_keys_are_told_apart() {
        assert_ne!(key(1).subject("account", "a"), key(1).subject("source", "a"));
        assert_ne!(key(1).subject("account", "a"), key(2).subject("account", "a"));
        let link = Token::new(&SeededRandomness::new(1));
        assert_eq!(key(1).totp_for(&link), key(1).totp_for(&link));
        assert_ne!(key(1).totp_for(&link), key(1).totp_for(&Token::new(&SeededRandomness::new(2))));
    }
}
