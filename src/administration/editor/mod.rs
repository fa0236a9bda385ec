//! The questionnaire's editor: `/personal/dialoger/{dialogue}/fragor/…`.
//!
//! No script and no model of its own: every page is a form over a piece of the definition's syntax tree
//! ([`crate::survey::definition::edit`]). What was typed is written into the tree, then the button's act is done, then the
//! checker judges the whole; only what passes is stored. While the dialogue is open only texts are offered, and anything
//! else is refused by the same code that refuses it in a file.
//!
//! Who is late by a revision finds all that she typed, beside what stands there now.

mod act;
mod add;
mod fill;
pub mod flow;
pub mod phone;
mod picture;
mod rules;
mod view;

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};

use self::act::{Doing, apply, perform};
use self::view::{Answer, Page};
use super::dialogues::{Found, address, named, revision};
use super::questionnaire::{Given, Takes, store};
use crate::administration::change::in_words;
use crate::http::error::Error;
use crate::http::form::Fields;
use crate::http::site::page;
use crate::staff::LANGUAGE;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::to;
use crate::survey::definition::edit::{Draft, Placed};
use crate::survey::dialogue::ChangeError;
use crate::survey::pages::desk::Desk;

/// What a page edits.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Thing {
    /// The order of parts, and the way to everything else.
    Overview,
    /// A part.
    Part(String),
    /// A question, by its path.
    Question(String),
    /// A shared list of options.
    List(String),
    /// Options that are shared one by one.
    Shared,
}

impl Thing {
    /// The thing that the address names.
    fn of(request: &HttpRequest, draft: &Draft) -> Option<Self> {
        let info = request.match_info();
        let Some(kind) = info.get("kind") else { return Some(Self::Overview) };
        let name = info.get("thing").unwrap_or_default();
        let known = |list: &str| draft.names(list).iter().any(|known| known == name).then(|| name.to_owned());
        match kind {
            "del" => known("parts").map(Self::Part),
            "fraga" => draft.question(name).map(Self::Question),
            "lista" => known("lists").map(Self::List),
            "gemensamma" if name == "svar" => Some(Self::Shared),
            _ => None,
        }
    }

    /// Its path in the tree.
    fn path(&self) -> String {
        match self {
            Self::Overview => "parts".to_owned(),
            Self::Part(name) => format!("parts.{name}"),
            Self::Question(path) => path.clone(),
            Self::List(name) => format!("lists.{name}"),
            Self::Shared => "options".to_owned(),
        }
    }

    /// Its address below the dialogue's.
    fn address(&self) -> String {
        match self {
            Self::Overview => "fragor/redigera".to_owned(),
            Self::Part(name) => format!("fragor/del/{name}"),
            Self::Question(path) => format!("fragor/fraga/{}", path.rsplit('.').next().unwrap_or_default()),
            Self::List(name) => format!("fragor/lista/{name}"),
            Self::Shared => "fragor/gemensamma/svar".to_owned(),
        }
    }
}

/// The dialogue's questionnaire as a tree.
fn draft(found: &Found) -> Result<Draft, Error> {
    let definition = &found.definition;
    Draft::read(&definition.file_name, &definition.text)
        .map_err(|_| Error::internal("a stored questionnaire can't be read", found.dialogue.slug.as_str().to_owned()))
}

/// A page of the editor.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue, part, question or list.
pub async fn show(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let draft = draft(&found)?;
    let thing = Thing::of(&request, &draft).ok_or(Error::NotFound)?;
    page(&request, StatusCode::OK, &Page::of(&request, &found, &draft, &thing, Answer::default()))
}

/// Takes what was typed, and does what the button says.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue, part, question or list; [`Error::Malformed`] without the revision.
pub async fn take(
    request: HttpRequest,
    office: Data<Office>,
    desk: Data<Desk>,
    staff: Staff,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let base = revision(&fields)?;
    let before = draft(&found)?;
    let thing = Thing::of(&request, &before).ok_or(Error::NotFound)?;
    let Some(takes) = Takes::in_state(found.dialogue.state) else {
        let answer = Answer { notice: Some("questionnaire-fixed"), ..Answer::typed(&fields) };
        return page(&request, StatusCode::CONFLICT, &Page::of(&request, &found, &before, &thing, answer));
    };
    if base != found.dialogue.revision {
        return late(&request, &office, &fields).await;
    }
    let doing = Doing::of(&fields);
    if takes.texts_only() && doing != Doing::Save {
        let answer = Answer { notice: Some("questionnaire-texts-only"), ..Answer::typed(&fields) };
        return page(&request, StatusCode::CONFLICT, &Page::of(&request, &found, &before, &thing, answer));
    }
    let mut after = before.clone();
    apply(&mut after, &thing, &fields, takes);
    let next = perform(&mut after, &thing, &doing, &fields);
    let version = after.value("version").and_then(|version| version.parse().ok()).unwrap_or(found.definition.version);
    let file_name = found.definition.file_name.clone();
    // Checking takes its time, and residents are served by this thread.
    let judged = web::block(move || after.checked(&file_name)).await;
    let text = match judged.map_err(|error| Error::internal("checking a questionnaire was cut off", error))? {
        Ok(text) => text,
        Err(problems) => return refused(&request, &found, &before, &thing, &fields, problems),
    };
    let given = Given { file_name: found.definition.file_name.clone(), text, version };
    match store(&office, &desk, &staff, &found.dialogue, base, given).await? {
        Ok(dialogue) => Ok(to(&format!("{}/{}?klart=ja", address(&dialogue), next.address()))),
        Err(ChangeError::ChangedMeanwhile) => late(&request, &office, &fields).await,
        Err(ChangeError::Structure(lines)) => {
            let lines = lines.iter().map(|line| line.in_language(LANGUAGE)).collect();
            let answer = Answer { notice: Some("questionnaire-structure"), lines, ..Answer::typed(&fields) };
            page(&request, StatusCode::CONFLICT, &Page::of(&request, &found, &before, &thing, answer))
        }
        Err(error) => {
            let answer = Answer { told: Some(in_words(&error)), ..Answer::typed(&fields) };
            page(&request, StatusCode::CONFLICT, &Page::of(&request, &found, &before, &thing, answer))
        }
    }
}

fn refused(
    request: &HttpRequest,
    found: &Found,
    before: &Draft,
    thing: &Thing,
    fields: &Fields,
    problems: Vec<Placed>,
) -> Result<HttpResponse, Error> {
    let answer = Answer { problems, ..Answer::typed(fields) };
    page(request, StatusCode::UNPROCESSABLE_ENTITY, &Page::of(request, found, before, thing, answer))
}

/// Someone else was faster: what was typed, beside what stands there now. Saving again is then a decision.
async fn late(request: &HttpRequest, office: &Data<Office>, fields: &Fields) -> Result<HttpResponse, Error> {
    let found = named(request, office).await?;
    let draft = draft(&found)?;
    let gone = Thing::of(request, &draft).is_none();
    let thing = Thing::of(request, &draft).unwrap_or(Thing::Overview);
    let notice = if gone { "editor-late-gone" } else { "editor-late" };
    let answer = Answer { notice: Some(notice), compares: true, ..Answer::typed(fields) };
    page(request, StatusCode::CONFLICT, &Page::of(request, &found, &draft, &thing, answer))
}
