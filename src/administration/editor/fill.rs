//! The fields of a page: what stands in the tree, with what was typed laid over it, and what is wrong at its place.

use super::view::{Answer, label};
use crate::i18n;
use crate::staff::LANGUAGE;
use crate::staff::pages::{Link, StaffFrame};
use crate::survey::definition::edit::{Draft, Kind, Placed, Section, Slot, What};

/// A field.
pub struct Entry {
    /// Name and id: the path.
    pub name: String,
    /// What people read.
    pub label: String,
    /// The language of what is typed, and whether it is written from right to left.
    pub language: Option<String>,
    pub right_to_left: bool,
    /// How it is drawn.
    pub kind: &'static str,
    /// What stands in it; for a box whether it is ticked.
    pub value: String,
    /// What is wrong.
    pub faults: Vec<String>,
    /// What stands in the questionnaire now, where that differs from what was typed.
    pub now: Option<String>,
}

impl Entry {
    /// How many lines of a text are seen at once.
    pub fn lines(&self) -> usize {
        (self.value.lines().count() + self.value.chars().count() / 60).clamp(2, 8)
    }
}

/// Fields that belong together, with their buttons.
pub struct Block {
    pub path: String,
    pub legend: String,
    /// Texts, a row of languages each, with what they are.
    pub rows: Vec<(String, Vec<Entry>)>,
    pub others: Vec<Entry>,
    pub link: Option<Link>,
    pub movable: bool,
}

/// The path that a problem is about.
pub fn at(placed: &Placed) -> Option<&str> {
    Some(placed.path.as_str()).filter(|path| !path.is_empty())
}

/// What filling a form takes.
pub struct Filling<'a> {
    pub frame: &'a StaffFrame,
    pub draft: &'a Draft,
    pub answer: &'a Answer,
    pub texts_only: bool,
}

