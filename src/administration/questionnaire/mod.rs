//! A dialogue's questionnaire as a file: `/personal/dialoger/{dialogue}/fragor`.
//!
//! Before the dialogue opens, a file replaces the questionnaire. While it is open, a file may correct texts, and nothing
//! else: the log says what differs. Files are ours (YAML) or XLSForm (`.xlsx`).

mod file;
mod store;

pub(super) use store::{Given, store};

use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::dialogues::{Found, address, named, revision};
use crate::administration::change::in_words;
use crate::http::error::Error;
use crate::http::site::page;
use crate::http::upload::Upload;
use crate::staff::LANGUAGE;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{StaffFrame, to};
use crate::survey::definition::xlsform;
use crate::survey::dialogue::{ChangeError, State};
use crate::survey::pages::desk::Desk;

#[derive(Template)]
#[template(path = "staff/questionnaire.html")]
struct Page {
    frame: StaffFrame,
    title: String,
    own: String,
    revision: i32,
    version: String,
    /// Whether a file can be taken, and whether only its texts.
    takes: Option<Takes>,
    fault: Option<String>,
    lines: Vec<String>,
    /// Whether the lines are losses that may be accepted.
    losses: bool,
}

/// What of a questionnaire can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// All of it: the dialogue is not open yet.
    Everything,
    /// Its texts: the dialogue is open.
    Texts,
}

impl Takes {
    /// What can be changed in a state.
    pub(super) fn in_state(state: State) -> Option<Self> {
        match state {
            State::Draft | State::Reviewed => Some(Self::Everything),
            State::Open | State::Paused => Some(Self::Texts),
            State::Closing | State::Closed | State::Archived | State::Purged => None,
        }
    }

    /// Whether only texts.
    pub(super) fn texts_only(self) -> bool {
        self == Self::Texts
    }
}

fn form(request: &HttpRequest, found: &Found, fault: Option<&str>, lines: Vec<String>) -> Page {
    let frame = StaffFrame::of(request);
    Page {
        title: found.title().to_owned(),
        own: address(&found.dialogue),
        revision: found.dialogue.revision,
        version: format!("{}.{}", found.definition.version, found.definition.text_version),
        takes: Takes::in_state(found.dialogue.state),
        fault: fault.map(|key| frame.text(key)),
        lines,
        losses: false,
        frame,
    }
}

/// The page.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn show(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    page(&request, StatusCode::OK, &form(&request, &found, None, Vec::new()))
}

/// Takes a file.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue; [`Error::TooLarge`]; [`Error::Malformed`] without the revision.
pub async fn take(
    request: HttpRequest,
    office: Data<Office>,
    desk: Data<Desk>,
    staff: Staff,
    upload: Upload,
) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let revision = revision(&upload.fields)?;
    let accepts_losses = !upload.fields.text("forluster").is_empty();
    let read = web::block(move || file::read(&upload.file_name, &upload.bytes)).await;
    let read = match read.map_err(|error| Error::internal("reading a questionnaire was cut off", error))? {
        Ok(read) => read,
        Err(fault) => {
            return page(
                &request,
                StatusCode::UNPROCESSABLE_ENTITY,
                &form(&request, &found, Some(fault.key), fault.lines),
            );
        }
    };
    if !read.losses.is_empty() && !accepts_losses {
        let form = form(&request, &found, Some("questionnaire-losses"), read.losses);
        return page(&request, StatusCode::UNPROCESSABLE_ENTITY, &Page { losses: true, ..form });
    }
    let given = Given { file_name: read.file_name, text: read.text, version: read.version };
    match store(&office, &desk, &staff, &found.dialogue, revision, given).await? {
        Ok(dialogue) => Ok(to(&address(&dialogue))),
        Err(ChangeError::Structure(changes)) => {
            let form = form(
                &request,
                &found,
                Some("questionnaire-structure"),
                changes.iter().map(|change| change.in_language(LANGUAGE)).collect(),
            );
            page(&request, StatusCode::CONFLICT, &form)
        }
        Err(error) => {
            let mut form = form(&request, &found, None, Vec::new());
            form.fault = Some(in_words(&error));
            page(&request, StatusCode::CONFLICT, &form)
        }
    }
}

/// The questionnaire in our own form.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn download(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let name = file_name(&found, "yaml");
    Ok(attachment("application/yaml; charset=utf-8", &name, found.definition.text.into_bytes()))
}

/// The questionnaire as XLSForm, which spreadsheet programs and other survey tools read.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn download_form(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let name = file_name(&found, "xlsx");
    let definition = found.definition.clone();
    let written = web::block(move || xlsform::write(&definition.file_name, &definition.text)).await;
    match written.map_err(|error| Error::internal("writing a spreadsheet was cut off", error))? {
        Ok(form) => {
            Ok(attachment("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &name, form.bytes))
        }
        Err(unwritten) => {
            let form =
                form(&request, &found, Some("questionnaire-unwritten"), vec![unwritten.said().in_language(LANGUAGE)]);
            page(&request, StatusCode::CONFLICT, &form)
        }
    }
}

fn file_name(found: &Found, extension: &str) -> String {
    let definition = &found.definition;
    format!("{}-{}.{}.{extension}", found.dialogue.slug, definition.version, definition.text_version)
}

fn attachment(content_type: &str, name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(bytes)
}
