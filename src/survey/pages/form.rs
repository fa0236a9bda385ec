//! `/{language}/enkat`: the survey as one document, and Send.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::http::body;
use crate::http::error::Error;
use crate::http::frame::Frame;
use crate::http::origin;
use crate::http::prose::{Block, Prose, Run};
use crate::http::site::{Site, accepted_encoding, encoded, html_response, page};
use crate::http::totals::Counted;
use crate::survey::dialogue::{State, Words};
use crate::survey::document::{Filled, Notice, Open, Permutation};
use crate::survey::form::{self, Action, Checked, Refusal, Valid};
use crate::survey::letterbox::{Channel, HandInError, Letter};
use crate::survey::pages::desk::{Desk, Edition, Meant, meant};
use crate::survey::pages::{CLEAR_CACHE, address, frame, language, slug};
use crate::survey::{receipt, standard};

/// The status of every page that may hold answers: 203, which browsers show as they show 200.
///
/// Chromium keeps a page that was left as it stood, answers and all, and shows that when Back is pressed: its
/// "back/forward cache", which minds neither `no-store` nor `autocomplete=off`. `Clear-Site-Data` on what follows comes
/// before the page is put aside, and without scripts nothing in the page can forbid it. It takes status 200 only, though.
const NEVER_RESTORED: StatusCode = StatusCode::NON_AUTHORITATIVE_INFORMATION;

#[derive(Template)]
#[template(path = "not_taken.html")]
struct NotTakenPage {
    frame: Frame,
    title: String,
    text: Prose,
}

/// The empty survey.
///
/// # Errors
/// [`Error::NotFound`] where the address names no dialogue.
pub async fn show(request: HttpRequest, site: web::Data<Site>, desk: web::Data<Desk>) -> Result<HttpResponse, Error> {
    let language = language(&request)?;
    let editions = desk.editions();
    let edition = match meant(&editions, slug(&request), desk.clock.as_ref()).ok_or(Error::NotFound)? {
        Meant::One(edition) if edition.is_shown(desk.clock.as_ref()) => edition,
        Meant::One(edition) | Meant::Closed(Some(edition)) => {
            return no_longer(&request, &site, language, StatusCode::OK, NotTaken::of(edition));
        }
        Meant::Closed(None) => return no_longer(&request, &site, language, StatusCode::OK, NotTaken::Closed(None)),
        Meant::Several => return Ok(to(&format!("/{language}"))),
    };
    let language = offered(edition, language);
    desk.totals.count(Counted::SurveyShown, desk.clock.as_ref());
    // Drawn at once, for each draw asks the system; the bytes of one say nothing about the other.
    let mut chance = [0; 17];
    desk.randomness.fill(&mut chance);
    let [order, receipt @ ..] = chance;
    let (order, receipt) = (Permutation::from_chance(order), receipt::from_chance(receipt));
    let encoding = accepted_encoding(&request);
    let body = edition.document.empty(language, order, &receipt, encoding);
    let mut response = HttpResponse::build(NEVER_RESTORED);
    encoded(&mut response, encoding).content_type("text/html; charset=utf-8");
    Ok(response.body(body))
}

