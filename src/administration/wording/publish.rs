//! A new version of a privacy notice or an accessibility statement.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::statements::{kind, list_address, published};
use super::{TextsPage, is_open_to_change, languages, text_field};
use crate::administration::change::{change, in_words};
use crate::administration::dialogues::{Found, named, revision, who};
use crate::http::error::Error;
use crate::http::form::{Faults, Fields};
use crate::http::site::page;
use crate::i18n::{self, DEFAULT_LANGUAGE};
use crate::staff::LANGUAGE;
use crate::staff::audit::{self, Act, Action, Object};
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{Link, to};
use crate::survey::dialogue::statement::{self, Kind, Statements};
use crate::survey::pages::desk::Desk;
use crate::survey::standard;

/// The longest text, in characters: the standard ones have about 3,000.
const LONGEST: usize = 10_000;

/// What was typed, by language.
type Typed = BTreeMap<&'static str, String>;

/// The text that holds, else the standard one, in each language.
fn as_it_stands(statements: &Statements, kind: Kind, found: &Found) -> Typed {
    let text = |code: &'static str| match statements.current(kind) {
        Some(current) => current.texts.get(code).cloned().unwrap_or_default(),
        None => standard::statement(kind, code, &found.questionnaire.case_number),
    };
    languages(found).into_iter().map(|code| (code, text(code))).collect()
}

fn faults(typed: &Typed) -> Faults {
    let mut faults = Faults::default();
    for code in i18n::languages() {
        let Some(text) = typed.get(code) else { continue };
        if text.chars().count() > LONGEST {
            let limit = LONGEST.to_string();
            faults.add(code, i18n::text_with(LANGUAGE, "wording-too-long", &[("limit", limit.into())]));
        }
        if code == DEFAULT_LANGUAGE && text.is_empty() {
            faults.add(code, i18n::text(LANGUAGE, "statement-swedish-fault"));
        }
    }
    faults
}

fn form(request: &HttpRequest, found: &Found, kind: Kind, typed: &Typed, faults: Faults) -> TextsPage {
    let mut form = TextsPage::new(request, found, "statement-new-title", "statement-publish");
    form.title = i18n::text_with(LANGUAGE, "statement-new-title", &[("name", standard::title(kind, LANGUAGE).into())]);
    let lead = if found.dialogue.opened_at.is_some() { "statement-new-lead-open" } else { "statement-new-lead" };
    form.lead.push(form.frame.text(lead));
    form.texts_heading = form.frame.text("statement-texts");
    form.how.push(form.frame.text("statement-languages"));
    let in_order = languages(found).into_iter();
    form.texts =
        in_order.map(|code| text_field(code, 24).filled(typed.get(code).map_or("", String::as_str), &faults)).collect();
    form.faults = faults;
    form.links.insert(0, Link::new(&list_address(found, kind), form.frame.text("statement-all")));
    form
}

/// The form, with the text that holds.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue, or it is archived.
pub async fn show(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let kind = kind(&request)?;
    let found = named(&request, &office).await?;
    is_open_to_change(&found)?;
    let typed = as_it_stands(&published(&office, &found).await?, kind, &found);
    page(&request, StatusCode::OK, &form(&request, &found, kind, &typed, Faults::default()))
}

/// Publishes it. Who is late by a revision is told, and finds what she typed.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue; [`Error::Malformed`] without the revision.
pub async fn publish(
    request: HttpRequest,
    office: Data<Office>,
    desk: Data<Desk>,
    staff: Staff,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let kind = kind(&request)?;
    let found = named(&request, &office).await?;
    let revision = revision(&fields)?;
    let typed: Typed = languages(&found).into_iter().map(|code| (code, fields.text(code))).collect();
    let faults = faults(&typed);
    if !faults.is_empty() {
        let form = form(&request, &found, kind, &typed, faults);
        return page(&request, form.status(), &form);
    }
    let (by, actor) = who(&staff);
    let now = office.clock.now();
    let (id, slug) = (found.dialogue.id, found.dialogue.slug.to_string());
    let written = typed.iter().filter(|(_, text)| !text.is_empty());
    let texts: BTreeMap<_, _> = written.map(|(code, text)| ((*code).to_owned(), text.clone())).collect();
    let saved = change(&office, &desk, move |conn| {
        let (changed, number) = statement::publish(conn, id, revision, (kind, &texts), by, now)?;
        if let Some(number) = number {
            // The text itself is kept as it is; the log only has to say which.
            let languages: Vec<_> = texts.keys().collect();
            let version = json!({ "kind": kind.word(), "version": number, "languages": languages });
            let act = Act::new(actor, Action::StatementPublished).on(Object::dialogue(&slug)).with(version);
            audit::log(conn, now, &act)?;
        }
        Ok(changed)
    });
    match saved.await? {
        Ok(_) => Ok(to(&list_address(&found, kind))),
        Err(error) => {
            let mut form = form(&request, &found, kind, &typed, Faults::default());
            form.notice = Some(in_words(&error));
            page(&request, StatusCode::CONFLICT, &form)
        }
    }
}
