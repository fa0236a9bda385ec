//! A mail address, which is also how staff sign in.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

/// A mail address, in the one form that we compare and store: trimmed, NFC, lower case.
///
/// The part before `@` may differ by case in theory. No provider that people use does that, and whoever
/// writes `Anna@` one day and `anna@` the next means herself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

/// The longest address, in bytes (RFC 5321, section 4.5.3.1.3, less its angle brackets).
const LONGEST: usize = 254;

/// A text is no mail address. It does not repeat the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that is not a mail address such as anna@exempel.se")]
pub struct InvalidAddress;

impl FromStr for Address {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        let text: String = text.trim().nfc().flat_map(char::to_lowercase).collect();
        let has_dot = text.rsplit_once('@').is_some_and(|(_, domain)| domain.contains('.') || domain == "localhost");
        if text.len() > LONGEST || !has_dot || text.parse::<lettre::Address>().is_err() {
            return Err(InvalidAddress);
        }
        Ok(Self(text))
    }
}

impl Address {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_form() {
        let address: Address = "  Anna.Öst@Exempel.SE\n".parse().unwrap();
        assert_eq!(address.as_str(), "anna.öst@exempel.se");
        assert_eq!("anna@localhost".parse::<Address>().unwrap().to_string(), "anna@localhost");
        for wrong in
            ["", "anna", "anna@", "@exempel.se", "anna@exempel", "a b@exempel.se", "anna@exempel.se\nBcc: x@y.se"]
        {
            assert_eq!(wrong.parse::<Address>(), Err(InvalidAddress), "{wrong}");
        }
        assert!(format!("{}@exempel.se", "a".repeat(250)).parse::<Address>().is_err());
    }
}
