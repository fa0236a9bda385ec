//! Shared options, lists and groupings.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{snake_case, unique};
use crate::i18n::said;
use crate::survey::definition::model::Group;
use crate::survey::definition::node::Located;
use crate::survey::definition::problem::Problems;
use crate::survey::definition::source::{
    GroupSource, ItemSource, KindSource, ListSource, OptionSource, QuestionSource, Source,
};

/// Options of a list that stand in it themselves.
fn own(list: &ListSource) -> impl Iterator<Item = &OptionSource> + Clone {
    list.options.iter().filter_map(|item| match item {
        ItemSource::Own(option) => Some(&**option),
        ItemSource::Shared(_) | ItemSource::List(_) | ItemSource::From(_) => None,
    })
}

/// The lists whose options belong to the groups of `grouping`.
fn lists_of<'a>(source: &'a Source, grouping: &'a str) -> impl Iterator<Item = &'a ListSource> + Clone {
    source.lists.iter().filter(move |list| list.grouping.as_ref().is_some_and(|name| name.value == grouping))
}

/// The groupings of the model: members as listed, and options of lists that name their group.
pub(super) fn groupings(source: &Source) -> BTreeMap<String, Vec<Group>> {
    let model = |(name, groups): &(Located<String>, Vec<GroupSource>)| {
        let groups = groups.iter().map(|group| model_group(group, source, &name.value)).collect();
        (name.value.clone(), groups)
    };
    source.groupings.iter().map(model).collect()
}

fn model_group(group: &GroupSource, source: &Source, grouping: &str) -> Group {
    let mut members: Vec<String> = group.members.iter().map(|member| member.value.clone()).collect();
    for option in lists_of(source, grouping).flat_map(own) {
        let in_group = option.group.as_ref().is_some_and(|name| name.value == group.id.value);
        if in_group && !members.contains(&option.id.value) {
            members.push(option.id.value.clone());
        }
    }
    let women = group.women.as_ref().map(|women| women.value);
    Group { id: group.id.value.clone(), text: group.text.clone(), members, women }
}

/// Groups of the plan, as they stand.
pub(super) fn plain_groups(groups: &[GroupSource]) -> Vec<Group> {
    let members = |group: &GroupSource| group.members.iter().map(|member| member.value.clone()).collect();
    groups
        .iter()
        .map(|group| Group {
            id: group.id.value.clone(),
            text: group.text.clone(),
            members: members(group),
            women: group.women.as_ref().map(|women| women.value),
        })
        .collect()
}

/// Checks lists and groupings by themselves; options are checked where questions use them.
///
/// Returns whether the groupings are sound, so that questions can be held against them.
pub(super) fn check(source: &Source, problems: &mut Problems) -> bool {
    let before = problems.count();
    for list in &source.lists {
        snake_case(&list.name, said("thing-list"), problems);
        check_list(list, source, problems);
    }
    for (name, groups) in &source.groupings {
        snake_case(name, said("thing-grouping"), problems);
        check_groups(groups, problems);
    }
    // Where a list or group is not known, members seem to be missing that are not.
    let known = problems.count() == before;
    for (name, groups) in source.groupings.iter().filter(|_| known) {
        check_membership(&name.value, groups, source, problems);
    }
    let sound = problems.count() == before;
    check_used(source, problems);
    sound
}

