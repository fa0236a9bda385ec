//! What can be written of each thing: a part, a question, an option, a row.

use super::Draft;

/// What a slot holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A text in this language.
    Text(String),
    /// A rule of relevance.
    Rule,
    /// A name, or another line.
    Line,
    /// A whole number.
    Number,
    /// `true`, or nothing.
    Flag,
    /// `false`, or nothing.
    FlagOff,
}

/// A value that can be written.
#[derive(Debug, Clone)]
pub struct Slot {
    /// Its path.
    pub path: String,
    /// What it holds.
    pub kind: Kind,
    /// What is written there; empty for nothing.
    pub value: String,
}

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A part's heading and rule.
    Part,
    /// A question's wording and settings.
    Question,
    /// A question within a repeated block, or a part: a page of its own.
    Inner,
    /// An option, or a matrix's column.
    Option,
    /// A matrix's row.
    Row,
    /// Something that stands elsewhere and is only named here: a shared option, a list, an earlier question's options.
    Reference,
    /// A shared list.
    List,
}

/// Slots that belong together.
#[derive(Debug, Clone)]
pub struct Section {
    /// The thing's path.
    pub path: String,
    /// What it is.
    pub what: What,
    /// Its slots; texts first.
    pub slots: Vec<Slot>,
    /// Whether it can be moved within a list, and taken out of it.
    pub in_list: bool,
}

impl Draft {
    /// The sections of what stands at a path: itself, then what it holds. None where nothing stands there.
    pub fn sections(&self, path: &str) -> Vec<Section> {
        if self.names(path).is_empty() {
            return Vec::new();
        }
        if path == "options" {
            let all = self.names(path);
            return all.iter().map(|name| self.option(&format!("options.{name}"), false)).collect();
        }
        let mut sections = vec![match list_of(path) {
            "parts" => self.part(path),
            "lists" => {
                let slots = vec![self.slot(&format!("{path}.grouping"), Kind::Line)];
                Section { path: path.to_owned(), what: What::List, slots, in_list: false }
            }
            _ => self.wording(path),
        }];
        for key in ["questions", "rows", "options", "columns", "items"] {
            for name in self.names(&format!("{path}.{key}")) {
                let path = format!("{path}.{key}.{name}");
                sections.push(match key {
                    "rows" => Section { slots: self.texts(&path), path, what: What::Row, in_list: true },
                    "options" | "columns" => self.option(&path, true),
                    _ => Section { path, what: What::Inner, slots: Vec::new(), in_list: true },
                });
            }
        }
        sections
    }

    fn part(&self, path: &str) -> Section {
        let mut slots = self.texts(&format!("{path}.title"));
        slots.push(self.slot(&format!("{path}.relevant"), Kind::Rule));
        for key in ["continues", "sensitive", "support"] {
            slots.push(self.slot(&format!("{path}.{key}"), Kind::Flag));
        }
        Section { path: path.to_owned(), what: What::Part, slots, in_list: false }
    }

    fn wording(&self, path: &str) -> Section {
        let mut slots = self.texts(path);
        slots.extend(self.texts(&format!("{path}.help")));
        let kind = self.value(&format!("{path}.type")).unwrap_or_default();
        if kind == "repeat" {
            slots.extend(self.texts(&format!("{path}.add_label")));
        }
        let own: &[(&str, Kind)] = match kind.as_str() {
            "single" => &[("grouped", Kind::Flag)],
            "several" => &[("max_selected", Kind::Number), ("randomise", Kind::Flag)],
            "text" => &[("max", Kind::Number), ("suggestions", Kind::Line)],
            "long_text" => &[("max", Kind::Number)],
            "repeat" => &[("places", Kind::Number)],
            _ => &[],
        };
        let all = [
            ("relevant", Kind::Rule),
            ("required", Kind::Flag),
            ("no_refusal", Kind::Flag),
            ("enabled", Kind::FlagOff),
        ];
        for (key, kind) in all.iter().chain(own) {
            slots.push(self.slot(&format!("{path}.{key}"), kind.clone()));
        }
        Section { path: path.to_owned(), what: What::Question, slots, in_list: false }
    }

    fn option(&self, path: &str, in_list: bool) -> Section {
        let refers = self.names(path).is_empty() || path.contains(":");
        if refers {
            return Section { path: path.to_owned(), what: What::Reference, slots: Vec::new(), in_list };
        }
        let mut slots = self.texts(path);
        let (list, name) = path.rsplit_once('.').unwrap_or_default();
        // What a missing value's code means is fixed for all questionnaires.
        if !self.is_missing(list, name) {
            slots.push(self.slot(&format!("{path}.code"), Kind::Number));
        }
        slots.push(self.slot(&format!("{path}.exclusive"), Kind::Flag));
        slots.push(self.slot(&format!("{path}.screen_out"), Kind::Flag));
        slots.push(self.slot(&format!("{path}.text_max"), Kind::Number));
        slots.push(self.slot(&format!("{path}.group"), Kind::Line));
        Section { path: path.to_owned(), what: What::Option, slots, in_list }
    }

    fn texts(&self, path: &str) -> Vec<Slot> {
        let name = self.value(&format!("{path}.name"));
        let slot = |code: String| {
            let path = format!("{path}.{code}");
            let value = self.value(&path).or_else(|| name.clone()).unwrap_or_default();
            Slot { path, kind: Kind::Text(code), value }
        };
        self.languages().into_iter().map(|(code, _)| slot(code)).collect()
    }

    fn slot(&self, path: &str, kind: Kind) -> Slot {
        Slot { path: path.to_owned(), value: self.value(path).unwrap_or_default(), kind }
    }
}

/// The key of the list or map that something stands in.
fn list_of(path: &str) -> &str {
    path.rsplit('.').nth(1).unwrap_or_default()
}
