//! A draft as a resident will see it, at `/personal/dialoger/{dialogue}/visa/{language}`.
//!
//! The same document from the same code, with the same routing and the same answers from the server; only that Send ends
//! here. Nothing is stored, nothing counted. Style sheet and script have addresses of their own, for those of residents are
//! served for published dialogues only.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::dialogues::{Found, address, named};
use crate::http::assets::{Asset, Assets};
use crate::http::body;
use crate::http::error::Error;
use crate::http::headers::let_ourselves_frame;
use crate::http::site::{accepted_encoding, encoded, html_response, page};
use crate::staff::office::Office;
use crate::staff::pages::{Link, Message, StaffFrame};
use crate::survey::answers::RawAnswers;
use crate::survey::document::{AssetAddresses, Context, Document, Filled, Open, Permutation};
use crate::survey::form::{self, Action, Checked};
use crate::survey::pages::form::refused;

/// The addresses of a draft's preview begin with this.
fn base(found: &Found) -> String {
    format!("{}/visa", address(&found.dialogue))
}

fn document(found: &Found) -> Document {
    let base = base(found);
    let assets = AssetAddresses { stylesheet: format!("{base}/stil.css"), script: format!("{base}/skript.js") };
    let context = Context { preview: Some(base), ..Context::default() };
    Document::unpublished(Arc::new(found.questionnaire.clone()), assets, context)
}

fn respond(
    request: &HttpRequest,
    document: &Document,
    status: StatusCode,
    language: &str,
    filled: &Filled<'_>,
) -> Result<HttpResponse, Error> {
    let html = document.filled(language, filled);
    let html = html.map_err(|error| Error::internal("the preview can't be rendered", error))?;
    let mut response = html_response(request, status, &html);
    let_ourselves_frame(response.headers_mut());
    Ok(response)
}

/// The language in the address, if the questionnaire offers it.
fn language(request: &HttpRequest, found: &Found) -> Result<String, Error> {
    let language = request.match_info().get("language").unwrap_or_default();
    found.questionnaire.language(language).map(|language| language.code.clone()).ok_or(Error::NotFound)
}

fn empty(raw: &RawAnswers) -> Filled<'_> {
    // One of the orders, the same one each time.
    Filled { raw, order: Permutation::from_form(None), receipt: "", open: Open::Start, faults: &[], notice: None }
}

/// The empty document.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue or language.
pub async fn show(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let language = language(&request, &found)?;
    respond(&request, &document(&found), StatusCode::OK, &language, &empty(&RawAnswers::default()))
}

/// What the service would answer to what was filled in.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue or language; [`Error::Malformed`] for what the document does not
/// send.
pub async fn take(request: HttpRequest, office: Data<Office>, payload: Payload) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let language = language(&request, &found)?;
    let body = body::read(&request, payload).await?;
    let posted = form::read(&found.questionnaire, &body).map_err(refused)?;
    let document = document(&found);
    let filled = Filled { order: Permutation::from_form(posted.order.as_deref()), ..empty(&posted.raw) };
    let (status, language, filled) = match &posted.action {
        Action::Language(other) => (StatusCode::OK, other.clone(), filled),
        Action::Review => (StatusCode::OK, language, Filled { open: Open::Review, ..filled }),
        Action::Submit => match form::check(&found.questionnaire, &posted.raw) {
            Checked::ScreenedOut => (StatusCode::OK, language, Filled { open: Open::Outside, ..filled }),
            Checked::Faulty(faults) => {
                let open = document.part_of(&faults);
                let filled = Filled { faults: &faults, open, ..filled };
                return respond(&request, &document, StatusCode::UNPROCESSABLE_ENTITY, &language, &filled);
            }
            Checked::Valid(_) => return sent(&request, &found, &language),
        },
    };
    respond(&request, &document, status, &language, &filled)
}

/// What is said instead of thanks.
fn sent(request: &HttpRequest, found: &Found, language: &str) -> Result<HttpResponse, Error> {
    let mut frame = StaffFrame::of(request);
    // At phone width the preview stands in a frame, where the ways to staff's other pages lead nowhere.
    let framed = request.headers().get("sec-fetch-dest").is_some_and(|of| of == "iframe");
    if framed {
        frame.person = None;
        frame.navigation.clear();
    }
    let mut message = Message {
        title: frame.text("preview-sent-title"),
        paragraphs: vec![frame.text("preview-sent")],
        links: vec![
            Link::new(&format!("{}/{language}", base(found)), frame.text("preview-again")),
            Link::new(&address(&found.dialogue), frame.text("dialogue-back")),
        ],
        frame,
    };
    if framed {
        message.links.truncate(1);
    }
    let mut response = page(request, StatusCode::OK, &message)?;
    let_ourselves_frame(response.headers_mut());
    Ok(response)
}

/// The style sheet.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn style(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    asset(&request, &office, |addresses| &addresses.stylesheet).await
}

/// The script.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn script(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    asset(&request, &office, |addresses| &addresses.script).await
}

async fn asset(
    request: &HttpRequest,
    office: &Data<Office>,
    which: fn(&AssetAddresses) -> &str,
) -> Result<HttpResponse, Error> {
    let found = named(request, office).await?;
    let mut assets = Assets::default();
    let addresses = AssetAddresses::register(&found.questionnaire, &mut assets);
    let asset: &Asset = assets.get(which(&addresses)).ok_or(Error::NotFound)?;
    let encoding = accepted_encoding(request);
    let mut response = HttpResponse::Ok();
    encoded(&mut response, encoding).content_type(asset.kind.content_type());
    Ok(response.body(asset.bytes(encoding).to_vec()))
}
