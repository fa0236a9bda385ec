//! Answers: what a form carried, and what of it is stored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a form carried, by field name, as text: option ids, or a free text. Not yet routed.
///
/// Kept by errors and changes of language, so that nothing a resident typed is lost.
pub type RawAnswers = BTreeMap<String, Vec<String>>;

/// The answers on path of one response, as stored: codes by field name (`Q06`, `Q07.dag`,
/// `Q12.1.P01`), free text left out.
///
/// A field that is missing here was not answered (−6) or off path (−7);
/// [`crate::survey::routing::evaluate`] tells which. Fields are in text order, never in the order of
/// answering.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Codes>);

/// The codes chosen in one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Codes {
    /// Of a single choice, or of a text that equals a suggestion.
    One(i16),
    /// Of several choices, ascending; at least one.
    Several(Vec<i16>),
}

impl Codes {
    /// The codes as a slice.
    pub fn as_slice(&self) -> &[i16] {
        match self {
            Self::One(code) => std::slice::from_ref(code),
            Self::Several(codes) => codes,
        }
    }
}

/// A free text, apart from the answers: no place number, no sign of whose it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The question as exports name it: `Q22`, `Q14.annat`, `Q12.P03`.
    pub question: String,
    /// The text, normalised.
    pub text: String,
}

/// The canonical codes of missing values (`design.md`, "Contracts").
pub mod missing {
    /// Will not say.
    pub const REFUSED: i16 = -9;
    /// Does not know.
    pub const DOES_NOT_KNOW: i16 = -8;
    /// Skipped by routing.
    pub const SKIPPED: i16 = -7;
    /// Not answered.
    pub const NOT_ANSWERED: i16 = -6;
}
