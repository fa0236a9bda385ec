//! What is handed out on paper, as PDFs to fetch: `/personal/dialoger/{dialogue}/papper`.
//!
//! The same bytes as the command `print` writes. Each is made when it is asked for, on a thread that may block: a
//! questionnaire takes tenths of a second.

use actix_web::http::{StatusCode, header};
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::dialogues::{Found, address, named};
use crate::clock::day;
use crate::http::error::Error;
use crate::http::site::page;
use crate::staff::office::Office;
use crate::staff::pages::{Link, Message, StaffFrame};
use crate::survey::definition::Language;
use crate::survey::dialogue;
use crate::survey::paper::{self, Occasion, Paper};

/// The most characters that the place has on the questionnaire.
const LONGEST_PLACE: usize = 120;

/// What the address may say: where questionnaires are handed in.
#[derive(Deserialize)]
pub struct Asked {
    inlamning: Option<String>,
}

impl Asked {
    fn place(&self) -> Option<&str> {
        self.inlamning.as_deref().map(str::trim).filter(|place| !place.is_empty())
    }

    fn is_too_long(&self) -> bool {
        self.place().is_some_and(|place| place.chars().count() > LONGEST_PLACE)
    }
}

#[derive(Template)]
#[template(path = "staff/papers.html")]
struct Page {
    frame: StaffFrame,
    title: String,
    back: String,
    place: String,
    fault: Option<String>,
    languages: Vec<(String, String, Vec<Link>)>,
}

/// The page.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn show(request: HttpRequest, office: Data<Office>, asked: web::Query<Asked>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    if let Some(key) = refusal(&office, &found) {
        return refused(&request, &found, StatusCode::OK, key);
    }
    let frame = StaffFrame::of(&request);
    let fault = asked.is_too_long().then(|| frame.text("papers-place-fault"));
    let query = match asked.place().filter(|_| fault.is_none()) {
        Some(place) => {
            format!("?{}", form_urlencoded::Serializer::new(String::new()).append_pair("inlamning", place).finish())
        }
        None => String::new(),
    };
    let links = |language: &Language| {
        let link = |paper: Paper| {
            let file = paper.file_name(language);
            Link::new(&format!("{}/papper/{file}{query}", address(&found.dialogue)), frame.text(name(paper)))
        };
        (language.code.clone(), language.name.clone(), Paper::ALL.into_iter().map(link).collect())
    };
    let shown = Page {
        title: found.title().to_owned(),
        back: address(&found.dialogue),
        place: asked.inlamning.clone().unwrap_or_default(),
        languages: found.questionnaire.languages.iter().map(links).collect(),
        fault,
        frame,
    };
    let status = if shown.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(&request, status, &shown)
}

/// One PDF.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue or paper; [`Error::Malformed`] for a place that our page links to
/// nothing with.
pub async fn send(request: HttpRequest, office: Data<Office>, asked: web::Query<Asked>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let file = request.match_info().get("file").unwrap_or_default();
    let papers = found.questionnaire.languages.iter().flat_map(|language| Paper::ALL.map(|paper| (language, paper)));
    let (language, paper) = papers
        .map(|(language, paper)| (language.clone(), paper))
        .find(|(language, paper)| paper.file_name(language) == file)
        .ok_or(Error::NotFound)?;
    if let Some(key) = refusal(&office, &found) {
        return refused(&request, &found, StatusCode::CONFLICT, key);
    }
    if asked.is_too_long() {
        return Err(Error::Malformed("inlamning".to_owned()));
    }
    let all = Office::run(&office, |_, conn| Ok(dialogue::all(conn)?)).await?;
    let name = format!("{}-{file}", found.dialogue.slug);
    let (date, site) = (day(office.clock.now()), office.public_url.clone());
    let printed = web::block(move || {
        let others = paper::others(&all, &found.dialogue);
        let occasion = Occasion { site: &site, others, hand_in: asked.place(), date };
        paper.print(&occasion.print(&found.dialogue, &found.questionnaire, &language))
    });
    match printed.await.map_err(|error| Error::internal("printing was cut off", error))? {
        Ok(bytes) => Ok(HttpResponse::Ok()
            .content_type("application/pdf")
            .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
            .body(bytes)),
        Err(error) => {
            let found = named(&request, &office).await?;
            let frame = StaffFrame::of(&request);
            let text = frame.text_with("papers-unprinted", "problem", &error.to_string());
            message(&request, frame, &found, StatusCode::CONFLICT, text)
        }
    }
}

/// The key of a paper's name.
fn name(paper: Paper) -> &'static str {
    match paper {
        Paper::Questionnaire => "papers-questionnaire",
        Paper::Poster => "papers-poster",
        Paper::Cards => "papers-cards",
    }
}

/// Why nothing is printed, by key. Under no public address a QR code would lead to whatever machine read it.
fn refusal(office: &Office, found: &Found) -> Option<&'static str> {
    if !paper::is_printed(&found.dialogue) { Some("papers-over") } else { office.demo.then_some("papers-no-address") }
}

fn refused(request: &HttpRequest, found: &Found, status: StatusCode, key: &str) -> Result<HttpResponse, Error> {
    let frame = StaffFrame::of(request);
    let text = frame.text(key);
    message(request, frame, found, status, text)
}

fn message(
    request: &HttpRequest,
    frame: StaffFrame,
    found: &Found,
    status: StatusCode,
    text: String,
) -> Result<HttpResponse, Error> {
    let links = vec![Link::new(&address(&found.dialogue), frame.text("dialogue-back"))];
    page(request, status, &Message { title: frame.text("papers-title"), paragraphs: vec![text], links, frame })
}
