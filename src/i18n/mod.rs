//! What people read, in their language: Fluent messages by key, one file per topic and language.
//!
//! Swedish is complete (a test holds it); another language that lacks a message falls back to
//! Swedish. What only staff read (`staff.ftl`, `results.ftl` in part) is in Swedish alone: their pages are Swedish whole,
//! and pages for residents never use those messages. Fluent's isolation marks are off: they would reach CSV files, subjects and file names;
//! pages put foreign text into `<bdi>` themselves.

mod moment;
mod said;

use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use moment::{date, swedish as swedish_moment};
pub use said::{Said, said};

/// The language that everything falls back to.
pub const DEFAULT_LANGUAGE: &str = "sv";

/// The interface's languages, with their topics' files.
const SOURCES: &[(&str, &[&str])] = &[
    (
        "sv",
        &[
            include_str!("sv/site.ftl"),
            include_str!("sv/survey.ftl"),
            include_str!("sv/results.ftl"),
            include_str!("sv/launch.ftl"),
            include_str!("sv/paper.ftl"),
            include_str!("sv/staff.ftl"),
            include_str!("sv/dialogues.ftl"),
            include_str!("sv/paper_work.ftl"),
            include_str!("sv/statements.ftl"),
            include_str!("sv/editor.ftl"),
            include_str!("sv/definition.ftl"),
        ],
    ),
    (
        "en",
        &[
            include_str!("en/site.ftl"),
            include_str!("en/survey.ftl"),
            include_str!("en/results.ftl"),
            include_str!("en/launch.ftl"),
            include_str!("en/paper.ftl"),
            include_str!("en/definition.ftl"),
        ],
    ),
    (
        "ar",
        &[
            include_str!("ar/site.ftl"),
            include_str!("ar/survey.ftl"),
            include_str!("ar/results.ftl"),
            include_str!("ar/paper.ftl"),
        ],
    ),
];

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<HashMap<&'static str, Bundle>> =
    LazyLock::new(|| SOURCES.iter().map(|(language, files)| (*language, bundle(language, files))).collect());

#[expect(clippy::panic, reason = "the messages are part of the binary; a test loads them all")]
fn bundle(language: &str, files: &[&str]) -> Bundle {
    let id: LanguageIdentifier = language.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    for file in files {
        let resource = FluentResource::try_new((*file).to_owned())
            .unwrap_or_else(|(_, errors)| panic!("messages in {language}: {errors:?}"));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("messages in {language}: {errors:?}");
        }
    }
    bundle
}

/// The interface's language codes, Swedish first.
pub fn languages() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|(language, _)| *language)
}

/// The message `key` in `language`, else in Swedish, else the key itself.
pub fn text(language: &str, key: &str) -> String {
    format(language, key, None)
}

/// The message `key` with arguments: `text_with("sv", "part-of", &[("number", 3.into())])`.
pub fn text_with(language: &str, key: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
    let mut fluent = FluentArgs::with_capacity(arguments.len());
    for (name, value) in arguments {
        fluent.set(*name, value.clone());
    }
    format(language, key, Some(&fluent))
}

fn format(language: &str, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
    for language in [language, DEFAULT_LANGUAGE] {
        let Some(bundle) = BUNDLES.get(language) else { continue };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
        return bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned();
    }
    key.to_owned()
}

/// Whether `language` is written from right to left.
pub fn right_to_left(language: &str) -> bool {
    matches!(language.split('-').next(), Some("ar" | "fa" | "he" | "ur" | "ckb" | "ps"))
}

/// Puts no-break spaces within numbers: `114 14` must not be torn apart at the end of a line.
pub fn keep_numbers_together(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let digit = |index: usize| characters.get(index).is_some_and(char::is_ascii_digit);
    characters
        .iter()
        .enumerate()
        .map(|(index, character)| match character {
            ' ' if index > 0 && digit(index - 1) && digit(index + 1) => '\u{a0}',
            other => *other,
        })
        .collect()
}
