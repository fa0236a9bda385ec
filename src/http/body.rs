//! The body of a posted form, within limits of size and of time.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::rt::time::timeout;
use actix_web::web::{Bytes, Payload};

use crate::http::error::Error;

/// The largest form taken, in bytes: a full survey with long Arabic texts is about 20 kB.
pub const MOST_BYTES: usize = 64 * 1024;

/// How long a body may take: a phone at the edge of coverage is slow, and needs a few seconds for 64 kB.
const PATIENCE: Duration = Duration::from_secs(60);

/// The whole body of a survey's form.
///
/// # Errors
/// [`Error::TooLarge`]; [`Error::Malformed`] where it breaks off or does not come.
pub async fn read(request: &HttpRequest, payload: Payload) -> Result<Bytes, Error> {
    read_within(request, payload, MOST_BYTES).await
}

/// The whole body, if it has at most `most` bytes.
///
/// # Errors
/// [`Error::TooLarge`]; [`Error::Malformed`] where it breaks off or does not come.
pub async fn read_within(request: &HttpRequest, payload: Payload, most: usize) -> Result<Bytes, Error> {
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    // Told at once: who sends that much would else be listened to up to the limit.
    if announced.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > most as u64) {
        return Err(Error::TooLarge);
    }
    timeout(PATIENCE, payload.to_bytes_limited(most))
        .await
        .map_err(|_| Error::Malformed("the body did not come".to_owned()))?
        .map_err(|_| Error::TooLarge)?
        .map_err(|_| Error::Malformed("the body broke off".to_owned()))
}
