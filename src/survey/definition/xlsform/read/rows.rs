//! The sheet `survey`: rows in groups and repeated blocks.

use super::context::Context;
use crate::survey::definition::xlsform::report::What;
use crate::survey::definition::xlsform::sheet::Row;

/// How deep groups may nest.
const MOST_DEPTH: usize = 12;

/// A row, or rows between a beginning and an end.
#[derive(Debug, Clone)]
pub enum Item {
    /// A single row.
    Row(Kind, Row),
    /// `begin_group` … `end_group`.
    Group(Row, Vec<Item>),
    /// `begin_repeat` … `end_repeat`.
    Repeat(Row, Vec<Item>),
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// `select_one LIST`, `select_multiple LIST`.
    Select {
        /// The list.
        list: String,
        /// Several choices.
        several: bool,
        /// `or_other`.
        or_other: bool,
    },
    /// `text`.
    Text,
    /// `note`.
    Note,
    /// Computed.
    Calculate,
    /// Recorded without asking.
    Metadata(String),
    /// Anything else.
    Other(String),
}

/// What types record without asking.
const METADATA: [&str; 15] = [
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "phonenumber",
    "phone number",
    "email",
    "audit",
    "simserial",
    "subscriberid",
    "start-geopoint",
    "background-audio",
    "imei",
    "device id",
];

/// What the type's cell says.
fn kind(written: &str) -> Kind {
    let words: Vec<&str> = written.split_whitespace().collect();
    let lower = words.join(" ").to_lowercase();
    let selects = [
        ("select_one ", false),
        ("select one from ", false),
        ("select one ", false),
        ("select1 ", false),
        ("select_multiple ", true),
        ("select multiple from ", true),
        ("select multiple ", true),
        ("select all that apply from ", true),
        ("select all that apply ", true),
    ];
    if let Some((prefix, several)) = selects.iter().find(|(prefix, _)| lower.starts_with(prefix)) {
        let rest: Vec<&str> = words.iter().skip(prefix.split_whitespace().count()).copied().collect();
        let or_other = matches!(rest.as_slice(), [_, "or_other"] | [_, "or", "specify", "other"]);
        if let Some(list) = rest.first().filter(|_| rest.len() == 1 || or_other) {
            return Kind::Select { list: (*list).to_owned(), several: *several, or_other };
        }
    }
    match lower.as_str() {
        "text" | "string" => Kind::Text,
        "note" => Kind::Note,
        "calculate" | "hidden" | "calculation" => Kind::Calculate,
        other if METADATA.contains(&other) => Kind::Metadata(other.to_owned()),
        _ => Kind::Other(words.join(" ")),
    }
}

/// Rows as a tree; what begins or ends alone is told.
pub fn tree(rows: &[Row], context: &mut Context) -> Vec<Item> {
    let mut open: Vec<(Row, String, Vec<Item>)> = Vec::new();
    let mut top: Vec<Item> = Vec::new();
    let mut too_deep = 0_usize;
    for row in rows {
        let written = row.text("type");
        let lower = written.to_lowercase().replace(' ', "_");
        if written.is_empty() {
            continue;
        }
        // `begin_loop_over_list` ends with `end_loop`.
        let first_word = |rest: &'_ str| rest.split('_').next().unwrap_or_default().to_owned();
        if let Some(what) = lower.strip_prefix("begin_").map(first_word) {
            if open.len() >= MOST_DEPTH {
                too_deep += 1;
                context.say(row.place(), What::Nesting);
            } else {
                open.push((row.clone(), what, Vec::new()));
            }
        } else if let Some(what) = lower.strip_prefix("end_").map(first_word) {
            // Many forms repeat the group's name where it ends.
            row.text("name");
            row.texts("label");
            if too_deep > 0 {
                too_deep -= 1;
                continue;
            }
            match open.pop() {
                Some((first, began, items)) if began == what => {
                    close(first, &began, items, open.last_mut().map_or(&mut top, |(.., items)| items), context);
                }
                Some(unclosed) => {
                    context.say(row.place(), What::Unbalanced(written));
                    open.push(unclosed);
                }
                None => context.say(row.place(), What::Unbalanced(written)),
            }
        } else if too_deep > 0 {
            context.say(row.place(), What::Nesting);
        } else {
            let items = open.last_mut().map_or(&mut top, |(.., items)| items);
            items.push(Item::Row(kind(&written), row.clone()));
        }
    }
    while let Some((first, began, items)) = open.pop() {
        context.say(first.place(), What::Unbalanced(first.text("type")));
        close(first, &began, items, open.last_mut().map_or(&mut top, |(.., items)| items), context);
    }
    top
}

fn close(first: Row, began: &str, items: Vec<Item>, into: &mut Vec<Item>, context: &mut Context) {
    match began {
        "group" | "lgroup" => into.push(Item::Group(first, items)),
        "repeat" | "looped" => into.push(Item::Repeat(first, items)),
        _ => {
            // A block of a kind of its own, such as a ranking: its rows mean something only in it.
            context.say(first.place(), What::Type(format!("{} {}", first.text("type"), first.text("name"))));
            first.settle();
            leave(&items, context);
        }
    }
}

/// Leaves out what stands in a block that is left out, and tells of every row.
pub fn leave(items: &[Item], context: &mut Context) {
    for item in items {
        let (row, inner) = match item {
            Item::Row(_, row) => (row, &[][..]),
            Item::Group(first, inner) | Item::Repeat(first, inner) => (first, inner.as_slice()),
        };
        context.say(row.place(), What::Within(format!("{} {}", row.text("type"), row.text("name"))));
        row.settle();
        leave(inner, context);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_in_many_spellings() {
        let select = |several, or_other| Kind::Select { list: "ja_nej".to_owned(), several, or_other };
        for (written, expected) in [
            ("select_one ja_nej", select(false, false)),
            ("select one from ja_nej", select(false, false)),
            ("select_one ja_nej or_other", select(false, true)),
            ("Select_Multiple  ja_nej", select(true, false)),
            ("text", Kind::Text),
            ("select_one_from_file x.csv", Kind::Other("select_one_from_file x.csv".to_owned())),
            ("deviceid", Kind::Metadata("deviceid".to_owned())),
            ("integer", Kind::Other("integer".to_owned())),
        ] {
            assert_eq!(kind(written), expected, "{written}");
        }
    }
}
