//! Destroying an archived dialogue's answers, by a decision.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::{Found, address, named, revision, who};
use crate::administration::change::{change, in_words};
use crate::http::error::Error;
use crate::http::form::{Faults, Field, Fields, Kind};
use crate::http::site::page;
use crate::staff::audit::{self, Act, Action, Object};
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{FormPage, Link, to};
use crate::survey::dialogue::{self, ChangeError};
use crate::survey::pages::desk::Desk;

const DECISION: &str = "beslut";

fn question(request: &HttpRequest, found: &Found, typed: &str, faults: Faults) -> FormPage {
    let mut form = FormPage::new(request, "dialogue-purge-title", "dialogue-purge");
    let lead = ["dialogue-purge-lead", "dialogue-purge-stays", "dialogue-purge-final"];
    form.lead =
        std::iter::once(format!("{}.", found.title())).chain(lead.iter().map(|key| form.frame.text(key))).collect();
    let field = Field::new(DECISION, form.frame.text("dialogue-purge-decision"), Kind::Line("off"))
        .hint(form.frame.text("dialogue-purge-decision-hint"));
    form.fields = vec![field.filled(typed, &faults)];
    form.faults = faults;
    form.hidden = vec![("revision", found.dialogue.revision.to_string())];
    form.dangerous = true;
    form.links = vec![Link::new(&address(&found.dialogue), form.frame.text("dialogue-back"))];
    form
}

/// Asks for the decision.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn ask(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    question(&request, &found, "", Faults::default()).respond(&request)
}

/// Destroys the answers. The mixer then writes the tables anew, so that freed pages hold nothing of them.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue; [`Error::Malformed`] without the revision.
pub async fn purge(
    request: HttpRequest,
    office: Data<Office>,
    desk: Data<Desk>,
    staff: Staff,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    let (revision, decision) = (revision(&fields)?, fields.text(DECISION));
    let (_, actor) = who(&staff);
    let now = office.clock.now();
    let (id, slug, typed) = (found.dialogue.id, found.dialogue.slug.to_string(), decision.clone());
    let purged = change(&office, &desk, move |conn| {
        let (dialogue, receipt) = dialogue::purge(conn, id, revision, &decision, now)?;
        let counts = json!({
            "decision": receipt.decision, "responses": receipt.responses, "comments": receipt.comments,
        });
        let act = Act::new(actor, Action::DialoguePurged).on(Object::dialogue(&slug)).with(counts);
        audit::log(conn, now, &act)?;
        Ok(dialogue)
    });
    match purged.await? {
        Ok(dialogue) => Ok(to(&address(&dialogue))),
        Err(error @ ChangeError::NoDecision) => {
            let mut faults = Faults::default();
            faults.add(DECISION, in_words(&error));
            question(&request, &found, &typed, faults).respond(&request)
        }
        Err(error) => {
            let mut form = question(&request, &found, &typed, Faults::default());
            form.notice = Some(in_words(&error));
            page(&request, StatusCode::CONFLICT, &form)
        }
    }
}
