//! The versions of a privacy notice or an accessibility statement: all of them, and one with what it changed.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::difference::{self, Piece};
use super::languages;
use crate::administration::dialogues::{Found, address, named};
use crate::http::error::Error;
use crate::http::prose::Prose;
use crate::http::site::page;
use crate::i18n::{self, swedish_moment};
use crate::staff::LANGUAGE;
use crate::staff::account;
use crate::staff::guard::Staff;
use crate::staff::office::Office;
use crate::staff::pages::{Link, StaffFrame};
use crate::staff::role::Role;
use crate::survey::dialogue::State;
use crate::survey::dialogue::statement::{self, Kind, Statements, Version};
use crate::survey::standard;

/// Which of the two the request's address means.
pub(super) fn kind(request: &HttpRequest) -> Result<Kind, Error> {
    // After "", "personal", "dialoger" and the dialogue's name, which may be any word.
    let word = request.path().split('/').nth(4).unwrap_or_default();
    Kind::ALL.into_iter().find(|kind| kind.slug() == word).ok_or(Error::NotFound)
}

/// The address of the list of versions.
pub(super) fn list_address(found: &Found, kind: Kind) -> String {
    format!("{}/{}", address(&found.dialogue), kind.slug())
}

/// What was published of the dialogue.
pub(super) async fn published(office: &Data<Office>, found: &Found) -> Result<Statements, Error> {
    let id = found.dialogue.id;
    Office::run(office, move |_, conn| Ok(statement::statements(conn, id)?)).await
}

#[derive(Template)]
#[template(path = "staff/statements.html")]
struct List {
    frame: StaffFrame,
    title: String,
    dialogue: String,
    stands: String,
    rows: Vec<Row>,
    links: Vec<Link>,
}

struct Row {
    link: Link,
    published: String,
    by: String,
    languages: String,
}

/// All versions, the one that holds first.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue.
pub async fn list(request: HttpRequest, office: Data<Office>, staff: Staff) -> Result<HttpResponse, Error> {
    let kind = kind(&request)?;
    let found = named(&request, &office).await?;
    let id = found.dialogue.id;
    let (statements, names) = Office::run(&office, move |_, conn| {
        let statements = statement::statements(conn, id)?;
        let mut names = Vec::new();
        for version in statements.versions(kind) {
            names.push(match version.published_by {
                Some(by) => account::get(conn, by)?.map(|account| account.name),
                None => None,
            });
        }
        Ok((statements, names))
    })
    .await?;
    let frame = StaffFrame::of(&request);
    let own = list_address(&found, kind);
    let row = |(version, name): (&Version, Option<String>)| Row {
        link: Link::new(&format!("{own}/{}", version.number), number(version)),
        published: swedish_moment(version.published_at),
        by: name.unwrap_or_else(|| frame.text("statement-by-nobody")),
        languages: i18n::languages()
            .filter(|code| version.texts.contains_key(*code))
            .map(|code| i18n::text(code, "language-own-name"))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let mut rows: Vec<_> = statements.versions(kind).iter().zip(names).map(row).collect();
    rows.reverse();
    let has_been_open = found.dialogue.opened_at.is_some();
    let mut links = Vec::new();
    let may_change = !matches!(found.dialogue.state, State::Archived | State::Purged);
    if may_change && staff.roles.contains(&Role::Administrator) {
        let verb = match (rows.is_empty(), has_been_open) {
            (true, _) => "statement-start",
            (false, true) => "statement-new",
            (false, false) => "statement-change",
        };
        links.push(Link::new(&format!("{own}/ny"), frame.text(verb)));
    }
    if found.dialogue.is_public() {
        let see = format!("/sv/{}/{}", found.dialogue.slug, kind.slug());
        links.push(Link::new(&see, frame.text("statement-see")));
    }
    links.push(Link::new(&address(&found.dialogue), frame.text("dialogue-back")));
    let stands = match (rows.is_empty(), has_been_open) {
        (true, true) => "statement-stands-standard",
        (true, false) => "statement-stands-none",
        (false, true) => "statement-stands",
        (false, false) => "statement-stands-draft",
    };
    let list = List {
        title: standard::title(kind, LANGUAGE),
        dialogue: found.title().to_owned(),
        stands: frame.text(stands),
        rows,
        links,
        frame,
    };
    page(&request, StatusCode::OK, &list)
}

fn number(version: &Version) -> String {
    i18n::text_with(LANGUAGE, "statement-number", &[("number", version.number.to_string().into())])
}

#[derive(Template)]
#[template(path = "staff/statement.html")]
struct One {
    frame: StaffFrame,
    title: String,
    dialogue: String,
    published: String,
    texts: Vec<Told>,
    difference_heading: String,
    links: Vec<Link>,
}

/// A version in one language.
struct Told {
    language: &'static str,
    right_to_left: bool,
    name: String,
    text: Prose,
    pieces: Vec<Piece>,
    differs: bool,
}

/// One version, and what differs from the one before it; from the standard text, if it is the first.
///
/// # Errors
/// [`Error::NotFound`] where there is no such dialogue or version.
pub async fn show(request: HttpRequest, office: Data<Office>) -> Result<HttpResponse, Error> {
    let kind = kind(&request)?;
    let found = named(&request, &office).await?;
    let statements = published(&office, &found).await?;
    let asked = request.match_info().get("version").and_then(|number| number.parse().ok()).ok_or(Error::NotFound)?;
    let version = statements.numbered(kind, asked).ok_or(Error::NotFound)?;
    let before = statements.numbered(kind, asked - 1);
    let frame = StaffFrame::of(&request);
    let texts = languages(&found).into_iter().map(|language| {
        let text = version.texts.get(language).map_or("", String::as_str);
        let old = match before {
            Some(before) => before.texts.get(language).cloned().unwrap_or_default(),
            None => standard::statement(kind, language, &found.questionnaire.case_number),
        };
        let pieces = difference::between(&old, text);
        Told {
            language,
            right_to_left: i18n::right_to_left(language),
            name: i18n::text(language, "language-own-name"),
            text: Prose { below: true, ..Prose::parse(text) },
            differs: difference::is_any(&pieces),
            pieces,
        }
    });
    let one = One {
        title: format!("{}: {}", standard::title(kind, LANGUAGE), number(version).to_lowercase()),
        dialogue: found.title().to_owned(),
        published: frame.text_with("statement-published", "moment", &swedish_moment(version.published_at)),
        texts: texts.collect(),
        difference_heading: match before {
            Some(before) => frame.text_with("statement-difference", "number", &before.number.to_string()),
            None => frame.text("statement-difference-standard"),
        },
        links: vec![
            Link::new(&list_address(&found, kind), frame.text("statement-all")),
            Link::new(&address(&found.dialogue), frame.text("dialogue-back")),
        ],
        frame,
    };
    page(&request, StatusCode::OK, &one)
}
