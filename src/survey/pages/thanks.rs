//! `/{language}/tack`: after Send.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::http::error::Error;
use crate::http::frame::Frame;
use crate::http::site::{Site, page};
use crate::i18n;
use crate::survey::pages::desk::{Desk, Meant, meant};
use crate::survey::pages::{CLEAR_CACHE, frame, language, slug};

#[derive(Template)]
#[template(path = "thanks.html")]
struct Thanks {
    frame: Frame,
    thanks: String,
    focus_groups: String,
    support: String,
}

/// Thanks in general: whoever opens the address directly is told nothing about herself.
///
/// # Errors
/// [`Error::NotFound`] where there is no dialogue to thank for.
pub async fn show(request: HttpRequest, site: web::Data<Site>, desk: web::Data<Desk>) -> Result<HttpResponse, Error> {
    let language = language(&request)?;
    let editions = desk.editions();
    let edition = match meant(&editions, slug(&request), desk.clock.as_ref()) {
        Some(Meant::One(edition) | Meant::Closed(Some(edition))) => edition,
        Some(Meant::Several) => {
            return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, format!("/{language}"))).finish());
        }
        Some(Meant::Closed(None)) | None => return Err(Error::NotFound),
    };
    let texts = &edition.questionnaire.texts;
    let mut frame = frame(&request, &site, language);
    frame.simulated = edition.is_simulated();
    let thanks = Thanks {
        frame,
        thanks: texts.thanks.in_language(language).to_owned(),
        focus_groups: texts.focus_groups.in_language(language).to_owned(),
        support: i18n::keep_numbers_together(texts.support.in_language(language)),
    };
    let mut response = page(&request, StatusCode::OK, &thanks)?;
    let (name, value) = CLEAR_CACHE;
    response.headers_mut().insert(name, header::HeaderValue::from_static(value));
    Ok(response)
}
