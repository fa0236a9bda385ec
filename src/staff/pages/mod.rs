//! Staff's pages, in Swedish.
//!
//! Each has a struct with a [`StaffFrame`] and a template that extends `staff/base.html`. Pages that are a form and little
//! else are a [`FormPage`]; pages that are a message are a [`Message`].

pub mod account;
pub mod colleague;
pub mod colleagues;
pub mod forgotten;
mod frame;
pub mod log;
pub mod provider;
pub mod sign_in;
pub mod start;
pub mod welcome;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;
use validator::ValidationError;

use crate::http::error::Error;
use crate::http::form::{Faults, Field};
use crate::http::site::page;
use crate::mail::Address;
use crate::staff::LANGUAGE;

pub use frame::{Link, StaffFrame};

/// The first page.
pub const START: &str = "/personal";

/// A form, and what it takes to fill it in.
#[derive(Template)]
#[template(path = "staff/form.html")]
pub struct FormPage {
    /// The frame.
    pub frame: StaffFrame,
    /// A question or a verb.
    pub title: String,
    /// What happened before.
    pub notice: Option<String>,
    /// What the form is for.
    pub lead: Vec<String>,
    /// What is wrong with what was typed.
    pub faults: Faults,
    /// The fields.
    pub fields: Vec<Field>,
    /// What is posted along.
    pub hidden: Vec<(&'static str, String)>,
    /// Where it is posted to.
    pub action: String,
    /// The button: a verb.
    pub button: String,
    /// Whether the button does something that can't be undone.
    pub dangerous: bool,
    /// Other ways.
    pub links: Vec<Link>,
}

impl FormPage {
    /// A form without fields that is posted to its own address.
    pub fn new(request: &HttpRequest, title: &str, button: &str) -> Self {
        let frame = StaffFrame::of(request);
        Self {
            title: frame.text(title),
            button: frame.text(button),
            frame,
            notice: None,
            lead: Vec::new(),
            faults: Faults::default(),
            fields: Vec::new(),
            hidden: Vec::new(),
            action: request.path().to_owned(),
            dangerous: false,
            links: Vec::new(),
        }
    }

    /// The same form with what is wrong with it, at the fields and in the summary.
    ///
    /// # Errors
    /// [`Error::Internal`] where the template fails.
    pub fn again(mut self, faults: Faults, request: &HttpRequest) -> Result<HttpResponse, Error> {
        let fields = std::mem::take(&mut self.fields).into_iter();
        self.fields = fields
            .map(|field| {
                let value = field.value.clone();
                field.filled(&value, &faults)
            })
            .collect();
        self.faults = faults;
        self.respond(request)
    }

    /// The page: 422 where there are faults.
    ///
    /// # Errors
    /// [`Error::Internal`] where the template fails.
    pub fn respond(&self, request: &HttpRequest) -> Result<HttpResponse, Error> {
        let status = if self.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        page(request, status, self)
    }
}

/// A page that says something, and where to go from there.
#[derive(Template)]
#[template(path = "staff/message.html")]
pub struct Message {
    /// The frame.
    pub frame: StaffFrame,
    /// What it is about.
    pub title: String,
    /// What there is to say.
    pub paragraphs: Vec<String>,
    /// Where to go.
    pub links: Vec<Link>,
}

/// The page that says what is missing to sign in here.
///
/// # Errors
/// [`Error::Internal`] where the template fails.
pub fn closed(request: &HttpRequest) -> Result<HttpResponse, Error> {
    let frame = StaffFrame::of(request);
    let message = Message {
        title: frame.text("staff-closed-title"),
        paragraphs: vec![frame.text("staff-closed"), frame.text("staff-closed-next")],
        links: Vec::new(),
        frame,
    };
    page(request, StatusCode::SERVICE_UNAVAILABLE, &message)
}

/// The page for who is signed in but has no role that would let her in.
///
/// # Errors
/// [`Error::Internal`] where the template fails.
pub fn forbidden(request: &HttpRequest) -> Result<HttpResponse, Error> {
    let frame = StaffFrame::of(request);
    let message = Message {
        title: frame.text("staff-forbidden-title"),
        paragraphs: vec![frame.text("staff-forbidden")],
        links: vec![Link::new(START, frame.text("staff-to-start"))],
        frame,
    };
    page(request, StatusCode::FORBIDDEN, &message)
}

/// What went wrong, in staff's frame.
///
/// # Errors
/// [`Error::Internal`] where the template fails.
pub fn error(request: &HttpRequest, error: &Error, reference: Option<String>) -> Result<HttpResponse, Error> {
    let frame = StaffFrame::of(request);
    let (title, text) = error.messages(LANGUAGE);
    // Where residents are told of the survey.
    let text = match error {
        Error::TooLarge => frame.text("staff-error-too-large"),
        Error::Malformed(_) => frame.text("staff-error-malformed"),
        Error::Foreign => frame.text("staff-error-foreign"),
        Error::NotFound | Error::Method | Error::Unavailable(_) | Error::Internal(_) => text,
    };
    let reference = reference.map(|reference| frame.text_with("error-reference", "reference", &reference));
    let message = Message {
        title,
        paragraphs: std::iter::once(text).chain(reference).collect(),
        links: vec![Link::new(START, frame.text("staff-to-start"))],
        frame,
    };
    page(request, error.status_code(), &message)
}

/// A rule for `validator`: the text is a mail address.
fn is_address(text: &str) -> Result<(), ValidationError> {
    text.parse::<Address>().map(drop).map_err(|_| ValidationError::new("mail"))
}

/// A fault of one field.
pub fn fault(field: &'static str, key: &str) -> Faults {
    let mut faults = Faults::default();
    faults.add(field, crate::i18n::text(LANGUAGE, key));
    faults
}

/// 303.
pub fn to(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}