fn check_list(list: &ListSource, source: &Source, problems: &mut Problems) {
    for item in &list.options {
        if let ItemSource::List(name) | ItemSource::From(name) = item {
            let message = said("def-list-of-lists").with("id", &list.name.value);
            problems.add_with_hint(name.at, message, said("def-list-of-lists-hint"));
        }
    }
    let groups = list.grouping.as_ref().and_then(|name| {
        let found = source.groupings.iter().find(|(grouping, _)| grouping.value == name.value);
        if found.is_none() {
            let known = source.groupings.iter().map(|(grouping, _)| grouping.value.as_str());
            problems.add_unknown(name.at, said("def-unknown-grouping").with("id", &name.value), &name.value, known);
        }
        found
    });
    let causes = list.addresses.as_ref().and_then(|name| {
        let found = source.lists.iter().find(|other| other.name.value == name.value);
        if found.is_none() {
            let known = source.lists.iter().map(|other| other.name.value.as_str());
            problems.add_unknown(name.at, said("def-unknown-list").with("id", &name.value), &name.value, known);
        }
        found
    });
    for option in own(list) {
        if let (Some(group), Some((_, groups))) = (&option.group, groups) {
            let known = groups.iter().map(|group| group.id.value.as_str());
            if !known.clone().any(|id| id == group.value) {
                problems.add_unknown(group.at, said("def-unknown-group").with("id", &group.value), &group.value, known);
            }
        } else if let (Some(group), None) = (&option.group, &list.grouping) {
            let message = said("def-list-no-grouping").with("id", &option.id.value);
            problems.add_with_hint(group.at, message, said("def-list-no-grouping-hint"));
        }
        for cause in &option.addresses {
            let Some(causes) = causes else {
                if list.addresses.is_none() {
                    let message = said("def-list-no-addresses").with("id", &option.id.value);
                    problems.add_with_hint(cause.at, message, said("def-list-no-addresses-hint"));
                }
                continue;
            };
            let known = own(causes).map(|option| option.id.value.as_str());
            if !known.clone().any(|id| id == cause.value) {
                let message = said("def-list-no-option").with("list", &causes.name.value).with("id", &cause.value);
                problems.add_unknown(cause.at, message, &cause.value, known);
            }
        }
    }
}

/// Ids of groups are well formed and unique, and no member stands in two of them.
pub(super) fn check_groups(groups: &[GroupSource], problems: &mut Problems) {
    let (mut ids, mut members) = (BTreeSet::new(), BTreeSet::new());
    for group in groups {
        snake_case(&group.id, said("thing-group"), problems);
        unique(&group.id, said("thing-group"), &mut ids, problems);
        for member in &group.members {
            unique(member, said("thing-member"), &mut members, problems);
        }
    }
}

fn check_membership(grouping: &str, groups: &[GroupSource], source: &Source, problems: &mut Problems) {
    let mut group_of: BTreeMap<&str, &str> = BTreeMap::new();
    for option in lists_of(source, grouping).flat_map(own) {
        let Some(group) = &option.group else { continue };
        let earlier = group_of.insert(&option.id.value, &group.value);
        if earlier.is_some_and(|earlier| earlier != group.value) {
            let message = said("def-two-groups").with("id", &option.id.value).with("grouping", grouping);
            problems.add_with_hint(group.at, message, said("def-two-groups-hint"));
        }
    }
    for group in groups {
        let members = lists_of(source, grouping)
            .flat_map(own)
            .filter(|option| option.group.as_ref().is_some_and(|name| name.value == group.id.value));
        if group.members.is_empty() && members.clone().next().is_none() {
            problems.add(group.id.at, said("def-group-empty").with("id", &group.id.value));
        }
        let together: i64 = members.filter_map(|option| option.women.as_ref()).map(|women| women.value).sum();
        if let Some(women) = group.women.as_ref().filter(|women| together != 0 && i64::from(women.value) != together) {
            let message = said("def-group-women")
                .with("id", &group.id.value)
                .with("women", women.value)
                .with("together", together);
            problems.add(women.at, message);
        }
    }
}

/// A list or shared option that nothing uses is most likely a slip.
fn check_used(source: &Source, problems: &mut Problems) {
    let questions = source.questions();
    let items = || {
        let listed = source.lists.iter().flat_map(|list| &list.options);
        questions.iter().flat_map(|question| question.kind.items()).chain(listed)
    };
    for list in &source.lists {
        let offered = items().any(|item| matches!(item, ItemSource::List(name) if name.value == list.name.value));
        let suggested = |question: &&QuestionSource| match &question.kind {
            KindSource::Text { suggestions: Some(name), .. } => name.value == list.name.value,
            _ => false,
        };
        if !offered && !questions.iter().any(suggested) {
            problems.add(list.name.at, said("def-list-unused").with("id", &list.name.value));
        }
    }
    for option in &source.options {
        if !items().any(|item| matches!(item, ItemSource::Shared(name) if name.value == option.id.value)) {
            problems.add(option.id.at, said("def-shared-unused").with("id", &option.id.value));
        }
    }
}
