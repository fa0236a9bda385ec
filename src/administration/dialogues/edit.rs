//! What can be changed of a dialogue besides its questionnaire: the planned end, and the retention decision.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Found, address, named, revision, who};
use crate::administration::change::{change, in_words};
use crate::http::error::Error;
use crate::http::form::{Faults, Field, Fields, Kind};
use crate::http::site::page;
use crate::staff::LANGUAGE;
use crate::staff::audit::{self, Act, Action, Object};
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{FormPage, Link, to};
use crate::survey::dialogue::life::{self, Edit};
use crate::survey::dialogue::{ChangeError, Dialogue, State};
use crate::survey::pages::desk::Desk;
use crate::{clock, i18n};

const LAST_DAY: &str = "sista_dag";
const RETENTION: &str = "bevarande";

/// What was typed.
struct Typed {
    last_day: String,
    retention: String,
}

impl Typed {
    /// As it stands in the database.
    fn of(dialogue: &Dialogue) -> Self {
        Self {
            last_day: dialogue.closes_at.map(|at| clock::day(at).to_string()).unwrap_or_default(),
            retention: dialogue.retention_decision.clone().unwrap_or_default(),
        }
    }

    /// The end: the last minute of the last day. `Err` where it is no day.
    fn closes_at(&self) -> Result<Option<Timestamp>, ()> {
        if self.last_day.is_empty() {
            return Ok(None);
        }
        let day: Date = self.last_day.parse().map_err(|_| ())?;
        Ok(Some(clock::end_of(day)))
    }
}

/// Whether the retention decision can still be changed: answers are not taken under another one than was told.
fn is_draft(dialogue: &Dialogue) -> bool {
    matches!(dialogue.state, State::Draft | State::Reviewed)
}

fn form(request: &HttpRequest, found: &Found, typed: &Typed, faults: Faults) -> FormPage {
    let mut form = FormPage::new(request, "dialogue-edit-title", "dialogue-edit-save");
    form.lead = vec![format!("{}.", found.title())];
    if found.dialogue.state == State::Reviewed {
        form.lead.push(form.frame.text("dialogue-edit-reviewed"));
    }
    let last_day = Field::new(LAST_DAY, form.frame.text("dialogue-last-day"), Kind::Day)
        .hint(form.frame.text("dialogue-last-day-hint"));
    form.fields.push(last_day.filled(&typed.last_day, &faults));
    if is_draft(&found.dialogue) {
        let retention = Field::new(RETENTION, form.frame.text("dialogue-retention"), Kind::Line("off"))
            .hint(form.frame.text("dialogue-retention-hint"));
        form.fields.push(retention.filled(&typed.retention, &faults));
    }
    form.faults = faults;
    form.hidden = vec![("revision", found.dialogue.revision.to_string())];
    form.links = vec![Link::new(&address(&found.dialogue), form.frame.text("dialogue-back"))];
    form
}

/// The form.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn show(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    form(&request, &found, &Typed::of(&found.dialogue), Faults::default()).respond(&request)
}

/// Saves it. Who is late by a revision is told, and finds what she typed.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue; [`Error::Malformed`] without the revision.
pub async fn save(
    request: HttpRequest,
    office: Data<Office>,
    desk: Data<Desk>,
    staff: Staff,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let revision = revision(&fields)?;
    let typed = Typed { last_day: fields.text(LAST_DAY), retention: fields.text(RETENTION) };
    let mut faults = Faults::default();
    let Ok(closes_at) = typed.closes_at() else {
        faults.add(LAST_DAY, i18n::text(LANGUAGE, "dialogue-last-day-fault"));
        return form(&request, &found, &typed, faults).respond(&request);
    };
    let (by, actor) = who(&staff);
    let now = office.clock.now();
    let dialogue = found.dialogue.clone();
    let retention_decision = Some(typed.retention.clone()).filter(|text| !text.is_empty());
    let saved = change(&office, &desk, move |conn| {
        let object = Object::dialogue(dialogue.slug.as_str());
        let (changed, action) = if is_draft(&dialogue) {
            let edit = Edit { definition: None, closes_at, retention_decision: retention_decision.clone() };
            (life::edit(conn, dialogue.id, revision, &edit, by, now)?, Action::DialogueEdited)
        } else {
            (life::move_end(conn, dialogue.id, revision, closes_at, now)?, Action::DialogueEndMoved)
        };
        audit::log(conn, now, &Act::new(actor, action).on(object))?;
        Ok(changed)
    });
    match saved.await? {
        Ok(dialogue) => Ok(to(&address(&dialogue))),
        Err(error @ ChangeError::EndInThePast) => {
            faults.add(LAST_DAY, in_words(&error));
            form(&request, &found, &typed, faults).respond(&request)
        }
        Err(error) => {
            let mut form = form(&request, &found, &typed, faults);
            form.notice = Some(in_words(&error));
            page(&request, StatusCode::CONFLICT, &form)
        }
    }
}
