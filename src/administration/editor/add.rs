//! The last section of a page: what can be added there. ([`super::act`] does it.)

use super::Thing;
use super::fill::{Entry, Filling};
use super::view::label;
use crate::i18n;

/// The types of question, as the file has them, and what people call them.
const KINDS: [(&str, &str); 6] = [
    ("single", "editor-kind-single"),
    ("several", "editor-kind-several"),
    ("text", "editor-kind-text"),
    ("long_text", "editor-kind-long-text"),
    ("matrix", "editor-kind-matrix"),
    ("repeat", "editor-kind-repeat"),
];

/// What can be added.
pub struct Addition {
    pub title: &'static str,
    pub kind: &'static str,
    /// Values for the select, and their words.
    pub choices: Vec<(String, String)>,
    pub entries: Vec<Entry>,
}

impl Filling<'_> {
    fn fresh(&self, name: &str, label: &str, kind: &'static str) -> Entry {
        let value = self.typed(name).unwrap_or_default();
        Entry {
            name: name.to_owned(),
            label: self.frame.text(label),
            language: None,
            right_to_left: false,
            kind,
            value,
            faults: Vec::new(),
            now: None,
        }
    }

    /// Fields for a text in every language.
    fn in_languages(&self, prefix: &str, label: &str) -> Vec<Entry> {
        let one = |(code, name): (String, String)| Entry {
            label: self.frame.text_with(label, "language", &name),
            right_to_left: i18n::right_to_left(&code),
            language: Some(code.clone()),
            ..self.fresh(&format!("{prefix}{code}"), "editor-this", "text")
        };
        self.draft.languages().into_iter().map(one).collect()
    }

    /// What can be added to the thing; none where nothing can.
    pub fn addition(&self, thing: &Thing) -> Option<Addition> {
        let frame = self.frame;
        let path = thing.path();
        let (title, kind, choices, first) = match thing {
            Thing::Overview => {
                let questions = self.draft.questions().into_iter().filter(|path| !path.contains(".items."));
                let choices = questions
                    .map(|path| (path.rsplit('.').next().unwrap_or_default().to_owned(), label(self.draft, &path, "")));
                ("editor-add-part", "ny.fraga", choices.collect::<Vec<_>>(), "editor-new-part-id")
            }
            Thing::Part(_) => {
                let choices = KINDS.map(|(kind, key)| (kind.to_owned(), frame.text(key)));
                ("editor-add-question", "ny.typ", choices.to_vec(), "editor-new-question-id")
            }
            Thing::Question(_) | Thing::List(_) => {
                let kind = self.draft.value(&format!("{path}.type")).unwrap_or_else(|| "list".to_owned());
                if matches!(kind.as_str(), "text" | "long_text" | "repeat") {
                    return None;
                }
                let own = (String::new(), frame.text("editor-own-option"));
                let shared = self.draft.names("options").into_iter().map(|name| {
                    let label = label(self.draft, &format!("options.{name}"), "");
                    (name, label)
                });
                let lists = self.draft.names("lists").into_iter();
                let lists = lists.map(|name| (format!("list:{name}"), frame.text_with("editor-list", "name", &name)));
                let lists = lists.filter(|_| matches!(thing, Thing::Question(_)));
                let choices = std::iter::once(own).chain(shared).chain(lists).collect();
                ("editor-add-option", "ny.fran", choices, "editor-new-option-id")
            }
            Thing::Shared => return None,
        };
        let mut entries = vec![self.fresh("ny.id", first, "line")];
        entries.extend(self.in_languages("ny.", "editor-new-text"));
        match thing {
            Thing::Part(_) => {
                entries.extend(self.in_languages("ny.svar.", "editor-new-options"));
                entries.extend(self.in_languages("ny.rader.", "editor-new-rows"));
            }
            Thing::Question(_) | Thing::List(_) => {
                entries.push(self.fresh("ny.kod", "editor-setting-code", "number"));
                if self.draft.value(&format!("{path}.type")).as_deref() == Some("matrix") {
                    entries.push(self.fresh("ny.slag", "editor-new-is-row", "row"));
                }
            }
            Thing::Overview | Thing::Shared => {}
        }
        let chosen = self.typed(kind).unwrap_or_default();
        let mut choices = choices;
        // What was chosen stands first, so that it is chosen again.
        choices.sort_by_key(|(value, _)| *value != chosen);
        Some(Addition { title, kind, choices, entries })
    }
}
