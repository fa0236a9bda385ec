//! What was read, back as a tree of nodes: the keys of each thing in one order.

use super::map::{Entries, Map, names, node};
use crate::survey::definition::model::{Language, Texts};
use crate::survey::definition::node::{Located, Node, Value};
use crate::survey::definition::source::{
    BreakdownSource, CaseSource, DerivedKind, DerivedSource, GroupSource, ItemSource, KindSource, ListSource,
    OptionSource, PartSource, PlanSource, QuestionSource, RowSource, Source,
};

/// The whole questionnaire.
pub(in super::super) fn tree(source: &Source) -> Node {
    let languages = &source.languages;
    let mut map = Map::default();
    map.text("questionnaire", &source.id);
    map.number("version", Some(i64::from(source.version)));
    map.0.extend(before_questions(source));
    let mut shared = Map::default();
    for option in &source.options {
        shared.add(&option.id.value, option_map(option, false, languages));
    }
    map.filled("options", shared);
    let mut lists = Map::default();
    for list in &source.lists {
        lists.add(&list.name.value, list_map(list, languages));
    }
    map.filled("lists", lists);
    map.list("parts", source.parts.iter().map(|part| part_map(part, languages)).collect());
    map.0.extend(after_questions(source));
    node(map.into_value())
}

/// What stands before options and questions, but for id and version.
pub(in super::super) fn before_questions(source: &Source) -> Entries {
    let languages = &source.languages;
    let mut map = Map::default();
    map.text("case_number", &source.case_number);
    map.texts("title", &source.title, languages);
    map.texts("target_population", &source.target_population, languages);
    map.number("minutes", Some(i64::from(source.minutes)));
    map.list("languages", languages.iter().map(language_map).collect());
    map.add("texts", texts_map(&source.texts, languages));
    let mut groupings = Map::default();
    for (name, groups) in &source.groupings {
        groupings.add(&name.value, Value::List(group_maps(groups, languages).into_iter().map(node).collect()));
    }
    map.filled("groupings", groupings);
    map.0
}

/// What stands after the questions.
pub(in super::super) fn after_questions(source: &Source) -> Entries {
    let languages = &source.languages;
    let mut map = Map::default();
    map.list("derived", source.derived.iter().map(|derived| derived_map(derived, languages)).collect());
    map.add("analysis_plan", plan_map(&source.plan, languages));
    map.0
}

fn language_map(language: &Language) -> Value {
    let mut map = Map::default();
    map.text("code", &language.code);
    map.text("name", &language.name);
    map.add("reviewed", Value::Bool(language.reviewed));
    map.into_value()
}

fn texts_map(texts: &Texts, languages: &[Language]) -> Value {
    let mut map = Map::default();
    for (key, text) in texts.all() {
        map.texts(key, text, languages);
    }
    map.into_value()
}

fn group_maps(groups: &[GroupSource], languages: &[Language]) -> Vec<Value> {
    let one = |group: &GroupSource| {
        let mut map = Map::default();
        map.text("id", &group.id.value);
        map.names("members", &group.members);
        map.number("women", group.women.as_ref().map(|women| i64::from(women.value)));
        map.name_or_own_texts(&group.text, languages);
        map.into_value()
    };
    groups.iter().map(one).collect()
}

/// An option; a shared one is named by the key it stands at.
fn option_map(option: &OptionSource, with_id: bool, languages: &[Language]) -> Value {
    let mut map = Map::default();
    if with_id {
        map.text("id", &option.id.value);
    }
    map.number("code", option.code.as_ref().map(|code| code.value));
    map.flag("exclusive", option.exclusive.value);
    map.flag("screen_out", option.screen_out.value);
    map.name("group", option.group.as_ref());
    map.number("text_max", option.text_max.as_ref().map(|max| max.value));
    map.names("addresses", &option.addresses);
    map.number("women", option.women.as_ref().map(|women| women.value));
    map.notes(&option.notes);
    map.name_or_own_texts(&option.text, languages);
    map.into_value()
}

fn items(items: &[ItemSource], languages: &[Language]) -> Vec<Value> {
    let one = |key: &str, name: &Located<String>| {
        let mut map = Map::default();
        map.text(key, &name.value);
        map.into_value()
    };
    items
        .iter()
        .map(|item| match item {
            ItemSource::Shared(name) => Value::Text(name.value.clone()),
            ItemSource::List(name) => one("list", name),
            ItemSource::From(name) => one("from", name),
            ItemSource::Own(option) => option_map(option, true, languages),
        })
        .collect()
}

fn list_map(list: &ListSource, languages: &[Language]) -> Value {
    let mut map = Map::default();
    map.name("grouping", list.grouping.as_ref());
    map.name("addresses", list.addresses.as_ref());
    map.notes(&list.notes);
    map.list("options", items(&list.options, languages));
    map.into_value()
}

