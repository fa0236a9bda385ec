//! The interface's messages: every key that is used exists in Swedish, and every key is used.
//!
//! Keys are written as literals where they are used (`text(language, "send")`), so that a search for
//! a key finds its place; a key glued together from parts would look unused here, and be found out.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::source::{self, Source};

/// The functions and methods whose literal argument is a key.
const LOOKUPS: &[&str] = &["text", "text_with", "t", "t_with", "message", "said"];

/// A language's messages: key → what it says, and the file it stands in.
type Messages = BTreeMap<String, Message>;

struct Message {
    place: String,
    body: String,
}

/// Reads the Fluent files of one language.
fn messages(language: &str) -> Messages {
    let mut messages = Messages::new();
    for path in source::files(&format!("src/i18n/{language}"), "ftl") {
        let text = std::fs::read_to_string(source::root().join(&path)).unwrap();
        let mut current: Option<String> = None;
        for (number, line) in text.lines().enumerate() {
            let key = line.split_once('=').map(|(key, _)| key.trim_end()).filter(|key| is_name(key));
            match (key, &current) {
                (Some(key), _) => {
                    let message = Message { place: format!("{path}:{}", number + 1), body: line.to_owned() };
                    let before = messages.insert(key.to_owned(), message);
                    assert!(before.is_none(), "{path}:{}: `{key}` is defined twice", number + 1);
                    current = Some(key.to_owned());
                }
                (None, Some(key)) if line.starts_with(' ') || line.is_empty() => {
                    let message = messages.get_mut(key).unwrap();
                    message.body.push('\n');
                    message.body.push_str(line);
                }
                _ => current = None,
            }
        }
    }
    messages
}

/// What Fluent takes for a message's name at the start of a line.
fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// What is surely meant as a key where code looks a message up: `topic-and-more`. A single word may be a
/// key too, but other functions named `text` take such words.
fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains('-')
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The `$variables` of a message.
fn variables(message: &Message) -> BTreeSet<&str> {
    let after = message.body.split('$').skip(1);
    after.map(|rest| &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len())]).collect()
}

/// All code that may name a key: Rust and templates.
fn code() -> Vec<Source> {
    let templates = source::files("templates", "html").into_iter().chain(source::files("templates", "txt"));
    let templates = templates.map(|path| {
        let text = std::fs::read_to_string(source::root().join(&path)).unwrap();
        // Askama's expressions are Rust between braces; the quotes of attributes are literals to us, too.
        Source { literals: template_literals(&text), code: text.clone(), text, path }
    });
    source::rust_files("src").into_iter().chain(templates).collect()
}

/// The string literals within `{{ … }}` and `{% … %}`.
fn template_literals(text: &str) -> Vec<(usize, String)> {
    let mut literals = Vec::new();
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        for (start, _) in text.match_indices(open) {
            let end = text[start..].find(close).map_or(text.len(), |length| start + length);
            let inside = Source::rust("", &text[start..end]);
            literals.extend(inside.literals.into_iter().map(|(at, literal)| (start + at, literal)));
        }
    }
    literals
}

/// The name of the function in whose argument list `offset` lies.
fn called(source: &Source, offset: usize) -> Option<&str> {
    let mut depth = 0_usize;
    let before = &source.code[..offset];
    let open = before.char_indices().rev().find(|(_, c)| {
        match c {
            ')' => depth += 1,
            '(' if depth == 0 => return true,
            '(' => depth -= 1,
            _ => {}
        }
        false
    });
    let name = before[..open?.0].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
    name.filter(|name| !name.is_empty())
}

#[test]
fn every_key_that_is_used_exists_in_swedish() {
    let swedish = messages("sv");
    let languages: BTreeSet<&str> = trygghetsdialog::i18n::languages().collect();
    let mut missing = Vec::new();
    for source in code() {
        for (at, literal) in &source.literals {
            let is_lookup = called(&source, *at).is_some_and(|name| LOOKUPS.contains(&name));
            if is_lookup && is_key(literal) && !languages.contains(literal.as_str()) && !swedish.contains_key(literal) {
                missing.push(format!("{}:{}: no message `{literal}` in Swedish", source.path, source.line(*at)));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}\n", missing.join("\n"));
}

#[test]
fn every_key_is_used() {
    let swedish = messages("sv");
    let mut used: BTreeSet<String> =
        code().into_iter().flat_map(|source| source.literals.into_iter().map(|(_, literal)| literal)).collect();
    // A message may be part of another one: `{ municipality }`.
    for message in swedish.values() {
        let inside = message.body.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        used.extend(inside.map(|name| name.trim().to_owned()));
    }
    let unused = swedish.iter().filter(|(key, _)| !used.contains(*key));
    let unused: Vec<String> =
        unused.map(|(key, message)| format!("{}: `{key}` is never used", message.place)).collect();
    assert!(unused.is_empty(), "\n{}\n", unused.join("\n"));
}

/// What residents read, complete in every language. Tables and codebooks are in Swedish, whole.
const FOR_RESIDENTS: &[&str] = &["/site.ftl:", "/survey.ftl:", "/paper.ftl:"];

/// What staff read in Swedish and whoever runs a command in English: complete in both.
const FOR_COMMANDS: &[&str] = &["/definition.ftl:", "/launch.ftl:"];

#[test]
fn other_languages_say_the_same_things() {
    let swedish = messages("sv");
    let mut wrong = Vec::new();
    for language in trygghetsdialog::i18n::languages().filter(|language| *language != "sv") {
        let other = messages(language);
        for (key, message) in &other {
            match swedish.get(key) {
                None => wrong.push(format!("{}: `{key}` is not a message in Swedish", message.place)),
                Some(original) if variables(original) != variables(message) => {
                    wrong.push(format!("{}: `{key}` takes other arguments than in Swedish", message.place));
                }
                Some(_) => {}
            }
        }
        let read_by_residents = |place: &str| FOR_RESIDENTS.iter().any(|file| place.contains(file));
        let absent = swedish.iter().filter(|(key, said)| read_by_residents(&said.place) && !other.contains_key(*key));
        wrong.extend(absent.map(|(key, said)| format!("{}: `{key}` is not translated to {language}", said.place)));
        let told = |place: &str| language == "en" && FOR_COMMANDS.iter().any(|file| place.contains(file));
        let absent = swedish.iter().filter(|(key, said)| told(&said.place) && !other.contains_key(*key));
        wrong.extend(absent.map(|(key, said)| format!("{}: `{key}` is not told by commands", said.place)));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// Every message can be formatted: the loader accepts the files, and no key comes back as its own text.
#[test]
fn every_message_is_loaded() {
    for language in trygghetsdialog::i18n::languages() {
        for (key, message) in messages(language) {
            let text = trygghetsdialog::i18n::text(language, &key);
            assert!(text != key && !text.trim().is_empty(), "{}: `{key}` says nothing", message.place);
        }
    }
}

/// The reading of files and calls that the rules above rest on.
#[test]
fn keys_are_found_in_calls_and_templates() {
    let rust = Source::rust("x.rs", "text(&self.language(), \"send-answers\"); other(\"not-a-key\")");
    let names: Vec<_> = rust.literals.iter().map(|(at, text)| (called(&rust, *at), text.as_str())).collect();
    assert_eq!(names, [(Some("text"), "send-answers"), (Some("other"), "not-a-key")]);
    let found = template_literals("<a class=\"no\">{{ self.t(\"yes\") }}{% if a == \"b\" %}</a>");
    assert_eq!(found.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), ["yes", "b"]);
}
