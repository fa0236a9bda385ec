//! The standard texts: what staff start from, and what residents read where staff have published nothing.
//!
//! They are made of the interface's messages, as text in the convention of [`crate::http::prose`], so that they can be
//! edited and shown in one way.

use crate::i18n;
use crate::survey::dialogue::statement::Kind;

/// Where residents reach the municipality.
const MUNICIPALITY: &str = "https://www.varmdo.se/";
/// The supervisory authority for data protection.
const PRIVACY_AUTHORITY: &str = "https://www.imy.se/";
/// Where faults in accessibility are reported.
const ACCESSIBILITY_AUTHORITY: &str = "https://www.digg.se/tdosanmalan";

/// A part of a text, by the keys of its messages.
struct Section {
    heading: Option<&'static str>,
    paragraphs: &'static [&'static str],
    points: &'static [&'static str],
    links: &'static [(&'static str, &'static str)],
}

const fn plain(heading: Option<&'static str>, paragraphs: &'static [&'static str]) -> Section {
    Section { heading, paragraphs, points: &[], links: &[] }
}

const PRIVACY: &[Section] = &[
    plain(Some("privacy-short-title"), &["privacy-short"]),
    plain(Some("privacy-who-title"), &["privacy-who"]),
    plain(Some("privacy-what-title"), &["privacy-what"]),
    plain(Some("privacy-not-title"), &["privacy-not"]),
    plain(Some("privacy-write-title"), &["privacy-write"]),
    plain(Some("privacy-why-title"), &["privacy-why"]),
    plain(Some("privacy-how-title"), &["privacy-how"]),
    plain(Some("privacy-law-title"), &["privacy-law"]),
    plain(Some("privacy-long-title"), &["privacy-long"]),
    Section {
        heading: Some("privacy-rights-title"),
        paragraphs: &["privacy-rights"],
        points: &[],
        links: &[(MUNICIPALITY, "privacy-contact"), (PRIVACY_AUTHORITY, "privacy-authority")],
    },
    plain(Some("privacy-history-title"), &["privacy-history"]),
];

const ACCESSIBILITY: &[Section] = &[
    plain(None, &["accessibility-who"]),
    plain(Some("accessibility-level-title"), &["accessibility-level"]),
    Section {
        heading: Some("accessibility-faults-title"),
        paragraphs: &[],
        points: &["accessibility-fault-translation", "accessibility-fault-reload", "accessibility-fault-old"],
        links: &[],
    },
    Section {
        heading: Some("accessibility-contact-title"),
        paragraphs: &["accessibility-contact"],
        points: &[],
        links: &[(MUNICIPALITY, "privacy-contact")],
    },
    Section {
        heading: Some("accessibility-report-title"),
        paragraphs: &["accessibility-report"],
        points: &[],
        links: &[(ACCESSIBILITY_AUTHORITY, "accessibility-digg")],
    },
    plain(Some("accessibility-method-title"), &["accessibility-method", "accessibility-dates"]),
];

/// The standard text of a statement, for the case with this number.
pub fn statement(kind: Kind, language: &str, case: &str) -> String {
    let sections = match kind {
        Kind::Privacy => PRIVACY,
        Kind::Accessibility => ACCESSIBILITY,
    };
    let message = |key: &&'static str| i18n::text_with(language, key, &[("case", case.into())]);
    let mut text = String::new();
    for section in sections {
        let heading = section.heading.iter().map(|key| format!("# {}\n", message(key)));
        let paragraphs = section.paragraphs.iter().map(|key| format!("{}\n", message(key)));
        let points = section.points.iter().map(|key| format!("- {}\n", message(key)));
        let links = section.links.iter().map(|(address, key)| format!("[{}]({address})\n", message(key)));
        text.extend(heading.chain(paragraphs).chain(points).chain(links));
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// What is said of a dialogue that is closed.
pub fn closed(language: &str) -> String {
    i18n::text(language, "closed-text")
}

/// The name of a statement, as its page is titled.
pub fn title(kind: Kind, language: &str) -> String {
    i18n::text(
        language,
        match kind {
            Kind::Privacy => "privacy-title",
            Kind::Accessibility => "accessibility-title",
        },
    )
}
