//! The privacy notice and the accessibility statement of a dialogue: the version that holds, and the ones before it.
//!
//! An address that names a dialogue means its statements, whether it is open or closed; one that names none means those of
//! the open dialogue. Where nobody has published any, the standard text is shown.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::http::error::Error;
use crate::http::frame::Frame;
use crate::http::prose::{Block, Prose, Run};
use crate::http::site::{Site, page};
use crate::survey::dialogue::Contact;
use crate::survey::dialogue::statement::{Kind, Version};
use crate::survey::pages::desk::{Desk, Edition, Meant, meant};
use crate::survey::pages::{address, frame, language, slug};
use crate::survey::standard;
use crate::{clock, i18n};

#[derive(Template)]
#[template(path = "statement.html")]
struct Page {
    frame: Frame,
    title: String,
    /// The version's number and date, and whether it is an old one.
    version: Option<String>,
    /// That the text is not in the page's language.
    untranslated: Option<String>,
    text: Prose,
    language: String,
    right_to_left: bool,
    contact: Prose,
    /// Other versions, or other dialogues' statements.
    others: Others,
}

#[derive(Default)]
struct Others {
    heading: String,
    links: Vec<(String, String)>,
}

/// The privacy notice.
///
/// # Errors
/// [`Error::NotFound`] for an unknown language, dialogue or version.
pub async fn privacy(
    request: HttpRequest,
    site: web::Data<Site>,
    desk: web::Data<Desk>,
) -> Result<HttpResponse, Error> {
    show(&request, &site, &desk, Kind::Privacy)
}

/// The accessibility statement.
///
/// # Errors
/// [`Error::NotFound`] for an unknown language, dialogue or version.
pub async fn accessibility(
    request: HttpRequest,
    site: web::Data<Site>,
    desk: web::Data<Desk>,
) -> Result<HttpResponse, Error> {
    show(&request, &site, &desk, Kind::Accessibility)
}

fn show(request: &HttpRequest, site: &Site, desk: &Desk, kind: Kind) -> Result<HttpResponse, Error> {
    let language = language(request)?;
    let editions = desk.editions();
    let frame = frame(request, site, language);
    let page_of = match meant(&editions, slug(request), desk.clock.as_ref()).ok_or(Error::NotFound)? {
        Meant::One(edition) | Meant::Closed(Some(edition)) => of_edition(request, frame, kind, language, edition)?,
        Meant::Closed(None) => standard_text(frame, kind, language, "–"),
        Meant::Several => {
            let open: Vec<_> = editions.iter().filter(|edition| edition.is_shown(desk.clock.as_ref())).collect();
            let cases: Vec<_> = open.iter().map(|edition| edition.questionnaire.case_number.as_str()).collect();
            let mut page = standard_text(frame, kind, language, &cases.join(", "));
            // Each has its own; only where none of them has one does the standard text hold for all.
            if open.iter().any(|edition| edition.statements.current(kind).is_some()) {
                page.text = Prose::default();
            }
            page.others = Others {
                heading: i18n::text(language, "statement-several"),
                links: open.iter().map(|edition| of_dialogue(language, kind, edition)).collect(),
            };
            page
        }
    };
    page(request, StatusCode::OK, &page_of)
}

fn of_dialogue(language: &str, kind: Kind, edition: &Edition) -> (String, String) {
    let title = edition.questionnaire.title.in_language(language).to_owned();
    (address(language, Some(edition.dialogue.slug.as_str()), kind.slug()), title)
}

/// The page of the version that the address names, or of the one that holds.
fn of_edition(
    request: &HttpRequest,
    frame: Frame,
    kind: Kind,
    language: &str,
    edition: &Edition,
) -> Result<Page, Error> {
    let named = request.match_info().get("version");
    let version = match named {
        Some(number) => {
            let number = number.parse().map_err(|_| Error::NotFound)?;
            Some(edition.statements.numbered(kind, number).ok_or(Error::NotFound)?)
        }
        None => edition.statements.current(kind),
    };
    let mut page = standard_text(frame, kind, language, &edition.questionnaire.case_number);
    page.frame.simulated = edition.is_simulated();
    page.contact = contact(&edition.words.contact, language);
    let Some(version) = version else { return Ok(page) };
    let (written_in, text) = version.in_language(language);
    page.text = Prose::parse(text);
    page.language = written_in.to_owned();
    page.right_to_left = i18n::right_to_left(written_in);
    page.untranslated = (written_in != language).then(|| i18n::text(language, "statement-untranslated"));
    page.version = Some(what_holds(version, kind, language, edition));
    let others = edition.statements.versions(kind).iter().rev().filter(|other| other.number != version.number);
    page.others = Others {
        heading: i18n::text(language, "statement-others"),
        links: others
            .map(|other| {
                let current = address(language, Some(edition.dialogue.slug.as_str()), kind.slug());
                (format!("{current}/{}", other.number), what_holds(other, kind, language, edition))
            })
            .collect(),
    };
    Ok(page)
}

/// "Version 2, gäller från 3 mars 2019", or, of an old one, until when it held.
fn what_holds(version: &Version, kind: Kind, language: &str, edition: &Edition) -> String {
    let day = |version: &Version| i18n::date(language, clock::day(version.holds_from(&edition.dialogue)));
    let next = edition.statements.numbered(kind, version.number + 1);
    let number = version.number.to_string();
    match next {
        None => {
            i18n::text_with(language, "statement-holds", &[("number", number.into()), ("from", day(version).into())])
        }
        Some(next) => i18n::text_with(
            language,
            "statement-held",
            &[("number", number.into()), ("from", day(version).into()), ("until", day(next).into())],
        ),
    }
}

fn standard_text(frame: Frame, kind: Kind, language: &str, case: &str) -> Page {
    Page {
        title: standard::title(kind, language),
        version: None,
        untranslated: None,
        text: Prose::parse(&standard::statement(kind, language, case)),
        language: language.to_owned(),
        right_to_left: frame.right_to_left,
        contact: Prose::default(),
        others: Others::default(),
        frame,
    }
}

/// Whom to ask about a dialogue; nothing where nobody is given.
pub(super) fn contact(contact: &Contact, language: &str) -> Prose {
    let Contact { name, mail, phone } = contact;
    let mut lines = Vec::new();
    if !name.is_empty() {
        lines.push(vec![Run::plain(name)]);
    }
    if !mail.is_empty() {
        lines.push(vec![Run::link(mail, format!("mailto:{mail}"))]);
    }
    if !phone.is_empty() {
        let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        lines.push(vec![Run::link(phone, format!("tel:{digits}"))]);
    }
    if lines.is_empty() {
        return Prose::default();
    }
    let heading = Block::Heading(i18n::text(language, "contact-title"));
    let lines = lines.into_iter().map(Block::Paragraph);
    Prose { blocks: std::iter::once(heading).chain(lines).collect(), below: false }
}
