//! What went wrong, told twice: to the person as a page with a status, to the log as a line.
//!
//! How to choose: [`Error::Unavailable`] when trying again later helps (database, disk, queue),
//! [`Error::Internal`] when it is our fault, the others when the request can't be served as it is.
//! Only our own faults are logged, and with nothing of the request: a log that held residents'
//! mistakes would hold their moments too.

use std::fmt;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;

use crate::http::frame::Frame;
use crate::http::language;
use crate::http::site::{Site, page};
use crate::i18n;
use crate::id::RandomId;

/// Why a request gets no page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No such page.
    #[error("there is no such page")]
    NotFound,
    /// The page is there, but not for this method.
    #[error("the page does not take this method")]
    Method,
    /// A form is larger than its limit.
    #[error("the form is too large")]
    TooLarge,
    /// A form that none of our pages sends; the reason names fields, never values.
    #[error("the form can't be read: {0}")]
    Malformed(String),
    /// A form that another site sent.
    #[error("the form comes from another site")]
    Foreign,
    /// A resource that is down, and will be back.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of the service.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// A fault of the service, with what it was doing.
    pub fn internal(doing: &str, error: impl fmt::Display) -> Self {
        Self::Internal(format!("{doing}: {error}"))
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Foreign => StatusCode::FORBIDDEN,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Title and text for the person, in `language`.
    pub fn messages(&self, language: &str) -> (String, String) {
        let (title, text) = match self {
            Self::NotFound => ("error-not-found-title", "error-not-found"),
            Self::Method => ("error-method-title", "error-method"),
            Self::TooLarge => ("error-too-large-title", "error-too-large"),
            Self::Malformed(_) => ("error-malformed-title", "error-malformed"),
            Self::Foreign => ("error-foreign-title", "error-foreign"),
            Self::Unavailable(_) => ("error-unavailable-title", "error-unavailable"),
            Self::Internal(_) => ("error-internal-title", "error-internal"),
        };
        (i18n::text(language, title), i18n::text(language, text))
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// Bare: [`render`] makes the page, for it knows the request's language.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status());
        response.extensions_mut().insert(self.clone());
        response
    }
}

/// The handler of addresses that no route serves.
pub async fn not_found() -> Result<HttpResponse, Error> {
    Err(Error::NotFound)
}

/// The handler of methods that an address does not take.
pub async fn method_not_allowed() -> Result<HttpResponse, Error> {
    Err(Error::Method)
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    title: String,
    text: String,
    reference: Option<String>,
}

/// Turns every [`Error`] that a handler gave into a page in the request's language.
///
/// # Errors
/// Those of actix itself.
pub async fn render(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = next.call(request).await?;
    let error = response.response().extensions().get::<Error>().cloned();
    let Some(error) = error else { return Ok(response.map_into_boxed_body()) };
    let request = response.request().clone();
    let page = error_page(&request, &error);
    Ok(response.into_response(page))
}

/// A part of the site whose error pages have a frame of their own: staff's, which lie above this module.
#[derive(Clone, Copy)]
pub struct Part {
    /// What its addresses begin with, up to a slash.
    pub under: &'static str,
    /// Makes the page, with the number by which the log has the error, where it does.
    pub draw: fn(&HttpRequest, &Error, Option<String>) -> Result<HttpResponse, Error>,
}

impl Part {
    fn holds(&self, path: &str) -> bool {
        path.strip_prefix(self.under).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The page that tells `error`.
fn error_page(request: &HttpRequest, error: &Error) -> HttpResponse {
    let Some(site) = request.app_data::<web::Data<Site>>() else { return HttpResponse::new(error.status()) };
    let reference = matches!(error, Error::Internal(_)).then(|| {
        let reference = RandomId::new(site.randomness.as_ref()).to_string().split_off(24);
        tracing::error!(reference, "{error}");
        reference
    });
    let page = match request.app_data::<Part>().filter(|part| part.holds(request.path())) {
        Some(part) => (part.draw)(request, error, reference),
        None => {
            let language = language::of_path(request.path()).unwrap_or_else(|| language::preferred(request));
            let (title, text) = error.messages(language);
            page(request, error.status(), &ErrorPage { frame: site.frame(language, ""), title, text, reference })
        }
    };
    let Ok(mut response) = page else { return HttpResponse::new(error.status()) };
    if matches!(error, Error::Unavailable(_)) {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("30"));
    }
    response
}