fn part_map(part: &PartSource, languages: &[Language]) -> Value {
    let mut map = Map::default();
    map.text("id", &part.id.value);
    map.rule("relevant", part.relevant.as_ref());
    map.flag("continues", part.continues.value);
    map.flag("sensitive", part.sensitive);
    map.flag("support", part.support);
    map.notes(&part.notes);
    map.texts("title", &part.title, languages);
    map.list("questions", part.questions.iter().map(|question| question_map(question, languages)).collect());
    map.into_value()
}

fn question_map(question: &QuestionSource, languages: &[Language]) -> Value {
    let mut map = Map::default();
    map.text("id", &question.id.value);
    map.text("type", question.kind.name());
    if !question.enabled {
        map.add("enabled", Value::Bool(false));
    }
    map.flag("required", question.required);
    map.flag("no_refusal", question.no_refusal);
    map.rule("relevant", question.relevant.as_ref());
    match &question.kind {
        KindSource::Single { grouped, .. } => map.flag("grouped", grouped.value),
        KindSource::Several { max_selected, randomise, .. } => {
            map.number("max_selected", max_selected.as_ref().map(|max| max.value));
            map.flag("randomise", *randomise);
        }
        KindSource::Text { max, suggestions, .. } => {
            map.number("max", i64::try_from(*max).ok());
            map.name("suggestions", suggestions.as_ref());
        }
        KindSource::Repeat { places, .. } => map.number("places", i64::try_from(*places).ok()),
        KindSource::Matrix { .. } | KindSource::Unreadable => {}
    }
    map.notes(&question.notes);
    map.own_texts(&question.text, languages);
    if let Some(help) = &question.help {
        map.texts("help", help, languages);
    }
    match &question.kind {
        KindSource::Single { options, .. } | KindSource::Several { options, .. } => {
            map.list("options", items(options, languages));
        }
        KindSource::Matrix { rows, columns } => {
            map.list("rows", rows.iter().map(|row| row_map(row, languages)).collect());
            map.list("columns", items(columns, languages));
        }
        KindSource::Repeat { add_label, items, .. } => {
            map.texts("add_label", add_label, languages);
            map.list("items", items.iter().map(|item| question_map(item, languages)).collect());
        }
        KindSource::Text { .. } | KindSource::Unreadable => {}
    }
    map.into_value()
}

fn row_map(row: &RowSource, languages: &[Language]) -> Value {
    let mut map = Map::default();
    map.text("id", &row.id.value);
    map.notes(&row.notes);
    map.own_texts(&row.text, languages);
    map.into_value()
}

fn derived_map(derived: &DerivedSource, languages: &[Language]) -> Value {
    let mut map = Map::default();
    map.text("id", &derived.id.value);
    map.text("name", &derived.name.value);
    map.notes(&derived.notes);
    map.own_texts(&derived.text, languages);
    match &derived.kind {
        DerivedKind::Share { numerator, denominator } => {
            map.rule("numerator", numerator.as_ref());
            map.rule("denominator", denominator.as_ref());
        }
        DerivedKind::Groups { questions, grouping } => {
            map.names("groups_of", questions);
            map.name("grouping", grouping.as_ref());
        }
        DerivedKind::FirstOf { cases } => {
            map.list("first_of", cases.iter().map(|case| case_map(case, languages)).collect());
        }
        DerivedKind::Unreadable => {}
    }
    map.into_value()
}

fn case_map(case: &CaseSource, languages: &[Language]) -> Value {
    let mut map = Map::default();
    map.text("id", &case.id.value);
    map.number("code", case.code.as_ref().map(|code| code.value));
    map.rule("when", case.when.as_ref());
    map.own_texts(&case.text, languages);
    map.into_value()
}

fn plan_map(plan: &PlanSource, languages: &[Language]) -> Value {
    let mut map = Map::default();
    map.rule("population", plan.population.as_ref());
    map.list("breakdowns", plan.breakdowns.iter().map(|breakdown| breakdown_map(breakdown, languages)).collect());
    map.names("tables", &plan.tables);
    map.names("sensitive", &plan.sensitive);
    let mut published = Map::default();
    for (question, groups) in &plan.published_as {
        published.add(&question.value, Value::List(group_maps(groups, languages).into_iter().map(node).collect()));
    }
    map.filled("published_as", published);
    map.into_value()
}

fn breakdown_map(breakdown: &BreakdownSource, languages: &[Language]) -> Value {
    let mut map = Map::default();
    map.text("id", &breakdown.id.value);
    map.name("question", breakdown.question.as_ref());
    map.name("grouping", breakdown.grouping.as_ref());
    map.name("derived", breakdown.derived.as_ref());
    map.names("cross", &breakdown.cross);
    map.names("only", &breakdown.only);
    map.list("merge_order", breakdown.merge_order.iter().map(|joined| names(joined)).collect());
    map.notes(&breakdown.notes);
    map.own_texts(&breakdown.text, languages);
    map.list("groups", group_maps(&breakdown.groups, languages));
    map.into_value()
}
