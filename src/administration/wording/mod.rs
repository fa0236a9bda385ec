//! What a dialogue says to residents beside its questionnaire: `/personal/dialoger/{dialogue}/texter`, `…/integritet` and
//! `…/tillganglighet`. All languages stand side by side, and what is published stays.

mod difference;
mod own;
mod publish;
mod statements;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::dialogues::{Found, address};
use crate::http::error::Error;
use crate::http::form::{Faults, Field, Kind};
use crate::i18n;
use crate::staff::pages::{Link, StaffFrame};
use crate::survey::dialogue::State;

pub use own::{save, show as own};
pub use publish::{publish, show as new_statement};
pub use statements::{list as statements, show as statement};

/// A form of texts, a column for each language.
#[derive(Template)]
#[template(path = "staff/texts.html")]
struct TextsPage {
    frame: StaffFrame,
    title: String,
    notice: Option<String>,
    lead: Vec<String>,
    faults: Faults,
    /// What is the same in all languages, and its heading.
    fields: Vec<Field>,
    fields_heading: String,
    /// The texts, and their heading.
    texts: Vec<Field>,
    texts_heading: String,
    how: Vec<String>,
    revision: i32,
    action: String,
    button: String,
    links: Vec<Link>,
}

impl TextsPage {
    fn new(request: &HttpRequest, found: &Found, title: &str, button: &str) -> Self {
        let frame = StaffFrame::of(request);
        let mut lead = vec![format!("{}.", found.title())];
        if found.dialogue.state == State::Reviewed {
            lead.push(frame.text("dialogue-edit-reviewed"));
        }
        Self {
            title: frame.text(title),
            button: frame.text(button),
            notice: None,
            lead,
            faults: Faults::default(),
            fields: Vec::new(),
            fields_heading: String::new(),
            texts: Vec::new(),
            texts_heading: String::new(),
            how: ["wording-how", "wording-how-link"].map(|key| frame.text(key)).to_vec(),
            revision: found.dialogue.revision,
            action: request.path().to_owned(),
            links: vec![Link::new(&address(&found.dialogue), frame.text("dialogue-back"))],
            frame,
        }
    }

    /// 422 where there are faults.
    fn status(&self) -> StatusCode {
        if self.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}

/// The interface's languages that the dialogue offers, which are those in which residents read its pages; Swedish first.
fn languages(found: &Found) -> Vec<&'static str> {
    let offered = |code: &&'static str| *code == i18n::DEFAULT_LANGUAGE || found.questionnaire.language(code).is_some();
    i18n::languages().filter(offered).collect()
}

/// The field of a language's text.
fn text_field(code: &'static str, rows: u32) -> Field {
    Field::new(code, i18n::text(code, "language-own-name"), Kind::Text { language: code, rows })
}

/// Whether the dialogue's texts may still be changed.
fn is_open_to_change(found: &Found) -> Result<(), Error> {
    match found.dialogue.state {
        State::Archived | State::Purged => Err(Error::NotFound),
        State::Draft | State::Reviewed | State::Open | State::Paused | State::Closing | State::Closed => Ok(()),
    }
}
