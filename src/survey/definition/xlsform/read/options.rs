//! The options of a question: its own, shared ones, lists, and what was chosen earlier.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, Entries, plain};
use super::limits::Limits;
use super::lists::{Choice, List};
use super::names::{Names, OTHER};
use crate::i18n;
use crate::survey::definition::node::{Node, Value};
use crate::survey::definition::xlsform::report::What;
use crate::survey::definition::xlsform::sheet::Row;
use crate::survey::definition::xlsform::write::SHARED;
use crate::survey::definition::xlsform::xpath::{Expr, parse};

/// The longest text beside the option that `or_other` adds.
const OTHER_MAX: i64 = 200;

/// All lists, and which of them have a name here.
#[derive(Debug, Default)]
pub struct Lists {
    /// The sheet's lists.
    pub all: Vec<List>,
    /// Lists that questions share: their name in XLSForm, and here.
    pub named: Vec<(String, String)>,
    /// In a form that others wrote: the options of shared lists that stand alone.
    pub alone: BTreeMap<String, BTreeSet<String>>,
}

/// What a question says of its options.
#[derive(Debug)]
pub struct Select<'r> {
    /// Its row.
    pub row: &'r Row,
    /// The list, by its name in XLSForm.
    pub list: &'r str,
    /// Several choices.
    pub several: bool,
    /// `or_other`.
    pub or_other: bool,
    /// The constraint.
    pub limits: Limits,
    /// Room for texts beside options, by the options' names.
    pub beside: BTreeMap<String, i64>,
}

impl Lists {
    /// The list with this name in XLSForm.
    pub fn get(&self, name: &str) -> Option<&List> {
        self.all.iter().find(|list| list.name == name)
    }

    /// The name here of a list that questions share.
    pub fn name(&self, list: &str) -> Option<&String> {
        self.named.iter().find(|(known, _)| known == list).map(|(_, name)| name)
    }

    /// Whether an option of a shared list stands alone, as the list says.
    fn stands_alone(&self, list: &str, choice: &Choice) -> bool {
        choice.exclusive || choice.code >= 0 && self.alone.get(list).is_some_and(|alone| alone.contains(&choice.name))
    }

    /// The nodes of a shared list's options.
    pub fn nodes_of_list(&self, list: &List, context: &mut Context) -> Vec<Node> {
        let mut nodes = Vec::new();
        for choice in &list.choices {
            nodes.push(match self.origin(SHARED, choice) {
                Some(_) if choice.from == SHARED => context.text(choice.place.clone(), &choice.id),
                _ => choice.node(true, self.stands_alone(&list.name, choice), choice.text_max, context),
            });
        }
        nodes
    }

    /// The option of `list` that `choice` is, where both say the same.
    fn origin(&self, list: &str, choice: &Choice) -> Option<&Choice> {
        self.get(list)?.choices.iter().find(|origin| origin.same(choice))
    }

    /// The nodes of a question's options.
    pub fn nodes(&self, select: &Select<'_>, names: &Names, context: &mut Context) -> Vec<Node> {
        let Some(list) = self.get(select.list) else {
            context.say(select.row.place(), What::List(select.list.to_owned()));
            return Vec::new();
        };
        let filter = select.row.get("choice_filter");
        let earlier = filter.as_ref().map(|filter| taken_from(&filter.text, list, self, names));
        if let (Some(filter), Some(None)) = (&filter, &earlier) {
            context.say(filter.place.clone(), What::Filter(filter.text.trim().to_owned()));
        }
        let earlier = earlier.flatten().unwrap_or_default();
        let mut nodes = if earlier.whole.is_empty() {
            self.without_filter(select, list, &earlier.rows, context)
        } else {
            let name = context.text(select.row.place(), &earlier.whole);
            vec![keyed("from", name, select.row, context)]
        };
        if select.or_other {
            nodes.push(other(list, select.row, context));
        }
        nodes
    }

    fn without_filter(
        &self,
        select: &Select<'_>,
        list: &List,
        earlier: &BTreeMap<String, String>,
        context: &mut Context,
    ) -> Vec<Node> {
        if let Some(name) = self.name(&list.name)
            && list.choices.iter().all(|choice| self.as_in_list(&list.name, choice, choice, select))
        {
            let name = context.text(select.row.place(), name);
            return vec![keyed("list", name, select.row, context)];
        }
        let mut nodes = Vec::new();
        let mut rest = list.choices.as_slice();
        while let Some(first) = rest.first() {
            let together = rest.iter().take_while(|choice| choice.from == first.from).count();
            let (run, after) = rest.split_at(together);
            rest = after;
            if let Some(question) = earlier.get(&first.from) {
                let name = context.text(first.place.clone(), question);
                nodes.push(keyed("from", name, select.row, context));
                self.labels_follow(run, context);
            } else if let Some(name) = self.whole(run, select) {
                let name = context.text(first.place.clone(), name);
                nodes.push(keyed("list", name, select.row, context));
            } else {
                nodes.extend(run.iter().map(|choice| self.single(choice, select, context)));
            }
        }
        nodes
    }

    /// The list that a run of options is the whole of.
    fn whole(&self, run: &[Choice], select: &Select<'_>) -> Option<&String> {
        let from = &run.first()?.from;
        let (name, list) = (self.name(from)?, self.get(from)?);
        let same =
            |(origin, choice): (&Choice, &Choice)| origin.same(choice) && self.as_in_list(from, origin, choice, select);
        (list.choices.len() == run.len() && list.choices.iter().zip(run).all(same)).then_some(name)
    }

