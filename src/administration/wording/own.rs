//! Whom residents ask, and what is said when the survey is closed.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use validator::{Validate, ValidationError};

use super::{TextsPage, is_open_to_change, languages, text_field};
use crate::administration::change::{change, differences as told, in_words};
use crate::administration::dialogues::{Found, address, named, revision, who};
use crate::http::error::Error;
use crate::http::form::{Faults, Field, Fields, Kind};
use crate::http::site::page;
use crate::i18n;
use crate::mail::Address;
use crate::staff::LANGUAGE;
use crate::staff::audit::{self, Act, Action, Object};
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{Link, to};
use crate::survey::dialogue::{self, Contact, Words};
use crate::survey::pages::desk::Desk;
use crate::survey::standard;

const NAME: &str = "namn";
const MAIL: &str = "epost";
const PHONE: &str = "telefon";

/// The longest text about a closed survey, in characters.
const LONGEST: usize = 2_000;

/// What was typed.
#[derive(Validate)]
struct Typed {
    #[validate(length(max = 120, message = "wording-contact-name-fault"))]
    namn: String,
    #[validate(custom(function = is_mail, message = "wording-contact-mail-fault"))]
    epost: String,
    #[validate(custom(function = is_phone, message = "wording-contact-phone-fault"))]
    telefon: String,
    /// The texts about the closed survey.
    closed: BTreeMap<&'static str, String>,
}

fn is_mail(text: &str) -> Result<(), ValidationError> {
    let fits = text.is_empty() || text.parse::<Address>().is_ok();
    if fits { Ok(()) } else { Err(ValidationError::new("mail")) }
}

fn is_phone(text: &str) -> Result<(), ValidationError> {
    let allowed = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '–' | '+' | '(' | ')'));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let fits = text.is_empty() || (allowed && (3..=20).contains(&digits) && text.chars().count() <= 40);
    if fits { Ok(()) } else { Err(ValidationError::new("phone")) }
}

impl Typed {
    /// As it stands: where there is no text, the standard one.
    fn of(words: &Words, found: &Found) -> Self {
        let Contact { name, mail, phone } = words.contact.clone();
        let text = |code| words.closed.get(code).cloned().unwrap_or_else(|| standard::closed(code));
        let closed = languages(found).into_iter().map(|code| (code, text(code))).collect();
        Self { namn: name, epost: mail, telefon: phone, closed }
    }

    fn from(fields: &Fields, found: &Found) -> Self {
        let closed = languages(found).into_iter().map(|code| (code, fields.text(code))).collect();
        Self { namn: fields.text(NAME), epost: fields.text(MAIL), telefon: fields.text(PHONE), closed }
    }

    fn faults(&self) -> Faults {
        let mut faults = Faults::of(self, LANGUAGE, &[NAME, MAIL, PHONE]);
        for (code, text) in &self.closed {
            if text.chars().count() > LONGEST {
                let limit = LONGEST.to_string();
                faults.add(code, i18n::text_with(LANGUAGE, "wording-too-long", &[("limit", limit.into())]));
            }
        }
        faults
    }

    /// What is kept: a standard text is none, so that it is the present one when the service is brought up to date.
    fn words(&self) -> Words {
        let own = self.closed.iter().filter(|(code, text)| !text.is_empty() && **text != standard::closed(code));
        Words {
            contact: Contact { name: self.namn.clone(), mail: self.epost.clone(), phone: self.telefon.clone() },
            closed: own.map(|(code, text)| ((*code).to_owned(), text.clone())).collect(),
        }
    }
}

fn form(request: &HttpRequest, found: &Found, typed: &Typed, faults: Faults) -> TextsPage {
    let mut form = TextsPage::new(request, found, "wording-title", "wording-save");
    form.lead.push(form.frame.text("wording-lead"));
    let field = |name, label: &str| Field::new(name, form.frame.text(label), Kind::Line("off"));
    let fields = [
        field(NAME, "wording-contact-name")
            .hint(form.frame.text("wording-contact-name-hint"))
            .filled(&typed.namn, &faults),
        Field::new(MAIL, form.frame.text("wording-contact-mail"), Kind::OtherMail).filled(&typed.epost, &faults),
        field(PHONE, "wording-contact-phone").filled(&typed.telefon, &faults),
    ];
    let texts = typed.closed.iter().map(|(code, text)| text_field(code, 6).filled(text, &faults)).collect();
    form.fields_heading = form.frame.text("wording-contact");
    form.texts_heading = form.frame.text("wording-closed");
    form.how.insert(0, form.frame.text("wording-closed-standard"));
    let own = address(&found.dialogue);
    form.links.insert(0, Link::new(&format!("{own}/fragor"), form.frame.text("wording-questionnaire")));
    form.fields = fields.into();
    form.texts = texts;
    form.texts.sort_by_key(|field| i18n::languages().position(|code| code == field.name));
    form.faults = faults;
    form
}

/// The form.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue, or it is archived.
pub async fn show(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let found = named(&request, &office).await?;
    is_open_to_change(&found)?;
    let id = found.dialogue.id;
    let words = Office::run(&office, move |_, conn| Ok(dialogue::words(conn, id)?)).await?;
    page(&request, StatusCode::OK, &form(&request, &found, &Typed::of(&words, &found), Faults::default()))
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
    let typed = Typed::from(&fields, &found);
    let faults = typed.faults();
    if !faults.is_empty() {
        let form = form(&request, &found, &typed, faults);
        return page(&request, form.status(), &form);
    }
    let (by, actor) = who(&staff);
    let now = office.clock.now();
    let (id, slug, words) = (found.dialogue.id, found.dialogue.slug.to_string(), typed.words());
    let saved = change(&office, &desk, move |conn| {
        let (changed, differences) = dialogue::set_words(conn, id, revision, &words, by)?;
        if !differences.is_empty() {
            let act = Act::new(actor, Action::WordsEdited).on(Object::dialogue(&slug));
            audit::log(conn, now, &act.with(told(&differences)))?;
        }
        Ok(changed)
    });
    match saved.await? {
        Ok(dialogue) => Ok(to(&address(&dialogue))),
        Err(error) => {
            let mut form = form(&request, &found, &typed, Faults::default());
            form.notice = Some(in_words(&error));
            page(&request, StatusCode::CONFLICT, &form)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for number in ["", "08-570 470 00", "+46 8 570 470 00", "(08) 57 04 70"] {
            assert!(is_phone(number).is_ok(), "{number}");
        }
        for number in ["ring oss", "12", "08-570 470 00 <b>", "123456789012345678901"] {
            assert!(is_phone(number).is_err(), "{number}");
        }
    }
}
