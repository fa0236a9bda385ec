//! The options of a closed question, put together and checked.

use std::collections::BTreeSet;

use super::names::snake_case;
use super::scope::Scope;
use crate::i18n::{Said, said};
use crate::survey::answers::missing;
use crate::survey::definition::model::{Choice, FieldKind};
use crate::survey::definition::node::Located;
use crate::survey::definition::problem::{Position, Problems};
use crate::survey::definition::source::{ItemSource, OptionSource, Source};
use crate::survey::routing::Condition;
use crate::survey::routing::evaluate::MOST_OPTIONS;

/// Where options stand: what they may be depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// One choice outside a repeated block: may screen out.
    Single,
    /// One choice in a repeated block.
    SingleInBlock,
    /// Several choices: may be exclusive.
    Several,
    /// Columns of a matrix: no text beside them.
    Matrix,
    /// Suggestions for a text.
    Suggestions,
}

/// An option, where it was put into the question, and the room for a text beside it.
pub(super) struct Built {
    pub choice: Choice,
    pub at: Position,
    pub text_max: Option<usize>,
    /// Taken from an earlier question, where it has been checked.
    copied: bool,
}

/// What `items` stand for, lists and shared options opened.
enum Opened<'s> {
    Option(Position, &'s OptionSource),
    From(&'s Located<String>),
}

/// The options that `items` stand for; whatever is wrong with them is reported.
pub(super) fn build(
    items: &[ItemSource],
    place: Use,
    source: &Source,
    scope: &Scope<'_>,
    problems: &mut Problems,
) -> Vec<Built> {
    let mut built = Vec::new();
    for opened in open(items, source, problems) {
        match opened {
            Opened::Option(at, option) => built.push(one(option, at, place, problems)),
            Opened::From(name) => built.extend(from_earlier(name, scope, problems)),
        }
    }
    together(&built, problems);
    built
}

fn open<'s>(items: &'s [ItemSource], source: &'s Source, problems: &mut Problems) -> Vec<Opened<'s>> {
    let mut opened = Vec::new();
    for item in items {
        match item {
            ItemSource::Own(option) => opened.push(Opened::Option(option.id.at, option)),
            ItemSource::Shared(name) => {
                opened.extend(shared(name, source, problems).map(|option| Opened::Option(name.at, option)));
            }
            ItemSource::List(name) => {
                let Some(list) = source.list(&name.value) else {
                    let known = source.lists.iter().map(|list| list.name.value.as_str());
                    problems.add_unknown(name.at, said("def-unknown-list").with("id", &name.value), &name.value, known);
                    continue;
                };
                opened.extend(list.options.iter().filter_map(|item| {
                    let option = match item {
                        ItemSource::Own(option) => option,
                        ItemSource::Shared(name) => shared(name, source, problems)?,
                        // Reported with the list itself.
                        ItemSource::List(_) | ItemSource::From(_) => return None,
                    };
                    Some(Opened::Option(name.at, option))
                }));
            }
            ItemSource::From(name) => opened.push(Opened::From(name)),
        }
    }
    opened
}

fn shared<'s>(name: &Located<String>, source: &'s Source, problems: &mut Problems) -> Option<&'s OptionSource> {
    let found = source.options.iter().find(|option| option.id.value == name.value);
    if found.is_none() {
        let known = source.options.iter().map(|option| option.id.value.as_str());
        problems.add_unknown(name.at, said("def-unknown-shared").with("id", &name.value), &name.value, known);
    }
    found
}

fn one(option: &OptionSource, at: Position, place: Use, problems: &mut Problems) -> Built {
    let name = &option.id.value;
    snake_case(&option.id, said("thing-option"), problems);
    let code = option.code.as_ref().map_or(0, |code| code.value);
    if let Some(code) = option.code.as_ref().filter(|code| code.value < 0) {
        if ![missing::REFUSED, missing::DOES_NOT_KNOW].map(i64::from).contains(&code.value) {
            let hint = said("def-code-free-hint");
            problems.add_with_hint(code.at, said("def-code-free").with("id", name).with("code", code.value), hint);
        } else if place == Use::Suggestions {
            problems.add(code.at, said("def-suggestion-missing").with("id", name));
        }
    }
    let refuse = |set: &Located<bool>, allowed: bool, what: Said, problems: &mut Problems| {
        if set.value && !allowed {
            problems.add(set.at, said("def-option-refused").with("id", name).saying("what", what.clone()));
        }
    };
    refuse(&option.exclusive, place == Use::Several, said("def-exclusive"), problems);
    let screens = said("def-screens");
    refuse(&option.screen_out, place == Use::Single, screens, problems);
    if let Some(max) = option.text_max.as_ref().filter(|_| matches!(place, Use::Matrix | Use::Suggestions)) {
        problems.add(max.at, said("def-no-text").with("id", name));
    }
    let exclusive = place == Use::Several && (code < 0 || option.exclusive.value);
    let text_max = option.text_max.as_ref().and_then(|max| usize::try_from(max.value).ok());
    let choice = Choice {
        id: name.clone(),
        code: i16::try_from(code).unwrap_or_default(),
        text: option.text.clone(),
        exclusive,
        screen_out: option.screen_out.value,
        // What closes a list stays at its end when the others are shuffled.
        fixed: exclusive || text_max.is_some(),
        group: option.group.as_ref().map(|group| group.value.clone()),
        relevant: Condition::Always,
    };
    Built { choice, at, text_max, copied: false }
}

/// What was chosen in an earlier question, of the options that count.
fn from_earlier(name: &Located<String>, scope: &Scope<'_>, problems: &mut Problems) -> Vec<Built> {
    let Some(field) = scope.field(name, problems) else { return Vec::new() };
    let FieldKind::Multi { options, .. } = &scope.fields[field].kind else {
        let message = said("def-from-one").with("id", &name.value);
        problems.add(name.at, message);
        return Vec::new();
    };
    let counting = options.iter().enumerate().filter(|(_, option)| option.counts());
    counting
        .map(|(option, original)| Built {
            choice: Choice {
                fixed: false,
                screen_out: false,
                relevant: Condition::Chosen { field, option },
                ..original.clone()
            },
            at: name.at,
            text_max: None,
            copied: true,
        })
        .collect()
}

/// Checks of the whole list.
fn together(built: &[Built], problems: &mut Problems) {
    let (mut ids, mut codes) = (BTreeSet::new(), BTreeSet::new());
    for Built { choice, at, copied, .. } in built {
        let (new_id, new_code) = (ids.insert(&choice.id), codes.insert(choice.code));
        if !new_id && !copied {
            problems.add(*at, said("def-option-twice").with("id", &choice.id));
        } else if !new_code && !copied {
            let twin = built.iter().find(|other| other.choice.code == choice.code);
            let twin = twin.map_or("", |twin| &twin.choice.id);
            problems
                .add(*at, said("def-code-taken").with("id", &choice.id).with("twin", twin).with("code", choice.code));
        }
    }
    if let Some(first) = built.get(MOST_OPTIONS) {
        problems.add(first.at, said("def-many-options").with("options", built.len()).with("most", MOST_OPTIONS));
    }
    let refusal = built.iter().position(|option| option.choice.code == missing::REFUSED);
    if let Some(refusal) = refusal.filter(|index| index + 1 < built.len()) {
        let option = &built[refusal];
        let message = said("def-refusal-last").with("id", &option.choice.id);
        problems.add(option.at, message);
    }
}
