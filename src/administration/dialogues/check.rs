//! The launch check: what is to be weighed before a dialogue opens.

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::{address, named};
use crate::http::error::Error;
use crate::http::site::page;
use crate::staff::LANGUAGE;
use crate::staff::office::Office;
use crate::staff::pages::StaffFrame;
use crate::survey::dialogue::{self, statement};
use crate::survey::launch::{self, Weight};

#[derive(Template)]
#[template(path = "staff/launch.html")]
struct Launch {
    frame: StaffFrame,
    title: String,
    back: String,
    answering: String,
    fault: Option<String>,
    blockers: Vec<String>,
    warnings: Vec<String>,
}

/// What the address may say: the share of residents who are expected to answer, in per cent.
#[derive(Deserialize)]
pub struct Asked {
    svarsandel: Option<String>,
}

/// The page.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn show(request: HttpRequest, office: Data<Office>, asked: web::Query<Asked>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let id = found.dialogue.id;
    let (words, statements) =
        Office::run(&office, move |_, conn| Ok((dialogue::words(conn, id)?, statement::statements(conn, id)?))).await?;
    let frame = StaffFrame::of(&request);
    let usual = launch::ANSWERING * 100.0;
    let written = asked.into_inner().svarsandel.unwrap_or_else(|| usual.to_string());
    let percent = written.trim().replace(',', ".").parse::<f64>().ok().filter(|share| (0.1..=100.0).contains(share));
    let fault = percent.is_none().then(|| frame.text("launch-answering-fault"));
    let found_out = launch::of_questionnaire(&found.questionnaire, percent.unwrap_or(usual) / 100.0)
        .into_iter()
        .chain(launch::of_dialogue(&found.dialogue, (&words, &statements), &found.questionnaire.languages));
    let (blockers, warnings): (Vec<_>, Vec<_>) = found_out.partition(|finding| finding.weight() == Weight::Blocker);
    let in_words = |findings: Vec<launch::Finding>| -> Vec<String> {
        findings.iter().map(|finding| finding.in_words(LANGUAGE)).collect()
    };
    let launch = Launch {
        frame,
        title: found.title().to_owned(),
        back: address(&found.dialogue),
        answering: written.replace('.', ","),
        blockers: in_words(blockers),
        warnings: in_words(warnings),
        fault,
    };
    let status = if launch.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(&request, status, &launch)
}
