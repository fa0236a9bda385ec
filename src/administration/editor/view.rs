//! A page of the editor: what stands in the tree, with what was typed laid over it.

use actix_web::HttpRequest;
use askama::Template;

use super::rules::{self, Opened};
use super::{Found, Thing, address};
use crate::administration::questionnaire::Takes;
use crate::http::form::Fields;
use crate::i18n;
use crate::staff::pages::{Link, StaffFrame};
use crate::survey::definition::canonical;
use crate::survey::definition::edit::{Draft, Kind, Placed, Section, Slot, What};

/// The types of question, as the file has them, and what people call them.
const KINDS: [(&str, &str); 6] = [
    ("single", "editor-kind-single"),
    ("several", "editor-kind-several"),
    ("text", "editor-kind-text"),
    ("long_text", "editor-kind-long-text"),
    ("matrix", "editor-kind-matrix"),
    ("repeat", "editor-kind-repeat"),
];

/// What is answered to what was posted.
#[derive(Default)]
pub struct Answer {
    /// What was typed; none when the page is only shown.
    pub typed: Option<Fields>,
    /// A key of what to say first.
    pub notice: Option<&'static str>,
    /// The same, said already.
    pub told: Option<String>,
    /// More about that.
    pub lines: Vec<String>,
    /// What the checks found.
    pub problems: Vec<Placed>,
    /// Whether fields show what stands there now, where that differs.
    pub compares: bool,
}

impl Answer {
    /// With what was typed.
    pub fn typed(fields: &Fields) -> Self {
        Self { typed: Some(fields.clone()), ..Self::default() }
    }
}

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

/// What can be added.
pub struct Addition {
    pub title: &'static str,
    pub kind: &'static str,
    /// Values for the select, and their words.
    pub choices: Vec<(String, String)>,
    pub entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "staff/editor.html")]
pub struct Page {
    frame: StaffFrame,
    title: String,
    dialogue: String,
    action: String,
    revision: i32,
    editable: bool,
    texts_only: bool,
    is_done: bool,
    /// Comments of the file would be lost.
    comments: bool,
    has_faults: bool,
    notice: Option<String>,
    lines: Vec<String>,
    /// Faults with the field they are at.
    faults: Vec<(Option<String>, String)>,
    blocks: Vec<Block>,
    addition: Option<Addition>,
    /// The parts that a question can be moved to.
    parts: Vec<(String, String)>,
    /// Typed, and without a place now.
    lost: Vec<(String, String)>,
    links: Vec<Link>,
    is_overview: bool,
    is_question: bool,
    leads: Vec<String>,
    opens: Vec<Opened>,
    /// Ids for rules: question, and its options.
    names: Vec<(String, String)>,
}

/// The label of a part or a question: its id, and how it begins.
fn label(draft: &Draft, path: &str, texts: &str) -> String {
    let name = path.rsplit('.').next().unwrap_or_default();
    let language = draft.languages().into_iter().next().map(|(code, _)| code).unwrap_or_default();
    let text = draft.value(&format!("{path}{texts}.{language}")).or_else(|| draft.value(&format!("{path}.name")));
    match text {
        Some(text) => format!("{name}: {}", text.lines().next().unwrap_or_default()),
        None => name.to_owned(),
    }
}

impl Page {
    /// The page for a thing.
    pub fn of(request: &HttpRequest, found: &Found, draft: &Draft, thing: &Thing, answer: Answer) -> Self {
        let frame = StaffFrame::of(request);
        let own = address(&found.dialogue);
        let takes = Takes::in_state(found.dialogue.state);
        let texts_only = takes.is_some_and(Takes::texts_only);
        let path = thing.path();
        let filling = Filling { frame: &frame, draft, answer: &answer, texts_only };
        let blocks: Vec<Block> = match thing {
            Thing::Overview => overview(&frame, draft, &own),
            _ => draft.sections(&path).iter().filter_map(|section| filling.block(section, &own)).collect(),
        };
        let addition = (takes == Some(Takes::Everything)).then(|| filling.addition(thing)).flatten();
        let fields = || {
            let blocks =
                blocks.iter().flat_map(|block| block.rows.iter().flat_map(|(_, row)| row).chain(&block.others));
            blocks.chain(addition.iter().flat_map(|addition| &addition.entries))
        };
        let known = |name: &str| fields().any(|entry| entry.name == name);
        let faults: Vec<(Option<String>, String)> = answer
            .problems
            .iter()
            .map(|placed| (at(placed).filter(|path| known(path)).map(str::to_owned), filling.told(placed)))
            .collect();
        let lost = match (&answer.typed, answer.compares) {
            (Some(typed), true) => typed
                .iter()
                .filter(|(name, value)| {
                    name.contains('.') && !value.is_empty() && !name.starts_with("ny.") && !known(name)
                })
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            _ => Vec::new(),
        };
        let question = matches!(thing, Thing::Question(_)).then(|| path.rsplit('.').next().unwrap_or_default());
        let inner = path.contains(".items.");
        let parts = draft.names("parts").into_iter().filter(|part| !path.starts_with(&format!("parts.{part}.")));
        let definition = &found.definition;
        Self {
            title: match thing {
                Thing::Overview => frame.text("editor-title"),
                Thing::Part(_) => label(draft, &path, ".title"),
                Thing::Question(_) => label(draft, &path, ""),
                Thing::List(name) => frame.text_with("editor-list", "name", name),
                Thing::Shared => frame.text("editor-shared"),
            },
            dialogue: found.title().to_owned(),
            action: format!("{own}/{}", thing.address()),
            revision: found.dialogue.revision,
            editable: takes.is_some(),
            texts_only,
            is_done: request.query_string() == "klart=ja" && answer.typed.is_none(),
            comments: canonical(&definition.file_name, &definition.text).is_ok_and(|text| text != definition.text),
            has_faults: !answer.problems.is_empty(),
            notice: answer.told.clone().or_else(|| answer.notice.map(|key| frame.text(key))),
            lines: answer.lines.clone(),
            faults,
            lost,
            parts: if question.is_some() && !texts_only && !inner {
                parts.map(|part| (part.clone(), label(draft, &format!("parts.{part}"), ".title"))).collect()
            } else {
                Vec::new()
            },
            links: links(&frame, draft, thing, &own),
            is_overview: *thing == Thing::Overview,
            is_question: question.is_some(),
            leads: question.map_or_else(Vec::new, |id| rules::leading_to(&found.questionnaire, id)),
            opens: question.map_or_else(Vec::new, |id| rules::opened_by(&found.questionnaire, id)),
            names: if matches!(thing, Thing::Part(_) | Thing::Question(_)) && !texts_only {
                earlier(found, &path)
            } else {
                Vec::new()
            },
            addition,
            blocks,
            frame,
        }
    }
}

