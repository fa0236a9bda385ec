//! A tree of nodes as YAML that people can read: block style, short lists of names on one line, texts
//! without quotes wherever that is safe.

use crate::survey::definition::node::{Node, Value};

/// The widest line on which a list of names stands in brackets.
const WIDEST: usize = 120;

/// The text of a tree whose root is a map.
pub(in super::super) fn emit(root: &Node) -> String {
    let mut text = String::new();
    if let Value::Map(entries) = &root.value {
        for (index, (key, node)) in entries.iter().enumerate() {
            // A line of air between the questionnaire's sections.
            let section = matches!(&node.value, Value::Map(_) | Value::List(_));
            if index > 0 && section {
                text.push('\n');
            }
            entry(&key.value, node, 0, &mut text);
        }
    }
    text
}

/// `key: value`, the cursor standing where the key begins, `indent` columns in.
fn entry(key: &str, node: &Node, indent: usize, text: &mut String) {
    let key = scalar_text(key, false);
    text.push_str(&key);
    text.push(':');
    match &node.value {
        Value::Map(entries) if entries.is_empty() => text.push_str(" {}\n"),
        Value::Map(entries) => {
            text.push('\n');
            map(entries.iter().map(|(key, node)| (key.value.as_str(), node)), indent + 2, true, text);
        }
        Value::List(items) => match flow(items) {
            Some(line) if items.is_empty() || indent + key.chars().count() + 2 + line.chars().count() <= WIDEST => {
                text.push_str(&format!(" {line}\n"));
            }
            _ => {
                text.push('\n');
                list(items, indent + 2, key == "parts", text);
            }
        },
        Value::Text(value) if as_block(value) => block(value, indent + 2, text),
        scalar => text.push_str(&format!(" {}\n", scalar_of(scalar, false))),
    }
}

/// The entries of a map; the first one `indented` too, or standing where the cursor is.
fn map<'n>(entries: impl Iterator<Item = (&'n str, &'n Node)>, indent: usize, mut indented: bool, text: &mut String) {
    for (key, node) in entries {
        if indented {
            text.push_str(&" ".repeat(indent));
        }
        indented = true;
        entry(key, node, indent, text);
    }
}

fn list(items: &[Node], indent: usize, apart: bool, text: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if apart && index > 0 {
            text.push('\n');
        }
        text.push_str(&" ".repeat(indent));
        text.push_str("- ");
        match &item.value {
            Value::Map(entries) if !entries.is_empty() => {
                map(entries.iter().map(|(key, node)| (key.value.as_str(), node)), indent + 2, false, text);
            }
            Value::Map(_) => text.push_str("{}\n"),
            // Nothing in the format lists lists but by names.
            Value::List(inner) => text.push_str(&format!("{}\n", flow(inner).unwrap_or_else(|| "[]".to_owned()))),
            scalar => text.push_str(&format!("{}\n", scalar_of(scalar, false))),
        }
    }
}

/// A list of names, or of lists of names, in brackets; `None` where it holds more than that.
fn flow(items: &[Node]) -> Option<String> {
    let parts: Option<Vec<String>> = items
        .iter()
        .map(|item| match &item.value {
            Value::List(inner) => flow(inner),
            Value::Map(_) => None,
            scalar => Some(scalar_of(scalar, true)),
        })
        .collect();
    Some(format!("[{}]", parts?.join(", ")))
}

fn scalar_of(value: &Value, in_flow: bool) -> String {
    match value {
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => scalar_text(text, in_flow),
        Value::Nothing | Value::List(_) | Value::Map(_) => "~".to_owned(),
    }
}

/// A text, in quotes where it would be read as something else without.
fn scalar_text(text: &str, in_flow: bool) -> String {
    if is_plain(text, in_flow) { text.to_owned() } else { quoted(text) }
}

/// Words that YAML, in one of its versions, takes for something other than text.
const WORDS: [&str; 13] =
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf", "infinity"];

/// Whether a text can stand without quotes. Strict: a quote too many does no harm.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let starts = first.is_alphabetic() || "(…”“„«".contains(first) || (first.is_ascii_digit() && !like_a_number(text));
    let ends = text.chars().next_back().is_some_and(|last| !last.is_whitespace() && last != ':');
    let breaks = text.contains(": ") || text.contains(" #") || text.chars().any(must_escape);
    let flow = in_flow && text.contains(['[', ']', '{', '}', ',', ':', '#']);
    starts && ends && !breaks && !flow && !WORDS.contains(&text.to_lowercase().as_str())
}

/// Whether a text that begins with a digit might be a number, a time or a date in some reading.
fn like_a_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_hexdigit() || "xXoO_.:+-, TZ".contains(c))
}

/// Characters that stand in a file only as `\u…`: not printable in YAML, or line breaks.
fn must_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if must_escape(c) && u32::from(c) <= 0xff => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if must_escape(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a text of several lines reads the same in a block: no line begins or ends with a blank.
fn as_block(text: &str) -> bool {
    let plain = |line: &str| {
        !line.starts_with(char::is_whitespace) && !line.ends_with(char::is_whitespace) && !line.chars().any(must_escape)
    };
    text.contains('\n') && !text.starts_with('\n') && !text.ends_with('\n') && text.split('\n').all(plain)
}

fn block(value: &str, indent: usize, text: &mut String) {
    text.push_str(" |-\n");
    for line in value.split('\n') {
        if !line.is_empty() {
            text.push_str(&" ".repeat(indent));
            text.push_str(line);
        }
        text.push('\n');
    }
}
