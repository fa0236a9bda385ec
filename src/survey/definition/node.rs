//! The file as a tree of YAML nodes that know where they stand.
//!
//! A tree rather than derived structs, because serde stops at the first unknown key or wrong type,
//! and people who write a questionnaire want to hear everything at once.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{DuplicateKeyPolicy, Location, MergeKeyPolicy, Spanned};

use super::problem::{Position, Problems};
use crate::i18n::{Said, said};

/// The largest file read, in bytes. The real survey is about 60 kB.
pub(super) const MOST_BYTES: usize = 1024 * 1024;

/// The deepest nesting; the format needs twelve levels.
const MOST_DEPTH: usize = 24;

/// A node and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Where it begins.
    pub at: Position,
    /// Its first byte in the file, where known: tells whether a text is quoted.
    pub byte: Option<usize>,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// Nothing after the colon, `~` or `null`.
    Nothing,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Anything else that is written on its own.
    Text(String),
    /// `- …`, `[…]`.
    List(Vec<Node>),
    /// `key: …`, `{…}`; in order, keys may repeat.
    Map(Vec<(Located<String>, Node)>),
}

/// A value and where it stands. Two are equal where they say the same, wherever that stands.
#[derive(Debug, Clone)]
pub(super) struct Located<T> {
    /// Where it begins.
    pub at: Position,
    /// The value.
    pub value: T,
}

impl<T: PartialEq> PartialEq for Located<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Located<T> {}

impl Value {
    /// What people call it.
    pub fn kind(&self) -> Said {
        match self {
            Self::Nothing => said("def-type-nothing"),
            Self::Bool(_) => said("def-type-bool"),
            Self::Number(_) => said("def-type-number"),
            Self::Text(_) => said("def-type-text"),
            Self::List(_) => said("def-type-list"),
            Self::Map(_) => said("def-type-map"),
        }
    }
}

/// Reads the file into a tree; a fault of YAML itself is the only problem that hides others.
pub(super) fn parse(text: &str, problems: &mut Problems) -> Option<Node> {
    let start = Position { line: 1, column: 1 };
    if text.len() > MOST_BYTES {
        problems.add_with_hint(
            start,
            said("def-large").with("bytes", text.len()).with("most", MOST_BYTES),
            said("def-large-hint"),
        );
        return None;
    }
    // Anchors and aliases are not part of the format (lists and shared options do their work), so an
    // alias bomb has nothing to stand on.
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_aliases: 0,
            max_anchors: 0,
            max_merge_keys: 0,
            max_documents: 1,
            max_depth: MOST_DEPTH,
        },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::AsOrdinary,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        reject_unsupported_tags: true,
        with_snippet: false,
    };
    match serde_saphyr::from_str_with_options::<Spanned<Value>>(text, options) {
        Ok(root) => Some(root.into()),
        Err(error) => {
            let (message, hint) = fault(&error);
            problems.add_with_hint(error.location().map_or(start, position), message, hint);
            None
        }
    }
}

/// What is wrong with the YAML, and what to do.
fn fault(error: &serde_saphyr::Error) -> (Said, Said) {
    use serde_saphyr::budget::BudgetBreach;
    if let serde_saphyr::Error::Budget { breach, .. } = error {
        return match breach {
            BudgetBreach::Anchors { .. } | BudgetBreach::Aliases { .. } | BudgetBreach::MergeKeys { .. } => {
                (said("def-anchors"), said("def-anchors-hint"))
            }
            BudgetBreach::Documents { .. } => (said("def-second"), said("def-second-hint")),
            BudgetBreach::Depth { .. } => (said("def-deep").with("most", MOST_DEPTH), said("def-deep-hint")),
            _ => (said("def-too-large"), said("def-too-large-hint")),
        };
    }
    let told = error.to_string();
    let told = told.lines().next().unwrap_or_default();
    // The place is told apart.
    let told = told.rsplit_once(" at line ").map_or(told, |(message, _)| message);
    (said("def-no-yaml").with("told", told), said("def-no-yaml-hint"))
}

fn position(location: Location) -> Position {
    Position { line: location.line().max(1), column: location.column().max(1) }
}

impl From<Spanned<Value>> for Node {
    fn from(spanned: Spanned<Value>) -> Self {
        let byte = spanned.referenced.span().byte_offset().and_then(|offset| usize::try_from(offset).ok());
        Self { at: position(spanned.referenced), byte, value: spanned.value }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or_else(|_| Value::Text(value.to_string()), Value::Number))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Spanned<Value>>()? {
            list.push(item.into());
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some((key, value)) = entries.next_entry::<Spanned<String>, Spanned<Value>>()? {
            map.push((Located { at: position(key.referenced), value: key.value }, value.into()));
        }
        Ok(Value::Map(map))
    }
}