/// The questions before the thing, and their options: what a rule may name.
fn earlier(found: &Found, path: &str) -> Vec<(String, String)> {
    let questionnaire = &found.questionnaire;
    let (part, question) = (path.split('.').nth(1).unwrap_or_default(), path.split('.').nth(3));
    let mut names: Vec<(String, String)> = Vec::new();
    for field in &questionnaire.fields {
        let here = questionnaire.parts.get(field.part).is_some_and(|own| own.id == part);
        let reached = match question {
            Some(id) => field.question.split('.').next() == Some(id),
            None => true,
        };
        if here && reached {
            break;
        }
        let options: Vec<String> = field.options().iter().map(|option| format!("'{}'", option.id)).collect();
        if !options.is_empty() && !names.iter().any(|(name, _)| *name == field.question) {
            names.push((field.question.clone(), options.join(", ")));
        }
    }
    names
}

fn links(frame: &StaffFrame, draft: &Draft, thing: &Thing, own: &str) -> Vec<Link> {
    let mut links = Vec::new();
    match thing {
        Thing::Overview => {
            links.extend(draft.names("lists").into_iter().map(|name| {
                Link::new(&format!("{own}/fragor/lista/{name}"), frame.text_with("editor-list", "name", &name))
            }));
            if !draft.names("options").is_empty() {
                links.push(Link::new(&format!("{own}/fragor/gemensamma/svar"), frame.text("editor-shared")));
            }
        }
        _ => {
            let segments: Vec<&str> = match thing {
                Thing::Question(path) => path.split('.').collect(),
                _ => Vec::new(),
            };
            if let [_, part, _, question, _, _] = segments.as_slice() {
                let text = label(draft, &format!("parts.{part}.questions.{question}"), "");
                links.push(Link::new(&format!("{own}/fragor/fraga/{question}"), text));
            }
            if let [_, part, ..] = segments.as_slice() {
                let text = label(draft, &format!("parts.{part}"), ".title");
                links.push(Link::new(&format!("{own}/fragor/del/{part}"), text));
            }
            links.push(Link::new(&format!("{own}/fragor/redigera"), frame.text("editor-title")));
        }
    }
    links.push(Link::new(&format!("{own}/fragor/flode"), frame.text("flow-title")));
    links.extend(
        draft.languages().into_iter().map(|(code, name)| {
            Link::new(&format!("{own}/mobil/{code}"), frame.text_with("phone-in", "language", &name))
        }),
    );
    links.push(Link::new(own, frame.text("dialogue-back")));
    links
}

fn overview(frame: &StaffFrame, draft: &Draft, own: &str) -> Vec<Block> {
    let part = |name: String| {
        let path = format!("parts.{name}");
        let count = draft.names(&format!("{path}.questions")).len();
        Block {
            legend: label(draft, &path, ".title"),
            link: Some(Link::new(
                &format!("{own}/fragor/del/{name}"),
                frame.text_with("editor-open-part", "number", &count.to_string()),
            )),
            path,
            rows: Vec::new(),
            others: Vec::new(),
            movable: true,
        }
    };
    draft.names("parts").into_iter().map(part).collect()
}

/// The path that a problem is about.
fn at(placed: &Placed) -> Option<&str> {
    Some(placed.path.as_str()).filter(|path| !path.is_empty())
}

/// What filling a form takes.
struct Filling<'a> {
    frame: &'a StaffFrame,
    draft: &'a Draft,
    answer: &'a Answer,
    texts_only: bool,
}

impl Filling<'_> {
    fn block(&self, section: &Section, own: &str) -> Option<Block> {
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
    fn typed(&self, name: &str) -> Option<String> {
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
    fn told(&self, placed: &Placed) -> String {
        let problem = &placed.problem;
        let hint = problem.hint.as_ref().map_or_else(String::new, |hint| format!(" ({hint})"));
        let place = if placed.path.ends_with(".relevant") && placed.character > 1 {
            format!("{} ", self.frame.text_with("editor-character", "number", &placed.character.to_string()))
        } else {
            String::new()
        };
        format!("{place}{}{hint}", problem.message)
    }

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

    fn addition(&self, thing: &Thing) -> Option<Addition> {
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
