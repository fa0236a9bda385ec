//! Editing a questionnaire by hand: its syntax tree, where every thing has a path.
//!
//! The editor has no model of its own that could drift from the format. It changes the tree that was read, writes it, and
//! lets [`super::load`] judge the whole; what is wrong comes back with the path that it is about.
//!
//! A path names keys and, in lists, the items' ids: `parts.resor.questions.Q05.options.buss.sv`. So a path still means the
//! same thing after someone else moved what stands around it. An item that only refers to something is named by that:
//! `vill_ej_svara`, `list:omraden`, `from:Q05`.

mod place;
mod slots;

pub use place::Placed;
pub use slots::{Kind, Section, Slot, What};

use super::node::{self, Located, Node, Value};
use super::problem::{Position, Problems};
use super::write::{emit, node};
use super::{Problem, canonical, load};

/// A questionnaire while it is edited.
#[derive(Debug, Clone)]
pub struct Draft {
    root: Node,
}

/// An item that can be added to a list.
#[derive(Debug, Clone)]
pub enum Item {
    /// A shared option, by its name.
    Shared(String),
    /// All options of a shared list.
    List(String),
    /// The options of an earlier question.
    From(String),
    /// A thing of its own, empty but for these keys; more is [`Draft::set`].
    Own(Vec<(&'static str, String)>),
}

impl Draft {
    /// Reads a questionnaire, in canonical form: comments are left behind.
    ///
    /// # Errors
    /// Every problem of what can't be read.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let text = canonical(name, text)?;
        let mut problems = Problems::new(name);
        match node::parse(&text, &mut problems) {
            Some(root) => Ok(Self { root }),
            None => Err(problems.into_sorted()),
        }
    }

    /// The whole as it would be stored.
    ///
    /// # Errors
    /// What the checks find, each with the path of what it is about.
    pub fn checked(&self, name: &str) -> Result<String, Vec<Placed>> {
        let text = emit(&self.root);
        let problems = match load(name, &text).and_then(|_| canonical(name, &text)) {
            Ok(text) => return Ok(text),
            Err(problems) => problems,
        };
        let mut places = Vec::new();
        let mut unread = Problems::new(name);
        if let Some(root) = node::parse(&text, &mut unread) {
            place::walk(&root, "", &mut places);
        }
        Err(problems.into_iter().map(|problem| place::placed(problem, &places)).collect())
    }

    /// The ids of what stands in a list or a map.
    pub fn names(&self, path: &str) -> Vec<String> {
        match self.at(path).map(|node| &node.value) {
            Some(Value::List(items)) => items.iter().filter_map(name_of).collect(),
            Some(Value::Map(entries)) => entries.iter().map(|(key, _)| key.value.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// What is written at a path, where that is a text, a number or a flag.
    pub fn value(&self, path: &str) -> Option<String> {
        match &self.at(path)?.value {
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            Value::Nothing | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The path of the question with this id, in a part or in a repeated block.
    pub fn question(&self, id: &str) -> Option<String> {
        self.questions().into_iter().find(|path| path.rsplit('.').next() == Some(id))
    }

    /// The paths of all questions in order, those of repeated blocks after their block.
    pub fn questions(&self) -> Vec<String> {
        let mut paths = Vec::new();
        for part in self.names("parts") {
            for question in self.names(&format!("parts.{part}.questions")) {
                let path = format!("parts.{part}.questions.{question}");
                let items = self.names(&format!("{path}.items"));
                paths.push(path.clone());
                paths.extend(items.into_iter().map(|item| format!("{path}.items.{item}")));
            }
        }
        paths
    }

    /// Codes and names of the languages, in order.
    pub fn languages(&self) -> Vec<(String, String)> {
        let Some(Value::List(items)) = self.at("languages").map(|node| &node.value) else { return Vec::new() };
        let text = |item: &Node, key| match step(item, key).map(|node| &node.value) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        items.iter().map(|item| (text(item, "code"), text(item, "name"))).collect()
    }

    /// Writes a value; an empty one takes the key away.
    pub fn set(&mut self, path: &str, kind: &Kind, value: &str) {
        let Some((parent, key)) = path.rsplit_once('.') else { return };
        if self.at(parent).is_none() && !value.is_empty() {
            // `help` of a question that had none.
            if let Some((above, name)) = parent.rsplit_once('.')
                && let Some(Value::Map(entries)) = self.at_mut(above).map(|node| &mut node.value)
            {
                entries.push(entry(name, Value::Map(Vec::new())));
            }
        }
        let languages = self.languages();
        let Some(Value::Map(entries)) = self.at_mut(parent).map(|node| &mut node.value) else { return };
        if let Kind::Text(_) = kind {
            apart(entries, &languages);
        }
        let written = match kind {
            _ if value.is_empty() => None,
            Kind::Number => Some(value.parse().map_or_else(|_| Value::Text(value.to_owned()), Value::Number)),
            Kind::Flag => Some(Value::Bool(true)),
            Kind::FlagOff => Some(Value::Bool(false)),
            Kind::Text(_) | Kind::Rule | Kind::Line => Some(Value::Text(value.to_owned())),
        };
        entries.retain(|(known, _)| known.value != key || written.is_some());
        let Some(written) = written else { return self.tidy(parent) };
        match entries.iter_mut().find(|(known, _)| known.value == key) {
            Some((_, node)) => node.value = written,
            None => entries.push(entry(key, written)),
        }
    }

    /// Takes an empty map of texts away.
    fn tidy(&mut self, path: &str) {
        if self.names(path).is_empty()
            && let Some((above, key)) = path.rsplit_once('.')
            && let Some(Value::Map(entries)) = self.at_mut(above).map(|node| &mut node.value)
        {
            entries.retain(|(known, _)| known.value != key);
        }
    }

    /// Adds an item at the end of a list, or before the missing values that end it.
    pub fn add(&mut self, list: &str, item: Item) {
        let value = match item {
            Item::Shared(name) => Value::Text(name),
            Item::List(name) => Value::Map(vec![entry("list", Value::Text(name))]),
            Item::From(name) => Value::Map(vec![entry("from", Value::Text(name))]),
            Item::Own(keys) => Value::Map(keys.into_iter().map(|(key, text)| entry(key, Value::Text(text))).collect()),
        };
        self.ensure_list(list);
        let missing: Vec<bool> = self.names(list).iter().map(|name| self.is_missing(list, name)).collect();
        if let Some(Value::List(items)) = self.at_mut(list).map(|node| &mut node.value) {
            let after =
                if matches!(value, Value::Map(_)) { missing.iter().rev().take_while(|is| **is).count() } else { 0 };
            items.insert(items.len().saturating_sub(after), node(value));
        }
    }

    fn ensure_list(&mut self, list: &str) {
        if self.at(list).is_none()
            && let Some((above, key)) = list.rsplit_once('.')
            && let Some(Value::Map(entries)) = self.at_mut(above).map(|node| &mut node.value)
        {
            entries.push(entry(key, Value::List(Vec::new())));
        }
    }

    /// Whether a shared option is the one that refuses an answer.
    pub fn is_refusal(&self, name: &str) -> bool {
        self.value(&format!("options.{name}.code")).as_deref() == Some("-9")
    }

    /// Whether an option stands for an answer that is missing: a code below 0, its own or that of the shared one.
    pub fn is_missing(&self, list: &str, name: &str) -> bool {
        let code = self.value(&format!("{list}.{name}.code")).or_else(|| self.value(&format!("options.{name}.code")));
        code.and_then(|code| code.parse::<i64>().ok()).is_some_and(|code| code < 0)
    }

    /// Moves an item of a list by one place, up or down.
    pub fn shift(&mut self, path: &str, up: bool) {
        let Some((list, name)) = path.rsplit_once('.') else { return };
        if let Some(Value::List(items)) = self.at_mut(list).map(|node| &mut node.value)
            && let Some(from) = items.iter().position(|item| name_of(item).as_deref() == Some(name))
        {
            let to = if up { from.checked_sub(1) } else { Some(from + 1).filter(|to| *to < items.len()) };
            if let Some(to) = to {
                items.swap(from, to);
            }
        }
    }

    /// Takes an item out of a list.
    pub fn remove(&mut self, path: &str) {
        self.take(path);
    }

    fn take(&mut self, path: &str) -> Option<Node> {
        let (list, name) = path.rsplit_once('.')?;
        match self.at_mut(list).map(|node| &mut node.value)? {
            Value::List(items) => {
                let index = items.iter().position(|item| name_of(item).as_deref() == Some(name))?;
                Some(items.remove(index))
            }
            _ => None,
        }
    }

    /// Moves an item to the end of another list.
    pub fn carry(&mut self, path: &str, to: &str) {
        self.ensure_list(to);
        if !matches!(self.at(to).map(|node| &node.value), Some(Value::List(_))) {
            return;
        }
        if let Some(item) = self.take(path)
            && let Some(Value::List(items)) = self.at_mut(to).map(|node| &mut node.value)
        {
            items.push(item);
        }
    }

    fn at(&self, path: &str) -> Option<&Node> {
        path.split('.').try_fold(&self.root, step)
    }

    fn at_mut(&mut self, path: &str) -> Option<&mut Node> {
        path.split('.').try_fold(&mut self.root, |node, segment| match &mut node.value {
            Value::Map(entries) => entries.iter_mut().find(|(key, _)| key.value == segment).map(|(_, node)| node),
            Value::List(items) => items.iter_mut().find(|item| name_of(item).as_deref() == Some(segment)),
            _ => None,
        })
    }
}

fn step<'n>(node: &'n Node, segment: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Map(entries) => entries.iter().find(|(key, _)| key.value == segment).map(|(_, node)| node),
        Value::List(items) => items.iter().find(|item| name_of(item).as_deref() == Some(segment)),
        _ => None,
    }
}

fn entry(key: &str, value: Value) -> (Located<String>, Node) {
    (Located { at: Position { line: 1, column: 1 }, value: key.to_owned() }, node(value))
}

/// What an item of a list is called in paths.
fn name_of(item: &Node) -> Option<String> {
    let key = |key| match step(item, key).map(|node| &node.value) {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    match &item.value {
        Value::Text(name) => Some(name.clone()),
        Value::Map(_) => key("id")
            .map(str::to_owned)
            .or_else(|| key("list").map(|name| format!("list:{name}")))
            .or_else(|| key("from").map(|name| format!("from:{name}"))),
        _ => None,
    }
}

/// One `name` for all languages becomes a text for each.
fn apart(entries: &mut Vec<(Located<String>, Node)>, languages: &[(String, String)]) {
    let Some(index) = entries.iter().position(|(key, _)| key.value == "name") else { return };
    let (_, name) = entries.remove(index);
    entries.extend(languages.iter().map(|(code, _)| entry(code, name.value.clone())));
}
