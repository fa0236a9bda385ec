//! `/{language}`: the open surveys.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::http::error::Error;
use crate::http::frame::Frame;
use crate::http::site::{Site, page};
use crate::survey::pages::desk::{Desk, Edition};
use crate::survey::pages::{address, language};

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    dialogues: Vec<OpenDialogue>,
}

struct OpenDialogue {
    title: String,
    who: String,
    address: String,
}

/// The first page.
///
/// # Errors
/// [`Error::NotFound`] for an unknown language.
pub async fn show(request: HttpRequest, site: web::Data<Site>, desk: web::Data<Desk>) -> Result<HttpResponse, Error> {
    let language = language(&request)?;
    let editions = desk.editions();
    let open: Vec<&Edition> = editions.iter().filter(|edition| edition.is_shown(desk.clock.as_ref())).collect();
    let dialogues = open
        .iter()
        .map(|edition| OpenDialogue {
            title: edition.questionnaire.title.in_language(language).to_owned(),
            who: edition.questionnaire.target_population.in_language(language).to_owned(),
            address: address(language, (open.len() > 1).then_some(edition.dialogue.slug.as_str()), "enkat"),
        })
        .collect();
    let mut frame = site.frame(language, request.path());
    frame.simulated = open.iter().any(|edition| edition.is_simulated());
    page(&request, StatusCode::OK, &Home { frame, dialogues })
}
