//! A page of the editor: what stands in the tree, with what was typed laid over it.

use actix_web::HttpRequest;
use askama::Template;

use super::add::Addition;
use super::fill::{Block, Filling, at};
use super::rules::{self, Opened};
use super::{Found, Thing, address};
use crate::administration::questionnaire::Takes;
use crate::http::form::Fields;
use crate::staff::pages::{Link, StaffFrame};
use crate::survey::definition::canonical;
use crate::survey::definition::edit::{Draft, Placed};
use crate::survey::dialogue::State;

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
    reviewed: bool,
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
pub fn label(draft: &Draft, path: &str, texts: &str) -> String {
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
        // What is missing stands nowhere: the empty field of the same thing, or its first one, is where to write it.
        let near = |path: &str| {
            let thing = path.rsplit_once('.').map_or("", |(thing, _)| thing);
            let of = |thing: &str, empty: bool| {
                let inside = format!("{thing}.");
                let mut fields = fields().filter(|entry| entry.name.starts_with(&inside));
                fields.find(|entry| !empty || entry.language.is_some() && entry.value.is_empty())
            };
            let entry = [path, thing].iter().find_map(|thing| of(thing, true).or_else(|| of(thing, false)));
            entry.map(|entry| entry.name.clone())
        };
        let faults: Vec<(Option<String>, String)> = answer
            .problems
            .iter()
            .map(|placed| {
                let field = at(placed).and_then(|path| if known(path) { Some(path.to_owned()) } else { near(path) });
                (field, filling.told(placed))
            })
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
            reviewed: found.dialogue.state == State::Reviewed,
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
