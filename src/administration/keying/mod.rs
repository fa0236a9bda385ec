//! Paper answers, keyed in: `/personal/dialoger/{dialogue}/inmatning`.
//!
//! One dense page with every question, as it stands on paper: a keyer types the numbers of the options and never needs
//! the mouse. What she saves takes the same checks as what a resident sends. The latest form can be taken back
//! ([`survey::keying`](crate::survey::keying)); the log gets one line when the sitting ends, and says neither how many
//! forms there were nor when.

mod end;
mod list;
mod view;

use actix_web::http::StatusCode;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::Timestamp;
use serde::Deserialize;

pub use end::{end, end_abandoned};
pub use list::{LIST, show as list};

use super::dialogues::{Found, address, named};
use crate::db::{self, Connection};
use crate::http::error::Error;
use crate::http::form::Fields;
use crate::http::site::page;
use crate::id::RandomId;
use crate::staff::failure::Failure;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{FormPage, Link, Message, StaffFrame, to};
use crate::staff::role::{Role, Roles};
use crate::survey::dialogue::{Dialogue, Origin};
use crate::survey::form::{Checked, RECEIPT_FIELD, check};
use crate::survey::keying::{self, EntryFault};
use crate::survey::letterbox::{Channel, HandInError, HandedIn, Letter};
use crate::survey::pages::desk::Desk;
use crate::survey::receipt;
use view::{FaultLine, Section};

/// Whether someone with these roles may key in answers; the routes say the same.
pub fn may_key(roles: &Roles) -> bool {
    [Role::Administrator, Role::Coordinator, Role::Secretary].iter().any(|role| roles.contains(role))
}

#[derive(Template)]
#[template(path = "staff/keying.html")]
struct Page {
    frame: StaffFrame,
    title: String,
    own: String,
    receipt: String,
    notice: Option<String>,
    faults: Vec<FaultLine>,
    sections: Vec<Section>,
    /// Whether the form that was saved last can be taken back.
    takes_back: bool,
}

/// What the address may say: what has just been done.
#[derive(Deserialize)]
pub struct Asked {
    nyss: Option<String>,
}

impl Asked {
    fn notice(&self) -> Option<&'static str> {
        match self.nyss.as_deref()? {
            "sparad" => Some("keying-saved"),
            "redan" => Some("keying-saved-before"),
            "tillbaka" => Some("keying-taken-back"),
            "inget" => Some("keying-nothing-to-take-back"),
            _ => None,
        }
    }
}

fn own(dialogue: &Dialogue) -> String {
    format!("{}/inmatning", address(dialogue))
}

/// Why nothing can be keyed in, by key.
fn refusal(dialogue: &Dialogue, now: Timestamp) -> Option<&'static str> {
    if !dialogue.accepts(now) {
        Some("keying-closed")
    } else {
        (dialogue.origin == Some(Origin::Simulated)).then_some("keying-simulated")
    }
}

fn refused(request: &HttpRequest, status: StatusCode, key: &str) -> Result<HttpResponse, Error> {
    let frame = StaffFrame::of(request);
    let (title, paragraphs) = (frame.text("keying-title"), vec![frame.text(key)]);
    let links = vec![Link::new(LIST, frame.text("keying-back-to-list"))];
    page(request, status, &Message { title, paragraphs, links, frame })
}

/// The empty form; before a sitting has begun, how to key in and the button that begins one.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn show(
    request: HttpRequest,
    office: Data<Office>,
    staff: Staff,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    if let Some(key) = refusal(&found.dialogue, office.clock.now()) {
        return refused(&request, StatusCode::OK, key);
    }
    let (id, session) = (found.dialogue.id, staff.session.id);
    let state = Office::run(&office, move |_, conn| match keying::of_session(conn, id, session)? {
        Some(sitting) => Ok(Some(keying::can_take_back(conn, &sitting)?)),
        None => Ok(None),
    });
    let Some(takes_back) = state.await? else {
        let mut form = FormPage::new(&request, "keying-title", "keying-begin");
        form.action = format!("{}/borja", own(&found.dialogue));
        form.lead = std::iter::once(format!("{}.", found.title()))
            .chain(view::GUIDANCE.iter().map(|key| form.frame.text(key)))
            .collect();
        form.links = vec![Link::new(LIST, form.frame.text("keying-back-to-list"))];
        return form.respond(&request);
    };
    let notice = asked.notice();
    let receipt = receipt::issue(office.randomness.as_ref());
    let filled = Filled { typed: &Fields::default(), faults: &[], notice, takes_back, receipt };
    respond(&request, StatusCode::OK, &found, filled)
}

/// A form as it is shown.
struct Filled<'a> {
    typed: &'a Fields,
    faults: &'a [EntryFault],
    notice: Option<&'static str>,
    takes_back: bool,
    receipt: String,
}

