//! Pages of running text: privacy notice, accessibility statement, support, focus groups, results.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::http::error::Error;
use crate::http::frame::Frame;
use crate::http::site::{Site, page};
use crate::i18n;
use crate::survey::pages::desk::{Desk, Meant, meant};
use crate::survey::pages::{language, slug};

/// Where residents reach the municipality.
const MUNICIPALITY: &str = "https://www.varmdo.se/";
/// The supervisory authority for data protection.
const PRIVACY_AUTHORITY: &str = "https://www.imy.se/";
/// Where faults in accessibility are reported.
const ACCESSIBILITY_AUTHORITY: &str = "https://www.digg.se/tdosanmalan";

#[derive(Template)]
#[template(path = "text_page.html")]
struct TextPage {
    frame: Frame,
    title: String,
    sections: Vec<Section>,
}

#[derive(Default)]
struct Section {
    heading: Option<String>,
    paragraphs: Vec<String>,
    points: Vec<String>,
    links: Vec<Link>,
}

struct Link {
    address: &'static str,
    text: String,
}

/// The message keys of a page's sections, by what they are.
struct Keys {
    heading: Option<&'static str>,
    paragraphs: &'static [&'static str],
    points: &'static [&'static str],
    links: &'static [(&'static str, &'static str)],
}

const fn plain(heading: Option<&'static str>, paragraphs: &'static [&'static str]) -> Keys {
    Keys { heading, paragraphs, points: &[], links: &[] }
}

const PRIVACY: &[Keys] = &[
    plain(Some("privacy-short-title"), &["privacy-short"]),
    plain(Some("privacy-who-title"), &["privacy-who"]),
    plain(Some("privacy-what-title"), &["privacy-what"]),
    plain(Some("privacy-not-title"), &["privacy-not"]),
    plain(Some("privacy-write-title"), &["privacy-write"]),
    plain(Some("privacy-why-title"), &["privacy-why"]),
    plain(Some("privacy-how-title"), &["privacy-how"]),
    plain(Some("privacy-law-title"), &["privacy-law"]),
    plain(Some("privacy-long-title"), &["privacy-long"]),
    Keys {
        heading: Some("privacy-rights-title"),
        paragraphs: &["privacy-rights"],
        points: &[],
        links: &[(MUNICIPALITY, "privacy-contact"), (PRIVACY_AUTHORITY, "privacy-authority")],
    },
    plain(Some("privacy-history-title"), &["privacy-history"]),
];

const ACCESSIBILITY: &[Keys] = &[
    plain(None, &["accessibility-who"]),
    plain(Some("accessibility-level-title"), &["accessibility-level"]),
    Keys {
        heading: Some("accessibility-faults-title"),
        paragraphs: &[],
        points: &["accessibility-fault-translation", "accessibility-fault-reload", "accessibility-fault-old"],
        links: &[],
    },
    Keys {
        heading: Some("accessibility-contact-title"),
        paragraphs: &["accessibility-contact"],
        points: &[],
        links: &[(MUNICIPALITY, "privacy-contact")],
    },
    Keys {
        heading: Some("accessibility-report-title"),
        paragraphs: &["accessibility-report"],
        points: &[],
        links: &[(ACCESSIBILITY_AUTHORITY, "accessibility-digg")],
    },
    plain(Some("accessibility-method-title"), &["accessibility-method", "accessibility-dates"]),
];

const FOCUS_GROUPS: &[Keys] = &[plain(None, &["focus-what", "focus-how", "focus-apart", "focus-not-open"])];

const RESULTS: &[Keys] = &[plain(None, &["results-when", "results-how"])];

/// The page with `keys`; `case` fills the messages that name the case.
fn text_page(
    request: &HttpRequest,
    site: &Site,
    title: &str,
    keys: &[Keys],
    case: &str,
) -> Result<HttpResponse, Error> {
    let language = language(request)?;
    let text = |key: &&'static str| i18n::text_with(language, key, &[("case", case.into())]);
    let sections = keys
        .iter()
        .map(|keys| Section {
            heading: keys.heading.as_ref().map(text),
            paragraphs: keys.paragraphs.iter().map(text).collect(),
            points: keys.points.iter().map(text).collect(),
            links: keys.links.iter().map(|(address, key)| Link { address, text: text(key) }).collect(),
        })
        .collect();
    let title = i18n::text(language, title);
    page(request, StatusCode::OK, &TextPage { frame: site.frame(language, request.path()), title, sections })
}

/// The privacy notice.
///
/// # Errors
/// [`Error::NotFound`] for an unknown language.
pub async fn privacy(
    request: HttpRequest,
    site: web::Data<Site>,
    desk: web::Data<Desk>,
) -> Result<HttpResponse, Error> {
    let editions = desk.editions();
    let case = match meant(&editions, slug(&request), desk.clock.as_ref()) {
        Some(Meant::One(edition) | Meant::Closed(Some(edition))) => edition.questionnaire.case_number.clone(),
        Some(Meant::Several) => {
            let open = editions.iter().filter(|edition| edition.is_shown(desk.clock.as_ref()));
            open.map(|edition| edition.questionnaire.case_number.as_str()).collect::<Vec<_>>().join(", ")
        }
        Some(Meant::Closed(None)) | None => "–".to_owned(),
    };
    text_page(&request, &site, "privacy-title", PRIVACY, &case)
}

/// The accessibility statement.
///
/// # Errors
/// [`Error::NotFound`] for an unknown language.
pub async fn accessibility(request: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, Error> {
    text_page(&request, &site, "accessibility-title", ACCESSIBILITY, "")
}

/// What focus groups are.
///
/// # Errors
/// [`Error::NotFound`] for an unknown language.
pub async fn focus_groups(request: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, Error> {
    text_page(&request, &site, "focus-title", FOCUS_GROUPS, "")
}

/// When results come.
///
/// # Errors
/// [`Error::NotFound`] for an unknown language.
pub async fn results(request: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, Error> {
    text_page(&request, &site, "results-title", RESULTS, "")
}

/// Support numbers: those of the dialogue that the address means, else of any.
///
/// # Errors
/// [`Error::NotFound`] where no dialogue was ever opened.
pub async fn support(
    request: HttpRequest,
    site: web::Data<Site>,
    desk: web::Data<Desk>,
) -> Result<HttpResponse, Error> {
    let language = language(&request)?;
    let editions = desk.editions();
    let edition = match meant(&editions, slug(&request), desk.clock.as_ref()) {
        Some(Meant::One(edition) | Meant::Closed(Some(edition))) => edition,
        Some(Meant::Several | Meant::Closed(None)) | None => editions.first().ok_or(Error::NotFound)?,
    };
    let paragraphs =
        edition.questionnaire.texts.support.in_language(language).lines().map(i18n::keep_numbers_together).collect();
    let sections = vec![Section { paragraphs, ..Section::default() }];
    let title = i18n::text(language, "support-title");
    page(&request, StatusCode::OK, &TextPage { frame: site.frame(language, request.path()), title, sections })
}