    /// Whether an option is in the question what it is in its list.
    fn as_in_list(&self, list: &str, origin: &Choice, choice: &Choice, select: &Select<'_>) -> bool {
        let alone = !select.several
            || origin.code < 0
            || self.stands_alone(list, origin) == select.limits.alone.contains(&choice.name);
        alone && origin.text_max == select.beside.get(&choice.name).copied()
    }

    /// An option by itself: a shared one by its name, or its own.
    fn single(&self, choice: &Choice, select: &Select<'_>, context: &mut Context) -> Node {
        let origin = (!choice.from.is_empty()).then(|| self.origin(&choice.from, choice)).flatten();
        if choice.from == SHARED && origin.is_some_and(|origin| self.as_in_list(SHARED, origin, choice, select)) {
            return context.text(choice.place.clone(), &choice.id);
        }
        if !choice.from.is_empty() {
            context.say(choice.place.clone(), What::Edited(format!("{} of {}", choice.name, choice.from)));
        }
        // What an option from elsewhere is besides stands there.
        let besides = origin.unwrap_or(choice);
        let full = Choice { rest: besides.rest.clone(), notes: besides.notes.clone(), ..choice.clone() };
        let alone = select.several && select.limits.alone.contains(&choice.name);
        let exclusive = if choice.code < 0 || !select.several { choice.exclusive } else { alone };
        full.node(true, exclusive, select.beside.get(&choice.name).copied(), context)
    }

    /// Options that are taken from an earlier question have that question's texts.
    fn labels_follow(&self, run: &[Choice], context: &mut Context) {
        for choice in run {
            let lists = self.all.iter().flat_map(|list| &list.choices);
            let mut origins = lists.filter(|other| other.id == choice.id && other.from != choice.from).peekable();
            let known = origins.peek().is_none() || origins.any(|other| plain(&other.texts) == plain(&choice.texts));
            if !known {
                context.say(choice.place.clone(), What::Differs(format!("the text of {}", choice.name)));
            }
        }
    }
}

/// `- key: name`.
fn keyed(key: &str, name: Node, row: &Row, context: &mut Context) -> Node {
    let mut map = Entries::new();
    context.add(&mut map, key, row.place(), name.value.clone());
    Node { value: Value::Map(map), ..name }
}

/// Options taken from earlier questions.
#[derive(Debug, Default)]
struct Earlier {
    /// All of them from this one.
    whole: String,
    /// Those that the sheet marks, by mark: the question.
    rows: BTreeMap<String, String>,
}

/// What a choice filter takes from earlier questions; nothing where it says something else.
fn taken_from(filter: &str, list: &List, lists: &Lists, names: &Names) -> Option<Earlier> {
    let mut earlier = Earlier::default();
    let members = match parse(filter)? {
        Expr::And(members) => members,
        single => vec![single],
    };
    for member in &members {
        match member {
            // selected(${Q19}, name)
            Expr::Call(name, arguments) if name == "selected" && members.len() == 1 => {
                let question = chosen_in(arguments, names)?;
                // Only the same options can have been chosen.
                let same = lists.get(&list.name).is_some_and(|list| {
                    let known = |choice: &Choice| question.1.contains(&choice.name);
                    list.choices.iter().all(known)
                });
                earlier.whole = same.then_some(question.0)?;
            }
            // not(trygghet_from = 'Q19') or selected(${Q19}, name)
            Expr::Or(either) => {
                let [Expr::Call(not, marked), Expr::Call(selected, arguments)] = either.as_slice() else { return None };
                let [Expr::Compare("=", column, mark)] = marked.as_slice() else { return None };
                let (Expr::Name(column), Expr::Literal(mark)) = (&**column, &**mark) else { return None };
                if not != "not" || selected != "selected" || column != "trygghet_from" {
                    return None;
                }
                earlier.rows.insert(mark.clone(), chosen_in(arguments, names)?.0);
            }
            _ => return None,
        }
    }
    Some(earlier)
}

/// The question in `selected(${question}, name)`, and its options' names.
fn chosen_in(arguments: &[Expr], names: &Names) -> Option<(String, Vec<String>)> {
    let [Expr::Ref(question), Expr::Name(column)] = arguments else { return None };
    let asked = names.asked(question).ok().filter(|asked| asked.several && column == "name")?;
    Some((asked.reference.clone(), asked.options.iter().map(|option| option.name.clone()).collect()))
}

/// The option that `or_other` adds, with a text beside it.
fn other(list: &List, row: &Row, context: &mut Context) -> Node {
    context.say(row.place(), What::OrOther);
    let code = list.choices.iter().map(|choice| choice.code).max().unwrap_or(0).max(0) + 1;
    let mut texts = Entries::new();
    let codes: Vec<String> = context.languages.codes().cloned().collect();
    for language in codes {
        let text = i18n::text(&language, "survey-other");
        context.add(&mut texts, &language, row.place(), Value::Text(text));
    }
    let other = Choice {
        place: row.place(),
        name: OTHER.to_owned(),
        id: OTHER.to_owned(),
        code,
        texts,
        from: String::new(),
        exclusive: false,
        text_max: None,
        rest: Entries::new(),
        notes: Entries::new(),
    };
    other.node(true, false, Some(OTHER_MAX), context)
}
