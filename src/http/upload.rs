//! A form with a file in it: `multipart/form-data`, held in memory, within limits.
//!
//! `actix-multipart` reads the parts; it is part of actix and as alive. Files never touch the disk: a questionnaire has a few
//! hundred kilobytes at most.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::rt::time::timeout;
use actix_web::{FromRequest, HttpRequest};
use futures_util::TryStreamExt;

use crate::http::error::Error;
use crate::http::form::Fields;

/// The largest file taken, in bytes.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;

/// The largest value of another field, in bytes.
const MOST_OF_A_FIELD: usize = 4 * 1024;

/// The most parts that a form has.
const MOST_PARTS: usize = 20;

/// How long a body may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A posted file, with the form's other fields.
pub struct Upload {
    /// The file's name as the browser gave it, without folders.
    pub file_name: String,
    /// Its bytes; empty where no file was chosen.
    pub bytes: Vec<u8>,
    /// The other fields.
    pub fields: Fields,
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parts = Multipart::from_request(request, payload);
        Box::pin(async move {
            let parts = parts.await.map_err(|_| Error::Malformed("the body is no form with a file".to_owned()))?;
            timeout(PATIENCE, read(parts)).await.map_err(|_| Error::Malformed("the body did not come".to_owned()))?
        })
    }
}

async fn read(mut parts: Multipart) -> Result<Upload, Error> {
    let broken = |_| Error::Malformed("the body is no form with a file".to_owned());
    let mut upload = Upload { file_name: String::new(), bytes: Vec::new(), fields: Fields::default() };
    let mut fields = form_urlencoded::Serializer::new(String::new());
    let mut seen = 0;
    while let Some(mut part) = parts.try_next().await.map_err(broken)? {
        seen += 1;
        if seen > MOST_PARTS {
            return Err(Error::Malformed("the form has too many parts".to_owned()));
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.content_disposition().and_then(|of| of.get_filename()).map(str::to_owned);
        let limit = if file_name.is_some() { MOST_BYTES } else { MOST_OF_A_FIELD };
        let bytes = part.bytes(limit).await.map_err(|_| Error::TooLarge)?.map_err(broken)?;
        match file_name {
            Some(file_name) => {
                upload.file_name = file_name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                upload.bytes = bytes.to_vec();
            }
            None => {
                fields.append_pair(&name, &String::from_utf8_lossy(&bytes));
            }
        }
    }
    upload.fields = Fields::parse(fields.finish().as_bytes());
    Ok(upload)
}