fn respond(
    request: &HttpRequest,
    status: StatusCode,
    found: &Found,
    filled: Filled<'_>,
) -> Result<HttpResponse, Error> {
    let frame = StaffFrame::of(request);
    let (sections, faults) = view::sections(&found.questionnaire, filled.typed, filled.faults);
    let shown = Page {
        title: found.title().to_owned(),
        own: own(&found.dialogue),
        receipt: filled.receipt,
        notice: filled.notice.map(|key| frame.text(key)),
        takes_back: filled.takes_back,
        faults,
        sections,
        frame,
    };
    page(request, status, &shown)
}

/// Begins a sitting.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn begin(request: HttpRequest, office: Data<Office>, staff: Staff) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    if let Some(key) = refusal(&found.dialogue, office.clock.now()) {
        return refused(&request, StatusCode::CONFLICT, key);
    }
    let (id, account, session) = (found.dialogue.id, staff.id, staff.session.id);
    Office::run(&office, move |office, conn| {
        Ok(db::write(conn, |conn| keying::begin(conn, id, account, session, office.randomness.as_ref()))?)
    })
    .await?;
    Ok(to(&own(&found.dialogue)))
}

/// Saves a form.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue. What the keyer can do herself is told on the page, with
/// everything that she typed.
pub async fn take(
    request: HttpRequest,
    office: Data<Office>,
    desk: Data<Desk>,
    staff: Staff,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let entered = keying::read(&found.questionnaire, |name| fields.text(name));
    let mut faults = entered.faults;
    let (notice, valid) = match check(&found.questionnaire, &entered.raw) {
        Checked::Valid(valid) => (None, Some(valid)),
        Checked::ScreenedOut => (Some("keying-screened-out"), None),
        Checked::Faulty(found) => {
            let unread: Vec<usize> = faults.iter().map(|fault| fault.field).collect();
            faults.extend(found.into_iter().map(EntryFault::from).filter(|fault| !unread.contains(&fault.field)));
            faults.sort_by_key(|fault| fault.field);
            (None, None)
        }
    };
    let receipt = fields.text(RECEIPT_FIELD);
    let again = |status, notice, faults: &[EntryFault], takes_back| {
        let filled = Filled { typed: &fields, faults, notice, takes_back, receipt: receipt.clone() };
        respond(&request, status, &found, filled)
    };
    let (id, account, session) = (found.dialogue.id, staff.id, staff.session.id);
    let Some(valid) = valid.filter(|_| faults.is_empty()) else {
        let takes_back = Office::run(&office, move |_, conn| takes_back(conn, id, session)).await?;
        return again(StatusCode::UNPROCESSABLE_ENTITY, notice.filter(|_| faults.is_empty()), &faults, takes_back);
    };
    let letter = Letter {
        version: found.questionnaire.version,
        channel: Channel::paper(),
        answers: valid.answers,
        comments: valid.comments,
    };
    let receipt = receipt.clone();
    let held = Office::run(&office, move |office, conn| {
        let keyed = desk.letterbox.keyed(id, &letter, Some(&receipt)).map_err(HandInError::from);
        let held = match keyed {
            Ok(mut keyed) => db::write(conn, |conn| {
                let sitting = keying::begin(conn, id, account, session, office.randomness.as_ref())?;
                desk.letterbox.hold(conn, &mut keyed, sitting.id)
            })?,
            Err(refusal) => Err(refusal),
        };
        Ok((held, takes_back(conn, id, session)?))
    });
    match held.await? {
        (Ok(HandedIn::Stored), _) => Ok(to(&format!("{}?nyss=sparad", own(&found.dialogue)))),
        (Ok(HandedIn::AlreadyStored), _) => Ok(to(&format!("{}?nyss=redan", own(&found.dialogue)))),
        (Err(HandInError::Closed), can) => again(StatusCode::CONFLICT, Some("keying-closed"), &[], can),
        (Err(HandInError::OtherOrigin(_)), can) => again(StatusCode::CONFLICT, Some("keying-simulated"), &[], can),
        (Err(HandInError::Unavailable(error)), can) => {
            tracing::warn!(%error, "a keyed form could not be stored");
            again(StatusCode::SERVICE_UNAVAILABLE, Some("keying-unavailable"), &[], can)
        }
    }
}

fn takes_back(conn: &mut Connection, dialogue: RandomId, session: RandomId) -> Result<bool, Failure> {
    match keying::of_session(conn, dialogue, session)? {
        Some(sitting) => Ok(keying::can_take_back(conn, &sitting)?),
        None => Ok(false),
    }
}

/// Takes back the form that was saved last.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn take_back(request: HttpRequest, office: Data<Office>, staff: Staff) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let (id, session) = (found.dialogue.id, staff.session.id);
    let taken = Office::run(&office, move |_, conn| {
        Ok(db::write(conn, |conn| match keying::of_session(conn, id, session)? {
            Some(sitting) => keying::take_back(conn, &sitting),
            None => Ok(false),
        })?)
    });
    let done = if taken.await? { "tillbaka" } else { "inget" };
    Ok(to(&format!("{}?nyss={done}", own(&found.dialogue))))
}