impl Filling<'_> {
    /// A section as the page shows it; none where there is nothing to do with it.
    pub fn block(&self, section: &Section, own: &str) -> Option<Block> {
        let name = section.path.rsplit('.').next().unwrap_or_default();
        let mut rows: Vec<(String, Vec<Entry>)> = Vec::new();
        let mut others = Vec::new();
        let mut group = "";
        for slot in &section.slots {
            match &slot.kind {
                Kind::Text(code) => {
                    let parent = slot.path.rsplit_once('.').map_or("", |(parent, _)| parent);
                    if parent != group {
                        rows.push((self.frame.text(row_key(section, parent)), Vec::new()));
                    }
                    group = parent;
                    if let Some((_, row)) = rows.last_mut() {
                        row.push(self.text(slot, code));
                    }
                }
                _ if self.texts_only => {}
                _ => others.push(self.other(slot)),
            }
        }
        let link = match section.what {
            What::Inner => {
                Some(Link::new(&format!("{own}/fragor/fraga/{name}"), self.frame.text("editor-open-question")))
            }
            What::Reference => match name.split_once(':') {
                Some(("list", list)) => {
                    Some(Link::new(&format!("{own}/fragor/lista/{list}"), self.frame.text("editor-open-list")))
                }
                Some((_, question)) => {
                    let question = question.split('.').next().unwrap_or_default();
                    Some(Link::new(&format!("{own}/fragor/fraga/{question}"), self.frame.text("editor-open-question")))
                }
                None => {
                    Some(Link::new(&format!("{own}/fragor/gemensamma/svar"), self.frame.text("editor-open-shared")))
                }
            },
            _ => None,
        };
        let legend = match section.what {
            What::Part | What::Question => self.frame.text("editor-this"),
            What::Inner => label(self.draft, &section.path, ""),
            What::Row => self.frame.text_with("editor-row", "name", name),
            What::Option => self.frame.text_with("editor-option", "name", name),
            What::Reference => self.frame.text_with("editor-reference", "name", name),
            What::List => self.frame.text("editor-list-settings"),
        };
        let movable = section.in_list && !self.texts_only;
        let shown = !rows.is_empty() || !others.is_empty() || link.is_some();
        shown.then(|| Block { path: section.path.clone(), legend, rows, others, link, movable })
    }

    /// What was typed in a field; none where the page is only shown, or the field was not there.
    pub fn typed(&self, name: &str) -> Option<String> {
        let typed = self.answer.typed.as_ref()?;
        typed.all(name).next().map(|_| typed.text(name))
    }

    fn entry(&self, slot: &Slot, label: String, kind: &'static str, value: String) -> Entry {
        let differs = self.answer.compares && value != slot.value;
        let faults = self.answer.problems.iter().filter(|placed| at(placed) == Some(&slot.path));
        Entry {
            name: slot.path.clone(),
            label,
            language: None,
            right_to_left: false,
            kind,
            value,
            faults: faults.map(|placed| self.told(placed)).collect(),
            now: differs.then(|| slot.value.clone()),
        }
    }

    fn text(&self, slot: &Slot, code: &str) -> Entry {
        let languages = self.draft.languages();
        let name = languages.iter().find(|(known, _)| known == code).map_or(code, |(_, name)| name).to_owned();
        let value = self.typed(&slot.path).unwrap_or_else(|| slot.value.clone());
        Entry {
            language: Some(code.to_owned()),
            right_to_left: i18n::right_to_left(code),
            ..self.entry(slot, name, "text", value)
        }
    }

    fn other(&self, slot: &Slot) -> Entry {
        let key = slot.path.rsplit('.').next().unwrap_or_default();
        let label = self.frame.text(setting_key(key));
        let (kind, value) = match slot.kind {
            Kind::Flag | Kind::FlagOff => {
                let ticked = if slot.kind == Kind::Flag { "true" } else { "false" };
                let value = match &self.answer.typed {
                    Some(_) => self.typed(&slot.path).map_or("", |_| ticked).to_owned(),
                    None => slot.value.clone(),
                };
                ("box", value)
            }
            Kind::Rule => ("rule", self.typed(&slot.path).unwrap_or_else(|| slot.value.clone())),
            Kind::Number => ("number", self.typed(&slot.path).unwrap_or_else(|| slot.value.clone())),
            Kind::Line | Kind::Text(_) => ("line", self.typed(&slot.path).unwrap_or_else(|| slot.value.clone())),
        };
        self.entry(slot, label, kind, value)
    }

    /// A problem in words, with its place in a rule.
    pub fn told(&self, placed: &Placed) -> String {
        let problem = &placed.problem;
        let hint = problem.hint.as_ref().map(|hint| format!(" ({})", hint.in_language(LANGUAGE))).unwrap_or_default();
        let place = if placed.path.ends_with(".relevant") && placed.character > 1 {
            format!("{} ", self.frame.text_with("editor-character", "number", &placed.character.to_string()))
        } else {
            String::new()
        };
        format!("{place}{}{hint}", problem.message.in_language(LANGUAGE))
    }
}

fn row_key(section: &Section, parent: &str) -> &'static str {
    match parent.rsplit('.').next() {
        Some("help") => "editor-text-help",
        Some("add_label") => "editor-text-add-label",
        Some("title") if section.what == What::Part => "editor-text-heading",
        _ if section.what == What::Question => "editor-text-question",
        _ => "editor-text-label",
    }
}

fn setting_key(key: &str) -> &'static str {
    match key {
        "relevant" => "editor-setting-relevant",
        "continues" => "editor-setting-continues",
        "sensitive" => "editor-setting-sensitive",
        "support" => "editor-setting-support",
        "required" => "editor-setting-required",
        "no_refusal" => "editor-setting-no-refusal",
        "enabled" => "editor-setting-enabled",
        "grouped" => "editor-setting-grouped",
        "max_selected" => "editor-setting-max-selected",
        "randomise" => "editor-setting-randomise",
        "max" => "editor-setting-max",
        "suggestions" => "editor-setting-suggestions",
        "places" => "editor-setting-places",
        "code" => "editor-setting-code",
        "exclusive" => "editor-setting-exclusive",
        "screen_out" => "editor-setting-screen-out",
        "text_max" => "editor-setting-text-max",
        "grouping" => "editor-setting-grouping",
        _ => "editor-setting-group",
    }
}
