//! A new dialogue: a draft with the questionnaire of an earlier one, or the one that is built in.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::{LIST, address, who};
use crate::administration::change::{change, in_words};
use crate::http::error::Error;
use crate::http::form::{Choice, Faults, Field, Fields, Kind};
use crate::http::site::page;
use crate::i18n;
use crate::id::RandomId;
use crate::staff::LANGUAGE;
use crate::staff::audit::{self, Act, Action, Object};
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{FormPage, Link, to};
use crate::survey::definition::{self, VKOD_2017};
use crate::survey::dialogue::{self, ChangeError, Definition, NewDialogue, Slug, life};
use crate::survey::pages::desk::Desk;

const NAME: &str = "namn";
const FROM: &str = "fran";

/// The last part of this page's own address, which no dialogue may have.
const OWN: &str = "ny";

/// The value of [`FROM`] for the questionnaire that is built in: no slug has a dot.
const BUILT_IN: &str = VKOD_2017.0;

async fn form(
    request: &HttpRequest,
    office: &Data<Office>,
    (name, from): (&str, &str),
    faults: Faults,
) -> Result<FormPage, Error> {
    let dialogues = Office::run(office, |_, conn| Ok(dialogue::all(conn)?)).await?;
    let mut form = FormPage::new(request, "dialogue-new-title", "dialogue-new-make");
    let choice =
        |value: &str, label: String| Choice { value: value.to_owned(), label, hint: None, chosen: value == from };
    let earlier = dialogues.iter().map(|dialogue| {
        let slug = dialogue.slug.as_str();
        choice(slug, i18n::text_with(LANGUAGE, "dialogue-new-from-earlier", &[("slug", slug.into())]))
    });
    let built_in = choice(BUILT_IN, form.frame.text("dialogue-new-from-built-in"));
    let from = Kind::List(std::iter::once(built_in).chain(earlier).collect());
    let field = Field::new(NAME, form.frame.text("dialogue-new-name"), Kind::Line("off"))
        .hint(form.frame.text("dialogue-new-name-hint"));
    form.fields = vec![
        field.filled(name, &faults),
        Field::new(FROM, form.frame.text("dialogue-new-from"), from)
            .hint(form.frame.text("dialogue-new-from-hint"))
            .filled("", &faults),
    ];
    form.faults = faults;
    form.links = vec![Link::new(LIST, form.frame.text("dialogue-back-to-list"))];
    Ok(form)
}

/// The form.
///
/// # Errors
/// [`Error`] where the database does not answer.
pub async fn show(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    form(&request, &office, ("", BUILT_IN), Faults::default()).await?.respond(&request)
}

/// Makes the draft.
///
/// # Errors
/// [`Error::Malformed`] where the earlier dialogue is not one of those offered.
pub async fn make(
    request: HttpRequest,
    office: Data<Office>,
    desk: Data<Desk>,
    staff: Staff,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (name, from) = (fields.text(NAME), fields.text(FROM));
    let mut faults = Faults::default();
    let Some(slug) = name.parse::<Slug>().ok().filter(|slug| slug.as_str() != OWN) else {
        faults.add(NAME, i18n::text(LANGUAGE, "dialogue-new-name-fault"));
        return form(&request, &office, (&name, &from), faults).await?.respond(&request);
    };
    let definition = definition_of(&office, from.clone()).await?;
    let (by, actor) = who(&staff);
    let now = office.clock.now();
    let id = RandomId::new(office.randomness.as_ref());
    let new = NewDialogue { slug, closes_at: None, definition };
    let made = change(&office, &desk, move |conn| {
        let made = life::make(conn, id, &new, by)?;
        let object = Object::dialogue(made.slug.as_str());
        audit::log(conn, now, &Act::new(actor, Action::DialogueMade).on(object))?;
        Ok(made)
    });
    match made.await? {
        Ok(dialogue) => Ok(to(&address(&dialogue))),
        Err(error @ ChangeError::SlugTaken(_)) => {
            faults.add(NAME, in_words(&error));
            form(&request, &office, (&name, &from), faults).await?.respond(&request)
        }
        Err(error) => {
            let mut form = form(&request, &office, (&name, &from), faults).await?;
            form.notice = Some(in_words(&error));
            page(&request, StatusCode::CONFLICT, &form)
        }
    }
}

/// The questionnaire to begin with.
async fn definition_of(office: &Data<Office>, from: String) -> Result<Definition, Error> {
    if from == BUILT_IN {
        let (file_name, text) = VKOD_2017;
        let questionnaire = definition::load(file_name, text)
            .map_err(|_| Error::Internal("the questionnaire that is built in does not pass the checks".to_owned()))?;
        let version = questionnaire.version;
        return Ok(Definition { version, text_version: 1, file_name: file_name.to_owned(), text: text.to_owned() });
    }
    let found = Office::run(office, move |_, conn| {
        let Some(dialogue) = dialogue::find(conn, &from)? else { return Ok(None) };
        Ok(dialogue::definition(conn, dialogue.id, None)?)
    });
    let definition = found.await?.ok_or_else(|| Error::Malformed(FROM.to_owned()))?;
    Ok(Definition { text_version: 1, ..definition })
}
