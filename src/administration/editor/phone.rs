//! The preview as on a phone: `/personal/dialoger/{dialogue}/mobil/{language}`, the same document in a frame of a phone's
//! width. The preview alone may be framed, by ourselves.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::super::dialogues::{address, named};
use crate::http::error::Error;
use crate::http::headers::let_frame_ours;
use crate::http::site::page;
use crate::staff::office::Office;
use crate::staff::pages::{Link, StaffFrame};

#[derive(Template)]
#[template(path = "staff/phone.html")]
struct Page {
    frame: StaffFrame,
    dialogue: String,
    language: String,
    /// The width in CSS pixels: 320, the narrowest that the survey is made for, or 390, a common phone.
    width: String,
    source: String,
    links: Vec<Link>,
}

/// The page.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue or language.
pub async fn show(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let code = request.match_info().get("language").unwrap_or_default();
    let language = found.questionnaire.language(code).ok_or(Error::NotFound)?;
    let frame = StaffFrame::of(&request);
    let own = address(&found.dialogue);
    let width = if request.query_string() == "bredd=320" { 320 } else { 390 };
    let here = format!("{own}/mobil");
    let mut links: Vec<Link> = Vec::new();
    for other in found.questionnaire.languages.iter().filter(|other| other.code != language.code) {
        let text = frame.text_with("phone-in", "language", &other.name);
        links.push(Link::new(&format!("{here}/{}?bredd={width}", other.code), text));
    }
    let other_width = if width == 320 { 390 } else { 320 };
    let text = frame.text_with("phone-width", "width", &other_width.to_string());
    links.push(Link::new(&format!("{here}/{}?bredd={other_width}", language.code), text));
    links.push(Link::new(&format!("{own}/visa/{}", language.code), frame.text("phone-whole")));
    links.push(Link::new(&format!("{own}/fragor/redigera"), frame.text("editor-title")));
    links.push(Link::new(&own, frame.text("dialogue-back")));
    let shown = Page {
        dialogue: found.title().to_owned(),
        language: language.name.clone(),
        width: width.to_string(),
        source: format!("{own}/visa/{}", language.code),
        links,
        frame,
    };
    let mut response = page(&request, StatusCode::OK, &shown)?;
    let_frame_ours(response.headers_mut());
    Ok(response)
}
