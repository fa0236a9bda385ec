//! `/personal/inmatning`: for which dialogues answers can be keyed in.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};

use super::{Asked, own, refusal};
use crate::http::error::Error;
use crate::http::site::page;
use crate::staff::office::Office;
use crate::staff::pages::{Link, Message, StaffFrame};
use crate::survey::pages::desk::{Desk, Edition};

/// The list's address.
pub const LIST: &str = "/personal/inmatning";

/// The page.
///
/// # Errors
/// [`Error::Internal`] where the template fails.
pub async fn show(
    request: HttpRequest,
    office: Data<Office>,
    desk: Data<Desk>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let frame = StaffFrame::of(&request);
    let (now, editions) = (office.clock.now(), desk.editions());
    let link = |edition: &Edition| {
        let questionnaire = &edition.questionnaire;
        let title = questionnaire.title.in_language(questionnaire.default_language());
        Link::new(&own(&edition.dialogue), frame.text_with("keying-for", "dialogue", title))
    };
    let open = editions.iter().filter(|edition| refusal(&edition.dialogue, now).is_none());
    let links: Vec<Link> = open.map(link).collect();
    let lead = if links.is_empty() { "keying-list-empty" } else { "keying-list" };
    let ended = (asked.nyss.as_deref() == Some("avslutad")).then(|| frame.text("keying-ended"));
    let paragraphs = ended.into_iter().chain([frame.text(lead)]).collect();
    page(&request, StatusCode::OK, &Message { title: frame.text("keying-title"), paragraphs, links, frame })
}
