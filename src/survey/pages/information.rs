//! Pages of running text: support, focus groups, results.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::http::error::Error;
use crate::http::frame::Frame;
use crate::http::prose::{Block, Prose, Run};
use crate::http::site::{Site, page};
use crate::i18n;
use crate::survey::pages::desk::{Desk, Meant, meant};
use crate::survey::pages::statements::contact;
use crate::survey::pages::{frame, language, slug};

#[derive(Template)]
#[template(path = "text_page.html")]
struct TextPage {
    frame: Frame,
    title: String,
    text: Prose,
}

const FOCUS_GROUPS: [&str; 4] = ["focus-what", "focus-how", "focus-apart", "focus-not-open"];

const RESULTS: [&str; 2] = ["results-when", "results-how"];

/// A paragraph for each line.
fn paragraphs<'a>(lines: impl Iterator<Item = &'a str>) -> Prose {
    Prose { blocks: lines.map(|line| Block::Paragraph(vec![Run::plain(line)])).collect(), below: false }
}

fn text_page(request: &HttpRequest, site: &Site, title: &str, keys: &[&str]) -> Result<HttpResponse, Error> {
    let language = language(request)?;
    let lines: Vec<String> = keys.iter().map(|key| i18n::text(language, key)).collect();
    let text = paragraphs(lines.iter().map(String::as_str));
    let title = i18n::text(language, title);
    page(request, StatusCode::OK, &TextPage { frame: frame(request, site, language), title, text })
}

/// What focus groups are.
///
/// # Errors
/// [`Error::NotFound`] for an unknown language.
pub async fn focus_groups(request: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, Error> {
    text_page(&request, &site, "focus-title", &FOCUS_GROUPS)
}

/// When results come.
///
/// # Errors
/// [`Error::NotFound`] for an unknown language.
pub async fn results(request: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, Error> {
    text_page(&request, &site, "results-title", &RESULTS)
}

/// Support numbers: those of the dialogue that the address means, else of any; and whom to ask about it.
///
/// # Errors
/// [`Error::NotFound`] where no dialogue was ever opened.
pub async fn support(
    request: HttpRequest,
    site: web::Data<Site>,
    desk: web::Data<Desk>,
) -> Result<HttpResponse, Error> {
    let language = language(&request)?;
    let editions = desk.editions();
    let (edition, is_meant) = match meant(&editions, slug(&request), desk.clock.as_ref()).ok_or(Error::NotFound)? {
        Meant::One(edition) | Meant::Closed(Some(edition)) => (edition, true),
        Meant::Several | Meant::Closed(None) => (editions.first().ok_or(Error::NotFound)?, false),
    };
    let mut text = paragraphs(edition.questionnaire.texts.support.in_language(language).lines());
    if is_meant {
        text.blocks.extend(contact(&edition.words.contact, language).blocks);
    }
    let title = i18n::text(language, "support-title");
    page(&request, StatusCode::OK, &TextPage { frame: frame(&request, &site, language), title, text })
}