/// A filled-in survey: Send, review by the server, or another language.
///
/// # Errors
/// [`Error`] for what none of our pages sends. What a resident can do herself is told in the document,
/// with everything she gave.
pub async fn take(
    request: HttpRequest,
    site: web::Data<Site>,
    desk: web::Data<Desk>,
    payload: web::Payload,
) -> Result<HttpResponse, Error> {
    let language = language(&request)?;
    if origin::is_foreign(&request, &site.public_url) {
        return Err(Error::Foreign);
    }
    let body = body::read(&request, payload).await?;
    let editions = desk.editions();
    let edition = match meant(&editions, slug(&request), desk.clock.as_ref()).ok_or(Error::NotFound)? {
        Meant::One(edition) | Meant::Closed(Some(edition)) => edition,
        Meant::Closed(None) => return no_longer(&request, &site, language, StatusCode::GONE, NotTaken::Closed(None)),
        Meant::Several => return Err(Error::Malformed("several dialogues are open".to_owned())),
    };
    let language = offered(edition, language);
    let posted = form::read(&edition.questionnaire, &body).map_err(refused)?;
    // Without a receipt of ours she gets one, so that sending again counts once.
    let receipt = posted.receipt.clone().unwrap_or_else(|| receipt::issue(desk.randomness.as_ref()));
    let filled = Filled {
        raw: &posted.raw,
        order: Permutation::from_form(posted.order.as_deref()),
        receipt: &receipt,
        open: Open::Start,
        faults: &[],
        notice: None,
    };
    let respond = |status, language: &str, filled: Filled<'_>| {
        let html = edition.document.filled(language, &filled);
        let html = html.map_err(|error| Error::internal("the filled survey can't be rendered", error))?;
        Ok(html_response(&request, status, &html))
    };
    match &posted.action {
        Action::Language(other) => respond(NEVER_RESTORED, other, filled),
        Action::Review => respond(NEVER_RESTORED, language, Filled { open: Open::Review, ..filled }),
        Action::Submit => match form::check(&edition.questionnaire, &posted.raw) {
            Checked::ScreenedOut => respond(NEVER_RESTORED, language, Filled { open: Open::Outside, ..filled }),
            Checked::Faulty(faults) => {
                let open = edition.document.part_of(&faults);
                respond(StatusCode::UNPROCESSABLE_ENTITY, language, Filled { faults: &faults, open, ..filled })
            }
            Checked::Valid(valid) => match desk.hand_in(edition, valid, posted.receipt.clone()).await {
                Ok(()) => Ok(to(&address(language, slug(&request), "tack"))),
                Err(HandInError::Closed) => {
                    no_longer(&request, &site, language, StatusCode::GONE, NotTaken::of(edition))
                }
                Err(HandInError::OtherOrigin(_)) => {
                    no_longer(&request, &site, language, StatusCode::CONFLICT, NotTaken::Simulated)
                }
                Err(HandInError::Unavailable(_)) => {
                    let filled = Filled { notice: Some(Notice::NotTaken), open: Open::Review, ..filled };
                    let mut response = respond(StatusCode::SERVICE_UNAVAILABLE, language, filled)?;
                    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("30"));
                    Ok(response)
                }
            },
        },
    }
}

impl Desk {
    /// Hands in answers; returns when they are durable. A receipt that is spent says that they already are.
    async fn hand_in(&self, edition: &Edition, valid: Valid, receipt: Option<String>) -> Result<(), HandInError> {
        let letter = Letter {
            version: edition.questionnaire.version,
            channel: Channel::web(),
            answers: valid.answers,
            comments: valid.comments,
        };
        self.letterbox.hand_in(edition.dialogue.id, letter, receipt).await?;
        self.totals.count(Counted::HandedIn, self.clock.as_ref());
        Ok(())
    }
}

/// The language, where the questionnaire offers it, else the questionnaire's first.
fn offered<'a>(edition: &'a Edition, language: &'a str) -> &'a str {
    edition.questionnaire.language(language).map_or(edition.questionnaire.default_language(), |offered| &offered.code)
}

/// What a refusal is on the way out.
pub fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::TooLarge => Error::TooLarge,
        Refusal::UnknownField | Refusal::UnknownOption(_) | Refusal::Repeated(_) | Refusal::UnknownAction => {
            Error::Malformed(refusal.to_string())
        }
    }
}

/// Why a survey is not to be answered.
#[derive(Debug, Clone, Copy)]
enum NotTaken<'a> {
    /// Its time is over; it may have words of its own about that.
    Closed(Option<&'a Words>),
    /// It is taken back for a while.
    Paused,
    /// Its answers are made up, and anyone may read them: a resident's must not join them.
    Simulated,
}

impl<'a> NotTaken<'a> {
    /// Why an edition that is not shown is not.
    fn of(edition: &'a Edition) -> Self {
        if edition.dialogue.state == State::Paused { Self::Paused } else { Self::Closed(Some(&edition.words)) }
    }
}

fn no_longer(
    request: &HttpRequest,
    site: &Site,
    language: &str,
    status: StatusCode,
    why: NotTaken<'_>,
) -> Result<HttpResponse, Error> {
    let frame = frame(request, site, language);
    let (title, mut text) = match why {
        NotTaken::Closed(words) => {
            let own = words.and_then(|words| words.closed.get(language));
            ("closed-title", own.map_or_else(|| Prose::parse(&standard::closed(language)), |text| Prose::parse(text)))
        }
        NotTaken::Paused => ("paused-title", Prose::parse(&frame.text("paused-text"))),
        NotTaken::Simulated => ("simulated-title", Prose::parse(&frame.text("simulated-text"))),
    };
    text.blocks.push(Block::Paragraph(vec![Run::plain(&frame.text("not-taken-saved"))]));
    page(request, status, &NotTakenPage { title: frame.text(title), text, frame })
}

/// 303, and the browser forgets the filled-in page it leaves.
fn to(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).insert_header(CLEAR_CACHE).finish()
}
