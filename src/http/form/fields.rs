//! From the bytes of a POST to fields: limited, and texts normalised.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::http::body;
use crate::http::error::Error;

/// The largest form of staff, in bytes: a notice of 10,000 characters in three languages has about 100 kB, for Arabic ones
/// are written with six bytes each.
const MOST_BYTES: usize = 256 * 1024;

/// The fields of a posted form, texts normalised: NFC, LF for CRLF, no other control characters.
#[derive(Clone, Default)]
pub struct Fields(Vec<(String, Zeroizing<String>)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`.
    pub fn parse(body: &[u8]) -> Self {
        let fields = form_urlencoded::parse(body);
        Self(fields.map(|(name, value)| (name.into_owned(), Zeroizing::new(normalised(&value)))).collect())
    }

    /// The first value of a field, without space around it; empty where there is none.
    pub fn text(&self, name: &str) -> String {
        self.raw(name).trim().to_owned()
    }

    /// The first value of a field as it was typed, space around it included, wiped when dropped: for passwords.
    pub fn secret(&self, name: &str) -> Zeroizing<String> {
        Zeroizing::new(self.raw(name).to_owned())
    }

    /// All values of a field: the boxes that are ticked.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Names and values of all fields, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }
}

fn normalised(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.nfc().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

impl FromRequest for Fields {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let payload = web::Payload::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let payload = payload.await.map_err(|_| Error::Malformed("the body broke off".to_owned()))?;
            let body = body::read_within(&request, payload, MOST_BYTES).await?;
            Ok(Self::parse(&body))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_normalised_and_repeats_are_kept() {
        let fields = Fields::parse(b"a=+x%0D%0Ay%00%07+&a=z&e=e%CC%8A&role=one&role=two");
        assert_eq!(fields.text("a"), "x\ny");
        assert_eq!(fields.secret("a").as_str(), " x\ny ");
        assert_eq!(fields.text("e"), "e\u{30a}".nfc().collect::<String>());
        assert_eq!(fields.all("role").collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(fields.text("missing"), "");
    }
}
